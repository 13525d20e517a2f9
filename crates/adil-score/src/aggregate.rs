//! Scaled values to points, and points to a score that the contributions add up to exactly.

use adil_domain::{BigInt, Points, Rational, round_half_even_small};
use adil_policy::Aggregation;
use num_traits::ToPrimitive;

use crate::scale::Scaled;

/// The weight and scaled value of one indicator, and the criterion it belongs to (by position).
pub(crate) struct Part<'a> {
    pub(crate) criterion: usize,
    pub(crate) weight: &'a Weight,
    pub(crate) scaled: Scaled,
}

/// The weight of an indicator, ready to be multiplied a million times.
pub(crate) struct Weight {
    exact: Rational,
    /// Numerator and denominator, where both fit.
    small: Option<(i128, i128)>,
}

impl Weight {
    pub(crate) fn new(exact: &Rational) -> Self {
        let small = exact.numerator().to_i128().zip(exact.denominator().to_i128());
        Self { exact: exact.clone(), small }
    }

    /// The points that a scaled value earns, rounded to a millionth, halves to even.
    fn earned(&self, scaled: Scaled) -> Points {
        let small = self.small.and_then(|(numerator, denominator)| {
            // A scaled value is a number of millionths, and so are points.
            let product = numerator.checked_mul(i128::from(scaled.micro()))?;
            i64::try_from(round_half_even_small(product, denominator)?).ok()
        });
        small.map_or_else(|| micro(&(&self.exact * &scaled.to_rational())), Points::from_micro)
    }
}

