//! What is wrong with what people said: only looked at where the rules let it count.

use std::collections::BTreeMap;

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};
use adil_integrity::observations::journeys::{self, Step};
use adil_integrity::observations::{Kind, Moment, agreement, scheme};
use adil_policy::Policy;

use crate::folder::{JOURNEYS, OBSERVATIONS};
use crate::observed;
use crate::table::{self, CellError, ColumnType, Limited, Table};

pub(super) fn check(policy: &Policy, tables: &BTreeMap<&'static str, Table>, problems: &mut Problems) {
    if policy.observations.is_none() {
        return;
    }
    if let Some(table) = tables.get(OBSERVATIONS) {
        observations(table, problems);
    }
    if let Some(table) = tables.get(JOURNEYS) {
        journeys(table, problems);
    }
}

fn observations(table: &Table, problems: &mut Problems) {
    table::require_columns(
        table,
        &["facility_id", "observer", "question", "answer", "observed_at"],
        problems,
    );
    let questions = || scheme::questions().iter().map(|question| question.id.as_str());
    words(table, "question", "unknown-question", questions, problems);
    words(table, "kind", "unknown-kind", || Kind::ALL.iter().map(|kind| kind.as_str()), problems);
    moments(table, "observed_at", problems);
    for column in ["observer", "device", "text_hash"] {
        hashes(table, column, problems);
    }
    nobody(table, ["observer", "device"], problems);
    let (Some(question), Some(answer)) = (table.column("question"), table.column("answer")) else { return };
    let mut limited = Limited::new(problems, Place::file(OBSERVATIONS));
    for row in 0..table.len() {
        let (Some(asked), word) = (scheme::question(table.cell(row, question)), table.cell(row, answer))
        else {
            continue;
        };
        // An empty cell is not known, here as everywhere.
        if word.is_empty() || observed::answer(asked, word).is_some() {
            continue;
        }
        limited.error("unknown-answer", || {
            let rule = &scheme::questions()[asked];
            let hint = if rule.is_count() {
                "Write a number that is not below zero.".to_owned()
            } else {
                did_you_mean(word, rule.answers.iter().map(String::as_str))
            };
            let message = format!("`{}` is no answer to `{}`.", table::shorten(word), rule.id);
            let place = Place::cell(OBSERVATIONS, table.line(row), "answer");
            Problem::error("unknown-answer", place, message).hint(hint)
        });
    }
    limited.finish();
}

fn journeys(table: &Table, problems: &mut Problems) {
    table::require_columns(table, &["facility_id", "step", "minutes", "obstacle", "told_at"], problems);
    let ids = |codes: &'static [scheme::Code]| move || codes.iter().map(|code| code.id.as_str());
    words(table, "step", "unknown-step", ids(scheme::steps()), problems);
    words(table, "obstacle", "unknown-obstacle", ids(scheme::obstacles()), problems);
    moments(table, "told_at", problems);
    hashes(table, "teller", problems);
    nobody(table, ["teller", "journey_id"], problems);
    if let Some(minutes) = table.column("minutes") {
        table::check_column(table, minutes, ColumnType::Number, problems);
        table::check_cells(table, minutes, problems, |text| {
            text.starts_with('-').then(|| CellError {
                code: "negative-value",
                message: format!("`{}` minutes are none.", table::shorten(text)),
                hint: None,
            })
        });
    }
    let steps: Vec<Step<'_>> = observed::steps(table).flatten().collect();
    let least = adil_domain::Rational::from_scaled(agreement::TOO_LITTLE, 3);
    if let Some(alpha) = journeys::coders_agree(&steps).filter(|alpha| *alpha < least) {
        let message = format!(
            "Those who coded the same journeys agree too little on obstacles: alpha is {}, at least {} is expected.",
            alpha.to_decimal(3),
            least.to_decimal(3)
        );
        problems.push(
            Problem::warning("low-agreement", Place::file(JOURNEYS), message)
                .hint("Talk over where they differ, by the coding scheme, and code again."),
        );
    }
}

/// Every filled cell is one of these words.
fn words<'w, W: Iterator<Item = &'w str>>(
    table: &Table,
    column: &str,
    code: &'static str,
    known: impl Fn() -> W,
    problems: &mut Problems,
) {
    let Some(index) = table.column(column) else { return };
    table::check_cells(table, index, problems, |text| {
        (!known().any(|word| word == text)).then(|| CellError {
            code,
            message: format!("`{}` is no {column}.", table::shorten(text)),
            hint: Some(did_you_mean(text, known())),
        })
    });
}

/// Every cell is a day or a moment; an observation of no day can't be judged.
fn moments(table: &Table, column: &str, problems: &mut Problems) {
    let Some(index) = table.column(column) else { return };
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for (row, text) in table.cells(index).enumerate() {
        if Moment::parse(text).is_none() {
            limited.error("missing-date", || {
                let place = Place::cell(table.file(), table.line(row), column);
                let message = format!("`{}` is neither a day nor a moment.", table::shorten(text));
                Problem::error("missing-date", place, message)
                    .hint("Write 2026-05-14 or, better, 2026-05-14T18:30+05:00.")
            });
        }
    }
    limited.finish();
}

/// People stand in tables as keyed hashes. What can be seen to be a name, an address or a number is not repeated.
fn hashes(table: &Table, column: &str, problems: &mut Problems) {
    let Some(index) = table.column(column) else { return };
    table::check_cells(table, index, problems, |text| {
        // A telephone number has at most fifteen digits (E.164); a hash may happen to be all digits, and is longer.
        let telephone = (10..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let plain = telephone || text.starts_with('+') || text.contains(['@', ' ', '(']);
        plain.then(|| CellError {
            code: "person-in-plain",
            message: "Here stands a name, an address, a telephone number or a text, not a keyed hash."
                .to_owned(),
            hint: Some("`adil import` hashes it with the key in ADIL_HASH_KEY.".to_owned()),
        })
    });
}

/// A row that names nobody belongs to nobody, and does not count.
fn nobody(table: &Table, columns: [&str; 2], problems: &mut Problems) {
    let positions: Vec<usize> = columns.iter().filter_map(|name| table.column(name)).collect();
    let anonymous = |row: &usize| positions.iter().all(|column| table.cell(*row, *column).is_empty());
    let rows: Vec<usize> = (0..table.len()).filter(anonymous).collect();
    let Some(first) = rows.first() else { return };
    let message = format!(
        "Rows that name neither {} nor {} belong to nobody and do not count: {}, the first here.",
        columns[0],
        columns[1],
        rows.len()
    );
    problems.push(
        Problem::warning("said-by-nobody", Place::line(table.file(), table.line(*first)), message)
            .hint("A keyed hash says who is one person without saying who it is."),
    );
}
