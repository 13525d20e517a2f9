//! Random numbers that belong to a round, a purpose and a replica: nothing depends on order or threads.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of random numbers.
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of one replica of one purpose in one round.
    pub(crate) fn new(round: &str, purpose: &str, replica: u64) -> Self {
        let mut hash = Sha256::new();
        for part in ["adil-audit/1", round, purpose] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(replica.to_le_bytes());
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// A whole number below `n`; 0 when there is none.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// How often each of `n` things is drawn when `n` are drawn with replacement.
    pub(crate) fn resample(&mut self, n: usize) -> Vec<u32> {
        let mut times = vec![0; n];
        for _ in 0..n {
            times[self.below(n)] += 1;
        }
        times
    }
}
