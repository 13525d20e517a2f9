//! Random numbers that belong to names: a stream for each (seed, name), so that nothing depends on order or threads.
//!
//! The samplers are our own, a few lines each: those of `rand_distr` call the logarithm of the platform, whose last bit
//! differs between machines. Logarithms and cosines here are those of `libm`.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of a name under a seed.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"adil-simulate/1\0");
        hash.update(seed.to_le_bytes());
        hash.update(name.as_bytes());
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// Any 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 up to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
        #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
        let top = (self.bits() >> 11) as f64;
        top * STEP
    }

    /// A number between two.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `n`; 0 when there is none.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.bits()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number from `low` up to and with `high`.
    pub(crate) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + u32::try_from(self.below((high.saturating_sub(low) + 1) as usize)).unwrap_or(0)
    }

    /// True so often.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A standard normal number (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        radius * libm::cos(core::f64::consts::TAU * self.unit())
    }

    /// A lognormal number of mean 1: `exp(σz − σ²/2)`, with z kept within three σ.
    pub(crate) fn spread(&mut self, sigma: f64) -> f64 {
        libm::exp(sigma * self.normal().clamp(-3.0, 3.0) - sigma * sigma / 2.0)
    }

    /// How many of `n` things with chance `p` each happen.
    pub(crate) fn count(&mut self, n: u32, p: f64) -> u32 {
        (0..n).map(|_| u32::from(self.chance(p))).sum()
    }

    /// One of a list; `None` of an empty one.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// The index of one of several weights; 0 when all are nothing.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let total: f64 = weights.clone().sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (i, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = i;
                left -= weight;
                if left < 0.0 {
                    break;
                }
            }
        }
        last
    }

    /// Puts a list into random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Splits a whole number by weights, exactly: largest remainders, ties to the earlier. All to the first where every weight
/// is nothing.
pub(crate) fn split(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        let mut parts = vec![0; weights.len()];
        if let Some(first) = parts.first_mut() {
            *first = total;
        }
        return parts;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
    let exact: Vec<f64> = weights.iter().map(|w| w / sum * total as f64).collect();
    let mut parts: Vec<u64> = exact.iter().map(|x| whole(x.floor())).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| {
        let rest = |i: &usize| exact[*i] - exact[*i].floor();
        rest(b).total_cmp(&rest(a)).then(a.cmp(b))
    });
    let given: u64 = parts.iter().sum();
    let left = total.saturating_sub(given);
    for i in order.into_iter().cycle().take(usize::try_from(left).unwrap_or(0)) {
        parts[i] += 1;
    }
    parts
}

/// A number that is whole and not negative as an integer; 0 for anything else.
pub(crate) fn whole(x: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked here")]
    if x.is_finite() && (0.0..9e15).contains(&x) { x.round() as u64 } else { 0 }
}

/// A count as a number for arithmetic.
#[allow(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) fn real(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stream_is_the_same_everywhere_and_another_under_another_name() {
        let mut stream = Stream::new(1, "a name");
        insta::assert_snapshot!(format!("{} {} {}", stream.bits(), stream.unit(), stream.normal()));
        assert_ne!(Stream::new(1, "a name").bits(), Stream::new(2, "a name").bits());
        assert_ne!(Stream::new(1, "a name").bits(), Stream::new(1, "another").bits());
    }

    #[test]
    fn samplers_have_the_means_they_say() {
        let stream = &mut Stream::new(1, "means");
        let mean = |mut of: Box<dyn FnMut() -> f64 + '_>| (0..20_000).map(|_| of()).sum::<f64>() / 20_000.0;
        assert!((mean(Box::new(|| stream.unit())) - 0.5).abs() < 0.01);
        assert!(mean(Box::new(|| stream.normal())).abs() < 0.02);
        assert!((mean(Box::new(|| stream.spread(0.5))) - 1.0).abs() < 0.02);
        assert!((mean(Box::new(|| f64::from(stream.count(12, 0.25)))) - 3.0).abs() < 0.05);
        assert!((mean(Box::new(|| f64::from(stream.whole(2, 6)))) - 4.0).abs() < 0.05);
    }

    proptest! {
        #[test]
        fn a_split_is_exact_and_near_its_weights(total in 0u64..1_000_000, weights in prop::collection::vec(0.0f64..100.0, 1..40)) {
            let parts = split(total, &weights);
            prop_assert_eq!(parts.iter().sum::<u64>(), total);
            let sum: f64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(sum <= 0.0 || (real(*part) - real(total) * weight / sum).abs() <= 1.0);
            }
        }
    }
}
