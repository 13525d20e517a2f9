//! Sheets: whatever people keep tables in, as rows of text cells that know where they stand.
//!
//! [`Sheet::read`] takes CSV in any encoding (by `adil-round`'s table reader), CSV packed with gzip or zstd, and
//! spreadsheets: XLSX and XLS (by calamine) and ODS (read here, cell by cell, because calamine unfolds repeated cells in
//! memory). What the bytes are is told from the bytes, not from the name.
//!
//! Cells become text as a person would type it: numbers without a power of ten and without `.0`, dates as `YYYY-MM-DD`,
//! formulas as the value that was last computed. Title lines above the header are skipped, a header of two lines with
//! merged cells becomes one (`Координаты / широта`), a line of column numbers below it is left out; each is said.
//!
//! Nothing in a file decides how much memory is used: packed sizes are looked up and unpacked under a cap, and cells are
//! stored only where there is text.

mod compressed;
mod excel;
mod grid;
mod header;
mod legacy;
mod limits;
mod ods;
mod workbook;
mod zipped;

use adil_domain::{Place, Problem, Problems};
use adil_round::table::Table;

pub(crate) use grid::Grid;
pub use limits::Limits;

/// A table of text cells below a header, from any source. Empty means *not known*.
#[derive(Debug, Clone)]
pub struct Sheet {
    origin: Origin,
    header: Vec<Column>,
    grid: Grid,
    /// The first row of the grid that is no header.
    first: usize,
}

/// A named column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    /// Its position in the grid, counted from 0.
    at: u16,
}

/// How places are written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    /// A text table: columns by name.
    Text { file: String },
    /// A spreadsheet: columns by letter.
    Workbook { file: String, sheet: String },
    /// Records of a service or features of a map, numbered from 1: columns by name, lines by number.
    Records { file: String, word: &'static str },
}

impl Sheet {
    /// Reads a table from bytes of any of the formats above.
    ///
    /// `sheet` names the sheet of a workbook; without it the first that is not empty is read, and the others are named in
    /// a warning (`several-sheets`). `None` when there is nothing to read; why is in `problems`.
    ///
    /// Problems: those of `adil_round::table::Table::read`, and `not-a-table`, `damaged-file`, `encrypted-file`,
    /// `zip-bomb`, `file-too-large`, `unknown-sheet`, `several-sheets`, `empty-file`, `error-cell`, `digits-lost`,
    /// `title-rows`, `merged-header`, `numbering-row`, `empty-column-name`, `duplicate-column`, `cell-outside-header`.
    pub fn read(file: &str, bytes: &[u8], sheet: Option<&str>, problems: &mut Problems) -> Option<Self> {
        Self::read_within(file, bytes, sheet, Limits::default(), problems)
    }

    /// As [`Sheet::read`], with limits of one's own.
    pub fn read_within(
        file: &str,
        bytes: &[u8],
        sheet: Option<&str>,
        limits: Limits,
        problems: &mut Problems,
    ) -> Option<Self> {
        match bytes {
            [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                workbook::read(file, bytes, sheet, limits, problems)
            }
            [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
                let unpacked = compressed::unpack(file, bytes, limits, problems)?;
                Self::text(file, &unpacked, problems)
            }
            _ => Self::text(file, bytes, problems),
        }
    }

    fn text(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let mut found = Problems::new();
        let table = Table::read(file, bytes, &mut found);
        // The header is judged here, after title lines and merged cells, so the reader's own judgement is dropped.
        let judged = |p: &Problem| matches!(p.code, "empty-column-name" | "duplicate-column");
        problems.extend(found.into_iter().filter(|p| !judged(p)));
        let table = table?;
        let mut grid = Grid::default();
        grid.start_row(table.header_line());
        for (at, name) in table.header().iter().enumerate() {
            grid.push(at, name);
        }
        for row in 0..table.len() {
            grid.start_row(table.line(row));
            for at in 0..table.header().len() {
                grid.push(at, table.cell(row, at));
            }
        }
        Self::with_header(Origin::Text { file: file.to_owned() }, grid, &[], problems)
    }

