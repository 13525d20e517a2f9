//! The decision as files of the contract: tables, certificate, and `decision.json`.

mod contributions;
mod observed;
mod reach;
mod shadow;
mod trust;
mod uncertainty;

use std::collections::BTreeMap;

use adil_domain::{Date, Money, Problems, Rational};
use serde_json::{Map, Value, json};

use crate::decision::{ApplicationDecision, Decision, NodeDecision, Status};
use crate::divide::WEIGHT_DECIMALS;
use crate::explain::PRICE_DECIMALS;
use crate::folder::{Files, PROBLEMS, digest};
use crate::independence::Independence;

/// `awards.csv`.
pub const AWARDS: &str = "awards.csv";
/// `pot_awards.csv`, only with several pots.
pub const POT_AWARDS: &str = "pot_awards.csv";
/// `contributions.csv`.
pub const CONTRIBUTIONS: &str = "contributions.csv";
/// `gates.csv`.
pub const GATES: &str = "gates.csv";
/// `territories.csv` of the decision.
pub const TERRITORY_AWARDS: &str = "territories.csv";
/// Who lives within reach of each applicant's facility; only with a rule of reach.
pub const REACH_FACILITIES: &str = "reach_facilities.csv";
/// What the people of each point can reach.
pub const REACH_POINTS: &str = "reach_points.csv";
/// What the people of each place can reach.
pub const REACH_TERRITORIES: &str = "reach_territories.csv";
/// The range in which nine of ten variations of an application lie; only with a rule of uncertainty.
pub const BANDS: &str = "bands.csv";
/// How much of the spread of the decision each source of uncertainty explains.
pub const SENSITIVITY: &str = "sensitivity.csv";
/// How much of the spread of the scores each indicator explains.
pub const EFFECTIVE_WEIGHTS: &str = "effective_weights.csv";
/// What would move without each optional source; only with a rule of independence.
pub const INDEPENDENCE: &str = "independence.csv";
/// Fresh answers of several sources that differ; only where several sources answered.
pub const DISAGREEMENTS: &str = "disagreements.csv";
/// Operators that count as one and what they get; only with a rule of clusters.
pub const CLUSTERS: &str = "clusters.csv";
/// What detectors found about each application, without whom it is about; only with detectors.
pub const FLAGGED: &str = "flagged.csv";
/// What people see, by facility and question; only with a rule of observations.
pub const OBSERVED: &str = "observed.csv";
/// How people got to facilities.
pub const JOURNEY_SUMMARY: &str = "journey_summary.csv";
/// `certificate.json`.
pub const CERTIFICATE: &str = "certificate.json";
/// `decision.json`.
pub const DECISION_JSON: &str = "decision.json";

pub use shadow::{shadow_csv, shadow_json};

/// The engine's name and version, as a decision carries it.
pub const ENGINE: &str = concat!("adil ", env!("CARGO_PKG_VERSION"));

/// The format of the certificate.
pub const CERTIFICATE_FORMAT: &str = "adil-certificate/1";

/// All data files of a decision, `decision.json` among them.
pub fn files(decision: &Decision) -> Files {
    let mut files = Files::new();
    let mut add = |name: &str, bytes: Vec<u8>| {
        files.insert(name.to_owned(), bytes);
    };
    add(AWARDS, awards(decision));
    if decision.pots.len() > 1 {
        add(POT_AWARDS, pot_awards(decision));
    }
    add(CONTRIBUTIONS, contributions::contributions(decision));
    add(GATES, gates(decision));
    if !decision.territories.is_empty() {
        add(TERRITORY_AWARDS, territories(decision));
    }
    if let Some(found) = &decision.reach {
        add(REACH_FACILITIES, reach::facilities(found));
        add(REACH_POINTS, reach::points(found));
        if !decision.territories.is_empty() {
            add(REACH_TERRITORIES, reach::territories(decision, found));
        }
    }
    if let Some(found) = &decision.observed {
        if let Some(estimates) = &found.estimates {
            add(OBSERVED, observed::estimates(estimates));
        }
        if let Some(journeys) = &found.journeys {
            add(JOURNEY_SUMMARY, observed::journeys(journeys));
        }
    }
    if let Some(found) = &decision.uncertainty {
        add(BANDS, uncertainty::bands(decision, found));
        add(SENSITIVITY, uncertainty::sensitivity(found));
        add(EFFECTIVE_WEIGHTS, uncertainty::effective(found));
    }
    if let Some(found) = &decision.clusters {
        add(CLUSTERS, trust::clusters(found));
    }
    if !decision.policy.detectors.is_empty() {
        add(FLAGGED, trust::flagged(decision));
    }
    if let Some(found) = &decision.independence {
        add(INDEPENDENCE, trust::independence(found));
    }
    if trust::several_answered(decision) {
        add(DISAGREEMENTS, trust::disagreements(decision));
    }
    add(PROBLEMS, problems_csv(&decision.problems));
    add(CERTIFICATE, pretty(&certificate(decision)));
    let summary = pretty(&decision_json(decision, &files));
    files.insert(DECISION_JSON.to_owned(), summary);
    files
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}

