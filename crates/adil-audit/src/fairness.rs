//! Who gets how much: money and points by group, beside the whole, with the chance in it.

use adil_domain::{Money, Points, Rational};
use adil_round::folder::Files;
use adil_round::{ApplicationDecision, Status};
use rayon::prelude::*;

use crate::cases::Cases;
use crate::composite::mean;
use crate::explained::{Gap, gaps};
use crate::fixed::{Fixed, Interval};
use crate::groups::{Dimension, Group, Kind};
use crate::people::{PeopleBy, PeopleComparison, by_people};
use crate::random::Stream;
use crate::statistics::middle;

/// How often the applications are drawn anew.
pub(crate) const REPLICAS: u64 = 1_000;
/// Of fewer applications than this no interval is stated.
pub(crate) const FEW: usize = 8;

/// What one group gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// Applications of it.
    pub applications: usize,
    /// How many of them are funded.
    pub funded: usize,
    /// How many wait.
    pub held: usize,
    /// How many were not admitted.
    pub ineligible: usize,
    /// The mean of the points of those that were not refused.
    pub points: Points,
    /// What is awarded to it.
    pub money: Money,
    /// Money per application, in major units.
    pub per_application: Share,
    /// Money per resident, where the tables say how many live there.
    pub per_resident: Option<Share>,
    /// Money per child.
    pub per_child: Option<Share>,
}

/// An amount per something, beside that of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Major units, to the decimals of the currency.
    pub amount: Rational,
    /// How many times that of the whole; `None` where the whole got nothing.
    pub ratio: Option<Fixed>,
    /// Where that ratio lies in 95 of 100 draws of the applications; `None` of too few of them.
    pub interval: Option<Interval>,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is compared.
    pub dimension: Dimension,
    /// One for each group, in order.
    pub lines: Vec<GroupLine>,
    /// What points and asks explain of the difference of each group from all others; `None` where a group is too small.
    pub gaps: Vec<Option<Gap>>,
}

/// What the audit says of fairness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// Every comparison that the tables allow.
    pub comparisons: Vec<Comparison>,
    /// Money by the people whom it reaches.
    pub people: Vec<PeopleComparison>,
    /// What no table says.
    pub absent: Vec<Kind>,
}

pub(crate) fn fairness(
    cases: &Cases<'_>,
    beside: &Files,
    dimensions: Vec<Dimension>,
    mut absent: Vec<Kind>,
) -> Fairness {
    let people = by_people(cases, beside);
    let by = |by| people.iter().any(|p| p.by == by);
    absent
        .retain(|kind| !(*kind == Kind::Sex && by(PeopleBy::Sex) || *kind == Kind::Age && by(PeopleBy::Age)));
    let draws = Draws::new(cases, &dimensions);
    let comparisons = dimensions
        .into_iter()
        .enumerate()
        .map(|(at, dimension)| Comparison {
            lines: lines(cases, &dimension, &draws.of[at]),
            gaps: gaps(cases, &dimension),
            dimension,
        })
        .collect();
    Fairness { comparisons, people, absent }
}

/// How many applications of a group, and their money.
type Sums = (i128, i128);

/// What each draw of the applications gave each group.
struct Draws {
    /// By comparison, draw and group.
    of: Vec<Vec<Vec<Sums>>>,
}

impl Draws {
    fn new(cases: &Cases<'_>, dimensions: &[Dimension]) -> Self {
        let money: Vec<i128> = cases.applications().iter().map(|a| i128::from(a.amount.minor())).collect();
        let draw = |replica: u64| {
            let round = &cases.decision.policy.round.id;
            let times = Stream::new(round, "applications", replica).resample(money.len());
            let sums = |d: &Dimension| {
                let mut sums = vec![(0i128, 0i128); d.groups.len()];
                for ((group, times), money) in d.of.iter().zip(&times).zip(&money) {
                    let own = &mut sums[*group];
                    own.0 += i128::from(*times);
                    own.1 += i128::from(*times) * money;
                }
                sums
            };
            dimensions.iter().map(sums).collect::<Vec<_>>()
        };
        let draws: Vec<_> = (0..REPLICAS).into_par_iter().map(draw).collect();
        let of = (0..dimensions.len()).map(|at| draws.iter().map(|d| d[at].clone()).collect()).collect();
        Self { of }
    }
}

/// An integer as a number.
pub(crate) fn float(value: i128) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a ratio is published with four decimals")]
    let value = value as f64;
    value
}

fn lines(cases: &Cases<'_>, dimension: &Dimension, draws: &[Vec<Sums>]) -> Vec<GroupLine> {
    let currency = cases.decision.currency();
    let groups = dimension.groups.len();
    let mut members: Vec<Vec<&ApplicationDecision>> = vec![Vec::new(); groups];
    for (application, group) in cases.applications().iter().zip(&dimension.of) {
        members[*group].push(application);
    }
    let once: Vec<Sums> = members
        .iter()
        .map(|own| (own.len() as i128, own.iter().map(|a| i128::from(a.amount.minor())).sum()))
        .collect();
    // A ratio as numerator and denominator: exact for the round itself, a number for each draw.
    let share = |group: usize, n: i128, ratio: &dyn Fn(&[Sums]) -> Sums| Share {
        amount: major(cases, &once[group].1.into(), n),
        ratio: Some(ratio(&once)).and_then(|(above, below)| Fixed::ratio(above, below)),
        interval: if members[group].len() < FEW {
            None
        } else {
            middle(draws.iter().map(|d| ratio(d)).map(|(above, below)| float(above) / float(below)).collect())
        },
    };
    let per_head = |group: usize, has: fn(&Group) -> Option<i128>| {
        let people: Vec<Option<i128>> = dimension.groups.iter().map(has).collect();
        let own = people[group].filter(|n| *n > 0)?;
        if people.iter().flatten().count() < 2 {
            return None;
        }
        let total: i128 = people.iter().flatten().sum();
        Some(share(group, own, &|sums| {
            // Beside the money of the groups whose people are known.
            let known = sums.iter().zip(&people).filter(|(_, n)| n.is_some());
            (sums[group].1 * total, known.map(|(s, _)| s.1).sum::<i128>() * own)
        }))
    };
    let line = |group: usize| {
        let own = &members[group];
        let with = |status| own.iter().filter(|a| a.status == status).count();
        let ranked = own.iter().filter(|a| a.rank.is_some());
        GroupLine {
            applications: own.len(),
            funded: with(Status::Funded),
            held: with(Status::Held),
            ineligible: with(Status::Ineligible),
            points: mean(&ranked.map(|a| a.points.micro()).collect::<Vec<_>>()),
            money: Money::from_minor(i64::try_from(once[group].1).unwrap_or(i64::MAX), currency),
            per_application: share(group, once[group].0, &|sums| {
                let (n, money) = sums.iter().fold((0, 0), |whole, s| (whole.0 + s.0, whole.1 + s.1));
                (sums[group].1 * n, money * sums[group].0)
            }),
            per_resident: per_head(group, |g| g.residents),
            per_child: per_head(group, |g| g.children),
        }
    };
    (0..groups).into_par_iter().map(line).collect()
}

/// Minor units over a count, in major units to the decimals of the currency.
pub(crate) fn major(cases: &Cases<'_>, minor: &Rational, n: i128) -> Rational {
    let decimals = cases.decision.currency().decimals();
    let unit = Rational::from_scaled(1, decimals);
    let exact = (minor * &unit).checked_div(&Rational::from(n));
    exact.unwrap_or_else(Rational::zero).fixed(decimals)
}
