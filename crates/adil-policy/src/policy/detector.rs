//! What follows from a detector's flags.

use std::collections::BTreeMap;

use adil_domain::Rational;

use super::RuleMeta;

/// `[[detector]]`: a detector of the round, its settings, and what its flags bring about. No flag changes an amount: what a held
/// application would get is kept for it.
#[derive(Debug, Clone)]
pub struct DetectorRule {
    /// The detector.
    pub id: String,
    /// What a flag brings about.
    pub action: FlagAction,
    /// Flags below this do nothing.
    pub from: FlagSeverity,
    /// Settings that differ from the detector's own, by name.
    pub settings: BTreeMap<String, Rational>,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// What a flag brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagAction {
    /// The application waits until somebody has looked.
    Hold,
    /// Somebody looks; the application does not wait.
    Review,
}

impl FlagAction {
    /// The word in a policy and in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Review => "review",
        }
    }
}

/// How much a flag matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FlagSeverity {
    /// Worth a look when there is time.
    #[default]
    Low,
    /// To be looked at.
    Medium,
    /// To be looked at first.
    High,
}

impl FlagSeverity {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word in a policy and in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The severity of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == word)
    }
}
