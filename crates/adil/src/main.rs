#![doc = include_str!("../README.md")]

mod args;
mod commands;
mod progress;
mod show;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, PolicyCommand, SimulateCommand};

/// How a command ends, as the contract names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// The input is wrong, or a check fails.
    Wrong,
    /// The command is wrong, in a way that only the round shows.
    Usage,
    /// The bounds contradict each other.
    Conflict,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Wrong => Self::from(1),
            Exit::Usage => Self::from(2),
            Exit::Conflict => Self::from(3),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(threads) = cli.threads {
        // Only ever fails when a pool exists already, and none does yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
    }
    let ended = match cli.command {
        Command::Run(args) => commands::run::run(&args),
        Command::Check(args) => commands::check::check(&args),
        Command::Verify(args) => commands::verify::verify(&args),
        Command::Publish(args) => commands::publish::publish(&args),
        Command::Explain(args) => commands::explain::explain(&args),
        Command::Independence(args) => commands::independence::independence(&args),
        Command::Shadow(args) => commands::shadow::shadow(&args),
        Command::WhatIf(args) => commands::what_if::what_if(&args),
        Command::Audit(args) => commands::audit::audit(&args),
        Command::Detect(args) => commands::detect::detect(&args, cli.threads),
        Command::Policy(PolicyCommand::Explain { round, lang, json }) => {
            commands::policy::explain(&round, &lang, json)
        }
        Command::Simulate(SimulateCommand::Kazakhstan(args)) => commands::simulate::kazakhstan(&args),
        Command::Access(args) => commands::access::access(&args),
        Command::Model(command) => commands::model::model(&command),
        Command::Import(args) => commands::import::import(&args),
        Command::Sign(args) => commands::sign::sign(&args),
        Command::Match(args) => commands::matching::matching(&args),
        Command::Links(args) => commands::links::look(&args),
        Command::Demo(args) => commands::demo::demo(&args),
        Command::Completions { shell } => commands::manual::completions(shell),
        Command::Man { folder } => commands::manual::man(&folder),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "adil: {error:#}");
            ExitCode::from(1)
        }
    }
}
