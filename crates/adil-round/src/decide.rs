//! A checked round to a decision: gates, points, money. A pure function; the order of steps is the order of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use adil_domain::{Date, Money, Outcome, Place, Points, Problem, Problems};
use adil_policy::{Entity, EvalError, Expr, Missing, Scope, UnknownRule, Value};
use adil_score::{IndicatorValues, Raw, Score};
use rayon::prelude::*;

use crate::decision::{
    ApplicationDecision, ContributionResult, Decision, GateResult, Reason, SourceStatus, Status, Territory,
    Totals,
};
use crate::divide::{self, Candidate, Conflict, Division};
use crate::facts::{Demand, Facts, evaluate};
use crate::folder::{APPLICATIONS, FACILITIES, Files, HISTORY, OPERATORS, POLICY, TERRITORIES};
use crate::inputs::{self, Inputs, Reading};

/// Why a round could not be decided.
#[derive(Debug)]
pub enum DecideError {
    /// The input is wrong; all problems, with the text of the policy to show its lines.
    Input(Problems, String),
    /// The bounds contradict each other; each set is a contradiction by itself.
    Conflict(Vec<Conflict>),
}

/// Reads and decides a round given as files.
///
/// # Errors
/// Problems of the input, or bounds that contradict each other.
pub fn decide_files(files: &Files) -> Result<Decision, DecideError> {
    let Reading { inputs, problems, policy_text } = inputs::read(files, false);
    match inputs {
        Some(inputs) => decide(&inputs),
        None => Err(DecideError::Input(problems, policy_text)),
    }
}

/// Decides a checked round.
///
/// # Errors
/// As [`decide_files`].
pub fn decide(inputs: &Inputs) -> Result<Decision, DecideError> {
    let facts = Facts::join(inputs);
    let obstacles = obstacles(&facts);
    if obstacles.has_errors() {
        let mut problems = inputs.problems.clone();
        problems.extend(obstacles);
        problems.sort();
        return Err(DecideError::Input(problems, inputs.policy_text.clone()));
    }
    let mut notes = Notes::default();
    let mut standings = standings(&facts, &mut notes);
    let taking_part = |standings: &[Standing]| -> Vec<usize> {
        (0..standings.len()).filter(|i| standings[*i].status != Status::Ineligible).collect()
    };
    let demand = Demand::of(&facts, taking_part(&standings).into_iter());
    let scores = scores(&facts, &demand, &mut notes);
    hold_for_values(&facts, &mut standings, &scores);
    let candidates: Vec<Candidate> = standings
        .iter()
        .zip(&scores)
        .enumerate()
        .filter(|(_, (standing, _))| standing.status != Status::Ineligible)
        .map(|(subject, (standing, score))| Candidate {
            subject,
            points: score.points(),
            held: standing.status == Status::Held,
        })
        .collect();
    let division = divide::divide(&facts, &candidates, &mut notes).map_err(|error| match error {
        divide::DivideError::Conflict(sets) => DecideError::Conflict(sets),
        divide::DivideError::Problems(mut problems) => {
            problems.extend(inputs.problems.clone());
            problems.sort();
            DecideError::Input(problems, inputs.policy_text.clone())
        }
    })?;
    Ok(assemble(&facts, standings, scores, division, notes))
}

/// What only the joined tables show: a required source without an answer, one value asked of several rows.
fn obstacles(facts: &Facts<'_>) -> Problems {
    let policy = &facts.inputs.policy;
    let mut problems = Problems::new();
    for source in sources(facts).into_iter().filter(|s| s.required && matches!(s.status, "absent" | "stale"))
    {
        let place = policy.sources.iter().find(|s| s.name == source.name).map(|s| s.meta.place.clone());
        problems.push(
            Problem::error(
                "required-source",
                place.unwrap_or_else(|| Place::file(POLICY)),
                format!("The source `{}` is required, but it is {}.", source.name, source.status),
            )
            .hint("Bring its answers, or let the round run without it: required = false."),
        );
    }
    let several = facts.subjects.iter().filter(|s| s.history.len() > 1).count();
    let mut said: Vec<&str> = Vec::new();
    for expr in policy.expressions().filter(|_| several > 0) {
        for name in expr.single_names().into_iter().filter_map(|id| policy.name(id)) {
            if name.entity != Entity::History || said.contains(&name.column.as_str()) {
                continue;
            }
            said.push(&name.column);
            problems.push(
                Problem::error(
                    "several-rows",
                    expr.place().clone(),
                    format!("`{name}` stands for one row, but {several} applications have several rows in {HISTORY}."),
                )
                .hint(format!("Say which is meant: sum({name}), latest({name}), mean({name}), min({name}) or max({name}).")),
            );
        }
    }
    problems
}

