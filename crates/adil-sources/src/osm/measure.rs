//! Areas and places of rings on the globe.
//!
//! Area: the ellipsoid of WGS 84 is laid flat by the cylindrical equal-area projection, on which a ring's area is that of
//! a plane polygon. The height of a parallel in it is q of Snyder, *Map Projections: A Working Manual* (USGS Professional
//! Paper 1395, 1987), equation 3-12, so the ellipsoid itself is exact; only edges are straight in the projection instead
//! of geodesic: less than a ten-thousandth for a golf course of two by three kilometres, and far less for a pitch (the
//! tests compare with geodesics).

use adil_geography::EARTH_RADIUS_M;

use super::block::{DEGREE, Position};

/// Half the longer axis squared, and eccentricity, of WGS 84.
const HALF_A_SQUARED: f64 = 6_378_137.0 * 6_378_137.0 / 2.0;
const E_SQUARED: f64 = 0.006_694_379_990_141_316;

/// The authalic q of a latitude in radians: between two of them lies a belt of area a²/2 · Δλ · Δq.
fn authalic(lat: f64) -> f64 {
    let e = E_SQUARED.sqrt();
    let sin = libm::sin(lat);
    (1.0 - E_SQUARED) * (sin / (1.0 - E_SQUARED * sin * sin) + libm::atanh(e * sin) / e)
}

/// The area inside a ring in m²; the ring's last point is not its first again.
pub(super) fn area(ring: &[Position]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    // Differences to the first point keep the small area from drowning in large coordinates.
    let flat = |p: &Position| {
        let x = (f64::from(p.lon) - f64::from(first.lon)) / DEGREE;
        (x.to_radians(), authalic(p.lat().to_radians()) - authalic(first.lat().to_radians()))
    };
    let points: Vec<(f64, f64)> = ring.iter().map(flat).collect();
    HALF_A_SQUARED * twice_signed(&points).abs() / 2.0
}

fn twice_signed(points: &[(f64, f64)]) -> f64 {
    let next = points.iter().skip(1).chain(points.first());
    points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

/// The centre of gravity of rings, holes taken out; `None` when they enclose nothing. In ten millionths of a degree.
///
/// Degrees as a plane: stretching a plane along an axis moves a centre of gravity with it.
pub(super) fn centroid<'a>(rings: impl Iterator<Item = (&'a [Position], bool)>) -> Option<(f64, f64)> {
    let (mut weight, mut sum, mut origin) = (0.0, (0.0, 0.0), None);
    for (ring, hole) in rings {
        let Some(first) = ring.first() else { continue };
        let origin = *origin.get_or_insert(*first);
        let plane = |p: &Position| {
            (f64::from(p.lon) - f64::from(origin.lon), f64::from(p.lat) - f64::from(origin.lat))
        };
        let points: Vec<(f64, f64)> = ring.iter().map(plane).collect();
        let sign = if (twice_signed(&points) > 0.0) == hole { -1.0 } else { 1.0 };
        for (a, b) in points.iter().zip(points.iter().skip(1).chain(points.first())) {
            let cross = sign * (a.0 * b.1 - b.0 * a.1);
            weight += cross;
            sum.0 += (a.0 + b.0) * cross;
            sum.1 += (a.1 + b.1) * cross;
        }
    }
    let origin = origin.filter(|_| weight > 0.0)?;
    Some((f64::from(origin.lon) + sum.0 / (3.0 * weight), f64::from(origin.lat) + sum.1 / (3.0 * weight)))
}

/// Metres of a great circle between two places.
pub(super) fn metres(a: Position, b: Position) -> f64 {
    let half = |a: i32, b: i32| libm::sin(((f64::from(a) - f64::from(b)) / DEGREE).to_radians() / 2.0);
    let (lat, lon) = (half(a.lat, b.lat), half(a.lon, b.lon));
    let cos = libm::cos(a.lat().to_radians()) * libm::cos(b.lat().to_radians());
    2.0 * EARTH_RADIUS_M * libm::asin((lat * lat + cos * lon * lon).sqrt().min(1.0))
}

/// The middle of a line, by its length.
pub(super) fn middle(line: &[Position]) -> Option<Position> {
    let lengths: Vec<f64> = line.windows(2).map(|pair| metres(pair[0], pair[1])).collect();
    let mut left = lengths.iter().sum::<f64>() / 2.0;
    for (pair, length) in line.windows(2).zip(lengths) {
        if left <= length && length > 0.0 {
            let t = left / length;
            let between = |a: i32, b: i32| rounded(f64::from(a) + t * (f64::from(b) - f64::from(a)));
            return Some(Position {
                lon: between(pair[0].lon, pair[1].lon),
                lat: between(pair[0].lat, pair[1].lat),
            });
        }
        left -= length;
    }
    line.first().copied()
}

/// The middle of the box around places.
pub(super) fn middle_of_box(places: impl Iterator<Item = Position>) -> Option<Position> {
    let around = |around: Option<(Position, Position)>, p: Position| {
        let (low, high) = around.unwrap_or((p, p));
        let low = Position { lon: low.lon.min(p.lon), lat: low.lat.min(p.lat) };
        Some((low, Position { lon: high.lon.max(p.lon), lat: high.lat.max(p.lat) }))
    };
    let (low, high) = places.fold(None, around)?;
    Some(Position { lon: i32::midpoint(low.lon, high.lon), lat: i32::midpoint(low.lat, high.lat) })
}

/// To whole ten millionths of a degree.
#[allow(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the type")]
pub(super) fn rounded(value: f64) -> i32 {
    libm::round(value) as i32
}
