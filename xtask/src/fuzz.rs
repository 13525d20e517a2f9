//! A short run of every fuzz target.
//!
//! libFuzzer's coverage needs flags of the compiler that stable Rust has only behind `RUSTC_BOOTSTRAP`; the targets
//! themselves are plain stable Rust, so that flag is set for this one build and for nothing that is shipped.

use std::process::Command;

use anyhow::ensure;

use crate::commands::{cargo, have, print, root, run};

const TARGETS: [&str; 12] = [
    "access", "arrears", "egov", "geojson", "mapping", "model", "money", "names", "osm_pbf", "policy",
    "sheet", "table",
];
const CARGO_FUZZ: &str = "0.13.2";

pub(crate) fn all(seconds: u32) -> anyhow::Result<()> {
    ensure!(seconds > 0, "a fuzz run of no seconds finds nothing");
    if !have("cargo-fuzz", "--version") {
        run(cargo().args(["install", "--locked", "--version", CARGO_FUZZ, "cargo-fuzz"]))?;
    }
    for target in TARGETS {
        let limit = format!("-max_total_time={seconds}");
        let mut command = Command::new("cargo-fuzz");
        command.args(["run", "--sanitizer", "none", target]);
        // What is found goes into the first corpus; the seeds that are kept are only read.
        let seeds = root().join("fuzz/seeds").join(target);
        if seeds.is_dir() {
            let own = root().join("fuzz/corpus").join(target);
            std::fs::create_dir_all(&own)?;
            command.args([own, seeds]);
        }
        command.args(["--", &limit, "-rss_limit_mb=4096", "-timeout=10"]);
        run(command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1"))?;
    }
    print("no fuzz target failed");
    Ok(())
}
