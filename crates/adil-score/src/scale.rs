//! One value to a whole number of millionths between 0 and 1.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use adil_domain::{BigInt, Rational};
use adil_policy::{Band, Scale};
use num_traits::ToPrimitive;

use crate::VALUE_DECIMALS;

/// A scaled value: millionths, `0..=1_000_000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scaled(u32);

impl Scaled {
    /// Nothing of the weight.
    pub const ZERO: Self = Self(0);
    /// All of the weight.
    pub const ONE: Self = Self(1_000_000);

    /// So many millionths; more than all is all.
    pub const fn from_micro(micro: u32) -> Self {
        if micro > Self::ONE.0 { Self::ONE } else { Self(micro) }
    }

    /// Millionths.
    pub const fn micro(self) -> u32 {
        self.0
    }

    /// The nearest millionth, halves to even, clamped to 0..1.
    fn fix(value: &Rational) -> Self {
        let micro = value.to_scaled_half_even(6);
        match micro.to_i64() {
            Some(m @ 0..=1_000_000) => Self(u32::try_from(m).unwrap_or(0)),
            Some(m) if m > 0 => Self::ONE,
            Some(_) => Self::ZERO,
            None if value.is_negative() => Self::ZERO,
            None => Self::ONE,
        }
    }

    /// The exact number.
    pub fn to_rational(self) -> Rational {
        Rational::from_scaled(self.0, 6)
    }
}

impl std::fmt::Display for Scaled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_rational().to_decimal(6))
    }
}

/// What an indicator's expression gave for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Not known: the indicator's missing-value rule applies.
    Missing,
    /// A number, already the published decimal.
    Number(Rational),
    /// A word, for a `categories` scale.
    Word(Arc<str>),
}

impl Raw {
    /// A number fixed to the decimals it is published with, so that anyone can start from the published value.
    pub fn number(value: &Rational) -> Self {
        Self::Number(value.fixed(VALUE_DECIMALS))
    }

    /// The value as it is published; empty when missing.
    pub fn published(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Number(n) => n.to_short_decimal(VALUE_DECIMALS),
            Self::Word(w) => w.to_string(),
        }
    }
}

/// What the values of a group say together, for the scales that need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct GroupFacts {
    pub(crate) sorted: Vec<Rational>,
    pub(crate) mean: Option<Rational>,
    pub(crate) deviation: Option<Rational>,
}

/// Decimals to which a standard deviation is taken (its square root is cut, not rounded).
const DEVIATION_DECIMALS: u32 = 18;

impl GroupFacts {
    /// Facts of the known numbers of each group.
    pub(crate) fn collect(values: &[Raw], groups: &[Arc<str>]) -> BTreeMap<Arc<str>, Self> {
        let mut by_group: BTreeMap<Arc<str>, Vec<Rational>> = BTreeMap::new();
        for (raw, group) in values.iter().zip(groups) {
            if let Raw::Number(n) = raw {
                by_group.entry(group.clone()).or_default().push(n.clone());
            }
        }
        by_group.into_iter().map(|(group, numbers)| (group, Self::of(numbers))).collect()
    }

    fn of(mut sorted: Vec<Rational>) -> Self {
        sorted.sort();
        let count = Rational::from(sorted.len());
        let mean = sorted.iter().cloned().sum::<Rational>().checked_div(&count);
        let deviation = mean.as_ref().and_then(|mean| {
            let squares: Rational = sorted.iter().map(|v| v - mean).map(|d| &d * &d).sum();
            let variance = squares.checked_div(&count)?;
            Some(square_root(&variance))
        });
        Self { sorted, mean, deviation }
    }

    /// The middle value, or the mean of the two in the middle.
    pub(crate) fn median(&self) -> Option<Rational> {
        let n = self.sorted.len();
        let upper = self.sorted.get(n / 2)?;
        if n % 2 == 1 {
            return Some(upper.clone());
        }
        (self.sorted.get(n / 2 - 1)? + upper).checked_div(&Rational::from(2u8))
    }

