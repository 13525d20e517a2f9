//! The command line: one definition for parsing, help, man page and completions.

use std::path::PathBuf;

use adil_domain::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use crate::commands::access::AccessArgs;
pub(crate) use crate::commands::import::ImportArgs;
pub(crate) use crate::commands::links::LinksArgs;
pub(crate) use crate::commands::matching::MatchArgs;
pub(crate) use crate::commands::model::ModelCommand;
pub(crate) use crate::commands::publish::PublishArgs;
pub(crate) use crate::commands::sign::SignArgs;

/// Divide public money fairly: every amount explained, every decision checkable.
#[derive(Debug, Parser)]
#[command(name = "adil", version, about, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 the input is wrong or a check fails; 2 the command is wrong; \
                        3 the bounds of the policy contradict each other."
)]
pub(crate) struct Cli {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Threads to use; the answer is the same with any number [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Decide a round and write its decision folder
    Run(RunArgs),
    /// Check a round without deciding it; list every problem
    Check(CheckArgs),
    /// Recompute a decision and compare every file with what is there
    Verify(VerifyArgs),
    /// Write what of a round may stand on a public web site: small counts of people hidden, tables about people left out
    Publish(PublishArgs),
    /// Say why an application gets what it gets
    Explain(ExplainArgs),
    /// Show what other weights or another budget would change, or what the weights trade off; never a decision
    WhatIf(WhatIfArgs),
    /// Divide a round again without each of its optional sources: how much of the money rests on one alone
    Independence(IndependenceArgs),
    /// Divide money that was really spent by published rules, beside who really got it; needs nobody's mandate
    Shadow(ShadowArgs),
    /// Look at a round from outside: its indicator, who gets how much, gaps, incentives, equality
    Audit(AuditArgs),
    /// Ask of attendance, seats and papers what may not be true; write flags.csv
    Detect(DetectArgs),
    /// Work with the rules of a round
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// How much of what is offered each place can reach
    Access(AccessArgs),
    /// A model that anybody can check: learn it, use it, change it
    #[command(subcommand)]
    Model(ModelCommand),
    /// Other people's lists of facilities as a round folder
    Import(ImportArgs),
    /// Sign a source's file of checks, or check such a signature
    Sign(SignArgs),
    /// Which rows of two lists are one operator, and why
    Match(MatchArgs),
    /// Operators joined by what they share, the money behind them, declared interests
    Links(LinksArgs),
    /// Make up a round of the size of a country, with the truth about it
    #[command(subcommand)]
    Simulate(SimulateCommand),
    /// Make up Kazakhstan, divide 47 billion tenge in it, and open the report
    Demo(DemoArgs),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write man pages, one for each command
    Man {
        /// The folder to write them to
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// The folder of a round.
#[derive(Debug, Args)]
pub(crate) struct RoundArg {
    /// The round's folder: policy.toml and its tables
    #[arg(value_name = "ROUND")]
    pub(crate) round: PathBuf,
}

/// The language of the answer.
#[derive(Debug, Args)]
pub(crate) struct LangArg {
    /// The language of the answer [default: the round's]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
}

/// A language the product speaks.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Kk => Self::KK,
            Lang::Ru => Self::RU,
            Lang::En => Self::EN,
        }
    }
}

