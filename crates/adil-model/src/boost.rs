//! Cyclic boosting of a quadratic loss that is known by its Gram matrix (Lou, Caruana, Gehrke 2012).
//!
//! Term after term takes a small step: a tree of one split over the term's bins, or for words a step for each word. What
//! every bin still asks for is kept up to date by a few columns of the Gram matrix, summed up beforehand from bin to bin.

use crate::data::Monotone;
use crate::gram::{Design, Sums};

/// How a term may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Bins in a row; the last is for what is not known and moves by itself.
    Ordered(Option<Monotone>),
    /// Bins that have nothing to do with each other.
    Words,
    /// Cells of a square with sides of so many bins, row by row.
    Square(usize),
}

/// How steps are taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    /// The part of a full step that is taken.
    pub(crate) rate: f64,
    /// The most rounds over all terms.
    pub(crate) rounds: usize,
    /// Rounds without a better fit to the rows held back, after which it ends.
    pub(crate) patience: usize,
    /// The least weight on each side of a split, and what is added to the weight of a word so that rare ones move less.
    pub(crate) least: f64,
}

/// A loss ½βᵀGβ − wᵀβ, arranged for steps.
struct Quadratic {
    bins: usize,
    /// Rows of the Gram matrix; of ordered terms the sums of all rows of the term up to each, but for the last bin's.
    rows: Vec<f64>,
    /// Weight of each bin.
    weights: Vec<f64>,
    /// What each bin still asks for.
    wants: Vec<f64>,
}

impl Quadratic {
    fn new(sums: Sums, design: &Design, shapes: &[Shape]) -> Self {
        let bins = design.bins();
        let Sums { gram: mut rows, wants } = sums;
        let weights = (0..bins).map(|bin| rows[bin * bins + bin]).collect();
        let mut accumulate = |row: usize, onto: usize| {
            let (before, after) = rows.split_at_mut(onto * bins);
            let from = &before[row * bins..(row + 1) * bins];
            after[..bins].iter_mut().zip(from).for_each(|(a, b)| *a += b);
        };
        for (term, shape) in shapes.iter().enumerate() {
            let range = design.term(term);
            match shape {
                Shape::Ordered(_) => {
                    // The bin of what is not known stays out of the sums.
                    for bin in range.start + 1..range.end.saturating_sub(1) {
                        accumulate(bin - 1, bin);
                    }
                }
                Shape::Words => {}
                Shape::Square(side) => {
                    for cell in 0..side * side {
                        if cell % side > 0 {
                            accumulate(range.start + cell - 1, range.start + cell);
                        }
                    }
                    for cell in *side..side * side {
                        accumulate(range.start + cell - side, range.start + cell);
                    }
                }
            }
        }
        Self { bins, rows, weights, wants }
    }

    /// Takes off what a multiple of a row gives.
    fn give(&mut self, row: usize, step: f64) {
        if step != 0.0 {
            let row = &self.rows[row * self.bins..(row + 1) * self.bins];
            self.wants.iter_mut().zip(row).for_each(|(want, given)| *want -= step * given);
        }
    }
}

/// A step of one term.
#[derive(Debug, Clone, Default)]
struct Step {
    /// Multiples of rows of [`Quadratic`].
    rows: Vec<(usize, f64)>,
    /// What each bin of the term moves by.
    moves: Vec<f64>,
}

/// What boosting ended with.
#[derive(Debug, Clone)]
pub(crate) struct Boosted {
    /// The points of every bin.
    pub(crate) points: Vec<f64>,
    /// Rounds to the best fit.
    pub(crate) rounds: usize,
}

