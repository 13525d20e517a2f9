//! `adil what-if`: the same round under other rules; never a decision.

use adil_domain::Money;
use adil_report::text;
use adil_round::Decision;
use adil_round::what_if::{Patch, PatchError, apply};
use serde_json::{Value, json};

use super::{Refused, language, print, print_json, read, refuse_decision, say};
use crate::Exit;
use crate::args::WhatIfArgs;

pub(crate) fn what_if(args: &WhatIfArgs) -> anyhow::Result<Exit> {
    let patches: Result<Vec<Patch>, _> = args.changes.iter().map(|c| c.parse::<Patch>()).collect();
    let patches = match patches {
        Ok(patches) => patches,
        Err(error) => return refuse(&error, args.json),
    };
    let mut inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let changed = match apply(&inputs.policy, &patches) {
        Ok(changed) => changed,
        Err(error) => return refuse(&error, args.json),
    };
    let before = match adil_round::decide(&inputs) {
        Ok(decision) => decision,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    inputs.policy = changed;
    let after = match adil_round::decide(&inputs) {
        Ok(decision) => decision,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    if args.json {
        print_json(&differences(&before, &after))?;
    } else {
        print(&text::differences(&before, &after, language(&args.lang, &before.policy)))?;
    }
    Ok(Exit::Done)
}

/// A change that can't be made: the command is wrong, not the round.
fn refuse(error: &PatchError, json: bool) -> anyhow::Result<Exit> {
    if json {
        print_json(&json!({ "message": error.to_string() }))?;
    }
    say(&format!("{error}\n"))?;
    Ok(Exit::Usage)
}

fn differences(before: &Decision, after: &Decision) -> Value {
    let weights = |d: &Decision| -> Value {
        d.policy
            .criteria
            .iter()
            .flat_map(|c| c.indicators.iter().map(move |i| (format!("{}.{}", c.id, i.id), i)))
            .map(|(id, i)| (id, Value::from(i.weight.to_short_decimal(6))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let changes: Vec<Value> = before
        .applications
        .iter()
        .zip(&after.applications)
        .filter(|(b, a)| b.amount != a.amount || b.status != a.status || b.amount_if_cleared != a.amount_if_cleared)
        .map(|(b, a)| {
            let side = |d: &adil_round::ApplicationDecision| {
                json!({
                    "status": d.status.as_str(), "points": d.points.to_string(), "amount": d.amount.to_short_string(),
                    "amount_if_cleared": d.amount_if_cleared.map(Money::to_short_string),
                })
            };
            json!({ "application_id": b.id, "before": side(b), "after": side(a) })
        })
        .collect();
    json!({
        "is_the_decision": false,
        "weights": { "before": weights(before), "after": weights(after) },
        "budget": {
            "before": before.totals.budget.to_short_string(),
            "after": after.totals.budget.to_short_string(),
        },
        "changes": changes,
    })
}
