//! What can be wrong with a country pack. A pack is compiled in, so its author is the one to read this.

use crate::identifier::UnknownScheme;
use crate::kato::KatoError;
use crate::language::UnknownLanguage;
use crate::money::UnknownCurrency;

/// What is wrong with a country pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// No TOML, a key missing or not known, a value of the wrong kind.
    #[error("the country pack can't be read: {0}")]
    Shape(String),
    /// A language code.
    #[error("in the country pack: {0}")]
    Language(#[from] UnknownLanguage),
    /// The currency.
    #[error("in the country pack: {0}")]
    Currency(#[from] UnknownCurrency),
    /// `check` of an identifier.
    #[error("in the country pack: {0}")]
    Scheme(#[from] UnknownScheme),
    /// Nothing says which language is the default.
    #[error("`languages` of the country pack is empty, at least one language was expected")]
    NoLanguage,
    /// A name that has to be its owner's alone.
    #[error("the {what} `{name}` stands twice in the country pack, each may stand once")]
    Twice {
        /// What kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// A place whose level is none of the levels.
    #[error("the place `{code}` has the level `{level}`, which the country pack does not list")]
    Level {
        /// The place.
        code: String,
        /// Its level.
        level: String,
    },
    /// A place whose code is no KATO code.
    #[error("in the country pack: {0}")]
    Kato(#[from] KatoError),
    /// Places that form no tree.
    #[error("the places of the country pack form no tree: {0}")]
    Places(String),
    /// Words in a language whose place beside the name is not said.
    #[error(
        "the legal form `{form}` has words in {language}, but `legal_form_place` does not say where they stand: before or after the name"
    )]
    NoPlace {
        /// The form.
        form: String,
        /// The language.
        language: crate::Language,
    },
    /// A word that is no word.
    #[error("the legal form `{form}` has an empty word, or `…` without words before it")]
    EmptyWord {
        /// The form.
        form: String,
    },
    /// One word for two forms.
    #[error(
        "`{word}` means both `{first}` and `{second}` in the country pack, a word may mean one legal form"
    )]
    TwoMeanings {
        /// The word.
        word: String,
        /// One form.
        first: String,
        /// The other.
        second: String,
    },
    /// A remark about a word that the form does not have.
    #[error("`{list}` of the legal form `{form}` names `{word}`, which is none of its words")]
    NoSuchWord {
        /// The list.
        list: &'static str,
        /// The form.
        form: String,
        /// The word.
        word: String,
    },
}
