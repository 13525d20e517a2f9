//! Two operators compared: what speaks for their being one and what against, each with its published weight.
//!
//! The sum of weights is that of Fellegi and Sunter (1969), "A theory for record linkage", with whole points instead of
//! logarithms of estimated probabilities: they can be read, published and argued about.

use super::concepts;
use super::evidence::{Basis, Comparison, Evidence, Finding, Outcome};
use super::likeness::{Likeness, inflected, likeness, of_other_sex};
use super::operator::Operator;
use super::parse::{OperatorName, WORD, Word};

/// So many points or more propose that two records are one.
pub const SAME: i32 = 6;

/// So many or more, and a person must look.
pub const UNSURE: i32 = 1;

/// What a word of a person's name counts: surnames are shared by many.
const WORD_OF_PERSON: i32 = 4;

/// Letters that two whole names must begin with alike, if only their endings are to differ.
const WHOLE: usize = 6;

/// No more words of the field than this count, either way.
const KINDS: usize = 3;

/// Compares two operators; with several names the two that fit best count. The same either way round, but for left and
/// right.
pub fn compare(a: &Operator, b: &Operator) -> Comparison {
    let mut best: Option<(i32, Vec<Evidence>)> = None;
    for x in &a.names {
        for y in &b.names {
            let evidence = names(x, y);
            let points = evidence.iter().map(|e| e.points).sum();
            if best.as_ref().is_none_or(|(most, _)| points > *most) {
                best = Some((points, evidence));
            }
        }
    }
    let (mut points, mut evidence) = best.unwrap_or_default();
    let mut found = Found(Vec::new());
    if let (Some(x), Some(y)) = (&a.place, &b.place) {
        match x.agrees(y) {
            Some(true) => found.add(Finding::PlaceEqual, x.shown(), y.shown()),
            Some(false) => found.add(Finding::PlaceDifferent, x.shown(), y.shown()),
            None => {}
        }
    }
    let mut decided = None;
    if let (Some(x), Some(y)) = (&a.identity, &b.identity) {
        decided = x.decides(y);
        match decided {
            Some(true) => found.add(Finding::IdentifierEqual, x.shown(), y.shown()),
            Some(false) => found.add(Finding::IdentifierDifferent, x.shown(), y.shown()),
            None if x.alike(y) => found.add(Finding::IdentifierUnchecked, x.shown(), y.shown()),
            None => {}
        }
    }
    points += found.0.iter().map(|e| e.points).sum::<i32>();
    evidence.extend(found.0);
    evidence.sort_by_key(|e| (e.finding, std::cmp::Reverse(e.points)));
    // A word more may be another firm of the same founder, and a name of its kind alone is everywhere: such are never
    // taken for one, at most asked about.
    let has = |finding: Finding| evidence.iter().any(|e| e.finding == finding);
    let asked = has(Finding::WordMissing) || (has(Finding::NothingDistinct) && !has(Finding::PlaceEqual));
    let (outcome, basis) = match decided {
        Some(true) => (Outcome::Same, Basis::Identifier),
        Some(false) => (Outcome::Different, Basis::Identifier),
        None if points >= SAME && !asked => (Outcome::Same, Basis::Name),
        None if points >= UNSURE => (Outcome::Unsure, Basis::Name),
        None => (Outcome::Different, Basis::Name),
    };
    Comparison { outcome, basis, points, evidence }
}

/// Evidence on its way.
struct Found(Vec<Evidence>);

impl Found {
    fn add(&mut self, finding: Finding, left: impl Into<String>, right: impl Into<String>) {
        self.with(finding, left, right, finding.points().unwrap_or(0));
    }

    fn with(&mut self, finding: Finding, left: impl Into<String>, right: impl Into<String>, points: i32) {
        self.0.push(Evidence { finding, left: left.into(), right: right.into(), points });
    }

    /// Something that only one of them has.
    fn missing(&mut self, finding: Finding, shown: &str, on_left: bool, points: i32) {
        let (left, right) = if on_left { (shown, "") } else { ("", shown) };
        self.with(finding, left, right, points);
    }
}

/// What two names say.
fn names(a: &OperatorName, b: &OperatorName) -> Vec<Evidence> {
    let mut found = Found(Vec::new());
    if let (Some(x), Some(y)) = (&a.form, &b.form) {
        found.add(if x == y { Finding::FormEqual } else { Finding::FormDifferent }, x, y);
    }
    numbers(a, b, &mut found);
    let pairs = pairs(&a.words, &b.words);
    let all = pairs.len() == a.words.len() && pairs.len() == b.words.len();
    let differs = !all || a.kinds != b.kinds;
    if differs && (a.joined == b.joined || (a.kinds == b.kinds && inflected(&a.joined, &b.joined, WHOLE))) {
        found.add(Finding::WholeEqual, a.joined.as_str(), b.joined.as_str());
        return found.0;
    }
    kinds(a, b, &mut found);
    let person = a.person && b.person;
    for (x, y, how) in &pairs {
        let (x, y) = (&a.words[*x], &b.words[*y]);
        if person && *how == Likeness::Inflected && of_other_sex(x, y) {
            found.add(Finding::SurnameGender, x.shown.as_str(), y.shown.as_str());
            continue;
        }
        let worth = if person { WORD_OF_PERSON } else { x.points.min(y.points) };
        found.with(Finding::Word(*how), x.shown.as_str(), y.shown.as_str(), worth * how.sixths() / 6);
    }
    let left = rest(&a.words, pairs.iter().map(|p| p.0));
    let right = rest(&b.words, pairs.iter().map(|p| p.1));
    if person || !(a.initials.is_empty() && b.initials.is_empty()) {
        given(&of_given(&left, a), &of_given(&right, b), &mut found);
    } else {
        for (words, on_left) in [(left, true), (right, false)] {
            for word in words {
                found.missing(Finding::WordMissing, &word.shown, on_left, 1 - word.points);
            }
        }
    }
    if a.words.is_empty() && b.words.is_empty() {
        found.add(Finding::NothingDistinct, "", "");
    }
    found.0
}

