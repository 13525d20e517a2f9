//! What a register can say, whatever its answers look like.

use adil_domain::{Date, Rational};

/// How a source answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply<T> {
    /// It did not: not asked, refused, not ready, failed, or not to be understood. The words say why.
    Unknown(String),
    /// It answered that it has no record of the operator.
    Empty,
    /// It answered with a record.
    Record(T),
}

/// Whether a register has an operator as existing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It exists.
    Existing,
    /// It exists no longer.
    Ceased,
    /// The register's words leave it open, such as a liquidation that goes on.
    Unclear,
}

/// An entry of a register of organisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// What its words come down to.
    pub standing: Standing,
    /// The register's own words.
    pub words: String,
}

/// A debt to the state with what is taken off it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// All that is owed, as the source counts it.
    pub total: Rational,
    /// The part that is appealed, when said.
    pub appealed: Option<Rational>,
    /// The part whose terms were changed, when said.
    pub rescheduled: Option<Rational>,
    /// The part under rehabilitation, when said.
    pub rehabilitation: Option<Rational>,
    /// What the total is made of, by name, when said; for the evidence alone.
    pub parts: Vec<(&'static str, Rational)>,
}

/// An entry that holds from one day to another, both included: of a list of unreliable suppliers, or a licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The first day, when said.
    pub from: Option<Date>,
    /// The last day, when said.
    pub until: Option<Date>,
}

/// A licence has the same two days.
pub type Licence = Listing;

/// On which side of a case the operator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is sued.
    Defendant,
    /// It sues, or takes part otherwise.
    Other,
    /// The record does not say.
    Unsaid,
}

/// A court case that a register connects with an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Whether the identifier was matched. A name alone may be a namesake's.
    pub by_identifier: bool,
    /// The operator's side.
    pub side: Side,
}

/// The degree of tax risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxRisk {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// An organisation that a register connects with an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliate {
    /// Its identifier, as the round writes it.
    pub operator_id: String,
}
