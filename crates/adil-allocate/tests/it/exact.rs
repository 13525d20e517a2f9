//! The optimum is the optimum: the certificate holds, and a naive solver that shares nothing agrees exactly.

use adil_allocate::SolveError;
use adil_allocate::check::check;
use adil_domain::Rational;
use proptest::prelude::*;

use crate::sample::{Sample, plain_samples, samples};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn the_certificate_of_every_division_holds(sample in samples()) {
        if let Ok(solution) = sample.solve() {
            let (nodes, leaves) = sample.published(&solution);
            let violations = check(&nodes, &leaves);
            prop_assert!(violations.is_empty(), "{violations:?}");
            let total: u64 = solution.amounts().iter().sum();
            prop_assert_eq!(total + solution.unspent(), sample.budget);
            for (leaf, amount) in sample.leaves.iter().zip(solution.amounts()) {
                prop_assert!(*amount == 0 || *amount >= leaf.minimum);
            }
        }
    }

    #[test]
    fn a_naive_solver_finds_the_same_exact_totals(sample in plain_samples()) {
        match (sample.solve(), naive(&sample)) {
            (Ok(solution), Some(totals)) => {
                for (solved, expected) in solution.nodes().iter().zip(totals) {
                    prop_assert_eq!(&solved.exact_total, &expected);
                }
            }
            (Err(SolveError::Conflict(_)), None) => {}
            (ours, naive) => prop_assert!(false, "ours {ours:?}, naive {naive:?}"),
        }
    }

    #[test]
    fn both_widths_of_arithmetic_agree(sample in samples()) {
        let instance = sample.instance();
        let key = |leaf| sample.key(leaf);
        prop_assert_eq!(instance.solve(&key), instance.solve_wide(&key));
    }

    #[test]
    fn minimums_are_dropped_one_by_one_lowest_merit_first(sample in samples()) {
        let Ok(solution) = sample.solve() else { return Ok(()) };
        let mut rest = sample.clone();
        for leaf in &mut rest.leaves {
            leaf.minimum = 0;
        }
        let mut dropped: Vec<usize> = Vec::new();
        loop {
            let Ok(plain) = rest.solve() else { prop_assert!(false, "a step can't be solved"); unreachable!() };
            let share = |at: usize| {
                let leaf = &rest.leaves[at];
                let price = plain.node(leaf.node).unwrap().price.clone();
                let ceiling = leaf.bounds.ceiling.unwrap_or(rest.budget);
                if leaf.weight == 0 { return Rational::from(leaf.bounds.floor) }
                (&Rational::from(leaf.weight) * &price).max(leaf.bounds.floor.into()).min(ceiling.into())
            };
            let next = (0..rest.leaves.len())
                .filter(|at| !dropped.contains(at) && share(*at) < Rational::from(sample.leaves[*at].minimum))
                .min_by_key(|at| (sample.leaves[*at].merit, sample.key(adil_allocate::LeafIndex::new(*at))));
            let Some(next) = next else { break };
            rest.leaves[next].weight = 0;
            rest.leaves[next].bounds = adil_allocate::Bounds::default();
            dropped.push(next);
        }
        let ours: Vec<usize> = solution.drops().iter().map(|d| d.leaf.index()).collect();
        prop_assert_eq!(ours, dropped);
    }
}

/// Exact totals of all nodes by trying every breakpoint, in rationals; `None` where the bounds contradict each other.
fn naive(sample: &Sample) -> Option<Vec<Rational>> {
    let tree = Naive { sample };
    for node in 0..=sample.nodes.len() {
        let (least, most) = (tree.members(node, &Rational::zero()), tree.members(node, &tree.infinite()));
        let (floor, ceiling) = tree.bounds(node);
        if least > ceiling || most < floor || floor > ceiling {
            return None;
        }
    }
    for leaf in &sample.leaves {
        if leaf.bounds.floor > leaf.bounds.ceiling.unwrap_or(sample.budget).min(sample.budget) {
            return None;
        }
    }
    let mut totals = vec![Rational::zero(); sample.nodes.len() + 1];
    let most = tree.members(0, &tree.infinite());
    tree.settle(0, most.min(sample.budget.into()), &mut totals);
    Some(totals)
}

