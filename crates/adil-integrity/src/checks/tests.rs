use std::collections::BTreeSet;

use adil_domain::identifier::HashKey;
use adil_domain::{CheckAnswer, Date, Outcome, Problems, Publish, Rational, WhileDisputed};
use proptest::prelude::*;

use super::dispute;
use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn amount(text: &str) -> Rational {
    text.parse().unwrap()
}

fn debt(total: &str, off: [&str; 3]) -> Reply<Debt> {
    let [appealed, rescheduled, rehabilitation] = off.map(|t| (!t.is_empty()).then(|| amount(t)));
    Reply::Record(Debt { total: amount(total), appealed, rescheduled, rehabilitation, parts: Vec::new() })
}

#[test]
fn every_check_has_its_words_in_three_languages() {
    let catalog = CATALOG.as_ref().unwrap();
    assert_eq!(catalog.languages().count(), 3);
    for check in Check::ALL {
        assert_eq!(Check::from_id(check.id()), Some(check));
        assert!(!check.evidence().is_empty());
        for language in [Language::KK, Language::RU, Language::EN] {
            let mut said = BTreeSet::new();
            for text in [check.title(language), check.pass_means(language), check.fail_means(language)] {
                assert!(!text.starts_with("check-"), "{text}");
                assert!(said.insert(text.clone()), "the same words twice: {text}");
            }
        }
    }
    assert_eq!(Check::from_id("registred"), None);
}

#[test]
fn unknown_empty_and_clean_are_three_answers() {
    let asked = |reply: Reply<bool>| flag(Check::Bankruptcy, &reply);
    let unknown = asked(Reply::Unknown("not ready".to_owned()));
    let empty = asked(Reply::Empty);
    let clean = asked(Reply::Record(false));
    assert_eq!(
        [unknown.outcome, empty.outcome, clean.outcome],
        [Outcome::Unknown, Outcome::Unknown, Outcome::Pass]
    );
    assert_eq!(unknown.evidence, "not answered: not ready");
    assert!(empty.evidence.starts_with("empty: "), "{empty:?}");
    assert_eq!(asked(Reply::Record(true)).outcome, Outcome::Fail);
}

#[test]
fn a_debt_in_dispute_is_no_debt() {
    for (total, off, outcome, net) in [
        ("0", ["0", "0", "0"], Outcome::Pass, "0.00"),
        ("1000.50", ["0", "0", "0"], Outcome::Fail, "1000.50"),
        ("1000.50", ["600", "400.25", "0.25"], Outcome::Pass, "0.00"),
        ("1000", ["600", "0", "399.99"], Outcome::Fail, "0.01"),
        // More taken off than owed.
        ("10", ["50", "0", "0"], Outcome::Pass, "0.00"),
        // Less than half a tiyn can't be paid; half of one rounds to even.
        ("0.004", ["0", "0", "0"], Outcome::Pass, "0.00"),
        ("0.005", ["0", "0", "0"], Outcome::Pass, "0.00"),
        ("0.006", ["0", "0", "0"], Outcome::Fail, "0.01"),
        // Nothing owed needs nothing taken off; something owed does.
        ("0", ["", "", ""], Outcome::Pass, "0.00"),
        ("5000", ["", "", ""], Outcome::Unknown, "unknown"),
        ("5000", ["5000", "0", ""], Outcome::Unknown, "unknown"),
        ("-5", ["0", "0", "0"], Outcome::Unknown, "unknown"),
        ("5", ["-5", "0", "0"], Outcome::Unknown, "unknown"),
    ] {
        let judged = tax_debt(&debt(total, off));
        assert_eq!(judged.outcome, outcome, "{total} {off:?}");
        assert!(judged.evidence.starts_with(&format!("net={net}; total=")), "{judged:?}");
        for name in ["appealed=", "rescheduled=", "rehabilitation="] {
            assert!(judged.evidence.contains(name), "{judged:?}");
        }
    }
}

#[test]
fn a_list_of_bad_suppliers_is_judged_on_the_day() {
    let entry = |from: &str, until: &str| Listing { from: from.parse().ok(), until: until.parse().ok() };
    let on = |entries: &[Listing], on: &str| unreliable_supplier(&Reply::Record(entries.to_vec()), day(on));
    let one = [entry("2024-02-01", "2026-01-31")];
    assert_eq!(on(&[], "2025-01-01").outcome, Outcome::Pass);
    assert_eq!(on(&one, "2024-01-31").outcome, Outcome::Pass, "a later entry does not reach back");
    assert_eq!(on(&one, "2024-02-01").outcome, Outcome::Fail);
    assert_eq!(on(&one, "2026-01-31").outcome, Outcome::Fail, "the last day is included");
    assert_eq!(on(&one, "2026-02-01").outcome, Outcome::Pass, "an expired entry does not bar");
    assert_eq!(on(&[entry("", "")], "2025-01-01").outcome, Outcome::Unknown);
    assert_eq!(on(&[entry("", "2024-01-01")], "2025-01-01").outcome, Outcome::Pass);
    assert_eq!(on(&[entry("2024-01-01", "")], "2025-01-01").outcome, Outcome::Fail, "no end yet");
    assert_eq!(
        on(&[entry("", ""), one[0].clone()], "2025-01-01").evidence,
        "valid=1; expired=0; later=0; undated=1; judged on 2025-01-01"
    );
}

