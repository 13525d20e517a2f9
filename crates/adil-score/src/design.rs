//! Which variations are tried: Saltelli's design. Two independent samples A and B of everything that varies, and for each
//! source of uncertainty A with that source alone taken from B (Saltelli and others 2010).

use crate::random::Stream;

/// One of the two samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// The even sequence of points that both samples are cut from, scrambled by a seed: a Sobol sequence with Owen's scrambling
/// (Burley 2020). It has at most [`Points::MOST`] rows.
#[derive(Debug, Clone, Copy)]
pub struct Points {
    dimensions: u32,
    scramble: Stream,
}

impl Points {
    /// How many rows there are at most.
    pub const MOST: u32 = 1 << 16;

    /// Points of so many dimensions for each of the two samples.
    pub fn new(dimensions: u32, seed: u64) -> Self {
        Self { dimensions, scramble: Stream::new(seed).part(0) }
    }

    /// A coordinate between 0 and 1 (and neither) of a row of one of the samples.
    pub fn coordinate(&self, row: u32, side: Side, dimension: u32) -> f64 {
        let at = match side {
            Side::A => dimension,
            Side::B => self.dimensions + dimension,
        };
        // Beyond the sequence's own dimensions it is used again under another scramble.
        let (set, at) = (at / sobol_burley::NUM_DIMENSIONS, at % sobol_burley::NUM_DIMENSIONS);
        let point = sobol_burley::sample(row % Self::MOST, at, self.scramble.half(u64::from(set)));
        f64::from(point).clamp(1e-8, 1.0 - 1e-8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_of_both_samples_is_even() {
        let points = Points::new(300, 11);
        for side in [Side::A, Side::B] {
            for dimension in [0, 5, 255, 299] {
                // A scrambled Sobol sequence has one point in each of 64 equal parts.
                let mut parts = [0; 64];
                for row in 0..64 {
                    let at = points.coordinate(row, side, dimension) * 64.0;
                    let part = (0..64).rev().find(|k| f64::from(*k) <= at).unwrap();
                    parts[usize::try_from(part).unwrap()] += 1;
                }
                assert_eq!(parts, [1; 64], "{side:?} {dimension}");
            }
        }
    }
}
