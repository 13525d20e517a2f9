//! `adil run`: decide, write the decision folder, print one screen.

use adil_domain::Problems;
use adil_report::{html, text, xlsx};
use adil_round::folder::{self, DECISION};
use adil_round::inputs::{self, Reading};
use adil_round::output::{self, DECISION_JSON};
use adil_round::{DecideError, Decision, verify};
use anyhow::Context;

use super::{language, print, refuse_decision, say};
use crate::Exit;
use crate::args::RunArgs;
use crate::progress::Progress;

/// `report.html`.
pub(crate) const REPORT: &str = "report.html";
/// `decision.xlsx`.
pub(crate) const WORKBOOK: &str = "decision.xlsx";

pub(crate) fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let round = &args.round.round;
    let progress = Progress::new(4);
    progress.step("reading the round");
    let files = match folder::read(round) {
        Ok(files) => files,
        Err(problems) => return refuse(args, DecideError::Input(problems, String::new()), progress),
    };
    let Reading { inputs, problems, policy_text } = inputs::read(&files, false);
    let Some(inputs) = inputs else {
        return refuse(args, DecideError::Input(problems, policy_text), progress);
    };
    progress.step("deciding");
    let decision = match adil_round::decide(&inputs) {
        Ok(decision) => decision,
        Err(error) => return refuse(args, error, progress),
    };
    progress.step("checking the certificate, writing the report");
    let language = language(&args.lang, &decision.policy);
    let ((mut outputs, violations), renderings) = rayon::join(
        || {
            let outputs = output::files(&decision);
            let violations = verify::certificate(&outputs);
            (outputs, violations)
        },
        || renderings(&decision, language),
    );
    anyhow::ensure!(
        violations.is_empty(),
        "the decision does not pass its own check; nothing was written: {}",
        violations.join("; ")
    );
    outputs.extend(renderings?);
    progress.step("writing the decision");
    let out = args.out.clone().unwrap_or_else(|| round.join(DECISION));
    folder::replace(&out, &outputs)?;
    drop(progress);
    // What was wrong with an earlier version of the round no longer is.
    if let Err(error) = folder::write_problems(round, &Problems::new()) {
        say(&format!("note: {error}\n"))?;
    }
    if args.json {
        let json = outputs.get(DECISION_JSON).map(Vec::as_slice).unwrap_or_default();
        print(std::str::from_utf8(json).context("decision.json is not text")?)?;
    } else {
        let (at, to) = (round.display().to_string(), out.display().to_string());
        let summary = text::RunSummary { round: &at, out: &to, holds: Some(true) };
        print(&text::summary(&decision, summary, language))?;
    }
    Ok(Exit::Done)
}

/// The page and the spreadsheet of a decision.
pub(crate) fn renderings(
    decision: &Decision,
    language: adil_domain::Language,
) -> anyhow::Result<folder::Files> {
    let (page, workbook) =
        rayon::join(|| html::page(decision, language), || xlsx::workbook(decision, language));
    let page = page.context("report.html could not be made")?;
    let workbook = workbook.context("decision.xlsx could not be made")?;
    Ok(folder::Files::from([(REPORT.to_owned(), page.into_bytes()), (WORKBOOK.to_owned(), workbook)]))
}

/// Says why, and leaves `problems.csv` beside the policy; that first, so that it is there whoever listens.
fn refuse(args: &RunArgs, error: DecideError, progress: Progress) -> anyhow::Result<Exit> {
    drop(progress);
    let round = &args.round.round;
    let written = match &error {
        DecideError::Input(problems, _) if round.is_dir() => Some(folder::write_problems(round, problems)),
        _ => None,
    };
    let exit = refuse_decision(&error, args.json)?.0;
    match written {
        Some(Ok(())) => say(&format!("→ {}\n", round.join(folder::PROBLEMS).display()))?,
        Some(Err(error)) => say(&format!("note: {error}\n"))?,
        None => {}
    }
    Ok(exit)
}
