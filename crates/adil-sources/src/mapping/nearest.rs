//! The territory nearest to a point that lies in none.

use adil_geography::{Boundaries, EARTH_RADIUS_M, Position};
use geo::BoundingRect;

/// The area nearest to a point, and how far its border is, in metres. None without areas.
///
/// Distances are measured on a plane that touches the Earth at the point, so they are good to a percent up to a few
/// hundred kilometres, which is all that a message needs.
pub(crate) fn nearest_area(boundaries: &Boundaries, position: Position) -> Option<(usize, f64)> {
    let flat = Flat::at(position);
    let mut by_box: Vec<(f64, usize)> = boundaries
        .areas()
        .iter()
        .enumerate()
        .filter_map(|(i, area)| {
            let rect = area.shape.bounding_rect()?;
            let x = position.lon().clamp(rect.min().x, rect.max().x);
            let y = position.lat().clamp(rect.min().y, rect.max().y);
            let (x, y) = flat.metres(x, y);
            Some((x.hypot(y), i))
        })
        .collect();
    by_box.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut best: Option<(usize, f64)> = None;
    for (at_least, i) in by_box {
        if best.is_some_and(|(_, distance)| at_least > distance) {
            break;
        }
        let distance = boundaries.areas().get(i).map_or(f64::MAX, |area| flat.to_border(&area.shape));
        if best.is_none_or(|(_, d)| distance < d) {
            best = Some((i, distance));
        }
    }
    best
}

/// Metres east and north of a point.
struct Flat {
    lat: f64,
    lon: f64,
    east: f64,
    north: f64,
}

impl Flat {
    fn at(position: Position) -> Self {
        let north = EARTH_RADIUS_M.to_radians();
        let east = north * libm::cos(position.lat().to_radians());
        Self { lat: position.lat(), lon: position.lon(), east, north }
    }

    fn metres(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.lon) * self.east, (lat - self.lat) * self.north)
    }

    fn to_border(&self, shape: &geo::MultiPolygon<f64>) -> f64 {
        let rings = shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let segments = rings.flat_map(geo::LineString::lines);
        segments
            .map(|l| segment(self.metres(l.start.x, l.start.y), self.metres(l.end.x, l.end.y)))
            .fold(f64::MAX, f64::min)
    }
}

/// How far the origin is from a segment.
fn segment(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(a.0 * dx + a.1 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a.0 + along * dx).hypot(a.1 + along * dy)
}

/// A distance in words: `350 m`, `1.2 km`, `480 km`.
pub(crate) fn distance_words(metres: f64) -> String {
    if metres < 1_000.0 {
        format!("{metres:.0} m")
    } else if metres < 100_000.0 {
        format!("{:.1} km", metres / 1_000.0)
    } else {
        format!("{:.0} km", metres / 1_000.0)
    }
}
