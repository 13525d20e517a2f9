//! Numbers that look random and depend on nothing but the words they are for.

use sha2::{Digest, Sha256};

/// Steele, Lea and Flood's `SplitMix64`, begun at the digest of some words.
pub(super) struct Stream(u64);

impl Stream {
    /// The stream of these words.
    pub(super) fn of(words: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for word in words {
            hasher.update(word.as_bytes());
            hasher.update([0]);
        }
        let digest: [u8; 32] = hasher.finalize().into();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_be_bytes(first))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = self.0;
        let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// The next number between 0 and 1, and neither.
    pub(super) fn unit(&mut self) -> f64 {
        let half = u32::try_from(self.next() >> 32).unwrap_or(0);
        (f64::from(half) + 0.5) / 4_294_967_296.0
    }

    /// The next number of mean 1 from the exponential distribution.
    pub(super) fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_even_and_is_its_words() {
        let mut stream = Stream::of(&["open", "F-1"]);
        let mean = (0..10_000).map(|_| stream.exponential()).sum::<f64>() / 10_000.0;
        assert!((mean - 1.0).abs() < 0.05, "{mean}");
        assert_ne!(Stream::of(&["ab", "c"]).next(), Stream::of(&["a", "bc"]).next());
    }
}
