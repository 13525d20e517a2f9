//! A decision on a terminal. Everything is a `String`; nothing here prints. Understandable without colour.

mod differences;
mod explanation;
mod frontier;
mod independence;
mod policy;
mod published;
mod shadow;
mod summary;

use comfy_table::{CellAlignment, Table, presets};

pub use differences::differences;
pub use explanation::explanation;
pub use frontier::frontier;
pub use independence::independence;
pub use policy::policy;
pub use published::published;
pub use shadow::shadow;
pub use summary::{RunSummary, summary};

/// Longer names would push the numbers off the screen.
const NAME_WIDTH: usize = 44;

/// A table without lines: the first column to the left, all others to the right, two spaces in.
fn aligned(header: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(header);
    table.add_rows(rows);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if index == 0 { 0 } else { 2 }, 0));
        column.set_cell_alignment(if index == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    let mut out = String::new();
    for line in table.lines() {
        out.push_str("  ");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A name short enough for a table; control characters, which could move the cursor, become spaces.
fn short_name(name: &str) -> String {
    let mut short: String =
        name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(NAME_WIDTH).collect();
    if name.chars().count() > NAME_WIDTH {
        short.pop();
        short.push('…');
    }
    short
}

/// Lines with a label before each, labels as wide as the widest.
fn labelled(lines: &[(String, String)]) -> String {
    let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (label, text) in lines {
        let fill = width.saturating_sub(label.chars().count());
        let line = format!("  {label}{:fill$}  {text}", "");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Text from outside on its way to a terminal: escape sequences must not act.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}
