//! Tables as programs write them, read on all cores: UTF-8, commas, no quotes, every cell a name or a number.
//!
//! Whatever is out of the ordinary, and everything that is wrong, is left to the reader of all tables, which takes its
//! time and says what it is.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::Path;

use memchr::{memchr, memchr_iter, memchr2_iter};
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
        let text = String::from_utf8(bytes(path)?).ok()?;
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
        let blocks = blocks(&text, header.len() + 1);
        let lines: Vec<usize> = blocks.par_iter().map(|block| lines(&text[block.clone()])).collect();
        let rows = lines.iter().sum();
        // Each block is read into its own part of the whole.
        let (mut ids, mut numbers) = (vec![0..0; rows], vec![vec![0.0; rows]; columns.len()]);
        let mut parts = Vec::with_capacity(blocks.len());
        let mut rest = Rows { ids: &mut ids, numbers: numbers.iter_mut().map(Vec::as_mut_slice).collect() };
        for (block, lines) in blocks.into_iter().zip(lines) {
            let (part, more) = rest.split(lines);
            parts.push((block, part));
            rest = more;
        }
        parts
            .into_par_iter()
            .try_for_each(|(block, part)| part.fill(&text, block, names.len(), id, &wanted))?;
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

/// A file, read by all cores: memory is got and filled faster so. `None` for what is no file, which can be read only once.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut bytes = vec![0; usize::try_from(about.len()).ok()?];
    bytes
        .par_chunks_mut(BLOCK)
        .enumerate()
        .try_for_each(|(number, part)| {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start((number * BLOCK) as u64))?;
            file.read_exact(part)
        })
        .ok()?;
    Some(bytes)
}

/// The text from `start` on, in parts of whole lines.
fn blocks(text: &str, mut start: usize) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    while start < text.len() {
        let from = text.len().min(start + BLOCK);
        let end = memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1);
        blocks.push(start..end);
        start = end;
    }
    blocks
}

fn lines(block: &str) -> usize {
    memchr_iter(b'\n', block.as_bytes()).count() + usize::from(!block.ends_with('\n'))
}

/// Rows to be read, as [`Plain`] has all of them.
struct Rows<'r> {
    ids: &'r mut [Range<u32>],
    numbers: Vec<&'r mut [f64]>,
}

impl Rows<'_> {
    /// The first rows and the others.
    fn split(self, at: usize) -> (Self, Self) {
        let (ids, other_ids) = self.ids.split_at_mut(at);
        let (numbers, others) = self.numbers.into_iter().map(|column| column.split_at_mut(at)).unzip();
        (Self { ids, numbers }, Self { ids: other_ids, numbers: others })
    }

    /// Reads whole lines; `None` where one is not plain.
    fn fill(
        mut self,
        text: &str,
        block: Range<usize>,
        width: usize,
        id: usize,
        wanted: &[usize],
    ) -> Option<()> {
        let here = &text[block.clone()];
        plain(here)?;
        let (mut row, mut cells, mut at) = (0, 0, 0);
        // The last line may end with the text.
        let ends = memchr2_iter(b',', b'\n', here.as_bytes());
        for end in ends.chain((!here.ends_with('\n')).then_some(here.len())) {
            let cell = &here[at..end];
            if cells == id {
                if cell.is_empty() || cell.trim().len() < cell.len() {
                    return None;
                }
                let start = u32::try_from(block.start + at).ok()?;
                *self.ids.get_mut(row)? = start..start + u32::try_from(cell.len()).ok()?;
            }
            for (column, numbers) in wanted.iter().zip(&mut self.numbers) {
                if *column == cells {
                    *numbers.get_mut(row)? = fast_float2::parse(cell).ok().filter(|n: &f64| n.is_finite())?;
                }
            }
            at = end + 1;
            if here.as_bytes().get(end) == Some(&b',') {
                cells += 1;
                continue;
            }
            if cells + 1 != width {
                return None;
            }
            (row, cells) = (row + 1, 0);
        }
        Some(())
    }
}
