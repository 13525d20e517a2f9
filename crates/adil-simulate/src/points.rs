//! Where people live: real settlements with their people, and villages whose people and positions are simulated.

use std::collections::BTreeMap;

use adil_geography::Position;
use geo::{BoundingRect, Contains, MultiPolygon, Point as GeoPoint};

use crate::SimulateError;
use crate::geography::{Country, Names, rows};
use crate::stream::{Stream, real, split};

/// A demand point: a settlement, or a neighbourhood of a city.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) at: Position,
    pub(crate) district: usize,
    pub(crate) settlement: Option<String>,
    pub(crate) names: Names,
    pub(crate) population: u64,
    pub(crate) rural: bool,
    /// 0–3, 4–17, 18–59, 60 and older; sums to the population.
    pub(crate) ages: [u64; 4],
    pub(crate) with_disability: u64,
}

/// A settlement above this many people is spread over neighbourhoods.
const CITY: u64 = 20_000;
/// A neighbourhood has about so many people.
const NEIGHBOURHOOD: u64 = 3_000;
/// People to a square kilometre inside the circle that a city fills.
const DENSITY: f64 = 3_000.0;
/// Settlements with a published population hold at most this part of a region; else they are scaled down. What is left lives
/// in places whose population nobody publishes. Cities of region rank have no such places.
const KNOWN_AT_MOST: f64 = 0.85;
/// Rank-size exponent of the villages of a rural district.
const RANK_SIZE: f64 = 0.9;

/// The points of the country, by district, and in a district in a stable order.
pub(crate) fn points(country: &Country, seed: u64) -> Result<Vec<Point>, SimulateError> {
    let ages = Ages::read()?;
    let mut all = Vec::new();
    for (index, region) in country.regions.iter().enumerate() {
        let mut points = settled(country, index, seed);
        let stream = &mut Stream::new(seed, &format!("ages/{}", region.kato));
        ages.give(region.ages(), region.population, &mut points, stream);
        all.append(&mut points);
    }
    all.sort_by_key(|p| p.district);
    Ok(all)
}

/// The people of a region at their places, exactly its published population.
fn settled(country: &Country, region: usize, seed: u64) -> Vec<Point> {
    let published = country.regions[region].population;
    let of_region = |district: usize| country.districts[district].region == region;
    let known: Vec<_> = country.known.iter().filter(|k| of_region(k.district)).collect();
    let villages: Vec<_> = country.villages.iter().filter(|v| of_region(v.district)).collect();
    let stream = &mut Stream::new(seed, &format!("people/{}", country.regions[region].kato));

    let counted: u64 = known.iter().map(|k| k.population).sum();
    let limit =
        if villages.is_empty() { published } else { crate::stream::whole(real(published) * KNOWN_AT_MOST) };
    let in_known = if villages.is_empty() { published } else { counted.min(limit) };
    let mut by_known = split(in_known, &known.iter().map(|k| real(k.population)).collect::<Vec<_>>());

    // Villages of a rural district by rank; a known settlement without a count is one of first rank.
    let mut rank: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    let mut weights = Vec::with_capacity(villages.len() + known.len());
    for village in &villages {
        let (size, next) = rank.entry(&village.parent).or_insert_with(|| (stream.spread(0.4), 1));
        let weight = *size / libm::pow(f64::from(*next), RANK_SIZE);
        if !village.hamlet {
            *next += 1;
        }
        weights.push(
            weight
                * if village.town {
                    6.0
                } else if village.hamlet {
                    0.02
                } else {
                    1.0
                },
        );
    }
    let uncounted = known.iter().map(|k| if k.population == 0 { stream.spread(0.4) } else { 0.0 });
    weights.extend(uncounted);
    let rest = split(published - in_known, &weights);
    for (people, more) in by_known.iter_mut().zip(&rest[villages.len()..]) {
        *people += more;
    }

    let mut points = Vec::new();
    for (place, people) in known.iter().zip(by_known) {
        let base = Point {
            at: place.at,
            district: place.district,
            settlement: place.kato.clone(),
            names: place.names.clone(),
            population: people,
            rural: !place.town,
            ages: [0; 4],
            with_disability: 0,
        };
        if people > CITY {
            neighbourhoods(country, region, base, stream, &mut points);
        } else if people > 0 {
            points.push(base);
        }
    }
    for (village, people) in villages.iter().zip(rest) {
        if people == 0 {
            continue;
        }
        let shape = &country.boundaries.areas()[village.district].shape;
        let Some(at) = anywhere(shape, stream) else { continue };
        points.push(Point {
            at,
            district: village.district,
            settlement: Some(village.kato.clone()),
            names: village.names.clone(),
            population: people,
            rural: !village.town,
            ages: [0; 4],
            with_disability: 0,
        });
    }
    points
}

