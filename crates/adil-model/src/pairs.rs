//! Pairs of features that say more together than each alone (Lou, Caruana, Gehrke, Hooker 2013).
//!
//! A pair is a square of cells. Its lines are lines of the two tables put together, so that whatever a square says of one
//! feature alone can be moved into that feature's own table (Lengerich, Tan, Chang, Hooker, Caruana 2020).

/// The longest side of a square, the line for what is not known among its lines.
pub(crate) const LONGEST: usize = 16;

/// Two features, and the line of the square that each bin of theirs belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The two features, the one that comes first in the table first.
    pub features: [usize; 2],
    /// By bin of each feature, the line of the square. The last bin has a line of its own, the last.
    pub lines: [Vec<u16>; 2],
    /// Lines of the square on each side; where a feature has fewer, the cells beyond are empty.
    pub side: usize,
}

impl Pair {
    /// The cell of two bins.
    pub(crate) fn cell(&self, first: u16, second: u16) -> u16 {
        let line = |at: usize, bin: u16| self.lines[at].get(usize::from(bin)).copied().unwrap_or(0);
        let side = u16::try_from(self.side).unwrap_or(u16::MAX);
        line(0, first) * side + line(1, second)
    }
}

/// Neighbouring bins together, until there are at most `side` with about equally many rows in each; the last bin apart.
/// Of words the commonest stay by themselves, and all others go with what is not known.
pub(crate) fn lines(counts: &[u64], side: usize, is_words: bool) -> Vec<u16> {
    let last = counts.len().saturating_sub(1);
    let narrow = |line: usize| u16::try_from(line).unwrap_or(u16::MAX);
    let most = side.saturating_sub(1).max(1);
    if last <= most {
        return (0..counts.len()).map(narrow).collect();
    }
    if is_words {
        let mut order: Vec<usize> = (0..last).collect();
        order.sort_by_key(|bin| (std::cmp::Reverse(counts[*bin]), *bin));
        order.truncate(most);
        order.sort_unstable();
        let line = |bin| order.binary_search(&bin).unwrap_or(most);
        return (0..counts.len()).map(|bin| narrow(line(bin))).collect();
    }
    let mut lines = Vec::with_capacity(counts.len());
    let (mut line, mut within, mut left): (usize, u64, u64) = (0, 0, counts[..last].iter().sum());
    for (bin, count) in counts[..last].iter().enumerate() {
        lines.push(narrow(line));
        within += count;
        let (lines_left, bins_left) = (most - line, last - bin);
        if line + 1 < most && (within >= left.div_ceil(lines_left as u64) || bins_left <= lines_left) {
            line += 1;
            left -= within;
            within = 0;
        }
    }
    lines.push(narrow(line + 1));
    lines
}

/// Moves what a square says of one feature alone into that feature's lines, until next to nothing is left.
///
/// Gives back what moved to the intercept, and to the lines of each feature.
pub(crate) fn purify(points: &mut [f64], weights: &[f64], side: usize) -> (f64, [Vec<f64>; 2]) {
    let mut moved = [vec![0.0; side], vec![0.0; side]];
    let cell = |along: usize, line: usize, other: usize| {
        if along == 0 { line * side + other } else { other * side + line }
    };
    // Two means taken in turn settle quickly; each pass takes off what the other put back.
    for _ in 0..200 {
        let mut largest = 0.0f64;
        for (along, moved) in moved.iter_mut().enumerate() {
            for (line, moved) in moved.iter_mut().enumerate() {
                let cells = || (0..side).map(|other| cell(along, line, other));
                let weight: f64 = cells().map(|c| weights[c]).sum();
                if weight <= 0.0 {
                    continue;
                }
                let mean = cells().map(|c| points[c] * weights[c]).sum::<f64>() / weight;
                cells().for_each(|c| points[c] -= mean);
                *moved += mean;
                largest = largest.max(mean.abs());
            }
        }
        if largest < 1e-12 {
            break;
        }
    }
    // Cells without a row say nothing.
    for (point, weight) in points.iter_mut().zip(weights) {
        if *weight <= 0.0 {
            *point = 0.0;
        }
    }
    let mut intercept = 0.0;
    let whole: f64 = weights.iter().sum();
    for (along, moved) in moved.iter_mut().enumerate() {
        let of_line = |line: usize| (0..side).map(|other| weights[cell(along, line, other)]).sum::<f64>();
        let sum: f64 = moved.iter().enumerate().map(|(line, by)| by * of_line(line)).sum();
        let mean = if whole > 0.0 { sum / whole } else { 0.0 };
        for (line, by) in moved.iter_mut().enumerate() {
            if of_line(line) > 0.0 {
                *by -= mean;
            }
        }
        intercept += mean;
    }
    (intercept, moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_about_equally_many_rows() {
        assert_eq!(lines(&[10, 10, 10, 10, 3], 3, false), [0, 0, 1, 1, 2]);
        assert_eq!(lines(&[100, 1, 1, 1, 3], 3, false), [0, 1, 1, 1, 2]);
        assert_eq!(lines(&[1, 1, 7], 16, false), [0, 1, 2]);
        assert_eq!(lines(&[5, 90, 40, 1, 3], 3, true), [2, 0, 1, 2, 2]);
        assert_eq!(lines(&[4], 16, false), [0]);
    }

    #[test]
    fn a_square_of_two_single_effects_becomes_empty() {
        let side = 4;
        let weights: Vec<f64> = (0..16u32).map(|c| f64::from(1 + c * 7 % 5)).collect();
        let mut points: Vec<f64> =
            (0..16u32).map(|c| 2.0 + f64::from(c / 4) - 3.0 * f64::from(c % 4)).collect();
        let before = points.clone();
        let (intercept, moved) = purify(&mut points, &weights, side);
        assert!(points.iter().all(|p| p.abs() < 1e-9), "{points:?}");
        for (cell, point) in before.iter().enumerate() {
            let again = intercept + moved[0][cell / side] + moved[1][cell % side] + points[cell];
            assert!((again - point).abs() < 1e-9);
        }
    }

    #[test]
    fn what_needs_both_stays_and_the_sum_is_the_same() {
        let side = 3;
        let weights = [4.0, 1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 0.0, 5.0];
        let mut points = [1.0, -2.0, 9.0, 0.5, 3.0, -1.0, 4.0, 4.0, 2.0];
        let before = points;
        let (intercept, moved) = purify(&mut points, &weights, side);
        for cell in (0..9).filter(|c| weights[*c] > 0.0) {
            let again = intercept + moved[0][cell / side] + moved[1][cell % side] + points[cell];
            assert!((again - before[cell]).abs() < 1e-9, "{cell}");
        }
        let row =
            |line: usize| (0..side).map(|o| points[line * side + o] * weights[line * side + o]).sum::<f64>();
        assert!((0..side).all(|line| row(line).abs() < 1e-9));
    }
}
