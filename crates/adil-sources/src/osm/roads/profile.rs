//! Who may use a road, in which direction, and how fast.

use std::collections::BTreeMap;

/// Who travels.
///
/// Speeds in km/h by `highway`, chosen for this project (illustrative; free roads without traffic):
///
/// | `highway` | car | foot |
/// | --- | --- | --- |
/// | `motorway` | 110 | no |
/// | `trunk` | 90 | 4.5 where `sidewalk` or `foot` allows it |
/// | `primary` | 70 | 4.5 |
/// | `secondary` | 60 | 4.5 |
/// | `tertiary` | 50 | 4.5 |
/// | `unclassified` | 40 | 4.5 |
/// | `residential` | 30 | 4.5 |
/// | `road` | 30 | 4.5 |
/// | `service` | 15 | 4.5 |
/// | `track` | 15 | 4.5 |
/// | `living_street` | 10 | 4.5 |
/// | `…_link` | two thirds of its road | as its road |
/// | `footway`, `pedestrian`, `path`, `corridor` | no | 4.5 |
/// | `cycleway`, `bridleway` | no | 4.5 where `foot` allows it |
/// | `steps` | no | 2 |
///
/// For a car a `maxspeed` in km/h or mph sets the speed instead, times 0.9 (a limit is not an average). Ferries, and roads
/// that are planned, built or gone, are not taken.
///
/// Access: the most particular of the keys decides (`foot`; for a car `motorcar`, `motor_vehicle`, `vehicle`; then
/// `access`). `no`, `private`, `agricultural`, `forestry`, `military`, `delivery`, `customers`, `emergency` and `use_sidepath`
/// close a road; `destination` does not, since people do go to the places there.
///
/// Direction: `oneway` counts for a car (`oneway:motor_vehicle`, `oneway:motorcar` before it), roundabouts and motorways
/// are one way unless they say otherwise; on foot only `oneway:foot` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// On foot.
    Foot,
    /// By car.
    Car,
}

/// How fast a road is, in km/h; `None` where that direction is closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Road {
    /// In the order of the way's nodes.
    pub(super) forward: Option<f64>,
    /// Against it.
    pub(super) backward: Option<f64>,
}

const WALK: f64 = 4.5;
const STEPS: f64 = 2.0;
const LINK: f64 = 2.0 / 3.0;
/// What of a speed limit is driven.
const OF_LIMIT: f64 = 0.9;
const KM_PER_MILE: f64 = 1.609_344;

impl Profile {
    /// What a way's tags allow; `None` when it is no road for this profile.
    pub(super) fn road(self, tags: &BTreeMap<String, String>) -> Option<Road> {
        let tag = |key: &str| tags.get(key).map(String::as_str);
        let highway = tag("highway")?;
        let keys: &[&str] = match self {
            Self::Foot => &["foot", "access"],
            Self::Car => &["motorcar", "motor_vehicle", "vehicle", "access"],
        };
        let access = keys.iter().find_map(|key| tag(key)).map(allows);
        let speed = match self {
            Self::Foot => on_foot(highway, access == Some(true), tag("sidewalk")),
            Self::Car => by_car(highway).map(|usual| tag("maxspeed").and_then(limit).unwrap_or(usual)),
        }?;
        if access == Some(false) || tag("area") == Some("yes") && self == Self::Car {
            return None;
        }
        let both = Road { forward: Some(speed), backward: Some(speed) };
        let circle = matches!(tag("junction"), Some("roundabout" | "circular"));
        let oneway = match self {
            Self::Foot => tag("oneway:foot"),
            Self::Car => {
                let implied = (circle || matches!(highway, "motorway" | "motorway_link")).then_some("yes");
                tag("oneway:motorcar").or(tag("oneway:motor_vehicle")).or(tag("oneway")).or(implied)
            }
        };
        Some(match oneway {
            Some("yes" | "true" | "1") => Road { backward: None, ..both },
            Some("-1" | "reverse") => Road { forward: None, ..both },
            _ => both,
        })
    }
}

