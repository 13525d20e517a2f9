//! The simulated country: the region that is kept is made anew byte by byte, divided and verified; the demo runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Round, adil};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Every file that the simulation writes, by its path.
fn made(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let round = Round { _place: tempfile::tempdir().unwrap(), folder: folder.to_owned() };
    let own = |path: &PathBuf| {
        !path.starts_with("decision")
            && !path.starts_with("models")
            && ![Path::new("policy.toml"), Path::new("problems.csv")].contains(&path.as_path())
    };
    round.bytes().into_iter().filter(|(path, _)| own(path)).collect()
}

#[test]
fn the_kept_region_is_what_the_simulation_gives() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("ulytau");
    let region =
        ["simulate", "kazakhstan", "--seed", "1", "--region", "620000000", "--no-timesheets", "--out"];
    let ended = adil(&[&region[..], &[out.to_str().unwrap()]].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let (kept, fresh) = (made(&example("kazakhstan-ulytau")), made(&out));
    assert_eq!(
        kept.keys().collect::<Vec<_>>(),
        fresh.keys().collect::<Vec<_>>(),
        "cargo xtask kazakhstan makes the folder anew"
    );
    for (name, bytes) in &kept {
        assert!(fresh[name] == *bytes, "{} is stale: cargo xtask kazakhstan", name.display());
    }
}

#[test]
fn the_model_of_use_is_what_its_rows_make() {
    let place = tempfile::tempdir().unwrap();
    let (country, out) = (place.path().join("country"), place.path().join("use.json"));
    let ended = adil(&[
        "simulate",
        "kazakhstan",
        "--seed",
        "1",
        "--no-timesheets",
        "--out",
        country.to_str().unwrap(),
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let models = example("kazakhstan").join("models");
    let training = std::fs::read_to_string(models.join("use.args")).unwrap();
    let (data, titles) = (country.join("facilities.csv"), models.join("titles.csv"));
    let files = [
        "--data",
        data.to_str().unwrap(),
        "--titles",
        titles.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let ended = adil(&[&["model", "train"], &files[..], &training.lines().collect::<Vec<_>>()].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let made = std::fs::read(&out).unwrap();
    for folder in ["kazakhstan", "kazakhstan-ulytau"] {
        let kept = std::fs::read(example(folder).join("models/use.json")).unwrap();
        assert!(kept == made, "{folder}/models/use.json is stale: cargo xtask kazakhstan");
    }
}

#[test]
fn its_rules_are_the_national_ones() {
    let read = |folder: &str| std::fs::read_to_string(example(folder).join("policy.toml")).unwrap();
    let (national, own) = (read("kazakhstan"), read("kazakhstan-ulytau"));
    let different = national.lines().zip(own.lines()).filter(|(national, own)| national != own);
    let keys: Vec<&str> = different.map(|(line, _)| line.split('=').next().unwrap().trim()).collect();
    assert_eq!((national.lines().count(), keys), (own.lines().count(), vec!["id", "budget"]));
}

#[test]
fn the_kept_region_runs_and_verifies() {
    let round = Round::copy(&example("kazakhstan-ulytau"), "ulytau");
    for command in [&["check", "--strict"][..], &["run"], &["verify"]] {
        let ended = round.adil(command, &[]);
        assert_eq!(ended.code, 0, "{command:?}: {}{}", ended.out, ended.err);
    }
    // A parent follows the forecast line by line.
    let ended = round.adil(&["explain"], &["A-621000000-00001", "--lang", "ru"]);
    for said in ["Это прогноз.", "В селе, нет (false): +", "models/use.json"] {
        assert!(ended.out.contains(said), "{said}: {}", ended.out);
    }
    // Every point's visits are in exactly one district, and districts add up to the region.
    let table = round.read("decision/reach_territories.csv");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let wanted = |level: &str| -> Vec<i128> {
        rows.iter().filter(|r| r[2] == level).map(|r| millionths(r[3])).collect()
    };
    let points = round.read("decision/reach_points.csv");
    let all: i128 = points.lines().skip(1).map(|line| millionths(line.split(',').nth(2).unwrap())).sum();
    assert_eq!(wanted("region"), [all]);
    assert_eq!(wanted("district").iter().sum::<i128>(), all);
    assert_eq!(wanted("district").len(), 5);
}

#[test]
fn the_demo_makes_a_country_and_divides_its_budget() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("demo");
    let path = out.to_str().unwrap();
    let ended = adil(&["demo", "--scale", "0.02", "--lang", "en", "--no-open", "--out", path]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("Mass sport 2024"), "{}", ended.out);
    assert!(ended.out.contains("Simulated data."), "{}", ended.out);
    assert!(ended.err.ends_with("report.html\n"), "{}", ended.err);
    let page = std::fs::read_to_string(out.join("decision/report.html")).unwrap();
    assert!(page.contains("Simulated"), "a page of simulated data says so");
    assert_eq!(adil(&["verify", path]).code, 0);
    // Again, into the same folder: what an earlier demo left is replaced.
    assert_eq!(adil(&["demo", "--scale", "0.01", "--no-open", "--out", path]).code, 0);
    assert_eq!(adil(&["demo", "--scale", "0", "--no-open", "--out", path]).code, 2);
}

fn millionths(decimal: &str) -> i128 {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{whole}{fraction:0<6}").parse().unwrap()
}
