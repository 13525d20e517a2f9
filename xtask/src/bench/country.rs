//! A whole country: made up, divided, asked what another weight would change.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::{number, timed};
use crate::commands::{cargo, output, print, run as run_command};

const ROUND: &str = "target/bench-kazakhstan";
const POLICY: &str = "examples/kazakhstan/policy.toml";
const WHAT_IF: &str = "target/release/examples/what_if";

/// Everything that can be varied, so often as a policy without a number has it.
const UNCERTAINTY: &str =
    "\n[uncertainty]\nreplicas = 1000\nweights = \"20%\"\nimputation = true\nscale = true\n";

/// Runs of each command.
const RUNS: usize = 3;
/// Questions about another weight.
const QUESTIONS: usize = 30;

pub(crate) fn run(quick: bool) -> anyhow::Result<()> {
    run_command(cargo().args([
        "build",
        "--release",
        "--locked",
        "-p",
        "adil-round",
        "--example",
        "what_if",
    ]))?;
    let runs = if quick { 1 } else { RUNS };
    print("");
    print("Kazakhstan, simulated, whole processes:");
    let simulate = ["simulate", "kazakhstan", "--seed", "1", "--policy", POLICY, "--out", ROUND];
    for _ in 0..runs {
        // Taking away what an earlier run left is not what is measured.
        if Path::new(ROUND).exists() {
            std::fs::remove_dir_all(ROUND)?;
        }
        let (times, peak) = timed(1, &simulate)?;
        print(&format!("  made up in {:.2} s; peak {}", times.best(), mebibytes(peak)));
    }
    let (times, peak) = timed(runs, &["run", ROUND])?;
    print(&format!(
        "  adil run: best {:.2} s, median {:.2} s, worst {:.2} s of {runs}; peak {}",
        times.best(),
        times.median(),
        times.worst(),
        mebibytes(peak),
    ));
    let answer = output(Command::new(WHAT_IF).args([ROUND, &QUESTIONS.to_string()]))?;
    let answer: Value =
        serde_json::from_str(answer.trim()).with_context(|| format!("{WHAT_IF}: {answer}"))?;
    let milliseconds = |key: &str| number(&answer, key).unwrap_or(f64::NAN) * 1e3;
    print(&format!(
        "  another weight on {} applications: best {:.1} ms, median {:.1} ms, worst {:.1} ms of {QUESTIONS} \
         (prepared once in {:.2} s)",
        number(&answer, "applications").unwrap_or(f64::NAN),
        milliseconds("best"),
        milliseconds("median"),
        milliseconds("worst"),
        number(&answer, "prepare_seconds").unwrap_or(f64::NAN),
    ));
    let (frontier, peak) = timed(1, &["what-if", ROUND, "--frontier", "need:equality"])?;
    print(&format!("  the trade-off of two goals: {:.1} s; peak {}", frontier.best(), mebibytes(peak)));
    // The policy is copied into the round, so that this one may be changed.
    let policy = Path::new(ROUND).join("policy.toml");
    let firm = std::fs::read_to_string(&policy)? + UNCERTAINTY;
    std::fs::write(&policy, firm)?;
    let (firm, peak) = timed(runs, &["run", ROUND])?;
    print(&format!(
        "  adil run with 1,000 variations and their indices: best {:.2} s, that is {:.2} s more; peak {}",
        firm.best(),
        firm.best() - times.best(),
        mebibytes(peak),
    ));
    Ok(())
}

fn mebibytes(peak: Option<f64>) -> String {
    peak.map_or_else(|| "not measured".to_owned(), |p| format!("{p:.0} MiB"))
}
