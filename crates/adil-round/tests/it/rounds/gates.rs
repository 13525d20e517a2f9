//! May an application be paid at all? Pass, fail, and all that is not known.

use proptest::prelude::*;

use super::Round;

/// Three clubs that ask for the same; one check, asked of the register first and of the court where it has no answer.
fn round(checks: &str, when: &str, unknown: &str) -> Round {
    Round::new("application_id,operator_id,amount_sought\nA,op-a,600\nB,op-b,600\nC,op-c,600\n")
        .budget("900")
        .rules(&format!(
            r#"
[[source]]
name = "court"
[[source]]
name = "register"
max_age = "30 days"
fallback = ["court"]
[[gate]]
id = "sound"
title = "Not bankrupt"
when = "{when}"
unknown = "{unknown}"
reference = "a test"
"#
        ))
        .table(
            "checks.csv",
            &format!(
                "operator_id,check,outcome,as_of,source\nop-a,bankruptcy,pass,2023-12-30,register\n\
             op-c,bankruptcy,pass,2023-12-30,register\n{checks}"
            ),
        )
}

const IS_PASS: &str = "check.bankruptcy == 'pass'";

fn answer(outcome: &str) -> String {
    format!("op-b,bankruptcy,{outcome},2023-12-30,register\n")
}

#[test]
fn each_answer_under_each_rule_for_the_unknown() {
    let paid = ["A 300 funded share", "B 300 funded share", "C 300 funded share"];
    let held = ["A 300 funded share", "B 0 (300) held gate-unknown:sound", "C 300 funded share"];
    let refused = |word: &str| {
        let own = format!("B 0 ineligible {word}:sound");
        ["A 450 funded share".to_owned(), own, "C 450 funded share".to_owned()]
    };
    for rule in ["pass", "hold", "fail"] {
        assert_eq!(round(&answer("pass"), IS_PASS, rule).decide().awards(), paid, "{rule}");
        let failed = round(&answer("fail"), IS_PASS, rule).decide();
        assert_eq!(failed.awards(), refused("gate-failed"), "{rule}");
        assert_eq!(failed.award("B")["rank"], "", "who is refused has no place");
    }
    for nothing_known in [answer("unknown"), String::new()] {
        let decide = |rule| round(&nothing_known, IS_PASS, rule).decide();
        assert_eq!(decide("pass").awards(), paid);
        assert_eq!(decide("fail").awards(), refused("gate-unknown"));
        let waiting = decide("hold");
        assert_eq!(waiting.awards(), held);
        assert_eq!(waiting.totals(), ["600", "300", "0"]);
        // The rule decides what follows from the unknown, never what is known.
        for rule in ["pass", "hold", "fail"] {
            let row = decide(rule).table("gates.csv").into_iter().find(|r| r["application_id"] == "B");
            assert_eq!(row.unwrap()["outcome"], "unknown", "{rule}");
        }
    }
}

