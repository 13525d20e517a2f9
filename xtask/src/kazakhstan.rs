//! `examples/kazakhstan-ulytau`: one region of the simulated country, small enough to be kept.

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

pub(crate) fn run() -> anyhow::Result<()> {
    let mut policy = fs::read_to_string(NATIONAL)?;
    for (national, own) in CHANGES {
        anyhow::ensure!(policy.contains(national), "{NATIONAL} has no line `{national}`");
        policy = policy.replace(national, own);
    }
    if Path::new(REGION).exists() {
        fs::remove_dir_all(REGION)?;
    }
    let adil = ["run", "--release", "--locked", "-p", "adil", "--"];
    let simulate = ["simulate", "kazakhstan", "--seed", "1", "--region", "620000000", "--no-timesheets"];
    run_command(cargo().args(adil).args(simulate).args(["--out", REGION]))?;
    fs::write(Path::new(REGION).join("policy.toml"), policy)?;
    print(&format!("{REGION} is made anew."));
    Ok(())
}
