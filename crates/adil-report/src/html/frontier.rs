//! The page of a trade-off: its sentence, its picture, the weights behind it.

use adil_domain::Language;
use adil_round::Decision;
use adil_round::what_if::{Frontier, Tried};
use askama::Template;

use super::{scatter, style};
use crate::error::ReportError;
use crate::frontier::{Called, Story};
use crate::words::{Words, html};

/// The most places of the curve in the table.
const SHOWN: usize = 40;

const STYLE: &str = include_str!("../../templates/frontier.css");

/// One place of the curve in the table.
struct PlaceRow {
    label: String,
    is_published: bool,
    cells: Vec<String>,
    weights: String,
}

/// One line of the table of weights: a goal or an indicator.
struct WeightRow {
    label: String,
    id: String,
    cells: Vec<String>,
    is_goal: bool,
}

#[derive(Template)]
#[template(path = "frontier.html")]
struct Page {
    w: Words,
    lang: String,
    engine: &'static str,
    title: String,
    css: String,
    simulated: bool,
    lead: String,
    verdict: Vec<String>,
    has_freedom: bool,
    up: String,
    right: String,
    svg: String,
    heads: Vec<String>,
    places: Vec<PlaceRow>,
    columns: Vec<String>,
    rows: Vec<WeightRow>,
    /// Letters of the named sets, and what they are.
    keys: Vec<(&'static str, String)>,
    goals: Vec<String>,
    how: String,
    footer: String,
    policy_digest: String,
}

/// The trade-off as one self-contained page; `decision` is the one by the published weights.
///
/// # Errors
/// Only when the template can't be put together.
pub fn frontier(found: &Frontier, decision: &Decision, language: Language) -> Result<String, ReportError> {
    let story = Story::new(found, decision, language);
    let teller = story.teller;
    let words = teller.words;
    let mut verdict = story.verdict(Called::ByTitle).into_iter();
    let lead = verdict.next().unwrap_or_default();
    let verdict: Vec<String> = verdict.collect();
    let alt = [lead.as_str()].into_iter().chain(verdict.iter().map(String::as_str)).collect::<Vec<_>>();
    let named = named(&story);
    let letters: Vec<(usize, &str)> = named.iter().map(|n| (n.at, n.letter)).collect();
    let (heads, places) = places(&story);
    let page = Page {
        w: words,
        lang: language.code().to_owned(),
        engine: env!("CARGO_PKG_VERSION"),
        title: teller.title(&decision.policy.round.title, &decision.policy.round.id).to_owned(),
        css: style() + &STYLE.lines().collect::<String>(),
        simulated: decision.simulated,
        svg: scatter::draw(&story, &alt.join(" "), &letters),
        lead: html(&lead),
        verdict: verdict.iter().map(|s| html(s)).collect(),
        has_freedom: found.has_freedom(),
        up: words.message("goal-axis-up").text("goal", story.goal(1)).say(),
        right: words.message("goal-axis-right").text("goal", story.goal(0)).say(),
        heads,
        places,
        columns: std::iter::once(words.say("frontier-published"))
            .chain(named.iter().map(|n| n.letter.to_owned()))
            .collect(),
        rows: weights(&story, &named),
        keys: named.iter().map(|n| (n.letter, n.label.clone())).collect(),
        goals: vec![html(&story.means(0)), html(&story.means(1))],
        how: if found.has_freedom() {
            format!("{} {}", story.tried(), story.varied())
        } else {
            story.tried()
        },
        footer: words
            .message("footer")
            .text("engine", env!("CARGO_PKG_VERSION"))
            .text("round", &decision.policy.round.id)
            .say(),
        policy_digest: decision.policy_digest.clone(),
    };
    Ok(page.render()?)
}

/// The table of the curve: what each place reaches, and its weights in a row.
fn places(story: &Story<'_>) -> (Vec<String>, Vec<PlaceRow>) {
    let (words, found) = (story.teller.words, story.found);
    let sums = found.sums_differ();
    let row = |label: String, tried: &Tried, is_published: bool| {
        let mut cells: Vec<String> = tried.reached.iter().map(|r| story.reached(*r)).collect();
        cells.extend(sums.then(|| words.amount(tried.divided)));
        PlaceRow { label, is_published, cells, weights: story.weights(tried) }
    };
    let mut rows: Vec<PlaceRow> = found
        .shown(SHOWN)
        .into_iter()
        .map(|at| {
            let is_published = found.chosen_at == Some(at);
            let label = if is_published { words.say("frontier-published") } else { words.count(at + 1) };
            row(label, &found.curve[at], is_published)
        })
        .collect();
    if found.chosen_at.is_none() {
        rows.push(row(words.say("frontier-published"), &found.chosen, true));
    }
    let mut heads = vec![story.goal(0), story.goal(1)];
    heads.extend(sums.then(|| story.divided()));
    (heads, rows)
}

/// A set with a name: in the picture and over its weights.
struct Named<'f> {
    letter: &'static str,
    label: String,
    at: usize,
    tried: &'f Tried,
}

/// The sets worth naming: those that lose nothing, and both ends.
fn named<'f>(story: &Story<'f>) -> Vec<Named<'f>> {
    let (words, found) = (story.teller.words, story.found);
    let goals = [story.goal(0), story.goal(1)];
    let gain = |goal: usize| {
        let message = words.message("frontier-gain").text("goal", &goals[goal]);
        (message.text("other", &goals[1 - goal]).say(), found.more[goal])
    };
    let most = |goal: usize, at| (words.message("frontier-most").text("goal", &goals[goal]).say(), at);
    let last = found.curve.len().checked_sub(1);
    let mut named: Vec<Named<'f>> = Vec::new();
    for (label, at) in [gain(0), gain(1), most(0, last), most(1, last.map(|_| 0))] {
        let Some(at) = at.filter(|at| found.chosen_at != Some(*at)) else { continue };
        if let Some(known) = named.iter_mut().find(|n| n.at == at) {
            known.label = format!("{}. {label}", known.label);
        } else {
            let letter = ["A", "B", "C", "D"][named.len()];
            named.push(Named { letter, label, at, tried: &found.curve[at] });
        }
    }
    named
}

/// What the published weights and the named sets reach, and all of their weights.
fn weights(story: &Story<'_>, named: &[Named<'_>]) -> Vec<WeightRow> {
    let (words, found) = (story.teller.words, story.found);
    let row = |label: String, id: &str, is_goal: bool, cell: &dyn Fn(&Tried) -> String| {
        let all = std::iter::once(&found.chosen).chain(named.iter().map(|n| n.tried));
        WeightRow { label, id: id.to_owned(), is_goal, cells: all.map(cell).collect() }
    };
    let mut rows: Vec<WeightRow> = [0, 1]
        .into_iter()
        .map(|goal| row(story.goal(goal), &found.goals[goal].id, true, &|t| story.reached(t.reached[goal])))
        .collect();
    if found.sums_differ() {
        rows.push(row(story.divided(), "", true, &|t| words.amount(t.divided)));
    }
    let indicators = story.indicators();
    rows.extend(indicators.iter().enumerate().map(|(at, (id, title))| {
        let label = format!("{}. {title}", words.count(at + 1));
        row(label, id, false, &|t| story.weight(&t.weights[at]))
    }));
    rows
}
