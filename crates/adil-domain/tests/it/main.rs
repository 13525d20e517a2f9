//! The words of the domain over real tables, where these are at hand.

mod ireland;
mod kazakhstan;
mod published;

use std::path::PathBuf;

/// A folder of the shared data; `None`, and a plain word about it, where it is absent.
// A test that was not run has to say so where people look.
#[allow(clippy::print_stdout)]
fn shared(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("SKIPPED: {} is not there, so nothing was checked against it", path.display());
    None
}
