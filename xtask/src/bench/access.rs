//! Reach: whole runs of `adil access` beside numpy with a KD-tree and beside the package `access`, on the same points.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::{PEERS, RUNS, Times, json_lines, number, peers, seconds_of, text, timed};
use crate::commands::{output, print};

const FOLDER: &str = "target/bench-access";
const OUT: &str = "target/bench-access/access.csv";
const SCRIPT: &str = "target/peak.py";

/// Runs a command, hands on what it prints, and adds the most memory that it had.
const PEAK: &str = "\
import json, resource, subprocess, sys
print(subprocess.run(sys.argv[1:], check=True, stdout=subprocess.PIPE, text=True).stdout)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps(dict(peak_mib=peak / (2**20 if sys.platform == 'darwin' else 1024))))
";

/// 3.8 million pairs in a square of side 100.
const DEMAND: u32 = 100_000;
const SUPPLY: u32 = 5_000;
const RADIUS: f64 = 5.0;

pub(super) fn run(quick: bool) -> anyhow::Result<()> {
    print("");
    fs::create_dir_all(FOLDER)?;
    let peers = peers()?;
    let Some(python) = peers else {
        print(&format!("{PEERS} or Python is absent: reach is measured by itself."));
        write_points(DEMAND, SUPPLY)?;
        ours("e2sfca", RADIUS)?.print("e2sfca");
        ours("3sfca", RADIUS)?.print("3sfca");
        return if quick { Ok(()) } else { country() };
    };
    let rounds = if quick { 1 } else { 3 };
    let mut results = Vec::new();
    let (mut enhanced, mut three) = (Vec::new(), Vec::new());
    let mut package_peak = None;
    for _ in 0..rounds {
        let all = peer(&python, &["--write", FOLDER])?;
        package_peak = all.last().and_then(|last| number(last, "peak_mib"));
        results.extend(all);
        enhanced.push(ours("e2sfca", RADIUS)?);
        difference()?;
        three.push(ours("3sfca", RADIUS)?);
    }
    let numpy_peak = peer(&python, &["--only-numpy"])?.last().and_then(|last| number(last, "peak_mib"));

    let case = results.iter().map(|r| text(r, "case")).find(|case| *case != "?").unwrap_or("?").to_owned();
    let pairs = results.iter().find_map(|r| number(r, "pairs")).unwrap_or(f64::NAN);
    print(&format!(
        "Reach, {case}, {pairs} pairs. Ours is the whole process with reading and writing; the peers are without:"
    ));
    let (enhanced, three) = (Ours::best(enhanced), Ours::best(three));
    enhanced.print("e2sfca");
    three.print("3sfca");
    for (peer, ours, peak) in [
        ("numpy+scipy e2sfca", &enhanced, numpy_peak),
        ("access e2sfca", &enhanced, package_peak),
        ("access 3sfca", &three, package_peak),
    ] {
        let best = Times::new(seconds_of(&results, peer)).best();
        print(&format!(
            "  {peer:<24} best {best:>9.3} s, {:>7.1} times ours; peak {}",
            best / ours.seconds,
            memory(peak, ours.peak),
        ));
    }
    if quick { Ok(()) } else { country() }
}

/// The best of some whole runs of ours, and the most memory.
struct Ours {
    seconds: f64,
    peak: Option<f64>,
}

impl Ours {
    fn best(runs: Vec<Self>) -> Self {
        let peak = runs.iter().filter_map(|run| run.peak).max_by(f64::total_cmp);
        Self { seconds: runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min), peak }
    }

    fn print(&self, method: &str) {
        let peak = self.peak.map_or_else(|| "not measured".to_owned(), |p| format!("{p:.1} MiB"));
        print(&format!(
            "  {:<24} best {:>9.3} s; peak {peak}",
            format!("adil access {method}"),
            self.seconds
        ));
    }
}

