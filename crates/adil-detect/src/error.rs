//! Why nothing was detected.

use adil_domain::Problems;
use datafusion::error::DataFusionError;

/// What ends a detection without flags.
#[derive(Debug, thiserror::Error)]
pub enum DetectError {
    /// The tables or the policy are wrong; every problem is told.
    #[error("{} problems in the round", .0.len())]
    Input(Problems),
    /// An engine that this program does not have.
    #[error(
        "the engine {0} can't be used: this program detects on its own machine alone; leave --engine out"
    )]
    Engine(String),
    /// A file of the round can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A detector that does not hold what it promises.
    #[error("detector {id}: {reason}")]
    Detector {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// The engine failed.
    #[error("{what}: {source}")]
    Query {
        /// At what.
        what: String,
        /// Why.
        source: Box<DataFusionError>,
    },
}

impl DetectError {
    pub(crate) fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }

    pub(crate) fn query(what: impl Into<String>, source: impl Into<DataFusionError>) -> Self {
        Self::Query { what: what.into(), source: Box::new(source.into()) }
    }

    pub(crate) fn detector(id: &str, reason: impl Into<String>) -> Self {
        Self::Detector { id: id.to_owned(), reason: reason.into() }
    }
}