/// Things seen on the way that a reader of the decision should know: warnings, each listed once with its count.
#[derive(Default)]
pub(crate) struct Notes {
    failures: BTreeMap<(String, String), (Place, usize)>,
    problems: Problems,
}

impl Notes {
    /// A sum that could not be done for one application.
    pub(crate) fn failure(&mut self, rule: &str, error: &EvalError, place: Place) {
        let entry = self.failures.entry((rule.to_owned(), error.to_string())).or_insert((place, 0));
        entry.1 += 1;
    }

    /// A warning of its own.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn into_problems(self) -> Problems {
        let mut problems = self.problems;
        for ((rule, message), (place, count)) in self.failures {
            let more =
                if count > 1 { format!(" So it is for {} more rows.", count - 1) } else { String::new() };
            problems.push(
                Problem::warning("not-computable", place, format!("`{rule}`: {message}{more}"))
                    .hint("The value is treated as missing."),
            );
        }
        problems
    }
}

/// What the gates say of one application.
struct Standing {
    status: Status,
    reasons: Vec<Reason>,
    gates: Vec<GateResult>,
}

fn standings(facts: &Facts<'_>, notes: &mut Notes) -> Vec<Standing> {
    let judged: Vec<(Standing, Vec<(usize, EvalError)>)> =
        (0..facts.subjects.len()).into_par_iter().map(|subject| standing(facts, subject)).collect();
    let mut standings = Vec::with_capacity(judged.len());
    for (subject, (standing, failures)) in judged.into_iter().enumerate() {
        for (gate, error) in failures {
            notes.failure(&facts.inputs.policy.gates[gate].id, &error, application_place(facts, subject));
        }
        if facts.subjects[subject].territory.is_none() && !facts.inputs.tree.is_empty() {
            notes.push(
                Problem::warning(
                    "missing-place",
                    application_place(facts, subject),
                    "The application belongs to no place, so no bound of a place holds for it.",
                )
                .hint("Fill in `territory`, here or in facilities.csv."),
            );
        }
        if standing.reasons.contains(&Reason::AmountUnknown) {
            let line = facts.inputs.applications().map_or(1, |t| t.line(facts.subjects[subject].row));
            notes.push(
                Problem::warning(
                    "missing-amount",
                    Place::cell(APPLICATIONS, line, "amount_sought"),
                    "The amount asked for is not stated, so the application is held.",
                )
                .hint("Ask the applicant. Nothing can be kept for it until it is known."),
            );
        }
        standings.push(standing);
    }
    standings
}

pub(crate) fn application_place(facts: &Facts<'_>, subject: usize) -> Place {
    let line = facts.inputs.applications().map_or(1, |t| t.line(facts.subjects[subject].row));
    Place::line(APPLICATIONS, line)
}

fn standing(facts: &Facts<'_>, subject: usize) -> (Standing, Vec<(usize, EvalError)>) {
    let row = facts.row(subject, None);
    let mut failures = Vec::new();
    let mut gates = Vec::new();
    let (mut refused, mut waiting) = (Vec::new(), Vec::new());
    for (index, gate) in facts.inputs.policy.gates.iter().enumerate() {
        let mut failed = Vec::new();
        let outcome = match evaluate(&gate.when, &row, &mut failed) {
            Value::Truth(true) => Outcome::Pass,
            Value::Truth(false) => Outcome::Fail,
            _ => Outcome::Unknown,
        };
        failures.extend(failed.into_iter().map(|e| (index, e)));
        match (outcome, gate.unknown) {
            (Outcome::Pass, _) | (Outcome::Unknown, UnknownRule::Pass) => {}
            (Outcome::Fail, _) => refused.push(Reason::GateFailed(gate.id.clone())),
            (Outcome::Unknown, UnknownRule::Fail) => refused.push(Reason::GateUnknown(gate.id.clone())),
            (Outcome::Unknown, UnknownRule::Hold) => waiting.push(Reason::GateUnknown(gate.id.clone())),
        }
        let answers = facts.answers_used(subject, &gate.when);
        let (source, as_of) = facts.origin_of(&gate.when, &answers);
        gates.push(GateResult { outcome, source, as_of, answers });
    }
    if facts.subjects[subject].sought.is_none() {
        waiting.push(Reason::AmountUnknown);
    }
    let (status, reasons) = if !refused.is_empty() {
        (Status::Ineligible, refused)
    } else if !waiting.is_empty() {
        (Status::Held, waiting)
    } else {
        (Status::NotFunded, Vec::new())
    };
    (Standing { status, reasons, gates }, failures)
}

