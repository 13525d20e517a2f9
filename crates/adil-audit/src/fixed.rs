//! A statistic as it is published: four decimals, never more.

use adil_domain::{BigInt, Rational, round_half_even_small};
use num_traits::ToPrimitive;

/// Decimals of a published statistic.
pub(crate) const DECIMALS: u32 = 4;
const SCALE: f64 = 10_000.0;

/// A whole number of ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fixed(i64);

impl Fixed {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(10_000);

    /// The nearest one; `None` for what is no number, or far beyond what a share or a ratio can be.
    pub(crate) fn of(value: f64) -> Option<Self> {
        let scaled = (value * SCALE).round_ties_even();
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within 53 bits")]
        (scaled.abs() < 9.0e15).then_some(Self(scaled as i64))
    }

    /// The exact quotient, rounded once; `None` where there is nothing to divide by.
    pub(crate) fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let small = numerator.checked_mul(10_000).and_then(|n| round_half_even_small(n, denominator));
        if let Some(units) = small {
            return i64::try_from(units).ok().map(Self);
        }
        Self::nearest(&Rational::ratio(BigInt::from(numerator), BigInt::from(denominator))?)
    }

    /// The exact number, rounded once; `None` for one far beyond what a share or a ratio can be.
    pub(crate) fn nearest(exact: &Rational) -> Option<Self> {
        exact.to_scaled_half_even(DECIMALS).to_i64().map(Self)
    }

    /// Ten-thousandths.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The exact number.
    pub fn to_rational(self) -> Rational {
        Rational::from_scaled(self.0, DECIMALS)
    }

    /// The distance from zero.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// For pictures.
    pub(crate) fn to_f64(self) -> f64 {
        self.to_rational().to_f64()
    }
}

impl std::fmt::Display for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_rational().to_decimal(DECIMALS))
    }
}

/// A number with the interval that holds it in 95 of 100 samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Its lower end.
    pub low: Fixed,
    /// Its upper end.
    pub high: Fixed,
}

impl Interval {
    /// Whether a value lies outside of it.
    pub fn excludes(self, value: Fixed) -> bool {
        value < self.low || value > self.high
    }
}
