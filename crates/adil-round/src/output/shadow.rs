//! A real division beside that by the rules, as a table and as JSON.

use serde_json::{Value, json};

use super::csv;
use crate::decision::Decision;
use crate::shadow::{DECIMALS, Shadow};

/// Who got what, and would have got what: one row for each recipient.
pub fn shadow_csv(found: &Shadow) -> Vec<u8> {
    let rows = found.recipients.iter().map(|r| {
        [
            r.id.clone(),
            r.name.clone(),
            r.territory.clone(),
            r.actual.to_short_string(),
            r.ruled.to_short_string(),
            r.kept.to_short_string(),
            r.candidates.to_string(),
            r.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ]
    });
    let header = [found.key.column(), "name", "territory", "actual", "ruled", "kept", "candidates", "reason"];
    csv(header, rows)
}

/// Sums, counts and places; amounts are decimal strings.
pub fn shadow_json(found: &Shadow, decision: &Decision) -> Value {
    let counts = found.counts();
    let places = decision.territories.iter().zip(&found.places).map(|(place, (actual, ruled))| {
        json!({
            "territory": place.code, "level": place.level,
            "actual": actual.to_short_string(), "ruled": ruled.to_short_string(),
        })
    });
    json!({
        "is_the_decision": false,
        "round": decision.policy.round.id,
        "policy_digest": decision.policy_digest,
        "compared_by": found.key.column(),
        "spent": found.spent.to_short_string(),
        "awarded": found.awarded.to_short_string(),
        "not_awarded": found.not_awarded.to_short_string(),
        "money_moved": found.moved.to_short_string(),
        "share_moved": found.share.to_short_decimal(DECIMALS),
        "recipients": {
            "both": counts.both, "only_actual": counts.only_actual, "only_rules": counts.only_rules,
            "unknown": counts.unknown,
        },
        "to_unknown": found.to_unknown().to_short_string(),
        "simulated": decision.simulated,
        "places": places.collect::<Vec<_>>(),
    })
}
