//! From text to rows: delimiter, header, records and their lines, and quotes that went wrong.

use std::borrow::Cow;
use std::sync::Arc;

use adil_domain::{Place, Problem, Problems};
use csv::{ByteRecord, ReaderBuilder};

use super::decode::decode;
use super::{Cells, Limited, Table};

/// A row longer than this is no row but a quote that was never closed.
const LONGEST_ROW: usize = 1 << 20;

/// First bytes of files that are often given the name of a table, what they are, and what to do.
const NOT_TABLES: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a spreadsheet or another zipped file", "Open it and save the sheet as `CSV UTF-8`."),
    (b"\xD0\xCF\x11\xE0", "an old spreadsheet (.xls)", "Open it and save the sheet as `CSV UTF-8`."),
    (b"%PDF", "a PDF document", "Ask for the table itself, as CSV."),
    (b"PAR1", "a Parquet file", "Save it as CSV."),
    (b"\x1F\x8B", "a gzip archive", "Unpack it first."),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", "Unpack it first."),
];

/// Reads a table; see [`Table::read`].
pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Table> {
    for (start, what, hint) in NOT_TABLES {
        if bytes.starts_with(start) {
            problems.push(not_a_table(file, what, hint));
            return None;
        }
    }
    // Offsets and lines are 32-bit numbers, and decoding may at most triple the bytes.
    if u32::try_from(bytes.len().saturating_mul(3)).is_err() {
        let message = format!("The table has {} bytes; at most {} are read.", bytes.len(), u32::MAX / 3);
        problems.push(
            Problem::error("file-too-large", Place::file(file), message)
                .hint("Leave out columns and rows that the round does not use."),
        );
        return None;
    }
    let mut found = Problems::new();
    let decoded = decode(file, bytes, &mut found);
    let text: &str = &decoded.text;
    let begin = text.trim_start();
    if begin.is_empty() {
        let message =
            if bytes.is_empty() { "The file is empty." } else { "The file has nothing but blank lines." };
        problems.push(empty_file(file, message));
        return None;
    }
    if let Some((what, hint)) = web_answer(begin) {
        problems.push(not_a_table(file, what, hint));
        return None;
    }
    problems.extend(found);

    let encoding = decoded.encoding;
    let (delimiter, body_at) = delimiter(file, text, problems);
    records(file, text.as_bytes(), body_at, delimiter, encoding, problems)
}

fn empty_file(file: &str, found: &str) -> Problem {
    Problem::error("empty-file", Place::file(file), format!("{found} A header line was expected."))
        .hint("Write the columns' names on the first line, or remove the file.")
}

fn not_a_table(file: &str, what: &str, hint: &str) -> Problem {
    let message = format!("This is not a table of text but {what}, whatever its name says.");
    Problem::error("not-a-table", Place::file(file), message).hint(hint)
}

/// A download that answered with something else than the table.
fn web_answer(begin: &str) -> Option<(&'static str, &'static str)> {
    const HINT: &str = "Download the table itself: a sign-in or error page is often saved in its place.";
    let second = begin.as_bytes().get(1).copied().unwrap_or(0);
    match begin.as_bytes().first() {
        Some(b'<') if second.is_ascii_alphabetic() || matches!(second, b'!' | b'?') => {
            Some(("a web page (HTML) or XML", HINT))
        }
        Some(b'{') => Some(("JSON", HINT)),
        _ => None,
    }
}

/// The line of a byte, counted from 1.
pub(super) fn line_at(bytes: &[u8], at: usize) -> u64 {
    1 + as_lines(LineEnds::of(bytes).count(bytes.get(..at).unwrap_or(bytes)))
}

/// How the lines of a file end. A carriage return alone ends a record for the parser, so it ends a line here
/// too; most files have none, and counting line feeds is quicker.
#[derive(Clone, Copy)]
struct LineEnds {
    lone_returns: bool,
}

impl LineEnds {
    fn of(bytes: &[u8]) -> Self {
        let returns = count(bytes, b'\r');
        Self { lone_returns: returns > 0 && returns != pairs(bytes) }
    }

