//! What anybody would expect of a fair division.

use adil_allocate::{Bounds, Instance, Leaf, LeafIndex, NodeIndex, tie_key};
use adil_domain::Rational;
use proptest::prelude::*;

use crate::sample::{Sample, plain_samples};

/// A leaf's exact optimum, from its node's price.
fn exact(sample: &Sample, solution: &adil_allocate::Solution, at: usize) -> Rational {
    let leaf = &sample.leaves[at];
    let floor = Rational::from(leaf.bounds.floor);
    if leaf.weight == 0 {
        return floor;
    }
    let ceiling = leaf.bounds.ceiling.unwrap_or(sample.budget).min(sample.budget);
    (&Rational::from(leaf.weight) * &solution.node(leaf.node).unwrap().price).max(floor).min(ceiling.into())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn with_more_money_nobody_loses(sample in plain_samples(), more in 1u64..40) {
        let mut richer = sample.clone();
        richer.budget += more;
        if let (Ok(before), Ok(after)) = (sample.solve(), richer.solve()) {
            for at in 0..sample.leaves.len() {
                prop_assert!(exact(&sample, &before, at) <= exact(&richer, &after, at));
            }
        }
    }

    #[test]
    fn with_more_weight_a_leaf_does_not_lose(sample in plain_samples(), times in 2u128..9, which in any::<prop::sample::Index>()) {
        let at = which.index(sample.leaves.len());
        let mut heavier = sample.clone();
        heavier.leaves[at].weight *= times;
        if let (Ok(before), Ok(after)) = (sample.solve(), heavier.solve()) {
            prop_assert!(exact(&sample, &before, at) <= exact(&heavier, &after, at));
            prop_assert!(before.amounts()[at] <= after.amounts()[at] + 1);
        }
    }

    #[test]
    fn names_not_places_in_the_list_decide(sample in plain_samples(), turn in 0usize..12) {
        let mut turned = sample.clone();
        let by = turn % sample.leaves.len();
        turned.leaves.rotate_left(by);
        turned.names.rotate_left(by);
        if let (Ok(one), Ok(two)) = (sample.solve(), turned.solve()) {
            let mut back = two.amounts().to_vec();
            back.rotate_right(by);
            prop_assert_eq!(one.amounts(), &back[..]);
        }
    }

    #[test]
    fn the_measure_of_the_weights_does_not_matter(sample in plain_samples(), times in 2u128..64) {
        let mut scaled = sample.clone();
        for leaf in &mut scaled.leaves {
            leaf.weight *= times;
        }
        if let (Ok(one), Ok(two)) = (sample.solve(), scaled.solve()) {
            prop_assert_eq!(one.amounts(), two.amounts());
        }
    }

    #[test]
    fn a_part_divided_again_by_itself_stays_as_it_is(sample in plain_samples()) {
        let Ok(whole) = sample.solve() else { return Ok(()) };
        for node in 1..=sample.nodes.len() {
            let total = whole.nodes()[node].exact_total.clone();
            // Only a whole total can be a budget.
            let Some(budget) = total.to_i64() else { continue };
            let inside = |at: usize| std::iter::successors(Some(at), |n| (*n > 0).then(|| sample.nodes[*n - 1].0)).any(|n| n == node);
            let mut part = Instance::new(budget.unsigned_abs());
            let mut index = vec![None; sample.nodes.len() + 1];
            index[node] = Some(NodeIndex::ROOT);
            for (at, (parent, bounds)) in sample.nodes.iter().enumerate() {
                if at + 1 != node && inside(at + 1) {
                    index[at + 1] = Some(part.add_node(index[*parent].unwrap(), *bounds));
                }
            }
            let members: Vec<usize> =
                (0..sample.leaves.len()).filter(|at| inside(sample.leaves[*at].node.index())).collect();
            for at in &members {
                let leaf = sample.leaves[*at];
                part.add_leaf(Leaf { node: index[leaf.node.index()].unwrap(), ..leaf });
            }
            let solved = part.solve(&|leaf: LeafIndex| tie_key(b"seed", &sample.names[members[leaf.index()]])).unwrap();
            for (position, at) in members.iter().enumerate() {
                prop_assert_eq!(solved.amounts()[position], whole.amounts()[*at]);
            }
        }
    }

    #[test]
    fn one_thread_and_two_give_the_same(sample in plain_samples()) {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| sample.solve())
        };
        prop_assert_eq!(with(1), with(2));
    }
}

/// Large enough that passes are shared among threads.
#[test]
fn a_large_division_is_the_same_on_one_thread_and_on_two() {
    let mut instance = Instance::new(50_000_000);
    let districts: Vec<NodeIndex> = (0..40)
        .map(|d| {
            let ceiling = if d % 3 == 0 { Some(1_000_000) } else { None };
            instance.add_node(NodeIndex::ROOT, Bounds { floor: 900_000, ceiling })
        })
        .collect();
    let mut state = 1u64;
    for at in 0..150_000usize {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let weight = u128::from(state >> 40) + 1;
        let bounds = Bounds { floor: u64::try_from(at % 7).unwrap(), ceiling: Some(2_000) };
        instance.add_leaf(Leaf { node: districts[at % 40], weight, bounds, minimum: 0, merit: 0 });
    }
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| instance.solve(&|leaf: LeafIndex| tie_key(b"", &leaf.index().to_string())).unwrap())
    };
    let (one, two) = (with(1), with(2));
    assert_eq!(one, two);
    assert_eq!(one.amounts().iter().sum::<u64>(), 50_000_000);
}
