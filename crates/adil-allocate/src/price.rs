//! Exact prices, and how a subtree's total answers to one.
//!
//! At price `t` a leaf takes `clamp(w·t, low, high)` and a node its members' sum, clamped to its own bounds. Between the
//! prices at which something meets a bound, a total is a straight line `constant + slope·t`. The line at a price near the
//! solution, found by floating-point guesses, meets the target at an exact fraction; one exact pass proves that the
//! fraction still lies on that line. No tolerance is involved: a wrong guess only costs another pass.

use std::cmp::Ordering;
use std::hint::select_unpredictable;
use std::ops::Range;

use adil_domain::Rational;
use adil_domain::rational::gcd;
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

    /// As [`Line::meets`], nearly; nothing to be relied on where the line is flat.
    pub(crate) fn guess_of(self, amount: u64) -> f64 {
        (hint_amount(amount) - hint(self.constant)) / hint(self.slope)
    }

    pub(crate) fn total(self, price: Price) -> Rational {
        let denominator = wide(price.denominator);
        let scaled = self.scaled(price);
        if let Some(total) = u128::try_from(scaled).ok().and_then(|s| Rational::ratio(s, price.denominator)) {
            return total;
        }
        // Small parts reduce faster than one large fraction.
        let (whole, rest) = ((scaled / denominator).as_u128(), (scaled % denominator).as_u128());
        let rest = Rational::ratio(rest, price.denominator).unwrap_or_else(Rational::zero);
        &Rational::from(whole) + &rest
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
const SHARED: usize = 32_768;

/// How a product `weight · numerator` or `amount · denominator` may be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// 128 bits hold every product of the instance at this price.
    Narrow,
    /// They may not.
    Wide,
}

impl Width {
    pub(crate) fn of(price: Price, largest_weight: u128, largest_amount: u64) -> Self {
        let bits = |v: u128| 128 - v.leading_zeros();
        let narrow = bits(largest_weight) + bits(price.numerator) <= 128
            && bits(u128::from(largest_amount)) + bits(price.denominator) <= 128;
        if narrow { Self::Narrow } else { Self::Wide }
    }
}

/// Where the float of a share is so far from the float of a bound, as a part of it, the exact ones compare the same way:
/// a share is off by less than twenty roundings of 2^-53. Far more than that, so that leaves which are clear at a price are
/// known to stand where they stand at every price next to it too.
pub(crate) const CLEAR: f64 = 1e-9;

/// Leaves whose comparisons are made in floats together; where one of them is not clear, all are made exactly.
const BLOCK: usize = 128;

/// The lines of a subtree at a price.
struct Lines {
    of_nodes: Vec<Line>,
    /// Whether something meets a bound just there: if nothing does, the lines are the same on both sides.
    touched: bool,
    /// Whether all leaves were clear.
    clear: bool,
    /// The sums of each node's own leaves alone.
    own: Vec<Line>,
}

