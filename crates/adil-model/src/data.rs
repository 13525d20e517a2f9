//! Rows to learn from: features by column, and what is to be foretold.

/// The code of a word that is not there.
pub const NO_WORD: u32 = u32::MAX;

/// One column of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; `NaN` where the value is not known.
    Numbers(Vec<f64>),
    /// Words by their position in a list; [`NO_WORD`] where the value is not known.
    Words {
        /// One for each row.
        codes: Vec<u32>,
        /// The list, in byte order.
        words: Vec<String>,
    },
}

impl Values {
    /// Numbers, of which those that are not finite are not known.
    pub fn numbers(values: impl IntoIterator<Item = f64>) -> Self {
        Self::Numbers(values.into_iter().map(|v| if v.is_finite() { v } else { f64::NAN }).collect())
    }

    /// Words, of which the empty ones are not known.
    pub fn words<'w>(values: impl IntoIterator<Item = &'w str> + Clone) -> Self {
        let mut words: Vec<String> =
            values.clone().into_iter().filter(|w| !w.is_empty()).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let code = |word: &str| {
            let at = words.binary_search_by(|known| known.as_str().cmp(word)).ok();
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(NO_WORD)
        };
        let codes = values.into_iter().map(code).collect();
        Self::Words { codes, words }
    }

    /// Rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Words { codes, .. } => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The column's name.
    pub name: String,
    /// Its values.
    pub values: Values,
}

/// What the effect of a feature may do as its value rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Monotone {
    /// Only rise.
    Rising,
    /// Only fall.
    Falling,
}

/// What is foretold, and how much each row counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The value of each row.
    pub values: Vec<f64>,
    /// How much each row counts; empty when all count the same.
    pub weights: Vec<f64>,
    /// How long or how much was looked at, for rates; empty when all the same.
    pub exposures: Vec<f64>,
}

impl Target {
    /// Values of rows that all count the same.
    pub fn new(values: Vec<f64>) -> Self {
        Self { values, weights: Vec::new(), exposures: Vec::new() }
    }

    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).copied().unwrap_or(1.0)
    }

    pub(crate) fn exposure(&self, row: usize) -> f64 {
        self.exposures.get(row).copied().unwrap_or(1.0)
    }
}
