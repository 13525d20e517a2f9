//! GeoJSON (RFC 7946) as a sheet: features as rows, properties as columns, places as four columns more.
//!
//! | column | holds |
//! | --- | --- |
//! | `@id` | the feature's `id`, where it has one |
//! | `@lat`, `@lon` | the point; of a polygon, a point on its surface; WGS84 degrees |
//! | `@area_m2` | of a polygon, its area in square metres (Albers' equal-area projection around it), holes taken out |
//!
//! The sheet goes through the same [`Mapping`](crate::mapping::Mapping) as any other. A polygon that crosses itself has no
//! area here, since what it encloses is not certain; coordinates that are no degrees give no place. Both are said.

use adil_domain::{Place, Problem, Problems};
use adil_geography::{Albers, Position, PositionError};
use geo::{Area as _, CoordsIter as _, Geometry, InteriorPoint as _, MapCoords as _, Validation as _};
use geojson::{Feature, GeoJson, GeometryValue};

use crate::numbers::{degrees_text, written_out};
use crate::record;
use crate::sheet::Sheet;
use adil_round::table::Limited;

/// The columns that a geometry gives.
pub const COLUMNS: [&str; 4] = ["@id", "@lat", "@lon", "@area_m2"];

/// Reads features; `None` when the bytes are no GeoJSON.
///
/// Problems: `encoding`, `not-geojson`, `no-geometry`, `crossing-itself`, `projected-coordinates`, `not-a-coordinate`,
/// `null-island`, `other-system`.
pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Sheet> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let message = format!("The file is not UTF-8 text: {error}.");
            problems.push(
                Problem::error("encoding", Place::file(file), message)
                    .hint("GeoJSON is UTF-8 (RFC 7946); save it again as such."),
            );
            return None;
        }
    };
    let (features, foreign) = match text.parse::<GeoJson>() {
        Ok(GeoJson::FeatureCollection(collection)) => (collection.features, collection.foreign_members),
        Ok(GeoJson::Feature(feature)) => (vec![feature], None),
        Ok(GeoJson::Geometry(geometry)) => (vec![Feature::from(geometry)], None),
        Err(error) => {
            problems.push(
                Problem::error("not-geojson", Place::file(file), format!("This is no GeoJSON: {error}."))
                    .hint("Export the layer again as GeoJSON in WGS84; a file that ends in the middle was cut off."),
            );
            return None;
        }
    };
    if let Some(problem) = foreign.and_then(|f| other_system(file, f.get("crs")?)) {
        problems.push(problem);
    }
    let mut notes = Limited::new(problems, Place::file(file));
    let records: Vec<Vec<(String, String)>> =
        (1..).zip(features).map(|(number, feature)| row(file, number, feature, &mut notes)).collect();
    notes.finish();
    Some(Sheet::of_records(file, "feature", records.iter().map(Vec::as_slice)))
}

/// The member `crs` of GeoJSON before RFC 7946, when it names another system than WGS84.
fn other_system(file: &str, crs: &serde_json::Value) -> Option<Problem> {
    let name = crs.get("properties")?.get("name")?.as_str()?;
    if name.ends_with("CRS84") || name.ends_with(":4326") {
        return None;
    }
    let message = format!("The file says that its coordinates are in `{}`.", crate::words::shorten(name));
    Some(Problem::warning("other-system", Place::file(file), message).hint(
        "Coordinates were read as WGS84 degrees, which they are not: export the layer in WGS84 (EPSG:4326).",
    ))
}

