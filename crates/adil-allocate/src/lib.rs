#![doc = include_str!("../README.md")]
#![deny(clippy::as_conversions)]

pub mod check;
mod conflict;
pub mod float;
mod instance;
mod layout;
mod price;
mod round;
mod solution;
mod solve;
mod tie;

pub use conflict::{BoundKind, ConflictBound, ConflictSet, ConflictSubject};
pub use instance::{Bounds, Instance, Leaf, LeafIndex, MAX_AMOUNT, NodeIndex};
pub use solution::{Drop, LeafBinding, LeafSolution, NodeBinding, NodeSolution, Solution, SolveError};
pub use solve::TieKey;
pub use tie::tie_key;
