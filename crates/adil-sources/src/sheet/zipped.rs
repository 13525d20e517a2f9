//! What a zip archive would unfold to, found out before anything of it is kept.

use std::io::{Cursor, Read};

use adil_domain::{Place, Problem, Problems};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;

/// Below this a part may be packed as tightly as it likes.
const SMALL: u64 = 16 << 20;

/// No spreadsheet has so many parts.
const PARTS: usize = 20_000;

/// Opens an archive whose parts stay below the limits. Sizes are those of the directory first, and then, because a
/// directory can lie, what really comes out.
pub(super) fn open<'b>(
    file: &str,
    bytes: &'b [u8],
    limits: Limits,
    problems: &mut Problems,
) -> Option<ZipArchive<Cursor<&'b [u8]>>> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            problems.push(damaged(file, &reason(&error)));
            return None;
        }
    };
    if archive.len() > PARTS {
        let message =
            format!("The file is an archive of {} parts; a spreadsheet has a few dozen.", archive.len());
        problems.push(Problem::error("zip-bomb", Place::file(file), message).hint(ASK));
        return None;
    }
    let mut total = 0u64;
    for part in 0..archive.len() {
        let (name, packed, stated, locked) = match archive.by_index_raw(part) {
            Ok(entry) => {
                let name = entry.name().map_or_else(|_| format!("part {part}"), std::borrow::Cow::into_owned);
                (name, entry.compressed_size(), entry.size(), entry.encrypted())
            }
            Err(error) => {
                problems.push(damaged(file, &reason(&error)));
                return None;
            }
        };
        if locked {
            problems.push(encrypted(file));
            return None;
        }
        total = total.saturating_add(stated);
        if let Some(problem) = too_much(file, &name, packed, stated, total, limits) {
            problems.push(problem);
            return None;
        }
        let real = archive.by_index(part).map_err(|e| reason(&e)).and_then(|entry| {
            let mut counted = Counted { inner: entry, bytes: 0, allowed: stated };
            std::io::copy(&mut counted, &mut std::io::sink())
                .map(|_| counted.bytes)
                .map_err(|e| e.to_string())
        });
        match real {
            Ok(real) if real > stated => {
                let message = format!(
                    "The part `{name}` says that it unpacks to {stated} bytes, but more come out of it."
                );
                problems.push(Problem::error("zip-bomb", Place::file(file), message).hint(ASK));
                return None;
            }
            Ok(_) => {}
            Err(error) => {
                problems.push(damaged(file, &format!("its part `{name}` cannot be unpacked: {error}")));
                return None;
            }
        }
    }
    Some(archive)
}

const ASK: &str = "Nothing of it was read. Ask for the table as CSV, or open it and save it again.";

fn too_much(file: &str, name: &str, packed: u64, stated: u64, total: u64, limits: Limits) -> Option<Problem> {
    let place = || Place::file(file);
    if stated > SMALL && stated / packed.max(1) > limits.ratio {
        let message = format!(
            "The part `{name}` unpacks from {packed} bytes to {stated}, {} times as much; a sheet has at most {} times.",
            stated / packed.max(1),
            limits.ratio
        );
        return Some(Problem::error("zip-bomb", place(), message).hint(ASK));
    }
    if stated > limits.part {
        let message =
            format!("The part `{name}` unpacks to {stated} bytes; at most {} are read.", limits.part);
        return Some(Problem::error("file-too-large", place(), message).hint(SMALLER));
    }
    if total > limits.total {
        let message =
            format!("The file unpacks to more than {} bytes, counted up to the part `{name}`.", limits.total);
        return Some(Problem::error("file-too-large", place(), message).hint(SMALLER));
    }
    None
}

pub(super) const SMALLER: &str =
    "Save the one sheet that is needed as CSV, without columns that nobody uses.";

/// Stops one byte past what was announced.
struct Counted<R> {
    inner: R,
    bytes: u64,
    allowed: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.bytes > self.allowed {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.bytes = self.bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) => error.to_string(),
        ZipError::InvalidArchive(_) => {
            "the directory at its end is missing or broken, as after a download that was cut off".to_owned()
        }
        other => other.to_string(),
    }
}

pub(super) fn damaged(file: &str, why: &str) -> Problem {
    Problem::error("damaged-file", Place::file(file), format!("The spreadsheet is damaged: {why}."))
        .hint("Get the file again and compare its size with the original; or open it and save it as CSV.")
}

pub(super) fn encrypted(file: &str) -> Problem {
    Problem::error("encrypted-file", Place::file(file), "The spreadsheet is protected by a password.")
        .hint("Open it with the password and save it without one, or as CSV.")
}
