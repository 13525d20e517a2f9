//! The import of OpenStreetMap: a simulated country of about 100 MB, and one of a tenth of it with the same facilities.
//!
//! Memory must not grow with the file, so both are read; time stands beside `osmium tags-filter`, which also looks for
//! tagged elements and fetches what they are made of.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::commands::{cargo, have, output, print, run as run_command, say};

const EXAMPLE: &str = "target/release/examples/osm_import";
const FILTERED: &str = "target/bench-osm/filtered.osm.pbf";

/// Facilities of each kind in both files: nodes, closed ways, and multipolygons with a hole and a split outer ring.
const FACILITIES: u64 = 4_000;
/// Houses of the large file; with its roads it comes to about 100 MB.
const HOUSES: u64 = 5_100_000;

/// What of the tags that we look for `osmium` can be asked for.
const TAGS: [&str; 3] = ["nwr/leisure", "nwr/sport", "nwr/club"];

pub(crate) fn run(quick: bool) -> anyhow::Result<()> {
    print("");
    let osmium = have("osmium", "--version");
    if !osmium {
        print(
            "osmium is absent (Debian: osmium-tool): nothing is compared with it, and only a file made before is read.",
        );
    }
    run_command(cargo().args([
        "build",
        "--release",
        "--locked",
        "-p",
        "adil-sources",
        "--example",
        "osm_import",
    ]))?;
    let sizes = if quick { vec![HOUSES / 10] } else { vec![HOUSES / 10, HOUSES] };
    print("OpenStreetMap, a simulated country (best of the runs; memory is the whole process's peak):");
    print(&format!(
        "  {:>8} {:>11} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "MB", "read", "found", "seconds", "peak MiB", "osmium s", "ours / it"
    ));
    for houses in sizes {
        let path = PathBuf::from(format!("target/bench-osm/houses-{houses}.osm.pbf"));
        if !path.exists() {
            if !osmium {
                print(&format!("  {} is absent and can't be made without osmium.", path.display()));
                continue;
            }
            make(&path, houses)?;
        }
        measure(&path, osmium)?;
    }
    Ok(())
}

fn measure(path: &Path, osmium: bool) -> anyhow::Result<()> {
    let file = path.to_str().context("a path that is no text")?;
    let (mut theirs, mut ours) = (f64::NAN, Vec::new());
    for _ in 0..3 {
        ours.push(example(file, "facilities")?);
        if osmium {
            let started = Instant::now();
            output(Command::new("osmium").args(["tags-filter", file, "-O", "-o", FILTERED]).args(TAGS))?;
            theirs = theirs.min(started.elapsed().as_secs_f64());
        }
    }
    let best = |results: &[Value]| {
        results.iter().filter_map(|r| super::number(r, "seconds")).fold(f64::INFINITY, f64::min)
    };
    let line = |what: &str, results: &[Value], found: &str, theirs: f64| {
        let peak = results.iter().filter_map(|r| super::number(r, "peak_mib")).fold(0.0, f64::max);
        let megabytes = super::number(&results[0], "bytes").unwrap_or(f64::NAN) / 1e6;
        let seconds = best(results);
        let beside = |x: f64| if x.is_finite() { format!("{x:.2}") } else { "-".to_owned() };
        print(&format!(
            "  {megabytes:>8.1} {what:>11} {:>10} {seconds:>10.2} {peak:>10.1} {:>10} {:>10}",
            super::number(&results[0], found).unwrap_or(f64::NAN),
            beside(theirs),
            beside(seconds / theirs),
        ));
    };
    for result in &ours {
        let found = super::number(result, "found").unwrap_or(f64::NAN);
        ensure!(format!("{found}") == (FACILITIES * 3).to_string(), "{found} facilities were found");
    }
    line("facilities", &ours, "found", theirs);
    line("roads, car", &[example(file, "car")?], "edges", f64::NAN);
    ensure!(best(&ours) < 30.0, "the import took longer than 30 s");
    Ok(())
}

fn example(file: &str, what: &str) -> anyhow::Result<Value> {
    Ok(serde_json::from_str(output(Command::new(EXAMPLE).args([file, what]))?.trim())?)
}

