//! The facilities of a block: where, how large, how used.

use geo::{Contains, Point as GeoPoint};

use crate::kinds::FacilityKind;
use crate::model::{Draft, Facility};
use crate::names;
use crate::points::{Point, moved};
use crate::stream::{Stream, real, whole};

/// Hours a week in which people have time: 17–21 on weekdays, 9–17 at weekends.
pub(crate) const PEAK_HOURS: u64 = 36;
/// Part of the places in peak hours that is used, where supply is as in the country.
const USE: f64 = 0.42;

/// Makes the facilities of the block.
pub(crate) fn make(draft: &mut Draft<'_>) {
    let stream = &mut draft.stream("facilities");
    let (world, block) = (draft.world, draft.block);
    let mut wanted: Vec<(usize, bool)> = Vec::new();
    for (kind, [rural, urban]) in block.kinds.iter().enumerate() {
        for (count, is_rural) in [(*rural, true), (*urban, false)] {
            wanted.extend((0..count).map(|_| (kind, is_rural)));
        }
    }
    stream.shuffle(&mut wanted);
    let places = Places::new(&world.points[world.of_district[block.district].clone()]);
    for (number, (kind, rural)) in (block.first + 1..).zip(wanted) {
        let Some(point) = places.pick(rural, stream) else { continue };
        let facility = one(draft, number, kind, point, stream);
        draft.facilities.push(facility);
    }
}

fn one(draft: &Draft<'_>, number: u64, kind_index: usize, point: &Point, stream: &mut Stream) -> Facility {
    let world = draft.world;
    let kind = &world.kinds[kind_index];
    let district = &world.country.districts[draft.block.district];
    let area = whole(kind.area * stream.spread(kind.area_spread)).max(12);
    let capacity = whole(real(area) / kind.m2_per_person).max(2);
    let hours = whole(kind.hours_week * stream.between(0.7, 1.15)).clamp(6, 112);
    let condition = whole((68.0 + 17.0 * stream.normal()).clamp(8.0, 100.0));
    let busy = (USE * draw(kind, area, hours, point.rural, condition) * stream.spread(0.30)).min(0.95);
    let others = whole(real(capacity * hours.min(PEAK_HOURS)) * busy);
    let kazakh = stream.chance(0.5);
    Facility {
        id: format!("F-{}-{number:05}", district.kato),
        kind: kind_index,
        rural: point.rural,
        name: names::facility(&kind.name_kk, &kind.name_ru, number, &point.names.kk, &point.names.ru, kazakh),
        settlement: point.settlement.clone(),
        place: point.names.ru.clone(),
        at: near(draft, point, stream),
        operator: 0,
        area,
        capacity,
        hours,
        premises: premises(kind.indoor(), kind.order, stream),
        condition,
        others,
        second_source: stream.chance(kind.second_source),
        exaggeration: libm::exp(stream.between(-0.04, 0.28)),
        applies: stream.chance(kind.applies),
        signed: 0,
        real: 0,
        paid: 0,
        children: 0,
    }
}

/// How far a facility fills more than an average one: what kind it is, how much more room and how many more hours it has than
/// its like, village or town, and its state. Illustrative; a forecast of use has these to find.
fn draw(kind: &FacilityKind, area: u64, hours: u64, rural: bool, condition: u64) -> f64 {
    let room = libm::pow(real(area) / kind.area, -0.25);
    let open = libm::pow(real(hours) / kind.hours_week, -0.35);
    let place = if rural { 0.85 } else { 1.12 };
    let state = libm::exp((real(condition) - 68.0) / 110.0);
    kind.appeal * room * open * place * state
}

fn premises(indoor: bool, order: f64, stream: &mut Stream) -> &'static str {
    if !indoor {
        return "open-air";
    }
    match stream.unit() {
        x if x < 0.72 || order > 2.5 && x < 0.8 => "purpose-built",
        x if x < 0.94 => "adapted",
        x if x < 0.98 => "business-centre",
        _ => "ground-floor-shop",
    }
}

/// Up to a kilometre from the point, inside the district.
fn near(draft: &Draft<'_>, point: &Point, stream: &mut Stream) -> adil_geography::Position {
    let shape = draft.world.country.boundaries.areas().get(point.district).map(|a| &a.shape);
    let far = if point.rural { 0.6 } else { 1.0 };
    let at = moved(point.at, far * stream.unit(), core::f64::consts::TAU * stream.unit());
    at.filter(|at| shape.is_some_and(|s| s.contains(&GeoPoint::new(at.lon(), at.lat())))).unwrap_or(point.at)
}

/// The points of a district, chosen by the people there.
struct Places<'p> {
    rural: Vec<(f64, &'p Point)>,
    urban: Vec<(f64, &'p Point)>,
}

impl<'p> Places<'p> {
    fn new(points: &'p [Point]) -> Self {
        // A village of ten times the people has not ten times the pitches.
        let sums = |rural: bool, power: f64| {
            let mut sum = 0.0;
            let of_side = points.iter().filter(|p| p.rural == rural);
            of_side
                .map(|p| {
                    sum += libm::pow(real(p.population), power);
                    (sum, p)
                })
                .collect()
        };
        Self { rural: sums(true, 0.75), urban: sums(false, 0.9) }
    }

    fn pick(&self, rural: bool, stream: &mut Stream) -> Option<&'p Point> {
        let (first, second) = if rural { (&self.rural, &self.urban) } else { (&self.urban, &self.rural) };
        let list = if first.is_empty() { second } else { first };
        let at = stream.unit() * list.last()?.0;
        list.get(list.partition_point(|(sum, _)| *sum <= at)).or(list.last()).map(|(_, point)| *point)
    }
}
