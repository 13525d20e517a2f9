//! The files that belong to no block: places, people, money of regions, and the words that say what this is.

use serde_json::Value;

use crate::abuse::Rates;
use crate::csv_text::Rows;
use crate::geography::{KAZAKHSTAN, Names};
use crate::piece::Summary;
use crate::plan::World;
use crate::sheets::compressed;
use crate::sink::Sink;
use crate::stream::{Stream, real, whole};
use crate::{Options, SimulateError, package};

const README: &str = include_str!("../data/README.txt");
const TRUTH: &str = include_str!("../data/truth.md");

/// Writes what comes before the blocks; the summary of places and people.
pub(crate) fn begin(
    world: &World,
    options: &Options<'_>,
    sink: &mut dyn Sink,
) -> Result<Summary, SimulateError> {
    sink.append("truth/README.md", TRUTH.as_bytes())?;
    sink.append("truth/flags.csv", b"detector,subject_kind,subject_id\n")?;
    sink.append("truth/honest.csv", b"oddity,subject_kind,subject_id\n")?;
    sink.append("truth/observations.csv", b"facility_id,question,answer,bought\n")?;
    sink.append("README.txt", README.as_bytes())?;
    for (path, text) in options.copied {
        sink.append(path, text.as_bytes())?;
    }
    let package = package::package(options)?;
    for (path, header) in package::headers(&package) {
        // A frame of its own: the frames of the blocks follow it.
        if path.starts_with("attendance/") {
            sink.append(&path, &compressed(header.as_bytes()))?;
        } else {
            sink.append(&path, header.as_bytes())?;
        }
    }
    let text = format!("{package:#}\n");
    sink.append("datapackage.json", text.as_bytes())?;
    let regions = world
        .country
        .regions
        .iter()
        .map(|r| crate::RegionSummary { kato: r.kato.clone(), ..crate::RegionSummary::default() })
        .collect();
    let mut summary = Summary { regions, ..Summary::default() };
    places(world, sink, &mut summary)?;
    boundaries(world, sink)?;
    Ok(summary)
}

fn places(world: &World, sink: &mut dyn Sink, summary: &mut Summary) -> Result<(), SimulateError> {
    let country = &world.country;
    let mut people = vec![(0u64, 0u64); country.districts.len()];
    let mut points = Rows::default();
    let mut number = 0u64;
    for point in &world.points {
        let (all, rural) = &mut people[point.district];
        *all += point.population;
        *rural += if point.rural { point.population } else { 0 };
        number += 1;
        if !world.includes(point.district) {
            continue;
        }
        points
            .plain(format_args!("P-{number:05}"))
            .plain(point.at.lat())
            .plain(point.at.lon())
            .plain(&country.districts[point.district].kato)
            .text(point.settlement.as_deref().unwrap_or(""))
            .text(&point.names.kk)
            .text(&point.names.ru)
            .plain(point.population)
            .plain(point.rural)
            .plain(point.ages[0])
            .plain(point.ages[1])
            .plain(point.ages[2])
            .plain(point.ages[3])
            .plain(point.with_disability)
            .end();
        summary.points += 1;
        summary.population += point.population;
        summary.regions[country.districts[point.district].region].population += point.population;
    }
    let mut rows = Rows::default();
    let mut place = |kato: &str, parent: &str, names: &Names, level: &str, all: u64, rural: u64| {
        rows.plain(kato)
            .plain(parent)
            .text(&names.en)
            .text(&names.kk)
            .text(&names.ru)
            .plain(level)
            .plain(all)
            .plain(rural)
            .end();
    };
    for (index, region) in country.regions.iter().enumerate() {
        let here =
            || (0..people.len()).filter(|d| country.districts[*d].region == index && world.includes(*d));
        if here().next().is_none() {
            continue;
        }
        let rural = here().map(|d| people[d].1).sum();
        place(&region.kato, "", &region.names, "region", region.population, rural);
        for d in here() {
            let district = &country.districts[d];
            place(&district.kato, &region.kato, &district.names, "district", people[d].0, people[d].1);
        }
    }
    sink.append("territories.csv", rows.into_text().as_bytes())?;
    sink.append("population.csv", points.into_text().as_bytes())
}

/// The published boundaries with the property that the round's tables use.
fn boundaries(world: &World, sink: &mut dyn Sink) -> Result<(), SimulateError> {
    let broken = |e: serde_json::Error| SimulateError::Geography(e.to_string());
    let files = adil_geography::country::geography(KAZAKHSTAN);
    let mut file: Value = serde_json::from_slice(files.map_or(b"{}", |f| f.districts)).map_err(broken)?;
    let mut lines: Vec<String> = Vec::new();
    for feature in file.get_mut("features").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(properties) = feature.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        let Some(code) = properties.get("kato").and_then(Value::as_str).map(str::to_owned) else { continue };
        let made = world.country.boundaries.index_of(&code).is_some_and(|d| world.includes(d));
        properties.insert("territory".to_owned(), code.into());
        if made {
            lines.push(feature.to_string());
        }
    }
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n"));
    sink.append("territories.geojson", text.as_bytes())
}

/// Writes what only the sums of all blocks say.
pub(crate) fn end(
    world: &World,
    rates: &Rates,
    summary: &mut Summary,
    sink: &mut dyn Sink,
) -> Result<(), SimulateError> {
    let mut rows = Rows::default();
    let mut flags = Rows::default();
    for (index, region) in summary.regions.iter().enumerate() {
        let year: u64 = region.paid_months.iter().sum();
        if year == 0 {
            continue;
        }
        let stream = &mut Stream::new(world.seed, &format!("commitments/{}", region.kato));
        // Rounded up to millions, as budgets are.
        let millions = |amount: f64| (whole(amount / 1e6) + 1) * 1_000_000;
        let no_stop = rates.no_stop.contains(&index);
        let first = millions(
            real(year) * if no_stop { stream.between(0.35, 0.7) } else { stream.between(1.01, 1.06) },
        );
        // Some regions were given more within the year, by a decision; that is no abuse.
        let raised = (!no_stop && stream.chance(0.25)).then(|| stream.whole(3, 8) as usize);
        let mut committed = 0;
        for (month, paid) in region.paid_months.iter().enumerate() {
            committed += paid;
            let before = raised.is_some_and(|m| month < m);
            let budget =
                if before { millions(real(first) * 0.9).max(millions(real(committed))) } else { first };
            rows.plain(&region.kato)
                .plain(&world.months[month].name)
                .plain(budget)
                .plain(committed)
                .plain(no_stop || committed < budget)
                .end();
        }
        if no_stop {
            flags.plain("a11-no-budget-stop").plain("territory").plain(&region.kato).end();
            summary.flags += 1;
        }
    }
    sink.append("commitments.csv", rows.into_text().as_bytes())?;
    sink.append("truth/flags.csv", flags.into_text().as_bytes())
}