#[test]
fn a_licence_must_hold_on_the_day() {
    let of = |from: &str, until: &str| Listing { from: from.parse().ok(), until: until.parse().ok() };
    let on = |list: Vec<Licence>| licence(&Reply::Record(list), day("2025-06-01")).outcome;
    assert_eq!(on(vec![of("2020-01-01", ""), of("2010-01-01", "2019-12-31")]), Outcome::Pass);
    assert_eq!(on(vec![of("2010-01-01", "2019-12-31")]), Outcome::Fail);
    assert_eq!(on(Vec::new()), Outcome::Fail);
    assert_eq!(on(vec![of("", "")]), Outcome::Unknown);
}

#[test]
fn a_name_is_no_match() {
    let case = |by_identifier, side| Case { by_identifier, side };
    let judged = |cases: &[Case]| court_cases(&Reply::Record(cases.to_vec()));
    let namesake = case(false, Side::Defendant);
    assert_eq!(judged(&[]).outcome, Outcome::Pass);
    assert_eq!(judged(std::slice::from_ref(&namesake)).outcome, Outcome::Unknown);
    assert!(judged(std::slice::from_ref(&namesake)).evidence.ends_with("name only=1"));
    assert_eq!(judged(&vec![namesake.clone(); 50]).outcome, Outcome::Unknown);
    assert_eq!(judged(&[case(true, Side::Other)]).outcome, Outcome::Pass);
    assert_eq!(judged(&[case(true, Side::Unsaid)]).outcome, Outcome::Unknown);
    assert_eq!(judged(&[namesake, case(true, Side::Defendant)]).outcome, Outcome::Fail);
}

#[test]
fn the_other_rules_say_what_they_found() {
    let found = |standing| registered(&Reply::Record(Registration { standing, words: "x".to_owned() }));
    assert_eq!(found(Standing::Existing).outcome, Outcome::Pass);
    assert_eq!(found(Standing::Ceased).outcome, Outcome::Fail);
    assert_eq!(found(Standing::Unclear).outcome, Outcome::Unknown);
    let force = |sum: &str| enforcement(&Reply::Record(amount(sum))).outcome;
    assert_eq!(
        [force("0"), force("0.004"), force("1"), force("-1")],
        [Outcome::Pass, Outcome::Pass, Outcome::Fail, Outcome::Unknown]
    );
    let risk = |degree| tax_risk(&Reply::Record(degree)).outcome;
    assert_eq!(
        [risk(TaxRisk::Low), risk(TaxRisk::Medium), risk(TaxRisk::High)],
        [Outcome::Pass, Outcome::Pass, Outcome::Fail]
    );
    let operators: BTreeSet<String> = ["a", "b"].map(str::to_owned).into();
    let with = |ids: &[&str]| {
        let listed = ids.iter().map(|id| Affiliate { operator_id: (*id).to_owned() }).collect();
        affiliated(&Reply::Record(listed), "a", &operators)
    };
    assert_eq!(
        with(&["a", "z"]).outcome,
        Outcome::Pass,
        "itself and strangers are no relation in this round"
    );
    assert_eq!(with(&["b", "b", "z"]).evidence, "listed=3; in_this_round=b");
    assert_eq!(with(&["b"]).outcome, Outcome::Fail);
}

#[test]
fn a_source_says_what_may_be_published() {
    let row = Row {
        operator_id: "491240000009",
        check: "tax_debt",
        outcome: Outcome::Fail,
        as_of: day("2026-01-01"),
        source: "kgd",
        evidence: "net=5.00",
    };
    assert_eq!(reduce(Publish::Answer, &row, None).evidence.as_deref(), Some("net=5.00"));
    let outcome = reduce(Publish::Outcome, &row, None);
    assert_eq!((outcome.outcome, outcome.evidence), (Some(Outcome::Fail), None));
    let plain = reduce(Publish::Digest, &row, None);
    assert_eq!((plain.outcome, &plain.evidence), (None, &None));
    let key = HashKey::new(&[7; 32]).unwrap();
    let keyed = reduce(Publish::Digest, &row, Some(&key));
    assert_ne!(plain.digest, keyed.digest);
    assert_eq!(plain.digest.as_ref().unwrap().len(), 64);
    // What stands in another field is another row.
    let shifted = Row { source: "kgdn", evidence: "et=5.00", ..row };
    assert_ne!(reduce(Publish::Digest, &shifted, None).digest, plain.digest);
    assert_eq!(reduce(Publish::Digest, &row, None), plain);
    assert_eq!(Publish::ALL.map(|p| Publish::from_word(p.as_str())), Publish::ALL.map(Some));
}

