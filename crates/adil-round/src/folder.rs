//! Files in, files out: reading a round folder, and replacing a decision folder whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use adil_domain::{Place, Problem, Problems};
use sha2::{Digest, Sha256};

/// Files by their path relative to a folder, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The rules.
pub const POLICY: &str = "policy.toml";
/// The description of the tables.
pub const PACKAGE: &str = "datapackage.json";
/// What was asked for.
pub const APPLICATIONS: &str = "applications.csv";
/// The places where sport happens.
pub const FACILITIES: &str = "facilities.csv";
/// Who runs them.
pub const OPERATORS: &str = "operators.csv";
/// Regions, districts, counties.
pub const TERRITORIES: &str = "territories.csv";
/// What registers and verifiers answered.
pub const CHECKS: &str = "checks.csv";
/// The folder of sources that keep their answers in a file of their own, which they may sign.
pub const CHECKS_FOLDER: &str = "checks";
/// What a signature's name ends with: that of the signed file and this.
pub const SIGNATURE: &str = ".sig";
/// What operators dispute, and what sources replied.
pub const DISPUTES: &str = "disputes.csv";
/// Earlier awards and payments.
pub const HISTORY: &str = "history.csv";
/// What detectors found.
pub const FLAGS: &str = "flags.csv";
/// What people saw.
pub const OBSERVATIONS: &str = "observations.csv";
/// How people got to a facility.
pub const JOURNEYS: &str = "journeys.csv";
/// Where people live.
pub const POPULATION: &str = "population.csv";
/// How long it takes from where people live to facilities.
pub const TRAVEL_TIMES: &str = "travel_times.csv";
/// Boundaries of the places, for maps and to check positions; the money never rests on them.
pub const BOUNDARIES: &str = "territories.geojson";
/// The folder of published models within a round.
pub const MODELS: &str = "models";
/// What is wrong with the input.
pub const PROBLEMS: &str = "problems.csv";
/// The folder of the decision within a round.
pub const DECISION: &str = "decision";
/// Digests of every file of the decision, written last.
pub const SUMS: &str = "SHA256SUMS";

/// The files that a decision reads, as far as they are there.
pub const READ: [&str; 15] = [
    POLICY,
    PACKAGE,
    APPLICATIONS,
    FACILITIES,
    OPERATORS,
    TERRITORIES,
    CHECKS,
    DISPUTES,
    HISTORY,
    FLAGS,
    OBSERVATIONS,
    JOURNEYS,
    POPULATION,
    TRAVEL_TIMES,
    BOUNDARIES,
];

/// The folders of which a decision reads the files with these endings.
const READ_BELOW: [(&str, &[&str]); 2] = [(MODELS, &[".json"]), (CHECKS_FOLDER, &[".csv", ".csv.sig"])];

/// Whether a decision reads a file of that path in one of its folders.
pub(crate) fn is_read_below(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, file)| {
        let wanted = READ_BELOW.iter().find(|(name, _)| *name == folder);
        !file.contains('/') && wanted.is_some_and(|(_, endings)| endings.iter().any(|e| file.ends_with(e)))
    })
}

