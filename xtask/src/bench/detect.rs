//! The detectors beside `DuckDB`: the same Parquet and the same SQL, whole processes in turn.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{ADIL, Times, measured, number, python_with, text};
use crate::commands::{cargo, output, print, run as run_command};

const DETECT: &str = "target/release/adil-detect";
const ROUND: &str = "target/bench-detect";
const PEER: &str = "target/bench-detectors.py";
const SCRIPT: &str = include_str!("detectors.py");
const DETECTORS: &str = "detectors";
const TABLES: &str = "crates/adil-detect/data/tables.toml";
const DUCKDB: &str = "duckdb==2.0.1";

/// Parts and multiples of the country: about one, ten and a hundred million visits.
const SCALES: [&str; 3] = ["0.034", "0.34", "3.4"];
/// Turns of ours and the peer's.
const TURNS: usize = 3;

pub(super) fn run(quick: bool) -> anyhow::Result<()> {
    print("");
    run_command(cargo().args(["build", "--release", "--locked", "-p", "adil-detect"]))?;
    fs::write(PEER, SCRIPT)?;
    let python = python_with(&[], &[DUCKDB])?;
    if python.is_none() {
        print("Python is absent: the detectors are measured by themselves.");
    }
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).to_string();
    print(&format!(
        "All detectors on a simulated country, {threads} threads, whole processes, {TURNS} turns; \"making\" reads the \
         files and writes the Parquet that both then ask:"
    ));
    for scale in &SCALES[..if quick { 1 } else { SCALES.len() }] {
        size(scale, python.as_deref(), &threads)?;
    }
    Ok(())
}

/// The times of one program, and the most memory of each run.
#[derive(Default)]
struct Turns {
    seconds: Vec<f64>,
    peaks: Vec<f64>,
}

impl Turns {
    fn take(&mut self, line: &[&str]) -> anyhow::Result<()> {
        let (times, peak) = measured(1, line)?;
        self.seconds.extend(times.0);
        self.peaks.extend(peak);
        Ok(())
    }

    fn shown(&self) -> String {
        let (times, peaks) = (Times::new(self.seconds.clone()), Times::new(self.peaks.clone()));
        format!(
            "best {:.2}, median {:.2}, worst {:.2} s, peak {:.0} MiB",
            times.best(),
            times.median(),
            times.worst(),
            peaks.worst()
        )
    }

    fn times(&self) -> Times {
        Times::new(self.seconds.clone())
    }
}

fn size(scale: &str, python: Option<&Path>, threads: &str) -> anyhow::Result<()> {
    let mut simulate = Command::new(ADIL);
    simulate.args([
        "simulate",
        "kazakhstan",
        "--seed",
        "1",
        "--attendance",
        "--scale",
        scale,
        "--out",
        ROUND,
    ]);
    output(&mut simulate)?;
    let ours = [DETECT, ROUND, "--threads", threads];
    let (mut making, mut asking, mut peer) = (Turns::default(), Turns::default(), Turns::default());
    making.take(&ours)?;
    print(&format!("  scale {scale}: making and asking {}", making.shown()));
    let python = python.map(|path| path.to_string_lossy().into_owned());
    let beside = python.as_deref().map(|python| [python, PEER, DETECTORS, TABLES, ROUND, threads]);
    for _ in 0..TURNS {
        asking.take(&ours)?;
        if let Some(line) = &beside {
            peer.take(line)?;
        }
    }
    print(&format!("    asking: {}", asking.shown()));
    if let Some([python, arguments @ ..]) = &beside {
        let answer: Value = serde_json::from_str(output(Command::new(python).args(arguments))?.trim())?;
        let (own, theirs) = (asking.times(), peer.times());
        print(&format!(
            "    DuckDB {}: {}; ours takes {:.2} of its best, {:.2} of its median; {:.1} million visits, flags: {}",
            text(&answer, "version"),
            peer.shown(),
            own.best() / theirs.best(),
            own.median() / theirs.median(),
            number(&answer, "rows").unwrap_or(f64::NAN) / 1e6,
            compared(&answer)?,
        ));
    }
    Ok(())
}

/// Whether both found as much, by detector.
fn compared(answer: &Value) -> anyhow::Result<String> {
    let path: PathBuf = Path::new(ROUND).join("flags.csv");
    let mut ours: BTreeMap<String, u64> = BTreeMap::new();
    for row in csv::Reader::from_path(path)?.records() {
        *ours.entry(row?.get(0).unwrap_or("").to_owned()).or_default() += 1;
    }
    let theirs = answer.get("flags").and_then(Value::as_object);
    let theirs = theirs.into_iter().flatten().filter_map(|(id, n)| Some((id.clone(), n.as_u64()?)));
    let theirs: BTreeMap<String, u64> = theirs.filter(|(_, n)| *n > 0).collect();
    if ours == theirs {
        return Ok(format!("the same {}", ours.values().sum::<u64>()));
    }
    let other = ours.keys().chain(theirs.keys()).filter(|id| ours.get(*id) != theirs.get(*id));
    let other: Vec<String> = other
        .map(|id| format!("{id} {} and {}", ours.get(id).unwrap_or(&0), theirs.get(id).unwrap_or(&0)))
        .collect();
    Ok(format!("they differ: {}", other.join(", ")))
}
