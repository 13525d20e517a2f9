//! What the terminal shows, in three languages.

use std::fmt::Write as _;

use adil_domain::Language;
use adil_report::text::{self, RunSummary};
use adil_round::what_if::Answer;

use crate::{DECISION, decided, files};

#[test]
fn summary_fits_a_screen() {
    for language in Language::PRODUCT {
        let run = RunSummary { round: "small", out: "small/decision", holds: Some(true) };
        let said = text::summary(&DECISION, run, language);
        assert!(said.lines().count() <= 24, "{said}");
        insta::assert_snapshot!(format!("summary-{language}"), said);
    }
}

#[test]
fn explanations() {
    for language in Language::PRODUCT {
        let mut said = String::new();
        for application in &DECISION.applications {
            let _ = writeln!(said, "{}\n────", text::explanation(&DECISION, application, language));
        }
        insta::assert_snapshot!(format!("explanations-{language}"), said);
    }
}

#[test]
fn differences() {
    let mut other = files();
    let policy = include_str!("round/policy.toml")
        .replace("weight  = 50", "weight  = 60")
        .replace("weight  = 20", "weight  = 10");
    other.insert("policy.toml".into(), policy.replace("0.55 * pot", "0.7 * pot").into_bytes());
    let after = Answer::from(&decided(&other));
    for language in Language::PRODUCT {
        insta::assert_snapshot!(
            format!("differences-{language}"),
            text::differences(&DECISION, &after, language)
        );
    }
    let none = text::differences(&DECISION, &Answer::from(&*DECISION), Language::EN);
    assert!(none.starts_with("This is not the decision."), "{none}");
}

#[test]
fn a_name_can_not_steer_the_terminal() {
    let mut decision = DECISION.clone();
    for application in &mut decision.applications {
        application.name = "\u{1b}[2J\u{1b}]0;owned\u{7}".into();
    }
    let run = RunSummary { round: "small", out: "small/decision", holds: None };
    let mut said = text::summary(&decision, run, Language::EN);
    said.push_str(&text::explanation(&decision, &decision.applications[0], Language::EN));
    said.push_str(&text::differences(&decision, &Answer::from(&decision), Language::EN));
    assert!(!said.contains(['\u{1b}', '\u{7}']));
}

#[test]
fn rules() {
    let sections = DECISION.policy.explain(Language::EN, &DECISION.schema);
    let said = text::policy(&sections, Language::EN);
    assert!(said.contains("There is no tax debt") && said.contains("§ 12"), "{said}");
}
