//! The blobs of a `.osm.pbf`: where they are, what is in them, and passes over them.
//!
//! A pass reads a few blobs, opens them in parallel and takes their results in the order of the file, so that neither the
//! number of cores nor the size of the file shows in the result or in the memory.

use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom};

use adil_domain::{Place, Problem, Problems};
use rayon::prelude::*;

use super::block::Block;
use super::wire::{Broken, Fields};

/// The format's limits: of a blob's header, and of a blob before and after decompression.
const MOST_HEADER: u32 = 64 * 1024;
const MOST_BLOB: u64 = 32 * 1024 * 1024;

/// Compressed bytes read before they are worked on.
const MOST_BATCH: u64 = 2 * MOST_BLOB;

/// One blob of data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blob {
    /// The byte at which it begins, its header included.
    pub(super) at: u64,
    body: u64,
    size: u32,
    /// What the first pass saw in it; everything may be in it before.
    pub(super) holds: Option<Holds>,
}

/// What a blob has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Holds {
    /// Least and greatest identifier of its nodes.
    pub(super) nodes: Option<(i64, i64)>,
    /// Least and greatest identifier of its ways.
    pub(super) ways: Option<(i64, i64)>,
}

impl Holds {
    /// Takes an identifier into a range.
    #[inline]
    pub(super) fn widen(range: &mut Option<(i64, i64)>, id: i64) {
        *range = Some(range.map_or((id, id), |(low, high)| (low.min(id), high.max(id))));
    }
}

/// How many bytes of memory have been kept of a block or a file.
///
/// Few bytes of a block may stand for much: a text that a million elements name, a list of small differences. So what is
/// kept is weighed, and a block or file beyond every real one is refused before it is in memory.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight(u64);

impl Weight {
    const MOST_OF_BLOCK: u64 = 1 << 26;
    const MOST_OF_FILE: u64 = 1 << 31;

    /// Adds bytes that a block makes us keep.
    pub(super) fn add(&mut self, bytes: usize) -> Result<(), Broken> {
        self.0 += bytes as u64;
        if self.0 <= Self::MOST_OF_BLOCK {
            Ok(())
        } else {
            Err(Broken(
                "it holds more than 64 MiB of facilities or roads, and usual blocks hold 8,000 elements",
            ))
        }
    }

    /// Adds what a block has; whether the file is still one that can be kept.
    pub(super) fn take(&mut self, block: Self) -> bool {
        self.0 = self.0.saturating_add(block.0);
        self.0 <= Self::MOST_OF_FILE
    }

    /// The problem of a file that can't be kept.
    pub(super) fn problem(file: &str) -> Problem {
        let message = "What the file has of facilities or roads takes more than 2 GiB of memory.";
        Problem::error("osm-too-much", Place::file(file), message)
            .hint("Cut the country out of it with `osmium extract`.")
    }
}

/// The part of a sorted list that lies in a range of identifiers, with the index at which it begins.
pub(super) fn within(ids: &[i64], range: Option<(i64, i64)>) -> (usize, &[i64]) {
    let Some((low, high)) = range else { return (0, &[]) };
    let start = ids.partition_point(|id| *id < low);
    let end = ids.partition_point(|id| *id <= high);
    (start, &ids[start..end.max(start)])
}

/// A `.osm.pbf`, its outline known.
pub(super) struct Pbf<'r, R> {
    name: String,
    source: &'r mut R,
    length: u64,
    blobs: Vec<Blob>,
    /// The day of the data, where the header names it.
    pub(super) as_of: Option<String>,
}

