//! A round whose policy asks how firm its decision is says so of every application, in three languages.

use std::fmt::Write as _;
use std::sync::LazyLock;

use adil_domain::Language;
use adil_report::html::page;
use adil_report::text::explanation;
use adil_round::Decision;

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
