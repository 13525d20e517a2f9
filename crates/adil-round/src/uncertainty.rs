//! How firm a decision is: the round scored and divided again under a thousand small variations.
//!
//! Bands are the range in which nine of ten variations lie. Sobol's indices say how much of the spread of the whole each
//! source of uncertainty explains, and effective weights how much of the spread of the scores each indicator does.
//! Conditions of admission, sizes, floors and ceilings are not varied. Variations are scored and divided in floating point,
//! since nobody is paid by them; what is published of them are whole steps and fixed decimals.

mod bands;
mod effective;

use std::cmp::Reverse;

use adil_domain::{Currency, Money, Points, Rational};
use adil_score::design::Side;
use adil_score::sensitivity::{Estimate, indices};
use adil_score::uncertainty::{Model, Source, Variation};
use num_traits::ToPrimitive;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use bands::Bands;
use bands::Tails;
pub use effective::EffectiveWeight;

use crate::decide::values;
use crate::decision::{Decision, Status};
use crate::divide::{Again, Candidate, Floats};
use crate::facts::{Demand, Facts};
use crate::folder::POLICY;
use crate::notes::Notes;

/// Decimals of a published index.
pub const INDEX_DECIMALS: u32 = 4;

/// Decimals of a published probability: of ten thousand variations none is lost.
pub const PROBABILITY_DECIMALS: u32 = 4;

/// Rows of the design for the indices, at most.
const MOST_ROWS: u32 = 1024;

/// Variations that are held in memory at a time.
const BATCH: u32 = 32;

/// How firm a decision is.
#[derive(Debug, Clone)]
pub struct Uncertainty {
    /// How many variations the bands come from.
    pub replicas: u32,
    /// How many rows the indices come from.
    pub rows: u32,
    /// What was varied, in the order of [`Source::ALL`].
    pub sources: Vec<Source>,
    /// One for each application, in the decision's order.
    pub applications: Vec<Bands>,
    /// How much of the spread of each output each source explains.
    pub sensitivity: Vec<Sensitivity>,
    /// How much of the spread of the scores each indicator explains, in the policy's order.
    pub effective: Vec<EffectiveWeight>,
}

/// A measure of how far a variation is from the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Output {
    /// The mean distance of the points of an application from the published ones.
    Points,
    /// The mean distance of its rank.
    Rank,
    /// The money that goes to others, in major units.
    Money,
}

impl Output {
    /// All, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Points, Self::Rank, Self::Money];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points-shift",
            Self::Rank => "rank-shift",
            Self::Money => "money-moved",
        }
    }
}

/// An index with its interval from the 5th to the 95th percentile, fixed to [`INDEX_DECIMALS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The index.
    pub value: Rational,
    /// Where the interval begins.
    pub low: Rational,
    /// Where it ends.
    pub high: Rational,
}

/// How much of the spread of an output a source explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// The output.
    pub output: Output,
    /// The source.
    pub source: Source,
    /// What it explains alone, and what it has any hand in; `None` where the output never varies.
    pub indices: Option<(Index, Index)>,
}

/// Measures how firm a decision is.
pub(crate) fn measure(
    facts: &Facts<'_>,
    rule: &adil_policy::Uncertainty,
    candidates: &[Candidate],
    decision: &Decision,
) -> Uncertainty {
    let policy = &facts.inputs.policy;
    let demand = Demand::of(facts, candidates.iter().map(|c| c.subject));
    // What there is to say of the values was said when they were scored.
    let values = values(facts, &demand, &mut Notes::default());
    let seed = seed(facts);
    let model = Model::new(&policy.criteria, policy.aggregation, &values, rule, seed);
    let sources = model.sources();
    let again = Again::new(facts, candidates);
    let floats = Floats::new(facts, &again, candidates);
    let trial = Trial { facts, model: &model, candidates, again: &again, floats, start: Start::of(decision) };
    let mut found = Uncertainty {
        replicas: rule.replicas,
        rows: 0,
        applications: Vec::new(),
        sensitivity: Vec::new(),
        effective: effective::weights(decision),
        sources,
    };
    if found.sources.is_empty() {
        // Nothing that the policy would vary is there to be varied.
        found.applications = trial.start.bands(decision);
        return found;
    }
    let rows = rows(rule.replicas);
    let (tails, shifts) = trial.replicas(rule.replicas, rows);
    found.rows = rows;
    found.applications = tails.into_iter().zip(&decision.applications).map(|(t, a)| t.bands(a)).collect();
    found.sensitivity = trial.sensitivity(&found.sources, rows, &shifts, seed);
    found
}

