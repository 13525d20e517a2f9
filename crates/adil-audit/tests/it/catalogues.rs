//! The three catalogues say the same: same messages, same placeholders, and nothing is asked for that they lack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adil_audit::CATALOGUES;

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
    for part in ["column-", "asking-", "rests-", "absent-", "kind-", "group-"] {
        assert!(english.keys().any(|id| id.starts_with(part)), "{part}");
    }
    // Words that the report already has need not be said twice.
    let report = messages(adil_report::CATALOGUES.iter().find(|(l, _)| l.code() == "en").unwrap().1);
    let lacking: Vec<_> =
        asked.iter().filter(|id| !english.contains_key(*id) && !report.contains_key(*id)).collect();
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
    let english = messages(CATALOGUES.iter().find(|(l, _)| l.code() == "en").unwrap().1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                code.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let made = ["kind-", "absent-", "rests-"];
    let left: Vec<_> = english
        .keys()
        .map(|id| id.strip_prefix("shadow-").unwrap_or(id))
        .filter(|id| !made.iter().any(|m| id.starts_with(m)))
        .filter(|id| !code.contains(&format!("\"{id}\"")))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
