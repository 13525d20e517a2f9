//! Boundaries of territories: read from GeoJSON, asked which territory holds a point.

use std::collections::BTreeMap;

use adil_domain::{Language, LocalizedText, Place, Problem, Problems};
use geo::{BoundingRect, Contains, Intersects, MultiPolygon, Point, Rect};
use geojson::{FeatureCollection, GeoJson, GeometryValue};
use rstar::{AABB, RTree, RTreeObject};

use crate::position::Position;

/// One territory with its boundary.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its code, such as a KATO.
    pub code: String,
    /// The code of the territory it lies in.
    pub parent: Option<String>,
    /// Its name, in the languages the file has.
    pub name: LocalizedText,
    /// Its boundary, x longitude and y latitude, WGS84 degrees.
    pub shape: MultiPolygon<f64>,
}

/// Territories with boundaries, in byte order of their codes.
#[derive(Debug, Clone)]
pub struct Boundaries {
    areas: Vec<Area>,
    index: RTree<Boxed>,
}

#[derive(Debug, Clone)]
struct Boxed {
    envelope: AABB<[f64; 2]>,
    area: usize,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

impl Boundaries {
    /// Reads a GeoJSON feature collection of polygons. Each feature has a `territory` (or `kato`) with its code, and may
    /// have `parent`, `name_en`, `name_kk`, `name_ru`.
    ///
    /// Problems: `not-geojson`, `no-code`, `duplicate-territory`, `not-a-polygon`, `outside-degrees`, `crossing-itself`.
    /// `None` when nothing can be used.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let collection = parse(file, bytes, problems)?;
        let mut areas: BTreeMap<String, Area> = BTreeMap::new();
        for (number, feature) in collection.features.into_iter().enumerate() {
            let place = || Place::file(format!("{file}: feature {}", number + 1));
            let Some(area) = area(feature, &place, problems) else { continue };
            if areas.contains_key(&area.code) {
                problems.push(
                    Problem::error(
                        "duplicate-territory",
                        place(),
                        format!("The territory `{}` has a boundary already.", area.code),
                    )
                    .hint("Keep one feature for each territory; its parts belong into one multipolygon."),
                );
                continue;
            }
            areas.insert(area.code.clone(), area);
        }
        let areas: Vec<Area> = areas.into_values().collect();
        (!areas.is_empty()).then(|| Self::new(areas))
    }

    /// Boundaries of these areas, sorted by code.
    pub fn new(mut areas: Vec<Area>) -> Self {
        areas.sort_by(|a, b| a.code.cmp(&b.code));
        let boxes = areas.iter().enumerate().filter_map(|(area, a)| {
            let rect = a.shape.bounding_rect()?;
            let envelope = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
            Some(Boxed { envelope, area })
        });
        let index = RTree::bulk_load(boxes.collect());
        Self { areas, index }
    }

    /// All areas, in byte order of their codes.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The position in [`Boundaries::areas`] of a code.
    pub fn index_of(&self, code: &str) -> Option<usize> {
        self.areas.binary_search_by(|a| a.code.as_str().cmp(code)).ok()
    }

    /// The area that holds a point; on a shared border, the first by code. Where areas nest, the smallest by its box.
    pub fn locate(&self, position: Position) -> Option<usize> {
        let point = Point::new(position.lon(), position.lat());
        let at = AABB::from_point([point.x(), point.y()]);
        let holds = |boxed: &&Boxed| {
            let shape = &self.areas[boxed.area].shape;
            shape.contains(&point) || shape.intersects(&point)
        };
        let size = |boxed: &Boxed| {
            let (low, high) = (boxed.envelope.lower(), boxed.envelope.upper());
            (high[0] - low[0]) * (high[1] - low[1])
        };
        let found = self.index.locate_in_envelope_intersecting(at).filter(holds);
        found.min_by(|a, b| size(a).total_cmp(&size(b)).then(a.area.cmp(&b.area))).map(|boxed| boxed.area)
    }

