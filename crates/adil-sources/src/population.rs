//! Numbers of people in cells.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use adil_domain::{Place, Problem, Problems};

use crate::numbers::{self, Style};
use crate::sheet::Sheet;
use crate::words::shorten;
use adil_round::table::Limited;

/// The number of people in a cell as a plain number; none where it is not known. What was done is said.
///
/// Zero is not known: lists of places write it where nobody counted. So is nothing.
pub(crate) fn cell(text: &str, place: impl Fn() -> Place, notes: &mut Limited<'_>) -> Option<String> {
    let mut unknown = |found: &str| {
        let message = format!("{found}, so how many people live here is not known; left empty.");
        notes.push(
            Problem::warning("population-unknown", place(), message)
                .hint("Lists of places write 0 where nobody counted; fill it in from a census."),
        );
        None
    };
    if text.is_empty() {
        return unknown("The population is missing");
    }
    let Some((plain, style)) = numbers::plain_decimal(text) else {
        let message = format!("`{}` is no number of people; left empty.", shorten(text));
        notes.push(Problem::warning("not-a-number", place(), message).hint("Write digits only."));
        return None;
    };
    if plain.trim_matches(['0', '.', '-']).is_empty() {
        return unknown("The population is 0");
    }
    if plain.starts_with('-') {
        let message = format!("A population of {plain} is below zero; left empty.");
        notes.push(Problem::warning("negative-value", place(), message).hint("Compare it with its source."));
        return None;
    }
    if style != Style::Plain {
        let message = format!("`{}` was read as {plain}.", shorten(text));
        notes.push(Problem::warning("number-repaired", place(), message).hint("Better write digits only."));
    }
    Some(plain)
}

/// Populations by code of a table with a column `territory` or `kato` and a column `population`, such as `regions.csv` of
/// a country's geography.
///
/// Problems: `missing-column`, `duplicate-territory`, `population-unknown`, `negative-value`, `not-a-number`,
/// `number-repaired`.
pub fn by_territory(sheet: &Sheet, problems: &mut Problems) -> BTreeMap<String, String> {
    let mut populations = BTreeMap::new();
    let code = sheet.column("territory").or_else(|| sheet.column("kato"));
    let (Some(code), Some(population)) = (code, sheet.column("population")) else {
        problems.push(
            Problem::error(
                "missing-column",
                sheet.header_place(),
                "A table of populations has the columns `territory` (or `kato`) and `population`.",
            )
            .hint("Name them so in the header."),
        );
        return populations;
    };
    let mut notes = Limited::new(problems, Place::file(sheet.file()));
    for row in 0..sheet.len() {
        let Some(people) = cell(sheet.cell(row, population), || sheet.place(row, population), &mut notes)
        else {
            continue;
        };
        let territory = sheet.cell(row, code).to_owned();
        match populations.entry(territory) {
            Entry::Vacant(entry) => {
                entry.insert(people);
            }
            Entry::Occupied(entry) => {
                let message = format!(
                    "The territory `{}` stands in the table again; its first number was kept.",
                    shorten(entry.key())
                );
                let place = sheet.place(row, code);
                notes.push(
                    Problem::error("duplicate-territory", place, message).hint("Remove one of the rows."),
                );
            }
        }
    }
    notes.finish();
    populations
}
