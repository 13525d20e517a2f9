//! A register becomes a folder that is a round.

use std::collections::BTreeMap;
use std::fs;

use adil_domain::{Place, Problems, country};
use adil_geography::Boundaries;
use adil_round::folder::{self, Files};
use adil_round::inputs;
use adil_sources::Found;
use adil_sources::register::{self, Options};
use adil_sources::round_folder::{self, Parts, Places, Starter, Territory};
use adil_sources::settlements::Settlement;

fn starter(id: &str) -> Starter {
    Starter { id: id.to_owned(), country: country::pack("kz").unwrap(), as_of: "2024-01-01".to_owned() }
}

fn found(key: &str, fields: &[(&str, &str)]) -> Found {
    Found {
        source: "list".to_owned(),
        key: key.to_owned(),
        as_of: None,
        place: Place::line("list.csv", key.parse::<u64>().unwrap() + 1),
        fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
    }
}

fn list() -> Vec<Found> {
    vec![
        found(
            "1",
            &[
                ("name", "Бассейн"),
                ("type", "бассейн"),
                ("lat", "51.15"),
                ("lon", "71.45"),
                ("territory", "Восток"),
                ("operator_id", "990140004654"),
                ("operator_name", "ТОО «Дельфин»"),
            ],
        ),
        found(
            "2",
            &[
                ("name", "Каток"),
                ("type", "каток"),
                ("lat", "51.15"),
                ("lon", "71.35"),
                ("operator_id", "990140004654"),
                ("operator_name", "ТОО Дельфин и К"),
            ],
        ),
        found("3", &[("name", "Стадион"), ("type", "стадион"), ("lat", "51.15"), ("lon", "71.62")]),
        found(
            "4",
            &[("name", "Спортзал"), ("type", "спортзал"), ("territory", "Нигде"), ("address", "ул. Абая, 1")],
        ),
    ]
}

const BOUNDARIES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"territory":"10","name_ru":"Запад"},"geometry":{"type":"Polygon","coordinates":[[[71.3,51.1],[71.4,51.1],[71.4,51.2],[71.3,51.2],[71.3,51.1]]]}},
{"type":"Feature","properties":{"territory":"20","name_ru":"Восток"},"geometry":{"type":"Polygon","coordinates":[[[71.4,51.1],[71.5,51.1],[71.5,51.2],[71.4,51.2],[71.4,51.1]]]}}]}"#;

