//! From the Earth to the plane of a map, areas kept.

use geo::Coord;

use crate::position::EARTH_RADIUS_M;

/// Albers' equal-area conic projection on the sphere, fitted to what it is to show.
///
/// J. P. Snyder, "Map Projections: A Working Manual", U.S. Geological Survey Professional Paper 1395, 1987, section 14:
/// ρ = R √(C − 2 n sin φ) / n, θ = n (λ − λ₀), x = ρ sin θ, y = ρ₀ − ρ cos θ, with n = (sin φ₁ + sin φ₂) / 2 and
/// C = cos² φ₁ + 2 n sin φ₁. The standard parallels φ₁, φ₂ lie at 1/6 and 5/6 of the way from the southernmost to the
/// northernmost point. Where they mirror each other at the equator, n is 0 and the cone a cylinder: Lambert's
/// equal-area projection (section 10) with the same standard parallels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Albers {
    central: f64,
    n: f64,
    c: f64,
    rho_0: f64,
    /// Cosine of the standard parallel of the cylinder.
    cylinder: f64,
}

/// A cone this flat is a cylinder, to the precision of the formula.
const FLAT: f64 = 1e-6;

impl Albers {
    /// Fitted to points in degrees, x longitude and y latitude. The central meridian is the middle of the shortest
    /// stretch of longitudes that holds them all, even across the 180th meridian. `None` without points.
    pub fn around(points: impl IntoIterator<Item = Coord<f64>>) -> Option<Self> {
        let mut longitudes = Vec::new();
        let (mut south, mut north) = (f64::MAX, f64::MIN);
        for point in points {
            if !point.x.is_finite() || !point.y.is_finite() {
                continue;
            }
            longitudes.push(point.x);
            (south, north) = (south.min(point.y), north.max(point.y));
        }
        longitudes.sort_by(f64::total_cmp);
        let (west, east) = (*longitudes.first()?, *longitudes.last()?);
        // The widest stretch without a point is left out; the one from the last round to the first is one of them.
        let (mut widest, mut from) = (west + 360.0 - east, west);
        for pair in longitudes.windows(2) {
            if pair[1] - pair[0] > widest {
                (widest, from) = (pair[1] - pair[0], pair[1]);
            }
        }
        Some(Self::new(from + (360.0 - widest) / 2.0, south, north))
    }

    /// With this central meridian, for latitudes from `south` to `north`; all in degrees.
    pub fn new(central: f64, south: f64, north: f64) -> Self {
        let parallel = |part: f64| (south + (north - south) * part).clamp(-89.0, 89.0).to_radians();
        let (first, second) = (parallel(1.0 / 6.0), parallel(5.0 / 6.0));
        let n = f64::midpoint(libm::sin(first), libm::sin(second));
        let cos = libm::cos(first);
        let c = cos * cos + 2.0 * n * libm::sin(first);
        let middle = f64::midpoint(south, north).to_radians();
        let rho_0 = if n.abs() < FLAT { 0.0 } else { rho(c, n, middle) };
        Self { central, n, c, rho_0, cylinder: cos }
    }

    /// Metres in the plane, x east and y north, of a point in degrees, x longitude and y latitude.
    pub fn project(&self, point: Coord<f64>) -> Coord<f64> {
        let latitude = point.y.clamp(-90.0, 90.0).to_radians();
        let mut away = (point.x - self.central) % 360.0;
        if away > 180.0 {
            away -= 360.0;
        } else if away < -180.0 {
            away += 360.0;
        }
        let away = away.to_radians();
        if self.n.abs() < FLAT {
            return Coord {
                x: EARTH_RADIUS_M * away * self.cylinder,
                y: EARTH_RADIUS_M * libm::sin(latitude) / self.cylinder,
            };
        }
        let (rho, theta) = (rho(self.c, self.n, latitude), self.n * away);
        Coord { x: rho * libm::sin(theta), y: self.rho_0 - rho * libm::cos(theta) }
    }
}

fn rho(c: f64, n: f64, latitude: f64) -> f64 {
    EARTH_RADIUS_M * (c - 2.0 * n * libm::sin(latitude)).max(0.0).sqrt() / n
}
