//! Markdown that is pleasant as plain text too, for the pages that chores write.

use std::fs;

use anyhow::{Context, bail};

use crate::commands::{print, root};

/// What a chore writes on a page of ours stands between these.
const MARKS: (&str, &str) = ("<!-- measured -->\n", "<!-- /measured -->");

/// Puts what was measured in place of what stands on the page, a path below the project.
pub(crate) fn replace_measured(page: &str, measured: &str) -> anyhow::Result<()> {
    let path = root().join(page);
    let text = fs::read_to_string(&path).with_context(|| page.to_owned())?;
    let (begin, end) = MARKS;
    let Some((before, rest)) = text.split_once(begin) else { bail!("{page} has no {}", begin.trim()) };
    let Some((_, after)) = rest.split_once(end) else { bail!("{page} has no {end}") };
    fs::write(&path, format!("{before}{begin}{measured}{end}{after}"))?;
    print(page);
    Ok(())
}

/// Lines are filled up to here, so that the page reads well as plain text too.
const WIDTH: usize = 100;

/// A whole number with its thousands apart.
pub(crate) fn whole(n: u32) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A difference with its sign.
pub(crate) fn signed(n: i64) -> String {
    let sign = match n {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    format!("{sign}{}", whole(u32::try_from(n.unsigned_abs()).unwrap_or(u32::MAX)))
}

pub(crate) fn number(n: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", n.abs());
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if n < 0.0 && !zero { format!("−{text}") } else { text }
}

pub(crate) fn percent(part: f64) -> String {
    format!("{} %", number(part * 100.0, 1))
}

/// Markdown that is pleasant as plain text too.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
}

impl Page {
    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Text as it is.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&format!("{} {text}\n\n", "#".repeat(level)));
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.filled(text, "", "");
    }

    pub(crate) fn list(&mut self, items: &[&str]) {
        for item in items {
            self.filled(item, "- ", "  ");
        }
    }

    pub(crate) fn table(&mut self, table: Table) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.text.push_str(&table.text());
    }

    /// Words in lines of at most [`WIDTH`], where a single word allows it.
    fn filled(&mut self, text: &str, first: &str, next: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split(' ') {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.text.push_str(&line);
                self.text.push('\n');
                next.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }
}

/// A table whose columns stand straight; a header that begins with `>` sets its column to the right.
pub(crate) struct Table {
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self {
            right: header.iter().map(|h| h.starts_with('>')).collect(),
            rows: vec![header.iter().map(|h| h.trim_start_matches('>').to_owned()).collect()],
        }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    fn text(&self) -> String {
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|r| r.get(column))
                .map(|c| c.chars().count())
                .max()
                .unwrap_or(0)
                .max(3)
        };
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let width = width(column);
                text.push_str(&if self.right[column] {
                    format!("| {cell:>width$} ")
                } else {
                    format!("| {cell:<width$} ")
                });
            }
            text.push_str("|\n");
            if number == 0 {
                for (column, right) in self.right.iter().enumerate() {
                    let line = "-".repeat(width(column) - usize::from(*right));
                    text.push_str(&format!("| {line}{} ", if *right { ":" } else { "" }));
                }
                text.push_str("|\n");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_written() {
        assert_eq!(["0", "999", "1,000", "25,016,655"], [0, 999, 1000, 25_016_655].map(whole));
        assert_eq!(["+1,200", "0", "−66,098"], [1200, 0, -66_098].map(signed));
        assert_eq!(percent(0.946_91), "94.7 %");
        assert_eq!(number(-0.0004, 3), "0.000");
        assert_eq!(number(-0.0354, 3), "−0.035");
    }

    #[test]
    fn tables_stand_straight() {
        let mut table = Table::new(&["County", ">Euro"]);
        table.row(["Cork".to_owned(), "1,000".to_owned()]);
        assert_eq!(table.text(), "| County |  Euro |\n| ------ | ----: |\n| Cork   | 1,000 |\n");
    }

    #[test]
    fn text_is_filled() {
        let mut page = Page::default();
        page.list(&["word ".repeat(30).trim_end()]);
        assert!(page.text.lines().all(|l| l.len() <= WIDTH), "{}", page.text);
        assert!(page.text.starts_with("- word word") && page.text.contains("\n  word"));
    }
}
