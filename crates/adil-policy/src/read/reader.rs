//! Walking the TOML tree by hand: the keys each table may have, and the type each must have.

use std::collections::BTreeMap;
use std::ops::Range;

use adil_domain::problem::did_you_mean;
use adil_domain::{Language, LocalizedText, Place, Problem, Problems};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::expr::Expr;
use crate::names::{Entity, Name};
use crate::policy::{Origin, RuleMeta};

/// The most problems listed.
const MAX_PROBLEMS: usize = 5000;

/// Identifiers seen so far, each with its line.
pub(super) type Seen = BTreeMap<String, u64>;

/// Collects what was read and what was wrong.
pub(super) struct Reader {
    origin: Origin,
    problems: Problems,
    pub(super) names: Vec<Name>,
}

impl Reader {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, problems: Problems::new(), names: Vec::new() }
    }

    pub(super) fn into_problems(self) -> Problems {
        self.problems
    }

    pub(super) fn place(&self, at: Range<usize>) -> Place {
        self.origin.place(at)
    }

    /// Adds a problem. A file with more than [`MAX_PROBLEMS`] is no policy, and nobody reads the rest.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        } else if self.problems.len() == MAX_PROBLEMS {
            let message = format!("There are more than {MAX_PROBLEMS} problems; the others are not listed.");
            self.problems.push(Problem::error("too-many-problems", Place::file(&*self.origin.file), message));
        }
    }

    pub(super) fn error(&mut self, code: &'static str, at: Range<usize>, message: impl Into<String>) {
        let problem = Problem::error(code, self.place(at), message);
        self.push(problem);
    }

    pub(super) fn error_hint(
        &mut self,
        code: &'static str,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let problem = Problem::error(code, self.place(at), message).hint(hint);
        self.push(problem);
    }

    pub(super) fn warning(
        &mut self,
        code: &'static str,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let problem = Problem::warning(code, self.place(at), message).hint(hint);
        self.push(problem);
    }

    /// The identifiers of sections of one kind: each there, well written, and unlike the others.
    pub(super) fn ids(&mut self, sections: &[Section<'_>], kind: &str) -> Vec<Option<String>> {
        let mut seen = Seen::new();
        let mut ids = Vec::new();
        for section in sections {
            let id = section.required_text(self, "id").and_then(|(id, at)| self.id(id, at, kind, &mut seen));
            ids.push(id);
        }
        ids
    }

    fn id(&mut self, id: String, at: Range<usize>, kind: &str, seen: &mut Seen) -> Option<String> {
        self.well_written(&id, at.clone())?;
        self.unlike(&id, at, kind, seen)?;
        Some(id)
    }

    pub(super) fn well_written(&mut self, id: &str, at: Range<usize>) -> Option<()> {
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !id.is_empty() && id.bytes().all(letters) {
            return Some(());
        }
        let message = if id.is_empty() {
            "An identifier can't be empty.".to_owned()
        } else {
            format!("`{}` is no identifier.", short(id))
        };
        self.error_hint(
            "bad-id",
            at,
            message,
            "Identifiers have small letters a-z, digits, and `-`: `past-money`.",
        );
        None
    }

    /// Refuses a second bearer of the same name.
    pub(super) fn unlike(&mut self, id: &str, at: Range<usize>, kind: &str, seen: &mut Seen) -> Option<()> {
        let line = self.place(at.clone()).line.unwrap_or(0);
        if let Some(first) = seen.get(id) {
            let message = format!("There is already a {kind} `{}`, on line {first}.", short(id));
            self.error_hint(
                "duplicate-id",
                at,
                message,
                "Every one needs its own name, because decisions refer to it.",
            );
            return None;
        }
        seen.insert(id.to_owned(), line);
        Some(())
    }

    /// Whether an expression names a published model.
    pub(super) fn forecast(&self, expr: &Expr) -> bool {
        expr.names().iter().filter_map(|id| self.names.get(id.0)).any(|name| name.entity == Entity::Model)
    }

    /// Reads a string's content as an expression.
    pub(super) fn expression(&mut self, source: &str, at: Range<usize>) -> Option<Expr> {
        match Expr::parse_in(&self.origin, source, at, &mut self.names) {
            Ok(expr) => Some(expr),
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.push(problem));
                None
            }
        }
    }
}

/// One table of the policy, such as one `[[gate]]`.
pub(super) struct Section<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    /// How messages call it: `[[gate]]`.
    label: String,
}

impl<'t> Section<'t> {
    /// Takes a table, refusing keys it can't have.
    pub(super) fn new(
        reader: &mut Reader,
        table: &'t DeTable<'t>,
        span: Range<usize>,
        label: String,
        keys: &[&str],
    ) -> Self {
        for (key, _) in table {
            let word: &str = key.get_ref();
            if !keys.contains(&word) {
                let message = format!("There is no key `{}` in {label}.", short(word));
                reader.error_hint(
                    "unknown-key",
                    key.span(),
                    message,
                    did_you_mean(word, keys.iter().copied()),
                );
            }
        }
        Self { table, span, label }
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    pub(super) fn place(&self, reader: &Reader) -> Place {
        reader.place(self.span())
    }

    pub(super) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The value of a key that must be there.
    pub(super) fn required(&self, reader: &mut Reader, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.get(key);
        if value.is_none() {
            let message = format!("The key `{key}` is missing in {}.", self.label);
            reader.error("missing-key", self.span(), message);
        }
        value
    }

    pub(super) fn wrong_type(
        &self,
        reader: &mut Reader,
        key: &str,
        value: &Spanned<DeValue<'t>>,
        expected: &str,
    ) {
        let found = type_name(value.get_ref());
        let message = format!("`{key}` in {} must be {expected}, but found {found}.", self.label);
        reader.error("wrong-type", value.span(), message);
    }

    /// A text, and where it stands.
    pub(super) fn text(&self, reader: &mut Reader, key: &str) -> Option<(String, Range<usize>)> {
        let value = self.get(key)?;
        if let DeValue::String(text) = value.get_ref() {
            return Some((text.to_string(), value.span()));
        }
        self.wrong_type(reader, key, value, "a text in quotes");
        None
    }

    pub(super) fn required_text(&self, reader: &mut Reader, key: &str) -> Option<(String, Range<usize>)> {
        self.required(reader, key)?;
        self.text(reader, key)
    }

    pub(super) fn truth(&self, reader: &mut Reader, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_type(reader, key, value, "true or false");
        }
        truth
    }

