//! `adil audit`: look at a round from outside, and write what was found as a page and as JSON.

use std::path::Path;
use std::{fs, io};

use adil_audit::{BESIDE, audit as look, json, page};
use adil_round::folder::{self, Files};
use anyhow::Context;

use super::{Refused, language, print, read, refuse_decision};
use crate::Exit;
use crate::args::AuditArgs;
use crate::progress::Progress;

/// The folder of an audit within a round.
const AUDIT: &str = "audit";
/// The page.
const PAGE: &str = "index.html";
/// The same for programs.
const JSON: &str = "audit.json";

pub(crate) fn audit(args: &AuditArgs) -> anyhow::Result<Exit> {
    let progress = Progress::new(3);
    progress.step("reading the round");
    let inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    progress.step("deciding, comparing, asking again");
    let found = match look(&inputs, &beside(&args.round.round)?) {
        Ok(found) => found,
        Err(error) => {
            drop(progress);
            return Ok(refuse_decision(&error, args.json)?.0);
        }
    };
    progress.step("writing the audit");
    let language = language(&args.lang, &found.decision.policy);
    let page = page(&found, language).context("index.html could not be made")?;
    let json = format!("{:#}\n", json(&found));
    let files = Files::from([
        (PAGE.to_owned(), page.text.into_bytes()),
        (JSON.to_owned(), json.clone().into_bytes()),
    ]);
    let out = args.out.clone().unwrap_or_else(|| args.round.round.join(AUDIT));
    folder::replace(&out, &files)?;
    drop(progress);
    if args.json {
        print(&json)?;
    } else {
        print(&format!("{}\n→ {}\n", page.summary.join("\n"), out.join(PAGE).display()))?;
    }
    Ok(Exit::Done)
}

/// The tables beside a round that say who takes part, as far as they are there.
fn beside(round: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for name in BESIDE {
        match fs::read(round.join(name)) {
            Ok(bytes) => {
                files.insert(name.to_owned(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{name} can't be read")),
        }
    }
    Ok(files)
}
