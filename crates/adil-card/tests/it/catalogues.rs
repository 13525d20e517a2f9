//! The three catalogues say the same: same messages, same placeholders, and what the page asks for is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adil_card::{CATALOGUES, FIELDS, Part};

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

fn english() -> BTreeMap<String, BTreeSet<String>> {
    messages(CATALOGUES.iter().find(|(l, _)| l.code() == "en").unwrap().1)
}

/// All source files and templates in one text.
fn code() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut code, mut folders) = (String::new(), vec![root.join("src"), root.join("templates")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                code.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    code
}

#[test]
fn all_languages_have_the_same_messages_and_placeholders() {
    let english = english();
    for (language, text) in &CATALOGUES {
        let other = messages(text);
        let missing: Vec<_> = english.keys().filter(|k| !other.contains_key(*k)).collect();
        let more: Vec<_> = other.keys().filter(|k| !english.contains_key(*k)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{language}: missing {missing:?}, more {more:?}");
        for (id, placeholders) in &english {
            // A number that only chooses a plural is of no use to a language without plurals.
            let written = |set: &BTreeSet<String>| -> BTreeSet<String> {
                set.iter().filter(|p| *p != "n").cloned().collect()
            };
            assert_eq!(written(&other[id]), written(placeholders), "{language}: {id}");
        }
    }
}

#[test]
fn every_message_that_is_asked_for_exists_and_none_is_left_over() {
    let (english, code) = (english(), code());
    let report = messages(adil_report::CATALOGUES.iter().find(|(l, _)| l.code() == "en").unwrap().1);
    let asked = ["say(\"", "message(\""].into_iter().flat_map(|opening| code.split(opening).skip(1));
    let asked: BTreeSet<&str> = asked.filter_map(|part| part.split('"').next()).collect();
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