    /// Texts in a list, each with its place.
    pub(super) fn texts(&self, reader: &mut Reader, key: &str) -> Vec<(String, Range<usize>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(reader, key, value, "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), item.span())),
                _ => self.wrong_type(reader, key, item, "a list of texts"),
            }
        }
        texts
    }

    /// One word of several; `later` are words of the contract that are not built yet.
    pub(super) fn choice<T: Copy>(
        &self,
        reader: &mut Reader,
        key: &str,
        choices: &[(&str, T)],
        later: &[&str],
    ) -> Option<T> {
        let (word, at) = self.text(reader, key)?;
        let found = choices.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if found.is_none() {
            self.no_choice(reader, key, &word, at, choices.iter().map(|(known, _)| *known), later);
        }
        found
    }

    pub(super) fn no_choice<'a>(
        &self,
        reader: &mut Reader,
        key: &str,
        word: &str,
        at: Range<usize>,
        choices: impl Iterator<Item = &'a str>,
        later: &[&str],
    ) {
        let choices: Vec<&str> = choices.collect();
        if later.contains(&word) {
            let message = format!("`{word}` is part of the contract, but not built yet.");
            let hint = format!("Possible for `{key}` today: {}.", choices.join(", "));
            reader.error_hint("not-built-yet", at, message, hint);
        } else {
            let message = format!("`{}` is no possible `{key}` in {}.", short(word), self.label);
            reader.error_hint(
                "unknown-choice",
                at,
                message,
                format!("Possible are: {}.", choices.join(", ")),
            );
        }
    }

    /// A text in one or more languages; a plain text is English.
    pub(super) fn localized(&self, reader: &mut Reader, key: &str) -> Option<LocalizedText> {
        let value = self.get(key)?;
        let mut text = LocalizedText::default();
        match value.get_ref() {
            DeValue::String(plain) => text.insert(Language::EN, plain.trim()),
            DeValue::Table(table) => {
                for (code, words) in table {
                    let Ok(language) = code.get_ref().parse::<Language>() else {
                        let message = format!("`{}` is no language.", short(code.get_ref()));
                        let hint = "Languages are two small letters: kk, ru, en.";
                        reader.error_hint("bad-language", code.span(), message, hint);
                        continue;
                    };
                    match words.get_ref() {
                        DeValue::String(words) => text.insert(language, words.trim()),
                        _ => self.wrong_type(reader, key, words, "a text in quotes for each language"),
                    }
                }
            }
            _ => {
                self.wrong_type(
                    reader,
                    key,
                    value,
                    "a text, or texts by language such as { en = \"…\", kk = \"…\" }",
                );
                return None;
            }
        }
        if text.iter().any(|(_, words)| words.is_empty()) {
            reader.error("empty-text", value.span(), format!("`{key}` in {} says nothing.", self.label));
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Title, reference, dates, place: what every rule carries.
    pub(super) fn meta(&self, reader: &mut Reader) -> RuleMeta {
        let meta = RuleMeta {
            title: self.localized(reader, "title").unwrap_or_default(),
            reference: self.text(reader, "reference").map(|(text, _)| text.trim().to_owned()),
            from: self.date(reader, "from"),
            until: self.date(reader, "until"),
            place: self.place(reader),
        };
        if let (Some(from), Some(until)) = (meta.from, meta.until)
            && from > until
        {
            let at = self.get("until").map_or_else(|| self.span(), Spanned::span);
            let message = format!("This rule would end on {until}, before it begins on {from}.");
            reader.error("dates-reversed", at, message);
        }
        meta
    }

    pub(super) fn expression(&self, reader: &mut Reader, key: &str) -> Option<Expr> {
        let (source, at) = self.text(reader, key)?;
        reader.expression(&source, at)
    }

    pub(super) fn required_expression(&self, reader: &mut Reader, key: &str) -> Option<Expr> {
        self.required(reader, key)?;
        self.expression(reader, key)
    }

    /// The table at `key`.
    pub(super) fn section(&self, reader: &mut Reader, key: &str, label: &str, keys: &[&str]) -> Option<Self> {
        let value = self.get(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Section::new(reader, table, value.span(), label.to_owned(), keys));
        }
        self.wrong_type(reader, key, value, &format!("a table {label}"));
        None
    }

    /// The tables of the list at `key`.
    pub(super) fn sections(&self, reader: &mut Reader, key: &str, label: &str, keys: &[&str]) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let expected = format!("a list of tables, each headed {label}");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(reader, key, value, &expected);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    sections.push(Section::new(reader, table, item.span(), label.to_owned(), keys));
                }
                _ => self.wrong_type(reader, key, item, &expected),
            }
        }
        sections
    }
}

/// What a value is, as messages say it.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) use crate::expr::short;
