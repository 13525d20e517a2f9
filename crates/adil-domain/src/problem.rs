//! What is wrong with an input: found, where, expected, what to do.

use std::fmt;
use std::ops::Range;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The round cannot be decided.
    Error,
    /// The round goes on; the sentence says what happens to the row or rule.
    Warning,
}

impl Severity {
    /// The word in `problems.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in the round folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the round folder, with forward slashes.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// In a table the column's name; in a policy the character of the line, counted from 1.
    pub column: Option<String>,
    /// In a policy: bytes of the file, so that the line can be shown with a caret.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// One cell of a table.
    pub fn cell(file: impl Into<String>, line: u64, column: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column.into()), span: None }
    }

    /// One line of a table.
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self { file: file.into(), line: Some(line), ..Self::default() }
    }

    /// Bytes of a text file; line and character are counted from `text`.
    pub fn span(file: impl Into<String>, text: &str, span: Range<usize>) -> Self {
        let start = floor_char_boundary(text, span.start);
        let before = &text[..start];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Self {
            file: file.into(),
            line: u64::try_from(line).ok(),
            column: Some(column.to_string()),
            span: Some((start, floor_char_boundary(text, span.end.max(span.start)))),
        }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for Place {
    /// `file:line:column`, as editors and terminals understand it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

/// One problem of the input: a line of `problems.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// A short constant name that programs and documentation can rely on, such as `duplicate-id`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// One sentence: what was found and what was expected.
    pub message: String,
    /// One sentence: what to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem that stops the round.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), hint: None }
    }

    /// A problem the round goes on with.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, place, message: message.into(), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Message and hint as one text.
    pub fn full_message(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{} {hint}", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}] {}", self.place, self.severity, self.code, self.full_message())
    }
}

/// All problems of an input, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Problem>) {
        self.0.extend(others);
    }

    /// Whether any of them stops the round.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Error)
    }

    /// Sorts by file, line, place in the line, then severity and code: the order in which they are written.
    pub fn sort(&mut self) {
        self.0.sort_by_cached_key(|p| {
            let column = p.place.column.as_deref().map(|c| c.parse::<u64>().map_err(|_| c.to_owned()));
            (p.place.file.clone(), p.place.line, p.place.span, column, p.severity, p.code, p.message.clone())
        });
    }

    /// Leaves out what is said twice; the list must be sorted.
    pub fn dedup(&mut self) {
        self.0.dedup();
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The candidate nearest to `word`, when it is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |c: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &c.to_lowercase());
    let limit = (word.chars().count() / 3).max(2);
    candidates.into_iter().map(|c| (far(c), c)).filter(|(d, _)| *d <= limit).min().map(|(_, c)| c)
}

/// The hint of a name that is not known: the nearest one that is, or all of them when they are few.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    const FEW: usize = 12;
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if candidates.is_empty() => "There is nothing to choose from here.".to_owned(),
        None if candidates.len() <= FEW => format!("Known here: {}.", candidates.join(", ")),
        None => format!("Known here: {} and {} more.", candidates[..FEW].join(", "), candidates.len() - FEW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let place = Place::span("policy.toml", "а = 1\nқала = 2\n", 9..17);
        assert_eq!((place.line, place.column.as_deref()), (Some(2), Some("2")));
        assert_eq!(place.to_string(), "policy.toml:2:2");
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        assert_eq!(nearest("amuont_sought", ["amount_sought", "amount_minimum"]), Some("amount_sought"));
        assert_eq!(nearest("zebra", ["amount_sought"]), None);
    }
}
