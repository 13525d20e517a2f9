//! data.egov.kz, the open data of Kazakhstan: a dataset page by page over its API v4.
//!
//! `GET <base>/api/v4/<dataset>/<version>?apiKey=K&source=<JSON>`; the JSON is like Elasticsearch's: `size`, `from` and
//! perhaps `query`. The answer is a bare array of records or `hits.hits[]._source` (both published in client code of
//! others). Pages are asked for until an empty one comes.
//!
//! **What is not answered is unknown, not empty.** A refusal (403), an empty body, a page that is no JSON or is cut off
//! gives a problem that says what came, and what there is so far is kept. Without a key the service has answered 403, and
//! also 200 with nothing in it.
//!
//! The library reads no environment and no clock and never sleeps: the key, the day and the waiting between attempts are
//! the caller's ([`Dataset`], [`Pauses`]). Pages are kept in a folder with the day they came on, so that a run that broke
//! off goes on where it stopped.

mod answer;
mod cache;
mod fetch;

use std::path::PathBuf;
use std::time::Duration;

use adil_domain::Date;

use crate::sheet::Sheet;

pub use answer::parse;
pub use fetch::fetch;

pub use crate::http::{AnswerError, Pauses};

/// The service's own address.
pub const BASE: &str = "https://data.egov.kz";

/// Which dataset to get, and how.
#[derive(Clone)]
pub struct Dataset {
    /// The address before `/api/v4`, such as [`BASE`].
    pub base: String,
    /// The dataset's name, such as `gbd_ul`.
    pub name: String,
    /// Its version, such as `v1`.
    pub version: String,
    /// The key that the service gave to the caller. It is in no message.
    pub key: Option<String>,
    /// Records to ask for at once.
    pub size: usize,
    /// The `query` of the request, where not everything is wanted.
    pub query: Option<serde_json::Value>,
    /// Today, for the pages that come today.
    pub day: Date,
    /// A folder for the pages, made when it is not there.
    pub cache: Option<PathBuf>,
    /// A proxy to go through, such as `http://proxy:3128`.
    pub proxy: Option<String>,
    /// What one answer and the whole may be.
    pub limits: Limits,
}

impl Dataset {
    /// A dataset of the service itself, without key and cache.
    pub fn new(name: impl Into<String>, version: impl Into<String>, day: Date) -> Self {
        Self {
            base: BASE.to_owned(),
            name: name.into(),
            version: version.into(),
            key: None,
            size: 1_000,
            query: None,
            day,
            cache: None,
            proxy: None,
            limits: Limits::default(),
        }
    }

    /// What its records are called in problems.
    fn file(&self) -> String {
        format!("{}/{}", self.name, self.version)
    }
}

impl std::fmt::Debug for Dataset {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dataset")
            .field("base", &self.base)
            .field("name", &self.name)
            .field("version", &self.version)
            .field("key", &self.key.as_ref().map(|_| "••••"))
            .field("size", &self.size)
            .field("day", &self.day)
            .field("cache", &self.cache)
            .finish_non_exhaustive()
    }
}

/// Caps on what the service may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one answer, unpacked.
    pub answer: u64,
    /// Records of all pages.
    pub records: usize,
    /// Attempts at one page.
    pub attempts: u32,
    /// How long one attempt may take.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { answer: 64 << 20, records: 5_000_000, attempts: 5, timeout: Duration::from_mins(1) }
    }
}

/// The records that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// The dataset and its version.
    pub file: String,
    /// Each record's fields as text, in the order of the answer; null is left out.
    pub rows: Vec<Vec<(String, String)>>,
    /// The earliest day on which any page came: as of when the whole can be said to hold.
    pub as_of: Option<Date>,
    /// Whether the last page was reached. What is missing otherwise is unknown.
    pub complete: bool,
}

impl Records {
    /// The records as a sheet for a mapping.
    pub fn sheet(&self) -> Sheet {
        Sheet::of_records(&self.file, "record", self.rows.iter().map(Vec::as_slice))
    }
}
