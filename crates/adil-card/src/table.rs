//! Rows as a card looks at them.

use adil_model::data::NO_WORD;
use adil_model::model::Lines;
use adil_model::{Feature, Model, Target, Values};

/// A table of rows.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// SHA-256 of its file, in hexadecimal.
    pub digest: String,
    /// How many rows are looked at.
    pub rows: usize,
    /// The columns that the model looks up, as far as they are there.
    pub features: Vec<Feature>,
    /// The truth of each row; empty where it is not known.
    pub truth: Vec<f64>,
    /// How much each row counts; empty when all count the same.
    pub weights: Vec<f64>,
    /// What predictions are multiplied by; empty when all the same.
    pub exposures: Vec<f64>,
    /// The cells of the column by which the model's rows were parted into folds; empty where there is none.
    pub parted: Vec<String>,
    /// Columns by which errors are to be told apart, with a cell for each row.
    pub by: Vec<(String, Vec<String>)>,
}

impl Table {
    /// The same with a column for each term, in their order; what is not there is not known.
    pub(crate) fn in_order_of(&self, model: &Model) -> Self {
        let features = model.terms.iter().map(|term| {
            let is_kind = |f: &&Feature| {
                f.name == term.feature
                    && f.values.len() == self.rows
                    && matches!(
                        (&f.values, &term.lines),
                        (Values::Numbers(_), Lines::Cuts(_)) | (Values::Words { .. }, Lines::Words(_))
                    )
            };
            self.features.iter().find(is_kind).cloned().unwrap_or_else(|| Feature {
                name: term.feature.clone(),
                values: match term.lines {
                    Lines::Cuts(_) => Values::Numbers(vec![f64::NAN; self.rows]),
                    Lines::Words(_) => Values::Words { codes: vec![NO_WORD; self.rows], words: Vec::new() },
                },
            })
        });
        Self { features: features.collect(), ..self.clone() }
    }

    /// The rows as something to be foretold.
    pub(crate) fn target(&self) -> Target {
        Target {
            values: self.truth.clone(),
            weights: self.weights.clone(),
            exposures: self.exposures.clone(),
        }
    }

    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).copied().unwrap_or(1.0)
    }

    pub(crate) fn exposure(&self, row: usize) -> f64 {
        self.exposures.get(row).copied().unwrap_or(1.0)
    }
}

/// A cell as people write it; `None` where it is not known.
pub(crate) fn cell(feature: &Feature, row: usize) -> Option<String> {
    match &feature.values {
        Values::Numbers(values) => values.get(row).filter(|v| v.is_finite()).map(f64::to_string),
        Values::Words { codes, words } => words.get(*codes.get(row)? as usize).cloned(),
    }
}
