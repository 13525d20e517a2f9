//! What is to be imported: from the command line, or from a manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adil_domain::{Place, Problem, Problems};
use adil_sources::taxonomy::{self, Vocabulary};
use serde::Deserialize;

use super::{ImportArgs, Kind};

/// Everything that is read, in the order of precedence.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) id: Option<String>,
    pub(super) country: String,
    pub(super) as_of: Option<String>,
    pub(super) sources: Vec<Source>,
    pub(super) territories: Option<PathBuf>,
    pub(super) kato: Option<PathBuf>,
    pub(super) boundaries: Option<PathBuf>,
    pub(super) own_geography: bool,
    pub(super) settlements: Option<PathBuf>,
}

/// One list of facilities.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// A file, or the data set of a service.
    pub(super) file: PathBuf,
    pub(super) sheet: Option<String>,
    pub(super) mapping: Option<PathBuf>,
    pub(super) as_of: Option<String>,
    #[serde(default)]
    pub(super) types: BTreeMap<String, String>,
    /// Whose words it uses for kinds.
    pub(super) vocabulary: Option<String>,
    #[serde(default)]
    pub(super) keep_ids: bool,
    /// Where pages of a service are kept.
    pub(super) cache: Option<PathBuf>,
    /// Whether a person gave the name; else a mapping may know a better one.
    #[serde(skip, default = "yes")]
    pub(super) named: bool,
}

const fn yes() -> bool {
    true
}

impl Source {
    pub(super) fn vocabulary(&self) -> Option<Vocabulary> {
        match (&self.vocabulary, self.kind) {
            (Some(name), _) => Some(Vocabulary::of(name)),
            (None, Kind::Osm) => Some(Vocabulary::Osm),
            (None, _) => None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    round: RoundPart,
    #[serde(default)]
    source: Vec<Source>,
    #[serde(default)]
    places: PlacesPart,
    #[serde(default)]
    people: PeoplePart,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundPart {
    id: Option<String>,
    country: Option<String>,
    as_of: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesPart {
    kato: Option<PathBuf>,
    territories: Option<PathBuf>,
    boundaries: Option<PathBuf>,
    #[serde(default)]
    no_geography: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeoplePart {
    settlements: Option<PathBuf>,
}

/// The plan of a command line that names its inputs.
pub(super) fn from_args(args: &ImportArgs) -> Plan {
    let first = args.inputs.first().cloned();
    let mut plan = Plan {
        id: None,
        country: args.country.clone(),
        as_of: args.as_of.map(|day| day.to_string()),
        sources: Vec::new(),
        territories: args.territories.clone(),
        kato: None,
        boundaries: args.boundaries.clone(),
        own_geography: !args.no_geography,
        settlements: None,
    };
    match args.kind {
        Kind::Kato => plan.kato = first,
        Kind::Settlements => plan.settlements = first,
        kind => {
            let many = args.inputs.len() > 1;
            plan.sources = (args.inputs.iter().enumerate())
                .map(|(number, file)| Source {
                    kind,
                    name: name(args, kind, file, many.then_some(number)),
                    file: file.clone(),
                    sheet: args.sheet.clone(),
                    mapping: args.mapping.clone(),
                    as_of: plan.as_of.clone(),
                    types: BTreeMap::new(),
                    vocabulary: args.vocabulary.clone(),
                    keep_ids: args.keep_ids,
                    cache: args.cache.clone(),
                    named: args.source.is_some(),
                })
                .collect();
        }
    }
    plan
}

/// A source's name has no spaces, because `sources` of facilities.csv parts source and key by one.
fn name(args: &ImportArgs, kind: Kind, file: &Path, number: Option<usize>) -> String {
    let stem = || {
        let stem = file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        stem.split(|c: char| c.is_whitespace() || c == ';' || c == '.').next().unwrap_or("").to_owned()
    };
    match (&args.source, kind, number) {
        (Some(name), _, None) => name.clone(),
        (Some(name), _, Some(number)) => format!("{name}-{}", number + 1),
        (None, Kind::Osm, None) => "osm".to_owned(),
        (None, Kind::Egov, None) => "egov".to_owned(),
        _ => stem(),
    }
}

/// Reads a manifest; its paths are relative to itself. What the command line says wins.
pub(super) fn read(path: &Path, args: &ImportArgs, problems: &mut Problems) -> Option<Plan> {
    let shown = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(
                Problem::error(
                    "unreadable",
                    Place::file(shown),
                    format!("The manifest can't be read: {error}."),
                )
                .hint("Check the path; the file is UTF-8 text."),
            );
            return None;
        }
    };
    let manifest: Manifest = match toml::from_str(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            let place =
                error.span().map_or_else(|| Place::file(&shown), |span| Place::span(&shown, &text, span));
            problems.push(
                Problem::error("bad-manifest", place, format!("{}.", error.message().trim()))
                    .hint("docs/importing.md shows a whole manifest."),
            );
            return None;
        }
    };
    check(&manifest, &shown, problems);
    if problems.has_errors() {
        return None;
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |path: PathBuf| folder.join(path);
    let Manifest { round, source, places, people } = manifest;
    let sources = source.into_iter().map(|mut source| {
        if source.kind != Kind::Egov {
            source.file = beside(source.file);
        }
        source.mapping = source.mapping.map(beside);
        source.cache = source.cache.map(beside);
        source
    });
    Some(Plan {
        id: round.id,
        country: round.country.unwrap_or_else(|| args.country.clone()),
        as_of: args.as_of.map(|day| day.to_string()).or(round.as_of),
        sources: sources.collect(),
        territories: args.territories.clone().or_else(|| places.territories.map(beside)),
        kato: places.kato.map(beside),
        boundaries: args.boundaries.clone().or_else(|| places.boundaries.map(beside)),
        own_geography: !(args.no_geography || places.no_geography),
        settlements: people.settlements.map(beside),
    })
}

fn check(manifest: &Manifest, file: &str, problems: &mut Problems) {
    let mut error = |code, message: String, hint: &str| {
        problems.push(Problem::error(code, Place::file(file), message).hint(hint));
    };
    let mut names: Vec<&str> = Vec::new();
    for source in &manifest.source {
        if source.name.is_empty() || source.name.contains([' ', ';', '\n', '\t']) {
            let hint = "Use letters, digits and `-`.";
            error("bad-source-name", format!("`{}` is no name for a source.", source.name), hint);
        }
        if names.contains(&source.name.as_str()) {
            let hint = "Name each source once: what is decided about its records is kept under its name.";
            error("duplicate-source", format!("Two sources are called `{}`.", source.name), hint);
        }
        names.push(&source.name);
        if matches!(source.kind, Kind::Kato | Kind::Settlements) {
            let hint = "Write it as `kato` under [places], or as `settlements` under [people].";
            error("not-a-list", format!("`{}` is no list of facilities.", source.name), hint);
        }
        for (word, kind) in source.types.iter().filter(|(_, kind)| taxonomy::get(kind).is_none()) {
            let kinds = taxonomy::types().iter().map(|t| t.id.as_str());
            let hint = adil_domain::problem::did_you_mean(kind, kinds);
            error(
                "unknown-type",
                format!("`{word}` is to mean `{kind}`, which is no kind of facility."),
                &hint,
            );
        }
    }
    let days = manifest.source.iter().map(|s| &s.as_of).chain([&manifest.round.as_of]).flatten();
    for day in days.filter(|day| day.parse::<adil_domain::Date>().is_err()) {
        error("not-a-date", format!("`{day}` is no day."), "Write year, month and day, such as 2026-01-31.");
    }
}