/// What would move without each optional source, as `decision.json` and `adil independence --json` say it: amounts as decimal
/// strings, the other numbers as numbers. What there is no decision for is null.
pub fn independence_json(found: &Independence) -> Value {
    trust::json(found)
}

/// Rows to CSV, as [`records`], each as long as the header by its type.
pub(crate) fn csv<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    records(&header, rows)
}

/// Rows to CSV with line feeds. Writing to memory can't fail, and a row is as long as its header by construction.
pub(crate) fn records<R: AsRef<[String]>>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut sound = writer.write_record(header).is_ok();
    for row in rows {
        sound &= writer.write_record(row.as_ref()).is_ok();
    }
    debug_assert!(sound, "a record in memory was refused");
    writer.into_inner().unwrap_or_default()
}

fn money(amount: Option<Money>) -> String {
    amount.map(Money::to_short_string).unwrap_or_default()
}

fn day(date: Option<Date>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    amounts.fold(None, |sum: Option<Money>, m| match sum {
        None => Some(m),
        Some(s) => s.checked_add(m),
    })
}

fn awards(decision: &Decision) -> Vec<u8> {
    let row = |a: &ApplicationDecision| {
        let weight = (!a.pots.is_empty()).then(|| a.pots.iter().map(|p| p.weight.clone()).sum::<Rational>());
        let ceilings: Option<Vec<Money>> = a.pots.iter().map(|p| p.ceiling).collect();
        [
            a.id.clone(),
            a.facility_id.clone(),
            a.operator_id.clone(),
            a.territory.clone(),
            a.status.as_str().to_owned(),
            a.points.to_string(),
            a.rank.map(|r| r.to_string()).unwrap_or_default(),
            money(a.sought),
            weight.map(|w| w.to_short_decimal(WEIGHT_DECIMALS)).unwrap_or_default(),
            money(sum(a.pots.iter().map(|p| p.floor))),
            money(ceilings.and_then(|c| sum(c.into_iter()))),
            money(Some(a.amount)),
            money(a.amount_if_cleared),
            a.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ]
    };
    csv(
        [
            "application_id",
            "facility_id",
            "operator_id",
            "territory",
            "status",
            "points",
            "rank",
            "amount_sought",
            "weight",
            "floor",
            "ceiling",
            "amount",
            "amount_if_cleared",
            "reason",
        ],
        decision.applications.iter().map(row),
    )
}

fn pot_awards(decision: &Decision) -> Vec<u8> {
    let rows = decision.applications.iter().flat_map(|a| {
        a.pots.iter().map(move |p| {
            let held = a.status == Status::Held;
            [
                a.id.clone(),
                decision.pots[p.pot].id.clone(),
                p.weight.to_short_decimal(WEIGHT_DECIMALS),
                money(Some(p.floor)),
                money(p.ceiling),
                if held { "0".to_owned() } else { money(Some(p.amount)) },
                if held { money(Some(p.amount)) } else { String::new() },
            ]
        })
    });
    csv(["application_id", "pot", "weight", "floor", "ceiling", "amount", "amount_if_cleared"], rows)
}

