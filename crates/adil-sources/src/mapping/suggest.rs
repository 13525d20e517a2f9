//! A mapping proposed from header words and contents, with a reason for every column, for a person to confirm.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use adil_domain::identifier::{Classified, classify, repad_numeric_cell};
use adil_geography::Position;
use serde::Deserialize;

use crate::kato::{Classifier, Repaired};
use crate::numbers::degrees;
use crate::sheet::Sheet;
use crate::{taxonomy, words};

use super::{Context, Mapping, Order, coordinates};

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Something speaks for it.
    Perhaps,
    /// The header or the contents say so, in part.
    Likely,
    /// The header is the field's name, or nearly all contents can be nothing else.
    Certain,
}

impl Confidence {
    const fn word(self) -> &'static str {
        match self {
            Self::Perhaps => "perhaps",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The column.
    pub column: String,
    /// The field; none when nothing speaks for any, or another column speaks louder.
    pub field: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, in words.
    pub reason: String,
}

/// A proposed mapping. It is never applied by itself: it becomes a file that a person reads.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// What was proposed.
    pub mapping: Mapping,
    /// Every column of the sheet, in its order, with the reason.
    pub guesses: Vec<Guess>,
    /// Fields with few different words, and those words with how often each stands: for `[values]`.
    pub words: BTreeMap<String, Vec<(String, usize)>>,
    /// The sheet it was made from.
    pub file: String,
    /// Its rows.
    pub rows: usize,
}

