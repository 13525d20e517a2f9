//! Names on a map, only where there is room for them.

use std::fmt::Write as _;

use adil_geography::{Coord, MultiPolygon};

use crate::words::html;

/// Height of letters in units: on a wide screen, and on a phone, where the same drawing is a third as wide.
const WIDE: f64 = 19.0;
const NARROW: f64 = 36.0;
/// Width of a letter and height of a line, in heights of a letter.
const LETTER: f64 = 0.58;
const LINE: f64 = 1.2;
/// Lines tried from the top of an area to its foot.
const TRIES: u32 = 40;

/// Lines of a label with the extra class that hides it where it does not fit.
struct Block<'l> {
    lines: &'l [String],
    letter: f64,
}

impl Block<'_> {
    #[expect(clippy::cast_precision_loss, reason = "a name is short")]
    fn size(&self) -> (f64, f64) {
        let longest = self.lines.iter().map(|l| l.chars().count()).max().unwrap_or(0) as f64;
        (longest * LETTER * self.letter, self.lines.len() as f64 * LINE * self.letter)
    }
}

/// A label within an area: small where only a wide screen has room, and none where there is no room at all. A name of
/// several words is set in two lines where one is too long.
pub(super) fn within(shape: &MultiPolygon<f64>, name: &str, value: Option<&str>) -> String {
    let with_value = |mut lines: Vec<String>| {
        lines.extend(value.map(str::to_owned));
        lines
    };
    let settings = [Some(with_value(vec![name.to_owned()])), two_lines(name).map(with_value)];
    for (letter, class) in [(NARROW, ""), (WIDE, " class=\"w\"")] {
        for lines in settings.iter().flatten() {
            let (width, height) = Block { lines, letter }.size();
            if let Some((at, room)) = spot(shape, height)
                && room >= width
            {
                return text(at, lines, class);
            }
        }
    }
    String::new()
}

/// A name cut at the blank nearest to its middle.
fn two_lines(name: &str) -> Option<Vec<String>> {
    let middle = name.len() / 2;
    let at = name.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle))?;
    Some(vec![name[..at].to_owned(), name[at + 1..].to_owned()])
}

fn text(at: Coord<f64>, lines: &[String], class: &str) -> String {
    // Ems from the middle of the block to the foot of the first line.
    #[expect(clippy::cast_precision_loss, reason = "a label has few lines")]
    let first = 0.35 - (lines.len() as f64 - 1.0) * LINE / 2.0;
    let mut out = format!("<text{class} x=\"{:.0}\" y=\"{:.0}\">", at.x, at.y);
    for (i, line) in lines.iter().enumerate() {
        let dy = if i == 0 { first } else { LINE };
        let _ = write!(out, "<tspan x=\"{:.0}\" dy=\"{dy:.2}em\">{}</tspan>", at.x, html(line));
    }
    out.push_str("</text>");
    out
}

/// The middle and width of the widest place in a shape that is `height` high all along.
fn spot(shape: &MultiPolygon<f64>, height: f64) -> Option<(Coord<f64>, f64)> {
    let edges: Vec<(Coord<f64>, Coord<f64>)> = shape
        .0
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .flat_map(|ring| ring.lines().map(|l| (l.start, l.end)))
        .collect();
    let (top, foot) = edges.iter().fold((f64::MAX, f64::MIN), |(t, f), (a, _)| (t.min(a.y), f.max(a.y)));
    let middle = f64::midpoint(top, foot);
    let mut best: Option<(f64, Coord<f64>, f64)> = None;
    for i in 1..TRIES {
        let y = top + (foot - top) * f64::from(i) / f64::from(TRIES);
        let mut free = across(&edges, y);
        for other in [y - height / 2.0, y - height / 4.0, y + height / 4.0, y + height / 2.0] {
            free = common(&free, &across(&edges, other));
        }
        for (from, to) in free {
            // Near the middle it reads as the name of the whole.
            let score = to - from - (y - middle).abs() * 0.4;
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, Coord { x: f64::midpoint(from, to), y }, to - from));
            }
        }
    }
    best.map(|(_, at, width)| (at, width))
}

/// Stretches of a horizontal line that lie inside.
fn across(edges: &[(Coord<f64>, Coord<f64>)], y: f64) -> Vec<(f64, f64)> {
    let mut crossings: Vec<f64> = edges
        .iter()
        .filter(|(a, b)| (a.y <= y) != (b.y <= y))
        .map(|(a, b)| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
        .collect();
    crossings.sort_by(f64::total_cmp);
    crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn common(a: &[(f64, f64)], b: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let both = a.iter().flat_map(|x| b.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))));
    both.filter(|(from, to)| from < to).collect()
}

/// Names at points, the first ones first; one that would lie over another is left out.
pub(super) fn beside(points: &[(Coord<f64>, String)], width: f64) -> String {
    let mut out = String::new();
    let mut shown = vec![false; points.len()];
    for (letter, class) in [(NARROW, ""), (WIDE, " class=\"w\"")] {
        let bounds = |(at, name): &(Coord<f64>, String)| {
            let (w, h) = Block { lines: std::slice::from_ref(name), letter }.size();
            (at.x - w / 2.0, at.x + w / 2.0, at.y - h / 2.0, at.y + h / 2.0)
        };
        let mut taken: Vec<(f64, f64, f64, f64)> =
            points.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(p, _)| bounds(p)).collect();
        for (point, shown) in points.iter().zip(&mut shown).filter(|(_, shown)| !**shown) {
            let b = bounds(point);
            let clear = |t: &(f64, f64, f64, f64)| b.1 < t.0 || t.1 < b.0 || b.3 < t.2 || t.3 < b.2;
            if b.0 >= 0.0 && b.1 <= width && taken.iter().all(clear) {
                taken.push(b);
                *shown = true;
                out.push_str(&text(point.0, std::slice::from_ref(&point.1), class));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use adil_geography::Polygon;

    use super::*;

    fn rectangle(width: f64, height: f64) -> MultiPolygon<f64> {
        let ring = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)];
        MultiPolygon::new(vec![Polygon::new(ring.to_vec().into(), Vec::new())])
    }

    #[test]
    fn a_name_stands_only_where_it_fits() {
        assert!(within(&rectangle(400.0, 100.0), "Ulytau", None).starts_with("<text x=\"200\""));
        assert!(within(&rectangle(90.0, 30.0), "Ulytau", None).starts_with("<text class=\"w\""));
        assert_eq!(within(&rectangle(90.0, 30.0), "West Kazakhstan", None), "");
        assert_eq!(within(&rectangle(120.0, 90.0), "West Kazakhstan", None).matches("<tspan").count(), 2);
        assert_eq!(within(&MultiPolygon::new(Vec::new()), "Nowhere", None), "");
    }

    #[test]
    fn names_do_not_lie_over_each_other() {
        let points: Vec<(Coord<f64>, String)> =
            (0..5).map(|i| (Coord { x: 300.0, y: 100.0 + f64::from(i) * 25.0 }, "Fife".to_owned())).collect();
        let said = beside(&points, 1_200.0);
        assert_eq!(said.matches("<text x").count(), 3);
        assert_eq!(said.matches("class=\"w\"").count(), 2, "a wide screen has room for all");
    }
}
