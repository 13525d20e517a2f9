//! Which pairs of features say more together than alone, and what becomes of what they say.

use rayon::prelude::*;

use crate::boost::{Shape, gain_of_square};
use crate::fit::{MOST_BINS, Points};
use crate::gram::{Design, Fixed};
use crate::pairs::{LONGEST, Pair, lines, purify};
use crate::trainer::{Trainer, len};

/// The most pairs.
const MOST_PAIRS: usize = 50;

impl Points {
    /// Takes in what pairs say; what they say of one feature alone moves into that feature's table.
    pub(crate) fn join(&mut self, found: Self, pairs: &[Pair], weights: &[Vec<f64>]) {
        self.intercept += found.intercept;
        for ((pair, mut points), weights) in pairs.iter().zip(found.terms).zip(weights) {
            let (intercept, moved) = purify(&mut points, weights, pair.side);
            self.intercept += intercept;
            for ((feature, lines), moved) in pair.features.iter().zip(&pair.lines).zip(&moved) {
                for (point, line) in self.terms[*feature].iter_mut().zip(lines) {
                    *point += moved[usize::from(*line)];
                }
            }
            self.pairs.push(points);
        }
        self.pair_errors = found.errors;
    }
}

impl Trainer<'_> {
    /// The pairs that a model of single features leaves the most to.
    pub(crate) fn find_pairs(&self, points: &Points, eligible: &[usize], counts: &[Vec<u64>]) -> Vec<Pair> {
        let wanted = self.settings.pairs.min(MOST_PAIRS);
        if wanted == 0 || eligible.len() < 2 {
            return Vec::new();
        }
        let cells = MOST_BINS / wanted;
        let side = (2..=LONGEST).rev().find(|side| side * side <= cells).unwrap_or(2);
        let lines = |at: &usize| (*at, lines(&counts[*at], side, self.shapes[*at] == Shape::Words));
        let lines: Vec<(usize, Vec<u16>)> = eligible.iter().map(lines).collect();
        let (wants, weights) = self.slopes(&self.sums(points));
        let (wants, weights) = (Fixed::new(wants), Fixed::new(weights));
        let least = self.settings.least_rows * weights.values.iter().sum::<f64>() / len(weights.values.len());
        let candidates: Vec<(usize, usize)> =
            (0..lines.len()).flat_map(|a| (a + 1..lines.len()).map(move |b| (a, b))).collect();
        let mut found: Vec<(f64, Pair)> = candidates
            .into_par_iter()
            .map(|(a, b)| {
                let pair = Pair {
                    features: [lines[a].0, lines[b].0],
                    lines: [lines[a].1.clone(), lines[b].1.clone()],
                    side,
                };
                let (mut weight, mut want) = (vec![0.0; side * side], vec![0.0; side * side]);
                let codes = pair.features.map(|feature| &self.design.codes[feature]);
                let rows = codes[0].iter().zip(codes[1]).zip(weights.values.iter().zip(&wants.values));
                for ((first, second), (row_weight, row_want)) in rows {
                    let cell = usize::from(pair.cell(*first, *second));
                    weight[cell] += row_weight;
                    want[cell] += row_want;
                }
                (gain_of_square(&weight, &want, side, least), pair)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.features.cmp(&b.1.features)));
        found.retain(|(gain, _)| *gain > 0.0);
        found.truncate(wanted);
        found.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The cells of all rows in the squares of pairs.
    pub(crate) fn squares(&self, pairs: &[Pair]) -> Design {
        let mut offsets = vec![1];
        offsets.extend(pairs.iter().scan(1, |end, pair| {
            *end += pair.side * pair.side;
            Some(*end)
        }));
        let codes = pairs.par_iter().map(|pair| {
            let [first, second] = pair.features.map(|feature| &self.design.codes[feature]);
            first.iter().zip(second).map(|(a, b)| pair.cell(*a, *b)).collect()
        });
        Design { offsets, codes: codes.collect() }
    }

    /// The weight of the rows that are learned from, in each bin of other terms of theirs.
    pub(crate) fn weights(&self, design: &Design, without: Option<usize>) -> Vec<Vec<f64>> {
        let rows: Vec<usize> = self.learned(without).collect();
        design
            .codes
            .par_iter()
            .enumerate()
            .map(|(term, codes)| {
                let mut weights = vec![0.0; design.term(term).len()];
                for row in &rows {
                    weights[usize::from(codes[*row])] += self.rows.weights[*row];
                }
                weights
            })
            .collect()
    }
}
