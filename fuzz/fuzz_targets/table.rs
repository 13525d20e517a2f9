//! No bytes of a table make the reader panic, and what was read can be asked for.
#![no_main]

use adil_domain::Problems;
use adil_round::table::Table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut problems = Problems::new();
    if let Some(table) = Table::read("table.csv", bytes, &mut problems) {
        for row in 0..table.len() {
            assert!(table.line(row) >= 2);
            for column in 0..table.header().len() {
                let _ = table.cell(row, column);
            }
        }
    }
});
