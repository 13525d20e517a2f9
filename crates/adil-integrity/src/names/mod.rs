//! Names of operators, compared across Kazakh, Russian and English.

mod compare;
mod concepts;
mod evidence;
mod fold;
mod index;
mod keys;
mod likeness;
mod operator;
mod parse;
mod soft;

pub use compare::{SAME, UNSURE, compare};
pub use evidence::{Basis, Comparison, Evidence, Finding, Outcome};
pub use fold::fold;
pub use index::{Candidates, Index, Matches, Pair, match_lists};
pub use likeness::Likeness;
pub use operator::{Operator, Row};
pub use parse::OperatorName;
pub use soft::{WeightedName, WordWeights};
