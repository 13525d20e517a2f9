//! Maps of a decision: what places get, what they lack, what changed, and where the facilities are. Drawn in the page
//! itself, readable without colour and without a script; each has its numbers beside it as a table.

mod choropleth;
mod classes;
mod label;
mod measures;
mod plane;
mod spread;

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::Rational;
use askama::Template;

use crate::error::ReportError;
use crate::groups;
use crate::sentences::Teller;
use crate::words::{Words, html};
use choropleth::{Choropleth, Level};
use classes::Scale;
use measures::Measures;
use plane::{Ground, Plane};
use spread::Facility;

/// Fills that do without colour: nothing known, and losses on paper.
const HATCHES: &str = "<pattern id=\"none\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
    patternTransform=\"rotate(45)\"><path class=\"stroke\" d=\"M0 4h8\"/></pattern>\
    <pattern id=\"loss\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
    <path class=\"loss\" d=\"M0 5h10\"/></pattern>\
    <pattern id=\"losses\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
    <path class=\"loss\" d=\"M0 2h5\"/></pattern>";

struct Legend {
    /// The swatch.
    key: String,
    label: String,
    count: String,
}

struct TableRow {
    /// `top` for a place that holds those below it, `sum` for the whole.
    class: &'static str,
    name: String,
    cells: Vec<String>,
}

/// A finished map.
struct Map {
    title: String,
    note: String,
    measure: String,
    svg: String,
    legend: Vec<Legend>,
    head: Vec<String>,
    rows: Vec<TableRow>,
}

#[derive(Template)]
#[template(path = "maps.html")]
struct Section {
    w: Words,
    shapes: String,
    maps: Vec<Map>,
}

/// All maps that the decision has the data for, as a section of the page; empty where it has none.
///
/// # Errors
/// Only when a template can't be put together.
pub(super) fn maps(teller: &Teller<'_>) -> Result<String, ReportError> {
    let measures = Measures::of(teller.decision);
    let ground =
        teller.decision.boundaries.as_deref().and_then(|b| Ground::of(b, |code| measures.parent(code)));
    let simulated = teller.decision.simulated.then(|| teller.words.say("simulated"));
    let atlas =
        Atlas { teller, measures: &measures, ground: ground.as_ref(), simulated: simulated.as_deref() };
    let mut maps = Vec::new();
    let mut shapes = String::new();
    if let Some(ground) = &ground {
        shapes = choropleth::shapes(ground);
        maps.extend(atlas.unmet(ground));
        maps.extend(atlas.per_head(ground, Level::Groups));
        maps.extend(atlas.per_head(ground, Level::Areas));
        maps.extend(atlas.change(ground));
    }
    maps.extend(atlas.facilities());
    if maps.is_empty() {
        return Ok(String::new());
    }
    Ok(Section { w: teller.words, shapes, maps }.render()?)
}

struct Atlas<'a> {
    teller: &'a Teller<'a>,
    measures: &'a Measures<'a>,
    ground: Option<&'a Ground>,
    simulated: Option<&'a str>,
}

