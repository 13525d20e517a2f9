//! Several lists of facilities made one register: which records are one place, and what is then said of it.
//!
//! The first list counts most: its keys give the identifiers, and of two values its own is taken. Records of one list
//! are never one facility, however alike: three pitches of a school are three facilities of one `site`. Two records of
//! different lists are the same when the published points of [`rule`] say so plainly; what they leave open is written
//! to a review file for a person, and never merged silently.

mod merge;
mod name;
mod pairs;
mod range;
mod record;
pub mod review;
pub mod rule;

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{CountryPack, Problems};

use crate::Found;
use crate::taxonomy::Vocabulary;

pub(crate) use adil_integrity::names::fold;
pub(crate) use merge::split as split_sources;
pub(crate) use range::position;
pub use review::{Decision, ReviewRow};
pub use rule::{Feature, MatchReason, Outcome};

/// How one source is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceOptions {
    /// Whose words it uses for kinds of facilities; by its name unless said.
    pub vocabulary: Option<Vocabulary>,
    /// Its own words for kinds, in small letters, and what they mean here.
    pub types: BTreeMap<String, String>,
    /// Whether its keys are identifiers of facilities as they stand; else the source's name is put before them.
    pub keep_ids: bool,
}

/// How the register is built.
#[derive(Debug, Default)]
pub struct Options {
    /// The country, whose legal forms do not count in names.
    pub country: Option<&'static CountryPack>,
    /// By source.
    pub sources: BTreeMap<String, SourceOptions>,
    /// Identifiers given before, by source and key: they stay whatever list comes first today.
    pub known_ids: BTreeMap<(String, String), String>,
    /// What people have decided about pairs.
    pub decisions: Vec<Decision>,
}

/// One facility with what the sources together say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    /// Its identifier.
    pub id: String,
    /// What is said, by column of `facilities.csv`; never empty texts.
    pub fields: BTreeMap<String, String>,
    /// The records it was made from, source and key, in the order of the sources.
    pub sources: Vec<(String, String)>,
    /// Where the first of them stands.
    pub place: adil_domain::Place,
}

impl Facility {
    /// What is said of a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }
}

/// Where one value comes from: a line of `provenance.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The facility.
    pub facility_id: String,
    /// The column.
    pub field: String,
    /// What was taken.
    pub value: String,
    /// Who says so.
    pub source: String,
    /// Under which key.
    pub key: String,
    /// As of when, where that is said.
    pub as_of: String,
    /// What others say, `source: value` joined by ` | `.
    pub other_values: String,
}

/// The register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Facilities, in the order of the sources.
    pub facilities: Vec<Facility>,
    /// Every value of every facility with its source.
    pub provenance: Vec<Provenance>,
    /// Pairs that a person must look at, and pairs that one has looked at.
    pub review: Vec<ReviewRow>,
    /// What was counted.
    pub counts: Counts,
}

/// What the matching did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records read.
    pub records: usize,
    /// Facilities made from more than one record.
    pub matched: usize,
    /// Pairs that wait for a person.
    pub unsure: usize,
    /// Decisions of people that were obeyed.
    pub decided: usize,
    /// Facilities whose kind is not known.
    pub unknown_type: usize,
}

/// Makes one register of lists, the first of which counts most. The same lists give the same register.
///
/// Problems: `duplicate-key`, `no-position`, `unmapped-types`, `type-from-name`, `contradicting-decisions`,
/// `decision-unused`, `far-from-others`.
pub fn build(lists: &[Vec<Found>], options: &Options, problems: &mut Problems) -> Register {
    let records = record::read(lists, options, problems);
    let matching = pairs::matching(&records, options, problems);
    let mut register = merge::merge(&records, &matching, options);
    register.counts.records = records.len();
    register.counts.decided = matching.decided;
    register.counts.unsure = matching.review.iter().filter(|row| row.decision.is_none()).count();
    register.review = matching.review;
    range::check(&register.facilities, problems);
    register
}

/// Where problems of all sources together are said to stand.
const SOURCES: &str = "sources";

/// Columns of the contract, in its order.
pub const CONTRACT: [&str; 9] =
    ["facility_id", "operator_id", "name", "type", "territory", "lat", "lon", "floor_area_m2", "capacity"];

/// The columns that the facilities fill, those of the contract first, the others by name.
pub fn columns(facilities: &[Facility]) -> Vec<String> {
    let filled: BTreeSet<&str> =
        facilities.iter().flat_map(|f| f.fields.keys().map(String::as_str)).collect();
    let always = ["facility_id", "name", "type", "territory"];
    let contract = CONTRACT.into_iter().filter(|c| always.contains(c) || filled.contains(c));
    let last = ["site", "sources"];
    let others = filled.iter().copied().filter(|c| !CONTRACT.contains(c) && !last.contains(c));
    contract.chain(others).chain(last).map(str::to_owned).collect()
}
