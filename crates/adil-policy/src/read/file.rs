//! What only shows once the whole file is read.

use adil_domain::{Date, Problem, Problems};

use crate::names::Entity;
use crate::policy::{Aggregation, Policy, RuleMeta};

/// A parser's message without its final full stop and line breaks.
pub(super) fn said(message: &str) -> String {
    message.trim().trim_end_matches('.').replace('\n', ", ")
}

/// Problems between rules that are each well written. `has_criteria`: whether the file has any, also unreadable ones.
pub(super) fn across(policy: &Policy, has_criteria: bool) -> Problems {
    let mut problems = Problems::new();
    for (kind, id, meta) in rules(policy) {
        problems.extend(validity(&kind, id, meta, policy.round.as_of));
    }
    if !has_criteria {
        for expr in policy.expressions() {
            let named =
                |entity| expr.names().iter().any(|id| policy.name(*id).is_some_and(|n| n.entity == entity));
            if named(Entity::Score) {
                let message = "`score` is used, but no criterion earns points.";
                let hint = "Add a [[criterion]], or let the money follow something else.";
                problems.push(Problem::error("no-criteria", expr.place().clone(), message).hint(hint));
            }
        }
    }
    problems.extend(forecasts(policy));
    if !policy.reserve.appeals.is_zero() && policy.reserve.until.is_none() {
        let message = "It is not said on which day the rest of the reserve is divided.";
        let hint = "Add `until`, or the rest stays undivided.";
        problems
            .push(Problem::warning("reserve-without-end", policy.reserve.place.clone(), message).hint(hint));
    }
    problems
}

/// What forecasts may move: no more than is stated, and only where that can be promised.
fn forecasts(policy: &Policy) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(model) = policy.models.first().filter(|_| policy.aggregation != Aggregation::WeightedSum) {
        let message = format!(
            "With `aggregation = \"{}\"` a forecast could move more points than its weight.",
            policy.aggregation.as_str()
        );
        problems.push(
            Problem::error("forecast-not-capped", model.meta.place.clone(), message)
                .hint("Use `weighted-sum`, or take the model out."),
        );
    }
    for (at, model) in policy.models.iter().enumerate() {
        let moved = policy.moved_by(at);
        let place = model.meta.place.clone();
        let named = policy.names().iter().any(|n| n.entity == Entity::Model && n.column == model.id);
        if !named {
            let message = format!("No indicator rests on the model `{}`.", model.id);
            let hint = format!("Give an indicator `value = \"model.{}\"`, or take the model out.", model.id);
            problems.push(Problem::warning("unused-model", place, message).hint(hint));
        } else if moved > model.cap {
            let message = format!(
                "Indicators that rest on the model `{}` can earn {moved} points, more than its cap of {}.",
                model.id, model.cap
            );
            problems.push(
                Problem::error("above-cap", place, message).hint("Lower their weights, or raise `cap`."),
            );
        }
    }
    problems
}

/// Every rule that may have a reference and dates: its kind, its identifier, and what it carries.
pub(crate) fn rules(policy: &Policy) -> Vec<(String, &str, &RuleMeta)> {
    let mut rules: Vec<(String, &str, &RuleMeta)> = Vec::new();
    rules.extend(policy.sources.iter().map(|s| ("source".to_owned(), s.name.as_str(), &s.meta)));
    rules.extend(policy.access.iter().map(|a| ("rule".to_owned(), "access", &a.meta)));
    rules.extend(policy.models.iter().map(|m| ("model".to_owned(), m.id.as_str(), &m.meta)));
    rules.extend(policy.gates.iter().map(|g| ("gate".to_owned(), g.id.as_str(), &g.meta)));
    rules.extend(policy.clusters.iter().map(|c| ("rule".to_owned(), "clusters", &c.meta)));
    rules.extend(policy.detectors.iter().map(|d| ("detector".to_owned(), d.id.as_str(), &d.meta)));
    for criterion in &policy.criteria {
        rules.push(("criterion".to_owned(), &criterion.id, &criterion.meta));
        rules.extend(criterion.indicators.iter().map(|i| ("indicator".to_owned(), i.id.as_str(), &i.meta)));
    }
    for pot in &policy.pots {
        rules.push(("pot".to_owned(), &pot.id, &pot.meta));
        rules
            .extend(pot.bounds.iter().map(|b| ("bound for the level".to_owned(), b.level.as_str(), &b.meta)));
    }
    rules.extend(policy.uncertainty.iter().map(|u| ("rule".to_owned(), "uncertainty", &u.meta)));
    rules.extend(policy.independence.iter().map(|i| ("rule".to_owned(), "independence", &i.meta)));
    rules
}

/// A rule outside its dates may not decide.
fn validity(kind: &str, id: &str, meta: &RuleMeta, as_of: Date) -> Option<Problem> {
    if let Some(until) = meta.until.filter(|until| *until < as_of) {
        let message = format!("The {kind} `{id}` ended on {until}, before the round's day {as_of}.");
        let hint = "Renew its `until`, or take the rule out.";
        return Some(Problem::error("rule-expired", meta.place.clone(), message).hint(hint));
    }
    let from = meta.from.filter(|from| *from > as_of)?;
    let message = format!("The {kind} `{id}` begins on {from}, after the round's day {as_of}.");
    Some(Problem::error("rule-not-yet", meta.place.clone(), message).hint("Take the rule out until then."))
}

/// After a mistake of TOML the parser goes on with what it can guess. What then seems to be missing, or stands on the
/// same line, would only repeat the mistake in other words.
pub(super) fn without_echoes(problems: Problems) -> Problems {
    let lines: Vec<Option<u64>> =
        problems.iter().filter(|p| p.code == "toml-syntax").map(|p| p.place.line).collect();
    let echo = |p: &Problem| {
        matches!(
            p.code,
            "missing-key" | "weights-sum" | "shares-over" | "shares-under" | "no-criteria" | "wrong-type"
        ) || lines.contains(&p.place.line)
    };
    let mut kept = Problems::new();
    kept.extend(problems.into_iter().filter(|p| p.code == "toml-syntax" || !echo(p)));
    kept
}