/// Points of each part, in order. Their sum is the score.
pub(crate) fn contributions(aggregation: Aggregation, parts: &[Part<'_>]) -> Vec<Points> {
    let earned: Vec<Points> = parts.iter().map(|p| p.weight.earned(p.scaled)).collect();
    match aggregation {
        Aggregation::WeightedSum => earned,
        Aggregation::Geometric => spread_loss(parts, &earned, geometric(parts)),
        Aggregation::Weakest => spread_loss(parts, &earned, weakest(parts)),
    }
}

fn micro(points: &Rational) -> Points {
    Points::from_micro(points.to_scaled_half_even(6).to_i64().unwrap_or(0))
}

/// Each criterion's share of its own weight that was earned, with that weight.
fn criteria(parts: &[Part<'_>]) -> Vec<(Rational, Rational)> {
    let count = parts.iter().map(|p| p.criterion + 1).max().unwrap_or(0);
    let mut sums = vec![(Rational::zero(), Rational::zero()); count];
    for part in parts {
        let (weight, earned) = &mut sums[part.criterion];
        *weight = &*weight + &part.weight.exact;
        *earned = &*earned + &(&part.weight.exact * &part.scaled.to_rational());
    }
    sums.retain(|(weight, _)| !weight.is_zero());
    sums.into_iter()
        .map(|(weight, earned)| {
            let share = earned.checked_div(&weight).unwrap_or_else(Rational::zero);
            (weight, share)
        })
        .collect()
}

/// 100 · Π share^(weight/100): a weak criterion cannot be bought back in full by a strong one.
fn geometric(parts: &[Part<'_>]) -> Points {
    let criteria = criteria(parts);
    if criteria.iter().any(|(_, share)| share.is_zero()) {
        return Points::ZERO;
    }
    let one = Rational::one();
    if criteria.iter().all(|(_, share)| *share == one) {
        return Points::FULL;
    }
    let log: f64 = criteria.iter().map(|(w, s)| w.to_f64() / 100.0 * libm::log(s.to_f64())).sum();
    let score = Rational::from_f64(100.0 * libm::exp(log)).unwrap_or_else(Rational::zero);
    micro(&score).min(Points::FULL)
}

/// 100 · the smallest share.
fn weakest(parts: &[Part<'_>]) -> Points {
    let least = criteria(parts).into_iter().map(|(_, share)| share).min().unwrap_or_else(Rational::zero);
    micro(&(&Rational::from(100u8) * &least))
}

/// Each part's weight less its share of what is missing to 100, shared in proportion to what the part itself fell
/// short of. Whole micro-points by largest remainder, so the contributions add up to `score`.
fn spread_loss(parts: &[Part<'_>], earned: &[Points], score: Points) -> Vec<Points> {
    let weights: Vec<i64> = apportion_weights(parts);
    let short: Vec<i64> = weights.iter().zip(earned).map(|(w, e)| (w - e.micro()).max(0)).collect();
    let loss = weights.iter().sum::<i64>() - score.micro();
    let losses = largest_remainder(loss, &short);
    weights.iter().zip(losses).map(|(w, l)| Points::from_micro(w - l)).collect()
}

/// Weights in whole micro-points that still sum to a full score.
fn apportion_weights(parts: &[Part<'_>]) -> Vec<i64> {
    let exact: Vec<BigInt> = parts.iter().map(|p| p.weight.exact.to_scaled_half_even(12)).collect();
    let numbers: Vec<i64> = exact.iter().map(|w| w.to_i64().unwrap_or(0)).collect();
    largest_remainder(Points::FULL.micro(), &numbers)
}

/// Splits `total` in proportion to `shares` into integers that sum to it; equal remainders go to the earlier part.
/// With no shares at all the first part takes everything (nothing, for an empty list).
fn largest_remainder(total: i64, shares: &[i64]) -> Vec<i64> {
    let sum: i128 = shares.iter().map(|s| i128::from(*s)).sum();
    if sum == 0 {
        let mut all = vec![0; shares.len()];
        if let Some(first) = all.first_mut() {
            *first = total;
        }
        return all;
    }
    let exact: Vec<(i128, i128)> = shares
        .iter()
        .map(|s| {
            let product = i128::from(*s) * i128::from(total);
            (product.div_euclid(sum), product.rem_euclid(sum))
        })
        .collect();
    let floor_sum: i128 = exact.iter().map(|(floor, _)| floor).sum();
    let ups = usize::try_from(i128::from(total) - floor_sum).unwrap_or(0);
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| exact[*b].1.cmp(&exact[*a].1).then(a.cmp(b)));
    let mut parts: Vec<i64> = exact.iter().map(|(floor, _)| i64::try_from(*floor).unwrap_or(0)).collect();
    for index in order.into_iter().take(ups) {
        parts[index] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scaled(micro: u32) -> Scaled {
        crate::scale::scale(
            &adil_policy::Scale::Goalposts { low: Rational::zero(), high: Rational::from(1_000_000u32) },
            &crate::Raw::number(&Rational::from(micro)),
            None,
        )
        .unwrap()
    }

    fn score(aggregation: Aggregation, weights: &[u32], values: &[u32]) -> Vec<Points> {
        let weights: Vec<Weight> = weights.iter().map(|w| Weight::new(&Rational::from(*w))).collect();
        let parts: Vec<Part<'_>> = weights
            .iter()
            .zip(values)
            .enumerate()
            .map(|(criterion, (weight, value))| Part { criterion, weight, scaled: scaled(*value) })
            .collect();
        contributions(aggregation, &parts)
    }

    #[test]
    fn a_weighted_sum_is_what_a_person_adds_up() {
        let points = score(Aggregation::WeightedSum, &[40, 60], &[500_000, 250_000]);
        assert_eq!(points, [Points::from_micro(20_000_000), Points::from_micro(15_000_000)]);
    }

    #[test]
    fn the_weakest_criterion_decides_and_the_loss_is_shared_by_shortfall() {
        let points = score(Aggregation::Weakest, &[50, 50], &[200_000, 1_000_000]);
        assert_eq!(points.iter().copied().sum::<Points>(), Points::from_micro(20_000_000));
        assert_eq!(points[1], Points::from_micro(50_000_000), "what lost nothing keeps its weight");
        assert_eq!(points[0], Points::from_micro(-30_000_000));
    }

    #[test]
    fn a_geometric_mean_of_a_half_and_a_half_is_a_half() {
        let points = score(Aggregation::Geometric, &[50, 50], &[500_000, 500_000]);
        assert_eq!(points.into_iter().sum::<Points>(), Points::from_micro(50_000_000));
        let none = score(Aggregation::Geometric, &[50, 50], &[0, 1_000_000]);
        assert_eq!(none.into_iter().sum::<Points>(), Points::ZERO);
        let all = score(Aggregation::Geometric, &[50, 50], &[1_000_000, 1_000_000]);
        assert_eq!(all.into_iter().sum::<Points>(), Points::FULL);
    }

    proptest! {
        #[test]
        fn a_geometric_score_lies_between_the_weakest_and_the_sum(
            values in proptest::collection::vec(0u32..=1_000_000, 4)
        ) {
            let weights = [10, 20, 30, 40];
            let total = |a| score(a, &weights, &values).into_iter().sum::<Points>();
            let (weak, mean, sum) =
                (total(Aggregation::Weakest), total(Aggregation::Geometric), total(Aggregation::WeightedSum));
            // Each is rounded once, to a millionth.
            let slack = Points::from_micro(1);
            prop_assert!(weak <= mean + slack && mean <= sum + slack);
        }

        #[test]
        fn largest_remainder_sums_and_stays_within_one(
            total in -100_000_000i64..=100_000_000,
            shares in proptest::collection::vec(0i64..1_000_000_000, 1..8)
        ) {
            let parts = largest_remainder(total, &shares);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            let sum: i128 = shares.iter().map(|s| i128::from(*s)).sum();
            for (part, share) in parts.iter().zip(&shares) {
                if sum > 0 {
                    let off = i128::from(*part) * sum - i128::from(*share) * i128::from(total);
                    prop_assert!(off.abs() < sum);
                }
            }
        }
    }
}
