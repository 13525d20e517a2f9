//! From two cells to a place on the map, and what had to be done on the way.

use adil_domain::{Language, Place, Problem};
use adil_geography::{Boundaries, Position, PositionError};

use crate::numbers::{Written, degrees};
use crate::words::shorten;

use super::Order;
use super::nearest::{distance_words, nearest_area};

/// What two cells say.
pub(crate) struct Located {
    /// The place; none where it could not be read.
    pub(crate) position: Option<Position>,
    /// The area that holds it.
    pub(crate) area: Option<usize>,
    /// What was done or is wrong.
    pub(crate) problems: Vec<Problem>,
}

/// Outside every district, but this near to one, a point is a slip of the border; further off it is elsewhere. Boundaries
/// of a country are simplified to about 500 m.
const BORDER_M: f64 = 10_000.0;

/// Parts a cell with both coordinates. `None` when it does not have two.
pub(super) fn split(cell: &str, order: Order) -> Option<(String, String)> {
    let cell = cell.trim().trim_start_matches("POINT").trim().trim_start_matches('(').trim_end_matches(')');
    let both = |separator: char| {
        let mut parts = cell.split(separator).map(str::trim).filter(|p| !p.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(a), Some(b), None) if degrees(a).is_some() && degrees(b).is_some() => Some((a, b)),
            _ => None,
        }
    };
    // `51,18 71,44`: two commas are decimal ones, and the space parts.
    let comma_is_decimal = || {
        let parts: Vec<&str> = cell.split(',').map(str::trim).collect();
        match parts.as_slice() {
            [a, b, c, d] => Some((format!("{a}.{b}"), format!("{c}.{d}")))
                .filter(|(x, y)| degrees(x).is_some() && degrees(y).is_some()),
            _ => None,
        }
    };
    let (first, second) = [';', '/', '|', ',', ' ']
        .into_iter()
        .find_map(both)
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .or_else(comma_is_decimal)?;
    Some(match order {
        Order::LatLon => (first, second),
        Order::LonLat => (second, first),
    })
}

/// Reads two cells. `place` is where problems stand.
pub(crate) fn locate(lat: &str, lon: &str, boundaries: Option<&Boundaries>, place: &Place) -> Located {
    let mut problems = Vec::new();
    let nothing = |problems| Located { position: None, area: None, problems };
    if lat.is_empty() && lon.is_empty() {
        return nothing(problems);
    }
    if lat.is_empty() || lon.is_empty() {
        let (missing, there) = if lat.is_empty() { ("latitude", lon) } else { ("longitude", lat) };
        problems.push(
            Problem::warning(
                "half-coordinate",
                place.clone(),
                format!("The {missing} is missing beside `{}`; the place is not known.", shorten(there)),
            )
            .hint("Write both, or leave both empty."),
        );
        return nothing(problems);
    }
    let (Some(first), Some(second)) = (degrees(lat), degrees(lon)) else {
        let bad = if degrees(lat).is_none() { lat } else { lon };
        problems.push(
            Problem::warning(
                "not-a-coordinate",
                place.clone(),
                format!("`{}` is no coordinate; the place is not known.", shorten(bad)),
            )
            .hint("Write decimal degrees such as 51.1801."),
        );
        return nothing(problems);
    };
    if let Some(problem) = written(first.written, second.written, lat, lon, place) {
        problems.push(problem);
    }
    // Letters of the compass say which is which.
    let by_letters = first.is_latitude == Some(false) || second.is_latitude == Some(true);
    let (mut y, mut x) = (first.value, second.value);
    if by_letters {
        (y, x) = (x, y);
        problems.push(swapped(lat, lon, "the letters of the compass say so", place));
    }
    let inside = |p: Position| boundaries.and_then(|b| b.locate(p));
    let other_way = Position::new(x, y).ok().filter(|_| !by_letters);
    let other_inside = other_way.and_then(|p| Some((p, inside(p)?)));
    match Position::new(y, x) {
        Ok(position) => {
            if let Some(area) = inside(position) {
                return Located { position: Some(position), area: Some(area), problems };
            }
            if let Some((position, area)) = other_inside {
                problems.push(swapped(lat, lon, "only so do they lie in the country", place));
                return Located { position: Some(position), area: Some(area), problems };
            }
            if let Some(problem) = boundaries.and_then(|b| outside(b, position, place)) {
                problems.push(problem);
            }
            Located { position: Some(position), area: None, problems }
        }
        Err(error) => {
            if let (PositionError::Swapped { .. }, Some((position, area))) = (error, other_inside) {
                problems.push(swapped(lat, lon, "no latitude is beyond 90°", place));
                return Located { position: Some(position), area: Some(area), problems };
            }
            problems.push(no_position(error, lat, lon, place));
            nothing(problems)
        }
    }
}

