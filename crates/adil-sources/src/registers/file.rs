//! Answers that somebody wrote down: a table of checks, its columns named as ours or mapped to them.

use std::collections::BTreeSet;

use adil_domain::problem::did_you_mean;
use adil_domain::{Date, Outcome, Place, Problem, Problems};
use adil_round::table::Limited;

use super::asking::days;
use super::{Operators, Row};
use crate::Found;
use crate::mapping::{Context, Mapping};
use crate::sheet::Sheet;
use crate::words::shorten;

/// Our columns; all but the last must be there.
const COLUMNS: [&str; 5] = ["operator_id", "check", "outcome", "as_of", "evidence"];

/// Reads a table of checks. Without a mapping its columns have our names: `operator_id`, `check`, `outcome` (`pass`, `fail`,
/// `unknown`), `as_of`, and perhaps `evidence`. A mapping may give `check` and `as_of` as constants, and `[values.outcome]`.
///
/// Problems: those of [`Mapping::apply`], `missing-value`, `unknown-outcome`, `not-a-date`, `register-contradictory-days`,
/// `unknown-operator`.
pub fn checks_of_file(
    sheet: &Sheet,
    mapping: Option<&Mapping>,
    context: &Context<'_>,
    operators: &Operators,
    day: Date,
    source: &str,
    problems: &mut Problems,
) -> Vec<Row> {
    let own = own_names(sheet);
    let found = mapping.unwrap_or(&own).apply(sheet, context, problems);
    let mut notes = Limited::new(problems, Place::file(sheet.file()));
    let mut rows = BTreeSet::new();
    for record in found {
        match row(&record, operators, day, source) {
            Ok(row) => {
                rows.insert(row);
            }
            Err(found) => notes.extend(found),
        }
    }
    notes.finish();
    rows.into_iter().collect()
}

/// The mapping of a table that has our names. What is missing is missing.
fn own_names(sheet: &Sheet) -> Mapping {
    let needed = |name: &&str| *name != "evidence" || sheet.column(name).is_some();
    let columns = COLUMNS.into_iter().filter(needed).map(|name| (name.to_owned(), name.to_owned())).collect();
    Mapping { columns, ..Mapping::default() }
}

/// A row, or all that is wrong with it.
fn row(record: &Found, operators: &Operators, day: Date, source: &str) -> Result<Row, Vec<Problem>> {
    let mut wrong = Vec::new();
    let mut needed = |field: &str| {
        let text = record.get(field).map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            wrong.push(
                Problem::error("missing-value", record.place.clone(), format!("`{field}` is not said."))
                    .hint("A row says of which operator, which check, what came of it."),
            );
        }
        text.unwrap_or("").to_owned()
    };
    let (operator_id, check, word) = (needed("operator_id"), needed("check"), needed("outcome"));
    let outcome = Outcome::from_word(&word);
    if outcome.is_none() && !word.is_empty() {
        let message = format!("`{}` is no outcome.", shorten(&word));
        let hint = did_you_mean(&word, ["pass", "fail", "unknown"]);
        wrong.push(
            Problem::error("unknown-outcome", record.place.clone(), message)
                .hint(format!("{hint} A mapping can say what it means: [values.outcome].")),
        );
    }
    if !operator_id.is_empty() && !operators.ids.contains(&operator_id) {
        let message = "The operators' table has no such operator; the row was left out.";
        wrong.push(
            Problem::warning("unknown-operator", record.place.clone(), message)
                .hint("Compare the identifiers of the two tables."),
        );
    }
    let said = record.as_of.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let as_of = said.and_then(super::values::day_of_text);
    match (said, as_of) {
        (_, Some(as_of)) if as_of > day => {
            let message = format!("The answer is dated {as_of}, after the day of asking ({day}).");
            wrong.push(days(record.place.clone(), message));
        }
        (Some(text), None) => {
            let message = format!("`{}` is no day.", shorten(text));
            wrong.push(
                Problem::error("not-a-date", record.place.clone(), message).hint("Write it as 2026-01-31."),
            );
        }
        (None, _) => {
            let hint =
                "An answer holds as of a day: in a column, or for all rows in [constants] of a mapping.";
            let message = "`as_of` is not said.";
            wrong.push(Problem::error("missing-value", record.place.clone(), message).hint(hint));
        }
        _ => {}
    }
    match (outcome, as_of, wrong.is_empty()) {
        (Some(outcome), Some(as_of), true) => Ok(Row {
            operator_id,
            check,
            outcome,
            as_of,
            source: source.to_owned(),
            evidence: record.get("evidence").unwrap_or("").to_owned(),
        }),
        _ => Err(wrong),
    }
}