    /// Mid-rank of `value` among the group: the part below it and half the part equal to it.
    fn percentile(&self, value: &Rational) -> Rational {
        let below = self.sorted.partition_point(|v| v < value);
        let not_above = self.sorted.partition_point(|v| v <= value);
        Rational::ratio(below + not_above, 2 * self.sorted.len().max(1)).unwrap_or_else(Rational::zero)
    }
}

/// The square root, cut to [`DEVIATION_DECIMALS`] decimals, in integers.
fn square_root(value: &Rational) -> Rational {
    let scale = BigInt::from(10u8).pow(2 * DEVIATION_DECIMALS);
    let scaled = value.numerator() * scale / value.denominator();
    Rational::from_scaled(scaled.sqrt(), DEVIATION_DECIMALS)
}

/// The scaled value, or `None` when the scale has no place for it (a word no category names).
pub(crate) fn scale(scale: &Scale, raw: &Raw, facts: Option<&GroupFacts>) -> Option<Scaled> {
    let number = match raw {
        Raw::Missing => return None,
        Raw::Word(word) => {
            let Scale::Categories { marks, top, other } = scale else { return None };
            let mark = marks.get(&**word).or(other.as_ref())?;
            return mark.checked_div(top).map(|s| Scaled::fix(&s));
        }
        Raw::Number(n) => n,
    };
    Some(match scale {
        Scale::Goalposts { low, high } => Scaled::fix(&position(number, low, high)),
        Scale::Bands { bands, top } => Scaled::fix(&band_mark(bands, number).checked_div(top)?),
        Scale::Categories { other, top, .. } => Scaled::fix(&other.as_ref()?.checked_div(top)?),
        Scale::Log { low, high } => logarithmic(number, low, high),
        Scale::Percentile { reverse, .. } => Scaled::fix(&turned(facts?.percentile(number), *reverse)),
        Scale::ZScore { clamp, reverse, .. } => {
            let facts = facts?;
            let distance = number - facts.mean.as_ref()?;
            let z = distance.checked_div(facts.deviation.as_ref()?).unwrap_or_else(Rational::zero);
            let s = (&z + clamp).checked_div(&(clamp + clamp)).unwrap_or_else(Rational::zero);
            Scaled::fix(&turned(clamped(s), *reverse))
        }
    })
}

fn clamped(s: Rational) -> Rational {
    s.max(Rational::zero()).min(Rational::one())
}

fn turned(s: Rational, reverse: bool) -> Rational {
    if reverse { &Rational::one() - &s } else { s }
}

/// Where `value` stands on the straight line from `low` (0) to `high` (1), clamped. `low > high` reverses.
fn position(value: &Rational, low: &Rational, high: &Rational) -> Rational {
    let part = (value - low).checked_div(&(high - low));
    // The policy's check refuses equal ends; a zero here would still be no panic.
    clamped(part.unwrap_or_else(Rational::zero))
}

/// The mark of the last band that starts at or below the value; zero below them all.
fn band_mark(bands: &[Band], value: &Rational) -> Rational {
    bands.iter().rev().find(|b| b.from <= *value).map_or_else(Rational::zero, |b| b.mark.clone())
}

