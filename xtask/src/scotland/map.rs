//! The map of the page: what people can reach, in hexagons, as SVG that reads on light and on dark.

use std::collections::BTreeMap;

use adil_geography::{Albers, Coord, Position};
use anyhow::Context;

use super::study::Study;
use crate::markdown::whole;

/// From a hexagon's middle to its corner, in metres.
const SIDE: f64 = 7_000.0;

/// Metres in a unit of the drawing.
const UNIT: f64 = 700.0;

/// Room around the drawing, in units.
const MARGIN: f64 = 16.0;

/// Room for a name beside the easternmost hexagons.
const NAME: f64 = 44.0;

/// Upper ends of the classes of relative reach, with the words for each.
const CLASSES: [(f64, &str); 5] = [
    (0.5, "less than half of the mean"),
    (0.8, "0.5 to 0.8 of the mean"),
    (1.25, "about the mean: 0.8 to 1.25"),
    (2.0, "1.25 to 2 times the mean"),
    (f64::INFINITY, "twice the mean or more"),
];

/// Their styles, and that of a hexagon in which no settlement lies.
const STYLES: [&str; CLASSES.len()] = ["k0", "k1", "k2", "k3", "k4"];
const EMPTY: &str = "none";

/// Orange for little, blue for much; hues and lightness both differ, for eyes that don't tell colours apart.
const STYLE: &str = "svg{font:13px system-ui,sans-serif}.paper{fill:#fff}text{fill:#222}.halo{stroke:#fff;stroke-width:3;\
    paint-order:stroke}.none{fill:none;stroke:#bbb}.k0{fill:#b35806}.k1{fill:#f1a340}.k2{fill:#e4e4e4}.k3{fill:#78aed6}\
    .k4{fill:#08519c}.line{stroke:#222;fill:none}\
    @media(prefers-color-scheme:dark){.paper{fill:#14171a}text{fill:#eee}.halo{stroke:#14171a}.none{stroke:#555}\
    .k2{fill:#6b6f73}.line{stroke:#eee}}";

/// Settlements named on the map, so that a reader finds the way: the name, and whether it stands on the left.
const NAMED: [(&str, bool); 12] = [
    ("Glasgow", true),
    ("Edinburgh", false),
    ("Aberdeen", false),
    ("Dundee", false),
    ("Inverness", true),
    ("Stornoway", true),
    ("Lerwick", false),
    ("Kirkwall", false),
    ("Fort William", true),
    ("Dumfries", false),
    ("Stranraer", true),
    ("Oban", true),
];

/// A hexagon with a settlement or a facility in it.
#[derive(Default)]
struct Hexagon {
    people: u32,
    wanted: f64,
    reached: f64,
    /// The most people of one name, and the name.
    largest: (u32, String),
}

/// What the map shows: the hexagons, and the plane under them.
pub(super) struct Picture {
    albers: Albers,
    hexagons: BTreeMap<(i32, i32), Hexagon>,
    mean: f64,
}

impl Picture {
    /// Gathers the facilities and the people into hexagons.
    pub(super) fn of(study: &Study) -> anyhow::Result<Self> {
        let facilities: Vec<Position> = study.facilities.iter().filter_map(|f| f.position).collect();
        let everything = facilities.iter().copied().chain(study.points.iter().map(|p| p.at)).map(degrees);
        let albers = Albers::around(everything).context("the example has no positions")?;
        let mut hexagons: BTreeMap<(i32, i32), Hexagon> = BTreeMap::new();
        for at in facilities {
            hexagons.entry(around(albers.project(degrees(at)))).or_default();
        }
        for point in &study.points {
            let hexagon = hexagons.entry(around(albers.project(degrees(point.at)))).or_default();
            hexagon.people += point.population;
            hexagon.wanted += point.wanted;
            hexagon.reached += point.wanted * point.access;
            if point.population > hexagon.largest.0 {
                hexagon.largest = (point.population, point.name.clone());
            }
        }
        Ok(Self { albers, hexagons, mean: study.mean_access() })
    }

