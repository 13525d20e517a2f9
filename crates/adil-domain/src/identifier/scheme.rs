//! The schemes there are code for; a country pack chooses among them by name.

use std::fmt;
use std::str::FromStr;

use super::{Identifier, IdentifierError, OrganisationId, PersonalId, ie, kz};
use crate::problem::did_you_mean;

/// How identifiers of one kind are made, and so how one is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// BIN of Kazakhstan: an organisation's twelve digits with a check digit.
    KzBin,
    /// IIN of Kazakhstan: a person's twelve digits, birth date and sex among them, with a check digit.
    KzIin,
    /// PPS number of Ireland: a person's seven digits with a check letter.
    IePps,
    /// Any text: a foreign number, or a register's whose make-up is not known here.
    Plain,
}

/// No scheme has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no way of checking identifiers known here. {hint}")]
pub struct UnknownScheme {
    found: String,
    hint: String,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::KzBin, Self::KzIin, Self::IePps, Self::Plain];

    /// The name in country packs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KzBin => "kz-bin",
            Self::KzIin => "kz-iin",
            Self::IePps => "ie-pps",
            Self::Plain => "plain",
        }
    }

    /// The name in English messages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::KzBin => "BIN",
            Self::KzIin => "IIN",
            Self::IePps => "PPS number",
            Self::Plain => "identifier",
        }
    }

    /// Whether the identifiers are people's: such a one never prints itself.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::KzIin | Self::IePps)
    }

    /// Reads an identifier of this scheme, without spaces or anything else around it.
    ///
    /// A plain identifier may be any text, also a person's number: text from a table goes through
    /// [`classify()`](fn@super::classify) first.
    ///
    /// # Errors
    /// What is wrong with its make-up; the text itself is never in the message.
    pub fn parse(self, text: &str) -> Result<Identifier, IdentifierError> {
        if text.trim().is_empty() {
            return Err(IdentifierError::Empty { scheme: self });
        }
        match self {
            Self::KzBin => kz::check_bin(text).map(|_| self.organisation(text)),
            Self::KzIin => kz::check_iin(text).map(|()| self.person(text)),
            Self::IePps => ie::check_pps(text).map(|()| self.person(&text.to_ascii_uppercase())),
            Self::Plain => Ok(self.organisation(text)),
        }
    }

    /// Whether the text was meant as an identifier of this scheme, well made or not.
    pub(super) fn resembles(self, text: &str) -> bool {
        match self {
            Self::KzBin => kz::tell_apart(text) == Some(Self::KzBin),
            Self::KzIin => kz::tell_apart(text) == Some(Self::KzIin),
            Self::IePps => ie::resembles_pps(text),
            Self::Plain => false,
        }
    }

    fn organisation(self, text: &str) -> Identifier {
        Identifier::Organisation(OrganisationId::new(self, text))
    }

    fn person(self, text: &str) -> Identifier {
        Identifier::Person(PersonalId::new(self, text))
    }
}

impl FromStr for Scheme {
    type Err = UnknownScheme;

    fn from_str(name: &str) -> Result<Self, UnknownScheme> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| UnknownScheme {
            found: crate::rational::shorten(name),
            hint: did_you_mean(name, Self::ALL.iter().map(|s| s.name())),
        })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
