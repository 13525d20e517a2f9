//! The whole division: what is possible, prices from the root down, minimums, rounding.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::conflict::{self, Reach};
use crate::instance::{Instance, LeafIndex, MAX_AMOUNT, NO_CEILING, widen};
use crate::layout::{Layout, hint};
use crate::price::{Line, Price, Subtree};
use crate::round;
use crate::solution::{Drop, LeafBinding, NodeBinding, NodeSolution, Solution, SolveError};

/// What ties are settled by: a key for each leaf that nobody can choose, see [`crate::tie_key`].
pub type TieKey<'k> = &'k (dyn Fn(LeafIndex) -> [u8; 32] + Sync);

/// The weights of an instance sum to at most this.
const MAX_WEIGHTS: u128 = 1 << 126;

impl Instance {
    /// Divides the budget.
    ///
    /// The result does not depend on the number of threads. `tie_key` is asked only where two leaves have the same claim
    /// to a unit, or the same merit.
    ///
    /// # Errors
    /// Contradicting bounds, with irreducible sets of them; numbers above the ranges that are handled.
    pub fn solve(&self, tie_key: TieKey<'_>) -> Result<Solution, SolveError> {
        self.validate()?;
        Solver::new(self, tie_key, false).run()
    }

    /// As [`Instance::solve`], without ever taking the shorter way through 128 bits. For tests that compare the two.
    #[doc(hidden)]
    pub fn solve_wide(&self, tie_key: TieKey<'_>) -> Result<Solution, SolveError> {
        self.validate()?;
        Solver::new(self, tie_key, true).run()
    }

    fn validate(&self) -> Result<(), SolveError> {
        let most = widen(u32::MAX);
        for count in [self.leaves(), self.nodes()] {
            if count >= most {
                return Err(SolveError::TooMany(count));
            }
        }
        let nodes = self.nodes();
        let orphan_node = self.parents.iter().enumerate().skip(1).any(|(at, parent)| widen(*parent) >= at);
        if orphan_node || self.leaf_node.iter().any(|n| widen(*n) >= nodes) {
            return Err(SolveError::NoSuchNode);
        }
        let of_nodes = self.node_bounds.iter().flat_map(|b| [b.floor, b.ceiling.unwrap_or(0)]);
        let of_leaves = self.floor.iter().chain(&self.minimum).copied();
        let ceilings = self.ceiling.iter().copied().filter(|c| *c != NO_CEILING);
        let all = of_nodes.chain(of_leaves).chain(ceilings).chain([self.budget]);
        if let Some(large) = all.max().filter(|m| *m > MAX_AMOUNT) {
            return Err(SolveError::AmountTooLarge(large));
        }
        let sum =
            self.weight.iter().try_fold(0u128, |sum, w| sum.checked_add(*w).filter(|s| *s <= MAX_WEIGHTS));
        sum.map(|_| ()).ok_or(SolveError::WeightsTooLarge)
    }
}

/// Prices and lines by position, as far as they are known.
pub(crate) struct Priced {
    pub(crate) price: Vec<Price>,
    /// Members' sum at the price, before the node's own bounds.
    pub(crate) line: Vec<Line>,
    pub(crate) binding: Vec<NodeBinding>,
    /// What a bound node has; the line says it for the others.
    pub(crate) target: Vec<u64>,
}

/// A subtree to be priced.
struct Task {
    node: usize,
    target: u64,
    from: Option<Price>,
    to: Option<Price>,
    start: f64,
    binding: NodeBinding,
}

struct Solver<'i> {
    instance: &'i Instance,
    layout: Layout,
    tie_key: TieKey<'i>,
    dropped: Vec<bool>,
    largest_weight: u128,
    largest_amount: u64,
    always_wide: bool,
    /// Guesses by position, from the last time.
    hints: Vec<f64>,
}

