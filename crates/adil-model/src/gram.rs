//! The Gram matrix of bins: how much weight every two bins share, and what each bin asks for.
//!
//! Boosting a squared loss needs nothing else of the rows. Weights and slopes are fixed to whole multiples of a unit before
//! they are added, small enough that no sum leaves the whole numbers a double holds; so sums are exact, and neither the order
//! of rows nor the number of threads changes a bit. Blocks add and subtract exactly for the same reason.

use rayon::prelude::*;

use crate::rows::Blocks;

/// Terms and the bin of every row in each of them, in the order of the blocks.
pub(crate) struct Design {
    /// Where each term's bins start; the last is how many bins there are. Bin 0 is that of the intercept.
    pub(crate) offsets: Vec<usize>,
    /// By term, the bin of each row.
    pub(crate) codes: Vec<Vec<u16>>,
}

impl Design {
    /// `columns` are bins by row, with how many bins there are.
    pub(crate) fn new(columns: &[(Vec<u16>, usize)], blocks: &Blocks) -> Self {
        let mut offsets = vec![1];
        offsets.extend(columns.iter().scan(1, |end, (_, bins)| {
            *end += bins;
            Some(*end)
        }));
        let codes = columns
            .par_iter()
            .map(|(codes, _)| blocks.order.iter().map(|row| codes[*row as usize]).collect())
            .collect();
        Self { offsets, codes }
    }

    /// Bins of all terms, and the intercept's.
    pub(crate) fn bins(&self) -> usize {
        self.offsets.last().copied().unwrap_or(1)
    }

    /// The bins of a term.
    pub(crate) fn term(&self, term: usize) -> std::ops::Range<usize> {
        self.offsets[term]..self.offsets[term + 1]
    }
}

/// Sums over some rows, in units.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    /// Weight that two bins share, row by row of a square.
    pub(crate) gram: Vec<f64>,
    /// What each bin asks for.
    pub(crate) wants: Vec<f64>,
}

impl Sums {
    pub(crate) fn zero(bins: usize) -> Self {
        Self { gram: vec![0.0; bins * bins], wants: vec![0.0; bins] }
    }

    pub(crate) fn add(&mut self, gram: &[f64], wants: &[f64]) {
        self.gram.iter_mut().zip(gram).for_each(|(a, b)| *a += b);
        self.wants.iter_mut().zip(wants).for_each(|(a, b)| *a += b);
    }

    pub(crate) fn subtract(&mut self, other: &Self) {
        self.gram.iter_mut().zip(&other.gram).for_each(|(a, b)| *a -= b);
        self.wants.iter_mut().zip(&other.wants).for_each(|(a, b)| *a -= b);
    }
}

/// Numbers of rows as whole multiples of a unit.
pub(crate) struct Fixed {
    /// What one unit is.
    pub(crate) unit: f64,
    pub(crate) values: Vec<f64>,
}

impl Fixed {
    #[expect(clippy::cast_precision_loss, reason = "rows are counted in 32 bits")]
    pub(crate) fn new(mut values: Vec<f64>) -> Self {
        let most = values.par_iter().map(|v| v.abs()).reduce(|| 0.0, f64::max);
        if !(most > 0.0 && most.is_finite()) {
            values.fill(0.0);
            return Self { unit: 1.0, values };
        }
        // So many rows of the largest value stay below 2^52.
        let rows = libm::ceil(libm::log2(values.len().max(1) as f64 + 1.0));
        let exponent = 51.0 - rows - libm::ceil(libm::log2(most));
        let scale = libm::exp2(exponent);
        values.par_iter_mut().for_each(|v| *v = libm::rint(*v * scale));
        Self { unit: 1.0 / scale, values }
    }
}

/// The Gram matrix of every block that is wanted; `None` for the others.
pub(crate) fn grams(
    design: &Design,
    blocks: &Blocks,
    weights: &Fixed,
    wanted: impl Fn(usize) -> bool + Sync,
) -> Vec<Option<Vec<f64>>> {
    let gram = |block: usize| wanted(block).then(|| gram(design, blocks.range(block), &weights.values));
    (0..blocks.len()).into_par_iter().map(gram).collect()
}

/// What the bins ask for in every block that is wanted; `None` for the others.
pub(crate) fn wants(
    design: &Design,
    blocks: &Blocks,
    wants: &Fixed,
    wanted: impl Fn(usize) -> bool + Sync,
) -> Vec<Option<Vec<f64>>> {
    let of_block = |block: usize| {
        let mut sums = vec![0.0; design.bins()];
        let rows = blocks.range(block);
        let values = &wants.values[rows.clone()];
        sums[0] = values.iter().sum();
        for (term, codes) in design.codes.iter().enumerate() {
            let sums = &mut sums[design.term(term)];
            for (code, want) in codes[rows.clone()].iter().zip(values) {
                sums[usize::from(*code)] += want;
            }
        }
        sums
    };
    (0..blocks.len()).into_par_iter().map(|block| wanted(block).then(|| of_block(block))).collect()
}

fn gram(design: &Design, rows: std::ops::Range<usize>, weights: &[f64]) -> Vec<f64> {
    let bins = design.bins();
    let mut gram = vec![0.0; bins * bins];
    let weights = &weights[rows.clone()];
    gram[0] = weights.iter().sum();
    // One pair of terms at a time has a table that stays in the nearest cache.
    let mut table: Vec<f64> = Vec::new();
    for (term, codes) in design.codes.iter().enumerate() {
        let codes = &codes[rows.clone()];
        let here = design.term(term);
        for (code, weight) in codes.iter().zip(weights) {
            let bin = here.start + usize::from(*code);
            gram[bin * bins + bin] += weight;
        }
        for (other, others) in design.codes.iter().enumerate().skip(term + 1) {
            let there = design.term(other);
            table.clear();
            table.resize(here.len() * there.len(), 0.0);
            for ((code, other), weight) in codes.iter().zip(&others[rows.clone()]).zip(weights) {
                table[usize::from(*code) * there.len() + usize::from(*other)] += weight;
            }
            for (bin, line) in here.clone().zip(table.chunks_exact(there.len())) {
                gram[bin * bins + there.start..bin * bins + there.end].copy_from_slice(line);
            }
        }
    }
    // The other half of the square; the intercept shares with each bin all that the bin has.
    for bin in 1..bins {
        let all = gram[bin * bins + bin];
        gram[bin] = all;
        gram[bin * bins] = all;
    }
    for row in 1..bins {
        for column in row + 1..bins {
            gram[column * bins + row] = gram[row * bins + column];
        }
    }
    gram
}
