//! The same applications scored under small variations of what went into the scores: weights, values, what stands in for
//! missing ones, scales (Saisana, Saltelli, Tarantola 2005).
//!
//! A variation depends on the seed and on its own place in the design alone, so any thread may make it. Floats score the
//! variations; no published point comes from here.

use std::collections::BTreeMap;
use std::sync::Arc;

use adil_domain::Rational;
use adil_policy::{Aggregation, Criterion, Indicator, Scale, StatedError, Uncertainty};

use crate::curve::{Curve, Group, ONE};
use crate::design::{Points, Side};
use crate::random::Stream;
use crate::scale::GroupFacts;
use crate::{Imputed, IndicatorValues, Interval, Raw, gamma, scale_column};

/// Something that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Weights, around the published ones.
    Weights,
    /// Values, within their stated error; forecasts, within their interval.
    Data,
    /// What stands in for missing values.
    Imputation,
    /// Scales.
    Scale,
}

impl Source {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Weights, Self::Data, Self::Imputation, Self::Scale];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Data => "data",
            Self::Imputation => "imputation",
            Self::Scale => "scale",
        }
    }
}

/// One variation: a row of the design, and from which of the two samples each source is taken.
#[derive(Debug, Clone, Copy)]
pub struct Variation {
    /// The row.
    pub row: u32,
    /// The sample that every source is taken from but one.
    pub side: Side,
    /// The source that is taken from the other sample.
    pub but: Option<Source>,
}

impl Variation {
    fn side_of(self, source: Source) -> Side {
        match (self.side, self.but == Some(source)) {
            (Side::A, false) | (Side::B, true) => Side::A,
            _ => Side::B,
        }
    }
}

/// Applications ready to be scored again and again.
pub struct Model {
    aggregation: Aggregation,
    columns: Vec<Column>,
    /// Of a Dirichlet distribution around the published weights; `None` leaves them alone.
    concentration: Option<f64>,
    imputation: bool,
    scale: bool,
    points: Points,
    stream: Stream,
    count: usize,
}

/// One indicator.
struct Column {
    criterion: usize,
    weight: f64,
    /// Where each value stands as published, in millionths.
    scaled: Vec<f64>,
    /// The value; not a number for words and for what nothing is known of.
    raw: Vec<f64>,
    /// Applications whose value stands in for a missing one. What waits keeps its full points: what is kept for it must not
    /// vary with it.
    imputed: Vec<usize>,
    /// The same by application: such a value has no error of its own.
    stands_in: Vec<bool>,
    /// Applications whose value is known.
    known: Vec<usize>,
    error: Option<Reach>,
    /// Of a forecast, by application.
    intervals: Vec<Interval>,
    curve: Option<Curve>,
    other: Option<Curve>,
    groups: Vec<Group>,
    group: Vec<usize>,
}

/// How far a value may be from the truth.
#[derive(Clone, Copy)]
enum Reach {
    Relative(f64),
    Absolute(f64),
    Within(Interval),
}

impl Model {
    /// Prepares the applications. `values` as for [`score`](crate::score()).
    pub fn new(
        criteria: &[Criterion],
        aggregation: Aggregation,
        values: &[IndicatorValues],
        rule: &Uncertainty,
        seed: u64,
    ) -> Self {
        let indicators = criteria
            .iter()
            .enumerate()
            .flat_map(|(c, criterion)| criterion.indicators.iter().map(move |i| (c, i)));
        let columns: Vec<Column> = indicators
            .zip(values)
            .map(|((criterion, indicator), values)| Column::new(criterion, indicator, values))
            .collect();
        let many = u32::try_from(columns.len()).unwrap_or(u32::MAX / 4);
        Self {
            aggregation,
            count: values.first().map_or(0, |v| v.values.len()),
            concentration: rule.weights.as_ref().and_then(|spread| concentration(spread, many)),
            imputation: rule.imputation,
            scale: rule.scale,
            // A weight and a choice of scale for each indicator; values have streams of their own.
            points: Points::new(2 * many, seed),
            stream: Stream::new(seed).part(2),
            columns,
        }
    }

    /// What can vary here at all.
    pub fn sources(&self) -> Vec<Source> {
        let any = |what: &dyn Fn(&Column) -> bool| self.columns.iter().any(what);
        let varies = |source: &Source| match source {
            Source::Weights => self.concentration.is_some(),
            Source::Data => any(&|c| c.wanders() && c.curve.is_some()),
            Source::Imputation => self.imputation && any(&|c| !c.imputed.is_empty() && !c.known.is_empty()),
            Source::Scale => self.scale && any(&|c| c.other.is_some()),
        };
        Source::ALL.into_iter().filter(varies).collect()
    }