fn numbers(a: &OperatorName, b: &OperatorName, found: &mut Found) {
    let shown = |name: &OperatorName| name.numbers.iter().cloned().collect::<Vec<_>>().join(" ");
    let finding = match (a.numbers.is_empty(), b.numbers.is_empty()) {
        (true, true) => return,
        (false, false) if a.numbers == b.numbers => Finding::NumberEqual,
        (false, false) => Finding::NumberDifferent,
        _ => Finding::NumberMissing,
    };
    found.add(finding, shown(a), shown(b));
}

fn kinds(a: &OperatorName, b: &OperatorName, found: &mut Found) {
    for kind in a.kinds.intersection(&b.kinds).take(KINDS) {
        found.add(Finding::KindEqual, *kind, *kind);
    }
    let left: Vec<&str> = a.kinds.difference(&b.kinds).copied().collect();
    let right: Vec<&str> = b.kinds.difference(&a.kinds).copied().collect();
    if !left.is_empty() && !right.is_empty() {
        let sport = |kinds: &[&str]| kinds.iter().any(|k| concepts::is_sport(k));
        let other = sport(&left) && sport(&right);
        let finding = if other { Finding::SportDifferent } else { Finding::KindDifferent };
        found.add(finding, left.join(" "), right.join(" "));
        return;
    }
    for (kinds, on_left) in [(left, true), (right, false)] {
        for kind in kinds.into_iter().take(KINDS) {
            let finding = if concepts::is_rank(kind) { Finding::RankMissing } else { Finding::KindMissing };
            found.missing(finding, kind, on_left, finding.points().unwrap_or(0));
        }
    }
}

/// Which word of the one name goes with which of the other: the surest first, each at most once.
fn pairs(a: &[Word], b: &[Word]) -> Vec<(usize, usize, Likeness)> {
    let mut alike: Vec<(Likeness, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            alike.extend(likeness(x, y).map(|how| (how, i, j)));
        }
    }
    // Ties are broken by the words and not by their places, so that the order of the two names does not matter.
    alike.sort_by_key(|(how, i, j)| {
        let (x, y) = (a[*i].sound.as_str(), b[*j].sound.as_str());
        (*how, x.min(y), x.max(y))
    });
    let mut pairs: Vec<(usize, usize, Likeness)> = Vec::new();
    for (how, i, j) in alike {
        if pairs.iter().all(|(x, y, _)| *x != i && *y != j) {
            pairs.push((i, j, how));
        }
    }
    pairs
}

/// The words that no pair took, in the order of the name.
fn rest(words: &[Word], taken: impl Iterator<Item = usize>) -> Vec<&Word> {
    let taken: Vec<usize> = taken.collect();
    let mut left: Vec<&Word> =
        words.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, w)| w).collect();
    left.sort_by_key(|w| w.at);
    left
}

/// A given name or a patronymic, or its first letter.
struct Given<'w> {
    sound: &'w str,
    shown: &'w str,
    letter: bool,
}

/// What a name says beside the surname: words, then first letters.
fn of_given<'w>(words: &[&'w Word], name: &'w OperatorName) -> Vec<Given<'w>> {
    let words = words.iter().map(|w| Given { sound: &w.sound, shown: &w.shown, letter: false });
    let letters = name.initials.iter().map(|l| Given { sound: l, shown: l, letter: true });
    words.chain(letters).collect()
}

/// Holds given names and their first letters against each other, in their order: П. С. is not С. П.
fn given(a: &[Given<'_>], b: &[Given<'_>], found: &mut Found) {
    let fits = |x: &Given<'_>, y: &Given<'_>| match (x.letter, y.letter) {
        (true, true) => x.sound == y.sound,
        (true, false) => y.sound.starts_with(x.sound),
        (false, true) => x.sound.starts_with(y.sound),
        // Words that are alike would have gone together before.
        (false, false) => false,
    };
    for (x, y) in a.iter().zip(b) {
        if !fits(x, y) {
            let shown = |names: &[Given<'_>]| names.iter().map(|g| g.shown).collect::<Vec<_>>().join(" ");
            found.add(Finding::GivenDifferent, shown(a), shown(b));
            return;
        }
        found.add(Finding::InitialFits, x.shown, y.shown);
    }
    let both = a.len().min(b.len());
    let points = Finding::InitialMissing.points().unwrap_or(0);
    for (more, on_left) in [(&a[both..], true), (&b[both..], false)] {
        for one in more {
            found.missing(Finding::InitialMissing, one.shown, on_left, points);
        }
    }
}

/// What a word is worth by how many of so many records have it: what many have tells little apart.
pub(super) const fn rarity(records: usize, having: usize) -> i32 {
    if having < 5 {
        WORD
    } else if having * 100 > records {
        WORD - 3
    } else if having * 1000 > records {
        WORD - 1
    } else {
        WORD
    }
}
