//! What a round decided, as data: everything the tables, the page and the explanations are made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use adil_domain::{Currency, Date, Money, Outcome, Points, Problems, Rational};
use adil_geography::{Boundaries, Position};
use adil_integrity::checks::dispute::Dispute;
use adil_integrity::links::{Concentration, Links};
use adil_model::Model;
use adil_policy::{FlagSeverity, Policy};
use adil_score::{Imputed, Scaled};

use crate::independence::Independence;
use crate::models::Forecast;
use crate::observed::Observed;
use crate::reach::Reach;
use crate::uncertainty::{Bands, Uncertainty};

/// The whole decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The rules it was made by.
    pub policy: Policy,
    /// SHA-256 of `policy.toml`, in hexadecimal.
    pub policy_digest: String,
    /// SHA-256 of every input file by its path in the round folder, in hexadecimal.
    pub inputs: BTreeMap<String, String>,
    /// Applications by `application_id`, in byte order.
    pub applications: Vec<ApplicationDecision>,
    /// One for each pot of the policy, in order.
    pub pots: Vec<PotDecision>,
    /// Places by their position in the tree (parents first), as the pots name them.
    pub territories: Vec<Territory>,
    /// Published models, in the order of the policy.
    pub models: Vec<Arc<Model>>,
    /// Who can reach what, when the policy has a rule for it.
    pub reach: Option<Reach>,
    /// What people see, when the policy has a rule for it.
    pub observed: Option<Observed>,
    /// Boundaries of the places, when the round has them.
    pub boundaries: Option<Arc<Boundaries>>,
    /// Outside sources and whether they answered.
    pub sources: Vec<SourceStatus>,
    /// Who counts as one and what they get, when the policy has a rule for it.
    pub clusters: Option<Clustered>,
    /// Fresh answers of several sources that differ, by operator and check.
    pub disagreements: Vec<SourcesDiffer>,
    /// Where the columns that the policy names come from, by `entity.column`.
    pub provenance: BTreeMap<String, Provenance>,
    /// Columns of the round with their words, for sentences about the policy.
    pub schema: crate::schema::RoundSchema,
    /// Sums that hold exactly: `awarded + reserved + unspent = budget`.
    pub totals: Totals,
    /// Warnings of the input; a decision has no errors.
    pub problems: Problems,
    /// How firm the decision is, when the policy asks for it. (What a question about other rules starts from is without it.)
    pub uncertainty: Option<Uncertainty>,
    /// What would move without each optional source, when the policy asks for it.
    pub independence: Option<Independence>,
    /// Whether nobody applied: every facility is a candidate.
    pub shadow: bool,
    /// Whether any table or model of the round says that its data is simulated.
    pub simulated: bool,
    /// How many rows were read, by file.
    pub rows_read: BTreeMap<String, usize>,
}

impl Decision {
    /// The currency of every amount.
    pub fn currency(&self) -> Currency {
        self.policy.round.currency
    }

    /// The application of that identifier.
    pub fn application(&self, id: &str) -> Option<&ApplicationDecision> {
        self.applications.get(self.position(id)?)
    }

    /// The band of the application of that identifier, when the policy asks for bands.
    pub fn bands(&self, id: &str) -> Option<&Bands> {
        self.uncertainty.as_ref()?.applications.get(self.position(id)?)
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.applications.binary_search_by(|a| a.id.as_str().cmp(id)).ok()
    }
}

/// Money by what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// What there was to divide.
    pub budget: Money,
    /// Sum of all awards.
    pub awarded: Money,
    /// Kept for held applications and for appeals.
    pub reserved: Money,
    /// The part of `reserved` kept for appeals.
    pub reserved_for_appeals: Money,
    /// What no rule could divide.
    pub unspent: Money,
    /// Sum of what was asked for, over all applications whose amount is known.
    pub sought: Money,
}

/// What became of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It gets money.
    Funded,
    /// It was admitted and gets nothing.
    NotFunded,
    /// Something is not known yet; its money is kept.
    Held,
    /// A condition of admission is not met.
    Ineligible,
}

impl Status {
    /// All, in the order of a summary.
    pub const ALL: [Self; 4] = [Self::Funded, Self::NotFunded, Self::Held, Self::Ineligible];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Funded => "funded",
            Self::NotFunded => "not-funded",
            Self::Held => "held",
            Self::Ineligible => "ineligible",
        }
    }
}