struct Naive<'s> {
    sample: &'s Sample,
}

impl Naive<'_> {
    fn bounds(&self, node: usize) -> (Rational, Rational) {
        let bounds = if node == 0 { adil_allocate::Bounds::default() } else { self.sample.nodes[node - 1].1 };
        (bounds.floor.into(), bounds.ceiling.unwrap_or(self.sample.budget).min(self.sample.budget).into())
    }

    /// A price at which every leaf is at its ceiling.
    fn infinite(&self) -> Rational {
        Rational::from(self.sample.budget + 1)
    }

    fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.sample
            .nodes
            .iter()
            .enumerate()
            .filter(move |(_, (parent, _))| *parent == node)
            .map(|(at, _)| at + 1)
    }

    fn leaf(&self, at: usize, price: &Rational) -> Rational {
        let leaf = &self.sample.leaves[at];
        let floor = Rational::from(leaf.bounds.floor);
        if leaf.weight == 0 {
            return floor;
        }
        let ceiling =
            Rational::from(leaf.bounds.ceiling.unwrap_or(self.sample.budget).min(self.sample.budget));
        (&Rational::from(leaf.weight) * price).max(floor).min(ceiling)
    }

    /// The members' sum at a price, before the node's own bounds.
    fn members(&self, node: usize, price: &Rational) -> Rational {
        let leaves = (0..self.sample.leaves.len()).filter(|at| self.sample.leaves[*at].node.index() == node);
        let own: Rational = leaves.map(|at| self.leaf(at, price)).sum();
        let below: Rational = self
            .children(node)
            .map(|child| {
                let (floor, ceiling) = self.bounds(child);
                self.members(child, price).max(floor).min(ceiling)
            })
            .sum();
        own + below
    }

    /// Prices at which a leaf of the subtree meets a bound.
    fn breakpoints(&self, node: usize, out: &mut Vec<Rational>) {
        for leaf in self.sample.leaves.iter().filter(|l| l.node.index() == node && l.weight > 0) {
            let ceiling = leaf.bounds.ceiling.unwrap_or(self.sample.budget).min(self.sample.budget);
            for bound in [leaf.bounds.floor, ceiling] {
                out.push(Rational::ratio(bound, leaf.weight).unwrap());
            }
        }
        for child in self.children(node) {
            self.breakpoints(child, out);
        }
    }

    /// The price at which a node's members sum to a target, by bisection over all breakpoints and then along lines.
    fn price(&self, node: usize, target: &Rational) -> Rational {
        let mut points = vec![Rational::zero()];
        self.breakpoints(node, &mut points);
        self.node_breakpoints(node, &mut points);
        points.sort();
        points.dedup();
        if let Some(exact) = points.iter().find(|p| self.members(node, p) == *target) {
            return exact.clone();
        }
        let above = points.iter().position(|p| self.members(node, p) > *target).unwrap();
        let (a, b) = (&points[above - 1], &points[above]);
        let (at_a, at_b) = (self.members(node, a), self.members(node, b));
        let part = (target - &at_a).checked_div(&(&at_b - &at_a)).unwrap();
        a + &(&part * &(b - a))
    }

    /// Prices at which a node below meets one of its own bounds.
    fn node_breakpoints(&self, node: usize, out: &mut Vec<Rational>) {
        for child in self.children(node).collect::<Vec<_>>() {
            self.node_breakpoints(child, out);
            let (floor, ceiling) = self.bounds(child);
            for bound in [floor, ceiling] {
                let reach = (self.members(child, &Rational::zero()), self.members(child, &self.infinite()));
                if reach.0 < bound && bound < reach.1 {
                    out.push(self.price(child, &bound));
                }
            }
        }
    }

    fn settle(&self, node: usize, target: Rational, totals: &mut [Rational]) {
        let price = self.price(node, &target);
        totals[node] = target;
        for child in self.children(node).collect::<Vec<_>>() {
            let (floor, ceiling) = self.bounds(child);
            let wanted = self.members(child, &price).max(floor).min(ceiling);
            self.settle(child, wanted, totals);
        }
    }
}
