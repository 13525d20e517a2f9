//! How two words are alike.

use super::fold::skeleton;
use super::parse::Word;

/// How two words of names are alike, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// They sound the same in one alphabet.
    Equal,
    /// They differ in an ending of case or adjective: `Абая` and `Абай`, `Карааульский` and `Қарауыл`.
    Inflected,
    /// They differ in vowels alone, as one name does between languages.
    Spelled,
    /// A slip of the pen: one letter, or two in a long word.
    Slip,
    /// The one is the beginning of the other.
    CutShort,
}

impl Likeness {
    /// All of them, the surest first.
    pub const ALL: [Self; 5] = [Self::Equal, Self::Inflected, Self::Spelled, Self::Slip, Self::CutShort];

    /// How many sixths of a word's weight it earns.
    pub const fn sixths(self) -> i32 {
        match self {
            Self::Equal => 6,
            Self::Inflected => 5,
            Self::Spelled | Self::Slip => 4,
            Self::CutShort => 3,
        }
    }

    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Inflected => "inflected",
            Self::Spelled => "spelled",
            Self::Slip => "slip",
            Self::CutShort => "cut-short",
        }
    }
}

/// Words of fewer letters are too easily alike.
const SHORT: usize = 4;

/// Endings of case and adjective in Russian and Kazakh, and of patronymics, folded.
const ENDINGS: [&str; 47] = [
    "", "a", "ia", "ka", "in", "en", "ov", "ev", "ova", "eva", "ina", "oe", "oi", "aia", "ogo", "om", "sk",
    "ski", "skaia", "skoe", "skoi", "skogo", "nski", "inski", "enski", "anski", "ovski", "evski", "inskaia",
    "ovskaia", "inskoe", "inskogo", "inka", "ovka", "evka", "nin", "din", "tin", "ning", "ding", "ting",
    "uli", "kizi", "ovich", "evich", "ovna", "evna",
];

/// Endings of names of women, and those of men that they answer to.
const OF_WOMEN: [&str; 5] = ["a", "aia", "kizi", "ovna", "evna"];
const OF_MEN: [&str; 5] = ["", "i", "uli", "ovich", "evich"];

pub(super) fn likeness(a: &Word, b: &Word) -> Option<Likeness> {
    let (x, y) = (a.sound.as_str(), b.sound.as_str());
    if x == y {
        return Some(Likeness::Equal);
    }
    if inflected(x, y, SHORT) {
        return Some(Likeness::Inflected);
    }
    let (x, y) = (a.core.as_str(), b.core.as_str());
    let (short, long) = if (x.len(), x) < (y.len(), y) { (x, y) } else { (y, x) };
    if short.len() < SHORT {
        return None;
    }
    let apart = long.len() - short.len();
    if apart <= 2 {
        if spelled(short, long) {
            return Some(Likeness::Spelled);
        }
        let slips = strsim::osa_distance(short, long);
        if (slips == 1 && short.len() > SHORT) || (slips == 2 && short.len() > 2 * SHORT) {
            return Some(Likeness::Slip);
        }
    }
    (apart >= 3 && long.starts_with(short)).then_some(Likeness::CutShort)
}

/// Whether two words are one but for their endings, with at least so many letters before these; one fewer before an
/// adjective's.
pub(super) fn inflected(x: &str, y: &str, least: usize) -> bool {
    let (stem, x, y) = endings(x, y);
    let adjective = x.contains("sk") || y.contains("sk");
    stem + usize::from(adjective) >= least && ENDINGS.contains(&x) && ENDINGS.contains(&y)
}

/// Whether two surnames or patronymics are one but that the one is a man's and the other a woman's.
pub(super) fn of_other_sex(a: &Word, b: &Word) -> bool {
    let (_, x, y) = endings(&a.sound, &b.sound);
    (OF_WOMEN.contains(&x) && OF_MEN.contains(&y)) || (OF_MEN.contains(&x) && OF_WOMEN.contains(&y))
}

/// How many letters two words begin with alike, and what follows in each.
fn endings<'w>(x: &'w str, y: &'w str) -> (usize, &'w str, &'w str) {
    let stem = x.bytes().zip(y.bytes()).take_while(|(a, b)| a == b).count();
    (stem, &x[stem..], &y[stem..])
}

/// The same consonants in the same order, and nearly the same vowels.
fn spelled(a: &str, b: &str) -> bool {
    let bones = skeleton(a);
    bones.len() >= 3 && bones == skeleton(b) && strsim::levenshtein(a, b) <= 2
}
