//! How wrong it is on rows that it never saw, and whether its predictions mean what they say.

use super::picture::{Row, Square, rows, square};
use super::teller::Teller;
use super::{Part, Section, Table};
use crate::measure::{LEAST, Measure};
use crate::trial::{Basis, Group, LEVEL, Trial, Untried};

/// The most groups that are drawn.
const DRAWN: usize = 16;

fn why(teller: &Teller<'_>, why: Untried) -> String {
    match why {
        Untried::NoData => teller.say("untried-no-data"),
        Untried::NoSplit => teller.say("untried-no-split"),
    }
}

pub(super) fn wrong(teller: &Teller<'_>) -> Section {
    let heading = teller.say("wrong-heading");
    let trial = match &teller.card.trial {
        Ok(trial) => trial,
        Err(untried) => {
            return Section {
                id: "wrong",
                heading,
                lead: why(teller, *untried),
                parts: Vec::new(),
                ..Section::default()
            };
        }
    };
    let all = &trial.all;
    let lead = teller
        .message(if all.absolute < all.absolute_of_mean { "wrong-lead" } else { "wrong-lead-no-better" })
        .strong("off", teller.value(all.absolute))
        .text("off-mean", teller.value(all.absolute_of_mean))
        .text("rows", teller.count(all.rows as u64))
        .say();
    let mut text = vec![match trial.basis {
        Basis::Folds => teller.say("wrong-folds"),
        Basis::OtherData => teller.message("wrong-other-data").text("digest", &trial.digest).say(),
    }];
    if let Some(covered) = all.covered {
        text.push(
            teller
                .message("wrong-covered")
                .text("level", teller.percent(LEVEL, 0))
                .text("covered", teller.percent(covered, 1))
                .say(),
        );
    }
    if trial.basis == Basis::Folds && !teller.card.model.edits.is_empty() {
        text.push(teller.say("wrong-edited"));
    }
    let overall = Part {
        text,
        svg: beside_mean(teller, all),
        note: teller.say("wrong-note"),
        tables: vec![whole(teller, all)],
        ..Part::default()
    };
    let mut parts = vec![overall];
    if !trial.folds.is_empty() {
        parts.push(by(teller, teller.say("wrong-by-fold"), &teller.say("column-fold"), trial, &trial.folds));
    }
    for (column, groups) in &trial.by {
        let title = teller.message("wrong-by").text("column", teller.column(column)).say();
        parts.push(by(teller, title, teller.column(column), trial, groups));
    }
    Section { id: "wrong", heading, lead, parts, ..Section::default() }
}

fn beside_mean(teller: &Teller<'_>, all: &Measure) -> String {
    let row = |id: &str, off: f64| Row {
        label: teller.say(id),
        value: teller.value(off),
        strong: (0.0, off),
        pale: None,
        error: 0.0,
        by_hand: false,
    };
    let both = [row("wrong-model", all.absolute), row("wrong-mean", all.absolute_of_mean)];
    rows(teller, &teller.say("wrong-picture"), &both)
}

/// Every number of all rows, beside the plain mean.
fn whole(teller: &Teller<'_>, m: &Measure) -> Table {
    let none = String::new;
    let lines = [
        ("column-rows", teller.count(m.rows as u64), none()),
        ("column-truth", teller.value(m.truth), teller.value(m.truth)),
        ("column-predicted", teller.value(m.predicted), teller.value(m.truth)),
        ("column-bias", teller.value(m.bias()), teller.value(0.0)),
        ("column-absolute", teller.value(m.absolute), teller.value(m.absolute_of_mean)),
        ("column-squared", teller.value(m.squared), teller.value(m.squared_of_mean)),
        ("column-explained", share(teller, m.explained), teller.percent(0.0, 1)),
        ("column-covered", share(teller, m.covered), none()),
    ];
    Table {
        caption: teller.say("wrong-table"),
        head: ["column-about", "wrong-model", "wrong-mean"].map(|id| teller.say(id)).to_vec(),
        rows: lines.map(|(id, a, b)| vec![teller.say(id), a, b]).to_vec(),
        ..Table::default()
    }
}

fn share(teller: &Teller<'_>, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| teller.percent(share, 1))
}

