//! Facilities on the map: a point for each where there are few, hexagons where there are many.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::{Money, Rational};
use adil_geography::{Coord, Position};
use adil_round::decision::Status;

use super::choropleth::{alt, class_label, opening};
use super::classes::{Classes, Scale};
use super::label;
use super::plane::{Ground, Plane, WIDTH};
use super::{Legend, Map, TableRow, key};
use crate::sentences::Teller;
use crate::words::html;

/// More facilities than this would be a blot of points.
const POINTS: usize = 2_000;
/// Half the width of a hexagon, half the length of its side, and the distance of rows: whole units, so that they tile.
const HALF: i32 = 14;
const SIDE: i32 = 8;
const ROW: i32 = 24;
/// Lines of a graticule at most.
const LINES: f64 = 7.0;
/// Names of places without boundaries at most.
const NAMES: usize = 60;

/// A facility with a position.
pub(super) struct Facility<'d> {
    pub(super) at: Position,
    pub(super) status: Status,
    pub(super) amount: Money,
    /// The name of its place.
    pub(super) place: &'d str,
}

/// What a hexagon holds.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    facilities: usize,
    minor: i128,
}

/// Facilities with the money awarded to them, on the ground with the names to write over it.
pub(super) fn draw(
    teller: &Teller<'_>,
    ground: Option<(&Ground, &str)>,
    facilities: &[Facility<'_>],
    simulated: Option<&str>,
) -> Option<Map> {
    if facilities.len() < 2 {
        return None;
    }
    let degrees: Vec<Coord<f64>> =
        facilities.iter().map(|f| Coord { x: f.at.lon(), y: f.at.lat() }).collect();
    let plane = match ground {
        Some((ground, _)) => ground.plane,
        None => Plane::around(&degrees)?,
    };
    // Beyond the drawing lie only those whose position is wrong, which the check of positions says.
    let inside = |p: &Coord<f64>| p.x >= 0.0 && p.x <= WIDTH && p.y >= 0.0 && p.y <= plane.height;
    let placed: Vec<(Coord<f64>, &Facility<'_>)> =
        facilities.iter().map(|f| (plane.position(f.at), f)).filter(|(p, _)| inside(p)).collect();
    let mut map = if placed.len() <= POINTS { points(teller, &placed) } else { hexagons(teller, &placed) };
    let alt = alt(&map.title, &map.measure, &map.legend);
    let mut svg = opening(plane.height, &alt);
    if let Some((ground, _)) = ground {
        svg.push_str("<g class=\"land\">");
        let (letter, count) = match &ground.groups {
            Some(groups) => ('q', groups.codes().len()),
            None => ('p', ground.areas.codes().len()),
        };
        for at in 0..count {
            let _ = write!(svg, "<use href=\"#{letter}{at}\"/>");
        }
        svg.push_str("</g>");
    } else {
        svg.push_str(&graticule(&plane, &degrees));
    }
    svg.push_str(&map.svg);
    match ground {
        Some((ground, names)) => {
            if ground.groups.is_some() {
                svg.push_str("<use href=\"#borders\" class=\"thin\"/>");
            }
            svg.push_str(names);
        }
        None => svg.push_str(&label::beside(&names(&placed), WIDTH)),
    }
    svg.push_str(&super::closing(teller.words, &plane, simulated));
    map.svg = svg;
    Some(map)
}

/// Places by the middle of their facilities, those with the most first.
fn names(placed: &[(Coord<f64>, &Facility<'_>)]) -> Vec<(Coord<f64>, String)> {
    let mut by_place: BTreeMap<&str, (f64, f64, u32)> = BTreeMap::new();
    for (at, facility) in placed.iter().filter(|(_, f)| !f.place.is_empty()) {
        let sum = by_place.entry(facility.place).or_default();
        *sum = (sum.0 + at.x, sum.1 + at.y, sum.2 + 1);
    }
    let mut places: Vec<(&str, (f64, f64, u32))> = by_place.into_iter().collect();
    places.sort_by(|a, b| b.1.2.cmp(&a.1.2).then(a.0.cmp(b.0)));
    places.truncate(NAMES);
    let middle = |(name, (x, y, n)): (&str, (f64, f64, u32))| {
        (Coord { x: x / f64::from(n), y: y / f64::from(n) }, name.to_owned())
    };
    places.into_iter().map(middle).collect()
}

fn points(teller: &Teller<'_>, placed: &[(Coord<f64>, &Facility<'_>)]) -> Map {
    let words = teller.words;
    let mut svg = String::new();
    let (mut legend, mut rows) = (Vec::new(), Vec::new());
    // Those that get money lie on top.
    for status in Status::ALL.into_iter().rev() {
        let of: Vec<_> = placed.iter().filter(|(_, f)| f.status == status).collect();
        if of.is_empty() {
            continue;
        }
        let style = if status == Status::Funded { "at" } else { "at o" };
        let _ = write!(svg, "<path class=\"{style}\" d=\"");
        for (at, _) in &of {
            let _ = write!(svg, "M{:.0} {:.0}h0", at.x, at.y);
        }
        svg.push_str("\"/>");
        let minor: i128 = of.iter().map(|(_, f)| i128::from(f.amount.minor())).sum();
        let count = words.message("map-facilities").count(of.len()).say();
        legend.push(Legend {
            key: format!(
                "<svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 24 24\"><path class=\"{style}\" d=\"M12 12h0\"/></svg>"
            ),
            label: words.status(status),
            count: count.clone(),
        });
        rows.push(TableRow {
            class: "",
            name: words.status(status),
            cells: vec![words.count(of.len()), words.amount(money(teller, minor))],
        });
    }
    legend.reverse();
    rows.reverse();
    rows.push(total(teller, placed, None));
    Map {
        title: words.message("map-points").count(placed.len()).say(),
        note: words.say("map-points-note"),
        measure: words.say("column-status"),
        svg,
        legend,
        head: ["column-status", "column-facilities", "column-amount"].map(|id| words.say(id)).to_vec(),
        rows,
    }
}

fn hexagons(teller: &Teller<'_>, placed: &[(Coord<f64>, &Facility<'_>)]) -> Map {
    let words = teller.words;
    let mut cells: BTreeMap<(i32, i32), Cell> = BTreeMap::new();
    for (at, facility) in placed {
        let cell = cells.entry(hexagon(*at)).or_default();
        cell.facilities += 1;
        cell.minor += i128::from(facility.amount.minor());
    }
    let value = |cell: &Cell| money(teller, cell.minor).to_rational();
    let values: Vec<Rational> = cells.values().map(value).collect();
    let classes = Classes::of(Scale::Sequential, &values);
    // Where breaks run into many millions, the legend counts millions.
    let million = Rational::from(1_000_000i64);
    let in_millions = values.iter().max().is_some_and(|most| *most >= &million * &Rational::from(10i64));
    let say = |v: &Rational| match v.checked_div(&million) {
        Some(millions) if in_millions => words.short(&millions),
        _ => words.short(v),
    };
    let currency = if in_millions {
        words.message("millions-of").text("currency", words.currency_name()).say()
    } else {
        words.currency_name()
    };
    let mut svg = format!(
        "<defs><path id=\"hex\" d=\"M0-{0}l{HALF} {SIDE}v{0}l-{HALF} {SIDE}-{HALF}-{SIDE}v-{0}z\"/></defs>",
        2 * SIDE
    );
    let (mut legend, mut rows) = (Vec::new(), Vec::new());
    for class in 0..classes.len() {
        let of: Vec<_> = cells.iter().filter(|(_, c)| classes.class(&value(c)) == class).collect();
        if of.is_empty() {
            continue;
        }
        let style = classes.style(class);
        let _ = write!(svg, "<g class=\"{style}\">");
        for ((q, r), cell) in &of {
            let (x, y) = (2 * HALF * q + HALF * r, ROW * r);
            let amount = words.money(money(teller, cell.minor));
            let count = words.message("map-facilities").count(cell.facilities).say();
            let _ = write!(
                svg,
                "<use href=\"#hex\" x=\"{x}\" y=\"{y}\"><title>{}: {}</title></use>",
                html(&count),
                html(&amount)
            );
        }
        svg.push_str("</g>");
        let label = class_label(words, &classes, class, &say);
        legend.push(Legend {
            key: key(&style),
            label: label.clone(),
            count: words.message("map-hexagons").count(of.len()).say(),
        });
        let facilities: usize = of.iter().map(|(_, c)| c.facilities).sum();
        let minor: i128 = of.iter().map(|(_, c)| c.minor).sum();
        rows.push(TableRow {
            class: "",
            name: label,
            cells: vec![words.count(of.len()), words.count(facilities), words.amount(money(teller, minor))],
        });
    }
    rows.push(total(teller, placed, Some(cells.len())));
    // Half of the money lies in so few hexagons.
    let mut sums: Vec<i128> = cells.values().map(|c| c.minor).collect();
    sums.sort_unstable_by(|a, b| b.cmp(a));
    let all: i128 = sums.iter().sum();
    let mut sum = 0;
    let half = sums.iter().take_while(|minor| {
        let before = sum;
        sum += **minor;
        before * 2 < all
    });
    let half = half.count();
    Map {
        title: words
            .message("map-hexagon-title")
            .count(half)
            .text("all", words.count(cells.len()))
            .text("facilities", words.message("map-facilities").count(placed.len()).say())
            .say(),
        note: words.say("map-hexagon-note"),
        measure: words.message("column-amount-in").text("currency", &currency).say(),
        svg,
        legend,
        head: vec![
            words.message("map-hexagon-amount").text("currency", &currency).say(),
            words.say("column-hexagons"),
            words.say("column-facilities"),
            words.message("column-amount-in").text("currency", words.currency_name()).say(),
        ],
        rows,
    }
}

