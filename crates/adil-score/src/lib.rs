#![doc = include_str!("../README.md")]

mod aggregate;
pub mod correlation;
mod curve;
pub mod design;
mod gamma;
mod random;
mod scale;
pub mod sensitivity;
pub mod uncertainty;

use std::collections::BTreeMap;
use std::sync::Arc;

use adil_domain::{Points, Rational};
use adil_policy::{Aggregation, Criterion, Indicator, Missing, Scale};

use aggregate::{Part, Weight};
use rayon::prelude::*;
use scale::GroupFacts;
pub use scale::{Raw, Scaled};

/// Decimals of a published indicator value. What is scaled is the published value.
pub const VALUE_DECIMALS: u32 = 6;

/// The values of one indicator, one for each application, in the order of the applications.
#[derive(Debug, Clone)]
pub struct IndicatorValues {
    /// What the indicator's expression gave.
    pub values: Vec<Raw>,
    /// The group each application is compared within by the scale (`percentile`, `zscore`); the same text for all
    /// where the policy names no group.
    pub scale_groups: Vec<Arc<str>>,
    /// The group whose median stands for a missing value.
    pub median_groups: Vec<Arc<str>>,
    /// For a forecast, the interval in which nine of ten truths lie; empty for everything else. Only variations look at it.
    pub intervals: Vec<Interval>,
}

/// Where the truth lies nine times of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// One time of twenty it lies below this.
    pub low: f64,
    /// One time of twenty it lies above this.
    pub high: f64,
}

/// How a missing value was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imputed {
    /// The value is known.
    No,
    /// The worst there is: no points.
    Worst,
    /// The value the policy states.
    Stated,
    /// The median of the named group.
    GroupMedian,
    /// The median of the whole round, since the group has no known value.
    RoundMedian,
    /// The application waits; what is kept for it is computed with full points, so that any later value fits.
    Held,
}

impl Imputed {
    /// The word of the column `imputed`; empty for a known value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Worst => "worst",
            Self::Stated => "stated",
            Self::GroupMedian => "group-median",
            Self::RoundMedian => "round-median",
            Self::Held => "held",
        }
    }
}

/// What one indicator gave one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The value that was scaled: known, or put in place of a missing one.
    pub value: Raw,
    /// Where the value stands between 0 and 1.
    pub scaled: Scaled,
    /// Points, part of the score.
    pub points: Points,
    /// Whether and how the value was imputed.
    pub imputed: Imputed,
}

/// The score of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// One for each indicator, in the policy's order.
    pub contributions: Vec<Contribution>,
}

impl Score {
    /// The sum of the contributions.
    pub fn points(&self) -> Points {
        self.contributions.iter().map(|c| c.points).sum()
    }

    /// Positions of the indicators whose missing value makes the application wait.
    pub fn holding(&self) -> impl Iterator<Item = usize> {
        self.contributions.iter().enumerate().filter(|(_, c)| c.imputed == Imputed::Held).map(|(i, _)| i)
    }
}

/// Scores every application.
///
/// `values` holds one entry for each indicator of `criteria`, in order, each as long as there are applications.
/// Mathematics: scales and aggregation after the OECD/JRC *Handbook on Constructing Composite Indicators* (2008).
pub fn score(criteria: &[Criterion], aggregation: Aggregation, values: &[IndicatorValues]) -> Vec<Score> {
    let indicators: Vec<(usize, &Indicator)> = criteria
        .iter()
        .enumerate()
        .flat_map(|(c, criterion)| criterion.indicators.iter().map(move |i| (c, i)))
        .collect();
    let columns: Vec<Vec<Contribution>> = indicators
        .iter()
        .zip(values)
        .map(|((_, indicator), column)| scale_column(indicator, column))
        .collect();
    let count = values.first().map_or(0, |v| v.values.len());
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let weights = weights(criteria);
    (0..count)
        .map(|_| {
            let mut contributions: Vec<Contribution> =
                columns.iter_mut().filter_map(Iterator::next).collect();
            let parts: Vec<Part<'_>> = weights
                .iter()
                .zip(&contributions)
                .map(|((criterion, weight), c)| Part { criterion: *criterion, weight, scaled: c.scaled })
                .collect();
            let points = aggregate::contributions(aggregation, &parts);
            for (contribution, points) in contributions.iter_mut().zip(points) {
                contribution.points = points;
            }
            Score { contributions }
        })
        .collect()
}

