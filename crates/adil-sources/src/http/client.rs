//! One question, asked as often as it takes.

use std::time::Duration;

use adil_domain::{Place, Problem};
use serde_json::Value;
use ureq::{Agent, Proxy};

use super::{AnswerError, Limits, Pauses};
use crate::words::shorten;

/// The first pause; each next one is twice as long, and up to half of it is added at random.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// No pause is longer, whatever the service asks for.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// The codes of a service's problems.
pub(crate) struct Codes {
    pub(crate) refused: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) too_large: &'static str,
}

/// What a service's problems say to do.
pub(crate) struct Words {
    pub(crate) codes: Codes,
    /// Refused without a key.
    pub(crate) no_key: &'static str,
    /// Refused with one.
    pub(crate) bad_key: &'static str,
    /// Asked too often.
    pub(crate) busy: &'static str,
    /// No answer at all.
    pub(crate) later: &'static str,
    /// A status with no rule of its own.
    pub(crate) status: &'static str,
    /// More bytes than allowed.
    pub(crate) too_large: &'static str,
    /// Nothing in the answer, without a key and with one.
    pub(crate) empty: [&'static str; 2],
    /// JSON of another shape.
    pub(crate) shape: &'static str,
    /// JSON that stops or is none.
    pub(crate) broken: &'static str,
}

/// How one attempt ended.
pub(crate) enum Ended<T> {
    Done(T),
    /// It may go better the next time, after at least so long.
    Again(Problem, Option<Duration>),
    /// It will not.
    Never(Problem),
}

/// What is asked.
pub(crate) struct Question<'q> {
    pub(crate) url: String,
    pub(crate) query: Vec<(&'q str, String)>,
    /// Sent in the header `Authorization`.
    pub(crate) bearer: Option<&'q str>,
    /// Posted as JSON; without one it is a GET.
    pub(crate) body: Option<Value>,
    /// What the answer is called in problems.
    pub(crate) place: Place,
    /// What no message may repeat: keys, numbers of people.
    pub(crate) secrets: Vec<&'q str>,
    /// Whether a key was given.
    pub(crate) has_key: bool,
}

pub(crate) struct Client {
    agent: Agent,
    limits: Limits,
    words: &'static Words,
    has_asked: bool,
}

impl Client {
    /// None when the proxy's address is none.
    pub(crate) fn new(limits: Limits, proxy: Option<&str>, words: &'static Words) -> Option<Self> {
        let proxy = proxy.map(Proxy::new).transpose().ok()?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(limits.timeout))
            .proxy(proxy)
            .user_agent("adil")
            .build();
        Some(Self { agent: config.into(), limits, words, has_asked: false })
    }

    /// The answer after as many attempts as the limits allow; `judge` reads a body that came with a good status, beside
    /// its content type.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn ask<T>(
        &mut self,
        question: &Question<'_>,
        pauses: &mut dyn Pauses,
        mut judge: impl FnMut(&[u8], &str) -> Ended<T>,
    ) -> Result<T, Box<Problem>> {
        if self.has_asked && !self.limits.gap.is_zero() {
            pauses.wait(self.limits.gap);
        }
        self.has_asked = true;
        let mut pause = FIRST_PAUSE;
        let attempts = self.limits.attempts.max(1);
        let mut attempt = 1;
        loop {
            match self.attempt(question, &mut judge) {
                Ended::Done(answer) => return Ok(answer),
                Ended::Never(problem) => return Err(Box::new(problem.without(&question.secrets))),
                Ended::Again(mut problem, _) if attempt >= attempts => {
                    problem.message = format!("{} So it was at {attempt} attempts.", problem.message);
                    return Err(Box::new(problem.without(&question.secrets)));
                }
                Ended::Again(_, asked) => {
                    let jittered = pause.mul_f64(1.0 + pauses.jitter().clamp(0.0, 1.0) / 2.0);
                    pauses.wait(asked.map_or(jittered, |a| a.max(jittered)).min(LONGEST_PAUSE));
                    pause = pause.saturating_mul(2);
                    attempt += 1;
                }
            }
        }
    }

    fn attempt<T>(
        &self,
        question: &Question<'_>,
        judge: &mut impl FnMut(&[u8], &str) -> Ended<T>,
    ) -> Ended<T> {
        let Words { codes, .. } = self.words;
        let problem = |code, message: String| Problem::error(code, question.place.clone(), message);
        let failed = |error: ureq::Error| {
            // An address may be in the error's words, and the key in the address: `without` takes it out.
            problem(codes.failed, format!("The service did not answer: {error}.")).hint(self.words.later)
        };
        let response = match self.send(question) {
            Ok(response) => response,
            Err(error) => return Ended::Again(failed(error), None),
        };
        let status = response.status().as_u16();
        let header =
            |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let kind = header("content-type").unwrap_or_else(|| "none".to_owned());
        let asked = header("retry-after").and_then(|s| s.trim().parse().ok()).map(Duration::from_secs);
        let body = match response.into_body().into_with_config().limit(self.limits.answer).read_to_vec() {
            Ok(body) => body,
            Err(ureq::Error::BodyExceedsLimit(_)) => {
                let message = format!("The answer has more than {} bytes.", self.limits.answer);
                return Ended::Never(problem(codes.too_large, message).hint(self.words.too_large));
            }
            Err(error) => return Ended::Again(failed(error), None),
        };
        // Masked before it is cut, so that no half of a secret is left at the end.
        let body_said = || shorten(&masked(&String::from_utf8_lossy(&body), &question.secrets));
        match status {
            200..=299 => judge(&body, &kind),
            401 | 403 => Ended::Never(self.refused(status, question)),
            429 => {
                let message = "The service said that it is asked too often (429).".to_owned();
                Ended::Again(problem(codes.busy, message).hint(self.words.busy), asked)
            }
            500..=599 => {
                let message = format!("The service failed with status {status}: `{}`.", body_said());
                let hint = "The fault is on its side; run it again later.";
                Ended::Again(problem(codes.failed, message).hint(hint), asked)
            }
            other => {
                let message = format!("The service answered with status {other}: `{}`.", body_said());
                Ended::Never(problem(codes.failed, message).hint(self.words.status))
            }
        }
    }

    fn send(&self, question: &Question<'_>) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let query = question.query.iter().map(|(name, value)| (*name, value.as_str()));
        let bearer = question.bearer.map(|key| format!("Bearer {key}"));
        if let Some(body) = &question.body {
            let mut request = self.agent.post(&question.url).query_pairs(query);
            if let Some(bearer) = bearer {
                request = request.header("Authorization", bearer);
            }
            return request.send_json(body);
        }
        let mut request = self.agent.get(&question.url).query_pairs(query);
        if let Some(bearer) = bearer {
            request = request.header("Authorization", bearer);
        }
        request.call()
    }

    fn refused(&self, status: u16, question: &Question<'_>) -> Problem {
        let (why, hint) = if question.has_key {
            ("the key that was given.", self.words.bad_key)
        } else {
            ("it wants a key, and none was given.", self.words.no_key)
        };
        let between = if question.has_key { " " } else { ": " };
        let message =
            format!("The service refuses ({status}){between}{why} What it would answer is unknown.");
        Problem::error(self.words.codes.refused, question.place.clone(), message).hint(hint)
    }
}

