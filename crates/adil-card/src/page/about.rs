//! What it foretells; how to compute it by hand; what it must not be used for.

use adil_model::{Loss, Partition, Purpose};
use adil_report::plain;

use super::picture::{Item, receipt};
use super::teller::Teller;
use super::{Part, Section, Table};
use crate::Untried;
use crate::trial::Basis;

pub(super) fn what(teller: &Teller<'_>) -> Section {
    let (model, training) = (teller.card.model, &teller.card.model.training);
    let lead = teller
        .message("what-lead")
        .strong("target", teller.target())
        .count_as("n", "columns", model.terms.len())
        .text("rows", teller.count(training.rows))
        .say();
    let mut text = Vec::new();
    if training.purpose == Purpose::Help {
        text.push(teller.say("what-help"));
    }
    if training.simulated {
        text.push(teller.message("what-simulated").strong("warning", teller.say("simulated")).say());
    }
    match &teller.card.trial {
        Ok(trial) if trial.basis == Basis::OtherData => text.push(teller.say("what-other-data")),
        Err(Untried::NoSplit) => text.push(teller.say("untried-no-split")),
        _ => {}
    }
    let split = match &training.split {
        None => teller.say("card-unsaid"),
        Some(Partition::Rows { folds }) => {
            teller.message("split-rows").text("folds", folds.to_string()).say()
        }
        Some(Partition::Groups { column, folds }) => teller
            .message("split-groups")
            .text("folds", folds.to_string())
            .text("column", teller.column(column))
            .say(),
        Some(Partition::Values { column, .. }) => {
            teller.message("split-values").text("column", teller.column(column)).say()
        }
    };
    let unsaid = || teller.say("card-unsaid");
    let target = match teller.target() {
        title if title == model.target => title.to_owned(),
        title => format!("{title} ({})", model.target),
    };
    let mut rows = vec![
        vec![teller.say("what-target"), target],
        vec![teller.say("what-kind"), teller.say(&format!("loss-{}", model.loss.as_str()))],
        vec![teller.say("what-rows"), teller.count(training.rows)],
        vec![teller.say("what-as-of"), training.as_of.as_ref().map_or_else(unsaid, |day| teller.day(day))],
        vec![
            teller.say("what-sources"),
            if training.sources.is_empty() { unsaid() } else { training.sources.join(" + ") },
        ],
        vec![
            teller.say("what-purpose"),
            teller.say(match training.purpose {
                Purpose::Score => "purpose-score",
                Purpose::Help => "purpose-help",
            }),
        ],
        vec![teller.say("what-data"), training.digest.clone().unwrap_or_else(unsaid)],
        vec![teller.say("what-engine"), training.engine.clone()],
        vec![teller.say("what-seed"), training.seed.to_string()],
        vec![teller.say("what-bags"), training.bags.to_string()],
        vec![teller.say("what-folds"), split],
    ];
    if let Some(exposure) = &model.exposure {
        rows.insert(2, vec![teller.say("what-exposure"), exposure.clone()]);
    }
    if let Some(weight) = &training.weight {
        rows.insert(2, vec![teller.say("what-weight"), weight.clone()]);
    }
    let columns = model.terms.iter().enumerate().map(|(at, term)| {
        let kind = match term.lines {
            adil_model::model::Lines::Cuts(_) => "kind-number",
            adil_model::model::Lines::Words(_) => "kind-word",
        };
        vec![
            teller.term(at).to_owned(),
            term.feature.clone(),
            teller.say(kind),
            teller.count(term.lines.len() as u64),
            teller.percent(teller.card.unknown[at], 1),
        ]
    });
    let tables = vec![
        Table {
            caption: teller.say("what-table"),
            head: vec![teller.say("column-about"), teller.say("column-value")],
            rows,
            words: vec![1],
            folded: false,
        },
        Table {
            caption: teller.say("what-columns"),
            head: ["column-title", "column-name", "column-kind", "column-lines", "column-unknown"]
                .map(|id| teller.say(id))
                .to_vec(),
            rows: columns.collect(),
            words: vec![1, 2],
            folded: model.terms.len() > 12,
        },
    ];
    Section {
        id: "what",
        heading: teller.say("what-heading"),
        lead,
        parts: vec![Part { text, tables, ..Part::default() }],
        ..Section::default()
    }
}

