//! A detector: a question in SQL with its settings, its words and where it comes from.

use std::collections::BTreeMap;

use adil_domain::{Language, LocalizedText};
use serde::Deserialize;

use crate::DetectError;

/// The folders of `detectors/`: name, description, question.
const FOLDERS: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/detectors.rs"));

/// The same text in the languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    en: String,
    ru: String,
    kk: String,
}

impl Texts {
    /// In one of the product's languages, else in English.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::KK => &self.kk,
            Language::RU => &self.ru,
            _ => &self.en,
        }
    }

    /// All of them.
    pub fn localized(&self) -> LocalizedText {
        let mut text = LocalizedText::new(Language::EN, &self.en);
        text.insert(Language::RU, &self.ru);
        text.insert(Language::KK, &self.kk);
        text
    }
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// Whole.
    Integer(i64),
    /// With decimals.
    Number(f64),
    /// In words.
    Text(String),
}

impl SettingValue {
    /// As a number, for comparing with bounds; words have none.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            // Settings are small.
            #[expect(clippy::cast_precision_loss, reason = "settings are far below 2^52")]
            Self::Integer(value) => Some(*value as f64),
            Self::Number(value) => Some(*value),
            Self::Text(_) => None,
        }
    }
}

/// A number or word that a policy may set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Unless the policy says otherwise.
    pub default: SettingValue,
    /// The least that makes sense.
    pub min: Option<SettingValue>,
    /// The most that makes sense.
    pub max: Option<SettingValue>,
    /// Of what.
    pub unit: Option<String>,
    /// Why the default is what it is.
    pub why: String,
}

/// What a detector rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The case or rule, and where it was published.
    pub text: String,
    /// As of when.
    pub as_of: String,
}

/// A detector as its folder describes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detector {
    /// Its name in `flags.csv`, and that of its folder.
    pub id: String,
    /// Kinds of subjects that it may flag.
    pub subjects: Vec<String>,
    /// Tables without which it can't look.
    pub needs: Vec<String>,
    /// Tables that make it see better.
    #[serde(default)]
    pub may_use: Vec<String>,
    /// A table whose parts may be asked one after the other: all answers together are the answer.
    pub in_parts_of: Option<String>,
    /// The queries of the question's `WITH` of which this is true; where none is named, it is true of the question itself.
    #[serde(default)]
    pub in_parts: Vec<String>,
    /// In words: what makes a flag low, medium or high.
    pub severity: String,
    /// What it is called.
    pub title: Texts,
    /// Sentences with `{evidence}` in them; `main` unless the question names another.
    pub sentence: BTreeMap<String, Texts>,
    /// By name.
    #[serde(default)]
    pub settings: BTreeMap<String, Setting>,
    /// Cases and rules.
    pub reference: Vec<Reference>,
    /// The question.
    #[serde(skip)]
    pub sql: String,
}

impl Detector {
    fn parse(folder: &str, description: &str, sql: &str) -> Result<Self, DetectError> {
        let mut this: Self =
            toml::from_str(description).map_err(|e| DetectError::detector(folder, e.to_string()))?;
        if this.id != folder {
            return Err(DetectError::detector(folder, format!("its id is {}", this.id)));
        }
        if !this.sentence.contains_key("main") {
            return Err(DetectError::detector(folder, "it has no sentence called main"));
        }
        sql.clone_into(&mut this.sql);
        Ok(this)
    }
}

/// All detectors, by id.
pub fn detectors() -> Result<Vec<Detector>, DetectError> {
    FOLDERS.iter().map(|(folder, description, sql)| Detector::parse(folder, description, sql)).collect()
}
