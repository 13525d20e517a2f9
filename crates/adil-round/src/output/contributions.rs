//! `contributions.csv`: from values to points; of a forecast also what each of its tables adds.

use adil_model::Model;
use adil_policy::Indicator;

use super::{csv, day};
use crate::decision::Decision;
use crate::divide::WEIGHT_DECIMALS;
use crate::models::ForecastPart;

/// Columns of `contributions.csv`; the last only where a policy has models.
const CONTRIBUTION: [&str; 11] = [
    "application_id",
    "criterion",
    "indicator",
    "value",
    "scaled",
    "weight",
    "points",
    "source",
    "as_of",
    "imputed",
    "term",
];

/// Sums of `points` over all rows of an application are its points, with models and without.
pub(super) fn contributions(decision: &Decision) -> Vec<u8> {
    let indicators: Vec<(&str, &Indicator)> = decision
        .policy
        .criteria
        .iter()
        .flat_map(|c| c.indicators.iter().map(move |i| (c.id.as_str(), i)))
        .collect();
    let rows = decision.applications.iter().flat_map(|a| {
        indicators.iter().zip(&a.contributions).flat_map(move |((criterion, indicator), c)| {
            let whole = [
                a.id.clone(),
                (*criterion).to_owned(),
                indicator.id.clone(),
                c.value.clone(),
                c.scaled.to_string(),
                indicator.weight.to_short_decimal(WEIGHT_DECIMALS),
                c.forecast.as_ref().map_or(c.points, |f| f.base).to_string(),
                c.source.clone(),
                day(c.as_of),
                c.imputed.as_str().to_owned(),
                String::new(),
            ];
            let parts = c.forecast.iter().flat_map(move |forecast| {
                let tables = decision.models.get(forecast.model).into_iter().flat_map(|model| tables(model));
                let part = |(table, part): (String, &ForecastPart)| {
                    let none = String::new;
                    let id = [a.id.clone(), (*criterion).to_owned(), indicator.id.clone()];
                    let [application, criterion, indicator] = id;
                    let (value, points) = (part.value.clone(), part.points.to_string());
                    [
                        application,
                        criterion,
                        indicator,
                        value,
                        none(),
                        none(),
                        points,
                        none(),
                        none(),
                        none(),
                        table,
                    ]
                };
                tables.zip(&forecast.parts).map(part).collect::<Vec<_>>()
            });
            std::iter::once(whole).chain(parts)
        })
    });
    if decision.models.is_empty() {
        let [columns @ .., _] = CONTRIBUTION;
        return csv::<10>(columns, rows.map(|[row @ .., _]| row));
    }
    csv(CONTRIBUTION, rows)
}

/// The tables of a model by the columns that they look up.
fn tables(model: &Model) -> impl Iterator<Item = String> {
    let single = model.terms.iter().map(|term| term.feature.clone());
    single.chain(model.pairs.iter().map(|pair| pair.features.join(" × ")))
}