    /// The box around everything: smallest and largest longitude and latitude.
    pub fn bounding_rect(&self) -> Option<Rect<f64>> {
        self.areas.iter().filter_map(|a| a.shape.bounding_rect()).reduce(|a, b| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        })
    }
}

fn parse(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<FeatureCollection> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            problems.push(
                Problem::error(
                    "encoding",
                    Place::file(file),
                    format!("The file is not UTF-8 text: {error}."),
                )
                .hint("GeoJSON is UTF-8 (RFC 7946); save it again as such."),
            );
            return None;
        }
    };
    match text.parse::<GeoJson>() {
        Ok(GeoJson::FeatureCollection(collection)) => Some(collection),
        Ok(_) => {
            problems.push(
                Problem::error(
                    "not-geojson",
                    Place::file(file),
                    "A feature collection was expected, but this is a single geometry or feature.",
                )
                .hint("Wrap it in {\"type\": \"FeatureCollection\", \"features\": [ … ]}."),
            );
            None
        }
        Err(error) => {
            problems.push(
                Problem::error("not-geojson", Place::file(file), format!("This is no GeoJSON: {error}."))
                    .hint("Export the layer again as GeoJSON, in WGS84 degrees."),
            );
            None
        }
    }
}

/// Whether it is a polygon of which every position has two numbers; converting one with fewer would panic.
fn whole_positions(value: &GeometryValue) -> bool {
    let whole = |ring: &Vec<geojson::Position>| ring.iter().all(|position| position.len() >= 2);
    match value {
        GeometryValue::Polygon { coordinates } => coordinates.iter().all(whole),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().all(whole),
        _ => false,
    }
}

fn area(feature: geojson::Feature, place: &dyn Fn() -> Place, problems: &mut Problems) -> Option<Area> {
    let text = |name: &str| {
        feature
            .property(name)
            .and_then(serde_json::Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let Some(code) = text("territory").or_else(|| text("kato")) else {
        problems.push(
            Problem::error(
                "no-code",
                place(),
                "The feature has no property `territory` with the code of the place.",
            )
            .hint("Add the code as text, so that leading zeros stay."),
        );
        return None;
    };
    let mut name = LocalizedText::default();
    for (language, property) in
        [(Language::EN, "name_en"), (Language::KK, "name_kk"), (Language::RU, "name_ru")]
    {
        if let Some(text) = text(property) {
            name.insert(language, text);
        }
    }
    let parent = text("parent");
    let geometry = feature
        .geometry
        .filter(|g| whole_positions(&g.value))
        .map(|g| geo::Geometry::<f64>::try_from(g.value));
    let shape = match geometry {
        Some(Ok(geo::Geometry::Polygon(polygon))) => MultiPolygon::new(vec![polygon]),
        Some(Ok(geo::Geometry::MultiPolygon(polygons))) => polygons,
        _ => {
            problems.push(
                Problem::error("not-a-polygon", place(), format!("The boundary of `{code}` is no polygon."))
                    .hint("A boundary is a Polygon or a MultiPolygon."),
            );
            return None;
        }
    };
    let outside = |rect: &Rect<f64>| {
        rect.min().x < -180.0 || rect.max().x > 180.0 || rect.min().y < -90.0 || rect.max().y > 90.0
    };
    if shape.bounding_rect().is_none_or(|rect| outside(&rect)) {
        problems.push(
            Problem::error(
                "outside-degrees",
                place(),
                format!("The boundary of `{code}` is empty or not in degrees."),
            )
            .hint("GeoJSON holds WGS84 degrees, longitude first (RFC 7946); convert the layer before exporting it."),
        );
        return None;
    }
    if let Err(reason) = geo::Validation::check_validation(&shape) {
        problems.push(
            Problem::warning(
                "crossing-itself",
                place(),
                format!("The boundary of `{code}` is not a proper polygon: {reason}."),
            )
            .hint("Repair the layer; until then points near the fault may count to the wrong place."),
        );
    }
    Some(Area { code, parent, name, shape })
}