/// One subtree while its price is sought.
pub(crate) struct Subtree<'l> {
    layout: &'l Layout,
    node: usize,
    /// Stretches of leaves with the node they hang under (counted from `node`).
    tasks: Vec<(usize, Range<usize>)>,
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

    fn map<T: Send>(&self, one: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        if self.leaves >= SHARED {
            self.tasks.par_iter().map(|(_, range)| one(range.clone())).collect()
        } else {
            self.tasks.iter().map(|(_, range)| one(range.clone())).collect()
        }
    }

    fn width(&self, price: Price) -> Width {
        if self.always_wide {
            Width::Wide
        } else {
            Width::of(price, self.largest_weight, self.largest_amount)
        }
    }

    /// The lines of all nodes of the subtree at a price, each the sum of its members before its own bounds.
    fn lines(&self, price: Price, side: Side) -> Lines {
        let (width, guess) = (self.width(price), price.to_guess());
        let parts = self.map(|range| match width {
            Width::Narrow => self.leaf_line(range, side, Some(guess), |w, b| {
                (w * price.numerator).cmp(&(u128::from(b) * price.denominator))
            }),
            Width::Wide => self.leaf_line(range, side, Some(guess).filter(|_| !self.always_wide), |w, b| {
                (wide(w) * wide(price.numerator)).cmp(&(U256::from(b) * wide(price.denominator)))
            }),
        });
        let mut own = vec![Line::default(); self.layout.subtree(self.node).len()];
        let (mut touched, mut all_clear) = (false, true);
        for ((node, _), (part, touches, clear)) in self.tasks.iter().zip(parts) {
            own[*node].add(part);
            touched |= touches;
            all_clear &= clear;
        }
        let (lines, touches) = self.gather(&own, price, side);
        Lines { of_nodes: lines, touched: touched | touches, clear: all_clear, own }
    }

    /// The lines of the nodes from the sums of their own leaves, and whether a node meets a bound at the price.
    fn gather(&self, own: &[Line], price: Price, side: Side) -> (Vec<Line>, bool) {
        let mut lines = own.to_vec();
        let mut touched = false;
        for below in (1..lines.len()).rev() {
            let at = self.node + below;
            let (clamped, touches) = self.clamp(lines[below], at, price, side);
            touched |= touches;
            let parent = crate::instance::widen(self.layout.parent[at]) - self.node;
            lines[parent].add(clamped);
        }
        (lines, touched)
    }

    /// The lines at another price, where no leaf can stand elsewhere than at the first: all of them are clear there, and
    /// the two prices are closer than that takes.
    fn lines_next_to(&self, known: &Lines, price: Price, other: Price) -> Option<Vec<Line>> {
        let (from, to) = (price.to_guess(), other.to_guess());
        let close = (to - from).abs() <= from * (CLEAR / 4.0);
        (known.clear && close).then(|| self.gather(&known.own, other, Side::Up).0)
    }

    /// The lines at a price that needs no looking for.
    pub(crate) fn lines_at(&self, price: Price) -> Vec<Line> {
        self.lines(price, Side::Up).of_nodes
    }

    /// The line within the node's own bounds, and whether it meets one of them at the price.
    fn clamp(&self, line: Line, at: usize, price: Price, side: Side) -> (Line, bool) {
        let (floor, ceiling) = (self.layout.node_floor[at], self.layout.node_ceiling[at]);
        let (below, above) = (line.compare(price, floor), line.compare(price, ceiling));
        let clamped = match side {
            Side::Up if above != Ordering::Less => Line::flat(ceiling),
            Side::Up if below == Ordering::Less => Line::flat(floor),
            Side::Down if below != Ordering::Greater => Line::flat(floor),
            Side::Down if above == Ordering::Greater => Line::flat(ceiling),
            _ => line,
        };
        (clamped, below == Ordering::Equal || above == Ordering::Equal)
    }

    /// The sum of some leaves, whether one of them meets a bound at the price, and whether all were clear. `share(w, bound)` compares `w · price`
    /// with a bound; `guess` is the price nearly, or nothing where no float is to be relied on.
    #[inline]
    fn leaf_line(
        &self,
        range: Range<usize>,
        side: Side,
        guess: Option<f64>,
        share: impl Fn(u128, u64) -> Ordering,
    ) -> (Line, bool, bool) {
        let (mut line, mut touched, mut all_clear) = (Line::default(), false, true);
        let mut start = range.start;
        while start < range.end {
            let block = start..(start + BLOCK).min(range.end);
            start = block.end;
            if let Some(clear) = guess.and_then(|guess| self.clear_line(block.clone(), guess)) {
                line.add(clear);
            } else {
                let (exact, touches) = self.exact_line(block, side, &share);
                line.add(exact);
                touched |= touches;
                all_clear = false;
            }
        }
        (line, touched, all_clear)
    }

    /// The sum of a block where floats suffice to tell where each leaf stands; `None` where for one of them they don't.
    fn clear_line(&self, block: Range<usize>, guess: f64) -> Option<Line> {
        let layout = self.layout;
        let bounds = layout.low[block.clone()].iter().zip(&layout.high[block.clone()]);
        let hints = layout.weight_hint[block.clone()]
            .iter()
            .zip(&layout.low_hint[block.clone()])
            .zip(&layout.high_hint[block.clone()]);
        let mut line = Line::default();
        let mut clear = true;
        let columns = layout.weight[block].iter().zip(bounds).zip(hints);
        for ((&weight, (&low, &high)), ((&weight_hint, &low_hint), &high_hint)) in columns {
            let share = weight_hint * guess;
            let (least, most) = (share * (1.0 - CLEAR), share * (1.0 + CLEAR));
            // Where the ceiling is nothing, it does not matter what the leaf stands at.
            let at_high = either(least > high_hint, high_hint <= 0.0);
            let at_low = most < low_hint;
            let free = both(least > low_hint, most < high_hint);
            // Without branches: where a leaf stands differs from one to the next.
            let bound = select_unpredictable(at_high, high, low);
            line.constant += u128::from(select_unpredictable(free, 0, bound));
            line.slope += select_unpredictable(free, weight, 0);
            clear &= either(either(at_high, at_low), free);
        }
        clear.then_some(line)
    }

    fn exact_line(
        &self,
        block: Range<usize>,
        side: Side,
        share: impl Fn(u128, u64) -> Ordering,
    ) -> (Line, bool) {
        let layout = self.layout;
        let columns =
            layout.weight[block.clone()].iter().zip(&layout.low[block.clone()]).zip(&layout.high[block]);
        let (mut line, mut touched) = (Line::default(), false);
        for ((&weight, &low), &high) in columns {
            let (to_low, to_high) = (share(weight, low), share(weight, high));
            touched |= to_low == Ordering::Equal || to_high == Ordering::Equal;
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
        (line, touched)
    }

    /// Total and slope at a guessed price, nearly.
    fn guess(&self, price: f64) -> (f64, f64) {
        let layout = self.layout;
        let parts = self.map(|range| {
            let weights = &layout.weight_hint[range.clone()];
            let (lows, highs) = (&layout.low_hint[range.clone()], &layout.high_hint[range]);
            // Sums side by side, so that none waits for the one before.
            let (mut totals, mut slopes) = ([0.0; LANES], [0.0; LANES]);
            let (weights, last_weights) = weights.as_chunks::<LANES>();
            let (lows, last_lows) = lows.as_chunks::<LANES>();
            let (highs, last_highs) = highs.as_chunks::<LANES>();
            for ((weights, lows), highs) in weights.iter().zip(lows).zip(highs) {
                for lane in 0..LANES {
                    let (total, slope) = guess_leaf(weights[lane], lows[lane], highs[lane], price);
                    totals[lane] += total;
                    slopes[lane] += slope;
                }
            }
            let (mut total, mut slope): (f64, f64) = (totals.iter().sum(), slopes.iter().sum());
            for ((weight, low), high) in last_weights.iter().zip(last_lows).zip(last_highs) {
                let (more, steeper) = guess_leaf(*weight, *low, *high, price);
                total += more;
                slope += steeper;
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
            let (mut highest, mut guess) = (Price::ZERO, 0.0);
            let hints = layout.weight_hint[range.clone()].iter().zip(&layout.high_hint[range.clone()]);
            let columns = layout.weight[range.clone()].iter().zip(&layout.high[range]).zip(hints);
            for ((&weight, &high), (weight_hint, high_hint)) in columns {
                // Clearly lower ones need no exact comparison.
                if weight > 0 && high_hint * (1.0 + CLEAR) >= weight_hint * guess {
                    let own = Price { numerator: u128::from(high), denominator: weight };
                    if own.compare(highest) == Ordering::Greater {
                        highest = own;
                        guess = own.to_guess();
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
            let known = self.lines(price, Side::Up);
            let line = known.of_nodes[0];
            let next = match line.compare(price, target) {
                Ordering::Equal => return (price, known.of_nodes),
                Ordering::Less => {
                    low = price;
                    line.meets(target)
                }
                Ordering::Greater => {
                    high = Some(price);
                    let below = if known.touched { self.lines(price, Side::Down).of_nodes[0] } else { line };
                    below.meets(target)
                }
            };
            let inside = |p: &Price| {
                p.compare(low) == Ordering::Greater && high.is_none_or(|h| p.compare(h) == Ordering::Less)
            };
            // Every line followed rules out one stretch, so this ends; an event now and then makes it quick as well.
            let followed = next.filter(|p| inside(p) && !passes.is_multiple_of(4));
            if let Some(followed) = followed {
                let lines = self.lines_next_to(&known, price, followed);
                if let Some(lines) = lines.filter(|l| l[0].compare(followed, target) == Ordering::Equal) {
                    return (followed, lines);
                }
                price = followed;
                continue;
            }
            let end = *high.get_or_insert_with(|| self.highest());
            let inside = |p: &Price| p.compare(low) == Ordering::Greater && p.compare(end) == Ordering::Less;
            price = self.event_between(low, end).unwrap_or_else(|| {
                // Nothing happens between the two: the total is one straight line there, or the target is at the end.
                let reached = self.lines(low, Side::Up).of_nodes[0].meets(target);
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
        let lines = self.lines(low, Side::Up).of_nodes;
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
        // An exact step follows: from so near, it meets the solution in all but rare cases.
        const CLOSE: f64 = 1e-9;
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
            let step = (next - price).abs();
            price = next;
            if step <= CLOSE * price {
                break;
            }
        }
        price
    }
}

/// As `&&`, but both sides are computed: no branch.
pub(crate) fn both(one: bool, other: bool) -> bool {
    one & other
}

/// As [`both`], for `||`.
pub(crate) fn either(one: bool, other: bool) -> bool {
    one | other
}

/// Sums that are taken side by side.
const LANES: usize = 4;

/// What a leaf takes at a price, nearly, and how that grows with the price.
#[inline]
fn guess_leaf(weight: f64, low: f64, high: f64, price: f64) -> (f64, f64) {
    let share = weight * price;
    // Without a branch: which bound is met differs from leaf to leaf.
    let slope = if both(share > low, share < high) { weight } else { 0.0 };
    let share = if share > low { share } else { low };
    (if share < high { share } else { high }, slope)
}

fn middle(low: f64, high: f64) -> f64 {
    match (low > 0.0, high.is_finite()) {
        (true, true) => (low * high).sqrt(),
        (true, false) => low * 4.0,
        (false, true) => high / 4.0,
        (false, false) => 1.0,
    }
}
