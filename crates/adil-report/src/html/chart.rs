//! Pictures: bars drawn in percent of the width, so that their words stay readable on a phone.

use std::fmt::Write as _;

use adil_domain::Money;
use adil_round::Status;
use adil_round::decision::Binding;

use super::sections::{Part, Table};
use super::{firm, trust};
use crate::groups;
use crate::sentences::Teller;
use crate::words::{Words, html};

/// The most bars in one picture.
const BARS: usize = 40;
/// Height of one bar with its words, in pixels.
const STEP: usize = 32;
/// Bins of a distribution.
const BINS: usize = 10;

/// One bar.
pub(crate) struct Bar {
    pub(crate) label: String,
    /// Written at its end, and in the table.
    pub(crate) value: String,
    /// Parts of the width.
    pub(super) length: f64,
    pub(super) band: Option<(f64, f64)>,
    /// An arrow beside the value where a bound binds.
    pub(super) arrow: &'static str,
    /// Further columns of the table.
    pub(crate) more: Vec<String>,
}

/// A picture with its sentence and its twin as a table.
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) head: String,
    pub(crate) value_head: String,
    pub(crate) more_heads: Vec<String>,
    pub(crate) rows: Vec<Bar>,
    pub(crate) svg: String,
}

impl Chart {
    /// The picture on a page of sections, its table folded.
    pub(super) fn into_part(self, words: Words) -> Part {
        let head = [self.head, self.value_head].into_iter().chain(self.more_heads).collect();
        let row = |bar: Bar| [bar.label, bar.value].into_iter().chain(bar.more).collect();
        Part {
            title: self.title,
            svg: self.svg,
            note: self.note,
            tables: vec![Table {
                caption: words.say("show-table"),
                head,
                rows: self.rows.into_iter().map(row).collect(),
                words: Vec::new(),
                folded: true,
            }],
            ..Part::default()
        }
    }
}

/// The pictures of a decision.
pub(crate) fn charts(teller: &Teller<'_>) -> Vec<Chart> {
    let mut charts: Vec<Chart> =
        (0..teller.decision.pots.len()).filter_map(|pot| money_by_place(teller, pot)).collect();
    charts.extend(points(teller));
    charts.extend(share_of_ask(teller));
    charts.extend(firm::charts(teller));
    charts.extend(trust::charts(teller));
    charts
}

pub(super) fn finish(teller: &Teller<'_>, mut chart: Chart) -> Chart {
    let words = teller.words;
    let simulated = teller.decision.simulated.then(|| words.say("simulated"));
    let height = chart.rows.len() * STEP + if simulated.is_some() { 20 } else { 0 };
    let listed: Vec<String> = chart.rows.iter().map(|b| format!("{}: {}", b.label, b.value)).collect();
    let alt = format!("{} {}", chart.title, listed.join("; "));
    let mut svg = format!("<svg role=\"img\" height=\"{height}\" aria-label=\"{}\">", html(&alt));
    for (index, bar) in chart.rows.iter().enumerate() {
        let y = index * STEP;
        let (text, track) = (y + 14, y + 19);
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{text}\">{}</text><text x=\"100%\" y=\"{text}\" class=\"e\">{}{}</text>",
            html(&bar.label),
            bar.arrow,
            html(&bar.value)
        );
        if let Some((from, to)) = bar.band {
            let width = to - from;
            let _ = write!(
                svg,
                "<rect class=\"r\" x=\"{from:.2}%\" y=\"{track}\" width=\"{width:.2}%\" height=\"8\"/>"
            );
        }
        let _ = write!(
            svg,
            "<rect class=\"k\" x=\"0\" y=\"{}\" width=\"{:.2}%\" height=\"4\"/>",
            track + 2,
            bar.length
        );
    }
    if let Some(text) = simulated {
        let _ = write!(svg, "<text class=\"z\" x=\"0\" y=\"{}\">{}</text>", height - 4, html(&text));
    }
    svg.push_str("</svg>");
    chart.svg = svg;
    chart
}

/// Part of `whole` in percent, for drawing only.
pub(super) fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole * 100.0).clamp(0.0, 100.0) } else { 0.0 }
}

fn units(money: Money) -> f64 {
    money.to_rational().to_f64()
}

