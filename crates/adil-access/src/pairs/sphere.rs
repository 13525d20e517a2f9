//! Points on the Earth; the cost is the great circle times a factor.

use std::f64::consts::{FRAC_PI_2, PI};
use std::ops::Range;

use adil_geography::{EARTH_RADIUS_M, Position};

use rayon::prelude::*;

use super::Index;
use super::index::Fingers;
use super::kernel::{LANES, Space, chunks};

pub(crate) struct Sphere {
    cost_per_metre: f64,
    /// Radians.
    lat: Vec<f64>,
    /// Degrees: their difference is exact where radians would have been rounded.
    lon: Vec<f64>,
    cos_lat: Vec<f64>,
    /// Points of the unit sphere.
    unit: [Vec<f64>; 3],
}

#[derive(Clone, Copy)]
pub(crate) struct Place {
    lat: f64,
    lon: f64,
    cos_lat: f64,
    unit: [f64; 3],
}

/// An angle to look around with, in radians.
#[derive(Clone, Copy)]
pub(crate) struct Horizon {
    angle: f64,
    sine: f64,
}

/// By how much the square of a chord between unit vectors, and that of the great circle's formula, can be off. Coordinates
/// of unit vectors are within 1e-15, so is what the formula takes the sine of, and so both squares are within 1e-14.
const DOUBT: f64 = 8e-14;

/// Windows are looked up this much wider than the reach, in radians (60 cm): at the other side of the Earth the formula
/// itself is off by up to 6e-8.
const WIDER: f64 = 1e-7;

impl Index<Sphere> {
    pub(crate) fn sphere(places: &[Position], cost_per_metre: f64, max_cost: f64) -> Self {
        let across = |at: usize| (places[at].lat().to_radians(), places[at].lon());
        let angle = max_cost / cost_per_metre / EARTH_RADIUS_M;
        Self::new(&across, places.len(), (angle, angle.to_degrees()), |order| {
            let placed: Vec<Place> = order.par_iter().map(|at| Place::new(places[*at as usize])).collect();
            let column = |spare: f64, number: fn(&Place) -> f64| {
                let mut numbers: Vec<f64> = placed.iter().map(number).collect();
                numbers.resize(placed.len() + LANES, spare);
                numbers
            };
            Sphere {
                cost_per_metre,
                lat: column(0.0, |p| p.lat),
                lon: column(0.0, |p| p.lon),
                cos_lat: column(0.0, |p| p.cos_lat),
                unit: [
                    column(f64::INFINITY, |p| p.unit[0]),
                    column(f64::INFINITY, |p| p.unit[1]),
                    column(f64::INFINITY, |p| p.unit[2]),
                ],
            }
        })
    }

    /// The nearest place that is wanted, at most `longest` away, and the cost to it; of equally near ones the first of
    /// the list.
    pub(crate) fn nearest(
        &self,
        from: Position,
        longest: f64,
        wanted: impl Fn(u32) -> bool,
    ) -> Option<(u32, f64)> {
        let from = Place::new(from);
        let (_, mut never) = self.space.bounds(longest);
        let mut best: Option<(f64, u32)> = None;
        let all = self.part(0..self.len());
        self.windows(&from, self.space.horizon(longest), &all, &mut Fingers::new(), |window| {
            for at in window {
                let square = chord(from.unit, self.space.point(at).unit);
                if square > never || !wanted(self.place(at)) {
                    continue;
                }
                let found = (self.space.cost(&from, at), self.place(at));
                if found.0 <= longest && best.is_none_or(|best| found < best) {
                    best = Some(found);
                    never = square + DOUBT;
                }
            }
        });
        best.map(|(cost, place)| (place, cost))
    }
}

impl Place {
    fn new(position: Position) -> Self {
        let (lat, lon) = (position.lat().to_radians(), position.lon().to_radians());
        let cos_lat = libm::cos(lat);
        let unit = [cos_lat * libm::cos(lon), cos_lat * libm::sin(lon), libm::sin(lat)];
        Self { lat, lon: position.lon(), cos_lat, unit }
    }
}

/// The square of the chord between two points of the unit sphere.
#[inline]
fn chord(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (dx, dy, dz) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    dx * dx + dy * dy + dz * dz
}

impl Space for Sphere {
    type Point = Place;
    type Horizon = Horizon;
    const EXACT: bool = false;

    fn point(&self, at: usize) -> Place {
        let unit = [0, 1, 2].map(|axis: usize| self.unit[axis][at]);
        Place { lat: self.lat[at], lon: self.lon[at], cos_lat: self.cos_lat[at], unit }
    }

    #[inline]
    fn squares(&self, from: &Place, range: Range<usize>) -> impl Iterator<Item = [f64; LANES]> {
        let from = from.unit;
        let [x, y, z] = [0, 1, 2].map(|axis: usize| chunks(&self.unit[axis], range.clone()));
        x.zip(y).zip(z).map(move |((x, y), z)| {
            let mut squares = [0.0; LANES];
            for lane in 0..LANES {
                squares[lane] = chord([x[lane], y[lane], z[lane]], from);
            }
            squares
        })
    }

    /// `adil_geography::great_circle`, to the last bit, with what belongs to one place alone computed beforehand.
    #[inline]
    fn cost(&self, from: &Place, at: usize) -> f64 {
        let half_lat = libm::sin((self.lat[at] - from.lat) / 2.0);
        let half_lon = libm::sin((self.lon[at] - from.lon).to_radians() / 2.0);
        let h = half_lat * half_lat + from.cos_lat * self.cos_lat[at] * half_lon * half_lon;
        2.0 * EARTH_RADIUS_M * libm::asin(h.sqrt().min(1.0)) * self.cost_per_metre
    }

    fn bounds(&self, limit: f64) -> (f64, f64) {
        let half = limit / self.cost_per_metre / EARTH_RADIUS_M / 2.0;
        if half < FRAC_PI_2 {
            let sine = libm::sin(half);
            let square = 4.0 * sine * sine;
            (square - DOUBT, square + DOUBT)
        } else {
            (4.0 - DOUBT, f64::MAX)
        }
    }

    fn horizon(&self, max_cost: f64) -> Horizon {
        let angle = (max_cost / self.cost_per_metre / EARTH_RADIUS_M * (1.0 + 1e-9) + WIDER).min(PI);
        Horizon { angle, sine: libm::sin(angle) }
    }

    #[inline]
    fn across(point: &Place) -> f64 {
        point.lat
    }

    #[inline]
    fn margin(horizon: Horizon) -> f64 {
        horizon.angle
    }

    fn along(from: &Place, horizon: Horizon, _: (f64, f64)) -> [Option<(f64, f64)>; 2] {
        // Near a pole every longitude is near.
        const POLE: f64 = 1e-5;
        if from.lat.abs() + horizon.angle > FRAC_PI_2 - POLE {
            return [Some((-180.0, 180.0)), None];
        }
        let half = (libm::asin(horizon.sine / from.cos_lat) * (1.0 + 1e-9) + WIDER).to_degrees();
        let (low, high) = (from.lon - half, from.lon + half);
        let wrapped = if low < -180.0 {
            Some((low + 360.0, 180.0))
        } else if high > 180.0 {
            Some((-180.0, high - 360.0))
        } else {
            None
        };
        [Some((low, high)), wrapped]
    }

    #[inline]
    fn coordinates(&self) -> &[f64] {
        &self.lon
    }
}