const DISPUTES: &str = "\u{feff}operator_id,check,source,disputed_on,claim,reply,replied_on,outcome_after
a,tax_debt,kgd,2026-01-10,\"paid on the 3rd, see receipt\",,,
b,tax_debt,kgd,2026-01-10,paid,\"confirmed\",2026-01-20,pass
c,tax_debt,kgd,2026-01-10,paid,not received,2026-01-20,
";

#[test]
fn a_dispute_stands_beside_the_answer() {
    let mut problems = Problems::new();
    let disputes = dispute::read("disputes.csv", DISPUTES.as_bytes(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let answer = |as_of: &str| CheckAnswer {
        outcome: Outcome::Fail,
        source: "kgd".to_owned(),
        as_of: day(as_of),
        evidence: None,
    };
    let on = |operator: &str, as_of: &str, on: &str, rule| {
        let standing = dispute::judge(operator, "tax_debt", &answer(as_of), &disputes, day(on), rule);
        (standing.outcome, standing.dispute.is_some(), standing.open)
    };
    let (show, hold) = (WhileDisputed::Show, WhileDisputed::Hold);
    assert_eq!(on("a", "2026-01-01", "2026-02-01", show), (Outcome::Fail, true, true));
    assert_eq!(on("a", "2026-01-01", "2026-02-01", hold), (Outcome::Unknown, true, true));
    assert_eq!(on("a", "2026-01-01", "2026-01-09", hold), (Outcome::Fail, false, false), "not disputed yet");
    assert_eq!(on("a", "2026-01-15", "2026-02-01", hold), (Outcome::Fail, false, false), "a newer answer");
    assert_eq!(on("b", "2026-01-01", "2026-01-19", hold), (Outcome::Unknown, true, true), "no reply yet");
    assert_eq!(on("b", "2026-01-01", "2026-01-20", hold), (Outcome::Pass, true, false));
    assert_eq!(
        on("c", "2026-01-01", "2026-02-01", hold),
        (Outcome::Fail, true, false),
        "the reply stands beside"
    );
    assert_eq!(on("z", "2026-01-01", "2026-02-01", hold), (Outcome::Fail, false, false));
    let other = CheckAnswer { source: "adata".to_owned(), ..answer("2026-01-01") };
    assert!(dispute::judge("a", "tax_debt", &other, &disputes, day("2026-02-01"), hold).dispute.is_none());
    assert_eq!(WhileDisputed::from_word("hold"), Some(hold));
    assert_eq!(WhileDisputed::from_word("maybe"), None);
}

#[test]
fn what_is_wrong_with_disputes_is_all_said() {
    let table = "operator_id,check,source,disputed_on,claim,reply,replied_on,outcome_after
a,tax_debt,kgd,10.01.2026,paid,,,
,tax_debt,kgd,2026-01-10,,,,
b,tax_debt,kgd,2026-01-10,paid,ok,,
b,tax_debt,kgd,2026-01-11,paid,ok,2026-01-02,passed
b,tax_debt,kgd,2026-01-12,paid,,,
b,tax_debt,kgd,2026-01-12,paid again,,,
";
    let mut problems = Problems::new();
    let disputes = dispute::read("disputes.csv", table.as_bytes(), &mut problems);
    let said: Vec<(u64, &str)> = problems.iter().map(|p| (p.place.line.unwrap(), p.code)).collect();
    assert_eq!(
        said,
        [
            (2, "not-a-date"),
            (3, "missing-value"),
            (3, "missing-value"),
            (4, "half-reply"),
            (5, "unknown-outcome"),
            (5, "reply-before-dispute"),
            (7, "duplicate-dispute")
        ]
    );
    assert_eq!(disputes.len(), 1);
    let mut problems = Problems::new();
    assert!(dispute::read("d.csv", b"operator,check\n", &mut problems).is_empty());
    assert_eq!(problems.len(), 4);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut problems = Problems::new();
        let disputes = dispute::read("d.csv", &bytes, &mut problems);
        prop_assert!(disputes.is_empty());
        prop_assert!(problems.has_errors());
    }

    #[test]
    fn taking_more_off_never_makes_a_debt_worse(total in 0u32..100_000, off in 0u32..100_000, more in 0u32..100_000) {
        let net = |off: u32| {
            let judged = tax_debt(&debt(&total.to_string(), [&off.to_string(), "0", "0"]));
            judged.outcome == Outcome::Fail
        };
        prop_assert!(net(off) || !net(off.saturating_add(more)));
        prop_assert_eq!(net(off), total > off);
    }
}
