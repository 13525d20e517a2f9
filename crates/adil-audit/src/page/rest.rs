//! Missing values, asking for more, equality, earlier years.

use super::picture::{self, Mark, Row};
use super::{Part, Section, Table, Teller};
use crate::gaming::Backing;
use crate::{Asking, Before, Curve, Equality, Fixed, MissingBy};

pub(super) fn missing(teller: &Teller<'_>) -> Section {
    let found = &teller.audit.missing;
    let costliest = found
        .by
        .iter()
        .flat_map(|by| by.lines.iter().zip(&by.dimension.groups))
        .filter_map(|(line, group)| Some((line.as_ref()?, group)))
        .filter(|(line, _)| line.applications >= crate::fairness::FEW)
        .max_by_key(|(line, group)| (line.lost, std::cmp::Reverse(&group.key)));
    let mut lead = match found.share {
        Fixed::ZERO => teller.say("missing-none"),
        share => teller.message("missing-lead").strong("share", teller.percent(share, 1)).say(),
    };
    if let Some((line, group)) = costliest.filter(|(line, _)| line.lost.micro() > 0) {
        let most = teller
            .message("missing-most")
            .text("group", teller.group(group))
            .text("points", teller.points(line.lost));
        lead.push(' ');
        lead.push_str(&most.say());
    }
    Section {
        id: "missing",
        heading: teller.say("missing-heading"),
        lead,
        parts: if found.share == Fixed::ZERO {
            Vec::new()
        } else {
            found.by.iter().map(|by| missing_by(teller, by)).collect()
        },
        caveat: teller.say("missing-caveat"),
    }
}

fn missing_by(teller: &Teller<'_>, by: &MissingBy) -> Part {
    let rows = by.lines.iter().zip(&by.dimension.groups).filter_map(|(line, group)| {
        let line = line.as_ref()?;
        Some(vec![
            teller.group(group),
            teller.words.count(line.applications),
            teller.percent(line.missing, 1),
            teller.points(line.points),
            teller.points(line.with_medians),
            teller.points(line.lost),
        ])
    });
    let head = [
        "column-group",
        "column-applications",
        "column-share-missing",
        "column-mean-points",
        "column-with-medians",
        "column-lost",
    ];
    let rows: Vec<_> = rows.collect();
    Part {
        title: teller.dimension(&by.dimension),
        tables: vec![Table {
            head: head.iter().map(|id| teller.say(id)).collect(),
            folded: rows.len() > 24,
            caption: if rows.len() > 24 { teller.say("show-table") } else { String::new() },
            rows,
            ..Table::default()
        }],
        ..Part::default()
    }
}

pub(super) fn gaming(teller: &Teller<'_>) -> Section {
    let asking = teller.audit.asking.as_ref();
    let lead = match asking {
        None if teller.audit.decision.shadow => teller.say("asking-nobody"),
        None => teller.say("asking-none"),
        Some(a) if a.gain == 0 => teller.message("asking-nothing").count(a.asked).say(),
        Some(a) => teller
            .message("asking-lead")
            .count(a.asked)
            .text("gain", teller.words.count(a.gain))
            .strong("each", a.of_each.map(|e| teller.two(e)).unwrap_or_default())
            .text("currency", teller.words.currency_name())
            .say(),
    };
    let mut parts: Vec<Part> = asking.map(|a| asking_part(teller, a)).into_iter().collect();
    parts.push(backing(teller));
    Section {
        id: "asking",
        heading: teller.say("asking-heading"),
        lead,
        parts,
        caveat: teller.say("asking-caveat"),
    }
}

fn asking_part(teller: &Teller<'_>, asking: &Asking) -> Part {
    let mut text = Vec::new();
    if asking.asked < asking.of {
        let sample = teller.message("asking-sample").count(asking.asked);
        text.push(sample.text("of", teller.words.count(asking.of)).say());
    }
    if let Some(most) = &asking.most {
        text.push(
            teller
                .message("asking-most")
                .text("name", &most.name)
                .money("more", most.more_asked)
                .money("gain", most.gain)
                .money("amount", most.amount)
                .say(),
        );
    }
    let row = |id: &str, value: String| vec![teller.say(id), value];
    let rows = vec![
        row("asking-asked", teller.words.count(asking.asked)),
        row("asking-gain", teller.words.count(asking.gain)),
        row("asking-lose", teller.words.count(asking.lose)),
        row("asking-mean", teller.words.money(asking.mean)),
        row("asking-most-gain", asking.most.as_ref().map(|m| teller.words.money(m.gain)).unwrap_or_default()),
        row("asking-each", asking.of_each.map(|e| teller.two(e)).unwrap_or_default()),
    ];
    Part {
        title: teller.say("asking-title"),
        text,
        tables: vec![Table {
            head: vec![teller.say("column-question"), teller.say("column-answer")],
            rows,
            ..Table::default()
        }],
        ..Part::default()
    }
}

