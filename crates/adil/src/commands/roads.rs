//! Minutes along the roads of a map, as two commands need them.

use std::fs::File;
use std::path::Path;

use adil_access::roads::{RoadGraph, RoadTimes, Walk};
use adil_domain::{Place, Problem, Problems};
use adil_geography::Position;
use adil_sources::osm::{self, Profile, RoadOptions};

/// Places from which or to which people go, and the name of their file.
pub(super) struct Places<'p> {
    pub(super) file: &'p str,
    pub(super) at: &'p [Position],
}

/// What was found, and the day of the map where it says one.
pub(super) struct Found {
    pub(super) times: RoadTimes,
    pub(super) as_of: Option<String>,
}

/// The minutes from the first places to the second ones, up to a limit; `None` when the map can't be used.
pub(super) fn times(
    map: &Path,
    profile: Profile,
    [from, to]: [Places<'_>; 2],
    max_minutes: f64,
    problems: &mut Problems,
) -> Option<Found> {
    let name = map.display().to_string();
    let wrong =
        |code, message: String, hint: &str| Problem::error(code, Place::file(&*name), message).hint(hint);
    let mut file = match File::open(map) {
        Ok(file) => file,
        Err(error) => {
            problems.push(wrong(
                "unreadable-file",
                format!("The map can't be read: {error}."),
                "Check the path.",
            ));
            return None;
        }
    };
    let roads = osm::roads(&name, &mut file, &RoadOptions::new(profile), problems, &|_| {});
    if problems.has_errors() {
        return None;
    }
    if roads.edges.is_empty() {
        let hint = "Give a map with its roads; an extract of facilities alone has none.";
        problems.push(wrong("no-roads", "The map has no road open to this way of going.".to_owned(), hint));
        return None;
    }
    let walk = Walk::default();
    let graph = RoadGraph::build(roads.nodes, roads.edges);
    let times = match graph.and_then(|graph| graph.times(from.at, to.at, max_minutes, &walk)) {
        Ok(times) => times,
        Err(error) => {
            problems.push(wrong("no-reach", format!("{error}."), "Check the map and the limit."));
            return None;
        }
    };
    for (places, off_road) in [(&from, &times.demand_off_road), (&to, &times.supply_off_road)] {
        if !off_road.is_empty() {
            let message = format!(
                "{} of {} places are more than {} m from any road, so they are out of reach.",
                off_road.len(),
                places.at.len(),
                walk.longest,
            );
            let hint = "Check that the map covers all of them.";
            problems.push(Problem::warning("off-road", Place::file(places.file), message).hint(hint));
        }
    }
    Some(Found { times, as_of: roads.as_of })
}
