//! The same division in floating point, thousands of times under other weights: to see how far a division could be another,
//! never to pay one.
//!
//! The price of each node is found as in `solve`, by Newton's steps inside a bracket; members below their minimum
//! leave in the same order. Amounts are not rounded to payable units: they agree with the exact ones to less than one unit,
//! and to a little more where a price that is nearly none leaves floats no room.

use std::ops::Range;

use crate::instance::{Instance, widen};
use crate::layout::{Layout, hint_amount};

/// Newton's steps and halvings after which a price is as near as floats allow.
const STEPS: u32 = 300;

/// A part of an amount that floats can't tell from nothing.
const NEARLY: f64 = 1e-10;

/// A division whose weights are yet to come.
#[derive(Debug)]
pub struct Plan {
    layout: Layout,
    /// By position in solving order.
    minimum: Vec<f64>,
    /// Who leaves first among equals, by position.
    order: Vec<u32>,
    /// Leaves with a minimum, and their nodes, by position.
    with_minimum: Vec<(usize, usize)>,
    floors: Vec<f64>,
    ceilings: Vec<f64>,
}

/// A division under some weights.
struct Work<'p> {
    plan: &'p Plan,
    weight: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// By position of nodes: the members' sum at the price that was tried last, before the node's own bounds.
    sum: Vec<f64>,
    slope: Vec<f64>,
    price: Vec<f64>,
    /// Whether a higher price would change anything where the node's price is made.
    rises: Vec<bool>,
}

impl Plan {
    /// Prepares an instance. Its weights and merits are not looked at. `order` says for each leaf who leaves first where
    /// merits are equal: the rank of its tie key.
    pub fn new(instance: &Instance, order: &[u32]) -> Self {
        let mut all = instance.clone();
        // A weight of nothing would fix a leaf to its floor, and which leaves have none is not known yet.
        all.weight.fill(1);
        let layout = Layout::of(&all);
        let leaves = || layout.leaf.iter().map(|l| widen(*l));
        Self {
            minimum: leaves().map(|l| hint_amount(instance.minimum[l])).collect(),
            order: leaves().map(|l| order.get(l).copied().unwrap_or(u32::MAX)).collect(),
            with_minimum: (0..layout.nodes())
                .flat_map(|node| layout.leaves(node).map(move |leaf| (leaf, node)))
                .filter(|(leaf, _)| instance.minimum[widen(layout.leaf[*leaf])] > 0)
                .collect(),
            floors: layout.node_floor.iter().map(|f| hint_amount(*f)).collect(),
            ceilings: layout.node_ceiling.iter().map(|c| hint_amount(*c)).collect(),
            layout,
        }
    }

    /// What each leaf gets, by the order of adding, in payable units. `weights` and `merits` are by the order of adding too.
    pub fn divide(&self, weights: &[f64], merits: &[i64]) -> Vec<f64> {
        let layout = &self.layout;
        let weight: Vec<f64> = layout.leaf.iter().map(|l| weights[widen(*l)].max(0.0)).collect();
        let low = layout.low_hint.clone();
        let high = layout.high_hint.iter().zip(&low).zip(&weight);
        let nodes = layout.nodes();
        let mut work = Work {
            plan: self,
            high: high.map(|((high, low), weight)| if *weight > 0.0 { *high } else { *low }).collect(),
            low,
            weight,
            sum: vec![0.0; nodes],
            slope: vec![0.0; nodes],
            price: vec![0.0; nodes],
            rises: vec![false; nodes],
        };
        work.settle(merits);
        let mut amounts = vec![0.0; weights.len()];
        for node in 0..nodes {
            for leaf in layout.leaves(node) {
                amounts[widen(layout.leaf[leaf])] = work.share(leaf, work.price[node]);
            }
        }
        amounts
    }
}

