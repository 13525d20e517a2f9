//! Points to money: each pot becomes an instance of the fair share, and its solution amounts of the decision.

mod again;
mod float;
mod solve;
mod terms;

use adil_domain::{BigInt, Currency, Money, Points, Problem, Problems, Rational};
use adil_policy::Policy;
use num_traits::ToPrimitive;

use crate::decision::{Binding, PotAward, PotDecision, Reason, Status};
use crate::facts::Facts;
use crate::notes::{Notes, application_place};
use terms::PotRoom;

pub(crate) use again::{Again, Amounts};
pub(crate) use float::Floats;

/// Decimals of a published weight. Weights are fixed to them before they count: what is published is what was used.
pub(crate) const WEIGHT_DECIMALS: u32 = 6;

/// An application that takes part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) subject: usize,
    pub(crate) points: Points,
    pub(crate) held: bool,
}

/// What the division says of one application.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) status: Status,
    pub(crate) reasons: Vec<Reason>,
}

/// All pots divided.
pub(crate) struct Division {
    pub(crate) pots: Vec<PotDecision>,
    /// By subject.
    pub(crate) awards: Vec<Vec<PotAward>>,
    /// By subject; `None` for those that took no part.
    pub(crate) outcomes: Vec<Option<Outcome>>,
    pub(crate) appeals: Money,
}

/// Bounds that contradict each other, in the round's own words.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The pot.
    pub pot: String,
    /// What the floors demand in all.
    pub demanded: Money,
    /// What there is to meet it.
    pub available: Money,
    /// The bounds; take any one of them away, and these no longer contradict each other.
    pub bounds: Vec<ConflictBound>,
}

/// One bound of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictBound {
    /// Whose: an `application_id`, the code of a place, or nothing for the pot itself.
    pub subject: String,
    /// `application`, the level of the place, or `pot`.
    pub level: String,
    /// `floor`, `ceiling`, `minimum` or `budget`.
    pub kind: &'static str,
    /// The bound.
    pub amount: Money,
}

/// Why the money could not be divided.
pub(crate) enum DivideError {
    Conflict(Vec<Conflict>),
    Problems(Problems),
}

/// Money in whole payable steps.
#[derive(Debug, Clone, Copy)]
struct Steps {
    unit: i64,
    currency: Currency,
}

impl Steps {
    fn money(self, steps: u64) -> Money {
        let minor = i64::try_from(steps).ok().and_then(|s| s.checked_mul(self.unit)).unwrap_or(i64::MAX);
        Money::from_minor(minor, self.currency)
    }

    /// Steps of an amount in major units: exact.
    fn exact(self, amount: &Rational) -> Rational {
        let minor = amount * &Rational::from_scaled(BigInt::from(10u8).pow(self.currency.decimals()), 0);
        minor.checked_div(&Rational::from(self.unit)).unwrap_or_else(Rational::zero)
    }

    /// An exact number of steps, cut to whole minor units: to be shown, not to be paid.
    fn cut(self, steps: &Rational) -> Money {
        let minor = (steps * &Rational::from(self.unit)).floor();
        Money::from_minor(minor.to_i64().unwrap_or(i64::MAX), self.currency)
    }

    /// Major units of an exact number of steps.
    fn major(self, steps: &Rational) -> Rational {
        steps * &Rational::from_scaled(self.unit, self.currency.decimals())
    }
}

/// The money of a round by pot, before anything is known of the applications.
struct Frame {
    steps: Steps,
    /// Kept for appeals, in steps.
    appeals: u64,
    /// Of each pot, in steps.
    pots: Vec<u64>,
}

impl Frame {
    fn of(policy: &Policy) -> Self {
        let steps = Steps { unit: policy.round.unit.minor().max(1), currency: policy.round.currency };
        let budget = u64::try_from(policy.round.budget.minor() / steps.unit).unwrap_or(0);
        // After its stated day nothing is kept any more: the round, run again, divides it by the same rules.
        let over = policy.reserve.until.is_some_and(|until| policy.round.as_of > until);
        let kept = if over { Rational::zero() } else { policy.reserve.appeals.clone() };
        let appeals = (&Rational::from(budget) * &kept).floor().to_u64().unwrap_or(0);
        let shares: Vec<Rational> = policy.pots.iter().map(|p| p.share.clone()).collect();
        Self { steps, appeals, pots: split(budget - appeals.min(budget), &shares) }
    }

