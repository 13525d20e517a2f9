//! Values of other people's JSON, in the forms they come in.

use adil_domain::{Date, Rational};
use serde_json::Value;

use crate::numbers::plain_decimal;
use crate::record;
use crate::words::plain;

/// An amount: a number or a text with one. A JSON number is read as the shortest decimal that it stands for, which is what was
/// written up to fifteen digits; longer ones are not read.
pub(super) fn amount(value: &Value) -> Option<Rational> {
    const DIGITS: usize = 15;
    if !matches!(value, Value::Number(_) | Value::String(_)) {
        return None;
    }
    let text = record::text(value)?;
    let (decimal, _) = plain_decimal(&text)?;
    let digits = decimal.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if value.is_f64() && digits > DIGITS {
        return None;
    }
    decimal.parse().ok()
}

/// A yes or a no.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match plain(text).as_str() {
            "true" | "1" | "да" | "yes" | "иә" => Some(true),
            "false" | "0" | "нет" | "no" | "жоқ" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A day: `2026-01-31` with any time after it, `31.01.2026`, or milliseconds since 1970 (in Kazakhstan, whose clocks have been
/// five hours ahead since 2024, and were up to six before).
pub(super) fn day(value: &Value) -> Option<Date> {
    match value {
        Value::Number(number) => {
            const HOURS_AHEAD: i64 = 5 * 3_600;
            let seconds = number.as_i64()?.div_euclid(1_000).checked_add(HOURS_AHEAD)?;
            let span = jiff::Span::new().try_days(seconds.div_euclid(86_400)).ok()?;
            jiff::civil::date(1970, 1, 1).checked_add(span).ok()
        }
        // In a table milliseconds are text.
        Value::String(text) => {
            day_of_text(text).or_else(|| day(&Value::from(text.trim().parse::<i64>().ok()?)))
        }
        _ => None,
    }
}

/// The day of a text.
pub(super) fn day_of_text(text: &str) -> Option<Date> {
    let text = text.trim();
    let first = text.split(['T', ' ']).next()?;
    if let Ok(day) = first.parse() {
        return Some(day);
    }
    let mut parts = first.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && (day.len(), month.len(), year.len()) == (2, 2, 4);
    is_whole.then(|| format!("{year}-{month}-{day}").parse().ok()).flatten()
}

/// A field that is a text or a number, as text; none when it is absent, null or empty.
pub(super) fn text(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(record::text).filter(|text| !text.trim().is_empty())
}

/// Whether an answer names another operator than was asked about. One that names none does not.
pub(super) fn names_another(object: &Value, name: &str, number: &str) -> bool {
    // Numbers lose their zeros in JSON.
    text(object, name).is_some_and(|said| format!("{:0>12}", said.trim()) != number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_exact_or_nothing() {
        for (value, expected) in [
            (json!(0.004), Some("0.004")),
            (json!(1_234_567_890_123.45), Some("1234567890123.45")),
            (json!("1 234,5"), Some("1234.5")),
            (json!(5), Some("5")),
            (json!(-5), Some("-5")),
            (json!(1_234_567_890_123_456.7), None),
            (json!("about five"), None),
            (json!(true), None),
            (json!(null), None),
            (json!([5]), None),
        ] {
            assert_eq!(amount(&value), expected.map(|e| e.parse().unwrap()), "{value}");
        }
    }

    #[test]
    fn days_of_all_forms_are_read() {
        for (value, expected) in [
            (json!("2026-01-31"), Some("2026-01-31")),
            (json!("2026-01-31T23:59:59.000+06:00"), Some("2026-01-31")),
            (json!("2026-01-31 00:00:00"), Some("2026-01-31")),
            (json!("31.01.2026"), Some("2026-01-31")),
            (json!(1_769_799_600_000_i64), Some("2026-01-31")),
            (json!(1_769_799_599_999_i64), Some("2026-01-30")),
            (json!("1769799600000"), Some("2026-01-31")),
            (json!("1.2.2026"), None),
            (json!("2026-02-30"), None),
            (json!(""), None),
            (json!(i64::MAX), None),
        ] {
            assert_eq!(day(&value), expected.map(|e| e.parse().unwrap()), "{value}");
        }
    }

    #[test]
    fn yes_and_no_are_said_or_not() {
        assert_eq!([json!(1), json!("Да"), json!(true)].map(|v| truth(&v)), [Some(true); 3]);
        assert_eq!([json!(0), json!("нет"), json!(false)].map(|v| truth(&v)), [Some(false); 3]);
        assert_eq!([json!(2), json!(""), json!(null)].map(|v| truth(&v)), [None; 3]);
        assert!(names_another(&json!({"bin": 40_000_000_000_u64}), "bin", "491240000009"));
        assert!(!names_another(&json!({"bin": 51_040_005_150_u64}), "bin", "051040005150"));
        assert!(!names_another(&json!({}), "bin", "491240000009"));
    }
}
