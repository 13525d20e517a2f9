//! Tables about people as counts, small ones hidden.
//!
//! Each says something different, so that no two of them, laid side by side, give a hidden count away: children by age and sex
//! for the whole round, places taken by facility, flags by place and detector.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Place, Problem, Problems};
use adil_integrity::disclosure::{Cell, Counts};

use crate::folder::{FACILITIES, FLAGS};
use crate::inputs::Inputs;
use crate::output::csv;
use crate::table::{self, Limited, Table, shorten};

/// A total stands where this is the name of what it sums over.
const ALL: &str = "*";

/// A table of counts.
pub(super) struct Made {
    pub(super) bytes: Vec<u8>,
    pub(super) counts: usize,
    pub(super) hidden: usize,
}

/// A row: two names, the count where it is shown, and whether it is.
fn made(header: [&str; 4], rows: Vec<[String; 2]>, counts: &Counts, smallest: u32) -> Made {
    let cells = counts.suppress(u64::from(smallest));
    let hidden = cells.iter().filter(|cell| !cell.is_shown()).count();
    let row = |((names, value), cell): (([String; 2], &u64), &Cell)| {
        let [first, second] = names;
        if cell.is_shown() {
            [first, second, value.to_string(), "shown".to_owned()]
        } else {
            // Not for which reason: that would say which of the hidden counts are small.
            [first, second, String::new(), "hidden".to_owned()]
        }
    };
    let rows = rows.into_iter().zip(counts.values()).zip(&cells).map(row);
    Made { bytes: csv(header, rows), counts: cells.len(), hidden }
}

/// Whether these columns are there; what is missing is said.
fn has(table: &Table, columns: &[&str], problems: &mut Problems) -> bool {
    let before = problems.len();
    table::require_columns(table, columns, problems);
    problems.len() == before
}

/// The territory of each facility.
fn places(inputs: &Inputs) -> BTreeMap<&str, &str> {
    let Some(table) = inputs.table(FACILITIES) else { return BTreeMap::new() };
    let (Some(id), Some(territory)) = (table.column("facility_id"), table.column("territory")) else {
        return BTreeMap::new();
    };
    (0..table.len()).map(|row| (table.cell(row, id), table.cell(row, territory))).collect()
}

/// Places taken in sections: the whole round, its places, their facilities.
pub(super) fn sections(
    inputs: &Inputs,
    table: &Table,
    smallest: u32,
    problems: &mut Problems,
) -> Option<Made> {
    if !has(table, &["facility_id", "children"], problems) {
        return None;
    }
    let territories = places(inputs);
    let (facility, children) = (table.column("facility_id")?, table.column("children")?);
    let mut taken: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for row in 0..table.len() {
        let (id, text) = (table.cell(row, facility), table.cell(row, children));
        let place = territories.get(id).copied().unwrap_or("");
        // An empty cell is not known, and counts nobody.
        let number = if text.is_empty() { Ok(0) } else { text.parse::<u64>() };
        match number {
            Ok(number) => {
                let sum = taken.entry((place, id)).or_default();
                *sum = sum.saturating_add(number);
            }
            Err(_) => limited.error("bad-number", || {
                let message = format!("`{}` is no number of children.", shorten(text));
                Problem::error("bad-number", Place::cell(table.file(), table.line(row), "children"), message)
                    .hint("Write a whole number, or nothing where it is not known.")
            }),
        }
    }
    limited.finish();
    let mut names = vec![[ALL.to_owned(), ALL.to_owned()]];
    let (mut parents, mut own) = (vec![None], vec![0]);
    let mut place = None;
    for ((territory, id), number) in taken {
        let at = match place {
            Some((known, at)) if known == territory => at,
            _ => {
                names.push([territory.to_owned(), ALL.to_owned()]);
                parents.push(Some(0));
                own.push(0);
                names.len() - 1
            }
        };
        place = Some((territory, at));
        names.push([territory.to_owned(), id.to_owned()]);
        parents.push(Some(at));
        own.push(number);
    }
    let counts = Counts::tree(&parents, &own);
    Some(made(["territory", "facility_id", "children", "state"], names, &counts, smallest))
}

/// Children by age and sex.
pub(super) fn children(table: &Table, smallest: u32, problems: &mut Problems) -> Option<Made> {
    if !has(table, &["age", "sex"], problems) {
        return None;
    }
    let (age, sex) = (table.column("age")?, table.column("sex")?);
    let pairs = (0..table.len()).map(|row| (table.cell(row, age), table.cell(row, sex)));
    // As numbers where they are some, so that nine comes before ten.
    let order = |text: &str| (text.parse::<u64>().unwrap_or(u64::MAX), text.to_owned());
    grid(["age", "sex", "children", "state"], pairs, order, smallest)
}

/// Flags by place and detector. Those of detectors that the rules name are left to `flagged.csv` of the decision: from
/// both together hidden counts could be had.
pub(super) fn flags(inputs: &Inputs, table: &Table, smallest: u32, problems: &mut Problems) -> Option<Made> {
    if !has(table, &["detector", "subject_kind", "subject_id"], problems) {
        return None;
    }
    let territories = places(inputs);
    let column = |name: &str| table.column(name);
    let (detector, facility) = (column("detector")?, column("facility_id"));
    let (kind, subject) = (column("subject_kind")?, column("subject_id")?);
    let named = |id: &str| inputs.policy.detectors.iter().any(|rule| rule.id == id);
    let pairs = (0..table.len()).filter(|row| !named(table.cell(*row, detector))).map(|row| {
        let at = facility.map_or("", |column| table.cell(row, column));
        let about = table.cell(row, subject);
        let place = match (at, table.cell(row, kind)) {
            ("", "territory") => about,
            ("", "facility") => territories.get(about).copied().unwrap_or(""),
            (facility, _) => territories.get(facility).copied().unwrap_or(""),
        };
        (place, table.cell(row, detector))
    });
    debug_assert_eq!(table.file(), FLAGS);
    grid(["territory", "detector", "flags", "state"], pairs, |text: &str| (0, text.to_owned()), smallest)
}

/// How often each pair occurs, with the totals of both.
fn grid<'t>(
    header: [&str; 4],
    pairs: impl Iterator<Item = (&'t str, &'t str)>,
    order: impl Fn(&str) -> (u64, String),
    smallest: u32,
) -> Option<Made> {
    let mut seen: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for pair in pairs {
        *seen.entry(pair).or_default() += 1;
    }
    if seen.is_empty() {
        return None;
    }
    let distinct = |name: &dyn Fn(&(&'t str, &'t str)) -> &'t str| {
        let names: BTreeSet<&str> = seen.keys().map(name).collect();
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_by_key(|name| order(name));
        names
    };
    let (rows, columns) = (distinct(&|pair| pair.0), distinct(&|pair| pair.1));
    let inner: Vec<u64> = rows
        .iter()
        .flat_map(|row| columns.iter().map(|column| seen.get(&(*row, *column)).copied().unwrap_or(0)))
        .collect();
    let names = rows
        .iter()
        .chain([&ALL])
        .flat_map(|row| columns.iter().chain([&ALL]).map(|column| [(*row).to_owned(), (*column).to_owned()]))
        .collect();
    Some(made(header, names, &Counts::grid(columns.len(), &inner), smallest))
}
