//! `audit.json`: everything that the page says, for programs. Money and statistics are decimals written as text, counts
//! are numbers, what is not known is null.

use adil_domain::{Currency, Money};
use serde_json::{Value, json};

use crate::composite::Composite;
use crate::fairness::{Comparison, Fairness, Share};
use crate::fixed::{Fixed, Interval};
use crate::groups::Dimension;
use crate::{Audit, Before, Curve};

/// The version of the format.
const FORMAT: &str = "adil-audit/1";

/// The audit as JSON.
pub fn json(audit: &Audit) -> Value {
    let decision = &audit.decision;
    json!({
        "format": FORMAT,
        "engine": env!("CARGO_PKG_VERSION"),
        "round": decision.policy.round.id,
        "as_of": decision.policy.round.as_of.to_string(),
        "policy": decision.policy_digest,
        "currency": decision.currency().code(),
        "applications": decision.applications.len(),
        "awarded": money(decision.totals.awarded),
        "simulated": decision.simulated,
        "shadow": decision.shadow,
        "inputs": decision.inputs,
        "composite": composite(&audit.composite),
        "fairness": fairness(&audit.fairness, decision.currency()),
        "missing": missing(audit),
        "asking": asking(audit),
        "backing": audit.backing.iter().map(|(b, m)| json!({ "rests_on": b.as_str(), "amount": money(*m) })).collect::<Value>(),
        "size_on_own_word": audit.own_sizes.iter().map(|p| decision.policy.pots[*p].id.as_str()).collect::<Vec<_>>(),
        "equality": equality(audit),
        "backtest": audit.backtests.iter().map(|b| json!({
            "column": b.column,
            "period": b.period,
            "applications": b.applications,
            "correlation": b.correlation.to_string(),
            "interval": interval(b.interval),
            "points_rest_on_history": b.built_in,
        })).collect::<Value>(),
    })
}

fn money(money: Money) -> String {
    money.to_short_string()
}

fn fixed(value: Option<Fixed>) -> Option<String> {
    value.map(|v| v.to_string())
}

fn interval(interval: Option<Interval>) -> Value {
    interval.map_or(Value::Null, |i| json!([i.low.to_string(), i.high.to_string()]))
}

fn points(points: adil_domain::Points) -> String {
    points.to_rational().to_decimal(6)
}

fn composite(composite: &Composite) -> Value {
    let id = |at: usize| composite.indicators[at].id.as_str();
    let indicators: Vec<Value> = composite
        .indicators
        .iter()
        .map(|i| {
            json!({
                "indicator": i.id,
                "weight": i.weight.to_short_decimal(6),
                "share_of_variance": fixed(i.effective),
                "mean_points": points(i.mean),
                "deviation": i.deviation.to_string(),
                "shift_without": fixed(i.shift),
                "never_matters": i.never_matters(),
                "known": i.known,
                "imputed": i.imputed,
                "outliers": i.outliers.as_ref().map(|o| json!({
                    "below": o.low.to_string(), "above": o.high.to_string(), "applications": o.applications,
                })),
                "decides_from": i.decides.as_ref().map(|d| json!({
                    "value": d.value, "applications": d.applications,
                })),
            })
        })
        .collect();
    let pairs = composite.pairs.iter().map(|p| {
        json!({
            "a": id(p.of.0), "b": id(p.of.1), "applications": p.applications, "correlation": fixed(p.correlation),
        })
    });
    let dominated = composite.dominated.iter().map(|d| {
        json!({
            "weaker": id(d.weaker), "stronger": id(d.stronger), "share": d.share.to_string(), "pairs": d.pairs,
        })
    });
    json!({
        "applications": composite.applications,
        "indicators": indicators,
        "pairs": pairs.collect::<Value>(),
        "dominated": dominated.collect::<Value>(),
    })
}

fn share(share: &Share, decimals: u32) -> Value {
    json!({
        "amount": share.amount.to_decimal(decimals),
        "ratio": fixed(share.ratio),
        "interval": interval(share.interval),
    })
}

