//! How much of a difference in money goes with the points and the asks, and how much does not (Kitagawa 1955; Oaxaca 1973;
//! Blinder 1973).
//!
//! Within the groups of a comparison, money is put in a straight line against points, the ask and their product. What a
//! group would get more or less than the others because it has other points and asks is *explained*; the rest is not.
//! The line is that of all groups together, each with a level of its own, so that a difference between groups can't
//! pass for an effect of points (Jann 2008).

use adil_domain::Money;
use adil_round::Status;
use rayon::prelude::*;

use crate::cases::Cases;
use crate::fixed::Fixed;
use crate::groups::Dimension;
use crate::random::Stream;
use crate::statistics::{count, solve};

/// How often the applications are drawn anew.
const REPLICAS: u64 = 400;
/// Of fewer applications than this, in the group or beside it, nothing is said.
pub(crate) const FEW: usize = 20;
/// What explains: points, ask, and their product.
const K: usize = 3;

/// The difference of one group from all others, in money per decided application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Decided applications of the group.
    pub applications: usize,
    /// What it gets more than the others; below zero, less.
    pub difference: Money,
    /// The part that goes with points and asks.
    pub explained: Money,
    /// The rest.
    pub unexplained: Money,
    /// Where the rest lies in 95 of 100 draws of the applications.
    pub low: Money,
    /// Its upper end.
    pub high: Money,
    /// The explained part of the difference; `None` where there is no difference.
    pub share: Option<Fixed>,
}

impl Gap {
    /// Whether the rest is more than chance.
    pub fn is_unexplained(&self) -> bool {
        self.low.minor() > 0 || self.high.minor() < 0
    }
}

/// One decided application.
struct Row {
    group: usize,
    x: [f64; K],
    money: f64,
}

/// The gap of every group; `None` of one that is too small.
pub(crate) fn gaps(cases: &Cases<'_>, dimension: &Dimension) -> Vec<Option<Gap>> {
    let rows = rows(cases, dimension);
    let groups = dimension.groups.len();
    let once = vec![1; rows.len()];
    let own = split(&rows, &once, groups);
    let round = &cases.decision.policy.round.id;
    let drawn: Vec<Vec<Option<Parts>>> = (0..REPLICAS)
        .into_par_iter()
        .map(|replica| {
            let times = Stream::new(round, "decided", replica).resample(rows.len());
            split(&rows, &times, groups)
        })
        .collect();
    let currency = cases.decision.currency();
    let money = |units: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "no difference exceeds the budget")]
        let minor = units.round_ties_even() as i64;
        Money::from_minor(minor, currency)
    };
    (0..groups)
        .map(|group| {
            let applications = rows.iter().filter(|r| r.group == group).count();
            if applications < FEW || rows.len() - applications < FEW {
                return None;
            }
            let parts = own[group]?;
            let mut rests: Vec<f64> =
                drawn.iter().filter_map(|d| d[group]).map(|p| p.difference - p.explained).collect();
            rests.sort_by(f64::total_cmp);
            let end = |p| crate::statistics::quantile(&rests, p).map(money);
            let (difference, explained) = (money(parts.difference), money(parts.explained));
            Some(Gap {
                applications,
                difference,
                explained,
                unexplained: difference.checked_sub(explained)?,
                low: end(0.025)?,
                high: end(0.975)?,
                share: Fixed::ratio(explained.minor().into(), difference.minor().into()),
            })
        })
        .collect()
}

/// The applications that were decided: funded or not. Those that wait or were not admitted have no amount that points
/// could explain.
fn rows(cases: &Cases<'_>, dimension: &Dimension) -> Vec<Row> {
    let shadow = cases.decision.shadow;
    let decided = cases.applications().iter().zip(&dimension.of).filter_map(|(a, group)| {
        if !matches!(a.status, Status::Funded | Status::NotFunded) {
            return None;
        }
        let points = a.points.to_rational().to_f64() / 100.0;
        // Where nobody asked, the published weight stands for the size.
        let size = match a.sought {
            Some(sought) => sought.to_rational().to_f64(),
            None if shadow => a.pots.iter().map(|p| p.weight.to_f64()).sum(),
            None => return None,
        };
        #[expect(clippy::cast_precision_loss, reason = "published to the minor unit of a mean")]
        let money = a.amount.minor() as f64;
        Some(Row { group: *group, x: [points, size, points * size], money })
    });
    let mut rows: Vec<Row> = decided.collect();
    // Numbers of one size keep the small system well behaved.
    let n = count(rows.len().max(1));
    for k in 1..K {
        let mean = rows.iter().map(|r| r.x[k]).sum::<f64>() / n;
        if mean > 0.0 {
            for row in &mut rows {
                row.x[k] /= mean;
            }
        }
    }
    rows
}

