//! Scales in floating point, for values that are tried out: the same formulas as [`mod@crate::scale`], in millionths.
//!
//! What is published never comes from here.

use adil_domain::Rational;
use adil_policy::Scale;

use crate::scale::GroupFacts;

/// All of the weight, in millionths.
pub(crate) const ONE: f64 = 1_000_000.0;

/// How far from the mean counts when a deviation is tried in place of a rank, in standard deviations.
const CLAMP: f64 = 2.0;

/// A scale, ready to be asked often.
#[derive(Debug, Clone)]
pub(crate) enum Curve {
    Line {
        low: f64,
        high: f64,
    },
    /// With the logarithms of both ends.
    Log {
        low: f64,
        high: f64,
        logs: (f64, f64),
    },
    /// Thresholds, and what each earns.
    Bands(Vec<(f64, f64)>),
    Rank {
        reverse: bool,
    },
    Deviation {
        clamp: f64,
        reverse: bool,
    },
}

/// What the scales that compare need of a group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    sorted: Vec<f64>,
    mean: f64,
    deviation: f64,
}

impl Group {
    pub(crate) fn of(facts: &GroupFacts) -> Self {
        let number = |value: &Option<Rational>| value.as_ref().map_or(0.0, Rational::to_f64);
        Self {
            sorted: facts.sorted.iter().map(Rational::to_f64).collect(),
            mean: number(&facts.mean),
            deviation: number(&facts.deviation),
        }
    }
}

impl Curve {
    /// The published scale; `None` for words.
    pub(crate) fn of(scale: &Scale) -> Option<Self> {
        Some(match scale {
            Scale::Goalposts { low, high } => Self::Line { low: low.to_f64(), high: high.to_f64() },
            Scale::Log { low, high } => Self::log(low.to_f64(), high.to_f64()),
            Scale::Bands { bands, top } => {
                let top = top.to_f64();
                Self::Bands(bands.iter().map(|b| (b.from.to_f64(), b.mark.to_f64() / top)).collect())
            }
            Scale::Percentile { reverse, .. } => Self::Rank { reverse: *reverse },
            Scale::ZScore { clamp, reverse, .. } => {
                Self::Deviation { clamp: clamp.to_f64(), reverse: *reverse }
            }
            Scale::Categories { .. } => return None,
        })
    }

    fn log(low: f64, high: f64) -> Self {
        Self::Log { low, high, logs: (libm::log(low), libm::log(high)) }
    }

    /// The other scale that is tried in place of this one, where there is one that means the same.
    pub(crate) fn other(&self) -> Option<Self> {
        match *self {
            Self::Line { low, high } if low > 0.0 && high > 0.0 => Some(Self::log(low, high)),
            Self::Log { low, high, .. } => Some(Self::Line { low, high }),
            Self::Rank { reverse } => Some(Self::Deviation { clamp: CLAMP, reverse }),
            Self::Deviation { reverse, .. } => Some(Self::Rank { reverse }),
            Self::Line { .. } | Self::Bands(_) => None,
        }
    }

    /// Where a value stands, in whole millionths.
    pub(crate) fn at(&self, value: f64, group: &Group) -> f64 {
        let turned = |part: f64, reverse: bool| if reverse { 1.0 - part } else { part };
        let part = match self {
            Self::Line { low, high } => (value - low) / (high - low),
            Self::Log { low, high, logs } => {
                let kept = value.max(low.min(*high)).min(low.max(*high));
                (libm::log(kept) - logs.0) / (logs.1 - logs.0)
            }
            Self::Bands(bands) => bands.iter().rev().find(|(from, _)| *from <= value).map_or(0.0, |b| b.1),
            Self::Rank { reverse } => {
                let below = group.sorted.partition_point(|v| *v < value);
                let not_above = below + group.sorted[below..].partition_point(|v| *v <= value);
                let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
                turned(count(below + not_above) / count(2 * group.sorted.len().max(1)), *reverse)
            }
            Self::Deviation { clamp, reverse } => {
                let z = if group.deviation > 0.0 { (value - group.mean) / group.deviation } else { 0.0 };
                turned(((z + clamp) / (2.0 * clamp)).clamp(0.0, 1.0), *reverse)
            }
        };
        // A line between equal ends is no number; the policy's check refuses it.
        (part.clamp(0.0, 1.0).max(0.0) * ONE).round_ties_even()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scale::{Raw, scale};

    /// Floats stand where the exact scale does, to a millionth.
    #[test]
    fn a_curve_is_its_scale() {
        let r = |t: &str| t.parse::<Rational>().unwrap();
        let band = |from: &str, mark: &str| adil_policy::Band { from: r(from), mark: r(mark) };
        let scales = [
            Scale::Goalposts { low: r("2"), high: r("17.5") },
            Scale::Goalposts { low: r("40"), high: r("0") },
            Scale::Log { low: r("1"), high: r("64") },
            Scale::Log { low: r("64"), high: r("0.5") },
            Scale::Bands { bands: vec![band("0", "1"), band("7", "2"), band("20", "3")], top: r("3") },
            Scale::Percentile { within: None, reverse: true },
            Scale::ZScore { within: None, clamp: r("1.5"), reverse: false },
        ];
        let values: Vec<Raw> = ["-3", "0", "1", "2", "7", "7", "9.25", "17.5", "33", "64", "100"]
            .map(|t| Raw::number(&r(t)))
            .to_vec();
        let all: Vec<Arc<str>> = vec![Arc::from(""); values.len()];
        let facts = &GroupFacts::collect(&values, &all)[""];
        let group = Group::of(facts);
        for kind in &scales {
            let curve = Curve::of(kind).unwrap();
            for value in &values {
                let Raw::Number(number) = value else { unreachable!() };
                let exact = f64::from(scale(kind, value, Some(facts)).unwrap().micro());
                let float = curve.at(number.to_f64(), &group);
                assert!((exact - float).abs() <= 1.0, "{kind:?} at {number}: {exact}, {float}");
            }
        }
    }

    #[test]
    fn another_scale_is_tried_only_where_it_means_the_same() {
        assert!(Curve::Line { low: 0.0, high: 5.0 }.other().is_none());
        let log = Curve::Line { low: 8.0, high: 2.0 }.other().unwrap();
        let group = Group::default();
        let at = [8.0, 4.0, 2.0, 1.0, -1.0].map(|v| log.at(v, &group));
        assert!(at.iter().zip([0.0, 500_000.0, ONE, ONE, ONE]).all(|(a, b)| (a - b).abs() < 0.5), "{at:?}");
    }
}
