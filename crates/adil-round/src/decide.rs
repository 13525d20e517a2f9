//! A checked round to a decision: gates, points, money. A pure function; the order of steps is the order of the file.

use std::sync::Arc;

use adil_domain::{Outcome, Place, Problem, Problems, Severity};
use adil_policy::{Entity, EvalError, Expr, Missing, Scope, UnknownRule, Value};
use adil_score::{IndicatorValues, Raw, Score};
use rayon::prelude::*;

use crate::assemble::{assemble, sources};
use crate::decision::{Decision, GateResult, Reason, Status};
use crate::divide::{self, Candidate, Conflict};
use crate::facts::{Demand, Facts, evaluate};
use crate::folder::{APPLICATIONS, Files, HISTORY, POLICY};
use crate::independence;
use crate::inputs::{self, Inputs, Reading};
use crate::models::Forecasts;
use crate::notes::{Notes, application_place};
use crate::uncertainty;

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
    let judged = judge(&facts)?;
    let candidates = judged.candidates.clone();
    let mut decision = conclude(&facts, judged)?;
    decision.uncertainty = inputs
        .policy
        .uncertainty
        .as_ref()
        .map(|rule| uncertainty::measure(&facts, rule, &candidates, &decision));
    // What is joined would stand in memory beside what is joined again.
    drop(facts);
    let rule = inputs.policy.independence.as_ref();
    decision.independence = rule.map(|rule| independence::measure(inputs, &decision, &rule.tolerance));
    Ok(decision)
}

/// Gates and points of every application: all that comes before the money.
#[derive(Clone)]
pub(crate) struct Judged {
    pub(crate) standings: Vec<Standing>,
    pub(crate) scores: Vec<Score>,
    pub(crate) candidates: Vec<Candidate>,
    notes: Notes,
}

/// Gates, then points.
pub(crate) fn judge(facts: &Facts<'_>) -> Result<Judged, DecideError> {
    let obstacles = obstacles(facts);
    if obstacles.has_errors() {
        return Err(input_error(facts.inputs, obstacles));
    }
    let mut notes = Notes::default();
    let mut standings = standings(facts, &mut notes);
    let taking_part = (0..standings.len()).filter(|i| standings[*i].status != Status::Ineligible);
    let demand = Demand::of(facts, taking_part);
    let scores = scores(facts, &demand, &mut notes);
    hold_for_values(facts, &mut standings, &scores);
    let candidates = standings
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
    Ok(Judged { standings, scores, candidates, notes })
}

/// The money, and the decision as a whole.
pub(crate) fn conclude(facts: &Facts<'_>, judged: Judged) -> Result<Decision, DecideError> {
    let Judged { standings, scores, candidates, mut notes } = judged;
    let division =
        divide::divide(facts, &candidates, &mut notes).map_err(|error| no_division(facts.inputs, error))?;
    Ok(assemble(facts, standings, scores, division, notes))
}

/// Why the money could not be divided, as the reason there is no decision.
pub(crate) fn no_division(inputs: &Inputs, error: divide::DivideError) -> DecideError {
    match error {
        divide::DivideError::Conflict(sets) => DecideError::Conflict(sets),
        divide::DivideError::Problems(problems) => input_error(inputs, problems),
    }
}

fn input_error(inputs: &Inputs, found: Problems) -> DecideError {
    let mut problems = inputs.problems.clone();
    problems.extend(found);
    problems.sort();
    DecideError::Input(problems, inputs.policy_text.clone())
}

/// What only the joined tables show: a required source without an answer, one value asked of several rows.
fn obstacles(facts: &Facts<'_>) -> Problems {
    let policy = &facts.inputs.policy;
    let mut problems = Problems::new();
    for source in sources(facts)
        .into_iter()
        .filter(|s| s.required && matches!(s.status, "absent" | "stale" | "withdrawn"))
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
    problems.extend(facts.reach_problems.iter().filter(|p| p.severity == Severity::Error).cloned());
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

/// What the gates say of one application.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) status: Status,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) gates: Vec<GateResult>,
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
        let stood_in = gate.stands_in.as_ref().filter(|condition| {
            outcome == Outcome::Unknown && evaluate(condition, &row, &mut failed) == Value::Truth(true)
        });
        let outcome = if stood_in.is_some() { Outcome::Pass } else { outcome };
        failures.extend(failed.into_iter().map(|e| (index, e)));
        match (outcome, gate.unknown) {
            (Outcome::Pass, _) | (Outcome::Unknown, UnknownRule::Pass) => {}
            (Outcome::Fail, _) => refused.push(Reason::GateFailed(gate.id.clone())),
            (Outcome::Unknown, UnknownRule::Fail) => refused.push(Reason::GateUnknown(gate.id.clone())),
            (Outcome::Unknown, UnknownRule::Hold) => waiting.push(Reason::GateUnknown(gate.id.clone())),
        }
        let answers = facts.answers_used(subject, &gate.when);
        let (source, as_of) = match stood_in {
            Some(condition) => {
                facts.origin_of(Some(subject), condition, &facts.answers_used(subject, condition))
            }
            None => facts.origin_of(Some(subject), &gate.when, &answers),
        };
        gates.push(GateResult { outcome, stood_in: stood_in.is_some(), source, as_of, answers });
    }
    for flagged in facts.flags[subject].iter().filter(|flagged| flagged.holds) {
        waiting.push(Reason::Flagged(facts.inputs.policy.detectors[flagged.detector].id.clone()));
    }
    if facts.lacks_amount(subject) {
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
    let columns = values(facts, demand, notes);
    if columns.is_empty() {
        return vec![Score { contributions: Vec::new() }; facts.subjects.len()];
    }
    adil_score::score(&policy.criteria, policy.aggregation, &columns)
}

/// The raw values of every indicator, with the groups they are compared within.
pub(crate) fn values(facts: &Facts<'_>, demand: &Demand, notes: &mut Notes) -> Vec<IndicatorValues> {
    let policy = &facts.inputs.policy;
    let mut columns = Vec::new();
    for indicator in policy.criteria.iter().flat_map(|c| &c.indicators) {
        let groups = |within: Option<&Expr>, notes: &mut Notes| -> Vec<Arc<str>> {
            let Some(within) = within else { return vec![Arc::from(""); facts.subjects.len()] };
            evaluate_all(facts, Some(demand), within, &indicator.id, notes)
                .into_iter()
                .map(group_of)
                .collect()
        };
        columns.push(IndicatorValues {
            values: evaluate_all(facts, Some(demand), &indicator.value, &indicator.id, notes)
                .iter()
                .map(raw)
                .collect(),
            scale_groups: groups(indicator.scale.within(), notes),
            median_groups: groups(indicator.missing.within(), notes),
            intervals: policy
                .model_of(indicator)
                .and_then(|model| facts.forecasts.get(model))
                .map_or_else(Vec::new, Forecasts::intervals),
        });
    }
    columns
}

/// The value of an expression for every application; sums that can't be done are noted.
pub(crate) fn evaluate_all(
    facts: &Facts<'_>,
    demand: Option<&Demand>,
    expr: &Expr,
    rule: &str,
    notes: &mut Notes,
) -> Vec<Value> {
    let results: Vec<(Value, Vec<EvalError>)> = (0..facts.subjects.len())
        .into_par_iter()
        .map(|subject| {
            let mut failures = Vec::new();
            let value = evaluate(expr, &facts.row(subject, demand) as &dyn Scope, &mut failures);
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

/// A value as indicators and forecasts start from it.
pub(crate) fn raw(value: &Value) -> Raw {
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
