//! The type of an expression, from the leaves up. Every mismatch is said once, at the part that is wrong.

use std::ops::Range;

use adil_domain::Problem;

use super::{Check, Stand};
use crate::expr::{Aggregate, Compare, Expr, Kind, Node, short};
use crate::value::Type;

impl Check<'_> {
    /// The type of the whole; `None` when something in it is wrong, which is then said.
    pub(super) fn expression(&mut self, expr: &Expr, stand: Stand) -> Option<Type> {
        let found = Typing { check: self, expr, stand }.infer(expr.root())?;
        if let Some(Err(error)) = expr.alone() {
            self.problems.push(Problem::error("no-value", expr.place().clone(), format!("{error}.")));
            return None;
        }
        Some(found)
    }
}

struct Typing<'t, 'c> {
    check: &'t mut Check<'c>,
    expr: &'t Expr,
    stand: Stand,
}

impl Typing<'_, '_> {
    fn infer(&mut self, node: &Node) -> Option<Type> {
        match &node.kind {
            Kind::Number(_) => Some(Type::Number),
            Kind::Text(_) => Some(Type::Text),
            Kind::Truth(_) => Some(Type::Truth),
            Kind::Date(_) => Some(Type::Date),
            Kind::Name(id) => self.check.name_type(self.expr, *id, node.at.clone(), self.stand),
            Kind::Has(id) => {
                self.check.name_type(self.expr, *id, node.at.clone(), self.stand)?;
                Some(Type::Truth)
            }
            Kind::Series(aggregate, id) => {
                let found = self.check.name_type(self.expr, *id, node.at.clone(), self.stand)?;
                self.series(*aggregate, found, node)
            }
            Kind::Negate(inner) => self.all(&[&**inner], Type::Number, "`-`").then_some(Type::Number),
            Kind::Not(inner) => self.all(&[&**inner], Type::Truth, "`!`").then_some(Type::Truth),
            Kind::Arithmetic(_, two) => {
                self.all(&[&two[0], &two[1]], Type::Number, "Arithmetic").then_some(Type::Number)
            }
            Kind::And(two) => self.all(&[&two[0], &two[1]], Type::Truth, "`&&`").then_some(Type::Truth),
            Kind::Or(two) => self.all(&[&two[0], &two[1]], Type::Truth, "`||`").then_some(Type::Truth),
            Kind::TextTest(_, two) => {
                self.all(&[&two[0], &two[1]], Type::Text, "This function").then_some(Type::Truth)
            }
            Kind::Compare(op, two) => self.compare(*op, &two[0], &two[1]),
            Kind::In(item, list) => {
                let found = self.infer(item);
                let mut fine = true;
                for other in list {
                    let found_other = self.infer(other);
                    fine &= self.comparable(item, found, other, found_other);
                }
                (fine && found.is_some()).then_some(Type::Truth)
            }
            Kind::Choice(three) => {
                let condition = self.all(&[&three[0]], Type::Truth, "What stands before `?`");
                let (this, that) = (self.infer(&three[1])?, self.infer(&three[2])?);
                if this != that {
                    let message =
                        format!("A choice must be of one type, but is {this} here and {that} there.");
                    self.mismatch(three[2].at.clone(), message);
                    return None;
                }
                condition.then_some(this)
            }
            Kind::Least(list) | Kind::Greatest(list) => {
                let found: Vec<Option<Type>> = list.iter().map(|n| self.infer(n)).collect();
                let first = found.iter().flatten().next().copied()?;
                let wanted = if first == Type::Date { Type::Date } else { Type::Number };
                let mut fine = true;
                for (node, found) in list.iter().zip(&found) {
                    fine &= self.expect(node, *found, wanted, "The least or greatest of several");
                }
                fine.then_some(wanted)
            }
        }
    }

    fn written(&self, node: &Node) -> String {
        short(self.expr.source().get(node.at.clone()).unwrap_or_default())
    }

    fn mismatch(&mut self, at: Range<usize>, message: String) {
        let place = self.expr.place_of(at);
        self.check.problems.push(Problem::error("type-mismatch", place, message));
    }

    /// Whether all nodes are of the type; those that are not are named.
    fn all(&mut self, nodes: &[&Node], wanted: Type, who: &str) -> bool {
        let mut fine = true;
        for node in nodes {
            let found = self.infer(node);
            fine &= self.expect(node, found, wanted, who);
        }
        fine
    }

    fn expect(&mut self, node: &Node, found: Option<Type>, wanted: Type, who: &str) -> bool {
        match found {
            None => false,
            Some(found) if found == wanted => true,
            Some(found) => {
                let message = format!("{who} needs {wanted}, but `{}` is {found}.", self.written(node));
                self.mismatch(node.at.clone(), message);
                false
            }
        }
    }

    fn series(&mut self, aggregate: Aggregate, found: Type, node: &Node) -> Option<Type> {
        let fits = match aggregate {
            Aggregate::Count => return Some(Type::Number),
            Aggregate::Latest => return Some(found),
            Aggregate::Sum | Aggregate::Mean => found == Type::Number,
            Aggregate::Min | Aggregate::Max => matches!(found, Type::Number | Type::Date),
        };
        if fits {
            return Some(found);
        }
        self.mismatch(node.at.clone(), format!("`{}` can't be taken of {found}.", aggregate.as_str()));
        None
    }

    fn compare(&mut self, op: Compare, left: &Node, right: &Node) -> Option<Type> {
        let (a, b) = (self.infer(left), self.infer(right));
        if !self.comparable(left, a, right, b) {
            return None;
        }
        let ordered = !matches!(op, Compare::Equal | Compare::Different);
        if let Some(found) = a.filter(|t| ordered && !matches!(t, Type::Number | Type::Date)) {
            let message =
                format!("Only numbers and dates have an order, but `{}` is {found}.", self.written(left));
            self.mismatch(left.at.clone(), message);
            return None;
        }
        Some(Type::Truth)
    }

    /// Whether two values can be equal at all.
    fn comparable(&mut self, left: &Node, a: Option<Type>, right: &Node, b: Option<Type>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let word = |node: &Node, ty| ty == Type::Text && matches!(node.kind, Kind::Text(_));
        if a == b || (a == Type::Outcome && word(right, b)) || (b == Type::Outcome && word(left, a)) {
            return true;
        }
        let (l, r) = (self.written(left), self.written(right));
        let message = format!("`{l}` is {a} and `{r}` is {b}, so they can't be compared.");
        self.mismatch(right.at.clone(), message);
        false
    }
}
