//! `card.json`: everything that the page says, for programs. Statistics are decimals written as text, counts and published
//! points are whole numbers, what is not known is null.

use adil_domain::LocalizedText;
use adil_model::model::{Lines, PairTerm, Term};
use serde_json::{Map, Value, json};

use crate::beside::{Beside, Moves};
use crate::drift::Drift;
use crate::fixed::text;
use crate::record::VERSION;
use crate::shape::{Label, Shape, label, shapes};
use crate::trial::{Group, Name, Trial};
use crate::{Card, Example, FIELDS, LEAST, LEVEL, Measure};

/// The version of the format.
const FORMAT: &str = "adil-card/1";

/// The card as JSON.
pub fn json(card: &Card<'_>) -> Value {
    let (model, training) = (card.model, &card.model.training);
    let shapes = shapes(model);
    let of = |is_pair: bool| shapes.iter().filter(move |s| s.is_pair == is_pair);
    json!({
        "format": FORMAT,
        "engine": env!("CARGO_PKG_VERSION"),
        "model": {
            "digest": card.digest,
            "target": model.target,
            "target_title": model.target_title,
            "loss": model.loss,
            "exposure": model.exposure,
            "decimals": model.decimals,
            "intercept": model.intercept,
            "training": training,
        },
        "simulated": training.simulated,
        "example": example(card, &card.example),
        "trial": card.trial.as_ref().map_or(Value::Null, trial),
        "untried": card.trial.as_ref().err().map(|why| why.as_str()),
        "terms": of(false).map(|s| term(&model.terms[s.at], s, card.unknown[s.at])).collect::<Value>(),
        "pairs": of(true).map(|s| pair(&model.pairs[s.at], s)).collect::<Value>(),
        "edits": model.edits,
        "drift": card.drift.as_ref().map(|d| drift(card, d)),
        "beside": card.beside.as_ref().map(beside),
        "not_for": card.statement.not_for.iter().map(localized).collect::<Value>(),
        "record": { "standard": "ATRS", "version": VERSION, "fields": fields(card) },
    })
}

fn beside(beside: &Beside) -> Value {
    let moves = |m: &Moves| {
        let [low, middle, high] = m.moves.map(text);
        json!({
            "rows": m.rows, "mean": text(m.mean), "mean_other": text(m.other),
            "moves_5": low, "moves_50": middle, "moves_95": high, "moved": text(m.moved),
        })
    };
    let by = beside.by.iter().map(|(column, groups)| {
        let groups: Vec<Value> = groups
            .iter()
            .map(|(name, m)| {
                let value = match name {
                    Name::Value(value) => Some(value),
                    _ => None,
                };
                json!({ "value": value, "moves": moves(m) })
            })
            .collect();
        json!({ "column": column, "groups": groups })
    });
    json!({
        "model": beside.digest,
        "target": beside.target,
        "rows_learned_from": beside.learned,
        "sources": beside.sources,
        "data": beside.data,
        "all": moves(&beside.all),
        "by": by.collect::<Vec<_>>(),
    })
}

fn localized(text: &LocalizedText) -> Value {
    text.iter()
        .map(|(language, text)| (language.to_string(), Value::from(text)))
        .collect::<Map<_, _>>()
        .into()
}

fn fields(card: &Card<'_>) -> Value {
    FIELDS
        .iter()
        .map(|field| {
            json!({
                "number": field.number,
                "field": field.key,
                "stated": card.statement.fields.get(field.key).map(localized),
                "known_from_the_model": field.is_known,
            })
        })
        .collect()
}

/// The line of a table, such as `{ "from": "20", "below": "30" }`.
fn line(lines: &Lines, at: usize) -> Value {
    match label(lines, at) {
        Label::All => json!({ "all": true }),
        Label::Below(to) => json!({ "below": to }),
        Label::Between(from, to) => json!({ "from": from, "below": to }),
        Label::From(from) => json!({ "from": from }),
        Label::Word(word) => json!({ "word": word }),
        Label::Other => json!({ "other": true }),
    }
}

fn example(card: &Card<'_>, example: &Example) -> Value {
    let model = card.model;
    let entries = example.entries.iter().map(|e| {
        let lines = e.pair.map_or_else(
            || vec![line(&model.terms[e.terms[0]].lines, e.lines[0])],
            |pair| [0, 1].map(|side| line(&model.pairs[pair].lines[side], e.lines[side])).to_vec(),
        );
        json!({
            "features": e.terms.iter().map(|at| &model.terms[*at].feature).collect::<Vec<_>>(),
            "values": e.values,
            "lines": lines,
            "points": e.points,
        })
    });
    json!({
        "made_up": example.is_made,
        "intercept": model.intercept,
        "entries": entries.collect::<Value>(),
        "sum": example.prediction.points,
        "exposure": text(example.exposure),
        "prediction": text(example.prediction.mean),
        "low": text(example.prediction.low),
        "high": text(example.prediction.high),
    })
}

