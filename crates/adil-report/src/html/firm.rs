//! Pictures of how firm a decision is: published and effective weights, and what moves the decision.

use adil_domain::Rational;
use adil_round::uncertainty::{Output, Sensitivity};

use super::chart::{Bar, Chart, finish, percent};
use crate::firm::{index, output};
use crate::sentences::Teller;

/// Both pictures, where there is something to show.
pub(super) fn charts(teller: &Teller<'_>) -> impl Iterator<Item = Chart> {
    weights(teller).into_iter().chain(sensitivity(teller))
}

/// The pale bar is promised, the dark one is what it comes to.
fn weights(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let found = teller.decision.uncertainty.as_ref()?;
    let rows: Option<Vec<(&str, &Rational, &Rational)>> = found
        .effective
        .iter()
        .map(|row| {
            let id = format!("{}.{}", row.criterion, row.indicator);
            let indicator = teller.indicator(&id)?;
            Some((teller.title(&indicator.meta.title, &indicator.id), &row.weight, row.effective.as_ref()?))
        })
        .collect();
    let rows = rows.filter(|rows| rows.len() > 1)?;
    let number = |value: &Rational| words.language.short_number(value, 1);
    let most = rows.iter().flat_map(|(_, a, b)| [a.to_f64(), b.to_f64()]).fold(0.0, f64::max);
    let (title, weight, effective) = rows.iter().max_by(|a, b| (a.1 - a.2).abs().cmp(&(b.1 - b.2).abs()))?;
    let title = words
        .message("chart-weights")
        .text("title", title)
        .text("weight", number(weight))
        .text("effective", number(effective))
        .say();
    let bar = |(label, weight, effective): &(&str, &Rational, &Rational)| Bar {
        label: (*label).to_owned(),
        value: words.message("percent").text("value", number(effective)).say(),
        length: percent(effective.to_f64(), most),
        band: Some((0.0, percent(weight.to_f64(), most))),
        arrow: "",
        more: vec![number(weight)],
    };
    Some(finish(
        teller,
        Chart {
            title,
            note: words.say("chart-weights-note"),
            head: words.say("column-indicator"),
            value_head: words.say("column-effective"),
            more_heads: vec![words.say("column-weight-points")],
            rows: rows.iter().map(bar).collect(),
            svg: String::new(),
        },
    ))
}

/// The dark bar is the total index, the pale one its interval.
fn sensitivity(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let found = teller.decision.uncertainty.as_ref()?;
    let known = || found.sensitivity.iter().filter_map(|row| Some((row, row.indices.as_ref()?)));
    let of_money = known().filter(|(row, _)| row.output == Output::Money);
    let (largest, (_, total)) = of_money.max_by(|a, b| a.1.1.value.cmp(&b.1.1.value))?;
    let title = words
        .message("chart-sensitivity")
        .text("source", largest.source.as_str())
        .text("share", words.number(&(&total.value * &Rational::from(100u8)), 0))
        .say();
    let source = |row: &Sensitivity| words.say(&format!("varied-{}", row.source.as_str()));
    let rows = known()
        .map(|(row, (first, total))| {
            let part = |value: &Rational| percent(value.to_f64(), 1.0);
            Bar {
                label: words
                    .message("sensitivity-label")
                    .text("output", output(words, row.output))
                    .text("source", source(row))
                    .say(),
                value: index(words, total),
                length: part(&total.value),
                band: Some((part(&total.low), part(&total.high))),
                arrow: "",
                more: vec![index(words, first)],
            }
        })
        .collect();
    let note = words
        .message("chart-sensitivity-note")
        .text("replicas", words.number(&found.replicas.into(), 0))
        .say();
    Some(finish(
        teller,
        Chart {
            title,
            note,
            head: words.say("column-varied"),
            value_head: words.say("column-total-index"),
            more_heads: vec![words.say("column-first-index")],
            rows,
            svg: String::new(),
        },
    ))
}
