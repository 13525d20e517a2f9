//! How much of the spread of an outcome each source of uncertainty explains: Sobol's indices.
//!
//! Of the rows of Saltelli's design, `y_A` and `y_B` are the outcome of the two samples and `y_ABi` that of A with source i
//! taken from B. The first-order index is the part of the variance that source i explains alone,
//! `S_i = mean(y_B · (y_ABi − y_A)) / V` (Saltelli and others 2010); the total index is the part that it has any hand in,
//! `T_i = mean((y_A − y_ABi)²) / (2V)` (Jansen 1999). Intervals are the 5th and 95th percentile over resampled rows.

use crate::random::Stream;

/// How often rows are drawn again for an interval.
const RESAMPLES: u64 = 500;

/// An index with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The index.
    pub value: f64,
    /// The 5th percentile over resampled rows.
    pub low: f64,
    /// The 95th.
    pub high: f64,
}

/// Both indices of one source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// What it explains alone.
    pub first: Estimate,
    /// What it has any hand in.
    pub total: Estimate,
}

/// The indices of each source, from the outcomes by row; `None` where the outcome never varies.
pub fn indices(a: &[f64], b: &[f64], ab: &[Vec<f64>], seed: u64) -> Option<Vec<Indices>> {
    let rows: Vec<usize> = (0..a.len()).collect();
    let whole = of_rows(a, b, ab, &rows)?;
    let stream = Stream::new(seed).part(1);
    let mut again: Vec<Vec<(f64, f64)>> = vec![Vec::new(); ab.len()];
    for resample in 0..RESAMPLES {
        let stream = stream.part(resample);
        let rows: Vec<usize> = (0..).zip(&rows).map(|(at, _)| stream.below(at, a.len())).collect();
        // Rows that are all alike say nothing.
        for (source, found) in of_rows(a, b, ab, &rows).into_iter().flatten().enumerate() {
            again[source].push(found);
        }
    }
    let estimate = |value: f64, mut draws: Vec<f64>| {
        draws.sort_by(f64::total_cmp);
        let cut = draws.len() / 20;
        let low = draws.get(cut).copied().unwrap_or(value);
        let high = draws.len().checked_sub(cut + 1).and_then(|at| draws.get(at)).copied().unwrap_or(value);
        Estimate { value, low, high }
    };
    let both = whole.into_iter().zip(again).map(|((first, total), again)| {
        let (firsts, totals) = again.into_iter().unzip();
        Indices { first: estimate(first, firsts), total: estimate(total, totals) }
    });
    Some(both.collect())
}

/// First-order and total index of each source over these rows.
fn of_rows(a: &[f64], b: &[f64], ab: &[Vec<f64>], rows: &[usize]) -> Option<Vec<(f64, f64)>> {
    let count = f64::from(u32::try_from(rows.len()).ok()?);
    let mean = rows.iter().map(|r| a[*r] + b[*r]).sum::<f64>() / (2.0 * count);
    let square = |y: f64| (y - mean) * (y - mean);
    let variance = rows.iter().map(|r| square(a[*r]) + square(b[*r])).sum::<f64>() / (2.0 * count);
    // Below this it is what rounding leaves of nothing.
    if variance.is_nan() || variance <= (mean * 1e-12) * (mean * 1e-12) {
        return None;
    }
    let of = |ab: &Vec<f64>| {
        // Taking the mean off changes no expectation and makes the estimate steadier.
        let first = rows.iter().map(|r| (b[*r] - mean) * (ab[*r] - a[*r])).sum::<f64>() / count;
        let total = rows.iter().map(|r| (a[*r] - ab[*r]) * (a[*r] - ab[*r])).sum::<f64>() / count;
        (first / variance, total / (2.0 * variance))
    };
    Some(ab.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Points, Side};

    /// The indices of a function of independent numbers between 0 and 1, each a source.
    fn of(function: impl Fn(&[f64]) -> f64, sources: u32, rows: u32, seed: u64) -> Vec<Indices> {
        let points = Points::new(sources, seed);
        let outcome = |row: u32, from: &dyn Fn(u32) -> Side| {
            let point: Vec<f64> = (0..sources).map(|d| points.coordinate(row, from(d), d)).collect();
            function(&point)
        };
        let column = |from: &dyn Fn(u32) -> Side| (0..rows).map(|r| outcome(r, from)).collect::<Vec<f64>>();
        let (a, b) = (column(&|_| Side::A), column(&|_| Side::B));
        let ab: Vec<Vec<f64>> =
            (0..sources).map(|i| column(&|d| if d == i { Side::B } else { Side::A })).collect();
        indices(&a, &b, &ab, seed).unwrap()
    }

    fn close(found: Estimate, known: f64, by: f64) {
        assert!((found.value - known).abs() < by, "{found:?}, known {known}");
        assert!(found.low <= found.value && found.value <= found.high, "{found:?}");
    }

    /// Ishigami and Homma 1990: sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, x between −π and π.
    #[test]
    fn the_indices_of_ishigamis_function_are_the_known_ones() {
        let pi = std::f64::consts::PI;
        let ishigami = |u: &[f64]| {
            let x: Vec<f64> = u.iter().map(|u| pi * (2.0 * u - 1.0)).collect();
            let (s1, s2) = (libm::sin(x[0]), libm::sin(x[1]));
            s1 + 7.0 * s2 * s2 + 0.1 * x[2] * x[2] * x[2] * x[2] * s1
        };
        let found = of(ishigami, 3, 4096, 5);
        for (indices, (first, total)) in found.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)])
        {
            close(indices.first, first, 0.02);
            close(indices.total, total, 0.02);
        }
    }

    /// Of a sum each source has the variance of its own term, alone and in all.
    #[test]
    fn the_indices_of_a_sum_add_up_to_one() {
        let found = of(|u| 3.0 * u[0] + 2.0 * u[1] + u[2] - 40.0, 3, 512, 9);
        for (indices, known) in found.iter().zip([9.0 / 14.0, 4.0 / 14.0, 1.0 / 14.0]) {
            close(indices.first, known, 0.02);
            close(indices.total, known, 0.02);
        }
        let sum: f64 = found.iter().map(|i| i.first.value).sum();
        assert!((sum - 1.0).abs() < 0.01, "{sum}");
    }

    #[test]
    fn an_interval_covers_what_is_known_and_narrows_with_rows() {
        let width = |rows| {
            let found = of(|u| u[0] * u[1], 2, rows, 3);
            // 3/7 alone, 4/7 in all, by symmetry and integration.
            assert!((found[0].first.low..=found[0].first.high).contains(&(3.0 / 7.0)), "{:?}", found[0]);
            assert!((found[0].total.low..=found[0].total.high).contains(&(4.0 / 7.0)), "{:?}", found[0]);
            found[0].first.high - found[0].first.low
        };
        assert!(width(2048) < width(128) / 2.0);
    }

    #[test]
    fn what_never_varies_has_no_indices() {
        assert_eq!(indices(&[2.0; 8], &[2.0; 8], &[vec![2.0; 8]], 1), None);
    }
}
