//! `examples/kazakhstan`: the model of use that its policy names. `examples/kazakhstan-ulytau`: one region of the simulated
//! country, small enough to be kept.

use std::fs;
use std::path::Path;

use crate::commands::{cargo, print, run as run_command};

const NATIONAL: &str = "examples/kazakhstan/policy.toml";
const REGION: &str = "examples/kazakhstan-ulytau";

/// What the region's policy says instead: its own name, and the part of the budget that its 221,395 people are of 19,765,004.
const CHANGES: [(&str, &str); 2] = [
    ("id        = \"kz-mass-sport-2024\"", "id        = \"kz-mass-sport-2024-ulytau\""),
    ("budget    = \"47000000000\"", "budget    = \"526000000\""),
];

/// Where the model's rows come from: the whole country of this seed.
const SEED: &str = "1";
/// Where it is simulated.
const FOLDER: &str = "target/kazakhstan";
/// The model.
const MODEL: &str = "examples/kazakhstan/models/use.json";
/// What its columns are called.
const TITLES: &str = "examples/kazakhstan/models/titles.csv";
/// How it is trained: everything that `adil model train` is told beside the table and the files. The rows are facilities whose
/// visits two sources back, in the year before the round; the columns are what was known of any facility before it.
const TRAINING: [&str; 17] = [
    "--target",
    "visits_week_verified",
    "--exposure",
    "places_week",
    "--loss",
    "poisson",
    "--features",
    "type,rural,floor_area_m2,hours_week,condition_score,capacity",
    "--monotone",
    "condition_score:+",
    "--as-of",
    "2023-12-31",
    "--source",
    "turnstiles",
    "--source",
    "signed sheets and tickets",
    "--simulated",
];

pub(crate) fn run() -> anyhow::Result<()> {
    train()?;
    region()
}

/// Simulates the whole country and learns from its facilities.
fn train() -> anyhow::Result<()> {
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let adil = ["run", "--release", "--locked", "-p", "adil", "--"];
    let simulate = ["simulate", "kazakhstan", "--seed", SEED, "--no-timesheets", "--out"];
    run_command(cargo().args(adil).args(simulate).arg(folder))?;
    let table = folder.join("facilities.csv");
    let files = ["--titles", TITLES, "--out", MODEL];
    run_command(cargo().args(adil).args(["model", "train", "--data"]).arg(table).args(TRAINING).args(files))?;
    print(&format!("{MODEL} is made anew."));
    Ok(())
}

fn region() -> anyhow::Result<()> {
    let mut policy = fs::read_to_string(NATIONAL)?;
    for (national, own) in CHANGES {
        anyhow::ensure!(policy.contains(national), "{NATIONAL} has no line `{national}`");
        policy = policy.replace(national, own);
    }
    if Path::new(REGION).exists() {
        fs::remove_dir_all(REGION)?;
    }
    let adil = ["run", "--release", "--locked", "-p", "adil", "--"];
    let simulate = ["simulate", "kazakhstan", "--seed", SEED, "--region", "620000000", "--no-timesheets"];
    run_command(cargo().args(adil).args(simulate).args(["--out", REGION]))?;
    let models = Path::new(REGION).join("models");
    fs::create_dir_all(&models)?;
    fs::copy(MODEL, models.join("use.json"))?;
    fs::write(Path::new(REGION).join("policy.toml"), policy)?;
    print(&format!("{REGION} is made anew."));
    Ok(())
}
