//! Records of all lists, with what matching needs of them made ready once.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Place, Problem, Problems};
use adil_geography::Position;
use adil_integrity::names::WeightedName;

use super::name::Names;
use super::{Options, SourceOptions};
use crate::Found;
use crate::taxonomy::{self, UNKNOWN, Vocabulary};
use adil_round::table::Limited;

/// A record, ready to be compared.
pub(super) struct Record<'a> {
    pub(super) found: &'a Found,
    /// The number of its list.
    pub(super) list: usize,
    pub(super) position: Option<Position>,
    /// The word of our own list.
    pub(super) kind: &'static str,
    /// Whether the kind was only taken from the name.
    pub(super) kind_from_name: bool,
    /// The list's own word for the kind.
    pub(super) word: Option<String>,
    pub(super) names: Vec<WeightedName>,
    pub(super) address: Option<Address>,
}

/// Text that two lists write nearly alike.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Words without numbers, folded and in order.
    pub(super) words: Vec<String>,
    /// Numbers of houses, in the order written.
    pub(super) numbers: Vec<String>,
}

impl Record<'_> {
    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.found.get(field).map(str::trim).filter(|v| !v.is_empty())
    }
}

/// The most words listed in one warning.
const LISTED: usize = 30;

pub(super) fn read<'a>(
    lists: &'a [Vec<Found>],
    options: &Options,
    problems: &mut Problems,
) -> Vec<Record<'a>> {
    let names = Names::new(lists, options.country);
    let nothing = SourceOptions::default();
    let mut listing = Limited::new(problems, Place::file(super::SOURCES));
    let mut seen = BTreeSet::new();
    let mut unmapped: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut from_name: BTreeMap<&str, usize> = BTreeMap::new();
    let mut records = Vec::new();
    for (list, found) in lists.iter().enumerate().flat_map(|(n, list)| list.iter().map(move |f| (n, f))) {
        if !seen.insert((&found.source, &found.key)) {
            listing.push(
                Problem::error(
                    "duplicate-key",
                    found.place.clone(),
                    format!("The source `{}` has `{}` twice.", found.source, found.key),
                )
                .hint("Correct one of the two keys: what was decided about a record is kept under it."),
            );
            continue;
        }
        let how = options.sources.get(&found.source).unwrap_or(&nothing);
        let word = word(found);
        let (kind, kind_from_name) = kind(found, word.as_deref(), how);
        if kind == UNKNOWN {
            let word = word.clone().unwrap_or_default();
            *unmapped.entry(&found.source).or_default().entry(word).or_default() += 1;
        }
        *from_name.entry(&found.source).or_default() += usize::from(kind_from_name);
        records.push(Record {
            found,
            list,
            position: position(found, &mut listing),
            kind,
            kind_from_name,
            word,
            names: names.of(found),
            address: address(found),
        });
    }
    listing.finish();
    say_unmapped(unmapped, problems);
    for (source, count) in from_name.into_iter().filter(|(_, count)| *count > 0) {
        problems.push(
            Problem::warning(
                "type-from-name",
                Place::file(source),
                format!(
                    "{count} records of `{source}` do not say what kind they are; it is taken from the name."
                ),
            )
            .hint("Look at them: provenance.csv names `(name)` as the source of their type."),
        );
    }
    records
}

fn say_unmapped(unmapped: BTreeMap<&str, BTreeMap<String, usize>>, problems: &mut Problems) {
    for (source, words) in unmapped {
        let total: usize = words.values().sum();
        let mut words: Vec<(String, usize)> = words.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let shown = words.iter().take(LISTED).map(|(word, count)| match word.as_str() {
            "" => format!("(empty) {count}"),
            word => format!("`{word}` {count}"),
        });
        let mut shown = shown.collect::<Vec<_>>().join(", ");
        if words.len() > LISTED {
            shown.push_str(&format!(" and {} more", words.len() - LISTED));
        }
        problems.push(
            Problem::warning(
                "unmapped-types",
                Place::file(source),
                format!("The kind of {total} records of `{source}` is not known: {shown}."),
            )
            .hint("Teach the words with `types` in the manifest; docs/facility-types.md lists the kinds."),
        );
    }
}

