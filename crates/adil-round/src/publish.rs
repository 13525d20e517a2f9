//! What of a round may stand on a public web site: its files as they are, in part, as counts, or not at all.
//!
//! What a decision rests on stays as it is wherever it is nobody's personal data, so that anyone can decide again. Tables
//! about people are left out, or counted with small counts hidden. A file that nobody knows is never copied.

mod counts;
mod part;

use adil_domain::{Place, Problem, Problems, Publish};

use crate::folder::{
    self, APPLICATIONS, CHECKS, CHECKS_FOLDER, DECISION, FACILITIES, FLAGS, Files, JOURNEYS, MODELS,
    OBSERVATIONS, PROBLEMS, READ, SIGNATURE, digest,
};
use crate::inputs::Inputs;
use crate::table::Table;

/// The list of what became of each file, beside the policy.
pub const PUBLISHED: &str = "published.csv";
/// The same in words.
pub const PUBLISHED_IN_WORDS: &str = "PUBLISHED.md";
/// The folder of counts.
pub const COUNTS: &str = "counts";
/// Sections and how many children are in them.
pub const SECTIONS: &str = "sections.csv";
/// The children of the sections.
pub const CHILDREN: &str = "children.csv";
/// What a place may spend and has committed in a month.
const COMMITMENTS: &str = "commitments.csv";

/// Tables that a decision may read and that are about people: a decision's list of digests names them, and whoever publishes the
/// round may keep them back.
pub const PERSONS: [&str; 3] = [FLAGS, OBSERVATIONS, JOURNEYS];

/// Tables about people that no decision reads and that are not counted either: a second count of the same children, beside the
/// first, would give hidden counts away.
const OTHER_PERSONS: [&str; 11] = [
    "absences.csv",
    "classes.csv",
    "coaches.csv",
    "interests.csv",
    "queue.csv",
    "sheets.csv",
    "trips.csv",
    "vouchers.csv",
    "attendance/",
    "payments/",
    "timesheets/",
];

/// What is made from the rest, and can be made again.
const MADE: [&str; 2] = [PROBLEMS, "audit/"];
/// What a simulation planted.
const TRUTH: &str = "truth/";
/// What facilities and applicants say of how many people they serve.
const PEOPLE_COLUMNS: &str = "participants_";

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Byte for byte.
    AsIs,
    /// Some of its rows or cells.
    Part,
    /// Only counts made from it.
    Counts,
    /// Nothing of it.
    LeftOut,
}

impl How {
    /// The word in `published.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsIs => "as-is",
            Self::Part => "part",
            Self::Counts => "counts",
            Self::LeftOut => "left-out",
        }
    }
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The decision rests on it, and it is nobody's personal data.
    Input,
    /// It is the decision.
    Decision,
    /// It is about places.
    Places,
    /// Sources say how much of their answers is shown.
    Sources,
    /// Flags that count, without whom they are about.
    Flags,
    /// It is about people.
    People,
    /// People told it, and the decision has what follows from it.
    Told,
    /// It can be made again.
    Made,
    /// It says what a simulation planted.
    Truth,
    /// Nobody knows what it is.
    Unknown,
}

impl Why {
    /// All, in the order of their declaration.
    pub const ALL: [Self; 10] = [
        Self::Input,
        Self::Decision,
        Self::Places,
        Self::Sources,
        Self::Flags,
        Self::People,
        Self::Told,
        Self::Made,
        Self::Truth,
        Self::Unknown,
    ];

    /// The word in `published.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Decision => "decision",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Flags => "flags",
            Self::People => "people",
            Self::Told => "told",
            Self::Made => "made",
            Self::Truth => "truth",
            Self::Unknown => "unknown",
        }
    }
}

/// What became of one file of the round, or of one of its folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the round; a folder ends with a slash.
    pub file: String,
    /// What became of it.
    pub how: How,
    /// Why.
    pub why: Why,
    /// Counts made from it, by their path in what is published.
    pub counts: Option<String>,
}

