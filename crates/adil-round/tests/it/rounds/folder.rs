//! The folder on disk: read whole, replaced whole or not at all.

use std::fs;
use std::path::Path;

use adil_domain::Problems;
use adil_round::folder::{Files, SUMS, read, replace, sums, write_problems};

use super::list;

fn two(text: &str) -> Files {
    Files::from([("a.csv".to_owned(), text.as_bytes().to_vec()), ("b.json".to_owned(), b"{}".to_vec())])
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_decision_is_written_replaced_and_leaves_nothing_beside_it() {
    let round = tempfile::tempdir().unwrap();
    let decision = round.path().join("deep/decision");
    replace(&decision, &two("1")).unwrap();
    assert_eq!(fs::read_to_string(decision.join(SUMS)).unwrap(), sums(&two("1")));
    // A file of the old decision that the new one does not have goes with it.
    let fewer = Files::from([("a.csv".to_owned(), b"2".to_vec())]);
    replace(&decision, &fewer).unwrap();
    assert_eq!(names(&decision), [SUMS, "a.csv"]);
    assert_eq!(fs::read(decision.join("a.csv")).unwrap(), b"2");
    assert_eq!(names(&round.path().join("deep")), ["decision"]);
}

#[cfg(unix)]
#[test]
fn others_may_read_a_decision() {
    use std::os::unix::fs::PermissionsExt;
    let round = tempfile::tempdir().unwrap();
    let decision = round.path().join("decision");
    replace(&decision, &two("1")).unwrap();
    assert_eq!(fs::metadata(&decision).unwrap().permissions().mode() & 0o777, 0o755);
    let mut problems = Problems::new();
    problems.push(adil_domain::Problem::error("x", adil_domain::Place::file("policy.toml"), "X."));
    write_problems(round.path(), &problems).unwrap();
    let mode = fs::metadata(round.path().join("problems.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}

#[test]
fn an_empty_folder_may_be_filled() {
    let round = tempfile::tempdir().unwrap();
    replace(round.path().join("out").as_path(), &two("1")).unwrap();
    let empty = round.path().join("empty");
    fs::create_dir(&empty).unwrap();
    replace(&empty, &two("1")).unwrap();
    assert_eq!(names(&empty), [SUMS, "a.csv", "b.json"]);
}

#[test]
fn a_folder_that_is_no_decision_is_never_emptied() {
    let home = tempfile::tempdir().unwrap();
    let photos = home.path().join("photos");
    fs::create_dir(&photos).unwrap();
    fs::write(photos.join("child.jpg"), "x").unwrap();
    let message = replace(&photos, &two("1")).unwrap_err().to_string();
    assert!(
        message.contains("photos can't be replaced: the folder holds files that are no decision"),
        "{message}"
    );
    assert!(message.contains("Nothing was changed"));
    assert_eq!(names(&photos), ["child.jpg"]);
    assert_eq!(names(home.path()), ["photos"]);

    let file = home.path().join("letter.txt");
    fs::write(&file, "dear").unwrap();
    assert!(replace(&file, &two("1")).unwrap_err().to_string().contains("letter.txt can't be replaced"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "dear");
}

#[test]
fn an_old_decision_survives_a_write_that_fails() {
    let round = tempfile::tempdir().unwrap();
    let decision = round.path().join("decision");
    replace(&decision, &two("1")).unwrap();
    // A name that no file can have, as a full disk would do half-way through.
    let mut bad = two("2");
    bad.insert("no/such/folder.csv".to_owned(), b"3".to_vec());
    let message = replace(&decision, &bad).unwrap_err().to_string();
    assert!(message.contains("can't be created"), "{message}");
    assert_eq!(fs::read(decision.join("a.csv")).unwrap(), b"1");
    assert_eq!(names(&decision), [SUMS, "a.csv", "b.json"]);
    assert_eq!(names(round.path()), ["decision"], "nothing half-made is left behind");
}

#[test]
fn a_file_in_the_place_of_the_parent_is_said() {
    let round = tempfile::tempdir().unwrap();
    let file = round.path().join("file");
    fs::write(&file, "x").unwrap();
    let message = replace(&file.join("decision"), &two("1")).unwrap_err().to_string();
    assert!(message.contains("file can't be created"), "{message}");
    assert!(message.contains("choose another folder with --out"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");
}

#[test]
fn a_table_that_is_a_folder_is_an_error_and_so_is_every_other() {
    let round = tempfile::tempdir().unwrap();
    fs::create_dir(round.path().join("applications.csv")).unwrap();
    fs::create_dir(round.path().join("policy.toml")).unwrap();
    let problems = read(round.path()).unwrap_err();
    assert_eq!(
        list(&problems),
        "policy.toml: error [is-a-folder] A file was expected, but this is a folder.\n\
         applications.csv: error [is-a-folder] A file was expected, but this is a folder."
    );
}

#[test]
fn only_the_files_of_the_contract_are_read() {
    let round = tempfile::tempdir().unwrap();
    fs::write(round.path().join("policy.toml"), "x").unwrap();
    fs::write(round.path().join("notes.txt"), "x").unwrap();
    fs::create_dir(round.path().join("decision")).unwrap();
    let files = read(round.path()).unwrap();
    assert_eq!(files.into_keys().collect::<Vec<_>>(), ["policy.toml"]);
}

#[test]
fn a_round_that_is_no_folder_is_said() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("policy.toml");
    fs::write(&file, "x").unwrap();
    assert!(
        list(&read(&file).unwrap_err()).contains("[not-a-folder] A round is a folder, but this is a file.")
    );
    let nowhere = place.path().join("nowhere");
    assert!(list(&read(&nowhere).unwrap_err()).contains("[no-folder] The round folder can't be opened"));
    assert!(
        adil_round::verify::read_decision(&nowhere)
            .unwrap_err()
            .contains("Decide the round first: adil run.")
    );
}

#[test]
fn a_list_of_problems_is_written_and_taken_away() {
    let round = tempfile::tempdir().unwrap();
    let mut problems = Problems::new();
    let place = adil_domain::Place::cell("applications.csv", 7, "amount_sought");
    problems.push(adil_domain::Problem::error("bad-money", place, "`a, \"b\"` is no money."));
    write_problems(round.path(), &problems).unwrap();
    assert_eq!(
        fs::read_to_string(round.path().join("problems.csv")).unwrap(),
        "severity,file,line,column,code,message\n\
         error,applications.csv,7,amount_sought,bad-money,\"`a, \"\"b\"\"` is no money.\"\n"
    );
    write_problems(round.path(), &Problems::new()).unwrap();
    write_problems(round.path(), &Problems::new()).unwrap();
    assert_eq!(names(round.path()), Vec::<String>::new());
}
