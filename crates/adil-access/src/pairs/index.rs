//! Places in rows: those of a strip of the map beside each other, sorted along it.
//!
//! A place in reach lies in one of a few rows and, in each, within one window. Unlike a grid of cells this wastes no
//! memory on empty land, and a far-off point makes nothing slow.

use std::ops::Range;

use rayon::prelude::*;

use super::kernel::{LANES, Space};

/// Places in the order of their rows.
pub(crate) struct Index<S> {
    pub(super) space: S,
    /// The place in the caller's list, position by position.
    order: Vec<u32>,
    rows: Rows,
}

struct Rows {
    low: f64,
    /// Rows for a unit across.
    scale: f64,
    starts: Vec<u32>,
    /// The lowest and highest coordinate across that a row's places really have.
    bounds: Vec<(f64, f64)>,
}

/// Places wanted in one window: enough to keep the inner loop busy.
const WINDOW: f64 = 64.0;
/// The most rows from a place to the edge of its reach.
const FINEST: f64 = 16.0;

/// Rows cost a few bytes each, even when they are empty.
const MOST_ROWS: f64 = 16_777_216.0;

impl<S: Space> Index<S> {
    /// Sorts places, given as (across, along), into rows fit for a radius in the same units, and builds their space in
    /// that order.
    pub(super) fn new(
        places: &(impl Fn(usize) -> (f64, f64) + Sync),
        len: usize,
        radius: (f64, f64),
        build: impl FnOnce(&[u32]) -> S,
    ) -> Self {
        let end = u32::try_from(len).unwrap_or(u32::MAX);
        let mut rows = Rows::fit(places, len, radius);
        let keyed: Vec<(u32, f64, u32)> = (0..end)
            .into_par_iter()
            .map(|at| {
                let (across, along) = places(at as usize);
                (rows.row(across), along, at)
            })
            .collect();
        for &(row, _, at) in &keyed {
            let (row, across) = (row as usize, places(at as usize).0);
            rows.starts[row + 1] += 1;
            let bounds = &mut rows.bounds[row];
            *bounds = (bounds.0.min(across), bounds.1.max(across));
        }
        for row in 1..rows.starts.len() {
            rows.starts[row] += rows.starts[row - 1];
        }
        // Counted into their rows, then each row sorted by itself: half the comparisons of sorting all at once.
        let mut sorted = vec![(0, 0.0, 0); len];
        for key in keyed {
            let next = &mut rows.starts[key.0 as usize];
            sorted[*next as usize] = key;
            *next += 1;
        }
        // Each start has moved to its row's end, which is the start of the next.
        rows.starts.rotate_right(1);
        rows.starts[0] = 0;
        sorted
            .par_chunk_by_mut(|a, b| a.0 == b.0)
            .for_each(|row| row.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2))));
        let order: Vec<u32> = sorted.into_iter().map(|(_, _, at)| at).collect();
        Self { space: build(&order), order, rows }
    }

    /// Places.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The place in the caller's list at a position.
    pub(super) fn place(&self, at: usize) -> u32 {
        self.order[at]
    }

    /// Values in the order of the rows, with spare ones at the end for the inner loop to run into.
    pub(super) fn arrange(&self, values: &[f64]) -> Vec<f64> {
        spread(&self.order, 0.0, |at| values.get(at).copied().unwrap_or(0.0))
    }

    /// Values back in the caller's order.
    pub(super) fn restore(&self, values: &[f64]) -> Vec<f64> {
        let mut restored = vec![0.0; values.len()];
        for (at, value) in self.order.iter().zip(values) {
            restored[*at as usize] = *value;
        }
        restored
    }

    /// A run of positions, to look at alone.
    pub(super) fn part(&self, positions: Range<usize>) -> Part {
        let row =
            |at: usize| self.rows.starts.partition_point(|start| *start as usize <= at).saturating_sub(1);
        let rows = if positions.is_empty() { 0..0 } else { row(positions.start)..row(positions.end - 1) + 1 };
        let bounds = self.rows.bounds.get(rows.clone()).unwrap_or_default();
        let across = bounds
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |all, row| (all.0.min(row.0), all.1.max(row.1)));
        Part { positions, rows, across }
    }

    /// Positions of all places that can be within a margin, across, of a part of another index.
    pub(super) fn near(&self, part: &Part, margin: f64) -> Range<usize> {
        if self.order.is_empty() {
            return 0..0;
        }
        let first = self.rows.row(part.across.0 - margin) as usize;
        let last = self.rows.row(part.across.1 + margin) as usize;
        self.rows.starts[first] as usize..self.rows.starts[last + 1] as usize
    }

    /// Calls `visit` with each run of positions of a part that can be in reach; together they hold all that are.
    #[inline]
    pub(super) fn windows(
        &self,
        from: &S::Point,
        horizon: S::Horizon,
        part: &Part,
        fingers: &mut Fingers,
        mut visit: impl FnMut(Range<usize>),
    ) {
        let (across, margin) = (S::across(from), S::margin(horizon));
        let first = self.rows.row(across - margin) as usize;
        let end = self.rows.row(across + margin) as usize + 1;
        for row in first.max(part.rows.start)..end.min(part.rows.end) {
            let start = (self.rows.starts[row] as usize).max(part.positions.start);
            let end = (self.rows.starts[row + 1] as usize).min(part.positions.end);
            if start >= end {
                continue;
            }
            let places = &self.space.coordinates()[start..end];
            let finger = &mut fingers.0[row % FINGERS];
            for (low, high) in S::along(from, horizon, self.rows.bounds[row]).into_iter().flatten() {
                let first = seek(places, finger.0, |along| along < low);
                let last = seek(places, finger.1.max(first), |along| along <= high);
                *finger = (first, last);
                if first < last {
                    visit(start + first..start + last);
                }
            }
        }
    }
}

