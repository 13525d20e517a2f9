//! What an expression is worth: exact numbers, three-valued logic, nothing made up for what is missing.

use std::cmp::Ordering;

use adil_domain::{Outcome, Rational};

use super::{Aggregate, Arithmetic, Compare, Expr, Kind, Node, TextTest};
use crate::value::{Scope, Value};

/// The most bits a numerator or denominator may have. A policy's exact fractions stay far below; without a limit a
/// few multiplications of fractions per row could fill the memory.
pub const MAX_BITS: u64 = 4096;

/// Why an expression has no value. The caller says so in a warning and treats the value as missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// A divisor was zero.
    #[error("`{source_text}` divides by zero")]
    DivisionByZero {
        /// The expression.
        source_text: String,
    },
    /// A number outgrew [`MAX_BITS`].
    #[error("`{source_text}` leads to a number too large to go on with")]
    TooLarge {
        /// The expression.
        source_text: String,
    },
    /// A value was of another type than the schema said.
    #[error("`{source_text}` expects {expected}, but found {found}")]
    WrongType {
        /// The expression.
        source_text: String,
        /// What was needed.
        expected: &'static str,
        /// What there was.
        found: &'static str,
    },
}

/// The same without the source text, which only the outermost call adds.
enum Stop {
    DivisionByZero,
    TooLarge,
    WrongType { expected: &'static str, found: &'static str },
}

type Step<T = Value> = Result<T, Stop>;

impl Expr {
    /// The value for one row.
    ///
    /// # Errors
    /// Division by zero, a number past [`MAX_BITS`], or a scope that breaks the schema's promise about types.
    pub fn eval(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        eval(self.root(), scope).map_err(|stop| {
            let source_text = self.source().to_owned();
            match stop {
                Stop::DivisionByZero => EvalError::DivisionByZero { source_text },
                Stop::TooLarge => EvalError::TooLarge { source_text },
                Stop::WrongType { expected, found } => EvalError::WrongType { source_text, expected, found },
            }
        })
    }
}

fn eval(node: &Node, scope: &dyn Scope) -> Step {
    Ok(match &node.kind {
        Kind::Number(n) => Value::Number(n.clone()),
        Kind::Text(text) => Value::Text(text.clone()),
        Kind::Truth(truth) => Value::Truth(*truth),
        Kind::Date(date) => Value::Date(*date),
        Kind::Name(id) => scope.value(*id),
        Kind::Has(id) => Value::Truth(!scope.value(*id).is_missing()),
        Kind::Series(aggregate, id) => series(*aggregate, scope.series(*id))?,
        Kind::Negate(inner) => match number(eval(inner, scope)?)? {
            Some(n) => Value::Number(-&n),
            None => Value::Missing,
        },
        Kind::Not(inner) => truth_value(truth(eval(inner, scope)?)?.map(|t| !t)),
        Kind::Arithmetic(op, two) => {
            let (left, right) = (number(eval(&two[0], scope)?)?, number(eval(&two[1], scope)?)?);
            match (left, right) {
                (Some(left), Some(right)) => Value::Number(arithmetic(*op, &left, &right)?),
                _ => Value::Missing,
            }
        }
        Kind::Compare(op, two) => truth_value(compare(*op, &eval(&two[0], scope)?, &eval(&two[1], scope)?)?),
        Kind::And(two) => logic(false, two, scope)?,
        Kind::Or(two) => logic(true, two, scope)?,
        Kind::Choice(three) => match truth(eval(&three[0], scope)?)? {
            Some(true) => eval(&three[1], scope)?,
            Some(false) => eval(&three[2], scope)?,
            None => Value::Missing,
        },
        Kind::In(item, list) => {
            let item = eval(item, scope)?;
            // As a chain of `==` with `||`: one unknown comparison leaves room for a later match.
            let mut answer = Some(false);
            for other in list {
                match compare(Compare::Equal, &item, &eval(other, scope)?)? {
                    Some(true) => return Ok(Value::Truth(true)),
                    Some(false) => {}
                    None => answer = None,
                }
            }
            truth_value(answer)
        }
        Kind::Least(list) => extreme(list.iter().map(|n| eval(n, scope)), Ordering::Less)?,
        Kind::Greatest(list) => extreme(list.iter().map(|n| eval(n, scope)), Ordering::Greater)?,
        Kind::TextTest(test, two) => {
            let (whole, part) = (text(eval(&two[0], scope)?)?, text(eval(&two[1], scope)?)?);
            match (whole, part) {
                (Some(whole), Some(part)) => Value::Truth(match test {
                    TextTest::StartsWith => whole.starts_with(&*part),
                    TextTest::EndsWith => whole.ends_with(&*part),
                    TextTest::Contains => whole.contains(&*part),
                }),
                _ => Value::Missing,
            }
        }
    })
}

/// Kleene's `&&` (`decides` = false) and `||` (`decides` = true): the deciding value on either side settles it, even
/// when the other side is missing.
fn logic(decides: bool, two: &[Node; 2], scope: &dyn Scope) -> Step {
    let left = truth(eval(&two[0], scope)?)?;
    if left == Some(decides) {
        return Ok(Value::Truth(decides));
    }
    let right = truth(eval(&two[1], scope)?)?;
    Ok(match (left, right) {
        (_, Some(r)) if r == decides => Value::Truth(decides),
        (Some(_), Some(_)) => Value::Truth(!decides),
        _ => Value::Missing,
    })
}

