//! Many operators: who is asked, what is kept.

use std::collections::BTreeSet;
use std::path::Path;

use adil_domain::{Outcome, Problems};
use adil_sources::registers::{Options, Provider, subjects};
use adil_sources::sheet::Sheet;
use serde_json::json;

use super::{BIN, IIN, body, operators, options, run_with};
use crate::stub::{Answer, Stub, status};

fn read_all(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.push_str(&path.display().to_string());
        all.push_str(&if path.is_dir() { read_all(&path) } else { std::fs::read_to_string(path).unwrap() });
    }
    all
}

#[test]
fn a_second_run_asks_what_is_missing_or_old() {
    let folder = tempfile::tempdir().unwrap();
    let (three, _) = operators(&format!("operator_id\n{BIN}\n491241000004\n{IIN}\n"));
    assert_eq!(three.subjects.len(), 3);
    let on = |day: &str, max_age_days| Options {
        day: day.parse().unwrap(),
        cache: Some(folder.path().join("answers")),
        max_age_days,
        ..options(&three)
    };
    let clean = || body(json!({"items": [], "next_page": ""}));
    let stub = Stub::new(vec![clean(), status("404 No"), clean()]);
    let first = run_with(Provider::Goszakup, &stub, &three, &on("2026-02-03", 30));
    assert_eq!((first.answers.asked, first.answers.kept, first.answers.unanswered), (3, 0, 1));

    // The one that failed is asked again, and the others keep the day on which they answered.
    let stub = Stub::new(vec![clean()]);
    let second = run_with(Provider::Goszakup, &stub, &three, &on("2026-03-05", 30));
    assert_eq!((second.answers.asked, second.answers.kept, second.answers.unanswered), (1, 2, 0));
    assert_eq!(second.answers.oldest.unwrap().to_string(), "2026-02-03");
    assert!(second.codes().contains("register-cached"));
    let days: BTreeSet<String> = second.answers.rows.iter().map(|r| r.as_of.to_string()).collect();
    assert_eq!(days, ["2026-02-03", "2026-03-05"].map(str::to_owned).into());

    // A day later two are too old; on an earlier day nothing kept may be used.
    let stub = Stub::new(vec![clean(), clean()]);
    assert_eq!(run_with(Provider::Goszakup, &stub, &three, &on("2026-03-06", 30)).answers.asked, 2);
    let stub = Stub::new(vec![clean(), clean(), clean()]);
    assert_eq!(run_with(Provider::Goszakup, &stub, &three, &on("2026-01-01", 30)).answers.asked, 3);

    // A damaged file is asked for again, and neither key nor a person's number is kept.
    let all = read_all(folder.path());
    assert!(!all.contains(IIN) && !all.contains("s3cret"), "{all}");
    std::fs::write(folder.path().join(format!("answers/goszakup/{BIN}.json")), "{\"day\":").unwrap();
    let stub = Stub::new(vec![clean()]);
    let ended = run_with(Provider::Goszakup, &stub, &three, &on("2026-01-02", 30));
    assert!(ended.codes().contains("register-cache"));
    assert_eq!(ended.answers.asked, 1);
}

#[test]
fn a_service_that_is_not_there_is_left_alone() {
    let many = (0..12).map(bin).collect::<Vec<_>>().join("\n");
    let (many, _) = operators(&format!("operator_id\n{many}"));
    assert_eq!(many.subjects.len(), 12);
    let stub = Stub::new(vec![status("403 Forbidden")]);
    let ended = run_with(Provider::Goszakup, &stub, &many, &options(&many));
    assert_eq!((stub.asked().len(), ended.answers.unanswered), (1, 12));
    assert!(ended.codes().contains("register-stopped"));
    let stub = Stub::new(vec![status("404 No"); 12]);
    let ended = run_with(Provider::Goszakup, &stub, &many, &options(&many));
    assert_eq!((stub.asked().len(), ended.answers.rows.len()), (5, 12));
}

/// Made-up BINs with a right check digit.
fn bin(serial: u32) -> String {
    let mut found = (0..=9).map(move |digit| format!("49124001{serial:03}{digit}"));
    let scheme = adil_domain::identifier::Scheme::KzBin;
    found.find(|text| scheme.parse(text).is_ok()).unwrap_or_else(|| bin(serial + 100))
}

#[test]
fn who_cannot_be_asked_about_is_said() {
    let hash = "ab".repeat(32);
    let table = format!("operator_id\n{BIN}\n{BIN}\n491240000008\nDE123\n{hash}\n51040005150\n{IIN}\n");
    let (found, problems) = operators(&table);
    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
    assert_eq!(
        codes,
        ["doubtful-identifier", "not-asked", "not-asked", "identifier-repadded"],
        "{problems:?}"
    );
    assert_eq!(found.subjects.len(), 3);
    assert_eq!(found.ids.len(), 6);
    assert!(!format!("{found:?}{problems:?}").contains(IIN));

    // Asked in plain, written as a hash.
    let (person, _) = operators(&format!("operator_id\n{IIN}\n"));
    let stub = Stub::new(vec![body(json!({"items": [], "next_page": ""}))]);
    let ended = run_with(Provider::Goszakup, &stub, &person, &options(&person));
    assert!(stub.asked()[0].contains(IIN));
    assert_eq!(ended.answers.rows[0].operator_id.len(), 64);
    assert!(!ended.everything().contains(IIN));
    // An answer about somebody else, and an echo, do not show the number either.
    let echo = Answer { body: format!("not found: {IIN}"), ..status("404 Not Found") };
    let ended = run_with(Provider::Goszakup, &Stub::new(vec![echo]), &person, &options(&person));
    assert!(!ended.everything().contains(IIN), "{}", ended.everything());
    // The register of legal entities is not asked about people.
    let stub = Stub::new(Vec::new());
    let ended = run_with(Provider::Egov, &stub, &person, &options(&person));
    assert!(stub.asked().is_empty() && ended.codes().contains("not-asked"));
    assert_eq!(ended.outcome("registered"), Outcome::Unknown);

    let mut problems = Problems::new();
    let sheet = Sheet::read("operators.csv", table.as_bytes(), None, &mut problems).unwrap();
    let kz = adil_domain::country::pack("kz").unwrap();
    let without_key = subjects(&sheet, kz, None, &mut problems);
    assert!(problems.iter().any(|p| p.code == "personal-identifier"));
    assert_eq!((without_key.subjects.len(), without_key.ids.len()), (2, 5));
}
