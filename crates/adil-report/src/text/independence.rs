//! What `adil independence` says: the round without each of its optional sources.

use std::fmt::Write as _;

use adil_domain::Language;
use adil_round::Decision;
use adil_round::independence::{Independence, WithoutSource};

use super::{aligned, harmless};
use crate::sentences::Teller;
use crate::words::plain;

/// The round without each source; `decision` is the round's own.
pub fn independence(found: &Independence, decision: &Decision, language: Language) -> String {
    let teller = Teller::new(decision, language);
    let words = teller.words;
    let round = &decision.policy.round;
    let mut out = format!("{}\n", harmless(teller.title(&round.title, &round.id)));
    if decision.simulated {
        let _ = writeln!(out, "{}", words.say("simulated"));
    }
    out.push('\n');
    if found.rows.is_empty() {
        let _ = writeln!(out, "{}", words.say("independence-no-source"));
        return out;
    }
    for row in &found.rows {
        let _ = writeln!(out, "{}", harmless(&plain(&teller.verdict(row))));
    }
    let cells = |row: &WithoutSource| {
        let moved = row.moved.as_ref();
        vec![
            harmless(&plain(&teller.withdrawn_name(row))),
            teller.share_moved(row),
            moved.map_or_else(|| "–".to_owned(), |m| words.amount(m.money)),
            moved.map_or_else(|| "–".to_owned(), |m| words.count(m.status_changes)),
            teller.correlation(row),
        ]
    };
    let header = vec![
        words.say("column-without"),
        words.say("column-share-moved"),
        words.message("column-money-moved").text("currency", words.currency_name()).say(),
        words.say("column-status-changes"),
        words.say("column-order-kept"),
    ];
    let _ = write!(out, "\n{}", aligned(header, found.rows.iter().map(cells).collect()));
    let _ = writeln!(out, "\n{}", words.say("independence-meaning"));
    out
}
