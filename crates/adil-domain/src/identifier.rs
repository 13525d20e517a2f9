//! Identifiers by scheme: which numbers organisations and people have, and whether one is well made.
//!
//! A personal identifier never prints itself. [`PersonalId`] shows a mask and gives a keyed hash; no message of this
//! module repeats the text it judges, for a mistyped number is still nearly somebody's.

mod classify;
mod error;
mod ie;
mod kz;
mod organisation;
mod personal;
mod repad;
mod scheme;

pub use classify::{Classified, classify};
pub use error::IdentifierError;
pub use kz::{Bin, BinHolder, BinUnit};
pub use organisation::OrganisationId;
pub use personal::{HashKey, HashKeyError, KeyedHash, PersonalId};
pub use repad::{Repadded, repad_numeric_cell};
pub use scheme::{Scheme, UnknownScheme};

/// A well-made identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// Of an organisation: may be printed.
    Organisation(OrganisationId),
    /// Of a person: may not.
    Person(PersonalId),
}

#[cfg(test)]
mod tests;
