//! The tables of a round as Parquet, made once for the same files and kept beside the attendance.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use adil_domain::{Problem, Problems};
use datafusion::arrow::array::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use crate::DetectError;
use crate::read;
use crate::schema::Table;
use crate::sort::sorted;

/// Raised when what is kept would be made otherwise.
const FORMAT: &[u8] = b"adil-detect/2";
/// Rows that one core reads at a time.
const ROWS: usize = 1 << 18;
/// Where they are kept, below the round.
const KEPT: &str = "attendance/.parquet";
/// The problems of the files that a kept table was made of.
const PROBLEMS: &str = "problems.csv";

/// The table's files below the round, in the order of their names; none when the round does not have it.
pub(crate) fn files(round: &Path, table: &Table) -> Result<Vec<String>, DetectError> {
    let Some(folder) = table.files.strip_suffix('/') else {
        return Ok(if round.join(&table.files).is_file() { vec![table.files.clone()] } else { Vec::new() });
    };
    let path = round.join(folder);
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(&path).map_err(|e| DetectError::file(&path, e))? {
        let name = entry.map_err(|e| DetectError::file(&path, e))?.file_name().to_string_lossy().into_owned();
        if [".csv", ".csv.zst", ".parquet"].iter().any(|end| name.ends_with(end) && name != *end) {
            names.push(format!("{folder}/{name}"));
        }
    }
    names.sort();
    Ok(names)
}

/// The folder of a table's Parquet files, made where it is not there yet. A table without rows is a file without rows, so
/// that it can be read like any other, here and elsewhere.
pub(crate) fn parquet(
    round: &Path,
    table: &Table,
    files: &[String],
    problems: &mut Problems,
) -> Result<Option<PathBuf>, DetectError> {
    let kept = round.join(KEPT);
    let folder = kept.join(digest(round, table, files)?).join(&table.name);
    if folder.is_dir() {
        problems.extend(told_before(&folder)?);
        return Ok(Some(folder));
    }
    if let Some(problem) = told_twice(files) {
        problems.push(problem);
        return Ok(None);
    }
    fs::create_dir_all(&kept).map_err(|e| DetectError::file(&kept, e))?;
    let fresh = tempfile::tempdir_in(&kept).map_err(|e| DetectError::file(&kept, e))?;
    let mut told = Problems::new();
    let path = |number: usize| fresh.path().join(format!("{number:05}.parquet"));
    let mut written = false;
    for (number, file) in files.iter().enumerate() {
        let Some(mut read) = read::file(table, &round.join(file), file, &mut told) else { continue };
        let batch = sorted(table, &read.batch, &mut read.faults)
            .map_err(|e| DetectError::query(format!("sorting {file}"), e))?;
        told.extend(read.faults.into_problems(file));
        write(&path(number), &batch)?;
        written = true;
    }
    if !written {
        write(&path(0), &RecordBatch::new_empty(table.schema()))?;
    }
    let wrong = told.has_errors();
    if !wrong {
        tell(fresh.path(), &told)?;
    }
    problems.extend(told);
    if wrong {
        return Ok(None);
    }
    forget(&kept, &table.name)?;
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(|e| DetectError::file(parent, e))?;
    }
    let fresh = fresh.keep();
    fs::rename(&fresh, &folder).map_err(|e| DetectError::file(&folder, e))?;
    Ok(Some(folder))
}

/// Two files of one name, as when a month was unpacked beside its compressed file: every row would count twice.
fn told_twice(files: &[String]) -> Option<Problem> {
    let stem = |file: &str| file.split_once('.').map_or(file, |(stem, _)| stem).to_owned();
    let pair = files.windows(2).find(|pair| stem(&pair[0]) == stem(&pair[1]))?;
    let message = format!("The same rows would count twice: {} is there as well.", pair[0]);
    Some(
        Problem::error("file-twice", adil_domain::Place::file(&pair[1]), message)
            .hint("Leave one of the two files."),
    )
}

