//! The page around the rows.

use std::fmt::Write as _;

use adil_domain::{Language, Money};
use adil_policy::Section;
use adil_round::decision::{Binding, NodeDecision};
use adil_round::{Decision, Status};
use askama::Template;

use super::applications::{Group, Rows, class};
use super::chart::{self, Chart};
use super::ledger;
use super::map;
use super::rules::{self, Common, GateRow, IndicatorRow, SourceRow};
use crate::error::ReportError;
use crate::groups::{self, StatusSum};
use crate::sentences::Teller;
use crate::words::{Words, html, status_mark};

/// The most problems listed; `problems.csv` has them all.
const PROBLEMS: usize = 100;

const STYLE: &str = include_str!("../../templates/style.css");
const SCRIPT: &str = include_str!("../../templates/page.js");
const LEDGER_SCRIPT: &str = include_str!("../../templates/ledger.js");

struct StatusRow {
    class: &'static str,
    mark: char,
    word: String,
    applications: String,
    sought: String,
    amount: String,
    reserved: String,
}

struct NodeRow {
    node: usize,
    depth: usize,
    name: String,
    level: String,
    /// The anchor of the place's applications; empty without any.
    group: String,
    sought: String,
    floor: String,
    ceiling: String,
    amount: String,
    reserved: String,
    price: String,
    bound: String,
}

struct PotTable {
    index: usize,
    title: String,
    money: String,
    has_floors: bool,
    has_ceilings: bool,
    has_reserved: bool,
    price_note: String,
    nodes: Vec<NodeRow>,
}

struct ProblemRow {
    place: String,
    message: String,
}

struct DigestRow {
    file: String,
    rows: String,
    digest: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    w: Words,
    lang: String,
    engine: &'static str,
    title: String,
    css: String,
    labels: String,
    js: &'static str,
    simulated: bool,
    lead: String,
    about: String,
    awarded: String,
    reserved: String,
    appeals: String,
    unspent: String,
    budget: String,
    statuses: Vec<StatusRow>,
    charts: Vec<Chart>,
    maps: String,
    pots: Vec<PotTable>,
    groups_index: Vec<Group>,
    shown_template: String,
    rows: String,
    is_ledger: bool,
    /// Columns of the ledger to sort by, and their names.
    orders: Vec<(usize, String)>,
    rules: Vec<Section>,
    gates: Vec<GateRow>,
    indicators: Vec<IndicatorRow>,
    sources: Vec<SourceRow>,
    problems_sentence: String,
    problems: Vec<ProblemRow>,
    problems_more: String,
    digests: Vec<DigestRow>,
    footer: String,
    policy_digest: String,
}

