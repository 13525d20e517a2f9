//! Settlements with coordinates and population, as points where people live (`population.csv` of a round).
//!
//! Any table with an identifier, coordinates and a population does; the names of `GeoNames` and of the table that comes with
//! the product are known. The territory is the district whose boundary holds the point; a code that stands in the table
//! must agree with it.

use std::collections::BTreeMap;

use adil_domain::{Place, Problem, Problems};

use crate::mapping::{Context, coordinates, territory};
use crate::numbers::degrees_text;
use crate::population;
use crate::sheet::Sheet;
use crate::words::shorten;
use adil_round::table::Limited;

/// A point where people live; a row of `population.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Its identifier, unique in the list.
    pub point_id: String,
    /// What the list calls it; empty where it does not.
    pub name: String,
    /// Latitude and longitude in decimal degrees, where the place is known.
    pub position: Option<(String, String)>,
    /// The code of the district that holds it, or the list's where none does; none where neither is known.
    pub territory: Option<String>,
    /// Residents, where the list knows.
    pub population: Option<String>,
}

const IDS: [&str; 4] = ["point_id", "geonameid", "id", "settlement_id"];
const NAMES: [&str; 5] = ["name", "name_latin", "asciiname", "name_ru", "name_kk"];
const LATITUDES: [&str; 2] = ["lat", "latitude"];
const LONGITUDES: [&str; 3] = ["lon", "longitude", "lng"];
const TERRITORIES: [&str; 3] = ["territory", "kato_district", "kato"];

/// Reads settlements. Every row comes out, whatever is wrong with it.
///
/// Problems: `missing-column`, `duplicate-id`, `population-unknown`, and those that
/// [`Mapping::apply`](crate::mapping::Mapping::apply) has for numbers, coordinates and codes of places.
pub fn read(sheet: &Sheet, context: &Context<'_>, problems: &mut Problems) -> Vec<Settlement> {
    let find = |names: &[&str]| names.iter().find_map(|n| sheet.column(n));
    let columns = (find(&IDS), find(&LATITUDES), find(&LONGITUDES), sheet.column("population"));
    let (Some(id), Some(lat), Some(lon), Some(people)) = columns else {
        let there = [
            ("an identifier (`point_id`)", columns.0),
            ("`lat`", columns.1),
            ("`lon`", columns.2),
            ("`population`", columns.3),
        ];
        let missing: Vec<&str> = there.iter().filter(|(_, c)| c.is_none()).map(|(n, _)| *n).collect();
        let message = format!("A table of settlements has {}, which is missing here.", missing.join(", "));
        problems.push(
            Problem::error("missing-column", sheet.header_place(), message)
                .hint("Rename the columns in the header; GeoNames' names are known too."),
        );
        return Vec::new();
    };
    let (name, code) = (find(&NAMES), find(&TERRITORIES));
    let mut notes = Limited::new(problems, Place::file(sheet.file()));
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut settlements = Vec::with_capacity(sheet.len());
    for row in 0..sheet.len() {
        let at = sheet.place(row, lat);
        let located =
            coordinates::locate(sheet.cell(row, lat), sheet.cell(row, lon), context.boundaries, &at);
        if located.position.is_none() && located.problems.is_empty() {
            notes.push(
                Problem::warning(
                    "not-a-coordinate",
                    at,
                    "The coordinates are missing; where it lies is not known.",
                )
                .hint("Fill them in; without them nobody's way can be measured."),
            );
        }
        notes.extend(located.problems);
        let population = population::cell(sheet.cell(row, people), || sheet.place(row, people), &mut notes);
        let mut territory = located.area.and_then(|a| territory::of_area(a, context));
        if let Some(code) = code
            && !sheet.cell(row, code).is_empty()
        {
            let place = sheet.place(row, code);
            let (said, found) = territory::read(sheet.cell(row, code), None, None, context, &place);
            notes.extend(found);
            if let Some(problem) = located.area.and_then(|a| territory::compare(&said, a, context, &place)) {
                notes.push(problem);
            }
            territory = territory.or(Some(said));
        }
        settlements.push(Settlement {
            point_id: point_id(sheet, row, id, &mut ids, &mut notes),
            name: name.map_or(String::new(), |c| sheet.cell(row, c).to_owned()),
            position: located.position.map(|p| (degrees_text(p.lat()), degrees_text(p.lon()))),
            territory,
            population,
        });
    }
    notes.finish();
    settlements
}

fn point_id(
    sheet: &Sheet,
    row: usize,
    column: usize,
    ids: &mut BTreeMap<String, usize>,
    notes: &mut Limited<'_>,
) -> String {
    let line = sheet.line(row);
    let text = sheet.cell(row, column).to_owned();
    if text.is_empty() {
        return format!("row {line}");
    }
    let count = ids.entry(text.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        return text;
    }
    let unique = format!("{text} (row {line})");
    let message = format!(
        "The identifier `{}` stands in the list again; this row is called `{}`.",
        shorten(&text),
        shorten(&unique)
    );
    notes.push(
        Problem::warning("duplicate-id", sheet.place(row, column), message)
            .hint("Remove one row, or give it its own."),
    );
    unique
}

/// The settlements as `population.csv`: `point_id,lat,lon,territory,population`.
///
/// # Errors
/// None that writing to memory has; the writer's type asks for it.
pub fn to_csv(settlements: &[Settlement]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["point_id", "lat", "lon", "territory", "population"])?;
    for s in settlements {
        let (lat, lon) = s.position.as_ref().map_or(("", ""), |(lat, lon)| (lat, lon));
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        writer.write_record([&s.point_id, lat, lon, &text(&s.territory), &text(&s.population)])?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}
