//! A round whose policy asks how firm its decision is says so of every application, in three languages.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::LazyLock;

use adil_domain::{Language, Rational};
use adil_report::html::page;
use adil_report::text::explanation;
use adil_report::xlsx::workbook;
use adil_round::Decision;
use calamine::{Data, Reader, Xlsx};

use super::markup::text_of;
use super::{decided, files};

const RULE: &str = r#"
[uncertainty]
title = { en = "Firmness", ru = "Устойчивость", kk = "Орнықтылық" }
reference = "A test"
replicas = 200
weights = "30%"
imputation = true
"#;

static FIRM: LazyLock<Decision> = LazyLock::new(|| {
    let mut files = files();
    files.entry("policy.toml".to_owned()).and_modify(|policy| policy.extend(RULE.as_bytes()));
    decided(&files)
});

#[test]
fn every_application_says_how_firm_it_is() {
    let mut out = String::new();
    for language in Language::PRODUCT {
        let _ = writeln!(out, "== {language}");
        for application in &FIRM.applications {
            let text = explanation(&FIRM, application, language);
            let heading = match language.code() {
                "kk" => "Бұл қаншалықты орнықты",
                "ru" => "Насколько это устойчиво",
                _ => "How firm this is",
            };
            let (_, rest) = text.split_once(heading).expect("its section");
            let said = rest.split("\n\n").next().unwrap_or_default();
            let _ = writeln!(out, "{}{said}", application.id);
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_page_has_the_sentences_the_pictures_and_their_tables() {
    for language in Language::PRODUCT {
        let page = page(&FIRM, language).unwrap();
        let text = text_of(&page);
        for application in FIRM.applications.iter().filter(|a| a.rank.is_some()) {
            let bands = FIRM.bands(&application.id).unwrap();
            assert!(text.contains(&language.number(&bands.points.1.to_rational(), 2)), "{}", application.id);
        }
        let found = FIRM.uncertainty.as_ref().unwrap();
        assert_eq!(found.sources.len(), 2);
        for row in &found.effective {
            let effective = row.effective.as_ref().unwrap();
            assert!(text.contains(&language.short_number(effective, 1)), "{effective}");
        }
        assert!(!page.contains("NaN"));
    }
    let english = text_of(&page(&FIRM, Language::EN).unwrap());
    for said in [
        "of the differences between scores.",
        "What moves most money is",
        "Money: weights",
        "Ranks: missing values",
        "No variation changes this: a condition of admission is not met.",
        "How firm the decision is: Firmness",
    ] {
        assert!(english.contains(said), "{said}");
    }
}

/// A ledger holds the same in a column of its own.
#[test]
fn a_large_page_has_a_column_for_it() {
    let mut decision = FIRM.clone();
    let mut found = decision.uncertainty.take().unwrap();
    let mut rows = Vec::new();
    for n in 0..700 {
        for (application, bands) in FIRM.applications.iter().zip(&found.applications) {
            let mut copy = application.clone();
            copy.id = format!("{}-{n}", copy.id);
            rows.push((copy, bands.clone()));
        }
    }
    rows.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    (decision.applications, found.applications) = rows.into_iter().unzip();
    decision.uncertainty = Some(found);
    let page = page(&decision, Language::EN).unwrap();
    assert!(text_of(&page).contains("In how many variations, and how much"));
    let funded = FIRM.applications.iter().find(|a| a.status == adil_round::Status::Funded).unwrap();
    let (low, high) = FIRM.bands(&funded.id).unwrap().amount.unwrap();
    let number = |money: adil_domain::Money| Language::EN.number(&money.to_rational(), 0);
    let at = page.find(&format!("<tr id=\"a-{}-0\"", funded.id)).unwrap();
    let row: String = page[at..].chars().take(800).collect();
    assert!(row.contains(&format!("%\n{}–{}", number(low), number(high))), "{row}");
}

/// The workbook has the bands and what moves the decision as numbers, beside the decision's own cells.
#[test]
fn the_workbook_has_two_sheets_of_it() {
    for language in Language::PRODUCT {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&FIRM, language).unwrap())).unwrap();
        let names = book.sheet_names();
        assert_eq!(names.len(), 7, "{names:?}");
        let sheet = book.worksheet_range(&names[5]).unwrap();
        let number = |row: u32, column: u32| match sheet.get_value((row, column)) {
            Some(Data::Float(value)) => Some(*value),
            None | Some(Data::Empty) => None,
            other => panic!("row {row}, column {column}: {other:?}"),
        };
        for (row, application) in (2u32..).zip(&FIRM.applications) {
            let bands = FIRM.bands(&application.id).unwrap();
            assert_eq!(sheet.get_value((row, 0)), Some(&Data::String(application.id.clone())));
            let float = |value: &Rational| value.to_f64();
            let worth = application.amount_if_cleared.unwrap_or(application.amount);
            let (low, high) = bands.amount.unzip();
            let rank = bands.rank.map(|(first, _)| f64::from(first));
            for (column, wanted) in [
                (3, Some(application.points.to_rational().to_f64())),
                (4, Some(bands.points.0.to_rational().to_f64())),
                (5, Some(bands.points.1.to_rational().to_f64())),
                (7, rank),
                (9, low.map(|_| worth.to_rational().to_f64())),
                (10, low.map(|m| m.to_rational().to_f64())),
                (11, high.map(|m| m.to_rational().to_f64())),
                (12, bands.funded.as_ref().map(float)),
            ] {
                assert_eq!(number(row, column), wanted, "{} {column}", application.id);
            }
        }
        let formulas = book.worksheet_formula(&names[5]).unwrap();
        assert!(
            formulas.used_cells().any(|(_, _, f)| f.contains(&names[2])),
            "it points to the applications"
        );
        let found = FIRM.uncertainty.as_ref().unwrap();
        let moves = book.worksheet_range(&names[6]).unwrap();
        let floats: Vec<f64> = moves
            .used_cells()
            .filter_map(|(_, _, v)| if let Data::Float(f) = v { Some(*f) } else { None })
            .collect();
        for known in &found.sensitivity {
            let (first, total) = known.indices.as_ref().unwrap();
            for value in [&first.value, &first.low, &first.high, &total.value, &total.low, &total.high] {
                assert!(floats.contains(&value.to_f64()), "{value}");
            }
        }
        for known in &found.effective {
            assert!(floats.contains(&known.weight.to_f64()));
            assert!(floats.contains(&known.effective.as_ref().unwrap().fixed(4).to_f64()));
        }
        // The guide says what both are.
        let guide = book.worksheet_range(&names[0]).unwrap();
        for name in &names[1..] {
            assert!(guide.used_cells().any(|(_, _, v)| *v == **name), "{name}");
        }
    }
}

#[test]
fn a_range_beside_the_points_says_why() {
    let mut files = files();
    // Only what stands in for the floor area that nobody knows is varied, and by the rules it earns nothing.
    let rule = RULE.replace("weights = \"30%\"\n", "");
    let policy = String::from_utf8(files["policy.toml"].clone()).unwrap();
    let policy = policy.replace("{ from = 100, mark = 1 }", "{ from = 1, mark = 1 }") + &rule;
    files.insert("policy.toml".to_owned(), policy.into_bytes());
    let decision = decided(&files);
    let mut beside = 0;
    for application in &decision.applications {
        let Some(bands) = decision.bands(&application.id) else { continue };
        let above = application.points < bands.points.0;
        beside += u32::from(above);
        for (language, said) in [
            (Language::EN, "The range lies above the published points"),
            (Language::RU, "Диапазон лежит выше опубликованных баллов"),
            (Language::KK, "Аралық жарияланған ұпайдан жоғары"),
        ] {
            let text = explanation(&decision, application, language);
            assert_eq!(text.contains(said), above, "{} {language}: {bands:?}", application.id);
        }
    }
    assert!(beside > 0, "somebody's floor area is not known");
}
