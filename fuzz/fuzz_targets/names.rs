//! No names and identifiers make the comparison of operators panic, and it is the same either way round.
#![no_main]

use adil_domain::CountryPack;
use adil_integrity::names::{Operator, Row, compare};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: ([(&str, &str, &str, &str); 2], bool)| {
    let (rows, abroad) = input;
    let pack = if abroad {
        include_str!("../../countries/ie/pack.toml")
    } else {
        include_str!("../../countries/kz/pack.toml")
    };
    let country = CountryPack::parse(pack).expect("a pack of ours is read");
    let [left, right] = rows.map(|(name, other, identifier, place)| {
        Operator::new(&Row { names: &[name, other], identifier, place }, &country)
    });
    let (there, back) = (compare(&left, &right), compare(&right, &left));
    assert_eq!((there.outcome, there.points), (back.outcome, back.points));
});
