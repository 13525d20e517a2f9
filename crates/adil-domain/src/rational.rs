//! One exact number type for everything the policy computes.
//!
//! A decimal means what is written (`0.8` is four fifths); nothing passes through floating point.

mod small;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use small::Small;
pub use small::{gcd, round_half_even_small};

/// The most digits a decimal may be written with. A longer one is no measured quantity but an attack on memory.
pub const MAX_DIGITS: usize = 60;

/// An exact rational number of any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

/// One number has one form, so that equal numbers are equal: small where it fits.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Small),
    Big(Box<BigRational>),
}

/// Why a text is no decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Nothing is written.
    #[error("no number is written here")]
    Empty,
    /// The text is not digits with at most one point.
    #[error("`{0}` is not a number: digits are expected, with a point before decimals, such as 1234.56")]
    NotANumber(String),
    /// Comma for decimals or for thousands; which one is not for us to guess.
    #[error("`{0}` has a comma or a space: write digits with a point before decimals, such as 1234.56")]
    Separators(String),
    /// More digits than [`MAX_DIGITS`].
    #[error("a number of {0} digits is longer than the {MAX_DIGITS} that are read")]
    TooLong(usize),
    /// More decimals than the quantity has.
    #[error("`{text}` has {found} decimals, but at most {allowed} are possible here")]
    TooManyDecimals {
        /// What was written.
        text: String,
        /// Decimals found, trailing zeros left out.
        found: usize,
        /// Decimals allowed.
        allowed: u32,
    },
    /// The value does not fit in the integer that holds it.
    #[error("`{0}` is too large")]
    TooLarge(String),
}

/// A decimal taken apart: the integer of all its digits, and how many of them stand after the point.
pub(crate) fn parse_decimal(text: &str) -> Result<(BigInt, usize), DecimalError> {
    let not_a_number = || DecimalError::NotANumber(shorten(text));
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (negative, digits) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.len() > MAX_DIGITS + 1 {
        return Err(DecimalError::TooLong(digits.len()));
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        let separator =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}');
        let separated = digits.chars().all(separator) && digits.chars().any(|c| c.is_ascii_digit());
        return Err(if separated { DecimalError::Separators(shorten(text)) } else { not_a_number() });
    }
    if whole.is_empty() || (digits.contains('.') && fraction.is_empty()) {
        return Err(not_a_number());
    }
    let value: BigInt = format!("{whole}{fraction}").parse().map_err(|_| not_a_number())?;
    Ok((if negative { -value } else { value }, fraction.len()))
}

/// Keeps a message readable when a cell holds a novel.
pub(crate) fn shorten(text: &str) -> String {
    const KEEP: usize = 40;
    if text.chars().count() <= KEEP {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(KEEP).collect::<String>())
    }
}

/// The quotient rounded to the nearest integer, halves to the even one (as ISO 80000 and banks do).
pub(crate) fn round_half_even(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (floor, rest) = numerator.div_mod_floor(denominator);
    match (&rest * 2u8).cmp(denominator) {
        Ordering::Less => floor,
        Ordering::Equal if floor.is_even() => floor,
        Ordering::Equal | Ordering::Greater => floor + 1u8,
    }
}

impl Rational {
    /// Zero.
    pub fn zero() -> Self {
        Self::small(Small::integer(0))
    }

    /// One.
    pub fn one() -> Self {
        Self::small(Small::integer(1))
    }

    const fn small(small: Small) -> Self {
        Self(Repr::Small(small))
    }

    /// A fraction in its lowest terms, in the form that its size asks for.
    fn of(value: BigRational) -> Self {
        match value.numer().to_i128().zip(value.denom().to_i128()) {
            Some((numerator, denominator)) => Self::small(Small { numerator, denominator }),
            None => Self(Repr::Big(Box::new(value))),
        }
    }

    fn big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(small) => BigRational::new_raw(small.numerator.into(), small.denominator.into()),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Option<Self> {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        if denominator.is_zero() {
            return None;
        }
        let small = numerator.to_i128().zip(denominator.to_i128()).and_then(|(n, d)| Small::reduced(n, d));
        Some(small.map_or_else(|| Self::of(BigRational::new(numerator, denominator)), Self::small))
    }

    /// An integer number of 10^-`decimals`: `from_scaled(1250, 2)` is 12.5.
    pub fn from_scaled(value: impl Into<BigInt>, decimals: u32) -> Self {
        let value = value.into();
        let small = value.to_i128().zip(10i128.checked_pow(decimals)).and_then(|(n, d)| Small::reduced(n, d));
        match small {
            Some(small) => Self::small(small),
            None => Self::ratio(value, BigInt::from(10u8).pow(decimals)).unwrap_or_else(Self::zero),
        }
    }