fn total(teller: &Teller<'_>, placed: &[(Coord<f64>, &Facility<'_>)], hexagons: Option<usize>) -> TableRow {
    let words = teller.words;
    let minor: i128 = placed.iter().map(|(_, f)| i128::from(f.amount.minor())).sum();
    let cells = hexagons
        .map(|n| words.count(n))
        .into_iter()
        .chain([words.count(placed.len()), words.amount(money(teller, minor))]);
    TableRow { class: "sum", name: words.say("total-sum"), cells: cells.collect() }
}

fn money(teller: &Teller<'_>, minor: i128) -> Money {
    Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), teller.words.currency)
}

/// The hexagon a point lies in, in axial coordinates: the nearest of the three cube coordinates' rounding
/// (R. Patel, "Hexagonal Grids", redblobgames.com, 2013).
#[expect(clippy::cast_possible_truncation, reason = "a drawing has a few dozen hexagons")]
fn hexagon(at: Coord<f64>) -> (i32, i32) {
    let r = at.y / f64::from(ROW);
    let q = at.x / f64::from(2 * HALF) - r / 2.0;
    let s = -q - r;
    let (rq, rr, rs) = (q.round(), r.round(), s.round());
    let (dq, dr, ds) = ((rq - q).abs(), (rr - r).abs(), (rs - s).abs());
    if dq > dr && dq > ds {
        ((-rr - rs) as i32, rr as i32)
    } else if dr > ds {
        (rq as i32, (-rq - rs) as i32)
    } else {
        (rq as i32, rr as i32)
    }
}