/// The whole decision as one self-contained page.
///
/// # Errors
/// Only when a template can't be put together.
pub fn page(decision: &Decision, language: Language) -> Result<String, ReportError> {
    let teller = Teller::new(decision, language);
    let common = Common::of(decision);
    let words = teller.words;
    let is_ledger = decision.applications.len() >= ledger::LARGE;
    let (rows, groups_index, ledger_labels) = if is_ledger {
        ledger::render(teller)
    } else {
        let (rows, index) = Rows::new(teller, &common).render()?;
        (rows, index, String::new())
    };
    let totals = &decision.totals;
    let cents = [totals.awarded, totals.reserved, totals.unspent, totals.budget]
        .iter()
        .any(|m| m.to_rational().to_i64().is_none());
    let decimals = if cents { words.currency.decimals() } else { 0 };
    let total = |money: Money| words.number(&money.to_rational(), decimals);
    let shown = decision.problems.iter().take(PROBLEMS);
    let page = Page {
        w: words,
        lang: language.code().to_owned(),
        engine: env!("CARGO_PKG_VERSION"),
        title: teller.title(&decision.policy.round.title, &decision.policy.round.id).to_owned(),
        css: style(),
        labels: labels(words) + &ledger_labels,
        js: if is_ledger { LEDGER_SCRIPT } else { SCRIPT },
        is_ledger,
        orders: orders(&teller),
        simulated: decision.simulated,
        lead: lead(&teller),
        about: about(&teller),
        awarded: total(totals.awarded),
        reserved: total(totals.reserved),
        appeals: if totals.reserved_for_appeals.minor() > 0 {
            words.message("of-which-appeals").text("amount", total(totals.reserved_for_appeals)).say()
        } else {
            String::new()
        },
        unspent: total(totals.unspent),
        budget: total(totals.budget),
        statuses: statuses(&teller),
        charts: chart::charts(&teller),
        maps: map::maps(&teller)?,
        pots: (0..decision.pots.len()).map(|pot| pot_table(&teller, pot, &groups_index)).collect(),
        groups_index,
        shown_template: words.message("shown").text("shown", "%1").text("all", "%2").say(),
        rows,
        rules: rules::in_words(&teller),
        gates: rules::gates(&teller, &common),
        indicators: rules::indicators(&teller, &common),
        sources: rules::sources(&teller),
        problems_sentence: match decision.problems.len() {
            0 => words.say("problems-none"),
            n => words.message("problems-some").count(n).say(),
        },
        problems: shown
            .map(|p| ProblemRow { place: p.place.to_string(), message: p.full_message() })
            .collect(),
        problems_more: match decision.problems.len().saturating_sub(PROBLEMS) {
            0 => String::new(),
            more => words.message("problems-more").count(more).say(),
        },
        digests: digests(&teller),
        footer: words
            .message("footer")
            .text("engine", env!("CARGO_PKG_VERSION"))
            .text("round", &decision.policy.round.id)
            .say(),
        policy_digest: decision.policy_digest.clone(),
    };
    Ok(page.render()?)
}

/// The sentence that answers "how much, for how many, by what rule?".
fn lead(teller: &Teller<'_>) -> String {
    let decision = teller.decision;
    let funded = decision.applications.iter().filter(|a| a.status == Status::Funded).count();
    let said = teller
        .words
        .message("lead")
        .strong("awarded", teller.words.money(decision.totals.awarded))
        .count(funded)
        .count_as("all", "all-count", decision.applications.len())
        .say();
    html(&said)
}

fn about(teller: &Teller<'_>) -> String {
    let round = &teller.decision.policy.round;
    let words = teller.words;
    let mut said = words.message("about").date("date", round.as_of).say();
    if let Some(reference) = &round.reference {
        said.push(' ');
        said.push_str(&words.message("reference").text("reference", reference).say());
    }
    html(&said)
}

fn statuses(teller: &Teller<'_>) -> Vec<StatusRow> {
    let words = teller.words;
    StatusSum::all(teller.decision)
        .into_iter()
        .map(|sum| StatusRow {
            class: class(sum.status),
            mark: status_mark(sum.status),
            word: words.status(sum.status),
            applications: words.count(sum.applications),
            sought: words.amount(sum.sought),
            amount: words.amount(sum.amount),
            reserved: words.amount(sum.reserved),
        })
        .collect()
}

fn pot_table(teller: &Teller<'_>, pot: usize, index: &[Group]) -> PotTable {
    let words = teller.words;
    let decision = teller.decision;
    let nodes = decision.pots.get(pot).map_or(&[][..], |p| p.nodes.as_slice());
    let any = |has: fn(&NodeDecision) -> bool| nodes.iter().any(has);
    let row = |at: usize| {
        let node = nodes.get(at)?;
        let territory = node.territory.and_then(|t| decision.territories.get(t));
        let group = node.territory.and_then(|t| index.iter().find(|g| g.territory == Some(t)));
        // The pot's own floor and ceiling are its money, which the totals already say.
        let own = node.territory.is_some();
        Some(NodeRow {
            node: at,
            depth: groups::depth(decision, pot, at),
            name: teller.node_name(pot, at),
            level: territory.map(|t| words.level(&t.level)).unwrap_or_default(),
            group: group.map(|g| g.id.clone()).unwrap_or_default(),
            sought: words.amount(node.sought),
            floor: if own && node.floor.minor() > 0 { words.amount(node.floor) } else { String::new() },
            ceiling: node.ceiling.filter(|_| own).map(|m| words.amount(m)).unwrap_or_default(),
            amount: words.amount(node.amount),
            reserved: words.amount(node.reserved),
            price: words.price(&node.price),
            bound: if own || node.binding != Binding::Free {
                teller.place_bound(pot, at)
            } else {
                String::new()
            },
        })
    };
    let order = groups::reading_order(decision, pot, |at| teller.node_name(pot, at));
    PotTable {
        index: pot,
        title: teller.pot(pot).to_owned(),
        money: decision.pots.get(pot).map(|p| words.money(p.money)).unwrap_or_default(),
        has_floors: any(|n| n.territory.is_some() && n.floor.minor() > 0),
        has_ceilings: any(|n| n.territory.is_some() && n.ceiling.is_some()),
        has_reserved: any(|n| n.reserved.minor() > 0),
        price_note: price_note(teller, pot),
        nodes: order.into_iter().filter_map(row).collect(),
    }
}