    /// Divides; `None` when `other` is zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        let small = self.pair(other).and_then(|(a, b)| a.multiply(b.inverse()?));
        Some(small.map_or_else(|| Self::of(self.big() / other.big()), Self::small))
    }

    /// Both as small ones, when both are.
    const fn pair(&self, other: &Self) -> Option<(Small, Small)> {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => Some((*a, *b)),
            _ => None,
        }
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(Small { numerator: 0, .. }))
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.numerator < 0,
            Repr::Big(big) => big.is_negative(),
        }
    }

    /// The numerator of the reduced fraction.
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => small.numerator.into(),
            Repr::Big(big) => big.numer().clone(),
        }
    }

    /// The denominator of the reduced fraction, always positive.
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => small.denominator.into(),
            Repr::Big(big) => big.denom().clone(),
        }
    }

    /// The bits of the larger of numerator and denominator.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small(small) => {
                let larger = small.numerator.unsigned_abs().max(small.denominator.unsigned_abs());
                u64::from(u128::BITS - larger.leading_zeros())
            }
            Repr::Big(big) => big.numer().bits().max(big.denom().bits()),
        }
    }

    /// The largest integer not above the number.
    pub fn floor(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => small.numerator.div_euclid(small.denominator).into(),
            Repr::Big(big) => big.floor().to_integer(),
        }
    }

    /// The smallest integer not below the number.
    pub fn ceil(&self) -> BigInt {
        -(-self).floor()
    }

    /// The nearest integer number of 10^-`decimals`, halves to even.
    pub fn to_scaled_half_even(&self, decimals: u32) -> BigInt {
        if let Repr::Small(small) = &self.0 {
            let scaled = 10i128.checked_pow(decimals).and_then(|scale| small.numerator.checked_mul(scale));
            if let Some(whole) = scaled.and_then(|scaled| round_half_even_small(scaled, small.denominator)) {
                return whole.into();
            }
        }
        round_half_even(&(self.numerator() * BigInt::from(10u8).pow(decimals)), &self.denominator())
    }

    /// The number fixed to `decimals` decimals, halves to even: what is published, and what is then computed with.
    #[must_use]
    pub fn fixed(&self, decimals: u32) -> Self {
        Self::from_scaled(self.to_scaled_half_even(decimals), decimals)
    }

    /// A nearby `f64`, for transcendental functions and pictures only; never for money or points.
    pub fn to_f64(&self) -> f64 {
        self.big().to_f64().unwrap_or(f64::NAN)
    }

    /// The exact value of a finite `f64`; `None` for infinities and NaN.
    pub fn from_f64(value: f64) -> Option<Self> {
        BigRational::from_float(value).map(Self::of)
    }

    /// The whole number, when it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(Small { numerator, denominator: 1 }) => i64::try_from(*numerator).ok(),
            // A whole number that does not fit in 128 bits does not fit in 64.
            _ => None,
        }
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Writes exactly `decimals` decimals, rounding half to even: `2.5` with 2 is `2.50`.
    pub fn to_decimal(&self, decimals: u32) -> String {
        scaled_to_string(&self.to_scaled_half_even(decimals), decimals)
    }

    /// Writes at most `decimals` decimals (half to even), without trailing zeros: `2.50` is `2.5`.
    pub fn to_short_decimal(&self, decimals: u32) -> String {
        let text = self.to_decimal(decimals);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }
}

/// Writes an integer number of 10^-`decimals` as a decimal.
pub(crate) fn scaled_to_string(value: &BigInt, decimals: u32) -> String {
    let width = usize::try_from(decimals).unwrap_or(usize::MAX);
    let digits = value.magnitude().to_string();
    let sign = if value.is_negative() { "-" } else { "" };
    if width == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>least$}", least = width + 1);
    let (whole, fraction) = padded.split_at(padded.len() - width);
    format!("{sign}{whole}.{fraction}")
}

impl FromStr for Rational {
    type Err = DecimalError;

    /// Reads a plain decimal: sign, digits, point, digits.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (digits, decimals) = parse_decimal(text)?;
        let decimals = u32::try_from(decimals).map_err(|_| DecimalError::TooLong(decimals))?;
        Ok(Self::from_scaled(digits, decimals))
    }
}

impl fmt::Display for Rational {
    /// The exact decimal where there is one, else the fraction `n/d`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.denominator();
        let mut twos = 0u32;
        let mut fives = 0u32;
        while rest.is_even() {
            rest /= 2u8;
            twos += 1;
        }
        let five = BigInt::from(5u8);
        while rest.is_multiple_of(&five) {
            rest /= &five;
            fives += 1;
        }
        if rest.is_one() {
            f.write_str(&self.to_short_decimal(twos.max(fives)))
        } else {
            write!(f, "{}/{}", self.numerator(), self.denominator())
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rational({self})")
    }
}

