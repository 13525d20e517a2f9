//! `adil publish`: nobody is found in what is published, and whatever is published can be verified.

use std::fs;
use std::path::PathBuf;

use adil_round::folder::digest;

use super::{Ended, Round, adil};

const CHILD: &str = "72bf6a9f4a8cd4df008c14bc4dafd16c";

/// Two facilities and their sections, with flags and a policy that lets one detector hold.
fn round(more_rules: &str) -> Round {
    let round = Round::tiny();
    round.edit("applications.csv", "application_id,operator_id", "application_id,facility_id,operator_id");
    for at in 1..=6 {
        round.edit("applications.csv", &format!("T-0{at},"), &format!("T-0{at},F-{at},"));
    }
    let flags = "crowded,section,S-1,high,F-1,children=7; held=9,Too many in section S-1.\n\
                 crowded,facility,F-2,low,F-2,,Too many in F-2.\n\
                 crowded,section,S-9,high,F-9,,Nobody applied for it.\n";
    let ghosts = format!("ghost,participant,{CHILD},low,F-3,child={CHILD},A child was away.\n").repeat(3);
    let copied = "copied,section,S-4,low,F-4,,Copied.\n".repeat(7);
    round.write(
        "flags.csv",
        &format!(
            "detector,subject_kind,subject_id,severity,facility_id,evidence,sentence\n{flags}{ghosts}{copied}"
        ),
    );
    round.write(
        "facilities.csv",
        "facility_id,territory,participants_disability\nF-1,X,2\nF-2,X,0\nF-3,Y,9\nF-4,Y,1\nF-5,Y,\nF-6,X,30\n",
    );
    round.write(
        "sections.csv",
        "section_id,facility_id,children\nS-1,F-1,3\nS-2,F-2,20\nS-3,F-6,12\nS-4,F-4,15\nS-5,F-4,16\nS-6,F-3,\n",
    );
    let child = |(n, (age, sex)): (usize, (u32, &str))| format!("{n:032x},{age},{sex},X\n");
    let ages = [(9, "f"), (10, "m"), (10, "f"), (9, "m")].repeat(6).into_iter().chain([(11, "m"), (11, "m")]);
    let children: String = ages.enumerate().map(child).collect();
    round.write("children.csv", &format!("participant,age,sex,residence\n{children}"));
    round.write("queue.csv", &format!("section_id,participant\nS-1,{CHILD}\n"));
    round.write("notes.txt", "A mother called.\n");
    fs::create_dir(round.folder.join("attendance")).unwrap();
    fs::write(round.folder.join("attendance/part.csv"), CHILD).unwrap();
    let rules = "[[detector]]\nid = \"crowded\"\ntitle = { en = \"Crowded\" }\naction = \"hold\"\nreference = \"a test\"\n";
    let policy = round.read("policy.toml");
    round.write("policy.toml", &format!("{policy}\n{rules}\n{more_rules}\n"));
    let ended = round.adil(&["run"], &[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    round
}

fn out(round: &Round) -> PathBuf {
    round.folder.with_file_name("public")
}

fn publish(round: &Round, more: &[&str]) -> Ended {
    let out = out(round);
    round.adil(&["publish"], &[&["--out", out.to_str().unwrap(), "--lang", "en"], more].concat())
}

fn verify(round: &Round) -> Ended {
    adil(&["verify", out(round).to_str().unwrap()])
}

fn read(round: &Round, file: &str) -> String {
    fs::read_to_string(out(round).join(file)).unwrap()
}

#[test]
fn nobody_is_found_in_what_is_published_and_the_decision_is_made_again_from_it() {
    let round = round("");
    let before = round.bytes();
    let ended = publish(&round, &[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(round.bytes(), before, "the round stays as it is");
    for name in ["applications.csv", "facilities.csv", "operators.csv", "policy.toml", "checks.csv"] {
        assert_eq!(fs::read(out(&round).join(name)).unwrap(), before[&PathBuf::from(name)], "{name}");
    }
    for (name, bytes) in before.iter().filter(|(name, _)| name.starts_with("decision")) {
        assert_eq!(&fs::read(out(&round).join(name)).unwrap(), bytes, "{}", name.display());
    }
    for gone in ["queue.csv", "children.csv", "sections.csv", "notes.txt", "attendance"] {
        assert!(!out(&round).join(gone).exists(), "{gone}");
    }
    let mut waiting = vec![out(&round)];
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                waiting.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                for hidden in [CHILD, "A child was away", "in section S-1", "mother"] {
                    assert!(!text.contains(hidden), "{}: {hidden}", path.display());
                }
            }
        }
    }
    insta::assert_snapshot!("published_csv", sums_out(&read(&round, "published.csv")));
    insta::assert_snapshot!("published_words", read(&round, "PUBLISHED.md").replace(&sum(&round), "SUM"));
    insta::assert_snapshot!("published_flags", read(&round, "flags.csv"));
    insta::assert_snapshot!("published_counts_flags", read(&round, "counts/flags.csv"));
    insta::assert_snapshot!("published_counts_sections", read(&round, "counts/sections.csv"));
    insta::assert_snapshot!("published_counts_children", read(&round, "counts/children.csv"));
    assert!(
        ended.err.contains("2 of the counts of people in its column participants_disability are below 5")
    );
    let checked = verify(&round);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    insta::assert_snapshot!("published_verified", checked.out.replace(&sum(&round), "SUM"));
}

fn sum(round: &Round) -> String {
    digest(round.read("flags.csv").as_bytes())
}

/// The list without its digests, which the version of the program moves.
fn sums_out(list: &str) -> String {
    let line = |line: &str| {
        let (rest, sum) = line.rsplit_once(',').unwrap();
        format!("{rest},{}\n", if sum.is_empty() { "" } else { "SUM" })
    };
    let (header, rows) = list.split_once('\n').unwrap();
    format!("{header}\n") + &rows.lines().map(line).collect::<String>()
}

#[test]
fn all_three_languages_say_the_same_things() {
    let round = round("");
    let mut lines = Vec::new();
    for lang in ["kk", "ru", "en"] {
        let out = round.folder.with_file_name(lang);
        let ended = round.adil(&["publish"], &["--out", out.to_str().unwrap(), "--lang", lang]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(!ended.out.contains("published-"), "a message has no words in {lang}: {}", ended.out);
        assert_eq!(ended.out, fs::read_to_string(out.join("PUBLISHED.md")).unwrap());
        lines.push(ended.out.lines().count());
    }
    assert!(lines.iter().all(|n| *n == lines[0]), "{lines:?}");
}

#[test]
fn whoever_may_see_a_table_puts_it_into_its_place_and_checks_everything() {
    let round = round("");
    assert_eq!(publish(&round, &[]).code, 0);
    fs::copy(round.folder.join("flags.csv"), out(&round).join("flags.csv")).unwrap();
    let checked = verify(&round);
    assert_eq!(checked.code, 0);
    assert!(checked.out.lines().all(|line| line.starts_with("holds  ")), "{}", checked.out);
}

#[test]
fn what_is_no_table_about_people_may_not_be_kept_back() {
    let round = round("");
    assert_eq!(publish(&round, &[]).code, 0);
    let list = read(&round, "published.csv");
    let row = list.lines().find(|line| line.starts_with("facilities.csv,")).unwrap().to_owned();
    fs::write(out(&round).join("published.csv"), list.replace(&row, "facilities.csv,left-out,people,,"))
        .unwrap();
    fs::remove_file(out(&round).join("facilities.csv")).unwrap();
    let checked = verify(&round);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("facilities.csv was decided on but is missing now."), "{}", checked.out);
}

#[test]
fn a_part_that_was_changed_after_publishing_is_found() {
    let round = round("");
    assert_eq!(publish(&round, &[]).code, 0);
    let flags = read(&round, "flags.csv");
    fs::write(out(&round).join("flags.csv"), flags.replace("high", "low")).unwrap();
    let checked = verify(&round);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("flags.csv is not the file that was decided on"), "{}", checked.out);
    fs::write(out(&round).join("flags.csv"), flags).unwrap();
    fs::write(out(&round).join("published.csv"), "file,how\n").unwrap();
    let checked = verify(&round);
    assert!(checked.out.contains("published.csv has no column published."), "{}", checked.out);
    assert_eq!(checked.code, 1);
}

