//! Would the round stand without one of its sources? It is decided again as if each optional source had been withdrawn, and
//! as if all of them had.

use std::collections::BTreeSet;

use adil_domain::{Money, Rational};
use adil_score::correlation::spearman;

use crate::decide::{DecideError, conclude, judge};
use crate::decision::{Decision, Status};
use crate::facts::Facts;
use crate::inputs::Inputs;

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
    /// What would be different; `None` where the round could not be decided.
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
    /// What would be kept.
    pub reserved: Money,
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

/// Decides the round again without each optional source. `decision` is the round's own.
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

/// The decision without some sources.
///
/// # Errors
/// As [`decide`](crate::decide()).
pub fn decide_without(inputs: &Inputs, sources: &BTreeSet<String>) -> Result<Decision, DecideError> {
    let inputs = inputs.without(sources);
    let facts = Facts::join(&inputs);
    let judged = judge(&facts)?;
    conclude(&facts, judged)
}

fn without(
    inputs: &Inputs,
    decision: &Decision,
    name: &str,
    sources: &BTreeSet<String>,
    tolerance: &Rational,
) -> WithoutSource {
    let moved = decide_without(inputs, sources).ok().map(|other| moved(decision, &other));
    let verdict = match &moved {
        None => Verdict::Impossible,
        Some(moved) if moved.share <= *tolerance => Verdict::Independent,
        Some(_) => Verdict::Rests,
    };
    WithoutSource { source: name.to_owned(), moved, verdict }
}

/// What differs between two decisions about the same applications and the same budget.
pub fn moved(before: &Decision, after: &Decision) -> Moved {
    let pairs = || before.applications.iter().zip(&after.applications);
    let minor = |money: Option<Money>| i128::from(money.map_or(0, Money::minor));
    let by_application: i128 = pairs()
        .map(|(b, a)| {
            (minor(Some(a.amount)) - minor(Some(b.amount))).abs()
                + (minor(a.amount_if_cleared) - minor(b.amount_if_cleared)).abs()
        })
        .sum();
    let rest = |totals: &crate::decision::Totals| {
        [minor(Some(totals.reserved_for_appeals)), minor(Some(totals.unspent))]
    };
    let of_rest: i128 =
        rest(&before.totals).iter().zip(rest(&after.totals)).map(|(b, a)| (a - b).abs()).sum();
    // Both ways the parts sum to the budget, so what leaves one part arrives in another and the sum is even.
    let money = (by_application + of_rest) / 2;
    let budget = i128::from(before.totals.budget.minor());
    let mut counts = [0; 4];
    for application in &after.applications {
        for (count, status) in counts.iter_mut().zip(Status::ALL) {
            *count += usize::from(application.status == status);
        }
    }
    let both: Vec<(i64, i64)> = pairs()
        .filter(|(b, a)| b.status != Status::Ineligible && a.status != Status::Ineligible)
        .map(|(b, a)| (b.points.micro(), a.points.micro()))
        .collect();
    let (x, y): (Vec<i64>, Vec<i64>) = both.into_iter().unzip();
    Moved {
        money: Money::from_minor(i64::try_from(money).unwrap_or(i64::MAX), before.currency()),
        share: Rational::ratio(money, budget).unwrap_or_else(Rational::zero).fixed(DECIMALS),
        status_changes: pairs().filter(|(b, a)| b.status != a.status).count(),
        counts,
        awarded: after.totals.awarded,
        reserved: after.totals.reserved,
        rank_correlation: spearman(&x, &y).and_then(Rational::from_f64).map(|rho| rho.fixed(DECIMALS)),
    }
}