/// Boosts on some rows until others, held back, fit no better. With nothing held back it runs all rounds.
pub(crate) fn boost(
    learn: Sums,
    held_back: Option<Sums>,
    design: &Design,
    shapes: &[Shape],
    pace: &Pace,
) -> Boosted {
    let mut learn = Quadratic::new(learn, design, shapes);
    let mut check = held_back.map(|sums| Quadratic::new(sums, design, shapes));
    let mut points = vec![0.0; design.bins()];
    let mut best = Boosted { points: points.clone(), rounds: 0 };
    // Twice the loss of the rows held back, against that of no points at all.
    let (mut loss, mut least) = (0.0, 0.0);
    let mut step = Step::default();
    for round in 1..=pace.rounds {
        // The intercept goes all the way.
        let all = if learn.weights[0] > 0.0 { learn.wants[0] / learn.weights[0] } else { 0.0 };
        step.rows.clear();
        step.rows.push((0, all));
        step.moves.clear();
        step.moves.push(all);
        loss += take(&step, 0, &mut learn, check.as_mut(), &mut points);
        for (term, shape) in shapes.iter().enumerate() {
            let range = design.term(term);
            let start = range.start;
            find(&learn, range, *shape, pace, &mut step);
            if !step.rows.is_empty() {
                loss += take(&step, start, &mut learn, check.as_mut(), &mut points);
            }
        }
        if check.is_none() || loss < least {
            least = loss;
            best.points.clone_from(&points);
            best.rounds = round;
        } else if round - best.rounds >= pace.patience {
            break;
        }
    }
    best
}

/// Takes a step; gives back how twice the loss of the rows held back changes.
fn take(
    step: &Step,
    start: usize,
    learn: &mut Quadratic,
    check: Option<&mut Quadratic>,
    points: &mut [f64],
) -> f64 {
    let mut change = 0.0;
    if let Some(check) = check {
        for (at, by) in step.moves.iter().enumerate() {
            let bin = start + at;
            change += by * (by * check.weights[bin] - 2.0 * check.wants[bin]);
        }
        for (row, by) in &step.rows {
            check.give(*row, *by);
        }
    }
    for (row, by) in &step.rows {
        learn.give(*row, *by);
    }
    points[start..].iter_mut().zip(&step.moves).for_each(|(point, by)| *point += by);
    change
}

/// The best step of a term; without rows when there is none.
fn find(learn: &Quadratic, range: std::ops::Range<usize>, shape: Shape, pace: &Pace, step: &mut Step) {
    step.rows.clear();
    step.moves.clear();
    let (weights, wants) = (&learn.weights[range.clone()], &learn.wants[range.clone()]);
    match shape {
        Shape::Ordered(monotone) => ordered(weights, wants, range.start, monotone, pace, step),
        Shape::Words => {
            for (at, (weight, want)) in weights.iter().zip(wants).enumerate() {
                let by = if *weight > 0.0 { pace.rate * want / (weight + pace.least) } else { 0.0 };
                step.moves.push(by);
                step.rows.push((range.start + at, by));
            }
        }
        Shape::Square(side) => square(weights, wants, range.start, side, pace, step),
    }
}

/// A tree of one split over ordered bins, and a step of its own for what is not known.
fn ordered(
    weights: &[f64],
    wants: &[f64],
    start: usize,
    monotone: Option<Monotone>,
    pace: &Pace,
    step: &mut Step,
) {
    let Some(missing) = weights.len().checked_sub(1) else { return };
    let (all_weight, all_want): (f64, f64) = (weights[..missing].iter().sum(), wants[..missing].iter().sum());
    let (mut weight, mut want) = (0.0, 0.0);
    let mut best: Option<(f64, usize, f64, f64)> = None;
    for bin in 0..missing.saturating_sub(1) {
        weight += weights[bin];
        want += wants[bin];
        let (rest_weight, rest_want) = (all_weight - weight, all_want - want);
        if weight < pace.least || rest_weight < pace.least {
            continue;
        }
        let (left, right) = (want / weight, rest_want / rest_weight);
        let allowed = match monotone {
            None => true,
            Some(Monotone::Rising) => left <= right,
            Some(Monotone::Falling) => left >= right,
        };
        let gain = want * left + rest_want * right;
        if allowed && best.is_none_or(|(most, ..)| gain > most) {
            best = Some((gain, bin, left, right));
        }
    }
    step.moves.resize(weights.len(), 0.0);
    if let Some((_, split, left, right)) = best {
        let (left, right) = (pace.rate * left, pace.rate * right);
        step.moves[..=split].fill(left);
        step.moves[split + 1..missing].fill(right);
        // Sums of rows: left of the split, and of all.
        step.rows.push((start + split, left - right));
        step.rows.push((start + missing - 1, right));
    }
    if weights[missing] > 0.0 {
        let by = pace.rate * wants[missing] / (weights[missing] + pace.least);
        step.moves[missing] = by;
        step.rows.push((start + missing, by));
    }
}

