//! Expressions as people write them: names in words, `×` for `*`, brackets only where they are needed.

use adil_domain::{Outcome, Rational};

use super::say::Say;
use crate::expr::{Aggregate, Arithmetic, Compare, Expr, Kind, Node, TextTest};
use crate::names::{Entity, NameId};
use crate::quantities::{self, Unit};

/// How tightly a part holds together; a looser part inside a tighter one stands in brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Choice,
    Or,
    And,
    Compare,
    Sum,
    Product,
    Sign,
    Whole,
}

impl Say<'_> {
    /// The expression in words.
    pub(super) fn formula(&self, expr: &Expr) -> String {
        self.node(expr.root()).0
    }

    /// An amount of money: a formula, or a plain number with its currency.
    pub(super) fn amount(&self, expr: &Expr) -> String {
        match expr.constant() {
            Some(amount) => {
                let currency = self.policy.round.currency;
                self.say("unit-other", &[("number", &self.number(&amount)), ("unit", currency.code())])
            }
            None => self.formula(expr),
        }
    }

    /// A number of the scale of `expr`, with the unit where it is known.
    pub(super) fn measured(&self, value: &Rational, expr: &Expr) -> String {
        let number = self.number(value);
        let Kind::Name(id) = expr.root().kind else { return number };
        let Some(name) = self.policy.name(id) else { return number };
        if let Some(unit) = self.schema.unit(name.entity, &name.column) {
            return self.say("unit-other", &[("number", &number), ("unit", &unit)]);
        }
        match quantities::find(name.entity, &name.column).map(|q| q.unit) {
            Some(Unit::Money) => {
                let currency = self.policy.round.currency;
                self.say("unit-other", &[("number", &number), ("unit", currency.code())])
            }
            Some(Unit::SquareMetres) => self.say("unit-square-metres", &[("number", &number)]),
            _ => number,
        }
    }

    /// A name in words: as the data package has it, or our own words for a quantity of the contract.
    pub(super) fn name(&self, id: NameId) -> String {
        self.policy.name(id).map_or_else(String::new, |name| self.column(name.entity, &name.column))
    }

    pub(super) fn column(&self, entity: Entity, column: &str) -> String {
        if let Some(words) = self.schema.words(entity, column, self.language) {
            return words;
        }
        if entity == Entity::Model
            && let Some(model) = self.policy.forecast(column)
        {
            return self.title(&model.meta.title, &model.id).to_owned();
        }
        match quantities::find(entity, column) {
            Some(quantity) => self.say(&quantity.message(), &[]),
            None => self.say(&format!("column-{entity}"), &[("column", column)]),
        }
    }

    fn check(&self, id: NameId) -> String {
        let Some(name) = self.policy.name(id) else { return String::new() };
        self.schema.words(Entity::Check, &name.column, self.language).unwrap_or_else(|| name.column.clone())
    }

    fn inside(&self, node: &Node, bond: Bond) -> String {
        let (text, own) = self.node(node);
        if own < bond { format!("({text})") } else { text }
    }

    /// Right of `-` and `÷` an equally loose part needs brackets too.
    fn right(&self, node: &Node, bond: Bond) -> String {
        let (text, own) = self.node(node);
        if own <= bond { format!("({text})") } else { text }
    }

    fn list(&self, nodes: &[Node]) -> String {
        nodes.iter().map(|n| self.node(n).0).collect::<Vec<_>>().join("; ")
    }

    fn node(&self, node: &Node) -> (String, Bond) {
        match &node.kind {
            Kind::Number(n) => (self.number(n), if n.is_negative() { Bond::Sign } else { Bond::Whole }),
            Kind::Text(text) => (self.say("formula-text", &[("text", text)]), Bond::Whole),
            Kind::Truth(truth) => {
                (self.say(if *truth { "formula-yes" } else { "formula-no" }, &[]), Bond::Whole)
            }
            Kind::Date(date) => (self.date(*date), Bond::Whole),
            Kind::Name(id) => (self.name(*id), Bond::Whole),
            Kind::Has(id) => (self.say("formula-has", &[("name", &self.name(*id))]), Bond::Compare),
            Kind::Series(aggregate, id) => {
                let message = match aggregate {
                    Aggregate::Sum => "formula-sum",
                    Aggregate::Mean => "formula-mean",
                    Aggregate::Count => "formula-count",
                    Aggregate::Latest => "formula-latest",
                    Aggregate::Min => "formula-min",
                    Aggregate::Max => "formula-max",
                };
                (self.say(message, &[("name", &self.name(*id))]), Bond::Whole)
            }
            Kind::Negate(inner) => (format!("−{}", self.inside(inner, Bond::Whole)), Bond::Sign),
            Kind::Not(inner) if matches!(inner.kind, Kind::Has(_)) => {
                let name = inner.name().map(|id| self.name(id)).unwrap_or_default();
                (self.say("formula-has-not", &[("name", &name)]), Bond::Compare)
            }
            Kind::Not(inner) => (self.say("formula-not", &[("a", &self.node(inner).0)]), Bond::Compare),
            Kind::Arithmetic(op, two) => self.arithmetic(*op, &two[0], &two[1]),
            Kind::Compare(op, two) => (self.compare(*op, &two[0], &two[1]), Bond::Compare),
            Kind::And(two) => {
                let (a, b) = (self.inside(&two[0], Bond::And), self.inside(&two[1], Bond::And));
                (self.say("formula-and", &[("a", &a), ("b", &b)]), Bond::And)
            }
            Kind::Or(two) => {
                // Readers know no precedence of "and" over "or".
                let [a, b] = [0, 1].map(|i| match two[i].kind {
                    Kind::And(_) => format!("({})", self.node(&two[i]).0),
                    _ => self.inside(&two[i], Bond::Or),
                });
                (self.say("formula-or", &[("a", &a), ("b", &b)]), Bond::Or)
            }
            Kind::Choice(three) => {
                let [condition, this, that] = [0, 1, 2].map(|i| self.inside(&three[i], Bond::Or));
                let args = [("condition", &*condition), ("this", &*this), ("that", &*that)];
                (self.say("formula-choice", &args), Bond::Choice)
            }
            Kind::In(item, list) => {
                let (item, list) = (self.inside(item, Bond::Sum), self.list(list));
                (self.say("formula-in", &[("item", &item), ("list", &list)]), Bond::Compare)
            }
            Kind::Least(list) => (self.say("formula-least", &[("list", &self.list(list))]), Bond::Whole),
            Kind::Greatest(list) => {
                (self.say("formula-greatest", &[("list", &self.list(list))]), Bond::Whole)
            }
            Kind::TextTest(test, two) => {
                let message = match test {
                    TextTest::StartsWith => "formula-starts",
                    TextTest::EndsWith => "formula-ends",
                    TextTest::Contains => "formula-contains",
                };
                let (whole, part) = (self.inside(&two[0], Bond::Sum), self.inside(&two[1], Bond::Sum));
                (self.say(message, &[("whole", &whole), ("part", &part)]), Bond::Compare)
            }
        }
    }

    fn arithmetic(&self, op: Arithmetic, left: &Node, right: &Node) -> (String, Bond) {
        let (sign, bond) = match op {
            Arithmetic::Add => ("+", Bond::Sum),
            Arithmetic::Subtract => ("−", Bond::Sum),
            Arithmetic::Multiply => ("×", Bond::Product),
            Arithmetic::Divide => ("÷", Bond::Product),
        };
        let left = self.inside(left, bond);
        let right = match op {
            Arithmetic::Add | Arithmetic::Multiply => self.inside(right, bond),
            Arithmetic::Subtract | Arithmetic::Divide => self.right(right, bond),
        };
        let right = if right.starts_with('−') { format!("({right})") } else { right };
        (format!("{left} {sign} {right}"), bond)
    }

    fn compare(&self, op: Compare, left: &Node, right: &Node) -> String {
        if let Some(text) =
            self.check_compared(op, left, right).or_else(|| self.check_compared(op, right, left))
        {
            return text;
        }
        let sign = match op {
            Compare::Equal => "=",
            Compare::Different => "≠",
            Compare::Less => "<",
            Compare::AtMost => "≤",
            Compare::Greater => ">",
            Compare::AtLeast => "≥",
        };
        format!("{} {sign} {}", self.inside(left, Bond::Sum), self.right(right, Bond::Compare))
    }

    /// A check compared with its outcome. Since an unknown check equals nothing and differs from nothing, "not passed" and
    /// "failed" are one thing here.
    fn check_compared(&self, op: Compare, subject: &Node, word: &Node) -> Option<String> {
        let (Kind::Name(id), Kind::Text(word)) = (&subject.kind, &word.kind) else { return None };
        self.policy.name(*id).filter(|name| name.entity == Entity::Check)?;
        let passed = match (op, Outcome::from_word(word)?) {
            (Compare::Equal, Outcome::Pass) | (Compare::Different, Outcome::Fail) => true,
            (Compare::Equal, Outcome::Fail) | (Compare::Different, Outcome::Pass) => false,
            _ => return None,
        };
        let message = if passed { "formula-check-pass" } else { "formula-check-fail" };
        Some(self.say(message, &[("check", &self.check(*id))]))
    }
}