fn measure(m: &Measure) -> Value {
    json!({
        "rows": m.rows,
        "mean_truth": text(m.truth),
        "mean_prediction": text(m.predicted),
        "bias": text(m.bias()),
        "mean_absolute_error": text(m.absolute),
        "root_mean_squared_error": text(m.squared),
        "mean_absolute_error_of_mean": text(m.absolute_of_mean),
        "root_mean_squared_error_of_mean": text(m.squared_of_mean),
        "deviance_explained": m.explained.and_then(text),
        "covered": m.covered.and_then(text),
        "few_rows": m.is_small(),
    })
}

fn group(group: &Group) -> Value {
    let mut value = measure(&group.measure);
    value["group"] = match &group.name {
        Name::Value(cell) => json!({ "value": cell }),
        Name::Unknown => json!({ "unknown": true }),
        Name::Smaller(groups) => json!({ "smaller_groups": groups }),
        Name::Fold(number) => json!({ "fold": number }),
    };
    value
}

fn trial(trial: &Trial) -> Value {
    let by = trial.by.iter().map(
        |(column, groups)| json!({ "column": column, "groups": groups.iter().map(group).collect::<Value>() }),
    );
    let tenths = trial.tenths.iter().map(
        |t| json!({ "rows": t.rows, "mean_prediction": text(t.predicted), "mean_truth": text(t.truth) }),
    );
    json!({
        "foretold_by": trial.basis.as_str(),
        "data": trial.digest,
        "level": text(LEVEL),
        "few_rows_below": LEAST,
        "all": measure(&trial.all),
        "folds": trial.folds.iter().map(group).collect::<Value>(),
        "by": by.collect::<Value>(),
        "calibration": tenths.collect::<Value>(),
        "calibration_off": text(trial.off()),
    })
}

fn term(term: &Term, shape: &Shape, unknown: f64) -> Value {
    let lines = (0..=term.lines.len()).map(|at| {
        let mut value = line(&term.lines, at);
        value["points"] = term.points.get(at).copied().unwrap_or(term.other).into();
        value["error"] = term.errors.get(at).copied().unwrap_or(0).into();
        value["rows"] = term.rows.get(at).copied().unwrap_or(0).into();
        value
    });
    json!({
        "feature": term.feature,
        "title": term.title,
        "moves": text(shape.moves),
        "monotone": term.monotone,
        "unknown": text(unknown),
        "lines": lines.collect::<Value>(),
    })
}

fn pair(pair: &PairTerm, shape: &Shape) -> Value {
    let side = |at: usize| (0..=pair.lines[at].len()).map(|l| line(&pair.lines[at], l)).collect::<Value>();
    json!({
        "features": pair.features,
        "moves": text(shape.moves),
        "lines": [side(0), side(1)],
        "points": pair.points,
        "errors": pair.errors,
        "rows": pair.rows,
    })
}

fn drift(card: &Card<'_>, drift: &Drift) -> Value {
    let features = drift.features.iter().zip(&card.model.terms).map(|(d, term)| {
        let lines = (0..=term.lines.len()).map(|at| {
            let mut value = line(&term.lines, at);
            value["before"] = term.rows[at].into();
            value["after"] = d.after[at].into();
            value
        });
        let bands = d.bands.iter().map(|b| {
            let of = b.lines.iter().map(|at| line(&term.lines, *at));
            json!({ "lines": of.collect::<Value>(), "before": b.before, "after": b.after })
        });
        json!({
            "feature": term.feature,
            "stability_index": text(d.index),
            "verdict": d.verdict.as_str(),
            "lines": lines.collect::<Value>(),
            "bands": bands.collect::<Value>(),
            "most_changed_band": d.most,
            "unknown": d.unknown,
            "unseen": d.unseen,
            "outside_training_range": d.outside,
            "shift": text(d.shift),
        })
    });
    json!({
        "data": drift.digest,
        "rows": drift.rows,
        "mean_prediction_before": drift.before.and_then(text),
        "mean_prediction_after": text(drift.after),
        "features": features.collect::<Value>(),
    })
}
