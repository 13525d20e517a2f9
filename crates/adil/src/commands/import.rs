//! `adil import`: other people's lists as a round folder.

mod checks;
mod people;
mod plan;
mod roads;
mod service;
mod sources;
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adil_domain::{Place, Problem, Problems};
use adil_round::folder::{self, FACILITIES, Files, POLICY};
use adil_round::package::Statement;
use adil_sources::Found;
use adil_sources::osm;
use adil_sources::people::Told;
use adil_sources::register::{self, Counts, Options, SourceOptions, review};
use adil_sources::round_folder::{self, Parts, Starter};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::access::Mode;
use super::{print, print_json, say};
use crate::progress::Progress;
use crate::{Exit, show};
use plan::Plan;
use world::World;

/// `adil import`.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_help = "\
From a spreadsheet to a round in three commands:
  adil import table list.xlsx --suggest > mapping.toml
  adil import table list.xlsx --mapping mapping.toml --out ROUND
  adil check ROUND
Several sources at once, in the order of their precedence: adil import manifest import.toml --out ROUND. \
docs/importing.md says more.")]
pub(crate) struct ImportArgs {
    /// What is read
    #[arg(value_enum, value_name = "KIND")]
    pub(super) kind: Kind,
    /// Files; for egov a data set and its version, NAME/v1
    #[arg(value_name = "FILE", required_unless_present_any = ["provider", "template"])]
    pub(super) inputs: Vec<PathBuf>,
    /// The round's folder, made when it is not there; for checks the table, checks/SOURCE.csv
    #[arg(long, value_name = "ROUND", required_unless_present_any = ["suggest", "template"])]
    pub(super) out: Option<PathBuf>,
    /// What the columns mean
    #[arg(long, value_name = "FILE")]
    pub(super) mapping: Option<PathBuf>,
    /// Print a guess of the mapping and import nothing
    #[arg(long)]
    pub(super) suggest: bool,
    /// The sheet of a workbook [default: the first that is not empty]
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// What the source is called [default: the file's name, or the kind]
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// The day as of which the source holds, and the first policy's
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) as_of: Option<adil_domain::Date>,
    /// The country of the round
    #[arg(long, value_name = "CODE", default_value = "kz")]
    pub(super) country: String,
    /// Whose words it uses for kinds: osm, sportscotland, lipas, or words [default: by the source's name]
    #[arg(long, value_name = "NAME", value_parser = ["osm", "sportscotland", "lipas", "words"])]
    pub(super) vocabulary: Option<String>,
    /// The source's keys are identifiers of facilities as they stand
    #[arg(long)]
    pub(super) keep_ids: bool,
    /// A table of territories; a first column with their codes is enough
    #[arg(long, value_name = "FILE")]
    pub(super) territories: Option<PathBuf>,
    /// Boundaries of territories, GeoJSON [default: the country's, where it comes with the product]
    #[arg(long, value_name = "FILE")]
    pub(super) boundaries: Option<PathBuf>,
    /// Do not use the geography that comes with the product
    #[arg(long)]
    pub(super) no_geography: bool,
    /// Keep the answers of a service here, so that a run that broke off goes on
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// For checks: who answers
    #[arg(long, value_enum, value_name = "WHO")]
    pub(super) provider: Option<checks::Who>,
    /// For checks: the round's operators.csv
    #[arg(long, value_name = "FILE")]
    pub(super) operators: Option<PathBuf>,
    /// For checks: how old a kept answer may be
    #[arg(long, value_name = "AGE", default_value = "30 days", value_parser = checks::days)]
    pub(super) max_age: i64,
    /// For observations and journeys: write blank forms with their explanations here, and import nothing
    #[arg(long, value_name = "DIR")]
    pub(super) template: Option<PathBuf>,
    /// Replace a table that no import wrote
    #[arg(long)]
    pub(super) replace: bool,
    /// How people go along roads
    #[arg(long, value_enum, default_value = "walk")]
    pub(super) mode: Mode,
    /// How far people go along roads, in minutes [default: as the policy says, else 30]
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    pub(super) max_minutes: Option<f64>,
    /// Print what was done as JSON
    #[arg(long)]
    pub(super) json: bool,
}

