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
    lookups: Vec<Lookup>,
    unit: f64,
}

/// Rows by the lines that they have in a model's tables: what [`Predictor::bin`] makes of values, once for any number of
/// predictions.
pub struct Binned {
    rows: usize,
    terms: Vec<Codes>,
    pairs: Vec<[Codes; 2]>,
}

/// Lines of rows in a table; the last line is that of what is not known.
enum Codes {
    /// Of a table of up to 256 lines.
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl Codes {
    fn new(codes: Vec<u16>, lines: usize) -> Self {
        if lines <= NARROW {
            Self::Narrow(codes.into_iter().map(|code| u8::try_from(code).unwrap_or(u8::MAX)).collect())
        } else {
            Self::Wide(codes)
        }
    }

    fn at(&self, row: usize) -> usize {
        match self {
            Self::Narrow(codes) => usize::from(codes[row]),
            Self::Wide(codes) => usize::from(codes[row]),
        }
    }
}

/// Lines that a byte can tell apart.
const NARROW: usize = 256;

/// The points of a table's lines, laid out for looking up.
enum Lookup {
    /// As many as a byte can name, so that no look-up can miss.
    Narrow(Box<[i64; NARROW]>),
    Wide(Vec<i64>),
}

impl Lookup {
    fn new(points: &[i64], other: i64) -> Self {
        if points.len() < NARROW {
            let mut table = Box::new([other; NARROW]);
            table[..points.len()].copy_from_slice(points);
            Self::Narrow(table)
        } else {
            Self::Wide(points.iter().copied().chain([other]).collect())
        }
    }
}

/// Rows that one thread takes at a time.
const TOGETHER: usize = 4_096;
/// Rows whose sums stay nearest to the processor while tables are added.
const AT_HAND: usize = 1_024;

impl<'m> Predictor<'m> {
    /// Arranges a model that was read and checked.
    pub fn new(model: &'m Model) -> Self {
        let sides = |pair: &crate::model::PairTerm| [pair.lines[0].bins(), pair.lines[1].bins()];
        Self {
            model,
            bins: model.terms.iter().map(|term| term.lines.bins()).collect(),
            pair_bins: model.pairs.iter().map(sides).collect(),
            lookups: model.terms.iter().map(|term| Lookup::new(&term.points, term.other)).collect(),
            unit: model.unit(),
        }
    }

    /// Predictions for rows. A column that is not given is not known. `exposures` is empty where all are 1; `level` is the
    /// part of the rows whose truth is to lie within the interval, such as 0.9.
    pub fn rows(&self, features: &[Feature], rows: usize, exposures: &[f64], level: f64) -> Vec<Prediction> {
        let codes = self.bin(features, rows);
        (0..rows)
            .into_par_iter()
            .with_min_len(TOGETHER)
            .map(|row| self.row(&codes, row, exposures.get(row).copied().unwrap_or(1.0), level))
            .collect()
    }

    /// The sum of points of rows; the fastest answer, but for [`Predictor::sums`].
    pub fn points(&self, features: &[Feature], rows: usize) -> Vec<i64> {
        self.sums(&self.bin(features, rows))
    }

    /// The sum of points of rows that this predictor has binned.
    pub fn sums(&self, binned: &Binned) -> Vec<i64> {
        let mut sums = vec![self.model.intercept; binned.rows];
        sums.par_chunks_mut(AT_HAND).enumerate().for_each(|(chunk, sums)| {
            let start = chunk * AT_HAND;
            let mut tables = self.lookups.iter().zip(&binned.terms).peekable();
            while let Some((lookup, codes)) = tables.next() {
                // Two tables at a time halve the traffic of the sums.
                match (lookup, codes, tables.peek()) {
                    (Lookup::Narrow(a), Codes::Narrow(x), Some((Lookup::Narrow(b), Codes::Narrow(y)))) => {
                        let (x, y) = (&x[start..][..sums.len()], &y[start..][..sums.len()]);
                        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
                            *sum += a[usize::from(*x)] + b[usize::from(*y)];
                        }
                        tables.next();
                    }
                    (Lookup::Narrow(a), Codes::Narrow(x), _) => {
                        for (sum, x) in sums.iter_mut().zip(&x[start..]) {
                            *sum += a[usize::from(*x)];
                        }
                    }
                    (Lookup::Narrow(a), codes, _) => {
                        for (at, sum) in sums.iter_mut().enumerate() {
                            *sum += a.get(codes.at(start + at)).copied().unwrap_or(0);
                        }
                    }
                    (Lookup::Wide(a), codes, _) => {
                        for (at, sum) in sums.iter_mut().enumerate() {
                            *sum += a.get(codes.at(start + at)).or(a.last()).copied().unwrap_or(0);
                        }
                    }
                }
            }
            for (pair, [first, second]) in self.model.pairs.iter().zip(&binned.pairs) {
                for (at, sum) in sums.iter_mut().enumerate() {
                    *sum += cell(&pair.points, first.at(start + at), second.at(start + at));
                }
            }
        });
        sums
    }

