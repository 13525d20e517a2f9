//! Which line is the header, in a sheet that people made for people.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Place, Problem, Problems};

use super::{Column, Grid, Origin, letters};

/// Cells that a spreadsheet shows as one; lines and columns are inclusive, lines counted from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) lines: (u64, u64),
    pub(super) columns: (u16, u16),
}

pub(super) struct Found {
    pub(super) columns: Vec<Column>,
    /// The first row of the grid below the header.
    pub(super) first: usize,
}

/// The header is looked for in so many rows; a longer preface is a document.
const SEARCHED: usize = 30;
/// A header with more merged cells than this is none.
const MERGES: usize = 500;

/// Finds the header. `None` for a sheet without text.
pub(super) fn find(
    origin: &Origin,
    grid: &mut Grid,
    merges: &[Merge],
    problems: &mut Problems,
) -> Option<Found> {
    grid.trim_end();
    if grid.filled() == 0 {
        let problem =
            Problem::error("empty-file", Place::file(origin.file()), "There is no text in the table at all.");
        problems.push(problem.hint("Look whether the table is on another sheet."));
        return None;
    }
    let grid = &*grid;
    // Merged cells further down are data; a sheet may have any number of them.
    let last = grid.line(grid.len().min(SEARCHED) - 1);
    let merges = merges.iter().filter(|m| m.lines.0 <= last).take(MERGES).copied().collect();
    let top = Top { grid, merges };
    let upper = top.header_row();
    let lower = top.has_second_line(upper).then_some(upper + 1);
    let mut first = lower.unwrap_or(upper) + 1;

    if let Some(problem) = title_rows(origin, grid, upper) {
        problems.push(problem);
    }
    let mut names = top.names(upper, lower);
    if let Some(lower) = lower {
        let example = names.values().find(|n| n.contains(" / ")).cloned().unwrap_or_default();
        let message = format!(
            "The header stands on two lines with merged cells; they were read as one, such as `{example}`."
        );
        problems.push(
            Problem::warning("merged-header", Place::line(origin.file(), grid.line(lower)), message)
                .hint("Use these names in the mapping."),
        );
    }
    if numbers_columns(grid, first) {
        let problem = Problem::warning(
            "numbering-row",
            Place::line(origin.file(), grid.line(first)),
            "This line numbers the columns 1, 2, 3 …; it was left out.",
        );
        problems.push(problem);
        first += 1;
    }
    let place = || Place::line(origin.file(), grid.line(upper));
    let filled: BTreeSet<u16> = (first..grid.len()).flat_map(|row| grid.row(row).map(|(at, _)| at)).collect();
    for at in &filled {
        names.entry(*at).or_insert_with(|| {
            let name = format!("column {}", letters(*at));
            let message = format!(
                "Column {} has values but no name in the header; it is called `{name}`.",
                letters(*at)
            );
            problems.push(
                Problem::warning("empty-column-name", place(), message).hint("Name it, if it is needed."),
            );
            name
        });
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut columns = Vec::new();
    for (at, name) in names {
        let count = seen.entry(name.clone()).or_insert(0);
        *count += 1;
        let mut unique = name.clone();
        if *count > 1 {
            unique = format!("{name} ({count})");
            let message = format!(
                "Column {} is named `{name}` like one before it; it is called `{unique}`.",
                letters(at)
            );
            problems.push(Problem::warning("duplicate-column", place(), message).hint("Rename one of them."));
        }
        columns.push(Column { name: unique, at });
    }
    Some(Found { columns, first })
}

/// The first rows of a grid, with merged cells filled.
struct Top<'g> {
    grid: &'g Grid,
    merges: Vec<Merge>,
}