    /// The class of a hexagon; `None` where nobody lives.
    fn class(&self, hexagon: &Hexagon) -> Option<usize> {
        (hexagon.wanted > 0.0).then(|| class(hexagon.reached / hexagon.wanted / self.mean))
    }

    /// How many people live in hexagons of each class, from little reach to much.
    pub(super) fn people(&self) -> [u32; CLASSES.len()] {
        let mut people = [0; CLASSES.len()];
        for hexagon in self.hexagons.values() {
            if let Some(class) = self.class(hexagon) {
                people[class] += hexagon.people;
            }
        }
        people
    }

    /// The drawing.
    pub(super) fn draw(&self, study: &Study) -> anyhow::Result<String> {
        let sheet = Sheet::of(self.hexagons.keys().copied());
        let mut groups: BTreeMap<&str, String> = BTreeMap::new();
        for (at, hexagon) in &self.hexagons {
            let (x, y) = sheet.at(middle(*at));
            let (class, words) = match self.class(hexagon) {
                Some(class) => {
                    let relative = hexagon.reached / hexagon.wanted / self.mean;
                    let name = hexagon.largest.1.replace('&', "&amp;");
                    let people = whole(hexagon.people);
                    (
                        STYLES[class],
                        format!("<title>{name}: {relative:.2} of the mean, {people} people</title>"),
                    )
                }
                None => (EMPTY, String::new()),
            };
            let group = groups.entry(class).or_default();
            group.push_str(&format!("<use href=\"#h\" x=\"{x:.1}\" y=\"{y:.1}\">{words}</use>\n"));
        }
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" aria-labelledby=\"t\">\n\
             <title id=\"t\">Room within reach in Scotland, compared with the mean</title>\n<style>{STYLE}</style>\n\
             <defs><path id=\"h\" d=\"{}\"/></defs>\n<path class=\"paper\" d=\"M0 0h{:.0}v{:.0}H0z\"/>\n",
            sheet.width,
            sheet.height,
            outline(),
            sheet.width,
            sheet.height
        );
        for (class, uses) in groups {
            svg.push_str(&format!("<g class=\"{class}\">\n{uses}</g>\n"));
        }
        for (name, left) in NAMED {
            let found = study.points.iter().filter(|p| p.name == name).max_by_key(|p| p.population);
            let at = found.with_context(|| format!("no settlement is called {name}"))?.at;
            let (x, y) = sheet.at(self.albers.project(degrees(at)));
            let (x, anchor) = if left { (x - 12.0, "end") } else { (x + 12.0, "start") };
            svg.push_str(&format!(
                "<text class=\"halo\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{name}</text>\n",
                y + 4.5
            ));
        }
        legend(&mut svg, &sheet, &self.people());
        svg.push_str("</svg>\n");
        Ok(svg)
    }
}

fn degrees(at: Position) -> Coord<f64> {
    Coord { x: at.lon(), y: at.lat() }
}

fn class(relative: f64) -> usize {
    CLASSES.iter().take_while(|(below, _)| relative >= *below).count().min(CLASSES.len() - 1)
}

fn legend(svg: &mut String, sheet: &Sheet, people: &[u32; CLASSES.len()]) {
    let mut y = 30.0;
    let all = f64::from(people.iter().sum::<u32>());
    svg.push_str(&format!(
        "<text x=\"{MARGIN}\" y=\"{y}\" font-weight=\"600\">Room within reach for each visit wanted</text>\n"
    ));
    let mut line = |class: &str, words: &str| {
        y += 24.0;
        svg.push_str(&format!(
            "<use class=\"{class}\" href=\"#h\" x=\"{}\" y=\"{}\"/><text x=\"{}\" y=\"{y}\">{words}</text>\n",
            MARGIN + 8.0,
            y - 4.5,
            MARGIN + 24.0
        ));
    };
    for (index, (_, words)) in CLASSES.iter().enumerate().rev() {
        let part = f64::from(people[index]) / all * 100.0;
        line(STYLES[index], &format!("{words} ({part:.0} % of the people)"));
    }
    line(EMPTY, "facilities, but no settlement");
    let (x, y, length) = (MARGIN, sheet.height - 20.0, 50_000.0 / UNIT);
    svg.push_str(&format!(
        "<path class=\"line\" d=\"M{x} {:.1}v6h{length:.1}v-6\"/><text x=\"{x}\" y=\"{:.1}\">50 km</text>\n",
        y - 6.0,
        y - 12.0
    ));
}

