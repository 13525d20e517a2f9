//! What one cell says: a number, an amount, a date, true or false; and what to write instead where it says
//! none.

use std::fmt::Write as _;

use adil_domain::rational::MAX_DIGITS;
use adil_domain::{Currency, Date, DecimalError, Money, Rational};

/// A cell does not hold what its column holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CellError {
    /// The problem's code, such as `not-a-number`.
    pub code: &'static str,
    /// What was found and what was expected.
    pub message: String,
    /// What to write instead, where that can be told.
    pub hint: Option<String>,
}

impl CellError {
    fn new(code: &'static str, message: impl Into<String>, hint: Option<String>) -> Self {
        Self { code, message: message.into(), hint }
    }
}

/// Reads a plain decimal such as `1234.56`.
///
/// # Errors
/// `not-a-number` for anything else; the hint says what to write where it can be told.
pub fn parse_number(text: &str) -> Result<Rational, CellError> {
    text.parse().map_err(|error| number_error("not-a-number", text, &error))
}

/// Reads an amount of money: a decimal of major units, not below zero, with at most the currency's decimals.
///
/// # Errors
/// `negative-money` below zero; `not-money` for anything else.
pub fn parse_money(text: &str, currency: Currency) -> Result<Money, CellError> {
    let money = Money::parse(text, currency).map_err(|error| number_error("not-money", text, &error))?;
    if money.is_negative() {
        let message = format!("`{}` is below zero, but an amount of money was expected.", shorten(text));
        let hint = "Write what is sought or was paid; leave the cell empty when it is not known.";
        return Err(CellError::new("negative-money", message, Some(hint.to_owned())));
    }
    Ok(money)
}

fn number_error(code: &'static str, text: &str, error: &DecimalError) -> CellError {
    let hint = match error {
        DecimalError::Separators(_) => Some(separators_hint(text)),
        DecimalError::NotANumber(_) => not_a_number_hint(text),
        DecimalError::TooManyDecimals { .. } => {
            Some("Round it where it was computed; nothing is rounded here on the way in.".to_owned())
        }
        DecimalError::TooLarge(_) => {
            Some("Look whether digits were doubled or two cells ran together.".to_owned())
        }
        DecimalError::TooLong(_) => Some(
            "Look whether two cells ran together; text that is no number needs a text column.".to_owned(),
        ),
        DecimalError::Empty => Some("Write a number.".to_owned()),
    };
    // The number's own message quotes the cell as it is, line breaks and all.
    let message: String = error.to_string().chars().map(|c| if c.is_control() { '␤' } else { c }).collect();
    CellError::new(code, capital(&format!("{message}.")), hint)
}

/// What a number with commas, spaces or apostrophes may mean; both readings where there are two.
fn separators_hint(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\'' | '\u{a0}' | '\u{202f}')).collect();
    let without = |sign: char| bare.replace(sign, "");
    let mut readings: Vec<String> = Vec::new();
    match (bare.rfind('.'), bare.rfind(',')) {
        (Some(point), Some(comma)) if comma > point => readings.push(without('.').replace(',', ".")),
        (Some(_), Some(_)) => readings.push(without(',')),
        (None, Some(comma)) => {
            let groups = bare.trim_start_matches(['-', '+']).split(',').skip(1).all(|g| g.len() == 3);
            if groups {
                readings.push(without(','));
            }
            if bare.find(',') == Some(comma) {
                readings.push(bare.replace(',', "."));
            }
        }
        (Some(_), None) if bare.matches('.').count() > 1 => readings.push(without('.')),
        _ => readings.push(bare.clone()),
    }
    readings.retain(|r| is_decimal(r));
    match readings.as_slice() {
        [one] => format!("Write {one}."),
        [one, other] => format!("Write {one} or {other}, whichever is meant."),
        _ => "Write digits, with a point before decimals and nothing between thousands.".to_owned(),
    }
}

/// Words for *not known* that spreadsheets and statistics programs write.
const UNKNOWN_WORDS: [&str; 16] = [
    "nan",
    "na",
    "n/a",
    "#n/a",
    "null",
    "none",
    "nil",
    "-",
    "–",
    "—",
    "?",
    "unknown",
    "нет",
    "нет данных",
    "жоқ",
    "#value!",
];

fn not_a_number_hint(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    if UNKNOWN_WORDS.contains(&small.as_str()) {
        return Some("Leave the cell empty when the value is not known.".to_owned());
    }
    if matches!(small.trim_start_matches(['-', '+']), "inf" | "infinity" | "∞") {
        return Some(
            "There is no infinite number here; leave the cell empty when there is no limit.".to_owned(),
        );
    }
    if let Some(digits) = text.strip_prefix(['−', '–', '—'])
        && is_decimal(digits)
    {
        return Some(format!("Write the minus as a hyphen: -{digits}."));
    }
    if let Some((mantissa, exponent)) = small.split_once('e')
        && is_decimal(mantissa)
        && exponent.parse::<i32>().is_ok()
    {
        return Some("Write all its digits: spreadsheets shorten long numbers to a power of ten.".to_owned());
    }
    let fraction = text.trim_start_matches(['-', '+']);
    if text.starts_with('.') && is_decimal(&format!("0{fraction}")) {
        return Some(format!("Write 0{fraction}."));
    }
    if let Some(whole) = text.strip_suffix('.')
        && is_decimal(whole)
    {
        return Some(format!("Write {whole}."));
    }
    // Only what stands around the number is taken away: `5 of 7` is no 57.
    let around = |c: char| !c.is_ascii_digit() && c != '-';
    let core = text.trim_matches(around);
    if core.len() < text.len() && is_decimal(core) {
        return Some(format!(
            "Write the number alone, {core}: a sign or unit belongs in the column's description."
        ));
    }
    None
}