/// Writes a country in osmium's text format through osmium to a `.osm.pbf`. The same numbers give the same file.
fn make(path: &Path, houses: u64) -> anyhow::Result<()> {
    say(&format!("making {} …", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let mut osmium = Command::new("osmium")
        .args(["cat", "-F", "opl", "-", "-f", "pbf", "-O", "-o"])
        .arg(&part)
        .stdin(Stdio::piped())
        .spawn()
        .context("osmium can't be started")?;
    let mut out = BufWriter::with_capacity(1 << 20, osmium.stdin.take().context("no input of osmium")?);
    country(&mut out, houses)?;
    drop(out);
    ensure!(osmium.wait()?.success(), "osmium could not write {}", part.display());
    std::fs::rename(part, path)?;
    Ok(())
}

/// A country of houses with a street to every twenty, and facilities spread over them.
fn country(out: &mut impl Write, houses: u64) -> anyhow::Result<()> {
    let places = houses + FACILITIES * 3;
    let every = places / (FACILITIES * 3);
    let mut noise = Noise(1);
    // Node 9·i + 1 … of each place: four corners, four of a hole, and one of a street; the corners in whole 1e-7 degrees.
    for place in 0..places {
        let (x, y) = (500_000_000 + (place % 4_000) * 9_000, 430_000_000 + (place / 4_000) * 7_000);
        let (w, h) = (1_000 + noise.below(3_000), 1_000 + noise.below(3_000));
        let (x, y) = (x + noise.below(2_000), y + noise.below(2_000));
        let corners = [(0, 0), (w, 0), (w, h), (0, h)];
        let hole = [(w / 4, h / 4), (w / 2, h / 4), (w / 2, h / 2), (w / 4, h / 2)];
        let facility = facility(place, every);
        let hole = if facility == Some(2) { &hole[..] } else { &[] };
        for (i, (dx, dy)) in (0u64..).zip(corners.iter().chain(hole)) {
            let tags =
                if i == 0 && facility == Some(0) { " Tleisure=fitness_station,name=№%20%" } else { "" };
            writeln!(out, "n{} v1{tags} x{} y{}", place * 9 + i + 1, degrees(x + dx), degrees(y + dy))?;
        }
        writeln!(out, "n{} v1 x{} y{}", place * 9 + 9, degrees(x), degrees(y + 5_000))?;
    }
    for place in 0..places {
        let n = place * 9;
        match facility(place, every) {
            Some(2) => {
                writeln!(out, "w{} v1 Nn{},n{},n{}", place * 4 + 1, n + 1, n + 2, n + 3)?;
                writeln!(out, "w{} v1 Nn{},n{},n{}", place * 4 + 2, n + 3, n + 4, n + 1)?;
                writeln!(
                    out,
                    "w{} v1 Nn{},n{},n{},n{},n{}",
                    place * 4 + 3,
                    n + 5,
                    n + 6,
                    n + 7,
                    n + 8,
                    n + 5
                )?;
            }
            kind => {
                let tags = if kind == Some(1) { "leisure=pitch,sport=soccer" } else { "building=house" };
                writeln!(
                    out,
                    "w{} v1 T{tags},addr:housenumber={} Nn{},n{},n{},n{},n{}",
                    place * 4 + 1,
                    place % 97,
                    n + 1,
                    n + 2,
                    n + 3,
                    n + 4,
                    n + 1
                )?;
            }
        }
        if place % 20 == 19 {
            // A street along twenty places, joined to the one before it.
            let nodes: Vec<String> =
                (place.saturating_sub(20)..=place).map(|p| format!("n{}", p * 9 + 9)).collect();
            writeln!(out, "w{} v1 Thighway=residential,name=Көше N{}", place * 4 + 4, nodes.join(","))?;
        }
    }
    for place in (0..places).filter(|p| facility(*p, every) == Some(2)) {
        let w = place * 4;
        let members = format!("w{}@outer,w{}@inner,w{}@outer", w + 1, w + 3, w + 2);
        writeln!(out, "r{} v1 Ttype=multipolygon,leisure=stadium M{members}", place + 1)?;
    }
    Ok(())
}

/// Which of the three kinds of facility stands at a place, if any.
fn facility(place: u64, every: u64) -> Option<u64> {
    let (number, rest) = (place / every, place % every);
    (rest == 0 && number < FACILITIES * 3).then_some(number % 3)
}

fn degrees(units: u64) -> String {
    format!("{}.{:07}", units / 10_000_000, units % 10_000_000)
}

/// A linear congruential generator (Knuth, MMIX).
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