    /// What each table adds to each row: first the tables of one column, then those of two, both in the model's order.
    pub fn terms(&self, features: &[Feature], rows: usize) -> Vec<Vec<i64>> {
        let binned = self.bin(features, rows);
        let of_one = self.model.terms.iter().zip(&binned.terms).map(|(term, codes)| {
            (0..rows).map(|row| term.points.get(codes.at(row)).copied().unwrap_or(term.other)).collect()
        });
        let of_two = self.model.pairs.iter().zip(&binned.pairs).map(|(pair, [first, second])| {
            (0..rows).map(|row| cell(&pair.points, first.at(row), second.at(row))).collect()
        });
        of_one.chain(of_two).collect()
    }

    /// The line of each row in each table; the last for what is not known. A column that is not given is not known.
    pub fn bin(&self, features: &[Feature], rows: usize) -> Binned {
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
        let column = |name: &str, bins: &Bins| Codes::new(column(name, bins), bins.len());
        let terms = self.model.terms.par_iter().zip(&self.bins);
        let pairs = self.model.pairs.par_iter().zip(&self.pair_bins);
        Binned {
            rows,
            terms: terms.map(|(term, bins)| column(&term.feature, bins)).collect(),
            pairs: pairs.map(|(p, bins)| [0, 1].map(|at| column(&p.features[at], &bins[at]))).collect(),
        }
    }

    fn row(&self, codes: &Binned, row: usize, exposure: f64, level: f64) -> Prediction {
        let model = self.model;
        let mut points = model.intercept;
        for (term, codes) in model.terms.iter().zip(&codes.terms) {
            points += term.points.get(codes.at(row)).copied().unwrap_or(term.other);
        }
        for (pair, [first, second]) in model.pairs.iter().zip(&codes.pairs) {
            points += cell(&pair.points, first.at(row), second.at(row));
        }
        let mean = self.model.mean(points, exposure);
        let (low, high) = self.interval(codes, row, exposure, level).unwrap_or((mean, mean));
        Prediction { points, mean, low: low.min(mean), high: high.max(mean) }
    }

    /// CV+ (Barber, Candès, Ramdas, Tibshirani 2021): each fold's prediction less and plus its own misses, and of all of
    /// those the quantiles.
    #[expect(clippy::cast_precision_loss, reason = "misses are kept as whole units below 2^53")]
    fn interval(&self, codes: &Binned, row: usize, exposure: f64, level: f64) -> Option<(f64, f64)> {
        let model = self.model;
        let fans: Vec<Fan<'_>> = model
            .folds
            .iter()
            .map(|fold| {
                let mut points = fold.intercept;
                for (table, codes) in fold.points.iter().zip(&codes.terms) {
                    points += table.get(codes.at(row)).or(table.last()).copied().unwrap_or(0);
                }
                for (table, [first, second]) in fold.pairs.iter().zip(&codes.pairs) {
                    points += cell(table, first.at(row), second.at(row));
                }
                let mean = model.mean(points, exposure);
                Fan {
                    mean,
                    size: self.unit * spread(model.loss, mean, model.dispersion),
                    weight: fold.rows as f64 / fold.misses.len().max(1) as f64,
                    misses: &fold.misses,
                }
            })
            .collect();
        let whole: f64 = fans.iter().map(|fan| fan.weight * fan.misses.len() as f64).sum();
        let outside = whole * (1.0 - level.clamp(0.0, 1.0));
        // So much less or more that rounding decides nothing where a quantile falls between two.
        let low = farthest(&fans, -1.0, |with| with >= outside * (1.0 - NEAR))?;
        let high = farthest(&fans, 1.0, |with| with > outside * (1.0 + NEAR))?;
        Some(model.loss.within(low, high))
    }
}

/// The points of two lines of a table of two columns.
fn cell(table: &[Vec<i64>], first: usize, second: usize) -> i64 {
    let list = table.get(first).or(table.last());
    list.and_then(|list| list.get(second).or(list.last())).copied().unwrap_or(0)
}

/// The prediction of a fold, less and plus its own misses.
struct Fan<'m> {
    mean: f64,
    /// What one unit of a miss is.
    size: f64,
    /// Rows that each miss stands for.
    weight: f64,
    /// In rising order.
    misses: &'m [u64],
}

/// A part of a weight that is nothing.
const NEAR: f64 = 1e-9;

/// Of all predictions plus (or, with a sign of −1, less) their misses, the first from the far end at which `stop` says so of
/// the weight up to it. Only the end of each fan is walked, since misses rise.
#[expect(clippy::cast_precision_loss, reason = "misses are kept as whole units below 2^53")]
fn farthest(fans: &[Fan<'_>], sign: f64, stop: impl Fn(f64) -> bool) -> Option<f64> {
    let mut left: Vec<usize> = fans.iter().map(|fan| fan.misses.len()).collect();
    let (mut upto, mut last) = (0.0, None);
    loop {
        let mut next: Option<(f64, usize)> = None;
        for (at, fan) in fans.iter().enumerate() {
            let Some(miss) = left[at].checked_sub(1).map(|end| fan.misses[end]) else { continue };
            let value = fan.mean + sign * (miss as f64 * fan.size);
            if next.is_none_or(|(far, _)| value * sign > far * sign) {
                next = Some((value, at));
            }
        }
        let Some((value, at)) = next else { return last };
        let with = upto + fans[at].weight;
        if stop(with) {
            return Some(value);
        }
        left[at] -= 1;
        (upto, last) = (with, Some(value));
    }
}
