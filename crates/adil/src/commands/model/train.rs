//! `adil model train`: tables of points from a table of rows.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use adil_domain::{Date, Place, Problem, Problems};
use adil_model::{
    About, Feature, FitError, Fitted, Loss, Monotone, Purpose, Settings, Split, Target, Values, fit, publish,
};
use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::{print, print_json, say};
use super::refuse;
use super::table::{self, Table};
use super::titles;
use crate::progress::Progress;
use crate::{Exit, show};

/// `adil model train`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every column but the target and those that are named otherwise is a feature: numbers where all of its cells are, else words. \
Rows without a target are left out.

Folds: each fold's rows are foretold by a model that never saw them, which is where the errors and intervals come from. \
Without --group and --by rows are parted at random, but the same rows always in the same way.")]
pub(crate) struct TrainArgs {
    /// The table: CSV (also gzip or zstd) or a spreadsheet
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column to foretell
    #[arg(long, value_name = "COLUMN")]
    target: String,
    /// How much or how long was looked at; predictions are multiplied by it
    #[arg(long, value_name = "COLUMN")]
    exposure: Option<String>,
    /// How much each row counts
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
    /// What is minimised
    #[arg(long, value_enum, default_value = "squared")]
    loss: LossArg,
    /// Columns whose effect may only rise or fall, such as "area:+,distance:-"
    #[arg(long, value_name = "COLUMN:SIGN,…", value_parser = monotone, default_value = "")]
    monotone: Directions,
    /// Columns to learn from, and no others
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', conflicts_with = "drop")]
    features: Vec<String>,
    /// Columns to leave out
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    drop: Vec<String>,
    /// Pairs of columns to look for
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=50))]
    pairs: u16,
    /// Models to average
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=100))]
    bags: u16,
    /// Parts of the rows that are each foretold by a model that never saw them
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=20))]
    folds: u16,
    /// Rows of one value of this column stay together, so that what is learned is tried on other ones
    #[arg(long, value_name = "COLUMN", conflicts_with = "by")]
    group: Option<String>,
    /// Each value of this column is a fold of its own, such as a year
    #[arg(long, value_name = "COLUMN", conflicts_with = "folds")]
    by: Option<String>,
    /// Chooses folds and bags
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The day up to which the rows were known
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The rows were made up; the model says so
    #[arg(long)]
    simulated: bool,
    /// Who answers for the target; points may only rest on what two independent sources say
    #[arg(long = "source", value_name = "NAME")]
    sources: Vec<String>,
    /// What forecasts may lead to
    #[arg(long, value_enum, default_value_t = PurposeArg::Score)]
    purpose: PurposeArg,
    /// What people call the columns: a table with column, en, kk, ru
    #[arg(long, value_name = "FILE")]
    titles: Option<PathBuf>,
    /// Where to write the model
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print a summary as JSON
    #[arg(long)]
    json: bool,
}

/// Losses by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LossArg {
    /// Squared difference
    Squared,
    /// Counts
    Poisson,
    /// Amounts above zero
    Gamma,
    /// Yes (1) or no (0)
    Logistic,
}

/// Purposes by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PurposeArg {
    /// Points, up to a published cap
    Score,
    /// Help or a closer look, never points: such as a forecast that an operator may close
    Help,
}

impl From<PurposeArg> for Purpose {
    fn from(purpose: PurposeArg) -> Self {
        match purpose {
            PurposeArg::Score => Self::Score,
            PurposeArg::Help => Self::Help,
        }
    }
}

impl From<LossArg> for Loss {
    fn from(loss: LossArg) -> Self {
        match loss {
            LossArg::Squared => Self::Squared,
            LossArg::Poisson => Self::Poisson,
            LossArg::Gamma => Self::Gamma,
            LossArg::Logistic => Self::Logistic,
        }
    }
}

/// Directions by column.
#[derive(Debug, Clone, Default)]
struct Directions(BTreeMap<String, Monotone>);

fn monotone(text: &str) -> Result<Directions, String> {
    let one = |part: &str| match part.rsplit_once(':') {
        Some((name, "+")) => Ok((name.to_owned(), Monotone::Rising)),
        Some((name, "-")) => Ok((name.to_owned(), Monotone::Falling)),
        _ => Err(format!("`{part}`: write COLUMN:+ or COLUMN:-")),
    };
    text.split(',').filter(|part| !part.is_empty()).map(one).collect::<Result<_, _>>().map(Directions)
}

