//! ODS (OASIS `OpenDocument` 1.3, part 3, chapter 9), cell by cell. A cell or a row may say that it repeats a million
//! times: only those with text are stored, and they are counted.

use std::io::{BufRead, BufReader, Cursor, Read as _};

use adil_domain::{Place, Problems};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use crate::numbers;
use adil_round::table::Limited;

use super::excel::{error_cell, iso};
use super::header::Merge;
use super::workbook::{Book, Failure, Read, guarded};
use super::{Grid, Limits, Origin};

struct OpenDocument<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    limits: Limits,
}

/// What a sheet may have at most, as spreadsheet programs have it.
const ROWS: u64 = 1_048_576;
const COLUMNS: usize = 16_384;
/// Merged cells beyond this are no header.
const MERGES: usize = 10_000;

/// Opens a document whose parts were measured.
pub(super) fn open(
    mut archive: ZipArchive<Cursor<&[u8]>>,
    limits: Limits,
) -> Result<Box<dyn Book + '_>, Failure> {
    guarded(move || {
        if let Ok(manifest) = archive.by_name("META-INF/manifest.xml") {
            let mut text = Vec::new();
            manifest.take(1 << 20).read_to_end(&mut text).map_err(broken)?;
            if text.windows(15).any(|w| w == b"encryption-data") {
                return Err(Failure::Encrypted);
            }
        }
        let mut names = Vec::new();
        let mut reader = content(&mut archive)?;
        let (mut buffer, mut depth) = (Vec::new(), 0usize);
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(e) if e.name().as_ref() == "table:table" => {
                    if depth == 0 {
                        names.push(attribute(&e, "table:name")?.unwrap_or_default());
                    }
                    depth += 1;
                }
                Event::End(e) if e.name().as_ref() == "table:table" => depth = depth.saturating_sub(1),
                Event::Eof => break,
                _ => {}
            }
        }
        drop(reader);
        Ok(Box::new(OpenDocument { archive, names, limits }) as Box<dyn Book + '_>)
    })
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Damaged(error.to_string())
}

fn content<'a, 'b>(
    archive: &'a mut ZipArchive<Cursor<&'b [u8]>>,
) -> Result<Reader<impl BufRead + use<'a, 'b>>, Failure> {
    let part = archive.by_name("content.xml").map_err(broken)?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
    reader.config_mut().expand_empty_elements = true;
    Ok(reader)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Failure> {
    let found = element.try_get_attribute(name).map_err(broken)?;
    let value = found.map(|a| a.normalized_value(XmlVersion::Explicit1_0).map(std::borrow::Cow::into_owned));
    value.transpose().map_err(broken)
}

/// How often something is repeated, or how far it reaches; at least once.
fn times(element: &BytesStart<'_>, name: &str) -> Result<u64, Failure> {
    Ok(attribute(element, name)?.and_then(|n| n.parse().ok()).unwrap_or(1).max(1))
}

impl Book for OpenDocument<'_> {
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn read(&mut self, name: &str, origin: &Origin, problems: &mut Problems) -> Result<Read, Failure> {
        let limits = self.limits;
        let wanted = self.names.iter().position(|n| n == name).unwrap_or(0);
        guarded(|| {
            let mut reader = content(&mut self.archive)?;
            let mut notes = Limited::new(problems, Place::file(origin.file()));
            let mut table = TableSoFar::new(limits);
            let (mut buffer, mut depth, mut seen) = (Vec::new(), 0usize, 0usize);
            loop {
                buffer.clear();
                match reader.read_event_into(&mut buffer).map_err(broken)? {
                    Event::Start(e) => match e.name().as_ref() {
                        "table:table" => {
                            depth += 1;
                            seen += usize::from(depth == 1);
                        }
                        "table:table-row" if depth == 1 && seen == wanted + 1 => table.start_row(&e)?,
                        "table:table-cell" | "table:covered-table-cell"
                            if depth == 1 && seen == wanted + 1 =>
                        {
                            let cell = Cell::new(&e)?;
                            let shown = shown_text(&mut reader)?;
                            let line = table.line;
                            let at = u16::try_from(table.column).unwrap_or(u16::MAX);
                            if cell.is_error {
                                notes.push(error_cell(shown.trim(), origin.cell(line, at, "")));
                            }
                            table.push(&cell, shown)?;
                        }
                        _ => {}
                    },
                    Event::End(e) => match e.name().as_ref() {
                        "table:table" => {
                            depth = depth.saturating_sub(1);
                            if depth == 0 && seen == wanted + 1 {
                                break;
                            }
                        }
                        "table:table-row" if depth == 1 && seen == wanted + 1 => table.end_row()?,
                        _ => {}
                    },
                    Event::Eof => return Err(broken("its content ends in the middle of the table")),
                    _ => {}
                }
            }
            notes.finish();
            Ok(Read { grid: table.grid, merges: table.merges })
        })
    }
}

