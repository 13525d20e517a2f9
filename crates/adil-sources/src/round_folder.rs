//! A register as the tables of a round: facilities with their territories, who runs them, where people live, and where
//! every value comes from.
//!
//! What a person may have changed is left alone: a policy, applications, answers of checks. Tables that an import wrote
//! are written again; a `facilities.csv` that somebody else wrote is not ([`may_replace`]).

mod policy;
mod territory;
mod write;

use std::collections::BTreeMap;

use adil_domain::{Place, Problem, Problems};
use adil_round::folder::{
    BOUNDARIES, FACILITIES, Files, OPERATORS, PACKAGE, POLICY, POPULATION, TERRITORIES,
};
use adil_round::inputs;
use adil_round::package::Statement;
use adil_round::table::Table;

use crate::register::{self, Facility, Provenance, Register, ReviewRow, fold, review};
use crate::settlements::{self, Settlement};
use adil_round::table::Limited;

pub use policy::{Starter, starter};
pub use territory::{Places, Territory};
pub use write::write;

/// Where every value of the register comes from.
pub const PROVENANCE: &str = "provenance.csv";

/// What a folder is made from.
#[derive(Debug, Default)]
pub struct Parts {
    /// The register.
    pub register: Register,
    /// Territories and boundaries, where they are known.
    pub places: Places,
    /// The boundaries' own file, to go with the round.
    pub boundaries: Option<Vec<u8>>,
    /// Where people live, where that was imported.
    pub population: Vec<Settlement>,
    /// Where the facilities come from.
    pub origin: Statement,
}

/// The files of a round folder. `before` are the files that are there already; what they say is kept in the data
/// package, and a policy of theirs stays.
///
/// Problems: `territory-by-name`, `unknown-territory`, `no-territory`, `outside-territories`, `operator-differs`.
pub fn files(parts: Parts, before: &Files, starter: &Starter, problems: &mut Problems) -> Files {
    let Parts { mut register, mut places, boundaries, mut population, origin } = parts;
    territory::assign(&mut register, &mut population, &mut places, problems);
    let operators = operators(&mut register.facilities, before.get(OPERATORS), problems);
    let mut files = Files::new();
    if !register.facilities.is_empty() {
        files.insert(FACILITIES.to_owned(), facilities(&register.facilities));
        files.insert(PROVENANCE.to_owned(), provenance(&register.provenance));
        files.insert(review::FILE.to_owned(), reviewed(&register.review));
    }
    if !places.rows.is_empty() {
        files.insert(TERRITORIES.to_owned(), territory::table(&places.rows));
    }
    if let Some(bytes) = boundaries {
        files.insert(BOUNDARIES.to_owned(), bytes);
    }
    if !operators.is_empty() {
        files.insert(OPERATORS.to_owned(), table(&["operator_id"], &operators));
    }
    if !population.is_empty() {
        // Writing to memory has no way to fail.
        files.insert(POPULATION.to_owned(), settlements::to_csv(&population).unwrap_or_default());
    }
    if !before.contains_key(POLICY) && !register.facilities.is_empty() {
        files.insert(POLICY.to_owned(), policy::starter(starter, register.facilities.len()).into_bytes());
    }
    let mut all = before.clone();
    all.extend(files.clone());
    let mut package = inputs::draft_package(&all, &starter.id);
    if files.contains_key(FACILITIES) {
        package = origin.write(&package, FACILITIES);
    }
    files.insert(PACKAGE.to_owned(), package.into_bytes());
    files
}

/// Whether a table of facilities was written by an import and may be written again.
pub fn may_replace(facilities: &[u8]) -> bool {
    Table::read(FACILITIES, facilities, &mut Problems::new()).is_some_and(|t| t.column("sources").is_some())
}

/// Identifiers that an earlier import gave, by source and key.
pub fn known_ids(facilities: &[u8]) -> BTreeMap<(String, String), String> {
    let mut known = BTreeMap::new();
    let Some(table) = Table::read(FACILITIES, facilities, &mut Problems::new()) else { return known };
    if let (Some(id), Some(sources)) = (table.column("facility_id"), table.column("sources")) {
        for row in 0..table.len() {
            let id = table.cell(row, id).to_owned();
            known.extend(register::split_sources(table.cell(row, sources)).map(|s| (s, id.clone())));
        }
    }
    known
}

