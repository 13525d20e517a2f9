//! Would the round stand without one of its sources? It is divided again as if each optional source had been withdrawn, and
//! as if all of them had.

use std::collections::BTreeSet;

use adil_domain::{Money, Rational};
use adil_score::correlation::spearman;

use crate::decision::{Decision, Status};
use crate::inputs::Inputs;
use crate::what_if::{self, Answer, Outcome};

/// Decimals of a share of the budget and of a rank correlation.
pub const DECIMALS: u32 = 6;

/// The word for all optional sources together, where a source's name stands otherwise.
pub const ALL_OPTIONAL: &str = "*";

/// What the round rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Independence {
    /// So much of the budget may move before the round is said to rest on a source.
    pub tolerance: Rational,
    /// One row for each optional source by the order of the decision's sources; with several of them all together, last.
    pub rows: Vec<WithoutSource>,
}

/// The round without a source.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutSource {
    /// The source, or [`ALL_OPTIONAL`].
    pub source: String,
    /// What would be different; `None` where the round could not be divided.
    pub moved: Option<Moved>,
    /// Whether the round stands.
    pub verdict: Verdict,
}

/// What moves when a source is withdrawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Money that ends elsewhere: half the sum of what the award of each application, what is kept for it, and what stays
    /// undivided change by. Money once awarded and now only kept has moved.
    pub money: Money,
    /// The same as a part of the budget.
    pub share: Rational,
    /// Applications whose status changes.
    pub status_changes: usize,
    /// How many applications have each status, in the order of [`Status::ALL`].
    pub counts: [usize; 4],
    /// What would be awarded.
    pub awarded: Money,
    /// What would be kept for applications that wait.
    pub kept: Money,
    /// Spearman's correlation of the points, among applications refused neither way; `None` where points never differ.
    pub rank_correlation: Option<Rational>,
}

/// Whether the round depends on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No more moves than the tolerance.
    Independent,
    /// More than that moves.
    Rests,
    /// Without it there is no decision.
    Impossible,
}

impl Verdict {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Rests => "rests-on-it",
            Self::Impossible => "no-decision",
        }
    }
}

/// Divides the round again without each optional source. `decision` is the round's own.
pub fn measure(inputs: &Inputs, decision: &Decision, tolerance: &Rational) -> Independence {
    let optional: Vec<String> = decision
        .sources
        .iter()
        .filter(|s| !s.required && s.status != "withdrawn")
        .map(|s| s.name.clone())
        .collect();
    let mut rows: Vec<WithoutSource> = Vec::with_capacity(optional.len() + 1);
    for source in &optional {
        rows.push(without(inputs, decision, source, &BTreeSet::from([source.clone()]), tolerance));
    }
    if optional.len() > 1 {
        let all: BTreeSet<String> = optional.into_iter().collect();
        rows.push(without(inputs, decision, ALL_OPTIONAL, &all, tolerance));
    }
    Independence { tolerance: tolerance.clone(), rows }
}

fn without(
    inputs: &Inputs,
    decision: &Decision,
    name: &str,
    sources: &BTreeSet<String>,
    tolerance: &Rational,
) -> WithoutSource {
    let other = what_if::once(&inputs.without(sources));
    let moved = other.ok().map(|other| moved(decision, &other));
    let verdict = match &moved {
        None => Verdict::Impossible,
        Some(moved) if moved.share <= *tolerance => Verdict::Independent,
        Some(_) => Verdict::Rests,
    };
    WithoutSource { source: name.to_owned(), moved, verdict }
}

/// What differs between a decision and another division of its budget among the same applications.
fn moved(decision: &Decision, after: &[Outcome]) -> Moved {
    let budget = decision.totals.budget;
    let amount = |minor: i128| Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), budget.currency());
    // Awarded, and kept.
    let parts = |outcome: &Outcome| {
        let minor = i128::from(outcome.amount.minor());
        if outcome.status == Status::Held { [0, minor] } else { [minor, 0] }
    };
    let before = Answer::from(decision).applications;
    let pairs = || before.iter().zip(after);
    let sums = |outcomes: &[Outcome]| {
        outcomes.iter().map(parts).fold([0i128; 2], |sum, part| [sum[0] + part[0], sum[1] + part[1]])
    };
    let (sums_before, sums_after) = (sums(&before), sums(after));
    let by_application: i128 =
        pairs().map(|(b, a)| parts(b).iter().zip(parts(a)).map(|(b, a)| (a - b).abs()).sum::<i128>()).sum();
    // What is neither awarded nor kept for an application stays undivided or waits for appeals.
    let rest: i128 = (sums_after.iter().sum::<i128>() - sums_before.iter().sum::<i128>()).abs();
    // Either way the parts sum to the budget: what leaves one arrives in another, so the sum is even.
    let money = i128::midpoint(by_application, rest);
    let mut counts = [0; 4];
    for outcome in after {
        for (count, status) in counts.iter_mut().zip(Status::ALL) {
            *count += usize::from(outcome.status == status);
        }
    }
    let (x, y): (Vec<i64>, Vec<i64>) = pairs()
        .filter(|(b, a)| b.status != Status::Ineligible && a.status != Status::Ineligible)
        .map(|(b, a)| (b.points.micro(), a.points.micro()))
        .unzip();
    let correlation = spearman(&x, &y).and_then(Rational::from_f64);
    Moved {
        money: amount(money),
        share: Rational::ratio(money, budget.minor()).unwrap_or_else(Rational::zero).fixed(DECIMALS),
        status_changes: pairs().filter(|(b, a)| b.status != a.status).count(),
        counts,
        awarded: amount(sums_after[0]),
        kept: amount(sums_after[1]),
        rank_correlation: correlation.map(|rho| rho.fixed(DECIMALS)),
    }
}
