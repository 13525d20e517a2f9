//! Where the files go.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::SimulateError;

/// Takes files piece by piece, in order.
pub trait Sink {
    /// Adds bytes to the end of a file of the round folder.
    ///
    /// # Errors
    /// What keeps them from being kept.
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), SimulateError>;

    /// Everything was appended.
    ///
    /// # Errors
    /// What keeps the whole from being kept.
    fn finish(&mut self) -> Result<(), SimulateError>;
}

/// Keeps nothing: for those who want the summary alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Sink for Nothing {
    fn append(&mut self, _file: &str, _bytes: &[u8]) -> Result<(), SimulateError> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        Ok(())
    }
}

/// A folder, written beside its place and moved there when it is whole.
#[derive(Debug)]
pub struct Folder {
    to: PathBuf,
    partial: PathBuf,
    open: BTreeMap<String, BufWriter<File>>,
}

/// By this file a simulation is known again.
const MARK: &str = "truth/README.md";

impl Folder {
    /// Begins to write a folder. One that is there must be empty, or an earlier simulation, which is replaced as a whole.
    ///
    /// # Errors
    /// A folder with other files, or what the file system refuses.
    pub fn create(to: &Path) -> Result<Self, SimulateError> {
        let foreign = || SimulateError::Foreign(to.display().to_string());
        match fs::read_dir(to) {
            Ok(mut entries) => {
                if entries.next().is_some() && !to.join(MARK).is_file() {
                    return Err(foreign());
                }
            }
            Err(_) if to.exists() => return Err(foreign()),
            Err(_) => {}
        }
        let mut name = to.file_name().ok_or_else(foreign)?.to_owned();
        name.push(".partial");
        let partial = to.with_file_name(name);
        if partial.exists() {
            // What an interrupted run left; never anything that only looks like it.
            let ours =
                fs::read_dir(&partial).is_ok_and(|mut e| e.next().is_none()) || partial.join(MARK).is_file();
            if !ours {
                return Err(SimulateError::Foreign(partial.display().to_string()));
            }
            fs::remove_dir_all(&partial).map_err(failed(&partial))?;
        }
        fs::create_dir_all(&partial).map_err(failed(&partial))?;
        Ok(Self { to: to.to_owned(), partial, open: BTreeMap::new() })
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> SimulateError {
    let path = path.display().to_string();
    move |cause| SimulateError::Write { path, cause }
}

impl Sink for Folder {
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), SimulateError> {
        let path = self.partial.join(file);
        if !self.open.contains_key(file) {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(failed(folder))?;
            }
            let created = File::create(&path).map_err(failed(&path))?;
            self.open.insert(file.to_owned(), BufWriter::new(created));
        }
        match self.open.get_mut(file) {
            Some(open) => open.write_all(bytes).map_err(failed(&path)),
            None => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        for (file, mut open) in std::mem::take(&mut self.open) {
            open.flush().map_err(failed(&self.partial.join(file)))?;
        }
        if self.to.exists() {
            fs::remove_dir_all(&self.to).map_err(failed(&self.to))?;
        }
        fs::rename(&self.partial, &self.to).map_err(failed(&self.to))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A finished folder has moved away; of an unfinished one nothing is of use.
        let _ = fs::remove_dir_all(&self.partial);
    }
}
