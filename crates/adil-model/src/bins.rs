//! Values to bins. Cut points are published, so each is the shortest decimal that parts its two neighbours.

use crate::data::{NO_WORD, Values};

/// How the values of a feature fall into bins. The last bin is for values that are not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Bins {
    /// A value lies in the bin whose number is how many cuts are not above it.
    Numbers {
        /// In rising order.
        cuts: Vec<f64>,
    },
    /// A value lies in the bin of its word; a word that is not listed is not known.
    Words {
        /// In byte order.
        words: Vec<String>,
    },
}

impl Bins {
    /// Bins for the values of a column, at most `most` of them beside the one for what is not known.
    ///
    /// Numbers are cut so that bins hold about equally many rows; of words the commonest have bins of their own.
    pub fn fit(values: &Values, most: usize) -> Self {
        match values {
            Values::Numbers(values) => Self::Numbers { cuts: cuts(values, most.max(1)) },
            Values::Words { codes, words } => {
                let mut counts: Vec<(usize, usize)> = (0..words.len()).map(|at| (0, at)).collect();
                for code in codes.iter().filter(|code| **code != NO_WORD) {
                    counts[*code as usize].0 += 1;
                }
                counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                counts.truncate(most);
                counts.retain(|(count, _)| *count > 0);
                let mut kept: Vec<usize> = counts.into_iter().map(|(_, at)| at).collect();
                kept.sort_unstable();
                Self::Words { words: kept.into_iter().map(|at| words[at].clone()).collect() }
            }
        }
    }

    /// Bins, the one for what is not known among them.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers { cuts } => cuts.len() + 2,
            Self::Words { words } => words.len() + 1,
        }
    }

    /// Never: there is always the bin for what is not known.
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// The bin for what is not known.
    pub fn missing(&self) -> usize {
        self.len() - 1
    }

    /// The bin of a number.
    pub fn of_number(&self, value: f64) -> usize {
        match self {
            Self::Numbers { cuts } if value.is_finite() => cuts.partition_point(|cut| *cut <= value),
            _ => self.missing(),
        }
    }

    /// The bin of a word.
    pub fn of_word(&self, word: &str) -> usize {
        match self {
            Self::Words { words } => {
                words.binary_search_by(|w| w.as_str().cmp(word)).unwrap_or_else(|_| self.missing())
            }
            Self::Numbers { .. } => self.missing(),
        }
    }

    /// The bin of every row. Values of the other kind are not known.
    pub fn codes(&self, values: &Values) -> Vec<u16> {
        let narrow = |bin: usize| u16::try_from(bin).unwrap_or(u16::MAX);
        match values {
            Values::Numbers(values) => values.iter().map(|v| narrow(self.of_number(*v))).collect(),
            Values::Words { codes, words } => {
                let bins: Vec<u16> = words.iter().map(|word| narrow(self.of_word(word))).collect();
                let missing = narrow(self.missing());
                codes.iter().map(|code| bins.get(*code as usize).copied().unwrap_or(missing)).collect()
            }
        }
    }
}

/// Cuts between values such that bins hold about equally many rows, and no value lies on both sides.
fn cuts(values: &[f64], most: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    // Distinct values and how many rows lie at or below each.
    let mut steps: Vec<(f64, usize)> = Vec::new();
    for (at, value) in sorted.iter().enumerate() {
        match steps.last_mut() {
            Some((last, upto)) if last.total_cmp(value).is_eq() || *last >= *value => *upto = at + 1,
            _ => steps.push((*value, at + 1)),
        }
    }
    let mut cuts: Vec<f64> = Vec::new();
    let mut bins_left = most.min(steps.len());
    let mut below = 0;
    for pair in steps.windows(2) {
        let ((low, upto), (high, _)) = (pair[0], pair[1]);
        if bins_left <= 1 {
            break;
        }
        // A bin is full when it holds its part of the rows that are left.
        let wanted = (sorted.len() - below).div_ceil(bins_left);
        let values_left = steps.len() - steps.partition_point(|(v, _)| *v <= low);
        if upto - below >= wanted || values_left < bins_left {
            cuts.push(between(low, high));
            below = upto;
            bins_left -= 1;
        }
    }
    cuts
}

/// The number with the fewest decimals above `low` and not above `high`.
pub(crate) fn between(low: f64, high: f64) -> f64 {
    // Powers of ten from large to small; beyond them `high` itself is as short as it gets.
    for exponent in (-12..=12i32).rev() {
        let (scaled, unit) = if exponent >= 0 {
            let unit = libm::pow(10.0, f64::from(exponent));
            (low / unit, unit)
        } else {
            let inverse = libm::pow(10.0, f64::from(-exponent));
            (low * inverse, 1.0 / inverse)
        };
        let next = libm::floor(scaled) + 1.0;
        // Divide rather than multiply below one: 3 / 10 is the double that `0.3` is read as.
        let candidate =
            if exponent >= 0 { next * unit } else { next / libm::pow(10.0, f64::from(-exponent)) };
        if candidate > low && candidate <= high {
            return candidate;
        }
    }
    high
}
