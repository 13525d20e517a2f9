//! A point on the Earth, and how far it is to another.

/// The mean radius of the Earth in metres (IUGG).
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A point on the Earth in WGS84 degrees, within range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lat: f64,
    lon: f64,
}

/// Why two numbers are no position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// Not a finite number.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// The numbers would be a position the other way round.
    #[error("latitude {lat} is beyond ±90°, but the two numbers would be a position the other way round")]
    Swapped {
        /// What stands as latitude.
        lat: f64,
        /// What stands as longitude.
        lon: f64,
    },
    /// Far beyond degrees: metres of a projected system.
    #[error("{lat}, {lon} are no degrees but look like metres of a projected system")]
    Projected {
        /// What stands as latitude.
        lat: f64,
        /// What stands as longitude.
        lon: f64,
    },
    /// Outside the range of degrees.
    #[error("{lat}, {lon} are outside the range of degrees, ±90 and ±180")]
    OutOfRange {
        /// What stands as latitude.
        lat: f64,
        /// What stands as longitude.
        lon: f64,
    },
    /// Zero, zero: what programs write when they know nothing.
    #[error("0, 0 lies in the Gulf of Guinea; programs write it when the place is not known")]
    Null,
}

impl PositionError {
    /// The code of the problem that a table with such numbers has.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFinite => "bad-position",
            Self::Swapped { .. } => "swapped-position",
            Self::Projected { .. } => "projected-position",
            Self::OutOfRange { .. } => "outside-degrees",
            Self::Null => "null-position",
        }
    }

    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotFinite | Self::OutOfRange { .. } => {
                "Write WGS84 degrees: latitude from -90 to 90, longitude from -180 to 180."
            }
            Self::Swapped { .. } => "Exchange the two columns.",
            Self::Projected { .. } => "Convert the coordinates to WGS84 degrees.",
            Self::Null => "Leave both cells empty when the position is not known.",
        }
    }
}

/// Beyond this a coordinate can be no slip of a degree.
const PROJECTED: f64 = 1_000.0;

impl Position {
    /// A position from latitude and longitude.
    ///
    /// # Errors
    /// What is wrong with the numbers, told apart so that a message can say what to do.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PositionError> {
        if !lat.is_finite() || !lon.is_finite() {
            return Err(PositionError::NotFinite);
        }
        if lat.abs() > PROJECTED || lon.abs() > PROJECTED {
            return Err(PositionError::Projected { lat, lon });
        }
        if lat.abs() > 90.0 && lat.abs() <= 180.0 && lon.abs() <= 90.0 {
            return Err(PositionError::Swapped { lat, lon });
        }
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err(PositionError::OutOfRange { lat, lon });
        }
        if lat.abs() < f64::EPSILON && lon.abs() < f64::EPSILON {
            return Err(PositionError::Null);
        }
        Ok(Self { lat, lon })
    }

    /// Latitude in degrees, north positive.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude in degrees, east positive.
    pub const fn lon(self) -> f64 {
        self.lon
    }
}

/// Great-circle distance in metres (haversine). The transcendental functions are those of `libm`, the same everywhere.
pub fn great_circle(a: Position, b: Position) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half_lat = libm::sin((lat_b - lat_a) / 2.0);
    let half_lon = libm::sin((b.lon - a.lon).to_radians() / 2.0);
    let h = half_lat * half_lat + libm::cos(lat_a) * libm::cos(lat_b) * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * libm::asin(h.sqrt().min(1.0))
}
