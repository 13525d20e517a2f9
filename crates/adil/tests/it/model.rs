//! `adil model`: from a table to points, from points to predictions, and a line changed by hand.

use std::fmt::Write as _;

use serde_json::Value;

use super::import::Place;
use super::{Ended, adil};

/// Halls: the larger the more visits, the farther the fewer; pools have more, and some distances are not known.
pub(super) fn halls() -> String {
    let mut text = String::from("year,hall,kind,area,distance,visits\n");
    for at in 0..400u32 {
        let (area, distance) = (100 + at * 37 % 900, at * 53 % 40);
        let kind = if at % 5 == 0 { "pool" } else { "hall" };
        let visits = area / 20 + if kind == "pool" { 30 } else { 0 } + 40 - distance + at * 7 % 5;
        let far = if at % 11 == 0 { String::new() } else { distance.to_string() };
        let _ = writeln!(text, "{},h{},{kind},{area},{far},{visits}", 2022 + at % 3, at % 80);
    }
    text
}

const TRAIN: [&str; 8] =
    ["--target", "visits", "--loss", "poisson", "--monotone", "area:+,distance:-", "--drop", "hall,year"];

fn train(place: &Place, more: &[&str]) -> Ended {
    let data = place.write("halls.csv", &halls());
    let out = place.path("model.json");
    adil(&[&["model", "train", "--data", &data, "--out", &out], &TRAIN[..], more].concat())
}

fn model(place: &Place) -> Value {
    serde_json::from_str(&place.read("model.json")).unwrap()
}

#[test]
fn a_model_is_learned_and_used() {
    let place = Place::new();
    let ended = train(&place, &[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("400 rows, 3 columns, 5 folds\n"), "{}", ended.out);
    let first = place.read("model.json");
    assert_eq!(train(&place, &["--threads", "1"]).code, 0);
    assert_eq!(place.read("model.json"), first, "one thread gives the same bytes");
    let rows = place.write(
        "new.csv",
        "kind,area,distance\npool,900,0\nhall,900,0\nhall,100,0\nhall,100,39\nice rink,100,\n",
    );
    let (model, out) = (place.path("model.json"), place.path("found.csv"));
    let ended = adil(&["model", "predict", "--model", &model, "--data", &rows, "--out", &out]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let found = place.read("found.csv");
    let means: Vec<[f64; 3]> = found
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<f64> = line.split(',').skip(1).map(|cell| cell.parse().unwrap()).collect();
            [cells[0], cells[1], cells[2]]
        })
        .collect();
    assert_eq!(means.len(), 5, "{found}");
    assert!(means.iter().all(|[mean, low, high]| low <= mean && mean <= high), "{found}");
    assert!(means[0][0] > means[1][0] && means[1][0] > means[2][0] && means[2][0] > means[3][0], "{found}");
}

#[test]
fn packed_tables_are_read_and_folds_can_be_years() {
    let place = Place::new();
    assert_eq!(train(&place, &[]).code, 0);
    let by_rows = place.read("model.json");
    let data = place.path("halls.csv.gz");
    let mut packed =
        flate2::write::GzEncoder::new(std::fs::File::create(&data).unwrap(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, halls().as_bytes()).unwrap();
    packed.finish().unwrap();
    let out = place.path("model.json");
    let train = [
        "model",
        "train",
        "--data",
        &data,
        "--target",
        "visits",
        "--loss",
        "poisson",
        "--monotone",
        "area:+,distance:-",
        "--drop",
        "hall",
        "--by",
        "year",
        "--out",
        &out,
        "--json",
    ];
    let ended = adil(&train);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.json()["folds"], 3);
    assert!(ended.json()["deviance_explained"].as_f64().unwrap() > 0.85, "{}", ended.out);
    assert_ne!(place.read("model.json"), by_rows);
    assert_eq!(model(&place)["folds"][0]["rows"], 134);
}

#[test]
fn what_cannot_be_learned_is_said_and_nothing_written() {
    let place = Place::new();
    let data = place.write("halls.csv", &halls());
    let out = place.path("model.json");
    let fixed = ["model", "train", "--data", &data, "--out", &out];
    for (more, code, said) in [
        (vec!["--target", "visitors"], 1, "Did you mean `visits`?"),
        (vec!["--target", "kind"], 1, "not-a-number"),
        (vec!["--target", "visits", "--loss", "gamma", "--monotone", "kind:+"], 1, "holds words"),
        (vec!["--target", "visits", "--monotone", "colour:+"], 1, "is no feature"),
        (vec!["--target", "visits", "--by", "hall"], 1, "80 different values"),
        (vec!["--target", "visits", "--monotone", "area"], 2, "COLUMN:+"),
        (vec!["--target", "visits", "--loss", "cubed"], 2, "cubed"),
    ] {
        let ended = adil(&[&fixed[..], &more].concat());
        assert_eq!(ended.code, code, "{more:?} {}", ended.err);
        assert!(ended.err.contains(said), "{more:?} {}", ended.err);
    }
    let twice = |line: &str| format!("{line},{}", line.rsplit(',').next().unwrap());
    let copied = halls().lines().map(twice).collect::<Vec<_>>().join("\n");
    let data = place.write("copied.csv", &copied.replacen("visits,visits", "visits,again", 1));
    let ended = adil(&["model", "train", "--data", &data, "--target", "visits", "--out", &out]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("`again` is the same as `visits`"), "{}", ended.err);
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn a_line_is_changed_on_record() {
    let place = Place::new();
    assert_eq!(train(&place, &[]).code, 0);
    let path = place.path("model.json");
    let before = model(&place);
    let kind = before["terms"].as_array().unwrap().iter().position(|t| t["feature"] == "kind").unwrap();
    let edit = |line: &str, points: &str, feature: &str| {
        adil(&[
            "model",
            "edit",
            &path,
            "--feature",
            feature,
            "--line",
            line,
            "--points",
            points,
            "--by",
            "Policy unit",
            "--because",
            "Pools were closed for repair in 2023.",
        ])
    };
    let ended = edit("1", "-0.25", "kind");
    assert_eq!(ended.code, 0, "{}", ended.err);
    let after = model(&place);
    assert_eq!(after["terms"][kind]["points"][1], -250_000);
    let record = &after["edits"][0];
    assert_eq!(record["from"], before["terms"][kind]["points"][1]);
    assert_eq!((&record["to"], &record["by"]), (&Value::from(-250_000), &Value::from("Policy unit")));
    // Neither against its direction, nor where there is no line.
    for (line, points, feature, said) in [
        ("0", "9", "area", "go against `monotone`"),
        ("77", "0", "kind", "is no line of `kind`"),
        ("0", "much", "kind", "is no number of points"),
        ("0", "0", "colour", "no table for `colour`"),
    ] {
        let ended = edit(line, points, feature);
        assert_eq!(ended.code, 1, "{}", ended.out);
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    assert_eq!(model(&place), after);
    // What somebody did by hand in the file itself is found out.
    place.write("model.json", &place.read("model.json").replacen("\"other\": ", "\"other\": \"", 1));
    let rows = place.write("new.csv", "kind,area\nhall,100\n");
    let ended =
        adil(&["model", "predict", "--model", &path, "--data", &rows, "--out", &place.path("found.csv")]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("bad-model"), "{}", ended.err);
}
