//! How rows were parted into folds, as a model's file says it.

use serde::{Deserialize, Serialize};

/// How rows were parted into folds, so that anyone can find out which fold never saw which row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase", deny_unknown_fields)]
pub enum Partition {
    /// By a hash of everything that a row holds.
    Rows {
        /// Parts.
        folds: u32,
    },
    /// By a hash of the cell in a column: rows of one group stay together.
    Groups {
        /// The column.
        column: String,
        /// Parts.
        folds: u32,
    },
    /// Each value of a column is a fold of its own.
    Values {
        /// The column.
        column: String,
        /// The values, in the order of the folds.
        values: Vec<String>,
    },
}

impl Partition {
    /// Parts of the rows.
    pub fn folds(&self) -> usize {
        match self {
            Self::Rows { folds } | Self::Groups { folds, .. } => *folds as usize,
            Self::Values { values, .. } => values.len(),
        }
    }

    /// The column whose cells say where a row belongs.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Rows { .. } => None,
            Self::Groups { column, .. } | Self::Values { column, .. } => Some(column),
        }
    }
}
