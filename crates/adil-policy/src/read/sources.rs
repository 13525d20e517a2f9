//! `[[source]]`: who the facts come from, and who is asked instead.

use std::ops::Range;

use adil_domain::problem::did_you_mean;

use super::reader::{Reader, Section, short};
use crate::names::Entity;
use crate::policy::Source;

const KEYS: &[&str] =
    &["name", "required", "max_age", "fallback", "columns", "title", "reference", "from", "until"];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<Source> {
    let sections = root.sections(reader, "source", "[[source]]", KEYS);
    let mut seen = Vec::new();
    let mut sources = Vec::new();
    let mut fallbacks: Vec<Vec<(String, Range<usize>)>> = Vec::new();
    let mut names = Vec::new();
    for section in &sections {
        let name = section.required_text(reader, "name").and_then(|(name, at)| {
            if name.trim().is_empty() {
                reader.error("bad-id", at, "The name of a source can't be empty.");
                return None;
            }
            names.push(name.clone());
            reader.unlike(&name, at, "source", &mut seen)?;
            Some(name)
        });
        let meta = section.meta(reader);
        let required = section.truth(reader, "required").unwrap_or(false);
        let max_age_days = section.days(reader, "max_age");
        let fallback = section.texts(reader, "fallback");
        let columns = section.texts(reader, "columns");
        let columns = columns.into_iter().filter_map(|(c, at)| column(reader, c, at)).collect();
        let Some(name) = name else { continue };
        let order = fallback.iter().map(|(other, _)| other.clone()).collect();
        fallbacks.push(fallback);
        sources.push(Source { name, required, max_age_days, fallback: order, columns, meta });
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

/// A column that a source answers for: `application.users`.
fn column(reader: &mut Reader, name: String, at: Range<usize>) -> Option<String> {
    let known = name.split_once('.').is_some_and(|(entity, column)| {
        Entity::from_word(entity).is_some_and(|e| e.file().is_some()) && !column.is_empty() && !column.contains('.')
    });
    if known {
        return Some(name);
    }
    let message = format!("`{}` is no column of a table.", short(&name));
    reader.error_hint("unknown-name", at, message, "Columns are named `entity.column`, such as `application.users`.");
    None
}

/// Refuses sources that fall back on one another in a circle.
fn cycles(reader: &mut Reader, sources: &[Source], fallbacks: &[Vec<(String, Range<usize>)>]) {
    for (index, source) in sources.iter().enumerate() {
        // Everything reachable from here; the circle is reported once, at its first source in the file.
        let mut reached = vec![index];
        let mut next = 0;
        let mut circle = false;
        while let Some(&at) = reached.get(next) {
            next += 1;
            for (other, _) in fallbacks.get(at).into_iter().flatten() {
                match sources.iter().position(|s| s.name == *other) {
                    Some(target) if target == index => circle = true,
                    Some(target) if !reached.contains(&target) => reached.push(target),
                    _ => {}
                }
            }
        }
        let first = circle && !reached.iter().any(|other| *other < index && reaches(sources, *other, index));
        if first {
            let at = fallbacks.get(index).and_then(|f| f.first()).map_or(0..0, |(_, at)| at.clone());
            let message = format!("The source `{}` falls back on itself.", short(&source.name));
            let hint = "A fallback is asked when a source has no answer, so it must end somewhere else.";
            reader.error_hint("fallback-cycle", at, message, hint);
        }
    }
}

/// Whether `to` is somewhere behind `from`.
fn reaches(sources: &[Source], from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(&at) = reached.get(next) {
        next += 1;
        for other in sources.get(at).map_or(&[][..], |s| &s.fallback) {
            match sources.iter().position(|s| s.name == *other) {
                Some(target) if target == to => return true,
                Some(target) if !reached.contains(&target) => reached.push(target),
                _ => {}
            }
        }
    }
    false
}
