//! The band of one application: where nine of ten variations lie.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use adil_domain::{Currency, Money, Points, Rational};

use crate::decision::{ApplicationDecision, Status};

/// The part of the variations that is left out at each end: a twentieth.
const CUT: u32 = 20;

/// From the 5th to the 95th percentile of one application's variations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// Its points.
    pub points: (Points, Points),
    /// Its rank; `None` when it was refused, which no variation changes.
    pub rank: Option<(u32, u32)>,
    /// What it would get, or, while it is held, what would be kept for it; `None` when it takes part in no pot.
    pub amount: Option<(Money, Money)>,
    /// The part of the variations in which that is more than nothing.
    pub funded: Option<Rational>,
}

/// The variations of one application, as far as bands need them: the lowest and the highest.
pub(super) struct Tails {
    keep: usize,
    unit: i64,
    currency: Currency,
    count: u32,
    funded: u32,
    points: Ends<u32>,
    ranks: Ends<u32>,
    steps: Ends<u64>,
}

/// The lowest and the highest of many.
struct Ends<T> {
    low: BinaryHeap<T>,
    high: BinaryHeap<Reverse<T>>,
}

impl<T: Ord + Copy> Ends<T> {
    fn new(keep: usize) -> Self {
        Self { low: BinaryHeap::with_capacity(keep), high: BinaryHeap::with_capacity(keep) }
    }

    fn push(&mut self, keep: usize, value: T) {
        if self.low.len() < keep {
            self.low.push(value);
            self.high.push(Reverse(value));
            return;
        }
        if let Some(mut most) = self.low.peek_mut().filter(|most| value < **most) {
            *most = value;
        }
        if let Some(mut least) = self.high.peek_mut().filter(|least| value > least.0) {
            *least = Reverse(value);
        }
    }

    /// The inner ends of both: the percentiles.
    fn band(&self) -> Option<(T, T)> {
        Some((*self.low.peek()?, self.high.peek()?.0))
    }
}

impl Tails {
    /// Of so many variations.
    pub(super) fn new(replicas: u32, unit: i64, currency: Currency) -> Self {
        let keep = usize::try_from(replicas / CUT).unwrap_or(usize::MAX - 1) + 1;
        let (points, ranks, steps) = (Ends::new(keep), Ends::new(keep), Ends::new(keep));
        Self { keep, unit, currency, count: 0, funded: 0, points, ranks, steps }
    }

    pub(super) fn push(&mut self, points: u32, rank: u32, steps: u64) {
        self.count += 1;
        self.funded += u32::from(steps > 0);
        self.points.push(self.keep, points);
        self.ranks.push(self.keep, rank);
        self.steps.push(self.keep, steps);
    }

    pub(super) fn bands(&self, application: &ApplicationDecision) -> Bands {
        let money = |steps: u64| {
            let minor = i64::try_from(steps).ok().and_then(|s| s.checked_mul(self.unit));
            Money::from_minor(minor.unwrap_or(i64::MAX), self.currency)
        };
        let points = |micro: u32| Points::from_micro(micro.into());
        let takes_part = !application.pots.is_empty();
        let ranked = application.status != Status::Ineligible;
        let (least, most) = self.points.band().unwrap_or_default();
        Bands {
            points: (points(least), points(most)),
            rank: self.ranks.band().filter(|_| ranked),
            amount: self.steps.band().filter(|_| takes_part).map(|(low, high)| (money(low), money(high))),
            funded: Rational::ratio(self.funded, self.count).filter(|_| takes_part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_those_of_all_values_in_order() {
        let mut ends = Ends::new(6);
        // A hundred values in a scattered order: 5 are left out at each end.
        (0..100u32).for_each(|i| ends.push(6, i * 37 % 100));
        assert_eq!(ends.band(), Some((5, 94)));
    }
}