/// A run of positions of an index: the rows it touches and where, across, their places lie.
pub(super) struct Part {
    positions: Range<usize>,
    rows: Range<usize>,
    across: (f64, f64),
}

/// Where the last window of each row was: that of the next place is near, since places come in order.
pub(super) struct Fingers([(usize, usize); FINGERS]);

/// More than the rows that a place looks at, mostly.
const FINGERS: usize = 64;

impl Fingers {
    pub(super) const fn new() -> Self {
        Self([(0, 0); FINGERS])
    }
}

/// The first position whose coordinate is not `before`, looked for in growing steps from `near`.
#[inline]
fn seek(along: &[f64], near: usize, before: impl Fn(f64) -> bool) -> usize {
    let near = near.min(along.len());
    let mut step = 1;
    let (low, high) = if along.get(near).is_some_and(|a| before(*a)) {
        while along.get(near + step).is_some_and(|a| before(*a)) {
            step *= 2;
        }
        (near + step / 2 + 1, (near + step).min(along.len()))
    } else {
        while step <= near && !before(along[near - step]) {
            step *= 2;
        }
        ((near + 1).saturating_sub(step), near - step / 2)
    };
    low + along[low..high].partition_point(|a| before(*a))
}

/// One number for each place in the order of the rows, and spare ones at the end.
pub(super) fn spread(order: &[u32], spare: f64, number: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut numbers = Vec::with_capacity(order.len() + LANES);
    numbers.extend(order.iter().map(|at| number(*at as usize)));
    numbers.resize(order.len() + LANES, spare);
    numbers
}

impl Rows {
    /// Rows so high that a window holds enough places, and not so many that they outnumber the places.
    fn fit(places: &impl Fn(usize) -> (f64, f64), len: usize, radius: (f64, f64)) -> Self {
        let (mut low, mut high) = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        for (across, along) in (0..len).map(places) {
            low = (low.0.min(across), low.1.min(along));
            high = (high.0.max(across), high.1.max(along));
        }
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let count = len as f64;
        let (width, length) = ((high.0 - low.0).max(0.0), (high.1 - low.1).max(0.0));
        let around = count * ((2.0 * radius.0 / width).min(1.0) * (2.0 * radius.1 / length).min(1.0));
        let finer = (around / (2.0 * WINDOW)).clamp(1.0, FINEST);
        let height =
            (radius.0 / finer).max(width / (4.0 * count + 1024.0).min(MOST_ROWS)).max(f64::MIN_POSITIVE);
        let scale = 1.0 / height;
        let mut rows = Self { low: low.0, scale, starts: vec![0], bounds: Vec::new() };
        let count = rows.number(high.0) as usize + 1;
        rows.starts = vec![0; count + 1];
        rows.bounds = vec![(f64::INFINITY, f64::NEG_INFINITY); count];
        rows
    }

    /// The row of a coordinate across; rises with it.
    fn row(&self, across: f64) -> u32 {
        let last = self.bounds.len().saturating_sub(1);
        self.number(across).min(u32::try_from(last).unwrap_or(u32::MAX))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as it should")]
    fn number(&self, across: f64) -> u32 {
        ((across - self.low) * self.scale) as u32
    }
}
