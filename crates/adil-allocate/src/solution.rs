//! The result of a division.

use adil_domain::Rational;

use crate::conflict::ConflictSet;
use crate::instance::{LeafIndex, NodeIndex};

/// Why a leaf has what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafBinding {
    /// Its share at the price of its node.
    Free,
    /// Its floor is above its share.
    AtFloor,
    /// Its ceiling is below its share.
    AtCeiling,
    /// It has no weight, and so its floor.
    ZeroWeight,
    /// Its share fell below its minimum: nothing.
    Dropped,
}

/// Whether a node's total is held by a bound of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeBinding {
    /// It has its parent's price.
    Free,
    /// Its floor holds it up: its price is above its parent's.
    AtFloor,
    /// Its ceiling holds it down: its price is below its parent's.
    AtCeiling,
}

/// What a leaf gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafSolution {
    /// Whole payable units.
    pub amount: u64,
    /// Why.
    pub binding: LeafBinding,
}

/// What a node gets, and at which price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeSolution {
    /// Whole payable units: the sum of its leaves and of everything below.
    pub total: u64,
    /// Payable units per unit of weight, exact.
    pub price: Rational,
    /// The exact optimum before rounding, in payable units.
    pub exact_total: Rational,
    /// Whether a bound of its own holds.
    pub binding: NodeBinding,
}

/// A leaf whose share fell below its minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// The leaf.
    pub leaf: LeafIndex,
    /// Its exact share at the prices at which it was found below; several may be dropped at the same prices.
    pub share: Rational,
    /// The minimum it fell below.
    pub minimum: u64,
}

/// The whole division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    pub(crate) amounts: Vec<u64>,
    pub(crate) bindings: Vec<LeafBinding>,
    pub(crate) nodes: Vec<NodeSolution>,
    pub(crate) drops: Vec<Drop>,
    pub(crate) unspent: u64,
}

impl Solution {
    /// What a leaf gets. A leaf of another instance gets nothing.
    pub fn leaf(&self, leaf: LeafIndex) -> LeafSolution {
        LeafSolution {
            amount: self.amounts.get(leaf.index()).copied().unwrap_or(0),
            binding: self.bindings.get(leaf.index()).copied().unwrap_or(LeafBinding::Dropped),
        }
    }

    /// Amounts in the order in which the leaves were added.
    pub fn amounts(&self) -> &[u64] {
        &self.amounts
    }

    /// What a node gets; `None` for a node of another instance.
    pub fn node(&self, node: NodeIndex) -> Option<&NodeSolution> {
        self.nodes.get(node.index())
    }

    /// Nodes in the order in which they were added.
    pub fn nodes(&self) -> &[NodeSolution] {
        &self.nodes
    }

    /// Leaves that fell below their minimum, in the order in which they were dropped.
    pub fn drops(&self) -> &[Drop] {
        &self.drops
    }

    /// What no leaf may take: every leaf with a weight is at its ceiling, or under a node that is.
    pub fn unspent(&self) -> u64 {
        self.unspent
    }
}

/// Why there is no division.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SolveError {
    /// Bounds contradict each other; one set for each contradiction that stands by itself.
    #[error("{} set(s) of bounds contradict each other", .0.len())]
    Conflict(Vec<ConflictSet>),
    /// A bound or the budget is above what is handled.
    #[error("an amount of {0} payable units is above the most that is handled, {max}", max = crate::instance::MAX_AMOUNT)]
    AmountTooLarge(u64),
    /// The weights sum to more than 2^126.
    #[error("the weights sum to more than 2^126; use a smaller common denominator")]
    WeightsTooLarge,
    /// More leaves or nodes than 32 bits count.
    #[error("{0} leaves or nodes are more than can be divided at once")]
    TooMany(usize),
    /// A leaf or a node hangs under a node that was not added before it.
    #[error("a member hangs under a node that does not exist")]
    NoSuchNode,
}
