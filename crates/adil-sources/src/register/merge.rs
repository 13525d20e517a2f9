//! From groups of records to facilities: the first source that says something is taken, and every value keeps its source.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::Matching;
use super::record::Record;
use super::{Facility, Options, Provenance, Register};
use crate::taxonomy::UNKNOWN;

pub(super) fn merge(records: &[Record<'_>], matching: &Matching, options: &Options) -> Register {
    let mut register = Register::default();
    let mut ids = Ids { known: &options.known_ids, taken: BTreeSet::new() };
    // What was given before is not for newcomers, whoever comes first.
    let reserved: BTreeSet<&String> = options.known_ids.values().collect();
    let mut sites: BTreeMap<String, String> = BTreeMap::new();
    for group in &matching.groups {
        let members: Vec<&Record<'_>> = group.iter().map(|at| &records[*at]).collect();
        let Some(first) = members.first() else { continue };
        let id = ids.give(&members, options, &reserved);
        let mut values = Values { facility_id: id.clone(), fields: BTreeMap::new(), provenance: Vec::new() };
        values.positions(&members);
        values.kinds(&members);
        let fields: BTreeSet<&str> =
            members.iter().flat_map(|m| m.found.fields.keys().map(String::as_str)).collect();
        for field in fields
            .into_iter()
            .filter(|f| !matches!(*f, "lat" | "lon" | "type" | "source_type" | "facility_id"))
        {
            let said: Vec<Said<'_>> = members
                .iter()
                .filter_map(|m| Some(Said { record: m, value: m.get(field)?.to_owned() }))
                .collect();
            values.take(field, &said, "");
        }
        let Values { mut fields, provenance, .. } = values;
        fields.insert("facility_id".to_owned(), id.clone());
        if !fields.contains_key("name")
            && let Some(name) =
                ["name_ru", "name_kk", "name_en"].into_iter().find_map(|f| fields.get(f)).cloned()
        {
            fields.insert("name".to_owned(), name);
        }
        let site =
            sites.entry(site(first).unwrap_or_else(|| id.clone())).or_insert_with(|| id.clone()).clone();
        fields.insert("site".to_owned(), site);
        let sources: Vec<(String, String)> =
            members.iter().map(|m| (m.found.source.clone(), m.found.key.clone())).collect();
        fields.insert("sources".to_owned(), join(&sources));
        register.counts.matched += usize::from(members.len() > 1);
        register.counts.unknown_type += usize::from(fields.get("type").is_some_and(|t| t == UNKNOWN));
        register.provenance.extend(provenance);
        register.facilities.push(Facility { id, fields, sources, place: first.found.place.clone() });
    }
    register
}

/// The column `sources`: `osm way/123; list 7`.
fn join(sources: &[(String, String)]) -> String {
    sources.iter().map(|(source, key)| format!("{source} {key}")).collect::<Vec<_>>().join("; ")
}

/// Reads the column `sources` of an earlier import back.
pub(crate) fn split(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split("; ").filter_map(|part| part.split_once(' ')).map(|(s, k)| (s.to_owned(), k.to_owned()))
}

/// Records with one name at one point are of one site, whatever kind they are.
fn site(record: &Record<'_>) -> Option<String> {
    let (name, position) = (record.names.first()?, record.position?);
    Some(format!("{} {:.5} {:.5}", name.text(), position.lat(), position.lon()))
}

struct Ids<'o> {
    known: &'o BTreeMap<(String, String), String>,
    taken: BTreeSet<String>,
}

impl Ids<'_> {
    fn give(&mut self, members: &[&Record<'_>], options: &Options, reserved: &BTreeSet<&String>) -> String {
        let key = |m: &&Record<'_>| (m.found.source.clone(), m.found.key.clone());
        let before =
            members.iter().filter_map(|m| self.known.get(&key(m))).find(|id| !self.taken.contains(*id));
        let id = before.cloned().unwrap_or_else(|| {
            let wanted = members.first().map_or_else(String::new, |m| fresh(m, options));
            let numbered = (2u32..).map(|n| format!("{wanted}-{n}"));
            let free = |id: &String| !self.taken.contains(id) && !reserved.contains(id);
            std::iter::once(wanted.clone()).chain(numbered).find(free).unwrap_or(wanted.clone())
        });
        self.taken.insert(id.clone());
        id
    }
}

fn fresh(record: &Record<'_>, options: &Options) -> String {
    let (source, key) = (&record.found.source, &record.found.key);
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' })
            .collect()
    };
    if options.sources.get(source).is_some_and(|s| s.keep_ids) {
        key.clone()
    } else {
        format!("{}-{}", plain(source), plain(key))
    }
}

struct Said<'a> {
    record: &'a Record<'a>,
    value: String,
}

struct Values {
    facility_id: String,
    fields: BTreeMap<String, String>,
    provenance: Vec<Provenance>,
}

impl Values {
    /// Takes the first of what is said, and keeps in mind the others.
    fn take(&mut self, field: &str, said: &[Said<'_>], note: &str) {
        let Some((first, others)) = said.split_first() else { return };
        let differing: Vec<String> = (others.iter())
            .filter(|o| o.value != first.value)
            .map(|o| format!("{}: {}", o.record.found.source, o.value))
            .collect();
        self.fields.insert(field.to_owned(), first.value.clone());
        self.provenance.push(Provenance {
            facility_id: self.facility_id.clone(),
            field: field.to_owned(),
            value: first.value.clone(),
            source: format!("{}{note}", first.record.found.source),
            key: first.record.found.key.clone(),
            as_of: first.record.found.as_of.clone().unwrap_or_default(),
            other_values: differing.join(" | "),
        });
    }

    /// Latitude and longitude belong together: both come from the first source that has a usable pair.
    fn positions(&mut self, members: &[&Record<'_>]) {
        let located: Vec<&&Record<'_>> = members.iter().filter(|m| m.position.is_some()).collect();
        for field in ["lat", "lon"] {
            let said: Vec<Said<'_>> = located
                .iter()
                .filter_map(|m| Some(Said { record: m, value: m.get(field)?.to_owned() }))
                .collect();
            self.take(field, &said, "");
        }
    }

    /// The first kind that is known; then one that was only taken from a name.
    fn kinds(&mut self, members: &[&Record<'_>]) {
        let rank = |m: &&&Record<'_>| (m.kind == UNKNOWN, m.kind_from_name);
        let mut ranked: Vec<&&Record<'_>> = members.iter().collect();
        ranked.sort_by_key(rank);
        let note = if ranked.first().is_some_and(|m| m.kind_from_name) { " (name)" } else { "" };
        let said: Vec<Said<'_>> =
            ranked.iter().map(|m| Said { record: m, value: m.kind.to_owned() }).collect();
        self.take("type", &said, note);
        // The source's own word is not lost in the translation.
        let said: Vec<Said<'_>> =
            members.iter().filter_map(|m| Some(Said { record: m, value: m.word.clone()? })).collect();
        self.take("source_type", &said, "");
    }
}
