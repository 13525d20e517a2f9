//! What registers and verifiers answered: `checks.csv`, and a file for each source that keeps its own, which it may sign.

use std::collections::HashMap;

use adil_domain::{Outcome, Place, Problem, Problems};
use adil_integrity::checks::dispute::{self, Dispute};
use adil_integrity::signature;
use adil_policy::{Policy, Source};

use super::tables::filled;
use crate::folder::{CHECKS, CHECKS_FOLDER, DISPUTES, Files, SIGNATURE};
use crate::table::{self, ColumnType, Table};

/// The files of single sources, in byte order of their names.
pub(super) fn read(files: &Files, problems: &mut Problems) -> Vec<Table> {
    let own = files.iter().filter(|(name, _)| source_of(name).is_some());
    own.filter_map(|(name, bytes)| Table::read(name, bytes, problems)).collect()
}

/// The source that a file of checks belongs to, by its name.
fn source_of(file: &str) -> Option<&str> {
    file.strip_prefix(CHECKS_FOLDER)?.strip_prefix('/')?.strip_suffix(".csv")
}

/// What is wrong with answers, across all files of them.
pub(super) fn check(
    policy: Option<&Policy>,
    checks: Option<&Table>,
    own: &[Table],
    files: &Files,
    problems: &mut Problems,
) {
    for table in checks.into_iter().chain(own) {
        check_answers(table, problems);
    }
    for table in own {
        of_one_source(table, problems);
    }
    one_answer_a_day(checks.into_iter().chain(own), problems);
    for source in policy.iter().flat_map(|policy| &policy.sources) {
        if let Some(key) = &source.key {
            signed(source, key, checks, files, problems);
        }
    }
}

/// The disputes of the round.
pub(super) fn disputes(files: &Files, problems: &mut Problems) -> Vec<Dispute> {
    files.get(DISPUTES).map_or_else(Vec::new, |bytes| dispute::read(DISPUTES, bytes, problems))
}

/// Answers of a source that signs count only out of its own file, with a signature by its key.
fn signed(source: &Source, key: &str, checks: Option<&Table>, files: &Files, problems: &mut Problems) {
    if let Some(checks) = checks
        && let Some(column) = checks.column("source")
        && let Some(row) = checks.cells(column).position(|name| name == source.name)
    {
        let message =
            format!("`{}` signs its answers, but here stands one that it did not sign.", source.name);
        problems.push(
            Problem::error("unsigned-answer", Place::cell(CHECKS, checks.line(row), "source"), message).hint(
                format!(
                    "Put its answers into {CHECKS_FOLDER}/{}.csv as it gave them, with its signature beside.",
                    source.name
                ),
            ),
        );
    }
    let file = format!("{CHECKS_FOLDER}/{}.csv", source.name);
    let Some(bytes) = files.get(&file) else { return };
    let Some(signature) = files.get(&format!("{file}{SIGNATURE}")) else {
        let message = format!("`{}` signs its answers, but there is no {file}{SIGNATURE}.", source.name);
        problems.push(
            Problem::error("no-signature", Place::file(file), message)
                .hint("Ask the source for the signature of this file."),
        );
        return;
    };
    let text = String::from_utf8_lossy(signature);
    if let Err(error) = signature::verify(key, bytes, text.trim()) {
        let message = format!("The signature of `{}` proves nothing: {error}.", source.name);
        problems.push(
            Problem::error("bad-signature", Place::file(file), message).hint(
                "Take the file and its signature from the source again; nobody else may change either.",
            ),
        );
    }
}

/// A file that bears a source's name holds only what that source said.
fn of_one_source(table: &Table, problems: &mut Problems) {
    let (Some(name), Some(column)) = (source_of(table.file()), table.column("source")) else { return };
    for (row, source) in table.cells(column).enumerate().filter(|(_, source)| *source != name) {
        let message = format!("Answers of `{source}` can't stand in the file of `{name}`.");
        problems.push(
            Problem::error("other-source", Place::cell(table.file(), table.line(row), "source"), message)
                .hint(format!("Put them into {CHECKS_FOLDER}/{source}.csv or into {CHECKS}.")),
        );
    }
}

fn check_answers(checks: &Table, problems: &mut Problems) {
    table::require_columns(checks, &["operator_id", "check", "outcome", "as_of", "source"], problems);
    let Some(outcome) = checks.column("outcome") else { return };
    for row in 0..checks.len() {
        let word = checks.cell(row, outcome);
        if Outcome::from_word(word).is_none() {
            problems.push(
                Problem::error(
                    "unknown-outcome",
                    Place::cell(checks.file(), checks.line(row), "outcome"),
                    format!("`{word}` is no outcome of a check."),
                )
                .hint("Write pass, fail or unknown."),
            );
        }
    }
    filled(checks, "operator_id", problems);
    let Some(as_of) = checks.column("as_of") else { return };
    table::check_column(checks, as_of, ColumnType::Date, problems);
    for row in 0..checks.len() {
        if checks.cell(row, as_of).is_empty() {
            problems.push(
                Problem::error(
                    "missing-date",
                    Place::cell(checks.file(), checks.line(row), "as_of"),
                    "An answer without its day can't be judged.",
                )
                .hint("Write the day on which the source said so, such as 2026-05-14."),
            );
        }
    }
}

/// A source that says two things of one operator on one day says nothing.
fn one_answer_a_day<'t>(tables: impl Iterator<Item = &'t Table>, problems: &mut Problems) {
    let mut said: HashMap<[&str; 4], (Place, &str)> = HashMap::new();
    for checks in tables {
        let columns = ["operator_id", "check", "source", "as_of", "outcome"].map(|name| checks.column(name));
        let [Some(operator), Some(check), Some(source), Some(as_of), Some(outcome)] = columns else {
            continue;
        };
        for row in 0..checks.len() {
            let key = [operator, check, source, as_of].map(|column| checks.cell(row, column));
            let word = checks.cell(row, outcome);
            match said.get(&key) {
                Some((first, other)) if *other != word => problems.push(
                    Problem::error(
                        "contradicting-answers",
                        Place::cell(checks.file(), checks.line(row), "outcome"),
                        format!(
                            "`{}` says `{word}` of `{}` for `{}` here, and `{other}` of the same day in {}.",
                            key[2],
                            key[1],
                            key[0],
                            where_it_stands(first, checks.file()),
                        ),
                    )
                    .hint("Keep the one that is right."),
                ),
                Some(_) => {}
                None => {
                    said.insert(key, (Place::line(checks.file(), checks.line(row)), word));
                }
            }
        }
    }
}

/// A line of the same file, or of another one.
fn where_it_stands(place: &Place, file: &str) -> String {
    match place.line {
        Some(line) if place.file == file => format!("line {line}"),
        _ => place.to_string(),
    }
}
