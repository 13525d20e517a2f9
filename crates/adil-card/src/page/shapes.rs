//! The tables: what each value does to the forecast, how sure that is, and what it rests on.

use adil_model::Loss;
use adil_model::model::{Direction, Lines, PairTerm, Term};

use super::picture::{Heat, Row, Step, Steps, heat, rows, steps};
use super::teller::Teller;
use super::{Part, Section, Table, ticks};
use crate::fixed::{count, points};
use crate::shape::shapes;

/// The most words that are drawn: as many of the highest as of the lowest.
const DRAWN: usize = 16;
/// Where the steps end and what is not known begins, in percent of the width.
const STEPS_END: f64 = 90.0;
/// How much room the open ends have.
const OPEN: f64 = 3.0;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let card = teller.card;
    let shapes = shapes(card.model);
    let strongest = shapes.iter().filter(|s| !s.is_pair).take(3).map(|s| teller.term(s.at).to_owned());
    let lead = teller.message("shape-lead").text("columns", teller.names(strongest)).say();
    let mut parts = vec![Part { text: vec![explained(teller)], ..Part::default() }];
    parts.extend(shapes.iter().map(|s| {
        if s.is_pair { pair(teller, &card.model.pairs[s.at]) } else { term(teller, s.at, s.moves) }
    }));
    parts.push(edits(teller));
    Section { id: "shape", heading: teller.say("shape-heading"), lead, parts, ..Section::default() }
}

fn explained(teller: &Teller<'_>) -> String {
    match teller.card.model.loss {
        Loss::Squared => teller.say("shape-adds"),
        Loss::Poisson | Loss::Gamma => teller.say("shape-times"),
        Loss::Logistic => teller.say("shape-odds"),
    }
}

fn by_hand(teller: &Teller<'_>, feature: &str, line: usize, lines: usize) -> bool {
    teller
        .card
        .model
        .edits
        .iter()
        .any(|e| e.feature == feature && e.line.map_or(line == lines, |at| at as usize == line))
}

fn term(teller: &Teller<'_>, at: usize, moves: f64) -> Part {
    let model = teller.card.model;
    let term = &model.terms[at];
    let name = teller.term(at);
    let unit = model.unit();
    let id = match model.loss {
        Loss::Squared => "shape-title-adds",
        Loss::Poisson | Loss::Gamma => "shape-title-times",
        Loss::Logistic => "shape-title-points",
    };
    let moves = teller.effect(moves);
    let title =
        teller.message(id).text("column", name).text("moves", moves.trim_start_matches(['+', '×'])).say();
    let mut text = Vec::new();
    match term.monotone {
        Some(Direction::Rising) => text.push(teller.message("promise-rising").text("column", name).say()),
        Some(Direction::Falling) => text.push(teller.message("promise-falling").text("column", name).say()),
        None => {}
    }
    let hand = |line| by_hand(teller, &term.feature, line, term.lines.len());
    if (0..=term.lines.len()).any(hand) {
        text.push(teller.say("shape-by-hand"));
    }
    let (svg, drawn) = match &term.lines {
        Lines::Cuts(cuts) => (numbers(teller, term, cuts, &title, unit), None),
        Lines::Words(_) => words(teller, term, &title, unit),
    };
    text.extend(drawn);
    let lines = (0..=term.lines.len()).map(|at| {
        let value = term.points.get(at).copied().unwrap_or(term.other);
        let label = teller.line(&term.lines, at);
        let label = if hand(at) { teller.message("line-by-hand").text("line", label).say() } else { label };
        let mut row = vec![label, teller.points(value), teller.points(term.errors[at])];
        if teller.multiplies() {
            row.push(teller.effect(points(value, unit)));
        }
        row.push(teller.count(term.rows[at]));
        row
    });
    let mut head = vec![name.to_owned(), teller.say("column-points"), teller.say("column-error")];
    if teller.multiplies() {
        head.push(teller.say("column-effect"));
    }
    head.push(teller.say("column-rows"));
    Part {
        text,
        svg,
        note: match term.lines {
            Lines::Cuts(_) => teller.say("shape-steps-note"),
            Lines::Words(_) => teller.say("shape-words-note"),
        },
        tables: vec![Table {
            caption: teller.message("as-table").text("title", name).say(),
            head,
            rows: lines.collect(),
            words: Vec::new(),
            folded: true,
        }],
        title,
        ..Part::default()
    }
}

