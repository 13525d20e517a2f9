//! `adil detect`: hands a round to `adil-detect`, which is a program of its own because its query engine is large.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::{env, io};

use anyhow::Context;

use super::say;
use crate::Exit;
use crate::args::DetectArgs;

/// The program, without the ending that some systems add.
const PROGRAM: &str = "adil-detect";

pub(crate) fn detect(args: &DetectArgs, threads: Option<u16>) -> anyhow::Result<Exit> {
    let mut command = Command::new(beside().unwrap_or_else(|| PathBuf::from(PROGRAM)));
    command.args(handed_on(args, threads));
    match command.status() {
        Ok(status) => Ok(match status.code() {
            Some(0) => Exit::Done,
            Some(2) => Exit::Usage,
            _ => Exit::Wrong,
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            say(
                "adil: the detectors are a program of their own, and it is neither beside adil nor on the PATH.\n\
                 Build it with: cargo build --release -p adil-detect\n",
            )?;
            Ok(Exit::Wrong)
        }
        Err(error) => Err(error).context("adil-detect can't be started"),
    }
}

/// The program in the folder of this one.
fn beside() -> Option<PathBuf> {
    let name = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    let path = env::current_exe().ok()?.with_file_name(name);
    path.is_file().then_some(path)
}

/// The same arguments.
fn handed_on(args: &DetectArgs, threads: Option<u16>) -> Vec<OsString> {
    let mut all: Vec<OsString> = vec![args.round.round.clone().into_os_string()];
    let mut add = |name: &str, value: String| all.extend([OsString::from(name), OsString::from(value)]);
    if let Some(engine) = &args.engine {
        add("--engine", engine.clone());
    }
    if let Some(wait) = args.wait {
        add("--wait", wait.to_string());
    }
    if let Some(lang) = args.lang.lang {
        add("--lang", adil_domain::Language::from(lang).code().to_owned());
    }
    for only in &args.only {
        add("--only", only.clone());
    }
    if let Some(threads) = threads {
        add("--threads", threads.to_string());
    }
    all
}
