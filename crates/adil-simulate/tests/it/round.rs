//! The folder as a round, and its tables beside each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use adil_round::folder;
use adil_round::inputs;
use adil_simulate::{Folder, Options, kazakhstan};

use crate::{simulate, small};

/// Enough of a policy to read every table that a decision reads.
const POLICY: &str = r#"
[round]
id = "sim"
title = { en = "A test", ru = "Проверка", kk = "Тексеру" }
currency = "KZT"
budget = "470000000"
unit = "1"
country = "kz"
as_of = "2024-01-15"
seed = "a test"
reference = "a test"

[[source]]
name = "accountability"
title = { en = "The verifier", ru = "Проверяющий", kk = "Тексеруші" }
max_age = "45 days"
fallback = ["open-registers"]
reference = "a test"

[[source]]
name = "open-registers"
title = { en = "Open registers", ru = "Открытые реестры", kk = "Ашық тізілімдер" }
max_age = "120 days"
reference = "a test"

[[gate]]
id = "sound"
title = { en = "Not bankrupt", ru = "Не банкрот", kk = "Банкрот емес" }
when = "check.bankruptcy == 'pass'"
unknown = "hold"
reference = "a test"

[[criterion]]
id = "use"
title = { en = "Use", ru = "Использование", kk = "Пайдалану" }
reference = "a test"

  [[criterion.indicator]]
  id = "verified"
  title = { en = "Verified visits", ru = "Посещения", kk = "Келулер" }
  value = "facility.visits_week_verified"
  weight = 60
  scale = { kind = "goalposts", low = 0, high = 2000 }
  missing = "worst"

  [[criterion.indicator]]
  id = "last-year"
  title = { en = "Last year", ru = "Прошлый год", kk = "Өткен жыл" }
  value = "sum(history.amount)"
  weight = 40
  scale = { kind = "goalposts", low = 0, high = 50000000 }
  missing = "worst"

[[pot]]
id = "main"
title = { en = "Main", ru = "Главный", kk = "Негізгі" }
share = "100%"
rule = "fair-share"
weight = "score"
ceiling = "application.amount_sought"
reference = "a test"
"#;

#[test]
fn the_folder_is_a_round_without_problems_that_can_be_decided() {
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("kazakhstan");
    let options = Options { copied: &[("policy.toml", POLICY)], ..small(1) };
    kazakhstan(&options, &mut Folder::create(&to).unwrap(), &mut |_, _| {}).unwrap();
    let files = folder::read(&to).unwrap();
    let reading = inputs::read(&files, true);
    assert!(reading.problems.is_empty(), "{:#?}", reading.problems.iter().take(5).collect::<Vec<_>>());
    let inputs = reading.inputs.unwrap();
    let package = inputs.package.as_ref().unwrap();
    assert!(package.simulated());
    assert!(package.resources().iter().all(adil_round::package::Resource::simulated));
    assert!(package.missing(|file| to.join(file).is_file()).is_empty());
    let decision = adil_round::decide(&inputs).unwrap();
    assert!(decision.applications.iter().any(|a| a.status == adil_round::Status::Funded));
}

#[test]
fn a_folder_of_somebody_else_is_left_alone_and_an_earlier_simulation_is_replaced() {
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("out");
    let write = |seed: u64| {
        let options = Options { timesheets: false, region: Some("620000000".to_owned()), ..small(seed) };
        kazakhstan(&options, &mut Folder::create(&to)?, &mut |_, _| {})
    };
    write(1).unwrap();
    let first = fs::read(to.join("facilities.csv")).unwrap();
    fs::write(to.join("decision.txt"), "of the old one").unwrap();
    write(2).unwrap();
    assert_ne!(fs::read(to.join("facilities.csv")).unwrap(), first);
    assert!(!to.join("decision.txt").exists());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");

    let foreign = place.path().join("mine");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("notes.txt"), "mine").unwrap();
    let error = Folder::create(&foreign).unwrap_err().to_string();
    assert!(
        error.ends_with("holds files that are no simulation; choose an empty folder, or a new one"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(foreign.join("notes.txt")).unwrap(), "mine");
    assert!(Folder::create(&foreign.join("notes.txt")).is_err());
}

