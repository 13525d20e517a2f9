//! Page after page until an empty one.

use std::collections::BTreeSet;
use std::time::Duration;

use adil_domain::{Place, Problem, Problems};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use ureq::{Agent, Proxy};

use crate::record;
use crate::words::shorten;

use super::answer::{AnswerError, parse};
use super::cache::{Cache, Page};
use super::{Dataset, Pauses, Records};

/// The first pause; each next one is twice as long, and up to half of it is added at random.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// No pause is longer, whatever the service asks for.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// Gets a dataset. Whatever went wrong is in `problems`, and [`Records::complete`] says whether all of it came.
///
/// Problems: `egov-refused`, `egov-busy`, `egov-failed`, `egov-answer`, `egov-too-large`, `egov-repeated-page`,
/// `egov-not-a-record`, `egov-cache`, `egov-cached`.
pub fn fetch(dataset: &Dataset, pauses: &mut dyn Pauses, problems: &mut Problems) -> Records {
    let mut records = Records { file: dataset.file(), rows: Vec::new(), as_of: None, complete: false };
    let Some(cache) = Cache::open(dataset, problems) else { return records };
    let Some(service) = Service::new(dataset) else {
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
    agent: Agent,
    url: String,
}

/// How one attempt ended.
enum Attempt {
    Page(Vec<Map<String, Value>>, usize),
    /// It may go better the next time, after at least so long.
    Again(Problem, Option<Duration>),
    /// It will not.
    Never(Problem),
}

impl<'d> Service<'d> {
    /// None when the proxy's address is none.
    fn new(dataset: &'d Dataset) -> Option<Self> {
        let proxy = dataset.proxy.as_deref().map(Proxy::new).transpose().ok()?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(dataset.limits.timeout))
            .proxy(proxy)
            .user_agent("adil")
            .build();
        let url =
            format!("{}/api/v4/{}/{}", dataset.base.trim_end_matches('/'), dataset.name, dataset.version);
        Some(Self { dataset, agent: config.into(), url })
    }

    /// One page, after as many attempts as the limits allow.
    fn page(
        &self,
        from: usize,
        pauses: &mut dyn Pauses,
        problems: &mut Problems,
    ) -> Option<Vec<Map<String, Value>>> {
        let mut pause = FIRST_PAUSE;
        for attempt in 1..=self.dataset.limits.attempts.max(1) {
            match self.attempt(from) {
                Attempt::Page(records, others) => {
                    if others > 0 {
                        let message = format!(
                            "{others} elements of the page are no records but something else; left out."
                        );
                        problems.push(Problem::warning("egov-not-a-record", self.place(from), message));
                    }
                    return Some(records);
                }
                Attempt::Never(problem) => {
                    problems.push(problem);
                    return None;
                }
                Attempt::Again(mut problem, _) if attempt == self.dataset.limits.attempts.max(1) => {
                    problem.message = format!("{} So it was at {attempt} attempts.", problem.message);
                    problems.push(problem);
                    return None;
                }
                Attempt::Again(_, asked) => {
                    let jittered = pause.mul_f64(1.0 + pauses.jitter().clamp(0.0, 1.0) / 2.0);
                    pauses.wait(asked.map_or(jittered, |a| a.max(jittered)).min(LONGEST_PAUSE));
                    pause = pause.saturating_mul(2);
                }
            }
        }
        None
    }

    /// The record with which the page begins, counted from 1.
    fn place(&self, from: usize) -> Place {
        let line = u64::try_from(from).unwrap_or(u64::MAX).saturating_add(1);
        Place::line(format!("{}, record", self.dataset.file()), line)
    }

    fn attempt(&self, from: usize) -> Attempt {
        let mut source = json!({ "size": self.dataset.size, "from": from });
        if let (Some(query), Some(object)) = (&self.dataset.query, source.as_object_mut()) {
            object.insert("query".to_owned(), query.clone());
        }
        let mut request = self.agent.get(&self.url);
        if let Some(key) = &self.dataset.key {
            request = request.query("apiKey", key);
        }
        let failed = |error: ureq::Error| {
            // An address may be in the error's words, and the key in the address.
            let mut words = error.to_string();
            if let Some(key) = self.dataset.key.as_deref().filter(|k| !k.is_empty()) {
                words = words.replace(key, "••••");
            }
            let message = format!("The service did not answer: {words}.");
            Problem::error("egov-failed", self.place(from), message)
                .hint("Run it again later; with a folder for pages it goes on from here.")
        };
        let response = match request.query("source", source.to_string()).call() {
            Ok(response) => response,
            Err(error) => return Attempt::Again(failed(error), None),
        };
        let status = response.status().as_u16();
        let header =
            |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let kind = header("content-type").unwrap_or_else(|| "none".to_owned());
        let asked = header("retry-after").and_then(|s| s.trim().parse().ok()).map(Duration::from_secs);
        let body = response.into_body().into_with_config().limit(self.dataset.limits.answer).read_to_vec();
        let body = match body {
            Ok(body) => body,
            Err(ureq::Error::BodyExceedsLimit(_)) => {
                let message = format!("The answer has more than {} bytes.", self.dataset.limits.answer);
                return Attempt::Never(
                    Problem::error("egov-too-large", self.place(from), message)
                        .hint("Ask for fewer records at once."),
                );
            }
            Err(error) => return Attempt::Again(failed(error), None),
        };
        match status {
            200..=299 => match parse(&body) {
                Ok((records, others)) => Attempt::Page(records, others),
                Err(error) => self.no_records(&error, &kind, from),
            },
            401 | 403 => Attempt::Never(self.refused(status, from)),
            429 => {
                let message = "The service said that it is asked too often (429).";
                let problem = Problem::error("egov-busy", self.place(from), message)
                    .hint("Run it again later, or ask for fewer records at once; with a folder for pages it goes on from here.");
                Attempt::Again(problem, asked)
            }
            500..=599 => {
                let message = format!(
                    "The service failed with status {status}: `{}`.",
                    shorten(&String::from_utf8_lossy(&body))
                );
                let problem = Problem::error("egov-failed", self.place(from), message)
                    .hint("The fault is on its side; run it again later.");
                Attempt::Again(problem, asked)
            }
            other => {
                let message = format!(
                    "The service answered with status {other}: `{}`.",
                    shorten(&String::from_utf8_lossy(&body))
                );
                Attempt::Never(
                    Problem::error("egov-failed", self.place(from), message)
                        .hint("Compare the names of the dataset and its version with data.egov.kz."),
                )
            }
        }
    }

    fn no_records(&self, error: &AnswerError, kind: &str, from: usize) -> Attempt {
        let message = format!("Records were expected, but {error} (content type {kind}).");
        let hint = match error {
            AnswerError::Empty if self.dataset.key.is_none() => {
                "Without a key the service answers with nothing at all: get one on data.egov.kz. Whether there are records is unknown."
            }
            AnswerError::Empty | AnswerError::Said(_) => {
                "Compare the names of the dataset and its version with data.egov.kz, and whether the key is still good."
            }
            AnswerError::WebPage(_) => "A sign-in or error page came: look at the address in a browser.",
            AnswerError::CutOff { .. } | AnswerError::NotJson { .. } => {
                "Run it again; if it stays so, ask for fewer records at once."
            }
            AnswerError::OtherShape(_) => {
                "The service may have changed its answers; the dataset can be had as a file there."
            }
        };
        let problem = Problem::error("egov-answer", self.place(from), message).hint(hint);
        match error {
            AnswerError::CutOff { .. } | AnswerError::NotJson { .. } => Attempt::Again(problem, None),
            _ => Attempt::Never(problem),
        }
    }

    fn refused(&self, status: u16, from: usize) -> Problem {
        let (message, hint) = if self.dataset.key.is_none() {
            (
                format!(
                    "The service refuses ({status}): it wants a key, and none was given. What it would answer is unknown."
                ),
                "Get a key in the cabinet of data.egov.kz and give it in the environment; or download the dataset as a file.",
            )
        } else {
            (
                format!(
                    "The service refuses ({status}) the key that was given. What it would answer is unknown."
                ),
                "Look whether the key was copied whole and is still good, and whether it covers this dataset.",
            )
        };
        Problem::error("egov-refused", self.place(from), message).hint(hint)
    }
}
