//! The description of a round's tables: read, held against the tables, drafted.

#![allow(clippy::unwrap_used, reason = "helpers of tests are not seen as tests by the lint")]

use std::collections::BTreeMap;

use adil_domain::{Language, Problems};
use adil_round::package::{CONTRACT, DataPackage, contract_type, draft};
use adil_round::table::{ColumnType, Table};
use insta::assert_snapshot;
use proptest::prelude::*;

type Files = BTreeMap<String, Vec<u8>>;

fn list(problems: &Problems) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn read(text: &str) -> (Option<DataPackage>, Problems) {
    let mut problems = Problems::new();
    let package = DataPackage::read(text.as_bytes(), &mut problems);
    (package, problems)
}

fn sound(text: &str) -> DataPackage {
    let (package, problems) = read(text);
    assert!(problems.is_empty(), "{}", list(&problems));
    package.unwrap()
}

fn tables(files: &[(&str, &str)]) -> (BTreeMap<String, Table>, Files) {
    let mut problems = Problems::new();
    let tables = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Table::read(name, text.as_bytes(), &mut problems).unwrap()))
        .collect();
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    (tables, files)
}

fn check(package: &str, round: &[(&str, &str)]) -> String {
    let (package, mut problems) = read(package);
    let (tables, files) = tables(round);
    if let Some(package) = package {
        problems.extend(package.check(&tables, &files));
    }
    list(&problems)
}

/// A resource with everything that must be stated, and the given schema.
fn resource(file: &str, schema: &str) -> String {
    format!(
        r#"{{ "resources": [{{ "name": "t", "path": "{file}", "as_of": "2023-12-01",
             "licenses": [{{ "name": "CC-BY-4.0" }}], "sources": [{{ "title": "Census" }}],
             "schema": {schema} }}] }}"#
    )
}

#[test]
fn what_a_policy_asks_of_a_package() {
    let package = sound(
        r#"{
  "name": "round", "title": { "kk": "Тур", "en": "Round" }, "language": "ru", "as_of": "2023-12-01",
  "licenses": [{ "name": "CC-BY-4.0", "title": "Attribution" }],
  "sources": [{ "title": "Ministry", "path": "https://example.org" }],
  "resources": [
    { "name": "territories", "path": "./territories.csv", "title": "Территории", "as_of": "2022-04-03", "simulated": true,
      "sources": [{ "name": "census", "title": "Census 2022" }],
      "schema": { "fields": [
        { "name": "territory", "type": "string" },
        { "name": "population", "type": "integer", "title": { "kk": "Халық саны", "en": "Residents" }, "unit": "people" },
        { "name": "anything" } ] } },
    { "name": "sheets", "path": ["timesheets/2023-01.csv", "timesheets/2023-02.csv"] }
  ] }"#,
    );
    assert!(package.simulated());
    assert_eq!(package.title().text(Language::KK), "Тур");
    let territories = package.resource_for("territories.csv").unwrap();
    assert_eq!(territories.source_name(), Some("census"));
    assert_eq!(territories.licence(), Some("CC-BY-4.0"), "the package's own");
    assert_eq!(territories.as_of().unwrap().to_string(), "2022-04-03");
    assert_eq!(territories.title().get(Language::RU), Some(("Территории", Language::RU)));
    let population = territories.field("population").unwrap();
    assert_eq!(population.column_type(), Some(ColumnType::Number));
    assert_eq!((population.unit(), population.title().text(Language::KK)), (Some("people"), "Халық саны"));
    assert_eq!(territories.field("anything").unwrap().column_type(), None);
    let sheets = package.resource_for("timesheets/2023-02.csv").unwrap();
    assert_eq!((sheets.name(), sheets.source_name()), ("sheets", Some("Ministry")));
    assert!(package.resource_for("facilities.csv").is_none());
}

#[test]
fn what_is_no_package() {
    let mut out = String::new();
    for text in [
        "",
        "\n",
        "{ \"resources\": [\n  { \"name\": \"a\", }\n] }",
        "[1, 2]",
        "{ \"resources\": 5 }",
        "{}",
        "{ \"name\": \"\u{0}",
    ] {
        out.push_str(&list(&read(text).1));
        out.push('\n');
    }
    assert_snapshot!(out);
}