/// The money by what it rests on.
fn backing(teller: &Teller<'_>) -> Part {
    let decision = &teller.audit.decision;
    let whole = i128::from(decision.totals.awarded.minor());
    let share = |m: adil_domain::Money| Fixed::ratio(i128::from(m.minor()), whole).unwrap_or_default();
    let name = |b: Backing| teller.say(&format!("rests-{}", b.as_str()));
    let held: Vec<_> = teller.audit.backing.iter().filter(|(_, m)| m.minor() > 0).collect();
    let rows: Vec<Row> = held
        .iter()
        .map(|(b, m)| Row {
            label: name(*b),
            value: teller.percent(share(*m), 1),
            mark: Mark::Length(share(*m)),
        })
        .collect();
    let title = match held.iter().max_by_key(|(b, m)| (*m, std::cmp::Reverse(*b))) {
        Some((b, m)) => teller
            .message("rests-title")
            .text("share", teller.percent(share(*m), 0))
            .text("on", name(*b))
            .say(),
        None => teller.say("rests-nothing"),
    };
    let table =
        held.iter().map(|(b, m)| vec![name(*b), teller.words.amount(*m), teller.percent(share(*m), 1)]);
    let pots: Vec<String> = teller
        .audit
        .own_sizes
        .iter()
        .filter_map(|at| decision.policy.pots.get(*at))
        .map(|p| teller.words.title(&p.meta.title, &p.id).to_owned())
        .collect();
    let mut text = vec![teller.say("rests-text")];
    if !pots.is_empty() {
        text.push(teller.message("rests-size").count(pots.len()).text("pots", teller.names(pots)).say());
    }
    Part {
        svg: picture::rows(teller, &title, &rows),
        title,
        text,
        note: String::new(),
        tables: vec![Table {
            caption: teller.say("show-table"),
            head: ["column-rests", "column-amount", "column-share"].iter().map(|id| teller.say(id)).collect(),
            rows: table.collect(),
            words: Vec::new(),
            folded: true,
        }],
        ..Part::default()
    }
}

pub(super) fn equality(teller: &Teller<'_>) -> Section {
    let heading = teller.say("equality-heading");
    let caveat = teller.say("equality-caveat");
    let Some(found) = &teller.audit.equality else {
        return Section {
            id: "equality",
            heading,
            lead: teller.say("equality-none"),
            parts: Vec::new(),
            caveat,
        };
    };
    let level = teller.words.level(&found.level);
    let mut lead = teller
        .message("equality-lead")
        .strong("gini", teller.two(found.now.gini))
        .text("level", &level)
        .text("tenth", teller.percent(found.now.poorest_tenth, 1))
        .say();
    if let Some((_, before)) = &found.before {
        let change = match found.now.gini.cmp(&before.gini) {
            std::cmp::Ordering::Less => "more-equal",
            std::cmp::Ordering::Greater => "less-equal",
            std::cmp::Ordering::Equal => "same",
        };
        let said = teller.message("equality-before").text("change", change);
        lead.push(' ');
        lead.push_str(&said.text("gini", teller.two(before.gini)).say());
    }
    Section { id: "equality", heading, lead, parts: vec![curves(teller, found)], caveat }
}

fn curves(teller: &Teller<'_>, found: &Equality) -> Part {
    let now = teller.say("curve-now");
    let before = found.before.as_ref().map(|(what, curve)| {
        let name = match what {
            Before::PreviousAmount => teller.say("curve-previous"),
            Before::History(period) => teller.message("curve-history").text("period", period).say(),
        };
        (curve, name)
    });
    let mut drawn: Vec<(&Curve, &str, String)> = vec![(&found.now, "now", now.clone())];
    drawn.extend(before.as_ref().map(|(curve, name)| (*curve, "past", name.clone())));
    let title = teller
        .message("curve-title")
        .count(found.places)
        .text("level", teller.words.level(&found.level))
        .say();
    let rows = drawn.iter().map(|(curve, _, name)| {
        vec![name.clone(), teller.two(curve.gini), teller.percent(curve.poorest_tenth, 1)]
    });
    let rows = rows.collect();
    Part {
        svg: picture::lorenz(teller, &title, &drawn),
        title,
        note: teller.say("curve-note"),
        tables: vec![Table {
            head: ["column-year", "column-gini", "column-tenth"].iter().map(|id| teller.say(id)).collect(),
            rows,
            ..Table::default()
        }],
        ..Part::default()
    }
}

pub(super) fn backtest(teller: &Teller<'_>) -> Section {
    let found = &teller.audit.backtests;
    let lead = match found.first() {
        None => teller.say("backtest-none"),
        Some(first) => {
            let sign = match first.interval {
                Some(i) if i.low > Fixed::ZERO => "together",
                Some(i) if i.high < Fixed::ZERO => "against",
                _ => "apart",
            };
            teller
                .message("backtest-lead")
                .count(first.applications)
                .text("sign", sign)
                .strong("correlation", teller.two(first.correlation))
                .text("period", &first.period)
                .say()
        }
    };
    let mut text = Vec::new();
    if found.iter().any(|b| b.built_in) {
        text.push(teller.say("backtest-built-in"));
    }
    let row = |b: &crate::Backtest| {
        vec![
            b.column.clone(),
            b.period.clone(),
            teller.words.count(b.applications),
            teller.ratio(Some(b.correlation), b.interval),
        ]
    };
    let head = ["column-outcome", "column-period", "column-applications", "column-correlation"];
    let part = Part {
        text,
        tables: vec![Table {
            head: head.iter().map(|id| teller.say(id)).collect(),
            rows: found.iter().map(row).collect(),
            words: vec![1],
            ..Table::default()
        }],
        ..Part::default()
    };
    Section {
        id: "earlier",
        heading: teller.say("backtest-heading"),
        lead,
        parts: if found.is_empty() { Vec::new() } else { vec![part] },
        caveat: teller.say("backtest-caveat"),
    }
}
