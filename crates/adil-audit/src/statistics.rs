//! The statistics, as formulas over plain numbers. Sums are of integers wherever the numbers are, so that no order and no
//! number of threads can change them.

use adil_score::correlation::product;

use crate::fixed::{Fixed, Interval};

#[expect(clippy::cast_precision_loss, reason = "a statistic is published with four decimals")]
fn float(value: i128) -> f64 {
    value as f64
}

/// The 95 % interval of a rank correlation of `n` pairs, by Fisher's transformation with the standard error of Bonett and
/// Wright (2000).
pub(crate) fn spearman_interval(rho: f64, n: usize) -> Option<Interval> {
    let free = count(n) - 3.0;
    if free <= 0.0 || rho.abs() >= 1.0 {
        return None;
    }
    let (z, error) = (libm::atanh(rho), ((1.0 + rho * rho / 2.0) / free).sqrt());
    let end = |sign: f64| Fixed::of(libm::tanh(z + sign * 1.959_963_985 * error));
    Some(Interval { low: end(-1.0)?, high: end(1.0)? })
}

/// A count as a number.
pub(crate) fn count(n: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no round has 2^52 applications")]
    let n = n as f64;
    n
}

/// The share of a whole's variance that goes with one of its parts: `cov(part, whole) / var(whole)`. Over all parts these
/// shares sum to one.
pub(crate) fn share_of_variance(part: &[i64], whole: &[i64]) -> Option<Fixed> {
    Fixed::ratio(product(part, whole), product(whole, whole))
}

/// The standard deviation (of the population).
pub(crate) fn deviation(values: &[i64]) -> f64 {
    if values.is_empty() { 0.0 } else { float(product(values, values)).sqrt() / count(values.len()) }
}

/// A quantile of sorted values, in a straight line between neighbours (type 7 of Hyndman and Fan 1996).
pub(crate) fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p * count(last);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last position"
    )]
    let below = (position.floor() as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    Some(low + (position - count(below)) * (high - low))
}

/// The middle 95 of 100 values; `None` of fewer than forty, which have no such ends.
pub(crate) fn middle(mut values: Vec<f64>) -> Option<Interval> {
    values.retain(|v| v.is_finite());
    if values.len() < 40 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let end = |p| quantile(&values, p).and_then(Fixed::of);
    Some(Interval { low: end(0.025)?, high: end(0.975)? })
}

/// Solves a small system by elimination with pivots. What has no pivot of its own (a column that never changes, or repeats
/// another) gets nothing.
pub(crate) fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    let size = (0..N).map(|i| a[i][i].abs()).fold(0.0, f64::max);
    let mut pivots: Vec<(usize, usize)> = Vec::new();
    let mut free: Vec<usize> = (0..N).collect();
    for column in 0..N {
        let Some(row) =
            free.iter().copied().max_by(|i, j| a[*i][column].abs().total_cmp(&a[*j][column].abs()))
        else {
            break;
        };
        if a[row][column].abs() <= size * 1e-10 {
            continue;
        }
        free.retain(|r| *r != row);
        let (pivot, right) = (a[row], b[row]);
        for other in (0..N).filter(|r| *r != row) {
            let factor = a[other][column] / pivot[column];
            for (own, above) in a[other].iter_mut().zip(pivot) {
                *own -= factor * above;
            }
            b[other] -= factor * right;
        }
        pivots.push((row, column));
    }
    let mut x = [0.0; N];
    for (row, column) in pivots {
        x[column] = b[row] / a[row][column];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::of(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_interval_of_a_rank_correlation_by_hand() {
        // atanh(0.5) = 0.549306; √(1.125 / 25) = 0.212132; tanh(0.549306 ∓ 0.415771) = 0.132747, 0.746533.
        let interval = spearman_interval(0.5, 28).unwrap();
        assert_eq!((interval.low, interval.high), (fixed("0.1327"), fixed("0.7465")));
        assert_eq!(spearman_interval(0.5, 3), None);
    }

    #[test]
    fn shares_of_variance_by_hand() {
        // Parts (0, 2) and (0, 1): the whole is (0, 3), and two thirds of its spread go with the first.
        assert_eq!(share_of_variance(&[0, 2], &[0, 3]), Some(fixed("0.6667")));
        assert_eq!(share_of_variance(&[0, 1], &[0, 3]), Some(fixed("0.3333")));
        assert_eq!(Fixed::of(deviation(&[2, 4, 4, 4, 5, 5, 7, 9])), Some(fixed("2")));
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.25).and_then(Fixed::of), Some(fixed("1.75")));
        assert_eq!(quantile(&values, 1.0).and_then(Fixed::of), Some(fixed("4")));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn a_small_system() {
        let x = solve([[2.0, 1.0], [1.0, 3.0]], [3.0, 5.0]);
        assert_eq!(x.map(Fixed::of), [Some(fixed("0.8")), Some(fixed("1.4"))]);
        let repeated = solve([[1.0, 1.0], [1.0, 1.0]], [2.0, 2.0]);
        assert_eq!(
            repeated.map(Fixed::of),
            [Some(fixed("2")), Some(Fixed::ZERO)],
            "a repeated column adds nothing"
        );
    }

    proptest! {
        #[test]
        fn shares_of_variance_sum_to_one(rows in prop::collection::vec((0i64..100, 0i64..100, 0i64..100), 2..40)) {
            let whole: Vec<i64> = rows.iter().map(|(a, b, c)| a + b + c).collect();
            let part = |of: fn(&(i64, i64, i64)) -> i64| {
                share_of_variance(&rows.iter().map(of).collect::<Vec<_>>(), &whole).map(Fixed::units)
            };
            if let (Some(a), Some(b), Some(c)) = (part(|r| r.0), part(|r| r.1), part(|r| r.2)) {
                prop_assert!((a + b + c - 10_000).abs() <= 2, "up to rounding");
            }
        }
    }
}
