//! `adil verify`: nothing may be touched without its being said.

use std::fs;

use super::Round;

#[test]
fn a_decision_that_stands() {
    let round = Round::decided();
    let before = round.bytes();
    let ended = round.adil(&["verify"], &[]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert!(ended.out.lines().all(|line| line.starts_with("holds  ")), "{}", ended.out);
    assert_eq!(ended.out.lines().count(), 5);
    assert_eq!(round.adil(&["verify"], &["--threads", "1"]).out, ended.out);
    let json = round.adil(&["verify"], &["--json"]).json();
    assert_eq!(json["holds"], true);
    assert_eq!(json["checks"].as_array().unwrap().len(), 5);
    assert_eq!(round.bytes(), before, "looking changes nothing");
}

#[test]
fn one_digit_changed_in_any_file_is_found_and_named() {
    let round = Round::decided();
    let names: Vec<String> = fs::read_dir(round.folder.join("decision"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 11);
    for name in names {
        let path = round.folder.join("decision").join(&name);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        let at = bad.iter().rposition(u8::is_ascii_digit).expect("every file has a digit");
        bad[at] = if bad[at] == b'7' { b'3' } else { b'7' };
        fs::write(&path, bad).unwrap();
        let ended = round.adil(&["verify"], &[]);
        assert_eq!(ended.code, 1, "{name}");
        let found: Vec<&str> = ended.out.lines().filter(|l| l.starts_with("       ")).collect();
        assert!(found.iter().any(|f| f.contains(&name)), "{name}: {}", ended.out);
        if path.extension().is_some_and(|e| e == "csv") {
            let place = format!("{name} line ");
            assert!(found.iter().any(|f| f.contains(&place) && f.contains("column ")), "{}", ended.out);
        }
        let json = round.adil(&["verify"], &["--json"]);
        assert_eq!((json.code, &json.json()["holds"]), (1, &serde_json::Value::Bool(false)));
        fs::write(&path, good).unwrap();
    }
    assert_eq!(round.adil(&["verify"], &[]).code, 0, "every file was put back");
}

#[test]
fn one_digit_changed_in_any_input_is_found_and_named() {
    let round = Round::decided();
    for name in
        ["applications.csv", "checks.csv", "history.csv", "operators.csv", "policy.toml", "territories.csv"]
    {
        let good = round.read(name);
        let at = good.rfind(|c: char| c.is_ascii_digit()).unwrap();
        let mut bad = good.clone();
        bad.replace_range(at..=at, if &good[at..=at] == "9" { "8" } else { "9" });
        round.write(name, &bad);
        let ended = round.adil(&["verify"], &[]);
        assert_eq!(ended.code, 1, "{name}");
        assert!(ended.out.contains(&format!("{name} is not the file that was decided on")), "{}", ended.out);
        round.write(name, &good);
    }
    assert_eq!(round.adil(&["verify"], &[]).code, 0);
}

#[test]
fn a_file_more_or_less_and_no_decision_at_all() {
    let round = Round::decided();
    fs::write(round.folder.join("decision/extra.csv"), "x\n").unwrap();
    let ended = round.adil(&["verify"], &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("extra.csv is not listed in SHA256SUMS."));
    fs::remove_file(round.folder.join("decision/extra.csv")).unwrap();
    fs::remove_file(round.folder.join("decision/gates.csv")).unwrap();
    let ended = round.adil(&["verify"], &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("gates.csv is missing."));
    fs::remove_dir_all(round.folder.join("decision")).unwrap();
    let ended = round.adil(&["verify"], &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("Decide the round first: adil run."), "{}", ended.err);
}
