//! Rows in blocks that depend on what rows hold and not on where they stand, so that the order of a file changes nothing.

use rayon::prelude::*;

use crate::data::{Feature, Target, Values};

/// Blocks that the rows of one fold fall into, together about this many.
const BLOCKS: usize = 20;

/// Which rows may not be parted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Split {
    /// Only rows that are the same in everything.
    #[default]
    Rows,
    /// Rows of one group, by the hash of its name ([`hash`]): what is learned of some groups is tried on others.
    Groups(Vec<u64>),
    /// The fold of each row is given, such as its summer; they count from 0.
    Given(Vec<u32>),
}

/// Where each row went.
pub(crate) struct Blocks {
    /// Rows, block by block.
    pub(crate) order: Vec<u32>,
    /// Where each block starts in the order, and the end.
    pub(crate) starts: Vec<usize>,
    /// The fold of each block.
    pub(crate) folds: Vec<usize>,
}

impl Blocks {
    pub(crate) fn new(features: &[Feature], target: &Target, folds: usize, split: &Split, seed: u64) -> Self {
        let folds = folds_of(split, folds);
        let each = (BLOCKS / folds).max(2);
        let hashes = hashes(features, target, split, seed);
        let block = |row: usize| -> usize {
            fold(split, &hashes, row, folds) * each + remainder(hashes[row].rotate_left(32), each)
        };
        let mut starts = vec![0usize; folds * each + 1];
        for row in 0..hashes.len() {
            starts[block(row) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; hashes.len()];
        for row in 0..hashes.len() {
            let next = &mut next[block(row)];
            order[*next] = u32::try_from(row).unwrap_or(u32::MAX);
            *next += 1;
        }
        Self { order, starts, folds: (0..folds * each).map(|block| block / each).collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.folds.len()
    }

    /// Folds there are.
    pub(crate) fn fold_count(&self) -> usize {
        self.folds.last().map_or(0, |last| last + 1)
    }

    /// Positions in the order of the rows of a block.
    pub(crate) fn range(&self, block: usize) -> std::ops::Range<usize> {
        self.starts[block]..self.starts[block + 1]
    }
}

/// The fold of each row.
pub(crate) fn fold_of(
    features: &[Feature],
    target: &Target,
    folds: usize,
    split: &Split,
    seed: u64,
) -> Vec<u32> {
    let folds = folds_of(split, folds);
    let hashes = hashes(features, target, split, seed);
    let fold = |row| u32::try_from(fold(split, &hashes, row, folds)).unwrap_or(u32::MAX);
    (0..hashes.len()).map(fold).collect()
}

fn folds_of(split: &Split, folds: usize) -> usize {
    match split {
        Split::Given(given) => given.iter().max().map_or(1, |most| *most as usize + 1),
        _ => folds.max(1),
    }
}

/// What says where each row goes: a hash of its group, or else of all that it holds.
fn hashes(features: &[Feature], target: &Target, split: &Split, seed: u64) -> Vec<u64> {
    (0..target.values.len())
        .into_par_iter()
        .with_min_len(4_096)
        .map(|row| match split {
            Split::Groups(groups) => mix(groups.get(row).copied().unwrap_or(0), seed),
            _ => content(features, target, row, seed),
        })
        .collect()
}

fn fold(split: &Split, hashes: &[u64], row: usize, folds: usize) -> usize {
    match split {
        Split::Given(given) => given.get(row).map_or(0, |fold| *fold as usize),
        _ => remainder(hashes[row], folds),
    }
}

fn remainder(hash: u64, parts: usize) -> usize {
    usize::try_from(hash % parts as u64).unwrap_or(0)
}

/// A hash of everything that a row holds.
fn content(features: &[Feature], target: &Target, row: usize, seed: u64) -> u64 {
    let mut hash = mix(target.values[row].to_bits(), seed);
    hash = mix(target.weight(row).to_bits(), hash);
    hash = mix(target.exposure(row).to_bits(), hash);
    for feature in features {
        let bits = match &feature.values {
            // Plus and minus zero are one number.
            Values::Numbers(values) => (values[row] + 0.0).to_bits(),
            Values::Words { codes, .. } => u64::from(codes[row]),
        };
        hash = mix(bits, hash);
    }
    hash
}

/// A hash of a text, such as the name of a group.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0x6164_696c, |hash, byte| mix(u64::from(byte), hash))
}

/// One step of `SplitMix64` (Steele, Lea, Flood 2014) over a value and what came before.
pub(crate) fn mix(value: u64, before: u64) -> u64 {
    let mut z = (value ^ before.rotate_left(29)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
