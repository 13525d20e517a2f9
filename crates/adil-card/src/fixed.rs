//! Statistics are computed in floating point from sums in a fixed order, and published as fixed decimals.

use adil_domain::Rational;

/// Decimals of a published statistic.
pub(crate) const DECIMALS: u32 = 6;

/// The exact value of what is finite.
pub(crate) fn rational(value: f64) -> Option<Rational> {
    Rational::from_f64(value)
}

/// As the card's file has it; `None` for what is no number.
pub(crate) fn text(value: f64) -> Option<String> {
    let text = rational(value)?.to_decimal(DECIMALS);
    // What rounds to nothing has no sign.
    let is_nothing = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    Some(if is_nothing { text.trim_start_matches('-').to_owned() } else { text })
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "no table has more than 2^53 rows")]
pub(crate) fn count(rows: u64) -> f64 {
    rows as f64
}

/// A part of a whole, from 0 to 1; 0 of nothing.
pub(crate) fn part(rows: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { count(rows) / count(all) }
}

/// Published points as a number.
#[expect(clippy::cast_precision_loss, reason = "published points stay below 2^53")]
pub(crate) fn points(points: i64, unit: f64) -> f64 {
    points as f64 * unit
}
