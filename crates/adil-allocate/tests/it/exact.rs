//! The optimum is the optimum: the certificate holds, and a naive solver that shares nothing agrees exactly.

use adil_allocate::check::check;
use adil_allocate::{Bounds, Instance, Leaf, LeafIndex, NodeIndex, SolveError};
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
        if let Ok(solution) = sample.solve() {
            let ours: Vec<usize> = solution.drops().iter().map(|d| d.leaf.index()).collect();
            prop_assert_eq!(ours, one_by_one(&sample));
        }
    }
}

/// Enough members for many to go at once, and for some to be saved by those who went before them.
#[test]
fn many_minimums_fall_in_the_order_of_one_by_one() {
    let mut dropped = 0;
    for seed in 1..=6u64 {
        let mut state = seed;
        let mut random = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let mut known = vec![NodeIndex::ROOT];
        let mut tree = Instance::new(0);
        let mut nodes = Vec::new();
        for _ in 0..5 {
            let bounds = Bounds { floor: 200 + random(400), ceiling: Some(1_500 + random(1_500)) };
            known.push(tree.add_node(NodeIndex::ROOT, bounds));
            nodes.push((0, bounds));
        }
        let leaves: Vec<Leaf> = (0..150)
            .map(|at| Leaf {
                node: known[at % known.len()],
                weight: u128::from(1 + random(100)),
                bounds: Bounds { floor: 0, ceiling: Some(50 + random(200)) },
                minimum: random(90),
                merit: i64::try_from(random(40)).unwrap(),
            })
            .collect();
        let names = (0..leaves.len()).map(|at| format!("A-{at:03}")).collect();
        let sample = Sample { budget: 5_000, nodes, leaves, names };
        let solution = sample.solve().unwrap();
        let ours: Vec<usize> = solution.drops().iter().map(|d| d.leaf.index()).collect();
        assert_eq!(ours, one_by_one(&sample), "seed {seed}");
        dropped += ours.len();
    }
    assert!(dropped > 60, "only {dropped} were dropped: the samples test nothing");
}

/// The members that go, by dropping one, dividing again without minimums, and so on.
fn one_by_one(sample: &Sample) -> Vec<usize> {
    let mut rest = sample.clone();
    for leaf in &mut rest.leaves {
        leaf.minimum = 0;
    }
    let mut dropped: Vec<usize> = Vec::new();
    loop {
        let plain = rest.solve().unwrap();
        let share = |at: usize| {
            let leaf = &rest.leaves[at];
            let ceiling = leaf.bounds.ceiling.unwrap_or(rest.budget);
            if leaf.weight == 0 {
                return Rational::from(leaf.bounds.floor);
            }
            let price = &plain.node(leaf.node).unwrap().price;
            (&Rational::from(leaf.weight) * price).max(leaf.bounds.floor.into()).min(ceiling.into())
        };
        let next = (0..rest.leaves.len())
            .filter(|at| !dropped.contains(at) && share(*at) < Rational::from(sample.leaves[*at].minimum))
            .min_by_key(|at| (sample.leaves[*at].merit, sample.key(LeafIndex::new(*at))));
        let Some(next) = next else { return dropped };
        rest.leaves[next].weight = 0;
        rest.leaves[next].bounds = Bounds::default();
        dropped.push(next);
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
        let bounds = if node == 0 { Bounds::default() } else { self.sample.nodes[node - 1].1 };
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
