//! The published model: whole points in tables, with what is needed to look them up and to doubt them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bins::Bins;
use crate::data::Monotone;
use crate::loss::Loss;
use crate::partition::Partition;

/// What every file says first.
pub const FORMAT: &str = "adil-model/1";

/// A model as it is published, in JSON.
///
/// `sum = intercept + the points of each term`, in units of 10^−`decimals`; [`Loss::mean`] makes a prediction of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// [`FORMAT`].
    pub format: String,
    /// The column that is foretold.
    pub target: String,
    /// What people call it, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub target_title: BTreeMap<String, String>,
    /// What was minimised; it says how a sum becomes a prediction.
    pub loss: Loss,
    /// The column that predictions are multiplied by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<String>,
    /// Decimals of a point.
    pub decimals: u32,
    /// The points of every prediction.
    pub intercept: i64,
    /// The tables.
    pub terms: Vec<Term>,
    /// Tables of two columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairTerm>,
    /// Of counts, how much further they lie from what is foretold than chance alone would have them, in millionths: a count of
    /// mean `m` has the variance `m + k·m²` (a negative binomial's).
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub dispersion: u64,
    /// Models that never saw one part of the rows, with how wrong they were there: what intervals rest on.
    pub folds: Vec<Fold>,
    /// What it was trained on.
    pub training: Training,
    /// Changes that people made to the tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// One table: the points for each value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The column.
    pub feature: String,
    /// What people call it, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub title: BTreeMap<String, String>,
    /// How a value finds its line.
    pub lines: Lines,
    /// What the points may do from line to line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monotone: Option<Direction>,
    /// The points of each line.
    pub points: Vec<i64>,
    /// The points where the value is not known, or a word that is not listed.
    pub other: i64,
    /// How much models trained on other parts of the rows differ, line by line, and last for `other`: a standard deviation.
    pub errors: Vec<i64>,
    /// Rows of each line, and last of `other`.
    pub rows: Vec<u64>,
}

/// A table of two columns: the points for each value of one together with each of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairTerm {
    /// The two columns.
    pub features: [String; 2],
    /// How a value of each finds its line.
    pub lines: [Lines; 2],
    /// The points, line by line of the first column; in each list a number for each line of the second, and last for what is
    /// not known or not listed. The last list is that of what is not known or not listed in the first column.
    pub points: Vec<Vec<i64>>,
    /// How much models trained on other parts of the rows differ, laid out likewise: a standard deviation.
    pub errors: Vec<Vec<i64>>,
    /// Rows, laid out likewise.
    pub rows: Vec<Vec<u64>>,
}

/// How a value finds its line in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Lines {
    /// Decimal numbers in rising order: the line is how many of them are not above the value.
    Cuts(Vec<String>),
    /// Words in byte order: the line of that word.
    Words(Vec<String>),
}

/// What the points may do as the value rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Never fall.
    #[serde(rename = "+")]
    Rising,
    /// Never rise.
    #[serde(rename = "-")]
    Falling,
}

impl From<Monotone> for Direction {
    fn from(monotone: Monotone) -> Self {
        match monotone {
            Monotone::Rising => Self::Rising,
            Monotone::Falling => Self::Falling,
        }
    }
}

/// A model without one part of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// Rows that it never saw.
    pub rows: u64,
    /// The points of every prediction.
    pub intercept: i64,
    /// By term: the points of each line, and last of `other`.
    pub points: Vec<Vec<i64>>,
    /// By pair: the points as [`PairTerm::points`] has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Vec<Vec<i64>>>,
    /// How far the rows that it never saw lay from its predictions, in rising order: equally many rows lie between any two.
    /// In units of 10^−`decimals`: of the prediction itself for squared loss, of the standard deviation that it has for counts,
    /// of its size for amounts.
    pub misses: Vec<u64>,
}

