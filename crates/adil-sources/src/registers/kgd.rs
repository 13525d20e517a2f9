//! Tax arrears of the State Revenue Committee (KGD), from files: the service is behind a captcha and is not asked.
//!
//! JSON as the service answers it, one object or a list of them; or a table whose columns have the same names. The misspelt
//! names are the service's.

use std::collections::BTreeMap;

use adil_domain::{Date, Outcome, Place, Problem, Problems};
use adil_integrity::checks::{Check, Debt, Judged, Reply, not_answered, tax_debt};
use adil_round::table::Limited;
use serde_json::{Map, Value};

use super::asking::days;
use super::{Operators, Row, values};
use crate::http;
use crate::sheet::Sheet;

/// Reads files of arrears, and says of each operator what they say; one that is in none of them is unknown (empty).
///
/// Problems: those of [`Sheet::read`], `register-answer`, `register-contradictory-days`.
pub fn arrears_of_file(
    files: &[(String, Vec<u8>)],
    operators: &Operators,
    day: Date,
    source: &str,
    problems: &mut Problems,
) -> Vec<Row> {
    // By number: the answers, each with its place.
    let mut answers: BTreeMap<String, Vec<(Value, Place)>> = BTreeMap::new();
    for (file, bytes) in files {
        for (value, place) in records(file, bytes, problems) {
            let Some(number) = values::text(&value, "iinBin") else {
                problems.push(
                    Problem::error(
                        "register-answer",
                        place,
                        "The answer does not name whose it is (`iinBin`).",
                    )
                    .hint("Have the whole answer of the service, with its names as they are."),
                );
                continue;
            };
            answers.entry(format!("{:0>12}", number.trim())).or_default().push((value, place));
        }
    }
    let mut rows = Vec::new();
    let mut notes = Limited::new(problems, Place::file(source));
    for subject in &operators.subjects {
        let row = |judged: Judged, as_of: Date| Row {
            operator_id: subject.operator_id.clone(),
            check: judged.check.id().to_owned(),
            as_of: if judged.outcome == Outcome::Unknown { day } else { as_of },
            outcome: judged.outcome,
            source: source.to_owned(),
            evidence: judged.evidence,
        };
        match answers.get(&subject.number) {
            None => rows.push(row(tax_debt(&Reply::Empty), day)),
            Some(list) => {
                for (value, place) in list {
                    match as_of(value, day) {
                        Ok(as_of) => rows.push(row(tax_debt(&debt(value)), as_of)),
                        Err(message) => {
                            notes.push(days(place.clone(), message));
                            rows.push(row(
                                not_answered(Check::TaxDebt, "days that contradict each other"),
                                day,
                            ));
                        }
                    }
                }
            }
        }
    }
    notes.finish();
    rows.sort();
    rows.dedup();
    rows
}

/// The answers of one file.
fn records(file: &str, bytes: &[u8], problems: &mut Problems) -> Vec<(Value, Place)> {
    let is_json = bytes.iter().find(|b| !b.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(b));
    if !matches!(is_json, Some(b'{' | b'[')) {
        let Some(sheet) = Sheet::read(file, bytes, None, problems) else { return Vec::new() };
        let row = |row: usize| {
            let cells = sheet.columns().enumerate().map(|(column, name)| (name, sheet.cell(row, column)));
            let cells = cells.filter(|(_, text)| !text.is_empty());
            let object: Map<String, Value> = cells.map(|(n, t)| (n.to_owned(), Value::from(t))).collect();
            (Value::Object(object), sheet.row_place(row))
        };
        return (0..sheet.len()).map(row).collect();
    }
    let place = |at: usize| Place::line(format!("{file}, record"), u64::try_from(at).unwrap_or(0) + 1);
    match http::json(bytes) {
        Ok(Value::Array(list)) => list.into_iter().enumerate().map(|(at, v)| (v, place(at))).collect(),
        Ok(value) => vec![(value, place(0))],
        Err(error) => {
            problems.push(
                Problem::error("register-answer", Place::file(file), format!("This can't be read: {error}."))
                    .hint(
                        "Save the service's whole answer as JSON, or as a table with its names as columns.",
                    ),
            );
            Vec::new()
        }
    }
}

/// As of when an answer holds: the day of the tax office's accounts, else the day on which it was sent.
fn as_of(value: &Value, day: Date) -> Result<Date, String> {
    let sent = value.get("sendTime").and_then(values::day);
    let offices = value.get("taxOrgInfo").and_then(Value::as_array).into_iter().flatten();
    let accounts: Vec<Date> =
        offices.filter_map(|office| office.get("reportAcrualDate").and_then(values::day)).collect();
    let account = accounts.first().copied();
    if let (Some(first), Some(other)) = (account, accounts.iter().find(|day| Some(**day) != account)) {
        return Err(format!("The answer holds as of {first} and as of {other}."));
    }
    if let (Some(account), Some(sent)) = (account, sent)
        && sent < account
    {
        return Err(format!("The answer was sent on {sent}, before {account}, as of which it holds."));
    }
    match [account, sent].into_iter().flatten().find(|said| *said > day) {
        Some(late) => Err(format!("The answer is dated {late}, after the day of asking ({day}).")),
        None => Ok(account.or(sent).unwrap_or(day)),
    }
}

/// The amounts; one that is there and can't be read makes it unknown.
fn debt(value: &Value) -> Reply<Debt> {
    const PARTS: [(&str, &str); 4] = [
        ("tax", "totalTaxArrear"),
        ("pension", "pensionContributionArrear"),
        ("social", "socialContributionArrear"),
        ("health", "socialHealthInsuranceArrear"),
    ];
    let amount = |name: &str| match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(said) => values::amount(said).map(Some).ok_or_else(|| format!("`{name}` is not understood")),
    };
    let read = || {
        let Some(total) = amount("totalArrear")? else { return Err("`totalArrear` is not said".to_owned()) };
        let mut parts = Vec::new();
        for (name, field) in PARTS {
            parts.extend(amount(field)?.map(|a| (name, a)));
        }
        Ok(Debt {
            total,
            appealed: amount("appealledAmount")?,
            rescheduled: amount("modifiedTermsAmount")?,
            rehabilitation: amount("rehabilitaionProcedureAmount")?,
            parts,
        })
    };
    read().map_or_else(Reply::Unknown, Reply::Record)
}
