//! The certificate against the published tables, by the checker that solves nothing.

use std::collections::{BTreeMap, BTreeSet};

use adil_allocate::check::{CheckedLeaf, CheckedNode, check as check_division};
use adil_domain::{Currency, Money, Rational};
use serde_json::Value;

use super::{money, sums_exact, text};
use crate::folder::Files;
use crate::output::{AWARDS, CERTIFICATE, CERTIFICATE_FORMAT, DECISION_JSON, POT_AWARDS};

/// What does not hold, or why nothing could be checked.
pub(super) fn check(decided: &Files) -> Result<Vec<String>, String> {
    let certificate: Value = serde_json::from_str(text(decided, CERTIFICATE)?)
        .map_err(|e| format!("{CERTIFICATE} is no JSON: {e}."))?;
    let format = string(&certificate, "format")?;
    if format != CERTIFICATE_FORMAT {
        return Err(format!(
            "{CERTIFICATE} has the format `{format}`; this version checks {CERTIFICATE_FORMAT}."
        ));
    }
    let currency: Currency =
        string(&certificate, "currency")?.parse().map_err(|e| format!("{CERTIFICATE}: {e}."))?;
    let unit = amount(string(&certificate, "unit")?, currency)?;
    let frame = Frame { currency, unit };
    let awards = Rows::read(decided, AWARDS)?;
    let places: BTreeMap<&str, &str> =
        awards.iter().map(|r| (r.get("application_id"), r.get("territory"))).collect();
    let leaves_in = string(&certificate, "leaves")?;
    if leaves_in != AWARDS && leaves_in != POT_AWARDS {
        return Err(format!("{CERTIFICATE} names `{leaves_in}` as the table of leaves."));
    }
    let leaves = Rows::read(decided, leaves_in)?;
    let mut findings = Vec::new();
    for pot in array(&certificate, "pots")? {
        findings.extend(check_pot(&frame, pot, &leaves, leaves_in == POT_AWARDS, &places)?);
    }
    let awarded = frame.sum(&awards, "amount")?;
    let json = text(decided, DECISION_JSON)?;
    let json: Value = serde_json::from_str(json).map_err(|e| format!("{DECISION_JSON} is no JSON: {e}."))?;
    findings.extend(sums_exact(&json, &awarded));
    Ok(findings)
}

fn check_pot(
    frame: &Frame,
    pot: &Value,
    leaves: &Rows,
    several: bool,
    places: &BTreeMap<&str, &str>,
) -> Result<Vec<String>, String> {
    let id = string(pot, "pot")?;
    let mut nodes: Vec<CheckedNode> = Vec::new();
    let mut by_code: BTreeMap<String, usize> = BTreeMap::new();
    for node in array(pot, "nodes")? {
        let code = string(node, "territory")?;
        let parent = match node.get("parent") {
            Some(Value::String(parent)) => Some(
                *by_code
                    .get(parent)
                    .ok_or_else(|| format!("{CERTIFICATE}: {code} comes before its parent {parent}."))?,
            ),
            _ => None,
        };
        let ceiling = match node.get("ceiling") {
            Some(Value::String(ceiling)) => Some(frame.steps(ceiling)?),
            _ => None,
        };
        by_code.insert(code.to_owned(), nodes.len());
        nodes.push(CheckedNode {
            name: if code.is_empty() { format!("pot {id}") } else { format!("pot {id}, {code}") },
            parent,
            floor: frame.steps(string(node, "floor")?)?,
            ceiling,
            price: fraction(string(node, "price")?)?,
            total: fraction(string(node, "total")?)?,
        });
    }
    let dropped: BTreeSet<&str> = array(pot, "dropped")?.iter().filter_map(Value::as_str).collect();
    let mut members = Vec::new();
    for row in leaves.iter() {
        // A row without a weight took no part; in the table of several pots each row names its pot.
        if row.get("weight").is_empty() || (several && row.get("pot") != id) {
            continue;
        }
        let application = row.get("application_id");
        let place = places.get(application).copied().unwrap_or("");
        let kept = row.get("amount_if_cleared");
        let given = if kept.is_empty() { row.get("amount") } else { kept };
        members.push(CheckedLeaf {
            name: application.to_owned(),
            // Without places there is one node, and the text of a place says nothing.
            node: *by_code
                .get(if nodes.len() == 1 { "" } else { place })
                .ok_or_else(|| format!("{CERTIFICATE} has no place `{place}` of {application}."))?,
            weight: number(row.get("weight"))?,
            floor: frame.steps(row.get("floor"))?,
            ceiling: if row.get("ceiling").is_empty() {
                None
            } else {
                Some(frame.steps(row.get("ceiling"))?)
            },
            dropped: dropped.contains(application),
            amount: frame.steps(given)?,
        });
    }
    Ok(check_division(&nodes, &members).iter().map(ToString::to_string).collect())
}

/// The currency and the payable step.
struct Frame {
    currency: Currency,
    unit: Money,
}

impl Frame {
    /// An amount in payable steps.
    fn steps(&self, text: &str) -> Result<Rational, String> {
        let minor = Rational::from(amount(text, self.currency)?.minor());
        minor
            .checked_div(&Rational::from(self.unit.minor()))
            .ok_or_else(|| "the payable step is zero.".to_owned())
    }

    fn sum(&self, rows: &Rows, column: &str) -> Result<Rational, String> {
        let amounts: Result<Vec<Rational>, String> =
            rows.iter().map(|r| Ok(amount(r.get(column), self.currency)?.to_rational())).collect();
        Ok(amounts?.into_iter().sum())
    }
}

fn amount(text: &str, currency: Currency) -> Result<Money, String> {
    money(text, currency).ok_or_else(|| format!("`{text}` is not an amount as the tables write it."))
}

fn number(text: &str) -> Result<Rational, String> {
    text.parse().map_err(|e| format!("{e}."))
}

fn fraction(text: &str) -> Result<Rational, String> {
    let wrong = || format!("`{text}` is not a fraction such as 3/4.");
    let (numerator, denominator) = text.split_once('/').ok_or_else(wrong)?;
    let integer = |part: &str| part.parse::<adil_domain::BigInt>().map_err(|_| wrong());
    Rational::ratio(integer(numerator)?, integer(denominator)?).ok_or_else(wrong)
}

fn string<'v>(value: &'v Value, key: &str) -> Result<&'v str, String> {
    value
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| format!("{CERTIFICATE} has no text `{key}` where one is due."))
}

fn array<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>, String> {
    value
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| format!("{CERTIFICATE} has no list `{key}` where one is due."))
}

/// A table of the decision.
struct Rows {
    header: BTreeMap<String, usize>,
    records: Vec<csv::StringRecord>,
}

/// One row of it.
#[derive(Clone, Copy)]
struct Row<'r> {
    rows: &'r Rows,
    record: &'r csv::StringRecord,
}

impl Rows {
    fn read(files: &Files, name: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text(files, name)?.as_bytes());
        let failed = |e: csv::Error| format!("{name} is no table: {e}.");
        let header =
            reader.headers().map_err(failed)?.iter().enumerate().map(|(i, h)| (h.to_owned(), i)).collect();
        let records = reader.records().collect::<Result<_, _>>().map_err(failed)?;
        Ok(Self { header, records })
    }

    fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(move |record| Row { rows: self, record })
    }
}

impl<'r> Row<'r> {
    fn get(self, column: &str) -> &'r str {
        self.rows.header.get(column).and_then(|index| self.record.get(*index)).unwrap_or("")
    }
}
