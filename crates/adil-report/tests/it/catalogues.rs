//! The three catalogues say the same: same messages, same placeholders, and nothing is asked for that they lack.

use adil_report::CATALOGUES;

use super::shared::{asked, assert_alike, code, english};

#[test]
fn all_languages_have_the_same_messages_and_placeholders() {
    assert_alike(&CATALOGUES, &["n", "rows"]);
}

#[test]
fn every_message_asked_for_exists() {
    let (english, code) = (english(&CATALOGUES), code(env!("CARGO_MANIFEST_DIR")));
    let asked = asked(&code, &["say(\"", "message(\"", "message(if exact { \"", "&str| message(\""]);
    let lacking: Vec<_> = asked.iter().filter(|id| !english.contains_key(**id)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    for id in [
        "status-funded",
        "status-not-funded",
        "status-held",
        "status-ineligible",
        "outcome-pass",
        "outcome-fail",
        "outcome-unknown",
        "imputed-worst",
        "imputed-stated",
        "imputed-group-median",
        "imputed-round-median",
        "imputed-held",
        "source-live",
        "source-stale",
        "source-absent",
        "quantity-weight",
        "quantity-floor",
        "quantity-ceiling",
        "quantity-minimum",
        "reason-share",
        "reason-floor",
        "reason-ceiling",
        "reason-zero-weight",
        "reason-below-minimum",
        "reason-below-unit",
        "reason-no-pot",
        "reason-amount-unknown",
        "goal-equality",
        "goal-equality-sought",
        "goal-means-criterion",
        "goal-means-indicator",
        "goal-means-equality",
        "goal-means-equality-sought",
        "goal-means-funded",
        "frontier-on",
        "frontier-below",
        "frontier-change",
        "frontier-change-titled",
        "scale-goalposts",
        "scale-bands",
        "scale-categories",
        "scale-log",
        "scale-percentile",
        "scale-zscore",
    ] {
        assert!(english.contains_key(id), "{id}");
    }
}
