//! A catchment's weights in the form the sums use.

use crate::catchment::{Catchment, Decay, gaussian, gravity};

/// The weight of a cost, 0 past the largest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Weighing {
    /// Limits, included, in rising order; 0 past the last.
    Steps(Vec<(f64, f64)>),
    /// A formula up to the largest cost.
    Smooth(f64, Smooth),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Smooth {
    Gaussian { scale: f64 },
    Gravity { exponent: f64, minimum: f64 },
}

impl Smooth {
    pub(crate) fn weight(self, cost: f64) -> f64 {
        match self {
            Self::Gaussian { scale } => gaussian(cost, scale),
            Self::Gravity { exponent, minimum } => gravity(cost, exponent, minimum),
        }
    }
}

impl Weighing {
    /// The weights of a catchment.
    pub(crate) fn of(catchment: &Catchment) -> Self {
        Self::up_to(&catchment.decay, catchment.max_cost)
    }

    /// The weights of a decay up to a largest cost.
    pub(crate) fn up_to(decay: &Decay, max_cost: f64) -> Self {
        match decay {
            Decay::None => Self::Steps(vec![(max_cost, 1.0)]),
            Decay::Steps(steps) => {
                let mut kept: Vec<(f64, f64)> =
                    steps.iter().copied().take_while(|(limit, _)| *limit < max_cost).collect();
                if let Some((_, weight)) = steps.get(kept.len()) {
                    kept.push((max_cost, *weight));
                }
                Self::Steps(kept)
            }
            Decay::Gaussian { scale } => Self::Smooth(max_cost, Smooth::Gaussian { scale: *scale }),
            Decay::Gravity { exponent, minimum } => {
                Self::Smooth(max_cost, Smooth::Gravity { exponent: *exponent, minimum: *minimum })
            }
        }
    }

    /// 1 for each cost in reach whose weight is not 0, so that sums count.
    pub(crate) fn counting(&self) -> Self {
        match self {
            Self::Steps(steps) => Self::Steps(
                steps.iter().map(|&(limit, w)| (limit, if w > 0.0 { 1.0 } else { 0.0 })).collect(),
            ),
            Self::Smooth(max_cost, _) => Self::Steps(vec![(*max_cost, 1.0)]),
        }
    }

    /// The weight of one cost.
    pub(crate) fn weight(&self, cost: f64) -> f64 {
        match self {
            Self::Steps(steps) => steps.iter().find(|(limit, _)| cost <= *limit).map_or(0.0, |(_, w)| *w),
            Self::Smooth(max_cost, smooth) if cost <= *max_cost => smooth.weight(cost),
            Self::Smooth(..) => 0.0,
        }
    }
}
