//! A round looked at by every detector.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use adil_domain::problem::did_you_mean;
use adil_domain::{Language, Problem, Problems, Rational, country};
use adil_policy::Policy;

use crate::DetectError;
use crate::detector::{Detector, SettingValue, detectors};
use crate::engine::Engine;
use crate::flags::{FLAGS, Flag, as_csv, flags};
use crate::schema::{Table, tables};
use crate::settings::{DetectorRules, settings};
use crate::store::{Stored, files, parquet};

const POLICY: &str = "policy.toml";
/// Bytes of a thread's stack: plans of long questions are deep.
const STACK: usize = 16 << 20;

/// How to look.
#[derive(Debug, Clone)]
pub struct Options {
    /// What answers.
    pub engine: Engine,
    /// Of the sentences; else that of the round, else English.
    pub language: Option<Language>,
    /// Only these detectors; all where none is named.
    pub only: Vec<String>,
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
    let values: Vec<BTreeMap<String, SettingValue>> =
        chosen.iter().map(|detector| settings(detector, Some(&rules), &mut problems)).collect();
    let tables = tables()?;
    let mut read: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let wanted: BTreeSet<&str> =
        chosen.iter().flat_map(|d| d.needs.iter().chain(&d.may_use)).map(String::as_str).collect();
    for name in wanted {
        let table = tables
            .get(name)
            .ok_or_else(|| DetectError::detector("data/tables.toml", format!("there is no table {name}")))?;
        read.insert(&table.name, files(round, table)?);
    }
    let mut stored = Stored::default();
    // A round without any table is asked nothing.
    if read.values().any(|files| !files.is_empty()) {
        for (name, files) in &read {
            if let Some(folder) = parquet(round, &tables[*name], files, &mut problems)? {
                stored.folders.insert((*name).to_owned(), folder);
            }
            if !files.is_empty() {
                stored.present.insert((*name).to_owned());
            }
        }
    }
    if problems.has_errors() {
        return Err(DetectError::Input(problems));
    }
    let (flags, found) = looked(&chosen, &values, &tables, &stored, options, language)?;
    let bytes = as_csv(&flags).map_err(|e| DetectError::file(&round.join(FLAGS), e.into()))?;
    replace(&round.join(FLAGS), &bytes)?;
    Ok(Report { flags, found, problems })
}

fn looked(
    chosen: &[Detector],
    values: &[BTreeMap<String, SettingValue>],
    tables: &BTreeMap<String, Table>,
    stored: &Stored,
    options: &Options,
    language: Language,
) -> Result<(Vec<Flag>, Vec<Found>), DetectError> {
    let threads = match options.engine {
        Engine::Local { threads } => threads.max(1),
        Engine::Ballista(_) => 1,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(|e| DetectError::file(Path::new("threads"), e))?;
    let work = look(chosen, values, tables, stored, &options.engine, language);
    runtime.block_on(work)
}

async fn look(
    chosen: &[Detector],
    values: &[BTreeMap<String, SettingValue>],
    tables: &BTreeMap<String, Table>,
    stored: &Stored,
    engine: &Engine,
    language: Language,
) -> Result<(Vec<Flag>, Vec<Found>), DetectError> {
    let session = engine.session().await?;
    for (name, folder) in &stored.folders {
        session.register(&tables[name], folder).await?;
    }
    for name in &stored.present {
        session.sees(&tables[name], &stored.folders[name]).await?;
    }
    let (mut all, mut found) = (Vec::new(), Vec::new());
    for (detector, values) in chosen.iter().zip(values) {
        let absent = |name: &&String| !stored.present.contains(*name);
        let needs: Vec<String> =
            detector.needs.iter().filter(absent).map(|n| tables[n].files.clone()).collect();
        let state = if needs.is_empty() {
            let answer = session.ask(&format!("detector {}", detector.id), &detector.sql, values).await?;
            let flags = flags(detector, answer, language)?;
            let count = |severity: &str| flags.iter().filter(|f| f.severity == severity).count();
            let counts = ["low", "medium", "high"].map(count);
            all.extend(flags);
            State::Looked { counts }
        } else {
            State::CannotLook { needs }
        };
        let title = detector.title.text(language).to_owned();
        found.push(Found { id: detector.id.clone(), title, state });
    }
    Ok((all, found))
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
