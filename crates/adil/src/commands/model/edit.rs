//! `adil model edit`: one line of one table by hand, on record.

use std::fs;
use std::path::PathBuf;

use adil_domain::{Place, Problem, Problems};
use adil_model::Model;
use adil_model::model::Edit;
use anyhow::Context;
use clap::Args;

use super::super::{print, say};
use super::{read, refuse};
use crate::{Exit, show};

/// `adil model edit`.
#[derive(Debug, Args)]
pub(crate) struct EditArgs {
    /// The model
    #[arg(value_name = "MODEL")]
    model: PathBuf,
    /// The column
    #[arg(long, value_name = "COLUMN")]
    feature: String,
    /// The line, counted from 0, or `other`
    #[arg(long, value_name = "LINE")]
    line: String,
    /// The new points, as decimals such as 0.25
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true)]
    points: String,
    /// Who changes it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// Where to write the changed model [default: the same file]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn edit(args: &EditArgs) -> anyhow::Result<Exit> {
    let mut problems = Problems::new();
    let changed = read(&args.model, &mut problems).and_then(|model| changed(model, args, &mut problems));
    let Some(model) = changed else { return refuse(&problems, false) };
    let out = args.out.as_ref().unwrap_or(&args.model);
    fs::write(out, model.to_json()).with_context(|| format!("{} can't be written", out.display()))?;
    say(&show::problems(&problems, ""))?;
    if let Some(edit) = model.edits.last() {
        print(&format!(
            "{} {}: {} → {} (10^−{})\n→ {}\n",
            edit.feature,
            edit.line.map_or_else(|| "other".to_owned(), |line| line.to_string()),
            edit.from,
            edit.to,
            model.decimals,
            out.display()
        ))?;
    }
    Ok(Exit::Done)
}

/// The model with the change in it; `None` when it would be no model any more.
fn changed(mut model: Model, args: &EditArgs, problems: &mut Problems) -> Option<Model> {
    let place = Place::file(args.model.display().to_string());
    let mut wrong = |code, message: String, hint: String| {
        problems.push(Problem::error(code, place.clone(), message).hint(hint));
    };
    if args.by.trim().is_empty() || args.because.trim().is_empty() {
        let hint = "Say who changes it and why; readers of the model will see both.".to_owned();
        wrong("no-reason", "A change needs a name and a reason.".to_owned(), hint);
        return None;
    }
    let scale = adil_domain::Rational::from(10u64.pow(model.decimals));
    let points = args.points.parse::<adil_domain::Rational>().ok();
    let Some(points) = points.map(|p| &p * &scale).and_then(|p| p.to_i64()) else {
        let message = format!("`{}` is no number of points with {} decimals.", args.points, model.decimals);
        wrong("not-a-number", message, "Write decimals with a point, such as 0.25.".to_owned());
        return None;
    };
    let names: Vec<String> = model.terms.iter().map(|term| term.feature.clone()).collect();
    let Some(term) = model.terms.iter_mut().find(|term| term.feature == args.feature) else {
        let hint = adil_domain::problem::did_you_mean(&args.feature, names.iter().map(String::as_str));
        wrong("unknown-column", format!("The model has no table for `{}`.", args.feature), hint);
        return None;
    };
    let line = args.line.parse::<usize>().ok();
    let lines = term.points.len();
    let cell = match line {
        None if args.line == "other" => &mut term.other,
        Some(line) if line < lines => &mut term.points[line],
        _ => {
            let message = format!("`{}` is no line of `{}`.", args.line, args.feature);
            wrong(
                "unknown-line",
                message,
                format!("Lines are 0 to {}, and `other`.", lines.saturating_sub(1)),
            );
            return None;
        }
    };
    let from = std::mem::replace(cell, points);
    model.edits.push(Edit {
        feature: args.feature.clone(),
        line: line.and_then(|line| u32::try_from(line).ok()),
        from,
        to: points,
        by: args.by.trim().to_owned(),
        because: args.because.trim().to_owned(),
    });
    let errors = model.errors();
    for error in &errors {
        let hint = "Change the neighbouring lines first, in the order in which the table stays monotone.";
        wrong("bad-model", format!("With this change {error}."), hint.to_owned());
    }
    errors.is_empty().then_some(model)
}
