//! `PUBLISHED.md`: what of a round is published, what is not, why, and what an outsider can check.

use adil_domain::Language;
use adil_policy::Policy;
use adil_round::publish::Publication;
use adil_round::verify::Check;

use crate::Words;

/// The page; `outside` is what checking finds for somebody who has nothing but what is published.
pub fn published(
    publication: &Publication,
    outside: &[Check],
    policy: &Policy,
    language: Language,
) -> String {
    let words = Words::new(language, policy.round.currency);
    let title = cell(words.title(&policy.round.title, &policy.round.id));
    let smallest = || publication.smallest.to_string();
    let mut blocks = vec![
        words.message("published-title").text("title", title).say(),
        words.message("published-lead").text("smallest", smallest()).say(),
    ];
    blocks.push(table(
        &words,
        &["published-file", "published-how", "published-why"],
        publication.entries.iter().map(|entry| {
            let how = words.say(&format!("published-{}", entry.how.as_str()));
            let counts = entry.counts.as_ref().map(|file| format!(" (`{file}`)")).unwrap_or_default();
            let why = words.say(&format!("published-because-{}", entry.why.as_str()));
            vec![format!("`{}`", cell(&entry.file)), how + &counts, why]
        }),
    ));
    if !publication.counted.is_empty() {
        blocks.push(words.say("published-counts-title"));
        blocks.push(words.message("published-counts-lead").text("smallest", smallest()).say());
        blocks.push(table(
            &words,
            &["published-file", "published-counts", "published-hidden"],
            publication.counted.iter().map(|counted| {
                let number = |n| words.count(n);
                vec![format!("`{}`", cell(&counted.file)), number(counted.counts), number(counted.hidden)]
            }),
        ));
    }
    if !publication.small.is_empty() {
        blocks.push(words.say("published-small-title"));
        blocks.push(words.message("published-small-lead").text("smallest", smallest()).say());
        blocks.push(table(
            &words,
            &["published-file", "published-column", "published-small"],
            publication.small.iter().map(|small| {
                let column = format!("`{}`", cell(&small.column));
                vec![format!("`{}`", small.file), column, words.count(small.rows)]
            }),
        ));
    }
    blocks.push(words.say("published-checks-title"));
    blocks.push(words.say("published-checks-lead"));
    blocks.push(checks(&words, outside));
    blocks.join("\n\n") + "\n"
}

/// What an outsider can check, and what not.
fn checks(words: &Words, outside: &[Check]) -> String {
    let line = |check: &Check| {
        let word = if check.not_checked.is_empty() { "published-checked" } else { "published-not-checked" };
        let open = check.not_checked.iter().map(|sentence| format!("\n  - {}", cell(sentence)));
        format!("- {}: {}{}", words.say(word), check.name, open.collect::<String>())
    };
    outside.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn table(words: &Words, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head: Vec<String> = header.iter().map(|id| words.say(id)).collect();
    let rule = vec!["---".to_owned(); header.len()];
    let mut lines = vec![row(&head), row(&rule)];
    lines.extend(rows.map(|cells| row(&cells)));
    lines.join("\n")
}

/// A text from outside that can't end a cell or a line.
fn cell(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '|' | '`') { ' ' } else { c }).collect()
}
