//! No bytes of a spreadsheet or a packed table make the reader panic or unfold without measure; what was read can be asked
//! for and gives facilities, one for each row.
//!
//! The reader guards itself against panics of the parsers beneath it, which this target's own hook lets it do.
#![no_main]

use adil_domain::Problems;
use adil_sources::mapping::{Context, suggest};
use adil_sources::sheet::{Limits, Sheet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let mut problems = Problems::new();
    let limits = Limits { part: 1 << 22, total: 1 << 23, ratio: 250, cells: 200_000, text: 1 << 22 };
    let Some(sheet) = Sheet::read_within("list", bytes, None, limits, &mut problems) else {
        assert!(problems.has_errors());
        return;
    };
    for row in 0..sheet.len() {
        for column in 0..sheet.columns().len() {
            let _ = (sheet.cell(row, column), sheet.place(row, column));
        }
    }
    let context = Context { country: adil_domain::country::pack("kz"), ..Context::default() };
    let mapping = suggest(&sheet, &context).mapping;
    let mut problems = Problems::new();
    assert_eq!(mapping.apply(&sheet, &context, &mut problems).len(), sheet.len());
});
