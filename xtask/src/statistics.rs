//! Figures for display. None of them decides about money, so plain floating-point numbers are enough.

/// A whole number for display.
pub(crate) fn float(n: u32) -> f64 {
    f64::from(n)
}

/// How many there are, for display.
pub(crate) fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::NAN, f64::from)
}

/// Pearson's correlation: 1 when one rises evenly with the other, 0 when a straight line says nothing.
pub(crate) fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut only_a, mut only_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - mean_a, y - mean_b);
        both += x * y;
        only_a += x * x;
        only_b += y * y;
    }
    both / (only_a * only_b).sqrt()
}

/// Spearman's correlation: that of the ranks, so that a few large values don't rule it.
pub(crate) fn spearman(a: &[f64], b: &[f64]) -> f64 {
    pearson(&ranks(a), &ranks(b))
}

/// The value that a part of the others does not exceed, between neighbours in a straight line.
pub(crate) fn quantile(values: &[f64], per_cent: u8) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let steps = last * usize::from(per_cent);
    let (below, rest) = (steps / 100, steps % 100);
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * count(rest) / 100.0
}

/// The Gini coefficient of money per head: 0 when every head has the same, near 1 when one place has it all.
///
/// Each place is its money and its people, who share it equally among themselves.
pub(crate) fn gini(places: &[(f64, f64)]) -> f64 {
    let people: f64 = places.iter().map(|p| p.1).sum();
    let money: f64 = places.iter().map(|p| p.0).sum();
    let differences: f64 = places
        .iter()
        .flat_map(|a| places.iter().map(move |b| a.1 * b.1 * (a.0 / a.1 - b.0 / b.1).abs()))
        .sum();
    differences / (2.0 * people * money)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / count(values.len())
}

/// Ranks from 1; equal values share the middle of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut done = 0;
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        for index in equal {
            ranks[*index] = count(done) + f64::midpoint(count(equal.len()), 1.0);
        }
        done += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn equal_values_share_the_middle_rank() {
        assert_eq!(ranks(&[30.0, 10.0, 30.0, 20.0]), [3.5, 1.0, 3.5, 2.0]);
    }

    #[test]
    fn correlations_of_known_samples() {
        near(pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]), 1.0);
        near(pearson(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 5.0]), 5.5 / (5.0_f64 * 8.75).sqrt());
        near(spearman(&[1.0, 2.0, 3.0], &[9.0, 4.0, 1.0]), -1.0);
        near(spearman(&[1.0, 2.0, 1000.0], &[1.0, 2.0, 3.0]), 1.0);
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let values = [4.0, 1.0, 3.0, 2.0];
        near(quantile(&values, 0), 1.0);
        near(quantile(&values, 25), 1.75);
        near(quantile(&values, 50), 2.5);
        near(quantile(&values, 100), 4.0);
    }

    #[test]
    fn gini_of_equal_and_of_unequal_places() {
        near(gini(&[(10.0, 5.0), (20.0, 10.0)]), 0.0);
        // Half of the people have everything.
        near(gini(&[(8.0, 3.0), (0.0, 3.0)]), 0.5);
    }
}
