//! The same rows foretold by a model that learned from other rows: how far forecasts hang on who was among them.
//!
//! This is how the effect of rows that should not have been there is seen: ghosts, copied sheets, one side's word.

use std::collections::BTreeMap;

use adil_model::{Model, Predictor};

use crate::fixed::count;
use crate::measure::LEAST;
use crate::table::Table;
use crate::trial::{LEVEL, Name};

/// How far a forecast may move before it counts as moved, as a part of itself.
const MOVED: f64 = 0.1;

/// A model beside another.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// SHA-256 of the other model's file.
    pub digest: String,
    /// What it foretells.
    pub target: String,
    /// Rows that it learned from.
    pub learned: u64,
    /// Who answers for its target.
    pub sources: Vec<String>,
    /// SHA-256 of the rows that both foretold.
    pub data: String,
    /// All of these rows.
    pub all: Moves,
    /// By the columns that somebody named, values in byte order; groups of few rows are left out.
    pub by: Vec<(String, Vec<(Name, Moves)>)>,
}

/// How far forecasts move.
#[derive(Debug, Clone, PartialEq)]
pub struct Moves {
    /// Rows.
    pub rows: usize,
    /// The mean forecast of the model that the card is about.
    pub mean: f64,
    /// The mean forecast of the other.
    pub other: f64,
    /// The other's forecast less this one: at the fifth, the fiftieth and the ninety-fifth of a hundred.
    pub moves: [f64; 3],
    /// The part of the rows whose forecast moves by more than a tenth of itself.
    pub moved: f64,
}

/// Whether two models look at the same columns in the same way, so that the rows of one are the rows of the other.
pub fn alike(model: &Model, other: &Model) -> bool {
    let columns =
        |m: &Model| m.terms.iter().map(|t| t.feature.clone()).collect::<std::collections::BTreeSet<_>>();
    columns(model) == columns(other) && model.exposure == other.exposure
}

pub(crate) fn beside(model: &Model, other: &Model, digest: &str, table: &Table) -> Beside {
    let means = |model: &Model| -> Vec<f64> {
        let table = table.in_order_of(model);
        let found = Predictor::new(model).rows(&table.features, table.rows, &table.exposures, LEVEL);
        found.into_iter().map(|p| p.mean).collect()
    };
    let (these, those) = (means(model), means(other));
    let all: Vec<usize> = (0..table.rows).collect();
    let of = |rows: &[usize]| moves(rows, &these, &those);
    let by = table.by.iter().map(|(column, cells)| {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, cell) in cells.iter().enumerate() {
            groups.entry(cell).or_default().push(row);
        }
        let groups = groups.into_iter().filter(|(_, rows)| rows.len() >= LEAST).map(|(cell, rows)| {
            let name = if cell.is_empty() { Name::Unknown } else { Name::Value(cell.to_owned()) };
            (name, of(&rows))
        });
        (column.clone(), groups.collect())
    });
    Beside {
        digest: digest.to_owned(),
        target: other.target.clone(),
        learned: other.training.rows,
        sources: other.training.sources.clone(),
        data: table.digest.clone(),
        all: of(&all),
        by: by.collect(),
    }
}

/// Sums run from the lowest up, so that the order of rows changes nothing.
fn moves(rows: &[usize], these: &[f64], those: &[f64]) -> Moves {
    let sorted = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        values
    };
    let pick = |of: &dyn Fn(usize) -> f64| sorted(rows.iter().map(|row| of(*row)).collect());
    let number = count(rows.len() as u64).max(1.0);
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / number;
    let apart = pick(&|row| those[row] - these[row]);
    let at =
        |per_cent: usize| apart.get(apart.len().saturating_sub(1) * per_cent / 100).copied().unwrap_or(0.0);
    let moved = rows.iter().filter(|row| (those[**row] - these[**row]).abs() > MOVED * these[**row].abs());
    Moves {
        rows: rows.len(),
        mean: mean(pick(&|row| these[row])),
        other: mean(pick(&|row| those[row])),
        moves: [at(5), at(50), at(95)],
        moved: count(moved.count() as u64) / number,
    }
}
