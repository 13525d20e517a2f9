//! How a forecast and its points come about, in sentences that can be followed with a pencil.

use adil_domain::{Points, Rational};
use adil_model::{Loss, Model};
use adil_policy::Sentence;
use adil_round::decision::ContributionResult;
use adil_round::explain::{ForecastStep, forecast_step};

use crate::sentences::Teller;

/// Decimals of what a table adds, as people read it; all of them stand in the model's file.
const ADDS: u32 = 4;

/// Decimals of points beside it.
const POINTS: u32 = 2;

/// A forecast: what it rests on, line by line, and what they come to.
pub(crate) struct Forecasted {
    /// That it is one, and how far it may be wrong.
    pub(crate) interval: String,
    /// What the sum begins with, what each table adds, and what the sum foretells.
    pub(crate) lines: Vec<String>,
}

impl Teller<'_> {
    /// The forecast behind an indicator's points; nothing where the value is none.
    pub(crate) fn forecast(&self, result: &ContributionResult) -> Option<Forecasted> {
        let words = self.words;
        let forecast = result.forecast.as_deref()?;
        let step: ForecastStep = forecast_step(self.decision, forecast)?;
        let model = self.decision.models.get(forecast.model)?;
        let interval = words
            .message("forecast-interval")
            .text("low", words.value(&step.interval[0]))
            .text("high", words.value(&step.interval[1]))
            .say();
        let begins = words
            .message("forecast-begins")
            .text("sum", words.number(&number(&step.begins), ADDS))
            .text("points", self.signed_points(forecast.base))
            .say();
        let parts = step.parts.iter().zip(&forecast.parts).map(|(step, part)| {
            words
                .message("forecast-part")
                .text("title", self.title(&step.title, &step.table))
                .text("value", self.looked_up(&part.value))
                .text("adds", self.signed(&number(&step.adds), ADDS))
                .text("points", self.signed_points(part.points))
                .say()
        });
        let rule = self.decision.policy.models.get(forecast.model)?;
        let scaled = match (&rule.exposure, &rule.per) {
            (None, None) => "no",
            (Some(_), None) => "multiplied",
            (None, Some(_)) => "divided",
            (Some(_), Some(_)) => "both",
        };
        let makes = words
            .message("forecast-makes")
            .text("loss", loss(model))
            .text("scale", words.message("forecast-scale").text("scaled", scaled).say())
            .text("sum", words.number(&number(&step.sum), ADDS))
            .text("value", words.value(&result.value))
            .text("file", &step.file)
            .say();
        let lines = std::iter::once(begins).chain(parts).chain([makes]).collect();
        Some(Forecasted { interval, lines })
    }

    /// On what each model was trained and what was changed in it by hand, for the rules.
    pub(crate) fn trained(&self) -> Vec<Sentence> {
        let words = self.words;
        let rules = self.decision.policy.models.iter().zip(&self.decision.models);
        rules
            .map(|(rule, model)| {
                let training = &model.training;
                let day = training.as_of.as_deref().and_then(|day| day.parse().ok());
                let mut said = vec![
                    words
                        .message("forecast-trained")
                        .text("title", self.title(&rule.meta.title, &rule.id))
                        .text("rows", words.number(&Rational::from(training.rows), 0))
                        .text("day", day.map(|day| words.date(day)).unwrap_or_default())
                        .text("sources", training.sources.join(" + "))
                        .say(),
                ];
                if training.simulated {
                    said.push(words.say("forecast-simulated"));
                }
                if !model.edits.is_empty() {
                    said.push(
                        words.message("forecast-edits").text("count", words.count(model.edits.len())).say(),
                    );
                }
                Sentence { text: said.join(" "), reference: None, note: None }
            })
            .collect()
    }

    /// What was looked up, as people say it; of a yes or no also the word that stands in the table.
    fn looked_up(&self, value: &str) -> String {
        let words = self.words;
        match value {
            "" => words.say("not-known"),
            "true" | "false" => words.message(&format!("looked-up-{value}")).text("word", value).say(),
            value => words.value(value),
        }
    }

    fn signed(&self, value: &Rational, decimals: u32) -> String {
        let written = self.words.number(value, decimals);
        if value.is_negative() { written } else { format!("+{written}") }
    }

    fn signed_points(&self, points: Points) -> String {
        self.signed(&points.to_rational(), POINTS)
    }
}

fn number(text: &str) -> Rational {
    text.parse().unwrap_or_else(|_| Rational::zero())
}

/// The word by which the sentence chooses how a sum foretells.
fn loss(model: &Model) -> &'static str {
    match model.loss {
        Loss::Squared => "squared",
        Loss::Poisson | Loss::Gamma => "log",
        Loss::Logistic => "logistic",
    }
}