/// A city as neighbourhoods around its centre, denser inside, each within a district of the region.
fn neighbourhoods(
    country: &Country,
    region: usize,
    city: Point,
    stream: &mut Stream,
    points: &mut Vec<Point>,
) {
    const TRIES: usize = 40;
    let count = usize::try_from(city.population.div_ceil(NEIGHBOURHOOD)).unwrap_or(1);
    let radius_km = (real(city.population) / DENSITY / core::f64::consts::PI).sqrt();
    let weights: Vec<f64> = (0..count).map(|_| stream.spread(0.35)).collect();
    for population in split(city.population, &weights) {
        let mut here = (city.at, city.district);
        for _ in 0..TRIES {
            // The exponent ½ would be an even density; above it, density falls with distance.
            let r = radius_km * libm::pow(stream.unit(), 0.7);
            let Some(at) = moved(city.at, r, core::f64::consts::TAU * stream.unit()) else { continue };
            match country.boundaries.locate(at) {
                Some(district) if country.districts[district].region == region => {
                    here = (at, district);
                    break;
                }
                _ => {}
            }
        }
        points.push(Point { at: here.0, district: here.1, population, ..city.clone() });
    }
}

/// A point so many kilometres away; coordinates have five decimals, about a metre.
pub(crate) fn moved(from: Position, km: f64, bearing: f64) -> Option<Position> {
    const KM_PER_DEGREE: f64 = 111.195;
    let lat = from.lat() + km * libm::cos(bearing) / KM_PER_DEGREE;
    let lon = from.lon() + km * libm::sin(bearing) / (KM_PER_DEGREE * libm::cos(from.lat().to_radians()));
    Position::new(rounded(lat), rounded(lon)).ok()
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// A point anywhere inside a shape.
fn anywhere(shape: &MultiPolygon<f64>, stream: &mut Stream) -> Option<Position> {
    const TRIES: usize = 1_000;
    let area = shape.bounding_rect()?;
    (0..TRIES).find_map(|_| {
        let lon = rounded(stream.between(area.min().x, area.max().x));
        let lat = rounded(stream.between(area.min().y, area.max().y));
        shape.contains(&GeoPoint::new(lon, lat)).then(|| Position::new(lat, lon).ok()).flatten()
    })
}

/// Shares of ages by kind of region (`data/ages.csv`): illustrative, since no table of ages by region comes with the project.
struct Ages(BTreeMap<String, [f64; 4]>);

impl Ages {
    fn read() -> Result<Self, SimulateError> {
        let table = rows(include_bytes!("../data/ages.csv"))?;
        let shares = table.into_iter().map(|row| {
            let number = |name: &str| row.get(name).and_then(|c| c.parse().ok()).unwrap_or(0.0);
            let name = row.get("ages").cloned().unwrap_or_default();
            (name, [number("age_0_3"), number("age_4_17"), number("age_60_plus"), number("with_disability")])
        });
        Ok(Self(shares.collect()))
    }

    /// Gives every point its ages. The sums by region are the shares, exactly; a point differs a little.
    fn give(&self, kind: &str, population: u64, points: &mut [Point], stream: &mut Stream) {
        let [infants, children, old, disability] = self.0.get(kind).copied().unwrap_or_default();
        let mut left: Vec<f64> = points.iter().map(|p| real(p.population)).collect();
        for (slot, share) in [(0, infants), (1, children), (3, old)] {
            let total = crate::stream::whole(real(population) * share);
            let weights: Vec<f64> = points.iter().map(|p| real(p.population) * stream.spread(0.06)).collect();
            for ((point, people), left) in points.iter_mut().zip(split(total, &weights)).zip(&mut left) {
                // A hamlet of three must not have four children.
                let people = people.min(crate::stream::whole(*left));
                point.ages[slot] = people;
                *left -= real(people);
            }
        }
        let weights: Vec<f64> = points.iter().map(|p| real(p.population)).collect();
        let disabled = split(crate::stream::whole(real(population) * disability), &weights);
        for (point, with) in points.iter_mut().zip(disabled) {
            point.ages[2] = point.population - point.ages[0] - point.ages[1] - point.ages[3];
            point.with_disability = with.min(point.population);
        }
    }
}
