//! A map that colours places by a value: sentence, drawing, legend with counts, and the same numbers as a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::Rational;
use adil_geography::Topology;

use super::classes::{Classes, Scale};
use super::label;
use super::plane::{Ground, WIDTH, borders, path};
use super::{Legend, Map, TableRow, key};
use crate::words::{Words, html};

/// Which places are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The smallest that have boundaries.
    Areas,
    /// Those that they make up.
    Groups,
}

/// What a map is made of.
pub(super) struct Choropleth<'a> {
    pub(super) level: Level,
    /// By code; a place without a value is hatched.
    pub(super) values: BTreeMap<&'a str, Rational>,
    pub(super) scale: Scale,
    /// The sentence above it.
    pub(super) title: String,
    /// How it was reckoned.
    pub(super) note: String,
    /// What the legend counts, with its unit.
    pub(super) measure: String,
    /// A value with its unit.
    pub(super) say: &'a dyn Fn(&Rational) -> String,
    /// A value as it stands on the map itself.
    pub(super) say_short: &'a dyn Fn(&Rational) -> String,
    /// A break of the legend, with all of its digits.
    pub(super) say_break: &'a dyn Fn(&Rational) -> String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<TableRow>,
}

/// Shapes that several maps draw: stated once, drawn by reference.
pub(super) fn shapes(ground: &Ground) -> String {
    let mut out = String::from("<svg class=\"shapes\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>");
    out.push_str(super::HATCHES);
    let mut level = |topology: &Topology, letter: char| {
        for area in 0..topology.codes().len() {
            let _ = write!(out, "<path id=\"{letter}{area}\" d=\"{}\"/>", path(topology, area));
        }
    };
    level(&ground.areas, 'p');
    if let Some(groups) = &ground.groups {
        level(groups, 'q');
        let _ = write!(out, "<path id=\"borders\" d=\"{}\"/>", borders(groups));
    }
    out.push_str("</defs></svg>");
    out
}

/// Names of the larger places over a map of the smaller ones.
pub(super) fn names(ground: &Ground, name: &dyn Fn(&str) -> String) -> String {
    let Some(groups) = &ground.groups else { return String::new() };
    let label = |(at, code): (usize, &String)| label::within(&groups.shape(at), &name(code), None);
    groups.codes().iter().enumerate().map(label).collect()
}

pub(super) fn draw(
    ground: &Ground,
    words: Words,
    map: Choropleth<'_>,
    name: &dyn Fn(&str) -> String,
    simulated: Option<&str>,
) -> Map {
    let (topology, letter) = match (map.level, &ground.groups) {
        (Level::Groups, Some(groups)) => (groups, 'q'),
        _ => (&ground.areas, 'p'),
    };
    let value = |code: &str| map.values.get(code);
    let known: Vec<Rational> = topology.codes().iter().filter_map(|c| value(c).cloned()).collect();
    let classes = Classes::of(map.scale, &known);
    let mut by_class: Vec<Vec<usize>> = vec![Vec::new(); classes.len() + 1];
    for (at, code) in topology.codes().iter().enumerate() {
        by_class[value(code).map_or(classes.len(), |v| classes.class(v))].push(at);
    }
    let mut drawn = String::new();
    let mut legend = Vec::new();
    for (class, areas) in by_class.iter().enumerate() {
        if areas.is_empty() {
            continue;
        }
        let is_known = class < classes.len();
        let style = if is_known { classes.style(class) } else { "none".to_owned() };
        let _ = write!(drawn, "<g class=\"{style}\">");
        for at in areas {
            let code = &topology.codes()[*at];
            let said = value(code).map_or_else(|| words.say("map-no-data"), map.say);
            let place = name(code);
            let _ = write!(
                drawn,
                "<use href=\"#{letter}{at}\"><title>{}: {}</title></use>",
                html(&place),
                html(&said)
            );
        }
        drawn.push_str("</g>");
        let mut held = areas.iter().filter_map(|at| value(&topology.codes()[*at]));
        let label = match held.next() {
            None => words.say("map-no-data"),
            // Such as those that get nothing.
            Some(first) if classes.len() > 1 && held.all(|other| other == first) => {
                (map.say_break)(&first.fixed(2))
            }
            Some(_) => class_label(words, &classes, class, map.say_break),
        };
        legend.push(Legend {
            key: key(&style),
            label,
            count: words.message("map-places").count(areas.len()).say(),
        });
    }
    let alt = alt(&map.title, &map.measure, &legend);
    let mut svg = opening(ground.plane.height, &alt);
    svg.push_str(&drawn);
    if ground.groups.is_some() {
        svg.push_str("<use href=\"#borders\" class=\"borders\"/>");
    }
    if map.level == Level::Areas {
        svg.push_str(&names(ground, name));
    } else {
        for (at, code) in topology.codes().iter().enumerate() {
            let said = value(code).map_or_else(String::new, map.say_short);
            svg.push_str(&label::within(&topology.shape(at), &name(code), Some(&said)));
        }
    }
    svg.push_str(&super::closing(words, &ground.plane, simulated));
    Map {
        title: map.title,
        note: map.note,
        measure: map.measure,
        svg,
        legend,
        head: map.head,
        rows: map.rows,
    }
}

/// `below 5`, `5 to 10`, `10 and more`.
pub(super) fn class_label(
    words: Words,
    classes: &Classes,
    class: usize,
    say: &dyn Fn(&Rational) -> String,
) -> String {
    match classes.ends(class) {
        (None, None) => words.say("map-class-all"),
        (None, Some(to)) => words.message("map-class-below").text("to", say(to)).say(),
        (Some(from), None) => words.message("map-class-from").text("from", say(from)).say(),
        (Some(from), Some(to)) => {
            words.message("map-class-between").text("from", say(from)).text("to", say(to)).say()
        }
    }
}

pub(super) fn opening(height: f64, alt: &str) -> String {
    format!(
        "<svg class=\"map\" role=\"img\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" aria-label=\"{}\">",
        html(alt)
    )
}

/// The picture in words: the sentence, then every class with its count.
pub(super) fn alt(title: &str, measure: &str, legend: &[Legend]) -> String {
    let listed: Vec<String> = legend.iter().map(|l| format!("{}: {}", l.label, l.count)).collect();
    format!("{title} {measure}: {}.", listed.join("; "))
}