/// `adil run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// Where to write the decision [default: ROUND/decision]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print decision.json instead of a summary
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// Also fail when there are only warnings
    #[arg(long)]
    pub(crate) strict: bool,
    /// Draft datapackage.json from the tables, keeping what it already says
    #[arg(long)]
    pub(crate) write_package: bool,
    /// Print the problems as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// The decision to verify [default: ROUND/decision]
    #[arg(long, value_name = "DIR")]
    pub(crate) decision: Option<PathBuf>,
    /// Print the checks as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// The application
    #[arg(value_name = "APPLICATION_ID")]
    pub(crate) application: String,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print the steps as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil independence`.
#[derive(Debug, Args)]
pub(crate) struct IndependenceArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil shadow`.
#[derive(Debug, Args)]
pub(crate) struct ShadowArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// What was really paid: an amount, and which application, facility or operator got it
    #[arg(long, value_name = "AWARDS.csv")]
    pub(crate) actual: PathBuf,
    /// Divide by these rules instead of the round's own
    #[arg(long, value_name = "POLICY.toml")]
    pub(crate) policy: Option<PathBuf>,
    /// Set the applications aside: every facility is a candidate
    #[arg(long)]
    pub(crate) no_applications: bool,
    /// As if this source had never answered; may be repeated
    #[arg(long, value_name = "SOURCE")]
    pub(crate) without: Vec<String>,
    /// Also write index.html, shadow.csv and shadow.json
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print the sums as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil what-if`.
#[derive(Debug, Args)]
pub(crate) struct WhatIfArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// A change: weight.CRITERION.INDICATOR=NUMBER (the others rescale in proportion) or budget=AMOUNT
    #[arg(long = "set", value_name = "NAME=VALUE", required_unless_present = "frontier")]
    pub(crate) changes: Vec<String>,
    /// The trade-off between two goals over all weights. A goal is CRITERION or CRITERION.INDICATOR (its mean value
    /// over the money divided), equality or equality.LEVEL (between places), or funded (the part of the applications)
    #[arg(long, value_name = "GOAL:GOAL", conflicts_with = "changes")]
    pub(crate) frontier: Option<String>,
    /// How many sets of weights to try
    #[arg(long, value_name = "N", default_value_t = 400, conflicts_with = "changes")]
    #[arg(value_parser = clap::value_parser!(u16).range(10..=20_000))]
    pub(crate) points: u16,
    /// The same seed tries the same weights
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "changes")]
    pub(crate) seed: u64,
    /// Keep every weight within so many points of the published one [default: any weights]
    #[arg(long, value_name = "N", conflicts_with = "changes", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) within: Option<u8>,
    /// Also write the trade-off as index.html and frontier.json
    #[arg(long, value_name = "DIR", conflicts_with = "changes")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print the differences, or the trade-off, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil detect`.
#[derive(Debug, Args)]
pub(crate) struct DetectArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// A Ballista scheduler that answers instead of this machine: ballista://HOST:PORT
    #[arg(long, value_name = "URL")]
    pub(crate) engine: Option<String>,
    /// How long to wait for a scheduler with an executor [default: 60]
    #[arg(long, value_name = "SECONDS", requires = "engine")]
    pub(crate) wait: Option<u64>,
    /// Only this detector; may be given several times
    #[arg(long, value_name = "DETECTOR")]
    pub(crate) only: Vec<String>,
}

/// `adil audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// Where to write the audit [default: ROUND/audit]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print audit.json instead of a summary
    #[arg(long)]
    pub(crate) json: bool,
}

/// `adil policy …`.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Say the rules of a round in plain sentences
    Explain {
        #[command(flatten)]
        round: RoundArg,
        #[command(flatten)]
        lang: LangArg,
        /// Print the sentences as JSON
        #[arg(long)]
        json: bool,
    },
}

/// `adil simulate …`.
#[derive(Debug, Subcommand)]
pub(crate) enum SimulateCommand {
    /// Kazakhstan: real places and people, made-up facilities, children and payments, planted abuses
    Kazakhstan(KazakhstanArgs),
}

/// `adil demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where the round goes; what an earlier demo left there is replaced
    #[arg(long, value_name = "DIR", default_value = "adil-demo")]
    pub(crate) out: PathBuf,
    /// The same seed gives the same country
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Facilities, sections and children as a part or a multiple of the real country
    #[arg(long, value_name = "S", default_value_t = 1.0)]
    pub(crate) scale: f64,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Do not open the report
    #[arg(long)]
    pub(crate) no_open: bool,
}

/// `adil simulate kazakhstan`.
#[derive(Debug, Args)]
pub(crate) struct KazakhstanArgs {
    /// The same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Facilities, sections and children as a part or a multiple of the real country
    #[arg(long, value_name = "S", default_value_t = 1.0)]
    pub(crate) scale: f64,
    /// Write one region alone
    #[arg(long, value_name = "KATO")]
    pub(crate) region: Option<String>,
    /// Write every single visit too: millions of rows, compressed
    #[arg(long)]
    pub(crate) attendance: bool,
    /// Leave out the timesheets and payments of the months
    #[arg(long, conflicts_with = "attendance")]
    pub(crate) no_timesheets: bool,
    /// Rules to put beside the tables as policy.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// The folder to write; one that is there must be empty or an earlier simulation, which is replaced
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Print what was made as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
