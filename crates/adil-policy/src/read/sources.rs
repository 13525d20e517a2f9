//! `[[source]]`: who the facts come from, and who is asked instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use adil_domain::Publish;
use adil_domain::problem::did_you_mean;

use super::reader::{Reader, Section, Seen, short};
use crate::names::Entity;
use crate::policy::Source;

const KEYS: &[&str] = &[
    "name",
    "required",
    "max_age",
    "fallback",
    "columns",
    "key",
    "publish",
    "withdrawn",
    "title",
    "reference",
    "from",
    "until",
];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<Source> {
    let sections = root.sections(reader, "source", "[[source]]", KEYS);
    let mut seen = Seen::new();
    let mut sources = Vec::new();
    let mut fallbacks: Vec<Vec<(String, Range<usize>)>> = Vec::new();
    let mut names = BTreeSet::new();
    for section in &sections {
        let name = section.required_text(reader, "name").and_then(|(name, at)| {
            if name.trim().is_empty() {
                reader.error("bad-id", at, "The name of a source can't be empty.");
                return None;
            }
            names.insert(name.clone());
            reader.unlike(&name, at, "source", &mut seen)?;
            Some(name)
        });
        let meta = section.meta(reader);
        let required = section.truth(reader, "required").unwrap_or(false);
        let max_age_days = section.days(reader, "max_age");
        let key = key(reader, section);
        let choices = Publish::ALL.map(|publish| (publish.as_str(), publish));
        let publish = section.choice(reader, "publish", &choices, &[]).unwrap_or_default();
        let withdrawn = section.date(reader, "withdrawn");
        let fallback = section.texts(reader, "fallback");
        let columns = section.texts(reader, "columns");
        let columns = columns.into_iter().filter_map(|(c, at)| column(reader, c, at)).collect();
        let Some(name) = name else { continue };
        let order = fallback.iter().map(|(other, _)| other.clone()).collect();
        fallbacks.push(fallback);
        sources.push(Source {
            name,
            required,
            max_age_days,
            fallback: order,
            columns,
            key,
            publish,
            withdrawn,
            meta,
        });
    }
    for fallback in &fallbacks {
        for (other, at) in fallback.iter().filter(|(other, _)| !names.contains(other)) {
            let message = format!("There is no source `{}` to fall back on.", short(other));
            let known = names.iter().map(String::as_str);
            reader.error_hint("unknown-source", at.clone(), message, did_you_mean(other, known));
        }
    }
    cycles(reader, &sources, &fallbacks);
    sources
}

/// A public key: 32 bytes as hexadecimal digits. Whether it is a point of the curve shows with the first signature.
fn key(reader: &mut Reader, section: &Section<'_>) -> Option<String> {
    let (key, at) = section.text(reader, "key")?;
    if key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(key);
    }
    let message = format!("`{}` is no public key of Ed25519.", short(&key));
    reader.error_hint(
        "bad-key",
        at,
        message,
        "Write its 64 hexadecimal digits, as `adil sign --new-key` prints them.",
    );
    None
}

/// A column that a source answers for: `application.users`.
fn column(reader: &mut Reader, name: String, at: Range<usize>) -> Option<String> {
    let known = name.split_once('.').is_some_and(|(entity, column)| {
        Entity::from_word(entity).is_some_and(|e| e.file().is_some())
            && !column.is_empty()
            && !column.contains('.')
    });
    if known {
        return Some(name);
    }
    let message = format!("`{}` is no column of a table.", short(&name));
    reader.error_hint(
        "unknown-name",
        at,
        message,
        "Columns are named `entity.column`, such as `application.users`.",
    );
    None
}

/// Refuses sources that fall back on one another in a circle, at the entry that closes it.
fn cycles(reader: &mut Reader, sources: &[Source], fallbacks: &[Vec<(String, Range<usize>)>]) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        OnTheWay,
        Done,
    }
    let index: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(i, s)| (s.name.as_str(), i)).collect();
    let mut marks = vec![Mark::New; sources.len()];
    for start in 0..sources.len() {
        // A walk in depth with a list of its own: for each source on the way, the next fallback to look at.
        let mut way = if marks[start] == Mark::New { vec![(start, 0)] } else { Vec::new() };
        marks[start] = if way.is_empty() { marks[start] } else { Mark::OnTheWay };
        while let Some((at, next)) = way.pop() {
            let Some((other, span)) = fallbacks[at].get(next) else {
                marks[at] = Mark::Done;
                continue;
            };
            way.push((at, next + 1));
            let Some(&target) = index.get(other.as_str()) else { continue };
            match marks[target] {
                Mark::Done => {}
                Mark::New => {
                    marks[target] = Mark::OnTheWay;
                    way.push((target, 0));
                }
                Mark::OnTheWay => {
                    let message = format!("The source `{}` falls back on itself.", short(other));
                    let hint =
                        "A fallback is asked when a source has no answer, so it must end somewhere else.";
                    reader.error_hint("fallback-cycle", span.clone(), message, hint);
                }
            }
        }
    }
}
