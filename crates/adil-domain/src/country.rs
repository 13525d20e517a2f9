//! Country packs: languages, currency, schemes of identifiers, codes of places and legal forms, read from `countries/`.

mod error;
mod file;
mod legal_forms;
mod territories;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::identifier::Scheme;
use crate::language::{Language, LocalizedText};
use crate::money::Currency;

pub use error::PackError;
pub use legal_forms::{LegalForm, LegalForms, Words};
pub use territories::{ListedPlace, PlaceCodeError, PlaceLevel, PlaceScheme, Territories};

/// The packs compiled in, by code.
const TEXTS: &[(&str, &str)] = &[
    ("gb", include_str!("../../../countries/gb/pack.toml")),
    ("ie", include_str!("../../../countries/ie/pack.toml")),
    ("kz", include_str!("../../../countries/kz/pack.toml")),
];

// A pack that does not parse is left out rather than stop the program; a test reads every one of them.
static PACKS: LazyLock<BTreeMap<&'static str, CountryPack>> = LazyLock::new(|| {
    TEXTS.iter().filter_map(|(code, text)| Some((*code, CountryPack::parse(text).ok()?))).collect()
});

/// The pack of a country by its ISO 3166-1 code in small letters, such as `kz`.
pub fn pack(code: &str) -> Option<&'static CountryPack> {
    PACKS.get(code)
}

/// The codes of all packs, in alphabetical order.
pub fn codes() -> Vec<&'static str> {
    PACKS.keys().copied().collect()
}

/// Whether a source in hand says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A named source says it.
    Published,
    /// Believed in the field, no source in hand: somebody who knows must read it before a letter prints it.
    Unconfirmed,
}

/// One kind of identifier that a country gives to organisations or people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierKind {
    id: String,
    scheme: Scheme,
    name: LocalizedText,
    mark: Mark,
}

impl IdentifierKind {
    /// Its name in tables, such as `kz-bin`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How its numbers are checked.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What people call it.
    pub const fn name(&self) -> &LocalizedText {
        &self.name
    }

    /// Whether a source gives it.
    pub const fn mark(&self) -> Mark {
        self.mark
    }
}

/// What differs between countries. The engine knows none; it is handed one of these.
#[derive(Debug, Clone)]
pub struct CountryPack {
    code: String,
    name: LocalizedText,
    languages: Vec<Language>,
    currency: Currency,
    identifiers: Vec<IdentifierKind>,
    territories: Territories,
    legal_forms: LegalForms,
}

impl CountryPack {
    /// Reads the text of a `pack.toml`.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        file::read(text)
    }

    /// The ISO 3166-1 code in small letters.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The country's name, by the fallback of [`LocalizedText::text`].
    pub fn name(&self, language: Language) -> &str {
        self.name.text(language)
    }

    /// The languages a round of this country is published in; the first is the default.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The language to use where nobody chose one.
    pub fn default_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::EN)
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The kinds of identifiers, in the pack's order.
    pub fn identifiers(&self) -> &[IdentifierKind] {
        &self.identifiers
    }

    /// Levels and codes of places.
    pub const fn territories(&self) -> &Territories {
        &self.territories
    }

    /// The legal forms of organisations.
    pub const fn legal_forms(&self) -> &LegalForms {
        &self.legal_forms
    }

    /// Parts a name from its legal form, as [`LegalForms::split`] does.
    pub fn split_legal_form(&self, name: &str) -> (Option<&LegalForm>, String) {
        let (code, rest) = self.legal_forms.split(name);
        (code.and_then(|code| self.legal_forms.get(code)), rest)
    }
}

#[cfg(test)]
mod tests;
