//! Points where people live: settlements, the largest spread over their parts, scaled to the councils' populations.

use std::collections::BTreeMap;
use std::path::Path;

use adil_geography::{Position, great_circle};
use anyhow::{Context, ensure};

use super::tables::{Facility, Spot, fixed, nearest, position, sector};
use crate::ireland::{Row, write as write_table};

/// So many of the nearest spots say in which council a settlement lies.
const VOTES: usize = 5;

/// Two settlements of one council with the same population and less way between them are one.
const TWICE_M: f64 = 3_000.0;

/// From this many people on a settlement is an area and no point.
const SPREAD: u32 = 50_000;

/// People on a square kilometre, for the radius in which a settlement's parts are looked for.
const DENSITY: f64 = 3_000.0;

/// A settlement as published.
struct Settlement {
    id: String,
    name: String,
    council: String,
    at: Position,
    people: u32,
}

/// A point of `population.csv`.
pub(super) struct Point {
    id: String,
    settlement: String,
    name: String,
    sector: String,
    council: String,
    at: Position,
    /// Part of what the settlement is listed with.
    weight: f64,
    listed: u32,
    people: u32,
}

/// The points, in the order of the published settlements.
pub(super) fn points(
    settlements: &[Row],
    facilities: &[Facility],
    spots: &[Spot],
    populations: &BTreeMap<String, u32>,
) -> anyhow::Result<Vec<Point>> {
    let mut read = Vec::new();
    for row in settlements {
        let at = position(row)?;
        let people = row["population"].parse().with_context(|| row["name"].clone())?;
        let council = council(spots, at).with_context(|| row["name"].clone())?;
        read.push(Settlement {
            id: row["geonameid"].clone(),
            name: row["name"].clone(),
            council,
            at,
            people,
        });
    }
    let mut points = Vec::new();
    for settlement in &read {
        if !listed_twice(settlement, &read, facilities) {
            points.extend(parts(settlement, facilities));
        }
    }
    for (council, people) in populations {
        share_out(&mut points, council, *people)?;
    }
    Ok(points)
}

/// The council that most of the nearest spots have; of equals that with the nearest.
fn council(spots: &[Spot], at: Position) -> Option<String> {
    let near = nearest(spots, at, VOTES, true);
    let votes = |council: &str| near.iter().filter(|s| s.council == council).count();
    let most = near.iter().map(|s| votes(&s.council)).max()?;
    near.iter().find(|s| votes(&s.council) == most).map(|s| s.council.clone())
}

/// Whether the settlement is another one's second entry: the name that fewer facilities give as their town.
fn listed_twice(settlement: &Settlement, all: &[Settlement], facilities: &[Facility]) -> bool {
    let named = |s: &Settlement| facilities.iter().filter(|f| f.row["town"] == s.name).count();
    all.iter().any(|other| {
        other.id != settlement.id
            && other.people == settlement.people
            && other.council == settlement.council
            && great_circle(other.at, settlement.at) < TWICE_M
            && (named(other), &settlement.id) > (named(settlement), &other.id)
    })
}

/// The settlement as one point, or as one for each postcode sector within it.
fn parts(settlement: &Settlement, facilities: &[Facility]) -> Vec<Point> {
    let mut sectors: BTreeMap<&str, Vec<Position>> = BTreeMap::new();
    if settlement.people >= SPREAD {
        for facility in facilities.iter().filter(|f| f.council == settlement.council) {
            if let (Some(at), Some(sector)) = (facility.position, sector(&facility.row["postcode"])) {
                let places = sectors.entry(sector).or_default();
                if !places.contains(&at) {
                    places.push(at);
                }
            }
        }
    }
    let radius = 1_000.0 * (f64::from(settlement.people) / DENSITY / std::f64::consts::PI).sqrt();
    let within: Vec<(&str, Position)> = sectors
        .into_iter()
        .filter_map(|(sector, places)| Some((sector, middle(&places)?)))
        .filter(|(_, at)| great_circle(*at, settlement.at) <= radius)
        .collect();
    let point = |sector: &str, at, count: f64| Point {
        id: if sector.is_empty() {
            settlement.id.clone()
        } else {
            format!("{}-{}", settlement.id, sector.replace(' ', "-"))
        },
        settlement: settlement.id.clone(),
        name: settlement.name.clone(),
        sector: sector.to_owned(),
        council: settlement.council.clone(),
        at,
        weight: f64::from(settlement.people) / count,
        listed: settlement.people,
        people: 0,
    };
    match u32::try_from(within.len()) {
        Ok(count @ 2..) => {
            within.into_iter().map(|(sector, at)| point(sector, at, f64::from(count))).collect()
        }
        _ => vec![point("", settlement.at, 1.0)],
    }
}

