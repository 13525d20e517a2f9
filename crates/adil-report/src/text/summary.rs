//! What `adil run` says when it is done: at most one screen.

use std::fmt::Write as _;

use adil_domain::{Language, Money};
use adil_round::{Decision, Status};

use super::{aligned, harmless, labelled, short_name};
use crate::groups::{self, StatusSum};
use crate::sentences::Teller;

/// The most problems shown; `problems.csv` has them all.
const PROBLEMS: usize = 3;
/// The most places shown.
const PLACES: usize = 8;

/// What the caller knows of the run beside its decision.
#[derive(Debug, Clone, Copy)]
pub struct RunSummary<'r> {
    /// The folder of the round, as it was given.
    pub round: &'r str,
    /// The folder of the decision; empty when none was written.
    pub out: &'r str,
    /// Whether sums, bounds and certificate were checked, and held.
    pub holds: Option<bool>,
}

/// The run in at most one screen.
pub fn summary(decision: &Decision, run: RunSummary<'_>, language: Language) -> String {
    let teller = Teller::new(decision, language);
    let words = teller.words;
    let round = &decision.policy.round;
    let sums = StatusSum::all(decision);
    let mut out = words
        .message("summary-head")
        .text("title", teller.title(&round.title, &round.id))
        .count(decision.applications.len())
        .money("budget", decision.totals.budget)
        .say();
    out.push('\n');
    if decision.simulated {
        let _ = writeln!(out, "  {}", words.say("simulated"));
    }
    let many = |status: Status| sums.iter().find(|s| s.status == status).map_or(0, |s| s.applications);
    let admitted = decision.applications.len() - many(Status::Held) - many(Status::Ineligible);
    let rows: usize = decision.rows_read.values().sum();
    let mut lines = vec![(
        words.say("label-read"),
        words
            .message("summary-read")
            .count(decision.rows_read.len())
            .count_as("rows", "rows-count", rows)
            .say(),
    )];
    if !decision.problems.is_empty() {
        lines.push((
            words.say("label-problems"),
            words.message("summary-problems").count(decision.problems.len()).say(),
        ));
        for problem in decision.problems.iter().take(PROBLEMS) {
            lines.push((String::new(), harmless(&format!("{} {}", problem.place, problem.message))));
        }
    }
    lines.push((
        words.say("label-gates"),
        words
            .message("summary-gates")
            .text("admitted", words.count(admitted))
            .text("held", words.count(many(Status::Held)))
            .text("ineligible", words.count(many(Status::Ineligible)))
            .say(),
    ));
    lines.push((
        words.say("label-awards"),
        words
            .message("summary-awards")
            .text("funded", words.count(many(Status::Funded)))
            .text("not-funded", words.count(many(Status::NotFunded)))
            .say(),
    ));
    lines.push((words.say("label-money"), totals(&teller)));
    if let Some(holds) = run.holds {
        lines.push((
            words.say("label-check"),
            words.say(if holds { "summary-holds" } else { "summary-fails" }),
        ));
    }
    out.push_str(&labelled(&lines));
    out.push('\n');
    out.push_str(&by_status(&teller, &sums));
    let places = by_place(&teller);
    if !places.is_empty() {
        out.push('\n');
        out.push_str(&places);
    }
    if !run.out.is_empty() {
        out.push_str(&next(&teller, run));
    }
    out
}

/// `awarded + reserved + not divided = budget`, exactly.
fn totals(teller: &Teller<'_>) -> String {
    let words = teller.words;
    let totals = &teller.decision.totals;
    words
        .message("summary-money")
        .text("awarded", words.amount(totals.awarded))
        .text("reserved", words.amount(totals.reserved))
        .text("unspent", words.amount(totals.unspent))
        .money("budget", totals.budget)
        .say()
}

fn by_status(teller: &Teller<'_>, sums: &[StatusSum]) -> String {
    let words = teller.words;
    let asks = words.asks();
    let mut header = vec!["column-status", "column-applications"];
    header.extend(asks.then_some("column-sought"));
    header.extend(["column-amount", "column-reserved"]);
    let row = |sum: &StatusSum| {
        let mut row = vec![words.status(sum.status), words.count(sum.applications)];
        row.extend(asks.then(|| words.amount(sum.sought)));
        row.extend([words.amount(sum.amount), words.amount(sum.reserved)]);
        row
    };
    aligned(
        header.into_iter().map(|id| words.say(id)).collect(),
        sums.iter().filter(|s| s.applications > 0).map(row).collect(),
    )
}

/// The places of one pot at the level that fits a screen; the largest amounts first where they are too many.
fn by_place(teller: &Teller<'_>) -> String {
    let words = teller.words;
    let mut out = String::new();
    for pot in 0..teller.decision.pots.len().min(2) {
        let mut nodes = groups::level_within(teller.decision, pot, PLACES);
        let all = nodes.len();
        if all < 2 {
            continue;
        }
        if all > PLACES {
            nodes
                .sort_by_key(|n| std::cmp::Reverse(groups::node(teller.decision, pot, *n).map(|n| n.amount)));
            nodes.truncate(PLACES);
        }
        let nodes: Vec<_> =
            nodes.iter().filter_map(|n| Some((*n, groups::node(teller.decision, pot, *n)?))).collect();
        // A column of ceilings where nobody has one would only ask a question.
        let limited = nodes.iter().any(|(_, node)| node.ceiling.is_some());
        let rows = nodes
            .iter()
            .map(|(at, node)| {
                let mut row = vec![short_name(&teller.node_name(pot, *at))];
                row.extend(words.asks().then(|| words.amount(node.sought)));
                row.extend(limited.then(|| node.ceiling.map_or_else(String::new, |m| words.amount(m))));
                row.extend([words.amount(node.amount), words.price(&node.price)]);
                row
            })
            .collect();
        let place = if teller.decision.pots.len() > 1 {
            teller.pot(pot).to_owned()
        } else {
            words.say("column-place")
        };
        let mut header = vec![short_name(&place)];
        header.extend(
            ["column-sought", "column-ceiling", "column-amount", "column-price"]
                .iter()
                .filter(|id| limited || **id != "column-ceiling")
                .filter(|id| words.asks() || **id != "column-sought")
                .map(|id| words.say(id)),
        );
        out.push_str(&aligned(header, rows));
        if all > PLACES {
            let _ = writeln!(out, "  {}", words.message("and-more-places").count(all - PLACES).say());
        }
    }
    out
}

/// Where the folder is, and a command to go on with: the application that got most, for a start.
fn next(teller: &Teller<'_>, run: RunSummary<'_>) -> String {
    let zero = Money::zero(teller.words.currency);
    let first = teller
        .decision
        .applications
        .iter()
        .max_by(|a, b| (a.amount, &b.id).cmp(&(b.amount, &a.id)))
        .filter(|a| a.amount > zero)
        .or_else(|| teller.decision.applications.first());
    let id = first.map_or("", |a| a.id.as_str());
    let message = teller.words.message("summary-next");
    format!("→ {}\n", message.text("out", run.out).text("round", run.round).text("id", harmless(id)).say())
}
