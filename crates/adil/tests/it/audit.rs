//! `adil audit`: a round looked at from outside.

use std::fs;

use super::{Round, adil};

#[test]
fn a_page_and_the_same_for_programs() {
    let round = Round::tiny();
    let ended = round.adil(&["audit"], &["--lang", "en"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("Tiny round\n  Do the criteria do what they say? "), "{}", ended.out);
    assert!(round.plain(&ended.out).ends_with("→ ROUND/audit/index.html\n"), "{}", ended.out);
    let page = round.read("audit/index.html");
    assert!(page.contains("<html lang=\"en\">") && page.contains("Who gets how much?"));
    let json: serde_json::Value = serde_json::from_str(&round.read("audit/audit.json")).unwrap();
    assert_eq!(json["format"], "adil-audit/1");
    assert_eq!(json["round"], "tiny");
    assert_eq!(json["composite"]["indicators"][0]["indicator"], "need.members");
    assert!(!round.folder.join("decision").exists(), "an audit decides nothing that counts");
    // The awarded money of all counties is what was awarded.
    let counties = json["fairness"]["comparisons"][0]["groups"].as_array().unwrap();
    let cents = |value: &serde_json::Value| -> i64 {
        let (whole, part) = value.as_str().unwrap().split_once('.').unwrap_or((value.as_str().unwrap(), "0"));
        whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap()
    };
    assert_eq!(counties.iter().map(|g| cents(&g["amount"])).sum::<i64>(), cents(&json["awarded"]));
}

#[test]
fn it_goes_where_it_is_told_in_the_language_asked_for() {
    let round = Round::tiny();
    let out = round.folder.join("elsewhere");
    let ended = round.adil(&["audit"], &["--out", out.to_str().unwrap(), "--lang", "kk", "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out, fs::read_to_string(out.join("audit.json")).unwrap());
    assert!(fs::read_to_string(out.join("index.html")).unwrap().contains("Кім қанша алады?"));
    assert!(!round.folder.join("audit").exists());
}

#[test]
fn the_same_bytes_again_and_with_one_thread() {
    let round = Round::tiny();
    assert_eq!(round.adil(&["audit"], &[]).code, 0);
    let first = round.bytes();
    assert_eq!(adil(&["audit", round.path(), "--threads", "1"]).code, 0);
    assert_eq!(round.bytes(), first);
}

#[test]
fn a_wrong_round_is_refused_and_an_earlier_audit_stays() {
    let round = Round::tiny();
    assert_eq!(round.adil(&["audit"], &[]).code, 0);
    let page = round.read("audit/index.html");
    round.edit("applications.csv", "T-02", "T-01");
    let ended = round.adil(&["audit"], &["--json"]);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.json()["problems"][0]["code"], "duplicate-id");
    assert_eq!(round.read("audit/index.html"), page);
    assert_eq!(adil(&["audit"]).code, 2, "it needs a round");
}

#[test]
fn a_folder_that_is_no_audit_is_left_alone() {
    let round = Round::tiny();
    fs::create_dir(round.folder.join("audit")).unwrap();
    round.write("audit/notes.txt", "mine");
    let ended = round.adil(&["audit"], &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("can't be replaced"), "{}", ended.err);
    assert_eq!(round.read("audit/notes.txt"), "mine");
}
