//! Published models of a round: read, held against the policy and the tables, and asked about every application.

mod ask;
mod check;

use adil_domain::{Points, Rational};

pub(crate) use ask::{Forecasts, ask};
pub(crate) use check::read;

/// What a model foretells for one application, part by part.
///
/// Points are parted along the straight line from the forecast of a facility of which nothing but the model's own mean is
/// known to the forecast itself: each table's part is proportional to what it adds to the sum (the value of Aumann and
/// Shapley 1974, which for a sum under one curve is just that). So they add up to the points exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The model's position in the policy.
    pub model: usize,
    /// Nine times of ten the truth lies above this and below [`Forecast::high`] or, at one end, beyond.
    pub low: Rational,
    /// The other end.
    pub high: Rational,
    /// The sum of the tables, in units of the model.
    pub sum: i64,
    /// Points of the intercept alone.
    pub base: Points,
    /// One for each table: those of one column first, then those of two.
    pub parts: Vec<ForecastPart>,
}

/// What one table of a model adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastPart {
    /// What was looked up; empty where it is not known. Of a table of two columns both, with ` × ` between and `?`
    /// for what is not known.
    pub value: String,
    /// What the table adds to the sum, in units of the model.
    pub adds: i64,
    /// Its part of the points.
    pub points: Points,
}

/// Decimals of a published forecast and of its interval.
pub const FORECAST_DECIMALS: u32 = adil_score::VALUE_DECIMALS;
