//! The three catalogues say the same: same messages, same placeholders, and nothing is asked for that they lack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adil_report::CATALOGUES;

/// Placeholders by message, read from the text: good enough for catalogues of one-line patterns and selectors.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            id.clone_into(&mut current);
            assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{id} is there twice");
        }
        for part in line.split('$').skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            all.entry(current.clone()).or_default().insert(name);
        }
    }
    all
}

#[test]
fn all_languages_have_the_same_messages_and_placeholders() {
    let read: Vec<_> = CATALOGUES.iter().map(|(language, text)| (language, messages(text))).collect();
    let (_, english) = read.iter().find(|(l, _)| l.code() == "en").unwrap();
    for (language, other) in &read {
        let missing: Vec<_> = english.keys().filter(|k| !other.contains_key(*k)).collect();
        let more: Vec<_> = other.keys().filter(|k| !english.contains_key(*k)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{language}: missing {missing:?}, more {more:?}");
        for (id, placeholders) in english {
            // A number that only chooses a plural is of no use to a language without plurals.
            let written = |set: &BTreeSet<String>| -> BTreeSet<String> {
                set.iter().filter(|p| *p != "n" && *p != "rows").cloned().collect()
            };
            assert_eq!(written(&other[id]), written(placeholders), "{language}: {id}");
        }
    }
}

#[test]
fn every_message_asked_for_exists() {
    let english = messages(CATALOGUES.iter().find(|(l, _)| l.code() == "en").unwrap().1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("templates")];
    let mut asked = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            for opening in ["say(\"", "message(\"", "message(if exact { \"", "&str| message(\""] {
                for part in text.split(opening).skip(1) {
                    asked.insert(part.split('"').next().unwrap_or_default().to_owned());
                }
            }
        }
    }
    let lacking: Vec<_> = asked.iter().filter(|id| !english.contains_key(*id)).collect();
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