fn arithmetic(op: Arithmetic, left: &Rational, right: &Rational) -> Step<Rational> {
    within_limit(match op {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left.checked_div(right).ok_or(Stop::DivisionByZero)?,
    })
}

fn within_limit(n: Rational) -> Step<Rational> {
    if n.bits() > MAX_BITS { Err(Stop::TooLarge) } else { Ok(n) }
}

fn compare(op: Compare, left: &Value, right: &Value) -> Step<Option<bool>> {
    // An unknown check neither equals a word nor differs from it.
    if [left, right].iter().any(|v| matches!(v, Value::Missing | Value::Outcome(Outcome::Unknown))) {
        return Ok(None);
    }
    let equality = |equal: bool| match op {
        Compare::Equal => Ok(Some(equal)),
        Compare::Different => Ok(Some(!equal)),
        _ => Err(wrong("a number or a date", left)),
    };
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => Ok(Some(ordered(op, a.cmp(b)))),
        (Value::Date(a), Value::Date(b)) => Ok(Some(ordered(op, a.cmp(b)))),
        (Value::Text(a), Value::Text(b)) => equality(a == b),
        (Value::Truth(a), Value::Truth(b)) => equality(a == b),
        (Value::Outcome(a), Value::Outcome(b)) => equality(a == b),
        (Value::Outcome(o), Value::Text(word)) | (Value::Text(word), Value::Outcome(o)) => {
            equality(o.as_str() == &**word)
        }
        (left, right) => Err(wrong(left.type_of().map_or("nothing", |t| t.as_str()), right)),
    }
}

fn ordered(op: Compare, ordering: Ordering) -> bool {
    match op {
        Compare::Equal => ordering.is_eq(),
        Compare::Different => ordering.is_ne(),
        Compare::Less => ordering.is_lt(),
        Compare::AtMost => ordering.is_le(),
        Compare::Greater => ordering.is_gt(),
        Compare::AtLeast => ordering.is_ge(),
    }
}

/// The least or greatest of numbers or of dates; missing as soon as one of them is.
fn extreme(values: impl Iterator<Item = Step>, wanted: Ordering) -> Step {
    let mut best: Option<Value> = None;
    let mut missing = false;
    for value in values {
        let value = value?;
        let ordering = match (&value, &best) {
            (Value::Missing, _) => {
                missing = true;
                continue;
            }
            (Value::Number(_) | Value::Date(_), None) => wanted,
            (Value::Number(a), Some(Value::Number(b))) => a.cmp(b),
            (Value::Date(a), Some(Value::Date(b))) => a.cmp(b),
            (other, _) => return Err(wrong("a number or a date", other)),
        };
        if ordering == wanted {
            best = Some(value);
        }
    }
    Ok(if missing { Value::Missing } else { best.unwrap_or(Value::Missing) })
}

/// The rows of a history column as one value. A row without a value makes a sum, a mean, or an extreme unknown: an
/// amount that nobody recorded is not zero.
fn series(aggregate: Aggregate, rows: Vec<Value>) -> Step {
    match aggregate {
        Aggregate::Count => Ok(Value::Number(rows.iter().filter(|v| !v.is_missing()).count().into())),
        Aggregate::Latest => Ok(rows.into_iter().next_back().unwrap_or(Value::Missing)),
        Aggregate::Min => extreme(rows.into_iter().map(Ok), Ordering::Less),
        Aggregate::Max => extreme(rows.into_iter().map(Ok), Ordering::Greater),
        Aggregate::Sum | Aggregate::Mean => {
            let count = rows.len();
            let mut sum = Rational::zero();
            for row in rows {
                match number(row)? {
                    Some(n) => sum = within_limit(&sum + &n)?,
                    None => return Ok(Value::Missing),
                }
            }
            if aggregate == Aggregate::Sum {
                return Ok(Value::Number(sum));
            }
            Ok(sum.checked_div(&count.into()).map_or(Value::Missing, Value::Number))
        }
    }
}

fn wrong(expected: &'static str, found: &Value) -> Stop {
    Stop::WrongType { expected, found: found.type_of().map_or("nothing", |t| t.as_str()) }
}

fn number(value: Value) -> Step<Option<Rational>> {
    match value {
        Value::Missing => Ok(None),
        Value::Number(n) => Ok(Some(n)),
        other => Err(wrong("a number", &other)),
    }
}

fn truth(value: Value) -> Step<Option<bool>> {
    match value {
        Value::Missing => Ok(None),
        Value::Truth(t) => Ok(Some(t)),
        other => Err(wrong("true or false", &other)),
    }
}

fn text(value: Value) -> Step<Option<std::sync::Arc<str>>> {
    match value {
        Value::Missing => Ok(None),
        Value::Text(t) => Ok(Some(t)),
        other => Err(wrong("a text", &other)),
    }
}

fn truth_value(truth: Option<bool>) -> Value {
    truth.map_or(Value::Missing, Value::Truth)
}
