//! A model against the policy and the tables: its columns, their types, and that it knew nothing it could not have known.

use std::sync::Arc;

use adil_domain::problem::{did_you_mean, nearest};
use adil_domain::{Place, Problem, Problems};
use adil_model::model::{Lines, Model};
use adil_model::{ModelError, Purpose};
use adil_policy::{Entity, ForecastRule, Policy, Schema, Type};

use crate::decision::Provenance;
use crate::folder::Files;
use crate::inputs::day;
use crate::origins;
use crate::schema::RoundSchema;

/// Sources that must independently answer for what points may rest on.
const SOURCES: usize = 2;

/// The models of the policy, in its order; those with errors are left out, since the round then stops.
pub(crate) fn read(
    policy: &Policy,
    files: &Files,
    schema: &RoundSchema,
    simulated: bool,
    problems: &mut Problems,
) -> Vec<Arc<Model>> {
    let mut models = Vec::new();
    for rule in &policy.models {
        let Some(model) = parse(rule, files, problems) else { continue };
        let mut check = Check { policy, rule, model: &model, schema, problems };
        check.columns();
        check.known_then();
        check.trained(simulated);
        models.push(Arc::new(model));
    }
    models
}

fn parse(rule: &ForecastRule, files: &Files, problems: &mut Problems) -> Option<Model> {
    let Some(bytes) = files.get(&rule.file) else {
        let message = format!("The model `{}` is not there: no file {}.", rule.id, rule.file);
        problems.push(
            Problem::error("missing-file", rule.meta.place.clone(), message)
                .hint("Put the file that `adil model train` wrote into the folder `models` of the round."),
        );
        return None;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = "The model is not UTF-8 text.";
        problems.push(Problem::error("encoding", Place::file(&*rule.file), message));
        return None;
    };
    match Model::from_json(text) {
        Ok(model) => Some(model),
        Err(errors) => {
            let problem = |ModelError { at, what }| {
                let place = Place { column: (!at.is_empty()).then_some(at), ..Place::file(&*rule.file) };
                Problem::error("bad-model", place, format!("{what}."))
                    .hint("Take the file as `adil model train` wrote it; change it with `adil model edit`.")
            };
            problems.extend(errors.into_iter().map(problem));
            None
        }
    }
}

struct Check<'c> {
    policy: &'c Policy,
    rule: &'c ForecastRule,
    model: &'c Model,
    schema: &'c RoundSchema,
    problems: &'c mut Problems,
}