pub(super) fn by_hand(teller: &Teller<'_>) -> Section {
    let (model, example) = (teller.card.model, &teller.card.example);
    let prediction = &example.prediction;
    let lead = teller.message("hand-lead").strong("prediction", teller.value(prediction.mean)).say();
    let item = |name: String, detail: String, amount: String| Item { name, detail, amount, is_total: false };
    let total = |name: String, amount: String| Item { name, detail: String::new(), amount, is_total: true };
    let mut items =
        vec![item(teller.say("hand-start"), teller.say("hand-start-why"), teller.points(model.intercept))];
    for entry in &example.entries {
        let names: Vec<&str> = entry.terms.iter().map(|at| teller.term(*at)).collect();
        let details: Vec<String> = (0..entry.terms.len())
            .map(|side| {
                let lines = entry
                    .pair
                    .map_or(&model.terms[entry.terms[0]].lines, |pair| &model.pairs[pair].lines[side]);
                let line = teller.line(lines, entry.lines[side]);
                let value = teller.cell(entry.values[side].as_ref());
                if value == line {
                    value
                } else {
                    teller.message("hand-line").text("value", value).text("line", line).say()
                }
            })
            .collect();
        items.push(item(names.join(" × "), details.join(" × "), teller.points(entry.points)));
    }
    items.push(total(teller.say("hand-sum"), teller.points(prediction.points)));
    let sum = teller.points(prediction.points);
    let exposure = model.exposure.as_ref().map(|_| teller.number(example.exposure, 2));
    let name = match (model.loss, exposure) {
        (Loss::Squared, _) => teller.say("hand-squared"),
        (Loss::Logistic, _) => teller.message("hand-logistic").text("sum", sum).say(),
        (_, None) => teller.message("hand-exponential").text("sum", sum).say(),
        (_, Some(exposure)) => {
            teller.message("hand-exposure").text("sum", sum).text("exposure", exposure).say()
        }
    };
    items.push(total(name, teller.value(prediction.mean)));
    let mut text = vec![if example.is_made { teller.say("hand-made") } else { teller.say("hand-row") }];
    if teller.multiplies() {
        text.push(teller.say("hand-times"));
    }
    let note = if model.folds.is_empty() {
        String::new()
    } else {
        teller
            .message("hand-interval")
            .text("low", teller.value(prediction.low))
            .text("high", teller.value(prediction.high))
            .say()
    };
    Section {
        id: "hand",
        heading: teller.say("hand-heading"),
        lead,
        parts: vec![Part { text, svg: receipt(teller, &items), note, ..Part::default() }],
        ..Section::default()
    }
}

pub(super) fn limits(teller: &Teller<'_>) -> Section {
    let fixed = [
        "limit-closing",
        "limit-awards",
        "limit-later",
        "limit-count",
        "limit-people",
        "limit-cause",
        "limit-range",
    ];
    let own = &teller.card.statement.not_for;
    let own_part = Part {
        title: teller.say("limits-own"),
        text: if own.is_empty() { vec![teller.say("limits-none")] } else { Vec::new() },
        // Marks of our own can't be forged: `plain` takes them out.
        list: own.iter().map(|text| plain(teller.localized(text))).collect(),
        ..Part::default()
    };
    Section {
        id: "limits",
        heading: teller.say("limits-heading"),
        lead: teller.say("limits-lead"),
        parts: vec![Part { list: fixed.map(|id| teller.say(id)).to_vec(), ..Part::default() }, own_part],
        ..Section::default()
    }
}
