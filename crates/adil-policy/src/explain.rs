//! The policy as plain sentences.

use adil_domain::Language;

use crate::policy::Policy;
use crate::schema::Schema;

/// Sentences under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

/// One rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, or a few that belong together.
    pub text: String,
    /// The legal reference of the rule.
    pub reference: Option<String>,
    /// What the reader should also know, such as why a rule rests on the applicant's word.
    pub note: Option<String>,
}

/// The sections as text for a terminal or a letter.
pub fn plain_text(_sections: &[Section]) -> String {
    String::new()
}

impl Policy {
    /// The rules as sentences.
    pub fn explain(&self, _language: Language, _schema: &dyn Schema) -> Vec<Section> {
        Vec::new()
    }
}
