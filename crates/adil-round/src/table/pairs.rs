//! Amounts in floating point, and costs between the rows of two tables.

use adil_domain::{Place, Problem, Problems};
use rayon::prelude::*;

use super::{Keys, Limited, Table, parse_number, shorten, whole_column};

/// Rows that one thread looks at together.
const TOGETHER: usize = 1_024;

/// The numbers of a column; a cell that holds none is reported and stands as NaN, as does a column that is not there.
pub fn floats(table: &Table, name: &str, problems: &mut Problems) -> Vec<f64> {
    let Some(column) = table.column(name) else { return vec![f64::NAN; table.len()] };
    let found: Vec<f64> = (0..table.len())
        .into_par_iter()
        .with_min_len(TOGETHER)
        // Reported below, where the order is that of the rows.
        .map(|row| float(table.cell(row, column)).unwrap_or(f64::NAN))
        .collect();
    let mut limited = Limited::new(problems, whole_column(table, column));
    for (row, _) in found.iter().enumerate().filter(|(_, value)| value.is_nan()) {
        if let Err((code, message, hint)) = float(table.cell(row, column)) {
            limited.error(code, || {
                let problem = Problem::error(code, Place::cell(table.file(), table.line(row), name), message);
                match hint {
                    Some(hint) => problem.hint(hint),
                    None => problem,
                }
            });
        }
    }
    limited.finish();
    found
}

/// A number of a cell, or what is wrong with it.
fn float(text: &str) -> Result<f64, (&'static str, String, Option<String>)> {
    if text.is_empty() {
        let message = "The cell is empty, but a number was expected.".to_owned();
        return Err(("missing-value", message, Some("Fill it in, or leave the row out.".to_owned())));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        parsed => {
            if let Err(error) = parse_number(text) {
                return Err((error.code, error.message, error.hint));
            }
            let far = if parsed.is_ok() { "is beyond the range of numbers" } else { "is no number" };
            Err(("not-a-number", format!("`{}` {far}.", shorten(text)), None))
        }
    }
}

/// The numbers of a column, none below 0.
pub fn amounts(table: &Table, name: &str, problems: &mut Problems) -> Vec<f64> {
    let found = floats(table, name, problems);
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for (row, value) in found.iter().enumerate().filter(|(_, value)| **value < 0.0) {
        limited.error("negative-value", || {
            let place = Place::cell(table.file(), table.line(row), name);
            Problem::error("negative-value", place, format!("`{name}` is {value}; it can't be below 0."))
        });
    }
    limited.finish();
    found
}

/// Costs between the rows of two tables: row of the first, row of the second, cost.
///
/// `columns` are the identifier in the first table, that in the second, and the cost. Identifiers that are unknown, pairs that
/// stand twice and costs that are none are reported, and not part of the answer, which is in order of the rows.
pub fn costs(
    table: &Table,
    columns: [&str; 3],
    ends: [(&Table, &Keys<'_>); 2],
    problems: &mut Problems,
) -> Vec<(u32, u32, f64)> {
    let [first, second, cost] = columns;
    let (Some(first), Some(second)) = (table.column(first), table.column(second)) else { return Vec::new() };
    let costs = amounts(table, cost, problems);
    let found: Vec<[Option<usize>; 2]> = (0..table.len())
        .into_par_iter()
        .with_min_len(TOGETHER)
        .map(|row| [ends[0].1.get(table.cell(row, first)), ends[1].1.get(table.cell(row, second))])
        .collect();
    let mut limited = Limited::new(problems, Place::file(table.file()));
    let mut pairs = Vec::with_capacity(table.len());
    for (row, (at, cost)) in found.into_iter().zip(costs).enumerate() {
        for ((found, (other, _)), column) in at.iter().zip(ends).zip([first, second]) {
            if found.is_none() {
                limited.error("unknown-id", || {
                    let place = Place::cell(table.file(), table.line(row), table.name(column));
                    let id = shorten(table.cell(row, column));
                    Problem::error("unknown-id", place, format!("`{id}` is no id of {}.", other.file()))
                        .hint("Identifiers are text: leading zeros and capitals count.")
                });
            }
        }
        // More rows than fit 32 bits were refused when the table was read.
        if let [Some(i), Some(j)] = at.map(|at| at.and_then(|at| u32::try_from(at).ok())) {
            pairs.push((i, j, cost, row));
        }
    }
    twice(table, &mut pairs, &mut limited);
    limited.finish();
    pairs.into_iter().filter(|(.., cost, _)| *cost >= 0.0).map(|(i, j, cost, _)| (i, j, cost)).collect()
}

/// Reports and takes out pairs that stand twice; they come out sorted.
fn twice(table: &Table, pairs: &mut Vec<(u32, u32, f64, usize)>, limited: &mut Limited<'_>) {
    pairs.par_sort_unstable_by_key(|&(i, j, _, row)| (i, j, row));
    pairs.dedup_by(|again, first| {
        let same = (again.0, again.1) == (first.0, first.1);
        if same {
            limited.error("duplicate-pair", || {
                let (line, again) = (table.line(first.3), table.line(again.3));
                let message =
                    format!("The cost of this pair is given on line {line} and again on line {again}.");
                Problem::error("duplicate-pair", Place::line(table.file(), again), message)
                    .hint("Keep one of them.")
            });
        }
        same
    });
}