#[derive(Deserialize)]
struct FieldWords {
    name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct WordsFile {
    field: Vec<FieldWords>,
}

const TEXT: &str = include_str!("../../data/column-words.toml");

// A file that does not parse gives no words rather than stop the program; a test reads it.
static WORDS: LazyLock<Vec<FieldWords>> =
    LazyLock::new(|| toml::from_str::<WordsFile>(TEXT).map(|f| f.field).unwrap_or_default());

/// More than any percentage or length of a word.
const BORNE_OUT: usize = 1_000;
/// So many rows are looked at.
const SAMPLE: usize = 2_000;
/// So many different words are listed for `[values]`; more is a text column.
const VALUES: usize = 60;

/// Proposes a mapping for a sheet. The context helps to recognise contents: identifiers of the country, codes of the
/// classifier, places within the boundaries.
pub fn suggest(sheet: &Sheet, context: &Context<'_>) -> Suggestion {
    let mut candidates = Vec::new();
    for column in 0..sheet.columns().len() {
        candidates.extend(of_column(sheet, column, context));
    }
    candidates.extend(pair(sheet, context));
    // The surest first; then, as the fields and columns come.
    candidates.sort_by(|a, b| {
        (b.confidence, b.strength)
            .cmp(&(a.confidence, a.strength))
            .then(a.rank.cmp(&b.rank))
            .then(a.column.cmp(&b.column))
    });
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut chosen: BTreeMap<usize, &Candidate> = BTreeMap::new();
    for candidate in &candidates {
        let has = |field: &str| taken.contains_key(field);
        let rivals = match candidate.field.as_str() {
            "coordinates" => has("lat") || has("lon"),
            "lat" | "lon" => has("coordinates"),
            _ => false,
        };
        if !rivals && !has(&candidate.field) && !chosen.contains_key(&candidate.column) {
            taken.insert(candidate.field.clone(), candidate.column);
            chosen.insert(candidate.column, candidate);
        }
    }
    let guesses = (0..sheet.columns().len())
        .map(|column| guess(sheet, column, chosen.get(&column).copied(), &candidates))
        .collect();
    let columns =
        taken.iter().map(|(field, column)| (field.clone(), sheet.name(*column).to_owned())).collect();
    let mut mapping = Mapping { columns, ..Mapping::default() };
    if let Some(column) = taken.get("coordinates") {
        mapping.order = order(sheet, *column, context);
    }
    let mut different = BTreeMap::new();
    for field in ["type", "sport"] {
        if let Some(list) = taken.get(field).and_then(|c| distinct(sheet, *c)) {
            different.insert(field.to_owned(), list);
        }
    }
    Suggestion { mapping, guesses, words: different, file: sheet.file(), rows: sheet.len() }
}

/// One reading of one column.
struct Candidate {
    column: usize,
    field: String,
    confidence: Confidence,
    /// Length of the word that matched, or share of the contents.
    strength: usize,
    /// The position of the field in the list of words.
    rank: usize,
    reason: String,
}

fn guess(sheet: &Sheet, column: usize, chosen: Option<&Candidate>, all: &[Candidate]) -> Guess {
    let name = sheet.name(column).to_owned();
    if let Some(c) = chosen {
        return Guess {
            column: name,
            field: Some(c.field.clone()),
            confidence: c.confidence,
            reason: c.reason.clone(),
        };
    }
    let lost = all.iter().find(|c| c.column == column);
    let reason = lost.map_or_else(
        || "nothing in its name or contents was recognised".to_owned(),
        |c| format!("it might be `{}` ({}), but another column is more so", c.field, c.reason),
    );
    Guess { column: name, field: None, confidence: Confidence::Perhaps, reason }
}

fn rank(field: &str) -> usize {
    WORDS.iter().position(|f| f.name == field).unwrap_or(usize::MAX)
}

fn of_column(sheet: &Sheet, column: usize, context: &Context<'_>) -> Vec<Candidate> {
    let contents = Contents::of(sheet, column, context);
    let mut found: Vec<Candidate> = by_header(sheet.name(column))
        .into_iter()
        .map(|(field, confidence, strength, reason)| {
            let (confidence, agreed, reason) = contents.weigh(field, confidence, reason);
            // A header that its contents bear out says more than either alone.
            let strength = if agreed { strength + BORNE_OUT } else { strength };
            Candidate { column, field: field.to_owned(), confidence, strength, rank: rank(field), reason }
        })
        .collect();
    found.extend(contents.speak().into_iter().map(|(field, confidence, percent, reason)| Candidate {
        column,
        field: field.to_owned(),
        confidence,
        strength: percent,
        rank: rank(field),
        reason,
    }));
    found
}

/// Fields whose words are in a header.
fn by_header(header: &str) -> Vec<(&'static str, Confidence, usize, String)> {
    // Of a header of two lines the lower names the column and the upper its group.
    let whole = words::plain(header);
    let lower = words::plain(header.rsplit(" / ").next().unwrap_or(header));
    let lower = if header.trim() == "№" { "№".to_owned() } else { lower };
    let mut found = Vec::new();
    for field in WORDS.iter() {
        let exact = field.words.iter().find(|w| **w == whole || **w == lower);
        if let Some(word) = exact {
            let reason = format!("the header is `{header}`");
            found.push((field.name.as_str(), Confidence::Certain, word.chars().count(), reason));
            continue;
        }
        let padded = format!(" {whole} ");
        let within =
            field.words.iter().filter(|w| w.chars().count() > 2 && padded.contains(&format!(" {w} ")));
        if let Some(word) = within.max_by_key(|w| (w.chars().count(), std::cmp::Reverse(*w))) {
            let reason = format!("the header `{header}` has the word `{word}`");
            found.push((field.name.as_str(), Confidence::Likely, word.chars().count(), reason));
        }
    }
    found
}

/// What the cells of a column are.
#[derive(Default)]
struct Contents {
    cells: usize,
    organisations: usize,
    repadded: usize,
    people: usize,
    codes: usize,
    pairs: usize,
    numbers: usize,
}

impl Contents {
    fn of(sheet: &Sheet, column: usize, context: &Context<'_>) -> Self {
        let mut contents = Self::default();
        for text in sheet.cells(column).filter(|t| !t.is_empty()).take(SAMPLE) {
            contents.cells += 1;
            contents.numbers += usize::from(degrees(text).is_some());
            contents.pairs +=
                usize::from(coordinates::split(text, Order::LatLon).is_some_and(|(a, b)| is_place(&a, &b)));
            if let Some(country) = context.country {
                match classify(text, country) {
                    Classified::Organisation(_) => contents.organisations += 1,
                    Classified::Personal(_) => contents.people += 1,
                    _ => {
                        let whole = |k: &adil_domain::country::IdentifierKind| {
                            repad_numeric_cell(k.scheme(), text).is_ok()
                        };
                        contents.repadded += usize::from(country.identifiers().iter().any(whole));
                    }
                }
            }
            contents.codes += usize::from(context.classifier.is_some_and(|c| is_code(c, text)));
        }
        contents
    }