    fn count(self, bytes: &[u8]) -> usize {
        let feeds = count(bytes, b'\n');
        if self.lone_returns { feeds + count(bytes, b'\r') - pairs(bytes) } else { feeds }
    }
}

/// Carriage returns that belong to a line feed.
fn pairs(bytes: &[u8]) -> usize {
    bytes.windows(2).filter(|w| *w == b"\r\n").count()
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    // Counting in bytes of a byte is what compilers turn into vector instructions.
    bytes.chunks(255).map(|c| usize::from(c.iter().map(|b| u8::from(*b == wanted)).sum::<u8>())).sum()
}

/// What may stand between cells, the expected one first.
const CANDIDATES: [u8; 3] = [b',', b';', b'\t'];

/// The delimiter and where the header begins: past a `sep=;` line, which some spreadsheet programs write.
fn delimiter(file: &str, text: &str, problems: &mut Problems) -> (u8, usize) {
    let bytes = text.as_bytes();
    if let [b'S' | b's', b'E' | b'e', b'P' | b'p', b'=', mark @ (b',' | b';' | b'\t'), b'\r' | b'\n', ..] =
        bytes
    {
        if *mark != b',' {
            say_delimiter(file, *mark, "the first line says so", problems);
        }
        return (*mark, 5);
    }
    let mut counts = [0usize; 3];
    let mut quoted = false;
    for byte in text.trim_start().bytes().take(LONGEST_ROW) {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(i) = CANDIDATES.iter().position(|c| *c == byte) {
                    counts[i] += 1;
                }
            }
            _ => {}
        }
    }
    let mut best = 0;
    for i in 1..CANDIDATES.len() {
        if counts[i] > counts[best] {
            best = i;
        }
    }
    if best > 0 {
        say_delimiter(file, CANDIDATES[best], "as the header line shows", problems);
    }
    (CANDIDATES[best], 0)
}

fn say_delimiter(file: &str, delimiter: u8, why: &str, problems: &mut Problems) {
    let name = if delimiter == b'\t' { "tabs" } else { "semicolons" };
    problems.push(
        Problem::warning(
            "delimiter",
            Place::file(file),
            format!("Cells are separated by {name}, {why}; commas were expected."),
        )
        .hint("The table was read that way; better save it with commas. Decimals still need a point."),
    );
}

/// What is wrong with the quotes of a record.
enum Quotes {
    Fine,
    /// The quote opened at this byte of the record is never closed.
    Open(usize),
    /// Text follows a closing quote at this byte.
    Stray(usize),
}

