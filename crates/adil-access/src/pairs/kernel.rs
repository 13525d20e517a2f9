//! The inner loop: Σ weight · value over the places in reach of one place.
//!
//! A sum is kept in four parts, by position in the window modulo four, and the parts are added at the end: the
//! processor can work on several at once, and the order never depends on the machine or the number of threads.

use std::ops::Range;

use super::index::Fingers;
use super::weighing::Smooth;
use super::{Index, Weighing};

/// Parts of a sum.
pub(crate) const LANES: usize = 4;

/// Where places lie, in the order of an [`Index`], and how far they are from each other.
///
/// Distances are compared as squares of straight lines, which are cheap. A limit on the cost is two limits on that
/// square: up to the first the pair is in reach for certain, past the second for certain not, and between them (rounding
/// errors wide) the cost itself decides. So a limit is always decided by the cost that is published.
pub(crate) trait Space: Sync {
    /// One place, ready to measure from.
    type Point: Copy;
    /// A largest cost, ready to look around with.
    type Horizon: Copy;
    /// Whether the two limits of the square are always one.
    const EXACT: bool;

    /// The place at a position.
    fn point(&self, at: usize) -> Self::Point;
    /// The squares of the straight distances to the places of a range, a multiple of [`LANES`] long. Past the last place
    /// stand a few that are nowhere.
    fn squares(&self, from: &Self::Point, range: Range<usize>) -> impl Iterator<Item = [f64; LANES]>;
    /// The cost to the place at a position.
    fn cost(&self, from: &Self::Point, at: usize) -> f64;
    /// The largest square that is in reach for certain, and the largest that can be.
    fn bounds(&self, limit: f64) -> (f64, f64);
    /// Makes a largest cost ready.
    fn horizon(&self, max_cost: f64) -> Self::Horizon;
    /// The lowest and highest coordinate across the rows that can be in reach.
    fn across(from: &Self::Point, horizon: Self::Horizon) -> (f64, f64);
    /// The lowest and highest coordinate along a row that can be in reach, the row's own coordinates across lying
    /// within these bounds; a second pair where the Earth wraps around.
    fn along(from: &Self::Point, horizon: Self::Horizon, row: (f64, f64)) -> [Option<(f64, f64)>; 2];
    /// The coordinates along the rows, position by position.
    fn coordinates(&self) -> &[f64];
}

/// The sums of the places from position `first` on.
pub(super) fn gather<S: Space, const SQUARED: bool>(
    targets: &S,
    first: usize,
    sources: &Index<S>,
    values: &[f64],
    weighing: &Weighing,
    sums: &mut [f64],
) {
    let space = &sources.space;
    match weighing {
        Weighing::Steps(steps) => {
            let limits: Vec<Step> = steps
                .iter()
                .map(|&(limit, weight)| {
                    let (sure, never) = space.bounds(limit);
                    Step { sure, never, limit, weight }
                })
                .collect();
            let max_cost = steps.last().map_or(0.0, |(limit, _)| *limit);
            // An array's length is known to the compiler, which then unrolls the steps.
            match *limits.as_slice() {
                [a] => sweep::<S, _, SQUARED>(targets, first, sources, values, max_cost, &[a], sums),
                [a, b] => sweep::<S, _, SQUARED>(targets, first, sources, values, max_cost, &[a, b], sums),
                [a, b, c] => {
                    sweep::<S, _, SQUARED>(targets, first, sources, values, max_cost, &[a, b, c], sums);
                }
                _ => sweep::<S, _, SQUARED>(targets, first, sources, values, max_cost, &limits, sums),
            }
        }
        Weighing::Smooth(max_cost, smooth) => {
            let (_, never) = space.bounds(*max_cost);
            let formula = Formula { never, max_cost: *max_cost, smooth: *smooth };
            sweep::<S, _, SQUARED>(targets, first, sources, values, *max_cost, &formula, sums);
        }
    }
}

fn sweep<S: Space, W: Weights<S>, const SQUARED: bool>(
    targets: &S,
    first: usize,
    sources: &Index<S>,
    values: &[f64],
    max_cost: f64,
    weights: &W,
    sums: &mut [f64],
) {
    let space = &sources.space;
    let horizon = space.horizon(max_cost);
    let mut fingers = Fingers::new();
    for (at, sum) in (first..).zip(sums) {
        let from = targets.point(at);
        let mut parts = [0.0; LANES];
        sources.windows(&from, horizon, &mut fingers, |window| {
            add::<S, W, SQUARED>(space, weights, &from, window, values, &mut parts);
        });
        let [a, b, c, d] = parts;
        *sum = (a + c) + (b + d);
    }
}