impl Atlas<'_> {
    /// A place as people call it, from the decision or else from the boundaries.
    fn name(&self, code: &str) -> String {
        if let Some(at) = self.measures.index.get(code) {
            return self.teller.place(*at).to_owned();
        }
        let boundaries = self.teller.decision.boundaries.as_deref();
        let area = boundaries.and_then(|b| b.areas().get(b.index_of(code)?));
        match area.map(|a| a.name.text(self.teller.words.language)) {
            None | Some("") => code.to_owned(),
            Some(name) => name.to_owned(),
        }
    }

    fn values(
        ground: &Ground,
        level: Level,
        value: impl Fn(&str) -> Option<Rational>,
    ) -> BTreeMap<&str, Rational> {
        let topology = match (level, &ground.groups) {
            (Level::Groups, Some(groups)) => groups,
            _ => &ground.areas,
        };
        topology.codes().iter().filter_map(|code| Some((code.as_str(), value(code)?))).collect()
    }

    /// Money awarded for each resident.
    fn per_head(&self, ground: &Ground, level: Level) -> Option<Map> {
        if level == Level::Groups && ground.groups.is_none() {
            return None;
        }
        let (teller, words, measures) = (self.teller, self.teller.words, self.measures);
        let values = Self::values(ground, level, |code| measures.per_head(code));
        let (least, most) = extremes(&values)?;
        // Cents matter only where a resident gets few of them.
        let decimals = if *most.1 >= Rational::from(100i64) { 0 } else { words.currency.decimals() };
        let number = |v: &Rational| words.number(v, decimals);
        let title = words
            .message(if level == Level::Groups { "map-per-head-groups" } else { "map-per-head" })
            .text("most", self.name(most.0))
            .text("most-amount", words.in_currency(&number(most.1)))
            .text("least", self.name(least.0))
            .text("least-amount", words.in_currency(&number(least.1)))
            .say();
        let cells = |code: &str| {
            let awarded = measures.sums(code).map(|s| words.amount(measures.money(s.awarded)));
            let people = measures.people(code).map(|p| words.short(p));
            vec![awarded, people, measures.per_head(code).map(|v| number(&v))]
        };
        let all_people = measures.all_people();
        let awarded = measures.money(measures.all.awarded);
        let whole = all_people.as_ref().and_then(|p| awarded.to_rational().checked_div(p));
        let total = vec![
            Some(words.amount(awarded)),
            all_people.as_ref().map(|p| words.short(p)),
            whole.as_ref().map(number),
        ];
        let per_head = words.message("column-per-head").text("currency", words.currency_name()).say();
        let map = Choropleth {
            level,
            values,
            scale: Scale::Sequential,
            title,
            note: words.say("map-per-head-note"),
            measure: per_head.clone(),
            say: &|v| words.in_currency(&number(v)),
            say_short: &number,
            say_break: &|v| words.short(v),
            head: vec![
                words.say("column-place"),
                words.message("column-amount-in").text("currency", words.currency_name()).say(),
                words.say("column-people"),
                per_head,
            ],
            rows: self.rows(ground, level, &cells, total),
        };
        Some(choropleth::draw(ground, teller.words, map, &|code| self.name(code), self.simulated))
    }

    /// Visits that find no place.
    fn unmet(&self, ground: &Ground) -> Option<Map> {
        let (words, measures) = (self.teller.words, self.measures);
        let reach = self.teller.decision.reach.as_ref()?;
        let values = Self::values(ground, Level::Areas, |code| measures.unmet(code));
        let (_, most) = extremes(&values)?;
        let number = |v: &Rational| words.number(v, 0);
        let say = |v: &Rational| words.message("percent").text("value", number(v)).say();
        let whole = measures::percent(reach.total.unmet_share()?);
        let visits =
            |micro: i128| words.number(&Rational::from_scaled(micro, adil_round::reach::DECIMALS), 0);
        let cells = |code: &str| {
            let visits_of = measures.index.get(code).and_then(|at| reach.territories.get(*at));
            vec![
                visits_of.map(|v| visits(v.wanted)),
                visits_of.map(|v| visits(v.unmet())),
                measures.unmet(code).map(|v| say(&v)),
            ]
        };
        let total =
            vec![Some(visits(reach.total.wanted)), Some(visits(reach.total.unmet())), Some(say(&whole))];
        let map = Choropleth {
            level: Level::Areas,
            scale: Scale::Sequential,
            title: words
                .message("map-unmet")
                .text("whole", say(&whole))
                .text("most", self.name(most.0))
                .text("most-value", say(most.1))
                .say(),
            values,
            note: words.say("map-unmet-note"),
            measure: words.say("column-unmet"),
            say: &say,
            say_short: &say,
            say_break: &|v| words.message("percent").text("value", words.short(v)).say(),
            head: ["column-place", "column-visits-wanted", "column-visits-unmet", "column-unmet"]
                .map(|id| words.say(id))
                .to_vec(),
            rows: self.rows(ground, Level::Areas, &cells, total),
        };
        Some(choropleth::draw(ground, words, map, &|code| self.name(code), self.simulated))
    }

    /// What places get compared with the last time.
    fn change(&self, ground: &Ground) -> Option<Map> {
        let (words, measures) = (self.teller.words, self.measures);
        let whole = Measures::change(&measures.all)?;
        let of = |code: &str| measures.sums(code).and_then(Measures::change);
        let values = Self::values(ground, Level::Areas, of);
        extremes(&values)?;
        let say = |v: &Rational| {
            let size = words.short(&v.abs().fixed(1));
            let sign = if v.fixed(1).is_zero() {
                "none"
            } else if v.is_negative() {
                "less"
            } else {
                "more"
            };
            words.message("percent-change").text("value", size).text("sign", sign).say()
        };
        let (up, down) = (
            values.values().filter(|v| !v.is_negative() && !v.is_zero()).count(),
            values.values().filter(|v| v.is_negative()).count(),
        );
        let row = |s: &measures::Sums| {
            vec![
                Some(words.amount(measures.money(s.before))),
                Some(words.amount(measures.money(s.now))),
                Measures::change(s).map(|v| say(&v)),
            ]
        };
        let cells = |code: &str| measures.sums(code).filter(|s| s.compared > 0).map_or_else(Vec::new, row);
        let map = Choropleth {
            level: Level::Areas,
            values,
            scale: Scale::Diverging,
            title: words
                .message("map-change")
                .count_as("n", "up", up)
                .text("down", words.count(down))
                .text("whole", say(&whole))
                .say(),
            note: words.say("map-change-note"),
            measure: words.say("column-change"),
            say: &say,
            say_short: &say,
            say_break: &say,
            head: ["column-place", "column-last-time", "column-this-time", "column-change"]
                .map(|id| words.say(id))
                .to_vec(),
            rows: self.rows(ground, Level::Areas, &cells, row(&measures.all)),
        };
        Some(choropleth::draw(ground, words, map, &|code| self.name(code), self.simulated))
    }

    fn facilities(&self) -> Option<Map> {
        let place = |code: &str| self.measures.index.get(code).map_or("", |at| self.teller.place(*at));
        let facilities: Vec<Facility<'_>> = self
            .teller
            .decision
            .applications
            .iter()
            .filter_map(|a| {
                Some(Facility {
                    at: a.position?,
                    status: a.status,
                    amount: a.amount,
                    place: place(&a.territory),
                })
            })
            .collect();
        let names = self.ground.map(|g| choropleth::names(g, &|code| self.name(code)));
        spread::draw(self.teller, self.ground.zip(names.as_deref()), &facilities, self.simulated)
    }

    /// The table beside a map: each larger place followed by those in it, also those that have no boundary, and the
    /// whole at the foot.
    fn rows(
        &self,
        ground: &Ground,
        level: Level,
        cells: &dyn Fn(&str) -> Vec<Option<String>>,
        total: Vec<Option<String>>,
    ) -> Vec<TableRow> {
        let words = self.teller.words;
        let row = |class, name: String, cells: Vec<Option<String>>| {
            let filled = (0..total.len()).map(|at| cells.get(at).cloned().flatten());
            TableRow {
                class,
                name,
                cells: filled.map(|c| c.unwrap_or_else(|| words.say("map-no-data"))).collect(),
            }
        };
        let drawn: BTreeSet<&str> = ground.areas.codes().iter().map(String::as_str).collect();
        let groups: BTreeSet<&str> =
            ground.groups.iter().flat_map(adil_geography::Topology::codes).map(String::as_str).collect();
        // Beside the places that are drawn, those without a boundary in the same larger place, or on top like them.
        let beside = self.teller.decision.territories.iter().filter(|t| {
            !groups.contains(t.code.as_str())
                && if groups.is_empty() { t.parent.is_empty() } else { groups.contains(t.parent.as_str()) }
        });
        let places: BTreeSet<&str> = drawn.iter().copied().chain(beside.map(|t| t.code.as_str())).collect();
        let mut by_group: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for code in places {
            let parent = self.measures.parent(code).or_else(|| self.area_parent(code));
            by_group.entry(parent.filter(|p| groups.contains(p))).or_default().push(code);
        }
        let mut order: Vec<Option<&str>> = by_group.keys().copied().collect();
        order.sort_by_cached_key(|g| {
            (g.is_none(), groups::sort_key(&g.map(|g| self.name(g)).unwrap_or_default()))
        });
        let mut rows = Vec::new();
        for group in order {
            if let Some(group) = group {
                rows.push(row(
                    if level == Level::Areas { "top" } else { "" },
                    self.name(group),
                    cells(group),
                ));
            }
            if level == Level::Groups && group.is_some() {
                continue;
            }
            let mut members = by_group.remove(&group).unwrap_or_default();
            members.sort_by_cached_key(|code| (groups::sort_key(&self.name(code)), (*code).to_owned()));
            rows.extend(members.into_iter().map(|code| row("", self.name(code), cells(code))));
        }
        rows.push(row("sum", words.say("map-whole"), total.clone()));
        rows
    }

    fn area_parent(&self, code: &str) -> Option<&str> {
        let boundaries = self.teller.decision.boundaries.as_deref()?;
        boundaries.areas().get(boundaries.index_of(code)?)?.parent.as_deref()
    }
}

