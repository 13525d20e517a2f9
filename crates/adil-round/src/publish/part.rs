//! Tables of which a part is published: what the rules let count, without whom it is about.

use std::collections::BTreeSet;

use adil_domain::{Date, Outcome, Publish};
use adil_integrity::checks::{Row, reduce};
use adil_policy::{FlagSeverity, Source};

use crate::facts::flags::names_nobody;
use crate::folder::Files;
use crate::inputs::Inputs;
use crate::output::{AWARDS, records};
use crate::table::Table;

/// Answers with what their sources let be shown; where that is a digest, it stands in a column of its own.
pub(super) fn checks(sources: &[Source], table: &Table) -> Vec<u8> {
    let at = |name: &str| table.column(name);
    let (outcome, evidence) = (at("outcome"), at("evidence"));
    let mut header: Vec<&str> = table.header().iter().map(String::as_str).collect();
    let mut rows = Vec::with_capacity(table.len());
    let mut digests = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let cell = |name: &str| at(name).map_or("", |column| table.cell(row, column));
        let publish =
            sources.iter().find(|s| s.name == cell("source")).map_or(Publish::Answer, |s| s.publish);
        let said = cell("outcome");
        let shown =
            Outcome::from_word(said).zip(cell("as_of").parse::<Date>().ok()).map(|(outcome, as_of)| {
                let row = Row {
                    operator_id: cell("operator_id"),
                    check: cell("check"),
                    outcome,
                    as_of,
                    source: cell("source"),
                    evidence: cell("evidence"),
                };
                reduce(publish, &row, None)
            });
        let cells = (0..table.header().len()).map(|column| {
            let whole = table.cell(row, column);
            if publish == Publish::Answer {
                return whole.to_owned();
            }
            let shown = shown.as_ref();
            if Some(column) == outcome {
                return shown.and_then(|s| s.outcome).map_or_else(String::new, |o| o.as_str().to_owned());
            }
            if Some(column) == evidence {
                return shown.and_then(|s| s.evidence.clone()).unwrap_or_default();
            }
            // A column that no contract knows may say what the evidence says.
            let known = ["operator_id", "check", "as_of", "source"].contains(&table.name(column));
            if known { whole.to_owned() } else { String::new() }
        });
        rows.push(cells.collect::<Vec<String>>());
        digests.push(shown.and_then(|s| s.digest).unwrap_or_default());
    }
    if digests.iter().any(|digest| !digest.is_empty()) {
        header.push("digest");
        for (row, digest) in rows.iter_mut().zip(digests) {
            row.push(digest);
        }
    }
    records(&header, rows)
}

/// Flags that the rules let count of those who applied, enough to decide again: not whom they are about, where that is a
/// person, a section or a device, and not on what they rest.
pub(super) fn flags(inputs: &Inputs, table: &Table, decided: &Files) -> Vec<u8> {
    let cell = |row: usize, name: &str| table.column(name).map_or("", |column| table.cell(row, column));
    let (facilities, operators) = applicants(decided);
    let header =
        ["detector", "subject_kind", "subject_id", "severity", "facility_id", "evidence", "sentence"];
    let counts = |row: usize| {
        let severity = FlagSeverity::from_word(cell(row, "severity")).unwrap_or_default();
        let rules = &inputs.policy.detectors;
        let applies = match (cell(row, "facility_id"), cell(row, "subject_kind")) {
            ("", "facility") => facilities.contains(cell(row, "subject_id")),
            ("", "operator") => operators.contains(cell(row, "subject_id")),
            ("", _) => false,
            (facility, _) => facilities.contains(facility),
        };
        applies && rules.iter().any(|rule| rule.id == cell(row, "detector") && severity >= rule.from)
    };
    let rows = (0..table.len()).filter(|row| counts(*row)).map(|row| {
        let open = names_nobody(cell(row, "subject_kind"));
        let if_open = |name: &str| if open { cell(row, name).to_owned() } else { String::new() };
        vec![
            cell(row, "detector").to_owned(),
            cell(row, "subject_kind").to_owned(),
            if_open("subject_id"),
            cell(row, "severity").to_owned(),
            cell(row, "facility_id").to_owned(),
            String::new(),
            if_open("sentence"),
        ]
    });
    records(&header, rows)
}

/// The facilities and operators of the applications, as the decision has them.
fn applicants(decided: &Files) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut found = (BTreeSet::new(), BTreeSet::new());
    let Some(awards) = decided.get(AWARDS) else { return found };
    let mut reader = csv::Reader::from_reader(awards.as_slice());
    let Ok(header) = reader.headers().cloned() else { return found };
    let at = |name: &str| header.iter().position(|column| column == name);
    let (facility, operator) = (at("facility_id"), at("operator_id"));
    for record in reader.records().flatten() {
        let cell = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or("").to_owned();
        found.0.insert(cell(facility));
        found.1.insert(cell(operator));
    }
    found
}