/// Groups beside each other.
fn by(teller: &Teller<'_>, title: String, column: &str, trial: &Trial, groups: &[Group]) -> Part {
    let mut text = Vec::new();
    let large = groups.iter().filter(|g| !g.measure.is_small());
    let worst = large.max_by(|a, b| a.measure.bias().abs().total_cmp(&b.measure.bias().abs()));
    if let Some(worst) = worst.filter(|_| groups.len() > 1) {
        let bias = worst.measure.bias();
        text.push(
            teller
                .message("wrong-worst")
                .text("group", teller.group(&worst.name))
                .text("direction", if bias < 0.0 { "low" } else { "high" })
                .text("bias", teller.value(bias.abs()))
                .text("mean", teller.value(worst.measure.truth))
                .say(),
        );
    }
    if groups.iter().any(|g| g.measure.is_small()) {
        text.push(teller.message("wrong-few").text("least", LEAST.to_string()).say());
    }
    let drawn: Vec<Row> = groups
        .iter()
        .map(|g| Row {
            label: teller.group(&g.name),
            value: teller.value(g.measure.absolute),
            strong: (0.0, g.measure.absolute),
            pale: Some((0.0, g.measure.absolute_of_mean)),
            error: 0.0,
            by_hand: false,
        })
        .collect();
    let is_drawn = drawn.len() <= DRAWN;
    let svg = if is_drawn { rows(teller, &title, &drawn) } else { String::new() };
    let has_intervals = trial.all.covered.is_some();
    let lines = groups.iter().map(|g| {
        let (m, name) = (&g.measure, teller.group(&g.name));
        vec![
            if m.is_small() { teller.message("few-rows").text("group", name).say() } else { name },
            teller.count(m.rows as u64),
            teller.value(m.truth),
            teller.value(m.predicted),
            teller.value(m.bias()),
            teller.value(m.absolute),
            teller.value(m.squared),
            share(teller, m.explained),
            if has_intervals { share(teller, m.covered) } else { String::new() },
        ]
    });
    let head = [
        "column-rows",
        "column-truth",
        "column-predicted",
        "column-bias",
        "column-absolute",
        "column-squared",
        "column-explained",
        "column-covered",
    ];
    Part {
        text,
        note: if is_drawn { teller.say("wrong-by-note") } else { String::new() },
        tables: vec![Table {
            caption: teller.message("as-table").text("title", title.as_str()).say(),
            head: std::iter::once(column.to_owned()).chain(head.map(|id| teller.say(id))).collect(),
            rows: lines.collect(),
            words: Vec::new(),
            folded: true,
        }],
        title,
        svg,
        ..Part::default()
    }
}

pub(super) fn calibration(teller: &Teller<'_>) -> Section {
    let (id, heading) = ("calibration", teller.say("calibration-heading"));
    let trial = match &teller.card.trial {
        Ok(trial) => trial,
        Err(untried) => {
            return Section {
                id,
                heading,
                lead: why(teller, *untried),
                parts: Vec::new(),
                ..Section::default()
            };
        }
    };
    let (Some(first), Some(last)) = (trial.tenths.first(), trial.tenths.last()) else {
        return Section {
            id,
            heading,
            lead: why(teller, Untried::NoData),
            parts: Vec::new(),
            ..Section::default()
        };
    };
    let lead = teller
        .message("calibration-lead")
        .text("low", teller.value(first.predicted))
        .text("low-truth", teller.value(first.truth))
        .text("high", teller.value(last.predicted))
        .text("high-truth", teller.value(last.truth))
        .say();
    let listed: Vec<String> = trial
        .tenths
        .iter()
        .map(|t| {
            teller
                .message("calibration-dot")
                .text("predicted", teller.value(t.predicted))
                .text("truth", teller.value(t.truth))
                .say()
        })
        .collect();
    let title = teller.message("calibration-title").text("off", teller.value(trial.off())).say();
    let picture = Square {
        title: title.clone(),
        description: listed.join("; "),
        dots: trial.tenths.iter().map(|t| (t.predicted, t.truth)).collect(),
        across: teller.say("calibration-across"),
        up: teller.say("calibration-up"),
    };
    let lines = trial.tenths.iter().zip(1..).map(|(t, at)| {
        vec![
            teller.message("calibration-group").text("number", format!("{at}")).say(),
            teller.count(t.rows as u64),
            teller.value(t.predicted),
            teller.value(t.truth),
            teller.value(t.predicted - t.truth),
        ]
    });
    let table = Table {
        caption: teller.say("calibration-table"),
        head: ["column-group", "column-rows", "column-predicted", "column-truth", "column-bias"]
            .map(|id| teller.say(id))
            .to_vec(),
        rows: lines.collect(),
        words: Vec::new(),
        folded: true,
    };
    let part = Part {
        svg: square(teller, &picture),
        note: teller.say("calibration-note"),
        tables: vec![table],
        title,
        ..Part::default()
    };
    Section { id, heading, lead, parts: vec![part], ..Section::default() }
}
