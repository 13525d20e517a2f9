//! Names of facilities made comparable across Kazakh, Russian and English.
//!
//! A name is parted from its legal form, folded to Latin letters, and split into words, each of which weighs the more the
//! fewer records have it. Similarity is the cosine of these weights with words that are only nearly equal counted in
//! part: the "soft TF-IDF" of Cohen, Ravikumar and Fienberg (2003), "A comparison of string distance metrics for
//! name-matching tasks".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use adil_domain::CountryPack;

use crate::Found;

/// A name, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    /// Words with their weights, in the order of the alphabet.
    words: Vec<(String, f64)>,
    /// The length of the vector of weights.
    length: f64,
    /// All words joined, in the order of the alphabet.
    pub(super) text: String,
    /// The whole name as written, without spaces.
    joined: String,
    /// Numbers in it: school No 5 is not school No 7.
    pub(super) numbers: BTreeSet<String>,
}

/// The fields that may hold a name.
const FIELDS: [&str; 4] = ["name", "name_kk", "name_ru", "name_en"];

/// How alike two words must be to count as nearly equal, as a Jaro-Winkler similarity.
const NEARLY: f64 = 0.9;

/// A word cut short: `acad` for `academy`.
const CUT_SHORT: (usize, f64) = (3, 0.9);

/// The same of whole names, which are longer and more easily alike.
const NEARLY_WHOLE: f64 = 0.97;

/// Words of the field that translation and shortening change beyond recognition: all of a line are one word.
const CONCEPTS: [&[&str]; 20] = [
    &["centre", "center", "ctr", "центр", "орталығы", "орталық"],
    &["club", "клуб", "клубы"],
    &["community", "comm"],
    &["complex", "комплекс", "кешені", "кешен"],
    &["hall", "зал", "залы"],
    &["pool", "pools", "baths", "бассейн", "бассейні"],
    &["school", "sch", "школа", "мектеп", "мектебі"],
    &["primary", "prim", "ps"],
    &["sport", "sports", "спорт", "спортивный", "спортивная", "спортивно"],
    &["stadium", "стадион", "стадионы"],
    &["ice", "ледовый", "ледовая", "мұз"],
    &["palace", "дворец", "сарайы"],
    &["arena", "арена", "аренасы"],
    &["children", "детская", "балалар"],
    &["youth", "юношеская", "жасөспірімдер"],
    &["central", "центральный", "орталық"],
    &["pitch", "field", "fields", "поле", "алаңы", "алаң"],
    &["recreation", "rec"],
    &["academy", "acad", "академия", "академиясы"],
    &["park", "парк", "саябағы", "паркі"],
];

/// By folded word the number of its line.
static CONCEPT: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let lines = CONCEPTS.iter().enumerate();
    lines.flat_map(|(n, words)| words.iter().map(move |w| (fold(w), format!("={n}")))).collect()
});

/// Small letters of one alphabet, words parted by single spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            // Kazakh letters as their Russian neighbours, so that a name typed without them is the same name.
            'ә' => latin.push('a'),
            'ғ' => latin.push('g'),
            'қ' => latin.push('k'),
            'ң' => latin.push('n'),
            'ө' => latin.push('o'),
            'ұ' | 'ү' => latin.push('u'),
            'һ' | 'х' => latin.push('h'),
            'і' | 'ы' | 'й' => latin.push('i'),
            'ё' | 'э' => latin.push('e'),
            'ж' => latin.push('j'),
            'ц' => latin.push('c'),
            'ю' => latin.push_str("iu"),
            'я' => latin.push_str("ia"),
            'ъ' | 'ь' | '\'' | '’' | '`' => {}
            c if c.is_alphanumeric() => latin.push_str(any_ascii::any_ascii_char(c)),
            _ => latin.push(' '),
        }
    }
    latin.make_ascii_lowercase();
    // Ways to write one sound in Latin letters.
    for (many, one) in
        [("zh", "j"), ("dj", "j"), ("kh", "h"), ("ts", "c"), ("q", "k"), ("w", "v"), ("y", "i"), ("ii", "i")]
    {
        if latin.contains(many) {
            latin = latin.replace(many, one);
        }
    }
    latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How much words weigh, by how many records have them.