/// What a model was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// Rows.
    pub rows: u64,
    /// The day up to which its rows were known, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// SHA-256 of the table, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Whether the rows were made up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
    /// Who answers for the target, each independent of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// What its forecasts are for.
    #[serde(default, skip_serializing_if = "Purpose::is_score")]
    pub purpose: Purpose,
    /// The program and its version.
    pub engine: String,
    /// The seed that chose folds and bags.
    pub seed: u64,
    /// Models that were averaged.
    pub bags: u32,
    /// The column that says how much each row counts; without one all count the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// How rows were parted into folds; files of older versions do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Partition>,
}

/// What forecasts may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Points, up to a published cap.
    #[default]
    Score,
    /// Help or a closer look, and nothing else: such as a forecast that an operator may close.
    Help,
}

impl Purpose {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    fn is_score(&self) -> bool {
        *self == Self::Score
    }
}

/// A change that a person made to a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The column.
    pub feature: String,
    /// The line, counted from 0; none for `other`.
    pub line: Option<u32>,
    /// The points before.
    pub from: i64,
    /// The points since.
    pub to: i64,
    /// Who changed them.
    pub by: String,
    /// Why.
    pub because: String,
}

/// What is wrong with a file, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct ModelError {
    /// A JSON pointer (RFC 6901), such as `/terms/3/points`.
    pub at: String,
    /// What is wrong there, and what is expected.
    pub what: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_nothing(number: &u64) -> bool {
    *number == 0
}

impl Model {
    /// Reads and checks a published model.
    ///
    /// # Errors
    /// Everything that is wrong with it, not only the first.
    pub fn from_json(text: &str) -> Result<Self, Vec<ModelError>> {
        let model: Self = serde_json::from_str(text).map_err(|error| {
            vec![ModelError { at: String::new(), what: format!("this is no model: {error}") }]
        })?;
        let errors = model.errors();
        if errors.is_empty() { Ok(model) } else { Err(errors) }
    }

    /// The model as JSON, a table to a line.
    pub fn to_json(&self) -> String {
        // Numbers of a table in one line are what a person can read; everything else is spread out.
        let value = serde_json::to_value(self).unwrap_or_default();
        let mut text = String::new();
        write(&mut text, &value, 0);
        text.push('\n');
        text
    }

    /// What a sum of points foretells, for rows of that exposure.
    #[expect(clippy::cast_precision_loss, reason = "sums of published points stay below 2^53")]
    pub fn mean(&self, points: i64, exposure: f64) -> f64 {
        self.loss.mean(points as f64 * self.unit(), exposure)
    }

    /// What one unit of points is.
    pub fn unit(&self) -> f64 {
        libm::pow(10.0, -f64::from(self.decimals))
    }
}

impl Lines {
    /// The bins that the lines are.
    pub fn bins(&self) -> Bins {
        match self {
            // Checked to be numbers when the model was read; a cut that is none parts nothing.
            Self::Cuts(cuts) => {
                Bins::Numbers { cuts: cuts.iter().map(|cut| cut.parse().unwrap_or(f64::INFINITY)).collect() }
            }
            Self::Words(words) => Bins::Words { words: words.clone() },
        }
    }

    /// Lines, without that of what is not known.
    pub fn len(&self) -> usize {
        match self {
            Self::Cuts(cuts) => cuts.len() + 1,
            Self::Words(words) => words.len(),
        }
    }

    /// Whether there is no line but that of what is not known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// JSON with lists of plain values on one line.
fn write(out: &mut String, value: &serde_json::Value, depth: usize) {
    use serde_json::Value;
    let plain = |v: &Value| !matches!(v, Value::Array(_) | Value::Object(_));
    let indent = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    match value {
        Value::Array(list) if !list.is_empty() && !list.iter().all(plain) => {
            out.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                indent(out, depth + 1);
                write(out, item, depth + 1);
            }
            indent(out, depth);
            out.push(']');
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (at, (name, item)) in object.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                indent(out, depth + 1);
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push_str(": ");
                write(out, item, depth + 1);
            }
            indent(out, depth);
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
