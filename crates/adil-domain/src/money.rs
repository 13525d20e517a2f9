//! Money: a whole number of minor units (tiyn, cents) and its currency.

use std::fmt;
use std::str::FromStr;

use num_traits::ToPrimitive;

use crate::rational::{DecimalError, Rational, parse_decimal, scaled_to_string, shorten};

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

/// The currency code is unknown to us, so its number of decimals is too.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a currency known here; known are {known}")]
pub struct UnknownCurrency {
    found: String,
    known: String,
}

/// ISO 4217 codes and the number of decimals of the minor unit.
const CURRENCIES: &[(&str, u8)] = &[
    ("AUD", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("JPY", 0),
    ("KGS", 2),
    ("KZT", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PLN", 2),
    ("RUB", 2),
    ("SEK", 2),
    ("TND", 3),
    ("TRY", 2),
    ("UAH", 2),
    ("USD", 2),
    ("UZS", 2),
];

impl Currency {
    /// No currency (ISO 4217), for texts that hold no amount.
    pub const NONE: Self = Self { code: *b"XXX", decimals: 2 };

    /// The three letters, such as `KZT`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Decimals of the minor unit: 2 for cents and tiyn.
    pub fn decimals(&self) -> u32 {
        u32::from(self.decimals)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        CURRENCIES
            .iter()
            .find(|(known, _)| *known == code)
            .and_then(|(known, decimals)| {
                Some(Self { code: <[u8; 3]>::try_from(known.as_bytes()).ok()?, decimals: *decimals })
            })
            .ok_or_else(|| UnknownCurrency {
                found: shorten(code),
                known: CURRENCIES.iter().map(|(c, _)| *c).collect::<Vec<_>>().join(", "),
            })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount: a whole number of minor units of one currency.
///
/// Arithmetic is checked: a sum that would not fit, or that mixes currencies, is `None` and never a wrong number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    currency: Currency,
    minor: i64,
}

impl Money {
    /// So many minor units (cents, tiyn).
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { currency, minor }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { currency, minor: 0 }
    }

    /// Reads a decimal of major units with at most the currency's decimals, such as `12345.67`.
    ///
    /// # Errors
    /// Anything but a plain decimal; more decimals than the currency has; more than an `i64` of minor units holds.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        let (mut digits, written) = parse_decimal(text)?;
        let allowed = usize::from(currency.decimals);
        if written <= allowed {
            for _ in written..allowed {
                digits *= 10u8;
            }
        } else {
            let significant = text.trim_end_matches('0').split_once('.').map_or(0, |(_, f)| f.len());
            if significant > allowed {
                return Err(DecimalError::TooManyDecimals {
                    text: shorten(text),
                    found: significant,
                    allowed: currency.decimals(),
                });
            }
            for _ in allowed..written {
                digits /= 10u8;
            }
        }
        let minor = digits.to_i64().ok_or_else(|| DecimalError::TooLarge(shorten(text)))?;
        Ok(Self { currency, minor })
    }

    /// Minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, exactly.
    pub fn to_rational(self) -> Rational {
        Rational::from_scaled(self.minor, self.currency.decimals())
    }

    /// The sum, unless the currencies differ or it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.same(other)?;
        Some(Self { minor: self.minor.checked_add(other.minor)?, ..self })
    }

    /// The difference, unless the currencies differ or it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.same(other)?;
        Some(Self { minor: self.minor.checked_sub(other.minor)?, ..self })
    }

    /// So many times the amount, unless it does not fit.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        Some(Self { minor: self.minor.checked_mul(times)?, ..self })
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    fn same(self, other: Self) -> Option<()> {
        (self.currency == other.currency).then_some(())
    }

    /// The decimal in major units as tables hold it: `26575350` when whole, else with all decimals: `12345.60`.
    pub fn to_short_string(self) -> String {
        let full = self.to_string();
        match full.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|b| b == b'0') => whole.to_owned(),
            _ => full,
        }
    }
}

impl fmt::Display for Money {
    /// The exact decimal in major units with all decimals of the currency: `12345.60`. No currency sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&scaled_to_string(&self.minor.into(), self.currency.decimals()))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn eur() -> Currency {
        "EUR".parse().unwrap()
    }

    proptest! {
        #[test]
        fn printing_and_reading_give_the_amount_back(minor in any::<i64>()) {
            let money = Money::from_minor(minor, eur());
            prop_assert_eq!(Money::parse(&money.to_string(), eur()), Ok(money));
            prop_assert_eq!(Money::parse(&money.to_short_string(), eur()), Ok(money));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = Money::parse(&text, eur());
        }
    }

    #[test]
    fn more_decimals_than_the_currency_has_are_refused() {
        assert!(matches!(
            Money::parse("1.234", eur()),
            Err(DecimalError::TooManyDecimals { found: 3, allowed: 2, .. })
        ));
        assert_eq!(Money::parse("1.2300", eur()).unwrap().minor(), 123);
        assert!(Money::parse("1.5", "JPY".parse().unwrap()).is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(matches!(Money::parse("92233720368547758.08", eur()), Err(DecimalError::TooLarge(_))));
        assert_eq!(Money::parse("92233720368547758.07", eur()).unwrap().minor(), i64::MAX);
        assert_eq!(Money::from_minor(i64::MAX, eur()).checked_add(Money::from_minor(1, eur())), None);
    }

    #[test]
    fn currencies_do_not_mix() {
        let tenge = Money::from_minor(1, "KZT".parse().unwrap());
        assert_eq!(tenge.checked_add(Money::from_minor(1, eur())), None);
    }
}
