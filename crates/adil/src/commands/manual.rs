//! Man pages and completions, from the one definition of the command line.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;

use super::print;
use crate::Exit;
use crate::args::Cli;

pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "adil", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

pub(crate) fn man(folder: &Path) -> anyhow::Result<Exit> {
    fs::create_dir_all(folder).with_context(|| format!("{} can't be created", folder.display()))?;
    clap_mangen::generate_to(Cli::command(), folder)
        .with_context(|| format!("man pages can't be written to {}", folder.display()))?;
    Ok(Exit::Done)
}
