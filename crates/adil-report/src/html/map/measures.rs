//! What is shown on maps: sums of the decision by place, exact, the same as in its tables.

use std::collections::BTreeMap;

use adil_domain::{Money, Rational};
use adil_round::{Decision, Status};

/// One place with everything in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    /// Awarded, in minor units.
    pub(super) awarded: i128,
    /// Awarded to applications that say what they had the last time, and that.
    pub(super) now: i128,
    pub(super) before: i128,
    /// How many say so.
    pub(super) compared: usize,
}

/// Places of a decision with their sums.
pub(super) struct Measures<'d> {
    pub(super) decision: &'d Decision,
    pub(super) index: BTreeMap<&'d str, usize>,
    sums: Vec<Sums>,
    pub(super) all: Sums,
}

impl<'d> Measures<'d> {
    pub(super) fn of(decision: &'d Decision) -> Self {
        let places = &decision.territories;
        let index: BTreeMap<&str, usize> =
            places.iter().enumerate().map(|(at, t)| (t.code.as_str(), at)).collect();
        let mut sums = vec![Sums::default(); places.len()];
        let mut all = Sums::default();
        for application in &decision.applications {
            let amount = i128::from(application.amount.minor());
            // While it is held nobody knows whether it gains or loses.
            let previous = application.previous.filter(|_| application.status != Status::Held);
            let add = |sum: &mut Sums| {
                sum.awarded += amount;
                if let Some(previous) = previous {
                    sum.now += amount;
                    sum.before += i128::from(previous.minor());
                    sum.compared += 1;
                }
            };
            add(&mut all);
            let place = index.get(application.territory.as_str()).copied();
            // No longer a chain than there are places, even if they were to go round in circles.
            let chain = std::iter::successors(place, |at| index.get(places[*at].parent.as_str()).copied());
            for at in chain.take(places.len()) {
                add(&mut sums[at]);
            }
        }
        Self { decision, index, sums, all }
    }

    pub(super) fn sums(&self, code: &str) -> Option<&Sums> {
        self.sums.get(*self.index.get(code)?)
    }

    pub(super) fn money(&self, minor: i128) -> Money {
        Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), self.decision.currency())
    }

    pub(super) fn parent(&self, code: &str) -> Option<&'d str> {
        let parent = self.decision.territories.get(*self.index.get(code)?)?.parent.as_str();
        (!parent.is_empty()).then_some(parent)
    }

    /// People living in a place.
    pub(super) fn people(&self, code: &str) -> Option<&'d Rational> {
        self.decision.territories.get(*self.index.get(code)?)?.population.as_ref()
    }

    /// People of the whole round: of the places that lie in no other, when all of them say so.
    pub(super) fn all_people(&self) -> Option<Rational> {
        let mut top = self.decision.territories.iter().filter(|t| t.parent.is_empty()).peekable();
        top.peek()?;
        top.map(|t| t.population.clone()).sum()
    }

    pub(super) fn per_head(&self, code: &str) -> Option<Rational> {
        self.money(self.sums(code)?.awarded).to_rational().checked_div(self.people(code)?)
    }

    /// Part of the wanted visits that find no place, in percent.
    pub(super) fn unmet(&self, code: &str) -> Option<Rational> {
        let visits = self.decision.reach.as_ref()?.territories.get(*self.index.get(code)?)?;
        Some(percent(visits.unmet_share()?))
    }

    pub(super) fn change(sums: &Sums) -> Option<Rational> {
        if sums.compared == 0 || sums.before <= 0 {
            return None;
        }
        Some(percent(Rational::ratio(sums.now - sums.before, sums.before)?))
    }
}

pub(super) fn percent(part: Rational) -> Rational {
    &part * &Rational::from(100i64)
}