    /// The points of every application under a variation, in millionths.
    pub fn scores(&self, variation: Variation) -> Vec<u32> {
        let weights = self.weights(variation);
        let moved: Vec<Option<Vec<f64>>> = (0u32..)
            .zip(&self.columns)
            .map(|(index, column)| self.column(index, column, variation))
            .collect();
        let columns: Vec<&[f64]> = moved
            .iter()
            .zip(&self.columns)
            .map(|(moved, column)| moved.as_deref().unwrap_or(&column.scaled))
            .collect();
        self.add_up(&weights, &columns)
    }

    /// Weights drawn together: gamma variables over their sum are a Dirichlet.
    fn weights(&self, variation: Variation) -> Vec<f64> {
        let published = || self.columns.iter().map(|c| c.weight);
        let Some(concentration) = self.concentration else { return published().collect() };
        let side = variation.side_of(Source::Weights);
        let drawn: Vec<f64> = (0u32..)
            .zip(published())
            .map(|(index, weight)| {
                let u = self.points.coordinate(variation.row, side, index);
                gamma::quantile(concentration * weight / 100.0, u)
            })
            .collect();
        let sum: f64 = drawn.iter().sum();
        drawn.iter().map(|g| g / sum * 100.0).collect()
    }

    /// Where the values of an indicator stand under a variation; `None` where that is where they stand anyway.
    fn column(&self, index: u32, column: &Column, variation: Variation) -> Option<Vec<f64>> {
        let curve = column.curve.as_ref();
        let other = column.other.as_ref().filter(|_| {
            let dimension = u32::try_from(self.columns.len()).unwrap_or(0) + index;
            let side = variation.side_of(Source::Scale);
            self.scale && self.points.coordinate(variation.row, side, dimension) < 0.5
        });
        let draws = self.imputation && !column.imputed.is_empty() && !column.known.is_empty();
        if other.is_none() && !draws && !(column.wanders() && curve.is_some()) {
            return None;
        }
        let stream = |source: Source| {
            let side = u64::from(variation.side_of(source) == Side::B);
            let place = (u64::from(variation.row) << 1) | side;
            self.stream.part(u64::from(source == Source::Data)).part(u64::from(index)).part(place)
        };
        let curve = other.or(curve);
        let at = |application: usize, value: f64| {
            curve.map(|curve| curve.at(value, &column.groups[column.group[application]]))
        };
        let mut scaled = column.scaled.clone();
        if let Some(curve) = curve.filter(|_| other.is_some() || column.wanders()) {
            let errors = stream(Source::Data);
            let all = scaled.iter_mut().zip(&column.raw).zip(&column.group).zip(&column.stands_in);
            for (application, (((scaled, raw), group), stands_in)) in all.enumerate() {
                if raw.is_nan() {
                    continue;
                }
                let value = match column.reach(application).filter(|_| !stands_in) {
                    Some(reach) => reach.moved(*raw, errors.unit(position(application))),
                    None => *raw,
                };
                *scaled = curve.at(value, &column.groups[*group]);
            }
        }
        if draws {
            let donors = stream(Source::Imputation);
            for application in &column.imputed {
                let donor = column.known[donors.below(position(*application), column.known.len())];
                let raw = column.raw[donor];
                let value = if raw.is_nan() { None } else { at(*application, raw) };
                scaled[*application] = value.unwrap_or(column.scaled[donor]);
            }
        }
        Some(scaled)
    }

    /// Points from where values stand, as [`crate::points`] makes them.
    fn add_up(&self, weights: &[f64], columns: &[&[f64]]) -> Vec<u32> {
        let mut sums = vec![0.0; self.count];
        if self.aggregation == Aggregation::WeightedSum {
            for (weight, column) in weights.iter().zip(columns) {
                for (sum, scaled) in sums.iter_mut().zip(*column) {
                    *sum += (weight * scaled).round_ties_even();
                }
            }
            return sums.into_iter().map(micro).collect();
        }
        let weakest = self.aggregation == Aggregation::Weakest;
        if weakest {
            sums.fill(100.0 * ONE);
        }
        let criteria = self.columns.iter().map(|c| c.criterion + 1).max().unwrap_or(0);
        for criterion in 0..criteria {
            let own: Vec<usize> =
                (0..columns.len()).filter(|i| self.columns[*i].criterion == criterion).collect();
            let weight: f64 = own.iter().map(|i| weights[*i]).sum();
            if weight <= 0.0 {
                continue;
            }
            for (application, sum) in sums.iter_mut().enumerate() {
                let earned: f64 = own.iter().map(|i| weights[*i] * columns[*i][application]).sum();
                let share = (earned / weight / ONE).min(1.0);
                if weakest {
                    *sum = sum.min(100.0 * ONE * share);
                } else {
                    // The logarithm of nothing is endlessly low, and its exponential is nothing again.
                    *sum += weight / 100.0 * libm::log(share);
                }
            }
        }
        let score = |sum: f64| if weakest { sum } else { 100.0 * ONE * libm::exp(sum) };
        sums.into_iter().map(|sum| micro(score(sum).round_ties_even())).collect()
    }
}

