//! `adil simulate`.

use std::fs;

use serde_json::Value;

use crate::adil;

#[test]
fn a_region_is_made_and_is_a_round() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("round");
    let out = out.to_str().unwrap();
    let arguments =
        ["simulate", "kazakhstan", "--seed", "3", "--scale", "0.05", "--region", "790000000", "--out", out];
    let ended = adil(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("SIMULATED"), "{}", ended.out);
    assert!(ended.out.ends_with(&format!("→ {out}\n")), "{}", ended.out);
    let read = |file: &str| fs::read_to_string(format!("{out}/{file}")).unwrap();
    assert!(read("README.txt").contains("ИМИТАЦИЯ"));
    assert_eq!(read("territories.csv").lines().count(), 7);
    assert!(read("timesheets/2023-12.csv").lines().count() > 100);
    let package: Value = serde_json::from_str(&read("datapackage.json")).unwrap();
    assert_eq!(package["simulated"], true);

    let json = adil(&[&arguments[..], &["--json", "--no-timesheets"]].concat()).json();
    assert_eq!(json["population"], 1_191_877);
    assert_eq!(json["facilities"], read("facilities.csv").lines().count() - 1);
    assert!(!fs::exists(format!("{out}/timesheets")).unwrap(), "the earlier simulation is gone as a whole");
}

#[test]
fn rules_are_put_beside_the_tables() {
    let place = tempfile::tempdir().unwrap();
    let policy = place.path().join("rules.toml");
    fs::write(&policy, "# rules\n").unwrap();
    let out = place.path().join("round");
    let (policy, out) = (policy.to_str().unwrap(), out.to_str().unwrap());
    let arguments =
        ["simulate", "kazakhstan", "--scale", "0.01", "--region", "620000000", "--policy", policy];
    assert_eq!(adil(&[&arguments[..], &["--out", out]].concat()).code, 0);
    assert_eq!(fs::read_to_string(format!("{out}/policy.toml")).unwrap(), "# rules\n");
}

#[test]
fn what_can_not_be_made_is_said_and_nothing_is_written() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("round");
    let out = out.to_str().unwrap();
    for (wrong, code, said) in [
        (&["--scale", "0"][..], 2, "the scale 0 can't be simulated"),
        (&["--region", "790000001"], 2, "Did you mean `790000000`?"),
        (&["--seed", "many"], 2, "invalid value"),
        (&["--policy", "/nowhere/rules.toml"], 1, "/nowhere/rules.toml can't be read"),
        (&["--attendance", "--no-timesheets"], 2, "cannot be used with"),
    ] {
        let ended = adil(&[&["simulate", "kazakhstan", "--out", out], wrong].concat());
        assert_eq!(ended.code, code, "{wrong:?}: {}", ended.err);
        assert!(ended.err.contains(said), "{wrong:?}: {}", ended.err);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "{wrong:?}");
    }
    let foreign = place.path().join("mine");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("notes.txt"), "mine").unwrap();
    let ended = adil(&["simulate", "kazakhstan", "--out", foreign.to_str().unwrap()]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("holds files that are no simulation"), "{}", ended.err);
    assert!(foreign.join("notes.txt").exists());
}
