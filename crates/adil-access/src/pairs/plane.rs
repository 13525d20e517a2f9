//! Points in a plane; the cost is the straight distance.

use std::ops::Range;

use super::Index;
use super::index::spread;
use super::kernel::{LANES, Space, chunks};

pub(crate) struct Plane {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Index<Plane> {
    pub(super) fn plane(points: &[[f64; 2]], max_cost: f64) -> Self {
        Self::new(&|at| (points[at][1], points[at][0]), points.len(), (max_cost, max_cost), |order| Plane {
            x: spread(order, f64::INFINITY, |at| points[at][0]),
            y: spread(order, f64::INFINITY, |at| points[at][1]),
        })
    }
}

/// Windows are looked up this much wider than the reach, to be above rounding.
const WIDER: f64 = 1.0 + 1e-12;

impl Space for Plane {
    type Point = [f64; 2];
    type Horizon = f64;
    const EXACT: bool = true;

    #[inline]
    fn point(&self, at: usize) -> [f64; 2] {
        [self.x[at], self.y[at]]
    }

    #[inline]
    fn squares(&self, from: &[f64; 2], range: Range<usize>) -> impl Iterator<Item = [f64; LANES]> {
        let from = *from;
        chunks(&self.x, range.clone()).zip(chunks(&self.y, range)).map(move |(x, y)| {
            let mut squares = [0.0; LANES];
            for lane in 0..LANES {
                let (dx, dy) = (x[lane] - from[0], y[lane] - from[1]);
                squares[lane] = dx * dx + dy * dy;
            }
            squares
        })
    }

    #[inline]
    fn cost(&self, from: &[f64; 2], at: usize) -> f64 {
        let (dx, dy) = (self.x[at] - from[0], self.y[at] - from[1]);
        (dx * dx + dy * dy).sqrt()
    }

    /// The square root rounds correctly and so rises with its argument: the largest square whose root is within the
    /// limit decides exactly as the root does.
    fn bounds(&self, limit: f64) -> (f64, f64) {
        let mut square = (limit * limit).min(f64::MAX);
        while square > 0.0 && square.sqrt() > limit {
            square = square.next_down();
        }
        while square < f64::MAX && square.next_up().sqrt() <= limit {
            square = square.next_up();
        }
        (square, square)
    }

    fn horizon(&self, max_cost: f64) -> f64 {
        max_cost * WIDER
    }

    #[inline]
    fn across(point: &[f64; 2]) -> f64 {
        point[1]
    }

    #[inline]
    fn margin(horizon: f64) -> f64 {
        horizon
    }

    #[inline]
    fn along(from: &[f64; 2], horizon: f64, row: (f64, f64)) -> [Option<(f64, f64)>; 2] {
        let away = (row.0 - from[1]).max(from[1] - row.1).max(0.0);
        if away > horizon {
            return [None; 2];
        }
        let half = (horizon * horizon * WIDER - away * away).max(0.0).sqrt().min(horizon);
        [Some((from[0] - half, from[0] + half)), None]
    }

    #[inline]
    fn coordinates(&self) -> &[f64] {
        &self.x
    }
}
