//! Readers that leave early.

use std::io::pipe;
use std::process::Stdio;

use super::{Round, command};

#[test]
fn a_reader_that_has_left_is_no_failure() {
    let round = Round::decided();
    let path = round.path();
    for arguments in [
        &["run", path][..],
        &["run", path, "--json"],
        &["check", path],
        &["verify", path],
        &["verify", path, "--json"],
        &["explain", path, "T-01"],
        &["what-if", path, "--set", "budget=5000"],
        &["policy", "explain", path],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let output = command(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
    // What was to be written was written all the same.
    assert_eq!(round.adil(&["verify"], &[]).code, 0);
}

#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let round = Round::decided();
    for arguments in [&["explain", round.path(), "T-01"][..], &["policy", "explain", round.path()]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(arguments).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with("adil: ") && !said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_reader_that_has_left_hides_no_failure() {
    let round = Round::decided();
    round.edit("decision/awards.csv", "funded", "held");
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let output = command(&["verify", round.path()]).stdout(writer).stderr(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    round.write("applications.csv", "application_id\n");
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let output = command(&["run", round.path()]).stdout(Stdio::null()).stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(std::path::Path::new(round.path()).join("problems.csv").is_file());
}
