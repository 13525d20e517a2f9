//! Where a facility is and how large, from the places of its nodes.

use adil_domain::{Place, Problem};

use super::block::{Key, Kind, Position};
use super::measure;
use super::rings::{self, Flaw, Role};

/// A way as a relation or a facility has it.
pub(super) struct Part {
    pub(super) way: i64,
    pub(super) role: Role,
    /// Its nodes; `None` when the file lacks the way.
    pub(super) nodes: Option<Vec<i64>>,
}

/// What is known of where a facility lies.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// `None` when nothing of it is known.
    pub(super) place: Option<Position>,
    /// Square metres.
    pub(super) area: Option<f64>,
    /// The word for `osm:shape`.
    pub(super) kind: &'static str,
}

/// How many identifiers a message names.
const NAMED: usize = 5;

/// The shape of a way by itself; `line` says that it is one even where it is closed.
pub(super) fn of_way(
    key: Key,
    nodes: &[i64],
    line: bool,
    at: &impl Fn(i64) -> Option<Position>,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Shape {
    let closed = nodes.len() > 3 && nodes.first() == nodes.last();
    let Some(points) = known(nodes, at) else {
        problems.push(missing_nodes(key, nodes, at, place));
        return incomplete(nodes, at);
    };
    if !closed {
        if !line {
            let message = format!("{key} is not closed, so it has no area; it stands in its middle.");
            problems.push(Problem::warning("osm-open-ring", place.clone(), message).hint(MEND));
        }
        return Shape { place: measure::middle(&points), area: None, kind: "line" };
    }
    let parts = [Part { way: key.1, role: Role::Unsaid, nodes: Some(nodes.to_vec()) }];
    if line {
        // A line may cross itself.
        Shape { area: None, kind: "line", ..of_area(key, &parts, at, place, &mut Vec::new()) }
    } else {
        of_area(key, &parts, at, place, problems)
    }
}

/// The shape that ways enclose together.
pub(super) fn of_area(
    key: Key,
    parts: &[Part],
    at: &impl Fn(i64) -> Option<Position>,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Shape {
    let all: Vec<i64> = parts.iter().filter_map(|p| p.nodes.as_ref()).flatten().copied().collect();
    let missing: Vec<i64> = parts.iter().filter(|p| p.nodes.is_none()).map(|p| p.way).collect();
    if !missing.is_empty() {
        let message =
            format!("{key} has {}, which the file lacks; its area is not known.", names(Kind::Way, &missing));
        problems.push(Problem::warning("osm-missing-way", place.clone(), message).hint(WHOLE));
    }
    let mut ways = Vec::with_capacity(parts.len());
    for part in parts {
        let Some(nodes) = &part.nodes else { continue };
        match known(nodes, at) {
            Some(points) => ways.push((part.role, points)),
            None => problems.push(missing_nodes(key, nodes, at, place)),
        }
    }
    if ways.len() < parts.len() {
        return incomplete(&all, at);
    }
    match rings::assemble(&ways) {
        Ok(area) => {
            if !area.wrong_roles.is_empty() {
                let wrong: Vec<i64> = area.wrong_roles.iter().map(|i| parts[*i].way).collect();
                let names = names(Kind::Way, &wrong);
                let message = format!("In {key} the role of {names} is not how it lies; how it lies counts.");
                problems.push(Problem::warning("osm-wrong-role", place.clone(), message).hint(MEND));
            }
            Shape { place: area.place(), area: Some(area.square_metres()), kind: "area" }
        }
        Err(flaw) => {
            let (code, why) = match flaw {
                Flaw::Open(ends) => {
                    let shown: Vec<String> = ends.iter().take(NAMED).map(|p| degrees(*p)).collect();
                    ("osm-open-ring", format!("has {} loose ends, at {}", ends.len(), shown.join("; ")))
                }
                Flaw::Crossing(p) => {
                    ("osm-crossing-ring", format!("crosses or touches itself near {}", degrees(p)))
                }
                Flaw::TooLarge(n) => {
                    ("osm-large-shape", format!("has {n} segments, more than any place of sport"))
                }
                Flaw::Nothing => ("osm-open-ring", "encloses nothing".to_owned()),
            };
            let message =
                format!("{key} {why}, so it has no area; it stands in the middle of the box around it.");
            problems.push(Problem::warning(code, place.clone(), message).hint(MEND));
            incomplete(&all, at)
        }
    }
}

pub(super) const MEND: &str = "Mend it in OpenStreetMap, or give the area by hand.";
pub(super) const WHOLE: &str =
    "An extract cut at a border keeps what it cuts whole with `osmium extract --strategy smart`.";

fn incomplete(nodes: &[i64], at: &impl Fn(i64) -> Option<Position>) -> Shape {
    let place = measure::middle_of_box(nodes.iter().filter_map(|n| at(*n)));
    Shape { place, area: None, kind: "incomplete" }
}

fn known(nodes: &[i64], at: &impl Fn(i64) -> Option<Position>) -> Option<Vec<Position>> {
    nodes.iter().map(|n| at(*n)).collect()
}

fn missing_nodes(key: Key, nodes: &[i64], at: &impl Fn(i64) -> Option<Position>, place: &Place) -> Problem {
    let missing: Vec<i64> = nodes.iter().copied().filter(|n| at(*n).is_none()).collect();
    let names = names(Kind::Node, &missing);
    let message =
        format!("{key} has {names}, which the file lacks or places off the globe; its area is not known.");
    Problem::warning("osm-missing-node", place.clone(), message).hint(WHOLE)
}

/// `way/1, way/2 and 3 more`.
pub(super) fn names(kind: Kind, ids: &[i64]) -> String {
    let shown: Vec<String> = ids.iter().take(NAMED).map(|id| Key(kind, *id).to_string()).collect();
    let shown = shown.join(", ");
    if ids.len() > NAMED { format!("{shown} and {} more", ids.len() - NAMED) } else { shown }
}

fn degrees(p: Position) -> String {
    format!("{:.7}, {:.7}", p.lat(), p.lon())
}
