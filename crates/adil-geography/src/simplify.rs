//! Fewer points in the borders, without a gap or an overlap.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use geo::Coord;

use crate::topology::{Key, Part, Step, Topology};

/// A point that could go: the size of its triangle first, then where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// Bits of a number that is not negative, which are in the order of the numbers.
    size: u64,
    arc: usize,
    at: usize,
}

impl Topology {
    /// The same areas with fewer points: each border is simplified once, for both of its sides.
    ///
    /// Points are taken out by the triangle that they make with their neighbours, smallest first, while it is smaller
    /// than `least` square units (M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated elimination of
    /// points", The Cartographic Journal 30(1), 1993). Junctions stay, no ring collapses, and a point stays as long as
    /// another point lies in its triangle: then no two borders can come to cross that did not cross before. An island
    /// below `least` is left out, unless its area has nothing larger.
    #[must_use]
    pub fn simplified(&self, least: f64) -> Self {
        let mut simpler = self.without_islets(least);
        let lines = Lines::of(&simpler).reduced(least);
        for (arc, line) in simpler.arcs.iter_mut().zip(lines) {
            arc.line = line;
        }
        simpler
    }

    /// Parts below `least` that border on nothing left out, except the largest part of each area.
    fn without_islets(&self, least: f64) -> Self {
        let size = |part: &Part| {
            part.iter().map(|ring| crate::topology::doubled_area(self.line(ring))).sum::<f64>() / 2.0
        };
        let alone = |step: &Step| {
            let arc = &self.arcs[step.arc];
            arc.left.is_none() || arc.right.is_none()
        };
        let mut kept: Vec<Vec<Part>> = Vec::with_capacity(self.parts.len());
        for parts in &self.parts {
            let sizes: Vec<f64> = parts.iter().map(size).collect();
            let largest = (0..parts.len()).max_by(|a, b| sizes[*a].total_cmp(&sizes[*b]).then(b.cmp(a)));
            let stays = |at: &usize| {
                let part = &parts[*at];
                Some(*at) == largest || sizes[*at] >= least || !part.iter().flatten().all(alone)
            };
            kept.push((0..parts.len()).filter(stays).map(|at| parts[at].clone()).collect());
        }
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for step in kept.iter_mut().flatten().flatten().flatten() {
            let next = numbers.len();
            step.arc = *numbers.entry(step.arc).or_insert(next);
        }
        let mut order: Vec<(usize, usize)> = numbers.into_iter().map(|(old, new)| (new, old)).collect();
        order.sort_unstable();
        Self {
            codes: self.codes.clone(),
            arcs: order.into_iter().map(|(_, old)| self.arcs[old].clone()).collect(),
            parts: kept,
        }
    }
}

/// Points of one border, linked to the next that is still there on either side.
struct Line {
    points: Vec<Coord<f64>>,
    before: Vec<usize>,
    after: Vec<usize>,
    there: Vec<bool>,
    /// The bits of each point's triangle, as it stands in the queue now.
    sizes: Vec<u64>,
    left: usize,
    /// A ring keeps its shape: so many points stay.
    least: usize,
}

struct Lines {
    lines: Vec<Line>,
    grid: Grid,
}

impl Lines {
    fn of(topology: &Topology) -> Self {
        let ends = |line: &[Coord<f64>]| {
            let (a, b) = (line.first().copied().map(Key::of), line.last().copied().map(Key::of));
            (a.min(b), a.max(b))
        };
        let mut same_ends: BTreeMap<_, usize> = BTreeMap::new();
        for arc in &topology.arcs {
            *same_ends.entry(ends(&arc.line)).or_default() += 1;
        }
        let lines: Vec<Line> = topology
            .arcs
            .iter()
            .map(|arc| {
                let n = arc.line.len();
                let least = if arc.is_closed() {
                    4
                } else if same_ends.get(&ends(&arc.line)).is_some_and(|count| *count > 1) {
                    // Two borders between the same two junctions enclose an area.
                    3
                } else {
                    2
                };
                Line {
                    points: arc.line.clone(),
                    before: (0..n).map(|at| at.saturating_sub(1)).collect(),
                    after: (1..=n).collect(),
                    there: vec![true; n],
                    sizes: vec![u64::MAX; n],
                    left: n,
                    least,
                }
            })
            .collect();
        Self { grid: Grid::of(&lines), lines }
    }

