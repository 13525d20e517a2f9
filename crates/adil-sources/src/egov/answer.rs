//! What an answer's body says.

use serde_json::{Map, Value};

use crate::words::shorten;

/// Why a body has no records in it.
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

/// The records of a body: a bare array, or `hits.hits[]._source`. Elements that are no objects are counted in the second
/// part.
///
/// # Errors
/// What came instead.
pub fn parse(body: &[u8]) -> Result<(Vec<Map<String, Value>>, usize), AnswerError> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(AnswerError::Empty);
    }
    if text.starts_with('<') {
        return Err(AnswerError::WebPage(shorten(text)));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            let tail: String = text.chars().rev().take(40).collect();
            AnswerError::CutOff { bytes: body.len(), end: shorten(&tail.chars().rev().collect::<String>()) }
        } else {
            AnswerError::NotJson { line: error.line(), column: error.column(), start: shorten(text) }
        }
    })?;
    let records = match value {
        Value::Array(records) => records,
        Value::Object(mut object) => {
            match object.get_mut("hits").and_then(|h| h.get_mut("hits")).map(Value::take) {
                Some(Value::Array(hits)) => hits.into_iter().map(source).collect(),
                _ => return Err(said(&object).unwrap_or_else(|| AnswerError::OtherShape(shorten(text)))),
            }
        }
        _ => return Err(AnswerError::OtherShape(shorten(text))),
    };
    let count = records.len();
    let objects: Vec<_> = records
        .into_iter()
        .filter_map(|record| match record {
            Value::Object(object) => Some(object),
            _ => None,
        })
        .collect();
    let others = count - objects.len();
    Ok((objects, others))
}

fn source(mut hit: Value) -> Value {
    hit.get_mut("_source").map_or(Value::Null, Value::take)
}

fn said(object: &Map<String, Value>) -> Option<AnswerError> {
    ["error", "message", "errors"].iter().find_map(|key| {
        let value = object.get(*key)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(AnswerError::Said(shorten(&text)))
    })
}