/// Why the amount is what it is. `Display` gives the words of the column `reason`, several joined by `; `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Its share at the price of its place.
    Share,
    /// The floor bound: it gets more than its share.
    Floor,
    /// The ceiling bound: it gets less than its share.
    Ceiling,
    /// No weight, so nothing but the floor.
    ZeroWeight,
    /// Its award fell below its minimum, so it gets nothing.
    BelowMinimum,
    /// Its share is less than half of the smallest payable step, or the step was given to another by lot.
    BelowUnit,
    /// It belongs to no pot.
    NoPot,
    /// The gate of that id failed.
    GateFailed(String),
    /// The gate of that id is unknown.
    GateUnknown(String),
    /// The detector of that id found something that somebody has to look at.
    Flagged(String),
    /// The amount asked for is not known.
    AmountUnknown,
    /// A quantity of the pot (`weight`, `floor`, `ceiling`, `minimum`) can't be computed from what is known.
    QuantityUnknown {
        /// The pot.
        pot: String,
        /// The quantity.
        quantity: &'static str,
    },
    /// The value of that indicator (`criterion.indicator`) is missing, and its rule is to wait.
    IndicatorMissing(String),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Share => f.write_str("share"),
            Self::Floor => f.write_str("floor"),
            Self::Ceiling => f.write_str("ceiling"),
            Self::ZeroWeight => f.write_str("zero-weight"),
            Self::BelowMinimum => f.write_str("below-minimum"),
            Self::BelowUnit => f.write_str("below-unit"),
            Self::NoPot => f.write_str("no-pot"),
            Self::GateFailed(id) => write!(f, "gate-failed:{id}"),
            Self::GateUnknown(id) => write!(f, "gate-unknown:{id}"),
            Self::Flagged(id) => write!(f, "flag:{id}"),
            Self::AmountUnknown => f.write_str("amount-unknown"),
            Self::QuantityUnknown { pot, quantity } => write!(f, "quantity-unknown:{pot}.{quantity}"),
            Self::IndicatorMissing(id) => write!(f, "indicator-missing:{id}"),
        }
    }
}

/// One application: its gates, its points, its money.
#[derive(Debug, Clone)]
pub struct ApplicationDecision {
    /// `application_id`.
    pub id: String,
    /// `facility_id`, empty when the round does not say.
    pub facility_id: String,
    /// `operator_id`, empty when the round does not say.
    pub operator_id: String,
    /// The code of its place, empty when the round has no places.
    pub territory: String,
    /// Where its facility is, when the round says so.
    pub position: Option<Position>,
    /// What it was paid the last time, when the round says so.
    pub previous: Option<Money>,
    /// The name people know it by: facility, else operator, else nothing.
    pub name: String,
    /// The operator's name, when there is one.
    pub operator_name: String,
    /// What the money is for, when the application says so.
    pub purpose: String,
    /// The line of `applications.csv`.
    pub line: u64,
    /// What became of it.
    pub status: Status,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
    /// One for each gate of the policy, in order.
    pub gates: Vec<GateResult>,
    /// What detectors found about it, by the policy's order of detectors.
    pub flags: Vec<Flagged>,
    /// One for each indicator of the policy, in order.
    pub contributions: Vec<ContributionResult>,
    /// The sum of the contributions.
    pub points: Points,
    /// Place by points among all that were not refused; equal points share it. `None` when not admitted.
    pub rank: Option<usize>,
    /// What was asked for; `None` when it is not known.
    pub sought: Option<Money>,
    /// One for each pot it takes part in.
    pub pots: Vec<PotAward>,
    /// What it gets now; nothing while it is held.
    pub amount: Money,
    /// What is kept for it while it is held.
    pub amount_if_cleared: Option<Money>,
}

/// What one detector found about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// Position in [`Policy::detectors`].
    pub detector: usize,
    /// Whether the application waits for it.
    pub holds: bool,
    /// The gravest of its flags.
    pub severity: FlagSeverity,
    /// How many flags.
    pub flags: usize,
    /// What the gravest of them says.
    pub sentence: String,
}

/// The answer of one gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateResult {
    /// Pass, fail or unknown: what is known, before the policy's rule for the unknown.
    pub outcome: Outcome,
    /// Whether it was not known, and what the policy lets stand in for it is met.
    pub stood_in: bool,
    /// Who says so.
    pub source: String,
    /// As of when; the oldest where several facts were used.
    pub as_of: Option<Date>,
    /// What each check used said, with its own source and age.
    pub answers: Vec<AnswerUsed>,
}

/// A check's answer that a gate used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerUsed {
    /// The check.
    pub check: String,
    /// What it counts as on the round's day.
    pub outcome: Outcome,
    /// What the source said, which may have become too old to count.
    pub said: Option<Outcome>,
    /// The source, empty when nobody was asked.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
    /// What it rests on, where the source lets that be shown.
    pub evidence: Option<String>,
    /// In place of what was said and of its evidence, where the source lets only a digest of the answer be shown.
    pub digest: Option<String>,
    /// The operator's dispute about it.
    pub dispute: Option<Disputed>,
}

/// A dispute about an answer, and whether the source has replied by the round's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// The dispute with the reply.
    pub dispute: Dispute,
    /// Whether there is no reply yet.
    pub open: bool,
}

/// Operators that count as one, and how the money is spread over them.
#[derive(Debug, Clone)]
pub struct Clustered {
    /// Who is linked to whom, and by what.
    pub links: Links,
    /// What each operator gets, what is kept for it counted too.
    pub amounts: BTreeMap<String, Money>,
    /// How concentrated the money is; `None` where nobody gets any.
    pub concentration: Option<Concentration>,
}

