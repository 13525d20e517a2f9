//! Pages in a folder, each with the day on which it came.

use std::path::PathBuf;

use adil_domain::{Date, Place, Problem, Problems};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Dataset;
use crate::record::write;

/// The file that says what the pages are pages of.
const REQUEST: &str = "request.json";

pub(super) struct Cache {
    folder: Option<PathBuf>,
}

/// One page.
#[derive(Serialize, Deserialize)]
pub(super) struct Page {
    pub(super) day: String,
    pub(super) records: Vec<Map<String, Value>>,
}

impl Cache {
    /// Opens the folder, or makes it. `None` when it cannot be used; why is in `problems`.
    pub(super) fn open(dataset: &Dataset, problems: &mut Problems) -> Option<Self> {
        let Some(folder) = dataset.cache.clone() else { return Some(Self { folder: None }) };
        let request = serde_json::json!({
            "name": dataset.name, "version": dataset.version, "size": dataset.size, "query": dataset.query,
        });
        let path = folder.join(REQUEST);
        let shown = path.display().to_string();
        let fail = |problems: &mut Problems, error: std::io::Error| {
            let message = format!("The folder for pages cannot be used: {error}.");
            problems.push(
                Problem::error("egov-cache", Place::file(shown.clone()), message)
                    .hint("Name a folder that may be written to, or none."),
            );
        };
        match std::fs::read(&path) {
            Ok(bytes) => {
                if serde_json::from_slice::<Value>(&bytes).ok() != Some(request) {
                    problems.push(
                        Problem::error(
                            "egov-cache",
                            Place::file(shown),
                            "The folder holds pages of another request (another dataset, version, page size or query).",
                        )
                        .hint("Name another folder, or empty this one."),
                    );
                    return None;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let written = std::fs::create_dir_all(&folder)
                    .and_then(|()| write(&path, request.to_string().as_bytes()));
                if let Err(error) = written {
                    fail(problems, error);
                    return None;
                }
            }
            Err(error) => {
                fail(problems, error);
                return None;
            }
        }
        Some(Self { folder: Some(folder) })
    }

    /// The page that begins with that record, when it was kept. A page that cannot be read is asked for again.
    pub(super) fn get(&self, from: usize, problems: &mut Problems) -> Option<(Page, Date)> {
        let path = self.folder.as_ref()?.join(name(from));
        let bytes = std::fs::read(&path).ok()?;
        let page = serde_json::from_slice::<Page>(&bytes).ok();
        let page = page.and_then(|p| p.day.parse::<Date>().ok().map(|day| (p, day)));
        if page.is_none() {
            problems.push(Problem::warning(
                "egov-cache",
                Place::file(path.display().to_string()),
                "A kept page is damaged; it is asked for again.",
            ));
        }
        page
    }

    /// Keeps a page. A folder that cannot be written to costs the next run its head start, not this one its records.
    pub(super) fn put(&self, from: usize, page: &Page, problems: &mut Problems) {
        let Some(folder) = &self.folder else { return };
        let path = folder.join(name(from));
        let written =
            serde_json::to_vec(page).map_err(std::io::Error::from).and_then(|bytes| write(&path, &bytes));
        if let Err(error) = written {
            let message = format!("The page could not be kept: {error}.");
            problems.push(Problem::warning("egov-cache", Place::file(path.display().to_string()), message));
        }
    }
}

fn name(from: usize) -> String {
    format!("{from:09}.json")
}
