#![doc = include_str!("../README.md")]

mod backtest;
mod cases;
mod composite;
mod equality;
mod explained;
mod fairness;
mod fixed;
mod gaming;
mod groups;
mod json;
mod missing;
mod page;
mod people;
mod random;
mod statistics;

use adil_round::folder::Files;
use adil_round::inputs::Inputs;
use adil_round::what_if::Prepared;
use adil_round::{DecideError, Decision};

pub use backtest::Backtest;
pub use composite::{Composite, Decides, Dominated, IndicatorLine, Outliers, Pair};
pub use equality::{Before, Curve, Equality};
pub use explained::Gap;
pub use fairness::{Comparison, Fairness, GroupLine, Share};
pub use fixed::{Fixed, Interval};
pub use gaming::{Asking, Backing, Most};
pub use groups::{Dimension, Group, Kind, Label};
pub use json::json;
pub use missing::{MissingBy, MissingData, MissingLine};
pub use page::{CATALOGUES, Page, catalog, page};
pub use people::{BESIDE, PeopleBy, PeopleComparison, PeopleLine};

/// A round looked at from outside.
#[derive(Debug, Clone)]
pub struct Audit {
    /// What was decided.
    pub decision: Decision,
    /// What each indicator does.
    pub composite: Composite,
    /// Who gets how much.
    pub fairness: Fairness,
    /// What missing values cost.
    pub missing: MissingData,
    /// What asking for more would earn; `None` where nobody asked, or nobody was decided.
    pub asking: Option<Asking>,
    /// The awarded money by what it rests on.
    pub backing: Vec<(Backing, adil_domain::Money)>,
    /// Pots whose size rests on the applicant's own word, by position.
    pub own_sizes: Vec<usize>,
    /// Money per head from place to place; `None` without places of known population.
    pub equality: Option<Equality>,
    /// This year's points beside what is known of earlier years.
    pub backtests: Vec<Backtest>,
}

/// Decides a checked round and looks at what came out. `beside` holds those of the tables in [`BESIDE`] that there are: no
/// decision reads them, but they may say who takes part.
///
/// # Errors
/// As [`adil_round::decide()`].
pub fn audit(inputs: &Inputs, beside: &Files) -> Result<Audit, DecideError> {
    let mut prepared = Prepared::new(inputs)?;
    let decision = prepared.decision()?;
    let asking = gaming::asking(&mut prepared, &decision);
    let cases = cases::Cases::new(inputs, &decision);
    let (dimensions, absent) = groups::dimensions(&cases);
    let composite = composite::composite(&cases);
    let missing = missing::missing(&cases, &dimensions);
    let equality = equality::equality(&cases);
    let backtests = backtest::backtest(&cases);
    let fairness = fairness::fairness(&cases, beside, dimensions, absent);
    Ok(Audit {
        composite,
        fairness,
        missing,
        asking,
        backing: gaming::backing(&decision),
        own_sizes: gaming::own_sizes(&decision.policy),
        equality,
        backtests,
        decision,
    })
}