fn gates(decision: &Decision) -> Vec<u8> {
    let rows = decision.applications.iter().flat_map(|a| {
        decision.policy.gates.iter().zip(&a.gates).map(move |(gate, result)| {
            [
                a.id.clone(),
                gate.id.clone(),
                result.outcome.as_str().to_owned(),
                result.source.clone(),
                day(result.as_of),
                gate.meta.reference.clone().unwrap_or_default(),
            ]
        })
    });
    csv(["application_id", "gate", "outcome", "source", "as_of", "reference"], rows)
}

fn territories(decision: &Decision) -> Vec<u8> {
    let rows = decision.pots.iter().flat_map(|pot| {
        pot.nodes
            .iter()
            .filter_map(move |node| Some((pot, node, &decision.territories[node.territory?])))
            .map(|(pot, node, territory)| {
                [
                    pot.id.clone(),
                    territory.code.clone(),
                    territory.parent.clone(),
                    territory.level.clone(),
                    money(Some(node.sought)),
                    money(Some(node.floor)),
                    money(node.ceiling),
                    money(Some(node.amount)),
                    node.price.to_short_decimal(PRICE_DECIMALS),
                    node.binding.as_str().to_owned(),
                    money(Some(node.reserved)),
                ]
            })
    });
    csv(
        [
            "pot",
            "territory",
            "parent",
            "level",
            "sought",
            "floor",
            "ceiling",
            "amount",
            "price",
            "bound",
            "reserved",
        ],
        rows,
    )
}

/// `problems.csv`.
pub fn problems_csv(problems: &Problems) -> Vec<u8> {
    let rows = problems.iter().map(|p| {
        [
            p.severity.as_str().to_owned(),
            p.place.file.clone(),
            p.place.line.map(|l| l.to_string()).unwrap_or_default(),
            p.place.column.clone().unwrap_or_default(),
            p.code.to_owned(),
            p.full_message(),
        ]
    });
    csv(["severity", "file", "line", "column", "code", "message"], rows)
}

fn fraction(value: &Rational) -> String {
    format!("{}/{}", value.numerator(), value.denominator())
}

/// What a checker needs beside `awards.csv` (with several pots, `pot_awards.csv`): of every node the exact price, in
/// payable steps per unit of weight, and the exact total in payable steps.
fn certificate(decision: &Decision) -> Value {
    let currency = decision.currency();
    let node = |pot: &crate::decision::PotDecision, node: &NodeDecision| {
        let code = |n: &NodeDecision| node_code(decision, n);
        json!({
            "territory": code(node),
            "parent": node.parent.map(|p| code(&pot.nodes[p])),
            "floor": node.floor.to_short_string(),
            "ceiling": node.ceiling.map(Money::to_short_string),
            "price": fraction(&node.price_exact),
            "total": fraction(&node.total_exact),
        })
    };
    let pots: Vec<Value> = decision
        .pots
        .iter()
        .map(|pot| {
            let dropped: Vec<&str> =
                pot.drops.iter().map(|i| decision.applications[*i].id.as_str()).collect();
            json!({
                "pot": pot.id,
                "money": pot.money.to_short_string(),
                "nodes": pot.nodes.iter().map(|n| node(pot, n)).collect::<Vec<_>>(),
                "dropped": dropped,
            })
        })
        .collect();
    json!({
        "format": CERTIFICATE_FORMAT,
        "policy": decision.policy_digest,
        "currency": currency.code(),
        "decimals": currency.decimals(),
        "unit": decision.policy.round.unit.to_short_string(),
        "leaves": if decision.pots.len() > 1 { POT_AWARDS } else { AWARDS },
        "pots": pots,
    })
}

fn node_code<'d>(decision: &'d Decision, node: &NodeDecision) -> &'d str {
    node.territory.map_or("", |t| decision.territories[t].code.as_str())
}

