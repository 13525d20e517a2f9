//! What the weights imply: two goals, many sets of weights, and the curve beyond which no set of them reaches more of one
//! goal without losing some of the other. Only weights are varied. Each set is answered by a whole division.
//!
//! The search is a good one and no proof: there may be weights that reach slightly more. Sets are tried in tenths, so that
//! any of them can be written into a policy.

mod json;
mod weights;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use adil_domain::{Money, Points, Rational};
use adil_policy::Policy;
use rayon::prelude::*;

use super::goal::{Goal, Measure};
use super::prepared::{Answer, Prepared};
use super::within_caps;
use crate::decide::DecideError;
use weights::{Tenths, draw, fit, kept_within, pushed, toward, without_least};

/// Rounds of refinement between what is on the curve so far.
const ROUNDS: usize = 8;

/// The part of what the published weights divide that other weights have to divide at least. What rounding leaves is less
/// than that.
const DIVIDED: (i64, i64) = (999, 1000);

/// How to look for the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// How many sets of weights to try beside the published one.
    pub tries: usize,
    /// What is drawn at random is drawn from this.
    pub seed: u64,
    /// How far each weight may be from the published one; any weights where there is no such limit.
    pub within: Option<u8>,
}

/// One set of weights and what it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// In the policy's order; they sum to 100.
    pub weights: Vec<Rational>,
    /// How far it reaches each goal, from 0 to 100, in hundredths.
    pub reached: [Points; 2],
    /// What is divided in all, with what is kept for held applications.
    pub divided: Money,
}

/// The trade-off between two goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// The goals.
    pub goals: [Goal; 2],
    /// How it was looked for.
    pub search: Search,
    /// How many sets were answered and compared, the published one with them.
    pub tried: usize,
    /// How many could not be: their bounds contradict each other, or nothing is divided.
    pub impossible: usize,
    /// How many were set aside, since they leave money undivided that the published weights divide: a goal reached better
    /// with less money is no gain.
    pub set_aside: usize,
    /// The published weights.
    pub chosen: Tried,
    /// The sets that no other one surpasses, from the least to the most of the first goal, and so from the most to the least
    /// of the second. Of sets that reach the same, the one nearest to the published weights.
    pub curve: Vec<Tried>,
    /// Where on the curve the published weights are, if they are.
    pub chosen_at: Option<usize>,
    /// What all others reach, in the order they were tried.
    pub others: Vec<[Points; 2]>,
    /// For each goal, the place on the curve that reaches most of it with no less of the other goal than the published
    /// weights; `None` where they reach as much.
    pub more: [Option<usize>; 2],
}

impl Frontier {
    /// Whether there are weights to vary.
    pub fn has_freedom(&self) -> bool {
        self.chosen.weights.len() > 1
    }

    /// Whether one set reaches most of both goals.
    pub fn agree(&self) -> bool {
        self.curve.len() == 1
    }

    /// Whether some set on the curve divides another amount in all than the published weights.
    pub fn sums_differ(&self) -> bool {
        self.curve.iter().any(|t| t.divided != self.chosen.divided)
    }

    /// At most so many places of the curve, evenly chosen: both ends, the published weights and the places of
    /// [`more`](Self::more) are always among them.
    pub fn shown(&self, most: usize) -> Vec<usize> {
        let last = self.curve.len().saturating_sub(1);
        let kept: BTreeSet<usize> =
            [Some(0), Some(last), self.chosen_at].into_iter().chain(self.more).flatten().collect();
        let between: Vec<usize> = (0..=last).filter(|at| !kept.contains(at)).collect();
        let picked = spread(between.len(), most.saturating_sub(kept.len())).map(|at| between[at]);
        picked.chain(kept.iter().copied()).collect::<BTreeSet<usize>>().into_iter().collect()
    }
}

/// At most so many positions, evenly chosen.
fn spread(of: usize, most: usize) -> impl Iterator<Item = usize> {
    let picked = most.min(of);
    (0..picked).map(move |k| (2 * k + 1) * of / (2 * picked))
}

