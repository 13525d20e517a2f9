//! What is wrong with rows, counted: one problem for each kind, file and column, with the first line and an example.

use std::collections::BTreeMap;

use adil_domain::{Place, Problem, Problems};

/// What can be wrong with a row. The row is kept; the cell is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// A cell that must say something is empty.
    Missing,
    /// A cell is not of its column's kind.
    Unreadable,
    /// An end before its beginning.
    EndsBeforeStart,
    /// An end after midnight, written with the day of its beginning.
    CrossesMidnight,
    /// A clock time that is not of here.
    Utc,
    /// A row told twice, word for word.
    Repeated,
    /// Two rows about the same thing that differ.
    Contradicting,
}

impl Fault {
    const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing-value",
            Self::Unreadable => "unreadable-value",
            Self::EndsBeforeStart => "ends-before-start",
            Self::CrossesMidnight => "crosses-midnight",
            Self::Utc => "utc-time",
            Self::Repeated => "repeated-row",
            Self::Contradicting => "contradicting-rows",
        }
    }

    fn message(self, count: u64, expected: &str, example: &str) -> String {
        match self {
            Self::Missing => format!("{count} rows say nothing here; detectors join them with nothing."),
            Self::Unreadable => {
                format!("{count} cells are not {expected}, such as “{example}”; they count as unknown.")
            }
            Self::EndsBeforeStart => {
                format!(
                    "{count} rows end before they begin, such as “{example}”; their end counts as unknown."
                )
            }
            Self::CrossesMidnight => {
                format!(
                    "{count} rows end on the day they begin but earlier, such as “{example}”; read as past midnight."
                )
            }
            Self::Utc => format!("{count} times are in UTC, such as “{example}”; they are taken as written."),
            Self::Repeated => format!("{count} rows stand twice, word for word; each counts once."),
            Self::Contradicting => {
                format!(
                    "{count} rows tell of the same thing as the row before and differ; all of them count."
                )
            }
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Missing => "Fill in the key of these rows.",
            Self::Unreadable => "Write the cells as expected, or leave them empty.",
            Self::EndsBeforeStart => "Correct the two times.",
            Self::CrossesMidnight => "Write the next day in the end of these rows.",
            Self::Utc => "Write the local time, so that nights and opening hours are those of the place.",
            Self::Repeated => "Leave one of the rows out.",
            Self::Contradicting => "Keep the row that is true.",
        }
    }
}

#[derive(Debug, Clone)]
struct Seen {
    count: u64,
    line: Option<u64>,
    expected: &'static str,
    example: String,
}

/// Faults of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(BTreeMap<(String, Fault), Seen>);

impl Faults {
    pub(crate) fn note(
        &mut self,
        fault: Fault,
        column: &str,
        line: Option<u64>,
        expected: &'static str,
        example: &str,
    ) {
        if let Some(seen) = self.0.get_mut(&(column.to_owned(), fault)) {
            seen.count += 1;
        } else {
            let seen = Seen { count: 1, line, expected, example: example.chars().take(60).collect() };
            self.0.insert((column.to_owned(), fault), seen);
        }
    }

    /// Adds what was found later, such as in another part of the same file.
    pub(crate) fn append(&mut self, later: Self) {
        for (what, more) in later.0 {
            self.0.entry(what).and_modify(|seen| seen.count += more.count).or_insert(more);
        }
    }

    pub(crate) fn into_problems(self, file: &str) -> Problems {
        let mut problems = Problems::new();
        for ((column, fault), seen) in self.0 {
            let mut place = Place::file(file);
            place.line = seen.line;
            place.column = (!column.is_empty()).then_some(column);
            let message = fault.message(seen.count, seen.expected, &seen.example);
            problems.push(Problem::warning(fault.code(), place, message).hint(fault.hint()));
        }
        problems
    }
}
