//! Page after page until an empty one.

use std::collections::BTreeSet;

use adil_domain::{Place, Problem, Problems};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::http::{Client, Codes, Ended, Limits, Pauses, Question, Words, no_answer};
use crate::record;

use super::answer::parse;
use super::cache::{Cache, Page};
use super::{Dataset, Records};

/// Gets a dataset. Whatever went wrong is in `problems`, and [`Records::complete`] says whether all of it came.
///
/// Problems: `egov-refused`, `egov-busy`, `egov-failed`, `egov-answer`, `egov-too-large`, `egov-repeated-page`,
/// `egov-not-a-record`, `egov-cache`, `egov-cached`.
pub fn fetch(dataset: &Dataset, pauses: &mut dyn Pauses, problems: &mut Problems) -> Records {
    let mut records = Records { file: dataset.file(), rows: Vec::new(), as_of: None, complete: false };
    let Some(cache) = Cache::open(dataset, problems) else { return records };
    let Some(mut service) = Service::new(dataset) else {
        problems.push(
            Problem::error(
                "egov-failed",
                Place::file(dataset.file()),
                "The address of the proxy cannot be used.",
            )
            .hint("Write it like http://proxy:3128."),
        );
        return records;
    };
    let mut seen: BTreeSet<[u8; 32]> = BTreeSet::new();
    let (mut from, mut kept_pages) = (0usize, 0usize);
    loop {
        let kept = cache.get(from, problems);
        let is_kept = kept.is_some();
        let (page, day) = match kept {
            Some(kept) => {
                kept_pages += 1;
                kept
            }
            None => match service.page(from, pauses, problems) {
                Some(page) => (Page { day: dataset.day.to_string(), records: page }, dataset.day),
                None => break,
            },
        };
        if page.records.is_empty() {
            records.complete = true;
            break;
        }
        if !seen.insert(digest(&page.records)) {
            problems.push(repeated(dataset, from));
            break;
        }
        if !is_kept {
            cache.put(from, &page, problems);
        }
        from += page.records.len();
        if from > dataset.limits.records {
            let message =
                format!("More than {} records came; the rest was not asked for.", dataset.limits.records);
            problems.push(
                Problem::error("egov-too-large", Place::file(dataset.file()), message)
                    .hint("Ask for less with a query."),
            );
            break;
        }
        records.rows.extend(page.records.iter().map(record::fields));
        records.as_of = Some(records.as_of.map_or(day, |earliest| earliest.min(day)));
    }
    if kept_pages > 0 {
        let since = records.as_of.map_or_else(String::new, |day| format!(", the oldest of {day}"));
        problems.push(
            Problem::warning(
                "egov-cached",
                Place::file(dataset.file()),
                format!("{kept_pages} pages were taken from the folder of an earlier run{since}."),
            )
            .hint("Empty the folder to ask for everything anew."),
        );
    }
    records
}

fn digest(records: &[Map<String, Value>]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for record in records {
        hash.update(Value::Object(record.clone()).to_string().as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().into()
}

fn repeated(dataset: &Dataset, from: usize) -> Problem {
    let message = format!(
        "Asked for records from number {from} on, the service sent a page that it had sent before, so there is no end to find."
    );
    Problem::error("egov-repeated-page", Place::file(dataset.file()), message).hint(
        "The records of the pages before were kept; ask for another page size, or for the dataset as a file.",
    )
}

struct Service<'d> {
    dataset: &'d Dataset,
    client: Client,
    url: String,
}

const WORDS: Words = Words {
    codes: Codes {
        refused: "egov-refused",
        busy: "egov-busy",
        failed: "egov-failed",
        answer: "egov-answer",
        too_large: "egov-too-large",
    },
    no_key: "Get a key in the cabinet of data.egov.kz and give it in the environment; or download the dataset as a file.",
    bad_key: "Look whether the key was copied whole and is still good, and whether it covers this dataset.",
    busy: "Run it again later, or ask for fewer records at once; with a folder for pages it goes on from here.",
    later: "Run it again later; with a folder for pages it goes on from here.",
    status: "Compare the names of the dataset and its version with data.egov.kz.",
    too_large: "Ask for fewer records at once.",
    empty: [
        "Without a key the service answers with nothing at all: get one on data.egov.kz. Whether there are records is unknown.",
        "Compare the names of the dataset and its version with data.egov.kz, and whether the key is still good.",
    ],
    shape: "The service may have changed its answers; the dataset can be had as a file there.",
    broken: "Run it again; if it stays so, ask for fewer records at once.",
};

impl<'d> Service<'d> {
    /// None when the proxy's address is none.
    fn new(dataset: &'d Dataset) -> Option<Self> {
        let limits = Limits {
            answer: dataset.limits.answer,
            attempts: dataset.limits.attempts,
            timeout: dataset.limits.timeout,
            ..Limits::default()
        };
        let client = Client::new(limits, dataset.proxy.as_deref(), &WORDS)?;
        let url =
            format!("{}/api/v4/{}/{}", dataset.base.trim_end_matches('/'), dataset.name, dataset.version);
        Some(Self { dataset, client, url })
    }

    /// One page, after as many attempts as the limits allow.
    fn page(
        &mut self,
        from: usize,
        pauses: &mut dyn Pauses,
        problems: &mut Problems,
    ) -> Option<Vec<Map<String, Value>>> {
        let mut source = json!({ "size": self.dataset.size, "from": from });
        if let (Some(query), Some(object)) = (&self.dataset.query, source.as_object_mut()) {
            object.insert("query".to_owned(), query.clone());
        }
        let key = self.dataset.key.as_deref();
        let mut query: Vec<(&str, String)> = key.map(|k| ("apiKey", k.to_owned())).into_iter().collect();
        query.push(("source", source.to_string()));
        let question = Question {
            url: self.url.clone(),
            query,
            bearer: None,
            body: None,
            place: self.place(from),
            secrets: key.into_iter().collect(),
            has_key: key.is_some(),
        };
        let page = self.client.ask(&question, pauses, |body, kind| match parse(body) {
            Ok(page) => Ended::Done(page),
            Err(error) => no_answer(&WORDS, &error, kind, &question),
        });
        match page {
            Ok((records, others)) => {
                if others > 0 {
                    let message =
                        format!("{others} elements of the page are no records but something else; left out.");
                    problems.push(Problem::warning("egov-not-a-record", self.place(from), message));
                }
                Some(records)
            }
            Err(problem) => {
                problems.push(*problem);
                None
            }
        }
    }

    /// The record with which the page begins, counted from 1.
    fn place(&self, from: usize) -> Place {
        let line = u64::try_from(from).unwrap_or(u64::MAX).saturating_add(1);
        Place::line(format!("{}, record", self.dataset.file()), line)
    }
}
