//! A round looked at by every detector.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adil_domain::problem::did_you_mean;
use adil_domain::{Language, Problem, Problems, Rational, country};
use adil_policy::Policy;

use crate::DetectError;
use crate::detector::{Detector, SettingValue, detectors};
use crate::engine::Engine;
use crate::flags::{FLAGS, Flag, as_csv};
use crate::look::{STACK, Tables, look};
use crate::schema::{Table, tables};
use crate::settings::{DetectorRules, settings};
use crate::store::{Stored, files, parquet};

const POLICY: &str = "policy.toml";

/// How to look.
#[derive(Debug, Clone)]
pub struct Options {
    /// What answers.
    pub engine: Engine,
    /// Of the sentences; else that of the round, else English.
    pub language: Option<Language>,
    /// Only these detectors; all where none is named.
    pub only: Vec<String>,
    /// Rows at which a part of the visits is full: what one core is asked about at a time, and better in its cache than not.
    pub part_rows: usize,
}

impl Options {
    /// All detectors, in the language of the round.
    pub const fn new(engine: Engine) -> Self {
        Self { engine, language: None, only: Vec::new(), part_rows: 1 << 20 }
    }
}

/// What became of a detector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It looked and found so many; the least severe first.
    Looked {
        /// Low, medium and high flags.
        counts: [usize; 3],
    },
    /// It could not look, which says nothing about the round.
    CannotLook {
        /// Files that are absent.
        needs: Vec<String>,
    },
}

/// A detector and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub id: String,
    /// What it is called, in the language of the sentences.
    pub title: String,
    /// What became of it.
    pub state: State,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Report {
    /// In the order of `flags.csv`.
    pub flags: Vec<Flag>,
    /// Every detector.
    pub found: Vec<Found>,
    /// Warnings of the tables.
    pub problems: Problems,
}

/// Looks at a round and writes its `flags.csv`. An earlier one stays where something is wrong.
pub fn detect(round: &Path, options: &Options) -> Result<Report, DetectError> {
    let mut problems = Problems::new();
    let policy = policy(round, &mut problems)?;
    let language = options.language.or(policy.as_ref().and_then(of_round)).unwrap_or(Language::EN);
    let chosen = chosen(&options.only)?;
    let rules = policy.as_ref().map_or_else(Vec::new, |policy| rules(policy, &mut problems));
    let asked: Vec<_> = chosen
        .into_iter()
        .map(|detector| {
            let values = settings(&detector, Some(&rules), &mut problems);
            (detector, values)
        })
        .collect();
    let known = tables()?;
    let stored = stored(round, &asked, &known, options, &mut problems)?;
    if problems.has_errors() {
        return Err(DetectError::Input(problems));
    }
    let (flags, found) = look(&asked, Tables { known, stored }, &options.engine, language)?;
    let bytes = as_csv(&flags).map_err(|e| DetectError::file(&round.join(FLAGS), e.into()))?;
    replace(&round.join(FLAGS), &bytes)?;
    Ok(Report { flags, found, problems })
}

/// Makes the tables that the detectors name.
fn stored(
    round: &Path,
    asked: &[(Detector, BTreeMap<String, SettingValue>)],
    known: &BTreeMap<String, Table>,
    options: &Options,
    problems: &mut Problems,
) -> Result<Stored, DetectError> {
    // A table that is made of another is made with it.
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for name in asked.iter().flat_map(|(detector, _)| detector.needs.iter().chain(&detector.may_use)) {
        let table = |name: &str| {
            let absent = || DetectError::detector("data/tables.toml", format!("there is no table {name}"));
            known.get(name).ok_or_else(absent)
        };
        let named = table(name)?;
        let source = named.made_of.as_ref().map_or(Ok(named), |(source, _)| table(source))?;
        wanted.insert(&source.name, files(round, source)?);
    }
    let mut stored = Stored::default();
    // A round without any table is asked nothing.
    if wanted.values().all(Vec::is_empty) {
        return Ok(stored);
    }
    let threads = match options.engine {
        Engine::Local { threads } => threads,
        Engine::Ballista(_) => 0,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(|e| DetectError::file(Path::new("threads"), std::io::Error::other(e)))?;
    let at_work = (&pool, options.part_rows.max(1));
    for (name, files) in &wanted {
        let made: Vec<&Table> =
            known.values().filter(|table| table.name != *name && table.is_or_made_of(name)).collect();
        if let Some(folders) = parquet(round, (&known[*name], &made), files, at_work, problems)? {
            if !files.is_empty() {
                stored.present.extend(folders.keys().cloned());
            }
            stored.folders.extend(folders);
        }
    }
    Ok(stored)
}

fn chosen(only: &[String]) -> Result<Vec<Detector>, DetectError> {
    let all = detectors()?;
    if let Some(unknown) = only.iter().find(|id| all.iter().all(|d| d.id != **id)) {
        let known = all.iter().map(|d| d.id.as_str());
        let meant = did_you_mean(unknown, known);
        return Err(DetectError::detector(unknown, format!("there is no such detector.{meant}")));
    }
    Ok(all.into_iter().filter(|d| only.is_empty() || only.contains(&d.id)).collect())
}

/// The rules of the round; a round without any has neither a language nor settings.
fn policy(round: &Path, problems: &mut Problems) -> Result<Option<Policy>, DetectError> {
    let path = round.join(POLICY);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DetectError::file(&path, error)),
    };
    let (policy, of_policy) = Policy::parse(POLICY, &text);
    // Warnings about the rules are for `adil check` to tell.
    if of_policy.has_errors() {
        problems.extend(of_policy.iter().cloned());
    }
    Ok(policy)
}

fn of_round(policy: &Policy) -> Option<Language> {
    let pack = || country::pack(&policy.round.country).map(country::CountryPack::default_language);
    policy.round.language.or_else(pack)
}

/// What the policy says of detectors. One that nobody knows would never find anything, so it is refused.
fn rules(policy: &Policy, problems: &mut Problems) -> Vec<DetectorRules> {
    let known: Vec<String> =
        detectors().map(|all| all.into_iter().map(|d| d.id).collect()).unwrap_or_default();
    let rule = |rule: &adil_policy::DetectorRule| {
        if !known.contains(&rule.id) {
            let message = format!("There is no detector `{}`.", rule.id);
            problems.push(
                Problem::error("unknown-detector", rule.meta.place.clone(), message)
                    .hint(did_you_mean(&rule.id, known.iter().map(String::as_str))),
            );
        }
        let settings = rule.settings.iter().map(|(name, value)| {
            // A decimal literal of a policy is exact; a whole one stays whole.
            let value = match value.to_i64().filter(|n| Rational::from(*n) == *value) {
                Some(whole) => SettingValue::Integer(whole),
                None => SettingValue::Number(value.to_f64()),
            };
            (name.clone(), value)
        });
        DetectorRules { id: rule.id.clone(), place: rule.meta.place.clone(), settings: settings.collect() }
    };
    policy.detectors.iter().map(rule).collect()
}

/// Writes a file as a whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), DetectError> {
    let fresh = path.with_extension("csv.new");
    fs::write(&fresh, bytes).map_err(|e| DetectError::file(&fresh, e))?;
    fs::rename(&fresh, path).map_err(|e| DetectError::file(path, e))
}
