//! The number check as another crate sees it.

use adil_domain::country;
use adil_domain::identifier::{Classified, HashKey, classify};

#[test]
fn a_round_judges_the_identifiers_of_its_operators() {
    let pack = country::pack("kz").unwrap();
    assert!(matches!(classify("940140000385", pack), Classified::Organisation(id) if id.bin().is_some()));
    let Classified::Personal(person) = classify("180101100001", pack) else { panic!("an IIN") };
    assert_eq!(format!("{person} {person:?}"), "IIN •••••••••••• IIN ••••••••••••");
    let hash = person.keyed_hash(&HashKey::new(&[9; 32]).unwrap());
    assert!(matches!(classify(&hash.to_string(), pack), Classified::Hashed(h) if h == hash));
}
