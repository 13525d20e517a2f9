//! What `adil explain` says: the sentence first, then every step from facts to money.

use std::fmt::Write as _;

use adil_domain::{Language, Rational};
use adil_policy::Aggregation;
use adil_round::decision::PotAward;
use adil_round::explain::explain;
use adil_round::{ApplicationDecision, Decision, Status};

use super::{harmless, labelled};
use crate::sentences::Teller;
use crate::words::{Words, mark, plain};

/// Why this application gets what it gets.
pub fn explanation(decision: &Decision, application: &ApplicationDecision, language: Language) -> String {
    let teller = Teller::new(decision, language);
    let words = teller.words;
    let steps = explain(decision, application);
    let mut out = String::new();
    if decision.simulated {
        let _ = writeln!(out, "[{}]", words.say("simulated"));
    }
    out.push_str(&plain(&teller.headline(application)));
    out.push_str("\n\n");
    out.push_str(&about(&teller, application, steps.ranked));
    let firm = teller.firm(application).iter().fold(String::new(), |list, said| list + "  " + said + "\n");
    section(&mut out, words, "heading-firm", &firm);
    section(&mut out, words, "heading-gates", &gates(&teller, application));
    section(&mut out, words, "heading-points", &points(&teller, application));
    if application.status != Status::Ineligible {
        for award in &application.pots {
            out.push('\n');
            let heading = words.message("heading-money").text("pot", teller.pot(award.pot)).say();
            let _ = write!(out, "{heading}\n{}", money(&teller, application, award));
        }
    }
    let changes = teller.changes(application, &steps.changes);
    section(
        &mut out,
        words,
        "heading-changes",
        &changes.iter().fold(String::new(), |list, change| list + "  " + change + "\n"),
    );
    harmless(&out)
}

fn section(out: &mut String, words: Words, heading: &str, body: &str) {
    if !body.is_empty() {
        let _ = write!(out, "\n{}\n{body}", words.say(heading));
    }
}

/// Who, where, what for, and the place by points.
fn about(teller: &Teller<'_>, application: &ApplicationDecision, ranked: usize) -> String {
    let words = teller.words;
    let mut lines = vec![(words.say("column-id"), application.id.clone())];
    let mut add = |id: &str, text: String| {
        if !text.is_empty() {
            lines.push((words.say(id), text));
        }
    };
    add("column-place", place_of(teller, application));
    if application.operator_name != application.name {
        add("column-operator", application.operator_name.clone());
    }
    add("column-purpose", application.purpose.clone());
    add("column-status", words.status(application.status));
    if words.asks() {
        add("column-sought", application.sought.map_or_else(|| words.say("not-stated"), |m| words.money(m)));
    }
    if let Some(rank) = application.rank {
        let text = words
            .message("rank-of")
            .text("rank", words.count(rank))
            .text("ranked", words.count(ranked))
            .say();
        add("column-rank", text);
    }
    labelled(&lines)
}

/// The name of the application's place, with the places around it.
fn place_of(teller: &Teller<'_>, application: &ApplicationDecision) -> String {
    let places = &teller.decision.territories;
    let find = |code: &str| places.iter().position(|t| t.code == code);
    let chain: Vec<&str> =
        std::iter::successors(find(&application.territory), |at| find(&places[*at].parent))
            .map(|at| teller.place(at))
            .collect();
    if chain.is_empty() { application.territory.clone() } else { chain.join(", ") }
}

fn gates(teller: &Teller<'_>, application: &ApplicationDecision) -> String {
    let words = teller.words;
    let mut out = String::new();
    for (gate, result) in teller.decision.policy.gates.iter().zip(&application.gates) {
        let source = teller.source(&result.source, result.as_of);
        let line = words
            .message("gate-line")
            .text("title", teller.title(&gate.meta.title, &gate.id))
            .text("outcome", words.outcome(result.outcome))
            .text("known", if source.is_empty() { "no" } else { "yes" })
            .text("source", source)
            .say();
        let _ = writeln!(out, "  {} {line}", mark(result.outcome));
        for answer in teller.answers(application, result) {
            let _ = writeln!(out, "      {answer}");
        }
        if let Some(reference) = &gate.meta.reference {
            let _ = writeln!(out, "      {}", words.message("reference").text("reference", reference).say());
        }
    }
    for flag in teller.flags(application) {
        let _ = writeln!(out, "  ! {}", harmless(&flag));
    }
    out
}