impl<'i> Solver<'i> {
    fn new(instance: &'i Instance, tie_key: TieKey<'i>, always_wide: bool) -> Self {
        let layout = Layout::of(instance);
        let weights: f64 = layout.weight_hint.iter().sum();
        let start = hint(u128::from(instance.budget)) / weights;
        Self {
            instance,
            dropped: vec![false; instance.leaves()],
            largest_weight: layout.weight.iter().copied().max().unwrap_or(0),
            largest_amount: layout.high.iter().chain(&layout.low).copied().max().unwrap_or(0),
            always_wide,
            hints: vec![start; layout.nodes()],
            layout,
            tie_key,
        }
    }

    fn run(mut self) -> Result<Solution, SolveError> {
        let mut drops = Vec::new();
        let (priced, reach) = loop {
            let reach = Reach::of(&self.layout);
            if !reach.is_feasible(&self.layout) {
                return Err(SolveError::Conflict(conflict::find(
                    self.instance,
                    &self.layout,
                    &reach,
                    &self.dropped,
                )));
            }
            let priced = self.price(&reach);
            match self.below_minimum(&priced) {
                Some((position, drop)) => {
                    self.dropped[drop.leaf.index()] = true;
                    self.layout.drop_leaf(position);
                    drops.push(drop);
                }
                None => break (priced, reach),
            }
        };
        Ok(self.finish(&priced, &reach, drops))
    }

    /// Prices from the root down, those of one depth side by side.
    fn price(&mut self, reach: &Reach) -> Priced {
        let nodes = self.layout.nodes();
        let mut priced = Priced {
            price: vec![Price::ZERO; nodes],
            line: vec![Line::default(); nodes],
            binding: vec![NodeBinding::Free; nodes],
            target: vec![0; nodes],
        };
        let target = u64::try_from(reach.most[0]).unwrap_or(u64::MAX);
        let root =
            Task { node: 0, target, from: None, to: None, start: self.hints[0], binding: NodeBinding::Free };
        let mut tasks = vec![root];
        while !tasks.is_empty() {
            let solved: Vec<(Price, Vec<Line>)> =
                tasks.par_iter().map(|task| self.solve(task, reach)).collect();
            let mut next = Vec::new();
            for (task, (price, lines)) in tasks.iter().zip(solved) {
                priced.binding[task.node] = task.binding;
                priced.target[task.node] = task.target;
                self.hand_down(task.node, price, &lines, &mut priced, &mut next);
            }
            tasks = next;
        }
        priced
    }

    fn solve(&self, task: &Task, reach: &Reach) -> (Price, Vec<Line>) {
        let mut subtree = Subtree::new(&self.layout, task.node, self.largest_weight, self.largest_amount);
        subtree.always_wide = self.always_wide;
        let members: u128 = self.members_most(task.node, reach);
        if u128::from(task.target) == members {
            // Everything at its ceiling: the price at which that is so, since beyond it nothing moves.
            let highest = subtree.highest();
            let price = task.from.filter(|f| f.compare(highest) == Ordering::Greater).unwrap_or(highest);
            let lines = subtree.lines_at(price);
            return (price, lines);
        }
        subtree.solve(task.target, task.from, task.to, task.start)
    }

    /// The most that a node's members can have, whatever its own ceiling.
    fn members_most(&self, node: usize, reach: &Reach) -> u128 {
        let leaves: u128 = self.layout.leaves(node).map(|l| u128::from(self.layout.high[l])).sum();
        leaves + self.layout.children(node).map(|c| reach.most[c]).sum::<u128>()
    }

    /// Gives a price to every node below that no bound of its own separates; the others become tasks.
    fn hand_down(
        &mut self,
        top: usize,
        price: Price,
        lines: &[Line],
        priced: &mut Priced,
        next: &mut Vec<Task>,
    ) {
        let end = self.layout.subtree(top).end;
        let mut node = top;
        while node < end {
            let line = lines[node - top];
            let (floor, ceiling) = (self.layout.node_floor[node], self.layout.node_ceiling[node]);
            let task =
                |target, from, to, binding| Task { node, target, from, to, start: self.hints[node], binding };
            if node != top && line.compare(price, ceiling) == Ordering::Greater {
                next.push(task(ceiling, None, Some(price), NodeBinding::AtCeiling));
                node = self.layout.subtree(node).end;
            } else if node != top && line.compare(price, floor) == Ordering::Less {
                next.push(task(floor, Some(price), None, NodeBinding::AtFloor));
                node = self.layout.subtree(node).end;
            } else {
                priced.price[node] = price;
                priced.line[node] = line;
                self.hints[node] = price.to_guess();
                node += 1;
            }
        }
    }

