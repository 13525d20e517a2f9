//! How a forecast and its points come about, table by table.

use adil_domain::{LocalizedText, Rational};
use serde::Serialize;

use super::localized;
use crate::decision::Decision;
use crate::models::{FORECAST_DECIMALS, Forecast};

/// How a forecast and its points come about: look up, add.
#[derive(Debug, Clone, Serialize)]
pub struct ForecastStep {
    /// The model's id.
    pub model: String,
    /// The file with its tables.
    pub file: String,
    /// The column that is foretold.
    pub target: String,
    /// Nine times of ten the truth lies between these.
    pub interval: [String; 2],
    /// What every sum begins with.
    pub begins: String,
    /// The sum.
    pub sum: String,
    /// Points of what the sum begins with alone.
    pub base: String,
    /// One for each table, in the model's order.
    pub parts: Vec<PartStep>,
}

/// One table looked up.
#[derive(Debug, Clone, Serialize)]
pub struct PartStep {
    /// The column, or both columns of a table of two.
    pub table: String,
    /// What people call the columns, where the model says so.
    #[serde(serialize_with = "localized")]
    pub title: LocalizedText,
    /// What was looked up; empty where it is not known.
    pub value: String,
    /// What it adds to the sum.
    pub adds: String,
    /// Its part of the points.
    pub points: String,
}

/// The forecast of one application; nothing when the decision has no such model.
pub fn step(decision: &Decision, forecast: &Forecast) -> Option<ForecastStep> {
    let rule = decision.policy.models.get(forecast.model)?;
    let model = decision.models.get(forecast.model)?;
    let units = |points: i64| Rational::from_scaled(points, model.decimals).to_short_decimal(model.decimals);
    let title = |column: &str| -> LocalizedText {
        let mut text = LocalizedText::default();
        let term = model.terms.iter().find(|term| term.feature == column);
        for (code, words) in term.into_iter().flat_map(|term| &term.title) {
            if let Ok(language) = code.parse() {
                text.insert(language, words);
            }
        }
        text
    };
    let both = |columns: &[String; 2]| -> LocalizedText {
        let [first, second] = columns.each_ref().map(|column| title(column));
        let mut text = LocalizedText::default();
        for (language, words) in first.iter() {
            if second.has(language) {
                text.insert(language, format!("{words} × {}", second.text(language)));
            }
        }
        text
    };
    let single = model.terms.iter().map(|term| (term.feature.clone(), title(&term.feature)));
    let double = model.pairs.iter().map(|pair| (pair.features.join(" × "), both(&pair.features)));
    let parts = single.chain(double).zip(&forecast.parts).map(|((table, title), part)| PartStep {
        table,
        title,
        value: part.value.clone(),
        adds: units(part.adds),
        points: part.points.to_string(),
    });
    let ends = [&forecast.low, &forecast.high].map(|end| end.to_short_decimal(FORECAST_DECIMALS));
    Some(ForecastStep {
        model: rule.id.clone(),
        file: rule.file.clone(),
        target: model.target.clone(),
        interval: ends,
        begins: units(model.intercept),
        sum: units(forecast.sum),
        base: forecast.base.to_string(),
        parts: parts.collect(),
    })
}
