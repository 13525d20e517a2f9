//! From the tree of the CEL parser to our own.

use std::ops::Range;

use adil_domain::problem::{did_you_mean, nearest};
use adil_domain::{Date, Place, Problem, Problems};
use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, SourceInfo, operators};
use cel::parser::Parser;

use super::shape::FUNCTIONS;
use super::token::{POSSIBLE, Token, TokenKind};
use super::{Aggregate, Arithmetic, Compare, Fault, Kind, Node, TextTest};
use crate::names::{Entity, Name, NameId};
use crate::quantities;

/// Keeps a message readable when a text is a novel.
pub(crate) fn short(text: &str) -> String {
    const KEEP: usize = 40;
    if text.chars().count() <= KEEP {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(KEEP).collect::<String>())
    }
}

/// Parses a source whose shape was checked. `None` when anything was wrong with it.
pub(super) fn tree(
    source: &str,
    tokens: &[Token],
    names: &mut Vec<Name>,
    problems: &mut Problems,
    locate: &dyn Fn(Range<usize>) -> Place,
) -> Option<Node> {
    match Parser::new().parse_with_source_info(source) {
        Ok((parsed, info)) => Build { source, tokens, info: &info, names, problems, locate }.node(&parsed),
        Err(errors) => {
            // The shape was right, so this is seldom reached; the parser's own words are better than none.
            let said = errors.errors.first().map_or("it is no CEL", |e| e.msg.as_str());
            let message = format!("This expression can't be read: {}.", short(said));
            problems
                .push(Problem::error("expression-syntax", locate(0..source.len()), message).hint(POSSIBLE));
            None
        }
    }
}

struct Build<'b> {
    source: &'b str,
    tokens: &'b [Token],
    info: &'b SourceInfo,
    names: &'b mut Vec<Name>,
    problems: &'b mut Problems,
    locate: &'b dyn Fn(Range<usize>) -> Place,
}