/// Sums over all cells up to each.
fn upto(values: &[f64], side: usize) -> Vec<f64> {
    let mut sums = values.to_vec();
    for cell in 0..side * side {
        if cell % side > 0 {
            sums[cell] += sums[cell - 1];
        }
    }
    for cell in side..side * side {
        sums[cell] += sums[cell - side];
    }
    sums
}

/// The sums of the four parts of a square that is parted after a row and a column: before both, before one, before none.
fn quarters(sums: &[f64], side: usize, row: usize, column: usize) -> [f64; 4] {
    let at = |row: usize, column: usize| sums[row * side + column];
    let last = side - 1;
    let (corner, top, left, all) = (at(row, column), at(row, last), at(last, column), at(last, last));
    [corner, top - corner, left - corner, all - top - left + corner]
}

/// Where a square is best parted in four: the gain, the row and the column.
fn best_point(weight: &[f64], want: &[f64], side: usize, least: f64) -> Option<(f64, usize, usize)> {
    let mut best: Option<(f64, usize, usize)> = None;
    for row in 0..side.saturating_sub(1) {
        for column in 0..side - 1 {
            let parts = quarters(weight, side, row, column);
            let gain: f64 = parts
                .iter()
                .zip(quarters(want, side, row, column))
                .map(|(weight, want)| if *weight >= least { want * want / weight } else { 0.0 })
                .sum();
            if best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, row, column));
            }
        }
    }
    best
}

/// How much better a square fits when it is parted in four at its best point.
pub(crate) fn gain_of_square(weights: &[f64], wants: &[f64], side: usize, least: f64) -> f64 {
    best_point(&upto(weights, side), &upto(wants, side), side, least).map_or(0.0, |(gain, ..)| gain)
}