fn points(teller: &Teller<'_>, application: &ApplicationDecision) -> String {
    let words = teller.words;
    let policy = &teller.decision.policy;
    let exact = policy.aggregation == Aggregation::WeightedSum;
    let mut out = String::new();
    let indicators = policy.criteria.iter().flat_map(|c| &c.indicators);
    for (indicator, result) in indicators.zip(&application.contributions) {
        let value = if result.value.is_empty() { words.say("not-known") } else { words.value(&result.value) };
        let sum = words
            .message(if exact { "points-sum" } else { "points-part" })
            .text("value", value)
            .text("scaled", words.short(&result.scaled.to_rational()))
            .text("weight", words.short(&indicator.weight))
            .text("points", words.points(result.points))
            .say();
        let _ = writeln!(out, "  {}\n    {sum}", teller.title(&indicator.meta.title, &indicator.id));
        let imputed = result.imputed.as_str();
        if !imputed.is_empty() {
            let _ = writeln!(out, "    {}", words.say(&format!("imputed-{imputed}")));
        }
        if let Some(forecast) = teller.forecast(result) {
            let _ = writeln!(out, "    {}", forecast.interval);
            forecast.lines.iter().for_each(|line| {
                let _ = writeln!(out, "      {line}");
            });
        }
        let source = teller.source(&result.source, result.as_of);
        if !source.is_empty() {
            let _ = writeln!(out, "    {}", words.message("source-line").text("source", source).say());
        }
    }
    if !out.is_empty() {
        let total = words.message("points-total").text("points", words.points(application.points)).say();
        let _ = writeln!(out, "  = {total}");
    }
    out
}

/// Weight, price chain, share, bound, amount: a sum on paper, line under line.
fn money(teller: &Teller<'_>, application: &ApplicationDecision, award: &PotAward) -> String {
    let words = teller.words;
    let decision = teller.decision;
    let Some(pot) = decision.policy.pots.get(award.pot) else { return String::new() };
    let nodes = decision.pots.get(award.pot).map_or(&[][..], |p| p.nodes.as_slice());
    let mut lines = vec![(
        words.say("column-weight"),
        format!(
            "{} = {}",
            decision.policy.in_words(&pot.weight, words.language, &decision.schema),
            words.short(&award.weight)
        ),
    )];
    if let Some(because) =
        pot.weight_because.as_ref().map(|b| b.text(words.language)).filter(|b| !b.is_empty())
    {
        lines.push((String::new(), words.message("own-word").text("because", because).say()));
    }
    let chain = std::iter::successors(Some(award.node), |at| nodes.get(*at).and_then(|n| n.parent));
    let mut chain: Vec<usize> = chain.collect();
    chain.reverse();
    for (depth, at) in chain.into_iter().enumerate() {
        let label = if depth == 0 { words.say("column-price") } else { String::new() };
        lines.push((label, teller.chain_step(award.pot, at)));
    }
    if let Some(node) = teller.node(award) {
        let share: Rational = teller.share(award);
        let sum = format!(
            "{} × {} = {}",
            words.short(&award.weight),
            words.price(&node.price),
            words.major(&share)
        );
        lines.push((words.say("column-share"), sum));
    }
    let bound = teller.own_bound(application, award);
    if !bound.is_empty() {
        lines.push((words.say("column-bound"), bound));
    }
    if let Some(before) = award.before_drop {
        lines.push((words.say("column-before-drop"), words.money(before)));
    }
    let amount = if application.status == Status::Held { "column-kept" } else { "column-amount" };
    lines.push((words.say(amount), words.money(award.amount)));
    labelled(&lines)
}
