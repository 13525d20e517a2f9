//! Reads a `.osm.pbf` and prints one line of JSON: how long it took and how much memory.
//!
//! `osm_import FILE [facilities|foot|car]`

#![allow(clippy::print_stdout, reason = "the line is the answer")]

use std::fs::{self, File};
use std::time::Instant;

use adil_domain::Problems;
use adil_sources::osm::{self, Options, Profile, RoadOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: osm_import FILE [facilities|foot|car]")?;
    let what = arguments.next().unwrap_or_else(|| "facilities".to_owned());
    let mut file = File::open(&path)?;
    let mut problems = Problems::new();
    let started = Instant::now();
    let mut figures = serde_json::json!({ "what": what, "bytes": file.metadata()?.len() });
    match what.as_str() {
        "facilities" => {
            let read = osm::facilities(&path, &mut file, &Options::default(), &mut problems, &|_| {});
            figures["found"] = read.found.len().into();
            figures["with_area"] =
                read.found.iter().filter(|f| f.get("floor_area_m2").is_some()).count().into();
        }
        "foot" | "car" => {
            let profile = if what == "foot" { Profile::Foot } else { Profile::Car };
            let roads = osm::roads(&path, &mut file, &RoadOptions::new(profile), &mut problems, &|_| {});
            figures["ways"] = roads.ways.into();
            figures["nodes"] = roads.nodes.len().into();
            figures["edges"] = roads.edges.len().into();
            figures["largest_piece"] = roads.pieces.first().copied().into();
            figures["islands"] = roads.pieces.len().saturating_sub(1).into();
        }
        _ => return Err(format!("`{what}` is none of facilities, foot, car").into()),
    }
    figures["seconds"] = started.elapsed().as_secs_f64().into();
    figures["problems"] = problems.len().into();
    figures["first_problem"] = problems.iter().next().map(ToString::to_string).into();
    figures["peak_mib"] = peak_mib().into();
    println!("{figures}");
    Ok(())
}

/// The most memory that this process had, where the system says so.
fn peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((kib / 102.4).round() / 10.0)
}
