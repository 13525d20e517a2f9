//! Which territory a facility or settlement lies in: by what its list says, or by boundaries.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::kato::parent_of;
use adil_domain::problem::did_you_mean;
use adil_domain::{Kato, Place, Problem, Problems};
use adil_geography::{Boundaries, Position, great_circle};
use adil_round::folder::{FACILITIES, POPULATION};
use adil_round::table::Table;

use crate::register::{Register, fold, position};
use crate::settlements::Settlement;
use crate::territories;
use adil_round::table::Limited;

/// One row of `territories.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Territory {
    /// Its code.
    pub code: String,
    /// Its level, such as `district`.
    pub level: String,
    /// The code of the territory it lies in.
    pub parent: Option<String>,
    /// Names, population and other columns.
    pub fields: BTreeMap<String, String>,
}

/// What is known of territories.
#[derive(Debug, Default)]
pub struct Places {
    /// Rows of `territories.csv`.
    pub rows: Vec<Territory>,
    /// Their boundaries.
    pub boundaries: Option<Boundaries>,
}

impl From<territories::Territory> for Territory {
    fn from(row: territories::Territory) -> Self {
        let texts =
            [("name_en", Some(row.name_en)), ("name_kk", Some(row.name_kk)), ("name_ru", Some(row.name_ru))];
        let texts = texts.into_iter().chain([("population", row.population)]);
        let filled =
            texts.filter_map(|(column, text)| Some((column.to_owned(), text.filter(|t| !t.is_empty())?)));
        Self {
            code: row.territory,
            level: row.level.to_owned(),
            parent: row.parent,
            fields: filled.collect(),
        }
    }
}

impl Places {
    /// Drops rows that are no more than names an earlier import found in lists: they are found again.
    pub fn forget_named(&mut self) {
        self.rows.retain(|row| row.level != NAMED);
    }

    /// Territories of a table: the column `territory`, `kato` or `code`, else the first; the level from the column
    /// `level`, else the first column's name.
    pub fn of_table(file: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        Self { rows: from_table(file, bytes, problems), boundaries: None }
    }
}

fn from_table(file: &str, bytes: &[u8], problems: &mut Problems) -> Vec<Territory> {
    let Some(table) = Table::read(file, bytes, problems) else { return Vec::new() };
    let code = ["territory", "kato", "code"].into_iter().find_map(|c| table.column(c)).unwrap_or(0);
    let mut rows = Vec::new();
    for row in 0..table.len() {
        let mut territory = Territory { code: table.cell(row, code).to_owned(), ..Territory::default() };
        if territory.code.is_empty() {
            let place = Place::cell(file, table.line(row), table.name(code));
            problems.push(
                Problem::warning("empty-code", place, "The place has no code and is left out.")
                    .hint("Fill in the code that the lists of facilities use."),
            );
            continue;
        }
        for (column, name) in table.header().iter().enumerate().filter(|(c, _)| *c != code) {
            let cell = table.cell(row, column).to_owned();
            match name.as_str() {
                "" => {}
                _ if cell.is_empty() => {}
                "level" => territory.level = cell,
                "parent" => territory.parent = Some(cell),
                name => drop(territory.fields.insert(name.to_owned(), cell)),
            }
        }
        if territory.level.is_empty() {
            table.name(code).clone_into(&mut territory.level);
        }
        if let Some(name) = territory.fields.remove("name") {
            territory.fields.entry("name_en".to_owned()).or_insert(name);
        }
        if !territory.fields.keys().any(|k| k.starts_with("name_")) {
            territory.fields.insert("name_en".to_owned(), territory.code.clone());
        }
        rows.push(territory);
    }
    rows
}

/// The level of territories that are only known by their names in a list of facilities.
const NAMED: &str = "place";

/// The most identifiers listed in one warning.
const LISTED: usize = 10;