/// The rows of a sheet so far, and the row that is being read.
struct TableSoFar {
    grid: Grid,
    merges: Vec<Merge>,
    limits: Limits,
    line: u64,
    repeated: u64,
    column: usize,
    cells: Vec<(usize, String)>,
}

impl TableSoFar {
    fn new(limits: Limits) -> Self {
        let (grid, merges, cells) = (Grid::default(), Vec::new(), Vec::new());
        Self { grid, merges, limits, line: 1, repeated: 1, column: 0, cells }
    }

    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), Failure> {
        self.repeated = times(element, "table:number-rows-repeated")?;
        self.column = 0;
        self.cells.clear();
        Ok(())
    }

    fn push(&mut self, cell: &Cell, shown: String) -> Result<(), Failure> {
        let text = cell.text(shown);
        let repeated = usize::try_from(cell.repeated).unwrap_or(usize::MAX);
        let end = self.column.saturating_add(repeated);
        if !text.trim().is_empty() {
            for at in self.column..end.min(COLUMNS) {
                self.cells.push((at, text.clone()));
            }
            if self.cells.len() > COLUMNS {
                return Err(broken(format!("row {} has more than {COLUMNS} cells", self.line)));
            }
        }
        if cell.spans != (1, 1) && self.merges.len() < MERGES {
            let last = self.column.saturating_add(usize::try_from(cell.spans.1 - 1).unwrap_or(usize::MAX));
            if let (Ok(first), Ok(last)) = (u16::try_from(self.column), u16::try_from(last)) {
                let lines = (self.line, self.line.saturating_add(cell.spans.0 - 1));
                self.merges.push(Merge { lines, columns: (first, last) });
            }
        }
        self.column = end;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Failure> {
        if !self.cells.is_empty() {
            for line in self.line..self.line.saturating_add(self.repeated).min(ROWS + 1) {
                self.grid.start_row(line);
                for (at, text) in &self.cells {
                    self.grid.push(*at, text);
                }
                if self.grid.filled() > self.limits.cells || self.grid.text_len() > self.limits.text {
                    return Err(Failure::TooMuch(line));
                }
            }
        }
        self.line = self.line.saturating_add(self.repeated);
        Ok(())
    }
}

/// What the element of a cell says.
struct Cell {
    repeated: u64,
    /// Rows and columns that it covers.
    spans: (u64, u64),
    /// The value, where it is not what is shown.
    value: Option<String>,
    is_error: bool,
}

impl Cell {
    fn new(e: &BytesStart<'_>) -> Result<Self, Failure> {
        let is_error = attribute(e, "calcext:value-type")?.as_deref() == Some("error");
        let value = match attribute(e, "office:value-type")?.as_deref() {
            Some("float" | "percentage" | "currency") => {
                attribute(e, "office:value")?.map(|text| text.parse().map_or(text, numbers::written_out))
            }
            Some("date") => attribute(e, "office:date-value")?.map(|text| iso(&text)),
            Some("boolean") => attribute(e, "office:boolean-value")?,
            Some("string") => attribute(e, "office:string-value")?,
            _ => None,
        };
        Ok(Self {
            repeated: times(e, "table:number-columns-repeated")?,
            spans: (times(e, "table:number-rows-spanned")?, times(e, "table:number-columns-spanned")?),
            value,
            is_error,
        })
    }

    fn text(&self, shown: String) -> String {
        if self.is_error { String::new() } else { self.value.clone().unwrap_or(shown) }
    }
}

/// The text that a cell shows: its paragraphs, one line each, without comments.
fn shown_text(reader: &mut Reader<impl BufRead>) -> Result<String, Failure> {
    let (mut text, mut buffer) = (String::new(), Vec::new());
    let (mut depth, mut comment) = (1usize, None);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "office:annotation" if comment.is_none() => comment = Some(depth),
                    "text:p" if comment.is_none() && !text.is_empty() => text.push('\n'),
                    "text:s" | "text:tab" | "text:line-break" if comment.is_none() => text.push(' '),
                    _ => {}
                }
            }
            Event::End(_) => {
                if comment == Some(depth) {
                    comment = None;
                }
                depth -= 1;
                if depth == 0 {
                    return Ok(text);
                }
            }
            Event::Text(t) if comment.is_none() => text.push_str(&t.xml10_content()),
            Event::CData(t) if comment.is_none() => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if comment.is_none() => text.push_str(&entity(&r)?),
            Event::Eof => return Err(broken("its content ends in the middle of a cell")),
            _ => {}
        }
    }
}

fn entity(reference: &BytesRef<'_>) -> Result<String, Failure> {
    if let Some(c) = reference.resolve_char_ref().map_err(broken)? {
        return Ok(c.to_string());
    }
    let name = reference.xml10_content();
    Ok(resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned))
}
