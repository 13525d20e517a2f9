//! Blank forms with their explanations, for whoever asks people.

use adil_domain::Language;
use adil_integrity::observations::scheme;
use adil_round::folder::Files;

use super::{Told, write};

/// The files of a form: the blank table, a mapping that fits it, and in each language what the columns mean and what may stand in
/// them.
pub fn templates(told: Told) -> Files {
    let columns: Vec<&scheme::Column> = scheme::columns().iter().filter(|c| c.file == told.file()).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut files = Files::new();
    files.insert(format!("blank-{}", told.file()), write(&names, Vec::<Vec<&str>>::new()));
    files.insert("mapping.toml".to_owned(), mapping(&names).into_bytes());
    for language in Language::PRODUCT {
        let mut add = |name: &str, header: &[&str], rows: Vec<Vec<&str>>| {
            files.insert(format!("{name}.{language}.csv"), write(header, rows));
        };
        add(
            "columns",
            &["column", "what"],
            columns.iter().map(|c| vec![c.name.as_str(), c.what.text(language)]).collect(),
        );
        match told {
            Told::Observations => {
                let words = |question: &scheme::Question| {
                    question.answers.iter().map(|a| answer(a, language)).collect::<Vec<_>>().join(" / ")
                };
                let answers: Vec<String> = scheme::questions().iter().map(words).collect();
                let rows = scheme::questions().iter().zip(&answers);
                let rows = rows.map(|(q, answers)| vec![q.id.as_str(), q.asked.text(language), answers]);
                add("questions", &["question", "asked", "answers"], rows.collect());
            }
            Told::Journeys => {
                let row = |code: &'static scheme::Code| {
                    let texts = [&code.title, &code.counts, &code.not, &code.example];
                    let mut row = vec![code.id.as_str()];
                    row.extend(texts.map(|text| text.text(language)));
                    row
                };
                let header = ["code", "title", "counts", "not", "example"];
                add("obstacles", &header, scheme::obstacles().iter().map(row).collect());
                let steps = scheme::steps().iter().map(|code| row(code).into_iter().take(3).collect());
                add("steps", &header[..3], steps.collect());
            }
        }
    }
    files
}

/// An answer as people give it.
fn answer(code: &str, language: Language) -> &'static str {
    let known = scheme::answers().iter().find(|(known, _)| known == code);
    known.map_or("", |(_, title)| title.text(language))
}

/// Each field from the column of the same name.
fn mapping(names: &[&str]) -> String {
    let lines: String = names.iter().flat_map(|name| [name, " = \"", name, "\"\n"]).collect();
    format!("[columns]\n{lines}")
}
