//! A file of a round as columns: CSV, compressed CSV, Parquet.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, new_null_array,
};
use datafusion::arrow::compute::{cast, concat_batches};
use datafusion::arrow::datatypes::{DataType, SchemaRef, TimestampMicrosecondType};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::cells::{Builder, Cell, is_month};
use crate::schema::{Column, Kind, Table};
use crate::trouble::{Fault, Faults};

/// What was read of a file.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) batch: RecordBatch,
    pub(crate) faults: Faults,
}

/// Reads a file; what makes all of it unusable is an error among the problems.
pub(crate) fn file(table: &Table, path: &Path, shown: &str, problems: &mut Problems) -> Option<Contents> {
    let month = match (&table.month_of_file, month_of(shown)) {
        (Some(_), None) => {
            problems.push(
                Problem::error("file-name", Place::file(shown), "The file's name is no month.")
                    .hint("Name it after its month, such as 2023-04.csv."),
            );
            return None;
        }
        (_, month) => month,
    };
    let ending = |end: &str| shown.ends_with(end);
    let read = if ending(".parquet") {
        parquet(table, path, shown, problems)
    } else if ending(".zst") {
        let opened = File::open(path).and_then(zstd::stream::read::Decoder::new);
        opened
            .map_err(|e| unreadable(shown, &e.to_string()))
            .and_then(|file| csv(table, file, shown, problems))
    } else {
        let opened = File::open(path);
        opened
            .map_err(|e| unreadable(shown, &e.to_string()))
            .and_then(|file| csv(table, file, shown, problems))
    };
    let (columns, mut faults) = match read {
        Ok(Some(read)) => read,
        Ok(None) => return None,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let rows = columns.first().map_or(0, Array::len);
    if rows == 0 {
        problems.push(
            Problem::warning("empty-file", Place::file(shown), "The file has no rows.")
                .hint("Where nothing happened this is right; else export it again."),
        );
    }
    let columns = spans(table, columns, &mut faults);
    let batch = whole(table, columns, month, rows);
    batch
        .map_err(|e| problems.push(*unreadable(shown, &e.to_string())))
        .ok()
        .map(|batch| Contents { batch, faults })
}

type Columns = (Vec<ArrayRef>, Faults);

fn unreadable(shown: &str, why: &str) -> Box<Problem> {
    let message = format!("The file can't be read: {why}.");
    Box::new(Problem::error("unreadable-file", Place::file(shown), message).hint("Export it again."))
}

/// The month that a file is named after.
fn month_of(shown: &str) -> Option<&str> {
    let name = shown.rsplit('/').next().unwrap_or(shown);
    name.get(..7).filter(|month| is_month(month))
}

fn csv(
    table: &Table,
    file: impl Read,
    shown: &str,
    problems: &mut Problems,
) -> Result<Option<Columns>, Box<Problem>> {
    let mut source = BufReader::with_capacity(1 << 16, file);
    let mut head = Vec::new();
    let wrong = |e: std::io::Error| unreadable(shown, &e.to_string());
    // The first bytes tell the separator; a byte order mark is no part of the first name.
    source.by_ref().take(4_096).read_to_end(&mut head).map_err(wrong)?;
    let mark: &[u8] = b"\xef\xbb\xbf";
    let start = if head.starts_with(mark) { mark.len() } else { 0 };
    let first = head[start..].split(|b| *b == b'\n').next().unwrap_or_default();
    let many = |separator: u8| first.split(|b| *b == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|s| many(*s)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(head[start..].chain(source));
    let told = |e: ::csv::Error| unreadable(shown, &e.to_string());
    let header = reader.headers().map_err(told)?.clone();
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let mut builders: Vec<Builder> = table.columns.iter().map(|c| Builder::new(c.kind)).collect();
    if header.is_empty() {
        return Ok(Some((builders.iter_mut().map(Builder::finish).collect(), Faults::default())));
    }
    let Some(places) = places(table, &names, shown, problems) else { return Ok(None) };
    let mut faults = Faults::default();
    let mut record = ::csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(told)? {
        let line = record.position().map(::csv::Position::line);
        for ((column, place), builder) in table.columns.iter().zip(&places).zip(&mut builders) {
            let text = place.and_then(|at| record.get(at)).unwrap_or("");
            note(builder.add(text), column, line, text, &mut faults);
        }
    }
    Ok(Some((builders.iter_mut().map(Builder::finish).collect(), faults)))
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

fn parquet(
    table: &Table,
    path: &Path,
    shown: &str,
    problems: &mut Problems,
) -> Result<Option<Columns>, Box<Problem>> {
    let told = |e: &dyn std::fmt::Display| unreadable(shown, &e.to_string());
    let file = File::open(path).map_err(|e| told(&e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| told(&e))?;
    let schema: SchemaRef = Arc::clone(builder.schema());
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let Some(places) = places(table, &names, shown, problems) else { return Ok(None) };
    let reader = builder.build().map_err(|e| told(&e))?;
    let batches: Vec<RecordBatch> = reader.collect::<Result<_, _>>().map_err(|e| told(&e))?;
    let batch = concat_batches(&schema, &batches).map_err(|e| told(&e))?;
    let mut faults = Faults::default();
    let mut columns = Vec::with_capacity(places.len());
    for (column, place) in table.columns.iter().zip(places) {
        let Some(place) = place else {
            columns.push(new_null_array(&column.kind.arrow(), batch.num_rows()));
            continue;
        };
        match typed(column, batch.column(place), &mut faults) {
            Some(array) => columns.push(array),
            None => problems.push(
                Problem::error(
                    "parquet-type",
                    Place { column: Some(column.name.clone()), ..Place::file(shown) },
                    format!(
                        "The column holds {}, not {}.",
                        batch.column(place).data_type(),
                        column.kind.words()
                    ),
                )
                .hint("Write the file with this column's type."),
            ),
        }
    }
    Ok((columns.len() == table.columns.len()).then_some((columns, faults)))
}

/// A column of a Parquet file as the table has it; text is read as the cells of a CSV file are.
fn typed(column: &Column, array: &ArrayRef, faults: &mut Faults) -> Option<ArrayRef> {
    let is_text = |t: &DataType| matches!(t, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let text_inside = match array.data_type() {
        DataType::Dictionary(_, values) => is_text(values),
        other => is_text(other),
    };
    if text_inside {
        let text = cast(array, &DataType::Utf8).ok()?;
        let mut builder = Builder::new(column.kind);
        for cell in text.as_string::<i32>() {
            let cell = cell.unwrap_or("");
            note(builder.add(cell), column, None, cell, faults);
        }
        return Some(builder.finish());
    }
    // A number where an identifier is expected has lost its zeros: it is not taken.
    let same_family = match column.kind {
        Kind::Text | Kind::Month => false,
        Kind::Integer => array.data_type().is_integer(),
        Kind::Decimal => array.data_type().is_numeric(),
        Kind::Date => matches!(array.data_type(), DataType::Date32 | DataType::Date64),
        Kind::Datetime => matches!(array.data_type(), DataType::Timestamp(..)),
        Kind::Boolean => *array.data_type() == DataType::Boolean,
    };
    if !same_family {
        return None;
    }
    let values = cast(array, &column.kind.arrow()).ok()?;
    for _ in 0..values.null_count().saturating_sub(array.null_count()) {
        faults.note(Fault::Unreadable, &column.name, None, column.kind.words(), "");
    }
    if column.needed {
        for _ in 0..array.null_count() {
            faults.note(Fault::Missing, &column.name, None, "", "");
        }
    }
    Some(values)
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Ends before their beginnings: past midnight where the clock says so, else unknown.
fn spans(table: &Table, mut columns: Vec<ArrayRef>, faults: &mut Faults) -> Vec<ArrayRef> {
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
            let line = u64::try_from(at).ok().map(|at| at + 2);
            faults.note(fault, ends, line, "", &format!("{} – {}", clock(start), clock(end)));
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

/// The columns with those of the file's name and order.
fn whole(
    table: &Table,
    mut columns: Vec<ArrayRef>,
    month: Option<&str>,
    rows: usize,
) -> Result<RecordBatch, datafusion::arrow::error::ArrowError> {
    if table.month_of_file.is_some() {
        columns.push(Arc::new(StringArray::from(vec![month; rows])));
    }
    if table.line.is_some() {
        columns.push(Arc::new(Int64Array::from_iter_values((2..).take(rows))));
    }
    RecordBatch::try_new(table.schema(), columns)
}
