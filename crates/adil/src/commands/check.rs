//! `adil check`: list every problem; draft the data package.

use std::fs;
use std::path::Path;

use adil_domain::Problems;
use adil_round::DecideError;
use adil_round::folder::{self, PACKAGE};
use adil_round::inputs::{self, Inputs, Reading};
use adil_round::privacy;
use anyhow::Context;
use serde_json::json;

use super::{print, print_json, say};
use crate::args::CheckArgs;
use crate::{Exit, show};

pub(crate) fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    let round = &args.round.round;
    let files = match folder::read(round) {
        Ok(files) => files,
        Err(problems) => {
            if args.json {
                print_json(&json!({ "problems": show::problems_json(&problems) }))?;
            }
            say(&show::problems(&problems, ""))?;
            return Ok(Exit::Wrong);
        }
    };
    if args.write_package {
        let path = round.join(PACKAGE);
        let draft = inputs::draft_package(&files, &round_name(round));
        fs::write(&path, draft).with_context(|| format!("{} can't be written", path.display()))?;
        say(&format!("→ {}\n", path.display()))?;
        let files = folder::read(round).unwrap_or(files);
        return report(args, &inputs::read(&files, true));
    }
    report(args, &inputs::read(&files, true))
}

/// Persons' numbers in tables that no decision reads, such as timesheets.
fn beside(round: &Path, inputs: &Inputs) -> anyhow::Result<Problems> {
    let mut problems = Problems::new();
    for path in folder::other_tables(round)? {
        let bytes = fs::read(round.join(&path)).with_context(|| format!("{path} can't be read"))?;
        privacy::personal_numbers_in(&path, &bytes, inputs.country, &mut problems);
    }
    Ok(problems)
}

fn report(args: &CheckArgs, reading: &Reading) -> anyhow::Result<Exit> {
    let mut problems = reading.problems.clone();
    // What only shows when the tables are joined and the bounds are weighed against each other.
    if let Some(inputs) = &reading.inputs {
        problems.extend(beside(&args.round.round, inputs)?);
        match adil_round::decide(inputs) {
            Ok(decision) => problems.extend(decision.problems),
            Err(DecideError::Input(found, _)) => problems.extend(found),
            Err(DecideError::Conflict(conflicts)) => {
                if args.json {
                    print_json(&json!({ "conflicts": show::conflicts_json(&conflicts) }))?;
                } else {
                    print(&show::conflicts(&conflicts))?;
                }
                return Ok(Exit::Wrong);
            }
        }
        problems.sort();
        problems.dedup();
    }
    let problems = &problems;
    let fails = problems.has_errors() || (args.strict && !problems.is_empty());
    if args.json {
        print_json(&json!({ "problems": show::problems_json(problems) }))?;
    } else if problems.is_empty() {
        print("No problems.")?;
    } else {
        print(&show::problems(problems, &reading.policy_text))?;
        print(&format!("{}.", show::count(problems)))?;
    }
    Ok(if fails { Exit::Wrong } else { Exit::Done })
}

/// The name a package is given where it has none: the folder's.
fn round_name(round: &Path) -> String {
    let whole = round.canonicalize().unwrap_or_else(|_| round.to_owned());
    whole.file_name().map_or_else(|| "round".to_owned(), |n| n.to_string_lossy().into_owned())
}