impl Check<'_> {
    fn error(&mut self, code: &'static str, place: Place, message: String, hint: impl Into<String>) {
        self.problems.push(Problem::error(code, place, message).hint(hint));
    }

    /// Every column of the model is something of this round, of the right type, and nothing is named in vain.
    fn columns(&mut self) {
        let (rule, model) = (self.rule, self.model);
        let columns = || model.terms.iter().map(|term| term.feature.as_str());
        for feature in rule.features.iter().filter(|f| !columns().any(|column| column == f.column)) {
            let message = format!("The model `{}` has no column `{}`.", rule.id, feature.column);
            let hint = did_you_mean(&feature.column, columns());
            self.error("unknown-feature", feature.value.place().clone(), message, hint);
        }
        for term in &model.terms {
            let Some(feature) = rule.features.iter().find(|f| f.column == term.feature) else {
                let message = format!(
                    "The model `{}` has a column `{}`, but the policy does not say what it is.",
                    rule.id, term.feature
                );
                let hint = self.suggestion(&term.feature);
                self.error("missing-feature", rule.meta.place.clone(), message, hint);
                continue;
            };
            let numbers = matches!(term.lines, Lines::Cuts(_));
            let found = self.policy.feature_type(&feature.value, self.schema);
            if found.is_some_and(|found| (found == Type::Number) != numbers) {
                let (wants, is) = if numbers { ("numbers", "words") } else { ("words", "numbers") };
                let message = format!(
                    "The model `{}` looks up {wants} for `{}`, but here they are {is}.",
                    rule.id, term.feature
                );
                self.error(
                    "feature-type",
                    feature.value.place().clone(),
                    message,
                    "Name another column, or train the model again.",
                );
            }
        }
        match (&model.exposure, &rule.exposure) {
            (Some(column), None) => {
                let message = format!("The model `{}` was trained with the exposure `{column}`.", rule.id);
                let hint = "Say with `exposure` what it is in this round.";
                self.error("missing-exposure", rule.meta.place.clone(), message, hint);
            }
            (None, Some(expr)) => {
                let message = format!("The model `{}` was trained without an exposure.", rule.id);
                self.error("unknown-exposure", expr.place().clone(), message, "Take `exposure` out.");
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        for (key, expr) in [("exposure", &rule.exposure), ("per", &rule.per)] {
            let Some(expr) = expr else { continue };
            if self.policy.feature_type(expr, self.schema).is_some_and(|found| found != Type::Number) {
                let message = format!("`{key}` must be a number.");
                self.error("feature-type", expr.place().clone(), message, "Name a column of numbers.");
            }
        }
    }

    /// A column of the tables that is called like that.
    fn suggestion(&self, column: &str) -> String {
        for entity in [Entity::Facility, Entity::Territory, Entity::Operator, Entity::Application] {
            let columns = self.schema.table(entity).unwrap_or_default();
            if let Some(near) = nearest(column, columns.iter().map(String::as_str)) {
                return format!("Perhaps `{column} = \"{entity}.{near}\"` in [model.features]?");
            }
        }
        "Say in [model.features] what it is in this round.".to_owned()
    }

    /// What a forecast rests on was known on the round's day; a column of which nobody says as of when can't be checked.
    fn known_then(&mut self) {
        let today = self.policy.round.as_of;
        let rule = self.rule;
        for expr in rule.expressions() {
            for Provenance { file, column, as_of, .. } in origins::columns(self.policy, self.schema, expr) {
                match *as_of {
                    Some(known) if known <= today => {}
                    Some(known) => {
                        let message = format!(
                            "The model `{}` rests on {file}: {column} as of {known}, after the round's day {today}.",
                            rule.id
                        );
                        let hint = "Use what was known on the day of decision.";
                        self.error("known-later", expr.place().clone(), message, hint);
                    }
                    None => {
                        let message = format!(
                            "The model `{}` rests on {file}: {column}, but nobody says as of when that was known.",
                            rule.id
                        );
                        let hint = "State `as_of` of the table or of the column in datapackage.json.";
                        self.error("feature-without-day", expr.place().clone(), message, hint);
                    }
                }
            }
        }
    }

    /// On what, when, and what for it was trained.
    fn trained(&mut self, simulated: bool) {
        let today = self.policy.round.as_of;
        let (rule, training) = (self.rule, &self.model.training);
        let file = || Place { column: Some("/training".to_owned()), ..Place::file(&*rule.file) };
        match training.as_of.as_deref().map(day) {
            Some(Some(known)) if known <= today => {}
            Some(Some(known)) => {
                let message = format!(
                    "The model `{}` was trained on what was known up to {known}, after the round's day {today}.",
                    rule.id
                );
                self.error("model-newer", file(), message, "Train it on what was known before.");
            }
            _ => {
                let message =
                    format!("The model `{}` does not say up to which day its rows were known.", rule.id);
                self.error("model-without-day", file(), message, "Train it with --as-of.");
            }
        }
        if training.purpose == Purpose::Help {
            let message = format!(
                "The model `{}` was trained to find who needs help or a closer look, so it can neither earn nor cost points.",
                rule.id
            );
            let hint = "Take it out of the policy; `adil model predict` lists whom to visit.";
            self.error("model-for-help", rule.meta.place.clone(), message, hint);
        } else if training.sources.len() < SOURCES {
            let message = format!(
                "Points may only rest on what two independent sources say, but {} answers for `{}` of the model `{}`.",
                training.sources.first().map_or_else(|| "nobody".to_owned(), |one| format!("only {one}")),
                self.model.target,
                rule.id
            );
            self.error(
                "one-source",
                file(),
                message,
                "Train it on rows that two sources agree on, and name both with --source.",
            );
        }
        if training.simulated && !simulated {
            let message = format!("The model `{}` was trained on simulated rows.", rule.id);
            self.problems.push(Problem::warning("simulated-model", file(), message).hint(
                "The whole decision is marked as simulated. Train it on real rows before money is divided.",
            ));
        }
    }
}
