//! A table of any size in its order, on a machine of any size.
//!
//! What is read at a time is sorted and kept as a run. Then one part of the table after another, a range of the first column
//! of its order, is put together from all runs. Rows about the same thing stand side by side there, from whatever file.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, UInt32Array,
};
use datafusion::arrow::compute::kernels::cmp::not_distinct;
use datafusion::arrow::compute::{and, concat_batches, filter_record_batch, not, take_record_batch};
use datafusion::arrow::datatypes::{Int32Type, Int64Type};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::metadata::PageIndexPolicy;
use datafusion::parquet::file::properties::WriterProperties;

use crate::DetectError;
use crate::schema::Table;
use crate::trouble::{Fault, Faults};

/// Rows that one core reads at a time.
const GROUP: usize = 1 << 18;

/// Rows of one value of the first column of the order; none stands first.
type Counts = BTreeMap<Option<String>, usize>;

/// Some rows of a table in their order, in a file.
#[derive(Debug)]
pub(crate) struct Run {
    path: PathBuf,
    rows: usize,
    /// Of a table that is kept in parts.
    counts: Counts,
    /// The file's own, so that it is not read again for every part.
    metadata: ArrowReaderMetadata,
}

impl Run {
    /// Sorts rows and keeps them.
    pub(crate) fn new(table: &Table, batch: &RecordBatch, path: PathBuf) -> Result<Self, DetectError> {
        let failed = |e| DetectError::query(format!("sorting {}", table.files), e);
        let batch = in_order(table, batch).map_err(failed)?;
        write(&path, &batch)?;
        let counts = if table.parts { counts(table, &batch).map_err(failed)? } else { Counts::new() };
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let file = File::open(&path).map_err(|e| DetectError::file(&path, e))?;
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(|e| reading(&path, e))?;
        Ok(Self { path, rows: batch.num_rows(), counts, metadata })
    }

    fn read(&self, rows: &Range<usize>) -> Result<Vec<RecordBatch>, DetectError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |e| reading(&self.path, e);
        let file = File::open(&self.path).map_err(|e| DetectError::file(&self.path, e))?;
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_batch_size(GROUP)
            .with_offset(rows.start)
            .with_limit(rows.len())
            .build()
            .map_err(failed)?;
        reader.collect::<Result<_, _>>().map_err(|e| failed(e.into()))
    }
}

fn reading(path: &Path, error: datafusion::parquet::errors::ParquetError) -> DetectError {
    DetectError::query(format!("reading {}", path.display()), error)
}

/// The rows of each run that make up a part.
pub(crate) type Part = Vec<Range<usize>>;

/// The parts of a table, in its order, each full at so many rows; at least one, be it without rows.
pub(crate) fn parts(runs: &[Run], full: usize) -> Vec<Part> {
    let mut all = Counts::new();
    for (value, count) in runs.iter().flat_map(|run| &run.counts) {
        *all.entry(value.clone()).or_default() += count;
    }
    let mut parts = Vec::new();
    let mut ends = vec![0_usize; runs.len()];
    let mut starts = ends.clone();
    let mut held = 0;
    for (value, count) in &all {
        held += count;
        for (run, end) in runs.iter().zip(&mut ends) {
            *end += run.counts.get(value).copied().unwrap_or(0);
        }
        if held >= full {
            parts.push(starts.iter().zip(&ends).map(|(start, end)| *start..*end).collect());
            starts.clone_from(&ends);
            held = 0;
        }
    }
    let rest: Part = starts.iter().zip(runs).map(|(start, run)| *start..run.rows).collect();
    if parts.is_empty() || rest.iter().any(|rows| !rows.is_empty()) {
        parts.push(rest);
    }
    parts
}

/// A part as it is asked about: every row once, in order. Rows told twice are faults of the files that tell them again.
pub(crate) fn part(
    table: &Table,
    runs: &[Run],
    (number, part): (usize, &Part),
    faults: &mut BTreeMap<i32, Faults>,
) -> Result<RecordBatch, DetectError> {
    let mut batches = Vec::new();
    for (run, rows) in runs.iter().zip(part) {
        batches.extend(run.read(rows)?);
    }
    let failed = |e| DetectError::query(format!("sorting {}", table.files), e);
    let batch = concat_batches(&table.told_schema(), &batches).map_err(failed)?;
    let batch = in_order(table, &batch).and_then(|batch| once(table, &batch, faults)).map_err(failed)?;
    let told: Vec<usize> = (0..table.file_schema().fields().len()).collect();
    batch.project(&told).and_then(|batch| numbered(table, &batch, number)).map_err(failed)
}

/// Writes rows as a file of Parquet.
pub(crate) fn write(path: &Path, batch: &RecordBatch) -> Result<(), DetectError> {
    let failed = |e| DetectError::query(format!("writing {}", path.display()), e);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .set_created_by("adil-detect".to_owned())
        .build();
    let file = File::create(path).map_err(|e| DetectError::file(path, e))?;
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(failed)?;
    writer.write(batch).map_err(failed)?;
    writer.close().map_err(failed)?;
    Ok(())
}