fn scores(facts: &Facts<'_>, demand: &Demand, notes: &mut Notes) -> Vec<Score> {
    let policy = &facts.inputs.policy;
    let mut columns = Vec::new();
    for indicator in policy.criteria.iter().flat_map(|c| &c.indicators) {
        let groups = |within: Option<&Expr>, notes: &mut Notes| -> Vec<Arc<str>> {
            let Some(within) = within else { return vec![Arc::from(""); facts.subjects.len()] };
            evaluate_all(facts, demand, within, &indicator.id, notes).into_iter().map(group_of).collect()
        };
        columns.push(IndicatorValues {
            values: evaluate_all(facts, demand, &indicator.value, &indicator.id, notes)
                .iter()
                .map(raw)
                .collect(),
            scale_groups: groups(indicator.scale.within(), notes),
            median_groups: groups(indicator.missing.within(), notes),
        });
    }
    if columns.is_empty() {
        return vec![Score { contributions: Vec::new() }; facts.subjects.len()];
    }
    adil_score::score(&policy.criteria, policy.aggregation, &columns)
}

fn evaluate_all(
    facts: &Facts<'_>,
    demand: &Demand,
    expr: &Expr,
    rule: &str,
    notes: &mut Notes,
) -> Vec<Value> {
    let results: Vec<(Value, Vec<EvalError>)> = (0..facts.subjects.len())
        .into_par_iter()
        .map(|subject| {
            let mut failures = Vec::new();
            let value = evaluate(expr, &facts.row(subject, Some(demand)) as &dyn Scope, &mut failures);
            (value, failures)
        })
        .collect();
    let mut values = Vec::with_capacity(results.len());
    for (subject, (value, failures)) in results.into_iter().enumerate() {
        for error in failures {
            notes.failure(rule, &error, application_place(facts, subject));
        }
        values.push(value);
    }
    values
}

fn raw(value: &Value) -> Raw {
    match value {
        Value::Number(n) => Raw::number(n),
        Value::Text(word) => Raw::Word(word.clone()),
        Value::Truth(truth) => Raw::Word(Arc::from(if *truth { "true" } else { "false" })),
        Value::Date(day) => Raw::Word(Arc::from(day.to_string())),
        Value::Outcome(outcome) if *outcome != Outcome::Unknown => Raw::Word(Arc::from(outcome.as_str())),
        Value::Outcome(_) | Value::Missing => Raw::Missing,
    }
}

fn group_of(value: Value) -> Arc<str> {
    Arc::from(raw(&value).published())
}

/// A missing value whose rule is to wait makes the application wait.
fn hold_for_values(facts: &Facts<'_>, standings: &mut [Standing], scores: &[Score]) {
    let policy = &facts.inputs.policy;
    if !policy.criteria.iter().flat_map(|c| &c.indicators).any(|i| i.missing == Missing::Hold) {
        return;
    }
    let ids: Vec<String> = policy
        .criteria
        .iter()
        .flat_map(|c| c.indicators.iter().map(move |i| format!("{}.{}", c.id, i.id)))
        .collect();
    for (standing, score) in standings.iter_mut().zip(scores) {
        if standing.status == Status::Ineligible {
            continue;
        }
        for index in score.holding() {
            standing.status = Status::Held;
            standing.reasons.push(Reason::IndicatorMissing(ids[index].clone()));
        }
    }
}

