//! What a check said: pass, fail, or unknown. There is no conversion to `bool`: unknown is neither.

use std::fmt;

use jiff::civil::Date;

/// The outcome of a check or a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Asked, answered, nothing adverse.
    Pass,
    /// Asked, answered, something adverse.
    Fail,
    /// Not asked, not answered, not ready, or too old.
    Unknown,
}

impl Outcome {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word of a table; anything else is `None`.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::Unknown].into_iter().find(|o| o.as_str() == word)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One answer about one operator: who said it, and as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAnswer {
    /// What was said.
    pub outcome: Outcome,
    /// Who said it.
    pub source: String,
    /// The day it was true.
    pub as_of: Date,
    /// What it rests on, when the source says so.
    pub evidence: Option<String>,
}

impl CheckAnswer {
    /// What the answer is worth on `day`, when it may be at most `max_age_days` old: a later answer does not reach
    /// back, and one that is too old is no longer known.
    pub fn outcome_on(&self, day: Date, max_age_days: Option<i64>) -> Outcome {
        let age = (day - self.as_of).get_days();
        let fresh = age >= 0 && max_age_days.is_none_or(|most| i64::from(age) <= most);
        if fresh { self.outcome } else { Outcome::Unknown }
    }
}

/// How much of a source's answers a decision shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Publish {
    /// Outcome and evidence.
    #[default]
    Answer,
    /// The outcome alone.
    Outcome,
    /// A digest of the row alone.
    Digest,
}

impl Publish {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Outcome, Self::Digest];

    /// The word in a policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Outcome => "outcome",
            Self::Digest => "digest",
        }
    }

    /// Reads the word of a policy.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == word)
    }
}

/// What an answer is worth while its operator disputes it and the source has not replied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WhileDisputed {
    /// As much as without the dispute, which is shown.
    #[default]
    Show,
    /// Nothing is known until there is a reply.
    Hold,
}

impl WhileDisputed {
    /// All, the default first.
    pub const ALL: [Self; 2] = [Self::Show, Self::Hold];

    /// The word in a policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Hold => "hold",
        }
    }

    /// Reads the word of a policy.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_answer_too_old_or_from_the_future_is_unknown() {
        let answer = CheckAnswer {
            outcome: Outcome::Pass,
            source: "open-registers".into(),
            as_of: date(2023, 11, 1),
            evidence: None,
        };
        assert_eq!(answer.outcome_on(date(2023, 12, 1), Some(30)), Outcome::Pass);
        assert_eq!(answer.outcome_on(date(2023, 12, 2), Some(30)), Outcome::Unknown);
        assert_eq!(answer.outcome_on(date(2033, 12, 2), None), Outcome::Pass);
        assert_eq!(answer.outcome_on(date(2023, 10, 31), None), Outcome::Unknown);
    }
}
