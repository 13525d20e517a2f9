//! How much of a file is unfolded.

/// Caps that no file may move. The defaults hold a sheet of 1,048,576 rows and 24 columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one unpacked part of a packed file.
    pub part: u64,
    /// Bytes of all of them together.
    pub total: u64,
    /// Unpacked bytes for each packed one, of parts larger than 16 MiB. Sheets have 5 to 60; nothing but repetition
    /// comes near 1,000, which is as far as deflate goes.
    pub ratio: u64,
    /// Cells with text, over the whole sheet.
    pub cells: usize,
    /// Bytes of text in them.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { part: 1 << 30, total: 3 << 29, ratio: 250, cells: 25_200_000, text: 1 << 29 }
    }
}
