//! What a name of an operator is made of: form, words that tell it apart, words of the field, numbers, initials.

use std::collections::BTreeSet;

use adil_domain::CountryPack;

use super::concepts;
use super::fold::{fold, sound};

/// A name of an operator, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorName {
    pub(super) form: Option<String>,
    /// Words that tell it apart, in the order of their sound.
    pub(super) words: Vec<Word>,
    /// Words of the field, in English: club, school, boxing.
    pub(super) kinds: BTreeSet<&'static str>,
    /// Numbers, and what is as good as a number: `+`.
    pub(super) numbers: BTreeSet<String>,
    /// Folded first letters of given names, as written.
    pub(super) initials: Vec<String>,
    /// Whether it is the name of a person.
    pub(super) person: bool,
    /// Everything but the form, without spaces.
    pub(super) joined: String,
}

/// A word that tells a name apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    /// How it sounds in one alphabet.
    pub(super) sound: String,
    /// The sound without the ending of an adjective.
    pub(super) core: String,
    /// Which word of the name it is.
    pub(super) at: usize,
    /// As written.
    pub(super) shown: String,
    /// What agreeing in it is worth.
    pub(super) points: i32,
}

/// What agreeing in a word is worth unless a list says how rare it is.
pub(super) const WORD: i32 = 6;

/// Endings of Russian adjectives made of names of places, folded.
const ADJECTIVE: [&str; 5] = ["skogo", "skaia", "skoi", "skoe", "ski"];

/// Endings of surnames and patronymics, folded: what shows that several words are a person.
const OF_PEOPLE: [&str; 19] = [
    "ov", "ova", "ev", "eva", "in", "ina", "ski", "skaia", "uli", "kizi", "ovich", "evich", "ovna", "evna",
    "bek", "enko", "chuk", "ian", "gali",
];

/// Suffixes of ordinal numbers: `5-ші`, `5-я`, `5th`.
const ORDINALS: [&str; 12] = ["shi", "nshi", "inshi", "ia", "i", "oi", "aia", "oe", "th", "st", "nd", "rd"];

impl OperatorName {
    /// Takes a name apart. The legal forms are those of the country.
    pub fn parse(text: &str, country: Option<&CountryPack>) -> Self {
        let (form, bare) = match country {
            Some(country) => {
                let (form, bare) = country.split_legal_form(text);
                (form.map(|f| f.code().to_owned()), bare)
            }
            None => (None, text.to_owned()),
        };
        let mut name = Self {
            form,
            words: Vec::new(),
            kinds: BTreeSet::new(),
            numbers: BTreeSet::new(),
            initials: Vec::new(),
            person: false,
            joined: String::new(),
        };
        let pieces = pieces(&bare);
        let mut after_number = false;
        for (at, piece) in pieces.iter().enumerate() {
            after_number = name.take(piece, pieces.get(at + 1), after_number);
        }
        name.words.sort();
        name.words.dedup_by(|a, b| a.sound == b.sound);
        name.person = name.is_person();
        name
    }

    /// The code of its legal form, such as `llp`.
    pub fn form(&self) -> Option<&str> {
        self.form.as_deref()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.kinds.is_empty() && self.numbers.is_empty()
    }

    /// Adds a piece; says whether it was a number.
    fn take(&mut self, piece: &Piece<'_>, next: Option<&Piece<'_>>, after_number: bool) -> bool {
        if piece.text == "+" {
            self.numbers.insert("+".to_owned());
            return false;
        }
        let folded = fold(piece.text).replace(' ', "");
        if folded.is_empty() || (after_number && ORDINALS.contains(&folded.as_str())) {
            return false;
        }
        self.joined.push_str(&folded);
        if let Some(number) = number(piece.text, &folded) {
            self.numbers.insert(number);
            return true;
        }
        if matches!(folded.as_str(), "plius" | "plus") {
            self.numbers.insert("+".to_owned());
        } else if piece.is_initial(next) {
            self.initials.push(folded);
        } else if let Some(meant) = concepts::of_operators(&sound(&folded)) {
            self.kinds.extend(meant);
        } else if !concepts::is_empty(&folded) {
            let sound = sound(&folded);
            self.words.push(Word {
                core: core(&sound).to_owned(),
                at: self.words.len(),
                sound,
                shown: piece.text.to_owned(),
                points: WORD,
            });
        }
        false
    }

    /// Initials beside a word, or several words of which one is made as surnames are.
    fn is_person(&self) -> bool {
        let plain = self.kinds.is_empty() && self.numbers.is_empty();
        let like = |w: &Word| w.sound.len() > 4 && OF_PEOPLE.iter().any(|end| w.sound.ends_with(end));
        match self.words.len() {
            1 => plain && !self.initials.is_empty(),
            2..=4 => plain && (!self.initials.is_empty() || self.words.iter().any(like)),
            _ => false,
        }
    }
}

/// A word or a sign of a name, and whether a dot follows.
struct Piece<'t> {
    text: &'t str,
    dot: bool,
}

impl Piece<'_> {
    /// `А.`, `Sh.`, `А` beside another such letter, or a single letter: first letters of given names.
    fn is_initial(&self, next: Option<&Self>) -> bool {
        let mut letters = self.text.chars();
        let (first, second) = (letters.next(), letters.next());
        let upper = first.is_some_and(|c| c.is_alphabetic() && c.is_uppercase());
        match (second, letters.next()) {
            (None, _) => upper,
            // Two letters for one sound in Latin; a dot must follow, else it is a word.
            (Some(c), None) => {
                upper && c.is_ascii_lowercase() && self.dot && next.is_none_or(|n| n.text.len() <= 4)
            }
            _ => false,
        }
    }
}

/// Words and plus signs, parted also where letters and digits meet.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    let mut push = |from: Option<(usize, bool)>, to: usize, dot: bool| {
        if let Some((from, _)) = from {
            pieces.push(Piece { text: &text[from..to], dot });
        }
    };
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ' | '`');
    for (at, c) in text.char_indices() {
        if c == '+' {
            push(start.take(), at, false);
            push(Some((at, false)), at + 1, false);
        } else if inside(c) {
            let digit = c.is_ascii_digit();
            if start.is_some_and(|(_, was)| was != digit) {
                push(start.take(), at, false);
            }
            start = start.or(Some((at, digit)));
        } else {
            push(start.take(), at, c == '.');
        }
    }
    push(start, text.len(), false);
    pieces
}

/// A number without zeros before it, also a Roman one; `№` and the like never get here.
fn number(written: &str, folded: &str) -> Option<String> {
    if folded.bytes().all(|b| b.is_ascii_digit()) {
        let plain = folded.trim_start_matches('0');
        return Some(if plain.is_empty() { "0" } else { plain }.to_owned());
    }
    let roman: String = written
        .chars()
        .map(|c| match c {
            'І' => 'I',
            'Х' => 'X',
            other => other,
        })
        .collect();
    let value = match roman.as_str() {
        "II" => "2",
        "III" => "3",
        "IV" => "4",
        "VI" => "6",
        "VII" => "7",
        "VIII" => "8",
        "IX" => "9",
        "XI" => "11",
        "XII" => "12",
        _ => return None,
    };
    Some(value.to_owned())
}

/// A word without the ending of an adjective, if enough is left of it.
pub(super) fn core(sound: &str) -> &str {
    ADJECTIVE
        .iter()
        .filter_map(|ending| sound.strip_suffix(ending))
        .find(|core| core.len() >= 3)
        .unwrap_or(sound)
}
