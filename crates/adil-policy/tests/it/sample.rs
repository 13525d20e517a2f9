//! The sample of the contract, as it stands in `round.md`.

use adil_domain::{Language, Rational};
use adil_policy::{Entity, Missing, NameId, Scale, UnknownRule};

use super::{SAMPLE, Tables, read, shown};

#[test]
fn the_sample_is_read_to_the_letter() {
    let policy = read(SAMPLE);
    assert_eq!(policy.round.budget.minor(), 2_657_535_000);
    assert_eq!(policy.round.as_of.to_string(), "2023-12-01");
    assert_eq!(policy.sources[0].max_age_days, Some(30));
    assert_eq!(policy.gates[0].unknown, UnknownRule::Hold);
    assert_eq!(policy.gates[1].meta.from.unwrap().to_string(), "2023-01-01");
    let girls = &policy.criteria[0].indicators[1];
    assert_eq!(girls.weight, "22.5".parse().unwrap());
    let Scale::Bands { bands, top } = &girls.scale else { panic!("{:?}", girls.scale) };
    assert_eq!((bands[1].from.clone(), bands[1].mark.clone()), (Rational::ratio(1, 4).unwrap(), 1.into()));
    assert_eq!(*top, Rational::from(3));
    assert!(
        matches!(&girls.missing, Missing::GroupMedian { within: Some(e) } if e.source() == "facility.type")
    );
    let pot = &policy.pots[0];
    assert_eq!((pot.share.clone(), pot.bounds.len()), (Rational::one(), 1));
    assert_eq!(policy.reserve.appeals, "0.01".parse().unwrap());

    let named: Vec<String> =
        pot.weight.names().iter().map(|id| policy.name(*id).unwrap().to_string()).collect();
    assert_eq!(named, ["score", "application.amount_sought"]);
    assert_eq!(policy.name(NameId(0)).unwrap().entity, Entity::Check);
    assert!(policy.is_own_word(policy.name(pot.weight.names()[1]).unwrap()));
    let girls = policy.names().iter().find(|n| n.column == "girls_share").unwrap();
    assert!(!policy.is_own_word(girls), "a source answers for it");
}

#[test]
fn the_sample_fits_its_tables() {
    let problems = read(SAMPLE).check(&Tables, &Language::PRODUCT);
    assert!(problems.is_empty(), "{}", shown(&problems, SAMPLE));
}

#[test]
fn a_rank_among_others_is_warned_of() {
    let (_, problems) = adil_policy::Policy::parse("policy.toml", SAMPLE);
    insta::assert_snapshot!(shown(&problems, SAMPLE));
}

#[test]
fn the_shortest_policy_is_enough() {
    let text = "[round]\nid='a'\ncurrency='KZT'\nbudget=1_000\nunit=1\ncountry='kz'\nas_of=2026-01-01\n\
        [[pot]]\nid='p'\nshare=1\nrule='fair-share'\nweight='1'\n";
    let policy = read(text);
    assert_eq!(policy.round.budget.to_string(), "1000.00");
    assert!(policy.gates.is_empty() && policy.criteria.is_empty() && policy.reserve.appeals.is_zero());
    let marked = format!("\u{feff}{text}");
    assert_eq!(read(&marked).round.id, "a", "a mark of the byte order is no mistake");
}
