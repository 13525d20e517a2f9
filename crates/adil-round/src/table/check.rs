//! Looks at whole columns: their type, their keys, cells that do not fit.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use adil_domain::problem::did_you_mean;
use adil_domain::{Currency, Place, Problem, Problems};

use super::cell::{
    CellError, decimal_shape, is_date, is_decimal, is_truth, parse_date, parse_money, parse_number,
    parse_truth, shorten,
};
use super::{Limited, Table};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnType {
    /// Decimals.
    Number,
    /// Anything written; identifiers too, since their leading zeros count.
    Text,
    /// `true` or `false`.
    Truth,
    /// Days such as `2023-12-31`.
    Date,
    /// No cell is filled, so it could be anything.
    Empty,
}

impl ColumnType {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Truth => "truth",
            Self::Date => "date",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The type of a column by all of its filled cells.
///
/// A number or a date when more than half of them are one, so that a few slips are reported as slips and do
/// not turn the column into text; truth when all are `true` or `false`. Whole numbers with leading zeros
/// count as codes, not numbers.
pub fn infer_type(table: &Table, column: usize) -> ColumnType {
    let (mut filled, mut numbers, mut dates, mut truths) = (0usize, 0usize, 0usize, 0usize);
    for cell in table.cells(column).filter(|c| !c.is_empty()) {
        filled += 1;
        if let Some((whole, _)) = decimal_shape(cell) {
            numbers += usize::from(!(whole > 1 && cell.starts_with('0')));
        } else if is_date(cell) {
            dates += 1;
        } else if is_truth(cell) {
            truths += 1;
        }
    }
    match filled {
        0 => ColumnType::Empty,
        _ if truths == filled => ColumnType::Truth,
        _ if numbers * 2 > filled => ColumnType::Number,
        _ if dates * 2 > filled => ColumnType::Date,
        _ => ColumnType::Text,
    }
}

/// Reports every filled cell that does not fit the column's type: `not-a-number`, `not-a-date`,
/// `not-true-or-false`.
pub fn check_column(table: &Table, column: usize, kind: ColumnType, problems: &mut Problems) {
    match kind {
        ColumnType::Number => {
            check_cells(
                table,
                column,
                problems,
                |t| if is_decimal(t) { None } else { parse_number(t).err() },
            );
        }
        ColumnType::Date => {
            check_cells(table, column, problems, |t| if is_date(t) { None } else { parse_date(t).err() });
        }
        ColumnType::Truth => {
            check_cells(table, column, problems, |t| if is_truth(t) { None } else { parse_truth(t).err() });
        }
        ColumnType::Text | ColumnType::Empty => {}
    }
}

/// Reports every filled cell that is no amount of money of that currency: `not-money`, `negative-money`.
pub fn check_money(table: &Table, column: usize, currency: Currency, problems: &mut Problems) {
    // So many digits always fit into the integer that holds an amount.
    const SAFE_DIGITS: usize = 12;
    let decimals = usize::try_from(currency.decimals()).unwrap_or(0);
    check_cells(table, column, problems, |text| match decimal_shape(text) {
        Some((whole, fraction)) if whole <= SAFE_DIGITS && fraction <= decimals && !text.starts_with('-') => {
            None
        }
        _ => parse_money(text, currency).err(),
    });
}

/// Reports every filled cell that `wrong` finds wrong.
pub(crate) fn check_cells(
    table: &Table,
    column: usize,
    problems: &mut Problems,
    wrong: impl Fn(&str) -> Option<CellError>,
) {
    let name = table.name(column);
    let mut limited = Limited::new(problems, whole_column(table, column));
    for (row, cell) in table.cells(column).enumerate() {
        if cell.is_empty() {
            continue;
        }
        if let Some(error) = wrong(cell) {
            limited.error(error.code, || {
                let problem = Problem::error(
                    error.code,
                    Place::cell(table.file(), table.line(row), name),
                    error.message,
                );
                match error.hint {
                    Some(hint) => problem.hint(hint),
                    None => problem,
                }
            });
        }
    }
    limited.finish();
}

/// A column as a place, without a line.
pub(crate) fn whole_column(table: &Table, column: usize) -> Place {
    let mut place = Place::file(table.file());
    place.column = Some(table.name(column).to_owned());
    place
}

/// The rows of a table by their key. It cannot be walked through, so the order of its insides cannot leak
/// into a result.
#[derive(Debug, Clone, Default)]
pub struct Keys<'t>(HashMap<&'t str, usize>);

