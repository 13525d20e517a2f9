//! Whatever is changed in a division or its certificate, the checker sees it.

use adil_allocate::check::check;
use adil_domain::Rational;
use proptest::prelude::*;

use crate::sample::samples;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_unit_moved_between_two_members_is_seen(sample in samples(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let Ok(solution) = sample.solve() else { return Ok(()) };
        let (nodes, mut leaves) = sample.published(&solution);
        let (from, to) = (from.index(leaves.len()), to.index(leaves.len()));
        if from == to {
            return Ok(());
        }
        let two = Rational::from(2u8);
        leaves[from].amount = &leaves[from].amount - &two;
        leaves[to].amount = &leaves[to].amount + &two;
        prop_assert!(!check(&nodes, &leaves).is_empty());
    }

    #[test]
    fn a_total_that_is_not_the_members_sum_is_seen(sample in samples(), which in any::<prop::sample::Index>()) {
        let Ok(solution) = sample.solve() else { return Ok(()) };
        let (mut nodes, leaves) = sample.published(&solution);
        let at = which.index(nodes.len());
        nodes[at].total = &nodes[at].total + &Rational::ratio(1, 1_000_000).unwrap();
        prop_assert!(!check(&nodes, &leaves).is_empty());
    }

    #[test]
    fn an_inflated_price_is_seen_wherever_somebody_has_a_share(sample in samples()) {
        let Ok(solution) = sample.solve() else { return Ok(()) };
        let (mut nodes, leaves) = sample.published(&solution);
        let free = |leaf: &adil_allocate::check::CheckedLeaf| {
            let share = &leaf.weight * &nodes[leaf.node].price;
            !leaf.dropped && share > leaf.floor && leaf.ceiling.as_ref().is_none_or(|c| share < *c)
        };
        let Some(member) = leaves.iter().find(|l| free(l)) else { return Ok(()) };
        let at = member.node;
        nodes[at].price = &nodes[at].price + &Rational::ratio(1, 1_000_000_000).unwrap();
        prop_assert!(!check(&nodes, &leaves).is_empty());
    }

    #[test]
    fn money_held_back_is_seen(sample in samples()) {
        let Ok(solution) = sample.solve() else { return Ok(()) };
        let (mut nodes, leaves) = sample.published(&solution);
        if solution.unspent() > 0 || leaves.iter().all(|l| l.weight.is_zero()) {
            return Ok(());
        }
        let more = nodes[0].ceiling.as_ref().map(|c| c + &Rational::one());
        nodes[0].ceiling = more;
        let taker = leaves.iter().any(|l| !l.weight.is_zero() && !l.dropped && l.ceiling.is_none() && l.node == 0);
        if taker {
            prop_assert!(!check(&nodes, &leaves).is_empty());
        }
    }
}
