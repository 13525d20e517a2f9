//! Who gets how much: money and points by group, beside the whole, with the chance in it.

use adil_domain::{Money, Points, Rational};
use adil_round::Status;
use adil_round::folder::Files;
use rayon::prelude::*;

use crate::cases::Cases;
use crate::composite::mean;
use crate::explained::{Gap, gaps};
use crate::fixed::{Fixed, Interval};
use crate::groups::{Dimension, Kind};
use crate::people::{PeopleBy, PeopleComparison, by_people};
use crate::random::Stream;
use crate::statistics::{count, middle};

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
    let all = cases.len();
    let whole: i128 = cases.applications().iter().map(|a| i128::from(a.amount.minor())).sum();
    let total = |of: fn(&crate::groups::Group) -> Option<i128>| {
        let known: Vec<i128> = dimension.groups.iter().filter_map(of).collect();
        (known.len() > 1).then(|| known.iter().sum::<i128>()).filter(|sum| *sum > 0)
    };
    let (residents, children) = (total(|g| g.residents), total(|g| g.children));
    // Money of the groups whose people are known: the whole that a group of people stands beside.
    let of_people =
        |group: usize, has: fn(&crate::groups::Group) -> Option<i128>| has(&dimension.groups[group]);
    let line = |group: usize| {
        let members: Vec<usize> = (0..all).filter(|a| dimension.of[*a] == group).collect();
        let with = |status| members.iter().filter(|a| cases.applications()[**a].status == status).count();
        let money: i128 = members.iter().map(|a| i128::from(cases.applications()[*a].amount.minor())).sum();
        let points: Vec<i64> = members
            .iter()
            .map(|a| &cases.applications()[*a])
            .filter(|a| a.rank.is_some())
            .map(|a| a.points.micro())
            .collect();
        let enough = members.len() >= FEW;
        let drawn = |ratio: &dyn Fn(&[Sums]) -> f64| {
            if enough { middle(draws.iter().map(|d| ratio(d)).collect()) } else { None }
        };
        let n = members.len();
        let per_application = Share {
            amount: major(cases, &money.into(), n as i128),
            ratio: Fixed::ratio(money * all as i128, whole * n as i128),
            interval: drawn(&|sums| {
                let total: i128 = sums.iter().map(|s| s.1).sum();
                float(sums[group].1) / float(sums[group].0) / (float(total) / count(all))
            }),
        };
        let per_head = |total: Option<i128>, has: fn(&crate::groups::Group) -> Option<i128>| {
            let (total, own) = (total?, of_people(group, has).filter(|n| *n > 0)?);
            let counted = |money: &dyn Fn(usize) -> i128| -> i128 {
                let known = (0..dimension.groups.len()).filter(|g| of_people(*g, has).is_some());
                known.map(money).sum()
            };
            let sum_of = |g: usize| -> i128 {
                let of_group = (0..all).filter(|a| dimension.of[*a] == g);
                of_group.map(|a| i128::from(cases.applications()[a].amount.minor())).sum()
            };
            Some(Share {
                amount: major(cases, &money.into(), own),
                ratio: Fixed::ratio(money * total, counted(&sum_of) * own),
                interval: drawn(&|sums| {
                    float(sums[group].1) / float(own) / (float(counted(&|g| sums[g].1)) / float(total))
                }),
            })
        };
        GroupLine {
            applications: n,
            funded: with(Status::Funded),
            held: with(Status::Held),
            ineligible: with(Status::Ineligible),
            points: mean(&points),
            money: Money::from_minor(i64::try_from(money).unwrap_or(i64::MAX), currency),
            per_application,
            per_resident: per_head(residents, |g| g.residents),
            per_child: per_head(children, |g| g.children),
        }
    };
    (0..dimension.groups.len()).into_par_iter().map(line).collect()
}

/// Minor units over a count, in major units to the decimals of the currency.
pub(crate) fn major(cases: &Cases<'_>, minor: &Rational, n: i128) -> Rational {
    let decimals = cases.decision.currency().decimals();
    let unit = Rational::from_scaled(1, decimals);
    let exact = (minor * &unit).checked_div(&Rational::from(n));
    exact.unwrap_or_else(Rational::zero).fixed(decimals)
}
