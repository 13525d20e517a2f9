//! Areas by their shared borders: every border is stored once, with the area on either side.
//!
//! Where neighbours share their vertices exactly, their common border is one arc. Where they do not, each keeps an arc
//! of its own, and nothing is lost but the sharing. An arc runs between two junctions, points where three or more
//! edges meet; a ring that meets no other is one closed arc. The idea is that of `TopoJSON` (M. Bostock, 2012).

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use crate::boundaries::Area;

/// A border: a line with the areas beside it, as positions in [`Topology::codes`].
#[derive(Debug, Clone)]
pub struct Arc {
    /// Its points, both ends included; a closed arc ends where it begins.
    pub line: Vec<Coord<f64>>,
    /// The area on the left of its direction.
    pub left: Option<usize>,
    /// The area on the right of its direction.
    pub right: Option<usize>,
}

impl Arc {
    /// Whether it ends where it begins.
    pub fn is_closed(&self) -> bool {
        matches!((self.line.first(), self.line.last()), (Some(a), Some(b)) if Key::of(*a) == Key::of(*b))
    }
}

/// An arc as a ring walks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) arc: usize,
    pub(crate) reversed: bool,
}

/// A polygon by its rings; the first is the outer one, run anticlockwise, holes run clockwise.
pub(crate) type Part = Vec<Vec<Step>>;

/// Areas with shared borders, in the units of whatever they were made of.
#[derive(Debug, Clone)]
pub struct Topology {
    pub(crate) codes: Vec<String>,
    pub(crate) arcs: Vec<Arc>,
    pub(crate) parts: Vec<Vec<Part>>,
}

/// A point by its bits, so that equal means the very same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(u64, u64);

impl Key {
    pub(crate) fn of(point: Coord<f64>) -> Self {
        // Minus zero is zero.
        Self((point.x + 0.0).to_bits(), (point.y + 0.0).to_bits())
    }
}

/// Twice the signed area of a closed ring, positive where it runs anticlockwise.
pub(crate) fn doubled_area(ring: impl IntoIterator<Item = Coord<f64>>) -> f64 {
    let mut points = ring.into_iter();
    let Some(origin) = points.next() else { return 0.0 };
    let mut sum = 0.0;
    let mut before = origin;
    for point in points {
        sum += (before.x - origin.x) * (point.y - origin.y) - (point.x - origin.x) * (before.y - origin.y);
        before = point;
    }
    sum
}

/// Points met so far, numbered in the order in which they are met.
#[derive(Default)]
struct Vertices {
    ids: BTreeMap<Key, usize>,
    points: Vec<Coord<f64>>,
    /// Other ends of the edges at each point, each once.
    neighbours: Vec<Vec<usize>>,
}

impl Vertices {
    fn id(&mut self, point: Coord<f64>) -> usize {
        let next = self.points.len();
        let id = *self.ids.entry(Key::of(point)).or_insert(next);
        if id == next {
            self.points.push(point);
            self.neighbours.push(Vec::new());
        }
        id
    }

    fn join(&mut self, a: usize, b: usize) {
        for (from, to) in [(a, b), (b, a)] {
            if !self.neighbours[from].contains(&to) {
                self.neighbours[from].push(to);
            }
        }
    }

    /// A ring as numbers, without its last point, anticlockwise or clockwise; `None` when it encloses nothing.
    fn ring(&mut self, line: &LineString<f64>, anticlockwise: bool) -> Option<Vec<usize>> {
        let mut ids: Vec<usize> = line.coords().map(|c| self.id(*c)).collect();
        ids.dedup();
        while ids.len() > 1 && ids.first() == ids.last() {
            ids.pop();
        }
        if ids.len() < 3 {
            return None;
        }
        let closed = ids.iter().chain(ids.first()).map(|id| self.points[*id]);
        if (doubled_area(closed) > 0.0) != anticlockwise {
            ids.reverse();
        }
        Some(ids)
    }

    fn is_junction(&self, id: usize) -> bool {
        self.neighbours[id].len() != 2
    }

    /// A ring cut at its junctions, each piece with both of its ends.
    fn pieces(&self, ring: &[usize]) -> Vec<Vec<usize>> {
        let cut = |at: usize| {
            let mut turned: Vec<usize> = ring[at..].iter().chain(&ring[..=at]).copied().collect();
            let mut pieces = Vec::new();
            while let Some(end) = (1..turned.len()).find(|i| self.is_junction(turned[*i])) {
                let rest = turned.split_off(end);
                turned.push(rest[0]);
                pieces.push(std::mem::replace(&mut turned, rest));
            }
            if turned.len() > 1 {
                pieces.push(turned);
            }
            pieces
        };
        match ring.iter().position(|id| self.is_junction(*id)) {
            Some(at) => cut(at),
            // Free of junctions, it begins at the point met first, so that both of its sides agree.
            None => cut((0..ring.len()).min_by_key(|at| ring[*at]).unwrap_or(0)),
        }
    }
}

