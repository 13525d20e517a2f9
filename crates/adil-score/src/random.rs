//! Numbers that look random and depend on nothing but where they stand: the same for any number of threads.

/// Steven Vigna's `SplitMix64`, read at any position: the stream's key says which stream, the counter which number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream(u64);

/// The odd number nearest to 2⁶⁴ over the golden ratio: steps of it visit every number once.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// A stream of its own for a part of what this one is for.
    pub(crate) fn part(self, part: u64) -> Self {
        Self(mix(self.bits(part)))
    }

    /// The number at a position.
    fn bits(self, at: u64) -> u64 {
        mix(self.0.wrapping_add(at.wrapping_mul(GOLDEN)))
    }

    /// The number at a position, between 0 and 1 and neither.
    pub(crate) fn unit(self, at: u64) -> f64 {
        (f64::from(self.half(at)) + 0.5) / 4_294_967_296.0
    }

    /// The number at a position, among so many.
    pub(crate) fn below(self, at: u64, many: usize) -> usize {
        let product = u64::from(self.half(at)) * u64::try_from(many).unwrap_or(u64::MAX >> 32);
        usize::try_from(product >> 32).unwrap_or(0)
    }

    /// The upper half of the number at a position, where it is most mixed.
    pub(crate) fn half(self, at: u64) -> u32 {
        u32::try_from(self.bits(at) >> 32).unwrap_or(0)
    }
}

fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_even_and_its_parts_differ() {
        let stream = Stream::new(7);
        let mean = (0..10_000).map(|i| stream.unit(i)).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let mut counts = [0; 3];
        (0..9000).for_each(|i| counts[stream.below(i, 3)] += 1);
        assert!(counts.iter().all(|c| (2850..3150).contains(c)), "{counts:?}");
        assert_ne!(stream.part(0).half(0), stream.part(1).half(0));
    }
}
