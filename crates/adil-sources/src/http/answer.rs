//! What an answer's body says, before anybody knows whose it is.

use serde_json::{Map, Value};

use crate::words::shorten;

/// Why a body is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Nothing at all.
    #[error("the answer was empty")]
    Empty,
    /// HTML or XML.
    #[error("a web page came instead of data: `{0}`")]
    WebPage(String),
    /// The JSON stops.
    #[error("the answer ends in the middle, after {bytes} bytes: `… {end}`")]
    CutOff {
        /// Bytes that came.
        bytes: usize,
        /// The last of them.
        end: String,
    },
    /// No JSON.
    #[error("the answer is no JSON (line {line}, character {column}): `{start}`")]
    NotJson {
        /// Line of the first fault, from 1.
        line: usize,
        /// Character in the line, from 1.
        column: usize,
        /// How the answer begins.
        start: String,
    },
    /// The service says what is wrong.
    #[error("the service said: `{0}`")]
    Said(String),
    /// JSON without records.
    #[error("the answer has neither a list of records nor `hits.hits`: `{0}`")]
    OtherShape(String),
}

/// A body as JSON.
///
/// # Errors
/// What came instead.
pub(crate) fn json(body: &[u8]) -> Result<Value, AnswerError> {
    let text = plain(body);
    let text = text.as_str();
    if text.is_empty() {
        return Err(AnswerError::Empty);
    }
    if text.starts_with('<') {
        return Err(AnswerError::WebPage(shorten(text)));
    }
    serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            let tail: String = text.chars().rev().take(40).collect();
            AnswerError::CutOff { bytes: body.len(), end: shorten(&tail.chars().rev().collect::<String>()) }
        } else {
            AnswerError::NotJson { line: error.line(), column: error.column(), start: shorten(text) }
        }
    })
}

fn plain(body: &[u8]) -> String {
    String::from_utf8_lossy(body).trim_start_matches('\u{feff}').trim().to_owned()
}

/// What an object says instead of an answer.
pub(crate) fn said(object: &Map<String, Value>) -> Option<AnswerError> {
    ["error", "message", "errors"].iter().find_map(|key| {
        let value = object.get(*key)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(AnswerError::Said(shorten(&text)))
    })
}
