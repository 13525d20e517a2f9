//! `adil model`: the glass box on any table.

mod card;
mod edit;
mod predict;
mod table;
mod titles;
mod train;

use std::fs;
use std::path::Path;

use adil_domain::{Place, Problem, Problems};
use adil_model::Model;
use clap::Subcommand;
use serde_json::json;

use super::{print_json, say};
use crate::{Exit, show};

pub(crate) use card::CardArgs;
pub(crate) use edit::EditArgs;
pub(crate) use predict::PredictArgs;
pub(crate) use train::TrainArgs;

/// `adil model`.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Learn tables of points from a table of rows
    Train(TrainArgs),
    /// Foretell rows by looking up and adding
    Predict(PredictArgs),
    /// Change the points of one line; who did it and why stays in the file
    Edit(EditArgs),
    /// Show what a model foretells, how wrong it is, and what it must not be used for
    Card(CardArgs),
}

pub(crate) fn model(command: &ModelCommand) -> anyhow::Result<Exit> {
    match command {
        ModelCommand::Train(args) => train::train(args),
        ModelCommand::Predict(args) => predict::predict(args),
        ModelCommand::Edit(args) => edit::edit(args),
        ModelCommand::Card(args) => card::card(args),
    }
}

/// Reads a model; what is wrong with it goes to the problems.
fn read(path: &Path, problems: &mut Problems) -> Option<Model> {
    let name = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("The model can't be read: {error}.");
            problems
                .push(Problem::error("unreadable-file", Place::file(name), message).hint("Check the path."));
            return None;
        }
    };
    match Model::from_json(&text) {
        Ok(model) => Some(model),
        Err(errors) => {
            problems.extend(errors.into_iter().map(|error| {
                Problem::error("bad-model", Place::file(&*name), format!("{error}.")).hint(
                    "Train it again, or take back the last change; `adil model edit` changes points safely.",
                )
            }));
            None
        }
    }
}

/// Says why nothing was written.
fn refuse(problems: &Problems, json: bool) -> anyhow::Result<Exit> {
    if json {
        print_json(&json!({ "problems": show::problems_json(problems) }))?;
    }
    say(&show::problems(problems, ""))?;
    say(&format!("Nothing was written: {}.\n", show::count(problems)))?;
    Ok(Exit::Wrong)
}
