//! `review.csv`: pairs side by side for a person, with an empty column to fill; read again by the next import.

use adil_domain::{Place, Problem, Problems};
use adil_round::table::Table;

use super::record::Record;
use super::rule::Pair;

/// The file within a round folder.
pub const FILE: &str = "review.csv";

/// Its columns.
pub const COLUMNS: [&str; 20] = [
    "decision",
    "author",
    "date",
    "why",
    "points",
    "left_source",
    "left_key",
    "left_name",
    "left_type",
    "left_address",
    "left_lat",
    "left_lon",
    "right_source",
    "right_key",
    "right_name",
    "right_type",
    "right_address",
    "right_lat",
    "right_lon",
    "reasons",
];

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The points say neither.
    Points,
    /// Another record is nearly as good a partner.
    SeveralAlike,
    /// The two agree, but others that each of them is do not.
    Contradiction,
}

impl Why {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::SeveralAlike => "several-alike",
            Self::Contradiction => "contradiction",
        }
    }
}

/// What a person has decided about two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Source and key of the one.
    pub left: (String, String),
    /// Source and key of the other.
    pub right: (String, String),
    /// Whether they are one place.
    pub same: bool,
    /// The line of the review file.
    pub line: u64,
    /// The whole line as it was, by [`COLUMNS`].
    pub cells: Vec<String>,
}

/// A line of the review file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// What was decided, where somebody did.
    pub decision: Option<bool>,
    /// By [`COLUMNS`].
    pub cells: Vec<String>,
}

impl From<Decision> for ReviewRow {
    fn from(decision: Decision) -> Self {
        Self { decision: Some(decision.same), cells: decision.cells }
    }
}

pub(super) fn row(records: &[Record<'_>], pair: &Pair, why: Why) -> ReviewRow {
    let side = |at: usize| {
        let record = &records[at];
        let text = |field: &str| record.get(field).unwrap_or("").to_owned();
        let name =
            ["name", "name_ru", "name_kk", "name_en"].into_iter().find_map(|f| record.get(f)).unwrap_or("");
        [
            record.found.source.clone(),
            record.found.key.clone(),
            name.to_owned(),
            record.kind.to_owned(),
            text("address"),
            text("lat"),
            text("lon"),
        ]
    };
    let reasons: Vec<String> = (pair.reasons.iter())
        .map(|r| match (r.left.as_str(), r.right.as_str()) {
            ("", "") => format!("{} {:+}", r.feature.as_str(), r.points),
            ("", right) => format!("{} {right} {:+}", r.feature.as_str(), r.points),
            (left, right) => format!("{} {left} / {right} {:+}", r.feature.as_str(), r.points),
        })
        .collect();
    let mut cells = vec![String::new(), String::new(), String::new()];
    cells.push(why.as_str().to_owned());
    cells.push(pair.points().to_string());
    cells.extend(side(pair.left));
    cells.extend(side(pair.right));
    cells.push(reasons.join("; "));
    ReviewRow { decision: None, cells }
}

/// Reads what people have filled in.
///
/// Problems: those of a table, `missing-column`, and `unknown-decision` for a word that is neither `same` nor
/// `different`.
pub fn read(bytes: &[u8], problems: &mut Problems) -> Vec<Decision> {
    let Some(table) = Table::read(FILE, bytes, problems) else { return Vec::new() };
    let needed = ["decision", "left_source", "left_key", "right_source", "right_key"];
    adil_round::table::require_columns(&table, &needed, problems);
    let columns: Vec<Option<usize>> = COLUMNS.iter().map(|c| table.column(c)).collect();
    if needed.iter().any(|c| table.column(c).is_none()) {
        return Vec::new();
    }
    let mut decisions = Vec::new();
    for row in 0..table.len() {
        let cells: Vec<String> =
            columns.iter().map(|c| c.map_or("", |c| table.cell(row, c)).to_owned()).collect();
        let cell = |name: &str| {
            COLUMNS.iter().position(|c| *c == name).map_or_else(String::new, |at| cells[at].clone())
        };
        let same = match cell("decision").to_lowercase().as_str() {
            "" => continue,
            "same" => true,
            "different" => false,
            word => {
                problems.push(
                    Problem::error(
                        "unknown-decision",
                        Place::cell(FILE, table.line(row), "decision"),
                        format!("`{word}` is no decision."),
                    )
                    .hint("Write `same` or `different`, or leave the cell empty."),
                );
                continue;
            }
        };
        decisions.push(Decision {
            left: (cell("left_source"), cell("left_key")),
            right: (cell("right_source"), cell("right_key")),
            same,
            line: table.line(row),
            cells: cells.clone(),
        });
    }
    decisions
}