fn counts(table: &Table, batch: &RecordBatch) -> Result<Counts, ArrowError> {
    let first = table.order.first().and_then(|name| batch.column_by_name(name));
    let text = first.and_then(|column| column.as_string_opt::<i32>());
    let text = text.ok_or_else(|| ArrowError::SchemaError("parts go by a column of text".to_owned()))?;
    let mut counts = Counts::new();
    let mut start = 0;
    while start < text.len() {
        let value = text.is_valid(start).then(|| text.value(start));
        let same = |at: &usize| text.is_valid(*at).then(|| text.value(*at)) == value;
        let end = (start..text.len()).take_while(same).count() + start;
        counts.insert(value.map(str::to_owned), end - start);
        start = end;
    }
    Ok(counts)
}

/// The rows by the columns of the table's order, then by all others: any order of the same rows gives the same bytes.
fn in_order(table: &Table, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let count = u32::try_from(batch.num_rows()).map_err(|_| {
        ArrowError::InvalidArgumentError("more than four thousand million rows in a part".to_owned())
    })?;
    let schema = batch.schema();
    let place = |name: &str| table.order.iter().position(|o| o == name).unwrap_or(usize::MAX);
    let mut columns: Vec<(usize, &ArrayRef)> =
        schema.fields().iter().zip(batch.columns()).map(|(f, c)| (place(f.name()), c)).collect();
    columns.sort_by_key(|(place, _)| *place);
    let arrays: Vec<ArrayRef> = columns.into_iter().map(|(_, array)| ArrayRef::clone(array)).collect();
    let fields = arrays.iter().map(|a| SortField::new(a.data_type().clone())).collect();
    let rows = RowConverter::new(fields)?.convert_columns(&arrays)?;
    let at = |i: u32| i as usize;
    let mut order: Vec<u32> = (0..count).collect();
    // Files mostly come in order, and parts are made of runs: the stable sort merges what is sorted.
    order.sort_by(|a, b| rows.row(at(*a)).cmp(&rows.row(at(*b))));
    take_record_batch(batch, &UInt32Array::from(order))
}

/// Leaves out rows that repeat another word for word, but for their places in the files.
fn once(
    table: &Table,
    batch: &RecordBatch,
    faults: &mut BTreeMap<i32, Faults>,
) -> Result<RecordBatch, ArrowError> {
    if table.unique.is_empty() || batch.num_rows() < 2 {
        return Ok(batch.clone());
    }
    let own = table.file_schema();
    let names = || own.fields().iter().map(|field| field.name().as_str());
    let alike = as_before(batch, names().filter(|name| table.unique.iter().any(|u| u == name)))?;
    let repeated = as_before(batch, names().filter(|name| table.line.as_deref() != Some(name)))?;
    let [file, row] = Table::TOLD.map(|name| batch.column_by_name(name));
    if let (Some(file), Some(row)) = (file, row) {
        let (file, row) = (file.as_primitive::<Int32Type>(), row.as_primitive::<Int64Type>());
        for at in (0..batch.num_rows()).filter(|at| alike.value(*at)) {
            let fault = if repeated.value(at) { Fault::Repeated } else { Fault::Contradicting };
            let of_file = faults.entry(file.value(at)).or_default();
            of_file.note(fault, "", u64::try_from(row.value(at)).ok(), "", "");
        }
    }
    filter_record_batch(batch, &not(&repeated)?)
}

/// Adds the columns of numbers: alike where the columns they stand for are, in no other part, and quicker to compare.
fn numbered(table: &Table, batch: &RecordBatch, part: usize) -> Result<RecordBatch, ArrowError> {
    let mut columns = batch.columns().to_vec();
    for names in table.numbers.values() {
        let named: Vec<ArrayRef> = names.iter().filter_map(|n| batch.column_by_name(n).cloned()).collect();
        let fields = named.iter().map(|a| SortField::new(a.data_type().clone())).collect();
        let rows = RowConverter::new(fields)?.convert_columns(&named)?;
        let first = i64::try_from(part).unwrap_or(i64::MAX) << 32;
        let mut known: HashMap<&[u8], i64> = HashMap::new();
        let numbers = rows.iter().map(|row| {
            let next = first + i64::try_from(known.len()).unwrap_or(i64::MAX);
            *known.entry(row.data()).or_insert(next)
        });
        columns.push(Arc::new(Int64Array::from_iter_values(numbers)));
    }
    RecordBatch::try_new(table.schema(), columns)
}

