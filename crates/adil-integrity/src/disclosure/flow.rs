//! Counts as flows between sums: what can change when only some of them are known.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Without a bound.
const UNBOUNDED: u64 = u64::MAX;

/// Sums, and which two of them each count runs between: what runs into a sum runs out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Network {
    /// Of each count, the sum it runs out of and the one it runs into.
    ends: Vec<(usize, usize)>,
    /// The counts at each sum, in their order.
    at: Vec<Vec<usize>>,
}

/// What is lost by hiding: totals of everything, then the counts themselves.
pub(super) type Price = (u64, u64);

/// A step of a way: the count it changes, and whether that grows.
type Step = (usize, bool);

impl Network {
    pub(super) fn new(sums: usize, ends: Vec<(usize, usize)>) -> Self {
        let mut at = vec![Vec::new(); sums];
        for (count, (from, to)) in ends.iter().enumerate() {
            at[*from].push(count);
            if from != to {
                at[*to].push(count);
            }
        }
        Self { ends, at }
    }

    /// The other counts that change when this one grows by `room`, chosen so that hiding them costs little.
    ///
    /// There always are some: whatever a count is part of is no zero either, and a count and its totals can grow together.
    pub(super) fn cheapest(
        &self,
        values: &[u64],
        count: usize,
        room: u64,
        price: impl Fn(usize) -> Price,
    ) -> Vec<usize> {
        let mut changes = Changes::new(values);
        let mut left = room;
        while left > 0 {
            let open = |changes: &Changes<'_>, other| {
                if changes.touched(other) { Price::default() } else { price(other) }
            };
            let Some(way) = self.way(&changes, count, true, |_| true, open) else { break };
            let size = changes.room(&way).min(left);
            changes.apply(&way, size);
            left -= size;
        }
        changes.touched_all()
    }

    /// By how much a count can grow (or shrink) when only what is `free` may change with it; `None` without a bound.
    pub(super) fn most(
        &self,
        values: &[u64],
        count: usize,
        grows: bool,
        free: impl Fn(usize) -> bool,
    ) -> Option<u64> {
        let least = values[count].saturating_sub(1);
        let mut changes = Changes::new(values);
        let mut total: u64 = 0;
        while grows || total < least {
            let Some(way) = self.way(&changes, count, grows, &free, |_, _| Price::default()) else { break };
            match changes.room(&way) {
                UNBOUNDED if grows => return None,
                UNBOUNDED => return Some(least),
                size => {
                    changes.apply(&way, size);
                    total = total.saturating_add(size);
                }
            }
        }
        Some(if grows { total } else { total.min(least) })
    }

    /// The cheapest way that closes the cycle of a count which grows (or shrinks); the first of the equal ones in a fixed
    /// order.
    fn way(
        &self,
        changes: &Changes<'_>,
        count: usize,
        grows: bool,
        free: impl Fn(usize) -> bool,
        price: impl Fn(&Changes<'_>, usize) -> Price,
    ) -> Option<Vec<Step>> {
        let (from, to) = if grows { self.ends[count] } else { (self.ends[count].1, self.ends[count].0) };
        // The way runs from `to` to `from`; it is looked for from the end with fewer counts, backwards if need be.
        let backwards = self.at[from].len() < self.at[to].len();
        let (start, goal) = if backwards { (from, to) } else { (to, from) };
        let mut best: BTreeMap<usize, (Price, Option<(Step, usize)>)> =
            BTreeMap::from([(start, (Price::default(), None))]);
        let mut heap = BinaryHeap::from([Reverse((Price::default(), start))]);
        while let Some(Reverse((cost, sum))) = heap.pop() {
            if sum == goal {
                break;
            }
            if best.get(&sum).is_some_and(|(known, _)| *known < cost) {
                continue;
            }
            for other in self.at[sum].iter().copied().filter(|other| *other != count && free(*other)) {
                let (out_of, into) = self.ends[other];
                let step = (other, (out_of == sum) != backwards);
                let next = if out_of == sum { into } else { out_of };
                if changes.room_of(step) == 0 {
                    continue;
                }
                let added = price(changes, other);
                let total = (cost.0.saturating_add(added.0), cost.1.saturating_add(added.1));
                if best.get(&next).is_none_or(|(known, _)| total < *known) {
                    best.insert(next, (total, Some((step, sum))));
                    heap.push(Reverse((total, next)));
                }
            }
        }
        let mut way = Vec::new();
        let mut sum = goal;
        while let Some((step, before)) = best.get(&sum)?.1 {
            way.push(step);
            sum = before;
        }
        Some(way)
    }
}

/// By how much counts have changed so far.
struct Changes<'v> {
    values: &'v [u64],
    /// What those that changed are now.
    now: BTreeMap<usize, u64>,
}

impl<'v> Changes<'v> {
    fn new(values: &'v [u64]) -> Self {
        Self { values, now: BTreeMap::new() }
    }

    fn now(&self, count: usize) -> u64 {
        self.now.get(&count).copied().unwrap_or(self.values[count])
    }

    /// By how much a count may still grow or shrink: a zero stays one, and everything else stays above it.
    fn room_of(&self, (count, grows): Step) -> u64 {
        match (self.values[count], grows) {
            (0, _) => 0,
            (_, true) => UNBOUNDED,
            (_, false) => self.now(count).saturating_sub(1),
        }
    }

    fn room(&self, way: &[Step]) -> u64 {
        way.iter().map(|step| self.room_of(*step)).min().unwrap_or(UNBOUNDED)
    }

    fn apply(&mut self, way: &[Step], size: u64) {
        for (count, grows) in way {
            let now = self.now(*count);
            let changed = if *grows { now.saturating_add(size) } else { now.saturating_sub(size) };
            self.now.insert(*count, changed);
        }
    }

    fn touched(&self, count: usize) -> bool {
        self.now(count) != self.values[count]
    }

    fn touched_all(&self) -> Vec<usize> {
        self.now.keys().copied().filter(|count| self.touched(*count)).collect()
    }
}
