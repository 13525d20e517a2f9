//! What nothing can be learned from.

use crate::data::{Feature, Target, Values};
use crate::fit::Settings;

/// Why a model can't be trained.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FitError {
    /// Fewer rows than can be learned from.
    #[error("{rows} rows are too few to learn from; at least {least} are needed.")]
    TooFew {
        /// Rows there are.
        rows: usize,
        /// Rows that are needed.
        least: usize,
    },
    /// No feature at all.
    #[error("There is no feature to learn from.")]
    NoFeature,
    /// Columns of different length.
    #[error("The column `{column}` has {found} rows, but the target has {expected}.")]
    Length {
        /// The column.
        column: String,
        /// Its rows.
        found: usize,
        /// The target's.
        expected: usize,
    },
    /// A value that the loss has no meaning for.
    #[error("Row {row} of the target is {value}, but {expected} is expected.")]
    Value {
        /// The row, counted from 1.
        row: usize,
        /// What stands there.
        value: f64,
        /// What can stand there.
        expected: &'static str,
    },
    /// A weight or an exposure that is none.
    #[error("The {what} of row {row} is {value}; it must be a number above zero.")]
    Amount {
        /// `weight` or `exposure`.
        what: &'static str,
        /// The row, counted from 1.
        row: usize,
        /// What stands there.
        value: f64,
    },
    /// All values of the target are the same.
    #[error("Every row of the target is {0}: there is nothing to learn.")]
    Constant(f64),
    /// A direction for a feature that has none.
    #[error("`{0}` holds words; only numbers can have an effect that rises or falls.")]
    MonotoneWords(String),
    /// A direction for a feature that is not there.
    #[error("`{0}` is to rise or fall, but is no feature.")]
    MonotoneUnknown(String),
}

/// Rows below which folds and bags mean nothing.
const LEAST: usize = 20;

/// Finds out whether something can be learned.
pub(crate) fn check(features: &[Feature], target: &Target, settings: &Settings) -> Result<(), FitError> {
    let rows = target.values.len();
    if features.is_empty() {
        return Err(FitError::NoFeature);
    }
    if rows < LEAST || u32::try_from(rows).is_err() {
        return Err(FitError::TooFew { rows, least: LEAST });
    }
    for feature in features {
        if feature.values.len() != rows {
            return Err(FitError::Length {
                column: feature.name.clone(),
                found: feature.values.len(),
                expected: rows,
            });
        }
        if matches!(feature.values, Values::Words { .. }) && settings.monotone.contains_key(&feature.name) {
            return Err(FitError::MonotoneWords(feature.name.clone()));
        }
    }
    if let Some(name) = settings.monotone.keys().find(|name| features.iter().all(|f| f.name != **name)) {
        return Err(FitError::MonotoneUnknown(name.clone()));
    }
    for (at, value) in target.values.iter().enumerate() {
        let expected = if value.is_finite() { settings.loss.allows(*value) } else { Err("a number") };
        if let Err(expected) = expected {
            return Err(FitError::Value { row: at + 1, value: *value, expected });
        }
    }
    for (what, amounts) in [("weight", &target.weights), ("exposure", &target.exposures)] {
        if !amounts.is_empty() && amounts.len() != rows {
            return Err(FitError::Length { column: what.to_owned(), found: amounts.len(), expected: rows });
        }
        if let Some(at) = amounts.iter().position(|amount| !(*amount > 0.0 && amount.is_finite())) {
            return Err(FitError::Amount { what, row: at + 1, value: amounts[at] });
        }
    }
    let first = target.values[0];
    if target.values.iter().all(|value| value.total_cmp(&first).is_eq()) {
        return Err(FitError::Constant(first));
    }
    Ok(())
}
