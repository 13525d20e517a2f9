//! `adil-detect`: looks at a round and writes its flags.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use adil_detect::{DetectError, Engine, Options, Report, Scheduler, State, detect};
use adil_domain::{Language, Problems};
use clap::Parser;

/// Questions about a round's attendance, with evidence, in flags.csv
#[derive(Debug, Parser)]
#[command(name = "adil-detect", version, about)]
struct Arguments {
    /// The round's folder
    round: PathBuf,
    /// A Ballista scheduler that answers instead of this machine: ballista://HOST:PORT
    #[arg(long, value_name = "URL")]
    engine: Option<String>,
    /// How long the scheduler may be unreachable or without executors
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "engine")]
    wait: u64,
    /// Language of the sentences: kk, ru or en [default: that of the round]
    #[arg(long)]
    lang: Option<Language>,
    /// Only this detector; may be given several times
    #[arg(long, value_name = "DETECTOR")]
    only: Vec<String>,
    /// Threads to use; the answer is the same with any number [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let engine = match &arguments.engine {
        Some(address) => Scheduler::at(address, Duration::from_secs(arguments.wait)).map(Engine::Ballista),
        None => Ok(Engine::Local { threads: arguments.threads.unwrap_or_else(cores) }),
    };
    let report = engine.and_then(|engine| {
        let options = Options { language: arguments.lang, only: arguments.only, ..Options::new(engine) };
        detect(&arguments.round, &options)
    });
    match report {
        Ok(report) => {
            say(&report.problems);
            print(&report);
            ExitCode::SUCCESS
        }
        Err(DetectError::Input(problems)) => {
            say(&problems);
            let _ = writeln!(
                io::stderr(),
                "adil: nothing was detected, and an earlier flags.csv was left as it is."
            );
            ExitCode::from(1)
        }
        Err(error @ DetectError::Engine(_)) => {
            let _ = writeln!(io::stderr(), "adil: {error}");
            ExitCode::from(2)
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "adil: {error}");
            ExitCode::from(1)
        }
    }
}

fn say(problems: &Problems) {
    for problem in problems {
        let _ = writeln!(io::stderr(), "{problem}");
    }
}

fn print(report: &Report) {
    let mut text = String::new();
    for found in &report.found {
        let state = match &found.state {
            State::Looked { counts: [0, 0, 0] } => "nothing found".to_owned(),
            State::Looked { counts: [low, medium, high] } => {
                format!("flags: {} (high {high}, medium {medium}, low {low})", low + medium + high)
            }
            State::CannotLook { needs } => format!("cannot look: needs {}", needs.join(", ")),
        };
        text.push_str(&format!("  {:<28} {state}\n", found.id));
    }
    text.push_str(&format!(
        "\nflags: {} → flags.csv. A flag is a question, not a verdict.\n",
        report.flags.len()
    ));
    let _ = io::stdout().write_all(text.as_bytes());
}
