//! The trial: rows beside what was foretold of them by models that never saw them.

use std::collections::BTreeMap;

use adil_model::{Loss, Model, Partition, Prediction, Predictor};

use crate::fixed::count;
use crate::measure::{Case, LEAST, Measure};
use crate::table::Table;

/// The part of the truths that an interval is to hold.
pub const LEVEL: f64 = 0.9;
/// Groups of predictions of about equally many rows.
const TENTHS: usize = 10;

/// By whom rows were foretold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Each row by the fold that never saw it.
    Folds,
    /// Every row is new to the model.
    OtherData,
}

impl Basis {
    /// The word in the card's file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Folds => "folds",
            Self::OtherData => "other-data",
        }
    }
}

/// Why nobody can say how wrong a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untried {
    /// No rows with their truth.
    NoData,
    /// These are the rows that it was trained on, but the file doesn't say how they were parted, or they don't fit it.
    NoSplit,
}

impl Untried {
    /// The word in the card's file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoData => "no-data",
            Self::NoSplit => "no-split",
        }
    }
}

/// What a group is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// The cell that its rows share.
    Value(String),
    /// Rows where the cell is empty.
    Unknown,
    /// So many groups with fewer than [`LEAST`] rows, together.
    Smaller(usize),
    /// The number of a fold, counted from 1.
    Fold(usize),
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is called.
    pub name: Name,
    /// How wrong predictions are in it.
    pub measure: Measure,
}

/// Rows of which about the same was foretold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// Rows.
    pub rows: usize,
    /// The mean of the predictions.
    pub predicted: f64,
    /// The mean of the truth.
    pub truth: f64,
}

/// How wrong a model is on rows that it never saw.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// By whom the rows were foretold.
    pub basis: Basis,
    /// SHA-256 of the rows.
    pub digest: String,
    /// All rows.
    pub all: Measure,
    /// By fold; empty for other data.
    pub folds: Vec<Group>,
    /// By the columns that somebody named.
    pub by: Vec<(String, Vec<Group>)>,
    /// From the lowest predictions to the highest.
    pub tenths: Vec<Tenth>,
}

/// Foretells rows by what never saw them.
pub(crate) fn trial(model: &Model, data: Option<&Table>) -> Result<Trial, Untried> {
    let table = data.filter(|d| !d.truth.is_empty()).ok_or(Untried::NoData)?;
    let is_training = model.training.digest.as_ref() == Some(&table.digest);
    let cells: Vec<&str> = table.parted.iter().map(String::as_str).collect();
    let folds = if is_training {
        Some(model.fold_of(&table.features, &table.target(), &cells).ok_or(Untried::NoSplit)?)
    } else {
        None
    };
    let found = match &folds {
        Some(folds) => model.out_of_fold(&table.features, &table.exposures, folds, LEVEL),
        None => Predictor::new(model).rows(&table.features, table.rows, &table.exposures, LEVEL),
    };
    let cases = cases(model.loss, table, &found);
    let has_intervals = !model.folds.is_empty();
    let measure = |rows: &[usize]| Measure::of(rows.iter().map(|at| &cases[*at]), model.loss, has_intervals);
    let by_fold = folds.iter().flat_map(|folds| {
        (0..model.folds.len()).map(|fold| {
            let rows: Vec<usize> =
                (0..cases.len()).filter(|at| folds[cases[*at].row] as usize == fold).collect();
            let name = match &model.training.split {
                Some(Partition::Values { values, .. }) => Name::Value(values[fold].clone()),
                _ => Name::Fold(fold + 1),
            };
            Group { name, measure: measure(&rows) }
        })
    });
    let by = table.by.iter().map(|(column, cells)| (column.clone(), groups(&cases, cells, &measure)));
    Ok(Trial {
        basis: if is_training { Basis::Folds } else { Basis::OtherData },
        digest: table.digest.clone(),
        all: measure(&(0..cases.len()).collect::<Vec<_>>()),
        folds: by_fold.collect(),
        by: by.collect(),
        tenths: tenths(&cases),
    })
}

