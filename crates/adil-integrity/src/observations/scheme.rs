//! What may be asked, which steps a way has, and what may stand in it: `data/*.csv`, the same words for forms, tables and pages.

use std::sync::LazyLock;

use adil_domain::{Language, LocalizedText};

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// The name in tables and after `observed.` in a policy.
    pub id: String,
    /// The answers, the favourable one first; none where a number is asked for.
    pub answers: Vec<String>,
    /// What the estimate is called.
    pub title: LocalizedText,
    /// The question as it is asked.
    pub asked: LocalizedText,
}

impl Question {
    /// Whether a number is asked for.
    pub fn is_count(&self) -> bool {
        self.answers.is_empty()
    }

    /// The answer of that word.
    pub fn answer(&self, word: &str) -> Option<usize> {
        self.answers.iter().position(|answer| answer == word)
    }
}

/// A word of the coding scheme.
#[derive(Debug, Clone)]
pub struct Code {
    /// The word in tables.
    pub id: String,
    /// What it is called.
    pub title: LocalizedText,
    /// What belongs to it.
    pub counts: LocalizedText,
    /// What does not, and where that belongs.
    pub not: LocalizedText,
    /// A sentence that was coded so.
    pub example: LocalizedText,
}

/// A column of a form.
#[derive(Debug, Clone)]
pub struct Column {
    /// The table it becomes one of.
    pub file: String,
    /// Its name.
    pub name: String,
    /// What is written into it.
    pub what: LocalizedText,
}

static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let question = |row: &Row| Question {
        id: row.text("question").to_owned(),
        answers: row.text("answers").split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        title: row.texts("title"),
        asked: row.texts("asked"),
    };
    read(include_str!("../../data/questions.csv")).iter().map(question).collect()
});

static OBSTACLES: LazyLock<Vec<Code>> = LazyLock::new(|| codes(include_str!("../../data/obstacles.csv")));
static STEPS: LazyLock<Vec<Code>> = LazyLock::new(|| codes(include_str!("../../data/steps.csv")));

static ANSWERS: LazyLock<Vec<(String, LocalizedText)>> = LazyLock::new(|| {
    let rows = read(include_str!("../../data/answers.csv"));
    rows.iter().map(|row| (row.text("code").to_owned(), row.texts("title"))).collect()
});

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let column = |row: &Row| Column {
        file: row.text("table").to_owned(),
        name: row.text("column").to_owned(),
        what: row.texts("what"),
    };
    read(include_str!("../../data/columns.csv")).iter().map(column).collect()
});

/// The answers that questions have, with their words.
pub fn answers() -> &'static [(String, LocalizedText)] {
    &ANSWERS
}

/// The answer that somebody gave in words of any language of the product; what is no such word is `None`.
pub fn answer_in_words(words: &str) -> Option<&'static str> {
    let words = words.trim().to_lowercase();
    let is = |(code, title): &&(String, LocalizedText)| {
        *code == words || Language::PRODUCT.iter().any(|language| title.text(*language) == words)
    };
    ANSWERS.iter().find(is).map(|(code, _)| code.as_str())
}

/// The columns of the forms, in their order.
pub fn columns() -> &'static [Column] {
    &COLUMNS
}

/// Every question, in the order of the forms.
pub fn questions() -> &'static [Question] {
    &QUESTIONS
}

/// The position of a question.
pub fn question(id: &str) -> Option<usize> {
    QUESTIONS.iter().position(|question| question.id == id)
}

/// Every obstacle.
pub fn obstacles() -> &'static [Code] {
    &OBSTACLES
}

/// Every step from wanting to the first training, in their order.
pub fn steps() -> &'static [Code] {
    &STEPS
}

/// The position of the step that is the end of the way.
pub fn arrival() -> usize {
    STEPS.len().saturating_sub(1)
}

/// The position of a word among codes.
pub fn code(codes: &[Code], id: &str) -> Option<usize> {
    codes.iter().position(|code| code.id == id)
}

fn codes(text: &str) -> Vec<Code> {
    let code = |row: &Row| Code {
        id: row.text("code").to_owned(),
        title: row.texts("title"),
        counts: row.texts("counts"),
        not: row.texts("not"),
        example: row.texts("example"),
    };
    read(text).iter().map(code).collect()
}

struct Row {
    header: csv::StringRecord,
    cells: csv::StringRecord,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    fn texts(&self, column: &str) -> LocalizedText {
        let mut texts = LocalizedText::default();
        for language in Language::PRODUCT {
            let text = self.text(&format!("{column}_{language}"));
            if !text.is_empty() {
                texts.insert(language, text);
            }
        }
        texts
    }
}

/// Rows of a table that comes with the program; a test reads all of them.
fn read(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    reader.into_records().flatten().map(|cells| Row { header: header.clone(), cells }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn complete(text: &LocalizedText) -> bool {
        Language::PRODUCT.iter().all(|language| text.has(*language))
    }

    /// In an expression a hyphen is a minus.
    fn nameable(id: &str) -> bool {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    }

    #[test]
    fn every_word_is_whole_in_all_languages() {
        let tables = [
            (include_str!("../../data/questions.csv"), questions().len()),
            (include_str!("../../data/obstacles.csv"), obstacles().len()),
            (include_str!("../../data/steps.csv"), steps().len()),
            (include_str!("../../data/answers.csv"), answers().len()),
            (include_str!("../../data/columns.csv"), columns().len()),
        ];
        for (text, read) in tables {
            assert_eq!(text.lines().count(), read + 1);
        }
        for question in questions() {
            assert!(complete(&question.title) && complete(&question.asked), "{}", question.id);
            assert!(nameable(&question.id) && question.answers.len() != 1, "{}", question.id);
        }
        assert!(
            answers().iter().all(|(_, title)| complete(title)) && columns().iter().all(|c| complete(&c.what))
        );
        let known: Vec<&str> = answers().iter().map(|(code, _)| code.as_str()).collect();
        assert!(questions().iter().flat_map(|q| &q.answers).all(|answer| known.contains(&answer.as_str())));
        assert_eq!((answer_in_words(" Иә"), answer_in_words("maybe")), (Some("yes"), None));
        for code in obstacles() {
            let texts = [&code.title, &code.counts, &code.not, &code.example];
            assert!(texts.into_iter().all(complete) && nameable(&code.id), "{}", code.id);
        }
        for step in steps() {
            assert!(complete(&step.title) && complete(&step.counts) && nameable(&step.id), "{}", step.id);
        }
        let ids: BTreeSet<&str> = obstacles().iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids.len(), obstacles().len());
        assert_eq!(steps()[arrival()].id, "first_training");
    }
}