#[test]
fn values_that_are_not_what_they_should_be() {
    let (package, problems) = read(
        r#"{
  "name": 7, "title": { "english": "x", "en": 5 }, "as_of": "01.12.2023", "simulated": "yes", "licenses": {}, "sources": ["x"],
  "resources": [
    "applications.csv",
    { "name": "a", "path": "../secret.csv" },
    { "name": "a", "path": "/etc/passwd" },
    { "name": "b", "path": "https://example.org/x.csv" },
    { "name": "c", "path": "data\\x.csv" },
    { "name": "d", "path": "" },
    { "name": "e" },
    { "path": "applications.csv", "bytes": -1, "schema": "schema.json" },
    { "name": "f", "path": "applications.csv", "schema": {
      "missingValues": ["", "NA"],
      "primaryKey": "aplication_id",
      "foreignKeys": [ { "fields": "facility", "reference": { "resource": "g", "fields": ["a", "b"] } }, { "fields": "nothing", "reference": { "fields": "x" } }, 5, { "fields": "x" } ],
      "fields": [
        { "name": "application_id", "type": "strnig" }, { "name": "application_id" }, { "type": "string" }, 7,
        { "name": "x", "type": 5, "constraints": [] }, { "name": "y", "constraints": { "enum": 1, "minimum": {}, "required": 1, "maxLength": "2" } },
        { "name": "place", "type": "geopoint" } ] } }
  ] }"#,
    );
    assert!(package.is_some());
    assert_snapshot!(list(&problems));
}

#[test]
fn a_package_against_its_round() {
    let package = r#"{
  "resources": [
    { "name": "applications", "path": "applications.csv", "encoding": "windows-1251", "dialect": { "delimiter": ";" },
      "bytes": 12, "hash": "sha256:00",
      "schema": {
        "fields": [
          { "name": "application_id", "type": "integer" },
          { "name": "facility_id", "type": "string", "constraints": { "required": true } },
          { "name": "amount_sought", "type": "number", "constraints": { "minimum": 100, "maximum": "5000.5" } },
          { "name": "purpoze", "type": "string" } ],
        "primaryKey": ["application_id"],
        "foreignKeys": [ { "fields": ["facility_id"], "reference": { "resource": "facilities", "fields": ["facility_id"] } },
                         { "fields": ["facility_id"], "reference": { "resource": "facilties", "fields": ["facility_id"] } } ] } },
    { "name": "facilities", "path": "facilities.csv", "hash": "d41d8cd98f00b204e9800998ecf8427e" },
    { "name": "operators", "path": "operators.csv" },
    { "name": "votes", "path": "votes.pb" }
  ] }"#;
    let round = [
        (
            "applications.csv",
            "application_id,facility_id,amount_sought,purpose\nA1,F1,50,x\nA2,F9,\"1.234,56\",\nA1,,5000.51,\nA3,X-completely-else,200,\n",
        ),
        ("facilities.csv", "facility_id,name\nF1,a\nF2,b\n"),
        ("territories.csv", "territory,level\nT,region\n"),
    ];
    assert_snapshot!(check(package, &round));
    let (found, _) = read(package);
    assert_snapshot!("missing_files", list(&found.unwrap().missing(|path| path == "applications.csv")));
}

#[test]
fn types_and_constraints() {
    let schema = r#"{ "fields": [
      { "name": "id", "type": "string", "constraints": { "unique": true, "minLength": 2, "maxLength": 3, "pattern": "[A-Z]+" } },
      { "name": "whole", "type": "integer", "constraints": { "enum": [1, 2, 30] } },
      { "name": "day", "type": "date", "constraints": { "minimum": "2023-01-01", "maximum": "soon" } },
      { "name": "moment", "type": "datetime" },
      { "name": "year", "type": "year" },
      { "name": "month", "type": "yearmonth" },
      { "name": "ok", "type": "boolean" },
      { "name": "kind", "type": "string", "constraints": { "enum": ["hall", "pool", "field"], "minimum": "a" } } ] }"#;
    let table = "id,whole,day,moment,year,month,ok,kind\nAB,1,2023-01-01,2023-01-01T10:00,2023,2023-01,true,hall\n\
                 AB,2.5,2022-12-31,2023-01-01,23,2023-13,no,hal\nA,3,31.12.2023,x,2023,2023,false,court\nABCD,30.0,,,,,,\n,1,,,,,,\n,2,,,,,,\n";
    assert_snapshot!(check(&resource("other.csv", schema), &[("other.csv", table)]));
}

#[test]
fn keys_of_several_columns() {
    let schema = r#"{ "fields": [ { "name": "section_id" }, { "name": "participant" }, { "name": "buddy" } ],
      "primaryKey": ["section_id", "participant"],
      "foreignKeys": [ { "fields": ["section_id", "buddy"], "reference": { "resource": "", "fields": ["section_id", "participant"] } } ] }"#;
    let table = "section_id,participant,buddy\ns1,a,b\ns1,b,\ns2,a,b\ns1,b,a\n,a,\n";
    assert_snapshot!(check(&resource("other.csv", schema), &[("other.csv", table)]));
}

