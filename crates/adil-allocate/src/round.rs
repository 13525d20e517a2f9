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

use crate::instance::{LeafIndex, widen};
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

    /// What a leaf has, and why.
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
    let mut parts = vec![Parts { whole: 0, rest: 0 }; range.len()];
    let members = parts.par_iter_mut().zip(bindings.par_iter_mut()).zip(range.clone());
    members.with_min_len(4096).for_each(|((part, binding), leaf)| {
        (*part, *binding) = scale.leaf(layout, leaf);
    });
    let children: Vec<usize> = layout.children(node).collect();
    // A bound child has its bound, whole; a free one shares the price and so the denominator.
    parts.extend(children.iter().map(|child| match priced.binding[*child] {
        NodeBinding::Free => line_parts(priced.line[*child], priced.price[*child]),
        _ => Parts { whole: priced.target[*child], rest: 0 },
    }));
    let whole: u64 = parts.iter().map(|p| p.whole).sum();
    let ups = usize::try_from(total.saturating_sub(whole)).unwrap_or(usize::MAX);
    let key = |member: usize| {
        if member < range.len() {
            tie_key(LeafIndex::new(widen(layout.leaf[range.start + member])))
        } else {
            child_key(layout, children[member - range.len()])
        }
    };
    raise(&mut parts, ups, key);
    for (amount, part) in amounts.iter_mut().zip(&parts) {
        *amount = part.whole;
    }
    children.into_iter().zip(&parts[range.len()..]).map(|(child, part)| (child, part.whole)).collect()
}

/// Nodes have no identifier of their own here: among equals they come after the leaves, by their position.
fn child_key(_layout: &Layout, child: usize) -> [u8; 32] {
    let mut key = [0xff; 32];
    let position = u64::try_from(child).unwrap_or(u64::MAX).to_be_bytes();
    key[24..].copy_from_slice(&position);
    key
}

/// One unit more for the `ups` members with the largest remainders, equals by the smaller key.
fn raise(parts: &mut [Parts], ups: usize, key: impl Fn(usize) -> [u8; 32]) {
    if ups == 0 {
        return;
    }
    let mut rests: Vec<u128> = parts.iter().map(|p| p.rest).collect();
    let place = ups.min(rests.len()).saturating_sub(1);
    let (_, threshold, _) = rests.select_nth_unstable_by(place, |a, b| b.cmp(a));
    let threshold = *threshold;
    let mut left = ups;
    for part in parts.iter_mut().filter(|p| p.rest > threshold) {
        part.whole += 1;
        left -= 1;
    }
    let mut equals: Vec<usize> = (0..parts.len()).filter(|m| parts[*m].rest == threshold).collect();
    if equals.len() > left {
        equals.sort_by_cached_key(|member| key(*member));
        equals.truncate(left);
    }
    for member in equals {
        parts[member].whole += 1;
    }
}
