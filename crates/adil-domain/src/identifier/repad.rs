//! Leading zeros that a spreadsheet ate: put back on purpose, and on record.

use super::{Identifier, IdentifierError, Scheme, kz};
use crate::problem::{Place, Problem};

/// An identifier that had lost leading zeros. It remembers so; an importer writes [`Repadded::record`] down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repadded {
    /// The identifier, whole again and checked.
    pub identifier: Identifier,
    /// How many zeros were put back.
    pub zeros: usize,
}

/// Puts the leading zeros of a BIN or IIN back. Only for a cell that was a number in its spreadsheet: a text of eleven
/// digits is a mistake of its own, and nothing else in this crate pads.
///
/// # Errors
/// Not 9 to 11 digits (the month, never 00, keeps a fourth zero away), another scheme than BIN and IIN, or what is
/// wrong with the number once padded.
pub fn repad_numeric_cell(scheme: Scheme, text: &str) -> Result<Repadded, IdentifierError> {
    if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
        return Err(IdentifierError::NotADigit { scheme, position: at + 1 });
    }
    let padded = matches!(scheme, Scheme::KzBin | Scheme::KzIin) && (9..kz::LENGTH).contains(&text.len());
    if !padded {
        return Err(IdentifierError::NotRepaddable { scheme, found: text.len() });
    }
    let zeros = kz::LENGTH - text.len();
    let identifier = scheme.parse(&format!("{text:0>12}"))?;
    Ok(Repadded { identifier, zeros })
}

impl Repadded {
    /// The record that zeros were put back, for the list of problems.
    pub fn record(&self, place: Place) -> Problem {
        let zeros = if self.zeros == 1 { "zero" } else { "zeros" };
        let message = format!(
            "{} leading {zeros} of a numeric cell were put back: the spreadsheet had eaten them.",
            self.zeros
        );
        Problem::warning("identifier-repadded", place, message)
            .hint("Format the column as text, so that nothing has to be guessed.")
    }
}
