//! What `adil links` found, for people and for programs.

use adil_domain::{Language, Money, Rational};
use adil_integrity::links::{Because, Found, Link};
use adil_integrity::words::{say, say_count};
use serde_json::{Value, json};

use super::Seen;

/// Decimals of a share in per cent, and of the index.
const DECIMALS: u32 = 2;

fn money(minor: i128, seen: &Seen) -> String {
    i64::try_from(minor)
        .map_or_else(|_| minor.to_string(), |minor| Money::from_minor(minor, seen.currency).to_short_string())
}

pub(super) fn json(seen: &Seen) -> Value {
    let links = &seen.links;
    let link = |link: &Link| {
        let shared: Vec<Value> = (link.shared.iter())
            .map(|s| json!({ "column": s.column, "value": s.value, "weight": s.weight }))
            .collect();
        json!({ "a": link.a, "b": link.b, "weight": link.weight, "shared": shared })
    };
    json!({
        "format": "adil-links/1",
        "clusters": links.clusters.iter().map(|c| json!({ "members": c.members, "links": c.links })).collect::<Vec<_>>(),
        "links": links.links.iter().map(link).collect::<Vec<_>>(),
        "crowded": links.crowded.iter()
            .map(|c| json!({ "column": c.column, "value": c.value, "operators": c.operators })).collect::<Vec<_>>(),
        "money": seen.money.as_ref().map(|found| json!({
            "total": money(found.total, seen),
            "hhi_before": found.before.to_decimal(DECIMALS),
            "hhi_after": found.after.to_decimal(DECIMALS),
            "clusters": found.clusters.iter().map(|c| json!({
                "cluster": c.cluster, "amount": money(c.amount, seen), "share": c.share.to_decimal(6),
            })).collect::<Vec<_>>(),
        })),
        "interests": seen.interests.as_ref().map(|(found, table)| json!({
            "found": found.found.iter().map(path).collect::<Vec<_>>(),
            "nowhere": found.nowhere.iter().map(|row| table.line(*row)).collect::<Vec<_>>(),
        })),
    })
}

fn path(found: &Found) -> Value {
    let steps: Vec<Value> = found
        .path
        .iter()
        .map(|step| match &step.because {
            Because::Declared { relation } => {
                json!({ "operator_id": step.operator, "because": "declared", "relation": relation })
            }
            Because::Has { column, relation } => {
                json!({ "operator_id": step.operator, "because": "has", "column": column, "relation": relation })
            }
            Because::Linked { link } => {
                json!({ "operator_id": step.operator, "because": "linked", "link": link })
            }
        })
        .collect();
    json!({ "person": found.person, "role": found.role, "operator_id": found.operator, "path": steps })
}

pub(super) fn text(seen: &Seen, language: Language) -> String {
    let links = &seen.links;
    let mut lines = Vec::new();
    if links.clusters.is_empty() {
        lines.push(say(language, "links-none", &[]));
    }
    for (at, cluster) in links.clusters.iter().enumerate() {
        let count = u32::try_from(cluster.members.len()).unwrap_or(u32::MAX);
        lines.push(say_count(language, "links-cluster", count, &[("members", &cluster.members.join(", "))]));
        for link in cluster.links.iter().filter_map(|link| links.links.get(*link)) {
            let shared: Vec<String> =
                link.shared.iter().map(|s| format!("{} {} ({})", s.column, s.value, s.weight)).collect();
            let (weight, shared) = (link.weight.to_string(), shared.join(", "));
            let said = [("a", &*link.a), ("b", &*link.b), ("weight", &weight), ("shared", &shared)];
            lines.push(format!("    {}", say(language, "links-link", &said)));
        }
        let money_of = seen.money.as_ref().and_then(|m| m.clusters.iter().find(|c| c.cluster == at));
        if let Some(found) = money_of {
            let share = language.number(&(found.share.clone() * Rational::from(100)), DECIMALS);
            let amount = format!("{} {}", money(found.amount, seen), seen.currency.code());
            lines.push(format!(
                "    {}",
                say(language, "links-money", &[("amount", &amount), ("share", &share)])
            ));
        }
    }
    if !links.clusters.is_empty() {
        lines.push(say(language, "links-question", &[]));
    }
    for crowded in &links.crowded {
        let count = crowded.operators.to_string();
        lines.push(say(language, "links-crowded", &[("count", &count), ("column", &crowded.column)]));
    }
    if let Some(found) = &seen.money {
        let (before, after) =
            (language.number(&found.before, DECIMALS), language.number(&found.after, DECIMALS));
        lines.push(say(language, "links-concentration", &[("before", &before), ("after", &after)]));
    }
    if let Some((found, table)) = &seen.interests {
        lines.extend(found.found.iter().filter_map(|one| interest(one, language)));
        for row in &found.nowhere {
            let line = table.line(*row).to_string();
            lines.push(say(language, "links-interest-nowhere", &[("line", &line)]));
        }
    }
    lines.join("\n")
}

fn interest(found: &Found, language: Language) -> Option<String> {
    let base = [("person", &*found.person), ("role", &*found.role), ("operator", &*found.operator)];
    let with = |id: &str, more: &[(&str, &str)]| say(language, id, &[&base[..], more].concat());
    Some(match found.path.as_slice() {
        [step] => match &step.because {
            Because::Declared { relation } => with("links-interest-declared", &[("relation", relation)]),
            Because::Has { column, relation } => {
                with("links-interest-has", &[("column", column), ("relation", relation)])
            }
            Because::Linked { .. } => return None,
        },
        [first, ..] => with("links-interest-linked", &[("through", &first.operator)]),
        [] => return None,
    })
}
