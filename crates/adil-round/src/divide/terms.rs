//! A pot before it is divided: who takes part, on which terms, and the bounds of its places.

use std::collections::BTreeMap;

use adil_allocate::Bounds;
use adil_domain::{BigInt, Problem, Problems, Rational};
use adil_policy::{EvalError, Expr, Pot, Value};
use rayon::prelude::*;

use super::{Candidate, Steps, WEIGHT_DECIMALS};
use crate::decision::Reason;
use crate::facts::{Demand, Facts, Row, evaluate};
use crate::folder::POLICY;
use crate::notes::{Notes, application_place};

/// One pot while it is divided.
pub(super) struct PotRoom<'r, 'a> {
    pub(super) facts: &'r Facts<'a>,
    pub(super) pot: &'r Pot,
    pub(super) index: usize,
    pub(super) money: u64,
    pub(super) steps: Steps,
}

/// What the pot's quantities are for one participant, in payable steps.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) weight: u128,
    pub(super) floor: u64,
    pub(super) ceiling: Option<u64>,
    pub(super) minimum: u64,
}

/// A quantity that could not be had.
pub(super) enum NoTerms {
    Unknown(&'static str),
    Wrong(&'static str, String),
}

/// A pot before it is divided.
pub(super) struct Prepared<'c> {
    pub(super) money: Rational,
    pub(super) demand: Demand,
    pub(super) taking_part: Vec<(&'c Candidate, Terms)>,
    pub(super) bounds: BTreeMap<usize, Bounds>,
    /// Subjects that lack a quantity, and which.
    pub(super) waiting: Vec<(usize, Reason)>,
}

impl PotRoom<'_, '_> {
    /// Who takes part and on which terms.
    pub(super) fn prepare<'c>(
        &self,
        candidates: &'c [Candidate],
        notes: &mut Notes,
        problems: &mut Problems,
    ) -> Prepared<'c> {
        let money = self.steps.money(self.money).to_rational();
        let members = self.members(candidates, &money, notes);
        let demand = Demand::of(self.facts, members.iter().map(|c| c.subject));
        let terms: Vec<(Result<Terms, NoTerms>, Vec<EvalError>)> =
            members.par_iter().map(|c| self.terms(c, &money, &demand)).collect();
        let mut taking_part: Vec<(&Candidate, Terms)> = Vec::new();
        let mut waiting = Vec::new();
        for (candidate, (terms, failures)) in members.into_iter().zip(terms) {
            let place = application_place(self.facts, candidate.subject);
            for error in failures {
                notes.failure(&self.pot.id, &error, place.clone());
            }
            match terms {
                Ok(terms) => taking_part.push((candidate, terms)),
                Err(NoTerms::Unknown(quantity)) => {
                    let pot = self.pot.id.clone();
                    waiting.push((candidate.subject, Reason::QuantityUnknown { pot, quantity }));
                }
                Err(NoTerms::Wrong(quantity, message)) => problems.push(
                    Problem::error(
                        "bad-quantity",
                        place,
                        format!("The {quantity} of pot `{}`: {message}", self.pot.id),
                    )
                    .hint("Correct the row, or keep the quantity within its range in the policy."),
                ),
            }
        }
        let bounds = self.node_bounds(&money, &demand, problems);
        Prepared { money, demand, taking_part, bounds, waiting }
    }

