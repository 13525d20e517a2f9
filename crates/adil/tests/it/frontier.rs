//! `adil what-if --frontier`: a trade-off on the terminal, as JSON and as a folder.

use std::collections::BTreeMap;
use std::fs;

use super::Round;

#[test]
fn a_trade_off_is_said_and_written_elsewhere_alone() {
    let round = Round::tiny();
    let before = round.bytes();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("trade-off");
    let written = |threads: &str| -> (String, BTreeMap<String, Vec<u8>>) {
        let out = out.to_str().unwrap();
        let ended = round.adil(
            &["what-if"],
            &["--frontier", "need.members:need.past", "--points", "40", "--out", out, "--threads", threads],
        );
        assert_eq!((ended.code, ended.err.as_str()), (0, ""));
        let files = fs::read_dir(out).unwrap().map(Result::unwrap);
        let read = files.map(|f| (f.file_name().into_string().unwrap(), fs::read(f.path()).unwrap()));
        (ended.out, read.collect())
    };
    let (said, files) = written("2");
    assert!(said.starts_with("This is not the decision.") && said.contains("This is no advice."), "{said}");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["SHA256SUMS", "frontier.json", "index.html"]);
    assert_eq!(written("1"), (said, files.clone()), "the same bytes, in the place of the old ones");
    assert_eq!(round.bytes(), before, "the round is as it was");

    let arguments = ["--frontier", "need.members:need.past", "--points", "40", "--json"];
    let ended = round.adil(&["what-if"], &arguments);
    assert_eq!(ended.out.as_bytes(), files["frontier.json"]);
    let json = ended.json();
    assert_eq!(json["is_the_decision"], false);
    assert_eq!(json["goals"][0]["id"], "need.members");
    assert_eq!(json["chosen"]["weights"]["need.members"], "60");
    let curve = json["curve"].as_array().unwrap();
    assert!(curve.len() > 2);
    let decimal = |point: &serde_json::Value, goal: usize| -> f64 {
        point["reached"][goal].as_str().unwrap().parse().unwrap()
    };
    assert!(
        curve
            .windows(2)
            .all(|p| decimal(&p[0], 0) < decimal(&p[1], 0) && decimal(&p[0], 1) > decimal(&p[1], 1))
    );

    let words: Vec<String> = ["kk", "ru"]
        .iter()
        .map(|lang| round.adil(&["what-if"], &["--frontier", "need.members:funded", "--lang", lang]).out)
        .collect();
    assert!(words[0].starts_with("Бұл шешім емес.") && words[1].starts_with("Это не решение."));
}

#[test]
fn a_question_that_can_not_be_asked_is_refused() {
    let round = Round::tiny();
    for (arguments, said) in [
        (&["--frontier", "need.membres:need.past"][..], "Did you mean `need.members`?"),
        (&["--frontier", "need"], "is not a pair of goals"),
        (&["--frontier", "need:need"], "stands on both sides"),
        (&["--frontier", "need:funded", "--set", "budget=5"], "cannot be used with"),
        (&["--set", "budget=5", "--seed", "3"], "cannot be used with"),
        (&["--frontier", "need:funded", "--points", "3"], "3 is not in 10..=20000"),
        (&[], "--set"),
    ] {
        let ended = round.adil(&["what-if"], arguments);
        assert!(
            ended.code == 2 && ended.out.is_empty() && ended.err.contains(said),
            "{arguments:?}: {ended:?}"
        );
    }
    let json = round.adil(&["what-if"], &["--frontier", "nothing:need", "--json"]);
    assert_eq!(json.code, 2);
    assert!(json.json()["message"].as_str().unwrap().contains("Its goals are: "));
}
