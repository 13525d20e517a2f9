//! Two whole lists matched: keys that names which may be one share, so that not everything is held against everything.

use std::collections::HashMap;

use rayon::prelude::*;

use super::compare::{compare, rarity};
use super::evidence::{Basis, Comparison, Evidence, Finding, Outcome};
use super::operator::Operator;

/// A key that more records share than this tells nothing by itself; pairs of words, words with numbers and whole names
/// are keys of their own.
const CROWD: usize = 300;

/// At most so many records are compared with one.
const COMPARED: usize = 20;

/// Records of a list by what their names share.
pub struct Index {
    /// Keys with the records that have them, both ascending.
    postings: Vec<(u64, u32)>,
    /// By key where its records begin and end.
    ranges: HashMap<u64, (u32, u32)>,
}

/// What an index finds for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// Places in the list, ascending.
    pub found: Vec<usize>,
    /// Whether the record shares a key with more records than are looked at, so that a partner may be missing.
    pub crowded: bool,
}

/// Two records, one of each list, that are one operator or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The place in the first list.
    pub left: usize,
    /// The place in the second.
    pub right: usize,
    /// Why.
    pub comparison: Comparison,
}

/// Two lists matched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Pairs that are the same or may be, by their places.
    pub pairs: Vec<Pair>,
    /// Records of the first list that too many of the second resemble: see [`Candidates::crowded`].
    pub crowded: Vec<usize>,
}

impl Index {
    /// Indexes a list; records beyond the first 2^32 are left out.
    pub fn new(operators: &[Operator]) -> Self {
        let mut postings: Vec<(u64, u32)> = operators
            .par_iter()
            .enumerate()
            .filter_map(|(at, operator)| Some((u32::try_from(at).ok()?, operator)))
            .flat_map_iter(|(at, operator)| keys(operator).into_iter().map(move |key| (key, at)))
            .collect();
        postings.par_sort_unstable();
        postings.dedup();
        let mut ranges = HashMap::new();
        let mut from = 0u32;
        for chunk in postings.chunk_by(|a, b| a.0 == b.0) {
            let to = from.saturating_add(u32::try_from(chunk.len()).unwrap_or(u32::MAX));
            if let Some((key, _)) = chunk.first() {
                ranges.insert(*key, (from, to));
            }
            from = to;
        }
        Self { postings, ranges }
    }

    /// The records that a record may be the same as: those that share the most keys, rare keys before common ones.
    pub fn candidates(&self, operator: &Operator) -> Candidates {
        let mut scored: Vec<(u32, u32)> = Vec::new();
        let mut crowded = false;
        for key in keys(operator) {
            let Some((from, to)) = self.ranges.get(&key) else { continue };
            let found = &self.postings[*from as usize..*to as usize];
            if found.len() > CROWD {
                crowded = true;
                continue;
            }
            // The rarer the key, the more it says: 20 less the binary logarithm of how many share it.
            let says = 20u32.saturating_sub(found.len().ilog2());
            scored.extend(found.iter().map(|(_, at)| (*at, says)));
        }
        scored.sort_unstable();
        let mut sums: Vec<(u32, u32)> = scored
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|chunk| Some((chunk.iter().map(|(_, says)| says).sum(), chunk.first()?.0)))
            .collect();
        let more = sums.len() > COMPARED;
        if more {
            sums.sort_unstable_by_key(|(sum, at)| (std::cmp::Reverse(*sum), *at));
            sums.truncate(COMPARED);
        }
        // A crowded key matters only where nothing rarer found anybody.
        crowded &= sums.is_empty();
        let mut found: Vec<usize> = sums.into_iter().map(|(_, at)| at as usize).collect();
        found.sort_unstable();
        Candidates { found, crowded }
    }
}

/// Matches two lists; the same pairs for any number of threads. Words count the less the more records of both lists
/// have them. Where a record has another partner that fits as well or better, one by name alone is [`Outcome::Unsure`].
pub fn match_lists(left: &[Operator], right: &[Operator]) -> Matches {
    let (left, right) = weighed(left, right);
    let index = Index::new(&right);
    let found: Vec<(Vec<Pair>, bool)> = left
        .par_iter()
        .enumerate()
        .map(|(at, operator)| {
            let candidates = index.candidates(operator);
            let pairs = candidates.found.into_iter().filter_map(|other| {
                let comparison = compare(operator, &right[other]);
                (comparison.outcome != Outcome::Different).then_some(Pair {
                    left: at,
                    right: other,
                    comparison,
                })
            });
            (pairs.collect(), candidates.crowded)
        })
        .collect();
    let mut matches = Matches::default();
    for (at, (pairs, crowded)) in found.into_iter().enumerate() {
        matches.pairs.extend(pairs);
        if crowded {
            matches.crowded.push(at);
        }
    }
    contest(&mut matches.pairs);
    matches
}

/// Both lists with their words weighed by how many records of both have them.
fn weighed(left: &[Operator], right: &[Operator]) -> (Vec<Operator>, Vec<Operator>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for operator in left.iter().chain(right) {
        let mut words: Vec<&str> =
            operator.names.iter().flat_map(|n| &n.words).map(|w| w.sound.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(word.to_owned(), 1);
                }
            }
        }
    }
    let records = left.len() + right.len();
    let weigh = |operators: &[Operator]| -> Vec<Operator> {
        let mut operators = operators.to_vec();
        operators.par_iter_mut().flat_map_iter(|o| &mut o.names).for_each(|name| {
            for word in &mut name.words {
                word.points = rarity(records, counts.get(&word.sound).copied().unwrap_or(0));
            }
        });
        operators
    };
    (weigh(left), weigh(right))
}

/// Where a record has another partner that fits as well or better, a person must look.
fn contest(pairs: &mut [Pair]) {
    let worth = |comparison: &Comparison| match comparison.basis {
        Basis::Identifier => i32::MAX,
        Basis::Name => comparison.points,
    };
    // The best two of each record of either side.
    let mut best: HashMap<(bool, usize), (i32, i32)> = HashMap::new();
    for pair in pairs.iter().filter(|p| p.comparison.outcome == Outcome::Same) {
        let points = worth(&pair.comparison);
        for side in [(false, pair.left), (true, pair.right)] {
            let (first, second) = best.entry(side).or_insert((i32::MIN, i32::MIN));
            if points > *first {
                (*first, *second) = (points, *first);
            } else {
                *second = points.max(*second);
            }
        }
    }
    for pair in pairs.iter_mut() {
        if pair.comparison.outcome != Outcome::Same || pair.comparison.basis == Basis::Identifier {
            continue;
        }
        let points = pair.comparison.points;
        let contested = [(false, pair.left), (true, pair.right)].iter().any(|side| {
            best.get(side).is_some_and(|(first, second)| {
                let rival = if points == *first { *second } else { *first };
                rival >= points
            })
        });
        if contested {
            pair.comparison.outcome = Outcome::Unsure;
            pair.comparison.evidence.push(Evidence {
                finding: Finding::Rivals,
                left: String::new(),
                right: String::new(),
                points: 0,
            });
        }
    }
}

/// The keys of an operator, each once.
fn keys(operator: &Operator) -> Vec<u64> {
    let mut keys: Vec<u64> =
        operator.names.iter().flat_map(|name| name.keys(operator.place.as_ref())).map(|k| hash(&k)).collect();
    keys.extend(operator.identity.as_ref().and_then(super::operator::Identity::key).map(|k| hash(&k)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a): the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
