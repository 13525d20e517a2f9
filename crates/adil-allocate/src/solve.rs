//! The whole division: what is possible, prices from the root down, minimums, rounding.

use std::cmp::Ordering;

use adil_domain::Rational;
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
        in_pool(|| {
            self.validate()?;
            Solver::new(self, tie_key, false).run()
        })
    }

    /// As [`Instance::solve`], without ever taking the shorter way through 128 bits. For tests that compare the two.
    #[doc(hidden)]
    pub fn solve_wide(&self, tie_key: TieKey<'_>) -> Result<Solution, SolveError> {
        in_pool(|| {
            self.validate()?;
            Solver::new(self, tie_key, true).run()
        })
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
        let last = self.leaf_node.par_chunks(STRETCH).filter_map(largest).max();
        if orphan_node || last.is_some_and(|n| widen(n) >= nodes) {
            return Err(SolveError::NoSuchNode);
        }
        let of_nodes = self.node_bounds.iter().flat_map(|b| [b.floor, b.ceiling.unwrap_or(0)]);
        let of_leaves = [&self.floor, &self.minimum, &self.ceiling]
            .map(|column| column.par_chunks(STRETCH).map(largest_amount).max().unwrap_or(0));
        let all = of_nodes.chain(of_leaves).chain([self.budget]);
        if let Some(large) = all.max().filter(|m| *m > MAX_AMOUNT) {
            return Err(SolveError::AmountTooLarge(large));
        }
        let parts = self.weight.par_chunks(STRETCH);
        let sums = parts.map(|part| part.iter().fold(0u128, |sum, w| sum.saturating_add(*w)));
        let sum = sums.reduce(|| 0, u128::saturating_add);
        if sum > MAX_WEIGHTS { Err(SolveError::WeightsTooLarge) } else { Ok(()) }
    }
}

/// Leaves that a thread takes at a time.
const STRETCH: usize = 65_536;

/// Runs among the pool's threads, so that its many short parallel loops need not each call them from outside.
fn in_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::join(work, || ()).0
}

fn largest<T: Copy + Ord>(column: &[T]) -> Option<T> {
    column.iter().copied().max()
}

/// The largest amount of a column, ceilings that are none left out.
fn largest_amount(column: &[u64]) -> u64 {
    column.iter().map(|a| if *a == NO_CEILING { 0 } else { *a }).max().unwrap_or(0)
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
    /// Whether any leaf has a minimum.
    minimums: bool,
    /// Guesses by position, from the last time; not a number at first.
    hints: Vec<f64>,
}

impl<'i> Solver<'i> {
    fn new(instance: &'i Instance, tie_key: TieKey<'i>, always_wide: bool) -> Self {
        let layout = Layout::of(instance);
        let weights: f64 = layout.weight_hint.par_chunks(STRETCH).map(sum).collect::<Vec<f64>>().iter().sum();
        let start = hint(u128::from(instance.budget)) / weights;
        Self {
            instance,
            dropped: vec![false; instance.leaves()],
            largest_weight: layout.weight.par_chunks(STRETCH).filter_map(largest).max().unwrap_or(0),
            largest_amount: [&layout.high, &layout.low]
                .map(|column| column.par_chunks(STRETCH).filter_map(largest).max().unwrap_or(0))
                .into_iter()
                .max()
                .unwrap_or(0),
            minimums: instance.minimum.par_chunks(STRETCH).any(|part| part.iter().any(|m| *m > 0)),
            always_wide,
            hints: (0..layout.nodes()).map(|node| if node == 0 { start } else { f64::NAN }).collect(),
            layout,
            tie_key,
        }
    }

    fn run(mut self) -> Result<Solution, SolveError> {
        let mut drops = Vec::new();
        let mut batch = 1;
        let (priced, reach) = loop {
            let reach = Reach::of(&self.layout);
            if !reach.is_feasible() {
                return Err(SolveError::Conflict(conflict::find(
                    self.instance,
                    &self.layout,
                    &reach,
                    &self.dropped,
                )));
            }
            let priced = self.price(&reach);
            let below = self.below_minimum(&priced);
            if below.is_empty() {
                break (priced, reach);
            }
            batch = self.drop_lowest(&below, batch.min(below.len()), &priced, &mut drops);
        };
        Ok(self.finish(&priced, &reach, drops))
    }

    /// Drops the first of `below`, and as many of the next as are sure to follow it; gives the number to try next time.
    ///
    /// One by one, each drop is followed by new prices, which only rise: what a dropped member leaves goes to others. So
    /// when all of the first `batch` are still below at the prices without all but the last of them, each of them was
    /// below when its turn came, and they can go together.
    fn drop_lowest(
        &mut self,
        below: &[usize],
        batch: usize,
        priced: &Priced,
        drops: &mut Vec<Drop>,
    ) -> usize {
        let mut batch = batch;
        while batch > 1 && !self.all_follow(&below[..batch]) {
            batch /= 2;
        }
        for leaf in &below[..batch] {
            let index = widen(self.layout.leaf[*leaf]);
            drops.push(Drop {
                leaf: LeafIndex::new(index),
                share: round::exact_share(&self.layout, *leaf, priced.price[self.node_of(*leaf)]),
                minimum: self.instance.minimum[index],
            });
        }
        for leaf in &below[..batch] {
            self.dropped[widen(self.layout.leaf[*leaf])] = true;
            self.layout.drop_leaf(*leaf);
        }
        batch * 2
    }