fn row(file: &str, number: u64, feature: Feature, notes: &mut Limited<'_>) -> Vec<(String, String)> {
    let place = || Place::line(format!("{file}, feature"), number);
    let mut cells = Vec::new();
    let mut push = |name: &str, text: String| cells.push((name.to_owned(), text));
    match &feature.id {
        Some(geojson::feature::Id::String(id)) => push("@id", id.clone()),
        Some(geojson::feature::Id::Number(id)) => push("@id", id.to_string()),
        None => {}
    }
    match feature.geometry.map(|g| converted(g.value)) {
        Some(Ok(geometry)) => {
            let (position, area) = measure(&geometry, &place, notes);
            if let Some(position) = position {
                push("@lat", degrees_text(position.lat()));
                push("@lon", degrees_text(position.lon()));
            }
            if let Some(area) = area {
                // To a tenth: the outlines are not better than that.
                push("@area_m2", written_out((area * 10.0).round() / 10.0));
            }
        }
        Some(Err(why)) => notes.push(no_geometry(&why, place())),
        None => notes.push(no_geometry("it has no geometry", place())),
    }
    if let Some(properties) = &feature.properties {
        cells.extend(record::fields(properties));
    }
    cells
}

/// The geometry as one that can be measured, or why it is none.
fn converted(value: GeometryValue) -> Result<Geometry<f64>, String> {
    if has_short_position(&value) {
        return Err("a position of it has fewer than two numbers".to_owned());
    }
    Geometry::try_from(value).map_err(|error| format!("its geometry cannot be read: {error}"))
}

/// Whether a position has fewer than two numbers, at which the conversion would panic.
fn has_short_position(value: &GeometryValue) -> bool {
    let short = |p: &geojson::Position| p.len() < 2;
    match value {
        GeometryValue::Point { coordinates } => short(coordinates),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            coordinates.iter().any(short)
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter().flatten().any(short)
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().flatten().any(short),
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().any(|g| has_short_position(&g.value))
        }
    }
}

fn no_geometry(why: &str, place: Place) -> Problem {
    Problem::warning("no-geometry", place, format!("Where the feature lies is not known: {why}."))
        .hint("Its properties were read all the same.")
}

/// A point on a geometry, and its area where it has one.
fn measure(
    geometry: &Geometry<f64>,
    place: &dyn Fn() -> Place,
    notes: &mut Limited<'_>,
) -> (Option<Position>, Option<f64>) {
    // Whatever is wrong with any of the points is wrong with the geometry.
    let bad = geometry.coords_iter().find_map(|c| match Position::new(c.y, c.x) {
        Err(
            error @ (PositionError::Projected { .. }
            | PositionError::OutOfRange { .. }
            | PositionError::NotFinite
            | PositionError::Swapped { .. }),
        ) => Some(error),
        _ => None,
    });
    if let Some(error) = bad {
        let code = match error {
            PositionError::Projected { .. } => "projected-coordinates",
            _ => "not-a-coordinate",
        };
        let message = format!("The feature's place is not known: {error}.");
        notes.push(
            Problem::warning(code, place(), message)
                .hint("GeoJSON holds WGS84 degrees, longitude first (RFC 7946); export the layer so."),
        );
        return (None, None);
    }
    let is_area = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    let mut area = None;
    if is_area {
        match geometry.check_validation() {
            Ok(()) => area = area_m2(geometry),
            Err(reason) => {
                let message = format!(
                    "The outline is not a proper polygon ({reason}), so its area is not certain and was left out."
                );
                notes.push(
                    Problem::warning("crossing-itself", place(), message)
                        .hint("Repair the outline where it was drawn; a point on it was kept."),
                );
            }
        }
    }
    let point = geometry.interior_point().or_else(|| geometry.coords_iter().next().map(geo::Point::from));
    let Some(point) = point else {
        notes.push(no_geometry("its geometry is empty", place()));
        return (None, None);
    };
    match Position::new(point.y(), point.x()) {
        Ok(position) => (Some(position), area),
        Err(error) => {
            let message = format!("The feature's place is not known: {error}.");
            notes.push(
                Problem::warning("null-island", place(), message)
                    .hint("Leave the geometry out when it is not known."),
            );
            (None, area)
        }
    }
}

/// The area on the plane of an equal-area projection around the outline.
fn area_m2(geometry: &Geometry<f64>) -> Option<f64> {
    let plane = Albers::around(geometry.coords_iter())?;
    let area = geometry.map_coords(|c| plane.project(c)).unsigned_area();
    area.is_finite().then_some(area)
}