/// Meridians and parallels, where there are no boundaries to say where we are.
fn graticule(plane: &Plane, degrees: &[Coord<f64>]) -> String {
    let (mut low, mut high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
    for p in degrees {
        low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Coord { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    let (wide, tall) = (high.x - low.x, high.y - low.y);
    let steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0];
    let fitting = |span: f64| steps.iter().copied().find(|s| span / s <= LINES).unwrap_or(60.0);
    let mut out = String::new();
    let mut line = |from: Coord<f64>, to: Coord<f64>, value: f64, is_parallel: bool| {
        let points: Vec<Coord<f64>> = (0..=24)
            .map(|i| {
                let t = f64::from(i) / 24.0;
                plane.at(Coord { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t })
            })
            .collect();
        out.push_str("<path class=\"net\" d=\"");
        for (i, p) in points.iter().enumerate() {
            let _ = write!(out, "{}{:.0} {:.0}", if i == 0 { "M" } else { "L" }, p.x, p.y);
        }
        out.push_str("\"/>");
        // Written where it enters: a parallel at the left edge, a meridian at the foot, clear of the scale.
        let (edge, foot) = (6.0, plane.height - 6.0);
        let crossing = points.windows(2).find_map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let (from, to, wanted) = if is_parallel { (a.x, b.x, edge) } else { (a.y, b.y, foot) };
            let t = (wanted - from) / (to - from);
            (0.0..=1.0).contains(&t).then_some(Coord { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })
        });
        if let Some(at) =
            crossing.filter(|p| p.x >= 0.0 && p.x < WIDTH * 0.75 && p.y > 20.0 && p.y <= foot + 1.0)
        {
            let minus = if value < 0.0 { "−" } else { "" };
            let _ = write!(
                out,
                "<text class=\"deg w\" x=\"{:.0}\" y=\"{:.0}\">{minus}{}°</text>",
                at.x + if is_parallel { 0.0 } else { 4.0 },
                if is_parallel { at.y - 4.0 } else { at.y },
                Rational::from_f64(value.abs()).unwrap_or_else(Rational::zero).to_short_decimal(2)
            );
        }
    };
    for (step, along) in [(fitting(wide), true), (fitting(tall), false)] {
        let (from, to) = if along { (low.x, high.x) } else { (low.y, high.y) };
        let mut at = (from / step).ceil() * step;
        while at <= to {
            if along {
                line(Coord { x: at, y: low.y - tall }, Coord { x: at, y: high.y + tall }, at, false);
            } else {
                line(Coord { x: low.x - wide, y: at }, Coord { x: high.x + wide, y: at }, at, true);
            }
            at += step;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_lies_in_the_nearest_hexagon() {
        for (x, y) in (0..40).flat_map(|x| (0..40).map(move |y| (f64::from(x) * 7.3, f64::from(y) * 5.9))) {
            let (q, r) = hexagon(Coord { x, y });
            let away = |q: i32, r: i32| {
                let (cx, cy) = (f64::from(2 * HALF * q + HALF * r), f64::from(ROW * r));
                // Rows stand a hair closer than those of regular hexagons.
                ((x - cx) / 28.0).powi(2) + ((y - cy) / 24.0 * 0.866_025).powi(2)
            };
            let around = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)];
            assert!(around.iter().all(|(dq, dr)| away(q, r) <= away(q + dq, r + dr) + 1e-9), "{x} {y}");
        }
    }
}
