//! Predicting is looking up and adding.

use rayon::prelude::*;

use crate::bins::Bins;
use crate::data::{Feature, Values};
use crate::model::Model;
use crate::publish::spread;

/// What is foretold for a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The sum of points, in units of 10^−decimals.
    pub points: i64,
    /// The value that is foretold.
    pub mean: f64,
    /// The interval that the truth lies in for most rows like it; the same as the value where the model has no folds.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// A model arranged for looking up.
pub struct Predictor<'m> {
    model: &'m Model,
    bins: Vec<Bins>,
    pair_bins: Vec<[Bins; 2]>,
    unit: f64,
}

/// The lines of rows in all tables.
struct Codes {
    terms: Vec<Vec<u16>>,
    pairs: Vec<[Vec<u16>; 2]>,
}

/// Rows that one thread takes at a time.
const TOGETHER: usize = 4_096;

impl<'m> Predictor<'m> {
    /// Arranges a model that was read and checked.
    pub fn new(model: &'m Model) -> Self {
        let sides = |pair: &crate::model::PairTerm| [pair.lines[0].bins(), pair.lines[1].bins()];
        Self {
            model,
            bins: model.terms.iter().map(|term| term.lines.bins()).collect(),
            pair_bins: model.pairs.iter().map(sides).collect(),
            unit: model.unit(),
        }
    }

    /// Predictions for rows. A column that is not given is not known. `exposures` is empty where all are 1; `level` is the
    /// part of the rows whose truth is to lie within the interval, such as 0.9.
    pub fn rows(&self, features: &[Feature], rows: usize, exposures: &[f64], level: f64) -> Vec<Prediction> {
        let codes = self.codes(features, rows);
        (0..rows)
            .into_par_iter()
            .with_min_len(TOGETHER)
            .map(|row| self.row(&codes, row, exposures.get(row).copied().unwrap_or(1.0), level))
            .collect()
    }

    /// The sum of points of rows; the fastest answer.
    pub fn points(&self, features: &[Feature], rows: usize) -> Vec<i64> {
        let codes = self.codes(features, rows);
        let mut sums = vec![self.model.intercept; rows];
        sums.par_chunks_mut(TOGETHER).enumerate().for_each(|(chunk, sums)| {
            let start = chunk * TOGETHER;
            for (term, codes) in self.model.terms.iter().zip(&codes.terms) {
                let codes = &codes[start..start + sums.len()];
                for (sum, code) in sums.iter_mut().zip(codes) {
                    *sum += term.points.get(usize::from(*code)).copied().unwrap_or(term.other);
                }
            }
            for (pair, [first, second]) in self.model.pairs.iter().zip(&codes.pairs) {
                for (at, sum) in sums.iter_mut().enumerate() {
                    *sum += cell(&pair.points, first[start + at], second[start + at]);
                }
            }
        });
        sums
    }

    /// What each table adds to each row: first the tables of one column, then those of two, both in the model's order.
    pub fn terms(&self, features: &[Feature], rows: usize) -> Vec<Vec<i64>> {
        let codes = self.codes(features, rows);
        let of_one = self.model.terms.iter().zip(&codes.terms).map(|(term, codes)| {
            let points = |code: &u16| term.points.get(usize::from(*code)).copied().unwrap_or(term.other);
            codes.iter().map(points).collect()
        });
        let of_two = self.model.pairs.iter().zip(&codes.pairs).map(|(pair, [first, second])| {
            first.iter().zip(second).map(|(a, b)| cell(&pair.points, *a, *b)).collect()
        });
        of_one.chain(of_two).collect()
    }

    /// The line of each row in each table; the last for what is not known.
    fn codes(&self, features: &[Feature], rows: usize) -> Codes {
        let column = |name: &str, bins: &Bins| {
            let found = features.iter().find(|f| f.name == name && f.values.len() == rows);
            let missing = u16::try_from(bins.missing()).unwrap_or(u16::MAX);
            match found.map(|f| &f.values) {
                // Words for a table of numbers, and the other way round, are not known.
                Some(values @ Values::Numbers(_)) if matches!(bins, Bins::Numbers { .. }) => {
                    bins.codes(values)
                }
                Some(values @ Values::Words { .. }) if matches!(bins, Bins::Words { .. }) => {
                    bins.codes(values)
                }
                _ => vec![missing; rows],
            }
        };
        let terms = self.model.terms.par_iter().zip(&self.bins);
        let pairs = self.model.pairs.par_iter().zip(&self.pair_bins);
        Codes {
            terms: terms.map(|(term, bins)| column(&term.feature, bins)).collect(),
            pairs: pairs.map(|(p, bins)| [0, 1].map(|at| column(&p.features[at], &bins[at]))).collect(),
        }
    }

    fn row(&self, codes: &Codes, row: usize, exposure: f64, level: f64) -> Prediction {
        let model = self.model;
        let mut points = model.intercept;
        for (term, codes) in model.terms.iter().zip(&codes.terms) {
            points += term.points.get(usize::from(codes[row])).copied().unwrap_or(term.other);
        }
        for (pair, [first, second]) in model.pairs.iter().zip(&codes.pairs) {
            points += cell(&pair.points, first[row], second[row]);
        }
        let mean = self.model.mean(points, exposure);
        let (low, high) = self.interval(codes, row, exposure, level).unwrap_or((mean, mean));
        Prediction { points, mean, low: low.min(mean), high: high.max(mean) }
    }

    /// CV+ (Barber, Candès, Ramdas, Tibshirani 2021): each fold's prediction less and plus its own misses, and of all of
    /// those the quantiles.
    #[expect(clippy::cast_precision_loss, reason = "misses are kept as whole units below 2^53")]
    fn interval(&self, codes: &Codes, row: usize, exposure: f64, level: f64) -> Option<(f64, f64)> {
        let model = self.model;
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for fold in &model.folds {
            let mut points = fold.intercept;
            for (table, codes) in fold.points.iter().zip(&codes.terms) {
                points += table.get(usize::from(codes[row])).or(table.last()).copied().unwrap_or(0);
            }
            for (table, [first, second]) in fold.pairs.iter().zip(&codes.pairs) {
                points += cell(table, first[row], second[row]);
            }
            let mean = self.model.mean(points, exposure);
            let size = spread(model.loss, mean, model.dispersion);
            let weight = fold.rows as f64 / fold.misses.len().max(1) as f64;
            for miss in &fold.misses {
                let miss = *miss as f64 * self.unit * size;
                low.push((mean - miss, weight));
                high.push((mean + miss, weight));
            }
        }
        let outside = 1.0 - level.clamp(0.0, 1.0);
        let (low, high) = (quantile(&mut low, outside)?, quantile(&mut high, 1.0 - outside)?);
        Some(model.loss.within(low, high))
    }
}

/// The points of two lines of a table of two columns.
fn cell(table: &[Vec<i64>], first: u16, second: u16) -> i64 {
    let list = table.get(usize::from(first)).or(table.last());
    list.and_then(|list| list.get(usize::from(second)).or(list.last())).copied().unwrap_or(0)
}

/// The value at a part of the weight.
fn quantile(values: &mut [(f64, f64)], part: f64) -> Option<f64> {
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mut upto = 0.0;
    let found = values.iter().find(|(_, weight)| {
        upto += weight;
        upto >= part * whole
    });
    found.or(values.last()).map(|(value, _)| *value)
}