fn parts(list: Vec<Found>, problems: &mut Problems) -> Parts {
    let options = Options { country: country::pack("kz"), ..Options::default() };
    Parts { register: register::build(&[list], &options, problems), ..Parts::default() }
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// What `adil check` would say.
fn check(files: &Files) -> Vec<String> {
    let reading = inputs::read(files, true);
    assert!(reading.inputs.is_some(), "{:?}", reading.problems);
    reading
        .problems
        .iter()
        .filter(|p| p.severity == adil_domain::Severity::Error)
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_list_with_boundaries_becomes_a_round() {
    let mut problems = Problems::new();
    let mut parts = parts(list(), &mut problems);
    let boundaries = Boundaries::read("b.geojson", BOUNDARIES.as_bytes(), &mut problems);
    parts.places = Places { rows: Vec::new(), boundaries };
    parts.population = vec![Settlement {
        point_id: "s1".to_owned(),
        name: "Село".to_owned(),
        position: Some(("51.12".to_owned(), "71.33".to_owned())),
        territory: None,
        population: Some("900".to_owned()),
    }];
    let files = round_folder::files(parts, &Files::new(), &starter("town"), &mut problems);
    insta::assert_snapshot!("facilities", text(&files, "facilities.csv"));
    insta::assert_snapshot!("territories", text(&files, "territories.csv"));
    insta::assert_snapshot!("operators", text(&files, "operators.csv"));
    insta::assert_snapshot!("population", text(&files, "population.csv"));
    insta::assert_snapshot!("said", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    assert_eq!(check(&files), Vec::<String>::new());
    assert!(adil_round::decide_files(&files).is_ok());
}

#[test]
fn a_list_alone_becomes_a_round() {
    let mut problems = Problems::new();
    let parts = parts(list(), &mut problems);
    let files = round_folder::files(parts, &Files::new(), &starter("alone"), &mut problems);
    assert_eq!(check(&files), Vec::<String>::new());
    assert_eq!(
        text(&files, "territories.csv"),
        "territory,parent,name_en,level\nВосток,,Восток,place\nНигде,,Нигде,place\n"
    );
    for name in ["datapackage.json", "facilities.csv", "policy.toml", "provenance.csv", "review.csv"] {
        assert!(files.contains_key(name), "{name}");
    }
    assert!(!files.contains_key("applications.csv"));
}

#[test]
fn a_policy_and_a_package_that_are_there_stay() {
    let mut problems = Problems::new();
    let first =
        round_folder::files(parts(list(), &mut problems), &Files::new(), &starter("town"), &mut problems);
    let own = text(&first, "policy.toml").replace("budget    = \"4000\"", "budget    = \"5000\"");
    assert!(own.contains("5000"));
    let mut before = first.clone();
    before.insert("policy.toml".to_owned(), own.into_bytes());
    let package = text(&first, "datapackage.json").replacen("not-yet-stated", "CC-BY-4.0", 1);
    before.insert("datapackage.json".to_owned(), package.into_bytes());
    let again = round_folder::files(parts(list(), &mut problems), &before, &starter("town"), &mut problems);
    assert!(!again.contains_key("policy.toml"));
    assert!(text(&again, "datapackage.json").contains("CC-BY-4.0"));
    assert_eq!(again["facilities.csv"], first["facilities.csv"], "the same list gives the same bytes");
    assert!(round_folder::may_replace(&first["facilities.csv"]));
    assert!(!round_folder::may_replace(b"facility_id,name\n1,Own\n"));
    assert_eq!(
        round_folder::known_ids(&first["facilities.csv"])[&("list".to_owned(), "3".to_owned())],
        "list-3"
    );
}

#[test]
fn names_of_territories_lead_to_codes_where_they_are_plain() {
    let mut problems = Problems::new();
    let mut parts = parts(list(), &mut problems);
    let row = |code: &str, name: &str| Territory {
        code: code.to_owned(),
        level: "district".to_owned(),
        parent: None,
        fields: BTreeMap::from([("name_ru".to_owned(), name.to_owned())]),
    };
    parts.places.rows = vec![row("10", "ВОСТОК"), row("20", "Запад"), row("30", "Нигде"), row("40", "нигде")];
    let files = round_folder::files(parts, &Files::new(), &starter("town"), &mut problems);
    let facilities = text(&files, "facilities.csv");
    assert!(facilities.lines().nth(1).unwrap().contains(",10,"), "{facilities}");
    let said: Vec<&str> = problems.iter().map(|p| p.code).collect();
    assert_eq!(said, ["unknown-territory", "no-territory", "operator-differs"]);
}

#[test]
fn a_folder_is_written_and_what_else_is_there_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("a/round");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let mut problems = Problems::new();
    let files =
        round_folder::files(parts(list(), &mut problems), &Files::new(), &starter("town"), &mut problems);
    round_folder::write(&folder, &files).unwrap();
    let read = folder::read(&folder).unwrap();
    assert_eq!(read["facilities.csv"], files["facilities.csv"]);
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
    let hidden = fs::read_dir(&folder)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 0);
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(round_folder::write(&file, &files).is_err());
}

#[test]
fn a_first_policy_has_no_problem_of_its_own() {
    for (name, id) in [
        ("town", "town"),
        ("A \"quoted\" name\\ with\nlines", "a-quoted-name-with-lines"),
        ("Қала 1", "qala-1"),
        ("—", "round"),
    ] {
        let mut problems = Problems::new();
        let files =
            round_folder::files(parts(list(), &mut problems), &Files::new(), &starter(name), &mut problems);
        let reading = inputs::read(&files, true);
        assert!(reading.problems.iter().all(|p| p.place.file != "policy.toml"), "{:?}", reading.problems);
        assert_eq!(reading.inputs.unwrap().policy.round.id, id);
    }
}
