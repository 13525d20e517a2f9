//! A round prepared for many questions: tables are joined, gates judged and values scaled once; a question about weights
//! then only adds up points and divides the money again.

use adil_domain::{Currency, Money, Points};
use adil_policy::Policy;
use adil_score::Scaled;

use crate::decide::{DecideError, Judged, conclude, judge, no_division};
use crate::decision::{Decision, Status};
use crate::divide::{Again, Amounts, Candidate};
use crate::facts::Facts;
use crate::inputs::Inputs;

/// A round that answers what another rule would change.
pub struct Prepared<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) judged: Judged,
    pub(super) scaled: Vec<Vec<Scaled>>,
    again: Again,
}

/// What would become of one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What would become of it.
    pub status: Status,
    /// Its points.
    pub points: Points,
    /// What it would get, or what would be kept for it while it is held.
    pub amount: Money,
}

/// The answer to one question. It is not the decision.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The rules that were asked about.
    pub policy: Policy,
    /// In the order of [`Decision::applications`].
    pub applications: Vec<Outcome>,
    /// By place, as in [`Decision::territories`]: awards and kept money of all pots, in minor units.
    pub by_place: Vec<i64>,
}

impl<'a> Prepared<'a> {
    /// Prepares a checked round.
    ///
    /// # Errors
    /// As [`decide`](crate::decide()).
    pub fn new(inputs: &'a Inputs) -> Result<Self, DecideError> {
        let facts = Facts::join(inputs);
        let judged = judge(&facts)?;
        let row = |score: &adil_score::Score| score.contributions.iter().map(|c| c.scaled).collect();
        let scaled = judged.scores.iter().map(row).collect();
        let again = Again::new(&facts, &judged.candidates);
        Ok(Self { facts, judged, scaled, again })
    }

    /// The decision by the round's own rules.
    ///
    /// # Errors
    /// As [`decide`](crate::decide()).
    pub fn decision(&self) -> Result<Decision, DecideError> {
        conclude(&self.facts, self.judged.clone())
    }

    /// What would come out under rules that [`apply`](super::apply) changed: other weights of indicators, another budget.
    ///
    /// # Errors
    /// Bounds that contradict each other under the changed rules, or a quantity that can't be had.
    pub fn ask(&self, policy: &Policy) -> Result<Answer, DecideError> {
        let inputs = self.facts.inputs;
        let points = adil_score::points(&policy.criteria, policy.aggregation, &self.scaled);
        let mut candidates: Vec<Candidate> = self.judged.candidates.clone();
        for candidate in &mut candidates {
            candidate.points = points.get(candidate.subject).copied().unwrap_or(Points::ZERO);
        }
        let divided = self
            .again
            .divide(&self.facts, policy, &candidates)
            .map_err(|error| no_division(inputs, error))?;
        Ok(Answer {
            policy: policy.clone(),
            applications: outcomes(&self.judged, &points, &divided, policy.round.currency),
            by_place: divided.by_place,
        })
    }

    /// What one application would get, or what would be kept for it, if it alone asked for another amount: gates, points
    /// and money of the whole round are worked out anew. `None` where there is no such application, or it would take no
    /// part in any pot.
    ///
    /// # Errors
    /// As [`decide`](crate::decide()).
    pub fn asking(&mut self, application: usize, sought: Money) -> Result<Option<Money>, DecideError> {
        let amounts = self.facts.asking(application, sought, |facts| {
            let judged = judge(facts)?;
            // Nothing is prepared: the ask may move every weight and bound.
            Again::default()
                .divide(facts, &facts.inputs.policy, &judged.candidates)
                .map_err(|error| no_division(facts.inputs, error))
        });
        let Some(amounts) = amounts else { return Ok(None) };
        Ok(amounts?.by_subject.get(application).copied().flatten())
    }
}

/// What would become of the applications of a round that is asked about once.
///
/// # Errors
/// As [`decide`](crate::decide()).
pub(crate) fn once(inputs: &Inputs) -> Result<Vec<Outcome>, DecideError> {
    let facts = Facts::join(inputs);
    let judged = judge(&facts)?;
    let divided = Again::default()
        .divide(&facts, &inputs.policy, &judged.candidates)
        .map_err(|error| no_division(inputs, error))?;
    let points: Vec<Points> = judged.scores.iter().map(adil_score::Score::points).collect();
    Ok(outcomes(&judged, &points, &divided, inputs.policy.round.currency))
}

fn outcomes(judged: &Judged, points: &[Points], divided: &Amounts, currency: Currency) -> Vec<Outcome> {
    let outcome = |(subject, standing): (usize, &crate::decide::Standing)| {
        let amount = divided.by_subject[subject];
        let status = match standing.status {
            Status::Ineligible => Status::Ineligible,
            Status::Held => Status::Held,
            _ if divided.waiting[subject] => Status::Held,
            _ if amount.is_some_and(|a| a.minor() > 0) => Status::Funded,
            _ => Status::NotFunded,
        };
        let points = points.get(subject).copied().unwrap_or(Points::ZERO);
        Outcome { status, points, amount: amount.unwrap_or(Money::zero(currency)) }
    };
    judged.standings.iter().enumerate().map(outcome).collect()
}

impl From<&Decision> for Answer {
    /// A decision as the answer to the question what its own rules would give.
    fn from(decision: &Decision) -> Self {
        let outcome = |a: &crate::ApplicationDecision| Outcome {
            status: a.status,
            points: a.points,
            amount: a.amount_if_cleared.unwrap_or(a.amount),
        };
        let mut by_place = vec![0i64; decision.territories.len()];
        for node in decision.pots.iter().flat_map(|pot| &pot.nodes) {
            if let Some(place) = node.territory {
                by_place[place] = by_place[place].saturating_add(node.amount.minor() + node.reserved.minor());
            }
        }
        Self {
            policy: decision.policy.clone(),
            applications: decision.applications.iter().map(outcome).collect(),
            by_place,
        }
    }
}
