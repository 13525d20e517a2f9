//! What an answer's body says.

use serde_json::{Map, Value};

use crate::http::{AnswerError, json, said};
use crate::words::shorten;

/// The records of a body: a bare array, or `hits.hits[]._source`. Elements that are no objects are counted in the second
/// part.
///
/// # Errors
/// What came instead.
pub fn parse(body: &[u8]) -> Result<(Vec<Map<String, Value>>, usize), AnswerError> {
    let value = json(body)?;
    let other = |value: &Value| AnswerError::OtherShape(shorten(&value.to_string()));
    let records = match value {
        Value::Array(records) => records,
        Value::Object(mut object) => {
            match object.get_mut("hits").and_then(|h| h.get_mut("hits")).map(Value::take) {
                Some(Value::Array(hits)) => hits.into_iter().map(source).collect(),
                _ => return Err(said(&object).unwrap_or_else(|| other(&Value::Object(object)))),
            }
        }
        value => return Err(other(&value)),
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
