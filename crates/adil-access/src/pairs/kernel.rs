//! The inner loops: weights of pairs, a few at once, and sums of them.
//!
//! One side, the longer list, lies in rows; the places of the other side look along these rows, one after the other. Sums
//! for the other side are kept in four parts, by position in the window modulo four; sums for the rows' places grow
//! place by place. Either way the processor works on several pairs at once, and the order of a sum depends on the
//! places alone.

use std::ops::Range;

use super::Weighing;
use super::index::{Fingers, Index};
use super::weighing::Smooth;

/// Pairs worked on at once.
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
    /// The coordinate across the rows.
    fn across(point: &Self::Point) -> f64;
    /// How far the horizon is across the rows, at most.
    fn margin(horizon: Self::Horizon) -> f64;
    /// The lowest and highest coordinate along a row that can be in reach, the row's own coordinates across lying
    /// within these bounds; a second pair where the Earth wraps around.
    fn along(from: &Self::Point, horizon: Self::Horizon, row: (f64, f64)) -> [Option<(f64, f64)>; 2];
    /// The coordinates along the rows, position by position.
    fn coordinates(&self) -> &[f64];
}

/// Something to do with the weights in the form that fits a decay.
pub(super) trait Task<S: Space> {
    fn run<W: Weights<S>>(self, weights: &W, max_cost: f64);
}

/// Does a task with the weights of a decay.
pub(super) fn with_weights<S: Space>(space: &S, weighing: &Weighing, task: impl Task<S>) {
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
                [a] => task.run(&[a], max_cost),
                [a, b] => task.run(&[a, b], max_cost),
                [a, b, c] => task.run(&[a, b, c], max_cost),
                _ => task.run(&limits, max_cost),
            }
        }
        Weighing::Smooth(max_cost, smooth) => {
            let (_, never) = space.bounds(*max_cost);
            task.run(&Formula { never, max_cost: *max_cost, smooth: *smooth }, *max_cost);
        }
    }
}

/// Sums for places of the other side, from position `first` on, over the places in the rows.
pub(super) struct ToOthers<'a, S, const SQUARED: bool> {
    pub(super) rows: &'a Index<S>,
    pub(super) others: &'a S,
    pub(super) first: usize,
    /// Of the places in the rows.
    pub(super) values: &'a [f64],
    pub(super) sums: &'a mut [f64],
}

impl<S: Space, const SQUARED: bool> Task<S> for ToOthers<'_, S, SQUARED> {
    fn run<W: Weights<S>>(self, weights: &W, max_cost: f64) {
        let (space, horizon) = (&self.rows.space, self.rows.space.horizon(max_cost));
        let all = self.rows.part(0..self.rows.len());
        let mut fingers = Fingers::new();
        for (at, sum) in (self.first..).zip(self.sums) {
            let from = self.others.point(at);
            let mut parts = [0.0; LANES];
            self.rows.windows(&from, horizon, &all, &mut fingers, |window| {
                each(space, weights, &from, window, |at, w| {
                    let Some(v) = self.values.get(at..).and_then(<[f64]>::first_chunk::<LANES>) else {
                        return;
                    };
                    for lane in 0..LANES {
                        let part = v[lane] * w[lane];
                        parts[lane] += if SQUARED { part * w[lane] } else { part };
                    }
                });
            });
            let [a, b, c, d] = parts;
            *sum = (a + c) + (b + d);
        }
    }
}

/// Sums for places in the rows, from position `first` on, over the places of the other side.
pub(super) struct ToRows<'a, S, const SQUARED: bool> {
    pub(super) rows: &'a Index<S>,
    pub(super) others: &'a Index<S>,
    pub(super) first: usize,
    /// Of the places of the other side.
    pub(super) values: &'a [f64],
    pub(super) sums: &'a mut [f64],
}

impl<S: Space, const SQUARED: bool> Task<S> for ToRows<'_, S, SQUARED> {
    fn run<W: Weights<S>>(self, weights: &W, max_cost: f64) {
        let (space, horizon) = (&self.rows.space, self.rows.space.horizon(max_cost));
        let part = self.rows.part(self.first..self.first + self.sums.len());
        // The last window may run past the end by less than its width.
        let mut sums = vec![0.0; self.sums.len() + LANES];
        let mut fingers = Fingers::new();
        for other in self.others.near(&part, S::margin(horizon)) {
            let (from, value) = (self.others.space.point(other), self.values[other]);
            self.rows.windows(&from, horizon, &part, &mut fingers, |window| {
                each(space, weights, &from, window, |at, w| {
                    let sums = sums.get_mut(at - self.first..).and_then(<[f64]>::first_chunk_mut::<LANES>);
                    let Some(sums) = sums else { return };
                    for lane in 0..LANES {
                        let part = value * w[lane];
                        sums[lane] += if SQUARED { part * w[lane] } else { part };
                    }
                });
            });
        }
        self.sums.copy_from_slice(&sums[..self.sums.len()]);
    }
}

/// Calls `visit` with the weights of a window, a few at once, and the position of the first.
#[inline]
fn each<S: Space, W: Weights<S>>(
    space: &S,
    weights: &W,
    from: &S::Point,
    window: Range<usize>,
    mut visit: impl FnMut(usize, [f64; LANES]),
) {
    let rest = window.len() % LANES;
    let whole = window.start..window.end - rest;
    for (at, squares) in whole.clone().step_by(LANES).zip(space.squares(from, whole)) {
        visit(at, weights.of(space, from, at, &squares));
    }
    if rest > 0 {
        let at = window.end - rest;
        for squares in space.squares(from, at..at + LANES) {
            let mut w = weights.of(space, from, at, &squares);
            // What lies past the window belongs to another row, or to nobody.
            w[rest..].fill(0.0);
            visit(at, w);
        }
    }
}

/// The numbers of a range, a few at once.
#[inline]
pub(super) fn chunks(numbers: &[f64], range: Range<usize>) -> std::slice::Iter<'_, [f64; LANES]> {
    numbers[range].as_chunks().0.iter()
}

/// The weights of a few pairs.
pub(super) trait Weights<S: Space> {
    fn of(&self, space: &S, from: &S::Point, at: usize, squares: &[f64; LANES]) -> [f64; LANES];
}

#[derive(Clone, Copy)]
pub(super) struct Step {
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
    let mut w = [0.0; LANES];
    for (lane, square) in squares.iter().enumerate() {
        let reached = |step: &&Step| {
            *square <= step.sure || (*square <= step.never && space.cost(from, at + lane) <= step.limit)
        };
        w[lane] = steps.iter().find(reached).map_or(0.0, |step| step.weight);
    }
    w
}

/// Weights by a formula, up to a largest cost.
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
