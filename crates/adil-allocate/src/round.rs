//! Exact optima to whole units: controlled rounding on the tree.
//!
//! Every node's total is rounded down or up, and its members' so that they sum to it. Members of one price have a common
//! denominator, so their remainders are compared as integers: the largest go up, equals by their tie key. Since bounds
//! are whole, no rounding passes one. (Cox 1987; Skala, "The Well-Rounded Total".)

use std::cmp::Ordering;
use std::hint::select_unpredictable;

use adil_domain::Rational;
use ethnum::U256;
use rayon::prelude::*;

use crate::instance::{LeafIndex, narrow as index, widen};
use crate::layout::Layout;
use crate::price::{CLEAR, Line, Price, Width, both, either, wide};
use crate::solution::{LeafBinding, NodeBinding};
use crate::solve::{Priced, TieKey};

/// Compares `weight · price` with an amount.
pub(crate) fn compare(weight: u128, price: Price, amount: u64) -> Ordering {
    let narrow = (weight.checked_mul(price.numerator), u128::from(amount).checked_mul(price.denominator));
    match narrow {
        (Some(share), Some(bound)) => share.cmp(&bound),
        _ => (wide(weight) * wide(price.numerator)).cmp(&(U256::from(amount) * wide(price.denominator))),
    }
}

/// A leaf's exact optimum.
pub(crate) fn exact_share(layout: &Layout, leaf: usize, price: Price) -> Rational {
    let share = &Rational::from(layout.weight[leaf]) * &price.to_rational();
    share.max(Rational::from(layout.low[leaf])).min(Rational::from(layout.high[leaf]))
}

/// Leaves that a thread takes at a time.
const STRETCH: usize = 16_384;

/// The whole part, and what is left over the price's denominator.
#[derive(Debug, Clone, Copy)]
struct Parts {
    whole: u64,
    rest: u128,
}

/// A price, in what form it takes to compare and to divide fast.
#[derive(Clone, Copy)]
struct Scale {
    price: Price,
    /// Nearly; only where floats may be relied on.
    guess: Option<f64>,
    width: Width,
}

impl Scale {
    fn of(price: Price, largest: Option<(u128, u64)>) -> Self {
        match largest {
            Some((weight, amount)) => {
                Self { price, guess: Some(price.to_guess()), width: Width::of(price, weight, amount) }
            }
            None => Self { price, guess: None, width: Width::Wide },
        }
    }

    /// Fills in what some leaves of a node have, and why; gives the rests of all that may have one. The first of them is
    /// the node's number `offset`, and the node's own leaves begin at `first`.
    fn leaves(
        self,
        layout: &Layout,
        first: usize,
        offset: usize,
        amounts: &mut [u64],
        bindings: &mut [LeafBinding],
    ) -> Vec<Rest> {
        let start = first + offset;
        let range = start..start + amounts.len();
        let mut waiting = vec![0u32; amounts.len()];
        let mut count = 0;
        if let Some(guess) = self.guess {
            // What clearly is at a bound first, without branches; the others wait.
            let bounds = layout.low[range.clone()].iter().zip(&layout.high[range.clone()]);
            let hints = layout.low_hint[range.clone()].iter().zip(&layout.high_hint[range.clone()]);
            let columns = layout.weight_hint[range].iter().zip(bounds).zip(hints);
            let out = amounts.iter_mut().zip(bindings.iter_mut());
            for (at, (((weight, (low, high)), (low_hint, high_hint)), (amount, binding))) in
                (0u32..).zip(columns.zip(out))
            {
                let share = weight * guess;
                let at_high = share * (1.0 - CLEAR) > *high_hint;
                let bound = both(either(at_high, share * (1.0 + CLEAR) < *low_hint), *weight > 0.0);
                *amount = select_unpredictable(at_high, *high, *low);
                *binding = select_unpredictable(at_high, LeafBinding::AtCeiling, LeafBinding::AtFloor);
                waiting[count] = at;
                count += usize::from(!bound);
            }
        } else {
            count = waiting.len();
            waiting.iter_mut().zip(0u32..).for_each(|(place, at)| *place = at);
        }
        let rests = waiting[..count].iter().map(|at| {
            let at = widen(*at);
            let (part, binding) = self.leaf(layout, start + at);
            (amounts[at], bindings[at]) = (part.whole, binding);
            Rest { member: index(offset + at), rest: part.rest }
        });
        rests.collect()
    }

