//! The tables of the example from the published files, by the rules that its `SOURCE.md` states.

use std::collections::BTreeMap;
use std::path::Path;

use adil_geography::{Position, great_circle};
use adil_sources::taxonomy::{UNKNOWN, Vocabulary, from_source_type};
use anyhow::Context;

use super::population;
use crate::ireland::{Row, rows, write};

/// A position this far from every other one of its postcode area contradicts the postcode.
const ASTRAY_M: f64 = 100_000.0;

/// So many neighbours are asked whether a facility's council can be right.
const NEIGHBOURS: usize = 10;

/// A facility as published, with what follows from it.
pub(super) struct Facility {
    pub(super) row: Row,
    pub(super) council: String,
    /// `None` where the position contradicts the postcode.
    pub(super) position: Option<Position>,
}

/// A point at which one council or several have facilities.
pub(super) struct Spot {
    pub(super) position: Position,
    pub(super) council: String,
    vector: [f64; 3],
}

/// Writes all tables; gives the line to print.
pub(super) fn make(source: &Path, round: &Path) -> anyhow::Result<String> {
    let councils = rows(&source.join("councils.csv"))?;
    let facilities = facilities(rows(&source.join("facilities.csv"))?)?;
    let spots = spots(&facilities);
    let settlements = rows(&source.join("settlements.csv"))?;
    let populations: BTreeMap<String, u32> = councils
        .iter()
        .map(|c| Ok((slug(&c["council"]), c["population"].parse().with_context(|| c["council"].clone())?)))
        .collect::<anyhow::Result<_>>()?;
    let points = population::points(&settlements, &facilities, &spots, &populations)?;
    write_facilities(&round.join("facilities.csv"), &facilities)?;
    write_territories(&round.join("territories.csv"), &councils)?;
    population::write(&round.join("population.csv"), &points)?;
    let doubtful = write_doubtful(&round.join("doubtful_councils.csv"), &facilities, &spots)?;
    let astray = facilities.iter().filter(|f| f.position.is_none()).map(|f| f.row["name"].as_str());
    Ok(format!(
        "{} facilities, {} councils, {} points of people from {} settlements; left without a position: {}; \
         {doubtful} facilities among those of another council",
        facilities.len(),
        councils.len(),
        points.len(),
        settlements.len(),
        astray.collect::<Vec<_>>().join(", "),
    ))
}