/// Which rows have in these columns what the row before has.
fn as_before<'a>(
    batch: &RecordBatch,
    columns: impl Iterator<Item = &'a str>,
) -> Result<BooleanArray, ArrowError> {
    let steps = batch.num_rows() - 1;
    let mut same = BooleanArray::from(vec![true; steps]);
    for column in columns.filter_map(|name| batch.column_by_name(name)) {
        same = and(&same, &not_distinct(&column.slice(1, steps), &column.slice(0, steps))?)?;
    }
    Ok(std::iter::once(false).chain(same.values().iter()).map(Some).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where something is wrong")]
mod tests {
    use adil_domain::Problems;

    use super::*;
    use crate::read;
    use crate::schema::tables;

    /// Rows of seven sections, in no order; every third of the first file stands in the second as well.
    fn files() -> [String; 2] {
        let row = |n: u32| {
            let (section, child, day) = (n * 5 % 7, n * 11 % 13, n % 28 + 1);
            format!("F,S{section},c{child:02},C,2023-01-{day:02}T10:00:00,2023-01-{day:02}T11:00:00,true\n")
        };
        let head = "facility_id,section_id,participant,coach_id,starts_at,ends_at,present\n";
        let first: String = (0..90).map(row).collect();
        let second: String = (0..120).filter(|n| n % 3 == 0).map(row).collect();
        [format!("{head}{first}"), format!("{head}{second}")]
    }

    fn made(full: usize, at_a_time: usize) -> (Vec<RecordBatch>, BTreeMap<i32, Faults>) {
        let tables = tables().unwrap();
        let table = &tables["attendance"];
        let folder = tempfile::tempdir().unwrap();
        let mut runs = Vec::new();
        for (number, text) in (0..).zip(files()) {
            let path = folder.path().join(format!("{number}.csv"));
            std::fs::write(&path, text).unwrap();
            let mut problems = Problems::new();
            let _ = read::file(table, (number, "file.csv"), &path, &mut problems, at_a_time, &mut |rows| {
                let path = folder.path().join(format!("{}.parquet", runs.len()));
                runs.push(Run::new(table, &rows, path)?);
                Ok(())
            })
            .unwrap();
            assert!(problems.is_empty());
        }
        let mut faults = BTreeMap::new();
        let parts = parts(&runs, full);
        let made = parts.iter().enumerate().map(|part| super::part(table, &runs, part, &mut faults).unwrap());
        (made.collect(), faults)
    }

    /// The rows without their numbers, which are of a part.
    fn rows(parts: &[RecordBatch]) -> RecordBatch {
        let whole = concat_batches(&parts[0].schema(), parts).unwrap();
        whole.project(&(0..7).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn runs_and_parts_of_any_size_hold_the_same_rows_in_the_same_order() {
        let (whole, _) = made(usize::MAX, usize::MAX);
        assert_eq!(whole.len(), 1);
        // Seven sections, thirteen children and 28 days come round together after 364 rows.
        assert_eq!(whole[0].num_rows(), 100);
        for (full, at_a_time) in [(1, 1), (1, 1_000), (20, 7), (1_000, 3)] {
            let (parts, _) = made(full, at_a_time);
            assert_eq!(rows(&parts), rows(&whole), "{full}, {at_a_time}");
            let section =
                |batch: &RecordBatch, at: usize| batch.column(1).as_string::<i32>().value(at).to_owned();
            for pair in parts.windows(2) {
                let last = section(&pair[0], pair[0].num_rows() - 1);
                assert_ne!(last, section(&pair[1], 0), "a section lies in two parts");
            }
        }
    }

    #[test]
    fn a_row_of_two_files_is_told_of_the_second_whatever_the_parts() {
        for (full, at_a_time) in [(usize::MAX, usize::MAX), (1, 4)] {
            let (_, mut faults) = made(full, at_a_time);
            assert_eq!(faults.keys().collect::<Vec<_>>(), [&1]);
            let told = faults.remove(&1).unwrap().into_problems("second.csv");
            let told: Vec<String> = told.iter().map(ToString::to_string).collect();
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains("repeated-row") && told[0].contains("30 rows"), "{told:?}");
        }
    }

    #[test]
    fn numbers_are_alike_where_what_they_stand_for_is() {
        let (parts, _) = made(20, 7);
        let mut known: BTreeMap<i64, (String, String)> = BTreeMap::new();
        let mut pairs = std::collections::BTreeSet::new();
        for part in &parts {
            let text = |name: &str| part.column_by_name(name).unwrap().as_string::<i32>();
            let seats = part.column_by_name("seat").unwrap().as_primitive::<Int64Type>();
            for at in 0..part.num_rows() {
                let pair =
                    (text("section_id").value(at).to_owned(), text("participant").value(at).to_owned());
                pairs.insert(pair.clone());
                assert_eq!(known.entry(seats.value(at)).or_insert_with(|| pair.clone()), &pair);
            }
        }
        assert_eq!(known.len(), pairs.len());
    }
}
