//! `docs/model-pools.md`: how well the glass box foretells who comes to New York's pools, beside other programs and a mean.
//!
//! The data is not part of the project, so the page is written where it is at hand and not checked elsewhere.

mod page;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::bench;
use crate::commands::{cargo, output, print, run as run_command, say};
use crate::statistics::{count, mean};

const WORK: &str = "target/pools";
const PAGE: &str = "docs/model-pools.md";
const ADIL: &str = "target/release/adil";
const PEERS: &str = "target/pools/peers.py";

/// Other programs on the same rows: each gets words as categories where it can.
const SCRIPT: &str = include_str!("pools/peers.py");

/// How wrong a program is on rows that it never saw.
#[derive(Debug, Clone)]
pub(crate) struct Result {
    pub(crate) who: String,
    pub(crate) rmse: f64,
    pub(crate) mean_error: f64,
    pub(crate) deviance: f64,
    /// The part of the rows within the interval that was to hold nine of ten.
    pub(crate) covered: Option<f64>,
}

/// Rows to learn from, and rows to try it on.
pub(crate) struct Trial {
    pub(crate) title: &'static str,
    pub(crate) learned: usize,
    pub(crate) tried: usize,
    pub(crate) results: Vec<Result>,
}

pub(crate) fn run(source: &Path) -> anyhow::Result<()> {
    ensure!(
        source.join("sessions.csv").exists(),
        "{} is absent: the page needs New York's sessions and pools, which are not part of the project",
        source.display()
    );
    let release = ["build", "--release", "--locked", "-p", "adil", "--bin", "adil"];
    run_command(cargo().args(release))?;
    fs::create_dir_all(WORK)?;
    fs::write(PEERS, SCRIPT)?;
    let rows = table::rows(source)?;
    let summer = |year: &'static str| {
        (
            rows.iter().filter(move |r| r.year != year).cloned().collect(),
            rows.iter().filter(move |r| r.year == year).cloned().collect(),
        )
    };
    let python = bench::glass_box_peers()?;
    if python.is_none() {
        say("Python or the peers' requirements are absent: the page is written without other programs.");
    }
    let (learned, tried): (Vec<table::Row>, Vec<table::Row>) = summer("2024");
    let third =
        trial("The third summer, from two", &learned, &tried, &["--by", "year"], &[], python.as_deref())?;
    // Every fifth pool of the list; the model may not know pools by name then.
    let pools = table::pools(&rows);
    let held: Vec<&String> = pools.iter().step_by(5).collect();
    let (tried, learned): (Vec<table::Row>, Vec<table::Row>) =
        rows.iter().cloned().partition(|row| held.contains(&&row.pool));
    let new_pools = trial(
        "Pools that it never saw",
        &learned,
        &tried,
        &["--group", "pool"],
        &["pool"],
        python.as_deref(),
    )?;
    let shapes: Value = serde_json::from_str(&fs::read_to_string(format!("{WORK}/third.json"))?)?;
    fs::write(PAGE, page::write(&rows, &[third, new_pools], &shapes)?)?;
    print(PAGE);
    Ok(())
}