fn written(first: Written, second: Written, lat: &str, lon: &str, place: &Place) -> Option<Problem> {
    let both = format!("`{}` and `{}`", shorten(lat), shorten(lon));
    if first == Written::Sexagesimal || second == Written::Sexagesimal {
        let message = format!("{both} were read as degrees, minutes and seconds.");
        return Some(
            Problem::warning("degrees-minutes", place.clone(), message).hint("Better write decimal degrees."),
        );
    }
    if first == Written::DecimalComma || second == Written::DecimalComma {
        let message = format!("{both} were read with the comma as a decimal point.");
        return Some(Problem::warning("decimal-comma", place.clone(), message).hint("Better write a point."));
    }
    None
}

fn swapped(lat: &str, lon: &str, why: &str, place: &Place) -> Problem {
    let message = format!(
        "Latitude `{}` and longitude `{}` stand the wrong way round and were exchanged: {why}.",
        shorten(lat),
        shorten(lon)
    );
    Problem::warning("coordinates-swapped", place.clone(), message)
        .hint("If all rows are so, exchange the two columns in the mapping.")
}

fn no_position(error: PositionError, lat: &str, lon: &str, place: &Place) -> Problem {
    let (code, hint) = match error {
        PositionError::Projected { .. } => (
            "projected-coordinates",
            "Find out the system (such as Pulkovo 1942 or UTM) and convert to WGS84 degrees; it is not guessed here.",
        ),
        PositionError::Null => ("null-island", "Leave the cells empty when the place is not known."),
        PositionError::Swapped { .. } | PositionError::OutOfRange { .. } | PositionError::NotFinite => (
            "not-a-coordinate",
            "Write latitude and longitude in decimal degrees, such as 51.1801 and 71.446.",
        ),
    };
    let message = format!(
        "`{}`, `{}` are no place on the Earth: {error}. The place is not known.",
        shorten(lat),
        shorten(lon)
    );
    Problem::warning(code, place.clone(), message).hint(hint)
}

/// What to say of a point in no area; none without areas.
pub(crate) fn outside(boundaries: &Boundaries, position: Position, place: &Place) -> Option<Problem> {
    let (nearest, metres) = nearest_area(boundaries, position)?;
    let area = boundaries.areas().get(nearest)?;
    let near = format!("{} ({})", area.name.text(Language::EN), area.code);
    let at = format!("{}, {}", position.lat(), position.lon());
    let far = distance_words(metres);
    Some(if metres > BORDER_M {
        let message = format!(
            "The place {at} lies outside the country, {far} from its nearest district, {near}; it was kept."
        );
        Problem::warning("outside-country", place.clone(), message)
            .hint("Compare it with the address; a wrong digit or sign moves a place far.")
    } else {
        let message =
            format!("The place {at} lies in no district; the nearest is {near}, {far} away. It was kept.");
        Problem::warning("in-no-district", place.clone(), message).hint(
            "On a border or a shore the simplified boundary may be to blame: name the territory yourself.",
        )
    })
}