/// A column that counts people and has small counts in a table that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallColumn {
    /// The table.
    pub file: &'static str,
    /// The column.
    pub column: String,
    /// How many of its counts are small.
    pub rows: usize,
}

/// A table of counts and what of it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its path in what is published.
    pub file: String,
    /// How many counts it has, totals among them.
    pub counts: usize,
    /// How many of them are hidden.
    pub hidden: usize,
}

/// All that may be published of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The files to publish, `published.csv` among them, the words not yet.
    pub files: Files,
    /// What became of each file, in byte order.
    pub entries: Vec<Entry>,
    /// Counts of fewer people are hidden.
    pub smallest: u32,
    /// Tables of counts.
    pub counted: Vec<Counted>,
    /// Small counts that stand in tables which are published as they are.
    pub small: Vec<SmallColumn>,
}

/// A round and its decision, as they are in their folder.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'r> {
    /// The round, checked.
    pub inputs: &'r Inputs,
    /// What its decision read.
    pub files: &'r Files,
    /// Everything in its folder, as [`folder::listing`] gives it.
    pub listing: &'r [String],
    /// Tables that no decision reads and that are counted or published: [`beside`] says which.
    pub beside: &'r Files,
    /// The decision.
    pub decided: &'r Files,
}

/// The tables that are published or counted although no decision reads them.
pub fn beside() -> [&'static str; 3] {
    [SECTIONS, CHILDREN, COMMITMENTS]
}

/// What may be published of a round; counts of fewer than `smallest` people are hidden.
///
/// # Errors
/// A table that can't be read, or that lacks what is counted.
pub fn publish(round: &Whole<'_>, smallest: u32) -> Result<Publication, Problems> {
    let mut problems = Problems::new();
    let mut publication = Publication {
        files: Files::new(),
        entries: round.listing.iter().map(|file| entry(round.inputs, file)).collect(),
        smallest,
        counted: Vec::new(),
        small: small_columns(round.inputs, smallest),
    };
    let read = |file: &str, problems: &mut Problems| {
        let bytes = round.files.get(file).or_else(|| round.beside.get(file))?;
        let before = problems.len();
        let table = Table::read(file, bytes, problems);
        if table.is_none() && problems.len() == before {
            problems.push(Problem::error("unreadable", Place::file(file), "This is no table."));
        }
        table
    };
    for entry in &mut publication.entries {
        let file = entry.file.as_str();
        let counted = match file {
            FLAGS => read(file, &mut problems)
                .and_then(|table| counts::flags(round.inputs, &table, smallest, &mut problems)),
            SECTIONS => read(file, &mut problems)
                .and_then(|table| counts::sections(round.inputs, &table, smallest, &mut problems)),
            CHILDREN => {
                read(file, &mut problems).and_then(|table| counts::children(&table, smallest, &mut problems))
            }
            _ => None,
        };
        if let Some(counts::Made { bytes, counts, hidden }) = counted {
            let path = format!("{COUNTS}/{file}");
            publication.counted.push(Counted { file: path.clone(), counts, hidden });
            publication.files.insert(path.clone(), bytes);
            entry.counts = Some(path);
        }
        let bytes = match entry.how {
            How::AsIs => round.files.get(file).or_else(|| round.beside.get(file)).cloned(),
            How::Part if file == FLAGS => {
                read(file, &mut problems).map(|table| part::flags(round.inputs, &table, round.decided))
            }
            How::Part => {
                read(file, &mut problems).map(|table| part::checks(&round.inputs.policy.sources, &table))
            }
            How::Counts | How::LeftOut => None,
        };
        if let Some(bytes) = bytes {
            publication.files.insert(entry.file.clone(), bytes);
        }
    }
    for (name, bytes) in round.decided {
        publication.files.insert(format!("{DECISION}/{name}"), bytes.clone());
    }
    let list = list(&publication);
    publication.files.insert(PUBLISHED.to_owned(), list);
    if problems.has_errors() { Err(problems) } else { Ok(publication) }
}