/// Whether a value of an access key lets people in.
fn allows(value: &str) -> bool {
    !matches!(
        value,
        "no" | "private"
            | "agricultural"
            | "forestry"
            | "military"
            | "delivery"
            | "customers"
            | "emergency"
            | "use_sidepath"
    )
}

fn by_car(highway: &str) -> Option<f64> {
    let of = |road: &str| match road {
        "motorway" => Some(110.0),
        "trunk" => Some(90.0),
        "primary" => Some(70.0),
        "secondary" => Some(60.0),
        "tertiary" => Some(50.0),
        "unclassified" => Some(40.0),
        "residential" | "road" => Some(30.0),
        "service" | "track" => Some(15.0),
        "living_street" => Some(10.0),
        _ => None,
    };
    match highway.strip_suffix("_link") {
        Some(road) => of(road).map(|speed| speed * LINK),
        None => of(highway),
    }
}

fn on_foot(highway: &str, allowed: bool, sidewalk: Option<&str>) -> Option<f64> {
    match highway.strip_suffix("_link").unwrap_or(highway) {
        "steps" => Some(STEPS),
        "trunk" => (allowed || matches!(sidewalk, Some("both" | "left" | "right" | "yes" | "separate")))
            .then_some(WALK),
        "cycleway" | "bridleway" => allowed.then_some(WALK),
        "footway" | "pedestrian" | "path" | "corridor" => Some(WALK),
        "motorway" => None,
        road => by_car(road).map(|_| WALK),
    }
}

/// The speed under a limit, `50` or `30 mph`; `None` for words such as `RU:urban`.
fn limit(text: &str) -> Option<f64> {
    let (number, unit) = match text.strip_suffix("mph") {
        Some(number) => (number, KM_PER_MILE),
        None => (text, 1.0),
    };
    let limit: f64 = number.trim().parse::<u16>().ok()?.into();
    (limit > 0.0).then_some(limit * unit * OF_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Speeds forward and backward, in whole km/h; 0 is closed.
    fn of(profile: Profile, text: &str) -> Option<(i32, i32)> {
        let tags =
            text.split(' ').filter_map(|t| t.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned()));
        let whole = |speed: Option<f64>| super::super::super::measure::rounded(speed.unwrap_or(0.0));
        profile.road(&tags.collect()).map(|r| (whole(r.forward), whole(r.backward)))
    }

    #[test]
    fn a_car_goes_where_it_may() {
        for (tags, speeds) in [
            ("highway=primary", Some((70, 70))),
            ("highway=primary oneway=yes", Some((70, 0))),
            ("highway=primary oneway=-1", Some((0, 70))),
            ("highway=primary junction=roundabout", Some((70, 0))),
            ("highway=motorway oneway=no", Some((110, 110))),
            ("highway=residential maxspeed=60", Some((54, 54))),
            ("highway=residential maxspeed=RU:urban", Some((30, 30))),
            ("highway=service access=private", None),
            ("highway=service access=private motor_vehicle=yes", Some((15, 15))),
            ("highway=service access=destination", Some((15, 15))),
            ("highway=footway", None),
            ("highway=construction", None),
            ("route=ferry", None),
            ("highway=motorway_link", Some((73, 0))),
        ] {
            assert_eq!(of(Profile::Car, tags), speeds, "{tags}");
        }
    }

    #[test]
    fn feet_go_where_they_may() {
        for (tags, speeds) in [
            ("highway=footway", Some((5, 5))),
            ("highway=steps", Some((2, 2))),
            ("highway=residential oneway=yes", Some((5, 5))),
            ("highway=footway oneway:foot=yes", Some((5, 0))),
            ("highway=motorway", None),
            ("highway=trunk", None),
            ("highway=trunk_link sidewalk=both", Some((5, 5))),
            ("highway=cycleway", None),
            ("highway=cycleway foot=yes", Some((5, 5))),
            ("highway=path foot=no", None),
            ("highway=path access=no foot=yes", Some((5, 5))),
        ] {
            assert_eq!(of(Profile::Foot, tags), speeds, "{tags}");
        }
    }
}
