//! No file of a revenue authority makes its reader panic, and who is asked about gets an answer, if only "unknown".
#![no_main]

use adil_domain::{CountryPack, Problems};
use adil_sources::registers::{arrears_of_file, subjects};
use adil_sources::sheet::Sheet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut problems = Problems::new();
    let pack = include_str!("../../countries/kz/pack.toml");
    let country = CountryPack::parse(pack).expect("a pack of ours is read");
    let list = b"operator_id\n990140000385\n";
    let Some(sheet) = Sheet::read("operators.csv", list, None, &mut problems) else { return };
    let operators = subjects(&sheet, &country, None, &mut problems);
    let day = jiff::civil::date(2026, 1, 1);
    let files = [("arrears.json".to_owned(), bytes.to_vec())];
    let rows = arrears_of_file(&files, &operators, day, "kgd", &mut problems);
    assert!(rows.len() >= operators.subjects.len());
});
