//! Sets of weights that are tried: in tenths, summing to 100.

use adil_domain::Rational;
use adil_score::design::{Points, Side};

use crate::divide::split;

/// Tenths of each weight; they sum to [`ALL`].
pub(super) type Tenths = Vec<u64>;

/// Tenths of all weights together.
const ALL: u64 = 1000;

/// The weights of so many tenths.
pub(super) fn rationals(tenths: &Tenths) -> Vec<Rational> {
    tenths.iter().map(|t| Rational::from_scaled(*t, 1)).collect()
}

/// Weights in proportion to these parts, by largest remainder; equal ones where all parts are nothing.
pub(super) fn fit(parts: &[Rational]) -> Tenths {
    split(ALL, &shares(parts))
}

fn shares(parts: &[Rational]) -> Vec<Rational> {
    let sum: Rational = parts.iter().cloned().sum();
    let equal = || Rational::ratio(1, parts.len().max(1)).unwrap_or_else(Rational::one);
    parts.iter().map(|part| part.checked_div(&sum).unwrap_or_else(equal)).collect()
}

/// The weight at `at` as `step` of `steps` parts of the whole, all others in proportion to what they were.
pub(super) fn pushed(published: &[Rational], at: usize, step: usize, steps: usize) -> Tenths {
    let own = Rational::ratio(step, steps.max(1)).unwrap_or_else(Rational::one);
    let rest = &Rational::one() - &own;
    let mut others = published.to_vec();
    others.remove(at);
    let mut parts: Vec<Rational> = shares(&others).iter().map(|share| share * &rest).collect();
    parts.insert(at, own);
    fit(&parts)
}

/// So many of `parts` parts of the way from one set to another.
pub(super) fn toward(from: &[Rational], to: &[Rational], part: u32, parts: u32) -> Tenths {
    let (stay, go) = (Rational::from(parts.saturating_sub(part)), Rational::from(part));
    let mixed: Vec<Rational> = from.iter().zip(to).map(|(a, b)| &(a * &stay) + &(b * &go)).collect();
    fit(&mixed)
}

/// The same without the indicator that weighs least, where more than one weighs anything.
pub(super) fn without_least(weights: &[Rational]) -> Option<Tenths> {
    let weighing = || (0..weights.len()).filter(|at| !weights[*at].is_zero());
    let least = weighing().min_by_key(|at| &weights[*at]).filter(|_| weighing().count() > 1)?;
    let mut rest = weights.to_vec();
    rest[least] = Rational::zero();
    Some(fit(&rest))
}

/// A set as likely as any other, summing to 100: a Dirichlet draw with all parameters one, from a row of the even sequence.
pub(super) fn draw(indicators: usize, seed: u64, row: u32) -> Vec<Rational> {
    let dimensions = u32::try_from(indicators).unwrap_or(u32::MAX / 2);
    let points = Points::new(dimensions, seed);
    let parts: Vec<Rational> = (0..dimensions)
        .map(|dimension| -libm::log(points.coordinate(row, Side::A, dimension)))
        .map(|part| Rational::from_f64(part).unwrap_or_else(Rational::one))
        .collect();
    let hundred = Rational::from(100u8);
    shares(&parts).iter().map(|share| share * &hundred).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(weights: &[u32]) -> Vec<Rational> {
        weights.iter().map(|w| Rational::from(*w)).collect()
    }

    #[test]
    fn a_push_keeps_the_others_in_proportion() {
        assert_eq!(pushed(&of(&[50, 30, 20]), 0, 3, 4), [750, 150, 100]);
        assert_eq!(pushed(&of(&[50, 30, 20]), 2, 0, 4), [625, 375, 0]);
        assert_eq!(pushed(&of(&[50, 30, 20]), 1, 1, 1), [0, 1000, 0]);
        // Others without any weight share alike.
        assert_eq!(pushed(&of(&[100, 0, 0]), 0, 1, 2), [500, 250, 250]);
    }

    #[test]
    fn thirds_sum_to_all() {
        assert_eq!(fit(&of(&[1, 1, 1])), [334, 333, 333]);
        assert_eq!(toward(&of(&[100, 0]), &of(&[0, 100]), 1, 4), [750, 250]);
        assert_eq!(without_least(&of(&[50, 0, 30, 20])), Some(vec![625, 0, 375, 0]));
        assert_eq!(without_least(&of(&[0, 100])), None);
    }

    #[test]
    fn draws_are_even_over_the_simplex() {
        let mut means = [0u64; 3];
        for row in 0..256 {
            let tenths = fit(&draw(3, 7, row));
            assert_eq!(tenths.iter().sum::<u64>(), ALL);
            means.iter_mut().zip(tenths).for_each(|(mean, t)| *mean += t);
        }
        assert!(means.iter().all(|sum| sum.abs_diff(256 * ALL / 3) < 256 * 5), "{means:?}");
        assert_ne!(draw(3, 7, 1), draw(3, 8, 1));
    }
}