/// Looks for the trade-off between two goals. `None` when the published weights divide nothing, so that there is nothing to
/// compare with.
///
/// # Errors
/// As [`Prepared::ask`] of the published policy. Other weights that can't be had are counted and left out.
pub fn frontier(
    prepared: &Prepared<'_>,
    goals: [Goal; 2],
    search: Search,
) -> Result<Option<Frontier>, DecideError> {
    let policy = &prepared.facts.inputs.policy;
    let weights: Vec<Rational> =
        policy.criteria.iter().flat_map(|c| &c.indicators).map(|i| i.weight.clone()).collect();
    let measures = [Measure::new(prepared, &goals[0]), Measure::new(prepared, &goals[1])];
    let Some(chosen) = measure(&measures, &prepared.ask(policy)?, weights.clone()) else { return Ok(None) };
    // Published weights finer than tenths are none of the sets that are tried.
    let own = fit(&weights);
    let in_tenths = weights::rationals(&own) == weights;
    let mut explorer = Explorer {
        prepared,
        measures,
        known: in_tenths.then_some(own).into_iter().collect(),
        tried: vec![chosen],
        impossible: 0,
        set_aside: 0,
        left: search.tries,
        within: search.within.map(Rational::from),
    };
    if weights.len() > 1 {
        explorer.explore(&weights, search);
    }
    Ok(Some(explorer.found(goals, search)))
}

fn measure(measures: &[Measure; 2], answer: &Answer, weights: Vec<Rational>) -> Option<Tried> {
    let sum: i128 = answer.applications.iter().map(|o| i128::from(o.amount.minor())).sum();
    Some(Tried {
        weights,
        reached: [measures[0].of(answer)?, measures[1].of(answer)?],
        divided: Money::from_minor(i64::try_from(sum).ok()?, answer.policy.round.currency),
    })
}

struct Explorer<'p, 'a> {
    prepared: &'p Prepared<'a>,
    measures: [Measure; 2],
    known: BTreeSet<Tenths>,
    /// The published weights first.
    tried: Vec<Tried>,
    impossible: usize,
    set_aside: usize,
    left: usize,
    within: Option<Rational>,
}

impl Explorer<'_, '_> {
    /// A sixth on the paths along which one weight grows from nothing to all, a sixth anywhere, some on the way from one end
    /// of the curve to the other, and the rest around what has proved best.
    fn explore(&mut self, published: &[Rational], search: Search) {
        let sixth = search.tries / 6;
        let steps = (sixth / published.len()).clamp(2, 20);
        // Ends first: they are kept when the tries are few.
        let order = [steps, 0].into_iter().chain(1..steps);
        let paths = order.flat_map(|step| (0..published.len()).map(move |at| (at, step)));
        self.ask(sixth, paths.map(|(at, step)| pushed(published, at, step, steps)));
        let mut rows = 0u32..;
        let anywhere: Vec<u32> = rows.by_ref().take(sixth).collect();
        self.ask(sixth, anywhere.into_iter().map(|row| fit(&draw(published.len(), search.seed, row))));
        self.walk(search.tries / 12);
        for round in 0..ROUNDS {
            let most = self.left.div_ceil(ROUNDS - round);
            let share = most.div_ceil(3);
            let curve = self.curve();
            // Far steps and ever smaller ones in turn.
            let parts = if round % 2 == 0 { 2 } else { 1 << (round / 2 + 2) };
            let halfway = self.gaps(&curve).into_iter().take(share);
            let mut proposals: Vec<Tenths> = halfway.map(|(a, b)| self.between(a, b, 1, 2)).collect();
            // From both ends toward each indicator alone: how either goal may be reached better still.
            let ends: BTreeSet<usize> = curve.first().into_iter().chain(curve.last()).copied().collect();
            for at in 0..published.len() {
                let alone = weights::alone(published.len(), at);
                proposals.extend(ends.iter().map(|end| toward(&self.tried[*end].weights, &alone, 1, parts)));
            }
            // The best sets often do without an indicator.
            let fewer =
                spread(curve.len(), share).filter_map(|at| without_least(&self.tried[curve[at]].weights));
            proposals.extend(fewer);
            for (at, row) in curve.iter().cycle().zip(rows.by_ref().take(most)) {
                let drawn = draw(published.len(), search.seed, row);
                proposals.push(toward(&self.tried[*at].weights, &drawn, 1, parts));
            }
            self.ask(most, proposals);
        }
    }

    /// The straight way from the weights at one end of the curve to those at the other.
    fn walk(&mut self, most: usize) {
        let curve = self.curve();
        if let (Some(first), Some(last)) = (curve.first(), curve.last()) {
            let parts = u32::try_from(most + 1).unwrap_or(u32::MAX);
            let way: Vec<Tenths> = (1..parts).map(|part| self.between(*first, *last, part, parts)).collect();
            self.ask(most, way);
        }
    }

