//! Answers in a folder, one file for each operator, with the day on which it was asked.
//!
//! What stands there is what stands in the table: no key, no number of a person, no name. An operator that got no answer is
//! not kept, so that the next run asks again.

use std::path::PathBuf;

use adil_domain::{Date, Outcome, Place, Problem, Problems};
use adil_round::table::Limited;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::asking::is_fresh;
use super::{Options, Provider, Row, Subject};
use crate::record::write;

#[derive(Serialize, Deserialize)]
struct File {
    /// The day of asking.
    day: String,
    /// Digest of the operators of the round, where answers depend on who else is in it.
    operators: Option<String>,
    rows: Vec<KeptRow>,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    check: String,
    outcome: String,
    as_of: String,
    evidence: String,
}

pub(super) struct Kept<'o> {
    folder: Option<PathBuf>,
    options: &'o Options,
    operators: Option<String>,
}

impl<'o> Kept<'o> {
    /// Makes the folder of the provider. `None` when it can't be used; why is in `problems`.
    pub(super) fn open(provider: Provider, options: &'o Options, problems: &mut Problems) -> Option<Self> {
        let folder = options.cache.as_ref().map(|folder| folder.join(provider.name()));
        if let Some(folder) = &folder
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            let message = format!("The folder for answers cannot be used: {error}.");
            problems.push(
                Problem::error("register-cache", Place::file(folder.display().to_string()), message)
                    .hint("Name a folder that may be written to, or none."),
            );
            return None;
        }
        let operators = (provider == Provider::Adata).then(|| {
            let mut hash = Sha256::new();
            for operator in &options.operators {
                hash.update(format!("{}:{operator}", operator.len()).as_bytes());
            }
            hex::encode(hash.finalize())
        });
        Some(Self { folder, options, operators })
    }

    /// What was kept about an operator, when it is young enough, with its day.
    pub(super) fn get(&self, subject: &Subject, notes: &mut Limited<'_>) -> Option<(Date, Vec<Row>)> {
        let path = self.path(subject)?;
        let bytes = std::fs::read(&path).ok()?;
        let Some((day, operators, rows)) = self.read(&bytes, subject) else {
            let message = "A kept answer is damaged; it is asked for again.";
            notes.push(Problem::warning("register-cache", Place::file(path.display().to_string()), message));
            return None;
        };
        (is_fresh(day, self.options) && operators == self.operators).then_some((day, rows))
    }

    fn read(&self, bytes: &[u8], subject: &Subject) -> Option<(Date, Option<String>, Vec<Row>)> {
        let file: File = serde_json::from_slice(bytes).ok()?;
        let day: Date = file.day.parse().ok()?;
        let rows = file.rows.into_iter().map(|row| {
            let as_of = row.as_of.parse().ok().filter(|as_of| *as_of <= day)?;
            Some(Row {
                operator_id: subject.operator_id.clone(),
                check: row.check,
                outcome: Outcome::from_word(&row.outcome)?,
                as_of,
                source: self.options.source.clone(),
                evidence: row.evidence,
            })
        });
        Some((day, file.operators, rows.collect::<Option<Vec<Row>>>()?))
    }

    /// Keeps an answer. A folder that cannot be written to costs the next run its head start, not this one its answers.
    pub(super) fn put(&self, subject: &Subject, rows: &[Row], notes: &mut Limited<'_>) {
        let Some(path) = self.path(subject) else { return };
        let file = File {
            day: self.options.day.to_string(),
            operators: self.operators.clone(),
            rows: rows
                .iter()
                .map(|row| KeptRow {
                    check: row.check.clone(),
                    outcome: row.outcome.to_string(),
                    as_of: row.as_of.to_string(),
                    evidence: row.evidence.clone(),
                })
                .collect(),
        };
        let written =
            serde_json::to_vec(&file).map_err(std::io::Error::from).and_then(|bytes| write(&path, &bytes));
        if let Err(error) = written {
            let message = format!("The answer could not be kept: {error}.");
            notes.push(Problem::warning("register-cache", Place::file(path.display().to_string()), message));
        }
    }

    /// An operator's file: twelve digits or a keyed hash, so the name is safe.
    fn path(&self, subject: &Subject) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{}.json", subject.operator_id)))
    }
}
