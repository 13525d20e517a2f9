//! Lists the folders of `detectors/` beside the crates, so that a new one needs no line of Rust.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=../../detectors");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("../../detectors"))? {
        let entry = entry?;
        if entry.path().join("detector.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut text = String::from("&[\n");
    for name in names {
        let path = |file: &str| format!("{root}/../../detectors/{name}/{file}");
        let (description, sql) = (path("detector.toml"), path("detector.sql"));
        writeln!(text, "    ({name:?}, include_str!({description:?}), include_str!({sql:?})),")
            .map_err(io::Error::other)?;
    }
    text.push_str("]\n");
    fs::write(Path::new(&out).join("detectors.rs"), text)
}