/// Every rule that decided, with its legal reference and the days between which it holds.
fn rules(decision: &Decision) -> Vec<Value> {
    let rule = |kind: &str, id: String, meta: &adil_policy::RuleMeta| {
        json!({
            "kind": kind,
            "id": id,
            "reference": meta.reference,
            "from": meta.from.map(|d| d.to_string()),
            "until": meta.until.map(|d| d.to_string()),
        })
    };
    let policy = &decision.policy;
    let access = policy.access.iter().map(|a| rule("access", "access".to_owned(), &a.meta));
    let models = policy.models.iter().map(|m| rule("model", m.id.clone(), &m.meta));
    let gates = policy.gates.iter().map(|g| rule("gate", g.id.clone(), &g.meta));
    let criteria = policy.criteria.iter().flat_map(|c| {
        let own = rule("criterion", c.id.clone(), &c.meta);
        let indicators =
            c.indicators.iter().map(|i| rule("indicator", format!("{}.{}", c.id, i.id), &i.meta));
        std::iter::once(own).chain(indicators.collect::<Vec<_>>())
    });
    let pots = policy.pots.iter().flat_map(|p| {
        let own = rule("pot", p.id.clone(), &p.meta);
        let bounds = p.bounds.iter().map(|b| rule("bound", format!("{}.{}", p.id, b.level), &b.meta));
        std::iter::once(own).chain(bounds.collect::<Vec<_>>())
    });
    let uncertainty =
        policy.uncertainty.iter().map(|u| rule("uncertainty", "uncertainty".to_owned(), &u.meta));
    access.chain(models).chain(gates).chain(criteria).chain(pots).chain(uncertainty).collect()
}

/// What each forecast foretells, on what it was trained, and what it can move.
fn models(decision: &Decision) -> Value {
    let rules = decision.policy.models.iter().enumerate();
    let one = |((at, rule), model): (
        (usize, &adil_policy::ForecastRule),
        &std::sync::Arc<adil_model::Model>,
    )| {
        let training = &model.training;
        json!({
            "id": rule.id,
            "file": rule.file,
            "digest": decision.inputs.get(&rule.file),
            "target": model.target,
            "cap": rule.cap.to_short_decimal(WEIGHT_DECIMALS),
            "can_move": decision.policy.moved_by(at).to_short_decimal(WEIGHT_DECIMALS),
            "trained_on": { "rows": training.rows, "as_of": training.as_of, "sources": training.sources, "simulated": training.simulated },
            "edits": model.edits.len(),
        })
    };
    rules.zip(&decision.models).map(one).collect::<Vec<_>>().into()
}

fn decision_json(decision: &Decision, files: &Files) -> Value {
    let totals = &decision.totals;
    let mut counts = Map::new();
    for status in Status::ALL {
        let count = decision.applications.iter().filter(|a| a.status == status).count();
        counts.insert(status.as_str().to_owned(), count.into());
    }
    let outputs: BTreeMap<&str, String> = files.iter().map(|(n, b)| (n.as_str(), digest(b))).collect();
    let title: Map<String, Value> =
        decision.policy.round.title.iter().map(|(l, t)| (l.code().to_owned(), t.into())).collect();
    let sources: Vec<Value> = decision
        .sources
        .iter()
        .map(|s| {
            let as_of = s.as_of.map(|d| d.to_string());
            json!({ "name": s.name, "status": s.status, "as_of": as_of, "required": s.required, "used": s.used })
        })
        .collect();
    let mut json = json!({
        "engine": ENGINE,
        "round": { "id": decision.policy.round.id, "title": title, "as_of": decision.policy.round.as_of.to_string() },
        "policy": { "id": decision.policy.round.id, "digest": decision.policy_digest },
        "currency": decision.currency().code(),
        "unit": decision.policy.round.unit.to_short_string(),
        "budget": totals.budget.to_short_string(),
        "awarded": totals.awarded.to_short_string(),
        "reserved": totals.reserved.to_short_string(),
        "reserved_for_appeals": totals.reserved_for_appeals.to_short_string(),
        "unspent": totals.unspent.to_short_string(),
        "sought": totals.sought.to_short_string(),
        "counts": counts,
        "rules": rules(decision),
        "shadow": decision.shadow,
        "simulated": decision.simulated,
        "sources": sources,
        "inputs": decision.inputs,
        "outputs": outputs,
    });
    if !decision.models.is_empty() {
        json["models"] = models(decision);
    }
    if let Some(found) = &decision.uncertainty {
        let sources: Vec<&str> = found.sources.iter().map(|s| s.as_str()).collect();
        json["uncertainty"] = json!({ "replicas": found.replicas, "rows": found.rows, "sources": sources });
    }
    if let Some(found) = &decision.clusters {
        json["clusters"] = trust::concentration(found);
    }
    if let Some(found) = &decision.independence {
        json["independence"] = independence_json(found);
    }
    json
}
