//! `adil run`: what is written, what is left alone, and how it ends.

use std::fs;

use calamine::{Data, Reader, Xlsx};

use super::{Round, adil, command};

const DECISION: [&str; 11] = [
    "SHA256SUMS",
    "awards.csv",
    "certificate.json",
    "contributions.csv",
    "decision.json",
    "decision.xlsx",
    "gates.csv",
    "pot_awards.csv",
    "problems.csv",
    "report.html",
    "territories.csv",
];

#[test]
fn a_round_is_decided_and_written() {
    let round = Round::tiny();
    let ended = round.adil(&["run"], &[]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    insta::assert_snapshot!(round.plain(&ended.out));
    let mut names: Vec<String> = fs::read_dir(round.folder.join("decision"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, DECISION);
    insta::assert_snapshot!("awards", round.read("decision/awards.csv"));
}

#[test]
fn twice_and_on_any_number_of_threads_the_same_bytes() {
    let round = Round::decided();
    let sums = round.read("decision/SHA256SUMS");
    for threads in [&[][..], &["--threads", "1"], &["--threads", "2"], &["--threads", "5"]] {
        assert_eq!(round.adil(&["run"], threads).code, 0);
        assert_eq!(round.read("decision/SHA256SUMS"), sums, "{threads:?}");
    }
    let elsewhere = Round::tiny();
    assert_eq!(elsewhere.adil(&["run"], &[]).code, 0);
    assert_eq!(elsewhere.bytes(), round.bytes(), "the path of the folder is nowhere in it");
}

#[test]
fn the_spreadsheet_opens_and_has_every_application() {
    let round = Round::decided();
    let bytes = fs::read(round.folder.join("decision/decision.xlsx")).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let ids = ["T-01", "T-02", "T-03", "T-04", "T-05", "T-06"];
    let complete = book.worksheets().into_iter().filter(|(_, sheet)| {
        let has = |id: &str| sheet.used_cells().any(|(_, _, cell)| *cell == Data::String(id.to_owned()));
        ids.into_iter().all(has)
    });
    assert!(complete.count() > 0);
}

#[test]
fn the_page_speaks_the_language_asked_for() {
    let round = Round::tiny();
    for lang in ["en", "ru", "kk"] {
        let ended = round.adil(&["run"], &["--lang", lang]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(round.read("decision/report.html").contains(&format!("lang=\"{lang}\"")));
        let verified = round.adil(&["verify"], &[]);
        assert_eq!(verified.code, 0, "{lang}: {}", verified.out);
    }
}

#[test]
fn the_decision_may_go_elsewhere() {
    let round = Round::tiny();
    let out = round.folder.join("a/b/out");
    let ended = round.adil(&["run"], &["--out", out.to_str().unwrap(), "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out.trim_end(), fs::read_to_string(out.join("decision.json")).unwrap().trim_end());
    assert!(!round.folder.join("decision").exists());
    let verify = |decision: &str| round.adil(&["verify"], &["--decision", decision]).code;
    assert_eq!(verify(out.to_str().unwrap()), 0);
    assert_eq!(verify(round.folder.join("a").to_str().unwrap()), 1);
}

#[test]
fn an_error_stops_the_round_and_the_earlier_decision_stays() {
    let round = Round::decided();
    let decision = round.bytes();
    round.edit("applications.csv", "9000", "9,000");
    let wrong = round.adil(&["run"], &[]);
    assert_eq!(wrong.code, 1);
    assert_eq!(wrong.out, "");
    let listed = round.read("problems.csv");
    assert!(listed.starts_with("severity,file,line,column,code,message\n"), "{listed}");
    assert!(listed.contains("error,applications.csv,2,"), "{listed}");
    assert!(round.plain(&wrong.err).ends_with("→ ROUND/problems.csv\n"), "{}", wrong.err);
    for (file, bytes) in decision.iter().filter(|(file, _)| file.starts_with("decision")) {
        assert_eq!(&fs::read(round.folder.join(file)).unwrap(), bytes, "{}", file.display());
    }
    round.edit("applications.csv", "9,000", "9000");
    assert_eq!(round.adil(&["run"], &[]).code, 0);
    assert!(!round.folder.join("problems.csv").exists(), "what was wrong no longer is");
    assert_eq!(round.bytes(), decision);
}

#[test]
fn problems_are_shown_with_the_line_and_a_caret() {
    let round = Round::tiny();
    round.edit("policy.toml", "application.members < 100", "application.membres < 100");
    round.edit("applications.csv", "T-02,op-2", "T-01,op-2");
    let ended = round.adil(&["run"], &[]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(round.plain(&ended.err));
}

#[test]
fn bounds_that_contradict_each_other_have_a_status_of_their_own() {
    let round = Round::tiny();
    round.edit(
        "policy.toml",
        "  ceiling = \"1.2 * pot * territory.population_share\"",
        "  floor = \"0.6 * pot\"",
    );
    let ended = round.adil(&["run"], &[]);
    assert_eq!((ended.code, ended.out.as_str()), (3, ""));
    insta::assert_snapshot!(round.plain(&ended.err));
    assert!(!round.folder.join("decision").exists());
    let json = round.adil(&["run"], &["--json"]).json();
    assert_eq!(json["conflicts"][0]["pot"], "main");
    assert!(json["conflicts"][0]["bounds"].as_array().unwrap().len() >= 2);
    for command in [&["explain"][..], &["what-if", "--set", "budget=10001"]] {
        let id: &[&str] = if command[0] == "explain" { &["T-01"] } else { &[] };
        assert_eq!(round.adil(command, id).code, 3, "{command:?}");
    }
}

#[test]
fn a_place_that_can_not_be_written_is_said_and_the_old_decision_is_whole() {
    let round = Round::decided();
    let before = round.bytes();
    let under_a_file = round.folder.join("policy.toml/decision");
    let a_file = round.folder.join("applications.csv");
    let the_round = round.folder.clone();
    for out in [under_a_file, a_file, the_round] {
        let ended = round.adil(&["run"], &["--out", out.to_str().unwrap()]);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{}", out.display());
        assert!(ended.err.starts_with("adil: "), "{}", ended.err);
        assert!(ended.err.contains("Nothing was changed; choose another folder with --out"), "{}", ended.err);
        assert_eq!(round.bytes(), before, "{}", out.display());
    }
    #[cfg(target_os = "linux")]
    {
        let ended = round.adil(&["run"], &["--out", "/proc/adil-test"]);
        assert_eq!(ended.code, 1);
        assert!(ended.err.contains("/proc can't be written to"), "{}", ended.err);
        assert_eq!(round.bytes(), before);
    }
}

#[test]
fn a_table_that_is_a_folder_and_a_round_that_is_none() {
    let round = Round::tiny();
    fs::remove_file(round.folder.join("applications.csv")).unwrap();
    fs::create_dir(round.folder.join("applications.csv")).unwrap();
    for command in ["run", "check", "verify"] {
        let ended = round.adil(&[command], &[]);
        assert_eq!(ended.code, 1, "{command}");
        assert!(ended.err.contains("A file was expected, but this is a folder."), "{command}: {}", ended.err);
    }
    let nowhere = round.folder.join("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    for arguments in
        [&["run", nowhere][..], &["check", nowhere], &["verify", nowhere], &["explain", nowhere, "T-01"]]
    {
        let ended = adil(arguments);
        assert_eq!(ended.code, 1, "{arguments:?}");
        assert!(ended.err.contains("The round folder can't be opened"), "{}", ended.err);
    }
    assert!(!round.folder.join("nowhere").exists());
}

#[test]
fn a_wrong_command_is_two() {
    let round = Round::tiny();
    let path = round.path();
    for arguments in [
        &[][..],
        &["rnu", path],
        &["run"],
        &["run", path, "--threads", "0"],
        &["run", path, "--threads", "many"],
        &["run", path, "--lang", "de"],
        &["run", path, "--quick"],
        &["explain", path],
        &["what-if", path],
        &["completions", "cmd"],
    ] {
        let ended = adil(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(
            ended.out.is_empty() && ended.err.contains("Usage") || ended.err.contains("error"),
            "{arguments:?}"
        );
    }
    assert_eq!(round.bytes().len(), 6, "nothing was written");
}

#[test]
fn help_says_what_there_is() {
    insta::assert_snapshot!(adil(&["run", "--help"]).out);
    assert_eq!(adil(&["run", "--help"]).code, 0);
    let version = adil(&["--version"]);
    assert_eq!((version.code, version.out), (0, format!("adil {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn no_surroundings_are_needed() {
    let round = Round::tiny();
    let output = command(&["run", round.path()]).env_clear().current_dir("/").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let sums = round.read("decision/SHA256SUMS");
    let output = command(&["run", "."])
        .env("LANG", "kk_KZ.UTF-8")
        .env("TZ", "Asia/Almaty")
        .current_dir(&round.folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(round.read("decision/SHA256SUMS"), sums);
}