fn minutes(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(minutes) if minutes > 0.0 && minutes.is_finite() => Ok(minutes),
        _ => Err("a number of minutes above zero is expected".to_owned()),
    }
}

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A table of facilities: CSV, XLSX, XLS, ODS
    Table,
    /// Facilities on a map
    Geojson,
    /// OpenStreetMap, .osm.pbf
    Osm,
    /// A data set of data.egov.kz; `ADIL_EGOV_KEY` holds the key
    Egov,
    /// The classifier of places, as territories
    Kato,
    /// Settlements, as population
    Settlements,
    /// Roads of OpenStreetMap, .osm.pbf, as travel times from where people live to facilities
    #[serde(skip)]
    Roads,
    /// What registers say of operators, as a table of checks
    #[serde(skip)]
    Checks,
    /// What people saw, from a form, as observations.csv; `ADIL_HASH_KEY` holds the key
    #[serde(skip)]
    Observations,
    /// How people got to their first training, from interviews, as journeys.csv
    #[serde(skip)]
    Journeys,
    /// Several of these, listed in a TOML file
    #[serde(skip)]
    Manifest,
}

impl Kind {
    /// Which table of what people said it is.
    const fn told(self) -> Option<Told> {
        match self {
            Self::Observations => Some(Told::Observations),
            Self::Journeys => Some(Told::Journeys),
            _ => None,
        }
    }
}

pub(crate) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    if args.kind == Kind::Roads {
        return roads::import(args);
    }
    if args.kind == Kind::Checks {
        return checks::import(args);
    }
    if let Some(told) = args.kind.told() {
        return people::import(args, told);
    }
    if args.template.is_some() {
        say("Only observations and journeys have forms.\n")?;
        return Ok(Exit::Usage);
    }
    if args.inputs.is_empty() {
        say("Name the files that are imported.\n")?;
        return Ok(Exit::Usage);
    }
    let mut problems = Problems::new();
    let plan = if args.kind == Kind::Manifest {
        plan::read(&args.inputs[0], args, &mut problems)
    } else {
        Some(plan::from_args(args))
    };
    let Some(plan) = plan else { return refuse(args, &problems) };
    if args.suggest {
        return suggest(args, &plan);
    }
    let Some(country) = adil_domain::country::pack(&plan.country) else {
        return no_country(&plan.country);
    };
    let Some(out) = &args.out else { return Ok(Exit::Usage) };
    let before = match before(out, args, &mut problems) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    let mut lists: Vec<Vec<Found>> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut options = Options { country: Some(country), ..Options::default() };
    let progress = Progress::new(u64::try_from(plan.sources.len()).unwrap_or(0) + 3);
    progress.step("reading the places");
    let mut world = World::new(&plan, country, &before, &mut problems);
    world.take_key(&mut problems);
    for source in &plan.sources {
        progress.step("reading a source");
        let list = sources::records(source, &world, &mut problems);
        let name = list.first().map_or(&source.name, |f| &f.source).clone();
        let how = SourceOptions {
            vocabulary: source.vocabulary(),
            types: source.types.iter().map(|(word, kind)| (word.to_lowercase(), kind.clone())).collect(),
            keep_ids: source.keep_ids,
        };
        options.sources.insert(name.clone(), how);
        names.push(name);
        lists.push(list);
    }
    if let Some(bytes) = before.get(FACILITIES) {
        options.known_ids = round_folder::known_ids(bytes);
    }
    if let Ok(bytes) = fs::read(out.join(review::FILE)) {
        options.decisions = review::read(&bytes, &mut problems);
    }
    progress.step("matching");
    let register = register::build(&lists, &options, &mut problems);
    let population = sources::population(&plan, &world, &mut problems);
    if problems.has_errors() {
        drop(progress);
        return refuse(args, &problems);
    }
    let needed = !register.facilities.is_empty() && !before.contains_key(POLICY);
    let as_of = plan.as_of.clone().or_else(|| latest(&lists));
    let Some(as_of) = as_of.or_else(|| (!needed).then(String::new)) else {
        drop(progress);
        say(
            "No source says as of when it holds, and the first policy needs a day: add --as-of YYYY-MM-DD.\n",
        )?;
        return Ok(Exit::Usage);
    };
    let starter = Starter { id: plan.id.clone().unwrap_or_else(|| name_of(out)), country, as_of };
    let done = Done {
        records: names.into_iter().zip(lists.iter().map(Vec::len)).collect(),
        counts: register.counts,
        facilities: register.facilities.len(),
    };
    let origin = Statement {
        sources: done.records.iter().map(|(name, _)| name.clone()).collect(),
        licence: plan.sources.iter().all(|s| s.kind == Kind::Osm).then(osm::licence),
        as_of: latest(&lists),
    };
    let parts = Parts { register, places: world.places, boundaries: world.boundaries, population, origin };
    let files = round_folder::files(parts, &before, &starter, &mut problems);
    progress.step("writing");
    round_folder::write(out, &files)?;
    drop(progress);
    problems.sort();
    problems.dedup();
    folder::write_problems(out, &problems)?;
    if args.json {
        print_json(&done.json(&files, &problems))?;
    } else {
        say(&show::problems(&problems, ""))?;
        print(&done.text(&files, &problems, &out.display().to_string()))?;
    }
    Ok(Exit::Done)
}