impl Top<'_> {
    /// The text of a cell, or of the merged cell that covers it.
    fn text(&self, row: usize, at: u16) -> &str {
        let own = self.grid.cell(row, at);
        if !own.is_empty() {
            return own;
        }
        self.merge_of(row, at)
            .and_then(|m| Some(self.grid.cell(self.grid.row_on(m.lines.0)?, m.columns.0)))
            .unwrap_or("")
    }

    fn merge_of(&self, row: usize, at: u16) -> Option<&Merge> {
        let line = self.grid.line(row);
        let holds =
            |m: &&Merge| (m.lines.0..=m.lines.1).contains(&line) && (m.columns.0..=m.columns.1).contains(&at);
        self.merges.iter().find(holds)
    }

    /// Columns in which anything stands in the first rows.
    fn columns(&self) -> BTreeSet<u16> {
        (0..self.grid.len().min(SEARCHED)).flat_map(|row| self.grid.row(row).map(|(at, _)| at)).collect()
    }

    /// The first row that is nearly as wide as the widest, says different things, and does not say them in numbers.
    fn header_row(&self) -> usize {
        let rows = self.grid.len().min(SEARCHED);
        let widest = (0..rows).map(|row| self.grid.row(row).count()).max().unwrap_or(0);
        let columns = self.columns();
        let is_header = |row: &usize| {
            let texts: Vec<&str> =
                columns.iter().map(|at| self.text(*row, *at)).filter(|t| !t.is_empty()).collect();
            let distinct: BTreeSet<&&str> = texts.iter().collect();
            let labels = texts.iter().filter(|t| is_label(t)).count();
            texts.len() * 5 >= widest * 3 && distinct.len() >= widest.min(2) && labels * 2 > texts.len()
        };
        (0..rows).find(is_header).unwrap_or(0)
    }

    /// Whether the header goes on in the next row: cells are merged across it, or the next row names exactly the columns
    /// that a name of the first covers.
    fn has_second_line(&self, upper: usize) -> bool {
        let lower = upper + 1;
        if lower >= self.grid.len() || self.grid.line(lower) != self.grid.line(upper) + 1 {
            return false;
        }
        if !self.grid.row(lower).all(|(_, text)| is_label(text)) {
            return false;
        }
        let (line, below) = (self.grid.line(upper), self.grid.line(lower));
        let columns = self.columns();
        let across = |m: &Merge| {
            m.lines == (line, line)
                && m.columns.0 < m.columns.1
                && (m.columns.0..=m.columns.1).any(|at| !self.grid.cell(lower, at).is_empty())
                && columns.iter().any(|at| !(m.columns.0..=m.columns.1).contains(at))
        };
        if self.merges.iter().any(across) {
            return true;
        }
        if self.merges.iter().any(|m| m.lines.0 <= line && m.lines.1 == below && m.columns.0 == m.columns.1) {
            return self.grid.row(lower).count() > 0;
        }
        // Without word of merging: a name followed by columns without one is a group, and all of its columns, and no
        // others, are named below.
        let mut expected = BTreeSet::new();
        let mut group: Option<u16> = None;
        for at in &columns {
            if self.grid.cell(upper, *at).is_empty() {
                let Some(start) = group else { return false };
                expected.extend([start, *at]);
            } else {
                group = Some(*at);
            }
        }
        let named: BTreeSet<u16> = self.grid.row(lower).map(|(at, _)| at).collect();
        !expected.is_empty() && named == expected
    }

    fn names(&self, upper: usize, lower: Option<usize>) -> BTreeMap<u16, String> {
        let mut names = BTreeMap::new();
        let mut group = "";
        for at in self.columns() {
            let mut above = self.text(upper, at);
            let below = lower.map_or("", |row| self.text(row, at));
            if above.is_empty() && !below.is_empty() {
                above = group;
            } else {
                group = above;
            }
            let name = match (above, below) {
                (one, "") | ("", one) => tidy(one),
                (above, below) if above == below => tidy(above),
                (above, below) => format!("{} / {}", tidy(above), tidy(below)),
            };
            if !name.is_empty() {
                names.insert(at, name);
            }
        }
        names
    }
}

/// One line, one space between words.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text names something: it has a letter and is no date and no number.
fn is_label(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) || matches!(text, "№" | "#")
}

fn numbers_columns(grid: &Grid, row: usize) -> bool {
    let texts: Vec<&str> = grid.row(row).map(|(_, text)| text).collect();
    texts.len() >= 3 && (1..).zip(&texts).all(|(n, text): (usize, _)| text.parse() == Ok(n))
}

fn title_rows(origin: &Origin, grid: &Grid, header: usize) -> Option<Problem> {
    let last = header.checked_sub(1)?;
    let first = (0..header).find_map(|row| grid.row(row).next().map(|(_, text)| text)).unwrap_or("");
    let lines = if last == 0 {
        "The line above the header was".to_owned()
    } else {
        format!("{header} lines above the header were")
    };
    let message = format!(
        "{lines} skipped; the text began with `{}`. The header was found on line {}.",
        crate::words::shorten(first),
        grid.line(header)
    );
    Some(
        Problem::warning("title-rows", Place::line(origin.file(), grid.line(0)), message)
            .hint("If that is not the header, delete what stands above it."),
    )
}