/// Why a blob can't be had.
enum Fault {
    Broken(Broken),
    Oversized(u64),
    Compression(&'static str),
    Inflate(std::io::Error),
    WrongSize { declared: u64, found: u64 },
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// What a blob's header says.
struct Frame {
    kind: Vec<u8>,
    size: u64,
}

impl<'r, R: Read + Seek> Pbf<'r, R> {
    /// Reads the outline of a file; `None` when it can't be used, and then the problems say why.
    pub(super) fn open(name: &str, source: &'r mut R, problems: &mut Problems) -> Option<Self> {
        let mut pbf = Self { name: name.to_owned(), source, length: 0, blobs: Vec::new(), as_of: None };
        match pbf.outline() {
            Ok(()) => {
                if pbf.blobs.is_empty() {
                    let message = "The file has a header and no data.";
                    let problem = Problem::warning("osm-no-data", Place::file(name), message);
                    problems.push(
                        problem.hint("If it should have data, fetch it again and compare its checksum."),
                    );
                }
                Some(pbf)
            }
            Err(problem) => {
                problems.push(*problem);
                None
            }
        }
    }

    fn outline(&mut self) -> Result<(), Box<Problem>> {
        self.length = self.source.seek(SeekFrom::End(0)).map_err(|e| self.unreadable(0, &e))?;
        if self.length == 0 {
            return Err(self.error(0, "osm-empty", "The file is empty.", "Download or export it again."));
        }
        let mut at = 0;
        while at < self.length {
            let (frame, body) = self.frame(at)?;
            if self.length - body < frame.size {
                return Err(self.truncated(at));
            }
            match frame.kind.as_slice() {
                b"OSMHeader" => self.header(at, body, frame.size)?,
                _ if at == 0 => return Err(self.not_pbf()),
                b"OSMData" => {
                    let size = u32::try_from(frame.size).unwrap_or(u32::MAX);
                    self.blobs.push(Blob { at, body, size, holds: None });
                }
                // The format reserves other kinds; a reader passes over them.
                _ => {}
            }
            at = body + frame.size;
        }
        Ok(())
    }

    /// The header of the blob at a byte, and the byte after it.
    fn frame(&mut self, at: u64) -> Result<(Frame, u64), Box<Problem>> {
        let length = self.read(at, 4)?;
        let Ok(length) = <[u8; 4]>::try_from(length.as_slice()) else {
            return Err(if at == 0 { self.not_pbf() } else { self.truncated(at) });
        };
        let length = u32::from_be_bytes(length);
        let broken = |pbf: &mut Self, why: &str| {
            if at == 0 {
                pbf.not_pbf()
            } else {
                pbf.broken(at, &format!("The header of a block is broken: {why}."))
            }
        };
        if length > MOST_HEADER {
            return Err(broken(self, "it is longer than 64 KiB"));
        }
        let bytes = self.read(at + 4, u64::from(length))?;
        if bytes.len() < length as usize {
            return Err(if at == 0 { self.not_pbf() } else { self.truncated(at) });
        }
        let mut frame = Frame { kind: Vec::new(), size: 0 };
        for field in Fields(&bytes) {
            let read = field.and_then(|(number, value)| {
                match number {
                    1 => frame.kind = value.bytes()?.to_vec(),
                    3 => frame.size = value.number()?,
                    _ => {}
                }
                Ok(())
            });
            if let Err(Broken(why)) = read {
                return Err(broken(self, why));
            }
        }
        if at == 0 && frame.kind != b"OSMHeader" {
            return Err(self.not_pbf());
        }
        if frame.size > MOST_BLOB {
            return Err(self.fault(at, &Fault::Oversized(frame.size)));
        }
        Ok((frame, at + 4 + u64::from(length)))
    }

    fn header(&mut self, at: u64, body: u64, size: u64) -> Result<(), Box<Problem>> {
        let blob = self.read(body, size)?;
        let bytes = content(&blob).map_err(|fault| self.fault(at, &fault))?;
        let (mut time, mut required) = (None, Vec::new());
        for field in Fields(&bytes) {
            match field.map_err(|broken| self.fault(at, &broken.into()))? {
                (4, value) => {
                    let bytes = value.bytes().map_err(|broken| self.fault(at, &broken.into()))?;
                    required.push(String::from_utf8_lossy(bytes).into_owned());
                }
                (32, value) => time = value.number().ok().map(u64::cast_signed),
                _ => {}
            }
        }
        for feature in required {
            return Err(match feature.as_str() {
                "OsmSchema-V0.6" | "DenseNodes" => continue,
                "HistoricalInformation" => self.error(
                    at,
                    "osm-history",
                    "The file has every version of every element, not the map of one day.",
                    "Make the map of a day with `osmium time-filter`.",
                ),
                _ => self.error(
                    at,
                    "osm-feature",
                    &format!("The file needs `{feature}` of its reader, which is not known here."),
                    REWRITE,
                ),
            });
        }
        let second = time.and_then(|t| jiff::Timestamp::from_second(t).ok());
        if let Some(second) = second.filter(|_| self.as_of.is_none()) {
            self.as_of = Some(jiff::tz::Offset::UTC.to_datetime(second).date().to_string());
        }
        Ok(())
    }

    /// Bytes of the file; fewer than asked for at its end.
    fn read(&mut self, at: u64, length: u64) -> Result<Vec<u8>, Box<Problem>> {
        let mut bytes = Vec::new();
        let read = self
            .source
            .seek(SeekFrom::Start(at))
            .and_then(|_| self.source.by_ref().take(length).read_to_end(&mut bytes));
        match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.unreadable(at, &error)),
        }
    }

