//! XLS, the binary workbook of before 2007, in a compound file.
//!
//! calamine lays a sheet out between the corners of its cells, so two cells far apart would take any amount of memory:
//! the records are walked once beforehand.

use std::io::{Cursor, Read as _};

use adil_domain::{Place, Problems};
use calamine::{Data, DataRef, Reader, SheetType, Xls, XlsError};

use adil_round::table::Limited;

use super::excel::{merge, text};
use super::workbook::{Book, Failure, Read, guarded};
use super::{Grid, Limits, Origin};

struct Legacy<'b> {
    book: Xls<Cursor<&'b [u8]>>,
    limits: Limits,
}

/// Opens the workbook, or says that it is an encrypted one of the newer kind.
pub(super) fn open(bytes: &[u8], limits: Limits) -> Result<Box<dyn Book + '_>, Failure> {
    guarded(|| {
        let stream = workbook_stream(bytes, limits)?;
        measure(&stream, limits)?;
        let book = Xls::new(Cursor::new(bytes)).map_err(failure)?;
        Ok(Box::new(Legacy { book, limits }) as Box<dyn Book + '_>)
    })
}

fn failure(error: XlsError) -> Failure {
    match error {
        XlsError::Password => Failure::Encrypted,
        error => Failure::Damaged(error.to_string()),
    }
}

fn workbook_stream(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Failure> {
    let broken = |error: std::io::Error| Failure::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(Failure::Encrypted);
    }
    let name = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].into_iter().find(|n| file.is_stream(n));
    let name = name.ok_or_else(|| Failure::Damaged("there is no workbook in it".to_owned()))?;
    let stream = file.open_stream(name).map_err(broken)?;
    let mut bytes = Vec::new();
    stream.take(limits.part).read_to_end(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// Records whose first two numbers are the row and the column of a cell.
const CELLS: [u16; 10] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201];
/// The begin of a sheet.
const BEGIN: u16 = 0x0809;

/// Adds up how many cells calamine would lay out.
fn measure(stream: &[u8], limits: Limits) -> Result<(), Failure> {
    let number = |at: usize| Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at + 1)?]));
    let (mut at, mut laid_out) = (0usize, 0u64);
    // Smallest and largest row and column of the sheet so far.
    let mut corners: Option<[u64; 4]> = None;
    let area = |c: [u64; 4]| (c[1] - c[0] + 1).saturating_mul(c[3] - c[2] + 1);
    while let (Some(kind), Some(length)) = (number(at), number(at + 2)) {
        let body = at + 4;
        if kind == BEGIN {
            laid_out = laid_out.saturating_add(corners.take().map_or(0, area));
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (number(body), number(body + 2))
        {
            let (row, column) = (u64::from(row), u64::from(column));
            // A record of several cells says the last column at its end; a row holds 256.
            let last = column.max(column.saturating_add(u64::from(length) / 2));
            let last = if matches!(kind, 0x00BD | 0x00BE) { last } else { column };
            let c = corners.unwrap_or([row, row, column, last]);
            let c = [c[0].min(row), c[1].max(row), c[2].min(column), c[3].max(last)];
            if laid_out.saturating_add(area(c)) > u64::try_from(limits.cells).unwrap_or(u64::MAX) {
                return Err(Failure::TooMuch(row + 1));
            }
            corners = Some(c);
        }
        at = body + usize::from(length);
    }
    Ok(())
}

impl Book for Legacy<'_> {
    fn names(&self) -> Vec<String> {
        let sheets = self.book.sheets_metadata().iter();
        sheets.filter(|s| s.typ == SheetType::WorkSheet).map(|s| s.name.clone()).collect()
    }

    fn read(&mut self, name: &str, origin: &Origin, problems: &mut Problems) -> Result<Read, Failure> {
        guarded(|| {
            let range = self.book.worksheet_range(name).map_err(failure)?;
            let merges = self.book.merge_cells_by_sheet_name(name).map_err(failure)?;
            let merges = merges.iter().filter_map(|m| merge(m.start, m.end)).collect();
            let mut notes = Limited::new(problems, Place::file(origin.file()));
            let mut grid = Grid::default();
            let (top, left) = range.start().unwrap_or((0, 0));
            for (line, row) in (u64::from(top) + 1..).zip(range.rows()) {
                grid.start_row(line);
                for (at, value) in (left..).zip(row) {
                    let Ok(at) = u16::try_from(at) else { break };
                    if matches!(value, Data::Empty) {
                        continue;
                    }
                    let text = text(&borrowed(value), || origin.cell(line, at, ""), &mut notes);
                    grid.push(usize::from(at), &text);
                }
                if grid.text_len() > self.limits.text {
                    return Err(Failure::TooMuch(line));
                }
            }
            notes.finish();
            Ok(Read { grid, merges })
        })
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
