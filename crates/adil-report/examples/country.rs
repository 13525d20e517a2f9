//! A made-up round on the real geography of Kazakhstan, to look at its reports and to measure them:
//! `cargo run --release -p adil-report --example country -- OUT [APPLICATIONS]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use adil_domain::{Language, Problem, Problems, Severity};
use adil_geography::{Boundaries, Position, country};
use adil_report::{html, xlsx};
use adil_round::{DecideError, decide_files};

/// Numbers that look random and are the same each time (D. Knuth's MMIX generator).
struct Stream(u64);

impl Stream {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// From 0 to 1, in thousandths.
    fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.below(1_000)).unwrap_or(0)) / 1_000.0
    }
}

fn files(applications: u64) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let geography = country::geography("kz").ok_or("no geography")?;
    let boundaries = Boundaries::read("districts.geojson", geography.districts, &mut Problems::new())
        .ok_or("no boundaries")?;
    let mut stream = Stream(2_026);
    let mut territories = String::from("territory,parent,name_kk,name_ru,name_en,level,population\n");
    let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
    for area in boundaries.areas() {
        *regions.entry(area.parent.as_deref().ok_or("no region")?).or_default() += 1;
    }
    let table = std::str::from_utf8(geography.regions)?;
    let mut people: BTreeMap<&str, u64> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        people.insert(cells[0], cells[6].parse()?);
        writeln!(territories, "{},,{},{},{},region,{}", cells[0], cells[3], cells[4], cells[2], cells[6])?;
    }
    let mut population = String::from("point_id,lat,lon,population,territory\n");
    let mut homes: Vec<(f64, f64)> = Vec::new();
    for area in boundaries.areas() {
        let region = area.parent.as_deref().ok_or("no region")?;
        let count = u64::try_from(regions.get(region).copied().unwrap_or(1))?;
        let here = people.get(region).copied().unwrap_or(0) / count * (60 + stream.below(80)) / 100;
        let name = |language| area.name.text(language);
        let names = [name(Language::KK), name(Language::RU), name(Language::EN)].join(",");
        writeln!(territories, "{},{region},{names},district,{here}", area.code)?;
        // People live around a few points near the middle of the first part.
        let ring: Vec<_> = area.shape.0.first().into_iter().flat_map(|p| p.exterior().coords()).collect();
        let n = f64::from(u32::try_from(ring.len())?);
        let (x, y) = ring.iter().fold((0.0, 0.0), |(x, y), p| (x + p.x / n, y + p.y / n));
        for home in 0..8 {
            let edge = ring[usize::try_from(stream.below(u64::try_from(ring.len())?))?];
            let t = stream.part() * 0.8;
            let (lon, lat) = (x + (edge.x - x) * t, y + (edge.y - y) * t);
            if let Some(at) = boundaries.locate(Position::new(lat, lon)?) {
                homes.push((lat, lon));
                let code = &boundaries.areas()[at].code;
                writeln!(population, "{}-{home},{lat:.5},{lon:.5},{},{code}", area.code, here / 8)?;
            }
        }
    }
    let mut out = [String::new(), String::new(), String::new(), String::new()];
    out[0].push_str("application_id,facility_id,amount_sought,previous_amount\n");
    out[1].push_str("facility_id,operator_id,name,territory,lat,lon,places_week,visits_week,condition,accessible,cost_per_visit,documents_complete,rural\n");
    out[2].push_str("operator_id,name\n");
    out[3].push_str("operator_id,check,outcome,as_of,source,evidence\n");
    let kinds = ["Спорт залы", "Стадион", "Бассейн", "Спорт алаңы", "Мұз айдыны", "Дене шынықтыру кешені"];
    for n in 0..applications {
        let (lat, lon, territory) = loop {
            // Some homes draw many more facilities than others; a place beyond the border is drawn again.
            let at = stream.below(u64::try_from(homes.len())?) * stream.below(1_000) / 1_000;
            let (lat, lon) = homes[usize::try_from(at)?];
            let (lat, lon) = (lat + stream.part() * 0.1 - 0.05, lon + stream.part() * 0.1 - 0.05);
            if let Some(at) = boundaries.locate(Position::new(lat, lon)?) {
                break (lat, lon, boundaries.areas()[at].code.as_str());
            }
        };
        let places = 100 + stream.below(900);
        let visits =
            if stream.below(10) == 0 { String::new() } else { (places * stream.below(90) / 100).to_string() };
        let condition =
            if stream.below(15) == 0 { String::new() } else { (20 + stream.below(80)).to_string() };
        let sought = (400 + stream.below(12_000)) * 1_000;
        let previous = if stream.below(4) == 0 {
            String::new()
        } else {
            (sought * (20 + stream.below(60)) / 100).to_string()
        };
        writeln!(out[0], "KZ-{n:06},F{n:06},{sought},{previous}")?;
        let kind = kinds[usize::try_from(stream.below(6))?];
        writeln!(
            out[1],
            "F{n:06},O{n:06},{kind} № {n},{territory},{lat:.5},{lon:.5},{places},{visits},{condition},{},{},{},{}",
            stream.below(3) == 0,
            200 + stream.below(5_000),
            stream.below(60) != 0,
            stream.below(2) == 0,
        )?;
        writeln!(out[2], "O{n:06},«Өрлеу-{n}» ЖШС")?;
        for (check, odds) in [("registered", 200), ("tax", 30), ("papers", 12)] {
            let outcome = if stream.below(odds) == 0 { "fail" } else { "pass" };
            if stream.below(50) != 0 {
                writeln!(out[3], "O{n:06},{check},{outcome},2026-01-10,made-up register,")?;
            }
        }
    }
    let [a, f, o, c] = out;
    let named = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    Ok(BTreeMap::from([
        named("policy.toml", include_bytes!("country.toml")),
        named("datapackage.json", b"{\"name\": \"country\", \"simulated\": true, \"resources\": []}"),
        named("territories.csv", territories.as_bytes()),
        named("territories.geojson", geography.districts),
        named("population.csv", population.as_bytes()),
        named("applications.csv", a.as_bytes()),
        named("facilities.csv", f.as_bytes()),
        named("operators.csv", o.as_bytes()),
        named("checks.csv", c.as_bytes()),
    ]))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let out = arguments.next().ok_or("OUT is expected")?;
    let applications = arguments.next().map_or(Ok(42_000), |n| n.parse())?;
    let out = Path::new(&out);
    fs::create_dir_all(out)?;
    let mut log = std::io::stdout().lock();
    let files = files(applications)?;
    let start = Instant::now();
    let decision = decide_files(&files).map_err(|error| match error {
        DecideError::Input(problems, _) => {
            let said = |p: &Problem| format!("{} {}", p.place, p.full_message());
            problems.iter().filter(|p| p.severity == Severity::Error).map(said).collect::<Vec<_>>().join("\n")
        }
        DecideError::Conflict(sets) => format!("{} contradictions", sets.len()),
    })?;
    writeln!(log, "decided {} applications: {:?}", decision.applications.len(), start.elapsed())?;
    for language in Language::PRODUCT {
        let start = Instant::now();
        let page = html::page(&decision, language)?;
        writeln!(log, "page {language}: {} bytes, {:?}", page.len(), start.elapsed())?;
        fs::write(out.join(format!("report-{language}.html")), page)?;
    }
    if env::var_os("NO_WORKBOOK").is_none() {
        let start = Instant::now();
        let workbook = xlsx::workbook(&decision, Language::KK)?;
        writeln!(log, "workbook: {} bytes, {:?}", workbook.len(), start.elapsed())?;
        fs::write(out.join("decision.xlsx"), workbook)?;
    }
    Ok(())
}
