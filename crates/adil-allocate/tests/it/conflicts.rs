//! Contradictions are reported as sets from which no bound can be left out.

use std::collections::BTreeSet;

use adil_allocate::{BoundKind, Bounds, ConflictBound, ConflictSubject, SolveError};
use proptest::prelude::*;

use crate::sample::{Sample, samples};

const UNLIMITED: u128 = 1 << 100;

/// Whether these bounds alone can be met: everything else has no floor and no ceiling.
fn feasible(sample: &Sample, bounds: &BTreeSet<ConflictBound>) -> bool {
    let nodes = sample.nodes.len() + 1;
    let parent = |node: usize| (node > 0).then(|| sample.nodes[node - 1].0);
    let node_has = |node: usize, kind: BoundKind| {
        bounds
            .iter()
            .find(|b| b.kind == kind && matches!(b.subject, ConflictSubject::Node(n) if n.index() == node))
            .map(|b| u128::from(b.amount))
    };
    let leaf_has = |leaf: usize, kind: BoundKind| {
        bounds
            .iter()
            .find(|b| b.kind == kind && matches!(b.subject, ConflictSubject::Leaf(l) if l.index() == leaf))
            .map(|b| u128::from(b.amount))
    };
    let (mut least, mut most) = (vec![0u128; nodes], vec![0u128; nodes]);
    for (at, leaf) in sample.leaves.iter().enumerate() {
        let low = leaf_has(at, BoundKind::Floor).unwrap_or(0);
        let mut high = leaf_has(at, BoundKind::Ceiling).unwrap_or(UNLIMITED);
        if let Some(fixed) = leaf_has(at, BoundKind::ZeroWeight) {
            high = high.min(fixed);
        }
        if leaf_has(at, BoundKind::Minimum).is_some() {
            high = 0;
        }
        if low > high {
            return false;
        }
        least[leaf.node.index()] += low;
        most[leaf.node.index()] += high;
    }
    for node in (0..nodes).rev() {
        least[node] = least[node].max(node_has(node, BoundKind::Floor).unwrap_or(0));
        most[node] = most[node].min(node_has(node, BoundKind::Ceiling).unwrap_or(UNLIMITED));
        if node == 0 {
            most[0] = most[0].min(node_has(0, BoundKind::Budget).unwrap_or(UNLIMITED));
        }
        if least[node] > most[node] {
            return false;
        }
        if let Some(parent) = parent(node) {
            least[parent] += least[node];
            most[parent] += most[node];
        }
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn no_bound_of_a_contradiction_can_be_left_out(sample in samples()) {
        let Err(SolveError::Conflict(sets)) = sample.solve() else { return Ok(()) };
        prop_assert!(!sets.is_empty());
        for set in sets {
            let all: BTreeSet<ConflictBound> = set.bounds.iter().copied().collect();
            prop_assert_eq!(all.len(), set.bounds.len(), "a bound is named twice: {:?}", set);
            prop_assert!(!feasible(&sample, &all), "these can be met: {set:?}");
            for bound in &all {
                let mut others = all.clone();
                others.remove(bound);
                prop_assert!(feasible(&sample, &others), "without {bound:?} still a contradiction: {set:?}");
            }
        }
    }
}

fn sample(budget: u64, nodes: &[(usize, Bounds)], leaves: &[(usize, u128, u64, Option<u64>)]) -> Sample {
    let mut known = vec![adil_allocate::NodeIndex::ROOT];
    let mut instance = adil_allocate::Instance::new(0);
    for (parent, bounds) in nodes {
        known.push(instance.add_node(known[*parent], *bounds));
    }
    Sample {
        budget,
        nodes: nodes.to_vec(),
        leaves: leaves
            .iter()
            .map(|(node, weight, floor, ceiling)| adil_allocate::Leaf {
                node: known[*node],
                weight: *weight,
                bounds: Bounds { floor: *floor, ceiling: *ceiling },
                minimum: 0,
                merit: 0,
            })
            .collect(),
        names: (0..leaves.len()).map(|at| format!("A-{at}")).collect(),
    }
}

#[test]
fn floors_above_the_budget_name_no_more_floors_than_it_takes() {
    let sample = sample(50, &[], &[(0, 1, 10, None), (0, 1, 20, None), (0, 1, 30, None), (0, 1, 5, None)]);
    let Err(SolveError::Conflict(sets)) = sample.solve() else { panic!("floors of 65 fit into 50") };
    let amounts: Vec<u64> = sets[0].bounds.iter().map(|b| b.amount).collect();
    assert_eq!((sets.len(), sets[0].demanded, sets[0].available), (1, 60, 50));
    assert_eq!(amounts, [10, 20, 30, 50], "without the 5 it is still too much, without the 10 it is not");
}

#[test]
fn two_places_that_contradict_themselves_are_two_contradictions() {
    let county = Bounds { floor: 30, ceiling: Some(40) };
    let sample = sample(100, &[(0, county), (0, county)], &[(1, 1, 0, Some(5)), (2, 1, 50, None)]);
    let Err(SolveError::Conflict(sets)) = sample.solve() else { panic!("both counties are impossible") };
    assert_eq!(sets.len(), 2);
}

#[test]
fn dropping_the_last_member_of_a_place_with_a_floor_names_the_minimum() {
    let mut sample =
        sample(100, &[(0, Bounds { floor: 10, ceiling: Some(10) })], &[(1, 1, 0, None), (0, 1, 0, None)]);
    sample.leaves[0].minimum = 20;
    let Err(SolveError::Conflict(sets)) = sample.solve() else { panic!("nobody is left to take the floor") };
    assert!(sets[0].bounds.iter().any(|b| b.kind == BoundKind::Minimum), "{sets:?}");
}