#[test]
fn what_rests_on_what_people_said_is_not_checked_and_nothing_fails() {
    let gate = "[observations]\ntitle = { en = \"People\" }\nreference = \"a test\"\n\n[[gate]]\nid = \"seen\"\n\
                title = { en = \"Seen\" }\nwhen = \"observed.welcome >= 0\"\nunknown = \"pass\"\nreference = \"a test\"\n";
    let round = Round::tiny();
    round.edit("applications.csv", "application_id,operator_id", "application_id,facility_id,operator_id");
    for at in 1..=6 {
        round.edit("applications.csv", &format!("T-0{at},"), &format!("T-0{at},F-{at},"));
    }
    round.write(
        "observations.csv",
        &format!("facility_id,observer,question,answer,observed_at\nF-1,{CHILD},welcome,yes,2023-12-01\n"),
    );
    let policy = round.read("policy.toml");
    round.write("policy.toml", &format!("{policy}\n{gate}"));
    let ended = round.adil(&["run"], &[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let ended = publish(&round, &["--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("the decision shows what 3 people saw of a facility"), "{}", ended.err);
    let said = ended.json();
    assert_eq!((&said["format"], &said["smallest"]), (&"adil-published/1".into(), &5.into()));
    assert!(!out(&round).join("observations.csv").exists());
    let checked = verify(&round);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.contains("not checked: observations.csv is not published;"), "{}", checked.out);
    assert!(checked.out.contains("It rests on what is not published: observations.csv."), "{}", checked.out);
    // The table alone, without the list, is missing as ever.
    fs::remove_file(out(&round).join("published.csv")).unwrap();
    assert_eq!(verify(&round).code, 1);
}

#[test]
fn a_source_that_shows_outcomes_alone_is_published_without_its_evidence() {
    let round = Round::tiny();
    round.edit("policy.toml", "max_age   = \"30 days\"", "max_age   = \"30 days\"\npublish   = \"outcome\"");
    assert_eq!(round.adil(&["run"], &[]).code, 0);
    assert_eq!(publish(&round, &[]).code, 0);
    let checks = read(&round, "checks.csv");
    assert!(checks.contains("op-4,bankruptcy,fail,2023-12-20,register,\n"), "{checks}");
    assert!(!checks.contains("no. 4"));
    let checked = verify(&round);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.contains("holds  recomputing gives the same data files"), "{}", checked.out);
    assert!(checked.out.contains("checks.csv is published in part"), "{}", checked.out);

    round.edit("policy.toml", "publish   = \"outcome\"", "publish   = \"digest\"");
    assert_eq!(round.adil(&["run"], &[]).code, 0);
    fs::remove_dir_all(out(&round)).unwrap();
    assert_eq!(publish(&round, &[]).code, 0);
    let checks = read(&round, "checks.csv");
    assert!(checks.starts_with("operator_id,check,outcome,as_of,source,evidence,digest\n"), "{checks}");
    assert!(!checks.contains("pass") && !checks.contains("fail"), "{checks}");
    let checked = verify(&round);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.contains("open   recomputing gives the same data files"), "{}", checked.out);
}

#[test]
fn the_threshold_is_the_rounds_and_the_command_only_raises_it() {
    let round = round("[privacy]\ntitle = { en = \"People\" }\nsmallest = 10\nreference = \"a test\"\n");
    let ended = publish(&round, &["--smallest", "5"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("--smallest 5 would show more than the round allows"), "{}", ended.err);
    assert!(!out(&round).exists());
    assert_eq!(publish(&round, &["--json"]).json()["smallest"], 10);
    fs::remove_dir_all(out(&round)).unwrap();
    assert_eq!(publish(&round, &["--smallest", "20", "--json"]).json()["smallest"], 20);
    for (_, sum) in read(&round, "counts/children.csv").lines().skip(1).map(|l| l.rsplit_once(',').unwrap()) {
        assert!(["shown", "hidden"].contains(&sum));
    }
    assert_eq!(publish(&round, &["--smallest", "2"]).code, 2);
}

#[test]
fn places_that_can_not_be_written_to_and_rounds_that_can_not_be_published() {
    let round = round("");
    let inside = round.folder.join("a/b");
    let ended = round.adil(&["publish"], &["--out", inside.to_str().unwrap()]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("is inside the round"), "{}", ended.err);
    assert!(!round.folder.join("a").exists());

    fs::create_dir(out(&round)).unwrap();
    fs::write(out(&round).join("mine.txt"), "mine").unwrap();
    let ended = publish(&round, &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("the folder is not empty"), "{}", ended.err);
    assert_eq!(fs::read_dir(out(&round)).unwrap().count(), 1);
    fs::remove_dir_all(out(&round)).unwrap();

    let sections = round.read("sections.csv");
    round.write("sections.csv", &sections.replace(",20", ",twenty"));
    let ended = publish(&round, &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("`twenty` is no number of children."), "{}", ended.err);
    round.write("sections.csv", "section_id,children\nS-1,3\n");
    assert!(publish(&round, &[]).err.contains("facility_id"));
    round.write("sections.csv", "");
    assert_eq!(publish(&round, &[]).code, 1);
    round.write("sections.csv", &sections);

    let awards = round.read("decision/awards.csv");
    round.write("decision/awards.csv", &awards.replace("funded", "fonded"));
    let ended = publish(&round, &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("The decision does not hold, so nothing was published."), "{}", ended.err);
    fs::remove_dir_all(round.folder.join("decision")).unwrap();
    let ended = publish(&round, &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("Decide the round first: adil run."), "{}", ended.err);
    assert!(!out(&round).exists());
}
