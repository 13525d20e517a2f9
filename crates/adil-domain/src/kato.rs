//! KATO: the nine-digit code of a place in Kazakhstan, `AB CD EF HIJ` (classifier NK RK 11-2025, stat.gov.kz).

use std::fmt;
use std::str::FromStr;

use crate::rational::shorten;

/// A KATO code: region, district, sub-district and settlement in one text of nine digits.
///
/// Codes sort as texts do, so a place comes right before what lies in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kato([u8; 9]);

/// How deep in the classifier a place stands, read from its code alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A region, or a city of region rank: `AB0000000`.
    Region,
    /// A district or a town of district rank: `ABCD00000`.
    District,
    /// A rural district, or a district of a city: `ABCDEF000`.
    SubDistrict,
    /// A settlement: `ABCDEFHIJ`.
    Settlement,
}

/// The text is no KATO code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KatoError {
    /// Another number of characters than nine.
    #[error("`{text}` has {found} characters, a KATO code has 9 digits; read the column as text")]
    Length {
        /// What stands there.
        text: String,
        /// Its characters.
        found: usize,
    },
    /// A character that is no digit.
    #[error("character {position} of `{text}` is `{found}`, a KATO code has 9 digits and nothing else")]
    NotADigit {
        /// What stands there.
        text: String,
        /// Counted from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The code of nothing: every code begins with the two digits of its region.
    #[error(
        "`{0}` begins with 00, a KATO code begins with the two digits of its region, such as 71 for Astana"
    )]
    NoRegion(String),
}

/// Where each group begins: AB, CD, EF, HIJ.
const GROUPS: [usize; 4] = [0, 2, 4, 6];

impl Kato {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How deep the place stands. City districts of Astana, Almaty and Shymkent stand at sub-district level.
    pub fn rank(self) -> Rank {
        match self.last_group() {
            0 => Rank::Region,
            1 => Rank::District,
            2 => Rank::SubDistrict,
            _ => Rank::Settlement,
        }
    }

    /// The region: every digit after the first two is zero.
    #[must_use]
    pub fn region(self) -> Self {
        self.zeroed_from(2)
    }

    /// The code with its last non-zero group zeroed; `None` for a region.
    ///
    /// The classifier does not hold every such code: `711100000` is nobody's, though `711110000` is a district of
    /// Astana. [`Kato::known_parent`] finds the one that is there.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let last = self.last_group();
        (last > 0).then(|| self.zeroed_from(GROUPS[last]))
    }

    /// Parents by zeroing, nearest first, down to the region.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |code| code.parent())
    }

    /// Walks up until a code is found that `is_known` accepts.
    #[must_use]
    pub fn known_parent(self, is_known: impl Fn(Self) -> bool) -> Option<Self> {
        self.ancestors().find(|code| is_known(*code))
    }

    fn last_group(self) -> usize {
        GROUPS.iter().rposition(|start| self.0[*start..].iter().any(|d| *d != b'0')).unwrap_or(0)
    }

    fn zeroed_from(mut self, start: usize) -> Self {
        self.0[start..].fill(b'0');
        self
    }
}

/// The parent of a place by its code: the nearest code above that is known.
///
/// `None` for a region, for a text that is no KATO code, and where nothing above is known.
pub fn parent_of(code: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let code: Kato = code.parse().ok()?;
    code.known_parent(|above| is_known(above.as_str())).map(|above| above.to_string())
}

impl FromStr for Kato {
    type Err = KatoError;

    fn from_str(text: &str) -> Result<Self, KatoError> {
        if let Some((i, found)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(KatoError::NotADigit { text: shorten(text), position: i + 1, found });
        }
        let digits: [u8; 9] = text
            .as_bytes()
            .try_into()
            .map_err(|_| KatoError::Length { text: shorten(text), found: text.chars().count() })?;
        if digits.starts_with(b"00") {
            return Err(KatoError::NoRegion(text.to_owned()));
        }
        Ok(Self(digits))
    }
}

impl fmt::Display for Kato {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Kato {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kato(code: &str) -> Kato {
        code.parse().unwrap()
    }

    #[test]
    fn the_parent_of_a_village_is_its_rural_district_and_so_on_up() {
        let up: Vec<String> = kato("103230100").ancestors().map(|k| k.to_string()).collect();
        assert_eq!(up, ["103230000", "103200000", "100000000"]);
        assert_eq!(kato("100000000").parent(), None);
        assert_eq!(kato("103230100").region(), kato("100000000"));
    }

    #[test]
    fn the_rank_is_in_the_code() {
        for (code, rank) in [
            ("100000000", Rank::Region),
            ("103200000", Rank::District),
            ("103230000", Rank::SubDistrict),
            ("103230100", Rank::Settlement),
            ("711110000", Rank::SubDistrict),
        ] {
            assert_eq!(kato(code).rank(), rank, "{code}");
        }
    }

    #[test]
    fn a_city_district_hangs_under_the_first_code_that_exists() {
        // 711100000 by zeroing is nobody's code: the walk goes on to the city.
        let known = [kato("710000000"), kato("711110000")];
        assert_eq!(kato("711110000").parent(), Some(kato("711100000")));
        assert_eq!(kato("711110000").known_parent(|k| known.contains(&k)), Some(kato("710000000")));
        assert_eq!(kato("101033102").known_parent(|_| false), None);
        let known = ["710000000", "711110000"];
        assert_eq!(parent_of("711110000", |c| known.contains(&c)).as_deref(), Some("710000000"));
        assert_eq!(parent_of("71111000", |_| true), None);
    }

    #[test]
    fn what_is_no_code_is_refused_with_a_reason() {
        let say = |text: &str| text.parse::<Kato>().unwrap_err().to_string();
        insta::assert_snapshot!(say("10323010"), @"`10323010` has 8 characters, a KATO code has 9 digits; read the column as text");
        insta::assert_snapshot!(say("10323О100"), @"character 6 of `10323О100` is `О`, a KATO code has 9 digits and nothing else");
        insta::assert_snapshot!(say("003230100"), @"`003230100` begins with 00, a KATO code begins with the two digits of its region, such as 71 for Astana");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_the_walk_up_ends(text in "[0-9]{0,11}|.{0,12}") {
            if let Ok(code) = text.parse::<Kato>() {
                prop_assert_eq!(code.to_string(), text);
                prop_assert!(code.ancestors().count() <= 3);
                prop_assert!(code.ancestors().last().is_none_or(|k| k == code.region()));
            }
        }
    }
}
