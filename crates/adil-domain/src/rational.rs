//! One exact number type for everything the policy computes.
//!
//! A decimal means what is written (`0.8` is four fifths); nothing passes through floating point.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// The most digits a decimal may be written with. A longer one is no measured quantity but an attack on memory.
pub const MAX_DIGITS: usize = 60;

/// An exact rational number of any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(BigRational);

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
        Self(BigRational::zero())
    }

    /// One.
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Option<Self> {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        if denominator.is_zero() {
            return None;
        }
        let small = numerator.to_i128().zip(denominator.to_i128()).and_then(|(n, d)| Small::reduced(n, d));
        Some(small.map_or_else(|| Self(BigRational::new(numerator, denominator)), Small::into_rational))
    }

    /// An integer number of 10^-`decimals`: `from_scaled(1250, 2)` is 12.5.
    pub fn from_scaled(value: impl Into<BigInt>, decimals: u32) -> Self {
        let denominator = BigInt::from(10u8).pow(decimals);
        Self::ratio(value, denominator).unwrap_or_else(Self::zero)
    }

    /// Divides; `None` when `other` is zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        let small = Small::pair(self, other).and_then(|(a, b)| a.multiply(b.inverse()?));
        Some(small.map_or_else(|| Self(&self.0 / &other.0), Small::into_rational))
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The numerator of the reduced fraction.
    pub fn numerator(&self) -> &BigInt {
        self.0.numer()
    }

    /// The denominator of the reduced fraction, always positive.
    pub fn denominator(&self) -> &BigInt {
        self.0.denom()
    }

    /// The largest integer not above the number.
    pub fn floor(&self) -> BigInt {
        self.0.floor().to_integer()
    }

    /// The smallest integer not below the number.
    pub fn ceil(&self) -> BigInt {
        self.0.ceil().to_integer()
    }

    /// The nearest integer number of 10^-`decimals`, halves to even.
    pub fn to_scaled_half_even(&self, decimals: u32) -> BigInt {
        round_half_even(&(self.0.numer() * BigInt::from(10u8).pow(decimals)), self.0.denom())
    }

    /// The number fixed to `decimals` decimals, halves to even: what is published, and what is then computed with.
    #[must_use]
    pub fn fixed(&self, decimals: u32) -> Self {
        Self::from_scaled(self.to_scaled_half_even(decimals), decimals)
    }

    /// A nearby `f64`, for transcendental functions and pictures only; never for money or points.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The exact value of a finite `f64`; `None` for infinities and NaN.
    pub fn from_f64(value: f64) -> Option<Self> {
        BigRational::from_float(value).map(Self)
    }

    /// The whole number, when it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.is_integer().then(|| self.0.to_integer().to_i64()).flatten()
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
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
        let mut rest = self.0.denom().clone();
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
            write!(f, "{}/{}", self.0.numer(), self.0.denom())
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
                Self(BigRational::from_integer(BigInt::from(value)))
            }
        }
    )*};
}
from_integers!(u8, u32, u64, u128, usize, i32, i64, i128, BigInt);

/// Numerator and denominator where both fit in 128 bits, which is nearly always: there the greatest common divisor takes a
/// tenth of the time that it takes in big integers.
#[derive(Clone, Copy)]
struct Small {
    numerator: i128,
    denominator: i128,
}

impl Small {
    fn of(value: &Rational) -> Option<Self> {
        Some(Self { numerator: value.0.numer().to_i128()?, denominator: value.0.denom().to_i128()? })
    }

    fn pair(a: &Rational, b: &Rational) -> Option<(Self, Self)> {
        Some((Self::of(a)?, Self::of(b)?))
    }

    /// The sum (or with `sign` -1 the difference); `None` where it leaves 128 bits.
    fn add(self, other: Self, sign: i128) -> Option<Self> {
        // Knuth, The Art of Computer Programming, vol. 2, 4.5.1: only a common part of the denominators can cancel.
        let common = gcd(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let common = i128::try_from(common).ok()?;
        let (left, right) = (other.denominator / common, self.denominator / common);
        let right_numerator = other.numerator.checked_mul(sign)?;
        let sum = self.numerator.checked_mul(left)?.checked_add(right_numerator.checked_mul(right)?)?;
        let cancels = i128::try_from(gcd(sum.unsigned_abs(), common.unsigned_abs())).ok()?;
        let denominator = (self.denominator / cancels).checked_mul(left)?;
        Some(Self { numerator: sum / cancels, denominator })
    }

    fn multiply(self, other: Self) -> Option<Self> {
        let one =
            i128::try_from(gcd(self.numerator.unsigned_abs(), other.denominator.unsigned_abs())).ok()?;
        let two =
            i128::try_from(gcd(other.numerator.unsigned_abs(), self.denominator.unsigned_abs())).ok()?;
        Some(Self {
            numerator: (self.numerator / one).checked_mul(other.numerator / two)?,
            denominator: (self.denominator / two).checked_mul(other.denominator / one)?,
        })
    }

    /// The fraction in its lowest terms, the denominator above zero; `None` at the edge of 128 bits.
    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        let common = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let (numerator, denominator) = (numerator / common, denominator / common);
        if denominator < 0 {
            return Some(Self {
                numerator: numerator.checked_neg()?,
                denominator: denominator.checked_neg()?,
            });
        }
        Some(Self { numerator, denominator })
    }

    /// One over it; it must not be zero.
    fn inverse(self) -> Option<Self> {
        let sign = self.numerator.signum();
        Some(Self {
            numerator: self.denominator.checked_mul(sign)?,
            denominator: self.numerator.checked_mul(sign)?,
        })
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        let left = self.numerator.checked_mul(other.denominator)?;
        Some(left.cmp(&other.numerator.checked_mul(self.denominator)?))
    }

    /// The parts are already without a common divisor.
    fn into_rational(self) -> Rational {
        Rational(BigRational::new_raw(self.numerator.into(), self.denominator.into()))
    }
}

/// The greatest common divisor by halving (Stein); of zero and zero it is one, so that dividing by it is always possible.
pub fn gcd(mut a: u128, mut b: u128) -> u128 {
    if a == 0 || b == 0 {
        return (a | b).max(1);
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << twos
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        Small::pair(self, other).and_then(|(a, b)| a.compare(b)).unwrap_or_else(|| {
            let left = self.0.numer() * other.0.denom();
            left.cmp(&(other.0.numer() * self.0.denom()))
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
                let small = Small::pair(self, other).and_then(|(a, b)| $small(a, b));
                small.map_or_else(|| Rational(&self.0 $op &other.0), Small::into_rational)
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
        Rational(-&self.0)
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
            prop_assert_eq!(&(&x + &y).0, &(&x.0 + &y.0));
            prop_assert_eq!(&(&x - &y).0, &(&x.0 - &y.0));
            prop_assert_eq!(&(&x * &y).0, &(&x.0 * &y.0));
            prop_assert_eq!(x.cmp(&y), x.0.cmp(&y.0));
            prop_assert_eq!(x.checked_div(&y).unwrap().0, &x.0 / &y.0);
            prop_assert_eq!(&x.0, &BigRational::new(a.into(), b.into()));
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
