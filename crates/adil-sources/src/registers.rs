//! Registers and verifiers: what they say of the operators of a round, as a table of checks.
//!
//! Each service and each kind of file has a module that knows the shape of its answers, their misspellings included, and
//! gives answers for the checks that it can speak of ([`Provider::checks`]), and for nothing else. What a fact is worth is decided in
//! [`adil_integrity::checks`].
//!
//! The shapes are those published in public clients of the services; none was confirmed against a live service. An answer of
//! another shape is a problem and unknown, never a pass.
//!
//! **What is not answered is unknown, not clean**: refused, asked too often, not ready, cut off, of another operator, dated
//! after the day of asking. Such a row is written with its reason, and is asked again by the next run; answers are kept in a
//! folder with their day.

mod adata;
mod asking;
mod file;
mod gbd_ul;
mod goszakup;
mod goszakup_graphql;
mod kept;
mod kgd;
mod kompra;
mod stat;
mod subjects;
mod table;
mod values;
mod words;

use std::collections::BTreeSet;
use std::path::PathBuf;

use adil_domain::{Date, Outcome};
use adil_integrity::checks::{Check, Judged};

use crate::http::Limits;

pub use asking::ask;
pub use file::checks_of_file;
pub use kgd::arrears_of_file;
pub use stat::entities_of_file;
pub use subjects::{Operators, Subject, subjects};
pub use table::{contradictions, write};

/// One row of `checks/<source>.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The operator, as the round writes it: a person only as a keyed hash.
    pub operator_id: String,
    /// The check's name.
    pub check: String,
    /// What was said.
    pub outcome: Outcome,
    /// As of when.
    pub as_of: Date,
    /// By whom.
    pub source: String,
    /// What it rests on.
    pub evidence: String,
}

/// A service that is asked over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// KOMPRA, a verifier.
    Kompra,
    /// Adata, a verifier.
    Adata,
    /// goszakup.gov.kz, REST: the register of unreliable participants, without the days of its entries.
    Goszakup,
    /// goszakup.gov.kz, GraphQL: the same with its days.
    GoszakupGraphql,
    /// data.egov.kz: the register of legal entities.
    Egov,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kompra, Self::Adata, Self::Goszakup, Self::GoszakupGraphql, Self::Egov];

    /// The name in commands, problems and folders.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kompra => "kompra",
            Self::Adata => "adata",
            Self::Goszakup => "goszakup",
            Self::GoszakupGraphql => "goszakup-graphql",
            Self::Egov => "egov",
        }
    }

    /// The checks that it speaks of.
    pub const fn checks(self) -> &'static [Check] {
        match self {
            Self::Kompra => &[Check::CourtCases],
            Self::Adata => &adata::CHECKS,
            Self::Goszakup | Self::GoszakupGraphql => &[Check::UnreliableSupplier],
            Self::Egov => &[Check::Registered],
        }
    }

    /// The service's own address.
    pub const fn base(self) -> &'static str {
        match self {
            Self::Kompra => "https://kompra.kz",
            Self::Adata => "https://api.adata.kz",
            Self::Goszakup | Self::GoszakupGraphql => "https://ows.goszakup.gov.kz",
            Self::Egov => crate::egov::BASE,
        }
    }

    /// Whether it can be asked about a person who trades under their own number.
    const fn knows_people(self) -> bool {
        !matches!(self, Self::Egov)
    }
}

/// How to get at a service.
#[derive(Clone)]
pub struct Access {
    /// The address before the service's paths.
    pub base: String,
    /// The key that the service gave to the caller. It is in no message, no file and no address that is shown.
    pub key: Option<String>,
    /// A proxy to go through.
    pub proxy: Option<String>,
    /// Caps, attempts, and the least pause between two questions.
    pub limits: Limits,
}

impl Access {
    /// The service itself, without a key, at most two questions a second; a service that puts its answers together first is
    /// given more attempts.
    pub fn new(provider: Provider) -> Self {
        let attempts = if provider == Provider::Adata { 8 } else { 5 };
        let gap = std::time::Duration::from_millis(500);
        let limits = Limits { answer: 16 << 20, attempts, gap, ..Limits::default() };
        Self { base: provider.base().to_owned(), key: None, proxy: None, limits }
    }

    fn base(&self) -> &str {
        self.base.trim_end_matches('/')
    }
}

impl std::fmt::Debug for Access {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access")
            .field("base", &self.base)
            .field("key", &self.key.as_ref().map(|_| "••••"))
            .finish_non_exhaustive()
    }
}

/// How to ask.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day of asking: no answer can be younger.
    pub day: Date,
    /// The name of the source in the rows.
    pub source: String,
    /// A folder of answers, made when it is not there.
    pub cache: Option<PathBuf>,
    /// Kept answers may be so many days old.
    pub max_age_days: i64,
    /// All operators of the round, for [`Check::Affiliated`].
    pub operators: BTreeSet<String>,
}

/// What came of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// One row for each operator that could be asked and each check, in order.
    pub rows: Vec<Row>,
    /// Operators that the service was asked about now.
    pub asked: usize,
    /// Operators whose kept answers were used.
    pub kept: usize,
    /// The day of the oldest kept answer that was used.
    pub oldest: Option<Date>,
    /// Operators whose question got no answer.
    pub unanswered: usize,
}

/// What one answer says of one operator.
struct Said {
    /// As of when, where the answer says so.
    as_of: Option<Date>,
    judged: Vec<Judged>,
}

/// For whom and on which day a service is asked.
struct Context<'c> {
    subject: &'c Subject,
    day: Date,
    operators: &'c BTreeSet<String>,
}
