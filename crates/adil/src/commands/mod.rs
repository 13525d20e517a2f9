//! One file for each command; what they share stands here.

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod detect;
pub(crate) mod explain;
mod frontier;
pub(crate) mod import;
pub(crate) mod independence;
pub(crate) mod links;
pub(crate) mod manual;
pub(crate) mod matching;
pub(crate) mod model;
pub(crate) mod policy;
pub(crate) mod publish;
mod roads;
pub(crate) mod run;
pub(crate) mod shadow;
pub(crate) mod sign;
pub(crate) mod simulate;
pub(crate) mod verify;
pub(crate) mod what_if;

use std::io::{self, Write};

use adil_domain::{Language, Problems};
use adil_policy::Policy;
use adil_round::folder::{self, Files};
use adil_round::inputs::{self, Inputs, Reading};
use adil_round::{DecideError, Decision};
use serde_json::{Value, json};

use crate::args::{LangArg, RoundArg};
use crate::{Exit, show};

/// Writes to standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    heard(out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush()))
}

/// A reader that has seen enough (`| head`) is no failure, and hides none: the command goes on to its own exit status.
fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes JSON to standard output.
pub(crate) fn print_json(value: &Value) -> io::Result<()> {
    print(&format!("{value:#}"))
}

/// Writes to standard error.
pub(crate) fn say(text: &str) -> io::Result<()> {
    heard(io::stderr().lock().write_all(text.as_bytes()))
}

/// A round that could not be had, already said to the person.
pub(crate) struct Refused(pub(crate) Exit);

/// Reads and checks a round; says what is wrong with it.
pub(crate) fn read(round: &RoundArg, json: bool) -> anyhow::Result<Result<(Files, Inputs), Refused>> {
    let files = match folder::read(&round.round) {
        Ok(files) => files,
        Err(problems) => return refuse(&problems, "", json).map(Err),
    };
    let Reading { inputs, problems, policy_text } = inputs::read(&files, false);
    match inputs {
        Some(inputs) => Ok(Ok((files, inputs))),
        None => refuse(&problems, &policy_text, json).map(Err),
    }
}

/// Reads and decides a round.
pub(crate) fn decide(round: &RoundArg, json: bool) -> anyhow::Result<Result<Decision, Refused>> {
    match read(round, json)? {
        Err(refused) => Ok(Err(refused)),
        Ok((_, inputs)) => match adil_round::decide(&inputs) {
            Ok(decision) => Ok(Ok(decision)),
            Err(error) => refuse_decision(&error, json).map(Err),
        },
    }
}

/// Says why a round can't be decided.
pub(crate) fn refuse_decision(error: &DecideError, json: bool) -> anyhow::Result<Refused> {
    match error {
        DecideError::Input(problems, policy_text) => refuse(problems, policy_text, json),
        DecideError::Conflict(conflicts) => {
            if json {
                print_json(&json!({ "conflicts": show::conflicts_json(conflicts) }))?;
            }
            say(&show::conflicts(conflicts))?;
            Ok(Refused(Exit::Conflict))
        }
    }
}

fn refuse(problems: &Problems, policy_text: &str, json: bool) -> anyhow::Result<Refused> {
    if json {
        print_json(&json!({ "problems": show::problems_json(problems) }))?;
    }
    say(&show::problems(problems, policy_text))?;
    say(&format!("The round can't be decided: {}.\n", show::count(problems)))?;
    Ok(Refused(Exit::Wrong))
}

/// The language asked for, or the round's, or the first of its country's that the product speaks.
pub(crate) fn language(arg: &LangArg, policy: &Policy) -> Language {
    if let Some(lang) = arg.lang {
        return lang.into();
    }
    let spoken = |l: &Language| Language::PRODUCT.contains(l);
    let country = adil_domain::country::pack(&policy.round.country);
    policy
        .round
        .language
        .filter(spoken)
        .or_else(|| country.and_then(|c| c.languages().iter().copied().find(spoken)))
        .unwrap_or(Language::EN)
}