    /// Whether all of these are below their minimum at the prices without all but the last of them.
    fn all_follow(&mut self, below: &[usize]) -> bool {
        let (low, high): (Vec<u64>, Vec<u64>) =
            below.iter().map(|leaf| (self.layout.low[*leaf], self.layout.high[*leaf])).unzip();
        let Some((_, without)) = below.split_last() else { return true };
        for leaf in without {
            self.layout.drop_leaf(*leaf);
        }
        let reach = Reach::of(&self.layout);
        let priced = reach.is_feasible().then(|| self.price(&reach));
        for ((leaf, low), high) in below.iter().zip(low).zip(high) {
            self.layout.set_leaf(*leaf, low, high);
        }
        priced.is_some_and(|priced| {
            below.iter().all(|leaf| {
                let minimum = self.instance.minimum[widen(self.layout.leaf[*leaf])];
                let node = self.node_of(*leaf);
                self.rises(&priced, node) && !self.reaches(*leaf, priced.price[node], minimum)
            })
        })
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
        if u128::from(task.target) == reach.members_most[task.node] {
            // Everything at its ceiling: the price at which that is so, since beyond it nothing moves.
            let highest = subtree.highest();
            let price = task.from.filter(|f| f.compare(highest) == Ordering::Greater).unwrap_or(highest);
            let lines = subtree.lines_at(price);
            return (price, lines);
        }
        subtree.solve(task.target, task.from, task.to, task.start)
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
            let known = Some(self.hints[node]).filter(|hint| !hint.is_nan());
            let task = |target, from, to, binding| {
                // The first of Newton's steps, from the parent's price, costs nothing: its line is known.
                let start = known.unwrap_or_else(|| line.guess_of(target));
                Task { node, target, from, to, start, binding }
            };
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

    /// Whether a higher price would change anything where this node's price is made. Where it would not, the price is one
    /// of many that give the same amounts, and says nothing about those who are not there.
    fn rises(&self, priced: &Priced, node: usize) -> bool {
        let mut top = node;
        while top != 0 && priced.binding[top] == NodeBinding::Free {
            top = widen(self.layout.parent[top]);
        }
        priced.line[top].slope > 0
    }

    /// The leaves whose exact share is below their minimum, by merit, equals by their key.
    fn below_minimum(&self, priced: &Priced) -> Vec<usize> {
        let mut below = Vec::new();
        if !self.minimums {
            return below;
        }
        for node in 0..self.layout.nodes() {
            for leaf in self.layout.leaves(node) {
                let index = widen(self.layout.leaf[leaf]);
                let minimum = self.instance.minimum[index];
                if minimum > 0 && !self.dropped[index] && !self.reaches(leaf, priced.price[node], minimum) {
                    below.push(leaf);
                }
            }
        }
        below.sort_by_cached_key(|leaf| {
            let index = widen(self.layout.leaf[*leaf]);
            (self.instance.merit[index], (self.tie_key)(LeafIndex::new(index)))
        });
        below
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
        let largest = if self.always_wide { None } else { Some((self.largest_weight, self.largest_amount)) };
        let rounded = round::round(&self.layout, priced, self.tie_key, largest);
        let leaves = self.instance.leaves();
        let mut amounts = vec![0u64; leaves];
        let mut bindings = vec![LeafBinding::Free; leaves];
        for ((leaf, amount), binding) in self.layout.leaf.iter().zip(&rounded.amounts).zip(&rounded.bindings)
        {
            let index = widen(*leaf);
            amounts[index] = *amount;
            bindings[index] = if self.dropped[index] { LeafBinding::Dropped } else { *binding };
        }
        // A free node has its parent's price.
        let mut prices: Vec<Rational> = Vec::with_capacity(self.layout.nodes());
        for at in 0..self.layout.nodes() {
            let parents = widen(self.layout.parent[at]);
            prices.push(match priced.binding[at] {
                NodeBinding::Free if at > 0 => prices[parents].clone(),
                _ => priced.price[at].to_rational(),
            });
        }
        let nodes = self.layout.position.par_iter().with_min_len(16).map(|position| {
            let at = widen(*position);
            NodeSolution {
                total: rounded.totals[at],
                price: prices[at].clone(),
                exact_total: priced.exact_total(at),
                binding: priced.binding[at],
            }
        });
        let given = u64::try_from(reach.most[0]).unwrap_or(u64::MAX);
        Solution {
            nodes: nodes.collect(),
            amounts,
            bindings,
            drops,
            unspent: self.instance.budget.saturating_sub(given),
        }
    }
}

impl Priced {
    /// What a node has before rounding: a bound node its bound, the others what their line says.
    fn exact_total(&self, at: usize) -> Rational {
        let (line, price, target) = (self.line[at], self.price[at], self.target[at]);
        let bound = self.binding[at] != NodeBinding::Free || at == 0;
        if bound && line.compare(price, target) == Ordering::Equal {
            Rational::from(target)
        } else {
            line.total(price)
        }
    }
}

/// As a sum in floats: four side by side, so that none waits for the one before.
fn sum(column: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, rest) = column.as_chunks::<4>();
    for four in fours {
        for (sum, value) in sums.iter_mut().zip(four) {
            *sum += value;
        }
    }
    sums.iter().chain(rest).sum()
}