    fn percent(&self, part: usize) -> usize {
        (part * 100).checked_div(self.cells).unwrap_or(0)
    }

    /// A header's word, weighed with what stands below it; whether that bears it out.
    fn weigh(&self, field: &str, confidence: Confidence, reason: String) -> (Confidence, bool, String) {
        if self.cells == 0 {
            return (Confidence::Perhaps, false, format!("{reason}, but the column is empty"));
        }
        let identifiers = self.organisations + self.repadded + self.people;
        let (fits, what) = match field {
            "operator_id" => (identifiers, "are identifiers with a right check digit"),
            "territory" => (self.codes, "are codes of the classifier"),
            "lat" | "lon" => (self.numbers, "are coordinates"),
            "coordinates" => (self.pairs, "are pairs of coordinates"),
            _ => return (confidence, false, reason),
        };
        let percent = self.percent(fits);
        let agreed = percent >= 50;
        let confidence = if agreed { confidence } else { confidence.min(Confidence::Likely) };
        (confidence, agreed, format!("{reason}; {percent} % of {} cells {what}", self.cells))
    }

    /// What contents say without any header.
    fn speak(&self) -> Vec<(&'static str, Confidence, usize, String)> {
        /// Fewer cells prove nothing.
        const FEW: usize = 3;
        let mut said = Vec::new();
        if self.cells < FEW {
            return said;
        }
        let identifiers = self.percent(self.organisations + self.repadded + self.people);
        if identifiers >= 60 {
            let people = if self.people > 0 { ", people's numbers among them" } else { "" };
            let zeros = if self.repadded > 0 { ", some without their leading zeros" } else { "" };
            let reason = format!(
                "{identifiers} % of {} cells are identifiers with a right check digit{people}{zeros}",
                self.cells
            );
            said.push(("operator_id", sure(identifiers), identifiers, reason));
        }
        let codes = self.percent(self.codes);
        if codes >= 60 {
            let reason = format!("{codes} % of {} cells are codes of the classifier", self.cells);
            said.push(("territory", sure(codes), codes, reason));
        }
        let pairs = self.percent(self.pairs);
        if pairs >= 60 {
            let reason = format!("{pairs} % of {} cells are pairs of coordinates", self.cells);
            said.push(("coordinates", sure(pairs), pairs, reason));
        }
        said
    }
}

fn sure(percent: usize) -> Confidence {
    if percent >= 95 { Confidence::Certain } else { Confidence::Likely }
}

/// Nine digits that the classifier has. Shorter codes look like any number.
fn is_code(classifier: &Classifier, text: &str) -> bool {
    matches!(classifier.repair(text), Repaired::Whole(code) if classifier.get(code).is_some())
}

fn is_place(lat: &str, lon: &str) -> bool {
    matches!((degrees(lat), degrees(lon)), (Some(a), Some(b)) if Position::new(a.value, b.value).is_ok())
}

/// Two neighbouring columns that are latitude and longitude by where their points lie.
fn pair(sheet: &Sheet, context: &Context<'_>) -> Vec<Candidate> {
    let Some(boundaries) = context.boundaries else { return Vec::new() };
    let mut found = Vec::new();
    for left in 0..sheet.columns().len().saturating_sub(1) {
        let (mut cells, mut as_written, mut other_way) = (0usize, 0usize, 0usize);
        for row in (0..sheet.len()).take(SAMPLE) {
            let (Some(a), Some(b)) = (degrees(sheet.cell(row, left)), degrees(sheet.cell(row, left + 1)))
            else {
                cells += usize::from(!sheet.cell(row, left).is_empty());
                continue;
            };
            cells += 1;
            let inside = |lat, lon| Position::new(lat, lon).is_ok_and(|p| boundaries.locate(p).is_some());
            as_written += usize::from(inside(a.value, b.value));
            other_way += usize::from(inside(b.value, a.value));
        }
        let best = as_written.max(other_way);
        let percent = (best * 100).checked_div(cells).unwrap_or(0);
        if cells < 3 || percent < 60 {
            continue;
        }
        let fields = if as_written >= other_way { ["lat", "lon"] } else { ["lon", "lat"] };
        for (column, field) in (left..).zip(fields) {
            let reason = format!("{percent} % of {cells} rows lie in the country when read so");
            let confidence = sure(percent);
            found.push(Candidate {
                column,
                field: field.to_owned(),
                confidence,
                strength: percent,
                rank: rank(field),
                reason,
            });
        }
    }
    found
}

/// Which coordinate comes first in a column with both.
fn order(sheet: &Sheet, column: usize, context: &Context<'_>) -> Order {
    let count = |order| {
        let cells = sheet.cells(column).take(SAMPLE).filter_map(|text| coordinates::split(text, order));
        let positions = cells.filter_map(|(a, b)| Position::new(degrees(&a)?.value, degrees(&b)?.value).ok());
        positions.filter(|p| context.boundaries.is_none_or(|b| b.locate(*p).is_some())).count()
    };
    if count(Order::LonLat) > count(Order::LatLon) { Order::LonLat } else { Order::LatLon }
}

/// The different words of a column with how often each stands, the most frequent first; none when there are many.
fn distinct(sheet: &Sheet, column: usize) -> Option<Vec<(String, usize)>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in sheet.cells(column).filter(|t| !t.is_empty()) {
        *counts.entry(text).or_insert(0) += 1;
        if counts.len() > VALUES {
            return None;
        }
    }
    let mut list: Vec<(String, usize)> = counts.into_iter().map(|(w, n)| (w.to_owned(), n)).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(list)
}

