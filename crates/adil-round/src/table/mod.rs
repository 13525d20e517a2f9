//! Reading tables: bytes of a CSV file into a compact [`Table`], and typed looks at its cells.
//!
//! People's spreadsheets write tables in many ways; whatever can be understood for certain is read, whatever
//! had to be guessed (the encoding, the delimiter) is said as a warning, and everything that is wrong is an
//! error with its line. Reading never stops at the first problem and never panics.

mod cell;
mod check;
mod decode;
mod limit;
mod pairs;
mod parse;

use std::fmt;
use std::sync::Arc;

use adil_domain::Problems;

pub(crate) use cell::shorten;
pub use cell::{
    CellError, is_date, is_date_time, is_decimal, is_truth, parse_date, parse_money, parse_number,
    parse_truth,
};
pub use check::{
    ColumnType, Keys, check_column, check_money, check_unique, infer_type, require_columns, unique_key,
};
pub(crate) use check::{check_cells, missing_column, whole_column};
pub use limit::{LISTED, Limited};
pub use pairs::{amounts, costs, floats};

/// A table of text cells: one buffer for all the text, and where each cell ends in it.
///
/// A million rows of ten columns take about the size of the file and 44 MB more. Every row has as many cells
/// as the header has columns. Spaces around a cell (also no-break ones) are not part of it; an empty cell
/// means *not known*.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    file: String,
    header: Vec<String>,
    header_line: u64,
    /// Shared, so that a table without some of its columns costs nothing.
    cells: Arc<Cells>,
    /// Columns whose cells count as not known, by position.
    emptied: Vec<usize>,
    encoding: &'static str,
    delimiter: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Cells {
    text: String,
    /// Where each cell ends in `text`, row by row; a cell starts where the one before it ends.
    ends: Vec<u32>,
    /// The first line of each row.
    lines: Vec<u32>,
}

impl Table {
    /// Reads a table. `file` is its name relative to the round folder, used in problems.
    ///
    /// What is wrong goes to `problems`; rows with another number of cells than the header are reported and
    /// left out. `None` when there is no table to speak of: an empty file, a spreadsheet, a web page. A
    /// header without rows is a table; whether it may be empty is for the caller to say.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        parse::read(file, bytes, problems)
    }

    /// A table of some of the columns under other names, with the same rows at the same lines.
    pub(crate) fn select(&self, columns: &[(usize, &str)]) -> Self {
        let mut cells = Cells {
            text: String::new(),
            ends: Vec::with_capacity(self.len() * columns.len()),
            lines: self.cells.lines.clone(),
        };
        for row in 0..self.len() {
            for (column, _) in columns {
                cells.text.push_str(self.cell(row, *column));
                cells.ends.push(u32::try_from(cells.text.len()).unwrap_or(u32::MAX));
            }
        }
        Self {
            file: self.file.clone(),
            header: columns.iter().map(|(_, name)| (*name).to_owned()).collect(),
            header_line: self.header_line,
            cells: Arc::new(cells),
            emptied: Vec::new(),
            encoding: self.encoding,
            delimiter: self.delimiter,
        }
    }

    /// The same table in which nothing is known of these columns.
    pub(crate) fn emptied(&self, columns: impl IntoIterator<Item = usize>) -> Self {
        let mut table = self.clone();
        table.emptied.extend(columns);
        table
    }

    /// The file's name relative to the round folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The columns' names, in the order of the file.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The line of the header, counted from 1.
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// Rows, the header not counted.
    pub fn len(&self) -> usize {
        self.cells.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.cells.lines.is_empty()
    }

    /// The position of the column of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|n| n == name)
    }

    /// A cell without the spaces around it; empty means not known. Outside the table every cell is empty.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.header.len() || row >= self.cells.lines.len() || self.emptied.contains(&column) {
            return "";
        }
        let at = row * self.header.len() + column;
        let end = self.cells.ends.get(at).map_or(0, |e| *e as usize);
        let start =
            at.checked_sub(1).and_then(|before| self.cells.ends.get(before)).map_or(0, |e| *e as usize);
        self.cells.text.get(start..end).unwrap_or("")
    }

    /// The cells of one column, from the first row to the last.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.len()).map(move |row| self.cell(row, column))
    }

    /// The line of the file on which a row begins, counted from 1; line breaks inside quoted cells count too.
    pub fn line(&self, row: usize) -> u64 {
        self.cells.lines.get(row).map_or(0, |line| u64::from(*line))
    }

    /// The encoding the file was read in: `UTF-8`, `UTF-16LE`, `windows-1251` and so on.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// The character between cells.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The name of a column, or the empty text outside the table.
    pub fn name(&self, column: usize) -> &str {
        self.header.get(column).map_or("", String::as_str)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("file", &self.file)
            .field("header", &self.header)
            .field("rows", &self.len())
            .field("encoding", &self.encoding)
            .field("delimiter", &self.delimiter())
            .finish_non_exhaustive()
    }
}
