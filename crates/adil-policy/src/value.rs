//! Values of expressions, their types, and where the values come from.

use std::fmt;
use std::sync::Arc;

use adil_domain::{Date, Outcome, Rational};

use crate::names::NameId;

/// What an expression, or a name in it, is worth for one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not known. It runs through arithmetic and comparisons, so that nothing is made up.
    Missing,
    /// An exact number.
    Number(Rational),
    /// A text.
    Text(Arc<str>),
    /// True or false.
    Truth(bool),
    /// A day.
    Date(Date),
    /// What a check said. An unknown one is missing as soon as it is compared.
    Outcome(Outcome),
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The number, when it is one.
    pub fn as_number(&self) -> Option<&Rational> {
        match self {
            Self::Number(n) => Some(n),
            _ => None,
        }
    }

    /// Whether nothing is known.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The type; a missing value has none.
    pub fn type_of(&self) -> Option<Type> {
        match self {
            Self::Missing => None,
            Self::Number(_) => Some(Type::Number),
            Self::Text(_) => Some(Type::Text),
            Self::Truth(_) => Some(Type::Truth),
            Self::Date(_) => Some(Type::Date),
            Self::Outcome(_) => Some(Type::Outcome),
        }
    }
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// An exact number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Truth,
    /// A day.
    Date,
    /// What a check said: passed, failed, or unknown.
    Outcome,
}

impl Type {
    /// The type with its article, as error messages say it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Truth => "true or false",
            Self::Date => "a date",
            Self::Outcome => "the outcome of a check",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The row an expression is evaluated for.
pub trait Scope {
    /// The value of a name; a `history` name stands for the only row of the facility or operator.
    fn value(&self, name: NameId) -> Value;

    /// The values of a `history` column, oldest row first.
    fn series(&self, name: NameId) -> Vec<Value>;
}