#[test]
fn the_answer_that_counts() {
    let row = |outcome: &str, day: &str, source: &str| format!("op-b,bankruptcy,{outcome},{day},{source}\n");
    let cases = [
        // Thirty days old is fresh; thirty-one is not.
        (row("pass", "2023-12-01", "register"), "pass", "register", "2023-12-01"),
        (row("pass", "2023-11-30", "register"), "unknown", "register", "2023-11-30"),
        // The day of the round itself counts, the day after does not reach back.
        (row("pass", "2023-12-31", "register"), "pass", "register", "2023-12-31"),
        (row("pass", "2024-01-01", "register"), "unknown", "register", "2024-01-01"),
        // A source without an age may be old.
        (row("fail", "2003-01-01", "court"), "fail", "court", "2003-01-01"),
        // Only where the register has no fresh answer is the court asked, though the policy lists it first.
        (
            row("pass", "2023-11-30", "register") + &row("fail", "2022-01-01", "court"),
            "fail",
            "court",
            "2022-01-01",
        ),
        (
            row("unknown", "2023-12-30", "register") + &row("pass", "2022-01-01", "court"),
            "pass",
            "court",
            "2022-01-01",
        ),
        (
            row("pass", "2022-01-01", "court") + &row("fail", "2023-12-30", "register"),
            "fail",
            "register",
            "2023-12-30",
        ),
        // A source that the policy does not know comes last.
        (
            row("fail", "2023-12-30", "anyone") + &row("pass", "2022-01-01", "court"),
            "pass",
            "court",
            "2022-01-01",
        ),
        // Of one source the newest answer that is not of tomorrow.
        (
            row("fail", "2023-12-10", "register") + &row("pass", "2023-12-20", "register"),
            "pass",
            "register",
            "2023-12-20",
        ),
        (
            row("pass", "2023-12-10", "register") + &row("fail", "2024-02-01", "register"),
            "pass",
            "register",
            "2023-12-10",
        ),
        // An old pass does not outlive a newer "unknown" of the same source.
        (
            row("pass", "2023-12-10", "register") + &row("unknown", "2023-12-20", "register"),
            "unknown",
            "register",
            "2023-12-20",
        ),
    ];
    for (checks, outcome, source, as_of) in cases {
        let decided = round(&checks, IS_PASS, "hold").decide();
        let gates = decided.table("gates.csv");
        let gate = gates.iter().find(|r| r["application_id"] == "B").unwrap();
        let got = (gate["outcome"].as_str(), gate["source"].as_str(), gate["as_of"].as_str());
        assert_eq!(got, (outcome, source, as_of), "{checks}");
        assert_eq!(gate["reference"], "a test");
    }
}

#[test]
fn an_answer_too_old_is_still_shown_as_it_was_said() {
    let old = "op-b,bankruptcy,pass,2023-11-30,register\n";
    let decided = round(old, IS_PASS, "hold").decide();
    let used = &decided.decision.application("B").unwrap().gates[0].answers[0];
    assert_eq!(used.outcome.as_str(), "unknown");
    assert_eq!(used.said.map(adil_domain::Outcome::as_str), Some("pass"));
}

#[test]
fn unknown_never_passes_however_the_gate_is_worded() {
    for when in [
        "check.bankruptcy == 'pass'",
        "check.bankruptcy != 'fail'",
        "!(check.bankruptcy == 'fail')",
        "check.bankruptcy == 'pass' || check.bankruptcy != 'fail'",
        "check.bankruptcy != 'fail' && application.amount_sought > 0",
        "check.bankruptcy == 'fail' ? false : true",
    ] {
        for checks in [
            String::new(),
            answer("unknown"),
            "op-b,bankruptcy,pass,2024-01-01,register\n".to_owned(),
            "op-b,bankruptcy,pass,2020-01-01,register\n".to_owned(),
        ] {
            let decided = round(&checks, when, "hold").decide();
            assert_eq!(decided.award("B")["status"], "held", "{when} with {checks:?}");
            assert_eq!(decided.award("A")["status"], "funded", "{when}");
        }
    }
}

#[test]
fn a_refusal_outweighs_what_is_not_known() {
    let second = r#"
[[gate]]
id = "small"
title = "Asks for little"
when = "application.amount_sought < 600"
reference = "a test"
"#;
    let decided = round("", IS_PASS, "hold").rules(second).decide();
    assert_eq!(decided.award("B")["reason"], "gate-failed:small");
    assert_eq!(decided.totals(), ["0", "0", "900"], "all are refused, so everything is left");
    assert!(decided.table("awards.csv").iter().all(|r| r["status"] == "ineligible" && r["amount"] == "0"));
    assert_eq!(decided.table("gates.csv").len(), 6, "every gate is answered for every application");
}

#[test]
fn sources_say_whether_they_answered() {
    let decided = round("op-b,bankruptcy,pass,2020-01-01,court\n", IS_PASS, "hold").decide();
    let sources: Vec<(&str, &str)> =
        decided.decision.sources.iter().map(|s| (s.name.as_str(), s.status)).collect();
    assert_eq!(sources, [("court", "live"), ("register", "live")]);
    let stale = round("", IS_PASS, "hold").table(
        "checks.csv",
        "operator_id,check,outcome,as_of,source\nop-b,bankruptcy,pass,2020-01-01,register\n",
    );
    let decided = stale.decide();
    let sources: Vec<(&str, &str)> =
        decided.decision.sources.iter().map(|s| (s.name.as_str(), s.status)).collect();
    assert_eq!(sources, [("court", "absent"), ("register", "stale")]);
    assert_eq!(decided.totals(), ["0", "900", "0"]);
}