    /// One pass: `work` on each wanted block, in parallel, and `take` of what it gives, in the order of the file.
    ///
    /// What could not be read; blocks after a broken one are still read, so that every broken one is named.
    pub(super) fn pass<T: Send>(
        &mut self,
        wanted: impl Fn(&Blob) -> bool,
        work: impl Fn(&Block<'_>, &Blob) -> Result<T, Broken> + Sync,
        mut take: impl FnMut(&mut Blob, T),
        progress: impl Fn(u64, u64),
    ) -> Vec<Problem> {
        let most = 2 * rayon::current_num_threads();
        let chosen: Vec<usize> = (0..self.blobs.len()).filter(|i| wanted(&self.blobs[*i])).collect();
        let total = chosen.iter().map(|i| u64::from(self.blobs[*i].size)).sum();
        let (mut done, mut next, mut faults) = (0, 0, Vec::new());
        while next < chosen.len() {
            let mut batch = Vec::new();
            let mut size = 0;
            while next < chosen.len() && batch.len() < most && size < MOST_BATCH {
                let blob = self.blobs[chosen[next]];
                match self.read(blob.body, u64::from(blob.size)) {
                    Ok(bytes) => batch.push((chosen[next], blob, bytes)),
                    Err(problem) => {
                        faults.push(*problem);
                        return faults;
                    }
                }
                size += u64::from(blob.size);
                next += 1;
            }
            let one = |blob: &Blob, bytes: &[u8]| -> Result<T, Fault> {
                let content = content(bytes)?;
                Ok(work(&Block::open(&content)?, blob)?)
            };
            let results: Vec<_> = batch.par_iter().map(|(i, blob, bytes)| (*i, one(blob, bytes))).collect();
            for (i, result) in results {
                match result {
                    Ok(value) => take(&mut self.blobs[i], value),
                    Err(fault) => faults.push(*self.fault(self.blobs[i].at, &fault)),
                }
            }
            done += size;
            progress(done, total);
        }
        faults
    }

    /// An error at a byte of the file.
    fn error(&self, at: u64, code: &'static str, message: &str, hint: &str) -> Box<Problem> {
        let place = Place { file: self.name.clone(), column: Some(format!("byte {at}")), ..Place::default() };
        Box::new(Problem::error(code, place, message).hint(hint))
    }

    fn unreadable(&self, at: u64, error: &std::io::Error) -> Box<Problem> {
        let message = format!("The file can't be read: {error}.");
        self.error(at, "osm-unreadable", &message, "Look at the disk and at the rights to the file.")
    }

    fn truncated(&self, at: u64) -> Box<Problem> {
        let message = format!(
            "The block that begins here is cut off: the file ends at byte {} in the midst of it.",
            self.length
        );
        let hint = "The download or copy stopped early; fetch the file again and compare its checksum.";
        self.error(at, "osm-truncated", &message, hint)
    }

    fn broken(&self, at: u64, message: &str) -> Box<Problem> {
        self.error(
            at,
            "osm-broken-block",
            message,
            "The file is damaged; fetch it again and compare its checksum.",
        )
    }

    fn not_pbf(&mut self) -> Box<Problem> {
        let start = self.read(0, 64).unwrap_or_default();
        let what = if start.starts_with(b"\x1f\x8b") {
            "it begins as a gzip archive does"
        } else if start.starts_with(b"BZh") {
            "it begins as a bzip2 archive does"
        } else if start.starts_with(b"PK") {
            "it begins as a zip archive does"
        } else if start.trim_ascii_start().starts_with(b"<") {
            "it begins as XML or a web page does"
        } else {
            "it does not begin with a header block"
        };
        let hint = "`osmium cat INPUT -o OUTPUT.osm.pbf` turns OpenStreetMap's other formats into it.";
        self.error(0, "osm-not-pbf", &format!("This is no .osm.pbf: {what}."), hint)
    }

    fn fault(&self, at: u64, fault: &Fault) -> Box<Problem> {
        const BLOCK: &str = "The block that begins here";
        match fault {
            Fault::Broken(Broken(why)) => self.broken(at, &format!("{BLOCK} is broken: {why}.")),
            Fault::Inflate(error) => self.broken(at, &format!("{BLOCK} can't be decompressed: {error}.")),
            Fault::WrongSize { declared, found } => self.broken(
                at,
                &format!("{BLOCK} should have {declared} bytes decompressed, and has {found} or more."),
            ),
            Fault::Oversized(size) => self.error(
                at,
                "osm-oversized-block",
                &format!("{BLOCK} says that it has {size} bytes, and the format allows {MOST_BLOB} at most."),
                "The file is damaged or made to exhaust memory; take it from another place.",
            ),
            Fault::Compression(name) => self.error(
                at,
                "osm-compression",
                &format!("{BLOCK} is compressed with {name}, which is not read here; zlib is."),
                REWRITE,
            ),
        }
    }
}

/// What to do about a file that is right but written in another way.
const REWRITE: &str = "Write it again with `osmium cat INPUT -o OUTPUT.osm.pbf`.";

/// The bytes in a blob, decompressed.
fn content(blob: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let (mut declared, mut raw, mut zlib) = (None, None, None);
    for field in Fields(blob) {
        match field? {
            (1, value) => raw = Some(value.bytes()?),
            (2, value) => declared = Some(value.number()?),
            (3, value) => zlib = Some(value.bytes()?),
            (4, _) => return Err(Fault::Compression("LZMA")),
            (5, _) => return Err(Fault::Compression("bzip2")),
            (6, _) => return Err(Fault::Compression("LZ4")),
            (7, _) => return Err(Fault::Compression("Zstandard")),
            _ => {}
        }
    }
    if let Some(size) = declared.filter(|size| *size > MOST_BLOB) {
        return Err(Fault::Oversized(size));
    }
    match (raw, zlib) {
        (Some(raw), None) => Ok(Cow::Borrowed(raw)),
        (None, Some(zlib)) => {
            let declared = declared.ok_or(Broken("a compressed block does not say its size"))?;
            let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
            // One byte more than declared shows a block that is longer than it says.
            let inflated = flate2::read::ZlibDecoder::new(zlib).take(declared + 1).read_to_end(&mut bytes);
            inflated.map_err(Fault::Inflate)?;
            let found = bytes.len() as u64;
            if found == declared { Ok(Cow::Owned(bytes)) } else { Err(Fault::WrongSize { declared, found }) }
        }
        (Some(_), Some(_)) => Err(Broken("it has its bytes twice").into()),
        (None, None) => Err(Broken("it is empty").into()),
    }
}