/// The largest power of two of rows whose two samples are among the replicas: the sequence is even at powers of two.
fn rows(replicas: u32) -> u32 {
    (replicas / 2).checked_ilog2().map_or(0, |power| 1 << power).min(MOST_ROWS)
}

/// Of the same things as ties: nobody can choose it.
fn seed(facts: &Facts<'_>) -> u64 {
    let round = &facts.inputs.policy.round;
    let digest = facts.inputs.digests.get(POLICY).map_or("", String::as_str);
    let mut hash = Sha256::new();
    for part in
        ["uncertainty", digest, round.seed.as_deref().unwrap_or(""), round.random.as_deref().unwrap_or("")]
    {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// One variation: points in millionths, ranks (0 for who has none), whole payable steps.
struct Replica {
    points: Vec<u32>,
    ranks: Vec<u32>,
    steps: Vec<u64>,
}

/// Where variations start from: what was decided.
struct Start {
    replica: Replica,
    ranked: Vec<usize>,
    unit: i64,
    currency: Currency,
}

impl Start {
    fn of(decision: &Decision) -> Self {
        let unit = decision.policy.round.unit.minor().max(1);
        let applications = &decision.applications;
        let steps = |a: &crate::ApplicationDecision| {
            let kept = a.amount_if_cleared.unwrap_or(a.amount);
            u64::try_from(kept.minor() / unit).unwrap_or(0)
        };
        Self {
            replica: Replica {
                points: applications.iter().map(|a| a.points.micro().to_u32().unwrap_or(0)).collect(),
                ranks: applications.iter().map(|a| a.rank.and_then(|r| r.to_u32()).unwrap_or(0)).collect(),
                steps: applications.iter().map(steps).collect(),
            },
            ranked: (0..applications.len())
                .filter(|i| applications[*i].status != Status::Ineligible)
                .collect(),
            unit,
            currency: decision.currency(),
        }
    }

    /// Bands of no width.
    fn bands(&self, decision: &Decision) -> Vec<Bands> {
        let Replica { points, ranks, steps } = &self.replica;
        let one = |(at, application): (usize, &crate::ApplicationDecision)| {
            let mut tails = Tails::new(1, self.unit, self.currency);
            tails.push(points[at], ranks[at], steps[at]);
            tails.bands(application)
        };
        decision.applications.iter().enumerate().map(one).collect()
    }
}

/// The round, ready to be varied.
struct Trial<'t, 'a> {
    facts: &'t Facts<'a>,
    model: &'t Model,
    candidates: &'t [Candidate],
    again: &'t Again,
    /// `None` where more than weights moves with the score: then the exact division runs each time.
    floats: Option<Floats>,
    start: Start,
}

/// How far each of some variations is from the decision, for each output.
type Shifts = [Vec<f64>; 3];

impl Trial<'_, '_> {
    fn replica(&self, variation: Variation) -> Replica {
        let points = self.model.scores(variation);
        let ranks = self.ranks(&points);
        let steps = match &self.floats {
            Some(floats) => floats.divide(&points),
            None => self.exactly(&points),
        };
        Replica { points, ranks, steps }
    }

    /// Places by points, as in the decision.
    fn ranks(&self, points: &[u32]) -> Vec<u32> {
        let mut order = self.start.ranked.clone();
        order.sort_unstable_by_key(|i| Reverse(points[*i]));
        let mut ranks = vec![0; points.len()];
        let mut previous = (u32::MAX, 0);
        for (place, index) in (1u32..).zip(order) {
            if points[index] != previous.0 {
                previous = (points[index], place);
            }
            ranks[index] = previous.1;
        }
        ranks
    }

    /// By the exact division. Where the bounds contradict each other under the varied points, nobody gets anything.
    fn exactly(&self, points: &[u32]) -> Vec<u64> {
        let candidates: Vec<Candidate> = self
            .candidates
            .iter()
            .map(|c| Candidate { points: Points::from_micro(points[c.subject].into()), ..*c })
            .collect();
        let steps = |amount: &Option<Money>| {
            amount.map_or(0, |a| u64::try_from(a.minor() / self.start.unit).unwrap_or(0))
        };
        match self.again.divide(self.facts, &self.facts.inputs.policy, &candidates) {
            Ok(amounts) => amounts.by_subject.iter().map(steps).collect(),
            Err(_) => vec![0; points.len()],
        }
    }

    /// All replicas: A and B of one row after another. Shifts are kept of the first `rows`, A then B.
    fn replicas(&self, replicas: u32, rows: u32) -> (Vec<Tails>, [Shifts; 2]) {
        let tails = || Tails::new(replicas, self.start.unit, self.start.currency);
        let mut all: Vec<Tails> = self.start.replica.points.iter().map(|_| tails()).collect();
        let mut shifts = [Shifts::default(), Shifts::default()];
        let variation = |number: u32| {
            let side = if number.is_multiple_of(2) { Side::A } else { Side::B };
            Variation { row: number / 2, side, but: None }
        };
        let mut first = 0;
        while first < replicas {
            let last = (first + BATCH).min(replicas);
            let batch: Vec<Replica> =
                (first..last).into_par_iter().map(|number| self.replica(variation(number))).collect();
            all.par_iter_mut().enumerate().for_each(|(at, tails)| {
                for replica in &batch {
                    tails.push(replica.points[at], replica.ranks[at], replica.steps[at]);
                }
            });
            for (number, replica) in (first..last).zip(&batch).filter(|(number, _)| number / 2 < rows) {
                let side = usize::from(!number.is_multiple_of(2));
                for (column, shift) in shifts[side].iter_mut().zip(self.shift(replica)) {
                    column.push(shift);
                }
            }
            first = last;
        }
        (all, shifts)
    }

    /// How far a variation is from the decision.
    fn shift(&self, replica: &Replica) -> [f64; 3] {
        let before = &self.start.replica;
        let ranked = &self.start.ranked;
        let apart = |now: &[u32], then: &[u32]| -> u64 {
            ranked.iter().map(|i| u64::from(now[*i].abs_diff(then[*i]))).sum()
        };
        let money: u128 =
            replica.steps.iter().zip(&before.steps).map(|(now, then)| u128::from(now.abs_diff(*then))).sum();
        let count = ranked.len().max(1).to_f64().unwrap_or(1.0);
        let float = |whole: u64| whole.to_f64().unwrap_or(0.0);
        [
            float(apart(&replica.points, &before.points)) / count,
            float(apart(&replica.ranks, &before.ranks)) / count,
            // What some lose others gain.
            money.to_f64().unwrap_or(0.0) / 2.0,
        ]
    }

    fn sensitivity(
        &self,
        sources: &[Source],
        rows: u32,
        shifts: &[Shifts; 2],
        seed: u64,
    ) -> Vec<Sensitivity> {
        let mixed: Vec<Shifts> = sources
            .iter()
            .map(|source| {
                let one = |row| {
                    let variation = Variation { row, side: Side::A, but: Some(*source) };
                    self.shift(&self.replica(variation))
                };
                let rows: Vec<[f64; 3]> = (0..rows).into_par_iter().map(one).collect();
                [0, 1, 2].map(|output: usize| rows.iter().map(|shift| shift[output]).collect())
            })
            .collect();
        let [a, b] = shifts;
        let fixed =
            |value: f64| Rational::from_f64(value).unwrap_or_else(Rational::zero).fixed(INDEX_DECIMALS);
        let index = |e: Estimate| Index { value: fixed(e.value), low: fixed(e.low), high: fixed(e.high) };
        Output::ALL
            .into_iter()
            .enumerate()
            .flat_map(|(at, output)| {
                let ab: Vec<Vec<f64>> = mixed.iter().map(|shifts| shifts[at].clone()).collect();
                let found = indices(&a[at], &b[at], &ab, seed);
                let row = |(which, source): (usize, &Source)| Sensitivity {
                    output,
                    source: *source,
                    indices: found.as_ref().map(|all| (index(all[which].first), index(all[which].total))),
                };
                sources.iter().enumerate().map(row).collect::<Vec<_>>()
            })
            .collect()
    }
}
