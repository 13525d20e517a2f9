//! No answer of the open data service makes its reader panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let _ = adil_sources::egov::parse(body);
});
