//! Two lists of operators matched.

use std::process::Command;

use crate::commands::{cargo, output, print, run as run_command};

const EXAMPLE: &str = "target/release/examples/match_speed";

/// The lists are made by the example, which prints what it found and how long each part took.
pub(super) fn run(_quick: bool) -> anyhow::Result<()> {
    print("");
    let build = ["build", "--release", "--locked", "-p", "adil-integrity", "--example", "match_speed"];
    run_command(cargo().args(build))?;
    print(output(&mut Command::new(EXAMPLE))?.trim_end());
    Ok(())
}
