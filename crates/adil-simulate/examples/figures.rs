//! Writes the figures of seed 1 into `docs/simulator.md`: `cargo run -p adil-simulate --example figures`.

use std::fs;

use adil_simulate::{Nothing, Options, document, kazakhstan};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options { timesheets: false, ..Options::default() };
    let summary = kazakhstan(&options, &mut Nothing, &mut |_, _| {})?;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/simulator.md");
    let text = fs::read_to_string(path)?;
    let (begin, end) = ("<!-- figures -->\n", "<!-- /figures -->");
    let (before, rest) = text.split_once(begin).ok_or("the document has no place for figures")?;
    let (_, after) = rest.split_once(end).ok_or("the place for figures has no end")?;
    fs::write(path, format!("{before}{begin}{}{end}{after}", document(&summary)?))?;
    Ok(())
}
