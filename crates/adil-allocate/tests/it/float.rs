//! Floats against the exact division.

use adil_allocate::float::Plan;
use adil_allocate::{Bounds, Instance, Leaf, LeafIndex, NodeIndex, tie_key};
use proptest::prelude::*;

use crate::sample::samples;

/// The rank of each leaf's tie key.
fn order(keys: &[[u8; 32]]) -> Vec<u32> {
    let mut by_key: Vec<usize> = (0..keys.len()).collect();
    by_key.sort_by_key(|leaf| keys[*leaf]);
    let mut order = vec![0; keys.len()];
    for (rank, leaf) in (0u32..).zip(by_key) {
        order[leaf] = rank;
    }
    order
}

fn divide(instance: &Instance, leaves: &[Leaf], keys: &[[u8; 32]]) -> Vec<f64> {
    let weights: Vec<f64> = leaves.iter().map(|l| l.weight as f64).collect();
    let merits: Vec<i64> = leaves.iter().map(|l| l.merit).collect();
    Plan::new(instance, &order(keys)).divide(&weights, &merits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// Without minimums: whether a share that equals one is kept turns on the last bit, which floats do not have.
    #[test]
    fn floats_agree_with_the_exact_amounts_to_a_unit(mut sample in samples()) {
        sample.leaves.iter_mut().for_each(|leaf| leaf.minimum = 0);
        let keys: Vec<_> = (0..sample.leaves.len()).map(|at| sample.key(LeafIndex::new(at))).collect();
        if let Ok(exact) = sample.solve() {
            let floats = divide(&sample.instance(), &sample.leaves, &keys);
            for (float, exact) in floats.iter().zip(exact.amounts()) {
                prop_assert!((float - *exact as f64).abs() < 1.0 + 1e-6, "{float} for {exact}: {floats:?}");
            }
        }
    }
}

/// As large as a country's round, with places at their bounds and members below their minimum.
#[test]
fn a_country_agrees_to_a_unit() {
    let mut instance = Instance::new(30_000_000);
    let mut nodes = Vec::new();
    let mut known = Vec::new();
    let mut random = {
        let mut state = 9u64;
        move |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        }
    };
    for _ in 0..20 {
        let bounds = Bounds { floor: 500_000 + random(900_000), ceiling: Some(1_500_000 + random(900_000)) };
        let region = instance.add_node(NodeIndex::ROOT, bounds);
        nodes.push((0, bounds));
        for _ in 0..10 {
            let bounds = Bounds { floor: random(50_000), ceiling: Some(100_000 + random(200_000)) };
            known.push(instance.add_node(region, bounds));
        }
    }
    let leaves: Vec<Leaf> = (0..40_000)
        .map(|at| Leaf {
            node: known[at % known.len()],
            weight: u128::from(1 + random(1_000_000)) * 1000,
            bounds: Bounds { floor: random(20), ceiling: Some(500 + random(3_000)) },
            minimum: if at % 11 == 0 { random(400) } else { 0 },
            merit: i64::try_from(random(100_000)).unwrap(),
        })
        .collect();
    for leaf in &leaves {
        instance.add_leaf(*leaf);
    }
    let keys: Vec<_> = (0..leaves.len()).map(|at| tie_key(b"", &at.to_string())).collect();
    let exact = instance.solve(&|leaf: LeafIndex| keys[leaf.index()]).unwrap();
    assert!(exact.drops().len() > 100, "only {} were dropped", exact.drops().len());
    let floats = divide(&instance, &leaves, &keys);
    for (float, exact) in floats.iter().zip(exact.amounts()) {
        assert!((float - *exact as f64).abs() < 1.001, "{float} for {exact}");
    }
}