/// A hexagon that stands on a corner, around 0, 0, a little apart from its neighbours.
fn outline() -> String {
    let side = SIDE / UNIT * 0.94;
    let (half, wide) = (side / 2.0, side * 0.75_f64.sqrt());
    format!(
        "M0-{side:.2}l{wide:.2} {half:.2}v{side:.2}l-{wide:.2} {half:.2}l-{wide:.2}-{half:.2}v-{side:.2}z"
    )
}

/// The hexagon that holds a point: the nearest middle, by rounding in three directions that sum to zero.
fn around(at: Coord<f64>) -> (i32, i32) {
    let q = (at.x / 3.0_f64.sqrt() - at.y / 3.0) / SIDE;
    let r = at.y * 2.0 / 3.0 / SIDE;
    let (round_q, round_r, round_s) = (q.round(), r.round(), (-q - r).round());
    let (off_q, off_r, off_s) = ((round_q - q).abs(), (round_r - r).abs(), (round_s + q + r).abs());
    if off_q > off_r && off_q > off_s {
        (index(-round_r - round_s), index(round_r))
    } else if off_r > off_s {
        (index(round_q), index(-round_q - round_s))
    } else {
        (index(round_q), index(round_r))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a country is a few hundred hexagons wide")]
fn index(value: f64) -> i32 {
    value as i32
}

/// The middle of a hexagon, in metres.
fn middle((q, r): (i32, i32)) -> Coord<f64> {
    let (q, r) = (f64::from(q), f64::from(r));
    Coord { x: SIDE * 3.0_f64.sqrt() * (q + r / 2.0), y: SIDE * 1.5 * r }
}

/// From metres to units, y downwards.
struct Sheet {
    west: f64,
    north: f64,
    width: f64,
    height: f64,
}

impl Sheet {
    fn of(hexagons: impl Iterator<Item = (i32, i32)>) -> Self {
        let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for at in hexagons.map(middle) {
            (west, east) = (west.min(at.x - SIDE), east.max(at.x + SIDE));
            (south, north) = (south.min(at.y - SIDE), north.max(at.y + SIDE));
        }
        let margins = 2.0 * MARGIN;
        Self {
            west,
            north,
            width: (east - west) / UNIT + margins + NAME,
            height: (north - south) / UNIT + margins,
        }
    }

    fn at(&self, point: Coord<f64>) -> (f64, f64) {
        ((point.x - self.west) / UNIT + MARGIN, (self.north - point.y) / UNIT + MARGIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hexagon_holds_its_middle_and_what_is_near() {
        for at in [(0, 0), (3, -2), (-7, 4), (0, 9)] {
            let Coord { x, y } = middle(at);
            for (dx, dy) in [(0.0, 0.0), (0.8, 0.0), (-0.8, 0.0), (0.0, 0.9), (0.4, -0.7)] {
                assert_eq!(around(Coord { x: x + dx * SIDE, y: y + dy * SIDE }), at);
            }
        }
    }

    #[test]
    fn classes_meet_without_a_gap() {
        assert_eq!([0.0, 0.49, 0.5, 1.0, 1.25, 2.0, 9.0].map(class), [0, 0, 1, 2, 3, 4, 4]);
    }
}
