//! Cells where there is text, and nothing where there is none.

/// Rows of text cells: one buffer of text, and for each cell its column and where it ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    text: String,
    rows: Vec<Row>,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    line: u32,
    /// The number of its first cell.
    first: u32,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    at: u16,
    end: u32,
}

impl Grid {
    /// Begins a row; lines are counted from 1.
    pub(super) fn start_row(&mut self, line: u64) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.rows.push(Row { line, first: as_u32(self.cells.len()) });
    }

    /// Adds a cell to the last row, right of all its others; an empty one is not stored. `false` when it is left of one
    /// that is there, or beyond what can be counted.
    pub(super) fn push(&mut self, at: usize, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            return true;
        }
        let Ok(at) = u16::try_from(at) else { return false };
        let Some(row) = self.rows.last() else { return false };
        if self.cells.len() > row.first as usize && self.cells.last().is_some_and(|last| last.at >= at) {
            return false;
        }
        self.text.push_str(text);
        let Ok(end) = u32::try_from(self.text.len()) else { return false };
        self.cells.push(Cell { at, end });
        true
    }

    /// Rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Cells with text.
    pub(super) fn filled(&self) -> usize {
        self.cells.len()
    }

    /// Bytes of text.
    pub(super) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The line of a row, counted from 1.
    pub(super) fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, |r| u64::from(r.line))
    }

    /// The row that stands on a line, when it has text.
    pub(super) fn row_on(&self, line: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&line, |r| u64::from(r.line)).ok()
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let Some(this) = self.rows.get(row) else { return 0..0 };
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| next.first as usize);
        this.first as usize..end
    }

    /// The text of a cell; empty where there is none.
    pub(super) fn cell(&self, row: usize, at: u16) -> &str {
        let range = self.range(row);
        let start = range.start;
        let cells = self.cells.get(range).unwrap_or(&[]);
        cells.binary_search_by_key(&at, |c| c.at).map_or("", |found| self.stored(start + found))
    }

    /// The cells of a row that have text, from left to right.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (u16, &str)> {
        self.range(row).map(|i| (self.cells.get(i).map_or(0, |c| c.at), self.stored(i)))
    }

    fn stored(&self, i: usize) -> &str {
        let end = self.cells.get(i).map_or(0, |c| c.end as usize);
        let start = i.checked_sub(1).and_then(|before| self.cells.get(before)).map_or(0, |c| c.end as usize);
        self.text.get(start..end).unwrap_or("")
    }

    /// Drops rows at the end that have no text.
    pub(super) fn trim_end(&mut self) {
        while self.rows.last().is_some_and(|r| r.first as usize == self.cells.len()) {
            self.rows.pop();
        }
    }
}

fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
