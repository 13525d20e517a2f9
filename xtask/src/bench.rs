//! Our programs and the peers on the same input, in one run, with the ratios.
//!
//! An absolute time says little about a shared machine; a ratio of two times of the same run says more. So ours and the
//! peers take turns on the same files, and the answer is compared before the time is.

mod access;
mod country;
mod detect;
mod model;
mod names;
mod osm;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::commands::{cargo, have, output, print, run as run_command, say};

const PEERS: &str = "../shared/peers";
const INSTANCE: &str = "../shared/data/allocation";
const EXAMPLE: &str = "target/release/examples/fair_share";
const ADIL: &str = "target/release/adil";
const ROUND: &str = "examples/ireland-2023";
const VENV: &str = "target/peers-venv";
const SCRIPT: &str = "target/measure.py";
const DECISION: &str = "target/bench-decision";

/// What `fair_share.py` and `access_fca.py` import; the versions are those of the peers' requirements.
const PACKAGES: [&str; 7] = ["numpy", "scipy", "cvxpy", "clarabel", "access", "geopandas", "pandas"];

/// What `glass_box.py` imports.
const GLASS_BOX: [&str; 4] = ["numpy", "pandas", "interpret-core", "lightgbm"];

/// Runs of `adil run`.
const RUNS: usize = 5;

/// Runs a command several times, and prints the seconds of each and the most memory that one of them had.
const MEASURE: &str = "\
import json, resource, subprocess, sys, time
seconds = []
for _ in range(int(sys.argv[1])):
    t = time.perf_counter()
    subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL)
    seconds.append(time.perf_counter() - t)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps(dict(seconds=seconds, peak_mib=peak / (2**20 if sys.platform == 'darwin' else 1024))))
";

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Money under nested bounds, and a round
    Money,
    /// Who can reach what
    Access,
    /// The glass box
    Model,
    /// A whole country
    Country,
    /// A map
    Osm,
    /// Names of operators
    Names,
    /// Detectors
    Detect,
}

/// Measures a part, or fewer and smaller cases of it.
type Measure = fn(bool) -> anyhow::Result<()>;

/// Everything, or one part of it.
pub(crate) fn run(quick: bool, only: Option<Part>) -> anyhow::Result<()> {
    let wanted = |part: Part| only.is_none_or(|only| only == part);
    let build = ["build", "--release", "--locked"];
    run_command(cargo().args(build).args(["-p", "adil-allocate", "--example", "fair_share"]))?;
    run_command(cargo().args(build).args(["-p", "adil", "--bin", "adil"]))?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    print(&format!("Cores: {cores}{}", load().map(|l| format!("; load before: {l}")).unwrap_or_default()));
    if wanted(Part::Money) {
        shared_instance(quick)?;
        growth(quick)?;
        round()?;
    }
    let parts: [(Part, Measure); 6] = [
        (Part::Access, access::run),
        (Part::Model, model::run),
        (Part::Country, country::run),
        (Part::Osm, osm::run),
        (Part::Names, names::run),
        (Part::Detect, detect::run),
    ];
    for (part, run) in parts {
        if wanted(part) {
            run(quick)?;
        }
    }
    Ok(())
}

/// How busy the machine is, where it says so.
fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next().map(str::to_owned)
}

/// Best, median and worst of some times.
struct Times(Vec<f64>);

impl Times {
    fn new(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Self(seconds)
    }