/// Reads a date such as `2023-12-31`.
///
/// # Errors
/// `not-a-date` for anything else; the hint says what to write where it can be told.
pub fn parse_date(text: &str) -> Result<Date, CellError> {
    date(text).ok_or_else(|| {
        let message = format!(
            "`{}` is not a date: year, month and day are expected, such as 2023-12-31.",
            shorten(text)
        );
        CellError::new("not-a-date", message, date_hint(text))
    })
}

fn date(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0i16, |n, d| d.is_ascii_digit().then(|| n * 10 + i16::from(d - b'0')))
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let month = i8::try_from(number(&[*m1, *m2])?).ok()?;
    let day = i8::try_from(number(&[*d1, *d2])?).ok()?;
    Date::new(year, month, day).ok()
}

fn date_hint(text: &str) -> Option<String> {
    if let Some(start) = text.get(..10)
        && date(start).is_some()
    {
        return Some(format!("Write {start} alone, without the time."));
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    if let [a, b, c] = parts.as_slice() {
        let build = |y: &str, m: &str, d: &str| {
            let candidate = format!("{y:0>4}-{m:0>2}-{d:0>2}");
            (y.len() == 4 && date(&candidate).is_some()).then_some(candidate)
        };
        let mut readings: Vec<String> = [build(a, b, c), build(c, b, a)].into_iter().flatten().collect();
        // Only a slash is written month first.
        if text.contains('/') {
            readings.extend(build(c, a, b));
        }
        readings.dedup();
        match readings.as_slice() {
            [one] => return Some(format!("Write {one}.")),
            [one, other] => return Some(format!("Write {one} or {other}, whichever is meant.")),
            _ => {}
        }
    }
    if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(
            "This looks like a spreadsheet's count of days; format the cells as yyyy-mm-dd.".to_owned(),
        );
    }
    if UNKNOWN_WORDS.contains(&text.to_lowercase().as_str()) {
        return Some("Leave the cell empty when the date is not known.".to_owned());
    }
    None
}

/// Reads `true` or `false`.
///
/// # Errors
/// `not-true-or-false` for anything else.
pub fn parse_truth(text: &str) -> Result<bool, CellError> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => {
            let hint = match text.to_lowercase().as_str() {
                "true" | "yes" | "y" | "1" | "да" | "иә" => Some("Write true."),
                "false" | "no" | "n" | "0" | "нет" | "жоқ" => Some("Write false."),
                word if UNKNOWN_WORDS.contains(&word) => Some("Leave the cell empty when it is not known."),
                _ => None,
            };
            let message = format!("`{}` is neither true nor false.", shorten(text));
            Err(CellError::new("not-true-or-false", message, hint.map(str::to_owned)))
        }
    }
}

/// Whether [`parse_number`] reads the text, found out without computing the number.
pub fn is_decimal(text: &str) -> bool {
    decimal_shape(text).is_some()
}

/// Digits before and after the point of a decimal.
pub(super) fn decimal_shape(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let digits = match bytes.first()? {
        b'-' | b'+' => &bytes[1..],
        _ => bytes,
    };
    if digits.len() > MAX_DIGITS + 1 {
        return None;
    }
    let whole = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let fraction = match &digits[whole..] {
        [] => 0,
        [b'.', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_digit) => rest.len(),
        _ => return None,
    };
    (whole > 0).then_some((whole, fraction))
}

/// Whether [`parse_date`] reads the text.
pub fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// Whether the text is a moment such as `2023-12-31T18:30:00+05:00`; seconds and the zone may be left out.
pub fn is_date_time(text: &str) -> bool {
    let (Some(day), Some(rest)) = (text.get(..10), text.get(10..)) else { return false };
    let Some(clock) = rest.strip_prefix(['T', 't', ' ']) else { return false };
    let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (time, zone) = clock.split_at(zone_at);
    let two = |t: &str, limit: u8| {
        t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit()) && t.parse().is_ok_and(|n: u8| n < limit)
    };
    let mut parts = time.split(':');
    let hour = parts.next().is_some_and(|h| two(h, 24));
    let minute = parts.next().is_some_and(|m| two(m, 60));
    let second = parts.next().is_none_or(|s| {
        let (whole, fraction) = s.split_once('.').unwrap_or((s, "0"));
        two(whole, 60) && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
    });
    let zone = match zone.strip_prefix(['+', '-']) {
        Some(shift) => shift.split_once(':').is_some_and(|(h, m)| two(h, 24) && two(m, 60)),
        None => matches!(zone, "" | "Z" | "z"),
    };
    date(day).is_some() && hour && minute && second && parts.next().is_none() && zone
}

/// Whether [`parse_truth`] reads the text.
pub fn is_truth(text: &str) -> bool {
    matches!(text, "true" | "false")
}

/// A sentence begins with a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Keeps a message readable when a cell holds a novel or line breaks.
pub(crate) fn shorten(text: &str) -> String {
    const KEEP: usize = 40;
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == KEEP {
            out.push('…');
            break;
        }
        if c.is_control() {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
