//! `adil sign`: a source's file with a detached signature beside it, for a source without tools of its own.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use adil_integrity::signature::{SecretKey, verify};
use anyhow::{Context as _, bail};
use clap::Args;

use super::{print, say};
use crate::Exit;

/// `adil sign`.
#[derive(Debug, Args)]
#[command(after_help = "\
The first time, with a new key:
  adil sign --new-key source.key checks/source.csv
It prints the public key for the policy and writes checks/source.csv.sig. Keep source.key to yourself. Later:
  adil sign --key source.key checks/source.csv
Whoever receives the file: adil sign --check PUBLIC-KEY checks/source.csv")]
pub(crate) struct SignArgs {
    /// The file with the secret key
    #[arg(long, value_name = "FILE", required_unless_present_any = ["new_key", "check"])]
    key: Option<PathBuf>,
    /// Make a key, and write it to this file, which must not be there
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "check"])]
    new_key: Option<PathBuf>,
    /// Check the signature that is there against this public key, and sign nothing
    #[arg(long, value_name = "PUBLIC-KEY", conflicts_with = "key")]
    check: Option<String>,
    /// The file that is signed; its signature is FILE.sig
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn sign(args: &SignArgs) -> anyhow::Result<Exit> {
    let bytes = fs::read(&args.file).with_context(|| format!("{} can't be read", args.file.display()))?;
    let mut signature = args.file.clone().into_os_string();
    signature.push(".sig");
    let signature = PathBuf::from(signature);
    if let Some(public_key) = &args.check {
        let text = fs::read_to_string(&signature)
            .with_context(|| format!("{} can't be read", signature.display()))?;
        return match verify(public_key, &bytes, &text) {
            Ok(()) => {
                print("The signature fits.")?;
                Ok(Exit::Done)
            }
            Err(error) => {
                say(&format!("{}: {error}.\n", args.file.display()))?;
                Ok(Exit::Wrong)
            }
        };
    }
    let key = match (&args.new_key, &args.key) {
        (Some(path), _) => new_key(path)?,
        (None, Some(path)) => {
            let text =
                fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
            SecretKey::read(&text).with_context(|| path.display().to_string())?
        }
        (None, None) => bail!("no key was named"),
    };
    fs::write(&signature, format!("{}\n", key.sign(&bytes)))
        .with_context(|| format!("{} can't be written", signature.display()))?;
    print(&format!("public key: {}\n→ {}", key.public_key(), signature.display()))?;
    Ok(Exit::Done)
}

/// A key of the system's randomness, in a file that nobody else can read and that replaces none.
fn new_key(path: &Path) -> anyhow::Result<SecretKey> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).context("the system gives no random bytes")?;
    let key = SecretKey::of_random(&random);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| {
        format!("{} can't be made; a key that is there is never replaced", path.display())
    })?;
    writeln!(file, "{}", key.text())?;
    Ok(key)
}
