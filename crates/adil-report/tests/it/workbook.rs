//! The workbook: stored results are the decision's, texts are texts, bytes are the same each time.

use std::io::Cursor;

use adil_domain::Language;
use adil_report::xlsx;
use calamine::{Data, Range, Reader, Xlsx};

use crate::DECISION;

fn opened(language: Language) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx::workbook(&DECISION, language).unwrap())).unwrap()
}

fn column(sheet: &Range<Data>, head_row: u32, name: &str) -> u32 {
    let width = u32::try_from(sheet.width()).unwrap();
    (0..width)
        .find(|c| sheet.get_value((head_row, *c)).is_some_and(|v| *v == *name))
        .unwrap_or_else(|| panic!("no column {name}"))
}

fn number(sheet: &Range<Data>, row: u32, column: u32) -> f64 {
    match sheet.get_value((row, column)) {
        Some(Data::Float(value)) => *value,
        other => panic!("row {row}, column {column}: {other:?}"),
    }
}

#[test]
fn the_same_decision_is_the_same_file() {
    let file = || xlsx::workbook(&DECISION, Language::KK).unwrap();
    let first = file();
    assert!(first == file());
    // Nor would another day change it: the only times in it are the round's own day.
    let mut archive = zip::ZipArchive::new(Cursor::new(first)).unwrap();
    let mut times = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        assert_eq!(entry.last_modified().map(|t| t.year()), Some(1980), "entry {at}");
        let mut text = String::new();
        if std::io::Read::read_to_string(&mut entry, &mut text).is_ok() {
            // Dates of the document stand between tags as 2024-01-31T…Z.
            let stamps = text.split(['<', '>']).filter_map(|part| part.strip_suffix('Z')?.split_once('T'));
            times.extend(stamps.map(|(day, _)| day.to_owned()));
        }
    }
    let day = DECISION.policy.round.as_of.to_string();
    assert!(!times.is_empty() && times.iter().all(|time| *time == day), "{times:?} are not {day}");
}

#[test]
fn stored_results_are_the_decision() {
    let mut book = opened(Language::EN);
    assert_eq!(book.sheet_names(), ["Read me", "Rules", "Applications", "Places", "Totals"]);
    let sheet = book.worksheet_range("Applications").unwrap();
    let (amount, points) = (column(&sheet, 1, "Amount awarded"), column(&sheet, 1, "Rank") - 1);
    for (row, application) in (2u32..).zip(&DECISION.applications) {
        let said = |c: u32| sheet.get_value((row, c)).map(ToString::to_string).unwrap_or_default();
        assert_eq!(said(0), application.id);
        assert_eq!(said(1), application.name);
        let close = |c: u32, value: f64| {
            let found = number(&sheet, row, c);
            assert!((found - value).abs() < 1e-9, "{}: {found} {value}", application.id);
        };
        close(amount, application.amount.to_rational().to_f64());
        close(points, application.points.to_rational().to_f64());
    }
    let totals = book.worksheet_range("Totals").unwrap();
    assert!((number(&totals, 6, 1) - 60_000_000.0).abs() < 1e-9);
    let places = book.worksheet_range("Places").unwrap();
    let amount = column(&places, 1, "Amount awarded");
    let awarded = DECISION.totals.awarded.to_rational().to_f64();
    assert!((number(&places, 2, amount) - awarded).abs() < 1e-9);
}

#[test]
fn formulas_are_live_where_a_cell_can_say_it() {
    let mut book = opened(Language::EN);
    let formulas = book.worksheet_formula("Applications").unwrap();
    let all: Vec<String> = formulas.used_cells().map(|(_, _, f)| f.clone()).collect();
    for wanted in ["LOOKUP(", "MATCH(", "MAX(0,MIN(1,(", "Places!", "MIN(MAX("] {
        assert!(all.iter().any(|f| f.contains(wanted)), "{wanted} in {all:?}");
    }
}

#[test]
fn a_name_that_looks_like_a_formula_is_a_text() {
    for language in Language::PRODUCT {
        let mut book = opened(language);
        let name = book.sheet_names()[2].clone();
        let sheet = book.worksheet_range(&name).unwrap();
        let cell = |row: u32, column: u32| sheet.get_value((row, column)).cloned();
        assert_eq!(cell(4, 1), Some(Data::String("=cmd|' /C calc'!A0".into())));
        assert_eq!(cell(3, 2), Some(Data::String("+Second & Sons".into())));
        assert_eq!(cell(4, 2), Some(Data::String("@Үшінші ЖШС".into())));
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().all(|(_, _, f)| !f.contains("cmd")));
    }
}
