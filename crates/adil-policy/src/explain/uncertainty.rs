//! How firm the decision is, and what is varied to see it, in words.

use super::say::Say;
use super::{Section, Sentence};
use crate::expr::Expr;
use crate::policy::{StatedError, Uncertainty};

pub(super) fn uncertainty(say: &Say<'_>, rule: &Uncertainty) -> Section {
    let replicas = say.number(&rule.replicas.into());
    let mut first = say.rule(vec![say.say("uncertainty-replicas", &[("replicas", &replicas)])], &rule.meta);
    first.reference.clone_from(&rule.meta.reference);
    let mut sentences = vec![first];
    if let Some(spread) = &rule.weights {
        sentences.push(say.plain("uncertainty-weights", &[("spread", &say.percent(spread))]));
    }
    if say.policy.criteria.iter().flat_map(|c| &c.indicators).any(|i| i.error.is_some()) {
        sentences.push(say.plain("uncertainty-data", &[]));
    }
    let switches: [(bool, &str); 3] = [
        (!say.policy.models.is_empty(), "uncertainty-forecasts"),
        (rule.imputation, "uncertainty-imputation"),
        (rule.scale, "uncertainty-scale"),
    ];
    sentences.extend(switches.iter().filter(|(on, _)| *on).map(|(_, id)| -> Sentence { say.plain(id, &[]) }));
    sentences.push(say.plain("uncertainty-bands", &[]));
    let title = say.title(&rule.meta.title, "uncertainty");
    Section { heading: say.say("heading-uncertainty", &[("title", title)]), sentences }
}

/// How far an indicator's value may be from the truth.
pub(super) fn error(say: &Say<'_>, error: &StatedError, value: &Expr) -> String {
    match error {
        StatedError::Relative(part) => say.say("error-relative", &[("part", &say.percent(part))]),
        StatedError::Absolute(amount) => {
            say.say("error-absolute", &[("amount", &say.measured(amount, value))])
        }
    }
}
