//! Why nothing was detected.

use adil_domain::Problems;
use datafusion::error::DataFusionError;

/// What ends a detection without flags.
#[derive(Debug, thiserror::Error)]
pub enum DetectError {
    /// The tables or the policy are wrong; every problem is told.
    #[error("{} problems in the round", .0.len())]
    Input(Problems),
    /// An address that can't be meant.
    #[error(
        "--engine {0} is no address: expected ballista://HOST:PORT of a scheduler, such as ballista://10.0.0.1:50050; \
         leave --engine out to use this machine"
    )]
    Engine(String),
    /// A cluster that does not answer, or not as it should.
    #[error("the cluster at {scheduler}: {reason}")]
    Cluster {
        /// Host and port of its scheduler.
        scheduler: String,
        /// What is wrong, and what to do.
        reason: String,
    },
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