#[test]
fn a_draft_says_what_can_be_seen_and_what_is_missing() {
    let (tables, files) = tables(&[
        (
            "applications.csv",
            "application_id,facility_id,amount_sought,club_code,members,note\nA1,F1,50,7,12,x\n",
        ),
        ("checks.csv", "operator_id,check,outcome,as_of,source\nO1,tax,pass,2023-01-01,register\n"),
        ("facilities.csv", "facility_id,territory,lat,open\nF1,T1,43.2,true\n"),
        ("observations.csv", "facility_id,question,answer,observed_at\nF1,open?,yes,2023-01-01T10:00:00Z\n"),
        ("territories.csv", "territory,parent,level\nT,,region\nT1,T,district\n"),
        ("timesheets/2023-01.csv", "section_id,participant,sessions_held,signed_at\nS1,h,8,2023-02-01\n"),
    ]);
    let text = draft("Round of 2023", &tables, None);
    assert_snapshot!(text);
    assert_eq!(text, draft("Round of 2023", &tables, None));
    // The draft describes its tables rightly; only what a person must state is left.
    let package = sound(&text);
    let problems = package.check(&tables, &files);
    assert_eq!(problems.len(), 3 * tables.len(), "{}", list(&problems));
    assert!(problems.iter().all(|p| matches!(p.code, "no-licence" | "no-source" | "no-as-of")));
    // A second draft has nothing to add.
    assert_eq!(draft("other", &tables, Some(&package)), text);
}

#[test]
fn a_draft_keeps_what_a_package_says() {
    let existing = sound(
        r#"{ "profile": "tabular-data-package", "custom": [1, 2.50], "licenses": [{ "name": "CC0-1.0" }],
  "resources": [
    { "path": "applications.csv", "name": "facilities", "as_of": "2023-12-01", "mood": "good",
      "schema": { "fields": [ { "name": "amount_sought", "type": "integer", "title": "Asked" }, { "name": "gone", "type": "date" }, { "name": "note" } ] } },
    { "name": "votes", "path": "votes.pb" } ] }"#,
    );
    let (tables, _) = tables(&[
        ("applications.csv", "application_id,facility_id,amount_sought,note\nA1,F1,50,x\n"),
        ("facilities.csv", "facility_id\nF1\n"),
    ]);
    assert_snapshot!(draft("x", &tables, Some(&existing)));
}

#[test]
fn the_contract_names_types() {
    assert_eq!(contract_type("applications.csv", "amount_sought"), Some(ColumnType::Number));
    assert_eq!(contract_type("timesheets/2023-01.csv", "participant"), Some(ColumnType::Text));
    assert_eq!(contract_type("applications.csv", "sport"), None);
    for table in CONTRACT {
        for key in table.key {
            assert!(table.columns.iter().any(|c| c.name == *key && c.required), "{}: {key}", table.file);
        }
        for (column, other, other_column) in table.references {
            assert!(table.columns.iter().any(|c| c.name == *column), "{}: {column}", table.file);
            assert!(contract_type(other, other_column).is_some(), "{}: {other}", table.file);
        }
    }
}

/// Any JSON, with the names of the standard as keys so that deep branches are reached.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        prop::sample::select(vec!["", "a", "t.csv", "integer", "date", "2023-01-01", "en", "self"])
            .prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(8, 64, 6, |inner| {
        let keys = prop::sample::select(vec![
            "resources",
            "schema",
            "fields",
            "name",
            "path",
            "type",
            "constraints",
            "enum",
            "minimum",
            "foreignKeys",
            "reference",
            "resource",
            "primaryKey",
            "licenses",
            "sources",
            "as_of",
            "title",
            "en",
            "hash",
            "bytes",
            "dialect",
            "missingValues",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map(keys, inner, 0..6).prop_map(|m| serde_json::Value::Object(
                m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut problems = Problems::new();
        let package = DataPackage::read(&bytes, &mut problems);
        prop_assert!(package.is_some() || problems.has_errors());
    }

    #[test]
    fn arbitrary_json_never_panics(resources in prop::collection::vec(json(), 0..3), rest in json()) {
        let mut root = rest.as_object().cloned().unwrap_or_default();
        root.insert("resources".to_owned(), resources.into());
        let text = serde_json::Value::Object(root).to_string();
        let (package, _) = read(&text);
        let package = package.unwrap();
        let (tables, files) = tables(&[("t.csv", "a,b\n1,2\n1,\n")]);
        package.check(&tables, &files);
        // A draft of anything can be read again, and a draft of a draft adds nothing.
        let first = draft("x", &tables, Some(&package));
        let second = draft("x", &tables, read(&first).0.as_ref());
        prop_assert_eq!(first, second);
    }
}
