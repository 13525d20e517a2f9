//! The same round divided again under other points: what the points do not touch is computed once.

use std::collections::BTreeMap;

use adil_allocate::{Bounds, LeafIndex};
use adil_domain::{Money, Points, Problems, Rational};
use adil_policy::{Entity, NameId, Policy, Value};
use num_traits::ToPrimitive;
use rayon::prelude::*;

use super::solve::Built;
use super::terms::{PotRoom, Prepared, Terms};
use super::{Candidate, DivideError, Frame, WEIGHT_DECIMALS};
use crate::decision::Reason;
use crate::facts::{Facts, evaluate};
use crate::notes::Notes;

/// What each participant would get, and what each place would.
pub(crate) struct Amounts {
    /// By subject, all pots together: the award, or what is kept; `None` for who takes no part in any pot.
    pub(crate) by_subject: Vec<Option<Money>>,
    /// By subject: whether a quantity is missing, so that it waits.
    pub(crate) waiting: Vec<bool>,
    /// By node of the territory tree, in minor units.
    pub(crate) by_place: Vec<i64>,
}

/// Every pot, prepared for other points.
#[derive(Default)]
pub(crate) struct Again {
    pub(super) pots: Vec<Option<PotAgain>>,
}

/// One pot whose weights are straight lines in the score, and of which nothing else moves with it.
pub(super) struct PotAgain {
    pub(super) bounds: BTreeMap<usize, Bounds>,
    pub(super) members: Vec<Member>,
    pub(super) keys: Vec<[u8; 32]>,
    waiting: Vec<(usize, Reason)>,
}

pub(super) struct Member {
    /// Position among the candidates, and the subject there.
    pub(super) candidate: usize,
    terms: Terms,
    /// Weight without points, and weight for each point.
    pub(super) base: Rational,
    pub(super) slope: Rational,
}

impl Again {
    /// Prepares every pot that allows it.
    pub(crate) fn new(facts: &Facts<'_>, candidates: &[Candidate]) -> Self {
        let policy = &facts.inputs.policy;
        let frame = Frame::of(policy);
        let rooms = frame.rooms(facts);
        Self { pots: rooms.iter().map(|room| PotAgain::new(room, candidates)).collect() }
    }

    /// Divides under the points of these candidates and the budget of `policy`.
    ///
    /// # Errors
    /// As the division itself.
    pub(crate) fn divide(
        &self,
        facts: &Facts<'_>,
        policy: &Policy,
        candidates: &[Candidate],
    ) -> Result<Amounts, DivideError> {
        let frame = Frame::of(policy);
        let same_money = policy.round.budget == facts.inputs.policy.round.budget;
        let mut amounts = Amounts {
            by_subject: vec![None; facts.subjects.len()],
            waiting: vec![false; facts.subjects.len()],
            by_place: vec![0; facts.inputs.tree.len()],
        };
        for room in frame.rooms(facts) {
            let kept = self.pots.get(room.index).and_then(Option::as_ref).filter(|_| same_money);
            let quick = kept.and_then(|pot| Some((pot, pot.taking_part(candidates)?)));
            if let Some((pot, taking_part)) = quick {
                amounts.wait(&pot.waiting);
                amounts.add(&room, &taking_part, &pot.bounds, &pot.keys)?;
                continue;
            }
            let mut problems = Problems::new();
            let prepared = room.prepare(candidates, &mut Notes::default(), &mut problems);
            if problems.has_errors() {
                return Err(DivideError::Problems(problems));
            }
            let keys = room.tie_keys(&prepared.taking_part);
            amounts.wait(&prepared.waiting);
            amounts.add(&room, &prepared.taking_part, &prepared.bounds, &keys)?;
        }
        Ok(amounts)
    }
}

impl Amounts {
    fn wait(&mut self, waiting: &[(usize, Reason)]) {
        for (subject, _) in waiting {
            self.waiting[*subject] = true;
        }
    }

    fn add(
        &mut self,
        room: &PotRoom<'_, '_>,
        taking_part: &[(&Candidate, Terms)],
        bounds: &BTreeMap<usize, Bounds>,
        keys: &[[u8; 32]],
    ) -> Result<(), DivideError> {
        let built: Built = room.build(taking_part, bounds);
        let solution = room.solution(&built, taking_part, keys)?;
        let tree = &room.facts.inputs.tree;
        for (leaf, (candidate, _)) in taking_part.iter().enumerate() {
            let amount = room.steps.money(solution.leaf(LeafIndex::new(leaf)).amount);
            let own = &mut self.by_subject[candidate.subject];
            *own = Some(own.map_or(amount, |sum| sum.checked_add(amount).unwrap_or(sum)));
            let territory = room.facts.subjects[candidate.subject].territory;
            for node in std::iter::successors(territory, |n| tree.parent(*n)) {
                self.by_place[node] = self.by_place[node].saturating_add(amount.minor());
            }
        }
        Ok(())
    }
}

impl PotAgain {
    /// `None` where more than the weights moves with the score, or they do not move in a straight line.
    fn new(room: &PotRoom<'_, '_>, candidates: &[Candidate]) -> Option<Self> {
        let policy = &room.facts.inputs.policy;
        let is_score = |id: NameId| policy.name(id).is_some_and(|name| name.entity == Entity::Score);
        let rest = [&room.pot.when, &room.pot.floor, &room.pot.ceiling, &room.pot.minimum];
        if rest.into_iter().flatten().any(|expr| expr.moves_with(&is_score))
            || !room.pot.weight.is_linear_in(&is_score)
        {
            return None;
        }
        let Prepared { money, demand, taking_part, bounds, waiting } =
            room.prepare(candidates, &mut Notes::default(), &mut Problems::new());
        let position: BTreeMap<usize, usize> =
            candidates.iter().enumerate().map(|(at, c)| (c.subject, at)).collect();
        let keys = room.tie_keys(&taking_part);
        let weight_at = |subject: usize, points: Points| {
            let row = room.facts.pot_row(subject, points, &money, &demand);
            match evaluate(&room.pot.weight, &row, &mut Vec::new()) {
                Value::Number(weight) => Some(weight),
                _ => None,
            }
        };
        let full = Points::FULL.to_rational();
        let members: Option<Vec<Member>> = taking_part
            .into_par_iter()
            .map(|(candidate, terms)| {
                let base = weight_at(candidate.subject, Points::ZERO)?;
                let top = weight_at(candidate.subject, Points::FULL)?;
                let slope = (&top - &base).checked_div(&full)?;
                Some(Member { candidate: *position.get(&candidate.subject)?, terms, base, slope })
            })
            .collect();
        Some(Self { bounds, members: members?, keys, waiting })
    }

    /// The members at the points they have now; `None` when a weight is none.
    pub(super) fn taking_part<'c>(&self, candidates: &'c [Candidate]) -> Option<Vec<(&'c Candidate, Terms)>> {
        self.members
            .par_iter()
            .map(|member| {
                let candidate = candidates.get(member.candidate)?;
                let weight = &member.base + &(&member.slope * &candidate.points.to_rational());
                // Below zero it is a mistake, which the slow way puts into words.
                let weight = weight.to_scaled_half_even(WEIGHT_DECIMALS).to_u128()?;
                Some((candidate, Terms { weight, ..member.terms }))
            })
            .collect()
    }
}
