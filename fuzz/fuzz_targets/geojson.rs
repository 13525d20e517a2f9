//! No bytes of a map of features make the reader panic.
#![no_main]

use adil_domain::Problems;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut problems = Problems::new();
    let sheet = adil_sources::geojson::read("features.geojson", bytes, &mut problems);
    assert!(sheet.is_some() || problems.has_errors());
});
