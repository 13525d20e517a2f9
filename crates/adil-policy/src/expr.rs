//! Expressions: read in the syntax of CEL, kept as a small tree of our own, evaluated exactly.
//!
//! The `cel` crate parses and nothing more. Its evaluation knows no integer × double and computes in floating point,
//! which no amount of money may pass through.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use adil_domain::{Place, Problem, Problems, Rational};

use crate::names::{Name, NameId};
use crate::policy::Origin;
use crate::value::{Scope, Value};

mod build;
mod eval;
mod linear;
pub(crate) mod node;
mod shape;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use build::{read_date, short};
pub use eval::{EvalError, MAX_BITS};
pub(crate) use node::{Aggregate, Arithmetic, Compare, Kind, Node, TextTest};
pub use shape::{MAX_BYTES, MAX_DEPTH, MAX_OPERATORS};
pub use token::MAX_LITERAL_DIGITS;

/// An expression of the policy. Cloning shares it.
#[derive(Clone)]
pub struct Expr(Arc<Parts>);

struct Parts {
    root: Node,
    source: Arc<str>,
    names: Vec<NameId>,
    place: Place,
    origin: Origin,
    /// Where the source begins in the file, unless escapes make the two differ.
    start: Option<usize>,
}

impl Expr {
    /// Reads a lone expression, adding the names it uses to `names`; a policy reads its own.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(source: &str, names: &mut Vec<Name>) -> Result<Self, Problems> {
        let origin = Origin::new("expression", source);
        Self::parse_in(&origin, source, 0..source.len(), names)
    }

    /// Reads the expression `source` that stands at `span` of the file.
    pub(crate) fn parse_in(
        origin: &Origin,
        source: &str,
        span: Range<usize>,
        names: &mut Vec<Name>,
    ) -> Result<Self, Problems> {
        // Inside the quotes the text stands as it is, unless it is escaped; then the whole string is pointed at.
        let start = origin.text.get(span.clone()).and_then(|raw| raw.find(source)).map(|at| span.start + at);
        let locate = |at: Range<usize>| place_of(origin, start, &span, at);
        let mut problems = Problems::new();
        let root = match shape::check(source) {
            Ok(tokens) => build::tree(source, &tokens, names, &mut problems, &locate),
            Err(fault) => {
                problems.push(fault.problem(&locate));
                None
            }
        };
        let Some(root) = root.filter(|_| problems.is_empty()) else { return Err(problems) };
        let mut used = Vec::new();
        root.visit(&mut |node| {
            if let Some(id) = node.name()
                && !used.contains(&id)
            {
                used.push(id);
            }
        });
        let place = origin.place(span);
        Ok(Self(Arc::new(Parts {
            root,
            source: source.into(),
            names: used,
            place,
            origin: origin.clone(),
            start,
        })))
    }

    /// The number it always is, when it names nothing.
    pub fn constant(&self) -> Option<Rational> {
        self.alone()?.ok().and_then(|value| value.as_number().cloned())
    }

    /// What it is worth without any row, when it names nothing.
    pub(crate) fn alone(&self) -> Option<Result<Value, EvalError>> {
        struct Nothing;
        impl Scope for Nothing {
            fn value(&self, _: NameId) -> Value {
                Value::Missing
            }
            fn series(&self, _: NameId) -> Vec<Value> {
                Vec::new()
            }
        }
        self.0.names.is_empty().then(|| self.eval(&Nothing))
    }

    /// The names it uses, each once, in order of appearance.
    pub fn names(&self) -> &[NameId] {
        &self.0.names
    }

    /// The names that stand for one value, not for the rows of a `history` column brought down to one.
    pub fn single_names(&self) -> Vec<NameId> {
        let mut single = Vec::new();
        self.0.root.visit(&mut |node| {
            if let Kind::Name(id) | Kind::Has(id) = &node.kind
                && !single.contains(id)
            {
                single.push(*id);
            }
        });
        single
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// The tree.
    pub(crate) fn root(&self) -> &Node {
        &self.0.root
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// Where a part of it stands.
    pub(crate) fn place_of(&self, at: Range<usize>) -> Place {
        let whole = self.0.place.span.map_or(0..0, |(from, to)| from..to);
        place_of(&self.0.origin, self.0.start, &whole, at)
    }
}

fn place_of(origin: &Origin, start: Option<usize>, whole: &Range<usize>, at: Range<usize>) -> Place {
    origin.place(start.map_or_else(|| whole.clone(), |s| s + at.start..s + at.end))
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expr({})", self.0.source)
    }
}

impl PartialEq for Expr {
    /// Two expressions are equal when they are written the same.
    fn eq(&self, other: &Self) -> bool {
        self.0.source == other.0.source
    }
}

impl Eq for Expr {}

/// One thing wrong with an expression, before its place in the file is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn problem(self, locate: &dyn Fn(Range<usize>) -> Place) -> Problem {
        let mut problem = Problem::error(self.code, locate(self.at), self.message);
        problem.hint = self.hint;
        problem
    }
}
