//! `frontier.json`: the trade-off for programs. Numbers are decimals written as text, counts are numbers.

use serde_json::{Map, Value, json};

use super::super::goal::{GOAL_DECIMALS, Goal, Kind};
use super::{Frontier, Tried};
use crate::decision::Decision;

/// The version of the format.
const FORMAT: &str = "adil-frontier/1";

impl Frontier {
    /// As JSON. `decision` is the one by the published weights.
    pub fn json(&self, decision: &Decision) -> Value {
        let ids: Vec<String> = decision
            .policy
            .criteria
            .iter()
            .flat_map(|c| c.indicators.iter().map(move |i| format!("{}.{}", c.id, i.id)))
            .collect();
        let tried = |t: &Tried| {
            let weights =
                ids.iter().zip(&t.weights).map(|(id, w)| (id.clone(), w.to_short_decimal(6).into()));
            json!({
                "reached": reached(t.reached),
                "divided": t.divided.to_short_string(),
                "weights": weights.collect::<Map<String, Value>>(),
            })
        };
        let more = |goal: usize| {
            self.more[goal].map(|at| {
                let gain = self.curve[at].reached[goal].micro() - self.chosen.reached[goal].micro();
                json!({
                    "goal": self.goals[goal].id,
                    "gain": adil_domain::Points::from_micro(gain).to_rational().to_decimal(GOAL_DECIMALS),
                    "curve": at,
                })
            })
        };
        let more: Vec<Value> = [0, 1].into_iter().filter_map(more).collect();
        json!({
            "format": FORMAT,
            "engine": env!("CARGO_PKG_VERSION"),
            "is_the_decision": false,
            "round": decision.policy.round.id,
            "as_of": decision.policy.round.as_of.to_string(),
            "policy": decision.policy_digest,
            "inputs": decision.inputs,
            "simulated": decision.simulated,
            "shadow": decision.shadow,
            "currency": decision.currency().code(),
            "varied": "weights",
            "points": self.search.tries,
            "seed": self.search.seed,
            "within": self.search.within,
            "tried": self.tried,
            "impossible": self.impossible,
            "set_aside": self.set_aside,
            "goals": self.goals.iter().map(goal).collect::<Value>(),
            "chosen": tried(&self.chosen),
            "chosen_on_curve": self.chosen_at,
            "more": more,
            "curve": self.curve.iter().map(tried).collect::<Value>(),
            "others": self.others.iter().map(|r| reached(*r)).collect::<Value>(),
        })
    }
}

fn reached(of: [adil_domain::Points; 2]) -> Value {
    of.iter().map(|p| Value::from(p.to_rational().to_decimal(GOAL_DECIMALS))).collect()
}

fn goal(goal: &Goal) -> Value {
    let kind = match &goal.kind {
        Kind::Criterion(_) => "criterion",
        Kind::Indicator(..) => "indicator",
        Kind::Equality { .. } => "equality",
        Kind::Funded => "funded",
    };
    let mut value = json!({ "id": goal.id, "kind": kind });
    if let Kind::Equality { level, per } = &goal.kind {
        value["level"] = level.as_str().into();
        value["per"] = per.as_str().into();
    }
    value
}
