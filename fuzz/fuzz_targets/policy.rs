//! No text of a policy makes the reader panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = adil_policy::Policy::parse("policy.toml", text);
});
