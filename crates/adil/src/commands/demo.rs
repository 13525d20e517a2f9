//! `adil demo`: a whole country from nothing to its report, in one command.

use std::io::IsTerminal;
use std::path::Path;

use adil_simulate::Options;

use super::run::REPORT;
use super::{run, say, simulate};
use crate::Exit;
use crate::args::{DemoArgs, LangArg, RoundArg, RunArgs};

/// The rules of the national round.
const RULES: [(&str, &str); 2] = [
    ("policy.toml", include_str!("../../../../examples/kazakhstan/policy.toml")),
    ("models/use.json", include_str!("../../../../examples/kazakhstan/models/use.json")),
];

pub(crate) fn demo(args: &DemoArgs) -> anyhow::Result<Exit> {
    let options = Options { seed: args.seed, scale: args.scale, copied: &RULES, ..Options::default() };
    if let Err(refused) = simulate::make(&options, &args.out)? {
        return Ok(refused);
    }
    let round = RoundArg { round: args.out.clone() };
    let run = RunArgs { round, out: None, lang: LangArg { lang: args.lang.lang }, json: false };
    let ended = run::run(&run)?;
    if ended == Exit::Done {
        show(&args.out.join(adil_round::folder::DECISION).join(REPORT), args.no_open)?;
    }
    Ok(ended)
}

/// Opens the report where somebody sits in front of a screen; says where it is everywhere else.
fn show(report: &Path, no_open: bool) -> anyhow::Result<()> {
    if !no_open && std::io::stdout().is_terminal() && open::that_detached(report).is_ok() {
        return Ok(());
    }
    say(&format!("→ {}\n", report.display()))?;
    Ok(())
}
