//! The policy as plain sentences: what `adil policy explain` prints and the public page shows.

use adil_domain::Language;

use crate::expr::Expr;
use crate::policy::Policy;
use crate::schema::Schema;

mod forecasts;
mod formula;
mod money;
mod observations;
mod points;
mod reach;
mod round;
mod say;
mod uncertainty;

pub use say::{CATALOGUES, catalog};

use say::Say;

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
    /// The legal reference of the rule, as the policy gives it.
    pub reference: Option<String>,
    /// What the reader should also know: why the rule rests on the applicant's word.
    pub note: Option<String>,
}

impl Policy {
    /// The rules as sentences in `language`, section by section. Columns are called as the data package calls them.
    pub fn explain(&self, language: Language, schema: &dyn Schema) -> Vec<Section> {
        let say = Say { policy: self, schema, language };
        let mut sections = vec![round::round(&say), round::sources(&say)];
        sections.extend(self.access.as_ref().map(|access| reach::access(&say, access)));
        sections.extend(self.observations.as_ref().map(|rule| observations::observations(&say, rule)));
        sections.push(round::gates(&say));
        sections.extend(self.clusters.as_ref().map(|rule| round::clusters(&say, rule)));
        sections.extend(forecasts::forecasts(&say));
        sections.extend(points::points(&say));
        sections.extend(self.pots.iter().map(|pot| money::pot(&say, pot)));
        sections.push(money::rest(&say));
        sections.extend(self.uncertainty.as_ref().map(|rule| uncertainty::uncertainty(&say, rule)));
        sections.extend(self.independence.as_ref().map(|rule| round::independence(&say, rule)));
        sections.extend(self.privacy.as_ref().map(|rule| round::privacy(&say, rule)));
        sections
    }

    /// A quantity or condition of this policy in words: `points × amount asked for`.
    pub fn in_words(&self, expr: &Expr, language: Language, schema: &dyn Schema) -> String {
        Say { policy: self, schema, language }.formula(expr)
    }
}

/// The sections as text for a terminal or a letter: headings, sentences, and below a sentence its legal basis and note.
pub fn plain_text(sections: &[Section], language: Language) -> String {
    let mut out = String::new();
    for section in sections {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&section.heading);
        out.push('\n');
        for sentence in &section.sentences {
            out.push_str("  • ");
            out.push_str(&sentence.text);
            out.push('\n');
            if let Some(note) = &sentence.note {
                out.push_str("    ");
                out.push_str(note);
                out.push('\n');
            }
            if let Some(reference) = &sentence.reference {
                out.push_str("    ");
                out.push_str(&say::message(language, "rule-reference", &[("reference", reference)]));
                out.push('\n');
            }
        }
    }
    out
}