/// A code for a council: its name in small letters, with hyphens.
pub(super) fn slug(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The letters in front of a postcode, such as `AB` of `AB24 1SX`.
fn area(postcode: &str) -> Option<&str> {
    let letters = postcode.bytes().take_while(u8::is_ascii_uppercase).count();
    let digit = postcode.as_bytes().get(letters).is_some_and(u8::is_ascii_digit);
    ((1..=2).contains(&letters) && digit).then(|| &postcode[..letters])
}

/// The postcode up to its second part's digit, such as `AB24 1` of `AB24 1SX`.
pub(super) fn sector(postcode: &str) -> Option<&str> {
    area(postcode)?;
    let (outward, inward) = postcode.split_once(' ')?;
    (outward.len() <= 4 && inward.as_bytes().first()?.is_ascii_digit())
        .then(|| &postcode[..=outward.len() + 1])
}

pub(super) fn position(row: &Row) -> anyhow::Result<Position> {
    let number = |column: &str| row[column].parse::<f64>().with_context(|| format!("{column} of {row:?}"));
    Ok(Position::new(number("lat")?, number("lon")?)?)
}

fn facilities(published: Vec<Row>) -> anyhow::Result<Vec<Facility>> {
    let mut by_area: BTreeMap<String, Vec<Position>> = BTreeMap::new();
    for row in &published {
        if let Some(area) = area(&row["postcode"]) {
            by_area.entry(area.to_owned()).or_default().push(position(row)?);
        }
    }
    published
        .into_iter()
        .map(|row| {
            let at = position(&row)?;
            let area = area(&row["postcode"]).and_then(|a| by_area.get(a)).map_or(&[][..], Vec::as_slice);
            // Of an area's only position nothing can be said.
            let mut others = area.iter().filter(|other| **other != at).peekable();
            let astray = others.peek().is_some() && others.all(|other| great_circle(at, *other) > ASTRAY_M);
            Ok(Facility { council: slug(&row["council"]), position: (!astray).then_some(at), row })
        })
        .collect()
}

/// Points with a council of their facilities, each pair once, in the order of the published file.
fn spots(facilities: &[Facility]) -> Vec<Spot> {
    let mut seen = std::collections::BTreeSet::new();
    let mut spots = Vec::new();
    for facility in facilities {
        let Some(position) = facility.position else { continue };
        if seen.insert((&facility.row["lat"], &facility.row["lon"], &facility.council)) {
            spots.push(Spot { position, council: facility.council.clone(), vector: vector(position) });
        }
    }
    spots
}

/// On a sphere of radius 1; the straight line between two such points grows with the way between them.
fn vector(at: Position) -> [f64; 3] {
    let (lat, lon) = (at.lat().to_radians(), at.lon().to_radians());
    [libm::cos(lat) * libm::cos(lon), libm::cos(lat) * libm::sin(lon), libm::sin(lat)]
}

/// The nearest spots to a position, nearest first; of equals the earlier.
pub(super) fn nearest(spots: &[Spot], at: Position, count: usize, here: bool) -> Vec<&Spot> {
    let from = vector(at);
    let mut near: Vec<(f64, &Spot)> = Vec::with_capacity(count + 1);
    for spot in spots.iter().filter(|s| here || s.position != at) {
        let away: f64 = from.iter().zip(spot.vector).map(|(a, b)| (a - b) * (a - b)).sum();
        let place = near.partition_point(|(there, _)| *there <= away);
        if place < count {
            near.insert(place, (away, spot));
            near.truncate(count);
        }
    }
    near.into_iter().map(|(_, spot)| spot).collect()
}

fn write_facilities(path: &Path, facilities: &[Facility]) -> anyhow::Result<()> {
    let lines = facilities.iter().map(|facility| {
        let row = &facility.row;
        let published = format!("{} / {}", row["facility_type"], row["facility_sub_type"]);
        let kind = from_source_type(Vocabulary::Sportscotland, &published).map_or(UNKNOWN, |t| t.id.as_str());
        let degrees = |of: fn(Position) -> f64| facility.position.map_or_else(String::new, |p| fixed(of(p)));
        let same = |column: &str| row[column].clone();
        vec![
            same("facility_id"),
            same("name"),
            kind.to_owned(),
            same("facility_type"),
            same("facility_sub_type"),
            facility.council.clone(),
            same("town"),
            same("postcode"),
            degrees(Position::lat),
            degrees(Position::lon),
            same("surface"),
            same("date_updated"),
        ]
    });
    let header = [
        "facility_id",
        "name",
        "type",
        "source_type",
        "sub_type",
        "territory",
        "town",
        "postcode",
        "lat",
        "lon",
        "surface",
        "date_updated",
    ];
    write(path, &header, lines)
}

/// Degrees to about a metre.
pub(super) fn fixed(degrees: f64) -> String {
    let text = format!("{degrees:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn write_territories(path: &Path, councils: &[Row]) -> anyhow::Result<()> {
    let lines = councils.iter().map(|c| {
        vec![slug(&c["council"]), c["council"].clone(), "council".to_owned(), c["population"].clone()]
    });
    write(path, &["territory", "name_en", "level", "population"], lines)
}

/// Facilities all of whose neighbours are of other councils: near a border, or one of the two facts is wrong.
fn write_doubtful(path: &Path, facilities: &[Facility], spots: &[Spot]) -> anyhow::Result<usize> {
    let mut lines = Vec::new();
    for facility in facilities {
        let Some(at) = facility.position else { continue };
        let near = nearest(spots, at, NEIGHBOURS, false);
        if near.iter().any(|spot| spot.council == facility.council) {
            continue;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for spot in near {
            *counts.entry(&spot.council).or_default() += 1;
        }
        let said: Vec<String> = counts.iter().map(|(council, n)| format!("{council} {n}")).collect();
        let mut line: Vec<String> =
            ["facility_id", "name", "town", "postcode"].iter().map(|c| facility.row[*c].clone()).collect();
        line.extend([facility.council.clone(), said.join("; ")]);
        lines.push(line);
    }
    let count = lines.len();
    let header = ["facility_id", "name", "town", "postcode", "territory", "neighbours"];
    write(path, &header, lines.into_iter())?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_codes() {
        assert_eq!(slug("Na h-Eileanan Siar"), "na-h-eileanan-siar");
        assert_eq!(slug("Argyll and Bute"), "argyll-and-bute");
    }

    #[test]
    fn parts_of_postcodes() {
        assert_eq!((area("AB24 1SX"), sector("AB24 1SX")), (Some("AB"), Some("AB24 1")));
        assert_eq!((area("G51 343"), sector("G51 343")), (Some("G"), Some("G51 3")));
        assert_eq!((area("HS9"), sector("HS9")), (Some("HS"), None));
        for none in ["", "EDI 1AA", "1AB", "É1 1AA", "AB", "AB2411 1SX"] {
            assert_eq!(sector(none), None, "{none}");
        }
    }

    #[test]
    fn degrees_are_short() {
        assert_eq!([fixed(57.146_949), fixed(-2.1), fixed(56.0)], ["57.14695", "-2.1", "56"]);
    }

    #[test]
    fn a_position_far_from_its_postcode_is_left_out() {
        let row = |id: &str, postcode: &str, lat: &str| -> Row {
            [("facility_id", id), ("postcode", postcode), ("council", "Angus"), ("lat", lat), ("lon", "-3")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into()
        };
        let found = facilities(vec![
            row("1", "AB56 1LL", "51.5"),
            row("2", "AB56 1LL", "57"),
            row("3", "AB51 1AA", "57.2"),
            row("4", "ZE1 1AA", "52"),
            row("5", "", "40"),
        ])
        .unwrap();
        let known: Vec<bool> = found.iter().map(|f| f.position.is_some()).collect();
        assert_eq!(known, [false, true, true, true, true]);
    }
}
