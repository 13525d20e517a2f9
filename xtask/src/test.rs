//! Every check there is, in the order in which a failure is cheapest to find.

use std::process::Command;

use crate::commands::{cargo, have, print, root, run, say};

/// The version of cargo-deny whose configuration `deny.toml` is written for.
const DENY: &str = "0.20.2";

pub(crate) fn all() -> anyhow::Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(workspace("clippy").args(["--all-targets", "--locked", "--", "--deny", "warnings"]))?;
    tests()?;
    doctests()?;
    fuzz_targets()?;
    detectors()?;
    crate::replay::run(true)?;
    crate::scotland::page(true)?;
    documentation()?;
    deny()?;
    print("every check passed");
    Ok(())
}

/// The crate with the query engine: five minutes of building, so it has a step of its own.
const DETECT: &str = "adil-detect";

/// A cargo command over all other crates.
fn workspace(command: &str) -> Command {
    let mut cargo = cargo();
    cargo.args([command, "--workspace", "--exclude", DETECT]);
    cargo
}

/// Fuzz targets are a workspace of their own, so that nothing else would notice when they fall behind.
fn fuzz_targets() -> anyhow::Result<()> {
    run(cargo()
        .args(["check", "--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target", "--locked"])
        .current_dir(root()))
}

/// Lints and tests of the detectors, without debug information, which would take gigabytes.
fn detectors() -> anyhow::Result<()> {
    let alone = |arguments: &[&str]| {
        let mut cargo = cargo();
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").args(arguments);
        cargo
    };
    run(&mut alone(&["clippy", "-p", DETECT, "--all-targets", "--locked", "--", "--deny", "warnings"]))?;
    if have("cargo-nextest", "--version") {
        run(&mut alone(&["nextest", "run", "-p", DETECT, "--locked", "--no-fail-fast"]))
    } else {
        run(&mut alone(&["test", "-p", DETECT, "--locked", "--all-targets", "--no-fail-fast"]))
    }
}

fn say_what_is_absent() {
    if !root().join("../shared").exists() {
        say("../shared is absent: the tests over shared data say so and check nothing there");
    }
}

fn tests() -> anyhow::Result<()> {
    say_what_is_absent();
    if have("cargo-nextest", "--version") {
        let mut nextest = cargo();
        nextest.args(["nextest", "run", "--workspace", "--exclude", DETECT, "--locked", "--no-fail-fast"]);
        run(&mut nextest)
    } else {
        run(workspace("test").args(["--locked", "--all-targets", "--no-fail-fast"]))
    }
}

fn doctests() -> anyhow::Result<()> {
    run(workspace("test").args(["--locked", "--doc"]))
}

fn documentation() -> anyhow::Result<()> {
    let mut command = workspace("doc");
    command.args(["--locked", "--no-deps", "--document-private-items"]);
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
