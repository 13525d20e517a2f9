//! No text makes the reader of mappings panic, and what is proposed for a table can be read.
#![no_main]

use adil_domain::Problems;
use adil_sources::mapping::{Context, Mapping, suggest};
use adil_sources::sheet::Sheet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut problems = Problems::new();
    let mapping = Mapping::parse("map.toml", text, &mut problems);
    assert!(mapping.is_some() || problems.has_errors());
    let mut problems = Problems::new();
    let Some(sheet) = Sheet::read("list.csv", text.as_bytes(), None, &mut problems) else { return };
    let proposed = suggest(&sheet, &Context::default());
    let mut problems = Problems::new();
    let read = Mapping::parse("map.toml", &proposed.to_toml(), &mut problems);
    assert!(
        proposed.mapping.columns.is_empty() || read.is_some_and(|m| m.columns == proposed.mapping.columns)
    );
});
