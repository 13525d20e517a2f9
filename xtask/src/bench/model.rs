//! The glass box beside EBM (`interpret`) and `LightGBM`: the same table, the same folds, as many bags.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{PEERS, glass_box_peers, json_lines, number, text};
use crate::commands::{cargo, output, print, run as run_command};
use crate::pools::table;

const EXAMPLE: &str = "target/release/examples/glass_box";
const FOLDER: &str = "target/bench-model";

/// Bags of EBM as it comes.
const BAGS: &str = "14";
/// Rows of the small table, of which EBM fits five folds in seconds.
const ROWS: u32 = 20_000;
/// Rows of the middle one, of which it does in minutes.
const MIDDLE: u32 = 100_000;
/// Rows of the large one, for ours alone.
const LARGE: u32 = 1_000_000;
/// Columns of both.
const COLUMNS: usize = 20;
/// How often the rows of the large table are foretold.
const PREDICTIONS: &str = "20";
/// New York's pools, where they are at hand.
const POOLS: &str = "../shared/data/nyc-pools";

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
    let python = glass_box_peers()?;
    if python.is_none() {
        print(&format!("{PEERS} or Python is absent: the glass box is measured by itself."));
    }
    let python = python.as_deref();
    let small = Set {
        table: format!("{FOLDER}/small.csv"),
        target: "target",
        rising: "f0,f1",
        falling: "f2",
        drop: "",
    };
    if let Some(python) = python {
        let mut write = Command::new(python);
        write.arg(format!("{PEERS}/glass_box.py"));
        output(write.args(["--n", &ROWS.to_string(), "--peer", "lightgbm", "--write", &small.table]))?;
        small.beside(&format!("{ROWS} generated rows, 8 columns"), Some(python))?;
    }
    if quick {
        return Ok(());
    }
    let middle = Set { table: format!("{FOLDER}/middle.csv"), ..small };
    generate(Path::new(&middle.table), MIDDLE)?;
    middle.beside(&format!("{MIDDLE} generated rows, {COLUMNS} columns"), python)?;
    if Path::new(POOLS).exists() {
        let pools = Set {
            table: format!("{FOLDER}/pools.csv"),
            target: "attendance",
            rising: "lifeguards",
            falling: "",
            drop: "year",
        };
        table::write(Path::new(&pools.table), &table::rows(Path::new(POOLS))?)?;
        pools.beside("New York's pools", python)?;
    } else {
        print(&format!("{POOLS} is absent: the pools are not measured."));
    }
    let large = Set { table: format!("{FOLDER}/large.csv"), ..middle };
    generate(Path::new(&large.table), LARGE)?;
    print(&format!("Glass box, {LARGE} rows, {COLUMNS} columns, five folds and the whole, {BAGS} bags:"));
    for loss in ["squared", "poisson"] {
        let found = large.ours(loss, &[])?;
        line(loss, &found, &found);
    }
    // A fit of one bag and two folds will do: what is timed comes after it.
    let mut predict = large.example("squared", &["--predict", PREDICTIONS, "--folds", "2"]);
    let found: Value = serde_json::from_str(output(predict.env("RAYON_NUM_THREADS", "1"))?.trim())?;
    let millions = |key: &str| number(&found, key).unwrap_or(f64::NAN) / 1e6;
    print(&format!(
        "Foretold on one core, {COLUMNS} columns: {:.1} million rows a second once they are binned, which goes at {:.1} million a second",
        millions("predicted_per_second"),
        millions("binned_per_second"),
    ));
    Ok(())
}

/// A table, and what may only rise or fall in it.
struct Set {
    table: String,
    target: &'static str,
    rising: &'static str,
    falling: &'static str,
    drop: &'static str,
}

impl Set {
    /// Ours beside the others, for both losses.
    fn beside(&self, title: &str, python: Option<&Path>) -> anyhow::Result<()> {
        print(&format!("Glass box, {title}, five folds, {BAGS} bags; seconds without reading:"));
        for loss in ["squared", "poisson"] {
            let ours = self.ours(loss, &[])?;
            line(loss, &ours, &ours);
            if let Some(python) = python {
                for peer in &self.peers(python, loss)? {
                    line(loss, peer, &ours);
                }
            }
        }
        Ok(())
    }

    fn example(&self, loss: &str, more: &[&str]) -> Command {
        let mut command = Command::new(EXAMPLE);
        command.args([&self.table, self.target, loss, "--rising", self.rising, "--falling", self.falling]);
        command.args(["--drop", self.drop]).args(more);
        command
    }

    fn ours(&self, loss: &str, more: &[&str]) -> anyhow::Result<Value> {
        let mut command = self.example(loss, &[&["--bags", BAGS], more].concat());
        Ok(serde_json::from_str(output(&mut command)?.trim())?)
    }

    fn peers(&self, python: &Path, loss: &str) -> anyhow::Result<Vec<Value>> {
        let mut command = Command::new(python);
        command.arg(format!("{PEERS}/glass_box.py"));
        command.args(["--csv", &self.table, "--target", self.target, "--loss", loss]);
        command.args(["--increasing", self.rising, "--decreasing", self.falling, "--drop", self.drop]);
        json_lines(&output(&mut command)?)
    }
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
fn generate(path: &Path, rows: u32) -> anyhow::Result<()> {
    let mut next = super::noise(11);
    let mut out = BufWriter::new(File::create(path)?);
    let names: Vec<String> = (0..COLUMNS).map(|at| format!("f{at}")).collect();
    writeln!(out, "{},target", names.join(","))?;
    for _ in 0..rows {
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
