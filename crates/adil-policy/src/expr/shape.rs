//! The shape of an expression, looked over before the CEL parser sees it.
//!
//! The grammar of CEL is larger than the policy language, and its parser descends as deep as the text does. So the text is
//! first cut into tokens here and walked once without recursion: operands and operators must alternate, brackets must
//! match, and limits hold. What passes is a small and shallow part of CEL; what does not gets a sentence that names
//! the place, instead of a parser's list of expected tokens.

use std::ops::Range;

use adil_domain::problem::did_you_mean;

use super::Fault;
use super::token::{POSSIBLE, Token, TokenKind, tokens};

/// The longest expression, in bytes.
pub const MAX_BYTES: usize = 2000;
/// The most brackets and choices inside one another.
pub const MAX_DEPTH: usize = 24;
/// The most operators, functions, and choices in one expression.
pub const MAX_OPERATORS: usize = 150;
/// Functions that stand before their arguments.
pub(crate) const FUNCTIONS: [&str; 8] = ["min", "max", "has", "date", "sum", "mean", "count", "latest"];
/// Functions that stand behind a text.
pub(crate) const METHODS: [&str; 3] = ["startsWith", "endsWith", "contains"];

/// Words that CEL keeps for itself.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Cuts `source` into tokens and checks that they can be an expression.
pub(crate) fn check(source: &str) -> Result<Vec<Token>, Fault> {
    let whole = 0..source.len();
    if source.len() > MAX_BYTES {
        let message = format!("This expression has {} bytes; at most {MAX_BYTES} are read.", source.len());
        return Err(Fault::new("expression-too-long", whole, message)
            .hint("Compute the quantity beforehand and put it into a column."));
    }
    let tokens = tokens(source)?;
    if tokens.is_empty() {
        return Err(Fault::new(
            "expression-syntax",
            whole,
            "An expression is expected, but nothing is written.",
        ));
    }
    Walk { source, tokens: &tokens, frames: vec![Frame::default()], operators: 0 }.walk()?;
    Ok(tokens)
}

/// One level of brackets.
#[derive(Default)]
struct Frame {
    /// The bracket that closes it; none at the outermost level.
    close: Option<&'static str>,
    /// Whether commas may stand in it.
    list: bool,
    /// Whether a `?` waits for its `:`.
    choice: bool,
    /// Choices in a row at this level: each nests inside the one before.
    choices: usize,
    opened: Range<usize>,
}

struct Walk<'s> {
    source: &'s str,
    tokens: &'s [Token],
    frames: Vec<Frame>,
    operators: usize,
}

