//! Exact prices, and how a subtree's total answers to one.
//!
//! At price `t` a leaf takes `clamp(w·t, low, high)` and a node its members' sum, clamped to its own bounds. Between the
//! prices at which something meets a bound, a total is a straight line `constant + slope·t`. The line at a price near the
//! solution, found by floating-point guesses, meets the target at an exact fraction; one exact pass proves that the
//! fraction still lies on that line. No tolerance is involved: a wrong guess only costs another pass.

use std::cmp::Ordering;

use adil_domain::Rational;
use ethnum::U256;
use rayon::prelude::*;

use crate::layout::{Layout, hint, hint_amount};

/// Payable units per unit of weight, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Price {
    pub(crate) numerator: u128,
    /// Above zero.
    pub(crate) denominator: u128,
}

impl Price {
    pub(crate) const ZERO: Self = Self { numerator: 0, denominator: 1 };

    pub(crate) fn new(numerator: u128, denominator: u128) -> Self {
        let common = gcd(numerator, denominator).max(1);
        Self { numerator: numerator / common, denominator: (denominator / common).max(1) }
    }

    pub(crate) fn compare(self, other: Self) -> Ordering {
        (wide(self.numerator) * wide(other.denominator))
            .cmp(&(wide(other.numerator) * wide(self.denominator)))
    }

    pub(crate) fn to_rational(self) -> Rational {
        Rational::ratio(self.numerator, self.denominator).unwrap_or_else(Rational::zero)
    }

    pub(crate) fn to_guess(self) -> f64 {
        hint(self.numerator) / hint(self.denominator)
    }

    /// A fraction near a guess, with a power of two below.
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a guess"
    )]
    fn near(guess: f64) -> Self {
        const BITS: i32 = 60;
        if guess.is_nan() || guess <= 0.0 {
            return Self::ZERO;
        }
        let exponent = libm::frexp(guess).1;
        let shift = (BITS - exponent).clamp(0, 120);
        // Saturates where the guess is beyond anything; the exact passes then bring it back.
        let numerator = libm::ldexp(guess, shift) as u128;
        Self::new(numerator, 1u128 << shift.unsigned_abs())
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

pub(crate) fn wide(value: u128) -> U256 {
    U256::from(value)
}

/// A total as a straight line of the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Line {
    pub(crate) constant: u128,
    pub(crate) slope: u128,
}

impl Line {
    pub(crate) fn flat(amount: u64) -> Self {
        Self { constant: u128::from(amount), slope: 0 }
    }

    fn add(&mut self, other: Self) {
        self.constant += other.constant;
        self.slope += other.slope;
    }

    /// The total times the price's denominator.
    fn scaled(self, price: Price) -> U256 {
        wide(self.constant) * wide(price.denominator) + wide(self.slope) * wide(price.numerator)
    }

    /// The total at a price against an amount.
    pub(crate) fn compare(self, price: Price, amount: u64) -> Ordering {
        self.scaled(price).cmp(&(U256::from(amount) * wide(price.denominator)))
    }

    /// Where the line reaches the amount; `None` when it is flat or begins above.
    fn meets(self, amount: u64) -> Option<Price> {
        let rise = u128::from(amount).checked_sub(self.constant)?;
        (self.slope > 0).then(|| Price::new(rise, self.slope))
    }

    pub(crate) fn total(self, price: Price) -> Rational {
        &Rational::from(self.constant) + &(&Rational::from(self.slope) * &price.to_rational())
    }
}

/// Which way a line is continued where the price stands just where something meets a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Up,
    Down,
}

/// Leaves of one task: few enough for a core's cache, many enough to be worth handing out.
const CHUNK: usize = 16_384;

/// From so many leaves on, a pass is shared among threads.
const SHARED: usize = 65_536;

/// How a product `weight · numerator` or `amount · denominator` may be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// 128 bits hold every product of the instance at this price.
    Narrow,
    /// They may not.
    Wide,
}

/// One subtree while its price is sought.
pub(crate) struct Subtree<'l> {
    layout: &'l Layout,
    node: usize,
    /// Stretches of leaves with the node they hang under (counted from `node`).
    tasks: Vec<(usize, std::ops::Range<usize>)>,
    leaves: usize,
    /// The largest weight and amount, for the choice of width.
    largest_weight: u128,
    largest_amount: u64,
    /// Only for tests: never choose 128 bits.
    pub(crate) always_wide: bool,
}

impl<'l> Subtree<'l> {
    pub(crate) fn new(layout: &'l Layout, node: usize, largest_weight: u128, largest_amount: u64) -> Self {
        let mut tasks = Vec::new();
        for below in layout.subtree(node) {
            let range = layout.leaves(below);
            let mut start = range.start;
            while start < range.end {
                let end = (start + CHUNK).min(range.end);
                tasks.push((below - node, start..end));
                start = end;
            }
        }
        let leaves = layout.subtree_leaves(node).len();
        Self { layout, node, tasks, leaves, largest_weight, largest_amount, always_wide: false }
    }

