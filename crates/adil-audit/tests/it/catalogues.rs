//! The three catalogues say the same: same messages, same placeholders, and nothing is asked for that they lack.

use adil_audit::CATALOGUES;

use super::shared::{asked, assert_alike, code, english};

#[test]
fn all_languages_have_the_same_messages_and_placeholders() {
    assert_alike(&CATALOGUES, &["n", "rows"]);
}

#[test]
fn every_message_asked_for_exists() {
    let (english, code) = (english(&CATALOGUES), code(env!("CARGO_MANIFEST_DIR")));
    // Words that the report already has need not be said twice.
    let report = super::shared::english(&adil_report::CATALOGUES);
    let asked = asked(&code, &["say(\"", "message(\"", "message(if exact { \"", "&str| message(\""]);
    let lacking: Vec<_> =
        asked.iter().filter(|id| !english.contains_key(**id) && !report.contains_key(**id)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let twice: Vec<_> = english.keys().filter(|id| report.contains_key(*id)).collect();
    assert!(twice.is_empty(), "the report already says {twice:?}");
    for kind in adil_audit::Kind::ALL {
        let id = kind.as_str();
        assert!(
            english.contains_key(&format!("absent-{id}")) && english.contains_key(&format!("kind-{id}")),
            "{id}"
        );
    }
    for backing in adil_audit::Backing::ALL {
        assert!(english.contains_key(&format!("rests-{}", backing.as_str())), "{backing:?}");
    }
}

/// Every message is asked for somewhere: words that nobody reads are words that nobody corrects.
#[test]
fn no_message_is_left_over() {
    let (english, code) = (english(&CATALOGUES), code(env!("CARGO_MANIFEST_DIR")));
    let made = ["kind-", "absent-", "rests-"];
    let left: Vec<_> = english
        .keys()
        .map(|id| id.strip_prefix("shadow-").unwrap_or(id))
        .filter(|id| !made.iter().any(|m| id.starts_with(m)))
        .filter(|id| !code.contains(&format!("\"{id}\"")))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
