//! Legal forms: ТОО, ЖШС and LLP are one. The table is the pack's; here a name is parted from its form.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::file::LegalFormFile;
use super::{Mark, PackError};
use crate::language::Language;

/// The legal forms of a country.
#[derive(Debug, Clone)]
pub struct LegalForms {
    forms: Vec<LegalForm>,
    patterns: Vec<Pattern>,
}

/// One legal form.
#[derive(Debug, Clone)]
pub struct LegalForm {
    code: String,
    mark: Mark,
    old: bool,
    words: BTreeMap<Language, Words>,
}

/// What a form is called in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// Abbreviations, the usual one first.
    pub short: Vec<String>,
    /// Written out, the plain one first, then as names inflect it.
    pub long: Vec<String>,
    /// Seen in data for this form: understood, never printed. `…` stands for the name when words stand around it.
    pub also: Vec<String>,
    /// Those of the words that no source in hand gives.
    pub unconfirmed: Vec<String>,
    /// Those of the words that may be something else, such as initials: they count only beside a name in quotes.
    pub only_beside_quotes: Vec<String>,
}

/// On which side of the name a language puts the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Side {
    Before,
    After,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    form: usize,
    side: Side,
    /// Words before the name and after it; a pattern of one side holds all of its words in `head`.
    head: Vec<String>,
    tail: Vec<String>,
    only_beside_quotes: bool,
    /// It counts on the other side of the name as well.
    either_side: bool,
}

impl Words {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.short.iter().chain(&self.long).chain(&self.also)
    }
}

impl LegalForm {
    /// The code that all names of the form share, such as `llp`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How sure the form as a whole is.
    pub const fn mark(&self) -> Mark {
        self.mark
    }

    /// Whether it can no longer be chosen and lives on in old names.
    pub const fn is_old(&self) -> bool {
        self.old
    }

    /// What the form is called in a language.
    pub fn words(&self, language: Language) -> Option<&Words> {
        self.words.get(&language)
    }

    /// The usual abbreviation in a language, and how sure it is.
    pub fn short(&self, language: Language) -> Option<(&str, Mark)> {
        let words = self.words(language)?;
        words.short.first().map(|word| (word.as_str(), self.mark_of(words, word)))
    }

    /// The form written out in a language, and how sure that is.
    pub fn long(&self, language: Language) -> Option<(&str, Mark)> {
        let words = self.words(language)?;
        words.long.first().map(|word| (word.as_str(), self.mark_of(words, word)))
    }

    fn mark_of(&self, words: &Words, word: &String) -> Mark {
        if words.unconfirmed.contains(word) { Mark::Unconfirmed } else { self.mark }
    }
}

impl LegalForms {
    pub(super) fn new(
        files: Vec<LegalFormFile>,
        sides: &BTreeMap<Language, Side>,
        either_side: &[Language],
    ) -> Result<Self, PackError> {
        let mut forms = Vec::with_capacity(files.len());
        let mut patterns: Vec<Pattern> = Vec::new();
        for (form, file) in files.into_iter().enumerate() {
            let mut by_language = BTreeMap::new();
            for (language, words) in file.words {
                let language: Language = language.parse()?;
                let side = *sides
                    .get(&language)
                    .ok_or_else(|| PackError::NoPlace { form: file.code.clone(), language })?;
                for (list, named) in
                    [("unconfirmed", &words.unconfirmed), ("only_beside_quotes", &words.only_beside_quotes)]
                {
                    if let Some(word) = named.iter().find(|word| !words.all().any(|w| w == *word)) {
                        return Err(PackError::NoSuchWord {
                            list,
                            form: file.code.clone(),
                            word: word.clone(),
                        });
                    }
                }
                patterns.extend(words.all().map(|word| Pattern {
                    either_side: either_side.contains(&language),
                    only_beside_quotes: words.only_beside_quotes.contains(word),
                    ..Pattern::new(form, side, word)
                }));
                by_language.insert(language, words);
            }
            // Without a word it would be found in every name, again and again.
            if patterns.iter().any(|p| p.head.is_empty()) {
                return Err(PackError::EmptyWord { form: file.code });
            }
            forms.push(LegalForm { code: file.code, mark: file.mark, old: file.old, words: by_language });
        }
        let mut meaning: HashMap<(&[String], &[String]), usize> = HashMap::new();
        for pattern in &patterns {
            let first = *meaning.entry((&pattern.head, &pattern.tail)).or_insert(pattern.form);
            if first != pattern.form {
                return Err(PackError::TwoMeanings {
                    word: pattern.head.join(" "),
                    first: forms[first].code.clone(),
                    second: forms[pattern.form].code.clone(),
                });
            }
        }
        Ok(Self { forms, patterns })
    }

    /// The form with that code.
    pub fn get(&self, code: &str) -> Option<&LegalForm> {
        self.forms.iter().find(|form| form.code == code)
    }

