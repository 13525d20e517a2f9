//! Pictures in percent of the width, so that their words stay readable on a phone; each has its numbers as a table too.

use std::fmt::Write as _;

use adil_report::escaped;

use super::Teller;
use crate::fixed::Interval;
use crate::{Curve, Fixed};

/// Side of the square of a curve.
const SIDE: f64 = 320.0;

/// One row of a picture.
pub(super) struct Row {
    pub(super) label: String,
    /// Written at its end.
    pub(super) value: String,
    pub(super) mark: Mark,
}

/// What is drawn in a row.
pub(super) enum Mark {
    /// Two lengths: a broad pale one and a narrow strong one.
    Lengths(Fixed, Fixed),
    /// One length.
    Length(Fixed),
    /// A ratio and where chance puts it, beside a line at one.
    Ratio(Option<Fixed>, Option<Interval>),
}

/// The farthest ratio that is drawn; what lies beyond ends at the edge.
const FARTHEST: f64 = 4.0;

/// Rows one below the other: words that wrap, and below them what is drawn.
pub(super) fn rows(teller: &Teller<'_>, title: &str, rows: &[Row]) -> String {
    let most = rows.iter().map(Row::reach).fold(0.0, f64::max).min(match rows.first().map(|r| &r.mark) {
        Some(Mark::Ratio(..)) => FARTHEST,
        _ => f64::MAX,
    });
    let percent = |value: f64| if most > 0.0 { (value / most * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    let listed: Vec<String> = rows.iter().map(|r| format!("{}: {}", r.label, r.value)).collect();
    let alt = escaped(&format!("{title} {}", listed.join("; ")));
    let mut picture = format!("<div class=\"bars\" role=\"img\" aria-label=\"{alt}\">");
    let bar = |class: &str, from: f64, to: f64, y: usize, height: usize| {
        let width = to - from;
        format!(
            "<rect class=\"{class}\" x=\"{from:.2}%\" y=\"{y}\" width=\"{width:.2}%\" height=\"{height}\"/>"
        )
    };
    for row in rows {
        let drawn = match row.mark {
            Mark::Lengths(pale, strong) => {
                bar("r", 0.0, percent(pale.to_f64()), 1, 10) + &bar("k", 0.0, percent(strong.to_f64()), 4, 4)
            }
            Mark::Length(length) => bar("k", 0.0, percent(length.to_f64()), 3, 6),
            Mark::Ratio(ratio, interval) => {
                let band = interval
                    .map(|i| bar("r", percent(i.low.to_f64()), percent(i.high.to_f64()), 4, 6))
                    .unwrap_or_default();
                let dot = ratio
                    .map(|r| {
                        format!("<circle class=\"k\" cx=\"{:.2}%\" cy=\"7\" r=\"5\"/>", percent(r.to_f64()))
                    })
                    .unwrap_or_default();
                let one = percent(1.0);
                format!(
                    "{band}<line class=\"one\" x1=\"{one:.2}%\" x2=\"{one:.2}%\" y1=\"0\" y2=\"14\"/>{dot}"
                )
            }
        };
        let _ = write!(
            picture,
            "<p><span>{}</span> <span>{}</span></p><svg height=\"14\" aria-hidden=\"true\">{drawn}</svg>",
            escaped(&row.label),
            escaped(&row.value)
        );
    }
    if teller.audit.decision.simulated {
        let _ = write!(picture, "<p class=\"z\">{}</p>", escaped(&teller.words.say("simulated")));
    }
    picture + "</div>"
}

impl Row {
    /// How far it reaches to the right.
    fn reach(&self) -> f64 {
        match self.mark {
            Mark::Lengths(a, b) => a.max(b).to_f64(),
            Mark::Length(a) => a.to_f64(),
            Mark::Ratio(ratio, interval) => {
                let ends = [ratio, interval.map(|i| i.high), Fixed::of(1.1)];
                ends.into_iter().flatten().max().unwrap_or_default().to_f64()
            }
        }
    }
}

/// Curves of Lorenz in one square, beside the line of equal money per head.
pub(super) fn lorenz(teller: &Teller<'_>, title: &str, curves: &[(&Curve, &str, String)]) -> String {
    let words = teller.words;
    let (left, top) = (8.0, 8.0);
    let x = |v: f64| left + v * SIDE;
    let y = |v: f64| top + (1.0 - v) * SIDE;
    let mut svg = format!(
        "<svg class=\"square\" role=\"img\" viewBox=\"0 0 {} {}\" aria-label=\"{}\">",
        SIDE + 16.0,
        SIDE + 48.0,
        escaped(title)
    );
    let _ = write!(
        svg,
        "<rect class=\"frame\" x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\"/>\
         <line class=\"even\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0)
    );
    for (curve, class, _) in curves {
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|(people, money)| format!("{:.1},{:.1}", x(people.to_f64()), y(money.to_f64())))
            .collect();
        let _ = write!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
    }
    // Names stand in the free corner above the curves, each beside a piece of its line.
    let even = (words.say("curve-even"), "even");
    let names = std::iter::once(even).chain(curves.iter().map(|(_, class, name)| (name.clone(), *class)));
    for (index, (name, class)) in names.enumerate() {
        let at = top + 22.0 + 20.0 * f64::from(u32::try_from(index).unwrap_or(0));
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{}\" x2=\"{}\" y1=\"{line}\" y2=\"{line}\"/><text x=\"{}\" y=\"{at}\">{}</text>",
            left + 10.0,
            left + 36.0,
            left + 42.0,
            escaped(&name),
            line = at - 5.0,
        );
    }
    let _ = write!(
        svg,
        "<text class=\"soft\" x=\"{left}\" y=\"{}\">{}</text>",
        SIDE + top + 18.0,
        escaped(&words.say("curve-axes"))
    );
    if teller.audit.decision.simulated {
        let _ = write!(
            svg,
            "<text class=\"z\" x=\"{left}\" y=\"{}\">{}</text>",
            SIDE + top + 36.0,
            escaped(&words.say("simulated"))
        );
    }
    svg + "</svg>"
}
