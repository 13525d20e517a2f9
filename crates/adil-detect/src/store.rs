//! The tables of a round as Parquet, made once for the same files and kept beside the attendance.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use adil_domain::{Problem, Problems};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::schema::Table;
use crate::sort::{self, Run, parts, write};
use crate::trouble::Faults;
use crate::{DetectError, engine, read};

/// Raised when what is kept would be made otherwise.
const FORMAT: &[u8] = b"adil-detect/3";
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

/// The folders of a table's Parquet files and of those of the tables made of it, made where they are not there yet. A table
/// without rows is a file without rows, so that it can be read like any other, here and elsewhere.
pub(crate) fn parquet(
    round: &Path,
    (table, made): (&Table, &[&Table]),
    files: &[String],
    (pool, part_rows): (&ThreadPool, usize),
    problems: &mut Problems,
) -> Result<Option<BTreeMap<String, PathBuf>>, DetectError> {
    let kept = round.join(KEPT);
    let folder = kept.join(pool.install(|| digest(round, table, made, files))?);
    let all = || [table].into_iter().chain(made.iter().copied());
    let folders = all().map(|table| (table.name.clone(), folder.join(&table.name))).collect();
    if folder.is_dir() {
        problems.extend(told_before(&folder)?);
        return Ok(Some(folders));
    }
    if let Some(problem) = told_twice(files) {
        problems.push(problem);
        return Ok(None);
    }
    fs::create_dir_all(&kept).map_err(|e| DetectError::file(&kept, e))?;
    let fresh = tempfile::tempdir_in(&kept).map_err(|e| DetectError::file(&kept, e))?;
    for table in all() {
        let folder = fresh.path().join(&table.name);
        fs::create_dir(&folder).map_err(|e| DetectError::file(&folder, e))?;
    }
    let told = pool.install(|| make(round, (table, made), files, fresh.path(), part_rows))?;
    let wrong = told.has_errors();
    if !wrong {
        tell(fresh.path(), &told)?;
    }
    problems.extend(told);
    if wrong {
        return Ok(None);
    }
    let fresh = fresh.keep();
    fs::rename(&fresh, &folder).map_err(|e| DetectError::file(&folder, e))?;
    forget(&kept, &table.name, &folder)?;
    Ok(Some(folders))
}

/// Makes the files of Parquet below a folder, and tells what was found in those they are made of.
fn make(
    round: &Path,
    (table, made): (&Table, &[&Table]),
    files: &[String],
    folder: &Path,
    part_rows: usize,
) -> Result<Problems, DetectError> {
    let passing = tempfile::tempdir_in(folder).map_err(|e| DetectError::file(folder, e))?;
    let read: Vec<(Problems, Faults, Vec<Run>)> = files
        .par_iter()
        .enumerate()
        .map(|(number, file)| {
            let (mut problems, mut runs) = (Problems::new(), Vec::new());
            let path = |run: usize| passing.path().join(format!("{number}-{run}.parquet"));
            let number = i32::try_from(number).unwrap_or(i32::MAX);
            let faults = read::file(
                table,
                (number, file),
                &round.join(file),
                &mut problems,
                part_rows,
                &mut |rows| {
                    runs.push(Run::new(table, &rows, path(runs.len()))?);
                    Ok(())
                },
            )?;
            Ok((problems, faults, runs))
        })
        .collect::<Result<_, DetectError>>()?;
    let (mut told, mut runs) = (Vec::new(), Vec::new());
    for (problems, faults, of_file) in read {
        told.push((problems, faults));
        runs.extend(of_file);
    }
    let again: Vec<BTreeMap<i32, Faults>> = parts(&runs, part_rows)
        .par_iter()
        .enumerate()
        .map(|(number, part)| {
            let mut faults = BTreeMap::new();
            let rows = sort::part(table, &runs, (number, part), &mut faults)?;
            let path = |table: &Table| folder.join(&table.name).join(format!("{number:05}.parquet"));
            write(&path(table), &rows)?;
            for table in made {
                write(&path(table), &engine::made(table, &rows)?)?;
            }
            Ok(faults)
        })
        .collect::<Result<_, DetectError>>()?;
    for (number, faults) in again.into_iter().flatten() {
        if let Some((_, of_file)) = usize::try_from(number).ok().and_then(|number| told.get_mut(number)) {
            of_file.append(faults);
        }
    }
    let mut problems = Problems::new();
    for ((of_file, faults), file) in told.into_iter().zip(files) {
        problems.extend(of_file);
        problems.extend(faults.into_problems(file));
    }
    Ok(problems)
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

/// One name for the files' bytes and for what the tables take of them.
fn digest(round: &Path, table: &Table, made: &[&Table], files: &[String]) -> Result<String, DetectError> {
    let read = |file: &String| {
        let path = round.join(file);
        let mut digest = blake3::Hasher::new();
        let source = File::open(&path).map_err(|e| DetectError::file(&path, e))?;
        digest.update_reader(source).map_err(|e| DetectError::file(&path, e))?;
        Ok(digest.finalize())
    };
    let read: Vec<_> = files.par_iter().map(read).collect::<Result<_, DetectError>>()?;
    let mut all = blake3::Hasher::new();
    all.update(FORMAT);
    all.update(format!("{table:?}{made:?}").as_bytes());
    for (file, digest) in files.iter().zip(read) {
        all.update(file.as_bytes());
        all.update(&[0]);
        all.update(digest.as_bytes());
    }
    Ok(hex::encode(&all.finalize().as_bytes()[..8]))
}

/// Takes away what was made of other files of the same table.
fn forget(kept: &Path, table: &str, fresh: &Path) -> Result<(), DetectError> {
    let failed = |e| DetectError::file(kept, e);
    for entry in fs::read_dir(kept).map_err(failed)? {
        let digest = entry.map_err(failed)?.path();
        if digest != fresh && digest.join(table).is_dir() {
            fs::remove_dir_all(&digest).map_err(failed)?;
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

impl Stored {
    /// The files of a table's parts, in its order.
    pub(crate) fn parts(&self, table: &str) -> Result<Vec<PathBuf>, DetectError> {
        let Some(folder) = self.folders.get(table) else { return Ok(Vec::new()) };
        let failed = |e| DetectError::file(folder, e);
        let entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        files.sort();
        Ok(files)
    }
}