fn assemble(
    facts: &Facts<'_>,
    standings: Vec<Standing>,
    scores: Vec<Score>,
    mut division: Division,
    notes: Notes,
) -> Decision {
    let inputs = facts.inputs;
    let currency = inputs.policy.round.currency;
    let origins: Vec<(String, Option<Date>)> = inputs
        .policy
        .criteria
        .iter()
        .flat_map(|c| &c.indicators)
        .map(|i| facts.origin_of(&i.value, &[]))
        .collect();
    let has_checks: Vec<&Expr> =
        inputs.policy.criteria.iter().flat_map(|c| &c.indicators).map(|i| &i.value).collect();
    let mut applications: Vec<ApplicationDecision> = Vec::with_capacity(standings.len());
    for (subject, (standing, score)) in standings.into_iter().zip(scores).enumerate() {
        let points = score.points();
        let contributions = score
            .contributions
            .into_iter()
            .enumerate()
            .map(|(index, c)| {
                let answers = facts.answers_used(subject, has_checks[index]);
                let (source, as_of) = if answers.is_empty() {
                    origins[index].clone()
                } else {
                    facts.origin_of(has_checks[index], &answers)
                };
                ContributionResult {
                    value: c.value.published(),
                    scaled: c.scaled,
                    points: c.points,
                    imputed: c.imputed,
                    source,
                    as_of,
                }
            })
            .collect();
        let pots = std::mem::take(&mut division.awards[subject]);
        let outcome = division.outcomes[subject].take();
        let (status, mut reasons) = match (&outcome, standing.status) {
            // Only an admitted application is moved by the division.
            (Some(outcome), Status::NotFunded) => (outcome.status, outcome.reasons.clone()),
            (Some(outcome), Status::Held) => {
                let mut reasons = standing.reasons;
                reasons.extend(
                    outcome.reasons.iter().filter(|r| matches!(r, Reason::QuantityUnknown { .. })).cloned(),
                );
                (Status::Held, reasons)
            }
            (_, status) => (status, standing.reasons),
        };
        if reasons.is_empty() {
            reasons.push(Reason::NoPot);
        }
        let total = pots.iter().map(|p| p.amount.minor()).sum::<i64>();
        let total = Money::from_minor(total, currency);
        let held = status == Status::Held;
        applications.push(ApplicationDecision {
            status,
            reasons,
            gates: standing.gates,
            contributions,
            points,
            rank: None,
            amount: if held { Money::zero(currency) } else { total },
            amount_if_cleared: (held && !pots.is_empty()).then_some(total),
            pots,
            ..names(facts, subject)
        });
    }
    rank(&mut applications);
    let mut problems = inputs.problems.clone();
    problems.extend(notes.into_problems());
    problems.sort();
    Decision {
        policy: inputs.policy.clone(),
        policy_digest: inputs.digests.get(POLICY).cloned().unwrap_or_default(),
        inputs: inputs.digests.clone(),
        totals: totals(inputs, &applications, &division),
        applications,
        pots: division.pots,
        territories: territories(facts),
        sources: sources(facts),
        provenance: inputs
            .policy
            .names()
            .iter()
            .filter_map(|n| Some((n.to_string(), inputs.schema.provenance(n.entity, &n.column)?.clone())))
            .collect(),
        schema: inputs.schema.clone(),
        problems,
        simulated: inputs.package.as_ref().is_some_and(crate::package::DataPackage::simulated),
        rows_read: inputs.tables.iter().map(|(file, table)| ((*file).to_owned(), table.len())).collect(),
    }
}

/// Identifiers and names; everything decided is filled in by the caller.
fn names(facts: &Facts<'_>, subject: usize) -> ApplicationDecision {
    let inputs = facts.inputs;
    let currency = inputs.policy.round.currency;
    let s = &facts.subjects[subject];
    let cell = |file: &str, row: Option<usize>, name: &str| -> String {
        let value = inputs.table(file).and_then(|t| Some(t.cell(row?, t.column(name)?)));
        value.unwrap_or("").to_owned()
    };
    let facility = cell(FACILITIES, s.facility, "name");
    let operator_name = cell(OPERATORS, s.operator, "name");
    let own = cell(APPLICATIONS, Some(s.row), "name");
    let name = [facility, own, operator_name.clone()].into_iter().find(|n| !n.is_empty()).unwrap_or_default();
    ApplicationDecision {
        id: s.id.to_owned(),
        facility_id: s.facility_id.to_owned(),
        operator_id: s.operator_id.to_owned(),
        territory: s.territory_code.to_owned(),
        name,
        operator_name,
        purpose: cell(APPLICATIONS, Some(s.row), "purpose"),
        line: inputs.applications().map_or(1, |t| t.line(s.row)),
        sought: s.sought,
        status: Status::NotFunded,
        reasons: Vec::new(),
        gates: Vec::new(),
        contributions: Vec::new(),
        points: Points::ZERO,
        rank: None,
        pots: Vec::new(),
        amount: Money::zero(currency),
        amount_if_cleared: None,
    }
}

