//! Who facts come from, whose word counts, and how much may rest on one of them.

use adil_domain::{Date, Publish, Rational};

use super::RuleMeta;

/// `[[source]]`: who some facts come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name under which facts carry it.
    pub name: String,
    /// Whether the round may not run without it.
    pub required: bool,
    /// How old a fact may be, in days; `None` is any age.
    pub max_age_days: Option<i64>,
    /// Sources asked instead when this one has no answer, in that order.
    pub fallback: Vec<String>,
    /// Columns that come from this source, and so not from the applicant: `application.users`.
    pub columns: Vec<String>,
    /// Its public Ed25519 key, where its answers count only when they are signed.
    pub key: Option<String>,
    /// How much of its answers the decision shows.
    pub publish: Publish,
    /// From that day on nothing it says or said counts.
    pub withdrawn: Option<Date>,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// `[checks]`: which answer counts where sources give fresh answers that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Disagreement {
    /// That of the source that stands first, by the order of the policy and its fallbacks.
    #[default]
    First,
    /// The youngest; of two of one day that of the source that stands first.
    Newest,
    /// None: it is not known, until somebody settles it.
    Unknown,
}

impl Disagreement {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::First, Self::Newest, Self::Unknown];

    /// The word in a policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Newest => "newest",
            Self::Unknown => "unknown",
        }
    }
}

/// `[independence]`: the decision says what would move without each optional source.
#[derive(Debug, Clone)]
pub struct IndependenceRule {
    /// So much of the budget may move without a source before the round is said to rest on it.
    pub tolerance: Rational,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

impl IndependenceRule {
    /// One hundredth of the budget, unless the policy says otherwise.
    pub fn default_tolerance() -> Rational {
        Rational::from_scaled(1, 2)
    }
}

/// `[privacy]`: what of people may be published.
#[derive(Debug, Clone)]
pub struct PrivacyRule {
    /// Counts of fewer people are hidden.
    pub smallest: u32,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

impl PrivacyRule {
    /// Five, unless the policy says otherwise: the usual threshold of official statistics, with ten.
    pub const DEFAULT_SMALLEST: u32 = 5;
}
