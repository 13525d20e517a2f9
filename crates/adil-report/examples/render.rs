//! Renders everything this crate makes of a round: `cargo run --release --example render -- ROUND OUT`.
//!
//! For looking at, and for measuring; the product's own command is `adil run`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use adil_domain::Language;
use adil_report::{html, text, xlsx};
use adil_round::what_if::Answer;
use adil_round::{DecideError, decide_files};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(round), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("ROUND and OUT are expected".into());
    };
    let out = Path::new(&out);
    fs::create_dir_all(out)?;
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&round)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
        }
    }
    let mut log = std::io::stdout().lock();
    let decision = decide_files(&files).map_err(|error| match error {
        DecideError::Input(problems, _) => problems
            .iter()
            .map(|p| format!("{} {}", p.place, p.full_message()))
            .collect::<Vec<_>>()
            .join("\n"),
        DecideError::Conflict(sets) => format!("{} contradictions", sets.len()),
    })?;
    for language in Language::PRODUCT {
        let start = Instant::now();
        let page = html::page(&decision, language)?;
        writeln!(log, "page {language}: {} bytes, {:?}", page.len(), start.elapsed())?;
        fs::write(out.join(format!("report-{language}.html")), page)?;
        let start = Instant::now();
        let workbook = xlsx::workbook(&decision, language)?;
        writeln!(log, "workbook {language}: {} bytes, {:?}", workbook.len(), start.elapsed())?;
        fs::write(out.join(format!("decision-{language}.xlsx")), workbook)?;
        let run = text::RunSummary { round: &round, out: "decision", holds: Some(true) };
        let mut terminal = text::summary(&decision, run, language);
        let statuses = adil_round::Status::ALL;
        for application in
            statuses.iter().filter_map(|s| decision.applications.iter().find(|a| a.status == *s))
        {
            terminal.push_str("\n────\n");
            terminal.push_str(&text::explanation(&decision, application, language));
        }
        terminal.push_str("\n────\n");
        terminal.push_str(&text::policy(&decision.policy.explain(language, &decision.schema), language));
        terminal.push_str("\n────\n");
        terminal.push_str(&text::differences(&decision, &Answer::from(&decision), language));
        fs::write(out.join(format!("terminal-{language}.txt")), terminal)?;
    }
    Ok(())
}
