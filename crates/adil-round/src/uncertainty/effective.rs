//! Effective weights: how much of the spread of the scores each indicator explains, beside its published weight.

use adil_domain::{Points, Rational};

use crate::decision::{ApplicationDecision, Decision, Status};

/// One indicator's weight as published and as it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveWeight {
    /// The criterion's id.
    pub criterion: String,
    /// The indicator's id.
    pub indicator: String,
    /// The published weight; all sum to 100.
    pub weight: Rational,
    /// A hundred times the covariance of its points with the score over the variance of the score, so that all sum to 100 as
    /// well; below zero where it works against the others. `None` where all scores are equal.
    pub effective: Option<Rational>,
}

/// Effective weights, exactly, over the applications that were not refused.
pub(super) fn weights(decision: &Decision) -> Vec<EffectiveWeight> {
    let counted: Vec<&ApplicationDecision> =
        decision.applications.iter().filter(|a| a.status != Status::Ineligible).collect();
    let micro = |points: Points| i128::from(points.micro());
    let count = i128::try_from(counted.len()).unwrap_or(0);
    // n Σ xy − Σx Σy: a covariance times n², which cancels.
    let covariance = |of: &dyn Fn(&ApplicationDecision) -> i128| {
        let (mut products, mut own, mut scores) = (0i128, 0i128, 0i128);
        for application in &counted {
            let (x, y) = (of(application), micro(application.points));
            products += x * y;
            own += x;
            scores += y;
        }
        count * products - own * scores
    };
    let variance = covariance(&|a| micro(a.points));
    let indicators = decision.policy.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    indicators
        .enumerate()
        .map(|(at, (criterion, indicator))| EffectiveWeight {
            criterion: criterion.id.clone(),
            indicator: indicator.id.clone(),
            weight: indicator.weight.clone(),
            effective: Rational::ratio(
                100 * covariance(&|a| a.contributions.get(at).map_or(0, |c| micro(c.points))),
                variance,
            ),
        })
        .collect()
}
