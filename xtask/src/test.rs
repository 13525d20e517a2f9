//! Every check there is, in the order in which a failure is cheapest to find.

use std::process::Command;

use crate::commands::{cargo, have, print, root, run, say};

/// The version of cargo-deny whose configuration `deny.toml` is written for.
const DENY: &str = "0.20.2";

pub(crate) fn all() -> anyhow::Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]))?;
    tests()?;
    doctests()?;
    crate::replay::run(true)?;
    crate::scotland::page(true)?;
    documentation()?;
    deny()?;
    print("every check passed");
    Ok(())
}

fn say_what_is_absent() {
    if !root().join("../shared").exists() {
        say("../shared is absent: the tests over shared data say so and check nothing there");
    }
}

fn tests() -> anyhow::Result<()> {
    say_what_is_absent();
    if have("cargo-nextest", "--version") {
        run(cargo().args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]))
    } else {
        run(cargo().args(["test", "--workspace", "--locked", "--all-targets", "--no-fail-fast"]))
    }
}

fn doctests() -> anyhow::Result<()> {
    run(cargo().args(["test", "--workspace", "--locked", "--doc"]))
}

fn documentation() -> anyhow::Result<()> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--locked", "--no-deps", "--document-private-items"]);
    run(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// Licences, sources and doubled versions. The list of advisories is fetched only where the network allows it.
fn deny() -> anyhow::Result<()> {
    if !have("cargo-deny", "--version") {
        run(cargo().args(["install", "--locked", "--version", DENY, "cargo-deny"]))?;
    }
    run(Command::new("cargo-deny").args(["check", "bans", "licenses", "sources"]))
}

pub(crate) fn docs() -> anyhow::Result<()> {
    run(cargo().args(["run", "--release", "--locked", "--", "man", "target/man"]))?;
    documentation()?;
    print("target/man, target/doc");
    Ok(())
}
