//! The plane of a map: boundaries projected, simplified to what a screen shows, written as paths of whole units.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_geography::{Albers, Boundaries, Coord, Position, Topology};

/// Width of the drawing in units; about three for every two pixels of a wide screen.
pub(super) const WIDTH: f64 = 1_200.0;
/// Height of the tallest drawing.
const TALLEST: f64 = 1_200.0;
/// Points whose triangle is smaller than this can't be seen.
const VISIBLE: f64 = 0.9;
/// Room around the drawing: a hexagon at its edge stays whole.
const MARGIN: f64 = 18.0;

/// From degrees to units, y downwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    albers: Albers,
    low: Coord<f64>,
    /// Units in a metre.
    pub(super) scale: f64,
    pub(super) height: f64,
}

impl Plane {
    /// A plane that shows all of these points, in degrees.
    pub(super) fn around(points: &[Coord<f64>]) -> Option<Self> {
        let albers = Albers::around(points.iter().copied())?;
        let flat = points.iter().map(|p| albers.project(*p));
        let (mut low, mut high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
        for p in flat {
            low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
            high = Coord { x: high.x.max(p.x), y: high.y.max(p.y) };
        }
        // A single place still is a kilometre wide.
        let (across, down) = ((high.x - low.x).max(1_000.0), (high.y - low.y).max(1_000.0));
        let scale = ((WIDTH - 2.0 * MARGIN) / across).min((TALLEST - 2.0 * MARGIN) / down);
        // In the middle of the width, where the height is what limits it.
        let spare = ((WIDTH - 2.0 * MARGIN) / scale - across) / 2.0;
        let low = Coord { x: low.x - spare - MARGIN / scale, y: high.y + MARGIN / scale };
        Some(Self { albers, low, scale, height: (down * scale + 2.0 * MARGIN).ceil() })
    }

    pub(super) fn at(&self, degrees: Coord<f64>) -> Coord<f64> {
        let p = self.albers.project(degrees);
        Coord { x: (p.x - self.low.x) * self.scale, y: (self.low.y - p.y) * self.scale }
    }

    pub(super) fn position(&self, position: Position) -> Coord<f64> {
        self.at(Coord { x: position.lon(), y: position.lat() })
    }
}

/// Boundaries ready to draw: the smallest areas, and the larger ones they make up.
pub(super) struct Ground {
    pub(super) plane: Plane,
    pub(super) areas: Topology,
    /// Areas by the code they lie in; empty where there are none, or but one.
    pub(super) groups: Option<Topology>,
}

impl Ground {
    /// `parent` says in which larger place a place lies.
    pub(super) fn of<'c>(
        boundaries: &'c Boundaries,
        parent: impl Fn(&'c str) -> Option<&'c str>,
    ) -> Option<Self> {
        let of: BTreeMap<&str, Option<&str>> = boundaries
            .areas()
            .iter()
            .map(|a| (a.code.as_str(), parent(&a.code).or(a.parent.as_deref())))
            .collect();
        // A file may hold regions as well; what others lie in is made of them.
        let is_parent = |code: &str| of.iter().any(|(child, p)| *p == Some(code) && *child != code);
        let leaves: Vec<_> = boundaries.areas().iter().filter(|a| !is_parent(&a.code)).collect();
        let rings = leaves.iter().flat_map(|a| &a.shape.0).map(geo_exterior);
        let points: Vec<Coord<f64>> = rings.flatten().collect();
        let plane = Plane::around(&points)?;
        let areas = Topology::of(leaves).moved(|p| plane.at(p)).simplified(VISIBLE);
        let groups = areas.grouped(|code| of.get(code).copied().flatten());
        let several = groups.codes().len() > 1 && groups.codes().len() < areas.codes().len();
        Some(Self { plane, groups: several.then_some(groups), areas })
    }
}

fn geo_exterior(polygon: &adil_geography::Polygon<f64>) -> Vec<Coord<f64>> {
    polygon.exterior().coords().copied().collect()
}

/// A whole unit. Neighbours round the same point alike, so that they stay neighbours.
#[expect(clippy::cast_possible_truncation, reason = "a drawing has a few thousand units")]
fn unit(value: f64) -> i32 {
    value.round() as i32
}

/// An area as a path: `M`, then steps from point to point.
pub(super) fn path(topology: &Topology, area: usize) -> String {
    let mut out = String::new();
    for polygon in &topology.shape(area).0 {
        ring(&mut out, polygon.exterior().coords(), true);
        for hole in polygon.interiors() {
            ring(&mut out, hole.coords(), false);
        }
    }
    out
}

/// Lines that are borders of the groups: each once.
pub(super) fn borders(topology: &Topology) -> String {
    let mut out = String::new();
    for arc in topology.arcs() {
        let points = rounded(arc.line.iter());
        if points.len() > 1 {
            steps(&mut out, &points);
        }
    }
    out
}

fn rounded<'p>(points: impl Iterator<Item = &'p Coord<f64>>) -> Vec<(i32, i32)> {
    let mut rounded: Vec<(i32, i32)> = points.map(|p| (unit(p.x), unit(p.y))).collect();
    rounded.dedup();
    rounded
}

fn ring<'p>(out: &mut String, points: impl Iterator<Item = &'p Coord<f64>>, outer: bool) {
    let mut points = rounded(points);
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    match points[..] {
        // Smaller than a unit, it stays as a dot: nobody's place is left out.
        [first] | [first, _] if outer => {
            let _ = write!(out, "M{} {}h1v1h-1z", first.0, first.1);
        }
        [_, _, _, ..] => {
            steps(out, &points);
            out.push('z');
        }
        _ => {}
    }
}

fn steps(out: &mut String, points: &[(i32, i32)]) {
    let mut before: Option<(i32, i32)> = None;
    for point in points {
        match before {
            None => {
                let _ = write!(out, "M{} {}l", point.0, point.1);
            }
            Some(before) => {
                let (x, y) = (point.0 - before.0, point.1 - before.1);
                // A sign parts two numbers as well as a blank does.
                if x >= 0 && !out.ends_with('l') {
                    out.push(' ');
                }
                let _ = write!(out, "{x}");
                if y >= 0 {
                    out.push(' ');
                }
                let _ = write!(out, "{y}");
            }
        }
        before = Some(*point);
    }
}