/// Rows beside what was foretold, in an order that does not depend on that of the file.
fn cases(loss: Loss, table: &Table, found: &[Prediction]) -> Vec<Case> {
    let has_exposure = matches!(loss, Loss::Poisson | Loss::Gamma);
    let exposure = |row: usize| if has_exposure { table.exposure(row) } else { 1.0 };
    let mut cases: Vec<Case> = found
        .iter()
        .enumerate()
        .map(|(row, p)| Case {
            row,
            predicted: p.mean,
            truth: table.truth[row],
            // Its exposure for now.
            mean: exposure(row),
            weight: table.weight(row),
            low: p.low,
            high: p.high,
        })
        .collect();
    cases.sort_unstable_by(Case::order);
    let truth: f64 = cases.iter().map(|c| c.weight * c.truth).sum();
    let whole: f64 = cases.iter().map(|c| c.weight * c.mean).sum();
    let rate = if whole > 0.0 { truth / whole } else { 0.0 };
    for case in &mut cases {
        case.mean *= rate;
    }
    cases
}

/// Groups by a column; those of few rows are put together where there are several.
fn groups(cases: &[Case], cells: &[String], measure: &dyn Fn(&[usize]) -> Measure) -> Vec<Group> {
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        by.entry(cells.get(case.row).map_or("", String::as_str)).or_default().push(at);
    }
    let unknown = by.remove("");
    let (small, large): (Vec<_>, Vec<_>) = by.into_iter().partition(|(_, rows)| rows.len() < LEAST);
    let (small, mut large) =
        if small.len() > 1 { (small, large) } else { (Vec::new(), large.into_iter().chain(small).collect()) };
    // Numbers in their order, words in that of their bytes.
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    if large.iter().all(|(cell, _)| number(cell).is_some()) {
        large.sort_by(|(a, _), (b, _)| number(a).unwrap_or(0.0).total_cmp(&number(b).unwrap_or(0.0)));
    } else {
        large.sort_by_key(|(cell, _)| *cell);
    }
    let group = |name, rows: &[usize]| Group { name, measure: measure(rows) };
    let mut groups: Vec<Group> =
        large.iter().map(|(cell, rows)| group(Name::Value((*cell).to_owned()), rows)).collect();
    if !small.is_empty() {
        let mut rows: Vec<usize> = small.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        rows.sort_unstable();
        groups.push(group(Name::Smaller(small.len()), &rows));
    }
    groups.extend(unknown.map(|rows| group(Name::Unknown, &rows)));
    groups
}

/// Ten groups from the lowest predictions to the highest. Rows of the same prediction stay together: parted by anything else,
/// they would be parted by their truth.
fn tenths(cases: &[Case]) -> Vec<Tenth> {
    let mut tenths: Vec<(usize, f64, f64, f64)> = vec![(0, 0.0, 0.0, 0.0); TENTHS];
    let mut from = 0;
    while from < cases.len() {
        let same = cases[from..].partition_point(|c| c.predicted <= cases[from].predicted).max(1);
        // Where the middle of them lies.
        let at = ((2 * from + same) * TENTHS / (2 * cases.len())).min(TENTHS - 1);
        for case in &cases[from..from + same] {
            let tenth = &mut tenths[at];
            tenth.0 += 1;
            tenth.1 += case.weight;
            tenth.2 += case.weight * case.predicted;
            tenth.3 += case.weight * case.truth;
        }
        from += same;
    }
    let filled = tenths.into_iter().filter(|(rows, weight, ..)| *rows > 0 && *weight > 0.0);
    filled
        .map(|(rows, weight, predicted, truth)| Tenth {
            rows,
            predicted: predicted / weight,
            truth: truth / weight,
        })
        .collect()
}

impl Trial {
    /// How far the tenths lie from their truth in the mean, beside how far they lie apart: 0 is perfect.
    pub fn off(&self) -> f64 {
        let rows: f64 = self.tenths.iter().map(|t| count(t.rows as u64)).sum();
        let off: f64 = self.tenths.iter().map(|t| count(t.rows as u64) * (t.predicted - t.truth).abs()).sum();
        if rows > 0.0 { off / rows } else { 0.0 }
    }
}