    fn best(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn worst(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

/// The instance of 40,000 facilities: ours, the numpy bar and the conic solver, taking turns.
fn shared_instance(quick: bool) -> anyhow::Result<()> {
    if !Path::new(INSTANCE).exists() {
        print(&format!("{INSTANCE} is absent: nothing is compared with the peers."));
        return Ok(());
    }
    let python = peers()?;
    if python.is_none() {
        print(&format!("{PEERS} or Python is absent: only ours is measured."));
    }
    let rounds = if quick { 1 } else { 3 };
    let mut results: Vec<Value> = Vec::new();
    for _ in 0..rounds {
        results.push(example(&["--instance", INSTANCE, "--repeat", "100"])?);
        if let Some(python) = &python {
            let script = format!("{PEERS}/fair_share.py");
            let mut command = Command::new(python);
            command.args([&script, "--instance", INSTANCE, "--repeat", "10"]);
            results.extend(json_lines(&output(&mut command)?)?);
        }
    }
    let exact = example(&["--instance", INSTANCE, "--repeat", "1", "--decimals", "2", "--independent"])?;

    let names = ["adil-allocate", "numpy nested bisection", "cvxpy+clarabel"];
    let times = names.map(|name| Times::new(seconds_of(&results, name)));
    let ours = times[0].best();
    print("");
    print(&format!("The shared instance ({}), seconds without reading:", text(&exact, "case")));
    print(&format!("  {:<24} {:>11} {:>11} {:>11} {:>13}", "", "best", "median", "worst", "best / ours"));
    for (name, times) in names.iter().zip(&times).filter(|(_, t)| !t.0.is_empty()) {
        print(&format!(
            "  {name:<24} {:>11.6} {:>11.6} {:>11.6} {:>13.1}",
            times.best(),
            times.median(),
            times.worst(),
            times.best() / ours,
        ));
    }
    print(&format!(
        "  ({rounds} round(s) of ours, numpy, clarabel; the best of 100 and of 10 in each, clarabel once)"
    ));
    figures(&results, &exact);
    Ok(())
}

/// What was computed: exactness and violations of all three.
fn figures(results: &[Value], exact: &Value) {
    print("");
    print("What was computed:");
    for name in ["adil-allocate", "numpy nested bisection", "cvxpy+clarabel"] {
        let Some(result) = results.iter().find(|r| text(r, "peer") == name) else { continue };
        let mut parts = Vec::new();
        for (key, words) in [
            ("version", "version"),
            ("certificate", "certificate"),
            ("largest_violation", "largest violation"),
            ("largest_difference_from_x_opt", "largest difference from x_opt"),
            ("largest_difference_from_numpy", "largest difference from numpy"),
            ("peak_mib", "peak MiB"),
        ] {
            if let Some(value) = result.get(key) {
                parts.push(format!("{words} {}", plain(value)));
            }
        }
        print(&format!("  {name:<24} {}", parts.join("; ")));
    }
    print(&format!(
        "  In cents, against an optimum solved independently on the same inward bounds: at most {} units off \
         (below 1 is the rounding alone); certificate {}",
        plain(exact.get("largest_difference_from_independent_in_units").unwrap_or(&Value::Null)),
        text(exact, "certificate"),
    ));
}

/// Time and memory by the number of facilities.
fn growth(quick: bool) -> anyhow::Result<()> {
    print("");
    print("Growth, generated cases of the same shape (best of 3):");
    print(&format!(
        "  {:>11} {:>10} {:>10} {:>10} {:>10} {:>12}  {}",
        "facilities", "districts", "seconds", "worst", "loading", "peak MiB", "certificate"
    ));
    let all = [10_000u64, 100_000, 1_000_000, 10_000_000];
    for n in all.into_iter().filter(|n| !quick || *n <= 1_000_000) {
        let result = example(&["--n", &n.to_string(), "--repeat", "3"])?;
        let case = text(&result, "case");
        let districts = case.split("districts=").nth(1).and_then(|c| c.split(' ').next()).unwrap_or("");
        let peak = number(&result, "peak_mib").map_or_else(|| "?".to_owned(), |p| format!("{p:.0}"));
        print(&format!(
            "  {n:>11} {districts:>10} {:>10.4} {:>10.4} {:>10.3} {peak:>12}  {}",
            number(&result, "seconds").unwrap_or(f64::NAN),
            number(&result, "worst_seconds").unwrap_or(f64::NAN),
            number(&result, "load_seconds").unwrap_or(f64::NAN),
            text(&result, "certificate"),
        ));
    }
    Ok(())
}

/// A whole round, as a ministry would run it: reading, scoring, dividing, writing the decision.
fn round() -> anyhow::Result<()> {
    print("");
    let (times, peak) = timed(RUNS, &["run", ROUND, "--out", DECISION])?;
    print(&format!(
        "adil run {ROUND}: best {:.3} s, median {:.3} s, worst {:.3} s of {RUNS}; peak {}",
        times.best(),
        times.median(),
        times.worst(),
        peak.map_or_else(|| "not measured".to_owned(), |p| format!("{p:.1} MiB")),
    ));
    Ok(())
}

/// The times of some runs of `adil`, and the most memory (MiB) that one of them had, where Python is there to ask.
fn timed(runs: usize, arguments: &[&str]) -> anyhow::Result<(Times, Option<f64>)> {
    measured(runs, &[&[ADIL], arguments].concat())
}

/// The same for any command.
fn measured(runs: usize, line: &[&str]) -> anyhow::Result<(Times, Option<f64>)> {
    if have("python3", "--version") {
        std::fs::write(SCRIPT, MEASURE)?;
        let mut command = Command::new("python3");
        command.args([SCRIPT, &runs.to_string()]).args(line);
        let result: Value = serde_json::from_str(output(&mut command)?.trim())?;
        let seconds = result.get("seconds").and_then(Value::as_array).context("no seconds")?;
        let times = Times::new(seconds.iter().filter_map(Value::as_f64).collect());
        return Ok((times, number(&result, "peak_mib")));
    }
    say("python3 is absent: memory is not measured");
    let mut seconds = Vec::new();
    for _ in 0..runs {
        let started = Instant::now();
        let (program, arguments) = line.split_first().context("no command")?;
        output(Command::new(program).args(arguments))?;
        seconds.push(started.elapsed().as_secs_f64());
    }
    Ok((Times::new(seconds), None))
}

/// The Python with the peers' packages; `None` without the peers or without Python.
fn peers() -> anyhow::Result<Option<PathBuf>> {
    python_with(&PACKAGES, &[])
}

/// The peers of the glass box.
pub(crate) fn glass_box_peers() -> anyhow::Result<Option<PathBuf>> {
    python_with(&GLASS_BOX, &[])
}

/// A Python with packages in the versions of the peers' requirements, and others with their own; `None` without Python, or
/// without the peers where they are asked for.
fn python_with(packages: &[&str], others: &[&str]) -> anyhow::Result<Option<PathBuf>> {
    let requirements = Path::new(PEERS).join("requirements.txt");
    if (!packages.is_empty() && !requirements.exists()) || !have("python3", "--version") {
        return Ok(None);
    }
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = Path::new(VENV).join(folder).join("python");
    if !python.exists() {
        run_command(Command::new("python3").args(["-m", "venv", VENV]))?;
    }
    let text = if packages.is_empty() { String::new() } else { std::fs::read_to_string(&requirements)? };
    let pinned: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.split_once("==").is_some_and(|(name, _)| packages.contains(&name)))
        .collect();
    ensure!(pinned.len() == packages.len(), "{} lacks a package", requirements.display());
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run_command(Command::new(&python).args(quiet).args(pinned).args(others))?;
    Ok(Some(python))
}

/// Numbers from 0 to 1 that look random and are the same on every machine (`SplitMix64`).
fn noise(mut state: u64) -> impl FnMut() -> f64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }
}

/// Our example, and the one line that it prints.
fn example(arguments: &[&str]) -> anyhow::Result<Value> {
    let mut lines = json_lines(&output(Command::new(EXAMPLE).args(arguments))?)?;
    lines.pop().with_context(|| format!("{EXAMPLE} printed nothing"))
}

fn json_lines(text: &str) -> anyhow::Result<Vec<Value>> {
    let lines = text.lines().filter(|line| line.starts_with('{'));
    lines.map(|line| serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))).collect()
}

fn seconds_of(results: &[Value], peer: &str) -> Vec<f64> {
    results.iter().filter(|r| text(r, "peer") == peer).filter_map(|r| number(r, "seconds")).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("?")
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

/// A value as a person writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if !number.is_u64() && float.abs() < 0.01 => format!("{float:.1e}"),
            Some(float) if !number.is_u64() => format!("{float:.3}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}