impl Column {
    fn new(criterion: usize, indicator: &Indicator, values: &IndicatorValues) -> Self {
        let contributions = scale_column(indicator, values);
        let number = |raw: &Raw| match raw {
            Raw::Number(n) => n.to_f64(),
            _ => f64::NAN,
        };
        let with = |wanted: &dyn Fn(Imputed) -> bool| -> Vec<usize> {
            let all = contributions.iter().enumerate();
            all.filter(|(_, c)| wanted(c.imputed)).map(|(at, _)| at).collect()
        };
        let curve = Curve::of(&indicator.scale);
        let mut groups = vec![Group::default()];
        let mut group = vec![0; contributions.len()];
        if matches!(indicator.scale, Scale::Percentile { .. } | Scale::ZScore { .. }) {
            let facts = GroupFacts::collect(&values.values, &values.scale_groups);
            let index: BTreeMap<&Arc<str>, usize> = facts.keys().zip(1..).collect();
            groups.extend(facts.values().map(Group::of));
            group = values.scale_groups.iter().map(|g| index.get(g).copied().unwrap_or(0)).collect();
        }
        // Of a group in which nothing is known the scale says nothing: those stay where they are.
        let nowhere = |at: usize| groups.len() > 1 && group[at] == 0;
        let raw = contributions.iter().enumerate();
        Self {
            criterion,
            weight: indicator.weight.to_f64(),
            raw: raw.map(|(at, c)| if nowhere(at) { f64::NAN } else { number(&c.value) }).collect(),
            scaled: contributions.iter().map(|c| f64::from(c.scaled.micro())).collect(),
            imputed: with(&|i| !matches!(i, Imputed::No | Imputed::Held)),
            stands_in: contributions.iter().map(|c| c.imputed != Imputed::No).collect(),
            known: with(&|i| i == Imputed::No),
            error: indicator.error.as_ref().map(|error| match error {
                StatedError::Relative(part) => Reach::Relative(part.to_f64()),
                StatedError::Absolute(amount) => Reach::Absolute(amount.to_f64()),
            }),
            intervals: values.intervals.clone(),
            other: curve.as_ref().and_then(Curve::other),
            curve,
            groups,
            group,
        }
    }
}

impl Column {
    /// Whether values may be other than published.
    fn wanders(&self) -> bool {
        self.error.is_some() || !self.intervals.is_empty()
    }

    /// How far a value may be from the truth.
    fn reach(&self, application: usize) -> Option<Reach> {
        self.error.or_else(|| self.intervals.get(application).map(|within| Reach::Within(*within)))
    }
}

/// The logarithm of 19: how far a logistic variable goes in one direction for one in twenty.
const ONE_IN_TWENTY: f64 = 2.944_438_979_166_440_5;

impl Reach {
    /// The value somewhere within its error, every place as likely as any other; a forecast on a bell of two halves, one
    /// time of twenty below its interval and one time above (two logistic halves: the tails of a count are heavier than
    /// those of a normal).
    fn moved(self, value: f64, u: f64) -> f64 {
        let reach = match self {
            Self::Relative(part) => value * part,
            Self::Absolute(amount) => amount,
            Self::Within(Interval { low, high }) => {
                let u = u.clamp(1e-9, 1.0 - 1e-9);
                let far = libm::log(u / (1.0 - u)) / ONE_IN_TWENTY;
                let half = if far < 0.0 { value - low } else { high - value };
                let moved = value + far * half.max(0.0);
                // What can't be below nothing stays above it.
                return if low < 0.0 { moved } else { moved.max(0.0) };
            }
        };
        value + reach * (2.0 * u - 1.0)
    }
}

/// The concentration at which a weight of average size, one `many`th of all, has this standard deviation as a part of itself:
/// `(many − 1) / (κ + 1) = spread²`.
fn concentration(spread: &Rational, many: u32) -> Option<f64> {
    let spread = spread.to_f64();
    (many > 1 && spread > 0.0).then(|| f64::from(many - 1) / (spread * spread) - 1.0)
}

fn position(application: usize) -> u64 {
    u64::try_from(application).unwrap_or(u64::MAX)
}

/// Whole millionths of a point: at most 100 points.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and between 0 and a hundred million"
)]
fn micro(points: f64) -> u32 {
    points.clamp(0.0, 100.0 * ONE) as u32
}

#[cfg(test)]
mod tests;