    fn reduced(mut self, least: f64) -> Vec<Vec<Coord<f64>>> {
        let mut queue = BinaryHeap::new();
        for arc in 0..self.lines.len() {
            for at in 1..self.lines[arc].points.len().saturating_sub(1) {
                self.put(&mut queue, arc, at, 0.0);
            }
        }
        while let Some(Reverse(Candidate { size, arc, at })) = queue.pop() {
            if f64::from_bits(size) >= least {
                break;
            }
            let line = &self.lines[arc];
            if !line.there[at] || line.sizes[at] != size || line.left <= line.least {
                continue;
            }
            let (before, after) = (line.before[at], line.after[at]);
            let triangle = [line.points[before], line.points[at], line.points[after]];
            if self.grid.any_inside(triangle, &self.lines) {
                continue;
            }
            let line = &mut self.lines[arc];
            line.there[at] = false;
            line.left -= 1;
            line.after[before] = after;
            line.before[after] = before;
            let last = line.points.len() - 1;
            for at in [before, after] {
                if at > 0 && at < last {
                    // Never smaller than what was taken out already, so that the order of going is that of size.
                    self.put(&mut queue, arc, at, f64::from_bits(size));
                }
            }
        }
        let kept = |line: Line| {
            line.points
                .into_iter()
                .zip(line.there)
                .filter(|(_, there)| *there)
                .map(|(point, _)| point)
                .collect()
        };
        self.lines.into_iter().map(kept).collect()
    }

    fn put(&mut self, queue: &mut BinaryHeap<Reverse<Candidate>>, arc: usize, at: usize, least: f64) {
        let line = &mut self.lines[arc];
        let size =
            cross(line.points[line.before[at]], line.points[at], line.points[line.after[at]]).abs() / 2.0;
        let size = size.max(least).to_bits();
        line.sizes[at] = size;
        queue.push(Reverse(Candidate { size, arc, at }));
    }
}

/// Twice the signed area of a triangle.
fn cross(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// All points by the cell they lie in, to find those within a triangle.
struct Grid {
    low: Coord<f64>,
    cell: f64,
    across: usize,
    cells: Vec<Vec<(usize, usize)>>,
}

impl Grid {
    fn of(lines: &[Line]) -> Self {
        let points = || lines.iter().flat_map(|line| &line.points);
        let low = points()
            .fold(Coord { x: f64::MAX, y: f64::MAX }, |m, p| Coord { x: m.x.min(p.x), y: m.y.min(p.y) });
        let high = points()
            .fold(Coord { x: f64::MIN, y: f64::MIN }, |m, p| Coord { x: m.x.max(p.x), y: m.y.max(p.y) });
        // About one point in each cell.
        let across = points().count().isqrt().clamp(1, 1_024);
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
        let cell = ((high.x - low.x).max(high.y - low.y) / across as f64).max(f64::MIN_POSITIVE);
        let mut grid = Self { low, cell, across, cells: vec![Vec::new(); across * across] };
        for (arc, line) in lines.iter().enumerate() {
            for (at, point) in line.points.iter().enumerate() {
                let cell = grid.row(point.y) * across + grid.column(point.x);
                grid.cells[cell].push((arc, at));
            }
        }
        grid
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
    fn place(&self, distance: f64) -> usize {
        ((distance / self.cell).max(0.0) as usize).min(self.across - 1)
    }

    fn column(&self, x: f64) -> usize {
        self.place(x - self.low.x)
    }

    fn row(&self, y: f64) -> usize {
        self.place(y - self.low.y)
    }

    /// Whether a point other than the corners lies in a triangle or on its edge.
    fn any_inside(&self, [a, b, c]: [Coord<f64>; 3], lines: &[Line]) -> bool {
        let corners = [Key::of(a), Key::of(b), Key::of(c)];
        let inside = |p: Coord<f64>| {
            let sides = [cross(a, b, p), cross(b, c, p), cross(c, a, p)];
            sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0)
        };
        let within = |p: Coord<f64>| {
            p.x >= a.x.min(b.x).min(c.x)
                && p.x <= a.x.max(b.x).max(c.x)
                && p.y >= a.y.min(b.y).min(c.y)
                && p.y <= a.y.max(b.y).max(c.y)
        };
        let columns = self.column(a.x.min(b.x).min(c.x))..=self.column(a.x.max(b.x).max(c.x));
        let rows = self.row(a.y.min(b.y).min(c.y))..=self.row(a.y.max(b.y).max(c.y));
        rows.flat_map(|row| columns.clone().map(move |column| row * self.across + column)).any(|cell| {
            self.cells[cell].iter().any(|(arc, at)| {
                let line = &lines[*arc];
                let point = line.points[*at];
                line.there[*at] && within(point) && !corners.contains(&Key::of(point)) && inside(point)
            })
        })
    }
}
