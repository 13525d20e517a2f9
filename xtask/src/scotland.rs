//! `examples/scotland` from the published files, and `docs/scotland.md` from its decision.

mod map;
mod page;
mod population;
mod study;
mod tables;

use std::fs;
use std::path::Path;

use crate::commands::{print, root, say};
use crate::replay::{compare, copy_round, divide, program};
use map::Picture;
use study::Study;

const ROUND: &str = "examples/scotland";
const PAGE: &str = "docs/scotland.md";
const MAP: &str = "docs/scotland-reach.svg";
const WORK: &str = "target/scotland";
const CHORE: &str = "cargo xtask scotland --page";

/// Makes the tables of the example from the folder of the published files; says so where there is none.
pub(crate) fn tables(source: &Path) -> anyhow::Result<()> {
    if !source.join("facilities.csv").exists() {
        say(&format!("{} is absent: the tables of {ROUND} stay as they are", source.display()));
        return Ok(());
    }
    print(&tables::make(source, &root().join(ROUND))?);
    Ok(())
}

/// Writes the page and its map, or with `check` only says whether they are as they would be written.
pub(crate) fn page(check: bool) -> anyhow::Result<()> {
    let round = root().join(ROUND);
    let work = root().join(WORK);
    let program = program(check)?;
    let study = Study::read(&round, &divide(&program, &round, &work.join("decision"))?)?;
    let policy = fs::read_to_string(round.join("policy.toml"))?;
    let mut others = Vec::new();
    for (number, change) in study::CHANGES.iter().enumerate() {
        let copy = work.join(format!("other-{number}"));
        copy_round(&round, &copy, &change.of(&policy)?)?;
        others.push((change, Study::read(&round, &divide(&program, &copy, &copy.join("decision"))?)?));
    }
    let picture = Picture::of(&study)?;
    for (path, text) in [(PAGE, page::write(&study, &others, &picture)?), (MAP, picture.draw(&study)?)] {
        if check {
            compare(path, CHORE, &fs::read_to_string(root().join(path)).unwrap_or_default(), &text)?;
            print(&format!("{path} is up to date"));
        } else {
            fs::write(root().join(path), text)?;
            print(path);
        }
    }
    Ok(())
}
