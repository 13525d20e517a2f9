//! Single values of a data package: lists, texts, numbers, days, and what to say of one of another kind.

use adil_domain::{Date, Language, LocalizedText, Place, Problem};
use serde_json::Value;

use super::{Object, Reader, one_or_many};
use crate::package::FILE;
use crate::package::draft::is_placeholder;
use crate::table::parse_date;

impl Reader<'_> {
    /// A list of objects, with the path of each.
    pub(super) fn objects<'v>(
        &mut self,
        object: &'v Object,
        key: &str,
        at: &str,
    ) -> Vec<(String, &'v Object)> {
        match object.get(key) {
            None => Vec::new(),
            Some(Value::Array(list)) => {
                let mut objects = Vec::new();
                for (i, value) in list.iter().enumerate() {
                    match value.as_object() {
                        Some(entry) => objects.push((format!("{at}{key}[{i}]."), entry)),
                        None => self.wrong(&format!("{at}{key}[{i}]"), value, "an object"),
                    }
                }
                objects
            }
            Some(other) => {
                self.wrong(&format!("{at}{key}"), other, "a list");
                Vec::new()
            }
        }
    }

    pub(super) fn names(&mut self, value: Option<&Value>, at: &str) -> Vec<String> {
        let mut names = Vec::new();
        for value in value.map(one_or_many).unwrap_or_default() {
            match value.as_str() {
                Some(name) => names.push(name.to_owned()),
                None => self.wrong(at, value, "a column's name or a list of them"),
            }
        }
        names
    }

    pub(super) fn delimiter(&mut self, object: &Object, at: &str) -> Option<char> {
        let dialect = object.get("dialect")?.as_object()?;
        // The first version nests the properties of CSV once more.
        let csv = dialect.get("csv").and_then(Value::as_object).unwrap_or(dialect);
        self.text_of(csv, "delimiter", &format!("{at}dialect."))?.chars().next()
    }

    pub(super) fn text_of(&mut self, object: &Object, key: &str, at: &str) -> Option<String> {
        match object.get(key)? {
            Value::String(text) => Some(text.clone()),
            other => {
                self.wrong(&format!("{at}{key}"), other, "text");
                None
            }
        }
    }

    pub(super) fn truth(&mut self, object: &Object, key: &str, at: &str) -> bool {
        match object.get(key) {
            None => false,
            Some(Value::Bool(value)) => *value,
            Some(other) => {
                self.wrong(&format!("{at}{key}"), other, "true or false");
                false
            }
        }
    }

    pub(super) fn whole(&mut self, object: &Object, key: &str, at: &str) -> Option<u64> {
        let value = object.get(key)?;
        let number = value.as_u64();
        if number.is_none() {
            self.wrong(&format!("{at}{key}"), value, "a whole number, not below zero");
        }
        number
    }

    pub(super) fn day(&mut self, object: &Object, key: &str, at: &str) -> Option<Date> {
        let text = self.text_of(object, key, at)?;
        if text.is_empty() || is_placeholder(&text) {
            return None;
        }
        parse_date(&text)
            .map_err(|error| {
                let mut place = Place::file(FILE);
                place.line = self.line_of(&text);
                let problem = Problem::error(error.code, place, format!("`{at}{key}`: {error}"));
                let hint =
                    error.hint.unwrap_or_else(|| "Write the day on which the data was true.".to_owned());
                self.problems.push(problem.hint(hint));
            })
            .ok()
    }

    pub(super) fn localized(
        &mut self,
        object: &Object,
        key: &str,
        at: &str,
        language: Language,
    ) -> LocalizedText {
        let mut text = LocalizedText::default();
        match object.get(key) {
            None => {}
            Some(Value::String(plain)) if plain.is_empty() => {}
            Some(Value::String(plain)) => text.insert(language, plain.as_str()),
            Some(Value::Object(by_language)) => {
                for (code, value) in by_language {
                    match (code.parse::<Language>(), value.as_str()) {
                        (Ok(language), Some(words)) => text.insert(language, words),
                        (Ok(_), None) => self.wrong(&format!("{at}{key}.{code}"), value, "text"),
                        (Err(error), _) => self.problems.push(
                            Problem::warning(
                                "package-value",
                                Place::file(FILE),
                                format!("`{at}{key}`: {error}."),
                            )
                            .hint("Write texts by language: { \"kk\": …, \"ru\": …, \"en\": … }."),
                        ),
                    }
                }
            }
            Some(other) => self.wrong(&format!("{at}{key}"), other, "text, or texts by language"),
        }
        text
    }

    pub(super) fn wrong(&mut self, at: &str, found: &Value, expected: &str) {
        let found = match found {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        let what = if at.is_empty() { "The package".to_owned() } else { format!("`{at}`") };
        self.problems.push(
            Problem::error(
                "package-value",
                Place::file(FILE),
                format!("{what} is {found}, but {expected} was expected."),
            )
            .hint("See https://datapackage.org for what each property holds."),
        );
    }

    /// The line on which a text stands as a value; the parser keeps no places, and the first mention is where
    /// people look.
    pub(super) fn line_of(&self, value: &str) -> Option<u64> {
        let quoted = serde_json::to_string(value).ok()?;
        let at = self.text.find(&quoted).filter(|_| !value.is_empty())?;
        let before = self.text.get(..at)?;
        u64::try_from(before.bytes().filter(|b| *b == b'\n').count() + 1).ok()
    }
}