/// Reads the files that a decision rests on.
///
/// # Errors
/// A folder that is none, or a file that can't be read: all of them, not only the first. A file that is absent is no
/// error here; what needs it says so.
pub fn read(round: &Path) -> Result<Files, Problems> {
    let mut problems = Problems::new();
    let mut files = Files::new();
    match fs::metadata(round) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => problems.push(
            Problem::error(
                "not-a-folder",
                Place::file(shown(round)),
                "A round is a folder, but this is a file.",
            )
            .hint("Name the folder that holds policy.toml."),
        ),
        Err(error) => problems.push(
            Problem::error(
                "no-folder",
                Place::file(shown(round)),
                format!("The round folder can't be opened: {error}."),
            )
            .hint("Check the path."),
        ),
    }
    if problems.has_errors() {
        return Err(problems);
    }
    for name in READ {
        match fs::read(round.join(name)) {
            Ok(bytes) => {
                files.insert(name.to_owned(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let is_folder = round.join(name).is_dir();
                let (code, message) = if is_folder {
                    ("is-a-folder", "A file was expected, but this is a folder.".to_owned())
                } else {
                    ("unreadable", format!("The file can't be read: {error}."))
                };
                problems.push(Problem::error(code, Place::file(name), message));
            }
        }
    }
    for (folder, endings) in READ_BELOW {
        beside(round, folder, endings, &mut files, &mut problems);
    }
    if problems.has_errors() { Err(problems) } else { Ok(files) }
}

/// CSV tables of a round that no decision reads, by their paths with slashes, in byte order: those beside `policy.toml` and one
/// folder down. What was made of the round, and `attendance/`, which only detectors read, are left out.
///
/// # Errors
/// A folder that can't be listed.
pub fn other_tables(round: &Path) -> io::Result<Vec<String>> {
    const NOT: [&str; 5] = [DECISION, CHECKS_FOLDER, "audit", "truth", "attendance"];
    let mut tables = Vec::new();
    let is_table = |name: &str| Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    for entry in fs::read_dir(round)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if entry.file_type()?.is_dir() {
            if NOT.contains(&name.as_str()) {
                continue;
            }
            for below in fs::read_dir(entry.path())? {
                if let Ok(file) = below?.file_name().into_string()
                    && is_table(&file)
                {
                    tables.push(format!("{name}/{file}"));
                }
            }
        } else if is_table(&name) && name != PROBLEMS && !READ.contains(&name.as_str()) {
            tables.push(name);
        }
    }
    tables.sort();
    Ok(tables)
}

/// Everything in a round's folder, in byte order: files by their paths, folders by their names with a slash at the end; of folders
/// that a decision reads or wrote, the files one by one. A name that is no UTF-8 is given as far as it can be.
///
/// # Errors
/// A folder that can't be listed.
pub fn listing(round: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(round)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.path().is_dir() {
            found.push(name);
        } else if [MODELS, CHECKS_FOLDER, DECISION].contains(&name.as_str()) {
            for below in fs::read_dir(entry.path())? {
                let below = below?;
                let slash = if below.path().is_dir() { "/" } else { "" };
                found.push(format!("{name}/{}{slash}", below.file_name().to_string_lossy()));
            }
        } else {
            found.push(name + "/");
        }
    }
    found.sort();
    Ok(found)
}

/// Reads files of a round by their names, as far as they are there.
///
/// # Errors
/// Files that can't be read.
pub fn read_some(round: &Path, names: &[&str]) -> Result<Files, Problems> {
    let (mut files, mut problems) = (Files::new(), Problems::new());
    for name in names {
        match fs::read(round.join(name)) {
            Ok(bytes) => {
                files.insert((*name).to_owned(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(Problem::error(
                "unreadable",
                Place::file(*name),
                format!("The file can't be read: {error}."),
            )),
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(files) }
}

/// The files of a folder within the round whose names end so.
fn beside(round: &Path, folder: &str, endings: &[&str], files: &mut Files, problems: &mut Problems) {
    let unreadable = |place: String, error: &io::Error| {
        Problem::error("unreadable", Place::file(place), format!("It can't be read: {error}."))
    };
    let entries = match fs::read_dir(round.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return problems.push(unreadable(folder.to_owned(), &error)),
    };
    for entry in entries {
        let found = entry.and_then(|entry| {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            // A name that is no UTF-8 can't be in a policy.
            let wanted = endings.iter().any(|ending| name.ends_with(ending)) && entry.file_type()?.is_file();
            Ok(if wanted { Some((name, fs::read(entry.path())?)) } else { None })
        });
        match found {
            Ok(found) => files.extend(found),
            Err(error) => problems.push(unreadable(folder.to_owned(), &error)),
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The content of `SHA256SUMS` for these files, as `sha256sum` writes and checks it.
pub fn sums(files: &Files) -> String {
    files.iter().fold(String::new(), |text, (name, bytes)| text + &digest(bytes) + "  " + name + "\n")
}

/// Why a decision folder could not be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path} can't be {action}: {cause}. Nothing was changed; choose another folder with --out, or allow writing there."
)]
pub struct WriteError {
    path: String,
    action: &'static str,
    cause: io::Error,
}

/// Writes all files and `SHA256SUMS` into `folder`, which is replaced as a whole: a crash at any moment leaves the old
/// folder, or the new one, and never a mixture.
///
/// # Errors
/// What the file system refuses, with the path.
pub fn replace(folder: &Path, files: &Files) -> Result<(), WriteError> {
    let failed = |path: &Path, action: &'static str| {
        let path = shown(path);
        move |cause: io::Error| WriteError { path, action, cause }
    };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&parent).map_err(failed(&parent, "created"))?;
    if folder.exists() && !is_decision_or_empty(folder) {
        let refusal = io::Error::other("the folder holds files that are no decision");
        return Err(failed(folder, "replaced")(refusal));
    }
    let sums = sums(files);
    let all = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).chain([(SUMS, sums.as_bytes())]);
    let fresh = prepare(&parent, &BTreeSet::new(), all)?;
    swap(&fresh, folder).map_err(|cause| {
        // The old folder stands; what was being prepared is of no use to anyone.
        let _ = fs::remove_dir_all(&fresh);
        failed(folder, "replaced")(cause)
    })
}

/// Writes files, some of them in folders, into a folder that is not there yet or empty: as a whole or not at all.
///
/// # Errors
/// A folder that holds something; what the file system refuses, with the path.
pub fn write_new(folder: &Path, files: &Files) -> Result<(), WriteError> {
    let failed = |action| move |cause| WriteError { path: shown(folder), action, cause };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(failed("written to")(io::Error::other("the folder is not empty")));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed("written to")(error)),
    }
    fs::create_dir_all(&parent).map_err(failed("created"))?;
    let folders = files.keys().filter_map(|name| Some(name.rsplit_once('/')?.0)).collect();
    let fresh = prepare(&parent, &folders, files.iter().map(|(n, b)| (n.as_str(), b.as_slice())))?;
    swap(&fresh, folder).map_err(|cause| {
        let _ = fs::remove_dir_all(&fresh);
        failed("written")(cause)
    })
}