/// A place by its code, with its value.
type Valued<'v> = (&'v str, &'v Rational);

/// The places with the least and the most, by code where several have it; `None` where fewer than two have a value.
fn extremes<'v>(values: &'v BTreeMap<&'v str, Rational>) -> Option<(Valued<'v>, Valued<'v>)> {
    if values.len() < 2 {
        return None;
    }
    let each = || values.iter().map(|(code, value)| (*code, value));
    let least = each().min_by(|a, b| a.1.cmp(b.1).then(a.0.cmp(b.0)))?;
    let most = each().min_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)))?;
    Some((least, most))
}

/// The swatch of a class.
fn key(style: &str) -> String {
    format!(
        "<svg class=\"key\" aria-hidden=\"true\"><g class=\"{style}\"><rect width=\"100%\" height=\"100%\"/></g></svg>"
    )
}

/// The end of every drawing: how long a stretch is, and that it is made up, where it is.
fn closing(words: Words, plane: &Plane, simulated: Option<&str>) -> String {
    let metres = Rational::from_f64(plane::WIDTH / 6.0 / plane.scale);
    let low = metres.as_ref().and_then(|m| m.checked_div(&Rational::from(2i64)));
    let length = metres.zip(low).and_then(|(high, low)| classes::roundest(&low, &high, &high));
    let mut out = String::new();
    if let Some(length) = length {
        let (x, y, units) = (plane::WIDTH - 8.0, plane.height - 10.0, length.to_f64() * plane.scale);
        let km = words.short(&(&length * &Rational::from_scaled(1, 3)));
        let said = words.message("kilometres").text("value", km).say();
        out.push_str(&format!(
            "<path class=\"scale\" d=\"M{:.0} {y:.0}v-6m0 6h{units:.0}v-6\"/><text class=\"e\" x=\"{x:.0}\" y=\"{:.0}\">{}</text>",
            x - units,
            y - 14.0,
            html(&said)
        ));
    }
    if let Some(text) = simulated {
        out.push_str(&format!(
            "<text class=\"z\" x=\"8\" y=\"{:.0}\">{}</text>",
            plane.height - 10.0,
            html(text)
        ));
    }
    out.push_str("</svg>");
    out
}