/// What becomes of a file or folder of the round.
fn entry(inputs: &Inputs, file: &str) -> Entry {
    let shown = |name: &str| inputs.policy.sources.iter().find(|s| s.name == name).map(|s| s.publish);
    let reduced = |publish: Option<Publish>| publish.is_some_and(|p| p != Publish::Answer);
    let of_folder = |folder: &str| file.strip_prefix(folder).and_then(|f| f.strip_prefix('/'));
    let (how, why) = if file == FLAGS {
        (How::Part, Why::Flags)
    } else if file == OBSERVATIONS || file == JOURNEYS {
        (How::LeftOut, Why::Told)
    } else if file == CHECKS && keeps_answers_back(inputs) {
        (How::Part, Why::Sources)
    } else if READ.contains(&file) || of_folder(MODELS).is_some() && folder::is_read_below(file) {
        (How::AsIs, Why::Input)
    } else if let Some(answers) = of_folder(CHECKS_FOLDER) {
        let name = answers.strip_suffix(SIGNATURE).unwrap_or(answers);
        match name.strip_suffix(".csv").map(shown) {
            None => (How::LeftOut, Why::Unknown),
            // A signature of what is not shown fits nothing.
            Some(publish) if reduced(publish) && name != answers => (How::LeftOut, Why::Sources),
            Some(publish) if reduced(publish) => (How::Part, Why::Sources),
            Some(_) => (How::AsIs, Why::Input),
        }
    } else if file == COMMITMENTS {
        (How::AsIs, Why::Places)
    } else if file == SECTIONS || file == CHILDREN {
        (How::Counts, Why::People)
    } else if OTHER_PERSONS.contains(&file) {
        (How::LeftOut, Why::People)
    } else if of_folder(DECISION).is_some() {
        (How::AsIs, Why::Decision)
    } else if MADE.contains(&file) {
        (How::LeftOut, Why::Made)
    } else if file == TRUTH {
        (How::LeftOut, Why::Truth)
    } else {
        (How::LeftOut, Why::Unknown)
    };
    Entry { file: file.to_owned(), how, why, counts: None }
}

/// Whether a source lets less of its answers be shown than they say.
pub(crate) fn keeps_answers_back(inputs: &Inputs) -> bool {
    inputs.policy.sources.iter().any(|source| source.publish != Publish::Answer)
}

/// `published.csv`. A file that is left out has no digest here: from the digest of a table without keyed hashes, a hidden
/// count could be had by trying.
fn list(publication: &Publication) -> Vec<u8> {
    let rows = publication.entries.iter().map(|entry| {
        let sum = publication.files.get(&entry.file).map(|bytes| digest(bytes)).unwrap_or_default();
        [
            entry.file.clone(),
            entry.how.as_str().to_owned(),
            entry.why.as_str().to_owned(),
            entry.counts.clone().unwrap_or_default(),
            sum,
        ]
    });
    crate::output::csv(["file", "published", "why", "counts", "sha256"], rows)
}

/// Columns that say how many people an applicant serves, where some say fewer than `smallest`.
fn small_columns(inputs: &Inputs, smallest: u32) -> Vec<SmallColumn> {
    let mut found = Vec::new();
    for file in [APPLICATIONS, FACILITIES] {
        let Some(table) = inputs.table(file).filter(|table| table.file() == file) else { continue };
        for (at, column) in table.header().iter().enumerate() {
            let small = |cell: &&str| cell.parse::<u32>().is_ok_and(|n| (1..smallest).contains(&n));
            let rows = table.cells(at).filter(small).count();
            if column.starts_with(PEOPLE_COLUMNS) && rows > 0 {
                found.push(SmallColumn { file, column: column.clone(), rows });
            }
        }
    }
    found
}

/// The round as it is published, for whoever verifies it: what a decision reads of these files.
pub fn inputs_of(published: &Files) -> Files {
    let reads = |name: &str| READ.contains(&name) || folder::is_read_below(name);
    published.iter().filter(|(name, _)| reads(name)).map(|(n, b)| (n.clone(), b.clone())).collect()
}