fn dimension(dimension: &Dimension) -> Value {
    json!({ "kind": dimension.kind.as_str(), "file": dimension.column.0, "column": dimension.column.1 })
}

fn fairness(fairness: &Fairness, currency: Currency) -> Value {
    let share = |of: &Share| share(of, currency.decimals());
    let group = |c: &Comparison, at: usize| {
        let (line, group) = (&c.lines[at], &c.dimension.groups[at]);
        let gap = c.gaps[at].as_ref().map(|g| {
            json!({
                "applications": g.applications,
                "difference": money(g.difference),
                "explained": money(g.explained),
                "unexplained": money(g.unexplained),
                "unexplained_interval": [money(g.low), money(g.high)],
                "explained_share": fixed(g.share),
            })
        });
        json!({
            "group": group.key,
            "applications": line.applications,
            "funded": line.funded,
            "held": line.held,
            "ineligible": line.ineligible,
            "mean_points": points(line.points),
            "amount": money(line.money),
            "per_application": share(&line.per_application),
            "residents": group.residents.map(|n| n.to_string()),
            "per_resident": line.per_resident.as_ref().map(share),
            "children": group.children.map(|n| n.to_string()),
            "per_child": line.per_child.as_ref().map(share),
            "beside_all_others": gap,
        })
    };
    let comparisons = fairness.comparisons.iter().map(|c| {
        let mut about = dimension(&c.dimension);
        about["groups"] = (0..c.lines.len()).map(|at| group(c, at)).collect();
        about
    });
    let people = fairness.people.iter().map(|p| {
        let groups = p.lines.iter().map(
            |l| json!({ "group": l.key, "people": l.people.to_string(), "per_person": share(&l.per_person) }),
        );
        json!({ "by": p.by.as_str(), "groups": groups.collect::<Value>() })
    });
    json!({
        "comparisons": comparisons.collect::<Value>(),
        "people": people.collect::<Value>(),
        "not_in_the_tables": fairness.absent.iter().map(|k| k.as_str()).collect::<Vec<_>>(),
    })
}

fn missing(audit: &Audit) -> Value {
    let by = audit.missing.by.iter().map(|by| {
        let groups = by.lines.iter().zip(&by.dimension.groups).filter_map(|(line, group)| {
            let line = line.as_ref()?;
            Some(json!({
                "group": group.key,
                "applications": line.applications,
                "missing": line.missing.to_string(),
                "mean_points": points(line.points),
                "with_own_medians": points(line.with_medians),
                "lost": points(line.lost),
            }))
        });
        let groups: Value = groups.collect();
        let mut about = dimension(&by.dimension);
        about["groups"] = groups;
        about
    });
    json!({ "share": audit.missing.share.to_string(), "by": by.collect::<Value>() })
}

fn asking(audit: &Audit) -> Value {
    audit.asking.as_ref().map_or(Value::Null, |a| {
        json!({
            "more": "10%",
            "asked": a.asked,
            "of": a.of,
            "gain": a.gain,
            "lose": a.lose,
            "more_asked": money(a.more_asked),
            "more_given": money(a.more_given),
            "mean": money(a.mean),
            "of_each": fixed(a.of_each),
            "most": a.most.as_ref().map(|m| json!({
                "application": m.application, "gain": money(m.gain), "amount": money(m.amount),
                "more_asked": money(m.more_asked),
            })),
        })
    })
}

fn equality(audit: &Audit) -> Value {
    let curve = |c: &Curve| {
        let points: Value = c.points.iter().map(|(p, m)| json!([p.to_string(), m.to_string()])).collect();
        json!({ "gini": c.gini.to_string(), "poorest_tenth": c.poorest_tenth.to_string(), "lorenz": points })
    };
    audit.equality.as_ref().map_or(Value::Null, |e| {
        json!({
            "level": e.level,
            "places": e.places,
            "now": curve(&e.now),
            "before": e.before.as_ref().map(|(what, c)| {
                let mut value = curve(c);
                value["from"] = match what {
                    Before::PreviousAmount => json!("applications.csv: previous_amount"),
                    Before::History(period) => json!(format!("history.csv: {period}")),
                };
                value
            }),
        })
    })
}
