//! A person's identifier: it goes in, and only a keyed hash comes out.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Scheme;

/// A person's identifier, well made by its scheme.
///
/// It prints a mask, is no table's key, and cannot be serialized; the one way out is [`PersonalId::keyed_hash`].
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalId {
    scheme: Scheme,
    secret: Box<str>,
}

impl PersonalId {
    pub(super) fn new(scheme: Scheme, secret: &str) -> Self {
        Self { scheme, secret: secret.into() }
    }

    /// The scheme that vouches for its make-up.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What stands in tables instead of the identifier: HMAC-SHA-256 of the scheme's name, a zero byte and the
    /// identifier. Without the key nobody can tell whose it is; with another key the hash is another one, so releases
    /// with keys of their own cannot be linked.
    pub fn keyed_hash(&self, key: &HashKey) -> KeyedHash {
        key.hash(&[self.scheme.name().as_bytes(), b"\0", self.secret.as_bytes()])
    }
}

impl fmt::Display for PersonalId {
    /// A mask of the same length for everybody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ••••••••••••", self.scheme.label())
    }
}

impl fmt::Debug for PersonalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The secret that keyed hashes are made with. It stays with the authority; each public release has its own.
#[derive(Clone)]
pub struct HashKey(Hmac<Sha256>);

/// The key is too short to be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the key for hashing personal identifiers has {found} bytes, at least {} random bytes are needed: all \
     identifiers can be tried in seconds, so the key alone protects them",
    HashKey::SHORTEST
)]
pub struct HashKeyError {
    found: usize,
}

impl HashKey {
    /// Fewer bytes than this could be guessed.
    pub const SHORTEST: usize = 32;

    /// A key of random bytes.
    ///
    /// # Errors
    /// Fewer than [`HashKey::SHORTEST`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, HashKeyError> {
        let too_short = HashKeyError { found: secret.len() };
        if secret.len() < Self::SHORTEST {
            return Err(too_short);
        }
        Self::of_any_length(secret).ok_or(too_short)
    }

    /// The keyed hash of any bytes: for what must not be guessed from its digest.
    pub fn keyed(&self, bytes: &[u8]) -> KeyedHash {
        self.hash(&[bytes])
    }

    fn of_any_length(secret: &[u8]) -> Option<Self> {
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    fn hash(&self, parts: &[&[u8]]) -> KeyedHash {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        KeyedHash(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(••••)")
    }
}

/// A keyed hash: stands for a person in tables. Prints as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyedHash([u8; 32]);

impl KeyedHash {
    /// Reads 64 hexadecimal digits; anything else is `None`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| Self(bytes))
    }
}

impl fmt::Display for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn the_hash_is_hmac_sha_256() {
        let key = HashKey::of_any_length(b"Jefe").unwrap();
        assert_eq!(
            key.hash(&[b"what do ya want ", b"for nothing?"]).to_string(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_short_key_is_refused() {
        insta::assert_snapshot!(
            HashKey::new(b"password").unwrap_err(),
            @"the key for hashing personal identifiers has 8 bytes, at least 32 random bytes are needed: all identifiers can be tried in seconds, so the key alone protects them"
        );
        assert_eq!(format!("{:?}", HashKey::new(&[7; 32]).unwrap()), "HashKey(••••)");
    }

    #[test]
    fn hexadecimal_digits_are_read_back() {
        let hash = HashKey::new(&[7; 32]).unwrap().hash(&[b"x"]);
        assert_eq!(KeyedHash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(KeyedHash::from_hex("00"), None);
    }
}
