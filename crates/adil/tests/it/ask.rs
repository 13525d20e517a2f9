//! The commands that answer questions and write no decision.

use std::fs;

use super::{Round, adil};

#[test]
fn a_check_lists_every_problem_and_decides_nothing() {
    let round = Round::tiny();
    let ended = round.adil(&["check"], &[]);
    assert_eq!(ended.code, 0, "warnings alone stop nothing");
    assert!(ended.out.contains("warning[missing-amount]"), "{}", ended.out);
    assert!(ended.out.ends_with("0 errors, 2 warnings.\n"), "{}", ended.out);
    assert_eq!(round.adil(&["check"], &["--strict"]).code, 1);
    let clean = Round::tiny();
    clean.edit("applications.csv", "op-6,X,40,,", "op-6,X,40,100,");
    clean.edit("applications.csv", "op-5,Y,,", "op-5,Y,10,");
    let ended = clean.adil(&["check"], &["--strict"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, "No problems.\n"));

    round.edit("applications.csv", "T-02", "T-01");
    round.edit("checks.csv", "pass", "PASS");
    let ended = round.adil(&["check"], &[]);
    assert_eq!(ended.code, 1);
    for code in ["error[duplicate-id]", "error[unknown-outcome]", "2 errors"] {
        assert!(ended.out.contains(code), "{}", ended.out);
    }
    let json = round.adil(&["check"], &["--json"]);
    assert_eq!(json.code, 1);
    let json = json.json();
    let problems = json["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[0]["file"], "applications.csv");
    assert_eq!(
        (problems[0]["line"].as_u64(), problems[0]["column"].as_str()),
        (Some(3), Some("application_id"))
    );
    assert_eq!(round.bytes().len(), 6, "a check writes nothing");
}

#[test]
fn a_drafted_package_checks_clean_of_errors_and_is_kept() {
    let round = Round::tiny();
    let ended = round.adil(&["check"], &["--write-package"]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    let draft: serde_json::Value = serde_json::from_str(&round.read("datapackage.json")).unwrap();
    let resources = draft["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 5, "one for each table");
    let again = round.adil(&["check"], &[]);
    assert_eq!(again.code, 0);
    assert!(
        again.out.ends_with("0 errors, 17 warnings.\n"),
        "what only a person can say is asked for: {}",
        again.out
    );
    assert_eq!(round.adil(&["check"], &["--strict"]).code, 1);
    // What a person filled in stays when the draft is made again.
    round.edit("datapackage.json", "date not yet stated", "2023-12-01");
    assert_eq!(round.adil(&["check"], &["--write-package"]).code, 0);
    assert!(round.read("datapackage.json").contains("2023-12-01"));
    assert!(round.adil(&["check"], &[]).out.ends_with("0 errors, 16 warnings.\n"));
    // A package is an input like any other.
    assert_eq!(round.adil(&["run"], &[]).code, 0);
    assert!(round.read("decision/decision.json").contains("datapackage.json"));
}

#[test]
fn why_this_amount() {
    let round = Round::tiny();
    for (id, words) in
        [("T-01", "Athletics One"), ("T-03", "Cycling Three"), ("T-04", "bankrupt"), ("T-06", "T-06")]
    {
        let ended = round.adil(&["explain"], &[id]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{id}");
        assert!(ended.out.contains(words), "{id}: {}", ended.out);
    }
    let said: Vec<String> =
        ["en", "ru", "kk"].iter().map(|l| round.adil(&["explain"], &["T-01", "--lang", l]).out).collect();
    assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2]);

    let json = round.adil(&["explain"], &["T-01", "--json"]).json();
    assert_eq!(json["application"], "T-01");
    assert_eq!(json["score"], "65.000000");
    let stated: Vec<&str> =
        json["points"].as_array().unwrap().iter().map(|p| p["points"].as_str().unwrap()).collect();
    assert_eq!(stated, ["45.000000", "20.000000"]);
    assert!(!round.folder.join("decision").exists(), "an explanation decides in memory alone");
}

#[test]
fn an_application_that_is_not_there_suggests_the_nearest() {
    let round = Round::tiny();
    let ended = round.adil(&["explain"], &["T-0l"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(
        ended.err.starts_with("There is no application `T-0l` in this round. Did you mean `T-01`?"),
        "{}",
        ended.err
    );
}

#[test]
fn what_if_shows_and_writes_nothing() {
    let round = Round::decided();
    let before = round.bytes();
    let ended = round.adil(&["what-if"], &["--set", "weight.need.past=80"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert!(ended.out.starts_with("This is not the decision."), "{}", ended.out);

    let json =
        round.adil(&["what-if"], &["--set", "weight.need.past=80", "--set", "budget=5000", "--json"]).json();
    assert_eq!(json["is_the_decision"], false);
    assert_eq!(json["weights"]["before"]["need.members"], "60");
    assert_eq!(json["weights"]["after"]["need.members"], "20");
    assert_eq!(json["budget"]["after"], "5000");
    assert!(!json["changes"].as_array().unwrap().is_empty());

    let same = round.adil(&["what-if"], &["--set", "weight.need.past=40", "--json"]).json();
    assert_eq!(same["changes"].as_array().unwrap().len(), 0);

    for (change, said) in [
        ("weight.need.psat=3", "Did you mean `need.past`?"),
        ("weight.need.past=101", "not a number from 0 to 100"),
        ("budget=0", "not an amount of money above zero"),
        ("colour=red", "is not a change"),
    ] {
        let ended = round.adil(&["what-if"], &["--set", change]);
        assert!(ended.code != 0 && ended.out.is_empty() && ended.err.contains(said), "{change}: {ended:?}");
    }
    assert_eq!(round.bytes(), before);
}

#[test]
fn the_rules_as_sentences_in_three_languages() {
    let round = Round::tiny();
    let said = |lang: &str| {
        let ended = round.adil(&["policy", "explain"], &["--lang", lang]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""));
        ended.out
    };
    let (en, ru, kk) = (said("en"), said("ru"), said("kk"));
    assert!(en.contains("Tiny round") && ru.contains("Маленький раунд") && kk.contains("Шағын раунд"));
    let json = round.adil(&["policy", "explain"], &["--json"]).json();
    assert!(json["sections"].as_array().unwrap().len() > 3);
    assert!(json["sections"][0]["sentences"][0]["text"].is_string());
}

#[test]
fn answers_for_programs_stay_json_when_the_round_is_refused() {
    let round = Round::tiny();
    round.edit("applications.csv", "T-02", "T-01");
    for (before, after) in [
        (&["run"][..], &["--json"][..]),
        (&["check"], &["--json"]),
        (&["what-if"], &["--set", "budget=3", "--json"]),
        (&["policy", "explain"], &["--json"]),
    ] {
        let ended = round.adil(before, after);
        assert_eq!(ended.code, 1, "{before:?}");
        assert_eq!(ended.json()["problems"][0]["code"], "duplicate-id", "{before:?}");
    }
}

#[test]
fn completions_and_manuals_are_made() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ended = adil(&["completions", shell]);
        assert_eq!(ended.code, 0, "{shell}");
        for word in ["what-if", "verify", "write-package"] {
            assert!(ended.out.contains(word), "{shell} {word}");
        }
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("share/man1");
    let ended = adil(&["man", folder.to_str().unwrap()]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    for page in ["adil", "adil-run", "adil-verify", "adil-policy-explain"] {
        let text = fs::read_to_string(folder.join(format!("{page}.1"))).unwrap();
        assert!(text.contains(".TH"), "{page}");
    }
    let file = place.path().join("file");
    fs::write(&file, "x").unwrap();
    let ended = adil(&["man", file.join("man1").to_str().unwrap()]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("can't be created"), "{}", ended.err);
}
