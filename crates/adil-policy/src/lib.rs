#![doc = include_str!("../README.md")]

mod check;
pub mod explain;
pub mod expr;
pub mod names;
pub mod policy;
pub mod quantities;
mod read;
pub mod schema;
pub mod value;

pub use explain::{Section, Sentence, plain_text};
pub use expr::{EvalError, Expr};
pub use names::{Entity, Name, NameId};
pub use policy::{
    Access, Aggregation, Band, ClusterRule, Criterion, DetectorRule, Disagreement, Feature, FlagAction,
    FlagSeverity, ForecastRule, Gate, IndependenceRule, Indicator, Missing, ObservationRule, Policy, Pot,
    PotRule, PrivacyRule, ReachDecay, ReachMethod, Reserve, RoundRules, RuleMeta, Scale, Source, StatedError,
    TerritoryBound, Travel, Uncertainty, UnknownRule,
};
pub use schema::Schema;
pub use value::{Scope, Type, Value};
