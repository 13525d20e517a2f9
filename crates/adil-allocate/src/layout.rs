//! The instance in the order in which it is solved: nodes depth first, leaves grouped by node, so that a subtree is one
//! stretch of nodes and one stretch of leaves.

use std::ops::Range;

use rayon::prelude::*;

use crate::instance::{Instance, NO_CEILING, narrow, widen};

/// Columns in solving order.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Position in this order by [`crate::NodeIndex`].
    pub(crate) position: Vec<u32>,
    /// Parent's position by position; the root is its own.
    pub(crate) parent: Vec<u32>,
    /// One past the last position of the subtree.
    pub(crate) subtree_end: Vec<u32>,
    /// Where the own leaves of each position begin; one more entry at the end.
    pub(crate) leaf_start: Vec<u32>,
    pub(crate) node_floor: Vec<u64>,
    /// At most [`never_reached`]; the budget for the root.
    pub(crate) node_ceiling: Vec<u64>,
    /// Original leaf by position.
    pub(crate) leaf: Vec<u32>,
    pub(crate) weight: Vec<u128>,
    /// The weight nearly: for guesses only.
    pub(crate) weight_hint: Vec<f64>,
    pub(crate) low: Vec<u64>,
    /// A zero weight has its floor here: no price moves it.
    pub(crate) high: Vec<u64>,
    /// As `weight_hint`, for the bounds.
    pub(crate) low_hint: Vec<f64>,
    pub(crate) high_hint: Vec<f64>,
}

/// Leaves that a thread takes at a time.
const STRETCH: usize = 16_384;

impl Layout {
    pub(crate) fn of(instance: &Instance) -> Self {
        let nodes = instance.nodes();
        let (order, subtree_size) = depth_first(&instance.parents);
        let mut position = vec![0u32; nodes];
        for (at, node) in order.iter().enumerate() {
            position[widen(*node)] = narrow(at);
        }
        let parent = order.iter().map(|n| position[widen(instance.parents[widen(*n)])]).collect();
        let subtree_end =
            order.iter().enumerate().map(|(at, n)| narrow(at + widen(subtree_size[widen(*n)]))).collect();
        let bounds = |n: &u32| instance.node_bounds[widen(*n)];
        let (leaf, leaf_start) = group(instance, &position);
        let never = never_reached(instance);
        let weight = gather(&leaf, |l| instance.weight[l]);
        let low = gather(&leaf, |l| instance.floor[l]);
        let high = gather(&leaf, |l| {
            if instance.weight[l] == 0 { instance.floor[l] } else { instance.ceiling[l].min(never) }
        });
        Self {
            position,
            parent,
            subtree_end,
            leaf_start,
            node_floor: order.iter().map(|n| bounds(n).floor).collect(),
            node_ceiling: order
                .iter()
                .enumerate()
                .map(|(at, n)| {
                    let most = if at == 0 { instance.budget } else { never };
                    bounds(n).ceiling.unwrap_or(NO_CEILING).min(most)
                })
                .collect(),
            weight_hint: hints(&weight, hint),
            low_hint: hints(&low, hint_amount),
            high_hint: hints(&high, hint_amount),
            leaf,
            weight,
            low,
            high,
        }
    }

    /// How many nodes there are.
    pub(crate) fn nodes(&self) -> usize {
        self.parent.len()
    }

    /// Positions of the subtree of a node, itself first.
    pub(crate) fn subtree(&self, node: usize) -> Range<usize> {
        node..widen(self.subtree_end[node])
    }

    /// Own leaves of a node.
    pub(crate) fn leaves(&self, node: usize) -> Range<usize> {
        widen(self.leaf_start[node])..widen(self.leaf_start[node + 1])
    }

    /// Leaves of a node and of everything below it.
    pub(crate) fn subtree_leaves(&self, node: usize) -> Range<usize> {
        widen(self.leaf_start[node])..widen(self.leaf_start[widen(self.subtree_end[node])])
    }

    /// Children of a node, in order.
    pub(crate) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = widen(self.subtree_end[node]);
        let first = Some(node + 1).filter(|c| *c < end);
        std::iter::successors(first, move |c| Some(widen(self.subtree_end[*c])).filter(|next| *next < end))
    }

    /// Takes a leaf out of the division: nothing for it at any price.
    pub(crate) fn drop_leaf(&mut self, at: usize) {
        self.set_leaf(at, 0, 0);
    }

    /// Other bounds for a leaf, and their guesses with them.
    pub(crate) fn set_leaf(&mut self, at: usize, low: u64, high: u64) {
        self.low[at] = low;
        self.high[at] = high;
        self.low_hint[at] = hint_amount(low);
        self.high_hint[at] = hint_amount(high);
    }
}

/// A column in solving order.
fn gather<T: Send>(leaf: &[u32], value: impl Fn(usize) -> T + Sync) -> Vec<T> {
    leaf.par_iter().with_min_len(STRETCH).map(|l| value(widen(*l))).collect()
}

fn hints<T: Copy + Sync>(column: &[T], hint: impl Fn(T) -> f64 + Sync) -> Vec<f64> {
    column.par_iter().with_min_len(STRETCH).map(|value| hint(*value)).collect()
}

/// One more than there is. It stands for every ceiling above the budget, so that sums and products stay small; no solution
/// ever meets it.
fn never_reached(instance: &Instance) -> u64 {
    instance.budget.saturating_add(1)
}

/// Nodes depth first, children in the order of adding; and the size of each subtree. Parents were added before their
/// children, so no stack is needed and no depth is too deep.
fn depth_first(parents: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let nodes = parents.len();
    let mut size = vec![1u32; nodes];
    for node in (1..nodes).rev() {
        size[widen(parents[node])] += size[node];
    }
    // Where the next child of each node begins.
    let mut next = vec![0u32; nodes];
    let mut start = vec![0u32; nodes];
    next[0] = 1;
    for node in 1..nodes {
        let parent = widen(parents[node]);
        start[node] = next[parent];
        next[parent] += size[node];
        next[node] = start[node] + 1;
    }
    let mut order = vec![0u32; nodes];
    for (node, at) in start.iter().enumerate() {
        order[widen(*at)] = narrow(node);
    }
    (order, size)
}

/// Leaves by the position of their node, in the order of adding within it.
fn group(instance: &Instance, position: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; instance.nodes() + 1];
    for node in &instance.leaf_node {
        start[widen(position[widen(*node)]) + 1] += 1;
    }
    for at in 1..start.len() {
        start[at] += start[at - 1];
    }
    let mut next = start.clone();
    let mut leaf = vec![0u32; instance.leaves()];
    for (index, node) in instance.leaf_node.iter().enumerate() {
        let slot = &mut next[widen(position[widen(*node)])];
        leaf[widen(*slot)] = narrow(index);
        *slot += 1;
    }
    (leaf, start)
}

/// A nearby float, to guess a price with. No amount is ever taken from one.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a guess need not be exact"
)]
pub(crate) fn hint(value: u128) -> f64 {
    // Two halves are converted faster than the whole, and no further from it than two roundings.
    const HALF: f64 = 18_446_744_073_709_551_616.0;
    (value >> 64) as u64 as f64 * HALF + value as u64 as f64
}

/// As [`hint`], for amounts.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a guess need not be exact")]
pub(crate) fn hint_amount(value: u64) -> f64 {
    value as f64
}
