//! `adil import roads`: how long it takes to each facility of a round along the roads of a map.

use std::path::Path;

use adil_domain::{Place, Problem, Problems};
use adil_geography::Position;
use adil_policy::Policy;
use adil_round::folder::{self, FACILITIES, Files, PACKAGE, POLICY, POPULATION, TRAVEL_TIMES};
use adil_round::inputs;
use adil_round::package::Statement;
use adil_round::positions;
use adil_round::table::Table;
use adil_sources::osm;
use adil_sources::round_folder;
use serde_json::json;

use super::super::roads::{self, Found, Places};
use super::super::{print, print_json, say};
use super::{ImportArgs, name_of, refuse};
use crate::progress::Progress;
use crate::{Exit, show};

/// Rows of a table that have a place.
struct Located<'t> {
    ids: Vec<&'t str>,
    at: Vec<Position>,
}

pub(super) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let (Some(out), [map]) = (&args.out, args.inputs.as_slice()) else {
        say("One map is read at a time, into the round that --out names.\n")?;
        return Ok(Exit::Usage);
    };
    let mut problems = Problems::new();
    let before = match folder::read(out) {
        Ok(files) => files,
        Err(problems) => return refuse(args, &problems),
    };
    let limit = limit(args, &before, &mut problems);
    let points = table(&before, POPULATION, &mut problems);
    let facilities = table(&before, FACILITIES, &mut problems);
    let (Some(points), Some(facilities)) = (points, facilities) else { return refuse(args, &problems) };
    let progress = Progress::new(2);
    progress.step("reading the roads");
    let from = located(&points, "point_id", &mut problems);
    let to = located(&facilities, "facility_id", &mut problems);
    let ends = [Places { file: POPULATION, at: &from.at }, Places { file: FACILITIES, at: &to.at }];
    let found = roads::times(map, args.mode.profile(), ends, limit, &mut problems);
    let Some(Found { times, as_of }) = found.filter(|_| !problems.has_errors()) else {
        drop(progress);
        return refuse(args, &problems);
    };
    progress.step("writing");
    let mut files = Files::new();
    files.insert(TRAVEL_TIMES.to_owned(), round_folder::travel_times(&from.ids, &to.ids, &times.pairs));
    let mut all = before;
    all.extend(files.clone());
    let statement = Statement {
        sources: vec![args.source.clone().unwrap_or_else(|| "osm".to_owned())],
        licence: Some(osm::licence()),
        as_of: args.as_of.map(|day| day.to_string()).or(as_of),
    };
    let package = statement.write(&inputs::draft_package(&all, &name_of(out)), TRAVEL_TIMES);
    files.insert(PACKAGE.to_owned(), package.into_bytes());
    round_folder::write(out, &files)?;
    drop(progress);
    problems.sort();
    folder::write_problems(out, &problems)?;
    let pairs = times.pairs.len();
    if args.json {
        print_json(&json!({
            "points": from.ids.len(),
            "facilities": to.ids.len(),
            "pairs": pairs,
            "files": files.keys().collect::<Vec<_>>(),
            "problems": show::problems_json(&problems),
        }))?;
        return Ok(Exit::Done);
    }
    say(&show::problems(&problems, ""))?;
    print(&text(&from, &to, pairs, limit, out))?;
    Ok(Exit::Done)
}

/// How far people go: as the command says, else as the policy does.
fn limit(args: &ImportArgs, files: &Files, problems: &mut Problems) -> f64 {
    const USUAL: f64 = 30.0;
    let text = files.get(POLICY).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let access = text.and_then(|text| Policy::parse(POLICY, text).0?.access);
    let of_policy = access.map(|access| access.max_minutes.to_f64());
    if let (Some(limit), Some(wanted)) = (args.max_minutes, of_policy)
        && limit < wanted
    {
        let message = format!(
            "The policy lets people go {wanted} minutes, but ways longer than {limit} are not looked for."
        );
        problems.push(
            Problem::warning("limit-below-policy", Place::file(POLICY), message)
                .hint("They would count as out of reach: give a larger --max-minutes, or leave it out."),
        );
    }
    args.max_minutes.or(of_policy).unwrap_or(USUAL)
}

fn text(from: &Located<'_>, to: &Located<'_>, pairs: usize, max: f64, out: &Path) -> String {
    let out = out.display();
    format!(
        "{:>9}  points\n{:>9}  facilities\n{pairs:>9}  pairs within {max} minutes\n\
         → {out}: {PACKAGE}, {TRAVEL_TIMES}\n\
         next: write travel = \"table\" into [access] of the policy instead of speed_kmh and detour, then adil check {out}\n",
        from.ids.len(),
        to.ids.len(),
    )
}

fn table(files: &Files, name: &str, problems: &mut Problems) -> Option<Table> {
    let Some(bytes) = files.get(name) else {
        let message =
            "Travel times go from where people live to facilities, and the round has no such table.";
        let hint = "Import facilities and settlements first.";
        problems.push(Problem::error("missing-file", Place::file(name), message).hint(hint));
        return None;
    };
    Table::read(name, bytes, problems)
}

/// Rows with a position. What is wrong with the others is for `adil check` to say; how many they are is said here.
fn located<'t>(table: &'t Table, key: &str, problems: &mut Problems) -> Located<'t> {
    let mut located = Located { ids: Vec::new(), at: Vec::new() };
    if let Some(key) = table.column(key) {
        for (id, at) in
            (0..table.len()).filter_map(|row| Some((table.cell(row, key), positions::of(table, row)?)))
        {
            located.ids.push(id);
            located.at.push(at);
        }
    }
    let lost = table.len() - located.ids.len();
    if lost > 0 {
        let message = format!("{lost} of {} rows have no position, so nobody can reach them.", table.len());
        let place = Place::file(table.file());
        problems.push(Problem::warning("no-position", place, message).hint("Fill in lat and lon."));
    }
    located
}