    /// What a leaf has, and why.
    #[inline]
    fn leaf(self, layout: &Layout, leaf: usize) -> (Parts, LeafBinding) {
        let (weight, low, high) = (layout.weight[leaf], layout.low[leaf], layout.high[leaf]);
        let share = self.guess.map(|guess| layout.weight_hint[leaf] * guess);
        if let Some(share) = share.filter(|_| weight > 0) {
            let (low_hint, high_hint) = (layout.low_hint[leaf], layout.high_hint[leaf]);
            let (least, most) = (share * (1.0 - CLEAR), share * (1.0 + CLEAR));
            if both(least > low_hint, most < high_hint) {
                return (self.divide(weight, Some(share), high), LeafBinding::Free);
            }
            let at_high = least > high_hint;
            if either(at_high, most < low_hint) {
                let binding = select_unpredictable(at_high, LeafBinding::AtCeiling, LeafBinding::AtFloor);
                return (Parts { whole: select_unpredictable(at_high, high, low), rest: 0 }, binding);
            }
        }
        let to_high = compare(weight, self.price, high);
        if to_high != Ordering::Less {
            let above = to_high == Ordering::Greater;
            let binding = match (weight, above) {
                (0, _) => LeafBinding::ZeroWeight,
                (_, true) => LeafBinding::AtCeiling,
                // Between bounds that meet at its share it is free; a ceiling below the floor was refused.
                (_, false) => LeafBinding::Free,
            };
            return (Parts { whole: high, rest: 0 }, binding);
        }
        let to_low = compare(weight, self.price, low);
        if to_low != Ordering::Greater {
            let binding = match (weight, to_low) {
                (0, _) => LeafBinding::ZeroWeight,
                (_, Ordering::Less) => LeafBinding::AtFloor,
                _ => LeafBinding::Free,
            };
            return (Parts { whole: low, rest: 0 }, binding);
        }
        (self.divide(weight, share, high), LeafBinding::Free)
    }

    /// The share of a weight in whole units, and the rest; it is below `high`.
    fn divide(self, weight: u128, share: Option<f64>, high: u64) -> Parts {
        let Price { numerator, denominator } = self.price;
        if self.width == Width::Wide {
            return divide(wide(weight) * wide(numerator), denominator);
        }
        let product = weight * numerator;
        // The quotient in floats is exact or next to it; two divisions of 128 bits take longer than to look.
        if let Some(mut whole) = share.and_then(guess_whole) {
            whole = whole.min(high);
            let mut taken = u128::from(whole) * denominator;
            if taken > product {
                whole -= 1;
                taken -= denominator;
            }
            if let Some(rest) = product.checked_sub(taken) {
                if rest < denominator {
                    return Parts { whole, rest };
                }
                if rest - denominator < denominator {
                    return Parts { whole: whole + 1, rest: rest - denominator };
                }
            }
        }
        Parts { whole: narrow(product / denominator), rest: product % denominator }
    }
}

/// The whole part of a share that a float holds to less than one unit.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a guess, corrected where it is off"
)]
fn guess_whole(share: f64) -> Option<u64> {
    const MOST: f64 = 1e14;
    (share < MOST).then_some(share as u64)
}

fn line_parts(line: Line, price: Price) -> Parts {
    divide(
        wide(line.constant) * wide(price.denominator) + wide(line.slope) * wide(price.numerator),
        price.denominator,
    )
}

fn divide(dividend: U256, denominator: u128) -> Parts {
    let denominator = wide(denominator);
    Parts { whole: narrow((dividend / denominator).as_u128()), rest: (dividend % denominator).as_u128() }
}