/// What a price is the price of.
fn price_note(teller: &Teller<'_>, pot: usize) -> String {
    let words = teller.words;
    if teller.is_points_times_ask(pot) {
        return words.message("price-note-points").text("currency", words.currency_name()).say();
    }
    let decision = teller.decision;
    let weight = decision.policy.pots.get(pot).map(|p| &p.weight);
    let weight =
        weight.map_or_else(String::new, |w| decision.policy.in_words(w, words.language, &decision.schema));
    words.message("price-note").text("currency", words.currency_name()).text("weight", weight).say()
}

fn digests(teller: &Teller<'_>) -> Vec<DigestRow> {
    let decision = teller.decision;
    let row = |(file, digest): (&String, &String)| DigestRow {
        file: file.clone(),
        rows: decision.rows_read.get(file).map(|n| teller.words.count(*n)).unwrap_or_default(),
        digest: digest.clone(),
    };
    decision.inputs.iter().map(row).collect()
}

/// Words that the style sheet writes beside numbers of the rows: said once here and not three thousand times.
fn labels(words: Words) -> String {
    let mut css = String::new();
    for (selector, id) in [
        (".g::before", "label-conditions"),
        (".a ol::before", "label-points"),
        (".c::before", "label-changes"),
        (".m span:nth-of-type(1)::after", "sum-points"),
        (".m span:nth-of-type(2)::after", "sum-sought"),
        (".m span:nth-of-type(3)::after", "sum-price"),
        (".m span:nth-of-type(4)::after", "sum-share"),
        (".v span:nth-of-type(1)::after", "sum-weight"),
        (".v span:nth-of-type(2)::after", "sum-price"),
        (".v span:nth-of-type(3)::after", "sum-share"),
    ] {
        let _ = writeln!(css, "{selector}{{content:{}}}", quoted(&words.say(id)));
    }
    css.push_str("@media screen and (max-width:760px){");
    let columns = ["column-points", "column-rank", "column-sought", "column-amount"];
    let said = |id: &str| words.asks() || id != "column-sought";
    for (column, id) in columns.iter().enumerate().filter(|(_, id)| said(id)) {
        let _ = writeln!(
            css,
            ".a summary>span:nth-of-type({})::before{{content:{}}}",
            column + 1,
            quoted(&words.say(id))
        );
    }
    css.push('}');
    css
}

/// A text as a style sheet writes it.
pub(super) fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' | '<' => format!("\\{:x} ", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// What the rows of a ledger can be put in order by, most first.
fn orders(teller: &Teller<'_>) -> Vec<(usize, String)> {
    let policy = &teller.decision.policy;
    let points = 1 + policy.criteria.iter().map(|c| c.indicators.len()).sum::<usize>();
    let asks = teller.words.asks();
    let amount = points + 1 + usize::from(asks) + policy.pots.len();
    let sought = asks.then_some((points + 1, "column-sought"));
    let columns = [(amount, "column-amount"), (points, "column-points")].into_iter().chain(sought);
    columns.map(|(column, id)| (column, teller.words.say(id))).collect()
}

/// The style sheet of every page of the product, without its line breaks.
pub fn style() -> String {
    STYLE.lines().map(str::trim).collect()
}
