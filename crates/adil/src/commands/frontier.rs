//! `adil what-if --frontier`: the trade-off between two goals over all weights; never a decision.

use adil_report::{html, text};
use adil_round::folder::{self, Files};
use adil_round::what_if::{Prepared, Search, frontier as look};
use anyhow::Context;

use super::what_if::refuse;
use super::{Refused, language, print, read, refuse_decision};
use crate::Exit;
use crate::args::WhatIfArgs;
use crate::progress::Progress;

/// The page.
const PAGE: &str = "index.html";
/// The same for programs.
const JSON: &str = "frontier.json";

pub(super) fn frontier(args: &WhatIfArgs, goals: &str) -> anyhow::Result<Exit> {
    let progress = Progress::new(3);
    progress.step("reading the round");
    let inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let prepared = match Prepared::new(&inputs) {
        Ok(prepared) => prepared,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    let goals = match prepared.goal_pair(goals) {
        Ok(goals) => goals,
        Err(error) => {
            drop(progress);
            return refuse(&error.to_string(), args.json);
        }
    };
    progress.step("trying weights");
    let search = Search { tries: usize::from(args.points), seed: args.seed, within: args.within };
    let answered = prepared.decision().and_then(|decision| Ok((decision, look(&prepared, goals, search)?)));
    let (decision, found) = match answered {
        Ok((decision, Some(found))) => (decision, found),
        Ok((_, None)) => {
            drop(progress);
            refuse("The published weights divide nothing, so there is nothing to compare.", args.json)?;
            return Ok(Exit::Wrong);
        }
        Err(error) => {
            drop(progress);
            return Ok(refuse_decision(&error, args.json)?.0);
        }
    };
    progress.step("saying what was found");
    let language = language(&args.lang, &decision.policy);
    let json = format!("{:#}\n", found.json(&decision));
    let mut said = if args.json { json.clone() } else { text::frontier(&found, &decision, language) };
    if let Some(out) = &args.out {
        let page = html::frontier(&found, &decision, language).context("index.html could not be made")?;
        let files = Files::from([(PAGE.to_owned(), page.into_bytes()), (JSON.to_owned(), json.into_bytes())]);
        folder::replace(out, &files)?;
        if !args.json {
            said.push_str(&format!("→ {}\n", out.join(PAGE).display()));
        }
    }
    drop(progress);
    print(&said)?;
    Ok(Exit::Done)
}