    /// Finds the header of a grid.
    fn with_header(
        origin: Origin,
        mut grid: Grid,
        merges: &[header::Merge],
        problems: &mut Problems,
    ) -> Option<Self> {
        let found = header::find(&origin, &mut grid, merges, problems)?;
        Some(Self { origin, header: found.columns, grid, first: found.first })
    }

    /// A sheet of records, each a list of names and texts; columns come in the order in which names first occur.
    ///
    /// `word` is what one is called, such as `record`.
    pub(crate) fn of_records<'r>(
        file: &str,
        word: &'static str,
        records: impl IntoIterator<Item = &'r [(String, String)]>,
    ) -> Self {
        let mut names: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        let mut header = Vec::new();
        let mut grid = Grid::default();
        for (line, record) in (1..).zip(records) {
            grid.start_row(line);
            let mut cells: Vec<(usize, &str)> = Vec::with_capacity(record.len());
            for (name, text) in record {
                let next = names.len();
                let at = *names.entry(name).or_insert(next);
                // A record may have any number of names; beyond what a sheet holds they are no table.
                let Ok(narrow) = u16::try_from(at) else { continue };
                if at == header.len() {
                    header.push(Column { name: name.clone(), at: narrow });
                }
                cells.push((at, text));
            }
            // A record has its fields in an order of its own, and a row goes from left to right.
            cells.sort_by_key(|(at, _)| *at);
            for (at, text) in cells {
                grid.push(at, text);
            }
        }
        let origin = Origin::Records { file: file.to_owned(), word };
        Self { origin, header, grid, first: 0 }
    }

    /// The file, with the sheet where there are several.
    pub fn file(&self) -> String {
        self.origin.file()
    }

    /// The columns' names, from left to right.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.header.iter().map(|c| c.name.as_str())
    }

    /// The position of the column of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|c| c.name == name)
    }

    /// The name of a column; empty outside the sheet.
    pub fn name(&self, column: usize) -> &str {
        self.header.get(column).map_or("", |c| c.name.as_str())
    }

    /// Rows, the header not counted.
    pub fn len(&self) -> usize {
        self.grid.len().saturating_sub(self.first)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A cell without the spaces around it; empty outside the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let Some(column) = self.header.get(column) else { return "" };
        self.grid.cell(self.first + row, column.at)
    }

    /// The cells of a column, from the first row to the last.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.len()).map(move |row| self.cell(row, column))
    }

    /// The line (row of a spreadsheet, number of a record) on which a row stands, counted from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.grid.line(self.first + row)
    }

    /// Where a cell stands: in a spreadsheet its column's letters, elsewhere its column's name.
    pub fn place(&self, row: usize, column: usize) -> Place {
        let header = self.header.get(column);
        self.origin.cell(self.line(row), header.map_or(0, |c| c.at), header.map_or("", |c| &c.name))
    }

    /// Where a row stands.
    pub fn row_place(&self, row: usize) -> Place {
        Place::line(self.file(), self.line(row))
    }

    /// Where the sheet's header stands.
    pub fn header_place(&self) -> Place {
        match self.first.checked_sub(1) {
            Some(row) => Place::line(self.file(), self.grid.line(row)),
            None => Place::file(self.file()),
        }
    }
}

impl Origin {
    fn file(&self) -> String {
        match self {
            Self::Text { file } => file.clone(),
            Self::Workbook { file, sheet } => format!("{file}, sheet {sheet}"),
            Self::Records { file, word } => format!("{file}, {word}"),
        }
    }

    fn cell(&self, line: u64, at: u16, name: &str) -> Place {
        let column = match self {
            Self::Workbook { .. } => letters(at),
            _ => name.to_owned(),
        };
        Place::cell(self.file(), line, column)
    }
}

/// The letters of a spreadsheet's column: 0 is `A`, 26 is `AA`.
pub(crate) fn letters(at: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(at) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
