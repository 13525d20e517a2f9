//! Cells to values, and values to columns.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use jiff::civil::{Date, DateTime, date};

use crate::schema::{DECIMAL, Kind};

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// It has a value.
    Known,
    /// It says nothing.
    Empty,
    /// It is no value of its kind.
    Unreadable,
    /// It is a time in UTC, taken as written.
    Utc,
}

/// A column that grows.
#[derive(Debug)]
pub(crate) enum Builder {
    Text(StringBuilder),
    Month(StringBuilder),
    Integer(Int64Builder),
    Decimal(Decimal128Builder),
    Date(Date32Builder),
    Datetime(TimestampMicrosecondBuilder),
    Boolean(BooleanBuilder),
}

impl Builder {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Month => Self::Month(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Decimal => Self::Decimal(Decimal128Builder::new().with_data_type(Kind::Decimal.arrow())),
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::Datetime => Self::Datetime(TimestampMicrosecondBuilder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
        }
    }

    /// Adds what a cell says, or that nothing is known.
    pub(crate) fn add(&mut self, text: &str) -> Cell {
        let text = text.trim();
        let empty = text.is_empty();
        let mut utc = false;
        let known = match self {
            Self::Text(builder) => {
                builder.append_option((!empty).then_some(text));
                !empty
            }
            Self::Month(builder) => {
                let value = Some(text).filter(|t| is_month(t));
                builder.append_option(value);
                value.is_some()
            }
            Self::Integer(builder) => {
                let value: Option<i64> = text.parse().ok();
                builder.append_option(value);
                value.is_some()
            }
            Self::Decimal(builder) => {
                let value = decimal(text);
                builder.append_option(value);
                value.is_some()
            }
            Self::Date(builder) => {
                let value = text.parse::<Date>().ok().and_then(days);
                builder.append_option(value);
                value.is_some()
            }
            Self::Datetime(builder) => {
                let (local, is_utc) = without_offset(text);
                utc = is_utc;
                let value = local.parse::<DateTime>().ok().map(microseconds);
                builder.append_option(value);
                value.is_some()
            }
            Self::Boolean(builder) => {
                let value = boolean(text);
                builder.append_option(value);
                value.is_some()
            }
        };
        match (known, empty) {
            (true, _) if utc => Cell::Utc,
            (true, _) => Cell::Known,
            (false, true) => Cell::Empty,
            (false, false) => Cell::Unreadable,
        }
    }

    pub(crate) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) | Self::Month(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Decimal(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
            Self::Datetime(builder) => Arc::new(builder.finish()),
            Self::Boolean(builder) => Arc::new(builder.finish()),
        }
    }
}

/// `2023-04`.
pub(crate) fn is_month(text: &str) -> bool {
    text.len() == 7 && text.is_ascii() && format!("{text}-01").parse::<Date>().is_ok()
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "TRUE" | "True" | "1" | "yes" => Some(true),
        "false" | "FALSE" | "False" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// A number in hundredths, rounded half away from zero.
fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let most = usize::from(DECIMAL.0) - 3;
    if (whole.is_empty() && part.is_empty()) || whole.len() > most || !all_digits(whole) || !all_digits(part)
    {
        return None;
    }
    let digit = |at: usize| part.as_bytes().get(at).map_or(0, |b| i128::from(b - b'0'));
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let hundredths = whole * 100 + digit(0) * 10 + digit(1) + i128::from(digit(2) >= 5);
    Some(if negative { -hundredths } else { hundredths })
}

const EPOCH: Date = date(1970, 1, 1);

fn days(day: Date) -> Option<i32> {
    EPOCH.until(day).ok().map(|span| span.get_days())
}

/// Clock time as microseconds, as if the clock were UTC's.
fn microseconds(at: DateTime) -> i64 {
    let days = days(at.date()).map_or(0, i64::from);
    let time = at.time();
    let seconds = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    (days * 86_400 + seconds) * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1_000
}

/// The clock time of a text with an offset, and whether the clock is that of UTC.
fn without_offset(text: &str) -> (&str, bool) {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return (local, true);
    }
    // A sign behind the time of day: those of the date stand before.
    match text.rfind(['+', '-']) {
        Some(at) if at > 10 && text.is_char_boundary(at) => (&text[..at], false),
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{Array, AsArray};
    use datafusion::arrow::datatypes::{Decimal128Type, TimestampMicrosecondType};

    #[test]
    fn decimals_are_exact_hundredths() {
        let cases = [("12.5", 1250), ("-0.005", -1), ("7", 700), (".25", 25), ("000123.994", 12_399)];
        let mut builder = Builder::new(Kind::Decimal);
        for (text, _) in cases {
            assert_eq!(builder.add(text), Cell::Known, "{text}");
        }
        for text in ["", "12,5", "1e3", "1.2.3", "-", "99999999999999999999"] {
            assert_ne!(builder.add(text), Cell::Known, "{text}");
        }
        let array = builder.finish();
        let values = array.as_primitive::<Decimal128Type>();
        for (at, (_, expected)) in cases.into_iter().enumerate() {
            assert_eq!(values.value(at), expected);
        }
        assert_eq!(array.null_count(), 6);
    }

    #[test]
    fn offsets_leave_the_clock_as_it_is() {
        let mut builder = Builder::new(Kind::Datetime);
        assert_eq!(builder.add("2023-04-30T23:30:00"), Cell::Known);
        assert_eq!(builder.add("2023-04-30T23:30:00+05:00"), Cell::Known);
        assert_eq!(builder.add("2023-04-30T23:30:00-03:00"), Cell::Known);
        assert_eq!(builder.add("2023-04-30T23:30:00Z"), Cell::Utc);
        assert_eq!(builder.add("30.04.2023 23:30"), Cell::Unreadable);
        assert_eq!(builder.add(" "), Cell::Empty);
        let array = builder.finish();
        let values = array.as_primitive::<TimestampMicrosecondType>();
        assert_eq!(values.value(0), 1_682_897_400_000_000);
        assert!((1..4).all(|at| values.value(at) == values.value(0)));
    }

    #[test]
    fn months_and_truths() {
        assert!(is_month("2023-04"));
        assert!(!is_month("2023-13") && !is_month("2023-4") && !is_month("04.2023"));
        let mut builder = Builder::new(Kind::Boolean);
        assert_eq!(builder.add("1"), Cell::Known);
        assert_eq!(builder.add("perhaps"), Cell::Unreadable);
    }
}
