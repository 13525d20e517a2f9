//! The three catalogues say the same: same messages, same placeholders, and what the page asks for is there.

use std::collections::BTreeSet;

use adil_card::{CATALOGUES, FIELDS, Part};

use super::shared::{asked, assert_alike, code, english};

#[test]
fn all_languages_have_the_same_messages_and_placeholders() {
    assert_alike(&CATALOGUES, &["n"]);
}

#[test]
fn every_message_that_is_asked_for_exists_and_none_is_left_over() {
    let (english, code) = (english(&CATALOGUES), code(env!("CARGO_MANIFEST_DIR")));
    let report = super::shared::english(&adil_report::CATALOGUES);
    let asked = asked(&code, &["say(\"", "message(\""]);
    let lacking: Vec<_> =
        asked.iter().filter(|id| !english.contains_key(**id) && !report.contains_key(**id)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let twice: Vec<_> = english.keys().filter(|id| report.contains_key(*id)).collect();
    assert!(twice.is_empty(), "the report already says {twice:?}");
    let made: BTreeSet<String> = FIELDS
        .iter()
        .map(|field| format!("field-{}", field.key.replace('_', "-")))
        .chain(Part::ALL.iter().map(|part| format!("record-{}", part.as_str())))
        .chain(["squared", "poisson", "gamma", "logistic"].map(|loss| format!("loss-{loss}")))
        .chain(["chance", "little", "some", "much"].map(|verdict| format!("verdict-{verdict}")))
        .collect();
    let absent: Vec<_> = made.iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(absent.is_empty(), "{absent:?}");
    let left: Vec<_> =
        english.keys().filter(|id| !made.contains(*id) && !code.contains(&format!("\"{id}\""))).collect();
    assert!(left.is_empty(), "nobody asks for {left:?}");
}