impl Suggestion {
    /// The mapping file, with the reason above every line and what was not used, ready to be read and changed.
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# Proposed for {}, {} rows. Nothing is applied until a person has read this:\n\
             # compare every line with the sheet, change what is wrong, delete what is not needed.\n\n[columns]\n",
            one_line(&self.file),
            self.rows
        );
        for guess in &self.guesses {
            let Some(field) = &guess.field else { continue };
            text.push_str(&format!(
                "# {}: {}\n{field} = {}\n",
                guess.confidence.word(),
                one_line(&guess.reason),
                quoted(&guess.column)
            ));
        }
        for guess in self.guesses.iter().filter(|g| g.field.is_none()) {
            text.push_str(&format!("# not used: {}: {}\n", quoted(&guess.column), one_line(&guess.reason)));
        }
        text.push_str(
            "\n[constants]\n# A short name of the source, and the day as of which it speaks.\nsource = \"list\"\n# as_of = \"2026-01-01\"\n",
        );
        for (field, list) in &self.words {
            text.push_str(&format!(
                "\n[values.{field}]\n# The list's word = ours; lines beginning with # are not used.\n"
            ));
            for (word, count) in list {
                let ours =
                    if field == "type" { taxonomy::from_words(word).map(|t| t.id.as_str()) } else { None };
                let line = match ours {
                    Some(ours) => format!("{} = {}   # {count} times\n", quoted(word), quoted(ours)),
                    None => format!("# {} = \"\"   # {count} times\n", quoted(word)),
                };
                text.push_str(&line);
            }
        }
        if self.mapping.columns.contains_key("coordinates") {
            let order = if self.mapping.order == Order::LatLon { "lat-lon" } else { "lon-lat" };
            text.push_str(&format!("\n[coordinates]\norder = \"{order}\"\nsystem = \"WGS84\"\n"));
        }
        if self.mapping.columns.contains_key("floor_area_m2") {
            text.push_str("\n[units]\n# m2, ha, km2 or ft2\nfloor_area_m2 = \"m2\"\n");
        }
        text
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