/// The mean of positions; the stretch is small enough for degrees.
fn middle(places: &[Position]) -> Option<Position> {
    let count = f64::from(u32::try_from(places.len()).ok()?);
    let mean = |of: fn(Position) -> f64| places.iter().map(|p| of(*p)).sum::<f64>() / count;
    Position::new(mean(Position::lat), mean(Position::lon)).ok()
}

/// Shares a council's people among its points by their weights, whole people by largest remainders.
fn share_out(points: &mut [Point], council: &str, people: u32) -> anyhow::Result<()> {
    let mut here: Vec<&mut Point> = points.iter_mut().filter(|p| p.council == council).collect();
    ensure!(!here.is_empty(), "no settlement lies in {council}");
    let total: f64 = here.iter().map(|p| p.weight).sum();
    let mut left = people;
    let mut rests = Vec::new();
    for (index, point) in here.iter_mut().enumerate() {
        let share = f64::from(people) * point.weight / total;
        point.people = whole(share);
        left = left.checked_sub(point.people).with_context(|| council.to_owned())?;
        rests.push((share - share.floor(), index));
    }
    rests.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in rests.into_iter().take(usize::try_from(left)?) {
        here[index].people += 1;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no council has so many people")]
fn whole(share: f64) -> u32 {
    share.floor() as u32
}

pub(super) fn write(path: &Path, points: &[Point]) -> anyhow::Result<()> {
    let header = [
        "point_id",
        "name",
        "sector",
        "territory",
        "lat",
        "lon",
        "population",
        "settlement_id",
        "listed_population",
    ];
    let lines = points.iter().map(|p| {
        vec![
            p.id.clone(),
            p.name.clone(),
            p.sector.clone(),
            p.council.clone(),
            fixed(p.at.lat()),
            fixed(p.at.lon()),
            p.people.to_string(),
            p.settlement.clone(),
            p.listed.to_string(),
        ]
    });
    write_table(path, &header, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(council: &str, weight: f64) -> Point {
        Point {
            id: String::new(),
            settlement: String::new(),
            name: String::new(),
            sector: String::new(),
            council: council.to_owned(),
            at: Position::new(56.0, -3.0).unwrap(),
            weight,
            listed: 0,
            people: 0,
        }
    }

    #[test]
    fn a_councils_points_sum_to_its_people() {
        let mut points = [point("a", 1.0), point("b", 5.0), point("a", 1.0), point("a", 1.0)];
        share_out(&mut points, "a", 101).unwrap();
        assert_eq!(points.each_ref().map(|p| p.people), [34, 0, 34, 33]);
        assert!(share_out(&mut points, "c", 1).is_err());
    }

    #[test]
    fn of_two_entries_for_one_settlement_the_used_name_stays() {
        let settlement = |id: &str, name: &str, lat| Settlement {
            id: id.to_owned(),
            name: name.to_owned(),
            council: "c".to_owned(),
            at: Position::new(lat, -4.0).unwrap(),
            people: 54_480,
        };
        let all = [
            settlement("1", "Meikle Earnock", 55.75),
            settlement("2", "Hamilton", 55.766),
            settlement("3", "Elsewhere", 56.0),
        ];
        let town = Facility {
            row: [("town".to_owned(), "Hamilton".to_owned())].into(),
            council: "c".to_owned(),
            position: None,
        };
        let twice = |facilities: &[Facility]| {
            all.iter().map(|s| listed_twice(s, &all, facilities)).collect::<Vec<_>>()
        };
        assert_eq!(twice(&[town]), [true, false, false]);
        // Exactly one stays also where no facility tells.
        assert_eq!(twice(&[]), [false, true, false]);
    }
}
