//! Rows as `checks/<source>.csv`.

use std::collections::BTreeMap;

use adil_domain::{Place, Problem, Problems};

use super::Row;

/// The table, sorted, each row once.
pub fn write(rows: &[Row]) -> Vec<u8> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort();
    rows.dedup();
    let mut table = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = table.write_record(["operator_id", "check", "outcome", "as_of", "source", "evidence"]);
    for row in rows {
        let day = row.as_of.to_string();
        let _ = table.write_record([
            row.operator_id.as_str(),
            &row.check,
            row.outcome.as_str(),
            &day,
            &row.source,
            &row.evidence,
        ]);
    }
    table.into_inner().unwrap_or_default()
}

/// One source that says two things about one operator, check and day: an error (`contradictory-answers`) for each.
pub fn contradictions(file: &str, rows: &[Row], problems: &mut Problems) {
    let mut said: BTreeMap<_, _> = BTreeMap::new();
    for row in rows {
        let key = (&row.operator_id, &row.check, &row.source, row.as_of);
        let first = said.entry(key).or_insert(row.outcome);
        if *first != row.outcome {
            let message = format!(
                "`{}` says `{first}` and `{}` of the check `{}` of operator {} as of {}.",
                row.source, row.outcome, row.check, row.operator_id, row.as_of
            );
            problems.push(
                Problem::error("contradictory-answers", Place::file(file), message)
                    .hint("Ask the source which it is, and leave the other out."),
            );
        }
    }
}
