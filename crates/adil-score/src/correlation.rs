//! Correlation of values and of their ranks. Sums are of whole numbers, so that no order and no number of threads can change
//! them.

/// Twice the mid-rank of each value: equal values share the mean of their places.
pub fn double_ranks(values: &[i64]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|i| values[*i]);
    let mut ranks = vec![0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        // Places start+1 ..= end; twice their mean is their first and last together.
        let double = i64::try_from(start + 1 + end).unwrap_or(i64::MAX);
        for at in &order[start..end] {
            ranks[*at] = double;
        }
        start = end;
    }
    ranks
}

/// Sums of squares and products around the means, times the count: `n·Σxy − Σx·Σy`.
pub fn product(x: &[i64], y: &[i64]) -> i128 {
    let n = i128::try_from(x.len()).unwrap_or(0);
    let sum = |v: &[i64]| v.iter().map(|a| i128::from(*a)).sum::<i128>();
    let both: i128 = x.iter().zip(y).map(|(a, b)| i128::from(*a) * i128::from(*b)).sum();
    n * both - sum(x) * sum(y)
}

#[expect(clippy::cast_precision_loss, reason = "a statistic is published with few decimals")]
fn float(value: i128) -> f64 {
    value as f64
}

/// Pearson's correlation; `None` where one of both never changes.
pub fn pearson(x: &[i64], y: &[i64]) -> Option<f64> {
    let (xx, yy) = (product(x, x), product(y, y));
    (xx > 0 && yy > 0)
        .then(|| (float(product(x, y)) / (float(xx).sqrt() * float(yy).sqrt())).clamp(-1.0, 1.0))
}

/// Spearman's rank correlation, ties by mid-ranks.
pub fn spearman(x: &[i64], y: &[i64]) -> Option<f64> {
    pearson(&double_ranks(x), &double_ranks(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_values_share_their_places() {
        assert_eq!(double_ranks(&[30, 10, 20, 20]), [8, 2, 5, 5]);
    }

    #[test]
    fn spearman_by_hand() {
        // Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 − 6·4 / (5·24) = 0.8.
        let rho = spearman(&[1, 2, 3, 4, 5], &[20, 10, 40, 30, 50]).unwrap();
        assert!((rho - 0.8).abs() < 1e-12);
        assert_eq!(spearman(&[1, 2, 3], &[7, 7, 7]), None);
    }

    proptest! {
        #[test]
        fn spearman_only_sees_the_order(values in prop::collection::vec((0i64..50, 0i64..50), 3..40)) {
            let (x, y): (Vec<i64>, Vec<i64>) = values.into_iter().unzip();
            let squeezed: Vec<i64> = x.iter().map(|v| v * v * v + 7).collect();
            prop_assert_eq!(spearman(&x, &y), spearman(&squeezed, &y));
        }
    }
}
