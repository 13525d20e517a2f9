//! Counts: the median and the interval of its order statistics, which no wrong number can move far.

use adil_domain::Rational;

/// A median with the interval in which the true one lies for nine of ten, whatever the distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Median {
    pub(super) middle: Rational,
    pub(super) low: Rational,
    pub(super) high: Rational,
}

/// The median of some numbers; `None` of none.
pub(super) fn median(mut numbers: Vec<Rational>) -> Option<Median> {
    numbers.sort();
    let many = numbers.len();
    let last = many.checked_sub(1)?;
    let sum = &numbers[last / 2] + &numbers[many / 2];
    let cut = outside(many);
    Some(Median {
        middle: sum.checked_div(&Rational::from(2u8))?,
        low: numbers[cut].clone(),
        high: numbers[last - cut].clone(),
    })
}

/// How many of the smallest, and of the largest, lie outside: the most for which so few or fewer of n fair coins fall on one side
/// with a chance of at most a twentieth (the sign test). Below five numbers even the whole range holds the median less often than
/// nine times of ten.
fn outside(many: usize) -> usize {
    /// From here on the normal distribution gives the same to within one.
    const LARGE: usize = 100;
    if many > LARGE {
        let n = super::truth::count(many);
        let cut = (n - 1.0 - 1.644_853_627 * libm::sqrt(n)) / 2.0;
        return (1..many).take_while(|k| super::truth::count(*k) <= cut).count();
    }
    // Σ C(n, i) for i < k against 2ⁿ ÷ 20; C(100, 50) has 97 bits.
    let mut sum: u128 = 0;
    let mut choose: u128 = 1;
    for k in 0..many {
        sum += choose;
        if sum * 20 > 1u128 << many {
            return k.saturating_sub(1);
        }
        choose = choose * u128::try_from(many - k).unwrap_or(0) / u128::try_from(k + 1).unwrap_or(1);
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[i64]) -> (String, String, String) {
        let found = median(numbers.iter().map(|n| Rational::from(*n)).collect()).unwrap();
        (found.low.to_short_decimal(1), found.middle.to_short_decimal(1), found.high.to_short_decimal(1))
    }

    fn said(low: &str, middle: &str, high: &str) -> (String, String, String) {
        (low.into(), middle.into(), high.into())
    }

    #[test]
    fn the_interval_is_that_of_the_sign_test() {
        assert_eq!(of(&[7]), said("7", "7", "7"));
        assert_eq!(of(&[4, 1, 2, 3]), said("1", "2.5", "4"));
        // The table of the sign test at a twentieth on each side: 1/32 for all of five, 9/256 for one of eight, and so on.
        for (many, cut) in [(2, 0), (5, 0), (7, 0), (8, 1), (10, 1), (11, 2), (20, 5), (50, 18), (100, 41)] {
            assert_eq!(outside(many), cut, "{many}");
        }
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn the_two_ways_agree_where_they_meet() {
        assert!(outside(101).abs_diff(outside(100)) <= 1);
        assert!(outside(100_000) > 49_700 && outside(100_000) < 49_760, "{}", outside(100_000));
    }

    #[test]
    fn fewer_than_half_can_not_move_it_beyond_the_others() {
        assert_eq!(of(&[10, 11, 12, 9_999, 9_999]).1, "12");
    }
}