    /// Of the leaves whose exact share is below their minimum, the one of the lowest merit.
    fn below_minimum(&self, priced: &Priced) -> Option<(usize, Drop)> {
        let mut lowest: Option<(i64, usize)> = None;
        let mut equals: Vec<usize> = Vec::new();
        for node in 0..self.layout.nodes() {
            for leaf in self.layout.leaves(node) {
                let index = widen(self.layout.leaf[leaf]);
                let minimum = self.instance.minimum[index];
                if minimum == 0 || self.dropped[index] || self.reaches(leaf, priced.price[node], minimum) {
                    continue;
                }
                let merit = self.instance.merit[index];
                match lowest {
                    Some((best, _)) if best < merit => {}
                    Some((best, _)) if best == merit => equals.push(leaf),
                    _ => {
                        lowest = Some((merit, node));
                        equals = vec![leaf];
                    }
                }
            }
        }
        let key = |leaf: &usize| (self.tie_key)(LeafIndex::new(widen(self.layout.leaf[*leaf])));
        let leaf = if equals.len() > 1 { equals.into_iter().min_by_key(key)? } else { equals.pop()? };
        let node = self.node_of(leaf);
        let index = widen(self.layout.leaf[leaf]);
        Some((
            leaf,
            Drop {
                leaf: LeafIndex::new(index),
                share: round::exact_share(&self.layout, leaf, priced.price[node]),
                minimum: self.instance.minimum[index],
            },
        ))
    }

    fn node_of(&self, leaf: usize) -> usize {
        let index = widen(self.layout.leaf[leaf]);
        widen(self.layout.position[widen(self.instance.leaf_node[index])])
    }

    /// Whether a leaf's exact share is at least so much.
    fn reaches(&self, leaf: usize, price: Price, amount: u64) -> bool {
        let layout = &self.layout;
        layout.low[leaf] >= amount
            || (layout.high[leaf] >= amount
                && round::compare(layout.weight[leaf], price, amount) != Ordering::Less)
    }

    fn finish(&self, priced: &Priced, reach: &Reach, drops: Vec<Drop>) -> Solution {
        let (totals, by_position) = round::round(&self.layout, priced, self.tie_key);
        let mut amounts = vec![0u64; self.instance.leaves()];
        let mut bindings = vec![LeafBinding::Free; self.instance.leaves()];
        for node in 0..self.layout.nodes() {
            for leaf in self.layout.leaves(node) {
                let index = widen(self.layout.leaf[leaf]);
                amounts[index] = by_position[leaf];
                bindings[index] = self.binding(leaf, index, priced.price[node]);
            }
        }
        let nodes = self
            .layout
            .position
            .iter()
            .map(|position| {
                let at = widen(*position);
                let price = priced.price[at];
                NodeSolution {
                    total: totals[at],
                    price: price.to_rational(),
                    exact_total: priced.line[at].total(price),
                    binding: priced.binding[at],
                }
            })
            .collect();
        let given = u64::try_from(reach.most[0]).unwrap_or(u64::MAX);
        Solution { amounts, bindings, nodes, drops, unspent: self.instance.budget.saturating_sub(given) }
    }

    fn binding(&self, leaf: usize, index: usize, price: Price) -> LeafBinding {
        let layout = &self.layout;
        if self.dropped[index] {
            LeafBinding::Dropped
        } else if layout.weight[leaf] == 0 {
            LeafBinding::ZeroWeight
        } else if round::compare(layout.weight[leaf], price, layout.high[leaf]) == Ordering::Greater {
            LeafBinding::AtCeiling
        } else if round::compare(layout.weight[leaf], price, layout.low[leaf]) == Ordering::Less {
            LeafBinding::AtFloor
        } else {
            LeafBinding::Free
        }
    }
}