pub(super) fn train(args: &TrainArgs) -> anyhow::Result<Exit> {
    let mut problems = Problems::new();
    let progress = Progress::new(3);
    progress.step("reading");
    let rows = table::read(&args.data, &mut problems).and_then(|table| {
        let rows = Rows::new(&table, args, &mut problems)?;
        let titles = args.titles.as_ref().and_then(|file| titles::read(file, &table, &mut problems));
        Some((rows, titles.unwrap_or_default(), table.digest))
    });
    let Some((rows, titles, digest)) = rows.filter(|_| !problems.has_errors()) else {
        drop(progress);
        return refuse(&problems, args.json);
    };
    progress.step("learning");
    let settings = Settings {
        monotone: args.monotone.0.clone(),
        pairs: usize::from(args.pairs),
        bags: usize::from(args.bags),
        folds: usize::from(args.folds),
        split: rows.split.clone(),
        seed: args.seed,
        ..Settings::new(args.loss.into())
    };
    let fitted = match fit(&rows.features, &rows.target, &settings) {
        Ok(fitted) => fitted,
        Err(error) => {
            drop(progress);
            problems.push(unfit(&error, args));
            return refuse(&problems, args.json);
        }
    };
    let about = About {
        target: args.target.clone(),
        exposure: args.exposure.clone(),
        titles,
        as_of: args.as_of.map(|day| day.to_string()),
        digest: Some(digest),
        simulated: args.simulated,
        sources: sources(&args.sources),
        purpose: args.purpose.into(),
        weight: args.weight.clone(),
        split_column: args.group.clone().or_else(|| args.by.clone()),
        split_values: rows.split_values.clone(),
    };
    let model = publish(&fitted, &rows.features, &rows.target, &settings, &about);
    progress.step("writing");
    fs::write(&args.out, model.to_json())
        .with_context(|| format!("{} can't be written", args.out.display()))?;
    drop(progress);
    say(&show::problems(&problems, ""))?;
    let summary = Summary::new(&rows, &fitted, &settings);
    if args.json {
        print_json(&summary.json(args, &model, &problems))?;
    } else {
        print(&summary.text(args, &model))?;
    }
    Ok(Exit::Done)
}

/// Each source once: naming one twice does not make it two.
fn sources(named: &[String]) -> Vec<String> {
    let mut sources: Vec<String> = named.iter().map(|name| name.trim().to_owned()).collect();
    sources.sort();
    sources.dedup();
    sources.retain(|name| !name.is_empty());
    sources
}

/// What is learned from.
struct Rows {
    features: Vec<Feature>,
    target: Target,
    split: Split,
    /// The values that are a fold each.
    split_values: Vec<String>,
    left_out: usize,
}

impl Rows {
    fn new(table: &Table, args: &TrainArgs, problems: &mut Problems) -> Option<Self> {
        let mut named = |name: &Option<String>, option: &str| {
            name.as_ref().map(|name| table.column(name, option, problems))
        };
        let exposure = named(&args.exposure, "--exposure");
        let weight = named(&args.weight, "--weight");
        let group = named(&args.group, "--group");
        let by = named(&args.by, "--by");
        let kept: Vec<_> =
            args.features.iter().map(|name| table.column(name, "--features", problems)).collect();
        let dropped: Vec<_> = args.drop.iter().map(|name| table.column(name, "--drop", problems)).collect();
        let target = table.column(&args.target, "--target", problems)?;
        if problems.has_errors() {
            return None;
        }
        let sheet = &table.sheet;
        let rows: Vec<usize> = (0..sheet.len()).filter(|row| !sheet.cell(*row, target).is_empty()).collect();
        let left_out = sheet.len() - rows.len();
        if left_out > 0 {
            let message =
                format!("{left_out} of {} rows have no `{}` and are left out.", sheet.len(), args.target);
            problems.push(Problem::warning("no-target", sheet.header_place(), message));
        }
        let values = table.numbers(target, &rows, problems);
        let mut amounts = |column: Option<Option<usize>>| {
            column.flatten().map_or_else(Vec::new, |column| table.numbers(column, &rows, problems))
        };
        let (exposures, weights) = (amounts(exposure), amounts(weight));
        let (split, split_values) = if let Some(Some(column)) = group {
            let groups = rows.iter().map(|row| adil_model::rows::hash(sheet.cell(*row, column)));
            (Split::Groups(groups.collect()), Vec::new())
        } else if let Some(Some(column)) = by {
            by_value(table, column, &rows, problems)?
        } else {
            (Split::Rows, Vec::new())
        };
        let other = [Some(target), exposure.flatten(), weight.flatten(), group.flatten(), by.flatten()];
        let columns =
            (0..sheet.columns().len()).filter(|c| !other.contains(&Some(*c)) && !dropped.contains(&Some(*c)));
        let columns = columns.filter(|c| kept.is_empty() || kept.contains(&Some(*c)));
        let features: Vec<Feature> = columns.map(|column| table.feature(column, &rows)).collect();
        for feature in &features {
            if matches!(&feature.values, Values::Numbers(numbers) if *numbers == values) {
                let message = format!("`{}` is the same as `{}` in every row.", feature.name, args.target);
                problems.push(Problem::error("feature-is-target", sheet.header_place(), message).hint(
                    "What is only known together with the target can't foretell it: add it to --drop.",
                ));
            }
        }
        Some(Self { features, target: Target { values, weights, exposures }, split, split_values, left_out })
    }
}

/// The most folds that a column can make.
const MOST_FOLDS: usize = 20;

