//! Exact optima to whole units: controlled rounding on the tree.
//!
//! Every node's total is rounded down or up, and its members' so that they sum to it. Members of one price have a common
//! denominator, so their remainders are compared as integers: the largest go up, equals by their tie key. Since bounds
//! are whole, no rounding passes one. (Cox 1987; Skala, "The Well-Rounded Total".)

use std::cmp::Ordering;

use adil_domain::Rational;
use ethnum::U256;
use rayon::prelude::*;

use crate::instance::{LeafIndex, widen};
use crate::layout::Layout;
use crate::price::{Line, Price, wide};
use crate::solution::NodeBinding;
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

fn leaf_parts(layout: &Layout, leaf: usize, price: Price) -> Parts {
    let (weight, low, high) = (layout.weight[leaf], layout.low[leaf], layout.high[leaf]);
    if compare(weight, price, high) != Ordering::Less {
        return Parts { whole: high, rest: 0 };
    }
    if compare(weight, price, low) != Ordering::Greater {
        return Parts { whole: low, rest: 0 };
    }
    match weight.checked_mul(price.numerator) {
        Some(product) => {
            Parts { whole: narrow(product / price.denominator), rest: product % price.denominator }
        }
        None => divide(wide(weight) * wide(price.numerator), price.denominator),
    }
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

/// Whole totals by position of the node, and whole amounts by position of the leaf.
pub(crate) fn round(layout: &Layout, priced: &Priced, tie_key: TieKey<'_>) -> (Vec<u64>, Vec<u64>) {
    let mut totals = vec![0u64; layout.nodes()];
    let mut amounts = vec![0u64; layout.leaf.len()];
    totals[0] = priced.target[0];
    for node in 0..layout.nodes() {
        let price = priced.price[node];
        let range = layout.leaves(node);
        let mut parts: Vec<Parts> = range
            .clone()
            .into_par_iter()
            .with_min_len(4096)
            .map(|leaf| leaf_parts(layout, leaf, price))
            .collect();
        let children: Vec<usize> = layout.children(node).collect();
        // A bound child has its bound, whole; a free one shares the price and so the denominator.
        parts.extend(children.iter().map(|child| match priced.binding[*child] {
            NodeBinding::Free => line_parts(priced.line[*child], priced.price[*child]),
            _ => Parts { whole: priced.target[*child], rest: 0 },
        }));
        let whole: u64 = parts.iter().map(|p| p.whole).sum();
        let ups = usize::try_from(totals[node].saturating_sub(whole)).unwrap_or(usize::MAX);
        let key = |member: usize| {
            let leaf = member.checked_sub(0).filter(|m| *m < range.len()).map(|m| range.start + m);
            match leaf {
                Some(leaf) => tie_key(LeafIndex::new(widen(layout.leaf[leaf]))),
                None => child_key(layout, children[member - range.len()]),
            }
        };
        raise(&mut parts, ups, key);
        for (amount, part) in amounts[range.clone()].iter_mut().zip(&parts) {
            *amount = part.whole;
        }
        for (child, part) in children.iter().zip(&parts[range.len()..]) {
            totals[*child] = part.whole;
        }
    }
    (totals, amounts)
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