    fn map<T: Send>(&self, one: impl Fn(std::ops::Range<usize>) -> T + Sync) -> Vec<T> {
        if self.leaves >= SHARED {
            self.tasks.par_iter().map(|(_, range)| one(range.clone())).collect()
        } else {
            self.tasks.iter().map(|(_, range)| one(range.clone())).collect()
        }
    }

    fn width(&self, price: Price) -> Width {
        let bits = |v: u128| 128 - v.leading_zeros();
        let narrow = bits(self.largest_weight) + bits(price.numerator) <= 128
            && bits(u128::from(self.largest_amount)) + bits(price.denominator) <= 128;
        if narrow && !self.always_wide { Width::Narrow } else { Width::Wide }
    }

    /// The lines of all nodes of the subtree at a price, each the sum of its members before its own bounds.
    fn lines(&self, price: Price, side: Side) -> Vec<Line> {
        let width = self.width(price);
        let parts = self.map(|range| match width {
            Width::Narrow => self.leaf_line(range, side, |w, b| {
                (w * price.numerator).cmp(&(u128::from(b) * price.denominator))
            }),
            Width::Wide => self.leaf_line(range, side, |w, b| {
                (wide(w) * wide(price.numerator)).cmp(&(U256::from(b) * wide(price.denominator)))
            }),
        });
        let layout = self.layout;
        let mut lines = vec![Line::default(); layout.subtree(self.node).len()];
        for ((node, _), part) in self.tasks.iter().zip(parts) {
            lines[*node].add(part);
        }
        for below in (1..lines.len()).rev() {
            let at = self.node + below;
            let clamped = self.clamp(lines[below], at, price, side);
            let parent = crate::instance::widen(layout.parent[at]) - self.node;
            lines[parent].add(clamped);
        }
        lines
    }

    /// The lines at a price that needs no looking for.
    pub(crate) fn lines_at(&self, price: Price) -> Vec<Line> {
        self.lines(price, Side::Up)
    }

    fn clamp(&self, line: Line, at: usize, price: Price, side: Side) -> Line {
        let (floor, ceiling) = (self.layout.node_floor[at], self.layout.node_ceiling[at]);
        let (below, above) = (line.compare(price, floor), line.compare(price, ceiling));
        match side {
            Side::Up if above != Ordering::Less => Line::flat(ceiling),
            Side::Up if below == Ordering::Less => Line::flat(floor),
            Side::Down if below != Ordering::Greater => Line::flat(floor),
            Side::Down if above == Ordering::Greater => Line::flat(ceiling),
            _ => line,
        }
    }

    /// `share(w, bound)` compares `w · price` with a bound.
    #[inline]
    fn leaf_line(
        &self,
        range: std::ops::Range<usize>,
        side: Side,
        share: impl Fn(u128, u64) -> Ordering,
    ) -> Line {
        let layout = self.layout;
        let columns =
            layout.weight[range.clone()].iter().zip(&layout.low[range.clone()]).zip(&layout.high[range]);
        let mut line = Line::default();
        for ((&weight, &low), &high) in columns {
            let (to_low, to_high) = (share(weight, low), share(weight, high));
            let (at_low, at_high) = match side {
                Side::Up => (to_low == Ordering::Less, to_high != Ordering::Less),
                Side::Down => (to_low != Ordering::Greater, to_high == Ordering::Greater),
            };
            // A leaf whose bounds meet is at both; the ceiling then is the floor.
            if at_high {
                line.constant += u128::from(high);
            } else if at_low {
                line.constant += u128::from(low);
            } else {
                line.slope += weight;
            }
        }
        line
    }

    /// Total and slope at a guessed price, nearly.
    fn guess(&self, price: f64) -> (f64, f64) {
        let layout = self.layout;
        let parts = self.map(|range| {
            let columns = layout.weight_hint[range.clone()]
                .iter()
                .zip(&layout.low[range.clone()])
                .zip(&layout.high[range]);
            let (mut total, mut slope) = (0.0, 0.0);
            for ((weight, low), high) in columns {
                let (low, high) = (hint_amount(*low), hint_amount(*high));
                let share = weight * price;
                let free = share > low && share < high;
                total += share.max(low).min(high);
                slope += if free { *weight } else { 0.0 };
            }
            (total, slope)
        });
        let mut sums = vec![(0.0, 0.0); layout.subtree(self.node).len()];
        for ((node, _), (total, slope)) in self.tasks.iter().zip(parts) {
            sums[*node].0 += total;
            sums[*node].1 += slope;
        }
        for below in (1..sums.len()).rev() {
            let at = self.node + below;
            let (total, slope) = sums[below];
            let (floor, ceiling) = (hint_amount(layout.node_floor[at]), hint_amount(layout.node_ceiling[at]));
            let free = total > floor && total < ceiling;
            let parent = crate::instance::widen(layout.parent[at]) - self.node;
            sums[parent].0 += total.max(floor).min(ceiling);
            sums[parent].1 += if free { slope } else { 0.0 };
        }
        sums[0]
    }

