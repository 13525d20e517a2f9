//! Ties are settled by a hash that nobody can choose.

use sha2::{Digest, Sha256};

/// SHA-256 of the seed, its length before it, and the identifier. The smaller key goes first.
///
/// The seed should rest on the digest of the policy and on a public random value named beforehand, so that no applicant
/// can look for an identifier that wins, and no official for a policy.
pub fn tie_key(seed: &[u8], id: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(u64::try_from(seed.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(seed);
    hash.update(id.as_bytes());
    hash.finalize().into()
}
