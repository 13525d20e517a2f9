//! Kinds of sports facilities: a small closed list, and how the words of other lists lead to it.
//!
//! The list and every rule stand in `data/facility-types.toml`; `docs/facility-types.md` is made from it.

mod file;
mod page;
mod tags;

use std::sync::LazyLock;

use adil_domain::{Language, LocalizedText};

pub use file::TaxonomyError;
pub use page::page;
pub use tags::{from_osm, tags};

use file::Taxonomy;

const TEXT: &str = include_str!("../data/facility-types.toml");

// A file that does not parse gives an empty list rather than stop the program; a test reads it.
static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| Taxonomy::parse(TEXT).unwrap_or_default());

/// The type of what no rule knows.
pub const UNKNOWN: &str = "unknown";

/// Under a roof or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Always under a roof.
    Indoor,
    /// Never.
    Outdoor,
    /// As it may be.
    Either,
}

/// How the size of a facility is usually given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeUnit {
    /// Square metres of floor, ice or field.
    Area,
    /// Lanes.
    Lanes,
    /// Courts.
    Courts,
    /// Metres of track.
    Metres,
    /// Holes.
    Holes,
    /// Boards.
    Boards,
    /// Not by any of these.
    None,
}

/// Whether a floor counts to the published norm of sports halls: 80 m² per 1,000 people (primeminister.kz 53930).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HallNorm {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It is a floor under a roof, but the norm does not say which halls it counts.
    Unstated,
}

/// One kind of facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityType {
    /// Its word in the column `type`, such as `swimming-pool`.
    pub id: String,
    /// What people call it.
    pub name: LocalizedText,
    /// Under a roof or not.
    pub setting: Setting,
    /// How its size is given.
    pub unit: SizeUnit,
    /// Whether its floor counts to the norm of sports halls.
    pub hall_norm: HallNorm,
    /// With less area than this in m², it is another kind.
    pub smaller: Option<(u32, String)>,
}

impl FacilityType {
    /// What people call it in a language.
    pub fn name(&self, language: Language) -> &str {
        self.name.text(language)
    }
}

/// How two kinds go together when two records may be of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The same kind.
    Same,
    /// Kinds that two lists may well give to one place.
    Near,
    /// At least one is not known, or anything.
    Open,
    /// Kinds of two places.
    Different,
}

/// All kinds, in the order of the list.
pub fn types() -> &'static [FacilityType] {
    &TAXONOMY.types
}

/// The kind with that word.
pub fn get(id: &str) -> Option<&'static FacilityType> {
    TAXONOMY.index(id).map(|i| &TAXONOMY.types[i])
}

/// How two kinds go together; a word that is no kind counts as unknown.
pub fn fit(a: &str, b: &str) -> Fit {
    let (Some(a), Some(b)) = (TAXONOMY.index(a), TAXONOMY.index(b)) else { return Fit::Open };
    if TAXONOMY.anything[a] || TAXONOMY.anything[b] {
        Fit::Open
    } else if a == b {
        Fit::Same
    } else if TAXONOMY.near.contains(&(a.min(b), a.max(b))) {
        Fit::Near
    } else {
        Fit::Different
    }
}

/// A list of words that the taxonomy knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// Tags of OpenStreetMap, as `key=value;key=value`.
    Osm,
    /// Kind and kind within it of the Scottish register, as `Pitches / Pitch - Hockey`.
    Sportscotland,
    /// Type codes of the Finnish register, such as `2210`.
    Lipas,
    /// Kazakh, Russian and English words.
    Words,
}

impl Vocabulary {
    /// Its name in a manifest, and the names of sources that are taken to use it; every other source uses words.
    pub fn of(name: &str) -> Self {
        match name {
            "osm" | "openstreetmap" => Self::Osm,
            "sportscotland" => Self::Sportscotland,
            "lipas" => Self::Lipas,
            _ => Self::Words,
        }
    }
}

/// The kind that a source's own word means; `None` when no rule knows it.
///
/// A word of our own list means itself in every vocabulary, and tags are seen by their `=`.
pub fn from_source_type(vocabulary: Vocabulary, text: &str) -> Option<&'static FacilityType> {
    let text = text.trim();
    if let Some(own) = get(text) {
        return Some(own);
    }
    match vocabulary {
        Vocabulary::Osm => from_osm(&tags(text)),
        Vocabulary::Sportscotland => sportscotland(text),
        Vocabulary::Lipas => {
            let (_, at) = TAXONOMY.lipas.iter().find(|(code, _)| code == text)?;
            Some(&TAXONOMY.types[*at])
        }
        Vocabulary::Words if text.contains('=') => from_osm(&tags(text)),
        Vocabulary::Words => from_words(text),
    }
}

fn sportscotland(text: &str) -> Option<&'static FacilityType> {
    let (kind, within) = text.split_once(" / ").unwrap_or((text, ""));
    let holds = |rule: &&([String; 2], usize)| rule.0[0] == kind && (rule.0[1] == "*" || rule.0[1] == within);
    TAXONOMY.sportscotland.iter().find(holds).map(|(_, at)| &TAXONOMY.types[*at])
}

/// The kind that Kazakh, Russian or English words mean; names say it too, such as `Бассейн «Достық»`.
pub fn from_words(text: &str) -> Option<&'static FacilityType> {
    let text = crate::words::plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let holds = |(pattern, _): &&(Vec<String>, usize)| {
        pattern.iter().all(|p| match p.strip_suffix('*') {
            Some(start) => words.iter().any(|w| w.starts_with(start)),
            None => words.contains(&p.as_str()),
        })
    };
    TAXONOMY.words.iter().find(holds).map(|(_, at)| &TAXONOMY.types[*at])
}

/// The kind by its size, where a list's word covers two: a football pitch that is too small for the Laws of the Game is
/// a small pitch. Without an area nothing is known, and it stays.
pub fn by_size(kind: &'static FacilityType, area_m2: Option<f64>) -> &'static FacilityType {
    let smaller = kind.smaller.as_ref().filter(|(least, _)| area_m2.is_some_and(|a| a < f64::from(*least)));
    smaller.and_then(|(_, id)| get(id)).unwrap_or(kind)
}
