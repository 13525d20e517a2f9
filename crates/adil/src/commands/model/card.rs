//! `adil model card`: what a model foretells, how wrong it is, and what it must not be used for, as a page and as JSON.

use std::fs;
use std::path::{Path, PathBuf};

use adil_card::{Other, Statement, Untried, alike, card as look, json, page};
use adil_domain::{Language, Place, Problem, Problems};
use adil_model::Model;
use adil_round::folder::{self, Files};
use anyhow::Context;
use clap::Args;

use super::super::{print, say};
use super::table::{self, Table};
use super::{read, refuse};
use crate::args::Lang;
use crate::progress::Progress;
use crate::{Exit, show};

/// The page.
const PAGE: &str = "index.html";
/// The same for programs.
const JSON: &str = "card.json";

/// `adil model card`.
#[derive(Debug, Args)]
#[command(after_help = "\
With --data the card says how wrong the model is: rows that it was trained on are foretold by the fold that never saw them; rows \
of another table are all new to it. With --new it says whether rows to come are still like those that it learned from. What the \
owner states (who is responsible, what it is for) comes from --about; what nobody states is shown as not stated.")]
pub(crate) struct CardArgs {
    /// The model
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Rows with their truth, best those that the model was trained on
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Tell errors apart by this column of the data; may be given several times
    #[arg(long, value_name = "COLUMN", requires = "data")]
    by: Vec<String>,
    /// Rows that the model is to foretell
    #[arg(long, value_name = "FILE")]
    new: Option<PathBuf>,
    /// A model of the same columns that learned from other rows: how far forecasts of the rows of --data, else of --new, move
    #[arg(long, value_name = "FILE")]
    beside: Option<PathBuf>,
    /// What the owner of the model states, as TOML
    #[arg(long, value_name = "FILE")]
    about: Option<PathBuf>,
    /// Where to write the card [default: beside the model, with -card after its name]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The language of the page
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value = "en")]
    lang: Lang,
    /// Print card.json instead of a summary
    #[arg(long)]
    json: bool,
}

pub(super) fn card(args: &CardArgs) -> anyhow::Result<Exit> {
    let mut problems = Problems::new();
    let progress = Progress::new(3);
    progress.step("reading");
    let model = read(&args.model, &mut problems);
    let other = args.beside.as_ref().map(|file| read(file, &mut problems));
    let statement = args.about.as_ref().map(|file| state(file, &mut problems));
    let data = args.data.as_ref().map(|file| table::read(file, &mut problems));
    let new = args.new.as_ref().map(|file| table::read(file, &mut problems));
    let tables = model.as_ref().map(|model| {
        let data = data.flatten().and_then(|table| rows(&table, model, Some(&args.by), &mut problems));
        let new = new.flatten().and_then(|table| rows(&table, model, None, &mut problems));
        (data, new)
    });
    if let (Some(model), Some(Some(other)), Some(file)) = (&model, &other, &args.beside) {
        compare(model, other, args, file, &mut problems);
    }
    let (Some(model), Some((data, new)), false) = (&model, &tables, problems.has_errors()) else {
        drop(progress);
        return refuse(&problems, args.json);
    };
    progress.step("looking at the model");
    let digest = folder::digest(&fs::read(&args.model).context("the model can't be read")?);
    let statement = statement.flatten().unwrap_or_default();
    let other = other.flatten();
    let other_digest = match &args.beside {
        Some(file) => folder::digest(&fs::read(file).context("the other model can't be read")?),
        None => String::new(),
    };
    let other = other.as_ref().map(|model| Other { model, digest: &other_digest });
    let found = look(model, &digest, &statement, data.as_ref(), new.as_ref(), other);
    if let Err(Untried::NoSplit) = found.trial {
        let message =
            "The model's file doesn't say how its rows were parted into folds, or says it of other rows.";
        problems.push(
            Problem::warning("no-split", Place::file(args.model.display().to_string()), message)
                .hint("Train it again to see how wrong it is on rows that it never saw."),
        );
    }
    progress.step("writing the card");
    let language: Language = args.lang.into();
    let page = page(&found, language).context("index.html could not be made")?;
    let json = format!("{:#}\n", json(&found));
    let files = Files::from([
        (PAGE.to_owned(), page.text.into_bytes()),
        (JSON.to_owned(), json.clone().into_bytes()),
    ]);
    let out = args.out.clone().unwrap_or_else(|| beside(&args.model));
    folder::replace(&out, &files)?;
    drop(progress);
    say(&show::problems(&problems, ""))?;
    if args.json {
        print(&json)?;
    } else {
        print(&format!("{}\n→ {}\n", page.summary.join("\n"), out.join(PAGE).display()))?;
    }
    Ok(Exit::Done)
}