/// Steps of a number.
fn numbers(teller: &Teller<'_>, term: &Term, cuts: &[String], title: &str, unit: f64) -> String {
    let cuts: Vec<f64> = cuts.iter().map(|cut| cut.parse().unwrap_or(0.0)).collect();
    let last = cuts.len();
    let has_unknown = term.rows[last + 1] > 0 || term.other != 0;
    let end = if has_unknown { STEPS_END } else { 100.0 };
    let (places, axis) = scale(teller, &cuts, end);
    let most = term.rows.iter().copied().max().unwrap_or(0);
    let step = |line: usize, from: f64, to: f64| Step {
        from,
        to,
        points: points(term.points.get(line).copied().unwrap_or(term.other), unit),
        error: points(term.errors[line], unit),
        rows: if most > 0 { count(term.rows[line]) / count(most) } else { 0.0 },
        by_hand: by_hand(teller, &term.feature, line, term.lines.len()),
    };
    let edge = |cut: usize| places.get(cut).copied().unwrap_or(end);
    let all: Vec<Step> =
        (0..=last).map(|line| step(line, line.checked_sub(1).map_or(0.0, &edge), edge(line))).collect();
    let said = [0, last / 2, last].map(|line| {
        teller
            .message("shape-said")
            .text("line", teller.line(&term.lines, line))
            .text("effect", teller.effect(points(term.points[line], unit)))
            .say()
    });
    steps(
        teller,
        &Steps {
            title: title.to_owned(),
            description: said.join("; "),
            parts: all,
            unknown: has_unknown.then(|| step(last + 1, STEPS_END + 3.0, 100.0)),
            axis,
        },
    )
}

/// Where cuts lie in percent of the width, and what is written below: by their value, or evenly where most would lie on a heap.
fn scale(teller: &Teller<'_>, cuts: &[f64], end: f64) -> (Vec<f64>, Vec<(f64, String)>) {
    let (Some(first), Some(last)) = (cuts.first().copied(), cuts.last().copied()) else {
        return (Vec::new(), Vec::new());
    };
    let (from, to) = (OPEN, end - OPEN);
    let span = last - first;
    let narrow = cuts.windows(2).filter(|w| w[1] - w[0] < 0.004 * span).count();
    if span > 0.0 && 4 * narrow <= cuts.len() {
        let place = |v: f64| from + (v - first) / span * (to - from);
        let ticks = ticks::round(first, last, 5);
        let decimals = ticks::decimals(&ticks);
        let axis = ticks.iter().map(|t| (place(*t), teller.number(*t, decimals)));
        return (cuts.iter().map(|cut| place(*cut)).collect(), axis.collect());
    }
    let parts = count(cuts.len().saturating_sub(1).max(1) as u64);
    let places: Vec<f64> = (0..cuts.len()).map(|at| from + count(at as u64) / parts * (to - from)).collect();
    let mut named = vec![0, cuts.len() / 3, 2 * cuts.len() / 3, cuts.len() - 1];
    named.dedup();
    let axis = named.into_iter().map(|at| (places[at], teller.words.value(&cuts[at].to_string()))).collect();
    (places, axis)
}

/// Bars of words, the highest first; and what is said where not all are drawn.
fn words(teller: &Teller<'_>, term: &Term, title: &str, unit: f64) -> (String, Option<String>) {
    let last = term.lines.len();
    let mut order: Vec<usize> = (0..last).collect();
    if term.rows[last] > 0 || term.other != 0 {
        order.push(last);
    }
    let of = |line: usize| term.points.get(line).copied().unwrap_or(term.other);
    order.sort_by(|a, b| of(*b).cmp(&of(*a)).then(a.cmp(b)));
    let all = order.len();
    let said = (all > DRAWN).then(|| {
        order.drain(DRAWN / 2..all - DRAWN / 2);
        teller
            .message("shape-words-drawn")
            .text("drawn", (DRAWN / 2).to_string())
            .text("all", teller.count(all as u64))
            .say()
    });
    let drawn: Vec<Row> = order
        .into_iter()
        .map(|line| Row {
            label: teller.line(&term.lines, line),
            value: teller
                .message("shape-word")
                .text("effect", teller.effect(points(of(line), unit)))
                .text("rows", teller.count(term.rows[line]))
                .say(),
            strong: (0.0, points(of(line), unit)),
            pale: None,
            error: points(term.errors[line], unit),
            by_hand: by_hand(teller, &term.feature, line, last),
        })
        .collect();
    (rows(teller, title, &drawn), said)
}