/// Trains on some rows and tries it on others, with every program.
fn trial(
    title: &'static str,
    learned: &[table::Row],
    tried: &[table::Row],
    split: &[&str],
    drop: &[&str],
    python: Option<&Path>,
) -> anyhow::Result<Trial> {
    let [learn, test] = [("learn.csv", learned), ("test.csv", tried)].map(|(file, rows)| {
        let path = PathBuf::from(WORK).join(file);
        table::write(&path, rows).map(|()| path)
    });
    let (learn, test) = (learn?, test?);
    let truth: Vec<f64> = tried.iter().map(|row| row.attendance).collect();
    let mut results = Vec::new();
    for (who, pairs) in [("adil", "0"), ("adil, 5 pairs", "5")] {
        let model = if drop.is_empty() && pairs == "0" { "third.json" } else { "model.json" };
        let (model, found) = (format!("{WORK}/{model}"), format!("{WORK}/found.csv"));
        // What rows are split by is no feature; what else must not be one is dropped.
        let dropped =
            ["year", "pool"].into_iter().filter(|c| !split.contains(c) && (*c == "year" || drop.contains(c)));
        let dropped = dropped.collect::<Vec<_>>().join(",");
        let mut train = Command::new(ADIL);
        train.args([
            "model",
            "train",
            "--target",
            "attendance",
            "--loss",
            "poisson",
            "--monotone",
            "lifeguards:+",
        ]);
        train.args(["--pairs", pairs, "--out", &model, "--json", "--data"]).arg(&learn).args(split);
        if !dropped.is_empty() {
            train.args(["--drop", &dropped]);
        }
        output(&mut train)?;
        let mut predict = Command::new(ADIL);
        predict.args(["model", "predict", "--model", &model, "--out", &found, "--data"]).arg(&test);
        output(&mut predict)?;
        let found = predictions(Path::new(&found))?;
        let inside = found.iter().zip(&truth).filter(|([_, low, high], y)| (low..=high).contains(y)).count();
        let means: Vec<f64> = found.iter().map(|[mean, ..]| *mean).collect();
        results.push(Result {
            covered: Some(count(inside) / count(truth.len())),
            ..Result::new(who, &means, &truth)
        });
    }
    if let Some(python) = python {
        let mut command = Command::new(python);
        command.arg(PEERS).arg(&learn).arg(&test).arg(drop.join(","));
        for line in output(&mut command)?.lines().filter(|line| line.starts_with('{')) {
            let value: Value = serde_json::from_str(line)?;
            let found = value["found"].as_array().context("a peer without predictions")?;
            let means: Vec<f64> = found.iter().filter_map(Value::as_f64).collect();
            let who = value["who"].as_str().unwrap_or("?");
            results.push(Result::new(who, &means, &truth));
        }
    }
    results.push(Result::new("mean of the pool and session, else of all", &means_of(learned, tried), &truth));
    Ok(Trial { title, learned: learned.len(), tried: tried.len(), results })
}

impl Result {
    pub(crate) fn new(who: &str, found: &[f64], truth: &[f64]) -> Self {
        let of = |error: &dyn Fn(f64, f64) -> f64| {
            mean(&found.iter().zip(truth).map(|(m, y)| error(*m, *y)).collect::<Vec<f64>>())
        };
        let deviance = |m: f64, y: f64| {
            let m = m.max(1e-9);
            2.0 * (if y > 0.0 { y * (y / m).ln() } else { 0.0 } - (y - m))
        };
        Self {
            who: who.to_owned(),
            rmse: of(&|m, y| (m - y) * (m - y)).sqrt(),
            mean_error: of(&|m, y| (m - y).abs()),
            deviance: of(&deviance),
            covered: None,
        }
    }
}

/// Predictions with their intervals, as `adil model predict` wrote them.
pub(crate) fn predictions(path: &Path) -> anyhow::Result<Vec<[f64; 3]>> {
    let mut reader = csv::Reader::from_path(path)?;
    let row = |row: std::result::Result<csv::StringRecord, csv::Error>| -> anyhow::Result<[f64; 3]> {
        let row = row?;
        let cell =
            |at: usize| row.get(at).and_then(|c| c.parse().ok()).context("a prediction that is no number");
        Ok([cell(1)?, cell(2)?, cell(3)?])
    };
    reader.records().map(row).collect()
}

/// What somebody without any model would say.
fn means_of(learned: &[table::Row], tried: &[table::Row]) -> Vec<f64> {
    let mut sums: BTreeMap<(&str, &str), (f64, f64)> = BTreeMap::new();
    for row in learned {
        let sum = sums.entry((&row.pool, &row.session)).or_default();
        *sum = (sum.0 + row.attendance, sum.1 + 1.0);
    }
    let all = mean(&learned.iter().map(|row| row.attendance).collect::<Vec<f64>>());
    let of = |row: &table::Row| {
        sums.get(&(row.pool.as_str(), row.session.as_str())).map_or(all, |(sum, rows)| sum / rows)
    };
    tried.iter().map(of).collect()
}
