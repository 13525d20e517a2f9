//! What `adil what-if --frontier` says: a trade-off, never advice.

use std::fmt::Write as _;

use adil_domain::Language;
use adil_round::Decision;
use adil_round::what_if::{Frontier, Tried};

use super::{aligned, harmless};
use crate::frontier::{Called, Story};
use crate::words::plain;

/// The most places of the curve in the table.
const SHOWN: usize = 12;

/// The trade-off between two goals; `decision` is the one by the published weights.
pub fn frontier(found: &Frontier, decision: &Decision, language: Language) -> String {
    let story = Story::new(found, decision, language);
    let words = story.teller.words;
    let mut out = format!("{}\n", words.say("frontier"));
    if decision.simulated {
        let _ = writeln!(out, "{}", words.say("simulated"));
    }
    out.push('\n');
    for sentence in story.verdict(Called::ById) {
        let _ = writeln!(out, "{}", harmless(&plain(&sentence)));
    }
    if found.has_freedom() {
        let _ = write!(out, "\n{}", table(&story));
        let ids: Vec<String> = story.indicators().into_iter().map(|(id, _)| id).collect();
        let _ = writeln!(out, "\n  {}: {}", words.say("column-weights"), ids.join(" · "));
    }
    out.push('\n');
    for goal in [0, 1] {
        let _ = writeln!(out, "{}", harmless(&plain(&story.means(goal))));
    }
    let _ = writeln!(out, "\n{}", story.tried());
    if found.has_freedom() {
        let _ = writeln!(out, "{}\n{}", story.varied(), words.say("frontier-advice"));
    }
    out
}

/// The curve, and the published weights among it or below it.
fn table(story: &Story<'_>) -> String {
    let (words, found) = (story.teller.words, story.found);
    let sums = found.sums_differ();
    let row = |label: String, tried: &Tried| {
        let mut cells = vec![label, story.reached(tried.reached[0]), story.reached(tried.reached[1])];
        cells.extend(sums.then(|| words.amount(tried.divided)));
        cells.push(story.weights(tried));
        cells
    };
    let label = |at: usize| {
        if found.chosen_at == Some(at) { words.say("frontier-published") } else { words.count(at + 1) }
    };
    let mut rows: Vec<Vec<String>> =
        found.shown(SHOWN).into_iter().map(|at| row(label(at), &found.curve[at])).collect();
    if found.chosen_at.is_none() {
        rows.push(row(words.say("frontier-published"), &found.chosen));
    }
    let mut header = vec![String::new(), found.goals[0].id.clone(), found.goals[1].id.clone()];
    header.extend(sums.then(|| story.divided()));
    header.push(words.say("column-weights"));
    aligned(header, rows)
}