/// Clubs in two counties with bounds, minimums, a scale that compares, and checks of which some are missing.
fn crowd(clubs: &[(u32, u32, bool)], cleared: Option<usize>) -> Round {
    let mut applications =
        "application_id,operator_id,territory,amount_sought,amount_minimum,points\n".to_owned();
    let mut checks = "operator_id,check,outcome,as_of,source\n".to_owned();
    for (i, (ask, points, known)) in clubs.iter().enumerate() {
        let county = if i % 2 == 0 { "X" } else { "Y" };
        let minimum = if i % 3 == 0 { (ask / 4).to_string() } else { String::new() };
        applications.push_str(&format!("C{i},op-{i},{county},{ask},{minimum},{points}\n"));
        if *known || cleared == Some(i) {
            checks.push_str(&format!("op-{i},bankruptcy,pass,2023-12-30,register\n"));
        } else {
            checks.push_str(&format!("op-{i},bankruptcy,unknown,2023-12-30,register\n"));
        }
    }
    Round::new(&applications)
        .table("checks.csv", &checks)
        .table("territories.csv", "territory,parent,level\nX,,county\nY,,county\n")
        .rules(
            r#"
[[gate]]
id = "sound"
title = "Not bankrupt"
when = "check.bankruptcy == 'pass'"
reference = "a test"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "own"
title = "Own"
value = "application.points"
weight = 60
scale = { kind = "goalposts", low = 0, high = 100 }
missing = "worst"
because = "a test"
[[criterion.indicator]]
id = "rank"
title = "Rank"
value = "application.points"
weight = 40
scale = { kind = "percentile" }
missing = "worst"
because = "a test"
[[pot]]
id = "all"
title = "All"
share = "100%"
rule = "fair-share"
weight = "score * application.amount_sought"
weight_because = "a test"
ceiling = "application.amount_sought"
minimum = "application.amount_minimum"
reference = "a test"
[[pot.bound]]
level = "county"
title = "Half at most by demand"
ceiling = "0.7 * pot"
reference = "a test"
"#,
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The promise to everyone else: whoever is cleared later gets exactly what was kept, and nobody else notices.
    #[test]
    fn clearing_a_held_application_changes_nobody_else(
        clubs in prop::collection::vec((1u32..2000, 0u32..=100, any::<bool>()), 2..12),
        chosen in any::<prop::sample::Index>(),
    ) {
        let waiting: Vec<usize> = (0..clubs.len()).filter(|i| !clubs[*i].2).collect();
        prop_assume!(!waiting.is_empty());
        let cleared = waiting[chosen.index(waiting.len())];
        let before = crowd(&clubs, None).decide();
        let after = crowd(&clubs, Some(cleared)).decide();
        let id = format!("C{cleared}");
        for (b, a) in before.table("awards.csv").iter().zip(after.table("awards.csv")) {
            if b["application_id"] == id {
                prop_assert_eq!(&a["amount"], &b["amount_if_cleared"]);
                prop_assert!(a["status"] == "funded" || a["status"] == "not-funded");
            } else {
                prop_assert_eq!(b, &a);
            }
        }
    }
}

#[test]
fn an_answer_about_nobody_speaks_for_no_application() {
    let rules = "[[gate]]\nid = \"b\"\ntitle = \"B\"\nwhen = \"check.b == 'pass'\"\nreference = \"a test\"\n";
    let round = Round::new("application_id,amount_sought\nA,100\n").rules(rules);
    let nobody =
        round.clone().table("checks.csv", "operator_id,check,outcome,as_of,source\n,b,pass,2023-12-01,x\n");
    assert!(nobody.problems().iter().any(|p| p.code == "empty-id" && p.place.file == "checks.csv"));
    let other = round.table("checks.csv", "operator_id,check,outcome,as_of,source\nO,b,pass,2023-12-01,x\n");
    assert_eq!(other.decide().awards(), ["A 0 (100) held gate-unknown:b"]);
}
