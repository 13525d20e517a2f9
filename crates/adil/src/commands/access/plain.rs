//! Tables as programs write them, read on all cores: UTF-8, commas, no quotes, every cell a name or a number.
//!
//! Whatever is out of the ordinary, and everything that is wrong, is left to the reader of all tables, which takes its
//! time and says what it is.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

/// Identifiers and numbers of a table.
pub(super) struct Plain {
    pub(super) file: String,
    text: String,
    /// Where the identifiers stand in the text.
    ids: Vec<Range<u32>>,
    /// The numbers of the columns asked for, row by row.
    numbers: Vec<Vec<f64>>,
}

/// Bytes read by one thread in a row.
const BLOCK: usize = 1 << 18;

impl Plain {
    /// Reads `id` and columns of numbers; `None` for anything but plain, complete and unique rows.
    pub(super) fn read(path: &Path, columns: &[&str]) -> Option<Self> {
        let text = String::from_utf8(fs::read(path).ok()?).ok()?;
        u32::try_from(text.len()).ok()?;
        let (header, _) = text.split_once('\n')?;
        plain(header)?;
        let names: Vec<&str> = header.split(',').collect();
        let column = |name: &str| {
            let mut places = (0..).zip(&names).filter(|(_, n)| **n == name).map(|(at, _)| at);
            places.next().filter(|_| places.next().is_none())
        };
        let id = column("id")?;
        let wanted: Vec<usize> = columns.iter().map(|name| column(name)).collect::<Option<_>>()?;
        let mut blocks = Vec::new();
        let mut start = header.len() + 1;
        while start < text.len() {
            let from = text.len().min(start + BLOCK);
            let end = text.as_bytes()[from..]
                .iter()
                .position(|b| *b == b'\n')
                .map_or(text.len(), |at| from + at + 1);
            blocks.push(start..end);
            start = end;
        }
        let read: Vec<Block> = blocks
            .into_par_iter()
            .map(|block| rows(&text, block, names.len(), id, &wanted))
            .collect::<Option<_>>()?;
        let ids = read.iter().map(|block| block.ids.as_slice()).collect::<Vec<_>>().concat();
        let column =
            |at: usize| read.iter().map(|block| block.numbers[at].as_slice()).collect::<Vec<_>>().concat();
        let numbers = (0..columns.len()).map(column).collect();
        let plain = Self { file: path.display().to_string(), text, ids, numbers };
        plain.unique().then_some(plain)
    }

    /// The numbers of the columns, in the order in which they were asked for; once.
    pub(super) fn take(&mut self) -> Vec<Vec<f64>> {
        std::mem::take(&mut self.numbers)
    }

    /// The identifier of a row.
    pub(super) fn id(&self, row: usize) -> &str {
        &self.text[self.ids[row].start as usize..self.ids[row].end as usize]
    }

    fn unique(&self) -> bool {
        let mut ids = (0..self.ids.len()).map(|row| self.id(row));
        // Numbered rows need no look at the others.
        ids.clone().zip(ids.clone().skip(1)).all(|(a, b)| (a.len(), a) < (b.len(), b))
            || ids.try_fold(HashSet::new(), |mut seen, id| seen.insert(id).then_some(seen)).is_some()
    }
}

/// Nothing quoted, and no line ends of another system.
fn plain(text: &str) -> Option<()> {
    (!text.contains('"') && !text.contains('\r')).then_some(())
}

/// Some rows, as [`Plain`] has all of them.
struct Block {
    ids: Vec<Range<u32>>,
    numbers: Vec<Vec<f64>>,
}

/// The rows of whole lines.
fn rows(text: &str, block: Range<usize>, width: usize, id: usize, wanted: &[usize]) -> Option<Block> {
    plain(&text[block.clone()])?;
    // Most rows are longer.
    let most = block.len() / 16;
    let (mut ids, mut numbers) = (Vec::with_capacity(most), vec![Vec::with_capacity(most); wanted.len()]);
    let mut start = block.start;
    for line in text[block].split_terminator('\n') {
        let mut cells = 0;
        let mut at = start;
        for length in line.as_bytes().split(|b| *b == b',').map(<[u8]>::len) {
            let cell = &text[at..at + length];
            if cells == id {
                if cell.is_empty() || cell.trim().len() < length {
                    return None;
                }
                ids.push(u32::try_from(at).ok()?..u32::try_from(at + length).ok()?);
            }
            for (column, numbers) in wanted.iter().zip(&mut numbers) {
                if *column == cells {
                    numbers.push(cell.parse().ok().filter(|n: &f64| n.is_finite())?);
                }
            }
            cells += 1;
            at += length + 1;
        }
        if cells != width {
            return None;
        }
        start += line.len() + 1;
    }
    Some(Block { ids, numbers })
}
