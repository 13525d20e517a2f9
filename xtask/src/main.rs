//! The project's own chores. `cargo xtask test` is all that a fresh machine needs to run every test.

mod bench;
mod commands;
mod detectors;
mod fuzz;
mod ireland;
mod kazakhstan;
mod markdown;
mod observations;
mod pools;
mod replay;
mod scotland;
mod statistics;
mod test;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Formatting, lints, licences, documentation and every test; installs what it needs
    Test,
    /// Our programs and the peers on the same input, in one run, with the ratios
    Bench {
        /// Fewer and smaller cases
        #[arg(long)]
        quick: bool,
        /// Only this part
        #[arg(long, value_enum)]
        only: Option<bench::Part>,
    },
    /// docs/detectors.md from simulated countries and their truth
    Detectors,
    /// docs/observations.md from simulated countries and their truth
    Observations,
    /// A short run of every fuzz target
    Fuzz {
        /// Seconds for each target
        #[arg(long, default_value_t = 20)]
        seconds: u32,
    },
    /// Man pages, completions and the documentation of the crates
    Docs,
    /// The tables of examples/ireland-2023 from the published files
    Ireland {
        /// The folder of the published files
        #[arg(default_value = "../shared/data/ireland-2023")]
        source: PathBuf,
    },
    /// The model, the rules of the shadow round and one region of the simulated country, in examples/kazakhstan*
    Kazakhstan {
        /// Only the rules and the tables, not the model and its page
        #[arg(long)]
        tables: bool,
    },
    /// docs/model-pools.md from the published counts of New York's pools
    Pools {
        /// The folder of the published files
        #[arg(default_value = "../shared/data/nyc-pools")]
        source: PathBuf,
    },
    /// docs/replay-ireland.md from the example's rounds
    Replay {
        /// Write nothing; fail when the page is stale
        #[arg(long)]
        check: bool,
    },
    /// The tables of examples/scotland from the published files, or docs/scotland.md from the example
    Scotland {
        /// The folder of the published files
        #[arg(default_value = "../shared/data/scotland")]
        source: PathBuf,
        /// Write the page and its map instead of the tables
        #[arg(long)]
        page: bool,
        /// Write nothing; fail when the page or its map is stale
        #[arg(long)]
        check: bool,
    },
}

fn main() -> anyhow::Result<()> {
    std::env::set_current_dir(commands::root())?;
    match Cli::parse().chore {
        Chore::Test => test::all(),
        Chore::Bench { quick, only } => bench::run(quick, only),
        Chore::Detectors => detectors::measure(),
        Chore::Observations => observations::measure(),
        Chore::Fuzz { seconds } => fuzz::all(seconds),
        Chore::Docs => test::docs(),
        Chore::Ireland { source } => ireland::run(&source),
        Chore::Kazakhstan { tables } => kazakhstan::run(tables),
        Chore::Pools { source } => pools::run(&source),
        Chore::Replay { check } => replay::run(check),
        Chore::Scotland { page, check, .. } if page || check => scotland::page(check),
        Chore::Scotland { source, .. } => scotland::tables(&source),
    }
}