pub(super) fn assign(
    register: &mut Register,
    population: &mut [Settlement],
    places: &mut Places,
    problems: &mut Problems,
) {
    if places.rows.is_empty() {
        places.rows = from_boundaries(places.boundaries.as_ref());
    }
    if places.rows.is_empty() {
        places.rows = from_lists(register);
    }
    let names = Names::new(&places.rows);
    let mut listing = Limited::new(problems, Place::file(FACILITIES));
    let mut without: Vec<&str> = Vec::new();
    for facility in &mut register.facilities {
        let place = facility.place.clone();
        let said = facility.fields.remove("territory");
        if let Some(exact) =
            said.as_ref().filter(|code| !names.codes.contains(*code) && code.parse::<Kato>().is_ok())
        {
            // The territory will be the district; the list's finer word is kept.
            facility.fields.insert("kato".to_owned(), exact.clone());
        }
        let position = position(facility);
        let label = facility.id.clone();
        let code = said
            .and_then(|said| names.code(&said, &place, &mut listing))
            .or_else(|| inside(places.boundaries.as_ref(), position, &label, &place, &mut listing));
        match code {
            Some(code) => drop(facility.fields.insert("territory".to_owned(), code)),
            None => without.push(&facility.id),
        }
    }
    listing.finish();
    if !without.is_empty() {
        let shown = without.iter().take(LISTED).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let more = without.len().saturating_sub(LISTED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        problems.push(
            Problem::warning(
                "no-territory",
                Place::file(FACILITIES),
                format!("{} facilities lie in no territory: {shown}{more}.", without.len()),
            )
            .hint("Give boundaries with --boundaries, or a column `territory`."),
        );
    }
    let mut listing = Limited::new(problems, Place::file(POPULATION));
    for point in population {
        if point.territory.is_some() {
            continue;
        }
        let number = |text: &String| text.parse::<f64>().ok();
        let position = point.position.as_ref().and_then(|(lat, lon)| number(lat).zip(number(lon)));
        let position = position.and_then(|(lat, lon)| Position::new(lat, lon).ok());
        let place = Place::file(POPULATION);
        point.territory = inside(places.boundaries.as_ref(), position, &point.point_id, &place, &mut listing);
    }
    listing.finish();
}

/// Codes by themselves and by names, folded; a name that several territories have leads nowhere.
struct Names {
    codes: BTreeSet<String>,
    by_name: BTreeMap<String, Option<String>>,
}

impl Names {
    fn new(rows: &[Territory]) -> Self {
        let mut by_name: BTreeMap<String, Option<String>> = BTreeMap::new();
        for row in rows {
            let names: BTreeSet<String> =
                row.fields.iter().filter(|(k, _)| k.starts_with("name")).map(|(_, v)| fold(v)).collect();
            for name in names {
                by_name.entry(name).and_modify(|code| *code = None).or_insert_with(|| Some(row.code.clone()));
            }
        }
        Self { codes: rows.iter().map(|r| r.code.clone()).collect(), by_name }
    }

    /// The code that is meant; what is not known stays as it is, for `adil check` to refuse.
    fn code(&self, said: &str, place: &Place, listing: &mut Limited<'_>) -> Option<String> {
        if said.is_empty() {
            return None;
        }
        if self.codes.contains(said) {
            return Some(said.to_owned());
        }
        // A village's code stands for the district it lies in.
        if let Some(above) = parent_of(said, |code| self.codes.contains(code)) {
            return Some(above);
        }
        let warn = |message: String, hint: String| {
            let place = Place { column: Some("territory".to_owned()), ..place.clone() };
            Problem::warning("unknown-territory", place, message).hint(hint)
        };
        match self.by_name.get(&fold(said)) {
            Some(Some(code)) => Some(code.clone()),
            Some(None) => {
                let hint = "Write the code; until then the point decides, where there are boundaries.";
                listing.push(warn(format!("Several territories are called `{said}`."), hint.to_owned()));
                None
            }
            None => {
                let hint = did_you_mean(said, self.codes.iter().map(String::as_str));
                listing.push(warn(format!("No territory has the code or name `{said}`."), hint));
                None
            }
        }
    }
}

fn inside(
    boundaries: Option<&Boundaries>,
    position: Option<Position>,
    label: &str,
    place: &Place,
    listing: &mut Limited<'_>,
) -> Option<String> {
    let (boundaries, position) = (boundaries?, position?);
    if let Some(at) = boundaries.locate(position) {
        return boundaries.areas().get(at).map(|a| a.code.clone());
    }
    let near = nearest(boundaries, position);
    let hint = near.map_or_else(String::new, |(code, metres)| {
        format!(
            "The nearest is `{code}`, about {:.0} km away; correct the coordinates, or fill in `territory`.",
            metres / 1000.0
        )
    });
    listing.push(
        Problem::warning(
            "outside-territories",
            place.clone(),
            format!("The point of `{label}` lies in no territory."),
        )
        .hint(hint),
    );
    None
}

/// The area whose boundary has the nearest corner, and how far that is in metres.
fn nearest(boundaries: &Boundaries, position: Position) -> Option<(&str, f64)> {
    let mut best: Option<(&str, f64)> = None;
    for area in boundaries.areas() {
        for corner in area.shape.iter().flat_map(|p| p.exterior().coords()) {
            let Ok(corner) = Position::new(corner.y, corner.x) else { continue };
            let metres = great_circle(position, corner);
            if best.is_none_or(|(_, least)| metres < least) {
                best = Some((&area.code, metres));
            }
        }
    }
    best
}

/// Territories as the boundaries name them.
fn from_boundaries(boundaries: Option<&Boundaries>) -> Vec<Territory> {
    let areas = boundaries.map_or(&[][..], Boundaries::areas);
    let codes: BTreeSet<&str> = areas.iter().map(|a| a.code.as_str()).collect();
    (areas.iter())
        .map(|area| {
            let parent = area.parent.clone().filter(|p| codes.contains(p.as_str()));
            let fields =
                area.name.iter().map(|(l, text)| (format!("name_{}", l.code()), text.to_owned())).collect();
            Territory { code: area.code.clone(), level: "district".to_owned(), parent, fields }
        })
        .collect()
}

/// Territories as the facilities name them: each different text is one.
fn from_lists(register: &Register) -> Vec<Territory> {
    let names: BTreeSet<&str> = register.facilities.iter().filter_map(|f| f.get("territory")).collect();
    (names.into_iter())
        .map(|name| Territory {
            code: name.to_owned(),
            level: NAMED.to_owned(),
            parent: None,
            fields: BTreeMap::from([("name_en".to_owned(), name.to_owned())]),
        })
        .collect()
}

/// `territories.csv`.
pub(super) fn table(rows: &[Territory]) -> Vec<u8> {
    let rows: Vec<BTreeMap<String, String>> = (rows.iter())
        .map(|t| {
            let mut row = t.fields.clone();
            row.insert("territory".to_owned(), t.code.clone());
            row.insert("level".to_owned(), t.level.clone());
            row.insert("parent".to_owned(), t.parent.clone().unwrap_or_default());
            row
        })
        .collect();
    let first = ["territory", "parent", "name_en", "name_kk", "name_ru", "level", "population"];
    super::table(&first, &rows)
}