/// Fresh answers of several sources about one operator and check that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcesDiffer {
    /// The operator.
    pub operator_id: String,
    /// The check.
    pub check: String,
    /// What each source says, in the order in which they are asked.
    pub said: Vec<AnswerUsed>,
    /// Which of them counts by the policy's rule; `None` where none does.
    pub counted: Option<usize>,
}

/// The points of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionResult {
    /// The published value; empty when missing.
    pub value: String,
    /// Where it stands between 0 and 1.
    pub scaled: Scaled,
    /// Its part of the score.
    pub points: Points,
    /// Whether and how it was imputed.
    pub imputed: Imputed,
    /// Where the value comes from.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
    /// Of a forecast, what each table adds.
    pub forecast: Option<Box<Forecast>>,
}

/// Which bound holds an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// None: it has its share.
    Free,
    /// The floor: more than its share.
    Floor,
    /// The ceiling: less than its share.
    Ceiling,
    /// No weight.
    ZeroWeight,
    /// It fell below its minimum and gets nothing.
    Dropped,
}

impl Binding {
    /// The word in tables; empty where nothing binds.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
            Self::ZeroWeight => "zero-weight",
            Self::Dropped => "below-minimum",
        }
    }
}

/// An application's part in one pot.
#[derive(Debug, Clone)]
pub struct PotAward {
    /// The pot's position in the policy.
    pub pot: usize,
    /// The weight, fixed to six decimals: what is published and computed with.
    pub weight: Rational,
    /// The least it may get, rounded up to the payable step.
    pub floor: Money,
    /// The most it may get, rounded down to the payable step; `None` without a ceiling.
    pub ceiling: Option<Money>,
    /// Nothing, or at least this.
    pub minimum: Option<Money>,
    /// What it gets, or would get once cleared.
    pub amount: Money,
    /// The exact optimum in major units before rounding.
    pub exact: Rational,
    /// What binds.
    pub binding: Binding,
    /// For a dropped application: the award that fell below the minimum.
    pub before_drop: Option<Money>,
    /// What one more point would add at this price and under its ceiling, in major units before rounding; `None`
    /// where the weight does not rest on the score.
    pub next_point: Option<Rational>,
    /// Its node in the pot's list.
    pub node: usize,
}

/// How one pot was divided.
#[derive(Debug, Clone)]
pub struct PotDecision {
    /// The pot's id.
    pub id: String,
    /// Money in it.
    pub money: Money,
    /// Sum of what was given or kept.
    pub divided: Money,
    /// Nodes, parents first; the first is the pot itself.
    pub nodes: Vec<NodeDecision>,
    /// Applications that fell below their minimum, in the order they were dropped (positions in `applications`).
    pub drops: Vec<usize>,
}

/// One place in one pot.
#[derive(Debug, Clone)]
pub struct NodeDecision {
    /// Position in [`Decision::territories`]; `None` for the pot itself.
    pub territory: Option<usize>,
    /// Position of the parent in the pot's nodes; `None` for the pot itself.
    pub parent: Option<usize>,
    /// What the applications taking part ask for.
    pub sought: Money,
    /// The least, rounded up to the payable step.
    pub floor: Money,
    /// The most, rounded down; `None` without a ceiling.
    pub ceiling: Option<Money>,
    /// Sum of the awards (held applications left out).
    pub amount: Money,
    /// Sum kept for held applications.
    pub reserved: Money,
    /// Money (major units) per unit of weight.
    pub price: Rational,
    /// The exact price in payable steps per unit of weight, for the certificate.
    pub price_exact: Rational,
    /// The exact total in payable steps, for the certificate.
    pub total_exact: Rational,
    /// What binds.
    pub binding: Binding,
}

/// A place of the round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Its code.
    pub code: String,
    /// The parent's code, empty at the top.
    pub parent: String,
    /// Its level, such as `county`.
    pub level: String,
    /// Names by language; the code where the table has none.
    pub name: adil_domain::LocalizedText,
    /// People living there, when the table says so.
    pub population: Option<Rational>,
}

/// Whether an outside source answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStatus {
    /// Its name in the policy, or in the table where the policy does not declare it.
    pub name: String,
    /// `live`, `stale` (all of its answers are too old), `undated` (it is there, but nobody says as of when) or `absent`.
    pub status: &'static str,
    /// The newest as-of date not after the round's day.
    pub as_of: Option<Date>,
    /// Whether the round may not be decided without it.
    pub required: bool,
    /// How many answers were used.
    pub used: usize,
    /// How many answers of checks it gave, whether they count or not.
    pub answers: usize,
}

/// Where a column comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The file.
    pub file: String,
    /// The column.
    pub column: String,
    /// The source's name, empty when nobody says.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
}

impl Provenance {
    /// `territories.csv: population (Census 2022)`.
    pub fn describe(&self) -> String {
        if self.source.is_empty() {
            format!("{}: {}", self.file, self.column)
        } else {
            format!("{}: {} ({})", self.file, self.column, self.source)
        }
    }
}
