//! `adil shadow`: a budget that was really spent beside its division by published rules; never a decision.

use std::collections::BTreeSet;

use adil_domain::{Place, Problem, Problems};
use adil_report::{html, text};
use adil_round::folder::{self, APPLICATIONS, Files, POLICY};
use adil_round::inputs::{self, Inputs, Reading};
use adil_round::output;
use adil_round::shadow::{compare, read_actual};
use adil_round::what_if::Prepared;
use anyhow::Context;

use super::{Refused, language, print, print_json, refuse, refuse_decision};
use crate::Exit;
use crate::args::ShadowArgs;

/// The page.
const PAGE: &str = "index.html";
/// Every recipient.
const TABLE: &str = "shadow.csv";
/// Sums for programs.
const JSON: &str = "shadow.json";

pub(crate) fn shadow(args: &ShadowArgs) -> anyhow::Result<Exit> {
    let inputs = match candidates(args)? {
        Ok(inputs) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let name = args.actual.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let bytes =
        std::fs::read(&args.actual).with_context(|| format!("{} can't be read", args.actual.display()))?;
    let mut problems = Problems::new();
    let Some(actual) = read_actual(&name, &bytes, inputs.policy.round.currency, &mut problems) else {
        return Ok(refuse(&problems, "", args.json)?.0);
    };
    let inputs = inputs.with_budget(actual.spent);
    let decision = match Prepared::new(&inputs).and_then(|prepared| prepared.decision()) {
        Ok(decision) => decision,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    let found = compare(&decision, &actual);
    let language = language(&args.lang, &decision.policy);
    let json = output::shadow_json(&found, &decision);
    if let Some(out) = &args.out {
        let page = html::shadow(&found, &decision, language).context("index.html could not be made")?;
        let files = Files::from([
            (PAGE.to_owned(), page.into_bytes()),
            (TABLE.to_owned(), output::shadow_csv(&found)),
            (JSON.to_owned(), format!("{json:#}\n").into_bytes()),
        ]);
        folder::replace(out, &files)?;
    }
    if args.json {
        print_json(&json)?;
    } else {
        print(&text::shadow(&found, &decision, language))?;
        if let Some(out) = &args.out {
            print(&format!("→ {}", out.join(PAGE).display()))?;
        }
    }
    Ok(Exit::Done)
}

/// The round whose candidates are compared: with other rules, without applications, without sources, as asked.
fn candidates(args: &ShadowArgs) -> anyhow::Result<Result<Inputs, Refused>> {
    let mut files = match folder::read(&args.round.round) {
        Ok(files) => files,
        Err(problems) => return refuse(&problems, "", args.json).map(Err),
    };
    if let Some(policy) = &args.policy {
        let text = std::fs::read(policy).with_context(|| format!("{} can't be read", policy.display()))?;
        files.insert(POLICY.to_owned(), text);
    }
    if args.no_applications {
        files.remove(APPLICATIONS);
    }
    let Reading { inputs, problems, policy_text } = inputs::read(&files, false);
    let Some(inputs) = inputs else {
        return refuse(&problems, &policy_text, args.json).map(Err);
    };
    let known: Vec<&str> = inputs.policy.sources.iter().map(|s| s.name.as_str()).collect();
    let mut unknown = Problems::new();
    for source in args.without.iter().filter(|source| !known.contains(&source.as_str())) {
        unknown.push(
            Problem::error(
                "unknown-source",
                Place::file(POLICY),
                format!("The policy names no source `{source}`."),
            )
            .hint(adil_domain::problem::did_you_mean(source, known.iter().copied())),
        );
    }
    if unknown.has_errors() {
        return refuse(&unknown, "", args.json).map(Err);
    }
    let without: BTreeSet<String> = args.without.iter().cloned().collect();
    Ok(Ok(if without.is_empty() { inputs } else { inputs.without(&without) }))
}
