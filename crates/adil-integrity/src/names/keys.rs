//! Keys of names: two names that may be one share at least one of them.

use super::fold::skeleton;
use super::operator::Place;
use super::parse::{OperatorName, core};

/// Consonants that a key holds.
const BONES: usize = 4;

/// The same of a name written without spaces.
const BONES_OF_ALL: usize = 7;

/// How many first letters are keys: an ending may take the consonants after them.
const BEGINNINGS: [usize; 2] = [3, 4];

/// Words of fewer letters have no keys for slips of the pen.
const SLIPS_FROM: usize = 5;

impl OperatorName {
    /// The keys under which an index finds the name.
    pub(super) fn keys(&self, place: Option<&Place>) -> Vec<String> {
        let mut keys = Vec::new();
        let bones: Vec<String> = self.words.iter().map(|w| bones(&w.core)).collect();
        for (at, (word, bone)) in self.words.iter().zip(&bones).enumerate() {
            keys.push(format!("w{bone}"));
            keys.extend(BEGINNINGS.iter().filter_map(|n| word.sound.get(..*n)).map(|b| format!("h{b}")));
            // With something beside it, for words that many share.
            for other in &bones[at + 1..] {
                let (a, b) = if bone < other { (bone, other) } else { (other, bone) };
                keys.push(format!("p{a} {b}"));
            }
            keys.extend(self.numbers.iter().map(|number| format!("n{bone} {number}")));
            keys.extend(self.kinds.iter().map(|kind| format!("t{bone} {kind}")));
            keys.extend(self.form.iter().map(|form| format!("f{bone} {form}")));
            keys.extend(place.map(|place| format!("o{bone} {}", place.wide())));
            let others = self.words.iter().filter(|w| *w != word).map(|w| w.sound.as_str());
            let given = self.initials.iter().map(String::as_str).chain(others.filter(|_| self.person));
            keys.extend(given.filter_map(|g| g.chars().next()).map(|letter| format!("i{bone} {letter}")));
            slips(&word.core, &mut keys);
        }
        if self.words.is_empty() {
            let kinds: Vec<&str> = self.kinds.iter().copied().collect();
            let kinds = kinds.join(" ");
            keys.extend(self.numbers.iter().map(|number| format!("k{kinds} {number}")));
            keys.extend(place.map(|place| format!("k{kinds} in {}", place.wide())));
            keys.push(format!("k{kinds}"));
        }
        keys.push(format!("j{}", self.joined));
        let mut whole = skeleton(core(&self.joined));
        whole.truncate(BONES_OF_ALL);
        keys.push(format!("b{whole}"));
        keys
    }
}

/// The first consonants of a word: neither vowels nor endings reach them.
fn bones(core: &str) -> String {
    let mut bones = skeleton(core);
    bones.truncate(BONES);
    bones
}

/// A word, and it with each letter left out: whatever one slip of the pen makes of it shares one of these.
fn slips(sound: &str, keys: &mut Vec<String>) {
    if sound.len() < SLIPS_FROM {
        return;
    }
    keys.push(format!("d{sound}"));
    for at in 0..sound.len() {
        keys.push(format!("d{}{}", &sound[..at], &sound[at + 1..]));
    }
}
