//! What catalogues of several languages have in common. Tests of the crates that have some include this file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adil_domain::Language;

/// Placeholders by message.
pub(crate) type Messages = BTreeMap<String, BTreeSet<String>>;

/// Placeholders by message, read from the text: good enough for catalogues of one-line patterns and selectors.
pub(crate) fn messages(text: &str) -> Messages {
    let mut all = Messages::new();
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

/// The messages that the others are held against.
pub(crate) fn english(catalogues: &[(Language, &str)]) -> Messages {
    messages(catalogues.iter().find(|(language, _)| *language == Language::EN).unwrap().1)
}

/// Every language has the same messages with the same placeholders, but for `plurals`: a number that only chooses a plural is
/// of no use to a language without plurals.
pub(crate) fn assert_alike(catalogues: &[(Language, &str)], plurals: &[&str]) {
    let english = english(catalogues);
    for (language, text) in catalogues {
        let other = messages(text);
        let missing: Vec<_> = english.keys().filter(|k| !other.contains_key(*k)).collect();
        let more: Vec<_> = other.keys().filter(|k| !english.contains_key(*k)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{language}: missing {missing:?}, more {more:?}");
        for (id, placeholders) in &english {
            let written = |set: &BTreeSet<String>| -> BTreeSet<String> {
                set.iter().filter(|p| !plurals.contains(&p.as_str())).cloned().collect()
            };
            assert_eq!(written(&other[id]), written(placeholders), "{language}: {id}");
        }
    }
}

/// All source files and templates of a crate in one text.
pub(crate) fn code(root: &str) -> String {
    let root = Path::new(root);
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

/// Identifiers of messages that the code asks for by these openings.
pub(crate) fn asked<'c>(code: &'c str, openings: &[&str]) -> BTreeSet<&'c str> {
    let parts = openings.iter().flat_map(|opening| code.split(opening).skip(1));
    parts.filter_map(|part| part.split('"').next()).collect()
}
