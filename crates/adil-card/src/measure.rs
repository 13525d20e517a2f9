//! How far predictions lie from the truth, over some rows.

use adil_model::Loss;

/// Rows below which a group says little.
pub const LEAST: usize = 20;

/// One row beside what was foretold of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Case {
    pub(crate) row: usize,
    pub(crate) predicted: f64,
    pub(crate) truth: f64,
    /// What the plain mean foretells.
    pub(crate) mean: f64,
    pub(crate) weight: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Case {
    /// An order of rows that depends on what they hold and not on where they stand.
    pub(crate) fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        let key = |c: &Self| [c.predicted, c.truth, c.mean, c.weight, c.low, c.high];
        key(a)
            .iter()
            .zip(&key(b))
            .map(|(a, b)| a.total_cmp(b))
            .find(|o| o.is_ne())
            .unwrap_or(a.row.cmp(&b.row))
    }
}

/// How wrong predictions are over some rows. Means are weighted where rows have weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Rows.
    pub rows: usize,
    /// The mean of the truth.
    pub truth: f64,
    /// The mean of the predictions.
    pub predicted: f64,
    /// The mean absolute error.
    pub absolute: f64,
    /// The root of the mean squared error.
    pub squared: f64,
    /// The mean absolute error of the plain mean of all rows.
    pub absolute_of_mean: f64,
    /// The root of its mean squared error.
    pub squared_of_mean: f64,
    /// The part of the deviance from the plain mean that is explained; `None` where that has none.
    pub explained: Option<f64>,
    /// The part of the truths that lie within their intervals; `None` where the model has no intervals.
    pub covered: Option<f64>,
}

impl Measure {
    /// Over cases, which come in an order that depends on what they hold.
    pub(crate) fn of<'c>(cases: impl Iterator<Item = &'c Case>, loss: Loss, has_intervals: bool) -> Self {
        #[derive(Default)]
        struct Sums {
            rows: usize,
            weight: f64,
            truth: f64,
            predicted: f64,
            absolute: [f64; 2],
            squared: [f64; 2],
            deviance: [f64; 2],
            covered: f64,
        }
        let mut s = Sums::default();
        for case in cases {
            let w = case.weight;
            s.rows += 1;
            s.weight += w;
            s.truth += w * case.truth;
            s.predicted += w * case.predicted;
            for (at, found) in [case.predicted, case.mean].into_iter().enumerate() {
                let off = case.truth - found;
                s.absolute[at] += w * off.abs();
                s.squared[at] += w * off * off;
                s.deviance[at] += w * loss.deviance(case.truth, found);
            }
            if case.low <= case.truth && case.truth <= case.high {
                s.covered += w;
            }
        }
        let mean = |sum: f64| if s.weight > 0.0 { sum / s.weight } else { 0.0 };
        Self {
            rows: s.rows,
            truth: mean(s.truth),
            predicted: mean(s.predicted),
            absolute: mean(s.absolute[0]),
            squared: libm::sqrt(mean(s.squared[0])),
            absolute_of_mean: mean(s.absolute[1]),
            squared_of_mean: libm::sqrt(mean(s.squared[1])),
            explained: (s.deviance[1] > 0.0).then(|| 1.0 - s.deviance[0] / s.deviance[1]),
            covered: has_intervals.then(|| mean(s.covered)),
        }
    }

    /// How far the predictions lie above the truth in the mean.
    pub fn bias(&self) -> f64 {
        self.predicted - self.truth
    }

    /// Whether there are too few rows to say much.
    pub fn is_small(&self) -> bool {
        self.rows < LEAST
    }
}