impl Build<'_> {
    fn fault(&mut self, fault: Fault) {
        self.problems.push(fault.problem(self.locate));
    }

    /// The bytes of the token that a node of the parser was made from.
    fn at(&self, node: &IdedExpr) -> Range<usize> {
        let start =
            self.info.offset_for(node.id).and_then(|(start, _)| usize::try_from(start).ok()).unwrap_or(0);
        self.token_at(start).map_or(0..self.source.len(), |index| self.tokens[index].at.clone())
    }

    /// The bytes of the name that an argument is, or else of its first token.
    fn argument_at(&self, node: &IdedExpr) -> Range<usize> {
        let Cel::Select(select) = &node.expr else { return self.at(node) };
        let first = self.at(&select.operand);
        first.start..self.name_end(&first)
    }

    /// The end of the name `entity.column` that begins with the token `first`: word, point, word.
    fn name_end(&self, first: &Range<usize>) -> usize {
        self.token_at(first.start).and_then(|i| self.tokens.get(i + 2)).map_or(first.end, |t| t.at.end)
    }

    /// The end of the bracket that closes the one at `bracket`.
    fn closing(&self, bracket: &Range<usize>) -> usize {
        let open = self.token_at(bracket.start).unwrap_or(0);
        let mut depth = 0usize;
        for token in &self.tokens[open..] {
            match token.kind {
                TokenKind::Sign("(" | "[") => depth += 1,
                TokenKind::Sign(")" | "]") => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return token.at.end;
            }
        }
        self.source.len()
    }

    fn token_at(&self, start: usize) -> Option<usize> {
        self.tokens.binary_search_by_key(&start, |t| t.at.start).ok()
    }

    fn node(&mut self, parsed: &IdedExpr) -> Option<Node> {
        let at = self.at(parsed);
        match &parsed.expr {
            Cel::Literal(literal) => self.literal(literal, at),
            Cel::Ident(_) | Cel::Select(_) => self.name_node(parsed),
            Cel::Call(call) => self.call(call, at),
            _ => {
                self.fault(
                    Fault::new(
                        "not-in-the-language",
                        at,
                        "This is CEL, but not part of the policy language.",
                    )
                    .hint(POSSIBLE),
                );
                None
            }
        }
    }

    fn literal(&mut self, literal: &LiteralValue, at: Range<usize>) -> Option<Node> {
        let kind = match literal {
            LiteralValue::Boolean(truth) => Kind::Truth(*truth.inner()),
            LiteralValue::String(text) => Kind::Text(text.inner().into()),
            LiteralValue::Int(_) | LiteralValue::Double(_) => {
                // The token and not the parser's double: a decimal means what is written.
                let negative = match literal {
                    LiteralValue::Int(n) => n.inner().is_negative(),
                    LiteralValue::Double(n) => n.inner().is_sign_negative(),
                    _ => false,
                };
                match self.source[at.clone()].parse::<adil_domain::Rational>() {
                    Ok(n) => Kind::Number(if negative { -&n } else { n }),
                    Err(error) => {
                        self.fault(Fault::new("bad-number", at, format!("{error}.")));
                        return None;
                    }
                }
            }
            LiteralValue::Bytes(_) | LiteralValue::Null | LiteralValue::UInt(_) => {
                self.fault(
                    Fault::new(
                        "not-in-the-language",
                        at,
                        "This is CEL, but not part of the policy language.",
                    )
                    .hint(POSSIBLE),
                );
                return None;
            }
        };
        Some(Node { kind, at })
    }

    fn name_node(&mut self, parsed: &IdedExpr) -> Option<Node> {
        if let Cel::Select(select) = &parsed.expr
            && select.test
        {
            let (id, at) = self.column(&select.operand, &select.field)?;
            if self.names.get(id.0).is_some_and(|n| n.entity == Entity::Check) {
                self.fault(
                    Fault::new(
                        "unknown-compared",
                        at,
                        "Whether a check is known can't be asked in a condition.",
                    )
                    .hint(GATE_DECIDES),
                );
                return None;
            }
            return Some(Node { kind: Kind::Has(id), at });
        }
        let (id, at) = match &parsed.expr {
            Cel::Select(select) => self.column(&select.operand, &select.field)?,
            _ => self.bare(parsed)?,
        };
        Some(Node { kind: Kind::Name(id), at })
    }

    /// `score`, `pot`, and what is no name at all.
    fn bare(&mut self, parsed: &IdedExpr) -> Option<(NameId, Range<usize>)> {
        let Cel::Ident(word) = &parsed.expr else { return None };
        let at = self.at(parsed);
        let fault = match Entity::from_word(word) {
            Some(entity) if entity.is_bare() => return Some((self.intern(entity, ""), at)),
            Some(entity) => Fault::new("unknown-name", at, format!("`{entity}` alone is no quantity."))
                .hint(format!("Name a column: `{entity}.{}`.", quantities::example(entity))),
            None => {
                let fault =
                    Fault::new("unknown-name", at, format!("There is no quantity `{}`.", short(word)));
                match quantities::with_column(word) {
                    Some(quantity) => fault.hint(format!("Did you mean `{}.{word}`?", quantity.entity)),
                    None => match nearest(word, ["score", "pot"]) {
                        Some(near) => fault.hint(format!("Did you mean `{near}`?")),
                        None => fault.hint("Columns are named `entity.column`; texts stand in quotes."),
                    },
                }
            }
        };
        self.fault(fault);
        None
    }

    /// `entity.column`.
    fn column(&mut self, operand: &IdedExpr, field: &str) -> Option<(NameId, Range<usize>)> {
        let Cel::Ident(word) = &operand.expr else {
            let at = self.at(operand);
            self.fault(
                Fault::new("not-in-the-language", at, "Only a name can have a column.").hint(POSSIBLE),
            );
            return None;
        };
        let first = self.at(operand);
        let at = first.start..self.name_end(&first);
        let fault = match Entity::from_word(word) {
            Some(entity) if entity.is_bare() => {
                Fault::new("unknown-name", at, format!("`{entity}` has no columns."))
                    .hint(format!("Write `{entity}`."))
            }
            Some(entity) => return Some((self.intern(entity, field), at)),
            None => Fault::new(
                "unknown-name",
                first,
                format!("There is no `{}` to take a column of.", short(word)),
            )
            .hint(did_you_mean(word, Entity::ALL.iter().filter(|e| !e.is_bare()).map(|e| e.as_str()))),
        };
        self.fault(fault);
        None
    }

    fn intern(&mut self, entity: Entity, column: &str) -> NameId {
        let name = Name { entity, column: column.to_owned() };
        NameId(self.names.iter().position(|n| *n == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        }))
    }

    fn call(&mut self, call: &CallExpr, at: Range<usize>) -> Option<Node> {
        if let Some(target) = &call.target {
            return self.method(call, target, at);
        }
        if let Some(name) = FUNCTIONS.into_iter().find(|f| *f == call.func_name) {
            return self.function(name, call, &at);
        }
        // All arguments are read even when one is wrong, so that every problem is seen.
        let name = call.func_name.as_str();
        if name == operators::IN
            && let [item, list] = call.args.as_slice()
            && let Cel::List(list) = &list.expr
        {
            let item = self.node(item);
            let list = self.nodes(&list.elements);
            let (item, list) = (item?, list?);
            let faults: Vec<Fault> =
                list.iter().filter_map(|word| outcome_word(&item, word, self.names)).collect();
            if !faults.is_empty() {
                for fault in faults {
                    self.fault(fault);
                }
                return None;
            }
            let end = self
                .token_at(at.start)
                .and_then(|i| self.tokens.get(i + 1))
                .map_or(at.end, |t| self.closing(&t.at));
            return Some(Node { at: item.at.start..end, kind: Kind::In(Box::new(item), list) });
        }
        let mut args = self.nodes(&call.args)?.into_iter();
        let (first, second, third) = (args.next()?, args.next(), args.next());
        let start = first.at.start.min(at.start);
        let end = third.as_ref().or(second.as_ref()).unwrap_or(&first).at.end.max(at.end);
        let kind = match (name, second, third) {
            (operators::NEGATE, None, None) => Kind::Negate(Box::new(first)),
            (operators::LOGICAL_NOT, None, None) => Kind::Not(Box::new(first)),
            (operators::CONDITIONAL, Some(second), Some(third)) => {
                Kind::Choice(Box::new([first, second, third]))
            }
            (name, Some(second), None) => {
                let two = Box::new([first, second]);
                match name {
                    operators::ADD => Kind::Arithmetic(Arithmetic::Add, two),
                    operators::SUBSTRACT => Kind::Arithmetic(Arithmetic::Subtract, two),
                    operators::MULTIPLY => Kind::Arithmetic(Arithmetic::Multiply, two),
                    operators::DIVIDE => Kind::Arithmetic(Arithmetic::Divide, two),
                    operators::LOGICAL_AND => Kind::And(two),
                    operators::LOGICAL_OR => Kind::Or(two),
                    operators::EQUALS => Kind::Compare(Compare::Equal, two),
                    operators::NOT_EQUALS => Kind::Compare(Compare::Different, two),
                    operators::LESS => Kind::Compare(Compare::Less, two),
                    operators::LESS_EQUALS => Kind::Compare(Compare::AtMost, two),
                    operators::GREATER => Kind::Compare(Compare::Greater, two),
                    operators::GREATER_EQUALS => Kind::Compare(Compare::AtLeast, two),
                    _ => return self.refuse(at),
                }
            }
            _ => return self.refuse(at),
        };
        self.checks_compared(&kind)?;
        Some(Node { kind, at: start..end })
    }

    fn refuse(&mut self, at: Range<usize>) -> Option<Node> {
        self.fault(
            Fault::new("not-in-the-language", at, "This is CEL, but not part of the policy language.")
                .hint(POSSIBLE),
        );
        None
    }

    fn nodes(&mut self, parsed: &[IdedExpr]) -> Option<Vec<Node>> {
        let nodes: Vec<Option<Node>> = parsed.iter().map(|p| self.node(p)).collect();
        nodes.into_iter().collect()
    }

    /// A named function, whose bracket opens at `bracket`.
    fn function(&mut self, name: &str, call: &CallExpr, bracket: &Range<usize>) -> Option<Node> {
        // From the function's word to its last argument.
        let start = self
            .token_at(bracket.start)
            .and_then(|i| i.checked_sub(1))
            .map_or(0, |i| self.tokens[i].at.start);
        let word = start..start + name.len();
        if name == "date" {
            return self.date(call, word, bracket);
        }
        if name == "has" {
            // The parser turns a proper `has(entity.column)` into a select; this one is not.
            self.fault(
                Fault::new("not-in-the-language", word, "`has` asks for one column.")
                    .hint("Write `has(entity.column)`."),
            );
            return None;
        }
        let aggregate = match name {
            "sum" => Aggregate::Sum,
            "mean" => Aggregate::Mean,
            "count" => Aggregate::Count,
            "latest" => Aggregate::Latest,
            "min" => Aggregate::Min,
            _ => Aggregate::Max,
        };
        let args = self.nodes(&call.args)?;
        let at = start..self.closing(bracket);
        let history = match args.as_slice() {
            [Node { kind: Kind::Name(id), .. }] => {
                self.names.get(id.0).is_some_and(|n| n.entity == Entity::History).then_some(*id)
            }
            _ => None,
        };
        if let Some(id) = history {
            return Some(Node { kind: Kind::Series(aggregate, id), at });
        }
        let of_many = matches!(name, "min" | "max");
        if of_many && args.len() >= 2 {
            let kind = if name == "min" { Kind::Least(args) } else { Kind::Greatest(args) };
            return Some(Node { kind, at });
        }
        let expected =
            if of_many { "two or more values, or one column of history" } else { "one column of history" };
        self.fault(
            Fault::new("not-in-the-language", word, format!("`{name}` expects {expected}."))
                .hint(format!("Write `{name}(history.amount)`.")),
        );
        None
    }

    fn date(&mut self, call: &CallExpr, word: Range<usize>, bracket: &Range<usize>) -> Option<Node> {
        let [argument] = call.args.as_slice() else {
            self.fault(Fault::new("bad-date", word, "`date` expects one day.").hint(WRITE_A_DAY));
            return None;
        };
        let at = self.argument_at(argument);
        let Cel::Literal(LiteralValue::String(text)) = &argument.expr else {
            self.fault(Fault::new("bad-date", at, "`date` expects a day in quotes.").hint(WRITE_A_DAY));
            return None;
        };
        let Some(date) = read_date(text.inner()) else {
            self.fault(
                Fault::new("bad-date", at, format!("`{}` is no day.", short(text.inner()))).hint(WRITE_A_DAY),
            );
            return None;
        };
        Some(Node { kind: Kind::Date(date), at: word.start..self.closing(bracket) })
    }

    fn method(&mut self, call: &CallExpr, target: &IdedExpr, at: Range<usize>) -> Option<Node> {
        let Some(test) = TextTest::from_word(&call.func_name) else { return self.refuse(at) };
        let whole = self.node(target);
        let args = self.nodes(&call.args);
        let (whole, args) = (whole?, args?);
        let count = args.len();
        let Ok([part]) = <[Node; 1]>::try_from(args) else {
            let message = format!("`{}` expects one text, but found {count}.", call.func_name);
            self.fault(Fault::new("not-in-the-language", at, message));
            return None;
        };
        let at = whole.at.start..self.closing(&at);
        Some(Node { kind: Kind::TextTest(test, Box::new([whole, part])), at })
    }

    /// Refuses a check compared with `unknown`, and with words that no check answers.
    fn checks_compared(&mut self, kind: &Kind) -> Option<()> {
        let Kind::Compare(_, two) = kind else { return Some(()) };
        let fault =
            outcome_word(&two[0], &two[1], self.names).or_else(|| outcome_word(&two[1], &two[0], self.names));
        match fault {
            Some(fault) => {
                self.fault(fault);
                None
            }
            None => Some(()),
        }
    }
}

const GATE_DECIDES: &str =
    "What happens while a check is not known is said by the gate's key `unknown`: pass, hold, or fail.";
const WRITE_A_DAY: &str = "Write a day as `date('2023-12-31')`.";

/// The fault of comparing the check `subject` with the text `word`, when it is one.
pub(crate) fn outcome_word(subject: &Node, word: &Node, names: &[Name]) -> Option<Fault> {
    let (Kind::Name(id), Kind::Text(text)) = (&subject.kind, &word.kind) else { return None };
    let name = names.get(id.0).filter(|n| n.entity == Entity::Check)?;
    let at = word.at.clone();
    match &**text {
        "pass" | "fail" => None,
        "unknown" => Some(
            Fault::new("unknown-compared", at, format!("`{name}` can't be compared with 'unknown'."))
                .hint(GATE_DECIDES),
        ),
        other => Some(
            Fault::new(
                "outcome-word",
                at,
                format!("A check says 'pass' or 'fail', and never '{}'.", short(other)),
            )
            .hint(did_you_mean(other, ["pass", "fail"])),
        ),
    }
}

/// Reads a day written `2023-12-31`, and nothing else that a calendar library might accept.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain.then(|| text.parse().ok()).flatten()
}
