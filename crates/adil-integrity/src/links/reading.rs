//! What operators may share, and how much that counts.

use crate::names::fold;

/// One thing that an operator has, as a table states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie<'t> {
    /// `operator_id`.
    pub operator: &'t str,
    /// The column it stands in, such as `head`.
    pub column: &'t str,
    /// A keyed hash, or text.
    pub value: &'t str,
}

/// How the values of a column are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// As they stand, but for spaces around them and the case of letters: hashes, account numbers.
    Exact,
    /// Folded to one alphabet: addresses, names.
    Text,
    /// Their digits, with or without the code of the country.
    Phone,
}

/// A column, and what sharing a value of it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The column.
    pub column: String,
    /// Its weight, in whole points.
    pub weight: u32,
    /// How its values are compared.
    pub reading: Reading,
}

impl Share {
    /// A column with that weight, read as its name suggests: telephones by their digits, addresses as text, all else as it
    /// stands.
    pub fn of(column: &str, weight: u32) -> Self {
        let reading = match column {
            "phone" => Reading::Phone,
            "address" => Reading::Text,
            _ => Reading::Exact,
        };
        Self { column: column.to_owned(), weight, reading }
    }
}

/// When two operators are linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// What counts, and how much.
    pub shares: Vec<Share>,
    /// The sum of weights from which on two operators are linked.
    pub threshold: u32,
    /// A value that more operators share counts nothing.
    pub most: usize,
}

impl Default for Rules {
    /// Head and founder 3, account 4, phone 2, address 1; linked from 4 on; nothing that more than 20 share.
    fn default() -> Self {
        Self {
            shares: vec![
                Share::of("head", 3),
                Share::of("founder", 3),
                Share::of("account", 4),
                Share::of("phone", 2),
                Share::of("address", 1),
            ],
            threshold: 4,
            most: 20,
        }
    }
}

impl Reading {
    /// A value as it is compared; `None` where it says nothing, such as a dash.
    pub(super) fn of(self, value: &str) -> Option<String> {
        let value = value.trim();
        let read = match self {
            Self::Exact => value.to_lowercase(),
            Self::Text => fold(value),
            Self::Phone if value.chars().any(char::is_alphabetic) => value.to_lowercase(),
            Self::Phone => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                // Ten digits are the number; before them stands the code of a country, or 8 for it.
                digits.get(digits.len().saturating_sub(10)..).unwrap_or_default().to_owned()
            }
        };
        read.chars().any(char::is_alphanumeric).then_some(read)
    }
}
