//! From bytes to text: which encoding a file is in, and what could not be read.
//!
//! UTF-8 is what the contract asks for. Spreadsheet programs also write UTF-16 and, in Kazakhstan and Russia,
//! Windows-1251; both are read, and what was found is said, since a wrong guess would garble names in a
//! published decision.

use std::borrow::Cow;

use adil_domain::{Place, Problem, Problems};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

use super::cell::capital;
use super::parse::line_at;

/// Of a large file in an unknown encoding, so many bytes are looked at.
const SAMPLE: usize = 1 << 20;

/// The text of a file without a byte order mark.
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) encoding: &'static str,
}

/// Decodes a file; what was guessed or lost goes to `problems`.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8], problems: &mut Problems) -> Decoded<'b> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(file, rest, problems),
        [0xFF, 0xFE, rest @ ..] => utf16(file, rest, UTF_16LE, "its first two bytes say so", problems),
        [0xFE, 0xFF, rest @ ..] => utf16(file, rest, UTF_16BE, "its first two bytes say so", problems),
        _ => match utf16_without_mark(bytes) {
            Some(encoding) => utf16(file, bytes, encoding, "every second byte is zero", problems),
            None => utf8(file, bytes, problems),
        },
    }
}

/// UTF-8, or what else the bytes are when they are no UTF-8.
fn utf8<'b>(file: &str, bytes: &'b [u8], problems: &mut Problems) -> Decoded<'b> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            lost_letters(file, text, problems);
            return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8" };
        }
        Err(error) => error,
    };
    // A UTF-8 file damaged in a few places still has many well-formed letters beyond ASCII; a file in another
    // encoding has hardly any, because its letters do not happen to fall into UTF-8's pattern.
    let (mut formed, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        formed += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if formed > broken {
        let line = line_at(bytes, error.valid_up_to());
        invalid_bytes(file, broken, line, "UTF-8", problems);
        return Decoded { text: String::from_utf8_lossy(bytes), encoding: "UTF-8" };
    }
    let encoding = guess(bytes, error.valid_up_to());
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let message = format!(
        "The file is not in UTF-8; from its letters it was taken to be in {} and read as such.",
        encoding.name()
    );
    problems.push(
        Problem::warning("encoding", Place::file(file), message)
            .hint("Look whether the names are right; better save the table again as `CSV UTF-8`."),
    );
    decoding_failures(file, &text, encoding.name(), problems);
    Decoded { text, encoding: encoding.name() }
}

fn guess(bytes: &[u8], first_odd: usize) -> &'static Encoding {
    let start = first_odd.saturating_sub(SAMPLE / 2);
    let end = start.saturating_add(SAMPLE).min(bytes.len());
    let sample = bytes.get(start..end).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    // No country is given away here: the engine knows none.
    let found = detector.guess(None, Utf8Detection::Deny);
    // A handful of letters is too little for the detector, which then says Western European. When nearly all
    // odd bytes would be Cyrillic letters and make up whole words, Windows-1251 is what a spreadsheet program
    // of ours has written.
    if found == WINDOWS_1252 && cyrillic_words(sample) { WINDOWS_1251 } else { found }
}

/// Whether bytes outside ASCII are nearly all letters of Windows-1251 and stand mostly beside each other, as
/// those of a Cyrillic word do and accented letters do not.
fn cyrillic_words(sample: &[u8]) -> bool {
    let odd = sample.iter().filter(|b| !b.is_ascii()).count();
    let letters = sample.iter().filter(|b| **b >= 0xC0 || matches!(b, 0xA8 | 0xB8)).count();
    let beside = sample.windows(2).filter(|w| !w[0].is_ascii() && !w[1].is_ascii()).count();
    letters * 5 >= odd * 4 && beside * 2 > odd
}

fn utf16<'b>(
    file: &str,
    bytes: &'b [u8],
    encoding: &'static Encoding,
    why: &str,
    problems: &mut Problems,
) -> Decoded<'b> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let message = format!("The file is in {}, not in UTF-8 ({why}); it was read as such.", encoding.name());
    problems.push(
        Problem::warning("encoding", Place::file(file), message)
            .hint("Better save the table again as `CSV UTF-8`; `Unicode text` is UTF-16."),
    );
    decoding_failures(file, &text, encoding.name(), problems);
    Decoded { text, encoding: encoding.name() }
}

/// UTF-16 without a byte order mark: zero bytes on one side of the pairs only, and letters of alphabets we
/// may meet.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if !sample.contains(&0) {
        return None;
    }
    let pairs = sample.len() / 2;
    let fits = |high: usize| {
        let zeros = sample.chunks_exact(2).filter(|p| p[high] == 0 && p[1 - high] != 0).count();
        // ASCII pairs misread as UTF-16 would land in the Chinese range.
        let plausible = sample
            .chunks_exact(2)
            .filter(|p| *p != [0, 0])
            .filter(|p| p[high] < 0x06 || (0x20..0x30).contains(&p[high]))
            .count();
        zeros * 10 >= pairs && plausible * 10 >= pairs * 9
    };
    match (fits(1), fits(0)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// After decoding, the replacement characters are the places that could not be read.
fn decoding_failures(file: &str, text: &str, encoding: &'static str, problems: &mut Problems) {
    if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        invalid_bytes(file, count, line_at(text.as_bytes(), at), encoding, problems);
    }
}

fn invalid_bytes(file: &str, count: usize, line: u64, encoding: &str, problems: &mut Problems) {
    let places = if count == 1 { "one place has".to_owned() } else { format!("{count} places have") };
    let message = format!(
        "{places} bytes that are no text in {encoding}, the first of them here; letters are lost there."
    );
    problems.push(
        Problem::error("invalid-bytes", Place::line(file, line), capital(&message))
            .hint("Get the table again from where it came, or correct those places and save it as UTF-8."),
    );
}

/// The mark of an earlier, wrong conversion: somebody else lost those letters before the table came to us.
fn lost_letters(file: &str, text: &str, problems: &mut Problems) {
    let Some(at) = text.find(char::REPLACEMENT_CHARACTER) else { return };
    let count = text.matches(char::REPLACEMENT_CHARACTER).count();
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times, the first of them here") };
    let message = format!(
        "The replacement character � is in the table {times}: a letter was lost before it came here."
    );
    problems.push(
        Problem::warning("lost-letters", Place::line(file, line_at(text.as_bytes(), at)), message)
            .hint("Names are shown and compared as they stand; ask the publisher for the letters."),
    );
}