#[test]
fn visits_and_payments_are_the_sums_of_the_sheets() {
    let (made, summary) = simulate(&small(4));
    let facility_of: BTreeMap<String, String> = made
        .rows("sections.csv")
        .into_iter()
        .map(|row| (row["section_id"].clone(), row["facility_id"].clone()))
        .collect();
    let (mut sessions, mut paid) = (BTreeMap::<&str, u64>::new(), BTreeMap::<String, u64>::new());
    let known: BTreeSet<String> = made.column("children.csv", "participant").into_iter().collect();
    assert_eq!(known.len(), made.rows("children.csv").len());
    for month in (1..=12).map(|m| format!("2023-{m:02}")) {
        for row in made.rows(&format!("timesheets/{month}.csv")) {
            let (held, present): (u64, u64) =
                (row["sessions_held"].parse().unwrap(), row["sessions_present"].parse().unwrap());
            assert!(present <= held && held <= 31);
            assert!(known.contains(&row["participant"]), "{row:?}");
            if !row["signed_at"].is_empty() {
                *sessions.entry(&facility_of[&row["section_id"]]).or_default() += present;
            }
        }
        for row in made.rows(&format!("payments/{month}.csv")) {
            *paid.entry(row["facility_id"].clone()).or_default() += row["amount"].parse::<u64>().unwrap();
        }
    }
    for row in made.rows("facilities.csv") {
        let number = |name: &str| row[name].parse::<u64>().ok();
        let signed = (sessions.get(row["facility_id"].as_str()).copied().unwrap_or(0) + 26) / 52;
        assert_eq!(number("visits_week_signed"), Some(signed), "{row:?}");
        let both = number("visits_week_counted").zip(number("visits_week_tickets"));
        assert_eq!(
            number("visits_week_verified"),
            both.map(|(counted, tickets)| counted.min(signed + tickets))
        );
    }
    paid.retain(|_, amount| *amount > 0);
    let history = made
        .rows("history.csv")
        .into_iter()
        .map(|r| (r["facility_id"].clone(), r["amount"].parse().unwrap()));
    assert_eq!(history.collect::<BTreeMap<_, u64>>(), paid);
    assert_eq!(paid.values().sum::<u64>(), summary.paid);
}

#[test]
fn single_visits_agree_with_the_sheets() {
    let options = Options { attendance: true, region: Some("550000000".to_owned()), ..small(5) };
    let (made, _) = simulate(&options);
    let month = "2023-10";
    let packed = &made.0[&format!("attendance/{month}.csv.zst")];
    let text = zstd::stream::decode_all(packed.as_slice()).unwrap();
    let mut visits: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_slice()).deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        assert!(row["starts_at"] < row["ends_at"] && row["starts_at"].starts_with(month));
        let (held, present) =
            visits.entry((row["section_id"].clone(), row["participant"].clone())).or_default();
        *held += 1;
        *present += u64::from(row["present"] == "true");
    }
    assert!(!visits.is_empty());
    let sheet = made.rows(&format!("timesheets/{month}.csv")).into_iter();
    let sheet = sheet.map(|row| {
        let number = |name: &str| row[name].parse::<u64>().unwrap();
        (
            (row["section_id"].clone(), row["participant"].clone()),
            (number("sessions_held"), number("sessions_present")),
        )
    });
    assert_eq!(visits, sheet.filter(|(_, (held, _))| *held > 0).collect::<BTreeMap<_, _>>());
}

#[test]
fn without_timesheets_everything_else_is_the_same() {
    let (with, _) = simulate(&small(6));
    let (without, _) = simulate(&Options { timesheets: false, ..small(6) });
    for (file, bytes) in &with.0 {
        let monthly = file.starts_with("timesheets/") || file.starts_with("payments/");
        match without.0.get(file) {
            None => assert!(monthly, "{file}"),
            Some(other) => assert!(bytes == other || file == "datapackage.json", "{file}"),
        }
    }
}
