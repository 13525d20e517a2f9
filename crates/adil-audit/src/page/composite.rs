//! Do the criteria do what they say?

use super::picture::{self, Mark, Row};
use super::{Part, Section, Table, Teller};
use crate::Fixed;
use crate::composite::IndicatorLine;

/// The closest pairs are listed whatever they are, others while they go together at least in part; `audit.json` has all.
const CLOSEST: usize = 5;
/// Two indicators go together in part from this rank correlation on.
const IN_PART: i64 = 5_000;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let composite = &teller.audit.composite;
    let idle: Vec<usize> =
        (0..composite.indicators.len()).filter(|i| composite.indicators[*i].never_matters()).collect();
    let same: Vec<_> = composite.same().collect();
    let mut lead = match (composite.indicators.len(), idle.as_slice()) {
        (0, _) => teller.say("composite-none"),
        (n, []) => teller.message("composite-idle-none").count(n).say(),
        (_, idle) => teller
            .message("composite-idle")
            .count(idle.len())
            .text("names", teller.names(idle.iter().map(|i| teller.indicator(*i))))
            .say(),
    };
    if composite.indicators.len() > 1 {
        lead.push(' ');
        lead.push_str(&match same.len() {
            0 => teller.say("composite-same-none"),
            n => teller.message("composite-same").count(n).say(),
        });
    }
    let mut parts = Vec::new();
    if !composite.indicators.is_empty() {
        parts.push(weights(teller));
        parts.push(details(teller));
    }
    if composite.pairs.len() > 1 || !same.is_empty() {
        parts.push(pairs(teller));
    }
    if !composite.dominated.is_empty() {
        parts.push(dominated(teller));
    }
    Section {
        id: "indicator",
        heading: teller.say("composite-heading"),
        lead,
        parts,
        caveat: teller.say("composite-caveat"),
    }
}

/// The published weight beside what moves the points.
fn weights(teller: &Teller<'_>) -> Part {
    let lines = &teller.audit.composite.indicators;
    let hundredth = |line: &IndicatorLine| Fixed::of(line.weight.to_f64() / 100.0).unwrap_or_default();
    let most = lines.iter().enumerate().max_by_key(|(at, l)| (l.effective, std::cmp::Reverse(*at)));
    let title = match most {
        Some((at, IndicatorLine { effective: Some(share), weight, .. })) => teller
            .message("chart-indicator-weights")
            .text("title", teller.indicator(at))
            .text("share", teller.percent(*share, 0))
            .text("weight", teller.words.short(weight))
            .say(),
        _ => teller.say("chart-weights-same"),
    };
    let rows: Vec<Row> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| Row {
            label: teller.indicator(at),
            value: teller
                .message("weight-and-share")
                .text("weight", teller.words.short(&line.weight))
                .text("share", line.effective.map(|s| teller.percent(s, 0)).unwrap_or_default())
                .say(),
            mark: Mark::Lengths(hundredth(line), line.effective.unwrap_or_default().max(Fixed::ZERO)),
        })
        .collect();
    Part {
        svg: picture::rows(teller, &title, &rows),
        title,
        note: teller.say("chart-indicator-weights-note"),
        ..Part::default()
    }
}

/// Every indicator in one table.
fn details(teller: &Teller<'_>) -> Part {
    let composite = &teller.audit.composite;
    let row = |(at, line): (usize, &IndicatorLine)| {
        let values = line.known + line.imputed;
        let missing = i128::try_from(line.imputed).ok().zip(i128::try_from(values).ok());
        vec![
            teller.indicator(at),
            teller.words.short(&line.weight),
            line.effective.map(|s| teller.percent(s, 1)).unwrap_or_default(),
            teller.points(line.mean),
            teller.two(line.deviation),
            line.shift.map(|s| teller.percent(s, 1)).unwrap_or_default(),
            missing
                .and_then(|(n, all)| Fixed::ratio(n, all))
                .map(|s| teller.percent(s, 1))
                .unwrap_or_default(),
            line.outliers.as_ref().map(|o| teller.words.count(o.applications)).unwrap_or_default(),
            line.decides
                .as_ref()
                .map(|d| {
                    teller
                        .message("decides-from")
                        .text("value", teller.words.value(&d.value))
                        .count(d.applications)
                        .say()
                })
                .unwrap_or_default(),
        ]
    };
    let head = [
        "column-indicator",
        "column-weight-points",
        "column-spread",
        "column-mean-points",
        "column-deviation",
        "column-shift",
        "column-share-missing",
        "column-far",
        "column-decides",
    ];
    Part {
        title: teller.say("indicators-title"),
        text: vec![teller.message("indicators-text").count(composite.applications).say()],
        note: teller.say("indicators-note"),
        tables: vec![Table {
            head: head.iter().map(|id| teller.say(id)).collect(),
            rows: composite.indicators.iter().enumerate().map(row).collect(),
            words: vec![8],
            ..Table::default()
        }],
        ..Part::default()
    }
}

/// Pairs of indicators, those that go together most first.
fn pairs(teller: &Teller<'_>) -> Part {
    let composite = &teller.audit.composite;
    let mut pairs: Vec<_> = composite.pairs.iter().filter_map(|p| Some((p, p.correlation?))).collect();
    pairs.sort_by_key(|(p, c)| (std::cmp::Reverse(c.abs()), p.of));
    let said = |c: Fixed| {
        let id = match (c.abs().units() > crate::composite::SAME, c.units() < 0) {
            (true, true) => "pair-opposite",
            (true, false) => "pair-same",
            (false, _) if c.abs().units() >= IN_PART => "pair-alike",
            (false, _) => "pair-apart",
        };
        teller.say(id)
    };
    let rows = pairs
        .iter()
        .enumerate()
        .take_while(|(at, (_, c))| *at < CLOSEST || c.abs().units() >= IN_PART)
        .map(|(_, (pair, c))| {
            vec![
                teller.indicator(pair.of.0),
                teller.indicator(pair.of.1),
                teller.two(*c),
                teller.words.count(pair.applications),
                said(*c),
            ]
        })
        .collect();
    let head = [
        "column-indicator",
        "column-beside",
        "column-rank-correlation",
        "column-applications",
        "column-says",
    ];
    Part {
        title: teller.say("pairs-title"),
        text: vec![teller.message("pairs-text").count(pairs.len()).say()],
        tables: vec![Table {
            head: head.iter().map(|id| teller.say(id)).collect(),
            rows,
            words: vec![1, 4],
            ..Table::default()
        }],
        ..Part::default()
    }
}

/// Indicators that give way to another.
fn dominated(teller: &Teller<'_>) -> Part {
    let composite = &teller.audit.composite;
    let row = |d: &crate::Dominated| {
        vec![
            teller.indicator(d.weaker),
            teller.indicator(d.stronger),
            teller.percent(d.share, 1),
            teller.words.count(d.pairs),
        ]
    };
    let head = ["column-gives-way", "column-gives-way-to", "column-how-often", "column-pairs"];
    Part {
        title: teller.message("dominated-title").count(composite.dominated.len()).say(),
        text: vec![teller.say("dominated-text")],
        tables: vec![Table {
            head: head.iter().map(|id| teller.say(id)).collect(),
            rows: composite.dominated.iter().map(row).collect(),
            words: vec![1],
            ..Table::default()
        }],
        ..Part::default()
    }
}
