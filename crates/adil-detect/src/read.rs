//! A file of a round as columns: CSV, compressed CSV, Parquet.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int32Array, Int64Array, RecordBatch, StringArray, new_null_array,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Schema, SchemaRef, TimestampMicrosecondType};
use datafusion::arrow::error::ArrowError;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::DetectError;
use crate::cells::{Builder, Cell, is_month};
use crate::schema::{Column, Kind, Table};
use crate::trouble::{Fault, Faults};

/// Takes the rows of a file as they come.
pub(crate) type Sink<'a> = dyn FnMut(RecordBatch) -> Result<(), DetectError> + 'a;

/// Reads a file, so many rows at a time, into the sink; what makes all of it unusable is an error among the problems.
///
/// The rows have the table's columns, then the number of the file and the row's place in it ([`Table::told_schema`]).
pub(crate) fn file(
    table: &Table,
    (number, shown): (i32, &str),
    path: &Path,
    problems: &mut Problems,
    at_a_time: usize,
    sink: &mut Sink<'_>,
) -> Result<Faults, DetectError> {
    let mut reading =
        Reading { table, number, month: None, shown, at_a_time, rows: 0, faults: Faults::default(), sink };
    if table.month_of_file.is_some() {
        reading.month = month_of(shown);
        if reading.month.is_none() {
            problems.push(
                Problem::error("file-name", Place::file(shown), "The file's name is no month.")
                    .hint("Name it after its month, such as 2023-04.csv."),
            );
            return Ok(Faults::default());
        }
    }
    let ending = |end: &str| shown.ends_with(end);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            problems.push(unreadable(shown, &error));
            return Ok(Faults::default());
        }
    };
    let known = problems.len();
    let read = if ending(".parquet") {
        parquet(&mut reading, file, problems)
    } else if ending(".zst") {
        zstd::stream::read::Decoder::new(file)
            .map_err(Stop::wrong)
            .and_then(|file| csv(&mut reading, file, problems))
    } else {
        csv(&mut reading, file, problems)
    };
    match read {
        Ok(()) => {}
        Err(Stop::Wrong(why)) => problems.push(unreadable(shown, &why)),
        Err(Stop::Failed(error)) => return Err(error),
    }
    if reading.rows == 0 && problems.len() == known {
        problems.push(
            Problem::warning("empty-file", Place::file(shown), "The file has no rows.")
                .hint("Where nothing happened this is right; else export it again."),
        );
    }
    Ok(reading.faults)
}

/// Why reading ends before the file does.
enum Stop {
    /// The file is not what it should be.
    Wrong(String),
    /// What was read could not be kept.
    Failed(DetectError),
}

impl Stop {
    fn wrong(error: impl std::fmt::Display) -> Self {
        Self::Wrong(error.to_string())
    }
}

/// A file being read.
struct Reading<'a, 'sink> {
    table: &'a Table,
    number: i32,
    month: Option<&'a str>,
    shown: &'a str,
    at_a_time: usize,
    /// Rows handed on.
    rows: usize,
    faults: Faults,
    sink: &'a mut Sink<'sink>,
}

impl Reading<'_, '_> {
    /// Hands rows on.
    fn take(&mut self, columns: Vec<ArrayRef>) -> Result<(), Stop> {
        let rows = columns.first().map_or(0, Array::len);
        if rows == 0 {
            return Ok(());
        }
        let columns = spans(self.table, columns, self.rows, &mut self.faults);
        let batch = self.whole(columns, rows).map_err(Stop::wrong)?;
        self.rows += rows;
        (self.sink)(batch).map_err(Stop::Failed)
    }

    /// The columns with those of the file's name and order.
    fn whole(&self, mut columns: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, ArrowError> {
        if self.table.month_of_file.is_some() {
            columns.push(Arc::new(StringArray::from(vec![self.month; rows])));
        }
        let lines = || -> ArrayRef { Arc::new(Int64Array::from_iter_values((line(self.rows)..).take(rows))) };
        if self.table.line.is_some() {
            columns.push(lines());
        }
        columns.push(Arc::new(Int32Array::from_value(self.number, rows)));
        columns.push(lines());
        RecordBatch::try_new(self.table.told_schema(), columns)
    }
}

/// The line of a row, counted from nought; the header is line 1.
fn line(row: usize) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX).saturating_add(2)
}

