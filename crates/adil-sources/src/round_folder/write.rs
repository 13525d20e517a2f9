//! Files onto the disk: all prepared first, then each put into its place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use adil_round::folder::Files;

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path} can't be written: {cause}")]
pub struct WriteError {
    path: PathBuf,
    cause: io::Error,
}

/// Writes the files into a folder, which is made when it is not there. What is there under other names is left alone.
///
/// # Errors
/// What the file system refuses. Nothing is changed as long as one file can't be prepared.
pub fn write(folder: &Path, files: &Files) -> Result<(), WriteError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| WriteError { path, cause }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut prepared: Vec<(PathBuf, PathBuf)> = Vec::new();
    let outcome = prepare(folder, files, &mut prepared).and_then(|()| {
        (prepared.iter()).try_for_each(|(fresh, path)| fs::rename(fresh, path).map_err(failed(path)))
    });
    if outcome.is_err() {
        for (fresh, _) in &prepared {
            // Those already in their place are no longer there; the others are of no use to anyone.
            let _ = fs::remove_file(fresh);
        }
    }
    outcome
}

fn prepare(folder: &Path, files: &Files, prepared: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), WriteError> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let fresh = folder.join(format!(".{name}.import"));
        let failed = |cause| WriteError { path: path.clone(), cause };
        let mut file = fs::File::create(&fresh).map_err(failed)?;
        prepared.push((fresh, path.clone()));
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    }
    Ok(())
}