    fn rooms<'r, 'a>(&self, facts: &'r Facts<'a>) -> Vec<PotRoom<'r, 'a>> {
        let pots = &facts.inputs.policy.pots;
        let room = |(index, (pot, money)): (usize, (&'r adil_policy::Pot, &u64))| PotRoom {
            facts,
            pot,
            index,
            money: *money,
            steps: self.steps,
        };
        pots.iter().zip(&self.pots).enumerate().map(room).collect()
    }
}

/// Divides every pot.
pub(crate) fn divide(
    facts: &Facts<'_>,
    candidates: &[Candidate],
    notes: &mut Notes,
) -> Result<Division, DivideError> {
    let frame = Frame::of(&facts.inputs.policy);
    let mut division = Division {
        pots: Vec::new(),
        awards: vec![Vec::new(); facts.subjects.len()],
        outcomes: vec![None; facts.subjects.len()],
        appeals: frame.steps.money(frame.appeals),
    };
    for candidate in candidates {
        division.outcomes[candidate.subject] =
            Some(Outcome { status: Status::NotFunded, reasons: Vec::new() });
    }
    let rooms = frame.rooms(facts);
    let mut prepared = Vec::new();
    let mut problems = Problems::new();
    for room in &rooms {
        prepared.push(room.prepare(candidates, notes, &mut problems));
    }
    if problems.has_errors() {
        return Err(DivideError::Problems(problems));
    }
    // Who lacks a quantity in one pot waits in all of them.
    let mut held: Vec<bool> = vec![false; facts.subjects.len()];
    for candidate in candidates {
        held[candidate.subject] = candidate.held;
    }
    for (subject, reason) in prepared.iter().flat_map(|p| &p.waiting) {
        held[*subject] = true;
        if let Some(outcome) = &mut division.outcomes[*subject] {
            outcome.status = Status::Held;
            outcome.reasons.push(reason.clone());
        }
    }
    for (room, prepared) in rooms.iter().zip(&prepared) {
        room.divide(prepared, &held, &mut division)?;
    }
    for (subject, outcome) in division.outcomes.iter_mut().enumerate() {
        if let Some(outcome) = outcome {
            finish(outcome, &division.awards[subject]);
        }
    }
    warn_above_ask(facts, &division, notes);
    Ok(division)
}

/// Splits whole steps by shares that sum to at most one: largest remainder, the earlier pot first among equals. What the
/// shares leave undivided stays so.
pub(crate) fn split(total: u64, shares: &[Rational]) -> Vec<u64> {
    let exact: Vec<Rational> = shares.iter().map(|s| &Rational::from(total) * s).collect();
    let mut parts: Vec<u64> = exact.iter().map(|e| e.floor().to_u64().unwrap_or(0)).collect();
    let whole = exact.iter().cloned().sum::<Rational>().floor().to_u64().unwrap_or(0);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| {
        let rest = |i: usize| &exact[i] - &Rational::from(parts[i]);
        rest(*b).cmp(&rest(*a)).then(a.cmp(b))
    });
    let missing = usize::try_from(whole - parts.iter().sum::<u64>()).unwrap_or(0);
    for index in order.into_iter().take(missing) {
        parts[index] += 1;
    }
    parts
}

fn finish(outcome: &mut Outcome, awards: &[PotAward]) {
    if outcome.status == Status::Held {
        return;
    }
    let funded = awards.iter().any(|a| a.amount.minor() > 0);
    outcome.status = if funded { Status::Funded } else { Status::NotFunded };
    for award in awards {
        let reason = match award.binding {
            Binding::Free if award.amount.minor() == 0 => Reason::BelowUnit,
            Binding::Free => Reason::Share,
            Binding::Floor => Reason::Floor,
            Binding::Ceiling => Reason::Ceiling,
            Binding::ZeroWeight => Reason::ZeroWeight,
            Binding::Dropped => Reason::BelowMinimum,
        };
        if !outcome.reasons.contains(&reason) {
            outcome.reasons.push(reason);
        }
    }
}

/// Pots know nothing of each other; together they may give more than was asked for, and the reader should know.
fn warn_above_ask(facts: &Facts<'_>, division: &Division, notes: &mut Notes) {
    for (subject, awards) in division.awards.iter().enumerate() {
        let total: i64 = awards.iter().map(|a| a.amount.minor()).sum();
        if let Some(sought) = facts.subjects[subject].sought.filter(|s| total > s.minor()) {
            let given = Money::from_minor(total, sought.currency());
            notes.push(
                Problem::warning(
                    "above-ask",
                    application_place(facts, subject),
                    format!("The application gets {given}, more than the {sought} it asks for."),
                )
                .hint("Give the pots a ceiling that keeps to application.amount_sought."),
            );
        }
    }
}
