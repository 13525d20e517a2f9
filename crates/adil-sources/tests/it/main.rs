//! Tests of the crate as others use it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where something is wrong"
)]

mod egov;
mod geojson;
mod import;
mod kato;
mod mapping;
mod osm;
mod people;
mod register;
mod registers;
mod sheet;
mod stub;
mod taxonomy;

/// The whole Scottish list; `None`, and a plain word about it, where it is absent.
#[allow(clippy::print_stderr, reason = "a test that checks nothing says so")]
fn scotland() -> Option<Vec<u8>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/scotland/facilities.csv");
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("../shared is absent: nothing is checked on the whole Scottish list");
    }
    bytes
}
