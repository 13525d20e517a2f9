//! Two versions of a file, and the first place where they differ, in the words of the table.

use crate::folder::Files;

/// The first difference of every expected file.
pub(super) fn files(expected: &Files, found: &Files) -> Vec<String> {
    expected
        .iter()
        .filter_map(|(name, bytes)| match found.get(name) {
            None => Some(format!("{name} is missing.")),
            Some(other) if other == bytes => None,
            Some(other) => Some(difference(name, bytes, other)),
        })
        .collect()
}

fn difference(name: &str, expected: &[u8], found: &[u8]) -> String {
    let (Ok(expected), Ok(found)) = (std::str::from_utf8(expected), std::str::from_utf8(found)) else {
        let at =
            expected.iter().zip(found).position(|(a, b)| a != b).unwrap_or(expected.len().min(found.len()));
        return format!("{name} differs from byte {at} on.");
    };
    let is_table = std::path::Path::new(name).extension().is_some_and(|e| e == "csv");
    if is_table && let Some(cell) = cell(name, expected, found) {
        return cell;
    }
    let lines = expected.lines().zip(found.lines()).enumerate();
    match lines.into_iter().find(|(_, (e, f))| e != f) {
        Some((index, (e, f))) => {
            format!("{name} line {}: recomputed `{}`, found `{}`.", index + 1, shorten(e, f), shorten(f, e))
        }
        // Line by line they are the same: the ends of the lines differ, or how many there are.
        None if expected.lines().count() == found.lines().count() => {
            format!("{name} has other line ends than were written.")
        }
        None => format!(
            "{name} has {} lines, {} were recomputed.",
            found.lines().count(),
            expected.lines().count()
        ),
    }
}

/// The first differing cell of two tables; `None` when they differ otherwise.
fn cell(name: &str, expected: &str, found: &str) -> Option<String> {
    fn reader(text: &str) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes())
    }
    let mut expected_rows = reader(expected);
    let mut found_rows = reader(found);
    let header = expected_rows.headers().ok()?.clone();
    let mut rows = expected_rows.records().zip(found_rows.records());
    rows.find_map(|(e, f)| {
        let (e, f) = (e.ok()?, f.ok()?);
        let column = e.iter().zip(f.iter()).position(|(a, b)| a != b)?;
        let line = e.position().map_or(0, csv::Position::line);
        let key = e.get(0).unwrap_or("");
        Some(format!(
            "{name} line {line} ({key}), column {}: recomputed `{}`, found `{}`.",
            header.get(column).unwrap_or("?"),
            e.get(column).unwrap_or(""),
            f.get(column).unwrap_or("")
        ))
    })
}

/// The part of a long line around the first difference.
fn shorten(line: &str, other: &str) -> String {
    const AROUND: usize = 60;
    let at = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let start = at.saturating_sub(AROUND / 2);
    let part: String = line.chars().skip(start).take(AROUND).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if line.chars().count() > start + AROUND { "…" } else { "" };
    format!("{before}{part}{after}")
}
