//! Languages, text in several of them, and sentences with placeholders (Project Fluent).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::rational::Rational;

/// A language by its ISO 639-1 code, such as `kk`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

/// The text is no two-letter language code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language code of two small letters, such as kk, ru or en")]
pub struct UnknownLanguage(String);

impl Language {
    /// English.
    pub const EN: Self = Self(*b"en");
    /// Kazakh.
    pub const KK: Self = Self(*b"kk");
    /// Russian.
    pub const RU: Self = Self(*b"ru");
    /// The languages every page and sentence of the product exists in.
    pub const PRODUCT: [Self; 3] = [Self::KK, Self::RU, Self::EN];

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("en")
    }

    /// Writes a number as the language does: thousands grouped, the decimal sign its own. `decimals` is exact.
    pub fn number(self, value: &Rational, decimals: u32) -> String {
        self.group(&value.to_decimal(decimals))
    }

    /// As [`Language::number`], without trailing zeros.
    pub fn short_number(self, value: &Rational, decimals: u32) -> String {
        self.group(&value.to_short_decimal(decimals))
    }

    fn group(self, plain: &str) -> String {
        // CLDR 46: Kazakh and Russian group by a no-break space and write a decimal comma.
        let (thousands, point) = match self {
            Self::KK | Self::RU => ('\u{a0}', ','),
            _ => (',', '.'),
        };
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |d| ("−", d));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut out = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        match code.as_bytes() {
            [a @ b'a'..=b'z', b @ b'a'..=b'z'] => Ok(Self([*a, *b])),
            _ => Err(UnknownLanguage(crate::rational::shorten(code))),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text in one or more languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalizedText(BTreeMap<Language, String>);

impl LocalizedText {
    /// The text in one language.
    pub fn new(language: Language, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language, text.into())]))
    }

    /// Adds or replaces the text of a language.
    pub fn insert(&mut self, language: Language, text: impl Into<String>) {
        self.0.insert(language, text.into());
    }

    /// The text in `language`, or else in the first of English, Russian, Kazakh and the others by code that there is;
    /// beside it the language it really is in. `None` when there is no text at all.
    pub fn get(&self, language: Language) -> Option<(&str, Language)> {
        [language, Language::EN, Language::RU, Language::KK]
            .into_iter()
            .chain(self.0.keys().copied())
            .find_map(|l| self.0.get(&l).map(|text| (text.as_str(), l)))
    }

    /// The text by the same fallback, or the empty text.
    pub fn text(&self, language: Language) -> &str {
        self.get(language).map_or("", |(text, _)| text)
    }

    /// Whether there is a text in that very language.
    pub fn has(&self, language: Language) -> bool {
        self.0.contains_key(&language)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Languages and texts, by language code.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(l, t)| (*l, t.as_str()))
    }
}

/// Sentences of one crate in several languages: whole messages with placeholders, never glued fragments.
pub struct Catalog {
    bundles: BTreeMap<Language, FluentBundle<FluentResource>>,
}

/// A catalogue's text has a mistake; it is compiled in, so only a test ever sees this.
#[derive(Debug, thiserror::Error)]
#[error("messages in {language}: {reason}")]
pub struct CatalogError {
    language: Language,
    reason: String,
}

impl Catalog {
    /// Reads Fluent texts, one or more for each language.
    ///
    /// # Errors
    /// A text that is no Fluent, or a message defined twice.
    pub fn new(texts: &[(Language, &str)]) -> Result<Self, CatalogError> {
        let mut bundles: BTreeMap<Language, FluentBundle<FluentResource>> = BTreeMap::new();
        for (language, text) in texts {
            let error = |reason: String| CatalogError { language: *language, reason };
            let resource = FluentResource::try_new((*text).to_owned())
                .map_err(|(_, errors)| error(format!("{errors:?}")))?;
            let id: LanguageIdentifier = language.code().parse().map_err(|e| error(format!("{e:?}")))?;
            let bundle = bundles.entry(*language).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                // Marks of direction around each placeholder would end in tables and spreadsheets.
                bundle.set_use_isolating(false);
                bundle
            });
            bundle.add_resource(resource).map_err(|errors| error(format!("{errors:?}")))?;
        }
        Ok(Self { bundles })
    }

    /// The message in `language`, or in English where the language has none; its own name where nobody has it.
    pub fn message(&self, language: Language, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        for l in [language, Language::EN] {
            let Some(bundle) = self.bundles.get(&l) else { continue };
            let Some(pattern) = bundle.get_message(id).and_then(|m| m.value()) else { continue };
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, args, &mut errors).into_owned();
        }
        id.to_owned()
    }

    /// Whether there is such a message, in English at least.
    pub fn has(&self, id: &str) -> bool {
        self.bundles.get(&Language::EN).and_then(|b| b.get_message(id)).is_some_and(|m| m.value().is_some())
    }

    /// The languages there are messages in.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.bundles.keys().copied()
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.bundles.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let value: Rational = "-41250000.5".parse().unwrap();
        assert_eq!(Language::EN.number(&value, 2), "−41,250,000.50");
        assert_eq!(Language::KK.number(&value, 2), "−41\u{a0}250\u{a0}000,50");
        assert_eq!(Language::RU.short_number(&"950".parse().unwrap(), 2), "950");
    }

    #[test]
    fn a_missing_language_falls_back_and_says_so() {
        let text = LocalizedText::new(Language::RU, "Баллы");
        assert_eq!(text.get(Language::KK), Some(("Баллы", Language::RU)));
        assert_eq!(LocalizedText::default().get(Language::KK), None);
    }

    #[test]
    fn plurals_follow_the_language() {
        let catalog = Catalog::new(&[
            (Language::EN, "n = { $n ->\n [one] { $n } application\n *[other] { $n } applications\n }\n"),
            (
                Language::RU,
                "n = { $n ->\n [one] { $n } заявка\n [few] { $n } заявки\n *[many] { $n } заявок\n }\n",
            ),
        ])
        .unwrap();
        let say = |l, n: i32| {
            let mut args = FluentArgs::new();
            args.set("n", n);
            catalog.message(l, "n", Some(&args))
        };
        assert_eq!(say(Language::EN, 1), "1 application");
        assert_eq!(say(Language::RU, 3), "3 заявки");
        assert_eq!(say(Language::KK, 2), "2 applications", "no Kazakh here: English stands in");
    }
}