/// Two models can be set beside each other when they look at the same columns, and there are rows to foretell.
fn compare(model: &Model, other: &Model, args: &CardArgs, file: &Path, problems: &mut Problems) {
    let place = Place::file(file.display().to_string());
    if !alike(model, other) {
        let message =
            "This model looks at other columns, or at another exposure, than the one that the card is about.";
        problems.push(
            Problem::error("other-columns", place, message)
                .hint("Train both on the same columns; only the rows, or the target, may differ."),
        );
    } else if args.data.is_none() && args.new.is_none() {
        let message = "There are no rows that both models could foretell.";
        problems.push(Problem::error("no-rows", place, message).hint("Give rows with --data or --new."));
    }
}

/// `use.json` has its card in `use-card`.
fn beside(model: &Path) -> PathBuf {
    let name = model.file_stem().map_or_else(|| "model".into(), |name| name.to_string_lossy());
    model.with_file_name(format!("{name}-card"))
}

/// What the owner states.
fn state(file: &Path, problems: &mut Problems) -> Option<Statement> {
    let name = file.display().to_string();
    match fs::read_to_string(file) {
        Ok(text) => Statement::read(&name, &text, problems),
        Err(error) => {
            let message = format!("The statement can't be read: {error}.");
            problems.push(
                Problem::error("unreadable-file", Place::file(name), message)
                    .hint("Check the path; it is UTF-8."),
            );
            None
        }
    }
}

/// The rows of a table as a card looks at them. Those with `by` have their truth; rows without it are left out.
fn rows(
    table: &Table,
    model: &Model,
    by: Option<&[String]>,
    problems: &mut Problems,
) -> Option<adil_card::Table> {
    let sheet = &table.sheet;
    let training = &model.training;
    let target = match by {
        Some(_) => Some(table.column(&model.target, "the model's target", problems)?),
        None => None,
    };
    let is_here = |row: &usize| target.is_none_or(|column| !sheet.cell(*row, column).is_empty());
    let rows: Vec<usize> = (0..sheet.len()).filter(is_here).collect();
    if rows.is_empty() {
        let message = "The table has no row that can be looked at.";
        problems.push(Problem::error("no-rows", sheet.header_place(), message).hint("Check the file."));
        return None;
    }
    let numbers = |name: Option<&String>, what: &str, problems: &mut Problems| {
        let column = name.and_then(|name| table.column(name, what, problems));
        column.map_or_else(Vec::new, |column| table.numbers(column, &rows, problems))
    };
    let exposures = numbers(model.exposure.as_ref(), "the model's exposure", problems);
    let weight = training.weight.as_ref().filter(|_| by.is_some());
    let weights = numbers(weight, "the model's weight", problems);
    let truth = numbers(by.map(|_| &model.target), "the model's target", problems);
    let is_training = training.digest.as_ref() == Some(&table.digest);
    if by.is_some() && !is_training {
        let message =
            "These are not the rows that the model was trained on; errors are those on these other rows.";
        problems.push(
            Problem::warning("other-data", sheet.header_place(), message)
                .hint("Its training data has the digest that the model's file states."),
        );
    }
    let mut cells = |name: &str, what: &str| -> Vec<String> {
        let column = table.column(name, what, problems);
        column.map_or_else(Vec::new, |column| {
            rows.iter().map(|row| sheet.cell(*row, column).to_owned()).collect()
        })
    };
    let split = training.split.as_ref().and_then(|split| split.column());
    let parted = match split.filter(|_| by.is_some() && is_training) {
        Some(column) => cells(column, "the model's split"),
        None => Vec::new(),
    };
    let by = by.unwrap_or_default().iter().map(|name| (name.clone(), cells(name, "--by"))).collect();
    let features = table.features(model, &rows, problems);
    Some(adil_card::Table {
        digest: table.digest.clone(),
        rows: rows.len(),
        features,
        truth,
        weights,
        exposures,
        parted,
        by,
    })
}