    /// Who takes part: everyone, or those for whom the pot's condition holds. Where it can't be told, the application
    /// takes no part, and the reader is told.
    fn members<'c>(
        &self,
        candidates: &'c [Candidate],
        pot: &Rational,
        notes: &mut Notes,
    ) -> Vec<&'c Candidate> {
        // An application without an amount has nothing to be divided to, nor to be kept for it.
        let known = candidates.iter().filter(|c| !self.facts.lacks_amount(c.subject));
        let Some(when) = &self.pot.when else { return known.collect() };
        let everyone = Demand::of(self.facts, candidates.iter().map(|c| c.subject));
        known
            .filter(|c| {
                let mut failures = Vec::new();
                let row = self.facts.pot_row(c.subject, c.points, pot, &everyone);
                let value = evaluate(when, &row, &mut failures);
                for error in failures {
                    notes.failure(&self.pot.id, &error, application_place(self.facts, c.subject));
                }
                if value.is_missing() {
                    notes.push(Problem::warning(
                        "pot-unknown",
                        application_place(self.facts, c.subject),
                        format!("It can't be told whether the application belongs to pot `{}`; it takes no part in it.", self.pot.id),
                    ));
                }
                value == Value::Truth(true)
            })
            .collect()
    }

    fn terms(
        &self,
        c: &Candidate,
        pot: &Rational,
        demand: &Demand,
    ) -> (Result<Terms, NoTerms>, Vec<EvalError>) {
        let mut failures = Vec::new();
        let row = self.facts.pot_row(c.subject, c.points, pot, demand);
        let terms = self.terms_of(&row, &mut failures);
        (terms, failures)
    }

    fn terms_of(&self, row: &Row<'_, '_>, failures: &mut Vec<EvalError>) -> Result<Terms, NoTerms> {
        let weight = quantity("weight", &self.pot.weight, row, failures)?;
        let optional = |name, expr: &Option<Expr>, failures: &mut Vec<EvalError>| match expr {
            Some(expr) => quantity(name, expr, row, failures).map(Some),
            None => Ok(None),
        };
        let floor = optional("floor", &self.pot.floor, failures)?;
        let ceiling = optional("ceiling", &self.pot.ceiling, failures)?;
        // A minimum that is not stated is no minimum: most tables leave the cell empty.
        let minimum = match optional("minimum", &self.pot.minimum, failures) {
            Err(NoTerms::Unknown(_)) => None,
            other => other?,
        };
        Ok(Terms {
            weight: whole(weight.to_scaled_half_even(WEIGHT_DECIMALS), "weight")?,
            floor: self.up(floor.as_ref(), "floor")?.unwrap_or(0),
            ceiling: self.down(ceiling.as_ref(), "ceiling")?,
            minimum: self.up(minimum.as_ref(), "minimum")?.unwrap_or(0),
        })
    }

    fn up(&self, amount: Option<&Rational>, name: &'static str) -> Result<Option<u64>, NoTerms> {
        amount.map(|a| whole(self.steps.exact(a).ceil(), name)).transpose()
    }

    fn down(&self, amount: Option<&Rational>, name: &'static str) -> Result<Option<u64>, NoTerms> {
        amount.map(|a| whole(self.steps.exact(a).floor(), name)).transpose()
    }

    /// Bounds by node of the territory tree, in payable steps rounded inward.
    fn node_bounds(
        &self,
        pot: &Rational,
        demand: &Demand,
        problems: &mut Problems,
    ) -> BTreeMap<usize, Bounds> {
        let tree = &self.facts.inputs.tree;
        let mut bounds = BTreeMap::new();
        for rule in &self.pot.bounds {
            for node in (0..tree.len()).filter(|n| tree.level(*n) == rule.level) {
                let row = self.facts.place_row(node, pot, demand);
                let mut one = |name, expr: &Option<Expr>| -> Option<Rational> {
                    let mut failures = Vec::new();
                    match quantity(name, expr.as_ref()?, &row, &mut failures) {
                        Ok(value) => Some(value),
                        Err(failure) => {
                            problems.push(self.bound_problem(rule, node, name, failure, &failures));
                            None
                        }
                    }
                };
                let (floor, ceiling) = (one("floor", &rule.floor), one("ceiling", &rule.ceiling));
                let entry: &mut Bounds = bounds.entry(node).or_insert(Bounds { floor: 0, ceiling: None });
                if let Ok(Some(floor)) = self.up(floor.as_ref(), "floor") {
                    entry.floor = entry.floor.max(floor);
                }
                if let Ok(Some(ceiling)) = self.down(ceiling.as_ref(), "ceiling") {
                    entry.ceiling = Some(entry.ceiling.map_or(ceiling, |c| c.min(ceiling)));
                }
            }
        }
        bounds
    }

    fn bound_problem(
        &self,
        rule: &adil_policy::TerritoryBound,
        node: usize,
        name: &str,
        failure: NoTerms,
        failures: &[EvalError],
    ) -> Problem {
        let tree = &self.facts.inputs.tree;
        let why = match (failure, failures.first()) {
            (_, Some(error)) => error.to_string(),
            (NoTerms::Unknown(_), None) => "a value that it needs is missing.".to_owned(),
            (NoTerms::Wrong(_, message), None) => message,
        };
        let mut place = rule.meta.place.clone();
        if place.file.is_empty() {
            POLICY.clone_into(&mut place.file);
        }
        Problem::error(
            "bad-bound",
            place,
            format!(
                "The {name} of {} `{}` in pot `{}` can't be computed: {why}",
                rule.level,
                tree.code(node),
                self.pot.id
            ),
        )
        .hint("Fill in what is missing in territories.csv.")
    }
}

pub(super) fn quantity(
    name: &'static str,
    expr: &Expr,
    row: &Row<'_, '_>,
    failures: &mut Vec<EvalError>,
) -> Result<Rational, NoTerms> {
    match evaluate(expr, row, failures) {
        Value::Number(n) if n.is_negative() => {
            Err(NoTerms::Wrong(name, format!("`{}` gives {n}, below zero.", expr.source())))
        }
        Value::Number(n) => Ok(n),
        _ => Err(NoTerms::Unknown(name)),
    }
}

pub(super) fn whole<T: TryFrom<BigInt>>(value: BigInt, name: &'static str) -> Result<T, NoTerms> {
    let text = value.to_string();
    T::try_from(value)
        .map_err(|_| NoTerms::Wrong(name, format!("{text} payable steps or millionths are too many.")))
}
