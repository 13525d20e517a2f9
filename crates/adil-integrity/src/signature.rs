//! Detached Ed25519 signatures of a file: who gave these answers, and that nobody changed them since.
//!
//! Keys and signatures are text, hexadecimal or base64 (RFC 4648, with or without padding). Verification is strict: keys of
//! small order and signatures that are not in their one form are refused, so that one signature fits one message.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Why a signature proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The public key's text is no key.
    #[error(
        "the public key is no Ed25519 key: 64 hexadecimal digits or 44 characters of base64 are expected"
    )]
    PublicKey,
    /// The secret key's text is no key. It is not repeated.
    #[error(
        "the secret key is no Ed25519 key: 64 hexadecimal digits or 44 characters of base64 are expected"
    )]
    SecretKey,
    /// The signature's text is none.
    #[error("this is no Ed25519 signature: 128 hexadecimal digits or 88 characters of base64 are expected")]
    Form,
    /// It is a signature, but not of these bytes by this key.
    #[error("the signature does not fit: the file was changed after it was signed, or another key signed it")]
    Mismatch,
}

/// Checks a detached signature.
///
/// # Errors
/// What does not fit.
pub fn verify(public_key: &str, bytes: &[u8], signature: &str) -> Result<(), SignatureError> {
    let key = VerifyingKey::from_bytes(&decode(public_key).ok_or(SignatureError::PublicKey)?)
        .map_err(|_| SignatureError::PublicKey)?;
    let signature = Signature::from_bytes(&decode(signature).ok_or(SignatureError::Form)?);
    key.verify_strict(bytes, &signature).map_err(|_| SignatureError::Mismatch)
}

/// A secret key. It never prints itself.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// A key of 32 random bytes, which the caller draws from the system.
    pub fn of_random(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// Reads the text of [`SecretKey::text`].
    ///
    /// # Errors
    /// It is no key.
    pub fn read(text: &str) -> Result<Self, SignatureError> {
        decode(text).map(|bytes| Self(SigningKey::from_bytes(&bytes))).ok_or(SignatureError::SecretKey)
    }

    /// The secret as text, for the one file that keeps it.
    pub fn text(&self) -> String {
        hex::encode(self.0.to_bytes())
    }

    /// The public key, for the policy.
    pub fn public_key(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }

    /// The detached signature of these bytes, in hexadecimal digits.
    pub fn sign(&self, bytes: &[u8]) -> String {
        hex::encode(self.0.sign(bytes).to_bytes())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(••••)")
    }
}

/// Exactly `N` bytes from hexadecimal digits or base64.
fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let text = text.trim();
    let bytes = if text.len() == 2 * N { hex::decode(text).ok() } else { LENIENT.decode(text).ok() };
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    const SECRET: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const PUBLIC: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const OF_72: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    #[test]
    fn the_published_example_is_signed_and_verified() {
        let key = SecretKey::read(SECRET).unwrap();
        assert_eq!((key.public_key().as_str(), key.sign(b"r").as_str()), (PUBLIC, OF_72));
        assert_eq!(verify(PUBLIC, b"r", OF_72), Ok(()));
        assert_eq!(key.text(), SECRET);
        assert_eq!(format!("{key:?}"), "SecretKey(••••)");
    }

    #[test]
    fn base64_is_read_with_and_without_padding() {
        let base64 = base64::engine::general_purpose::STANDARD.encode(hex::decode(OF_72).unwrap());
        assert_eq!(verify(PUBLIC, b"r", &format!(" {base64}\n")), Ok(()));
        assert_eq!(verify(PUBLIC, b"r", base64.trim_end_matches('=')), Ok(()));
    }

    #[test]
    fn a_changed_file_key_or_signature_is_refused() {
        let other = SecretKey::of_random(&[7; 32]).public_key();
        let flipped = format!("0{}", &OF_72[1..]);
        for (key, bytes, signature, error) in [
            (PUBLIC, b"s", OF_72, SignatureError::Mismatch),
            (&other, b"r", OF_72, SignatureError::Mismatch),
            (PUBLIC, b"r", &flipped, SignatureError::Mismatch),
            (PUBLIC, b"r", &OF_72[2..], SignatureError::Form),
            (PUBLIC, b"r", "", SignatureError::Form),
            ("абв", b"r", OF_72, SignatureError::PublicKey),
            // The neutral element: a key with which everything would fit.
            (&format!("01{}", "00".repeat(31)), b"r", OF_72, SignatureError::Mismatch),
        ] {
            assert_eq!(verify(key, bytes, signature), Err(error), "{key} {signature}");
        }
        assert_eq!(SecretKey::read("12").unwrap_err(), SignatureError::SecretKey);
    }
}
