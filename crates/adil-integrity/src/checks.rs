//! The named checks of an operator: what a register said, turned into an outcome with its evidence.
//!
//! **Unknown, empty and clean are three answers.** [`Reply::Unknown`]: not asked, refused, not ready, failed. [`Reply::Empty`]:
//! the source answered that it has no record of this operator. [`Reply::Record`]: it answered with a record. Only a record
//! passes or fails a check. An empty answer is unknown with words of its own, because a register without a record of an
//! operator has said nothing about it; a list of bad entries that answers "none" is a record with no entries, and passes.
//!
//! Nothing here asks anybody or reads a clock: facts and a day go in, [`Judged`] comes out.

pub mod dispute;
mod facts;
mod judge;
mod publish;

use std::sync::LazyLock;

use adil_domain::{Catalog, Language};

pub use facts::{Affiliate, Case, Debt, Licence, Listing, Registration, Reply, Side, Standing, TaxRisk};
pub use judge::{
    Judged, affiliated, court_cases, enforcement, flag, licence, not_answered, registered, tax_debt,
    tax_risk, unreliable_supplier,
};
pub use publish::{Published, Row, reduce};

/// The Fluent texts of the checks by language.
pub const CATALOGUES: [(Language, &str); 3] = [
    (Language::KK, include_str!("../../../locales/kk/checks.ftl")),
    (Language::RU, include_str!("../../../locales/ru/checks.ftl")),
    (Language::EN, include_str!("../../../locales/en/checks.ftl")),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// A check that has a meaning of its own here. A policy may name others; they come from files as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The register has it as existing.
    Registered,
    /// Not bankrupt.
    Bankruptcy,
    /// No tax or social debt beyond what is appealed, rescheduled or under rehabilitation.
    TaxDebt,
    /// Not listed as an unreliable supplier on the day.
    UnreliableSupplier,
    /// Not sued, in a case that is certainly its own.
    CourtCases,
    /// Nothing to be collected by force.
    Enforcement,
    /// No account seized.
    SeizedAccounts,
    /// The degree of tax risk is not high.
    TaxRisk,
    /// A licence is valid on the day.
    Licence,
    /// A right to the premises.
    PremisesLawful,
    /// Under one head with no other operator of the round.
    Affiliated,
    /// Nobody on the staff whom the law keeps from children.
    DisqualifiedStaff,
    /// The coaches' papers are genuine.
    CoachDocuments,
}

impl Check {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Registered,
        Self::Bankruptcy,
        Self::TaxDebt,
        Self::UnreliableSupplier,
        Self::CourtCases,
        Self::Enforcement,
        Self::SeizedAccounts,
        Self::TaxRisk,
        Self::Licence,
        Self::PremisesLawful,
        Self::Affiliated,
        Self::DisqualifiedStaff,
        Self::CoachDocuments,
    ];

    /// The name in tables and policies.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Bankruptcy => "bankruptcy",
            Self::TaxDebt => "tax_debt",
            Self::UnreliableSupplier => "unreliable_supplier",
            Self::CourtCases => "court_cases",
            Self::Enforcement => "enforcement",
            Self::SeizedAccounts => "seized_accounts",
            Self::TaxRisk => "tax_risk",
            Self::Licence => "licence",
            Self::PremisesLawful => "premises_lawful",
            Self::Affiliated => "affiliated",
            Self::DisqualifiedStaff => "disqualified_staff",
            Self::CoachDocuments => "coach_documents",
        }
    }

    /// The check of that name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.id() == id)
    }

    /// What it is called.
    pub fn title(self, language: Language) -> String {
        self.words("", language)
    }

    /// What a pass means.
    pub fn pass_means(self, language: Language) -> String {
        self.words("-pass", language)
    }

    /// What a fail means.
    pub fn fail_means(self, language: Language) -> String {
        self.words("-fail", language)
    }

    /// The names in the evidence of an answer, written `name=value` and joined by `; `.
    pub const fn evidence(self) -> &'static [&'static str] {
        match self {
            Self::Registered => &["standing", "words"],
            Self::TaxDebt => &["net", "total", "appealed", "rescheduled", "rehabilitation", "parts"],
            Self::UnreliableSupplier | Self::Licence => &["valid", "expired", "later", "undated"],
            Self::CourtCases => &["defendant", "other_side", "side_unsaid", "name only"],
            Self::Enforcement => &["sum"],
            Self::TaxRisk => &["degree"],
            Self::Affiliated => &["listed", "in_this_round"],
            Self::Bankruptcy
            | Self::SeizedAccounts
            | Self::PremisesLawful
            | Self::DisqualifiedStaff
            | Self::CoachDocuments => &["adverse"],
        }
    }

    fn words(self, which: &str, language: Language) -> String {
        let id = format!("check-{}{which}", self.id().replace('_', "-"));
        CATALOG.as_ref().map_or_else(|| id.clone(), |catalog| catalog.message(language, &id, None))
    }
}

#[cfg(test)]
mod tests;
