//! What an expression may name: `entity.column`, and the bare names `score` and `pot`.

use std::fmt;

/// The place of a name in [`Policy::names`](crate::Policy::names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub usize);

/// What stands before the point of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// The application itself, as the applicant wrote it.
    Application,
    /// The facility applied for.
    Facility,
    /// The operator of the facility.
    Operator,
    /// The territory of the facility; in a bound, the territory bounded.
    Territory,
    /// An outside check of the operator.
    Check,
    /// Earlier awards and payments.
    History,
    /// Reach: who lives within reach of the facility, and what they find there.
    Access,
    /// A point where people live; only the rule of reach may name it.
    Point,
    /// What people see at the facility, by question.
    Observed,
    /// The way from wanting to join to the first training, as people tell it.
    Journey,
    /// A published model.
    Model,
    /// The operators that count as one with the application's.
    Cluster,
    /// The money of the pot.
    Pot,
    /// The points of the application.
    Score,
}

impl Entity {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Application,
        Self::Facility,
        Self::Operator,
        Self::Territory,
        Self::Check,
        Self::History,
        Self::Access,
        Self::Point,
        Self::Observed,
        Self::Journey,
        Self::Model,
        Self::Cluster,
        Self::Pot,
        Self::Score,
    ];

    /// The word in an expression.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Facility => "facility",
            Self::Operator => "operator",
            Self::Territory => "territory",
            Self::Check => "check",
            Self::History => "history",
            Self::Access => "access",
            Self::Point => "point",
            Self::Observed => "observed",
            Self::Journey => "journey",
            Self::Model => "model",
            Self::Cluster => "cluster",
            Self::Pot => "pot",
            Self::Score => "score",
        }
    }

    /// Reads the word; anything else is `None`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.as_str() == word)
    }

    /// Whether the name stands alone, without a column.
    pub const fn is_bare(self) -> bool {
        matches!(self, Self::Pot | Self::Score)
    }

    /// The table of the round folder that holds the columns, where there is one.
    pub const fn file(self) -> Option<&'static str> {
        match self {
            Self::Application => Some("applications.csv"),
            Self::Facility => Some("facilities.csv"),
            Self::Operator => Some("operators.csv"),
            Self::Territory => Some("territories.csv"),
            Self::Check => Some("checks.csv"),
            Self::History => Some("history.csv"),
            Self::Point => Some("population.csv"),
            // Answers become estimates before anybody may name them.
            Self::Access
            | Self::Observed
            | Self::Journey
            | Self::Model
            | Self::Cluster
            | Self::Pot
            | Self::Score => None,
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One name of a policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// What stands before the point.
    pub entity: Entity,
    /// What stands after it; empty for `score` and `pot`.
    pub column: String,
}

impl fmt::Display for Name {
    /// As it is written in an expression.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column.is_empty() {
            write!(f, "{}", self.entity)
        } else {
            write!(f, "{}.{}", self.entity, self.column)
        }
    }
}
