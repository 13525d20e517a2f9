//! Points: whole micro-points, so that contributions add up to the score exactly.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use crate::rational::{Rational, scaled_to_string};

/// Decimals of a published point.
pub const POINT_DECIMALS: u32 = 6;

/// A whole number of millionths of a point. A full score is 100 points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);
    /// A full score.
    pub const FULL: Self = Self(100_000_000);

    /// So many millionths of a point.
    pub const fn from_micro(micro: i64) -> Self {
        Self(micro)
    }

    /// Millionths of a point.
    pub const fn micro(self) -> i64 {
        self.0
    }

    /// The exact number.
    pub fn to_rational(self) -> Rational {
        Rational::from_scaled(self.0, POINT_DECIMALS)
    }
}

impl Add for Points {
    type Output = Self;
    /// Saturates far outside anything a score can be (ninety billion full scores).
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    /// Always six decimals: `71.400000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&scaled_to_string(&self.0.into(), POINT_DECIMALS))
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} points")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_decimals_are_always_written() {
        assert_eq!(Points::from_micro(71_400_000).to_string(), "71.400000");
        assert_eq!(Points::from_micro(-1).to_string(), "-0.000001");
    }
}