/// A tree that parts a square in four at one point.
fn square(weights: &[f64], wants: &[f64], start: usize, side: usize, pace: &Pace, step: &mut Step) {
    let (weight, want) = (upto(weights, side), upto(wants, side));
    let Some((_, row, column)) = best_point(&weight, &want, side, pace.least) else { return };
    let (parts, asked) = (quarters(&weight, side, row, column), quarters(&want, side, row, column));
    let mut moves = [0.0; 4];
    for (by, (weight, want)) in moves.iter_mut().zip(parts.iter().zip(asked)) {
        *by = if *weight >= pace.least { pace.rate * want / weight } else { 0.0 };
    }
    let [corner, top, left, rest] = moves;
    for cell in 0..side * side {
        let (above, before) = (cell / side <= row, cell % side <= column);
        step.moves.push(match (above, before) {
            (true, true) => corner,
            (true, false) => top,
            (false, true) => left,
            (false, false) => rest,
        });
    }
    let cell = |row: usize, column: usize| start + row * side + column;
    let last = side - 1;
    step.rows.extend([
        (cell(row, column), corner - top - left + rest),
        (cell(row, last), top - rest),
        (cell(last, column), left - rest),
        (cell(last, last), rest),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::mix;

    /// Boosting as the books have it: the residual of every row, looked at again for every step.
    fn plainly(design: &Design, shapes: &[Shape], weights: &[f64], values: &[f64], pace: &Pace) -> Vec<f64> {
        let mut left = values.to_vec();
        let mut points = vec![0.0; design.bins()];
        for _ in 0..pace.rounds {
            let whole: f64 = weights.iter().sum();
            let all = left.iter().zip(weights).map(|(l, w)| l * w).sum::<f64>() / whole;
            for left in &mut left {
                *left -= all;
            }
            points[0] += all;
            for (term, shape) in shapes.iter().enumerate() {
                let range = design.term(term);
                let (mut weight, mut want) = (vec![0.0; design.bins()], vec![0.0; design.bins()]);
                for (row, code) in design.codes[term].iter().enumerate() {
                    weight[range.start + usize::from(*code)] += weights[row];
                    want[range.start + usize::from(*code)] += weights[row] * left[row];
                }
                let seen = Quadratic { bins: design.bins(), rows: Vec::new(), weights: weight, wants: want };
                let mut step = Step::default();
                find(&seen, range.clone(), *shape, pace, &mut step);
                for (row, code) in design.codes[term].iter().enumerate() {
                    left[row] -= step.moves.get(usize::from(*code)).copied().unwrap_or(0.0);
                }
                points[range].iter_mut().zip(&step.moves).for_each(|(point, by)| *point += by);
            }
        }
        points
    }

    #[test]
    fn the_gram_matrix_takes_the_same_steps_as_passing_over_the_rows() {
        let rows = 700u32;
        let random = |row: u32, salt: u64| mix(u64::from(row), salt);
        let part = |row: u32, salt: u64| f64::from(u32::try_from(random(row, salt) >> 32).unwrap()) / 4.3e9;
        let shapes = [
            Shape::Ordered(None),
            Shape::Ordered(Some(Monotone::Rising)),
            Shape::Ordered(Some(Monotone::Falling)),
            Shape::Words,
            Shape::Square(4),
        ];
        let bins = [9u16, 7, 5, 6, 16];
        let codes: Vec<Vec<u16>> = bins
            .iter()
            .zip(1u64..)
            .map(|(bins, salt)| {
                (0..rows).map(|row| u16::try_from(random(row, salt) % u64::from(*bins)).unwrap()).collect()
            })
            .collect();
        let mut offsets = vec![1];
        offsets.extend(bins.iter().scan(1, |end, bins| {
            *end += usize::from(*bins);
            Some(*end)
        }));
        let design = Design { offsets, codes };
        let weights: Vec<f64> = (0..rows).map(|row| 0.5 + part(row, 90)).collect();
        let values: Vec<f64> = (0..rows)
            .map(|row| {
                let code = |term: usize| f64::from(design.codes[term][row as usize]);
                code(0).sin() + 0.3 * code(1) - 0.2 * code(2) * code(3) + code(4).cos() + part(row, 91)
            })
            .collect();
        let bins = design.bins();
        let mut sums = Sums::zero(bins);
        for row in 0..rows as usize {
            let mut at = vec![0];
            at.extend(
                design.codes.iter().enumerate().map(|(t, c)| design.term(t).start + usize::from(c[row])),
            );
            for a in &at {
                sums.wants[*a] += weights[row] * values[row];
                for b in &at {
                    sums.gram[a * bins + b] += weights[row];
                }
            }
        }
        let pace = Pace { rate: 0.1, rounds: 60, patience: 60, least: 3.0 };
        let by_matrix = boost(sums, None, &design, &shapes, &pace).points;
        let by_rows = plainly(&design, &shapes, &weights, &values, &pace);
        for (bin, (a, b)) in by_matrix.iter().zip(&by_rows).enumerate() {
            assert!((a - b).abs() < 1e-9, "bin {bin}: {a} and {b}");
        }
        assert!(by_rows.iter().any(|p| p.abs() > 0.1));
    }
}