fn by_value(
    table: &Table,
    column: usize,
    rows: &[usize],
    problems: &mut Problems,
) -> Option<(Split, Vec<String>)> {
    let mut values: Vec<&str> = rows.iter().map(|row| table.sheet.cell(*row, column)).collect();
    values.sort_unstable();
    values.dedup();
    if !(2..=MOST_FOLDS).contains(&values.len()) {
        let message = format!(
            "`{}` has {} different values; 2 to {MOST_FOLDS} can each be a fold.",
            table.sheet.name(column),
            values.len()
        );
        problems.push(
            Problem::error("bad-folds", table.sheet.header_place(), message)
                .hint("Name a column such as the year, or keep rows together with --group."),
        );
        return None;
    }
    let fold = |row: &usize| values.binary_search(&table.sheet.cell(*row, column)).unwrap_or(0);
    let folds = rows.iter().map(|row| u32::try_from(fold(row)).unwrap_or(0)).collect();
    Some((Split::Given(folds), values.into_iter().map(str::to_owned).collect()))
}

/// Why nothing could be learned, where it is.
fn unfit(error: &FitError, args: &TrainArgs) -> Problem {
    let hint = match error {
        FitError::TooFew { .. } => "Collect more rows.",
        FitError::NoFeature => "Leave some columns in.",
        FitError::Value { .. } | FitError::Amount { .. } | FitError::Length { .. } => {
            "Correct the rows, or choose another --loss. Rows are counted without those that were left out."
        }
        FitError::Constant(_) => "Look whether it is the right column.",
        FitError::MonotoneWords(_) | FitError::MonotoneUnknown(_) => "Correct --monotone.",
    };
    let place = Place::file(args.data.display().to_string());
    Problem::error("nothing-to-learn", place, error.to_string()).hint(hint)
}

/// What was learned, in a few numbers.
struct Summary {
    rows: usize,
    left_out: usize,
    features: usize,
    /// Root of the mean squared error of rows that the model never saw, and of the mean.
    rmse: f64,
    rmse_of_mean: f64,
    /// The part of the deviance that is explained, by rows that the model never saw.
    explained: f64,
    rounds: f64,
}

impl Summary {
    fn new(rows: &Rows, fitted: &Fitted, settings: &Settings) -> Self {
        let target = &rows.target;
        let count = target.values.len();
        let weight = |row: usize| target.weights.get(row).copied().unwrap_or(1.0);
        let exposure = |row: usize| target.exposures.get(row).copied().unwrap_or(1.0);
        let sum = |of: &dyn Fn(usize) -> f64| (0..count).map(|row| weight(row) * of(row)).sum::<f64>();
        let whole = sum(&|_| 1.0);
        let has_exposure = matches!(settings.loss, Loss::Poisson | Loss::Gamma);
        let rate = sum(&|row| target.values[row]) / if has_exposure { sum(&exposure) } else { whole };
        let mean = |row: usize| if has_exposure { rate * exposure(row) } else { rate };
        let squares = |of: &dyn Fn(usize) -> f64| {
            (sum(&|row| (target.values[row] - of(row)) * (target.values[row] - of(row))) / whole).sqrt()
        };
        let deviance =
            |of: &dyn Fn(usize) -> f64| sum(&|row| settings.loss.deviance(target.values[row], of(row)));
        let found = |row: usize| fitted.out_of_fold[row];
        Self {
            rows: count,
            left_out: rows.left_out,
            features: rows.features.len(),
            rmse: squares(&found),
            rmse_of_mean: squares(&mean),
            explained: 1.0 - deviance(&found) / deviance(&mean),
            rounds: fitted.points.rounds,
        }
    }

    fn json(&self, args: &TrainArgs, model: &adil_model::Model, problems: &Problems) -> serde_json::Value {
        json!({
            "rows": self.rows,
            "left_out": self.left_out,
            "features": self.features,
            "pairs": model.pairs.iter().map(|pair| &pair.features).collect::<Vec<_>>(),
            "folds": model.folds.len(),
            "rmse": self.rmse,
            "rmse_of_mean": self.rmse_of_mean,
            "deviance_explained": self.explained,
            "rounds": self.rounds,
            "out": args.out.display().to_string(),
            "problems": show::problems_json(problems),
        })
    }

    fn text(&self, args: &TrainArgs, model: &adil_model::Model) -> String {
        let mut text = format!(
            "{} rows, {} columns, {} folds\n\
             Rows that the model never saw: off by {:.4} (root mean square), where their mean is off by {:.4}; \
             it explains {:.1} % of the deviance\n",
            self.rows,
            self.features,
            model.folds.len(),
            self.rmse,
            self.rmse_of_mean,
            100.0 * self.explained,
        );
        if !model.pairs.is_empty() {
            let pairs: Vec<String> = model.pairs.iter().map(|pair| pair.features.join(" × ")).collect();
            text.push_str(&format!("Pairs: {}\n", pairs.join(", ")));
        }
        text.push_str(&format!("→ {}\n", args.out.display()));
        text
    }
}
