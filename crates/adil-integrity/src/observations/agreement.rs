//! How far coders agree: Krippendorff's alpha for names (Krippendorff 2011), exactly.

use std::collections::BTreeMap;

use adil_domain::Rational;

/// Below this, coders agree too little for even a tentative conclusion (Krippendorff 2004), in thousandths.
pub const TOO_LITTLE: u32 = 667;

/// One minus the disagreement observed over that expected by chance. Each unit is what its coders wrote, those who wrote nothing
/// left out. `None` where no unit has two, or all wrote the same everywhere, so that nothing could have been disagreed on.
pub fn alpha<T: Ord>(units: &[Vec<T>]) -> Option<Rational> {
    let mut values: BTreeMap<&T, u64> = BTreeMap::new();
    let mut pairable = 0u64;
    let mut observed = Rational::zero();
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut here: BTreeMap<&T, u64> = BTreeMap::new();
        for value in unit {
            *here.entry(value).or_default() += 1;
        }
        let size: u64 = here.values().sum();
        let pairs: u64 = here.values().map(|n| n * (size - n)).sum();
        observed = &observed + &Rational::ratio(pairs, size - 1)?;
        pairable += size;
        for (value, n) in here {
            *values.entry(value).or_default() += n;
        }
    }
    let expected: u64 = values.values().map(|n| n * (pairable - n)).sum();
    let chance = Rational::ratio(expected, pairable.checked_sub(1)?)?;
    Some(&Rational::one() - &observed.checked_div(&chance)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff (2011), section C: four coders, twelve units, some of them not coded by everybody; alpha is 0.743.
    #[test]
    fn the_published_example_of_four_coders() {
        let units: [&[u8]; 12] = [
            &[1, 1, 1],
            &[2, 2, 3, 2],
            &[3, 3, 3, 3],
            &[3, 3, 3, 3],
            &[2, 2, 2, 2],
            &[1, 2, 3, 4],
            &[4, 4, 4, 4],
            &[1, 1, 2, 1],
            &[2, 2, 2, 2],
            &[5, 5, 5],
            &[1, 1],
            &[3],
        ];
        let units: Vec<Vec<u8>> = units.iter().map(|unit| unit.to_vec()).collect();
        assert_eq!(alpha(&units).unwrap().to_decimal(3), "0.743");
    }

    #[test]
    fn chance_is_nothing_and_agreement_is_one() {
        let same = vec![vec!["a", "a"], vec!["b", "b"]];
        assert_eq!(alpha(&same), Some(Rational::one()));
        let opposite = vec![vec!["a", "b"], vec!["b", "a"]];
        assert_eq!(alpha(&opposite).unwrap().to_decimal(1), "-0.5");
        assert_eq!(alpha(&[vec!["a"], vec!["b"]]), None, "nobody coded anything twice");
        assert_eq!(alpha(&[vec!["a", "a"]]), None, "nothing could be disagreed on");
    }
}
