//! Identifiers that are nobody's: made-up organisations, and people as keyed hashes of things that never were.

use adil_domain::identifier::{HashKey, Identifier, Scheme};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::plan::ALL_NUMBERS;

/// The key of a simulation. It is made from the seed, so it protects nothing: there is nobody to protect.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    mac: Option<Hmac<Sha256>>,
    people: Option<HashKey>,
}

impl Keys {
    pub(crate) fn new(seed: u64) -> Self {
        let secret =
            Sha256::new().chain_update(b"adil-simulate/key\0").chain_update(seed.to_le_bytes()).finalize();
        // A key of 32 bytes is never refused; without one every hash would be that of nothing.
        Self { mac: Hmac::new_from_slice(&secret).ok(), people: HashKey::new(&secret).ok() }
    }

    /// 128 bits of the keyed hash of a name, in hexadecimal.
    pub(crate) fn hash(&self, kind: &str, name: &str) -> String {
        self.hex(kind, name, 16)
    }

    /// 64 bits, for what needs only to be told apart: phones, devices, addresses.
    pub(crate) fn mark(&self, kind: &str, name: &str) -> String {
        self.hex(kind, name, 8)
    }

    fn hex(&self, kind: &str, name: &str, bytes: usize) -> String {
        let Some(mut mac) = self.mac.clone() else { return String::new() };
        mac.update(kind.as_bytes());
        mac.update(b"\0");
        mac.update(name.as_bytes());
        let hash = mac.finalize().into_bytes();
        hex::encode(hash.get(..bytes).unwrap_or_default())
    }

    /// An entrepreneur: the keyed hash of a number of somebody born in the 1800s.
    pub(crate) fn entrepreneur(&self, number: u64) -> String {
        let (year, month, day) = (number % 100, number / 100 % 12 + 1, number / 1_200 % 28 + 1);
        let (sex, serial) = (number / 33_600 % 2 + 1, number / 67_200 % 10_000);
        let stem = |serial: u64| format!("{year:02}{month:02}{day:02}{sex}{serial:04}");
        let person =
            [serial, serial + 5_000].iter().find_map(|s| completed(Scheme::KzIin, &stem(s % 10_000)));
        match (person, &self.people) {
            (Some(Identifier::Person(person)), Some(key)) => person.keyed_hash(key).to_string(),
            _ => self.hex("entrepreneur", &number.to_string(), 32),
        }
    }
}

/// A business number of an organisation that is yet to be founded: of the years 2049 to 2059.
pub(crate) fn bin(number: u64) -> String {
    // Each organisation has two numbers to itself, since one in 121 is never issued.
    let stem = |slot: u64, unit: u8| {
        let slot = slot % ALL_NUMBERS;
        let (month, serial) = (slot / 100_000, slot % 100_000);
        format!("{:02}{:02}4{unit}{serial:05}", 49 + month / 12, 12 - month % 12)
    };
    let tries = [stem(2 * number, 0), stem(2 * number + 1, 0), stem(2 * number, 1), stem(2 * number + 1, 1)];
    let text = |found| match found {
        Identifier::Organisation(id) => id.as_str().to_owned(),
        Identifier::Person(_) => String::new(),
    };
    tries.iter().find_map(|stem| completed(Scheme::KzBin, stem)).map_or_else(|| format!("sim-{number}"), text)
}

/// The number with the last digit that its scheme accepts.
fn completed(scheme: Scheme, stem: &str) -> Option<Identifier> {
    (0..10).find_map(|digit| scheme.parse(&format!("{stem}{digit}")).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_well_made_different_and_of_years_to_come() {
        let numbers: BTreeSet<String> = (0..40_000).map(bin).collect();
        assert_eq!(numbers.len(), 40_000);
        assert!(numbers.iter().all(|n| Scheme::KzBin.parse(n).is_ok() && n.starts_with("49")));
        assert_eq!(&bin(0)[..4], "4912");
        assert_eq!(&bin(ALL_NUMBERS / 2 - 1)[..4], "5901");
    }

    #[test]
    fn entrepreneurs_are_hashes_and_different() {
        let keys = Keys::new(1);
        let hashes: BTreeSet<String> = (0..5_000).map(|n| keys.entrepreneur(n * 37)).collect();
        assert_eq!(hashes.len(), 5_000);
        assert!(hashes.iter().all(|h| h.len() == 64));
        assert_ne!(keys.entrepreneur(7), Keys::new(2).entrepreneur(7));
    }
}
