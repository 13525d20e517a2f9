//! The picture of a trade-off: every set of weights by what it reaches of two goals, and the curve that none surpasses.
//! Across in percent of the width, so that words stay readable on a phone.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use adil_domain::{Points, Rational};

use crate::frontier::Story;
use crate::words::html;

/// The frame: from the left to the right in percent, from the top to the bottom in pixels.
const LEFT: f64 = 13.0;
const RIGHT: f64 = 97.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 332.0;

/// One axis: what it runs over, and where it has lines.
struct Axis {
    low: f64,
    high: f64,
    lines: Vec<(f64, u32)>,
}

impl Axis {
    /// Around these values, with room at both ends, and three to seven lines at round numbers.
    fn around(values: &[f64]) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let room = if most > least { (most - least) * 0.06 } else { 1.0 };
        let (low, high) = (least - room, most + room);
        let rough = (high - low) / 5.0;
        let (mut step, mut decimals) = (100.0, 0);
        for (smaller, its_decimals) in [
            (50.0, 0),
            (20.0, 0),
            (10.0, 0),
            (5.0, 0),
            (2.0, 0),
            (1.0, 0),
            (0.5, 1),
            (0.2, 1),
            (0.1, 1),
            (0.05, 2),
            (0.02, 2),
            (0.01, 2),
        ] {
            if smaller >= rough {
                (step, decimals) = (smaller, its_decimals);
            }
        }
        let first = (low / step).ceil();
        let lines = (0u32..8).map(|k| (first + f64::from(k)) * step).take_while(|v| *v <= high);
        // A goal is never below 0 nor above 100.
        let lines = lines.filter(|v| (0.0..=100.0).contains(v));
        Self { low, high, lines: lines.map(|v| (v, decimals)).collect() }
    }

    /// Where a value lies, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The picture, with what it shows in words, and letters beside places of the curve.
pub(super) fn draw(story: &Story<'_>, alt: &str, letters: &[(usize, &str)]) -> String {
    let found = story.found;
    let words = story.teller.words;
    let on_curve = || found.curve.iter().map(|t| t.reached);
    let all: Vec<[Points; 2]> =
        on_curve().chain(found.others.iter().copied()).chain([found.chosen.reached]).collect();
    let float = |points: Points| points.to_rational().to_f64();
    let axis = |goal: usize| Axis::around(&all.iter().map(|r| float(r[goal])).collect::<Vec<_>>());
    let (across, up) = (axis(0), axis(1));
    let x = |value: f64| LEFT + across.part(value) * (RIGHT - LEFT);
    let y = |value: f64| BOTTOM - up.part(value) * (BOTTOM - TOP);
    let at = |r: [Points; 2]| (x(float(r[0])), y(float(r[1])));
    let number = |value: f64, decimals: u32| {
        let exact = Rational::from_f64(value).unwrap_or_else(Rational::zero);
        words.number(&exact, decimals)
    };
    let simulated = story.teller.decision.simulated;
    let height = if simulated { BOTTOM + 48.0 } else { BOTTOM + 26.0 };
    let mut svg =
        format!("<svg class=\"scatter\" role=\"img\" height=\"{height}\" aria-label=\"{}\">", html(alt));
    for (value, decimals) in &across.lines {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{TOP}\" y2=\"{BOTTOM}\"/>\
             <text class=\"tick m\" x=\"{x:.2}%\" y=\"{}\">{}</text>",
            BOTTOM + 20.0,
            number(*value, *decimals),
            x = x(*value),
        );
    }
    for (value, decimals) in &up.lines {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}%\" x2=\"{RIGHT}%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"tick\" x=\"0\" y=\"{:.1}\">{}</text>",
            y(*value) + 5.0,
            number(*value, *decimals),
            y = y(*value),
        );
    }
    // Dots that nobody could tell apart are drawn once.
    let dots: BTreeSet<String> = found
        .others
        .iter()
        .map(|r| format!("<circle class=\"pale\" cx=\"{:.1}%\" cy=\"{:.0}\" r=\"3\"/>", at(*r).0, at(*r).1))
        .collect();
    svg.extend(dots);
    let curve: Vec<(f64, f64)> = on_curve().map(at).collect();
    for pair in curve.windows(2) {
        let _ = write!(
            svg,
            "<line class=\"curve\" x1=\"{:.2}%\" y1=\"{:.1}\" x2=\"{:.2}%\" y2=\"{:.1}\"/>",
            pair[0].0, pair[0].1, pair[1].0, pair[1].1
        );
    }
    for (x, y) in &curve {
        let _ = write!(svg, "<circle class=\"k\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"4\"/>");
    }
    let (x, y) = at(found.chosen.reached);
    for better in found.more.iter().flatten().filter_map(|place| curve.get(*place)) {
        let _ = write!(
            svg,
            "<line class=\"gain\" x1=\"{x:.2}%\" y1=\"{y:.1}\" x2=\"{:.2}%\" y2=\"{:.1}\"/>",
            better.0, better.1
        );
    }
    for ((x, y), letter) in letters.iter().filter_map(|(place, letter)| Some((curve.get(*place)?, letter))) {
        let _ = write!(
            svg,
            "<text class=\"letter m\" x=\"{x:.2}%\" y=\"{:.1}\">{}</text>",
            y - 12.0,
            html(letter)
        );
    }
    // Above the curve there is nothing, below it there is room among the pale dots.
    let (class, lower) = match found.chosen_at {
        Some(_) if x < 50.0 => ("name", -14.0),
        _ if x < 25.0 => ("name", 28.0),
        _ if x > 75.0 => ("name e", 28.0),
        _ => ("name m", 28.0),
    };
    let _ = write!(
        svg,
        "<circle class=\"ring\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"8\"/><text class=\"{class}\" x=\"{x:.2}%\" y=\"{:.1}\">{}</text>",
        y + lower,
        html(&words.say("frontier-published"))
    );
    if simulated {
        let _ = write!(
            svg,
            "<text class=\"z\" x=\"0\" y=\"{}\">{}</text>",
            height - 4.0,
            html(&words.say("simulated"))
        );
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_at_round_numbers() {
        let lines = |values: &[f64]| -> Vec<String> {
            Axis::around(values).lines.iter().map(|(v, d)| format!("{v:.*}", *d as usize)).collect()
        };
        assert_eq!(lines(&[40.0, 81.0]), ["40", "50", "60", "70", "80"]);
        assert_eq!(lines(&[88.11, 88.17]), ["88.12", "88.14", "88.16"]);
        assert_eq!(lines(&[50.0]), ["49.0", "49.5", "50.0", "50.5", "51.0"]);
        assert_eq!(lines(&[0.0, 10.0]), ["0", "5", "10"]);
        assert_eq!(lines(&[0.0, 100.0]), ["0", "50", "100"]);
    }
}