impl Keys<'_> {
    /// The row with this key; the first of them where several have it.
    pub fn get(&self, key: &str) -> Option<usize> {
        self.0.get(key).copied()
    }

    /// Whether a row has this key.
    pub fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Different keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The rows by their key; reports `duplicate-id` (naming both lines) and `empty-id`. Without the column there
/// are no keys; [`require_columns`] is what says so.
pub fn unique_key<'t>(table: &'t Table, name: &str, problems: &mut Problems) -> Keys<'t> {
    let Some(column) = table.column(name) else { return Keys::default() };
    let mut limited = Limited::new(problems, whole_column(table, column));
    let mut rows: HashMap<&str, usize> = HashMap::with_capacity(table.len());
    for (row, key) in table.cells(column).enumerate() {
        let place = || Place::cell(table.file(), table.line(row), name);
        if key.is_empty() {
            limited.error("empty-id", || empty_id(place(), name));
            continue;
        }
        match rows.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(row);
            }
            Entry::Occupied(entry) => {
                let first = table.line(*entry.get());
                limited.error("duplicate-id", || {
                    let message = format!(
                        "`{}` is the `{name}` of line {first} and again of line {}; each may be there once.",
                        shorten(key),
                        table.line(row)
                    );
                    Problem::error("duplicate-id", place(), message)
                        .hint("Remove one of the two rows, or give one its own identifier.")
                });
            }
        }
    }
    limited.finish();
    Keys(rows)
}

fn empty_id(place: Place, name: &str) -> Problem {
    Problem::error("empty-id", place, format!("The row has no `{name}`, by which it would be known."))
        .hint("Fill it in; a row without it cannot be named in a decision.")
}

/// Reports rows whose cells in `columns` are together not unique (`duplicate-id`), or partly empty
/// (`empty-id`).
///
/// For keys of several columns; [`unique_key`] is for one and gives the rows back. Columns that are not there
/// are left out.
pub fn check_unique(table: &Table, names: &[&str], problems: &mut Problems) {
    let columns: Vec<usize> = names.iter().filter_map(|name| table.column(name)).collect();
    match columns.as_slice() {
        [] => return,
        [column] => {
            unique_key(table, table.name(*column), problems);
            return;
        }
        _ => {}
    }
    let names = columns.iter().map(|c| table.name(*c)).collect::<Vec<_>>().join(", ");
    let mut limited = Limited::new(problems, Place::file(table.file()));
    let mut rows: Vec<usize> = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        match columns.iter().find(|c| table.cell(row, **c).is_empty()) {
            Some(empty) => {
                let name = table.name(*empty);
                limited
                    .error("empty-id", || empty_id(Place::cell(table.file(), table.line(row), name), name));
            }
            None => rows.push(row),
        }
    }
    let key = |row: usize| columns.iter().map(move |c| table.cell(row, *c));
    rows.sort_by(|a, b| key(*a).cmp(key(*b)));
    // Equal keys now stand side by side, and the sort is stable: the first of a group is the first in the file.
    let mut twice: Vec<(usize, usize)> = Vec::new();
    let mut first = None;
    for row in rows {
        match first {
            Some(f) if key(f).eq(key(row)) => twice.push((row, f)),
            _ => first = Some(row),
        }
    }
    twice.sort_unstable();
    for (row, first) in twice {
        limited.error("duplicate-id", || {
            let values = key(row).map(shorten).collect::<Vec<_>>().join(", ");
            let message = format!(
                "`{values}` ({names}) stands on line {} and again on line {}; each may be there once.",
                table.line(first),
                table.line(row)
            );
            Problem::error("duplicate-id", Place::line(table.file(), table.line(row)), message)
                .hint("Remove one of the two rows.")
        });
    }
    limited.finish();
}

/// Reports every column that is not there: `missing-column`, with the nearest name that is.
pub fn require_columns(table: &Table, columns: &[&str], problems: &mut Problems) {
    for name in columns {
        if table.column(name).is_none() {
            problems.push(missing_column(table, name, "which is needed here"));
        }
    }
}

/// The problem of a column that somebody asks for.
pub(crate) fn missing_column(table: &Table, name: &str, why: &str) -> Problem {
    let message = format!("The table has no column `{name}`, {why}.");
    let names = table.header().iter().map(String::as_str).filter(|n| !n.is_empty());
    Problem::error("missing-column", Place::cell(table.file(), table.header_line(), name), message)
        .hint(did_you_mean(name, names))
}
