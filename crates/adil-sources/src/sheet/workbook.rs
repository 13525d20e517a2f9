//! Spreadsheets: which kind the bytes are, and which of its sheets is meant.

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};

use super::header::Merge;
use super::zipped::{self, damaged, encrypted};
use super::{Grid, Limits, Origin, Sheet, excel, legacy, ods};

/// One sheet as it was read.
pub(super) struct Read {
    pub(super) grid: Grid,
    pub(super) merges: Vec<Merge>,
}

/// Why a sheet could not be read.
pub(super) enum Failure {
    /// The file is broken; why.
    Damaged(String),
    /// It has a password.
    Encrypted,
    /// More cells or text than the limits allow, from this line on.
    TooMuch(u64),
}

impl Failure {
    fn problem(self, file: &str, limits: Limits) -> Problem {
        match self {
            Self::Damaged(why) => damaged(file, &why),
            Self::Encrypted => encrypted(file),
            Self::TooMuch(line) => {
                let message = format!(
                    "The sheet has more than {} cells or {} bytes of text; the limit was met on this line.",
                    limits.cells, limits.text
                );
                Problem::error("file-too-large", Place::line(file, line), message).hint(zipped::SMALLER)
            }
        }
    }
}

/// What reads one kind of workbook.
pub(super) trait Book {
    /// The sheets with cells, in the order of the file.
    fn names(&self) -> Vec<String>;
    /// Reads one.
    fn read(&mut self, name: &str, origin: &Origin, problems: &mut Problems) -> Result<Read, Failure>;
}

/// Reads a sheet of a workbook.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    wanted: Option<&str>,
    limits: Limits,
    problems: &mut Problems,
) -> Option<Sheet> {
    let opened = if bytes.starts_with(b"PK") {
        let archive = zipped::open(file, bytes, limits, problems)?;
        let has = |name: &str| archive.file_names().flatten().any(|n| n == name);
        if has("xl/workbook.xml") {
            excel::open(bytes, limits)
        } else if has("content.xml") {
            ods::open(archive, limits)
        } else {
            let what = if has("xl/workbook.bin") {
                "a binary workbook (.xlsb)"
            } else {
                "an archive (.zip) of other files"
            };
            problems.push(not_a_table(file, what));
            return None;
        }
    } else {
        legacy::open(bytes, limits)
    };
    let mut book = match opened {
        Ok(book) => book,
        Err(failure) => {
            problems.push(failure.problem(file, limits));
            return None;
        }
    };
    let names = book.names();
    let candidates: Vec<&String> = match wanted {
        Some(wanted) => {
            let Some(found) = names.iter().find(|n| n.as_str() == wanted) else {
                let message = format!("The workbook has no sheet `{wanted}`.");
                let hint = did_you_mean(wanted, names.iter().map(String::as_str));
                problems.push(Problem::error("unknown-sheet", Place::file(file), message).hint(hint));
                return None;
            };
            vec![found]
        }
        None => names.iter().collect(),
    };
    for name in &candidates {
        let origin = Origin::Workbook { file: file.to_owned(), sheet: (*name).clone() };
        match book.read(name, &origin, problems) {
            Err(failure) => {
                problems.push(failure.problem(&origin.file(), limits));
                return None;
            }
            Ok(read) if read.grid.filled() == 0 && candidates.len() > 1 => {}
            Ok(read) => {
                if wanted.is_none() && names.len() > 1 {
                    problems.push(several(file, name, &names));
                }
                return Sheet::with_header(origin, read.grid, &read.merges, problems);
            }
        }
    }
    let problem = Problem::error("empty-file", Place::file(file), "No sheet of the workbook has any text.");
    problems.push(problem.hint("Look whether the right file was given."));
    None
}

fn not_a_table(file: &str, what: &str) -> Problem {
    Problem::error("not-a-table", Place::file(file), format!("This is {what}, which is not read."))
        .hint("Save the table as .xlsx, .ods or CSV.")
}

fn several(file: &str, read: &str, names: &[String]) -> Problem {
    const NAMED: usize = 10;
    let others: Vec<String> =
        names.iter().filter(|n| n.as_str() != read).take(NAMED).map(|n| format!("`{n}`")).collect();
    let more = names.len().saturating_sub(1 + NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "The workbook has {} sheets; `{read}` was read, not {}{more}.",
        names.len(),
        others.join(", ")
    );
    Problem::warning("several-sheets", Place::file(file), message)
        .hint("Name the sheet, if another is meant.")
}

/// A parser of somebody else's must not end the program: what it panics at is a damaged file.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Failure::Damaged("its inner structure makes no sense".to_owned())))
}