/// What is wrong with a body that should have been an answer, and whether to ask again.
pub(crate) fn no_answer<T>(
    words: &Words,
    error: &AnswerError,
    kind: &str,
    question: &Question<'_>,
) -> Ended<T> {
    let message = format!("Records were expected, but {error} (content type {kind}).");
    let [without_key, with_key] = words.empty;
    let hint = match error {
        AnswerError::Empty if !question.has_key => without_key,
        AnswerError::Empty | AnswerError::Said(_) => with_key,
        AnswerError::WebPage(_) => "A sign-in or error page came: look at the address in a browser.",
        AnswerError::CutOff { .. } | AnswerError::NotJson { .. } => words.broken,
        AnswerError::OtherShape(_) => words.shape,
    };
    let problem = Problem::error(words.codes.answer, question.place.clone(), message).hint(hint);
    match error {
        AnswerError::CutOff { .. } | AnswerError::NotJson { .. } => Ended::Again(problem, None),
        _ => Ended::Never(problem),
    }
}

/// A problem whose words hold no secret.
trait Without {
    fn without(self, secrets: &[&str]) -> Self;
}

impl Without for Problem {
    fn without(mut self, secrets: &[&str]) -> Self {
        self.message = masked(&self.message, secrets);
        self
    }
}

/// So many characters of a secret in a row are taken out: what was cut for a message may begin or end inside one.
const TELLING: usize = 6;

fn masked(text: &str, secrets: &[&str]) -> String {
    const MASK: &str = "••••";
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|s| !s.is_empty()) {
        for form in [(*secret).to_owned(), percent(secret)] {
            text = without_parts(&text.replace(&form, MASK), &form, MASK);
        }
    }
    text
}

/// The text without any part of a secret that is long enough to tell.
fn without_parts(text: &str, secret: &str, mask: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let inside = ends.take_while(|end| secret.contains(&rest[..*end])).enumerate().last();
        match inside {
            Some((last, end)) if last + 1 >= TELLING => {
                out.push_str(mask);
                rest = &rest[end..];
            }
            _ => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// As it stands in an address.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_secret_nor_a_telling_part_of_it_is_left() {
        let key = "абвгдежз/0123456789";
        for text in [
            format!("before {key} after"),
            format!("before {} after", percent(key)),
            "cut before the end: абвгдеж…".to_owned(),
            "…456789: cut at the beginning".to_owned(),
            format!("{key}{key}"),
        ] {
            let masked = masked(&text, &[key]);
            assert!(masked.contains("••••"), "{masked}");
            assert!(
                !masked.contains("абвгд") && !masked.contains("45678") && !masked.contains("%D0"),
                "{masked}"
            );
        }
        assert_eq!(masked("456, nothing to hide", &[key, ""]), "456, nothing to hide");
        assert_eq!(masked("a short pin 12", &["12"]), "a short pin ••••");
    }
}