/// Places by points among all that were not refused; equal points share the better place.
fn rank(applications: &mut [ApplicationDecision]) {
    let mut order: Vec<usize> =
        (0..applications.len()).filter(|i| applications[*i].status != Status::Ineligible).collect();
    order.sort_by_key(|i| std::cmp::Reverse(applications[*i].points));
    let mut previous: Option<(Points, usize)> = None;
    for (position, index) in order.into_iter().enumerate() {
        let points = applications[index].points;
        let place = match previous {
            Some((same, place)) if same == points => place,
            _ => position + 1,
        };
        applications[index].rank = Some(place);
        previous = Some((points, place));
    }
}

fn totals(inputs: &Inputs, applications: &[ApplicationDecision], division: &Division) -> Totals {
    let currency = inputs.policy.round.currency;
    let budget = inputs.policy.round.budget;
    let sum = |minor: i128| Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), currency);
    let awarded: i128 = applications.iter().map(|a| i128::from(a.amount.minor())).sum();
    let held: i128 =
        applications.iter().filter_map(|a| a.amount_if_cleared).map(|m| i128::from(m.minor())).sum();
    let appeals = division.appeals;
    let reserved = held + i128::from(appeals.minor());
    Totals {
        budget,
        awarded: sum(awarded),
        reserved: sum(reserved),
        reserved_for_appeals: appeals,
        unspent: sum(i128::from(budget.minor()) - awarded - reserved),
        sought: sum(applications.iter().filter_map(|a| a.sought).map(|m| i128::from(m.minor())).sum()),
    }
}

fn territories(facts: &Facts<'_>) -> Vec<Territory> {
    let tree = &facts.inputs.tree;
    let table = facts.inputs.table(TERRITORIES);
    (0..tree.len())
        .map(|node| {
            let mut name = adil_domain::LocalizedText::default();
            for language in facts.inputs.country.languages() {
                let column = format!("name_{language}");
                let text = table.and_then(|t| Some(t.cell(facts.territory_row(node)?, t.column(&column)?)));
                if let Some(text) = text.filter(|t| !t.is_empty()) {
                    name.insert(*language, text);
                }
            }
            if name.is_empty() {
                name.insert(
                    facts.inputs.country.languages().first().copied().unwrap_or(adil_domain::Language::EN),
                    tree.code(node),
                );
            }
            Territory {
                code: tree.code(node).to_owned(),
                parent: tree.parent(node).map(|p| tree.code(p).to_owned()).unwrap_or_default(),
                level: tree.level(node).to_owned(),
                name,
                population: facts.population(node),
            }
        })
        .collect()
}

fn sources(facts: &Facts<'_>) -> Vec<SourceStatus> {
    let policy = &facts.inputs.policy;
    let today = policy.round.as_of;
    let mut seen: BTreeMap<&str, (Option<Date>, usize)> = BTreeMap::new();
    for (answer, fresh) in facts.all_answers() {
        let entry = seen.entry(answer.source.as_str()).or_default();
        if answer.as_of <= today {
            entry.0 = entry.0.max(Some(answer.as_of));
        }
        entry.1 += usize::from(fresh);
    }
    let declared: Vec<&str> = policy.sources.iter().map(|s| s.name.as_str()).collect();
    let undeclared: BTreeSet<&str> = seen.keys().copied().filter(|s| !declared.contains(s)).collect();
    declared
        .into_iter()
        .chain(undeclared)
        .map(|name| {
            let rule = policy.sources.iter().find(|s| s.name == name);
            let of_columns = facts.inputs.schema.days_of_source(name);
            let (as_of, used) = match seen.get(name) {
                Some(of_answers) => *of_answers,
                None => (of_columns.iter().copied().max().flatten(), of_columns.len()),
            };
            SourceStatus {
                name: name.to_owned(),
                status: match (as_of, used) {
                    (None, 0) => "absent",
                    (None, _) => "undated",
                    (Some(_), 0) => "stale",
                    _ => "live",
                },
                as_of,
                required: rule.is_some_and(|s| s.required),
                used,
            }
        })
        .collect()
}