    /// All of them, in the pack's order.
    pub fn iter(&self) -> std::slice::Iter<'_, LegalForm> {
        self.forms.iter()
    }

    /// Parts a name from its legal form: the form's code, when one is recognised, and the rest of the name with quotes
    /// dropped and spaces single. Case does not count.
    ///
    /// Each language's form is looked for on its own side of the name; on the other side too where the pack says so,
    /// and beside a name in quotes. A name that would be nothing but a form keeps it. The result proposes; the identifier decides.
    pub fn split(&self, name: &str) -> (Option<&str>, String) {
        let words = words(name);
        let mut rest = Rest { name, words: &words };
        let mut form: Option<usize> = None;
        // A form may stand twice, translated: "Партнерство с ограниченной ответственностью «Спорт» LLP".
        while let Some((found, smaller)) = self.find(rest, form) {
            form = Some(found);
            rest = smaller;
        }
        (form.and_then(|f| self.forms.get(f)).map(LegalForm::code), rest.plain())
    }

    /// The form that is meant; once one is found, `only` that very form is looked for.
    ///
    /// The longest counts ("коммунальное государственное учреждение" holds "государственное учреждение" within), then one
    /// on its own side, then one before the name.
    fn find<'a>(&self, rest: Rest<'a>, only: Option<usize>) -> Option<(usize, Rest<'a>)> {
        self.patterns
            .iter()
            .filter(|pattern| only.is_none_or(|form| form == pattern.form))
            .filter_map(|pattern| {
                let (side, smaller) = pattern.part(rest)?;
                let length = pattern.head.len() + pattern.tail.len();
                Some(((length, side == pattern.side, side == Side::Before), pattern.form, smaller))
            })
            .max_by_key(|(rank, ..)| *rank)
            .map(|(_, form, smaller)| (form, smaller))
    }
}

impl<'a> IntoIterator for &'a LegalForms {
    type Item = &'a LegalForm;
    type IntoIter = std::slice::Iter<'a, LegalForm>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Pattern {
    fn new(form: usize, side: Side, word: &str) -> Self {
        let fold = |text: &str| words(text).into_iter().map(|w| w.folded).collect();
        let (head, tail) = word.split_once('…').unwrap_or((word, ""));
        Self { form, side, head: fold(head), tail: fold(tail), only_beside_quotes: false, either_side: false }
    }

    /// What is left of the name when this pattern is taken off it, and the side it stood on.
    fn part<'a>(&self, rest: Rest<'a>) -> Option<(Side, Rest<'a>)> {
        if !self.tail.is_empty() {
            return Some((self.side, rest.without_head(&self.head)?.without_tail(&self.tail)?));
        }
        [Side::Before, Side::After].into_iter().find_map(|side| {
            let smaller = match side {
                Side::Before => rest.without_head(&self.head),
                Side::After => rest.without_tail(&self.head),
            }?;
            let own_side = side == self.side;
            // «Үшқыр» бокс клубы ҚБ: initials don't follow a name with quotes in it.
            let anywhere = if self.only_beside_quotes {
                own_side && smaller.holds_quotes()
            } else {
                own_side || self.either_side
            };
            (anywhere || smaller.is_quoted()).then_some((side, smaller))
        })
    }
}

/// A word of a name: where it stands, and how it compares.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    start: usize,
    end: usize,
    folded: String,
}

/// The words of a name that no form has been taken off yet.
#[derive(Debug, Clone, Copy)]
struct Rest<'a> {
    name: &'a str,
    words: &'a [Word],
}

impl<'a> Rest<'a> {
    /// At least one word must stay: it is the name.
    fn without_head(self, head: &[String]) -> Option<Self> {
        let (front, words) = self.words.split_at_checked(head.len())?;
        let fits = !words.is_empty() && front.iter().zip(head).all(|(w, h)| w.folded == *h);
        fits.then_some(Self { words, ..self })
    }

    fn without_tail(self, tail: &[String]) -> Option<Self> {
        let (words, back) = self.words.split_at_checked(self.words.len().checked_sub(tail.len())?)?;
        let fits = !words.is_empty() && back.iter().zip(tail).all(|(w, t)| w.folded == *t);
        fits.then_some(Self { words, ..self })
    }

    fn ends(&self) -> Option<(&'a str, &'a str, &'a str)> {
        let (start, end) = (self.words.first()?.start, self.words.last()?.end);
        Some((&self.name[..start], &self.name[start..end], &self.name[end..]))
    }

    /// Whether what is left stands between quotes.
    fn is_quoted(&self) -> bool {
        self.ends().is_some_and(|(before, _, after)| {
            before.trim_end().ends_with(is_any_quote) && after.trim_start().starts_with(is_any_quote)
        })
    }

    /// Whether a part of what is left stands between quotes.
    fn holds_quotes(&self) -> bool {
        let name = self.words.first().zip(self.words.last());
        // One that stands before the first word belongs to it.
        name.is_some_and(|(_, last)| self.name[..last.end].contains(is_quote))
    }

    fn plain(&self) -> String {
        let kept = self.ends().map_or("", |(_, kept, _)| kept);
        let spaced: String = kept.chars().map(|c| if is_quote(c) { ' ' } else { c }).collect();
        spaced.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Quotes that never belong to a word.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '‹' | '›' | '″' | '＂' | '`')
}

/// Also those that may be an apostrophe within a word, as in O'Brien.
const fn is_any_quote(c: char) -> bool {
    is_quote(c) || matches!(c, '\'' | '‘' | '’')
}

/// What stands at the edge of a word without belonging to it. A closing dot does when more dots are inside (А.Б.).
const fn is_edge(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '\'' | '‘' | '’')
}

fn words(name: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in name.split(|c: char| c.is_whitespace() || is_quote(c)) {
        let start = from + (piece.len() - piece.trim_start_matches(is_edge).len());
        let inner = piece.trim_matches(is_edge);
        if !inner.is_empty() {
            words.push(Word { start, end: start + inner.len(), folded: fold(inner) });
        }
        // The separator is one character, but not one byte.
        from += piece.len();
        from += name[from..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn fold(word: &str) -> String {
    let folded: String =
        word.nfc().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect();
    folded.trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
