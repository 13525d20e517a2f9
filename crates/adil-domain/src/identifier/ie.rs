//! PPS numbers of Ireland: seven digits, a check letter, and since 2013 a second letter (python-stdnum `ie/pps`).

use super::{IdentifierError, Scheme};

/// Check letters by remainder.
const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";

/// Seven digits and one or two letters.
pub(super) fn resembles_pps(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.len(), 8 | 9)
        && bytes[..7].iter().all(u8::is_ascii_digit)
        && bytes[7..].iter().all(u8::is_ascii_alphabetic)
}

pub(super) fn check_pps(text: &str) -> Result<(), IdentifierError> {
    let scheme = Scheme::IePps;
    let pattern =
        IdentifierError::Pattern { scheme, expected: "seven digits with one or two letters after them" };
    if !resembles_pps(text) {
        return Err(pattern);
    }
    let upper = text.to_ascii_uppercase();
    let (digits, letters) = upper.as_bytes().split_at(7);
    let mut sum: usize =
        digits.iter().zip((2..=8).rev()).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    match letters.get(1) {
        // The older second letters say something of the holder and take no part in the check.
        None | Some(b'W' | b'T' | b'X') => {}
        Some(second @ b'A'..=b'I') => sum += 9 * usize::from(second - b'A' + 1),
        Some(_) => return Err(pattern),
    }
    if letters.first() == Some(&LETTERS[sum % 23]) {
        Ok(())
    } else {
        Err(IdentifierError::PersonalCheck { scheme })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of zeros, so that no fixture can be a living person's; and the example that python-stdnum prints.
    #[test]
    fn the_check_letter_is_the_sum_modulo_23() {
        for valid in ["0000000W", "0000001B", "0000001KA", "0000001BT", "6433435F", "6433435OA"] {
            assert_eq!(check_pps(valid), Ok(()), "{valid}");
        }
        for wrong in ["6433435E", "6433435VH", "0000001BA"] {
            assert_eq!(
                check_pps(wrong),
                Err(IdentifierError::PersonalCheck { scheme: Scheme::IePps }),
                "{wrong}"
            );
        }
        for other in ["000001B", "0000001", "0000001BZ", "0000001BAA", "ірі", "000000éB"] {
            assert!(matches!(check_pps(other), Err(IdentifierError::Pattern { .. })), "{other}");
        }
    }
}
