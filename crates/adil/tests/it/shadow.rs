//! `adil shadow` and `adil independence`: what a round would be without a mandate, and without each source.

use std::path::{Path, PathBuf};

use super::adil;

fn example(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    path.to_str().unwrap().to_owned()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn ireland_divided_again_beside_what_was_paid() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("shadow");
    let (round, actual) =
        (example("ireland-2023-equipment"), example("ireland-2023-equipment/actual_awards.csv"));
    let ended = adil(&["shadow", &round, "--actual", &actual, "--json", "--out", out.to_str().unwrap()]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told = json(&ended.out);
    assert_eq!(told["spent"], "25016655");
    assert_eq!(told["compared_by"], "application_id");
    // Every euro of either division is in one of the rows.
    let mut reader = csv::Reader::from_path(out.join("shadow.csv")).unwrap();
    let mut sums = [0i64; 3];
    for row in reader.records().map(Result::unwrap) {
        for (sum, cell) in sums.iter_mut().zip([&row[3], &row[4], &row[5]]) {
            *sum += cell.parse::<i64>().unwrap();
        }
    }
    assert_eq!(sums[0], 25_016_655);
    assert_eq!(sums[1].to_string(), told["awarded"].as_str().unwrap());
    let counties: i64 = told["places"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["level"] == "county")
        .map(|p| p["actual"].as_str().unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(counties, 25_016_655);
    let page = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(
        page.contains("would have gone elsewhere") && !page.contains("division-"),
        "every message is there"
    );
}

#[test]
fn a_round_needs_no_office() {
    let (round, rules) = (example("kazakhstan-ulytau"), example("kazakhstan/shadow.toml"));
    let actual = example("kazakhstan-ulytau/history.csv");
    let silent = ["--no-applications", "--without", "inspection", "--without", "treasury", "--json"];
    let ended = adil(&[&["shadow", &round, "--policy", &rules, "--actual", &actual][..], &silent].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told = json(&ended.out);
    let number = |key: &str| told[key].as_str().unwrap().parse::<f64>().unwrap();
    assert!(number("awarded") > 0.9 * number("spent"), "{told:#}");
    assert_eq!(told["compared_by"], "facility_id");
    assert_eq!(told["is_the_decision"], false);
}

#[test]
fn a_source_that_is_misspelt_is_no_source() {
    let (round, actual) = (example("kazakhstan-ulytau"), example("kazakhstan-ulytau/history.csv"));
    let ended = adil(&["shadow", &round, "--actual", &actual, "--without", "inspecton"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("Did you mean `inspection`?"), "{}", ended.err);
}

#[test]
fn awards_that_can_not_be_used_are_refused() {
    let place = tempfile::tempdir().unwrap();
    let round = example("kazakhstan-ulytau");
    for (text, code) in [
        ("", "empty-file"),
        ("name,amount\nA,5\n", "missing-column"),
        ("facility_id,paid\nA,5\n", "missing-column"),
        ("facility_id,amount\nA,five\n", "not-money"),
        ("facility_id,amount\nA,0\n", "nothing-spent"),
    ] {
        let actual = place.path().join("awards.csv");
        std::fs::write(&actual, text).unwrap();
        let ended = adil(&["shadow", &round, "--actual", actual.to_str().unwrap()]);
        assert_eq!(ended.code, 1, "{text:?}: {}", ended.err);
        assert!(ended.err.contains(code), "{text:?}: {}", ended.err);
    }
}

/// With every source, with the verifier withdrawn, and with every optional source withdrawn.
#[test]
fn kazakhstan_stands_without_its_verifier() {
    let ended = adil(&["independence", &example("kazakhstan-ulytau"), "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let rows = json(&ended.out);
    let row = |source: &str| rows.as_array().unwrap().iter().find(|r| r["source"] == source).unwrap().clone();
    let names: Vec<&str> = rows.as_array().unwrap().iter().map(|r| r["source"].as_str().unwrap()).collect();
    assert_eq!(names, ["accountability", "open-registers", "inspection", "treasury", "*"]);
    assert!(row("accountability")["share_moved"].as_f64().unwrap() < 0.05);
    let paid = row("*")["awarded"].as_str().unwrap().parse::<f64>().unwrap();
    assert!(paid > 0.9 * 526_000_000.0, "the money is paid with no outside source at all: {paid}");
    for row in rows.as_array().unwrap() {
        let known = ["independent", "rests-on-it"].contains(&row["verdict"].as_str().unwrap());
        assert!(known && row["rank_correlation"].as_f64().unwrap() > 0.9, "{row:#}");
    }
    for lang in ["kk", "ru", "en"] {
        let ended = adil(&["independence", &example("kazakhstan-ulytau"), "--lang", lang]);
        assert!(!ended.out.contains("verdict-") && !ended.out.contains("column-"), "{}", ended.out);
    }
}
