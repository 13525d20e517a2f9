//! `adil model predict`: rows foretold by looking up and adding.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use adil_domain::Problems;
use adil_model::{Predictor, Purpose};
use anyhow::Context;
use clap::Args;
use serde_json::json;

use super::super::{print, print_json, say};
use super::{read, refuse, table};
use crate::progress::Progress;
use crate::{Exit, show};

/// `adil model predict`.
#[derive(Debug, Args)]
#[command(after_help = "\
The answer has row (counted from 1), prediction, low, high. A value that is not known, or a word that the model never saw, gets \
the points that the model has for what is not known.")]
pub(crate) struct PredictArgs {
    /// The model
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The rows: CSV (also gzip or zstd) or a spreadsheet
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The part of the truths that is to lie between low and high
    #[arg(long, value_name = "PART", default_value_t = 0.9, value_parser = level)]
    level: f64,
    /// Where to write the predictions
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print a summary as JSON
    #[arg(long)]
    json: bool,
}

fn level(text: &str) -> Result<f64, String> {
    let level = text.parse::<f64>().ok().filter(|level| (0.5..1.0).contains(level));
    level.ok_or_else(|| "a part from 0.5 up and below 1 is expected".to_owned())
}

pub(super) fn predict(args: &PredictArgs) -> anyhow::Result<Exit> {
    let mut problems = Problems::new();
    let progress = Progress::new(2);
    progress.step("reading");
    let model = read(&args.model, &mut problems);
    let table = table::read(&args.data, &mut problems);
    let (Some(model), Some(table)) = (model, table) else {
        drop(progress);
        return refuse(&problems, args.json);
    };
    let rows: Vec<usize> = (0..table.sheet.len()).collect();
    let exposures = model.exposure.as_ref().map_or_else(Vec::new, |name| {
        let column = table.column(name, "the model's exposure", &mut problems);
        column.map_or_else(Vec::new, |column| table.numbers(column, &rows, &mut problems))
    });
    let features = table.features(&model, &rows, &mut problems);
    if problems.has_errors() {
        drop(progress);
        return refuse(&problems, args.json);
    }
    progress.step("predicting");
    let found = Predictor::new(&model).rows(&features, rows.len(), &exposures, args.level);
    let mut text = String::from("row,prediction,low,high\n");
    for (row, found) in found.iter().enumerate() {
        // Writing to memory does not fail.
        let _ = writeln!(text, "{},{:.6},{:.6},{:.6}", row + 1, found.mean, found.low, found.high);
    }
    fs::write(&args.out, text).with_context(|| format!("{} can't be written", args.out.display()))?;
    drop(progress);
    say(&show::problems(&problems, ""))?;
    let simulated = model.training.simulated;
    if args.json {
        print_json(&json!({
            "rows": rows.len(),
            "simulated": simulated,
            "out": args.out.display().to_string(),
            "problems": show::problems_json(&problems),
        }))?;
    } else {
        let mut note = String::new();
        if simulated {
            note.push_str("The model was trained on simulated rows.\n");
        }
        if model.training.purpose == Purpose::Help {
            note.push_str(
                "These forecasts say whom to help or to visit. They may neither earn nor cost points.\n",
            );
        }
        print(&format!("{} rows\n{note}→ {}\n", rows.len(), args.out.display()))?;
    }
    Ok(Exit::Done)
}
