//! What sources say and what rests on them, as tables.

use adil_domain::Rational;
use serde_json::{Value, json};

use super::{csv, day, money};
use crate::decision::{Clustered, Decision};
use crate::independence::{DECIMALS, Independence};

/// Decimals of an index of concentration, which lies between 0 and 10,000.
const HHI_DECIMALS: u32 = 2;

/// Whether more than one source answered checks, so that they could differ.
pub(super) fn several_answered(decision: &Decision) -> bool {
    decision.sources.iter().filter(|s| s.answers > 0).count() > 1
}

pub(super) fn disagreements(decision: &Decision) -> Vec<u8> {
    let rows = decision.disagreements.iter().flat_map(|differ| {
        differ.said.iter().enumerate().map(|(at, answer)| {
            [
                differ.operator_id.clone(),
                differ.check.clone(),
                answer.source.clone(),
                if answer.digest.is_some() { String::new() } else { answer.outcome.as_str().to_owned() },
                day(answer.as_of),
                (differ.counted == Some(at)).to_string(),
            ]
        })
    });
    csv(["operator_id", "check", "source", "outcome", "as_of", "counted"], rows)
}

/// Operators that are linked to another, by cluster.
pub(super) fn clusters(found: &Clustered) -> Vec<u8> {
    let rows = found.links.clusters.iter().enumerate().flat_map(|(at, cluster)| {
        cluster
            .members
            .iter()
            .map(move |id| [(at + 1).to_string(), id.clone(), money(found.amounts.get(id).copied())])
    });
    csv(["cluster", "operator_id", "amount"], rows)
}

/// How concentrated the money is: the index of Herfindahl and Hirschman over operators, and where each cluster counts as one.
pub(super) fn concentration(found: &Clustered) -> Value {
    let spread = found.concentration.as_ref();
    let largest = spread.and_then(|s| s.clusters.first());
    json!({
        "clusters": found.links.clusters.len(),
        "operators_in_clusters": found.links.clusters.iter().map(|c| c.members.len()).sum::<usize>(),
        "hhi_operators": spread.map(|s| s.before.to_decimal(HHI_DECIMALS)),
        "hhi_clusters": spread.map(|s| s.after.to_decimal(HHI_DECIMALS)),
        "largest_cluster_share": largest.map(|c| c.share.to_decimal(DECIMALS)),
    })
}

/// Public, so it names no child: how many flags there are, not about whom.
pub(super) fn flagged(decision: &Decision) -> Vec<u8> {
    let rows = decision.applications.iter().flat_map(|application| {
        application.flags.iter().map(|flagged| {
            let rule = &decision.policy.detectors[flagged.detector];
            [
                application.id.clone(),
                rule.id.clone(),
                rule.action.as_str().to_owned(),
                flagged.severity.as_str().to_owned(),
                flagged.flags.to_string(),
            ]
        })
    });
    csv(["application_id", "detector", "action", "severity", "flags"], rows)
}

pub(super) fn independence(found: &Independence) -> Vec<u8> {
    let rows = found.rows.iter().map(|row| {
        let moved = row.moved.as_ref();
        [
            row.source.clone(),
            money(moved.map(|m| m.money)),
            moved.map(|m| m.share.to_short_decimal(DECIMALS)).unwrap_or_default(),
            moved.map(|m| m.status_changes.to_string()).unwrap_or_default(),
            moved
                .and_then(|m| m.rank_correlation.as_ref())
                .map(|rho| rho.to_short_decimal(DECIMALS))
                .unwrap_or_default(),
            row.verdict.as_str().to_owned(),
            money(moved.map(|m| m.awarded)),
            money(moved.map(|m| m.kept)),
        ]
    });
    csv(
        [
            "source",
            "money_moved",
            "share_moved",
            "status_changes",
            "rank_correlation",
            "verdict",
            "awarded",
            "kept",
        ],
        rows,
    )
}

pub(super) fn json(found: &Independence) -> Value {
    let rows = found.rows.iter().map(|row| {
        let moved = row.moved.as_ref();
        json!({
            "source": row.source,
            "money_moved": moved.map(|m| m.money.to_short_string()),
            "share_moved": moved.map(|m| m.share.to_f64()),
            "status_changes": moved.map(|m| m.status_changes),
            "rank_correlation": moved.and_then(|m| m.rank_correlation.as_ref()).map(Rational::to_f64),
            "verdict": row.verdict.as_str(),
            "awarded": moved.map(|m| m.awarded.to_short_string()),
            "kept": moved.map(|m| m.kept.to_short_string()),
        })
    });
    rows.collect::<Vec<_>>().into()
}
