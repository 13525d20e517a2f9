//! Flags of detectors: they hold or are looked at, and no amount changes by them.

use proptest::prelude::*;

use super::{Decided, Round};

const FLAGS: &str = "detector,subject_kind,subject_id,severity,facility_id,evidence,sentence\n";

fn round(flags: Option<&str>, rules: &str) -> Round {
    let round = Round::new(
        "application_id,facility_id,operator_id,amount_sought\nA,f-a,op,300\nB,f-b,op,600\nC,f-c,other,900\nD,,,200\n",
    )
    .budget("1000")
    .rules(rules);
    match flags {
        Some(flags) => round.table("flags.csv", &format!("{FLAGS}{flags}")),
        None => round,
    }
}

fn rule(id: &str, action: &str, rest: &str) -> String {
    format!(
        "[[detector]]\nid = \"{id}\"\naction = \"{action}\"\ntitle = \"{id}\"\nreference = \"a test\"\n{rest}\n"
    )
}

fn decide(flags: &str, rules: &str) -> Decided {
    round(Some(flags), rules).decide()
}

#[test]
fn a_flag_holds_or_is_looked_at_and_changes_no_amount() {
    let plain = round(None, "").decide().awards();
    assert_eq!(
        plain,
        ["A 150 funded share", "B 300 funded share", "C 450 funded share", "D 100 funded share"]
    );
    let flags =
        "crowded,section,S-1,medium,f-a,children=40,Too many.\ncopied,section,S-2,high,f-c,,Copied.\n";
    let rules = rule("crowded", "hold", "") + &rule("copied", "review", "");
    let decided = decide(flags, &rules);
    assert_eq!(
        decided.awards(),
        ["A 0 (150) held flag:crowded", "B 300 funded share", "C 450 funded share", "D 100 funded share"]
    );
    assert_eq!(
        decided.text("flagged.csv"),
        "application_id,detector,action,severity,flags\nA,crowded,hold,medium,1\nC,copied,review,high,1\n"
    );
}

#[test]
fn a_flag_on_an_operator_is_one_on_each_of_its_facilities() {
    let decided = decide("related,operator,op,low,,,Related.\n", &rule("related", "hold", ""));
    let held: Vec<String> = decided
        .table("awards.csv")
        .into_iter()
        .filter(|r| r["status"] == "held")
        .map(|r| r["application_id"].clone())
        .collect();
    assert_eq!(held, ["A", "B"]);
}

#[test]
fn only_flags_that_the_rules_let_count_do() {
    let flags = "crowded,section,S-1,low,f-a,,Few.\ncrowded,section,S-2,medium,f-b,,More.\ncrowded,facility,f-b,high,f-b,,Most.\n\
                 other,section,S-4,high,f-c,,Unasked.\ncrowded,participant,x,high,,,Of nobody.\n";
    let decided = decide(flags, &rule("crowded", "hold", "from_severity = \"medium\""));
    let a = decided.decision.application("A").unwrap();
    let b = decided.decision.application("B").unwrap();
    assert!(a.flags.is_empty());
    assert_eq!((b.flags[0].flags, b.flags[0].sentence.as_str()), (2, "Most."), "the gravest speaks");
    assert!(decided.decision.application("C").unwrap().flags.is_empty(), "the rules do not name it");
    assert!(decided.decision.application("D").unwrap().flags.is_empty(), "nobody is nobody");
}

#[test]
fn what_is_said_of_a_person_or_a_section_stays_in_the_table() {
    for kind in ["participant", "coach", "section", "device"] {
        let flags = format!("crowded,{kind},0123abcd,high,f-a,child=0123abcd,The child 0123abcd was away.\n");
        let decided = decide(&flags, &rule("crowded", "hold", ""));
        let flagged = &decided.decision.application("A").unwrap().flags[0];
        assert_eq!((flagged.flags, flagged.sentence.as_str()), (1, ""), "{kind}");
        assert_eq!(decided.award("A")["status"], "held");
    }
}

#[test]
fn detectors_that_nobody_ran_found_nothing_and_that_is_said() {
    let decided = round(None, &rule("crowded", "hold", "")).decide();
    assert_eq!(decided.award("A")["status"], "funded");
    let problem = decided.problem("no-flags").unwrap();
    assert!(problem.message.contains("not known"), "{}", problem.message);
}

#[test]
fn flags_that_can_not_be_read_stop_the_round() {
    let codes = |flags: &str| -> Vec<&'static str> {
        let problems = round(None, &rule("crowded", "hold", "")).table("flags.csv", flags).problems();
        problems.iter().filter(|p| p.severity == adil_domain::Severity::Error).map(|p| p.code).collect()
    };
    assert_eq!(codes("detector,subject_kind\ncrowded,section\n"), ["missing-column"]);
    assert_eq!(codes(&format!("{FLAGS}crowded,section,S,grave,f-a,,\n")), ["severity"]);
}

proptest! {
    /// Whatever is flagged, everybody gets or is kept what the round without flags gives.
    #[test]
    fn no_amount_changes_by_any_flags(rows in prop::collection::vec((0usize..3, 0usize..5, 0usize..3), 0..12)) {
        let facilities = ["f-a", "f-b", "f-c", "", "f-x"];
        let mut flags = String::new();
        for (detector, facility, severity) in &rows {
            flags += &format!(
                "{},operator,op,{},{},,.\n",
                ["one", "two", "three"][*detector],
                ["low", "medium", "high"][*severity],
                facilities[*facility]
            );
        }
        let rules = rule("one", "hold", "") + &rule("two", "review", "") + &rule("three", "hold", "from_severity = \"high\"");
        let worth = |decided: &Decided| -> Vec<i64> {
            decided.decision.applications.iter().map(|a| a.amount_if_cleared.unwrap_or(a.amount).minor()).collect()
        };
        prop_assert_eq!(worth(&decide(&flags, &rules)), worth(&round(None, "").decide()));
    }
}