/// The source's own word for the kind; with a kind within it in `sub_type`, both.
fn word(found: &Found) -> Option<String> {
    let filled = |field: &str| found.get(field).map(str::trim).filter(|v| !v.is_empty());
    let word = filled("source_type").or_else(|| filled("type"))?;
    Some(filled("sub_type").map_or_else(|| word.to_owned(), |within| format!("{word} / {within}")))
}

fn kind(found: &Found, word: Option<&str>, how: &SourceOptions) -> (&'static str, bool) {
    let vocabulary = how.vocabulary.unwrap_or_else(|| Vocabulary::of(&found.source));
    let said = word.and_then(|word| {
        let own = how.types.get(&word.to_lowercase()).and_then(|id| taxonomy::get(id));
        own.or_else(|| taxonomy::from_source_type(vocabulary, word))
    });
    let named = || {
        let names = ["name", "name_ru", "name_kk", "name_en"];
        names.into_iter().filter_map(|f| found.get(f)).find_map(taxonomy::from_words)
    };
    // A list that names a kind we do not know must teach it: guessing from the name would hide that.
    let (kind, from_name) = match said {
        Some(kind) => (Some(kind), false),
        None if word.is_none() => (named(), true),
        None => (None, false),
    };
    match kind {
        Some(kind) => {
            let area = found.get("floor_area_m2").and_then(|a| a.trim().parse().ok());
            (taxonomy::by_size(kind, area).id.as_str(), from_name)
        }
        None => (UNKNOWN, false),
    }
}

fn position(found: &Found, listing: &mut Limited<'_>) -> Option<Position> {
    let text = |field: &str| found.get(field).map(str::trim).filter(|v| !v.is_empty());
    let (lat, lon) = match (text("lat"), text("lon")) {
        (Some(lat), Some(lon)) => (lat, lon),
        (None, None) => return None,
        _ => {
            listing.push(
                Problem::warning(
                    "no-position",
                    found.place.clone(),
                    format!("`{}` has only one of its two coordinates; neither is used.", found.key),
                )
                .hint("Fill in both `lat` and `lon`."),
            );
            return None;
        }
    };
    let reason = match (lat.parse::<f64>(), lon.parse::<f64>()) {
        (Ok(lat), Ok(lon)) => match Position::new(lat, lon) {
            Ok(position) => return Some(position),
            Err(error) => error.to_string(),
        },
        _ => format!("`{lat}`, `{lon}` are no numbers"),
    };
    listing.push(
        Problem::warning(
            "no-position",
            found.place.clone(),
            format!("`{}` has no usable position: {reason}. It is kept without one.", found.key),
        )
        .hint("Write degrees of latitude and longitude (WGS 84), such as 51.1282 and 71.4304."),
    );
    None
}

/// Lists write the word for a street or a town or not, before the name or after it; folded.
const STREET: [&str; 19] = [
    "ul", "ulica", "koshesi", "street", "st", "pr", "prospekt", "dangili", "avenue", "ave", "d", "dom", "ui",
    "g", "gorod", "kala", "road", "rd", "mkr",
];

fn address(found: &Found) -> Option<Address> {
    let text = found.get("address").map(str::trim).filter(|v| !v.is_empty())?;
    let folded = super::fold(text);
    let (numbers, words): (Vec<&str>, Vec<&str>) = folded
        .split(' ')
        .filter(|w| !w.is_empty())
        .partition(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let mut words: Vec<String> =
        words.into_iter().filter(|w| !STREET.contains(w)).map(str::to_owned).collect();
    words.sort();
    Some(Address { words, numbers: numbers.into_iter().map(str::to_owned).collect() })
}
