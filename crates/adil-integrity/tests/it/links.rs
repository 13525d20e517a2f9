//! Operators joined by what they share.

use std::collections::BTreeMap;

use adil_domain::{Money, Rational};
use adil_integrity::links::{
    Because, ConcentrationError, Interest, Links, Reading, Rules, Share, Tie, concentration, interests, links,
};
use proptest::prelude::*;

fn tie<'t>(operator: &'t str, column: &'t str, value: &'t str) -> Tie<'t> {
    Tie { operator, column, value }
}

fn joined(ties: &[Tie<'_>]) -> Vec<Vec<String>> {
    links(ties, &Rules::default()).clusters.into_iter().map(|c| c.members).collect()
}

#[test]
fn an_address_alone_links_nobody_and_a_combination_does() {
    let address = [tie("a", "address", "Абай к-сі, 5"), tie("b", "address", "абай к-си 5")];
    assert!(joined(&address).is_empty());
    let more = [address[0], address[1], tie("a", "head", "h1"), tie("b", "head", "H1 ")];
    let found = links(&more, &Rules::default());
    assert_eq!(found.links.len(), 1);
    assert_eq!((found.links[0].weight, found.links[0].shared.len()), (4, 2));
    assert_eq!(found.clusters[0].members, ["a", "b"]);
    assert_eq!((found.cluster_of("b"), found.cluster_of("c")), (Some(0), None));
}

#[test]
fn a_phone_is_its_digits_and_a_dash_is_nothing() {
    let phones = [
        tie("a", "phone", "+7 (701) 111-22-33"),
        tie("b", "phone", "8 701 1112233"),
        tie("a", "founder", "f"),
        tie("b", "founder", "f"),
        tie("c", "phone", "—"),
        tie("d", "phone", "-"),
        tie("c", "founder", "—"),
        tie("d", "founder", ""),
    ];
    assert_eq!(joined(&phones), [["a", "b"]]);
}

#[test]
fn a_column_counts_once_for_a_pair() {
    let two =
        [tie("a", "phone", "1"), tie("a", "phone", "2"), tie("b", "phone", "1"), tie("b", "phone", "2")];
    let rules = Rules { threshold: 2, ..Rules::default() };
    let found = links(&two, &rules);
    assert_eq!(found.links[0].weight, 2);
    assert_eq!(found.links[0].shared.iter().map(|s| s.weight).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn what_very_many_share_counts_nothing_and_is_said() {
    let ids: Vec<String> = (0..30).map(|n| format!("op-{n:02}")).collect();
    let mut ties: Vec<Tie<'_>> = ids.iter().map(|id| tie(id, "account", "bank")).collect();
    let found = links(&ties, &Rules::default());
    assert!(found.links.is_empty());
    assert_eq!((found.crowded.len(), found.crowded[0].operators), (1, 30));
    ties.truncate(20);
    assert_eq!(links(&ties, &Rules::default()).clusters[0].members.len(), 20);
}

#[test]
fn clusters_join_through_others_and_come_largest_first() {
    let ties = [
        tie("y", "account", "1"),
        tie("z", "account", "1"),
        tie("a", "account", "2"),
        tie("b", "account", "2"),
        tie("b", "account", "3"),
        tie("c", "account", "3"),
    ];
    assert_eq!(joined(&ties), [vec!["a", "b", "c"], vec!["y", "z"]]);
}

fn chain() -> Links {
    let ties = [
        tie("a", "account", "2"),
        tie("b", "account", "2"),
        tie("b", "account", "3"),
        tie("c", "account", "3"),
        tie("a", "head", "h1"),
        tie("d", "head", "h2"),
    ];
    links(&ties, &Rules::default())
}

fn tenge(minor: i64) -> Money {
    Money::from_minor(minor, "KZT".parse().unwrap())
}

#[test]
fn money_is_more_concentrated_where_linked_operators_count_as_one() {
    let amounts: BTreeMap<String, Money> =
        ["a", "b", "c", "d"].into_iter().map(|id| (id.to_owned(), tenge(100))).collect();
    let found = concentration(&chain(), &amounts).unwrap();
    assert_eq!(found.total, 400);
    assert_eq!(found.before, Rational::from(2_500));
    // (3/4)² + (1/4)² of 10,000.
    assert_eq!(found.after, Rational::from(6_250));
    assert_eq!(
        (found.clusters[0].amount, found.clusters[0].share.to_short_decimal(4)),
        (300, "0.75".to_owned())
    );
}

#[test]
fn money_that_is_none_has_no_concentration() {
    let of = |minor: i64| BTreeMap::from([("a".to_owned(), tenge(minor))]);
    assert_eq!(concentration(&chain(), &of(0)), Err(ConcentrationError::Nothing));
    assert_eq!(concentration(&chain(), &of(-1)), Err(ConcentrationError::Negative("a".to_owned())));
    let mut two = of(5);
    two.insert("b".to_owned(), Money::from_minor(5, "EUR".parse().unwrap()));
    assert_eq!(concentration(&chain(), &two), Err(ConcentrationError::Currencies));
}

#[test]
fn declared_interests_reach_two_steps_and_no_further() {
    let row = Interest {
        person: "p1",
        role: "commission",
        operator: "",
        value: "h1",
        relation: "brother",
        declared_on: "2026-01-15",
    };
    let found = interests(&[row], &chain());
    let reached: Vec<(&str, usize)> =
        found.found.iter().map(|f| (f.operator.as_str(), f.path.len())).collect();
    assert_eq!(reached, [("a", 1), ("b", 2)]);
    assert_eq!(
        found.found[0].path[0].because,
        Because::Has { column: "head".to_owned(), relation: "brother".to_owned() }
    );
    assert!(matches!(found.found[1].path[1].because, Because::Linked { .. }));
    let own = Interest { person: "h2", value: "", ..row };
    let named = Interest { operator: "c", value: "", ..row };
    let lost = Interest { operator: "nobody", value: "", ..row };
    let found = interests(&[own, named, lost], &chain());
    let reached: Vec<&str> = found.found.iter().map(|f| f.operator.as_str()).collect();
    assert_eq!((reached, found.nowhere), (vec!["d", "b", "c"], vec![2]));
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in prop::collection::vec(("[a-f]", prop::sample::select(vec!["head", "phone", "address"]), "[1-4]"), 0..24),
        turn in 0usize..24,
    ) {
        let rules = Rules { threshold: 3, most: 3, ..Rules::default() };
        let ties: Vec<Tie<'_>> = rows.iter().map(|(o, c, v)| tie(o, c, v)).collect();
        let mut turned = ties.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        let (found, again) = (links(&ties, &rules), links(&turned, &rules));
        prop_assert_eq!(&found.links, &again.links);
        prop_assert_eq!(&found.clusters, &again.clusters);
        prop_assert_eq!(&found.crowded, &again.crowded);
        // Every link lies within one cluster, and every operator is in one at most.
        for link in &found.links {
            prop_assert_eq!(found.cluster_of(&link.a), found.cluster_of(&link.b));
            prop_assert!(found.cluster_of(&link.a).is_some());
        }
        let members: usize = found.clusters.iter().map(|c| c.members.len()).sum();
        let linked: std::collections::BTreeSet<&str> =
            found.links.iter().flat_map(|l| [l.a.as_str(), l.b.as_str()]).collect();
        prop_assert_eq!(members, linked.len());
    }
}

#[test]
fn a_column_that_nobody_weighs_counts_nothing() {
    let rules = Rules {
        shares: vec![Share { column: "coach".to_owned(), weight: 4, reading: Reading::Exact }],
        ..Rules::default()
    };
    let ties = [tie("a", "coach", "k"), tie("b", "coach", "k"), tie("a", "head", "h"), tie("c", "head", "h")];
    let found = links(&ties, &rules);
    assert_eq!(found.clusters.len(), 1);
    assert_eq!(found.clusters[0].members, ["a", "b"]);
}
