//! The glass box beside EBM (`interpret`) and `LightGBM`: the same table, the same folds, as many bags.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{PEERS, glass_box_peers, json_lines, number, text};
use crate::commands::{cargo, output, print, run as run_command};

const EXAMPLE: &str = "target/release/examples/glass_box";
const FOLDER: &str = "target/bench-model";

/// Bags of EBM as it comes.
const BAGS: &str = "14";
/// Rows of the small table, of which EBM fits five folds in seconds.
const ROWS: u32 = 20_000;
/// Rows and columns of the large one, for ours alone.
const LARGE: u32 = 1_000_000;
const COLUMNS: usize = 20;

pub(super) fn run(quick: bool) -> anyhow::Result<()> {
    print("");
    run_command(cargo().args([
        "build",
        "--release",
        "--locked",
        "-p",
        "adil-model",
        "--example",
        "glass_box",
    ]))?;
    fs::create_dir_all(FOLDER)?;
    let small = format!("{FOLDER}/small.csv");
    if let Some(python) = glass_box_peers()? {
        print(&format!(
            "Glass box, {ROWS} generated rows, 8 columns of which 3 have a direction, five folds, {BAGS} bags; seconds without reading:"
        ));
        for loss in ["squared", "poisson"] {
            let theirs = peers(&python, &small, loss)?;
            let ours = ours(&small, loss, "f0,f1", "f2")?;
            line(loss, &ours, &ours);
            for peer in &theirs {
                line(loss, peer, &ours);
            }
        }
    } else {
        print(&format!("{PEERS} or Python is absent: the glass box is measured by itself."));
    }
    if quick {
        return Ok(());
    }
    let large = format!("{FOLDER}/large.csv");
    generate(Path::new(&large))?;
    print(&format!("Glass box, {LARGE} rows, {COLUMNS} columns, five folds and the whole, {BAGS} bags:"));
    for loss in ["squared", "poisson"] {
        let found = ours(&large, loss, "f0,f1", "f2")?;
        line(loss, &found, &found);
    }
    Ok(())
}

fn ours(table: &str, loss: &str, rising: &str, falling: &str) -> anyhow::Result<Value> {
    let mut command = Command::new(EXAMPLE);
    command.args([table, "target", loss, "--rising", rising, "--falling", falling, "--bags", BAGS]);
    Ok(serde_json::from_str(output(&mut command)?.trim())?)
}

fn peers(python: &Path, table: &str, loss: &str) -> anyhow::Result<Vec<Value>> {
    let mut command = Command::new(python);
    command.arg(format!("{PEERS}/glass_box.py"));
    command.args(["--n", &ROWS.to_string(), "--loss", loss, "--write", table]);
    json_lines(&output(&mut command)?)
}

fn line(loss: &str, result: &Value, ours: &Value) {
    let figure = |key: &str| number(result, key).unwrap_or(f64::NAN);
    let beside = |key: &str| figure(key) / number(ours, key).unwrap_or(f64::NAN);
    print(&format!(
        "  {loss:<8} {:<10} {:>9.3} s ({:>6.1} times ours), root mean square out of fold {:.4} ({:.4} of ours), against a direction: {}",
        text(result, "peer"),
        figure("seconds"),
        beside("seconds"),
        figure("rmse"),
        beside("rmse"),
        number(result, "monotone_violations").map_or_else(|| "ruled out".to_owned(), |n| n.to_string()),
    ));
}

/// Counts that depend on seven of twenty columns; the same on every machine.
fn generate(path: &Path) -> anyhow::Result<()> {
    let mut next = super::noise(11);
    let mut out = BufWriter::new(File::create(path)?);
    let names: Vec<String> = (0..COLUMNS).map(|at| format!("f{at}")).collect();
    writeln!(out, "{},target", names.join(","))?;
    for _ in 0..LARGE {
        let x: Vec<f64> = (0..COLUMNS).map(|_| next()).collect();
        let eta = 0.5 + 1.5 * x[0] + x[1].sqrt() - 0.8 * x[2] * x[2]
            + 0.5 * (6.0 * x[3]).sin()
            + 0.2 * (5.0 * x[4]).cos()
            + 0.4 * x[5] * x[6];
        // A Poisson count by its waiting times.
        let (mut sum, mut count, mean) = (0.0, -1i32, eta.exp());
        while sum < mean {
            sum -= next().max(1e-12).ln();
            count += 1;
        }
        for value in &x {
            write!(out, "{value:.6},")?;
        }
        writeln!(out, "{count}")?;
    }
    out.flush()?;
    Ok(())
}