/// What the folder holds already, or why it is not touched.
fn before(out: &Path, args: &ImportArgs, problems: &mut Problems) -> Result<Files, anyhow::Result<Exit>> {
    if !out.exists() {
        return Ok(Files::new());
    }
    let files = folder::read(out).map_err(|found| refuse(args, &found))?;
    if let Some(bytes) = files.get(FACILITIES)
        && !args.replace
        && !round_folder::may_replace(bytes)
    {
        problems.push(
            Problem::error(
                "not-imported",
                Place::file(FACILITIES),
                "This table was not written by an import and would be lost.",
            )
            .hint("Import into another folder, or say --replace."),
        );
        return Err(refuse(args, problems));
    }
    Ok(files)
}

/// Says why nothing is imported, and leaves `problems.csv` in the folder when there is one.
fn refuse(args: &ImportArgs, problems: &Problems) -> anyhow::Result<Exit> {
    let mut problems = problems.clone();
    problems.sort();
    problems.dedup();
    let problems = &problems;
    let folder = args.out.as_ref().filter(|out| out.is_dir());
    if let Some(out) = folder {
        folder::write_problems(out, problems)?;
    }
    if args.json {
        print_json(&json!({ "problems": show::problems_json(problems) }))?;
    }
    say(&show::problems(problems, ""))?;
    say(&format!("Nothing was imported: {}.\n", show::count(problems)))?;
    if let Some(out) = folder {
        say(&format!("→ {}\n", out.join(folder::PROBLEMS).display()))?;
    }
    Ok(Exit::Wrong)
}

fn no_country(code: &str) -> anyhow::Result<Exit> {
    let hint = adil_domain::problem::did_you_mean(code, adil_domain::country::codes());
    say(&format!("There is no country pack `{code}`. {hint}\n"))?;
    Ok(Exit::Usage)
}

fn suggest(args: &ImportArgs, plan: &Plan) -> anyhow::Result<Exit> {
    let mut problems = Problems::new();
    let mut guesses = String::new();
    let country = adil_domain::country::pack(&plan.country);
    let Some(country) = country else { return no_country(&plan.country) };
    let world = World::new(plan, country, &Files::new(), &mut problems);
    for source in &plan.sources {
        match sources::suggest(source, &world, &mut problems) {
            Some(guess) => guesses.push_str(&guess),
            None if problems.has_errors() => return refuse(args, &problems),
            None => {
                say("Only tables, GeoJSON and data.egov.kz have columns to map.\n")?;
                return Ok(Exit::Usage);
            }
        }
    }
    say(&show::problems(&problems, ""))?;
    print(&guesses)?;
    Ok(Exit::Done)
}

/// The latest day that any record holds as of.
fn latest(lists: &[Vec<Found>]) -> Option<String> {
    let days = lists.iter().flatten().filter_map(|f| f.as_of.as_ref());
    days.filter(|day| day.parse::<adil_domain::Date>().is_ok()).max().cloned()
}

fn name_of(out: &Path) -> String {
    let whole = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    whole.file_name().map_or_else(|| "round".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// What was done.
struct Done {
    /// Source and number of its records, in the order of precedence.
    records: Vec<(String, usize)>,
    counts: Counts,
    facilities: usize,
}

impl Done {
    fn text(&self, files: &Files, problems: &Problems, out: &str) -> String {
        let mut text = String::new();
        for (source, records) in &self.records {
            text.push_str(&format!("{records:>9}  records of {source}\n"));
        }
        let Counts { matched, unsure, decided, unknown_type, .. } = self.counts;
        let mut line = |count: usize, words: &str| {
            if count > 0 {
                text.push_str(&format!("{count:>9}  {words}\n"));
            }
        };
        line(self.facilities, "facilities");
        line(matched, "of them from more than one source");
        line(decided, "decisions of people obeyed");
        line(unsure, "pairs to look at in review.csv");
        line(unknown_type, "facilities of unknown kind");
        line(problems.len(), "warnings in problems.csv");
        text.push_str(&format!("→ {out}: {}\n", files.keys().cloned().collect::<Vec<_>>().join(", ")));
        text.push_str(&format!("next: adil check {out}\n"));
        text
    }

    fn json(&self, files: &Files, problems: &Problems) -> serde_json::Value {
        let records: BTreeMap<&str, usize> =
            self.records.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        json!({
            "records": records,
            "facilities": self.facilities,
            "matched": self.counts.matched,
            "decided": self.counts.decided,
            "unsure": self.counts.unsure,
            "unknown_type": self.counts.unknown_type,
            "files": files.keys().collect::<Vec<_>>(),
            "problems": show::problems_json(problems),
        })
    }
}