fn unreadable(shown: &str, why: &dyn std::fmt::Display) -> Problem {
    let message = format!("The file can't be read: {why}.");
    Problem::error("unreadable-file", Place::file(shown), message).hint("Export it again.")
}

/// The month that a file is named after.
fn month_of(shown: &str) -> Option<&str> {
    let name = shown.rsplit('/').next().unwrap_or(shown);
    name.get(..7).filter(|month| is_month(month))
}

fn csv(reading: &mut Reading<'_, '_>, file: impl Read, problems: &mut Problems) -> Result<(), Stop> {
    let table = reading.table;
    let mut source = BufReader::with_capacity(1 << 16, file);
    let mut head = Vec::new();
    // The first bytes tell the separator; a byte order mark is no part of the first name.
    source.by_ref().take(4_096).read_to_end(&mut head).map_err(Stop::wrong)?;
    let mark: &[u8] = b"\xef\xbb\xbf";
    let start = if head.starts_with(mark) { mark.len() } else { 0 };
    let first = head[start..].split(|b| *b == b'\n').next().unwrap_or_default();
    let many = |separator: u8| first.split(|b| *b == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|s| many(*s)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(head[start..].chain(source));
    let header = reader.headers().map_err(Stop::wrong)?.clone();
    if header.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let Some(places) = places(table, &names, reading.shown, problems) else { return Ok(()) };
    let mut builders: Vec<Builder> = table.columns.iter().map(|c| Builder::new(c.kind)).collect();
    let finished = |builders: &mut Vec<Builder>| builders.iter_mut().map(Builder::finish).collect();
    let mut record = ::csv::StringRecord::new();
    let mut held = 0;
    while reader.read_record(&mut record).map_err(Stop::wrong)? {
        let line = record.position().map(::csv::Position::line);
        for ((column, place), builder) in table.columns.iter().zip(&places).zip(&mut builders) {
            let text = place.and_then(|at| record.get(at)).unwrap_or("");
            note(builder.add(text), column, line, text, &mut reading.faults);
        }
        held += 1;
        if held == reading.at_a_time {
            reading.take(finished(&mut builders))?;
            held = 0;
        }
    }
    reading.take(finished(&mut builders))
}

fn note(cell: Cell, column: &Column, line: Option<u64>, text: &str, faults: &mut Faults) {
    match cell {
        Cell::Empty if column.needed => faults.note(Fault::Missing, &column.name, line, "", ""),
        Cell::Known | Cell::Empty => {}
        Cell::Unreadable => faults.note(Fault::Unreadable, &column.name, line, column.kind.words(), text),
        Cell::Utc => faults.note(Fault::Utc, &column.name, line, "", text),
    }
}

/// Where each column stands; none when a needed one is absent.
fn places(table: &Table, names: &[&str], shown: &str, problems: &mut Problems) -> Option<Vec<Option<usize>>> {
    let place = |column: &Column| names.iter().position(|n| *n == column.name);
    let mut complete = true;
    for column in table.columns.iter().filter(|c| c.needed && place(c).is_none()) {
        complete = false;
        let message = format!(
            "There is no column “{}”.{}",
            column.name,
            did_you_mean(&column.name, names.iter().copied())
        );
        let hint = format!("It must hold {}.", column.kind.words());
        problems.push(Problem::error("missing-column", Place::file(shown), message).hint(hint));
    }
    complete.then(|| table.columns.iter().map(place).collect())
}

fn parquet(reading: &mut Reading<'_, '_>, file: File, problems: &mut Problems) -> Result<(), Stop> {
    let table = reading.table;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(Stop::wrong)?;
    let schema: SchemaRef = Arc::clone(builder.schema());
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let Some(places) = places(table, &names, reading.shown, problems) else { return Ok(()) };
    let misfits = misfits(table, &schema, &places, reading.shown);
    if misfits.has_errors() {
        problems.extend(misfits);
        return Ok(());
    }
    for batch in builder.with_batch_size(reading.at_a_time).build().map_err(Stop::wrong)? {
        let batch = batch.map_err(Stop::wrong)?;
        let mut columns = Vec::with_capacity(places.len());
        for (column, place) in table.columns.iter().zip(&places) {
            columns.push(match place {
                Some(place) => {
                    typed(column, batch.column(*place), &mut reading.faults).map_err(Stop::wrong)?
                }
                None => new_null_array(&column.kind.arrow(), batch.num_rows()),
            });
        }
        reading.take(columns)?;
    }
    Ok(())
}

/// Columns of a Parquet file whose types can't be taken.
fn misfits(table: &Table, schema: &Schema, places: &[Option<usize>], shown: &str) -> Problems {
    let mut problems = Problems::new();
    for (column, place) in table.columns.iter().zip(places) {
        let Some(found) = place.map(|place| schema.field(place).data_type()) else { continue };
        if !is_text(found) && !is_family(column.kind, found) {
            let message = format!("The column holds {found}, not {}.", column.kind.words());
            let place = Place { column: Some(column.name.clone()), ..Place::file(shown) };
            problems.push(
                Problem::error("parquet-type", place, message)
                    .hint("Write the file with this column's type."),
            );
        }
    }
    problems
}

fn is_text(found: &DataType) -> bool {
    match found {
        DataType::Dictionary(_, values) => is_text(values),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        _ => false,
    }
}

/// A number where an identifier is expected has lost its zeros: it is not taken.
fn is_family(kind: Kind, found: &DataType) -> bool {
    match kind {
        Kind::Text | Kind::Month => false,
        Kind::Integer => found.is_integer(),
        Kind::Decimal => found.is_numeric(),
        Kind::Date => matches!(found, DataType::Date32 | DataType::Date64),
        Kind::Datetime => matches!(found, DataType::Timestamp(..)),
        Kind::Boolean => *found == DataType::Boolean,
    }
}

/// A column of a Parquet file as the table has it; text is read as the cells of a CSV file are.
fn typed(column: &Column, array: &ArrayRef, faults: &mut Faults) -> Result<ArrayRef, ArrowError> {
    if is_text(array.data_type()) {
        let text = cast(array, &DataType::Utf8)?;
        let mut builder = Builder::new(column.kind);
        for cell in text.as_string::<i32>() {
            let cell = cell.unwrap_or("");
            note(builder.add(cell), column, None, cell, faults);
        }
        return Ok(builder.finish());
    }
    let values = cast(array, &column.kind.arrow())?;
    for _ in 0..values.null_count().saturating_sub(array.null_count()) {
        faults.note(Fault::Unreadable, &column.name, None, column.kind.words(), "");
    }
    if column.needed {
        for _ in 0..array.null_count() {
            faults.note(Fault::Missing, &column.name, None, "", "");
        }
    }
    Ok(values)
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Ends before their beginnings: past midnight where the clock says so, else unknown.
fn spans(table: &Table, mut columns: Vec<ArrayRef>, before: usize, faults: &mut Faults) -> Vec<ArrayRef> {
    let Some((begins, ends)) = &table.span else { return columns };
    let place = |name: &str| table.columns.iter().position(|c| c.name == name);
    let (Some(from), Some(to)) = (place(begins), place(ends)) else { return columns };
    let starts = Arc::clone(&columns[from]);
    let starts = starts.as_primitive::<TimestampMicrosecondType>();
    let corrected =
        columns[to].as_primitive::<TimestampMicrosecondType>().iter().enumerate().map(|(at, end)| {
            let (start, end) = (starts.is_valid(at).then(|| starts.value(at))?, end?);
            if end >= start {
                return Some(end);
            }
            let same_day = start.div_euclid(DAY) == end.div_euclid(DAY);
            let night = start.rem_euclid(DAY) >= 18 * HOUR && end.rem_euclid(DAY) <= 6 * HOUR;
            let (fault, value) = if same_day && night {
                (Fault::CrossesMidnight, Some(end + DAY))
            } else {
                (Fault::EndsBeforeStart, None)
            };
            faults.note(
                fault,
                ends,
                u64::try_from(line(before + at)).ok(),
                "",
                &format!("{} – {}", clock(start), clock(end)),
            );
            value
        });
    let corrected: datafusion::arrow::array::TimestampMicrosecondArray = corrected.collect();
    columns[to] = Arc::new(corrected);
    columns
}

fn clock(at: i64) -> String {
    let minutes = at.rem_euclid(DAY) / (HOUR / 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