pub(super) struct Names {
    country: Option<&'static CountryPack>,
    weights: BTreeMap<String, f64>,
}

impl Names {
    pub(super) fn new(lists: &[Vec<Found>], country: Option<&'static CountryPack>) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut records: u32 = 0;
        for found in lists.iter().flatten() {
            records += 1;
            let words: BTreeSet<String> = texts(found).flat_map(|t| words(t, country).0).collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        let weight = |count: u32| libm::log(1.0 + f64::from(records) / f64::from(count));
        let weights = counts.into_iter().map(|(word, count)| (word, weight(count))).collect();
        Self { country, weights }
    }

    /// The different names of a record.
    pub(super) fn of(&self, found: &Found) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for text in texts(found) {
            let (words, joined) = words(text, self.country);
            let text = words.join(" ");
            if words.is_empty() || names.iter().any(|n| n.text == text) {
                continue;
            }
            let number = |w: &&String| w.starts_with(|c: char| c.is_ascii_digit());
            let numbers = words.iter().filter(number).cloned().collect();
            let words: Vec<(String, f64)> = words
                .into_iter()
                .map(|w| (w.clone(), self.weights.get(&w).copied().unwrap_or(1.0)))
                .collect();
            let length = words.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
            names.push(Name { words, length, text, joined, numbers });
        }
        names
    }
}

fn texts(found: &Found) -> impl Iterator<Item = &str> {
    FIELDS.into_iter().filter_map(|f| found.get(f)).map(str::trim).filter(|t| !t.is_empty())
}

/// The words of a name in alphabetical order, each once, those of the field as what they mean; and the name without
/// spaces.
fn words(text: &str, country: Option<&'static CountryPack>) -> (Vec<String>, String) {
    let bare = country.map_or_else(|| text.to_owned(), |c| c.split_legal_form(text).1);
    let concept = |word: &str| CONCEPT.get(word).cloned();
    let folded = fold(&bare);
    let mut words: Vec<String> = folded
        .split(' ')
        .filter(|w| {
            !w.is_empty() && !matches!(*w, "the" | "and" | "of" | "im" | "imeni" | "atindagi" | "no" | "n")
        })
        .map(|w| concept(w).unwrap_or_else(|| w.to_owned()))
        .collect();
    words.sort();
    words.dedup();
    (words, folded.replace(' ', ""))
}

impl Name {
    /// How alike two names are, 0 to 1; the same either way round.
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        if self.text == other.text {
            return 1.0;
        }
        let both = f64::midpoint(self.towards(other), other.towards(self));
        // What was only written together or apart, or has a slip of the pen somewhere.
        let whole = strsim::jaro_winkler(&self.joined, &other.joined);
        let whole = if whole >= NEARLY_WHOLE { whole } else { 0.0 };
        both.max(whole).min(1.0)
    }

    fn towards(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for (word, weight) in &self.words {
            let best = other
                .words
                .iter()
                .map(|(w, v)| (alike(word, w), *v))
                .fold((0.0, 0.0), |best, next| if next.0 > best.0 { next } else { best });
            sum += weight * best.1 * best.0;
        }
        sum / (self.length * other.length)
    }
}

/// How alike two words are; 0 when not nearly equal.
fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit() || c == '=');
    if digit(a) || digit(b) {
        return 0.0;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() >= CUT_SHORT.0 && long.starts_with(short) {
        return CUT_SHORT.1;
    }
    let similarity = strsim::jaro_winkler(a, b);
    if similarity >= NEARLY { similarity } else { 0.0 }
}

#[cfg(test)]
mod tests;