fn memory(theirs: Option<f64>, ours: Option<f64>) -> String {
    match (theirs, ours) {
        (Some(theirs), Some(ours)) => format!("{theirs:.0} MiB, {:.1} times ours", theirs / ours),
        _ => "not measured".to_owned(),
    }
}

/// `adil access` on the points in the folder, with the steps of the peers.
fn ours(method: &str, radius: f64) -> anyhow::Result<Ours> {
    let steps = format!("{}:1,{}:0.68,{radius}:0.22", radius / 3.0, 2.0 * radius / 3.0);
    let (demand, supply) = (format!("{FOLDER}/demand.csv"), format!("{FOLDER}/supply.csv"));
    let radius = radius.to_string();
    let arguments = [
        "access",
        "--demand",
        &demand,
        "--supply",
        &supply,
        "--planar",
        "--method",
        method,
        "--max-cost",
        &radius,
        "--steps",
        &steps,
        "--out",
        OUT,
    ];
    let (times, peak) = timed(RUNS, &arguments)?;
    Ok(Ours { seconds: times.best(), peak })
}

/// What `access_fca.py` prints, and its most memory.
fn peer(python: &Path, more: &[&str]) -> anyhow::Result<Vec<Value>> {
    fs::write(SCRIPT, PEAK)?;
    let mut command = Command::new(python);
    command.arg(SCRIPT).arg(python).arg(format!("{PEERS}/access_fca.py"));
    command.args(["--demand", &DEMAND.to_string(), "--supply", &SUPPLY.to_string()]);
    command.args(["--radius", &RADIUS.to_string()]).args(more);
    json_lines(&output(&mut command)?)
}

/// Compares our answer with that of numpy, point by point.
fn difference() -> anyhow::Result<()> {
    let column = |path: &str| -> anyhow::Result<Vec<f64>> {
        let mut rows = csv::Reader::from_path(path)?;
        rows.records().map(|row| Ok(row?.get(1).context("a row without a value")?.parse()?)).collect()
    };
    let (ours, theirs) = (column(OUT)?, column(&format!("{FOLDER}/e2sfca.csv"))?);
    anyhow::ensure!(ours.len() == theirs.len(), "{} answers, and numpy has {}", ours.len(), theirs.len());
    let relative = |(a, b): (&f64, &f64)| (a - b).abs() / a.abs().max(b.abs()).max(f64::MIN_POSITIVE);
    let largest = ours.iter().zip(&theirs).map(relative).fold(0.0, f64::max);
    anyhow::ensure!(largest <= 1e-12, "our e2sfca and that of numpy differ by {largest:e}");
    Ok(())
}

/// A million points and 42,000 facilities, with a radius that puts half a thousand million pairs in reach.
fn country() -> anyhow::Result<()> {
    const DEMAND: u32 = 1_000_000;
    const SUPPLY: u32 = 42_000;
    const RADIUS: f64 = 6.2;
    print("A million points and 42,000 facilities, some 500 million pairs:");
    write_points(DEMAND, SUPPLY)?;
    ours("e2sfca", RADIUS)?.print("e2sfca");
    ours("3sfca", RADIUS)?.print("3sfca");
    Ok(())
}

/// Points in a square of side 100 that look random and are the same on every machine.
fn write_points(demand: u32, supply: u32) -> anyhow::Result<()> {
    let mut next = super::noise(7);
    for (file, amount, n, most) in
        [("demand.csv", "population", demand, 1_000.0), ("supply.csv", "capacity", supply, 50.0)]
    {
        let mut out = BufWriter::new(File::create(format!("{FOLDER}/{file}"))?);
        writeln!(out, "id,x,y,{amount}")?;
        for id in 0..n {
            writeln!(out, "{id},{},{},{:.0}", next() * 100.0, next() * 100.0, 1.0 + next() * (most - 1.0))?;
        }
        out.flush()?;
    }
    Ok(())
}
