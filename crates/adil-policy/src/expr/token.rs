//! The tokens of an expression, and what is said of a character that begins none.

use std::ops::Range;

use super::Fault;

/// The most significant digits of a number in an expression.
pub const MAX_LITERAL_DIGITS: usize = 15;

/// One token and its bytes in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Number,
    Text,
    Word,
    /// An operator of two operands, `!`, or any bracket, comma, point, `?`, or `:`.
    Sign(&'static str),
}

const SIGNS: [&str; 21] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "!", "(", ")", "[", "]", ",", ".", "?",
    ":",
];

/// Cuts the source into tokens.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, Fault> {
    let bytes = source.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let run =
            |from: usize, of: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|b| of(b)).count();
        let kind = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'0'..=b'9' => {
                at = run(at, u8::is_ascii_digit);
                if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                    at = run(at + 1, u8::is_ascii_digit);
                }
                number(source, start..at)?;
                TokenKind::Number
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                at = run(at, |b| b.is_ascii_alphanumeric() || *b == b'_');
                TokenKind::Word
            }
            b'\'' | b'"' => {
                at = text(source, start)?;
                TokenKind::Text
            }
            _ => match SIGNS.into_iter().find(|sign| source[at..].starts_with(sign)) {
                Some(sign) => {
                    at += sign.len();
                    TokenKind::Sign(sign)
                }
                None => return Err(foreign(source, at)),
            },
        };
        tokens.push(Token { kind, at: start..at });
    }
    Ok(tokens)
}

/// Refuses a number that is not plainly written.
fn number(source: &str, at: Range<usize>) -> Result<(), Fault> {
    let literal = &source[at.clone()];
    let end = at.end + source[at.end..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    if end > at.end || source[at.end..].starts_with('_') {
        let message = format!("`{}` is no plain number.", &source[at.start..end]);
        return Err(Fault::new("bad-number", at.start..end, message)
            .hint("Write digits with a point before decimals, without an exponent or a suffix."));
    }
    let digits = literal.replace('.', "");
    let significant = digits.trim_start_matches('0').len();
    if significant > MAX_LITERAL_DIGITS {
        let message = format!(
            "`{literal}` has {significant} significant digits; at most {MAX_LITERAL_DIGITS} are read."
        );
        return Err(Fault::new("bad-number", at, message));
    }
    Ok(())
}

/// The end of the text that begins at `start`.
fn text(source: &str, start: usize) -> Result<usize, Fault> {
    let quote = source[start..].chars().next().unwrap_or('\'');
    let mut escaped = false;
    for (offset, c) in source[start + 1..].char_indices() {
        let at = start + 1 + offset;
        match c {
            '\'' | '"' | '\\' if escaped => escaped = false,
            _ if escaped => {
                return Err(Fault::new(
                    "expression-syntax",
                    at - 1..at + c.len_utf8(),
                    "Nothing can be escaped here but a quote or a backslash.",
                )
                .hint("Write the character itself."));
            }
            '\\' => escaped = true,
            c if c == quote => return Ok(at + 1),
            '\n' | '\r' => break,
            _ => {}
        }
    }
    Err(Fault::new("expression-syntax", start..source.len(), "This text has no closing quote."))
}

/// A character that no expression has.
fn foreign(source: &str, at: usize) -> Fault {
    let c = source[at..].chars().next().unwrap_or(' ');
    let span = at..at + c.len_utf8();
    match c {
        '=' => Fault::new("expression-syntax", span, "A single `=` compares nothing.").hint("Write `==`."),
        '&' | '|' => Fault::new("expression-syntax", span, format!("A single `{c}` joins nothing."))
            .hint(format!("Write `{c}{c}`.")),
        '%' => Fault::new("not-in-the-language", span, "There is no remainder `%` here.").hint(POSSIBLE),
        '×' | '·' => {
            Fault::new("expression-syntax", span, format!("`{c}` is not read.")).hint("Write `*`.")
        }
        '≤' | '≥' => {
            Fault::new("expression-syntax", span, format!("`{c}` is not read.")).hint("Write `<=` or `>=`.")
        }
        '{' | '}' => {
            Fault::new("not-in-the-language", span, "There are no records in braces here.").hint(POSSIBLE)
        }
        c if c.is_alphabetic() => {
            Fault::new("expression-syntax", span, format!("The letter `{c}` can't be part of a name."))
                .hint("Names are written with Latin letters, digits, and `_`; texts stand in quotes.")
        }
        c => Fault::new(
            "expression-syntax",
            span,
            format!("The character `{}` has no meaning here.", c.escape_debug()),
        ),
    }
}

/// What an expression may consist of, for the hint of everything refused.
pub(crate) const POSSIBLE: &str = "Possible are numbers, texts, true, false, `entity.column`, `score`, `pot`, \
    + - * /, comparisons, && || !, `a ? b : c`, `x in [..]`, min, max, has, date, startsWith, endsWith, contains, and \
    sum, mean, count, latest, min, max of a history column.";