    /// The price at which every leaf stands at its ceiling.
    pub(crate) fn highest(&self) -> Price {
        let layout = self.layout;
        let parts = self.map(|range| {
            let mut highest = Price::ZERO;
            for (&weight, &high) in layout.weight[range.clone()].iter().zip(&layout.high[range]) {
                if weight > 0 {
                    let own = Price { numerator: u128::from(high), denominator: weight };
                    if own.compare(highest) == Ordering::Greater {
                        highest = own;
                    }
                }
            }
            highest
        });
        let highest =
            parts.into_iter().fold(Price::ZERO, |a, b| if b.compare(a) == Ordering::Greater { b } else { a });
        Price::new(highest.numerator, highest.denominator)
    }

    /// The price at which the members sum to `target`, between the given prices, and the lines there.
    ///
    /// The target must lie between the totals at the two ends; that was made sure of before.
    pub(crate) fn solve(
        &self,
        target: u64,
        from: Option<Price>,
        to: Option<Price>,
        start: f64,
    ) -> (Price, Vec<Line>) {
        let mut low = from.unwrap_or(Price::ZERO);
        let mut high = to;
        let mut price =
            Price::near(self.guess_price(target, low.to_guess(), high.map(Price::to_guess), start));
        if price.compare(low) == Ordering::Less {
            price = low;
        }
        if let Some(high) = high.filter(|h| price.compare(*h) == Ordering::Greater) {
            price = high;
        }
        let mut passes = 0u32;
        loop {
            passes += 1;
            let lines = self.lines(price, Side::Up);
            let next = match lines[0].compare(price, target) {
                Ordering::Equal => return (price, lines),
                Ordering::Less => {
                    low = price;
                    lines[0].meets(target)
                }
                Ordering::Greater => {
                    high = Some(price);
                    self.lines(price, Side::Down)[0].meets(target)
                }
            };
            let end = *high.get_or_insert_with(|| self.highest());
            let inside = |p: &Price| p.compare(low) == Ordering::Greater && p.compare(end) == Ordering::Less;
            // Every line followed rules out one stretch, so this ends; an event now and then makes it quick as well.
            let followed = next.filter(|p| inside(p) && !passes.is_multiple_of(4));
            price = followed.or_else(|| self.event_between(low, end)).unwrap_or_else(|| {
                // Nothing happens between the two: the total is one straight line there, or the target is at the end.
                let reached = self.lines(low, Side::Up)[0].meets(target);
                reached.filter(|p| *p == low || inside(p)).unwrap_or(end)
            });
        }
    }

    /// A price strictly between two others at which a leaf meets a bound: of all such prices the one in the middle. Where
    /// there is none, the first at which a node meets one of its own.
    fn event_between(&self, low: Price, high: Price) -> Option<Price> {
        let layout = self.layout;
        let inside = |p: &Price| p.compare(low) == Ordering::Greater && p.compare(high) == Ordering::Less;
        let parts = self.map(|range| {
            let columns =
                layout.weight[range.clone()].iter().zip(&layout.low[range.clone()]).zip(&layout.high[range]);
            let mut events = Vec::new();
            for ((&weight, &low), &high) in columns {
                if weight > 0 {
                    let at = |bound: u64| Price { numerator: u128::from(bound), denominator: weight };
                    events.extend([at(low), at(high)].into_iter().filter(inside));
                }
            }
            events
        });
        let mut events: Vec<Price> = parts.into_iter().flatten().collect();
        if !events.is_empty() {
            let middle = events.len() / 2;
            let (_, median, _) = events.select_nth_unstable_by(middle, |a, b| a.compare(*b));
            return Some(Price::new(median.numerator, median.denominator));
        }
        let lines = self.lines(low, Side::Up);
        let of_nodes = lines.iter().enumerate().skip(1).flat_map(|(below, line)| {
            let at = self.node + below;
            [layout.node_floor[at], layout.node_ceiling[at]].into_iter().filter_map(|bound| line.meets(bound))
        });
        of_nodes.filter(inside).min_by(|a, b| a.compare(*b))
    }

    /// A price near the solution: Newton's steps, kept inside what is known.
    fn guess_price(&self, target: u64, low: f64, high: Option<f64>, start: f64) -> f64 {
        const MOST: usize = 80;
        const NEAR: f64 = 1e-13;
        let target = hint_amount(target);
        let (mut low, mut high) = (low, high.unwrap_or(f64::INFINITY));
        let mut price = if start > low && start < high { start } else { middle(low, high) };
        for _ in 0..MOST {
            let (total, slope) = self.guess(price);
            if (total - target).abs() <= NEAR * target {
                break;
            }
            if total < target {
                low = price;
            } else {
                high = price;
            }
            let newton = price + (target - total) / slope;
            let next = if slope > 0.0 && newton > low && newton < high { newton } else { middle(low, high) };
            // The bits are compared: a step that changes none of them will not change any later.
            if next.to_bits() == price.to_bits() || !next.is_finite() {
                break;
            }
            price = next;
        }
        price
    }
}

fn middle(low: f64, high: f64) -> f64 {
    match (low > 0.0, high.is_finite()) {
        (true, true) => (low * high).sqrt(),
        (true, false) => low * 4.0,
        (false, true) => high / 4.0,
        (false, false) => 1.0,
    }
}
