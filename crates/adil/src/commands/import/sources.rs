//! Each kind of source by the importer that reads it.

use std::fs::{self, File};
use std::path::Path;

use adil_domain::{Place, Problem, Problems};
use adil_sources::mapping::{self, Mapping};
use adil_sources::settlements::{self, Settlement};
use adil_sources::sheet::Sheet;
use adil_sources::{Found, geojson, osm};

use super::Kind;
use super::plan::{Plan, Source};
use super::service;
use super::world::World;

/// The records of a source; none when it has errors.
pub(super) fn records(source: &Source, world: &World, problems: &mut Problems) -> Vec<Found> {
    let mut found = match source.kind {
        Kind::Osm => of_map(source, problems),
        _ => match sheet(source, problems) {
            Some(sheet) => of_sheet(source, &sheet, world, problems),
            None => Vec::new(),
        },
    };
    for record in &mut found {
        if record.as_of.is_none() {
            record.as_of.clone_from(&source.as_of);
        }
    }
    found
}

fn of_map(source: &Source, problems: &mut Problems) -> Vec<Found> {
    let mut file = match File::open(&source.file) {
        Ok(file) => file,
        Err(error) => {
            unreadable(&source.file, &error, problems);
            return Vec::new();
        }
    };
    let options = osm::Options { source: source.name.clone(), ..osm::Options::default() };
    osm::facilities(&name(&source.file), &mut file, &options, problems, &|_| {}).found
}

/// Whatever has columns, as a sheet.
fn sheet(source: &Source, problems: &mut Problems) -> Option<Sheet> {
    if source.kind == Kind::Egov {
        return service::sheet(source, problems);
    }
    let (file, bytes) = (name(&source.file), bytes(&source.file, problems)?);
    match source.kind {
        Kind::Geojson => geojson::read(&file, &bytes, problems),
        _ => Sheet::read(&file, &bytes, source.sheet.as_deref(), problems),
    }
}

/// A sheet by the mapping that a person has confirmed.
fn of_sheet(source: &Source, sheet: &Sheet, world: &World, problems: &mut Problems) -> Vec<Found> {
    let Some(path) = &source.mapping else {
        problems.push(
            Problem::error(
                "no-mapping",
                Place::file(sheet.file()),
                format!("Nobody has said what the columns of `{}` mean.", source.name),
            )
            .hint(
                "`adil import KIND FILE --suggest` proposes a mapping; read it, then give it with --mapping.",
            ),
        );
        return Vec::new();
    };
    let Some(text) = text(path, problems) else { return Vec::new() };
    let Some(mapping) = Mapping::parse(&name(path), &text, problems) else { return Vec::new() };
    let mut found = mapping.apply(sheet, &world.context(), problems);
    if source.named || !mapping.constants.contains_key("source") {
        for record in &mut found {
            record.source.clone_from(&source.name);
        }
    }
    found
}

/// A guess of what the columns mean; `None` for what has no columns, or can't be read.
pub(super) fn suggest(source: &Source, world: &World, problems: &mut Problems) -> Option<String> {
    if !matches!(source.kind, Kind::Table | Kind::Geojson | Kind::Egov) {
        return None;
    }
    let sheet = sheet(source, problems)?;
    Some(mapping::suggest(&sheet, &world.context()).to_toml())
}

/// Where people live.
pub(super) fn population(plan: &Plan, world: &World, problems: &mut Problems) -> Vec<Settlement> {
    let Some(path) = &plan.settlements else { return Vec::new() };
    let Some(bytes) = bytes(path, problems) else { return Vec::new() };
    let sheet = Sheet::read(&name(path), &bytes, None, problems);
    sheet.map_or_else(Vec::new, |sheet| settlements::read(&sheet, &world.context(), problems))
}

/// The bytes of a file, or why they can't be had.
pub(super) fn bytes(path: &Path, problems: &mut Problems) -> Option<Vec<u8>> {
    fs::read(path).inspect_err(|error| unreadable(path, error, problems)).ok()
}

pub(super) fn text(path: &Path, problems: &mut Problems) -> Option<String> {
    fs::read_to_string(path).inspect_err(|error| unreadable(path, error, problems)).ok()
}

fn unreadable(path: &Path, error: &std::io::Error, problems: &mut Problems) {
    let message = format!("{} can't be read: {error}.", path.display());
    problems.push(Problem::error("unreadable", Place::file(name(path)), message).hint("Check the path."));
}

/// A file's name, as problems name it.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