impl Work<'_> {
    /// Prices, until nobody who stays is below their minimum.
    fn settle(&mut self, merits: &[i64]) {
        let mut batch = 1;
        loop {
            self.prices();
            let below = self.below_minimum(merits);
            if below.is_empty() {
                return;
            }
            batch = batch.min(below.len());
            while batch > 1 && !self.all_follow(&below[..batch]) {
                batch /= 2;
            }
            for leaf in &below[..batch] {
                (self.low[leaf.0], self.high[leaf.0]) = (0.0, 0.0);
            }
            batch *= 2;
        }
    }

    /// Leaves (and their nodes) whose share is below their minimum, the lowest merit first.
    fn below_minimum(&self, merits: &[i64]) -> Vec<(usize, usize)> {
        let layout = &self.plan.layout;
        let all = self.plan.with_minimum.iter().copied();
        let mut below: Vec<(usize, usize)> = all.filter(|at| !self.reaches(*at)).collect();
        below.sort_unstable_by_key(|(leaf, _)| {
            (merits[widen(layout.leaf[*leaf])], self.plan.order[*leaf], *leaf)
        });
        below
    }

    /// Whether a leaf has its minimum, or has left already.
    fn reaches(&self, (leaf, node): (usize, usize)) -> bool {
        let minimum = self.plan.minimum[leaf];
        let gone = self.high[leaf] <= 0.0;
        gone || self.share(leaf, self.price[node]) >= minimum * (1.0 - NEARLY)
    }

    /// Whether all of these are below their minimum at the prices without all but the last of them: then they leave together,
    /// as in the exact solver.
    fn all_follow(&mut self, below: &[(usize, usize)]) -> bool {
        let Some((_, without)) = below.split_last() else { return true };
        let kept: Vec<(f64, f64)> = without.iter().map(|(l, _)| (self.low[*l], self.high[*l])).collect();
        for (leaf, _) in without {
            (self.low[*leaf], self.high[*leaf]) = (0.0, 0.0);
        }
        self.prices();
        for ((leaf, _), bounds) in without.iter().zip(kept) {
            (self.low[*leaf], self.high[*leaf]) = bounds;
        }
        below.iter().all(|at| self.rises[at.1] && !self.reaches(*at))
    }

    fn share(&self, leaf: usize, price: f64) -> f64 {
        (self.weight[leaf] * price).max(self.low[leaf]).min(self.high[leaf])
    }

    /// A price for every node, from the root down.
    fn prices(&mut self) {
        let layout = &self.plan.layout;
        let mut tasks = vec![(0, self.plan.ceilings[0])];
        while let Some((top, target)) = tasks.pop() {
            let price = self.solve(top, target);
            let end = layout.subtree(top).end;
            let rises = self.slope[top] > 0.0;
            let mut node = top;
            while node < end {
                let sum = self.sum[node];
                let slack = NEARLY * sum.abs();
                let bound = if sum > self.plan.ceilings[node] + slack {
                    Some(self.plan.ceilings[node])
                } else if sum < self.plan.floors[node] - slack {
                    Some(self.plan.floors[node])
                } else {
                    None
                };
                if let Some(target) = bound.filter(|_| node != top) {
                    tasks.push((node, target));
                    node = layout.subtree(node).end;
                } else {
                    self.price[node] = price;
                    self.rises[node] = rises;
                    node += 1;
                }
            }
        }
    }

    /// The price at which the members of a node have the target, or the most that they can have; sums at that price stay.
    fn solve(&mut self, top: usize, target: f64) -> f64 {
        let leaves = self.plan.layout.subtree_leaves(top);
        // What was found the last time, before some left, is near.
        let mut price = self.price[top];
        if price <= 0.0 {
            let weights: f64 = self.weight[leaves.clone()].iter().sum();
            price = if weights > 0.0 { target / weights } else { 0.0 };
        }
        let (mut below, mut above) = (0.0, f64::INFINITY);
        for _ in 0..STEPS {
            let missing = target - self.sum_at(top, price);
            if missing.abs() <= NEARLY * target.max(1.0) {
                break;
            }
            if missing > 0.0 {
                below = price;
            } else {
                above = price;
            }
            let newton = price + missing / self.slope[top];
            if above.is_infinite() && !newton.is_finite() {
                // Nothing moves here: look from where everybody has all that they can have.
                above = self.highest(leaves.clone());
                if self.sum_at(top, above) <= target {
                    return above;
                }
            }
            let next = if newton > below && newton < above { newton } else { f64::midpoint(below, above) };
            // Between these two there is no other float.
            if next <= below || next >= above {
                break;
            }
            price = next;
        }
        price
    }

    /// The price from which on nobody gets more.
    fn highest(&self, leaves: Range<usize>) -> f64 {
        leaves
            .filter(|leaf| self.weight[*leaf] > 0.0)
            .map(|leaf| self.high[leaf] / self.weight[leaf])
            .fold(0.0, f64::max)
    }

    /// The sum of a node's members at a price. Sums and slopes of the subtree are left behind.
    fn sum_at(&mut self, top: usize, price: f64) -> f64 {
        let layout = &self.plan.layout;
        let nodes = layout.subtree(top);
        for node in nodes.clone() {
            (self.sum[node], self.slope[node]) = (0.0, 0.0);
        }
        for node in nodes.rev() {
            let (mut sum, mut slope) = (self.sum[node], self.slope[node]);
            let leaves = layout.leaves(node);
            let members =
                self.weight[leaves.clone()].iter().zip(&self.low[leaves.clone()]).zip(&self.high[leaves]);
            for ((weight, low), high) in members {
                let share = weight * price;
                if share <= *low {
                    sum += low;
                } else if share >= *high {
                    sum += high;
                } else {
                    sum += share;
                    slope += weight;
                }
            }
            (self.sum[node], self.slope[node]) = (sum, slope);
            if node != top {
                let (floor, ceiling) = (self.plan.floors[node], self.plan.ceilings[node]);
                let parent = widen(layout.parent[node]);
                self.sum[parent] += sum.max(floor).min(ceiling);
                if sum > floor && sum < ceiling {
                    self.slope[parent] += slope;
                }
            }
        }
        self.sum[top]
    }
}