    /// Answers the first of these sets that are new, up to so many.
    fn ask(&mut self, most: usize, proposals: impl IntoIterator<Item = Tenths>) {
        let most = most.min(self.left);
        let mut fresh = Vec::new();
        for tenths in proposals {
            if fresh.len() == most {
                break;
            }
            let tenths = match &self.within {
                Some(within) => kept_within(&self.tried[0].weights, tenths, within),
                None => tenths,
            };
            if self.known.insert(tenths.clone()) && self.allowed(&tenths) {
                fresh.push(tenths);
            }
        }
        self.left -= fresh.len();
        let asked: Vec<Option<Tried>> = fresh.par_iter().map(|tenths| self.answer(tenths)).collect();
        self.impossible += asked.iter().filter(|found| found.is_none()).count();
        let least = self.tried[0].divided.minor().saturating_mul(DIVIDED.0) / DIVIDED.1;
        let (kept, less): (Vec<Tried>, Vec<Tried>) =
            asked.into_iter().flatten().partition(|found| found.divided.minor() >= least);
        self.set_aside += less.len();
        self.tried.extend(kept);
    }

    /// Whether the policy would allow these weights: a forecast may not earn more than its cap.
    fn allowed(&self, tenths: &Tenths) -> bool {
        let policy = &self.prepared.facts.inputs.policy;
        policy.models.is_empty() || within_caps(&with_weights(policy, &weights::rationals(tenths))).is_ok()
    }

    fn answer(&self, tenths: &Tenths) -> Option<Tried> {
        let weights = weights::rationals(tenths);
        let policy = with_weights(&self.prepared.facts.inputs.policy, &weights);
        measure(&self.measures, &self.prepared.ask(&policy).ok()?, weights)
    }

    /// Positions of the sets that none surpasses, from the least to the most of the first goal.
    fn curve(&self) -> Vec<usize> {
        let published = &self.tried[0].weights;
        let mut order: Vec<usize> = (0..self.tried.len()).collect();
        order.sort_by_cached_key(|at| {
            let tried = &self.tried[*at];
            let far: Rational = tried.weights.iter().zip(published).map(|(a, b)| (a - b).abs()).sum();
            (tried.reached.map(Reverse), far, *at)
        });
        let mut curve: Vec<usize> = Vec::new();
        for at in order {
            let second = |at: usize| self.tried[at].reached[1];
            if curve.last().is_none_or(|last| second(at) > second(*last)) {
                curve.push(at);
            }
        }
        curve.reverse();
        curve
    }

    /// Neighbours on the curve, the farthest apart first, measured by the curve's own extent.
    fn gaps(&self, curve: &[usize]) -> Vec<(usize, usize)> {
        let apart = |a: usize, b: usize, goal: usize| {
            i128::from(self.tried[a].reached[goal].micro().abs_diff(self.tried[b].reached[goal].micro()))
        };
        let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Vec::new() };
        let extent = [apart(*first, *last, 0), apart(*first, *last, 1)];
        let mut pairs: Vec<(usize, usize)> = curve.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_by_key(|(a, b)| Reverse(apart(*a, *b, 0) * extent[1] + apart(*a, *b, 1) * extent[0]));
        pairs
    }

    /// So many of `parts` parts of the way between two sets.
    fn between(&self, a: usize, b: usize, part: u32, parts: u32) -> Tenths {
        toward(&self.tried[a].weights, &self.tried[b].weights, part, parts)
    }

    fn found(self, goals: [Goal; 2], search: Search) -> Frontier {
        let curve = self.curve();
        let reached = |at: usize| self.tried[at].reached;
        let [first, second] = reached(0);
        let more = [
            curve.iter().rposition(|at| reached(*at)[1] >= second).filter(|p| reached(curve[*p])[0] > first),
            curve.iter().position(|at| reached(*at)[0] >= first).filter(|p| reached(curve[*p])[1] > second),
        ];
        let on_curve: BTreeSet<usize> = curve.iter().copied().collect();
        Frontier {
            goals,
            search,
            tried: self.tried.len(),
            impossible: self.impossible,
            set_aside: self.set_aside,
            chosen: self.tried[0].clone(),
            chosen_at: curve.iter().position(|at| *at == 0),
            others: (1..self.tried.len()).filter(|at| !on_curve.contains(at)).map(reached).collect(),
            more,
            curve: curve.iter().map(|at| self.tried[*at].clone()).collect(),
        }
    }
}

/// The same rules with other weights, in the policy's order.
fn with_weights(policy: &Policy, weights: &[Rational]) -> Policy {
    let mut policy = policy.clone();
    let indicators = policy.criteria.iter_mut().flat_map(|c| &mut c.indicators);
    for (indicator, weight) in indicators.zip(weights) {
        indicator.weight = weight.clone();
    }
    policy
}