fn facilities(facilities: &[Facility]) -> Vec<u8> {
    let columns = register::columns(facilities);
    csv(
        columns.iter().map(String::as_str),
        facilities.iter().map(|f| columns.iter().map(|c| f.get(c).unwrap_or("")).collect::<Vec<&str>>()),
    )
}

fn provenance(lines: &[Provenance]) -> Vec<u8> {
    let columns = ["facility_id", "field", "value", "source", "key", "as_of", "other_values"];
    csv(
        columns,
        lines.iter().map(|p| {
            vec![&*p.facility_id, &*p.field, &*p.value, &*p.source, &*p.key, &*p.as_of, &*p.other_values]
        }),
    )
}

fn reviewed(rows: &[ReviewRow]) -> Vec<u8> {
    csv(review::COLUMNS, rows.iter().map(|r| r.cells.iter().map(String::as_str).collect()))
}

/// `travel_times.csv` of pairs of a point, a facility and the minutes between them; hundredths of a minute are finer than any
/// map. Pairs that name no point or facility are left out.
pub fn travel_times(points: &[&str], facilities: &[&str], pairs: &[(u32, u32, f64)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(["point_id", "facility_id", "minutes"]);
    for (point, facility, minutes) in pairs {
        if let (Some(point), Some(facility)) =
            (points.get(*point as usize), facilities.get(*facility as usize))
        {
            let _ = writer.write_record([*point, *facility, &format!("{minutes:.2}")]);
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A table of rows by column: the named columns that any row fills first, then the others by name.
fn table(first: &[&str], rows: &[BTreeMap<String, String>]) -> Vec<u8> {
    let mut columns: Vec<&str> =
        first.iter().copied().filter(|c| rows.iter().any(|r| r.contains_key(*c))).collect();
    let mut others: Vec<&str> = rows.iter().flat_map(|r| r.keys().map(String::as_str)).collect();
    others.sort_unstable();
    others.dedup();
    columns.extend(others.into_iter().filter(|c| !first.contains(c)));
    csv(
        columns.clone(),
        rows.iter().map(|r| columns.iter().map(|c| r.get(*c).map_or("", String::as_str)).collect()),
    )
}

/// Rows as CSV. Writing to memory has no way to fail.
fn csv<'a>(header: impl IntoIterator<Item = &'a str>, rows: impl Iterator<Item = Vec<&'a str>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// Takes what is said of operators out of the facilities: one row for each operator. What a table of operators says
/// already stays.
fn operators(
    facilities: &mut [Facility],
    before: Option<&Vec<u8>>,
    problems: &mut Problems,
) -> Vec<BTreeMap<String, String>> {
    const PREFIX: &str = "operator_";
    let mut operators: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    if let Some(table) = before.and_then(|bytes| Table::read(OPERATORS, bytes, problems)) {
        for row in 0..table.len() {
            let cells = table
                .header()
                .iter()
                .enumerate()
                .map(|(c, name)| (name.clone(), table.cell(row, c).to_owned()));
            let cells: BTreeMap<String, String> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
            if let Some(id) = cells.get("operator_id").cloned() {
                operators.insert(id, cells);
            }
        }
    }
    let mut listing = Limited::new(problems, Place::file(FACILITIES));
    for facility in facilities {
        let Some(id) = facility.get("operator_id").map(str::to_owned) else { continue };
        let row = operators
            .entry(id.clone())
            .or_insert_with(|| BTreeMap::from([("operator_id".to_owned(), id.clone())]));
        let said: Vec<String> = facility
            .fields
            .keys()
            .filter(|k| k.starts_with(PREFIX) && *k != "operator_id")
            .cloned()
            .collect();
        for column in said {
            let Some(value) = facility.fields.remove(&column) else { continue };
            let own = column.strip_prefix(PREFIX).unwrap_or(&column).to_owned();
            let first = row.entry(own.clone()).or_insert_with(|| value.clone());
            if fold(first) != fold(&value) {
                let place = Place { column: Some(column), ..facility.place.clone() };
                listing.push(
                    Problem::warning(
                        "operator-differs",
                        place,
                        format!("The {own} of one operator is `{value}` here and `{first}` elsewhere."),
                    )
                    .hint("The first is kept; correct the other, or its identifier."),
                );
            }
        }
    }
    listing.finish();
    operators.into_values().collect()
}
