//! The rules as plain text.

use adil_domain::Language;
use adil_policy::{Section, plain_text};

use super::harmless;

/// Sections with their sentences, legal references and notes, safe to print on a terminal.
pub fn policy(sections: &[Section], language: Language) -> String {
    harmless(&plain_text(sections, language))
}
