//! How alike two names are where words weigh by how rare they are.
//!
//! Each word weighs the more the fewer records have it. Similarity is the cosine of these weights with words that are
//! only nearly equal counted in part: the "soft TF-IDF" of Cohen, Ravikumar and Fienberg (2003), "A comparison of string
//! distance metrics for name-matching tasks".

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::CountryPack;

use super::concepts;
use super::fold::fold;

/// A name, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedName {
    /// Words with their weights, in the order of the alphabet.
    words: Vec<(String, f64)>,
    /// The length of the vector of weights.
    length: f64,
    text: String,
    /// The whole name as written, without spaces.
    joined: String,
    numbers: BTreeSet<String>,
}

/// How alike two words must be to count as nearly equal, as a Jaro-Winkler similarity.
const NEARLY: f64 = 0.9;

/// A word cut short: `acad` for `academy`.
const CUT_SHORT: (usize, f64) = (3, 0.9);

/// The same of whole names, which are longer and more easily alike.
const NEARLY_WHOLE: f64 = 0.97;

/// Words of a folded name that say nothing.
const EMPTY: [&str; 8] = ["the", "and", "of", "im", "imeni", "atindagi", "no", "n"];

/// How much words weigh, by how many records have them.
pub struct WordWeights {
    country: Option<&'static CountryPack>,
    weights: BTreeMap<String, f64>,
}

impl WordWeights {
    /// Counts the words of records, each given as all the names it has.
    pub fn count<'t>(
        records: impl IntoIterator<Item = impl IntoIterator<Item = &'t str>>,
        country: Option<&'static CountryPack>,
    ) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut total: u32 = 0;
        for names in records {
            total += 1;
            let words: BTreeSet<String> = names.into_iter().flat_map(|t| words(t, country).0).collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        let weight = |count: u32| libm::log(1.0 + f64::from(total) / f64::from(count));
        let weights = counts.into_iter().map(|(word, count)| (word, weight(count))).collect();
        Self { country, weights }
    }

    /// A name with the weights of its words; `None` where no word is left of it.
    pub fn name(&self, text: &str) -> Option<WeightedName> {
        let (words, joined) = words(text, self.country);
        if words.is_empty() {
            return None;
        }
        let text = words.join(" ");
        let number = |w: &&String| w.starts_with(|c: char| c.is_ascii_digit());
        let numbers = words.iter().filter(number).cloned().collect();
        let words: Vec<(String, f64)> = words
            .into_iter()
            .map(|w| {
                let weight = self.weights.get(&w).copied().unwrap_or(1.0);
                (w, weight)
            })
            .collect();
        let length = words.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        Some(WeightedName { words, length, text, joined, numbers })
    }
}

/// The words of a name in alphabetical order, each once, those of the field as what they mean; and the name without
/// spaces.
fn words(text: &str, country: Option<&'static CountryPack>) -> (Vec<String>, String) {
    let bare = country.map_or_else(|| text.to_owned(), |c| c.split_legal_form(text).1);
    let folded = fold(&bare);
    let mut words: Vec<String> = folded
        .split(' ')
        .filter(|w| !w.is_empty() && !EMPTY.contains(w))
        .map(|w| concepts::of_facilities(w).unwrap_or(w).to_owned())
        .collect();
    words.sort();
    words.dedup();
    (words, folded.replace(' ', ""))
}

impl WeightedName {
    /// All words joined, in the order of the alphabet.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Numbers in it: school No 5 is not school No 7.
    pub const fn numbers(&self) -> &BTreeSet<String> {
        &self.numbers
    }

    /// How alike two names are, 0 to 1; the same either way round.
    pub fn similarity(&self, other: &Self) -> f64 {
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