impl serde::Serialize for Rational {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! from_integers {
    ($($t:ty),*) => {$(
        impl From<$t> for Rational {
            fn from(value: $t) -> Self {
                Self::of(BigRational::from_integer(BigInt::from(value)))
            }
        }
    )*};
}
from_integers!(u8, u32, u64, u128, usize, i32, i64, i128, BigInt);

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        self.pair(other).and_then(|(a, b)| a.compare(b)).unwrap_or_else(|| {
            let left = self.numerator() * other.denominator();
            left.cmp(&(other.numerator() * self.denominator()))
        })
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! operators {
    ($($name:ident $method:ident $op:tt $small:expr),*) => {$(
        impl $name for &Rational {
            type Output = Rational;
            fn $method(self, other: Self) -> Rational {
                let small = self.pair(other).and_then(|(a, b)| $small(a, b));
                small.map_or_else(|| Rational::of(self.big() $op other.big()), Rational::small)
            }
        }
        impl $name for Rational {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                &self $op &other
            }
        }
    )*};
}
operators!(
    Add add + (|a: Small, b| a.add(b, 1)),
    Sub sub - (|a: Small, b| a.add(b, -1)),
    Mul mul * (|a: Small, b| a.multiply(b))
);

impl Div for &Rational {
    type Output = Option<Rational>;

    /// As [`Rational::checked_div`]: there is no quotient by zero.
    fn div(self, other: Self) -> Option<Rational> {
        self.checked_div(other)
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Repr::Small(small) => match small.numerator.checked_neg() {
                Some(numerator) => Rational::small(Small { numerator, ..*small }),
                None => Rational::of(-self.big()),
            },
            Repr::Big(big) => Rational::of(-(**big).clone()),
        }
    }
}

impl std::iter::Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::zero(), |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn r(text: &str) -> Rational {
        text.parse().unwrap()
    }

    proptest! {
        /// The short way through 128 bits and the long way through big integers say the same, at the edges too.
        #[test]
        fn both_ways_of_computing_agree(a in number(), b in number(), c in number(), d in number()) {
            let (x, y) = (Rational::ratio(a, b).unwrap(), Rational::ratio(c, d).unwrap());
            let (p, q) = (BigRational::new(a.into(), b.into()), BigRational::new(c.into(), d.into()));
            prop_assert_eq!(x.big(), p.clone());
            // One number has one form, whichever way it was come by.
            prop_assert_eq!(&x + &y, Rational::of(&p + &q));
            prop_assert_eq!(&x - &y, Rational::of(&p - &q));
            prop_assert_eq!(&x * &y, Rational::of(&p * &q));
            prop_assert_eq!(-&x, Rational::of(-&p));
            prop_assert_eq!(x.abs(), Rational::of(p.abs()));
            prop_assert_eq!(x.cmp(&y), p.cmp(&q));
            prop_assert_eq!(x.checked_div(&y).unwrap(), Rational::of(&p / &q));
            prop_assert_eq!(x.floor(), p.floor().to_integer());
            prop_assert_eq!(x.ceil(), p.ceil().to_integer());
            prop_assert_eq!(x.is_negative(), p.is_negative());
            prop_assert_eq!(x.bits(), p.numer().bits().max(p.denom().bits()));
            let sixth = round_half_even(&(p.numer() * BigInt::from(1_000_000)), p.denom());
            prop_assert_eq!(x.to_scaled_half_even(6), sixth);
        }
    }

    fn number() -> impl Strategy<Value = i128> {
        let nonzero = prop_oneof![
            -50i128..50,
            any::<i64>().prop_map(i128::from),
            any::<i128>(),
            Just(i128::MAX),
            Just(i128::MIN),
        ];
        nonzero.prop_map(|n| if n == 0 { 7 } else { n })
    }

    #[test]
    fn a_decimal_means_what_is_written() {
        assert_eq!(r("0.8"), Rational::ratio(4, 5).unwrap());
        assert_eq!(r("-12.50").to_string(), "-12.5");
        assert_eq!(Rational::ratio(1, 3).unwrap().to_string(), "1/3");
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        for (text, expected) in [("0.5", 0), ("1.5", 2), ("2.5", 2), ("-0.5", 0), ("-1.5", -2), ("2.51", 3)] {
            assert_eq!(r(text).to_scaled_half_even(0), BigInt::from(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused_with_its_reason() {
        assert_eq!("".parse::<Rational>(), Err(DecimalError::Empty));
        for text in ["1.234,56", "1,5", "1 000"] {
            assert!(matches!(text.parse::<Rational>(), Err(DecimalError::Separators(_))), "{text}");
        }
        for text in ["NaN", "inf", "1e5", "--1", ".5", "5.", ".", "-", "0x10", "١"] {
            assert!(matches!(text.parse::<Rational>(), Err(DecimalError::NotANumber(_))), "{text}");
        }
        assert!(matches!("9".repeat(100).parse::<Rational>(), Err(DecimalError::TooLong(100))));
    }
}