impl Topology {
    /// The borders of these areas, which should not lie one within another: give districts or regions, not both.
    pub fn of<'a>(areas: impl IntoIterator<Item = &'a Area>) -> Self {
        Self::of_shapes(areas.into_iter().map(|area| (area.code.clone(), &area.shape)))
    }

    pub(crate) fn of_shapes<'a>(shapes: impl IntoIterator<Item = (String, &'a MultiPolygon<f64>)>) -> Self {
        let mut vertices = Vertices::default();
        let mut codes = Vec::new();
        let mut rings: Vec<Vec<Vec<Vec<usize>>>> = Vec::new();
        for (code, shape) in shapes {
            codes.push(code);
            let mut parts = Vec::new();
            for polygon in &shape.0 {
                let Some(outer) = vertices.ring(polygon.exterior(), true) else { continue };
                let holes = polygon.interiors().iter().filter_map(|hole| vertices.ring(hole, false));
                let part: Vec<Vec<usize>> = std::iter::once(outer).chain(holes.collect::<Vec<_>>()).collect();
                parts.push(part);
            }
            rings.push(parts);
        }
        for ring in rings.iter().flatten().flatten() {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                vertices.join(*a, *b);
            }
        }
        let mut builder = Builder { vertices: &vertices, arcs: Vec::new(), known: BTreeMap::new() };
        let parts = rings
            .iter()
            .enumerate()
            .map(|(area, parts)| {
                let ring = |ring: &Vec<usize>, builder: &mut Builder<'_>| {
                    vertices.pieces(ring).into_iter().map(|piece| builder.step(&piece, area)).collect()
                };
                parts.iter().map(|part| part.iter().map(|r| ring(r, &mut builder)).collect()).collect()
            })
            .collect();
        Self { arcs: builder.arcs, codes, parts }
    }

    /// The codes of the areas, in the order they were given.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// All borders.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The outline of an area; empty for a position beyond the last.
    pub fn shape(&self, area: usize) -> MultiPolygon<f64> {
        let parts = self.parts.get(area).map_or(&[][..], Vec::as_slice);
        let polygon = |part: &Part| {
            let mut rings = part.iter().map(|ring| LineString::new(self.line(ring)));
            let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            Polygon::new(outer, rings.collect())
        };
        MultiPolygon::new(parts.iter().map(polygon).collect())
    }

    /// The area's size in square units of its coordinates, holes left out.
    pub fn size(&self, area: usize) -> f64 {
        let parts = self.parts.get(area).map_or(&[][..], Vec::as_slice);
        parts.iter().flatten().map(|ring| doubled_area(self.line(ring))).sum::<f64>() / 2.0
    }

    /// The points of a ring, closed.
    pub(crate) fn line(&self, ring: &[Step]) -> Vec<Coord<f64>> {
        let mut out: Vec<Coord<f64>> = Vec::new();
        for step in ring {
            let line = &self.arcs[step.arc].line;
            // The first point of an arc is the last one of the arc before it.
            let skip = usize::from(!out.is_empty());
            if step.reversed {
                out.extend(line.iter().rev().skip(skip));
            } else {
                out.extend(line.iter().skip(skip));
            }
        }
        out
    }

    /// The same areas with every point moved, such as into the plane of a map. Where the move mirrors them, as one to a
    /// screen whose second axis points down does, borders turn round, so that left stays left.
    #[must_use]
    pub fn moved(mut self, to: impl Fn(Coord<f64>) -> Coord<f64>) -> Self {
        let total = |all: &Self| (0..all.codes.len()).map(|at| all.size(at)).sum::<f64>();
        for point in self.arcs.iter_mut().flat_map(|arc| &mut arc.line) {
            *point = to(*point);
        }
        if total(&self) < 0.0 {
            self.arcs.iter_mut().for_each(|arc| arc.line.reverse());
            self.parts.iter_mut().flatten().flatten().for_each(|ring| ring.reverse());
        }
        self
    }
}

struct Builder<'v> {
    vertices: &'v Vertices,
    arcs: Vec<Arc>,
    /// The first edge of an arc in either direction names the arc: between junctions there is but one way on.
    known: BTreeMap<(usize, usize), Step>,
}

impl Builder<'_> {
    /// The arc of a piece of a ring that has `area` on its left.
    fn step(&mut self, piece: &[usize], area: usize) -> Step {
        let end = piece.len() - 1;
        if let Some(step) = self.known.get(&(piece[0], piece[1])).copied() {
            let arc = &mut self.arcs[step.arc];
            let side = if step.reversed { &mut arc.right } else { &mut arc.left };
            if side.is_none() {
                *side = Some(area);
                return step;
            }
        }
        let step = Step { arc: self.arcs.len(), reversed: false };
        let line = piece.iter().map(|id| self.vertices.points[*id]).collect();
        self.arcs.push(Arc { line, left: Some(area), right: None });
        // Where areas overlap, a side is taken already: the later one keeps an arc of its own.
        self.known.entry((piece[0], piece[1])).or_insert(step);
        self.known.entry((piece[end], piece[end - 1])).or_insert(Step { reversed: true, ..step });
        step
    }
}
