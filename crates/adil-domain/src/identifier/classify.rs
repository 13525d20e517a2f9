//! What the text in an identifier's column is, judged by the schemes of a country.

use super::{Identifier, IdentifierError, KeyedHash, OrganisationId, PersonalId, Scheme, repad_numeric_cell};
use crate::country::{CountryPack, IdentifierKind};
use crate::problem::{Place, Problem};

/// What the text of an identifier is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Classified {
    /// An organisation's, well made by a scheme of the country.
    Organisation(OrganisationId),
    /// A person's, in plain: it must not stand in a table.
    Personal(PersonalId),
    /// Meant as an identifier of the country, and badly made.
    Doubtful(IdentifierError),
    /// 64 hexadecimal digits: a person, by keyed hash. Whether a key was used cannot be seen.
    Hashed(KeyedHash),
    /// Anything else: a foreign identifier, or one of our own making.
    Plain(OrganisationId),
    /// Nothing.
    Empty,
}

/// Judges the text of an identifier's cell, such as `operator_id`, by the schemes of `pack`. Spaces around it don't count.
///
/// A person's identifier is found out also with words around it, spaces or hyphens in it; but a mistyped one is
/// [`Classified::Doubtful`] when it stands alone, and one inside a longer number is not found.
pub fn classify(text: &str, pack: &CountryPack) -> Classified {
    let text = text.trim();
    if text.is_empty() {
        return Classified::Empty;
    }
    if let Some(hash) = KeyedHash::from_hex(text) {
        return Classified::Hashed(hash);
    }
    let mut schemes: Vec<Scheme> =
        pack.identifiers().iter().map(IdentifierKind::scheme).filter(|s| *s != Scheme::Plain).collect();
    // People first: a cell may hold a person's number beside an organisation's.
    schemes.sort_by_key(|s| !s.is_personal());
    if let Some(scheme) = schemes.iter().find(|s| s.resembles(text)) {
        return match scheme.parse(text) {
            Ok(Identifier::Organisation(id)) => Classified::Organisation(id),
            Ok(Identifier::Person(id)) => Classified::Personal(id),
            Err(error) => Classified::Doubtful(error),
        };
    }
    for scheme in &schemes {
        for candidate in candidates(text) {
            match scheme.parse(&candidate) {
                Ok(Identifier::Person(id)) => return Classified::Personal(id),
                Ok(Identifier::Organisation(_)) => {
                    return Classified::Doubtful(IdentifierError::Decorated { scheme: *scheme });
                }
                Err(_) => {}
            }
        }
        if let Ok(repadded) = repad_numeric_cell(*scheme, text) {
            return Classified::Doubtful(IdentifierError::LostZeros {
                scheme: *scheme,
                zeros: repadded.zeros,
            });
        }
    }
    Classified::Plain(OrganisationId::new(Scheme::Plain, text))
}

/// What may be an identifier that words or separators were put around: the text from its first digit on without what
/// people put between digits, and each of its words.
fn candidates(text: &str) -> impl Iterator<Item = String> {
    let from_digit = |text: &str| text.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | '/');
    let whole = from_digit(text).chars().filter(|c| !is_between(*c)).collect();
    let words = text.split(|c: char| !c.is_alphanumeric()).map(from_digit);
    std::iter::once(whole).chain(words)
}

impl Classified {
    /// The problem that it is, if any: a person's identifier in plain is an error (`personal-identifier`), a badly made
    /// one a warning (`doubtful-identifier`).
    pub fn problem(&self, place: Place) -> Option<Problem> {
        match self {
            Self::Personal(id) => Some(
                Problem::error(
                    "personal-identifier",
                    place,
                    format!(
                        "Here stands a person's {} in plain; a keyed hash of it was expected, because tables and \
                         decisions are published.",
                        id.scheme().label()
                    ),
                )
                .hint("Replace it by its keyed hash (the key stays with you) in every table."),
            ),
            Self::Doubtful(error) => {
                let hint = if error.scheme().is_personal() {
                    "If this is a person's number, replace it by its keyed hash; a foreign identifier may stay."
                } else {
                    "Compare it with the certificate of registration; a foreign identifier may stay."
                };
                Some(Problem::warning("doubtful-identifier", place, error.to_string()).hint(hint))
            }
            Self::Organisation(_) | Self::Hashed(_) | Self::Plain(_) | Self::Empty => None,
        }
    }
}
