//! New rows beside those that the model learned from.

use adil_model::model::{Lines, Term};

use super::picture::{Row, rows};
use super::teller::Teller;
use super::{Part, Section, Table};
use crate::drift::{Band, Drift, FeatureDrift, Verdict};
use crate::fixed::part;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let (id, heading) = ("drift", teller.say("drift-heading"));
    let Some(drift) = &teller.card.drift else {
        return Section {
            id,
            heading,
            lead: teller.say("drift-none"),
            parts: Vec::new(),
            ..Section::default()
        };
    };
    let moved: Vec<usize> =
        (0..drift.features.len()).filter(|at| drift.features[*at].verdict >= Verdict::Some).collect();
    let lead = if moved.is_empty() {
        teller.message("drift-lead-same").text("rows", teller.count(drift.rows as u64)).say()
    } else {
        let names = moved.iter().map(|at| teller.term(*at).to_owned());
        teller
            .message("drift-lead-moved")
            .text("rows", teller.count(drift.rows as u64))
            .text("columns", teller.names(names))
            .say()
    };
    let mut order: Vec<usize> = (0..drift.features.len()).collect();
    order.sort_by(|a, b| drift.features[*b].index.total_cmp(&drift.features[*a].index).then(a.cmp(b)));
    let mut parts = vec![summary(teller, drift, &order)];
    let all = drift.rows as u64;
    let (far, near): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|at| moved.contains(at));
    parts.extend(far.iter().map(|at| feature(teller, *at, &drift.features[*at], all)));
    if !near.is_empty() {
        // What has not moved far is one line each, which opens as a table.
        let tables = near.iter().map(|at| {
            let drift = &drift.features[*at];
            Table { caption: sentence(teller, *at, drift, all), ..table(teller, *at, drift, all) }
        });
        parts.push(Part { title: teller.say("drift-near"), tables: tables.collect(), ..Part::default() });
    }
    Section { id, heading, lead, parts, ..Section::default() }
}

fn summary(teller: &Teller<'_>, drift: &Drift, order: &[usize]) -> Part {
    let after = teller.value(drift.after);
    let mean = match drift.before {
        Some(before) => {
            teller.message("drift-mean").text("before", teller.value(before)).text("after", after).say()
        }
        None => teller.message("drift-mean-after").text("after", after).say(),
    };
    let all = drift.rows as u64;
    let lines = order.iter().map(|at| {
        let (d, before) = (&drift.features[*at], teller.card.unknown[*at]);
        let unknown = part(d.unknown, all);
        vec![
            teller.term(*at).to_owned(),
            teller.number(d.index, 3),
            teller.say(&format!("verdict-{}", d.verdict.as_str())),
            teller.percent(before, 1),
            teller.percent(unknown, 1),
            match teller.card.model.terms[*at].lines {
                Lines::Words(_) => teller.percent(part(d.unseen, all), 1),
                Lines::Cuts(_) => "–".to_owned(),
            },
            d.outside.map_or_else(|| "–".to_owned(), |rows| teller.percent(part(rows, all), 1)),
            teller.effect(d.shift),
        ]
    });
    let head = [
        "column-title",
        "column-index",
        "column-verdict",
        "column-unknown-before",
        "column-unknown-after",
        "column-unseen",
        "column-outside",
        "column-shift",
    ];
    Part {
        text: vec![mean],
        note: teller.say("drift-note"),
        tables: vec![Table {
            caption: teller.say("drift-table"),
            head: head.map(|id| teller.say(id)).to_vec(),
            rows: lines.collect(),
            words: vec![2],
            folded: false,
        }],
        ..Part::default()
    }
}

/// What a band is called: its one line, or from where to where it goes.
fn band(teller: &Teller<'_>, term: &Term, band: &Band) -> String {
    match (&band.lines[..], &term.lines) {
        ([line], lines) => teller.line(lines, *line),
        ([first, .., last], Lines::Cuts(cuts)) => {
            let below = first.checked_sub(1).and_then(|at| cuts.get(at));
            let value = |cut: &String| teller.words.value(cut);
            match (below, cuts.get(*last)) {
                (Some(from), Some(to)) => {
                    teller.message("line-between").text("from", value(from)).text("to", value(to)).say()
                }
                (None, Some(to)) => teller.message("line-below").text("to", value(to)).say(),
                (Some(from), None) => teller.message("line-from").text("from", value(from)).say(),
                (None, None) => teller.say("line-all"),
            }
        }
        (lines, _) => teller.message("line-rest").count(lines.len()).say(),
    }
}

/// Where most has changed.
fn sentence(teller: &Teller<'_>, at: usize, drift: &FeatureDrift, all: u64) -> String {
    let term = &teller.card.model.terms[at];
    let Some(most) = drift.bands.get(drift.most) else { return teller.term(at).to_owned() };
    let before = term.rows.iter().sum();
    teller
        .message("drift-title")
        .text("column", teller.term(at))
        .text("band", band(teller, term, most))
        .text("before", teller.percent(part(most.before, before), 1))
        .text("after", teller.percent(part(most.after, all), 1))
        .say()
}

/// A column whose rows have moved.
fn feature(teller: &Teller<'_>, at: usize, drift: &FeatureDrift, all: u64) -> Part {
    let term = &teller.card.model.terms[at];
    let before: u64 = term.rows.iter().sum();
    let title = sentence(teller, at, drift, all);
    let drawn: Vec<Row> = drift
        .bands
        .iter()
        .map(|b| {
            let (was, is) = (part(b.before, before), part(b.after, all));
            Row {
                label: band(teller, term, b),
                value: teller
                    .message("drift-row")
                    .text("before", teller.percent(was, 1))
                    .text("after", teller.percent(is, 1))
                    .say(),
                strong: (0.0, is),
                pale: Some((0.0, was)),
                error: 0.0,
                by_hand: false,
            }
        })
        .collect();
    Part {
        svg: rows(teller, &title, &drawn),
        note: teller.say("drift-row-note"),
        tables: vec![table(teller, at, drift, all)],
        title,
        ..Part::default()
    }
}

/// Rows by line, before and now.
fn table(teller: &Teller<'_>, at: usize, drift: &FeatureDrift, all: u64) -> Table {
    let term = &teller.card.model.terms[at];
    let before: u64 = term.rows.iter().sum();
    let filled = (0..=term.lines.len()).filter(|line| term.rows[*line] > 0 || drift.after[*line] > 0);
    let lines = filled.map(|line| {
        vec![
            teller.line(&term.lines, line),
            teller.count(term.rows[line]),
            teller.percent(part(term.rows[line], before), 1),
            teller.count(drift.after[line]),
            teller.percent(part(drift.after[line], all), 1),
        ]
    });
    let head = ["column-rows-before", "column-share-before", "column-rows-after", "column-share-after"];
    Table {
        caption: teller.message("as-table").text("title", teller.term(at)).say(),
        head: std::iter::once(teller.term(at).to_owned()).chain(head.map(|id| teller.say(id))).collect(),
        rows: lines.collect(),
        words: Vec::new(),
        folded: true,
    }
}
