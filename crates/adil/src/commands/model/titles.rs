//! What people call the columns of a table, by language.

use std::collections::BTreeMap;
use std::path::Path;

use adil_domain::problem::did_you_mean;
use adil_domain::{Problem, Problems};

use super::table::{self, Table};

/// Titles by column and language.
pub(super) type Titles = BTreeMap<String, BTreeMap<String, String>>;

/// The languages that a title may have.
const LANGUAGES: [&str; 3] = ["en", "kk", "ru"];
/// The column that names columns.
const COLUMN: &str = "column";

/// Reads a table with `column` and any of `en`, `kk`, `ru`; every column that it names must be one of `of`.
pub(super) fn read(file: &Path, of: &Table, problems: &mut Problems) -> Option<Titles> {
    let table = table::read(file, problems)?;
    let sheet = &table.sheet;
    for name in sheet.columns().filter(|name| *name != COLUMN && !LANGUAGES.contains(name)) {
        let message = format!("`{name}` is neither `{COLUMN}` nor a language that titles have.");
        problems.push(
            Problem::error("unknown-column", sheet.header_place(), message)
                .hint(did_you_mean(name, LANGUAGES.into_iter().chain([COLUMN]))),
        );
    }
    let column = table.column(COLUMN, "--titles", problems)?;
    let languages: Vec<(&str, usize)> =
        LANGUAGES.into_iter().filter_map(|l| Some((l, sheet.column(l)?))).collect();
    let mut titles = Titles::new();
    for row in 0..sheet.len() {
        let name = sheet.cell(row, column);
        if of.sheet.column(name).is_none() {
            let message = format!("`{name}` has a title, but the table has no such column.");
            problems.push(
                Problem::error("unknown-column", sheet.place(row, column), message)
                    .hint(did_you_mean(name, of.sheet.columns())),
            );
            continue;
        }
        let cells = languages.iter().map(|(language, at)| (*language, sheet.cell(row, *at)));
        let title =
            cells.filter(|(_, cell)| !cell.is_empty()).map(|(l, cell)| (l.to_owned(), cell.to_owned()));
        if titles.insert(name.to_owned(), title.collect()).is_some() {
            let message = format!("`{name}` has a title already.");
            problems.push(
                Problem::error("duplicate-row", sheet.place(row, column), message)
                    .hint("Keep one of the two rows."),
            );
        }
    }
    Some(titles)
}