#[inline]
fn add<S: Space, W: Weights<S>, const SQUARED: bool>(
    space: &S,
    weights: &W,
    from: &S::Point,
    window: Range<usize>,
    values: &[f64],
    parts: &mut [f64; LANES],
) {
    let mut sums = *parts;
    let mut add = |w: [f64; LANES], v: &[f64; LANES]| {
        for lane in 0..LANES {
            let part = v[lane] * w[lane];
            sums[lane] += if SQUARED { part * w[lane] } else { part };
        }
    };
    let rest = window.len() % LANES;
    let whole = window.start..window.end - rest;
    for ((at, squares), v) in
        whole.clone().step_by(LANES).zip(space.squares(from, whole.clone())).zip(chunks(values, whole))
    {
        add(weights.of(space, from, at, &squares), v);
    }
    if rest > 0 {
        let at = window.end - rest;
        let last = at..at + LANES;
        for (squares, v) in space.squares(from, last.clone()).zip(chunks(values, last)) {
            let mut w = weights.of(space, from, at, &squares);
            // What lies past the window belongs to another row, or to nobody.
            for lane in rest..LANES {
                w[lane] = 0.0;
            }
            add(w, v);
        }
    }
    *parts = sums;
}

/// The numbers of a range, so many at once as a sum has parts.
#[inline]
pub(super) fn chunks(numbers: &[f64], range: Range<usize>) -> std::slice::Iter<'_, [f64; LANES]> {
    numbers[range].as_chunks().0.iter()
}

/// The weights of as many pairs as a sum has parts.
trait Weights<S: Space> {
    fn of(&self, space: &S, from: &S::Point, at: usize, squares: &[f64; LANES]) -> [f64; LANES];
}

#[derive(Clone, Copy)]
struct Step {
    sure: f64,
    never: f64,
    limit: f64,
    weight: f64,
}

impl<S: Space, A: AsRef<[Step]>> Weights<S> for A {
    #[inline]
    fn of(&self, space: &S, from: &S::Point, at: usize, squares: &[f64; LANES]) -> [f64; LANES] {
        let steps = self.as_ref();
        let w = compare(steps, squares, |step| step.sure);
        if S::EXACT {
            return w;
        }
        let may = compare(steps, squares, |step| step.never);
        let doubt = w.iter().zip(&may).fold(0, |doubt, (w, may)| doubt | (w.to_bits() ^ may.to_bits()));
        if doubt == 0 { w } else { decide(space, steps, from, at, squares) }
    }
}

/// The weights when each step ends at a bound of its own.
#[inline]
fn compare(steps: &[Step], squares: &[f64; LANES], bound: impl Fn(&Step) -> f64) -> [f64; LANES] {
    let mut w = [0.0; LANES];
    for step in steps.iter().rev() {
        for lane in 0..LANES {
            w[lane] = if squares[lane] <= bound(step) { step.weight } else { w[lane] };
        }
    }
    w
}

/// The weights where rounding could decide: by the costs themselves.
#[cold]
fn decide<S: Space>(
    space: &S,
    steps: &[Step],
    from: &S::Point,
    at: usize,
    squares: &[f64; LANES],
) -> [f64; LANES] {
    let weight = |(lane, square): (usize, f64)| {
        let reached = |step: &&Step| {
            square <= step.sure || (square <= step.never && space.cost(from, at + lane) <= step.limit)
        };
        steps.iter().find(reached).map_or(0.0, |step| step.weight)
    };
    let mut w = [0.0; LANES];
    for (w, square) in w.iter_mut().zip(squares.iter().copied().enumerate()) {
        *w = weight(square);
    }
    w
}

struct Formula {
    never: f64,
    max_cost: f64,
    smooth: Smooth,
}

impl<S: Space> Weights<S> for Formula {
    #[inline]
    fn of(&self, space: &S, from: &S::Point, at: usize, squares: &[f64; LANES]) -> [f64; LANES] {
        let mut w = [0.0; LANES];
        for lane in 0..LANES {
            if squares[lane] <= self.never {
                let cost = space.cost(from, at + lane);
                if cost <= self.max_cost {
                    w[lane] = self.smooth.weight(cost);
                }
            }
        }
        w
    }
}
