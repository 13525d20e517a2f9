//! `adil what-if`: the same round under other rules; never a decision. The trade-off between two goals stands beside.

use adil_domain::{Money, Points};
use adil_policy::Policy;
use adil_report::text;
use adil_round::what_if::{Answer, Patch, Prepared, apply};
use adil_round::{Decision, Status};
use serde_json::{Value, json};

use super::frontier::frontier;
use super::{Refused, language, print, print_json, read, refuse_decision, say};
use crate::Exit;
use crate::args::WhatIfArgs;

pub(crate) fn what_if(args: &WhatIfArgs) -> anyhow::Result<Exit> {
    if let Some(goals) = &args.frontier {
        return frontier(args, goals);
    }
    let patches: Result<Vec<Patch>, _> = args.changes.iter().map(|c| c.parse::<Patch>()).collect();
    let patches = match patches {
        Ok(patches) => patches,
        Err(error) => return refuse(&error.to_string(), args.json),
    };
    let inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let changed = match apply(&inputs.policy, &patches) {
        Ok(changed) => changed,
        Err(error) => return refuse(&error.to_string(), args.json),
    };
    let answered = Prepared::new(&inputs).and_then(|prepared| {
        let before = prepared.decision()?;
        Ok((before, prepared.ask(&changed)?))
    });
    let (before, after) = match answered {
        Ok(answered) => answered,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    if args.json {
        print_json(&differences(&before, &after))?;
    } else {
        print(&text::differences(&before, &after, language(&args.lang, &before.policy)))?;
    }
    Ok(Exit::Done)
}

/// A question that can't be asked: the command is wrong, not the round.
pub(super) fn refuse(error: &str, json: bool) -> anyhow::Result<Exit> {
    if json {
        print_json(&json!({ "message": error }))?;
    }
    say(&format!("{error}\n"))?;
    Ok(Exit::Usage)
}

fn differences(before: &Decision, after: &Answer) -> Value {
    let weights = |policy: &Policy| -> Value {
        policy
            .criteria
            .iter()
            .flat_map(|c| c.indicators.iter().map(move |i| (format!("{}.{}", c.id, i.id), i)))
            .map(|(id, i)| (id, Value::from(i.weight.to_short_decimal(6))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    // A held application gets nothing yet; what is kept for it stands beside that.
    let side = |status: Status, points: Points, amount: Money| {
        let held = status == Status::Held;
        let paid = if held { Money::zero(amount.currency()) } else { amount };
        json!({
            "status": status.as_str(), "points": points.to_string(), "amount": paid.to_short_string(),
            "amount_if_cleared": held.then(|| amount.to_short_string()),
        })
    };
    let changes: Vec<Value> = before
        .applications
        .iter()
        .zip(&after.applications)
        .map(|(b, a)| (b, b.amount_if_cleared.unwrap_or(b.amount), a))
        .filter(|(b, worth, a)| *worth != a.amount || b.status != a.status)
        .map(|(b, worth, a)| {
            json!({
                "application_id": b.id,
                "before": side(b.status, b.points, worth),
                "after": side(a.status, a.points, a.amount),
            })
        })
        .collect();
    json!({
        "is_the_decision": false,
        "weights": { "before": weights(&before.policy), "after": weights(&after.policy) },
        "budget": {
            "before": before.totals.budget.to_short_string(),
            "after": after.policy.round.budget.to_short_string(),
        },
        "changes": changes,
    })
}