fn money_by_place(teller: &Teller<'_>, pot: usize) -> Option<Chart> {
    let words = teller.words;
    let mut nodes = groups::level_within(teller.decision, pot, BARS);
    if nodes.len() < 2 {
        return None;
    }
    let node = |at: usize| groups::node(teller.decision, pot, at);
    nodes.sort_by_cached_key(|at| {
        (std::cmp::Reverse(node(*at).map(|n| n.amount)), groups::sort_key(&teller.node_name(pot, *at)))
    });
    let places = nodes.len();
    let bound =
        |binding: Binding| nodes.iter().filter(|at| node(**at).is_some_and(|n| n.binding == binding)).count();
    let (ceilings, floors) = (bound(Binding::Ceiling), bound(Binding::Floor));
    nodes.truncate(BARS);
    let total = |n: &adil_round::decision::NodeDecision| n.amount.checked_add(n.reserved).unwrap_or(n.amount);
    let largest = nodes.iter().filter_map(|at| node(*at)).map(|n| units(total(n))).fold(0.0, f64::max);
    // A ceiling far above every amount would leave the bars no room.
    let most = nodes
        .iter()
        .filter_map(|at| node(*at)?.ceiling)
        .map(units)
        .fold(largest, f64::max)
        .min(largest * 1.25);
    let bounded =
        nodes.iter().any(|at| node(*at).is_some_and(|n| n.ceiling.is_some() || n.floor.minor() > 0));
    let rows = nodes
        .iter()
        .filter_map(|at| Some((*at, node(*at)?)))
        .map(|(at, n)| {
            let to = n.ceiling.map_or(100.0, |c| percent(units(c), most));
            Bar {
                label: teller.node_name(pot, at),
                value: words.amount(n.amount),
                length: percent(units(n.amount), most),
                band: bounded.then(|| (percent(units(n.floor), most).min(to), to)),
                arrow: match n.binding {
                    Binding::Ceiling => "↓ ",
                    Binding::Floor => "↑ ",
                    _ => "",
                },
                more: Vec::new(),
            }
        })
        .collect();
    let first = *nodes.first()?;
    let title = words
        .message("chart-money")
        .text("place", teller.node_name(pot, first))
        .money("amount", node(first)?.amount)
        .text("several-pots", if teller.decision.pots.len() > 1 { "yes" } else { "no" })
        .text("pot", teller.pot(pot))
        .say();
    let mut note = String::new();
    if bounded {
        note = words
            .message("chart-money-note")
            .text("ceilings", words.count(ceilings))
            .text("floors", words.count(floors))
            .count(places)
            .say();
    }
    Some(finish(
        teller,
        Chart {
            title,
            note,
            head: words.say("column-place"),
            value_head: words.message("column-amount-in").text("currency", words.currency_name()).say(),
            more_heads: Vec::new(),
            rows,
            svg: String::new(),
        },
    ))
}

/// Bars of counts by bin; nothing where all are in one bin.
fn bins(words: Words, counts: &[(String, usize)]) -> Option<Vec<Bar>> {
    if counts.iter().filter(|(_, n)| *n > 0).count() < 2 {
        return None;
    }
    let most = counts.iter().map(|(_, n)| *n).max()?;
    let float = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    let bar = |(label, n): &(String, usize)| Bar {
        label: label.clone(),
        value: words.message("applications").count(*n).say(),
        length: percent(float(*n), float(most)),
        band: None,
        arrow: "",
        more: Vec::new(),
    };
    Some(counts.iter().map(bar).collect())
}

/// How many applications have how many points.
fn points(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let (low, high) = adil_round::explain::points_range(teller.decision)?;
    let width = 10_000_000;
    let mut counts = [0usize; BINS];
    for application in teller.decision.applications.iter().filter(|a| a.rank.is_some()) {
        let bin = usize::try_from(application.points.micro() / width).unwrap_or(0).min(BINS - 1);
        counts[bin] += 1;
    }
    let label = |bin: usize| {
        words
            .message("bin-points")
            .text("from", words.count(bin * 10))
            .text("to", words.count(bin * 10 + 10))
            .say()
    };
    // Empty bins at both ends say nothing; those between do.
    let first = counts.iter().position(|n| *n > 0)?;
    let last = counts.iter().rposition(|n| *n > 0)?;
    let labelled: Vec<(String, usize)> = (first..=last).map(|bin| (label(bin), counts[bin])).collect();
    let fullest = (first..=last).rev().max_by_key(|bin| counts[*bin])?;
    let title = words
        .message("chart-points")
        .text("low", words.language.short_number(&low.to_rational(), 1))
        .text("high", words.language.short_number(&high.to_rational(), 1))
        .text("bin", label(fullest))
        .count(counts[fullest])
        .say();
    Some(finish(
        teller,
        Chart {
            title,
            note: String::new(),
            head: words.say("column-points"),
            value_head: words.say("column-applications"),
            more_heads: Vec::new(),
            rows: bins(words, &labelled)?,
            svg: String::new(),
        },
    ))
}

/// How much of the ask the admitted applications get.
fn share_of_ask(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let mut counts = [0usize; BINS + 2];
    for application in &teller.decision.applications {
        let (Status::Funded | Status::NotFunded, Some(sought)) = (application.status, application.sought)
        else {
            continue;
        };
        if sought.minor() <= 0 {
            continue;
        }
        let amount = i128::from(application.amount.minor());
        let bin = match amount * 10 / i128::from(sought.minor()) {
            _ if amount == 0 => 0,
            tenths @ 0..=9 => usize::try_from(tenths).unwrap_or(0) + 1,
            _ => BINS + 1,
        };
        counts[bin] += 1;
    }
    let label = |bin: usize| match bin {
        0 => words.say("bin-nothing"),
        bin if bin == BINS + 1 => words.say("bin-all"),
        bin => words
            .message("bin-percent")
            .text("from", words.count((bin - 1) * 10))
            .text("to", words.count(bin * 10))
            .say(),
    };
    let first = counts.iter().position(|n| *n > 0)?;
    let last = counts.iter().rposition(|n| *n > 0)?;
    let labelled: Vec<(String, usize)> = (first..=last).map(|bin| (label(bin), counts[bin])).collect();
    let rows = bins(words, &labelled)?;
    let fullest = (1..=BINS).rev().max_by_key(|bin| counts[*bin]).unwrap_or(1);
    let title = words
        .message("chart-ask")
        .count(counts[fullest])
        .text("bin", label(fullest))
        .text("all", words.count(counts[BINS + 1]))
        .text("none", words.count(counts[0]))
        .say();
    Some(finish(
        teller,
        Chart {
            title,
            note: words.say("chart-ask-note"),
            head: words.say("column-share-of-ask"),
            value_head: words.say("column-applications"),
            more_heads: Vec::new(),
            rows,
            svg: String::new(),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_nothing_are_nothing() {
        assert!(percent(1.0, 0.0).abs() < f64::EPSILON);
        assert!((percent(3.0, 2.0) - 100.0).abs() < f64::EPSILON);
    }
}
