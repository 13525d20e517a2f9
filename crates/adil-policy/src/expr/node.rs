//! The tree of an expression.

use std::ops::Range;
use std::sync::Arc;

use adil_domain::{Date, Rational};

use crate::names::NameId;

/// A part of an expression and where it stands in the source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) at: Range<usize>,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Number(Rational),
    Text(Arc<str>),
    Truth(bool),
    Date(Date),
    Name(NameId),
    Has(NameId),
    Series(Aggregate, NameId),
    Negate(Box<Node>),
    Not(Box<Node>),
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    Compare(Compare, Box<[Node; 2]>),
    And(Box<[Node; 2]>),
    Or(Box<[Node; 2]>),
    Choice(Box<[Node; 3]>),
    In(Box<Node>, Vec<Node>),
    Least(Vec<Node>),
    Greatest(Vec<Node>),
    TextTest(TextTest, Box<[Node; 2]>),
}

/// `+ - * /`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// `== != < <= > >=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    Different,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What the rows of a `history` column are brought down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Sum,
    Mean,
    Count,
    Latest,
    Min,
    Max,
}

impl Aggregate {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Count => "count",
            Self::Latest => "latest",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// `text.startsWith(part)` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextTest {
    StartsWith,
    EndsWith,
    Contains,
}

impl TextTest {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        match word {
            "startsWith" => Some(Self::StartsWith),
            "endsWith" => Some(Self::EndsWith),
            "contains" => Some(Self::Contains),
            _ => None,
        }
    }
}

impl Node {
    /// The parts of the node, in the order written.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Number(_)
            | Kind::Text(_)
            | Kind::Truth(_)
            | Kind::Date(_)
            | Kind::Name(_)
            | Kind::Has(_)
            | Kind::Series(..) => Vec::new(),
            Kind::Negate(inner) | Kind::Not(inner) => vec![inner],
            Kind::Arithmetic(_, two)
            | Kind::Compare(_, two)
            | Kind::And(two)
            | Kind::Or(two)
            | Kind::TextTest(_, two) => two.iter().collect(),
            Kind::Choice(three) => three.iter().collect(),
            Kind::In(item, list) => std::iter::once(&**item).chain(list).collect(),
            Kind::Least(list) | Kind::Greatest(list) => list.iter().collect(),
        }
    }

    /// Calls `each` on the node and everything below it, from left to right.
    pub(crate) fn visit<'n>(&'n self, each: &mut dyn FnMut(&'n Self)) {
        each(self);
        for child in self.children() {
            child.visit(each);
        }
    }

    /// The name the node itself refers to.
    pub(crate) fn name(&self) -> Option<NameId> {
        match self.kind {
            Kind::Name(id) | Kind::Has(id) | Kind::Series(_, id) => Some(id),
            _ => None,
        }
    }
}
