//! What `adil shadow` says: a real division beside that by the rules.

use std::fmt::Write as _;

use adil_domain::Language;
use adil_round::Decision;
use adil_round::shadow::{Recipient, Shadow};

use super::{aligned, harmless, short_name};
use crate::shadow::{Story, who};
use crate::words::plain;

/// The most recipients in a list.
const SHOWN: usize = 12;
/// The most places.
const PLACES: usize = 20;

/// Both divisions and who differs.
pub fn shadow(found: &Shadow, decision: &Decision, language: Language) -> String {
    let story = Story::new(found, decision, language);
    let words = story.teller.words;
    let round = &decision.policy.round;
    let mut out = format!("{}\n", harmless(story.teller.title(&round.title, &round.id)));
    if decision.simulated {
        let _ = writeln!(out, "{}", words.say("simulated"));
    }
    let _ = writeln!(out, "\n{}", plain(&story.lead()));
    for sentence in story.counts() {
        let _ = writeln!(out, "{}", plain(&sentence));
    }
    let places = story.places();
    if !places.is_empty() {
        let rows = places.iter().take(PLACES).map(|p| {
            vec![
                short_name(p.name),
                words.amount(p.actual),
                words.amount(p.ruled),
                story.signed(p.ruled.minor() - p.actual.minor()),
            ]
        });
        let heads = ["column-place", "column-really-paid", "column-by-rules", "column-difference"];
        let _ = write!(out, "\n{}", aligned(heads.map(|h| words.say(h)).into(), rows.collect()));
    }
    let differing = found.by_difference();
    if !differing.is_empty() {
        let row = |r: &&Recipient| {
            vec![
                short_name(who(r)),
                words.amount(r.actual),
                words.amount(r.ruled),
                story.signed(r.difference()),
            ]
        };
        let heads = ["column-recipient", "column-really-paid", "column-by-rules", "column-difference"];
        let rows = differing.iter().take(SHOWN).map(row).collect();
        let _ = write!(out, "\n{}", aligned(heads.map(|h| words.say(h)).into(), rows));
        let rest = differing.len().saturating_sub(SHOWN);
        if rest > 0 {
            let _ =
                writeln!(out, "  {}", words.message("division-more").text("number", words.count(rest)).say());
        }
    }
    let _ = writeln!(out, "\n{}", words.say("division-caveat"));
    out
}
