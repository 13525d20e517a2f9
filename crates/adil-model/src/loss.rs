//! What is minimised, and how the sum of points becomes a prediction.

use serde::{Deserialize, Serialize};

/// How wrong a prediction is. Every one is a deviance: twice the loss in log-likelihood against a perfect prediction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Loss {
    /// Squared difference; the prediction is the sum itself.
    Squared,
    /// Counts: variance grows with the mean; the prediction is the exponential of the sum, times the exposure.
    Poisson,
    /// Amounts above zero whose spread grows with their mean; the prediction is the exponential, times the exposure.
    Gamma,
    /// Yes (1) or no (0); the prediction is a probability.
    Logistic,
}

/// Beyond this an exponential says nothing any more.
const STEEPEST: f64 = 30.0;

/// Beyond this, whole points lose their last digits.
const LARGEST: f64 = 1e15;

impl Loss {
    /// The word in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Squared => "squared",
            Self::Poisson => "poisson",
            Self::Gamma => "gamma",
            Self::Logistic => "logistic",
        }
    }

    /// Whether a value of the target can be one, and in words what is expected.
    pub(crate) fn allows(self, value: f64) -> Result<(), &'static str> {
        let fits = match self {
            Self::Squared => value.abs() <= LARGEST,
            Self::Poisson => value >= 0.0,
            Self::Gamma => value > 0.0,
            Self::Logistic => (0.0..=1.0).contains(&value),
        };
        if fits {
            return Ok(());
        }
        Err(match self {
            Self::Squared => "a number not beyond 10^15",
            Self::Poisson => "a count from 0 up",
            Self::Gamma => "an amount above 0",
            Self::Logistic => "1 for yes or 0 for no",
        })
    }

    /// The prediction for a sum of points.
    pub fn mean(self, sum: f64, exposure: f64) -> f64 {
        match self {
            Self::Squared => sum,
            Self::Poisson | Self::Gamma => exposure * libm::exp(sum.clamp(-STEEPEST, STEEPEST)),
            Self::Logistic => 1.0 / (1.0 + libm::exp(-sum.clamp(-STEEPEST, STEEPEST))),
        }
    }

    /// An interval without what can't be: counts and amounts below 0, probabilities outside 0 to 1.
    pub(crate) fn within(self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Squared => (low, high),
            Self::Poisson | Self::Gamma => (low.max(0.0), high.max(0.0)),
            Self::Logistic => (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
        }
    }

    /// The sum of points for a prediction; where there is no finite one, one that is extreme.
    pub(crate) fn sum(self, mean: f64) -> f64 {
        let sum = match self {
            Self::Squared => return mean,
            Self::Poisson | Self::Gamma => libm::log(mean),
            Self::Logistic => libm::log(mean / (1.0 - mean)),
        };
        if sum.is_nan() { 0.0 } else { sum.clamp(-STEEPEST, STEEPEST) }
    }

    /// Slope and curvature of half the deviance at a sum of points, for one row that counts once.
    pub(crate) fn slope(self, value: f64, sum: f64, exposure: f64) -> (f64, f64) {
        let mean = self.mean(sum, exposure);
        match self {
            Self::Squared => (value - sum, 1.0),
            Self::Poisson => (value - mean, mean),
            // The expected curvature: it does not swing with single values.
            Self::Gamma => (value / mean - 1.0, 1.0),
            Self::Logistic => (value - mean, mean * (1.0 - mean)),
        }
    }

    /// The deviance of one row.
    pub fn deviance(self, value: f64, mean: f64) -> f64 {
        const LEAST: f64 = 1e-12;
        let log =
            |part: f64, whole: f64| if part > 0.0 { part * libm::log(part / whole.max(LEAST)) } else { 0.0 };
        match self {
            Self::Squared => (value - mean) * (value - mean),
            Self::Poisson => 2.0 * (log(value, mean) - (value - mean)),
            Self::Gamma => {
                let mean = mean.max(LEAST);
                2.0 * ((value - mean) / mean - libm::log((value / mean).max(LEAST)))
            }
            Self::Logistic => 2.0 * (log(value, mean) + log(1.0 - value, 1.0 - mean)),
        }
    }
}
