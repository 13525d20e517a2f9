//! Who counts as in reach, and how much.

use crate::error::AccessError;

/// How the weight of a pair falls with its cost, up to the largest cost.
#[derive(Debug, Clone, PartialEq)]
pub enum Decay {
    /// No decay: w = 1 (Luo & Wang 2003).
    None,
    /// Limits, each included, with the weight up to there; 0 past the last (Luo & Qi 2009).
    Steps(Vec<(f64, f64)>),
    /// w = exp(−c² / (2·scale²)), the bell curve whose standard deviation is `scale`; not shifted to reach 0 at the
    /// largest cost.
    Gaussian {
        /// The standard deviation, in the unit of the costs.
        scale: f64,
    },
    /// w = max(c, minimum)^exponent (Hansen 1959); the exponent is negative for a decay.
    Gravity {
        /// The exponent.
        exponent: f64,
        /// A smaller cost counts as this one, in the unit of the costs.
        minimum: f64,
    },
}

/// How many steps the floating catchment takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// 2SFCA, and with a decay E2SFCA.
    TwoStep,
    /// 3SFCA (Wan, Zou & Sternberg 2012): people spread over the facilities they can choose from.
    ThreeStep,
}

/// A catchment: method, largest cost and decay.
#[derive(Debug, Clone, PartialEq)]
pub struct Catchment {
    /// The steps taken.
    pub method: Method,
    /// The largest cost that is in reach, included; in the unit of the costs.
    pub max_cost: f64,
    /// The decay up to there.
    pub decay: Decay,
}

impl Decay {
    /// Whether the numbers make a decay.
    pub fn check(&self) -> Result<(), AccessError> {
        let positive = |v: f64| v.is_finite() && v >= 0.0;
        match self {
            Self::Steps(steps) if steps.is_empty() => Err(AccessError::NoSteps),
            Self::Steps(steps) => {
                let mut below = -1.0;
                for (at, &(limit, weight)) in steps.iter().enumerate() {
                    if !positive(limit) || limit <= below {
                        return Err(AccessError::StepLimit { at: at + 1, limit });
                    }
                    if !positive(weight) {
                        return Err(AccessError::StepWeight { at: at + 1, weight });
                    }
                    below = limit;
                }
                Ok(())
            }
            Self::Gaussian { scale } if !(scale.is_finite() && *scale > 0.0) => {
                Err(AccessError::Scale(*scale))
            }
            Self::Gravity { exponent, .. } if !exponent.is_finite() => Err(AccessError::Exponent(*exponent)),
            Self::Gravity { minimum, .. } if !positive(*minimum) => Err(AccessError::Minimum(*minimum)),
            Self::None | Self::Gaussian { .. } | Self::Gravity { .. } => Ok(()),
        }
    }

    /// The weight of a cost, the largest cost not yet asked for.
    pub fn weight(&self, cost: f64) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Steps(steps) => steps.iter().find(|(limit, _)| cost <= *limit).map_or(0.0, |(_, w)| *w),
            Self::Gaussian { scale } => gaussian(cost, *scale),
            Self::Gravity { exponent, minimum } => gravity(cost, *exponent, *minimum),
        }
    }
}

impl Catchment {
    /// Whether the numbers make a catchment.
    pub fn check(&self) -> Result<(), AccessError> {
        if !self.max_cost.is_finite() || self.max_cost < 0.0 {
            return Err(AccessError::MaxCost(self.max_cost));
        }
        self.decay.check()
    }

    /// The weight of a cost: that of the decay up to the largest cost, 0 past it.
    pub fn weight(&self, cost: f64) -> f64 {
        if cost <= self.max_cost { self.decay.weight(cost) } else { 0.0 }
    }
}

pub(crate) fn gaussian(cost: f64, scale: f64) -> f64 {
    let z = cost / scale;
    libm::exp(-0.5 * (z * z))
}

pub(crate) fn gravity(cost: f64, exponent: f64, minimum: f64) -> f64 {
    libm::pow(cost.max(minimum), exponent)
}
