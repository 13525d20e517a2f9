//! What can be wrong with the make-up of an identifier.

use super::Scheme;

/// What is wrong with the make-up of an identifier.
///
/// Each message is a sentence for `problems.csv`. None repeats the identifier: of an organisation's number single digits
/// are named, of a person's none. The place beside the message says where to look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing, or only spaces.
    #[error("This cell is empty; a {} was expected.", scheme.label())]
    Empty {
        /// The scheme that was asked for.
        scheme: Scheme,
    },
    /// Another number of characters than twelve.
    #[error(
        "This {} has {found} characters instead of 12. A spreadsheet that takes it for a number eats leading zeros: \
         export the column as text.",
        scheme.label()
    )]
    Length {
        /// The scheme that was asked for.
        scheme: Scheme,
        /// How many characters stand there.
        found: usize,
    },
    /// A character that is no digit.
    #[error("Character {position} of this {} is no digit; it has 12 digits and nothing else.", scheme.label())]
    NotADigit {
        /// The scheme that was asked for.
        scheme: Scheme,
        /// Counted from 1.
        position: usize,
    },
    /// An IIN where a BIN was expected: digit 5 tells them apart.
    #[error(
        "This is built like an IIN, a person's number, where a BIN was expected (digit 5 of a BIN is 4 to 6). Use the \
         BIN of the organisation; for an individual entrepreneur put the keyed hash of the IIN here."
    )]
    OfAPerson,
    /// A BIN where an IIN was expected.
    #[error(
        "This is built like a BIN, an organisation's number, where an IIN was expected (digit 5 of an IIN is 0 to 3)."
    )]
    OfAnOrganisation,
    /// Digits 3 and 4 of a BIN.
    #[error("Digits 3 and 4 of this BIN are {found:02}; they are the month of registration, 01 to 12.")]
    Month {
        /// What they are.
        found: u8,
    },
    /// Digit 5 of a BIN.
    #[error(
        "Digit 5 of this number is {found}; it is 4 (resident), 5 (non-resident) or 6 (joint entrepreneurs) in a BIN and 0 to 3 in an IIN."
    )]
    Holder {
        /// What it is.
        found: u8,
    },
    /// Digit 6 of a BIN.
    #[error(
        "Digit 6 of this BIN is {found}; it is 0 (head), 1 (branch), 2 (representation) or 3 (peasant farm)."
    )]
    Unit {
        /// What it is.
        found: u8,
    },
    /// Digit 7 of an IIN.
    #[error("Digit 7 of this IIN names no century and sex; it is 1 to 6.")]
    Century,
    /// Digits 1 to 6 of an IIN.
    #[error("Digits 1 to 6 of this IIN are no date of birth (YYMMDD) in the century that digit 7 names.")]
    BirthDate,
    /// Digit 12 of a BIN.
    #[error(
        "The check digit of this BIN is {found}, but the eleven digits before it ask for {expected}: one of them was mistyped."
    )]
    CheckDigit {
        /// What it is.
        found: u8,
        /// What the others ask for.
        expected: u8,
    },
    /// The check character of a personal identifier.
    #[error("The check character of this {} does not fit the others: one of them was mistyped.", scheme.label())]
    PersonalCheck {
        /// The scheme that was asked for.
        scheme: Scheme,
    },
    /// Both passes give 10: no check digit exists.
    #[error("No {} begins with these eleven digits: both passes of the check give 10, so the number is never issued. One of them was mistyped.", scheme.label())]
    NeverIssued {
        /// The scheme that was asked for.
        scheme: Scheme,
    },
    /// Not the pattern of the scheme.
    #[error("This is no {}: {expected} was expected.", scheme.label())]
    Pattern {
        /// The scheme that was asked for.
        scheme: Scheme,
        /// The pattern in words.
        expected: &'static str,
    },
    /// Well made once leading zeros are put back.
    #[error(
        "With {zeros} leading zero(s) put back this is a valid {}: a spreadsheet ate them. Export the column as text.",
        scheme.label()
    )]
    LostZeros {
        /// The scheme it fits.
        scheme: Scheme,
        /// How many are missing.
        zeros: usize,
    },
    /// Well made, but with other characters around or between its digits.
    #[error("Here stands a valid {} with other characters around or between its digits; write it alone.", scheme.label())]
    Decorated {
        /// The scheme it fits.
        scheme: Scheme,
    },
    /// Not of a length that leading zeros could have been lost from.
    #[error(
        "A numeric cell of {found} digits can't be a {} that lost zeros: 9 to 11 digits were expected, because the month \
         keeps a fourth zero away.",
        scheme.label()
    )]
    NotRepaddable {
        /// The scheme that was asked for.
        scheme: Scheme,
        /// How many characters stand there.
        found: usize,
    },
}

impl IdentifierError {
    /// The scheme the text was judged by.
    pub const fn scheme(&self) -> Scheme {
        match self {
            Self::Empty { scheme }
            | Self::Length { scheme, .. }
            | Self::NotADigit { scheme, .. }
            | Self::PersonalCheck { scheme }
            | Self::NeverIssued { scheme }
            | Self::Pattern { scheme, .. }
            | Self::LostZeros { scheme, .. }
            | Self::Decorated { scheme }
            | Self::NotRepaddable { scheme, .. } => *scheme,
            Self::OfAPerson
            | Self::Month { .. }
            | Self::Holder { .. }
            | Self::Unit { .. }
            | Self::CheckDigit { .. } => Scheme::KzBin,
            Self::OfAnOrganisation | Self::Century | Self::BirthDate => Scheme::KzIin,
        }
    }
}
