//! One prediction by hand: a receipt of points.

use adil_model::model::Lines;
use adil_model::{Feature, Model, Prediction, Predictor, Values};

use crate::table::{Table, cell};
use crate::trial::LEVEL;

/// What one table adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The terms that are looked up: one, or two for a pair.
    pub terms: Vec<usize>,
    /// Their values; `None` where not known.
    pub values: Vec<Option<String>>,
    /// The line of each; the one after the last is that of what is not known.
    pub lines: Vec<usize>,
    /// The pair, where it is one.
    pub pair: Option<usize>,
    /// The points of the line.
    pub points: i64,
}

/// One prediction, line by line.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Whether no row is like this: it is made of the first line of each table.
    pub is_made: bool,
    /// What each table adds, in the order of the model.
    pub entries: Vec<Entry>,
    /// What the prediction is multiplied by.
    pub exposure: f64,
    /// The sum and what follows from it.
    pub prediction: Prediction,
}

/// The row whose prediction is nearest the median; of several like it the first by what they hold.
pub(crate) fn example(model: &Model, data: Option<&Table>) -> Example {
    match data.filter(|d| d.rows > 0) {
        None => at_row(model, &made(model), 0, true),
        Some(table) => {
            let found = Predictor::new(model).rows(&table.features, table.rows, &table.exposures, LEVEL);
            let mut sorted: Vec<f64> = found.iter().map(|p| p.mean).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            let median = sorted[sorted.len() / 2];
            let held = |row: usize| -> Vec<Option<String>> {
                table.features.iter().map(|feature| cell(feature, row)).collect()
            };
            let likest = (0..table.rows).filter(|row| found[*row].mean.total_cmp(&median).is_eq());
            let row = likest.min_by_key(|row| held(*row)).unwrap_or(0);
            at_row(model, table, row, false)
        }
    }
}

/// A row of the first line of each table.
fn made(model: &Model) -> Table {
    let features = model.terms.iter().map(|term| {
        let values = match &term.lines {
            // A number on the first line: just what the first cut is above.
            Lines::Cuts(cuts) => {
                let below = cuts
                    .first()
                    .and_then(|cut| cut.parse::<f64>().ok())
                    .map_or(0.0, |cut| if cut > 0.0 { 0.0 } else { libm::floor(cut) - 1.0 });
                Values::numbers([below])
            }
            Lines::Words(words) => Values::words(words.first().map(String::as_str)),
        };
        Feature { name: term.feature.clone(), values }
    });
    Table { rows: 1, features: features.collect(), ..Table::default() }
}

fn at_row(model: &Model, table: &Table, row: usize, is_made: bool) -> Example {
    let line = |lines: &Lines, feature: &Feature| -> usize {
        let bins = lines.bins();
        match &feature.values {
            Values::Numbers(values) => bins.of_number(values[row]),
            Values::Words { .. } => cell(feature, row).map_or(bins.missing(), |word| bins.of_word(&word)),
        }
    };
    let mut entries: Vec<Entry> = Vec::new();
    for (at, (term, feature)) in model.terms.iter().zip(&table.features).enumerate() {
        let line = line(&term.lines, feature);
        entries.push(Entry {
            terms: vec![at],
            values: vec![cell(feature, row)],
            lines: vec![line],
            pair: None,
            points: term.points.get(line).copied().unwrap_or(term.other),
        });
    }
    for (at, pair) in model.pairs.iter().enumerate() {
        let terms: Vec<usize> = pair
            .features
            .iter()
            .filter_map(|name| model.terms.iter().position(|t| t.feature == *name))
            .collect();
        let [first, second] = terms[..] else { continue };
        let lines =
            [(0, first), (1, second)].map(|(side, term)| line(&pair.lines[side], &table.features[term]));
        entries.push(Entry {
            values: terms.iter().map(|term| cell(&table.features[*term], row)).collect(),
            terms,
            points: pair.points.get(lines[0]).and_then(|l| l.get(lines[1])).copied().unwrap_or(0),
            lines: lines.to_vec(),
            pair: Some(at),
        });
    }
    let one: Vec<Feature> = table.features.iter().map(|feature| only(feature, row)).collect();
    let exposure = table.exposure(row);
    let prediction = Predictor::new(model).rows(&one, 1, &[exposure], LEVEL)[0];
    Example { is_made, entries, exposure, prediction }
}

/// A column of one row.
fn only(feature: &Feature, row: usize) -> Feature {
    let values = match &feature.values {
        Values::Numbers(values) => Values::Numbers(vec![values[row]]),
        Values::Words { codes, words } => Values::Words { codes: vec![codes[row]], words: words.clone() },
    };
    Feature { name: feature.name.clone(), values }
}