/// One name for the files' bytes and for what the table takes of them.
fn digest(round: &Path, table: &Table, files: &[String]) -> Result<String, DetectError> {
    let mut all = Sha256::new();
    all.update(FORMAT);
    all.update(format!("{table:?}"));
    let mut buffer = vec![0; 1 << 16];
    for file in files {
        let path = round.join(file);
        let failed = |e: io::Error| DetectError::file(&path, e);
        let mut one = Sha256::new();
        let mut source = File::open(&path).map_err(failed)?;
        loop {
            let read = source.read(&mut buffer).map_err(failed)?;
            if read == 0 {
                break;
            }
            one.update(&buffer[..read]);
        }
        all.update(file.as_bytes());
        all.update([0]);
        all.update(one.finalize());
    }
    Ok(hex::encode(&all.finalize()[..8]))
}

fn write(path: &Path, batch: &RecordBatch) -> Result<(), DetectError> {
    let failed = |e| DetectError::query(format!("writing {}", path.display()), e);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROWS))
        .set_created_by("adil-detect".to_owned())
        .build();
    let file = File::create(path).map_err(|e| DetectError::file(path, e))?;
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(failed)?;
    writer.write(batch).map_err(failed)?;
    writer.close().map_err(failed)?;
    Ok(())
}

/// Takes away what was made of other files of the same table.
fn forget(kept: &Path, table: &str) -> Result<(), DetectError> {
    let failed = |e| DetectError::file(kept, e);
    for entry in fs::read_dir(kept).map_err(failed)? {
        let digest = entry.map_err(failed)?.path();
        let old = digest.join(table);
        if old.is_dir() {
            fs::remove_dir_all(&old).map_err(failed)?;
            // Another table may still stand beside it.
            let _ = fs::remove_dir(&digest);
        }
    }
    Ok(())
}

/// Codes of what may be told of a table that is kept.
const CODES: [&str; 8] = [
    "missing-value",
    "unreadable-value",
    "ends-before-start",
    "crosses-midnight",
    "utc-time",
    "repeated-row",
    "contradicting-rows",
    "empty-file",
];

fn tell(folder: &Path, problems: &Problems) -> Result<(), DetectError> {
    let path = folder.join(PROBLEMS);
    let failed = |e: csv::Error| DetectError::file(&path, e.into());
    let mut writer = csv::Writer::from_path(&path).map_err(failed)?;
    for problem in problems {
        let place = &problem.place;
        writer
            .write_record([
                problem.code,
                &place.file,
                &place.line.map(|l| l.to_string()).unwrap_or_default(),
                place.column.as_deref().unwrap_or(""),
                &problem.message,
                problem.hint.as_deref().unwrap_or(""),
            ])
            .map_err(failed)?;
    }
    writer.flush().map_err(|e| DetectError::file(&path, e))
}

fn told_before(folder: &Path) -> Result<Vec<Problem>, DetectError> {
    let path = folder.join(PROBLEMS);
    let failed = |e: csv::Error| DetectError::file(&path, e.into());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).map_err(failed)?;
    let mut problems = Vec::new();
    for row in reader.records() {
        let row = row.map_err(failed)?;
        let cell = |at: usize| row.get(at).unwrap_or("");
        let some = |at: usize| Some(cell(at)).filter(|c| !c.is_empty()).map(str::to_owned);
        let Some(code) = CODES.into_iter().find(|c| *c == cell(0)) else { continue };
        let place = adil_domain::Place {
            file: cell(1).to_owned(),
            line: cell(2).parse().ok(),
            column: some(3),
            span: None,
        };
        let mut problem = Problem::warning(code, place, cell(4));
        problem.hint = some(5);
        problems.push(problem);
    }
    Ok(problems)
}

/// Tables that were made.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// Where their Parquet is, by their names.
    pub(crate) folders: BTreeMap<String, PathBuf>,
    /// Those that the round has; the others have no rows.
    pub(crate) present: BTreeSet<String>,
}
