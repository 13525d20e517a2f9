//! Rows of CSV pushed together as text: millions of them, so nothing is kept but the text.

use std::fmt::{Display, Write};

/// A table under way, without its header.
#[derive(Debug, Default, Clone)]
pub(crate) struct Rows {
    text: String,
    begun: bool,
}

impl Rows {
    fn separator(&mut self) {
        if self.begun {
            self.text.push(',');
        }
        self.begun = true;
    }

    /// A cell of text, quoted where it must be.
    pub(crate) fn text(&mut self, cell: &str) -> &mut Self {
        self.separator();
        if cell.contains([',', '"', '\n', '\r']) {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
        self
    }

    /// A cell that needs no quotes: a number, a code, a day.
    pub(crate) fn plain(&mut self, cell: impl Display) -> &mut Self {
        self.separator();
        // Writing to a string can't fail.
        let _ = write!(self.text, "{cell}");
        self
    }

    /// A cell that may be empty.
    pub(crate) fn maybe(&mut self, cell: Option<impl Display>) -> &mut Self {
        match cell {
            Some(cell) => self.plain(cell),
            None => self.text(""),
        }
    }

    /// The end of a row.
    pub(crate) fn end(&mut self) {
        self.text.push('\n');
        self.begun = false;
    }

    /// The rows as they will stand in the file.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}