/// Position on a logarithmic line. `libm` and not the standard library, whose logarithms differ by platform.
fn logarithmic(value: &Rational, low: &Rational, high: &Rational) -> Scaled {
    let (start, end) = if low < high { (low, high) } else { (high, low) };
    let rising = match (value.cmp(start), value.cmp(end)) {
        (Ordering::Less | Ordering::Equal, _) => Scaled::ZERO,
        (_, Ordering::Greater | Ordering::Equal) => Scaled::ONE,
        _ => {
            let ln = |r: &Rational| libm::log(r.to_f64());
            let part = (ln(value) - ln(start)) / (ln(end) - ln(start));
            Rational::from_f64(part).map_or(Scaled::ZERO, |p| Scaled::fix(&p))
        }
    };
    if low < high { rising } else { Scaled(Scaled::ONE.0 - rising.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn number(text: &str) -> Raw {
        Raw::number(&r(text))
    }

    fn alone(kind: &Scale, raw: &Raw) -> Option<u32> {
        scale(kind, raw, None).map(Scaled::micro)
    }

    #[test]
    fn goalposts_are_a_clamped_straight_line_and_turn_round() {
        let up = Scale::Goalposts { low: r("0"), high: r("50") };
        let down = Scale::Goalposts { low: r("50"), high: r("0") };
        for (value, rising) in [("-1", 0), ("0", 0), ("12.5", 250_000), ("50", 1_000_000), ("99", 1_000_000)]
        {
            assert_eq!(alone(&up, &number(value)), Some(rising));
            assert_eq!(alone(&down, &number(value)), Some(1_000_000 - rising));
        }
        assert_eq!(alone(&Scale::Goalposts { low: r("0"), high: r("3") }, &number("1")), Some(333_333));
    }

    #[test]
    fn bands_give_the_mark_of_the_last_threshold_reached() {
        let bands = [("0", "3"), ("10", "2"), ("50", "0")]
            .map(|(from, mark)| Band { from: r(from), mark: r(mark) })
            .to_vec();
        let irish = Scale::Bands { bands, top: r("3") };
        for (value, expected) in
            [("-5", 0), ("0", 1_000_000), ("9.999999", 1_000_000), ("10", 666_667), ("50", 0)]
        {
            assert_eq!(alone(&irish, &number(value)), Some(expected), "{value}");
        }
    }

    #[test]
    fn a_word_without_a_category_is_not_guessed() {
        let marks = BTreeMap::from([("Local".to_owned(), r("2")), ("Non-Local".to_owned(), r("3"))]);
        let strict = Scale::Categories { marks: marks.clone(), top: r("3"), other: None };
        let lenient = Scale::Categories { marks, top: r("3"), other: Some(r("1")) };
        assert_eq!(alone(&strict, &Raw::Word("Local".into())), Some(666_667));
        assert_eq!(alone(&strict, &Raw::Word("National".into())), None);
        assert_eq!(alone(&lenient, &Raw::Word("National".into())), Some(333_333));
    }

    #[test]
    fn a_logarithm_meets_its_ends_exactly() {
        let kind = Scale::Log { low: r("1"), high: r("1000") };
        for (value, expected) in [("0", 0), ("1", 0), ("10", 333_333), ("100", 666_667), ("1000", 1_000_000)]
        {
            assert_eq!(alone(&kind, &number(value)), Some(expected), "{value}");
        }
        let down = Scale::Log { low: r("1000"), high: r("1") };
        assert_eq!(alone(&down, &number("10")), Some(666_667));
    }

    #[test]
    fn a_percentile_is_the_mid_rank_of_its_own_group() {
        let values = ["1", "2", "2", "9", "100"].map(number);
        let groups: Vec<Arc<str>> = ["a", "a", "a", "a", "b"].map(Arc::from).to_vec();
        let facts = GroupFacts::collect(&values, &groups);
        let kind = Scale::Percentile { within: None, reverse: false };
        let got: Vec<_> =
            values.iter().zip(&groups).map(|(v, g)| scale(&kind, v, facts.get(g)).unwrap().micro()).collect();
        assert_eq!(got, [125_000, 500_000, 500_000, 875_000, 500_000]);
    }

    #[test]
    fn a_zscore_is_clamped_and_a_group_of_equals_stands_in_the_middle() {
        let values = ["1", "3"].map(number);
        let groups: Vec<Arc<str>> = ["", ""].map(Arc::from).to_vec();
        let facts = GroupFacts::collect(&values, &groups);
        let kind = Scale::ZScore { within: None, clamp: r("2"), reverse: false };
        assert_eq!(scale(&kind, &values[0], facts.get("")).map(Scaled::micro), Some(250_000));
        let equal = GroupFacts::collect(&["5", "5"].map(number), &groups);
        assert_eq!(scale(&kind, &number("5"), equal.get("")).map(Scaled::micro), Some(500_000));
    }

    #[test]
    fn the_median_of_an_even_group_is_between() {
        let facts = GroupFacts::of(["4", "1", "3", "2"].map(r).to_vec());
        assert_eq!(facts.median(), Some(r("2.5")));
        assert_eq!(GroupFacts::default().median(), None);
    }
}