/// Follows the quotes of one record as the parser does.
fn quotes(raw: &[u8], delimiter: u8) -> Quotes {
    #[derive(Clone, Copy)]
    enum At {
        Start,
        Plain,
        Quoted(usize),
        Closed,
    }
    let mut at = At::Start;
    for (i, byte) in raw.iter().copied().enumerate() {
        at = match (at, byte) {
            (At::Start, b'"') => At::Quoted(i),
            (At::Closed, b'"') => At::Quoted(i.saturating_sub(1)),
            (At::Quoted(_), b'"') => At::Closed,
            (At::Quoted(open), _) => At::Quoted(open),
            (_, b) if b == delimiter || matches!(b, b'\r' | b'\n') => At::Start,
            (At::Closed, b' ' | b'\t') => At::Closed,
            (At::Closed, _) => return Quotes::Stray(i),
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    match at {
        At::Quoted(open) => Quotes::Open(open),
        _ => Quotes::Fine,
    }
}

/// A cell's bytes without the spaces around it.
fn trimmed(cell: &[u8]) -> &[u8] {
    match (cell.first(), cell.last()) {
        (Some(a), Some(b)) if a.is_ascii_graphic() && b.is_ascii_graphic() => cell,
        // Beyond ASCII there are spaces too, such as the no-break space that spreadsheets put before currency
        // signs.
        _ => std::str::from_utf8(cell).map_or(cell, |text| text.trim().as_bytes()),
    }
}

fn as_text(cell: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(trimmed(cell))
}

fn records(
    file: &str,
    bytes: &[u8],
    body_at: usize,
    delimiter: u8,
    encoding: &'static str,
    problems: &mut Problems,
) -> Option<Table> {
    let body = bytes.get(body_at..).unwrap_or(&[]);
    let line_ends = LineEnds::of(bytes);
    let has_nul = body.contains(&0);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(body);

    let mut table = Table {
        file: file.to_owned(),
        header: Vec::new(),
        header_line: 1,
        cells: Arc::default(),
        emptied: Vec::new(),
        encoding,
        delimiter,
    };
    let (mut ends, mut lines) = (Vec::new(), Vec::new());
    let mut buffer: Vec<u8> = Vec::with_capacity(body.len());
    let mut blank_rows: Option<(u64, usize)> = None;
    let mut limited = Limited::new(problems, Place::file(file));
    let mut record = ByteRecord::new();
    // A record begins at `start`, on `line`; lines are counted here, because blank lines before a record are
    // no part of it.
    let (mut start, mut line) = (0usize, line_at(bytes, body_at));
    loop {
        let from = offset(reader.position().byte());
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                // A slice of memory cannot fail to be read; should the parser ever refuse something, it is
                // not lost.
                limited.error("unreadable", || {
                    Problem::error(
                        "unreadable",
                        Place::line(file, line),
                        format!("The table cannot be read on: {error}."),
                    )
                });
                break;
            }
        }
        let to = offset(reader.position().byte());
        let skip =
            body.get(from..to).unwrap_or(&[]).iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let begin = from + skip;
        line += as_lines(line_ends.count(body.get(start..begin).unwrap_or(&[])));
        start = begin;
        let raw = body.get(begin..to).unwrap_or(&[]);
        let header = table.header.is_empty();

        let mut sound = true;
        if raw.len() > LONGEST_ROW {
            sound = false;
            limited.error("row-too-long", || row_too_long(file, line, raw.len()));
        }
        if raw.contains(&b'"') {
            match quotes(raw, delimiter) {
                Quotes::Fine => {}
                Quotes::Open(at) => {
                    sound = false;
                    let at = line + as_lines(line_ends.count(&raw[..at.min(raw.len())]));
                    limited.error("unclosed-quote", || unclosed_quote(file, at));
                }
                Quotes::Stray(at) => {
                    sound = false;
                    let at = line + as_lines(line_ends.count(&raw[..at.min(raw.len())]));
                    limited.error("stray-quote", || stray_quote(file, at));
                }
            }
        }
        if header {
            if record.len() == 1 && raw.trim_ascii().is_empty() {
                continue;
            }
            if raw.len() > LONGEST_ROW {
                limited.finish();
                return None;
            }
            table.header = record.iter().map(|name| as_text(name).into_owned()).collect();
            table.header_line = line;
            check_header(&table, &mut limited);
            if has_nul && raw.contains(&0) {
                limited.error("nul-byte", || nul_byte(file, line, None));
            }
            ends.reserve(body.len() / (raw.len().max(8)) * record.len() / 2);
            continue;
        }
        if record.iter().all(|cell| trimmed(cell).is_empty()) && (table.header.len() > 1 || record.len() > 1)
        {
            // A line of nothing but spaces is a blank line; one of separators was a row of the sheet once.
            if record.len() > 1 {
                blank_rows = Some(blank_rows.map_or((line, 1), |(first, n)| (first, n + 1)));
            }
            continue;
        }
        if has_nul && raw.contains(&0) {
            sound = false;
            let column = record.iter().position(|cell| cell.contains(&0));
            limited.error("nul-byte", || {
                nul_byte(file, line, column.and_then(|c| table.header.get(c)).map(String::as_str))
            });
        }
        if record.len() != table.header.len() {
            // With a broken quote the count means nothing.
            if sound {
                let over = as_lines(line_ends.count(raw.trim_ascii_end()));
                limited.error("row-length", || row_length(&table, line, over, record.len()));
            }
            continue;
        }
        if !sound {
            continue;
        }
        for cell in &record {
            buffer.extend_from_slice(trimmed(cell));
            ends.push(u32::try_from(buffer.len()).unwrap_or(u32::MAX));
        }
        lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }
    limited.finish();
    if table.header.is_empty() {
        problems.push(empty_file(file, "The file has nothing but blank lines."));
        return None;
    }
    if let Some((first, count)) = blank_rows {
        let rows = if count == 1 {
            "One row has".to_owned()
        } else {
            format!("{count} rows, the first of them here, have")
        };
        problems.push(
            Problem::warning(
                "blank-row",
                Place::line(file, first),
                format!("{rows} separators but no cell filled; left out."),
            )
            .hint("Delete such rows in the sheet before saving it."),
        );
    }
    ends.shrink_to_fit();
    lines.shrink_to_fit();
    buffer.shrink_to_fit();
    // Cells were cut out of text at ASCII characters, so together they are text; a refusal would be a mistake
    // of ours.
    if let Ok(text) = String::from_utf8(buffer) {
        table.cells = Arc::new(Cells { text, ends, lines });
        Some(table)
    } else {
        problems.push(Problem::error("unreadable", Place::file(file), "The cells of the table are no text."));
        None
    }
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn as_lines(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn check_header(table: &Table, limited: &mut Limited<'_>) {
    let mut first_at = std::collections::BTreeMap::new();
    for (i, name) in table.header.iter().enumerate() {
        if name.is_empty() {
            limited.error("empty-column-name", || {
                let message =
                    format!("Column {} of {} has no name in the header.", i + 1, table.header.len());
                Problem::error("empty-column-name", Place::line(&table.file, table.header_line), message)
                    .hint(
                        "Name it, or delete the column: an empty one is often left behind by a spreadsheet.",
                    )
            });
            continue;
        }
        if let Some(first) = first_at.get(name.as_str()) {
            limited.error("duplicate-column", || {
                let message = format!("Columns {} and {} are both named `{name}`.", first + 1, i + 1);
                Problem::error("duplicate-column", Place::cell(&table.file, table.header_line, name), message)
                    .hint("Rename or delete one of them; the first is the one that would be read.")
            });
        } else {
            first_at.insert(name.as_str(), i);
        }
    }
}

fn row_length(table: &Table, line: u64, over: u64, found: usize) -> Problem {
    let cells = if found == 1 { "1 cell".to_owned() } else { format!("{found} cells") };
    let expected = table.header.len();
    let message = format!("This row has {cells}, but the header has {expected} columns.");
    let hint = if over > 0 {
        format!("The row runs on to line {}: a quote may be missing or too much.", line + over)
    } else if found > expected {
        format!("A cell with a `{}` in it must stand in quotes.", table.delimiter())
    } else {
        "Leave a cell empty when its value is not known, but keep its separator.".to_owned()
    };
    Problem::error("row-length", Place::line(&table.file, line), message).hint(hint)
}

fn row_too_long(file: &str, line: u64, length: usize) -> Problem {
    let message = format!("The row that begins here has {length} bytes; at most {LONGEST_ROW} are read.");
    Problem::error("row-too-long", Place::line(file, line), message)
        .hint("A quote that is never closed swallows all rows after it; look for one here.")
}

fn unclosed_quote(file: &str, line: u64) -> Problem {
    let message = "The quote opened on this line is never closed, so the rest of the file would be one cell.";
    Problem::error("unclosed-quote", Place::line(file, line), message)
        .hint("Close it, or remove it; a quote inside a quoted cell is written twice: \"\".")
}

fn stray_quote(file: &str, line: u64) -> Problem {
    let message = "Text follows a closing quote on this line, so where the cell ends is not certain.";
    Problem::error("stray-quote", Place::line(file, line), message)
        .hint("A quote inside a quoted cell is written twice: \"The \"\"Kairat\"\" club\".")
}

fn nul_byte(file: &str, line: u64, column: Option<&str>) -> Problem {
    let mut place = Place::line(file, line);
    place.column = column.map(str::to_owned);
    Problem::error("nul-byte", place, "There is a zero byte here, which no text has.")
        .hint("The file is damaged or in an encoding that was not recognised; save it again as `CSV UTF-8`.")
}
