//! What a division may be meant to reach, measured on its amounts: numbers from 0 to 100, of which more is better.
//!
//! What is kept for a held application counts as what it would get once cleared: rules are meant for that division, and
//! which applications happen to wait is no matter of weights.

use adil_domain::problem::nearest;
use adil_domain::{Points, Rational, round_half_even_small};
use num_traits::ToPrimitive;

use super::prepared::{Answer, Prepared};
use crate::decision::Status;
use crate::equality::{Step, lorenz};
use crate::facts::Demand;

/// Decimals of a published goal. Divisions are compared by what is published: no smaller difference is worth a rule.
pub const GOAL_DECIMALS: u32 = 2;

/// The word for equality from place to place.
const EQUALITY: &str = "equality";
/// The word for the part of the applications that get money.
const FUNDED: &str = "funded";

/// A goal of this round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// How it is written.
    pub id: String,
    /// What it measures.
    pub kind: Kind,
}

/// What a goal measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The mean scaled value of a criterion over the money divided. Within the criterion its indicators count by their
    /// published weights, whatever weights are tried.
    Criterion(usize),
    /// The mean scaled value of an indicator over the money divided: position of the criterion, and of the indicator
    /// within.
    Indicator(usize, usize),
    /// A hundred times one minus the number of Gini of money per head, or per unit asked for, between the places of a
    /// level.
    Equality {
        /// The level.
        level: String,
        /// What money is divided by.
        per: Per,
    },
    /// Applications that get money, held ones once cleared, of those that were not refused.
    Funded,
}

/// What the money of a place is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// The people who live there.
    Resident,
    /// What is asked for from there, since nobody says how many people live there.
    Sought,
}

impl Per {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Sought => "amount-sought",
        }
    }
}

/// Why goals can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoalError {
    /// It is not `goal:goal`.
    #[error("`{0}` is not a pair of goals. Write GOAL:GOAL, such as {1}.")]
    Form(String, String),
    /// No such goal.
    #[error("This round has no goal `{name}`.{hint} Its goals are: {all}.")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest one, when there is one near.
        hint: String,
        /// All.
        all: String,
    },
    /// The same goal on both sides.
    #[error("`{0}` stands on both sides. There is a trade-off only between two goals.")]
    Same(String),
}

impl Prepared<'_> {
    /// All goals of the round: its criteria and indicators, equality between places, and the part that is funded.
    pub fn goals(&self) -> Vec<Goal> {
        let mut goals = Vec::new();
        for (c, criterion) in self.facts.inputs.policy.criteria.iter().enumerate() {
            goals.push(Goal { id: criterion.id.clone(), kind: Kind::Criterion(c) });
            for (i, indicator) in criterion.indicators.iter().enumerate() {
                let id = format!("{}.{}", criterion.id, indicator.id);
                goals.push(Goal { id, kind: Kind::Indicator(c, i) });
            }
        }
        let levels = self.facts.inputs.tree.levels();
        let of_level = |level: &str| {
            let per =
                [Per::Resident, Per::Sought].into_iter().find(|per| self.sizes(level, *per).len() > 1)?;
            Some(Kind::Equality { level: level.to_owned(), per })
        };
        let equalities: Vec<Goal> = levels
            .into_iter()
            .filter_map(|level| Some(Goal { id: format!("{EQUALITY}.{level}"), kind: of_level(level)? }))
            .collect();
        // The lowest level of which several places have people.
        let lowest = |per: Per| {
            equalities.iter().rev().find(|g| matches!(&g.kind, Kind::Equality { per: p, .. } if *p == per))
        };
        let plain = lowest(Per::Resident).or_else(|| lowest(Per::Sought));
        let plain = plain.map(|g| Goal { id: EQUALITY.to_owned(), kind: g.kind.clone() });
        goals.extend(plain);
        goals.extend(equalities);
        goals.push(Goal { id: FUNDED.to_owned(), kind: Kind::Funded });
        goals
    }

    /// The two goals of `GOAL:GOAL`. A criterion that has the name of another goal comes first.
    ///
    /// # Errors
    /// Something else than two different goals of this round.
    pub fn goal_pair(&self, text: &str) -> Result<[Goal; 2], GoalError> {
        let goals = self.goals();
        let find = |name: &str| {
            goals.iter().find(|g| g.id == name).cloned().ok_or_else(|| {
                let all: Vec<&str> = goals.iter().map(|g| g.id.as_str()).collect();
                let near = nearest(name, all.iter().copied());
                let hint = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                GoalError::Unknown { name: name.to_owned(), hint, all: all.join(", ") }
            })
        };
        let parts: Vec<&str> = text.split(':').map(str::trim).collect();
        let [first, second] = parts.as_slice() else {
            let example: Vec<&str> =
                goals.iter().take(1).chain(goals.last()).map(|g| g.id.as_str()).collect();
            return Err(GoalError::Form(text.to_owned(), example.join(":")));
        };
        let (first, second) = (find(first)?, find(second)?);
        if first.kind == second.kind {
            return Err(GoalError::Same(second.id));
        }
        Ok([first, second])
    }

    /// The places of a level and how large each is; those of no size are left out.
    fn sizes(&self, level: &str, per: Per) -> Vec<(usize, i128)> {
        let facts = &self.facts;
        let tree = &facts.inputs.tree;
        let demand = Demand::of(facts, self.judged.candidates.iter().map(|c| c.subject));
        let size = |node: usize| match per {
            Per::Resident => {
                facts.population(node).map_or(0, |p| p.to_scaled_half_even(0).to_i128().unwrap_or(0))
            }
            Per::Sought => i128::from(demand.minor(node)),
        };
        let of_level = (0..tree.len()).filter(|node| tree.level(*node) == level);
        of_level.map(|node| (node, size(node))).filter(|(_, size)| *size > 0).collect()
    }
}