impl<'s> Walk<'s> {
    fn written(&self, token: &Token) -> &'s str {
        let source: &'s str = self.source;
        &source[token.at.clone()]
    }

    fn sign(&self, index: usize) -> Option<&'static str> {
        match self.tokens.get(index)?.kind {
            TokenKind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn walk(&mut self) -> Result<(), Fault> {
        let mut index = 0;
        let mut operand_next = true;
        while index < self.tokens.len() {
            if operand_next {
                (index, operand_next) = self.operand(index)?;
            } else {
                (index, operand_next) = self.operator(index)?;
            }
            self.limits()?;
        }
        let end = self.source.len()..self.source.len();
        if operand_next {
            let last = self.tokens.last().map_or("", |t| self.written(t));
            let at = self.tokens.last().map_or(end, |t| t.at.clone());
            return Err(Fault::new("expression-syntax", at, format!("Something is missing after `{last}`.")));
        }
        match self.frames.last() {
            Some(frame) if frame.choice => Err(colon_missing(0..self.source.len())),
            Some(Frame { close: Some(close), opened, .. }) => Err(Fault::new(
                "expression-syntax",
                opened.clone(),
                format!("This bracket is never closed by `{close}`."),
            )),
            _ => Ok(()),
        }
    }

    fn limits(&self) -> Result<(), Fault> {
        let depth: usize = self.frames.len() - 1 + self.frames.iter().map(|f| f.choices).sum::<usize>();
        if depth > MAX_DEPTH || self.operators > MAX_OPERATORS {
            let message = if depth > MAX_DEPTH {
                format!("This expression nests deeper than {MAX_DEPTH} levels.")
            } else {
                format!("This expression has more than {MAX_OPERATORS} operators.")
            };
            return Err(Fault::new("expression-too-deep", 0..self.source.len(), message)
                .hint("Compute the quantity beforehand and put it into a column."));
        }
        Ok(())
    }

    fn open(&mut self, close: &'static str, list: bool, opened: Range<usize>) {
        self.frames.push(Frame { close: Some(close), list, opened, ..Frame::default() });
    }

    /// Takes an operand, or what stands before one. Returns where to go on, and whether an operand is still awaited.
    fn operand(&mut self, index: usize) -> Result<(usize, bool), Fault> {
        let token = &self.tokens[index];
        let at = token.at.clone();
        match token.kind {
            TokenKind::Number | TokenKind::Text => Ok((index + 1, false)),
            TokenKind::Word => self.word(index),
            TokenKind::Sign("(") => {
                self.open(")", false, at);
                Ok((index + 1, true))
            }
            TokenKind::Sign("[") => {
                let after_in = index > 0 && self.written(&self.tokens[index - 1]) == "in";
                if !after_in {
                    return Err(Fault::new("not-in-the-language", at, "A list can only stand after `in`.")
                        .hint(POSSIBLE));
                }
                self.open("]", true, at);
                Ok((index + 1, true))
            }
            TokenKind::Sign(sign @ ("-" | "!")) => {
                self.operators += 1;
                if matches!(self.sign(index + 1), Some("-" | "!")) {
                    return Err(Fault::new(
                        "expression-syntax",
                        at,
                        format!("`{sign}` stands before another sign."),
                    )
                    .hint("Put parentheses between them."));
                }
                Ok((index + 1, true))
            }
            TokenKind::Sign(".") => {
                Err(Fault::new("expression-syntax", at, "A point needs something before it.")
                    .hint("Write `0.5` for a half, and `entity.column` for a column."))
            }
            TokenKind::Sign(sign) => {
                Err(Fault::new("expression-syntax", at, format!("Something is missing before `{sign}`.")))
            }
        }
    }

    /// A word where an operand is expected: true, false, a name, or a function.
    fn word(&mut self, index: usize) -> Result<(usize, bool), Fault> {
        let token = &self.tokens[index];
        let word = self.written(token);
        let at = token.at.clone();
        if self.sign(index + 1) == Some("(") {
            if !FUNCTIONS.contains(&word) {
                let fault = Fault::new("not-in-the-language", at, format!("There is no function `{word}`."));
                return Err(if METHODS.contains(&word) {
                    fault.hint(format!("It stands behind a text: `facility.name.{word}('A')`."))
                } else {
                    fault.hint(did_you_mean(word, FUNCTIONS.into_iter().chain(METHODS)))
                });
            }
            if word == "has" && !self.one_column(index + 2) {
                let fault = Fault::new("not-in-the-language", at, "`has` asks for one column.");
                return Err(fault.hint("Write `has(entity.column)`."));
            }
            self.operators += 1;
            self.open(")", true, self.tokens[index + 1].at.clone());
            return if self.sign(index + 2) == Some(")") {
                Err(Fault::new(
                    "expression-syntax",
                    at,
                    format!("`{word}` needs something between its brackets."),
                ))
            } else {
                Ok((index + 2, true))
            };
        }
        match word {
            "true" | "false" => return Ok((index + 1, false)),
            "in" => return Err(Fault::new("expression-syntax", at, "Something is missing before `in`.")),
            "null" => {
                return Err(Fault::new("not-in-the-language", at, "There is no `null` here.")
                    .hint("Whether a value is known is asked by `has(entity.column)`."));
            }
            "not" => {
                return Err(
                    Fault::new("expression-syntax", at, "`not` is no operator here.").hint("Write `!`.")
                );
            }
            word if RESERVED.contains(&word) => {
                return Err(Fault::new(
                    "expression-syntax",
                    at,
                    format!("`{word}` is a reserved word and no name."),
                ));
            }
            _ => {}
        }
        if self.sign(index + 1) != Some(".") {
            return Ok((index + 1, false));
        }
        let after = self.tokens.get(index + 2);
        match after {
            Some(column) if column.kind == TokenKind::Word => {
                if ["in", "true", "false", "null"].contains(&self.written(column)) {
                    let message = format!("`{}` can't be the name of a column here.", self.written(column));
                    return Err(Fault::new("expression-syntax", column.at.clone(), message));
                }
                // `facility.startsWith(..)`: a function behind a word that is no column yet.
                if self.sign(index + 3) == Some("(") {
                    return Ok((index + 1, false));
                }
                Ok((index + 3, false))
            }
            _ => Err(Fault::new(
                "expression-syntax",
                at.start..self.tokens[index + 1].at.end,
                format!("The column after `{word}.` is missing."),
            )),
        }
    }

    /// Whether `entity.column)` begins at the token.
    fn one_column(&self, index: usize) -> bool {
        let word = |at: usize| self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word);
        word(index)
            && self.sign(index + 1) == Some(".")
            && word(index + 2)
            && self.sign(index + 3) == Some(")")
    }

    /// Takes what may follow an operand.
    fn operator(&mut self, index: usize) -> Result<(usize, bool), Fault> {
        let token = &self.tokens[index];
        let at = token.at.clone();
        let written = self.written(token);
        let frame = self.frames.len() - 1;
        match token.kind {
            TokenKind::Sign("&&" | "||" | "==" | "!=" | "<=" | ">=" | "<" | ">" | "+" | "-" | "*" | "/") => {
                self.operators += 1;
                Ok((index + 1, true))
            }
            TokenKind::Word if written == "in" => {
                self.operators += 1;
                if self.sign(index + 1) != Some("[") {
                    return Err(Fault::new(
                        "expression-syntax",
                        at,
                        "A list in brackets is expected after `in`.",
                    )
                    .hint("Write `x in ['a', 'b']`."));
                }
                Ok((index + 1, true))
            }
            TokenKind::Sign("?") => {
                self.operators += 1;
                if self.frames[frame].choice {
                    return Err(Fault::new(
                        "expression-syntax",
                        at,
                        "A choice inside a choice needs parentheses.",
                    ));
                }
                self.frames[frame].choice = true;
                self.frames[frame].choices += 1;
                Ok((index + 1, true))
            }
            TokenKind::Sign(":") if self.frames[frame].choice => {
                self.frames[frame].choice = false;
                Ok((index + 1, true))
            }
            TokenKind::Sign(":") => {
                Err(Fault::new("expression-syntax", at, "There is no `?` before this `:`."))
            }
            TokenKind::Sign("," | ")" | "]") if self.frames[frame].choice => Err(colon_missing(at)),
            TokenKind::Sign(",") if self.frames[frame].list => {
                self.operators += 1;
                self.frames[frame].choices = 0;
                Ok((index + 1, true))
            }
            TokenKind::Sign(",") => {
                Err(Fault::new("expression-syntax", at, "A comma separates nothing here.")
                    .hint("Decimals are written with a point: `0.5`."))
            }
            TokenKind::Sign(close @ (")" | "]")) => {
                let expected = self.frames[frame].close;
                if expected == Some(close) {
                    self.frames.pop();
                    return Ok((index + 1, false));
                }
                let message = match expected {
                    Some(expected) => format!("`{expected}` is expected, but found `{close}`."),
                    None => format!("There is no bracket open before this `{close}`."),
                };
                Err(Fault::new("expression-syntax", at, message))
            }
            TokenKind::Sign(".") => self.method(index),
            TokenKind::Sign(_) | TokenKind::Number | TokenKind::Text | TokenKind::Word => {
                let fault = Fault::new(
                    "expression-syntax",
                    at,
                    format!("An operator is expected before `{}`.", super::build::short(written)),
                );
                Err(match written {
                    "and" | "AND" => fault.hint("Write `&&`."),
                    "or" | "OR" => fault.hint("Write `||`."),
                    _ => fault,
                })
            }
        }
    }

    /// `.startsWith(` and its like behind an operand.
    fn method(&mut self, index: usize) -> Result<(usize, bool), Fault> {
        let point = self.tokens[index].at.clone();
        let Some(word) = self.tokens.get(index + 1).filter(|t| t.kind == TokenKind::Word) else {
            return Err(Fault::new("expression-syntax", point, "Nothing can follow this point."));
        };
        let at = word.at.clone();
        let name = self.written(word);
        if self.sign(index + 2) != Some("(") {
            let message = format!("A name has one point, so `.{name}` is too much.");
            return Err(Fault::new("not-in-the-language", point.start..at.end, message)
                .hint("Names are written `entity.column`."));
        }
        if !METHODS.contains(&name) {
            let message = format!("There is no function `{name}` behind a value.");
            return Err(Fault::new("not-in-the-language", at, message).hint(did_you_mean(name, METHODS)));
        }
        self.operators += 1;
        self.open(")", true, self.tokens[index + 2].at.clone());
        if self.sign(index + 3) == Some(")") {
            return Err(Fault::new(
                "expression-syntax",
                at,
                format!("`{name}` needs a text between its brackets."),
            ));
        }
        Ok((index + 3, true))
    }
}

fn colon_missing(at: Range<usize>) -> Fault {
    Fault::new("expression-syntax", at, "The `:` of this choice is missing.")
        .hint("Write `condition ? this : that`.")
}
