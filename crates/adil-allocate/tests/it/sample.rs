//! Instances for tests: small random trees, and what a test needs around them.

use adil_allocate::check::{CheckedLeaf, CheckedNode};
use adil_allocate::{Bounds, Instance, Leaf, LeafIndex, NodeIndex, Solution, tie_key};
use adil_domain::Rational;
use proptest::prelude::*;

/// An instance as data, so that a test can change a part of it.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) budget: u64,
    /// Parent (by position, the root being 0) and bounds of each further node.
    pub(crate) nodes: Vec<(usize, Bounds)>,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) names: Vec<String>,
}

impl Sample {
    pub(crate) fn instance(&self) -> Instance {
        let mut instance = Instance::new(self.budget);
        let mut indices = vec![NodeIndex::ROOT];
        for (parent, bounds) in &self.nodes {
            let node = instance.add_node(indices[*parent], *bounds);
            indices.push(node);
        }
        for leaf in &self.leaves {
            instance.add_leaf(*leaf);
        }
        instance
    }

    pub(crate) fn solve(&self) -> Result<Solution, adil_allocate::SolveError> {
        self.instance().solve(&|leaf: LeafIndex| self.key(leaf))
    }

    pub(crate) fn key(&self, leaf: LeafIndex) -> [u8; 32] {
        tie_key(b"seed", &self.names[leaf.index()])
    }

    /// What the checker is given: the published numbers.
    pub(crate) fn published(&self, solution: &Solution) -> (Vec<CheckedNode>, Vec<CheckedLeaf>) {
        let mut nodes = Vec::new();
        for (at, solved) in solution.nodes().iter().enumerate() {
            let (parent, bounds) = match at {
                0 => (None, Bounds { floor: 0, ceiling: Some(self.budget) }),
                _ => (Some(self.nodes[at - 1].0), self.nodes[at - 1].1),
            };
            nodes.push(CheckedNode {
                name: format!("node {at}"),
                parent,
                floor: bounds.floor.into(),
                ceiling: bounds.ceiling.map(Rational::from),
                price: solved.price.clone(),
                total: solved.exact_total.clone(),
            });
        }
        let dropped: Vec<usize> = solution.drops().iter().map(|d| d.leaf.index()).collect();
        let leaves = self
            .leaves
            .iter()
            .enumerate()
            .map(|(at, leaf)| CheckedLeaf {
                name: self.names[at].clone(),
                node: leaf.node.index(),
                weight: leaf.weight.into(),
                floor: leaf.bounds.floor.into(),
                ceiling: leaf.bounds.ceiling.map(Rational::from),
                dropped: dropped.contains(&at),
                amount: solution.amounts()[at].into(),
            })
            .collect();
        (nodes, leaves)
    }
}

fn bounds(most: u64) -> impl Strategy<Value = Bounds> {
    (prop_oneof![2 => Just(0), 1 => 0..=most], proptest::option::of(0..=most))
        .prop_map(|(floor, extra)| Bounds { floor, ceiling: extra.map(|e| floor + e) })
}

fn weight() -> impl Strategy<Value = u128> {
    prop_oneof![
        1 => Just(0u128),
        6 => 1u128..50,
        2 => 1u128..1_000_000_000_000,
        1 => (1u128 << 100)..(1u128 << 120),
    ]
}

/// Random trees of up to six nodes and a dozen leaves. Many contradict themselves; many do not.
pub(crate) fn samples() -> impl Strategy<Value = Sample> {
    let nodes = proptest::collection::vec((any::<prop::sample::Index>(), bounds(40)), 0..6);
    let leaf = (
        any::<prop::sample::Index>(),
        weight(),
        bounds(15),
        prop_oneof![3 => Just(0u64), 1 => 1u64..12],
        0i64..5,
    );
    let leaves = proptest::collection::vec(leaf, 1..12);
    (0u64..160, nodes, leaves).prop_map(|(budget, nodes, leaves)| {
        let nodes: Vec<(usize, Bounds)> = nodes
            .into_iter()
            .enumerate()
            .map(|(at, (parent, bounds))| (parent.index(at + 1), bounds))
            .collect();
        // Indices are only made by an instance.
        let mut known = vec![NodeIndex::ROOT];
        let mut instance = Instance::new(0);
        for (parent, bounds) in &nodes {
            known.push(instance.add_node(known[*parent], *bounds));
        }
        let leaves: Vec<Leaf> = leaves
            .into_iter()
            .map(|(node, weight, bounds, minimum, merit)| Leaf {
                node: known[node.index(known.len())],
                weight,
                bounds,
                minimum,
                merit,
            })
            .collect();
        let names = (0..leaves.len()).map(|at| format!("A-{at:03}")).collect();
        Sample { budget, nodes, leaves, names }
    })
}

/// As [`samples`], without minimums.
pub(crate) fn plain_samples() -> impl Strategy<Value = Sample> {
    samples().prop_map(|mut sample| {
        for leaf in &mut sample.leaves {
            leaf.minimum = 0;
        }
        sample
    })
}