/// A goal, ready to be measured on many divisions.
pub(super) enum Measure {
    /// Millionths of each application.
    Mean(Vec<u32>),
    /// Where each application belongs among the groups, and how large each of those is.
    Equality {
        group: Vec<Option<usize>>,
        sizes: Vec<i128>,
    },
    Funded,
}

impl Measure {
    pub(super) fn new(prepared: &Prepared<'_>, goal: &Goal) -> Self {
        let policy = &prepared.facts.inputs.policy;
        let first = |criterion: usize| -> usize {
            policy.criteria.iter().take(criterion).map(|c| c.indicators.len()).sum()
        };
        match &goal.kind {
            Kind::Indicator(criterion, indicator) => {
                let at = first(*criterion) + indicator;
                Self::Mean(prepared.scaled.iter().map(|row| row.get(at).map_or(0, |s| s.micro())).collect())
            }
            Kind::Criterion(criterion) => {
                let weights: Vec<Rational> =
                    policy.criteria[*criterion].indicators.iter().map(|i| i.weight.clone()).collect();
                let from = first(*criterion);
                Self::Mean(prepared.scaled.iter().map(|row| mean(&weights, &row[from..])).collect())
            }
            Kind::Equality { level, per } => {
                let sizes = prepared.sizes(level, *per);
                let tree = &prepared.facts.inputs.tree;
                let group = |territory: Option<usize>| {
                    let mut above = std::iter::successors(territory, |n| tree.parent(*n));
                    above.find_map(|node| sizes.binary_search_by_key(&node, |(place, _)| *place).ok())
                };
                Self::Equality {
                    group: prepared.facts.subjects.iter().map(|s| group(s.territory)).collect(),
                    sizes: sizes.iter().map(|(_, size)| *size).collect(),
                }
            }
            Kind::Funded => Self::Funded,
        }
    }

    /// How far a division reaches the goal; `None` where nothing is divided, so that there is nothing to measure. Sums are
    /// of integers, and rounded once.
    pub(super) fn of(&self, answer: &Answer) -> Option<Points> {
        let hundredths = match self {
            Self::Mean(values) => {
                let mut sums = (0i128, 0i128);
                for (outcome, value) in answer.applications.iter().zip(values) {
                    let money = i128::from(outcome.amount.minor());
                    sums = (sums.0 + money * i128::from(*value), sums.1 + money);
                }
                round_half_even_small(sums.0, sums.1.checked_mul(100)?)?
            }
            Self::Equality { group, sizes } => {
                let mut steps: Vec<Step> =
                    sizes.iter().map(|size| Step { people: *size, money: 0 }).collect();
                for (outcome, group) in answer.applications.iter().zip(group) {
                    if let Some(group) = group {
                        steps[*group].money += i128::from(outcome.amount.minor());
                    }
                }
                let (_, gini) = lorenz(steps)?;
                let share = &Rational::from(100u8) * &(&Rational::one() - &gini);
                share.to_scaled_half_even(GOAL_DECIMALS).to_i128()?
            }
            Self::Funded => {
                let counted = || answer.applications.iter().filter(|o| o.status != Status::Ineligible);
                let count = |n: usize| i128::try_from(n).unwrap_or(0);
                let funded = count(counted().filter(|o| o.amount.minor() > 0).count());
                round_half_even_small(funded * 10_000, count(counted().count()))?
            }
        };
        Some(Points::from_micro(i64::try_from(hundredths).ok()? * 10_000))
    }
}

/// The mean of scaled values by weight (or plainly, where all weights are nothing), in millionths.
fn mean(weights: &[Rational], row: &[adil_score::Scaled]) -> u32 {
    let total: Rational = weights.iter().cloned().sum();
    let plain = total.is_zero();
    let one = Rational::one();
    let parts = weights.iter().zip(row);
    let sum: Rational = parts.map(|(w, s)| if plain { &one } else { w } * &Rational::from(s.micro())).sum();
    let whole = if plain { Rational::from(weights.len()) } else { total };
    sum.checked_div(&whole).and_then(|mean| mean.to_scaled_half_even(0).to_u32()).unwrap_or(0)
}
