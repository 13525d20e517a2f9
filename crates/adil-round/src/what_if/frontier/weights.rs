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

/// All weight on one indicator.
pub(super) fn alone(indicators: usize, at: usize) -> Vec<Rational> {
    (0..indicators).map(|i| Rational::from(if i == at { 100u8 } else { 0 })).collect()
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

/// The set itself, or as much of the way to it as keeps every weight within so many points of the published one.
pub(super) fn kept_within(published: &[Rational], set: Tenths, within: &Rational) -> Tenths {
    let apart = |set: &Tenths| -> Rational {
        let each = rationals(set).into_iter().zip(published).map(|(a, b)| (&a - b).abs());
        each.max().unwrap_or_else(Rational::zero)
    };
    let farthest = apart(&set);
    if farthest <= *within {
        return set;
    }
    let exact = |limit: &Rational| -> Tenths {
        let part = limit.checked_div(&farthest).unwrap_or_else(Rational::zero);
        let way = rationals(&set);
        fit(&published.iter().zip(&way).map(|(p, s)| p + &(&(s - p) * &part)).collect::<Vec<_>>())
    };
    // Tenths may lie a tenth beyond what they were made from.
    let near = exact(within);
    if apart(&near) <= *within { near } else { exact(&(within - &Rational::from_scaled(1, 1))) }
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
    fn a_set_too_far_away_comes_nearer_on_the_same_way() {
        let published = of(&[50, 30, 20]);
        assert_eq!(kept_within(&published, vec![550, 270, 180], &Rational::from(5u8)), [550, 270, 180]);
        assert_eq!(kept_within(&published, vec![1000, 0, 0], &Rational::from(5u8)), [550, 270, 180]);
        let within = Rational::from(3u8);
        let near = kept_within(&published, vec![0, 0, 1000], &within);
        assert!(rationals(&near).iter().zip(&published).all(|(a, b)| (a - b).abs() <= within), "{near:?}");
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