fn pair(teller: &Teller<'_>, pair: &PairTerm) -> Part {
    let unit = teller.card.model.unit();
    let [first, second] = [0, 1].map(|side| teller.column(&pair.features[side]).to_owned());
    let names = |side: usize| -> Vec<String> {
        (0..=pair.lines[side].len()).map(|at| teller.line(&pair.lines[side], at)).collect()
    };
    let [down, across] = [0, 1].map(names);
    // What is not known has a line only where rows stand behind it.
    let has_row = |at: usize| at + 1 < down.len() || pair.rows[at].iter().any(|n| *n > 0);
    let has_column = |at: usize| at + 1 < across.len() || pair.rows.iter().any(|list| list[at] > 0);
    let columns: Vec<usize> = (0..across.len()).filter(|at| has_column(*at)).collect();
    let lines: Vec<(String, Vec<Heat>)> = (0..down.len())
        .filter(|at| has_row(*at))
        .map(|at| {
            let cell = |column: &usize| {
                let value = points(pair.points[at][*column], unit);
                Heat { text: teller.effect(value), points: value, is_empty: pair.rows[at][*column] == 0 }
            };
            (teller.short_line(&pair.lines[0], at), columns.iter().map(cell).collect())
        })
        .collect();
    let head: Vec<String> = columns.iter().map(|at| teller.short_line(&pair.lines[1], *at)).collect();
    let corner = teller.message("pair-corner").text("down", &first).text("across", &second).say();
    let long = (0..down.len()).flat_map(|a| (0..across.len()).map(move |b| (a, b))).map(|(a, b)| {
        vec![
            down[a].clone(),
            across[b].clone(),
            teller.points(pair.points[a][b]),
            teller.points(pair.errors[a][b]),
            teller.count(pair.rows[a][b]),
        ]
    });
    let title = teller.message("pair-title").text("first", &first).text("second", &second).say();
    Part {
        svg: heat(teller, &corner, &head, &lines),
        note: teller.say("pair-note"),
        tables: vec![Table {
            caption: teller.message("as-table").text("title", format!("{first} × {second}")).say(),
            head: vec![
                first.clone(),
                second.clone(),
                teller.say("column-points"),
                teller.say("column-error"),
                teller.say("column-rows"),
            ],
            rows: long.collect(),
            words: vec![1],
            folded: true,
        }],
        title,
        ..Part::default()
    }
}

fn edits(teller: &Teller<'_>) -> Part {
    let model = teller.card.model;
    let title = teller.say("edits-title");
    if model.edits.is_empty() {
        return Part { title, text: vec![teller.say("edits-none")], ..Part::default() };
    }
    let lines = model.edits.iter().map(|e| {
        let term = model.terms.iter().position(|t| t.feature == e.feature);
        let line = term.map_or_else(String::new, |at| {
            let lines = &model.terms[at].lines;
            teller.line(lines, e.line.map_or(lines.len(), |line| line as usize))
        });
        vec![
            teller.column(&e.feature).to_owned(),
            line,
            teller.points(e.from),
            teller.points(e.to),
            e.by.clone(),
            e.because.clone(),
        ]
    });
    Part {
        title,
        tables: vec![Table {
            caption: String::new(),
            head: ["column-title", "column-line", "column-from", "column-to", "column-by", "column-because"]
                .map(|id| teller.say(id))
                .to_vec(),
            rows: lines.collect(),
            words: vec![1, 4, 5],
            folded: false,
        }],
        ..Part::default()
    }
}
