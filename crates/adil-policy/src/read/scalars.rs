//! Values of one cell: numbers, money, shares, dates, durations. Numbers are read from their digits, never through a
//! double.

use std::ops::{Range, RangeInclusive};

use adil_domain::{Currency, Date, Money, Rational};
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, Section, short};
use crate::expr::read_date;

impl<'t> Section<'t> {
    /// A number, written bare or as a text.
    pub(super) fn number(&self, reader: &mut Reader, key: &str) -> Option<(Rational, Range<usize>)> {
        let value = self.get(key)?;
        self.number_of(reader, key, value).map(|n| (n, value.span()))
    }

    pub(super) fn required_number(&self, reader: &mut Reader, key: &str) -> Option<(Rational, Range<usize>)> {
        self.required(reader, key)?;
        self.number(reader, key)
    }

    pub(super) fn number_of(
        &self,
        reader: &mut Reader,
        key: &str,
        value: &Spanned<DeValue<'t>>,
    ) -> Option<Rational> {
        let digits = digits(value.get_ref());
        let Some(digits) = digits else {
            self.wrong_type(reader, key, value, "a number");
            return None;
        };
        match digits.and_then(|d| d.parse::<Rational>().map_err(|e| e.to_string())) {
            Ok(number) => Some(number),
            Err(reason) => {
                reader.error("bad-number", value.span(), format!("In `{key}`, {reason}."));
                None
            }
        }
    }

    /// An amount of the round's currency, written as a text or a number.
    pub(super) fn required_money(
        &self,
        reader: &mut Reader,
        key: &str,
        currency: Option<Currency>,
    ) -> Option<(Money, Range<usize>)> {
        let value = self.required(reader, key)?;
        let Some(digits) = digits(value.get_ref()) else {
            self.wrong_type(reader, key, value, "an amount such as \"12345.67\"");
            return None;
        };
        // Without a currency the number of decimals is not known, and that was already said.
        let currency = currency?;
        match digits.and_then(|d| Money::parse(&d, currency).map_err(|e| e.to_string())) {
            Ok(money) => Some((money, value.span())),
            Err(reason) => {
                let hint = format!("Write major units of {currency} with a point, such as \"12345.67\".");
                reader.error_hint("bad-money", value.span(), format!("In `{key}`, {reason}."), hint);
                None
            }
        }
    }

    /// A whole number within `range`; `usual` where the policy does not say.
    pub(super) fn whole(
        &self,
        reader: &mut Reader,
        key: &'static str,
        (usual, range): (u32, RangeInclusive<u32>),
        code: &'static str,
    ) -> Option<u32> {
        let Some((number, at)) = self.number(reader, key) else {
            return (!self.has(key)).then_some(usual);
        };
        let found = range.clone().find(|n| Rational::from(*n) == number);
        if found.is_none() {
            let (fewest, most) = (range.start(), range.end());
            let message =
                format!("`{key}` must be a whole number from {fewest} to {most}, but it is {number}.");
            reader.error(code, at, message);
        }
        found
    }

    /// A part of the whole: `"40%"`, `"0.4"`, or `0.4`.
    pub(super) fn required_share(&self, reader: &mut Reader, key: &str) -> Option<(Rational, Range<usize>)> {
        let value = self.required(reader, key)?;
        let Some(digits) = digits(value.get_ref()) else {
            self.wrong_type(reader, key, value, "a share such as \"40%\"");
            return None;
        };
        let share = digits.and_then(|text| portion(&text)).map(|(number, _)| number);
        let hint = "Write a share of the whole as \"40%\" or \"0.4\".";
        match share {
            Ok(share) if share.is_negative() || share > Rational::one() => {
                let message = format!("`{key}` in {} must lie between 0% and 100%.", self.label());
                reader.error_hint("bad-share", value.span(), message, hint);
                None
            }
            Ok(share) => Some((share, value.span())),
            Err(reason) => {
                reader.error_hint("bad-share", value.span(), format!("In `{key}`, {reason}."), hint);
                None
            }
        }
    }

    /// A part of a value, `"5%"`, or an amount in its own unit, `"3"`; the first says so.
    pub(super) fn portion(&self, reader: &mut Reader, key: &str) -> Option<((Rational, bool), Range<usize>)> {
        let value = self.get(key)?;
        let Some(digits) = digits(value.get_ref()) else {
            self.wrong_type(reader, key, value, "a percentage or a number such as \"5%\" or \"3\"");
            return None;
        };
        match digits.and_then(|text| portion(&text)) {
            Ok(portion) => Some((portion, value.span())),
            Err(reason) => {
                reader.error("bad-number", value.span(), format!("In `{key}`, {reason}."));
                None
            }
        }
    }

    /// A day, written bare or as a text.
    pub(super) fn date(&self, reader: &mut Reader, key: &str) -> Option<Date> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(datetime) => datetime.to_string(),
            _ => {
                self.wrong_type(reader, key, value, "a day such as \"2023-12-31\"");
                return None;
            }
        };
        let date = read_date(&text);
        if date.is_none() {
            let message = format!("`{}` in `{key}` is no day of the calendar.", short(&text));
            reader.error_hint(
                "bad-date",
                value.span(),
                message,
                "Write year, month, and day: \"2023-12-31\".",
            );
        }
        date
    }

    /// A length of time in days: a count and `days`, `weeks`, `months` of 30 days, or `years` of 365 days. Rules about
    /// the age of a fact need no calendar, but they do need the same answer everywhere.
    pub(super) fn days(&self, reader: &mut Reader, key: &str) -> Option<i64> {
        let (text, at) = self.text(reader, key)?;
        let days = text.trim().split_once(' ').and_then(|(count, unit)| {
            let days_each = match unit.trim() {
                "day" | "days" => 1,
                "week" | "weeks" => 7,
                "month" | "months" => 30,
                "year" | "years" => 365,
                _ => return None,
            };
            let plain = count.len() <= 6 && count.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| count.parse::<i64>().ok()).flatten()?.checked_mul(days_each)
        });
        if days.is_none() {
            let message = format!("`{}` in `{key}` is no length of time.", short(&text));
            reader.error_hint(
                "bad-duration",
                at,
                message,
                "Write a count and days, weeks, months, or years: \"30 days\".",
            );
        }
        days
    }
}

/// A number or a percentage, and whether it was one: `"5%"` is a twentieth.
fn portion(text: &str) -> Result<(Rational, bool), String> {
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let number: Rational = number.parse().map_err(|e: adil_domain::DecimalError| e.to_string())?;
    Ok(if percent { (&number * &Rational::from_scaled(1, 2), true) } else { (number, false) })
}

/// The digits of a number as written; `None` when it is neither a number nor a text, an error when it is a number that
/// is not plainly written.
fn digits(value: &DeValue<'_>) -> Option<Result<String, String>> {
    match value {
        DeValue::String(text) => Some(Ok(text.trim().to_owned())),
        DeValue::Integer(number) if number.radix() == 10 => Some(Ok(number.as_str().to_owned())),
        DeValue::Integer(number) => {
            Some(Err(format!("`{}` is not written in tens", short(&number.to_string()))))
        }
        DeValue::Float(number) => {
            let text = number.as_str();
            let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
            Some(if plain {
                Ok(text.to_owned())
            } else {
                Err(format!("`{}` is no plain number; write it out without an exponent", short(text)))
            })
        }
        _ => None,
    }
}