/// Amounts are bounded by the budget, so the whole part always fits.
fn narrow(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// The whole division, by position of the node or of the leaf.
pub(crate) struct Rounded {
    pub(crate) totals: Vec<u64>,
    pub(crate) amounts: Vec<u64>,
    /// As if none had been dropped.
    pub(crate) bindings: Vec<LeafBinding>,
}

/// A node's own leaves, to be filled in.
type Own<'a> = (&'a mut [u64], &'a mut [LeafBinding]);

/// Rounds from the root down, nodes of one depth side by side. `largest` are the largest weight and amount; without them
/// everything is computed in 256 bits.
pub(crate) fn round(
    layout: &Layout,
    priced: &Priced,
    tie_key: TieKey<'_>,
    largest: Option<(u128, u64)>,
) -> Rounded {
    let leaves = layout.leaf.len();
    let mut totals = vec![0u64; layout.nodes()];
    let mut amounts = vec![0u64; leaves];
    let mut bindings = vec![LeafBinding::Free; leaves];
    totals[0] = priced.target[0];
    let mut own: Vec<Own<'_>> = Vec::with_capacity(layout.nodes());
    let (mut amounts_left, mut bindings_left) = (amounts.as_mut_slice(), bindings.as_mut_slice());
    for node in 0..layout.nodes() {
        let count = layout.leaves(node).len();
        let (first_amounts, rest_amounts) = amounts_left.split_at_mut(count);
        let (first_bindings, rest_bindings) = bindings_left.split_at_mut(count);
        own.push((first_amounts, first_bindings));
        (amounts_left, bindings_left) = (rest_amounts, rest_bindings);
    }
    let mut level: Vec<(usize, u64, Own<'_>)> = vec![(0, totals[0], std::mem::take(&mut own[0]))];
    while !level.is_empty() {
        let children: Vec<Vec<(usize, u64)>> = level
            .par_iter_mut()
            .with_min_len(8)
            .map(|(node, total, own)| round_node(layout, priced, tie_key, largest, (*node, *total), own))
            .collect();
        level = Vec::new();
        for (child, total) in children.into_iter().flatten() {
            totals[child] = total;
            level.push((child, total, std::mem::take(&mut own[child])));
        }
    }
    Rounded { totals, amounts, bindings }
}

/// What a member has over its whole part, in parts of the price's denominator.
#[derive(Debug, Clone, Copy)]
struct Rest {
    /// Leaves of the node first, then its children.
    member: u32,
    rest: u128,
}

/// Rounds the leaves of a node, which has `total`; gives the totals of its children.
fn round_node(
    layout: &Layout,
    priced: &Priced,
    tie_key: TieKey<'_>,
    largest: Option<(u128, u64)>,
    (node, total): (usize, u64),
    (amounts, bindings): &mut Own<'_>,
) -> Vec<(usize, u64)> {
    let scale = Scale::of(priced.price[node], largest);
    let range = layout.leaves(node);
    let stretches = amounts.par_chunks_mut(STRETCH).zip(bindings.par_chunks_mut(STRETCH)).enumerate();
    let parts: Vec<Vec<Rest>> = stretches
        .map(|(at, (amounts, bindings))| scale.leaves(layout, range.start, at * STRETCH, amounts, bindings))
        .collect();
    let mut rests = parts.into_iter().reduce(|mut all, part| {
        all.extend(part);
        all
    });
    let rests = rests.get_or_insert_default();
    // A bound child has its bound, whole; a free one shares the price and so the denominator.
    let mut children = Vec::new();
    for child in layout.children(node) {
        let part = match priced.binding[child] {
            NodeBinding::Free => line_parts(priced.line[child], priced.price[child]),
            _ => Parts { whole: priced.target[child], rest: 0 },
        };
        rests.push(Rest { member: index(range.len() + children.len()), rest: part.rest });
        children.push((child, part.whole));
    }
    let whole = amounts.iter().sum::<u64>() + children.iter().map(|(_, whole)| whole).sum::<u64>();
    let ups = usize::try_from(total.saturating_sub(whole)).unwrap_or(usize::MAX);
    let Some((threshold, equals)) =
        raised(rests, ups, |member| match widen(member).checked_sub(range.len()) {
            None => tie_key(LeafIndex::new(widen(layout.leaf[range.start + widen(member)]))),
            Some(at) => child_key(children[at].0),
        })
    else {
        return children;
    };
    let mut raise = |member: u32, by: u64| match widen(member).checked_sub(range.len()) {
        None => amounts[widen(member)] += by,
        Some(at) => children[at].1 += by,
    };
    for part in rests.iter() {
        raise(part.member, u64::from(part.rest > threshold));
    }
    for member in equals {
        raise(member, 1);
    }
    children
}

/// Nodes have no identifier of their own here: among equals they come after the leaves, by their position.
fn child_key(child: usize) -> [u8; 32] {
    let mut key = [0xff; 32];
    let position = u64::try_from(child).unwrap_or(u64::MAX).to_be_bytes();
    key[24..].copy_from_slice(&position);
    key
}

/// Who gets one of `ups` units more: those whose rest is above the given one, and these; equals by the smaller key.
fn raised(rests: &[Rest], ups: usize, key: impl Fn(u32) -> [u8; 32]) -> Option<(u128, Vec<u32>)> {
    let place = ups.min(rests.len()).checked_sub(1)?;
    let mut sorted: Vec<u128> = rests.iter().map(|part| part.rest).collect();
    let threshold = *sorted.select_nth_unstable_by(place, |a, b| b.cmp(a)).1;
    let above: usize = rests.iter().map(|part| usize::from(part.rest > threshold)).sum();
    let mut equals: Vec<u32> =
        rests.iter().filter(|part| part.rest == threshold).map(|part| part.member).collect();
    let left = ups - above;
    if equals.len() > left {
        equals.sort_by_cached_key(|member| key(*member));
        equals.truncate(left);
    }
    Some((threshold, equals))
}
