//! Points that are far from where they should be.

use std::collections::BTreeMap;

use adil_domain::{Problem, Problems};
use adil_geography::{Position, great_circle};

use super::Facility;

/// With fewer located facilities of a place than this nothing is known about where it lies.
const ENOUGH: usize = 8;
/// A facility is far from the others when it is farther from their middle than so many times the distance within
/// which [`MOST`] of them lie.
const TIMES: f64 = 3.0;
/// Of 100 facilities.
const MOST: usize = 95;
/// Nearer than this, in metres, is never far: small towns have small middles.
const LEAST_M: f64 = 50_000.0;

/// Warns of facilities that are far from the others of their territory.
pub(super) fn check(facilities: &[Facility], problems: &mut Problems) {
    let mut places: BTreeMap<&str, Vec<(&Facility, Position)>> = BTreeMap::new();
    for facility in facilities {
        if let (Some(territory), Some(position)) = (facility.get("territory"), position(facility)) {
            places.entry(territory).or_default().push((facility, position));
        }
    }
    for (territory, located) in places.iter().filter(|(_, l)| l.len() >= ENOUGH) {
        let Some(middle) = middle(located.iter().map(|(_, p)| *p)) else { continue };
        let distances: Vec<f64> = located.iter().map(|(_, p)| great_circle(middle, *p)).collect();
        let mut sorted = distances.clone();
        sorted.sort_by(f64::total_cmp);
        let most = sorted[(sorted.len() - 1) * MOST / 100];
        let limit = (TIMES * most).max(LEAST_M);
        for ((facility, _), metres) in located.iter().zip(&distances).filter(|(_, m)| **m > limit) {
            let name = facility.get("name").unwrap_or(&facility.id);
            problems.push(
                Problem::warning(
                    "far-from-others",
                    facility.place.clone(),
                    format!(
                        "`{name}` ({}) lies {:.0} km from the middle of {territory}, where {MOST} of 100 facilities lie \
                         within {:.0} km.",
                        facility.id,
                        metres / 1000.0,
                        most / 1000.0
                    ),
                )
                .hint("Either its coordinates or its territory are wrong; it is kept as it is."),
            );
        }
    }
}

/// The position of a facility, where it has one.
pub(crate) fn position(facility: &Facility) -> Option<Position> {
    Position::new(facility.get("lat")?.parse().ok()?, facility.get("lon")?.parse().ok()?).ok()
}

/// The median of latitudes and of longitudes: one outlier does not move it.
fn middle(positions: impl Iterator<Item = Position>) -> Option<Position> {
    let (mut lats, mut lons): (Vec<f64>, Vec<f64>) = positions.map(|p| (p.lat(), p.lon())).unzip();
    lats.sort_by(f64::total_cmp);
    lons.sort_by(f64::total_cmp);
    Position::new(*lats.get(lats.len() / 2)?, *lons.get(lons.len() / 2)?).ok()
}
