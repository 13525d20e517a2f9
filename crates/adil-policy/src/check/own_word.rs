//! Where the applicant's own word may count.
//!
//! A column of `applications.csv` is what the applicant wrote, unless a `[[source]]` answers for it. If such a column
//! earned points, or money in proportion, asking for more would be the way to get more. Sometimes there is nothing else to
//! go by; then the policy must say why, and the reason stands beside the rule on the public page.
//!
//! A pot's `ceiling` and `minimum` may rest on the applicant's word without a reason: a ceiling at the amount asked for
//! can only lower an award, and a minimum set too high can only lose one. Neither helps whoever overstates.

use adil_domain::{Problem, Problems};

use crate::expr::Expr;
use crate::names::Entity;
use crate::policy::Policy;
use crate::schema::Schema;

pub(super) fn check(policy: &Policy, schema: &dyn Schema) -> Problems {
    let mut problems = Problems::new();
    for indicator in policy.criteria.iter().flat_map(|c| &c.indicators) {
        // A forecast rests on what its columns are.
        let behind: Vec<&Expr> = match policy.model_of(indicator) {
            Some(model) => policy.models[model].expressions().collect(),
            None => vec![&indicator.value],
        };
        let own: Vec<String> = behind.iter().flat_map(|expr| own_words(policy, schema, expr)).collect();
        // One fact from elsewhere is enough: the value can then be held against it.
        let alone = own.len() == behind.iter().map(|expr| expr.names().len()).sum::<usize>();
        if alone && indicator.because.is_none() {
            problems.extend(problem(&indicator.value, "value", &own, "because"));
        }
    }
    for pot in &policy.pots {
        if pot.weight_because.is_none() {
            let own = own_words(policy, schema, &pot.weight);
            problems.extend(problem(&pot.weight, "weight", &own, "weight_because"));
        }
        if let Some(floor) = &pot.floor
            && pot.floor_because.is_none()
        {
            problems.extend(problem(floor, "floor", &own_words(policy, schema, floor), "floor_because"));
        }
    }
    problems
}

/// The names of the expression that only the applicant answers for.
fn own_words(policy: &Policy, schema: &dyn Schema, expr: &Expr) -> Vec<String> {
    let names = expr.names().iter().filter_map(|id| policy.name(*id));
    let own = names.filter(|name| {
        let sourced = policy.sources.iter().any(|s| s.columns.contains(&name.to_string()));
        !sourced && (name.entity == Entity::Application || schema.in_application(name.entity, &name.column))
    });
    own.map(ToString::to_string).collect()
}

fn problem(expr: &Expr, key: &str, own: &[String], reason: &str) -> Option<Problem> {
    if own.is_empty() {
        return None;
    }
    let names: Vec<String> = own.iter().map(|name| format!("`{name}`")).collect();
    let message = format!(
        "`{key}` rests on the applicant's own word ({}). Asking for more must never be the way to get more, unless the \
         policy says why.",
        names.join(", ")
    );
    let hint = format!("Say why in `{reason}`, or name in [[source]] `columns` who else answers for it.");
    Some(Problem::error("rests-on-own-word", expr.place().clone(), message).hint(hint))
}
