//! An operator as a list has it, ready to be compared.

use adil_domain::identifier::{Classified, KeyedHash, OrganisationId, PersonalId, classify};
use adil_domain::{CountryPack, Kato};

use super::fold::fold;
use super::parse::OperatorName;

/// A row of a list of operators.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row<'t> {
    /// Its names, such as one in each language; those that are empty don't count.
    pub names: &'t [&'t str],
    /// Its identifier; empty where the list has none.
    pub identifier: &'t str,
    /// Where it is registered: the code of a place or its name; empty where the list does not say.
    pub place: &'t str,
}

/// An operator, ready to be compared.
#[derive(Debug, Clone)]
pub struct Operator {
    pub(super) names: Vec<OperatorName>,
    pub(super) identity: Option<Identity>,
    pub(super) place: Option<Place>,
}

/// Fewer characters are a list's own number.
const OWN: usize = 8;

/// Whose an identifier is, and whether anything vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identity {
    Organisation(OrganisationId),
    Person(PersonalId),
    Hashed(KeyedHash),
    /// Badly made, foreign, or a list's own.
    Unchecked(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Code(Kato),
    Name(String),
}

impl Operator {
    /// Takes a row apart; legal forms and schemes of identifiers are those of the country.
    pub fn new(row: &Row<'_>, country: &CountryPack) -> Self {
        let mut names: Vec<OperatorName> = Vec::new();
        for text in row.names {
            let name = OperatorName::parse(text, Some(country));
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        Self { names, identity: Identity::of(row.identifier, country), place: Place::of(row.place) }
    }

    /// Its names, taken apart.
    pub fn names(&self) -> &[OperatorName] {
        &self.names
    }
}

impl Identity {
    fn of(text: &str, country: &CountryPack) -> Option<Self> {
        Some(match classify(text, country) {
            Classified::Organisation(id) => Self::Organisation(id),
            Classified::Personal(id) => Self::Person(id),
            Classified::Hashed(hash) => Self::Hashed(hash),
            Classified::Doubtful(_) | Classified::Plain(_) => Self::Unchecked(text.trim().to_owned()),
            Classified::Empty => return None,
        })
    }

    /// Whether both are valid and of kinds that can be held against each other, and then whether they are equal.
    pub(super) fn decides(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Unchecked(_), _)
            | (_, Self::Unchecked(_))
            | (Self::Person(_), Self::Hashed(_))
            | (Self::Hashed(_), Self::Person(_)) => None,
            // A person is no organisation.
            _ => Some(self == other),
        }
    }

    /// Whether they are equal although nothing vouches for one of them; spreadsheets eat zeros at the front.
    pub(super) fn alike(&self, other: &Self) -> bool {
        let text = |identity: &Self| match identity {
            Self::Organisation(id) => id.as_str().trim_start_matches('0').to_owned(),
            Self::Unchecked(text) => text.trim_start_matches('0').to_owned(),
            Self::Person(_) | Self::Hashed(_) => String::new(),
        };
        let (a, b) = (text(self), text(other));
        // A list's own short numbers, such as op-1, are the same in every list and say nothing.
        a.len() >= OWN && a == b
    }

    /// What an index finds it by; a person's number has none, since it never leaves its type.
    pub(super) fn key(&self) -> Option<String> {
        match self {
            Self::Organisation(id) => Some(format!("#{}", id.as_str().trim_start_matches('0'))),
            Self::Unchecked(text) => Some(format!("#{}", text.trim_start_matches('0'))),
            Self::Hashed(hash) => Some(format!("#{hash}")),
            Self::Person(_) => None,
        }
    }

    /// What may be shown of it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Organisation(id) => id.as_str().to_owned(),
            Self::Person(id) => id.to_string(),
            Self::Hashed(hash) => hash.to_string(),
            // It may be a person's number with a slip in it.
            Self::Unchecked(text) if text.bytes().filter(u8::is_ascii_digit).count() >= 9 => "···".to_owned(),
            Self::Unchecked(text) => text.clone(),
        }
    }
}

impl Place {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        Some(text.parse::<Kato>().map_or_else(|_| Self::Name(fold(text)), Self::Code))
    }

    /// Whether one is the other or lies within it; `None` where a code stands beside a name.
    pub(super) fn agrees(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Code(a), Self::Code(b)) => {
                let open = |code: &Kato| code.as_str().trim_end_matches('0').to_owned();
                let (a, b) = (open(a), open(b));
                Some(a.starts_with(&b) || b.starts_with(&a))
            }
            (Self::Name(a), Self::Name(b)) => Some(a == b),
            _ => None,
        }
    }

    /// The region of a code, so that a place and one within it share a key.
    pub(super) fn wide(&self) -> String {
        match self {
            Self::Code(code) => code.region().as_str().to_owned(),
            Self::Name(name) => name.clone(),
        }
    }

    pub(super) fn shown(&self) -> String {
        match self {
            Self::Code(code) => code.as_str().to_owned(),
            Self::Name(name) => name.clone(),
        }
    }
}
