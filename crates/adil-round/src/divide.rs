//! Points to money: each pot becomes an instance of the fair share, and its solution amounts of the decision.

use std::collections::BTreeMap;

use adil_allocate::{
    Bounds, ConflictSet, Instance, Leaf, LeafBinding, LeafIndex, NodeBinding, NodeIndex, Solution,
};
use adil_domain::{BigInt, Currency, Money, Points, Problem, Problems, Rational};
use adil_policy::{Entity, EvalError, Expr, Pot, Value};
use num_traits::ToPrimitive;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::decide::{Notes, application_place};
use crate::decision::{Binding, NodeDecision, PotAward, PotDecision, Reason, Status};
use crate::facts::{Demand, Facts, Row, evaluate};
use crate::folder::POLICY;

/// Decimals of a published weight. Weights are fixed to them before they count: what is published is what was used.
pub(crate) const WEIGHT_DECIMALS: u32 = 6;

/// An application that takes part.
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

/// Divides every pot.
pub(crate) fn divide(
    facts: &Facts<'_>,
    candidates: &[Candidate],
    notes: &mut Notes,
) -> Result<Division, DivideError> {
    let policy = &facts.inputs.policy;
    let steps = Steps { unit: policy.round.unit.minor().max(1), currency: policy.round.currency };
    let budget = u64::try_from(policy.round.budget.minor() / steps.unit).unwrap_or(0);
    let appeals = (&Rational::from(budget) * &policy.reserve.appeals).floor().to_u64().unwrap_or(0);
    let shares: Vec<Rational> = policy.pots.iter().map(|p| p.share.clone()).collect();
    let mut division = Division {
        pots: Vec::new(),
        awards: vec![Vec::new(); facts.subjects.len()],
        outcomes: vec![None; facts.subjects.len()],
        appeals: steps.money(appeals),
    };
    for candidate in candidates {
        division.outcomes[candidate.subject] =
            Some(Outcome { status: Status::NotFunded, reasons: Vec::new() });
    }
    let rooms = split(budget - appeals.min(budget), &shares).into_iter().enumerate();
    let rooms: Vec<PotRoom<'_, '_>> = rooms
        .map(|(index, money)| PotRoom { facts, pot: &policy.pots[index], index, money, steps })
        .collect();
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
fn split(total: u64, shares: &[Rational]) -> Vec<u64> {
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

/// One pot while it is divided.
struct PotRoom<'r, 'a> {
    facts: &'r Facts<'a>,
    pot: &'r Pot,
    index: usize,
    money: u64,
    steps: Steps,
}

/// What the pot's quantities are for one participant, in payable steps.
struct Terms {
    weight: u128,
    floor: u64,
    ceiling: Option<u64>,
    minimum: u64,
}

/// A quantity that could not be had.
enum NoTerms {
    Unknown(&'static str),
    Wrong(&'static str, String),
}

/// A pot before it is divided.
struct Prepared<'c> {
    money: Rational,
    demand: Demand,
    taking_part: Vec<(&'c Candidate, Terms)>,
    bounds: BTreeMap<usize, Bounds>,
    /// Subjects that lack a quantity, and which.
    waiting: Vec<(usize, Reason)>,
}

impl PotRoom<'_, '_> {
    /// Who takes part and on which terms.
    fn prepare<'c>(
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

    fn divide(
        &self,
        prepared: &Prepared<'_>,
        held: &[bool],
        division: &mut Division,
    ) -> Result<(), DivideError> {
        let taking_part = &prepared.taking_part;
        let built = self.build(taking_part, &prepared.bounds);
        let keys: Vec<[u8; 32]> = self.tie_keys(taking_part);
        let solution = match built.instance.solve(&|leaf: LeafIndex| keys[leaf.index()]) {
            Ok(solution) => solution,
            Err(adil_allocate::SolveError::Conflict(sets)) => {
                return Err(DivideError::Conflict(
                    sets.iter().map(|set| self.conflict(set, &built, taking_part)).collect(),
                ));
            }
            Err(other) => {
                let mut problems = Problems::new();
                problems.push(Problem::error("not-solvable", self.pot.meta.place.clone(), other.to_string()));
                return Err(DivideError::Problems(problems));
            }
        };
        self.collect(prepared, held, &built, &solution, division);
        Ok(())
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
        let known = candidates.iter().filter(|c| self.facts.subjects[c.subject].sought.is_some());
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

    /// The instance: the pot as root, a node for each place, a leaf for each participant.
    fn build(&self, taking_part: &[(&Candidate, Terms)], bounds: &BTreeMap<usize, Bounds>) -> Built {
        let tree = &self.facts.inputs.tree;
        let mut instance = Instance::new(self.money);
        let mut nodes = vec![NodeIndex::ROOT];
        let mut territory_of = vec![None];
        let mut node_of = vec![0usize; tree.len()];
        for territory in 0..tree.len() {
            let parent = tree.parent(territory).map_or(0, |p| node_of[p]);
            let none = Bounds { floor: 0, ceiling: None };
            let node = instance.add_node(nodes[parent], bounds.get(&territory).copied().unwrap_or(none));
            node_of[territory] = nodes.len();
            nodes.push(node);
            territory_of.push(Some(territory));
        }
        for (candidate, terms) in taking_part {
            let territory = self.facts.subjects[candidate.subject].territory;
            instance.add_leaf(Leaf {
                node: nodes[territory.map_or(0, |t| node_of[t])],
                weight: terms.weight,
                bounds: Bounds { floor: terms.floor, ceiling: terms.ceiling },
                minimum: terms.minimum,
                merit: candidate.points.micro(),
            });
        }
        Built { instance, nodes, territory_of, node_of }
    }

    /// Ties are settled by a hash nobody can choose: of the policy's digest, its seed and, when given, a public random
    /// value named beforehand.
    fn tie_keys(&self, taking_part: &[(&Candidate, Terms)]) -> Vec<[u8; 32]> {
        let round = &self.facts.inputs.policy.round;
        let digest = self.facts.inputs.digests.get(POLICY).cloned().unwrap_or_default();
        let mut seed = Sha256::new();
        for part in [
            &digest,
            round.seed.as_deref().unwrap_or(""),
            round.random.as_deref().unwrap_or(""),
            &self.pot.id,
        ] {
            seed.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            seed.update(part.as_bytes());
        }
        let seed = seed.finalize();
        let key =
            |(c, _): &(&Candidate, Terms)| adil_allocate::tie_key(&seed, self.facts.subjects[c.subject].id);
        taking_part.par_iter().map(key).collect()
    }

    fn conflict(&self, set: &ConflictSet, built: &Built, taking_part: &[(&Candidate, Terms)]) -> Conflict {
        let tree = &self.facts.inputs.tree;
        let bound = |b: &adil_allocate::ConflictBound| {
            let (subject, level) = match b.subject {
                adil_allocate::ConflictSubject::Leaf(leaf) => (
                    self.facts.subjects[taking_part[leaf.index()].0.subject].id.to_owned(),
                    "application".to_owned(),
                ),
                adil_allocate::ConflictSubject::Node(node) => match built.territory_of[node.index()] {
                    Some(t) => (tree.code(t).to_owned(), tree.level(t).to_owned()),
                    None => (String::new(), "pot".to_owned()),
                },
            };
            ConflictBound { subject, level, kind: b.kind.as_str(), amount: self.steps.money(b.amount) }
        };
        Conflict {
            pot: self.pot.id.clone(),
            demanded: self.steps.money(set.demanded),
            available: self.steps.money(set.available),
            bounds: set.bounds.iter().map(bound).collect(),
        }
    }

    fn collect(
        &self,
        prepared: &Prepared<'_>,
        held: &[bool],
        built: &Built,
        solution: &Solution,
        division: &mut Division,
    ) {
        let Prepared { taking_part, demand, money: pot_money, .. } = prepared;
        let currency = self.steps.currency;
        let weight_unit = Rational::from_scaled(BigInt::from(10u8).pow(WEIGHT_DECIMALS), 0);
        let mut nodes: Vec<NodeDecision> = built
            .nodes
            .iter()
            .enumerate()
            .map(|(index, node)| {
                let territory = built.territory_of[index];
                let solved = &solution.nodes()[node.index()];
                let bounds = built.instance.bounds(*node);
                let per_numerator = &solved.price;
                NodeDecision {
                    territory,
                    parent: territory
                        .map(|t| self.facts.inputs.tree.parent(t).map_or(0, |p| built.node_of[p])),
                    sought: Money::from_minor(
                        territory.map_or_else(|| demand.total_minor(), |t| demand.minor(t)),
                        currency,
                    ),
                    floor: self.steps.money(bounds.floor),
                    ceiling: if index == 0 {
                        Some(self.steps.money(self.money))
                    } else {
                        bounds.ceiling.map(|c| self.steps.money(c))
                    },
                    amount: Money::zero(currency),
                    reserved: Money::zero(currency),
                    price: self.steps.major(&(per_numerator * &weight_unit)),
                    price_exact: per_numerator * &weight_unit,
                    total_exact: solved.exact_total.clone(),
                    binding: match solved.binding {
                        NodeBinding::Free => Binding::Free,
                        NodeBinding::AtFloor => Binding::Floor,
                        NodeBinding::AtCeiling => Binding::Ceiling,
                    },
                }
            })
            .collect();
        let mut divided = 0u64;
        for (leaf, (candidate, terms)) in taking_part.iter().enumerate() {
            let solved = solution.leaf(LeafIndex::new(leaf));
            let territory = self.facts.subjects[candidate.subject].territory;
            let node = territory.map_or(0, |t| built.node_of[t]);
            let amount = self.steps.money(solved.amount);
            divided += solved.amount;
            for at in std::iter::successors(Some(node), |n| nodes[*n].parent).collect::<Vec<_>>() {
                let sum =
                    if held[candidate.subject] { &mut nodes[at].reserved } else { &mut nodes[at].amount };
                *sum = sum.checked_add(amount).unwrap_or(*sum);
            }
            let weight = Rational::from_scaled(terms.weight, WEIGHT_DECIMALS);
            let price = nodes[node].price.clone();
            let award = PotAward {
                pot: self.index,
                floor: self.steps.money(terms.floor),
                ceiling: terms.ceiling.map(|c| self.steps.money(c)),
                minimum: (terms.minimum > 0).then(|| self.steps.money(terms.minimum)),
                amount,
                exact: self.steps.major(&exact_share(terms, &nodes[node].price_exact, solved.binding)),
                binding: match solved.binding {
                    // The bound changed nothing, but one point more would find it in the way.
                    LeafBinding::Free if reaches_ceiling(terms, &nodes[node].price_exact) => Binding::Ceiling,
                    LeafBinding::Free => Binding::Free,
                    LeafBinding::AtFloor => Binding::Floor,
                    LeafBinding::AtCeiling => Binding::Ceiling,
                    LeafBinding::ZeroWeight => Binding::ZeroWeight,
                    LeafBinding::Dropped => Binding::Dropped,
                },
                before_drop: None,
                next_point: self.next_point(candidate, &weight, &price, terms, pot_money, demand),
                weight,
                node,
            };
            division.awards[candidate.subject].push(award);
        }
        let mut drops = Vec::new();
        for drop in solution.drops() {
            let subject = taking_part[drop.leaf.index()].0.subject;
            drops.push(subject);
            let own = division.awards[subject].iter_mut().find(|a| a.pot == self.index);
            if let Some(award) = own {
                award.before_drop = Some(self.steps.cut(&drop.share));
            }
        }
        division.pots.push(PotDecision {
            id: self.pot.id.clone(),
            money: self.steps.money(self.money),
            divided: self.steps.money(divided),
            nodes,
            drops,
        });
    }

    /// What one more point would add at this price, under the ceiling; `None` where the weight does not name the score.
    fn next_point(
        &self,
        candidate: &Candidate,
        weight: &Rational,
        price: &Rational,
        terms: &Terms,
        pot_money: &Rational,
        demand: &Demand,
    ) -> Option<Rational> {
        let policy = &self.facts.inputs.policy;
        let names_score =
            |id: &adil_policy::NameId| policy.name(*id).is_some_and(|n| n.entity == Entity::Score);
        if !self.pot.weight.names().iter().any(names_score) {
            return None;
        }
        let one_more = candidate.points + Points::from_micro(1_000_000);
        let row = self.facts.pot_row(candidate.subject, one_more, pot_money, demand);
        let more = quantity("weight", &self.pot.weight, &row, &mut Vec::new()).ok()?;
        let bounded = |share: Rational| {
            let floor = self.steps.money(terms.floor).to_rational();
            let share = share.max(floor);
            match terms.ceiling {
                Some(ceiling) => share.min(self.steps.money(ceiling).to_rational()),
                None => share,
            }
        };
        Some(&bounded(&more * price) - &bounded(weight * price))
    }
}

/// The instance and the way back from its nodes.
struct Built {
    instance: Instance,
    /// Pot first, then places parents first.
    nodes: Vec<NodeIndex>,
    territory_of: Vec<Option<usize>>,
    node_of: Vec<usize>,
}

/// Whether a leaf's share is all that its ceiling allows.
fn reaches_ceiling(terms: &Terms, price: &Rational) -> bool {
    let share = &Rational::from_scaled(terms.weight, WEIGHT_DECIMALS) * price;
    terms.ceiling.is_some_and(|ceiling| share >= Rational::from(ceiling))
}

/// The exact optimum of one leaf in payable steps, from the price of its node.
fn exact_share(terms: &Terms, price: &Rational, binding: LeafBinding) -> Rational {
    if binding == LeafBinding::Dropped {
        return Rational::zero();
    }
    let share = &Rational::from_scaled(terms.weight, WEIGHT_DECIMALS) * price;
    let raised = share.max(Rational::from(terms.floor));
    match terms.ceiling {
        Some(ceiling) => raised.min(Rational::from(ceiling)),
        None => raised,
    }
}

fn quantity(
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

fn whole<T: TryFrom<BigInt>>(value: BigInt, name: &'static str) -> Result<T, NoTerms> {
    let text = value.to_string();
    T::try_from(value)
        .map_err(|_| NoTerms::Wrong(name, format!("{text} payable steps or millionths are too many.")))
}
