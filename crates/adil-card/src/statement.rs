//! What the owner of a model states of it: `ABOUT.toml`.

use std::collections::BTreeMap;

use adil_domain::problem::did_you_mean;
use adil_domain::{Language, LocalizedText, Place, Problem, Problems};
use toml::de::{DeTable, DeValue};

use crate::record::FIELDS;

/// The key of uses that the owner rules out.
const NOT_FOR: &str = "not_for";

/// What the owner of a model states of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// By the key of the field.
    pub fields: BTreeMap<String, LocalizedText>,
    /// What the model must not be used for, beside what holds for all models.
    pub not_for: Vec<LocalizedText>,
}

impl Statement {
    /// Reads `ABOUT.toml`; `None` when something in it is wrong, which is in the problems.
    pub fn read(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let message = format!("This is no TOML: {}.", error.message().trim_end_matches('.'));
                problems.push(Problem::error("bad-toml", Place::span(file, text, span), message).hint(
                    "Write `key = \"text\"`, or `key = { en = \"text\", kk = \"мәтін\", ru = \"текст\" }`.",
                ));
                return None;
            }
        };
        let mut statement = Self::default();
        let mut reader = Reader { file, text, problems, is_wrong: false };
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            if name == NOT_FOR {
                let DeValue::Array(list) = value.get_ref() else {
                    reader.wrong(
                        "bad-value",
                        value.span(),
                        "`not_for` is a list of texts.",
                        "Write `[\"…\", \"…\"]`.",
                    );
                    continue;
                };
                let texts = list.iter().filter_map(|text| reader.localized(text.get_ref(), text.span()));
                statement.not_for = texts.collect();
            } else if FIELDS.iter().any(|field| field.key == name) {
                if let Some(text) = reader.localized(value.get_ref(), value.span()) {
                    statement.fields.insert(name.to_owned(), text);
                }
            } else {
                let known = FIELDS.iter().map(|field| field.key).chain([NOT_FOR]);
                reader.wrong(
                    "unknown-key",
                    key.span(),
                    &format!("`{name}` is no field of a card."),
                    &did_you_mean(name, known),
                );
            }
        }
        let is_wrong = reader.is_wrong;
        (!is_wrong).then_some(statement)
    }
}

struct Reader<'r> {
    file: &'r str,
    text: &'r str,
    problems: &'r mut Problems,
    is_wrong: bool,
}

impl Reader<'_> {
    fn wrong(&mut self, code: &'static str, span: std::ops::Range<usize>, message: &str, hint: &str) {
        self.is_wrong = true;
        let place = Place::span(self.file, self.text, span);
        self.problems.push(Problem::error(code, place, message).hint(hint));
    }

    /// A text that holds for all languages, or one for each of some.
    fn localized(&mut self, value: &DeValue<'_>, span: std::ops::Range<usize>) -> Option<LocalizedText> {
        const HINT: &str = "Write a text, or `{ en = \"text\", kk = \"мәтін\", ru = \"текст\" }`.";
        match value {
            DeValue::String(text) => {
                let mut all = LocalizedText::default();
                for language in Language::PRODUCT {
                    all.insert(language, text.as_ref());
                }
                Some(all)
            }
            DeValue::Table(table) => {
                let mut all = LocalizedText::default();
                for (key, value) in table {
                    let name = key.get_ref().as_ref();
                    let language = Language::PRODUCT.into_iter().find(|l| l.code() == name);
                    match (language, value.get_ref()) {
                        (Some(language), DeValue::String(text)) => all.insert(language, text.as_ref()),
                        (Some(_), _) => self.wrong("bad-value", value.span(), "A text is expected.", HINT),
                        (None, _) => {
                            let hint = did_you_mean(name, ["en", "kk", "ru"]);
                            self.wrong(
                                "unknown-language",
                                key.span(),
                                &format!("`{name}` is no language of a card."),
                                &hint,
                            );
                        }
                    }
                }
                Some(all)
            }
            _ => {
                self.wrong("bad-value", span, "A text is expected.", HINT);
                None
            }
        }
    }
}
