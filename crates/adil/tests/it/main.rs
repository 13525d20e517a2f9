//! The command line as its users meet it: a process with arguments, files, exit statuses and two streams.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests are not seen as tests by the lint"
)]

mod access;
mod ask;
mod audit;
mod checks;
mod egov;
mod frontier;
mod import;
mod ireland;
mod kazakhstan;
mod model;
mod model_card;
mod operators;
mod people;
mod publish;
mod roads;
mod run;
mod scotland;
mod shadow;
mod simulate;
mod streams;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// What a call of the program gave.
#[derive(Debug)]
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}\n{self:?}"))
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("adil"));
    command.args(arguments).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

fn adil(arguments: &[&str]) -> Ended {
    let output = command(arguments).output().unwrap();
    Ended {
        code: output.status.code().expect("the program ended by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A round of its own for each test.
struct Round {
    _place: TempDir,
    folder: PathBuf,
}

impl Round {
    fn tiny() -> Self {
        Self::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny"), "tiny")
    }

    /// A copy of the files of a round, without its decision.
    fn copy(from: &Path, name: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join(name);
        fs::create_dir(&folder).unwrap();
        let copy = |from: &Path, to: &Path| {
            for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|e| e.path().is_file()) {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        };
        copy(from, &folder);
        let models = from.join("models");
        if models.is_dir() {
            fs::create_dir(folder.join("models")).unwrap();
            copy(&models, &folder.join("models"));
        }
        Self { _place: place, folder }
    }

    fn decided() -> Self {
        let round = Self::tiny();
        let ended = round.adil(&["run"], &[]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        round
    }

    fn path(&self) -> &str {
        self.folder.to_str().unwrap()
    }

    /// `adil BEFORE ROUND AFTER`.
    fn adil(&self, before: &[&str], after: &[&str]) -> Ended {
        adil(&[before, &[self.path()], after].concat())
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).unwrap();
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from}");
        self.write(file, &text.replacen(from, to, 1));
    }

    /// Every file of the round and its decision, with its bytes.
    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![self.folder.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    waiting.push(entry.path());
                } else {
                    let name = entry.path().strip_prefix(&self.folder).unwrap().to_owned();
                    files.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }

    /// What is said with the path of this run taken out.
    fn plain(&self, text: &str) -> String {
        text.replace(self.path(), "ROUND")
    }
}