/// Files, some of them in these folders, in a folder of their own beside where they shall be.
fn prepare<'f>(
    parent: &Path,
    folders: &BTreeSet<&str>,
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
) -> Result<PathBuf, WriteError> {
    let failed = |path: &Path, action: &'static str| {
        let path = shown(path);
        move |cause: io::Error| WriteError { path, action, cause }
    };
    let fresh = tempfile::Builder::new()
        .prefix(".decision-")
        .tempdir_in(parent)
        .map_err(failed(parent, "written to"))?;
    for folder in folders {
        let path = fresh.path().join(folder);
        fs::create_dir_all(&path).map_err(failed(&path, "created"))?;
    }
    for (name, bytes) in files {
        let path = fresh.path().join(name);
        let mut file = fs::File::create(&path).map_err(failed(&path, "created"))?;
        file.write_all(bytes).map_err(failed(&path, "written"))?;
        file.sync_all().map_err(failed(&path, "written"))?;
    }
    open_to_readers(fresh.path()).map_err(failed(fresh.path(), "opened to readers"))?;
    Ok(fresh.keep())
}

/// Moves the old folder aside, the new one into its place, and the old one away; moves it back when that fails.
fn swap(fresh: &Path, folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(fresh, folder);
    }
    let aside = fresh.with_extension("old");
    fs::rename(folder, &aside)?;
    if let Err(error) = fs::rename(fresh, folder) {
        fs::rename(&aside, folder)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

/// A temporary folder is its owner's alone; a decision is for everyone whom the system lets read it.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// We only ever replace what we wrote: `--out /home` must not empty a home.
fn is_decision_or_empty(folder: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    folder.join(SUMS).is_file() || entries.next().is_none()
}

/// Writes `problems.csv` beside the policy; one without problems takes an old list away.
///
/// # Errors
/// What the file system refuses.
pub fn write_problems(round: &Path, problems: &Problems) -> Result<(), WriteError> {
    let path = round.join(PROBLEMS);
    let failed = |action| {
        let path = shown(&path);
        move |cause| WriteError { path, action, cause }
    };
    if problems.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("removed")(error)),
            _ => Ok(()),
        };
    }
    let mut fresh = tempfile::NamedTempFile::new_in(round).map_err(failed("written"))?;
    fresh.write_all(&crate::output::problems_csv(problems)).map_err(failed("written"))?;
    open_file_to_readers(fresh.as_file()).map_err(failed("opened to readers"))?;
    fresh.persist(&path).map_err(|e| failed("written")(e.error))?;
    Ok(())
}

#[cfg(unix)]
fn open_file_to_readers(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_file_to_readers(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