#[derive(Debug, Clone, Copy)]
struct Parts {
    difference: f64,
    explained: f64,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: [f64; K],
    money: f64,
}

impl Sums {
    fn add(&mut self, row: &Row, times: f64) {
        self.n += times;
        self.money += times * row.money;
        for k in 0..K {
            self.x[k] += times * row.x[k];
        }
    }

    fn less(&self, other: &Self) -> Self {
        let mut left = *self;
        left.n -= other.n;
        left.money -= other.money;
        for k in 0..K {
            left.x[k] -= other.x[k];
        }
        left
    }
}

/// The difference of each group from the others, and what points and asks explain of it.
fn split(rows: &[Row], times: &[u32], groups: usize) -> Vec<Option<Parts>> {
    let mut sums = vec![Sums::default(); groups];
    let mut all = Sums::default();
    for (row, times) in rows.iter().zip(times) {
        sums[row.group].add(row, f64::from(*times));
        all.add(row, f64::from(*times));
    }
    let (mut xx, mut xy) = ([[0.0; K]; K], [0.0; K]);
    for (row, times) in rows.iter().zip(times).filter(|(_, t)| **t > 0) {
        let own = &sums[row.group];
        let weight = f64::from(*times);
        let off: [f64; K] = std::array::from_fn(|k| row.x[k] - own.x[k] / own.n);
        let money = row.money - own.money / own.n;
        for i in 0..K {
            xy[i] += weight * off[i] * money;
            for j in 0..K {
                xx[i][j] += weight * off[i] * off[j];
            }
        }
    }
    let slopes = solve(xx, xy);
    sums.iter()
        .map(|own| {
            let others = all.less(own);
            if own.n < 1.0 || others.n < 1.0 {
                return None;
            }
            let explained =
                (0..K).map(|k| slopes[k] * (own.x[k] / own.n - others.x[k] / others.n)).sum::<f64>();
            Some(Parts { difference: own.money / own.n - others.money / others.n, explained })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: usize, points: f64, ask: f64, money: f64) -> Row {
        Row { group, x: [points, ask, points * ask], money }
    }

    fn parts(rows: &[Row]) -> Parts {
        split(rows, &vec![1; rows.len()], 2)[0].unwrap()
    }

    fn cents(value: f64) -> i64 {
        Fixed::of(value).unwrap().units() / 100
    }

    #[test]
    fn what_follows_from_points_alone_is_explained() {
        // Money is 100 × points for everyone; the first group has 0.2 more points.
        let of = |group, points| row(group, points, 1.0, 100.0 * points);
        let found = parts(&[of(0, 0.5), of(0, 0.9), of(1, 0.3), of(1, 0.7)]);
        assert_eq!((cents(found.difference), cents(found.explained)), (2_000, 2_000));
    }

    #[test]
    fn what_a_group_gets_beyond_its_points_is_not_explained() {
        // The same points, and 30 more for every application of the first group.
        let of = |group, points, more| row(group, points, 1.0, 100.0 * points + more);
        let found = parts(&[of(0, 0.4, 30.0), of(0, 0.8, 30.0), of(1, 0.4, 0.0), of(1, 0.8, 0.0)]);
        assert_eq!((cents(found.difference), cents(found.explained)), (3_000, 0));
    }

    #[test]
    fn both_at_once() {
        // 0.1 more points (10 of money at 100 a point) and 5 beside them.
        let of = |group, points, more| row(group, points, 2.0, 100.0 * points + more);
        let found = parts(&[of(0, 0.5, 5.0), of(0, 0.7, 5.0), of(1, 0.4, 0.0), of(1, 0.6, 0.0)]);
        assert_eq!((cents(found.difference), cents(found.explained)), (1_500, 1_000));
    }
}