/// The points that a number earns under an indicator by itself, where its scale has fixed ends and weighted points are summed.
pub fn points_alone(indicator: &Indicator, value: &Rational) -> Option<Points> {
    let scaled = scale::scale(&indicator.scale, &Raw::number(value), None)?;
    let part = Part { criterion: 0, weight: &Weight::new(&indicator.weight), scaled };
    aggregate::contributions(Aggregation::WeightedSum, &[part]).pop()
}

/// The points of every application from scaled values that are known, when only weights have changed.
///
/// `scaled` holds for each application one value for each indicator of `criteria`, in order.
pub fn points(criteria: &[Criterion], aggregation: Aggregation, scaled: &[Vec<Scaled>]) -> Vec<Points> {
    let weights = weights(criteria);
    scaled
        .par_iter()
        .map(|row| {
            let parts: Vec<Part<'_>> = weights
                .iter()
                .zip(row)
                .map(|((criterion, weight), scaled)| Part { criterion: *criterion, weight, scaled: *scaled })
                .collect();
            aggregate::contributions(aggregation, &parts).into_iter().sum()
        })
        .collect()
}

/// The weight of every indicator, with the position of its criterion.
fn weights(criteria: &[Criterion]) -> Vec<(usize, Weight)> {
    let of = |(c, criterion): (usize, &Criterion)| -> Vec<(usize, Weight)> {
        criterion.indicators.iter().map(|i| (c, Weight::new(&i.weight))).collect()
    };
    criteria.iter().enumerate().flat_map(of).collect()
}

/// Scales one indicator for all applications; points are filled in by the aggregation.
fn scale_column(indicator: &Indicator, column: &IndicatorValues) -> Vec<Contribution> {
    let grouped = matches!(indicator.scale, Scale::Percentile { .. } | Scale::ZScore { .. });
    let facts =
        if grouped { GroupFacts::collect(&column.values, &column.scale_groups) } else { BTreeMap::new() };
    let medians = Medians::of(indicator, column);
    let one = |index: usize, raw: &Raw| {
        let facts = column.scale_groups.get(index).and_then(|g| facts.get(g));
        if let Some(scaled) = scale::scale(&indicator.scale, raw, facts) {
            return Contribution { value: raw.clone(), scaled, points: Points::ZERO, imputed: Imputed::No };
        }
        let (value, imputed) = match &indicator.missing {
            Missing::Worst => (Raw::Missing, Imputed::Worst),
            Missing::Hold => (Raw::Missing, Imputed::Held),
            Missing::Value(x) => (Raw::number(x), Imputed::Stated),
            Missing::GroupMedian { .. } => medians.of_row(index, column),
        };
        let scaled = match imputed {
            Imputed::Held => Scaled::ONE,
            // A round in which nobody's value is known has no median: nothing is earned.
            _ => scale::scale(&indicator.scale, &value, facts).unwrap_or(Scaled::ZERO),
        };
        Contribution { value, scaled, points: Points::ZERO, imputed }
    };
    column.values.iter().enumerate().map(|(index, raw)| one(index, raw)).collect()
}

/// Medians of the groups and of the whole round, where the indicator's rule asks for them.
struct Medians {
    groups: BTreeMap<Arc<str>, Rational>,
    round: Option<Rational>,
}

impl Medians {
    fn of(indicator: &Indicator, column: &IndicatorValues) -> Self {
        if !matches!(indicator.missing, Missing::GroupMedian { .. }) {
            return Self { groups: BTreeMap::new(), round: None };
        }
        let by = |groups: &[Arc<str>]| GroupFacts::collect(&column.values, groups);
        let all: Vec<Arc<str>> = vec![Arc::from(""); column.values.len()];
        Self {
            groups: by(&column.median_groups)
                .into_iter()
                .filter_map(|(group, facts)| Some((group, facts.median()?)))
                .collect(),
            round: by(&all).get("").and_then(GroupFacts::median),
        }
    }

    fn of_row(&self, index: usize, column: &IndicatorValues) -> (Raw, Imputed) {
        let group = column.median_groups.get(index).and_then(|g| self.groups.get(g));
        match (group, &self.round) {
            (Some(median), _) => (Raw::number(median), Imputed::GroupMedian),
            (None, Some(median)) => (Raw::number(median), Imputed::RoundMedian),
            (None, None) => (Raw::Missing, Imputed::Worst),
        }
    }
}
