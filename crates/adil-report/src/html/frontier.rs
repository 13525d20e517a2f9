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
    goals: Vec<String>,
    tried: String,
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
    let (columns, rows) = weights(&story);
    let (heads, places) = places(&story);
    let page = Page {
        w: words,
        lang: language.code().to_owned(),
        engine: env!("CARGO_PKG_VERSION"),
        title: teller.title(&decision.policy.round.title, &decision.policy.round.id).to_owned(),
        css: style() + &STYLE.lines().collect::<String>(),
        simulated: decision.simulated,
        svg: scatter::draw(&story, &alt.join(" ")),
        lead: html(&lead),
        verdict: verdict.iter().map(|s| html(s)).collect(),
        has_freedom: found.has_freedom(),
        up: words.message("goal-axis-up").text("goal", story.goal(1)).say(),
        right: words.message("goal-axis-right").text("goal", story.goal(0)).say(),
        heads,
        places,
        columns,
        rows,
        goals: vec![html(&story.means(0)), html(&story.means(1))],
        tried: story.tried(),
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
    let awards = found.awards_differ();
    let row = |label: String, tried: &Tried, is_published: bool| {
        let mut cells: Vec<String> = tried.reached.iter().map(|r| story.reached(*r)).collect();
        cells.extend(awards.then(|| words.amount(tried.awarded)));
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
    heads.extend(awards.then(|| amount_head(words)));
    (heads, rows)
}

fn amount_head(words: Words) -> String {
    words.message("column-amount-in").text("currency", words.currency_name()).say()
}

/// The sets worth naming side by side: the published one, those that lose nothing, and both ends.
fn weights(story: &Story<'_>) -> (Vec<String>, Vec<WeightRow>) {
    let (words, found) = (story.teller.words, story.found);
    let mut named: Vec<(String, &Tried)> = vec![(words.say("frontier-published"), &found.chosen)];
    let mut seen = vec![found.chosen_at];
    let goals = [story.goal(0), story.goal(1)];
    let last = found.curve.len().checked_sub(1);
    let gain = |goal: usize| {
        let message = words.message("frontier-gain").text("goal", &goals[goal]);
        (message.text("other", &goals[1 - goal]).say(), found.more[goal])
    };
    let most = |goal: usize, at| (words.message("frontier-most").text("goal", &goals[goal]).say(), at);
    for (label, at) in [gain(0), gain(1), most(0, last), most(1, last.map(|_| 0))] {
        if let Some(place) = at
            && !seen.contains(&at)
        {
            seen.push(at);
            named.push((label, &found.curve[place]));
        }
    }
    let goal_row = |goal: usize| WeightRow {
        label: goals[goal].clone(),
        id: found.goals[goal].id.clone(),
        cells: named.iter().map(|(_, tried)| story.reached(tried.reached[goal])).collect(),
        is_goal: true,
    };
    let mut rows = vec![goal_row(0), goal_row(1)];
    if found.awards_differ() {
        rows.push(WeightRow {
            label: amount_head(words),
            id: String::new(),
            cells: named.iter().map(|(_, tried)| words.amount(tried.awarded)).collect(),
            is_goal: true,
        });
    }
    for (at, (id, title)) in story.indicators().into_iter().enumerate() {
        rows.push(WeightRow {
            label: format!("{}. {title}", words.count(at + 1)),
            id,
            cells: named.iter().map(|(_, tried)| story.weight(&tried.weights[at])).collect(),
            is_goal: false,
        });
    }
    (named.into_iter().map(|(label, _)| label).collect(), rows)
}
