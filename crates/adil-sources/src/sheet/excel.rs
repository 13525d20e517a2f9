//! XLSX, cell by cell: calamine's whole-sheet range is as large as the corners of the sheet are apart.

use std::io::Cursor;

use adil_domain::{Place, Problem, Problems};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use crate::numbers;
use adil_round::table::Limited;

use super::header::Merge;
use super::workbook::{Book, Failure, Read, guarded};
use super::{Grid, Limits, Origin};

/// Rows that a sheet has at most.
const ROWS: u64 = 1_048_576;

struct Excel<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
    limits: Limits,
}

/// Opens a workbook whose parts were measured.
pub(super) fn open(bytes: &[u8], limits: Limits) -> Result<Box<dyn Book + '_>, Failure> {
    let book = guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(failure))?;
    Ok(Box::new(Excel { book, limits }))
}

fn failure(error: XlsxError) -> Failure {
    match error {
        XlsxError::Password => Failure::Encrypted,
        error => Failure::Damaged(error.to_string()),
    }
}

impl Book for Excel<'_> {
    fn names(&self) -> Vec<String> {
        let sheets = self.book.sheets_metadata().iter();
        sheets.filter(|s| s.typ == SheetType::WorkSheet).map(|s| s.name.clone()).collect()
    }

    fn read(&mut self, name: &str, origin: &Origin, problems: &mut Problems) -> Result<Read, Failure> {
        guarded(|| {
            let mut notes = Limited::new(problems, Place::file(origin.file()));
            let mut grid = Grid::default();
            let mut reader = self.book.worksheet_cells_reader(name).map_err(failure)?;
            let mut line = 0;
            while let Some(cell) = reader.next_cell().map_err(failure)? {
                let (row, at) = cell.get_position();
                if matches!(cell.get_value(), DataRef::Empty) {
                    continue;
                }
                let here = u64::from(row) + 1;
                if here != line {
                    if here > ROWS {
                        return Err(Failure::Damaged(format!(
                            "it has a row {here}, and no sheet has so many"
                        )));
                    }
                    if here < line {
                        return Err(Failure::Damaged(format!("row {here} comes after row {line}")));
                    }
                    grid.start_row(here);
                    line = here;
                }
                let at = u16::try_from(at)
                    .map_err(|_| Failure::Damaged(format!("row {here} has a cell beyond column XFD")))?;
                let text = text(cell.get_value(), || origin.cell(here, at, ""), &mut notes);
                if !grid.push(usize::from(at), &text) {
                    return Err(Failure::Damaged(format!("the cells of row {here} are in no order")));
                }
                if grid.filled() > self.limits.cells || grid.text_len() > self.limits.text {
                    return Err(Failure::TooMuch(here));
                }
            }
            notes.finish();
            drop(reader);
            let merges = self.book.merge_cells_by_sheet_name(name).map_err(failure)?;
            let merges = merges.iter().filter_map(|m| merge(m.start, m.end)).collect();
            Ok(Read { grid, merges })
        })
    }
}

/// A merge given by its corners, row and column counted from 0.
pub(super) fn merge(start: (u32, u32), end: (u32, u32)) -> Option<Merge> {
    let column = |at: u32| u16::try_from(at).ok();
    let lines = (u64::from(start.0) + 1, u64::from(end.0) + 1);
    Some(Merge { lines, columns: (column(start.1)?, column(end.1)?) })
}

/// A cell as a person would type it.
pub(super) fn text(value: &DataRef<'_>, place: impl Fn() -> Place, notes: &mut Limited<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => {
            let text = numbers::written_out(*number);
            if number.abs() >= numbers::EXACT {
                let message =
                    format!("A spreadsheet keeps 15 digits of a number; the rest of `{text}` may be lost.");
                notes.push(
                    Problem::warning("digits-lost", place(), message)
                        .hint("If this is an identifier, get it as text from where it came."),
                );
            }
            text
        }
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::Error(error) => {
            notes.push(error_cell(&error.to_string(), place()));
            String::new()
        }
    }
}

/// What a formula that failed leaves behind.
pub(super) fn error_cell(error: &str, place: Place) -> Problem {
    let message = format!("The formula in this cell failed with {error}; the value is not known.");
    Problem::warning("error-cell", place, message)
        .hint("Repair the formula, or write the value, and save the file again.")
}

/// `2025-10-13`, with the time where it has one; a duration or a time of day in hours.
pub(super) fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if date.is_duration() {
        return numbers::written_out(date.as_f64() * 24.0);
    }
    if date.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// A date in ISO 8601 without a midnight that nobody wrote.
pub(super) fn iso(text: &str) -> String {
    text.trim_end_matches('Z').trim_end_matches("T00:00:00").to_owned()
}
