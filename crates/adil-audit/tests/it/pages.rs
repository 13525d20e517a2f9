//! The page: whole, in three languages, and safe from what clubs write.

use adil_audit::{Audit, page};
use adil_domain::Language;

use super::{PLACES, files, indicator, read, whole};

fn text(audit: &Audit, language: Language) -> String {
    page(audit, language).unwrap().text
}

#[test]
fn a_page_stands_alone_in_every_language() {
    let audit = read(&whole());
    for language in Language::PRODUCT {
        let page = text(&audit, language);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang="), "{language}");
        for part in ["<script", "http://", "https://", "src=", "{ $", ">column-", "NaN"] {
            assert!(!page.contains(part), "{language}: {part}");
        }
        for id in ["indicator", "fairness", "missing", "asking", "equality", "earlier"] {
            assert!(page.contains(&format!("<section id=\"{id}\">")), "{language}: {id}");
            assert!(page.contains(&format!("href=\"#{id}\"")), "{language}: {id}");
        }
        for element in ["section", "figure", "table", "details", "svg", "tr", "p", "h2"] {
            let opened =
                page.matches(&format!("<{element}>")).count() + page.matches(&format!("<{element} ")).count();
            assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{language}: {element}");
        }
        assert!(page.contains("Hall &lt;"), "{language}: the name of a club stays a name");
        assert!(!page.contains("Hall <"), "{language}");
    }
}

#[test]
fn the_first_sentences_say_what_was_found() {
    let page = page(&read(&whole()), Language::EN).unwrap();
    assert_eq!(page.summary.len(), 7, "the title and six sides: {:?}", page.summary);
    let said = page.summary.join("\n");
    assert!(said.contains("Each of the 2 indicators changes places when it is left out."), "{said}");
    assert!(said.contains("10.4\u{a0}% of all values are missing"), "10 of 96: {said}");
    assert!(!said.contains('\u{e000}'), "no marks on a terminal");
}

#[test]
fn simulated_data_are_called_so_on_the_page_and_in_every_picture() {
    let mut files = whole();
    let package = r#"{ "name": "small", "simulated": true, "resources": [] }"#;
    files.insert("datapackage.json".to_owned(), package.as_bytes().to_vec());
    let audit = read(&files);
    let page = text(&audit, Language::EN);
    assert!(page.contains("class=\"ribbon\""));
    let pictures = page.matches("role=\"img\"").count();
    assert!(pictures >= 5);
    assert_eq!(page.matches("class=\"z\"").count(), pictures);
    assert!(!text(&read(&whole()), Language::EN).contains("Simulated data."));
}

#[test]
fn a_round_without_people_places_or_history_says_so() {
    let audit = read(&files(
        "100",
        &indicator("need", 100, "worst"),
        &[
            ("applications.csv", "application_id,facility_id,amount_sought\nA,F1,100\nB,F2,100\n"),
            ("facilities.csv", "facility_id,need\nF1,50\nF2,60\n"),
        ],
    ));
    let page = text(&audit, Language::EN);
    for sentence in [
        "The tables of this round name nothing that applications could be compared by.",
        "No value is missing.",
        "so money per head can&#39;t be told",
        "The round has no history",
    ] {
        let plain = page.replace("&#39;", "'");
        assert!(plain.contains(&sentence.replace("&#39;", "'")), "{sentence}");
    }
    assert_eq!(audit.equality, None);
}

#[test]
fn a_shadow_round_speaks_of_facilities() {
    let mut shadow = files(
        "100",
        &indicator("need", 100, "worst"),
        &[
            ("facilities.csv", "facility_id,territory,need\nF1,X,50\nF2,X,60\nF3,Y,60\n"),
            ("territories.csv", PLACES),
        ],
    );
    let policy = String::from_utf8(shadow["policy.toml"].clone()).unwrap();
    let policy = policy.replace("score * application.amount_sought", "score");
    shadow.insert("policy.toml".to_owned(), policy.replace("weight_because", "# because").into_bytes());
    let audit = read(&shadow);
    assert_eq!(audit.asking, None);
    let page = text(&audit, Language::EN);
    assert!(page.contains("Nobody asked for anything in this round"));
    assert!(page.contains("Per facility") && !page.contains("Per application"));
}
