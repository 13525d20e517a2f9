//! Writes the measured figures into `docs/names.md`: `cargo run -p adil-integrity --example measure_names`.

use std::fs;

#[path = "../tests/it/measure.rs"]
mod measure;

fn main() -> Result<(), measure::Error> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/names.md");
    let text = fs::read_to_string(path)?;
    let (begin, end) = ("<!-- figures -->\n", "<!-- /figures -->");
    let (before, rest) = text.split_once(begin).ok_or("the document has no place for figures")?;
    let (_, after) = rest.split_once(end).ok_or("the place for figures has no end")?;
    fs::write(path, format!("{before}{begin}{}{end}{after}", measure::document()?))?;
    Ok(())
}
