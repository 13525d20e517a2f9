//! What `adil what-if` says: never to be mistaken for the decision.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::{Language, Money};
use adil_round::what_if::{Answer, Outcome};
use adil_round::{ApplicationDecision, Decision};

use super::{aligned, short_name};
use crate::groups::{self, worth};
use crate::sentences::{Teller, who};

/// The most applications in each list.
const SHOWN: usize = 10;
/// The most places in the table by place.
const PLACES: usize = 40;

/// One application before and after.
struct Pair<'d> {
    before: &'d ApplicationDecision,
    after: &'d Outcome,
    /// Minor units more (or, below zero, less).
    difference: i64,
}

/// What changes from `before`, the decision, to `after`, which is none.
pub fn differences(before: &Decision, after: &Answer, language: Language) -> String {
    let teller = Teller::new(before, language);
    let words = teller.words;
    let pairs = pairs(before, after);
    let money = |minor: i64| words.money(Money::from_minor(minor, words.currency));
    let gains = pairs.iter().filter(|p| p.difference > 0).count();
    let losses = pairs.iter().filter(|p| p.difference < 0).count();
    let sum = |keep: fn(&i64) -> bool| pairs.iter().map(|p| p.difference).filter(keep).sum::<i64>();
    let mut out = format!("{}\n\n", words.say("what-if"));
    if gains + losses == 0 {
        let _ = writeln!(out, "{}", words.say("what-if-nothing"));
    }
    if gains > 0 {
        let text = words.message("what-if-gains").count(gains).text("sum", money(sum(|d| *d > 0))).say();
        let _ = writeln!(out, "{text}");
    }
    if losses > 0 {
        let text = words.message("what-if-losses").count(losses).text("sum", money(-sum(|d| *d < 0))).say();
        let _ = writeln!(out, "{text}");
    }
    if before.totals.budget != after.policy.round.budget {
        let text = words
            .message("what-if-budget")
            .money("before", before.totals.budget)
            .money("after", after.policy.round.budget)
            .say();
        let _ = writeln!(out, "{text}");
    }
    out.push_str(&changed_status(&teller, &pairs));
    let mut sorted: Vec<&Pair<'_>> = pairs.iter().filter(|p| p.difference != 0).collect();
    sorted.sort_by_key(|p| (Reverse(p.difference), &p.before.id));
    let up: Vec<&Pair<'_>> = sorted.iter().copied().filter(|p| p.difference > 0).take(SHOWN).collect();
    let down: Vec<&Pair<'_>> =
        sorted.iter().rev().copied().filter(|p| p.difference < 0).take(SHOWN).collect();
    out.push_str(&list(&teller, "heading-gains", &up));
    out.push_str(&list(&teller, "heading-losses", &down));
    out.push_str(&by_place(&teller, before, after));
    out
}

fn pairs<'d>(before: &'d Decision, after: &'d Answer) -> Vec<Pair<'d>> {
    let pair = |(before, after): (&'d ApplicationDecision, &'d Outcome)| {
        let difference = after.amount.minor().saturating_sub(worth(before).minor());
        Pair { before, after, difference }
    };
    before.applications.iter().zip(&after.applications).map(pair).collect()
}

/// A difference with its sign, which is said even above zero.
fn signed(teller: &Teller<'_>, minor: i64) -> String {
    let text = teller.words.amount(Money::from_minor(minor, teller.words.currency));
    if minor > 0 { format!("+{text}") } else { text }
}

fn changed_status(teller: &Teller<'_>, pairs: &[Pair<'_>]) -> String {
    let words = teller.words;
    let changed: Vec<&Pair<'_>> = pairs.iter().filter(|p| p.before.status != p.after.status).collect();
    if changed.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", words.message("heading-status-changes").count(changed.len()).say());
    for pair in changed.iter().take(SHOWN) {
        let line = words
            .message("status-change")
            .text("name", short_name(who(pair.before)))
            .text("id", short_name(&pair.before.id))
            .text("before", words.status(pair.before.status))
            .text("after", words.status(pair.after.status))
            .say();
        let _ = writeln!(out, "  {line}");
    }
    if changed.len() > SHOWN {
        let _ = writeln!(out, "  {}", words.message("and-more").count(changed.len() - SHOWN).say());
    }
    out
}

fn list(teller: &Teller<'_>, heading: &str, pairs: &[&Pair<'_>]) -> String {
    let words = teller.words;
    if pairs.is_empty() {
        return String::new();
    }
    let header = [heading, "column-id", "column-before", "column-after", "column-difference"];
    let rows = pairs
        .iter()
        .map(|p| {
            vec![
                short_name(who(p.before)),
                short_name(&p.before.id),
                words.amount(worth(p.before)),
                words.amount(p.after.amount),
                signed(teller, p.difference),
            ]
        })
        .collect();
    format!("\n{}", aligned(header.iter().map(|id| words.say(id)).collect(), rows))
}

/// Awards and kept money of each place, all pots together.
fn by_place(teller: &Teller<'_>, before: &Decision, after: &Answer) -> String {
    let words = teller.words;
    let mut old: BTreeMap<usize, i64> = BTreeMap::new();
    for pot in 0..before.pots.len() {
        for at in groups::level_within(before, pot, PLACES) {
            let Some(node) = groups::node(before, pot, at) else { continue };
            let Some(territory) = node.territory else { continue };
            *old.entry(territory).or_default() += node.amount.minor() + node.reserved.minor();
        }
    }
    let mut rows: Vec<(String, i64, i64)> = old
        .iter()
        .map(|(territory, before)| {
            let after = after.by_place.get(*territory).copied().unwrap_or(0);
            (short_name(teller.place(*territory)), *before, after)
        })
        .filter(|(_, before, after)| before != after)
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_cached_key(|(name, before, after)| (Reverse(after - before), groups::sort_key(name)));
    let money = |minor: i64| words.amount(Money::from_minor(minor, words.currency));
    let header = ["column-place", "column-before", "column-after", "column-difference"];
    let rows = rows
        .into_iter()
        .map(|(name, before, after)| vec![name, money(before), money(after), signed(teller, after - before)])
        .collect();
    format!("\n{}", aligned(header.iter().map(|id| words.say(id)).collect(), rows))
}
