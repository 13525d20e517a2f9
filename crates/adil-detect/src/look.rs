//! Every detector asked, the whole round at once or a part of it after another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use adil_domain::Language;
use futures::StreamExt;
use futures::stream;

use crate::DetectError;
use crate::detector::{Detector, SettingValue};
use crate::engine::{Answer, Engine, Rows, Session};
use crate::flags::{Flag, flags};
use crate::round::{Found, State};
use crate::schema::Table;
use crate::shared;
use crate::store::Stored;

/// Questions asked at once: while one waits for the last of its threads, the other goes on.
const AT_ONCE: usize = 2;
/// What a thread needs to plan the longest question.
pub(crate) const STACK: usize = 16 << 20;

/// The tables of a round, made and ready.
pub(crate) struct Tables {
    pub(crate) known: BTreeMap<String, Table>,
    pub(crate) stored: Stored,
}

impl Tables {
    /// The files of a round that a detector lacks.
    fn lacks(&self, detector: &Detector) -> Vec<String> {
        let absent = detector.needs.iter().filter(|name| !self.stored.present.contains(*name));
        // A table and what is made of it are the same files.
        let files: BTreeSet<String> = absent.map(|name| self.known[name].files.clone()).collect();
        files.into_iter().collect()
    }

    /// The tables that a detector may name, and where each is.
    fn of<'a>(&'a self, detector: &'a Detector) -> impl Iterator<Item = (&'a Table, &'a Path)> {
        let names = detector.needs.iter().chain(&detector.may_use);
        names.filter_map(|name| Some((&self.known[name], self.stored.folders.get(name)?.as_path())))
    }
}

/// Asks every detector.
pub(crate) fn look(
    chosen: &[(Detector, BTreeMap<String, SettingValue>)],
    tables: Tables,
    engine: &Engine,
    language: Language,
) -> Result<(Vec<Flag>, Vec<Found>), DetectError> {
    let threads = match engine {
        Engine::Local { threads } => (*threads).max(1),
        Engine::Ballista(_) => 1,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(|e| DetectError::file(Path::new("threads"), e))?;
    runtime.block_on(ask_all(chosen, Arc::new(tables), engine, threads, language))
}

async fn ask_all(
    chosen: &[(Detector, BTreeMap<String, SettingValue>)],
    tables: Arc<Tables>,
    engine: &Engine,
    threads: usize,
    language: Language,
) -> Result<(Vec<Flag>, Vec<Found>), DetectError> {
    let session = Arc::new(engine.session().await?);
    if !session.is_here() {
        for (name, folder) in &tables.stored.folders {
            session.register(&tables.known[name], folder).await?;
        }
        for name in &tables.stored.present {
            session.sees(&tables.known[name], &tables.stored.folders[name]).await?;
        }
    }
    let can_look = chosen.iter().filter(|(detector, _)| tables.lacks(detector).is_empty()).cloned();
    let mut answers = stream::iter(can_look)
        .map(|(detector, values)| {
            let (session, tables) = (Arc::clone(&session), Arc::clone(&tables));
            tokio::spawn(async move { ask(&session, &tables, threads, &detector, &values).await })
        })
        .buffered(if session.is_here() { AT_ONCE } else { 1 });
    let (mut all, mut found) = (Vec::new(), Vec::new());
    for (detector, _) in chosen {
        let needs = tables.lacks(detector);
        let state = if needs.is_empty() {
            let not_asked = || DetectError::detector(&detector.id, "it was not asked");
            let answer = answers.next().await.ok_or_else(not_asked)?;
            let answer = answer.map_err(|e| DetectError::file(Path::new("threads"), e.into()))??;
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

async fn ask(
    session: &Session,
    tables: &Arc<Tables>,
    threads: usize,
    detector: &Detector,
    values: &BTreeMap<String, SettingValue>,
) -> Result<Answer, DetectError> {
    let what = format!("detector {}", detector.id);
    if !session.is_here() {
        return session.ask(&what, &detector.sql, values).await?.told(&what);
    }
    // What questions keep on the way is their own.
    let session = session.beside(threads);
    for (table, folder) in tables.of(detector) {
        session.register(table, folder).await?;
    }
    let files =
        detector.in_parts_of.as_ref().map_or_else(|| Ok(Vec::new()), |table| tables.stored.parts(table))?;
    if files.len() < 2 {
        return session.ask(&what, &detector.sql, values).await?.told(&what);
    }
    let parts = Parts { tables, detector, values, files: Arc::new(files), threads };
    if detector.in_parts.is_empty() {
        return parts.ask(&session, &what, &detector.sql).await?.told(&what);
    }
    let mut question = detector.sql.clone();
    for name in &detector.in_parts {
        let (query, rest) = shared::split(&question, name).map_err(|e| DetectError::query(&what, e))?;
        session.keep(&shared::table(name), parts.ask(&session, &what, &query).await?)?;
        question = rest;
    }
    session.ask(&what, &question, values).await?.told(&what)
}

/// The parts of a table, to be asked the same.
struct Parts<'a> {
    tables: &'a Arc<Tables>,
    detector: &'a Detector,
    values: &'a BTreeMap<String, SettingValue>,
    files: Arc<Vec<PathBuf>>,
    threads: usize,
}

impl Parts<'_> {
    /// Asks every part, each with one thread: neighbours are asked on the others.
    async fn ask(&self, session: &Session, what: &str, sql: &str) -> Result<Rows, DetectError> {
        let workers: Vec<_> = (0..self.threads)
            .map(|first| {
                let (tables, files) = (Arc::clone(self.tables), Arc::clone(&self.files));
                let (detector, values, session) =
                    (self.detector.clone(), self.values.clone(), session.beside(1));
                let (what, sql, step) = (what.to_owned(), sql.to_owned(), self.threads);
                tokio::spawn(async move {
                    let mut answers = Vec::new();
                    for part in files.iter().skip(first).step_by(step) {
                        let session = session.beside(1);
                        for (table, folder) in tables.of(&detector) {
                            session.register(table, &place(table, folder, part, &detector)).await?;
                        }
                        answers.push(session.ask(&what, &sql, &values).await?);
                    }
                    Ok::<_, DetectError>(answers)
                })
            })
            .collect();
        let mut whole: Option<Rows> = None;
        for worker in workers {
            let answers = worker.await.map_err(|e| DetectError::file(Path::new("threads"), e.into()))?;
            for answer in answers? {
                match &mut whole {
                    Some(whole) => whole.batches.extend(answer.batches),
                    None => whole = Some(answer),
                }
            }
        }
        whole.ok_or_else(|| DetectError::detector(&self.detector.id, "there is no part to ask"))
    }
}

/// Where the rows of a table are that belong to a part: in one file where the table is in the same parts, else in all.
fn place(table: &Table, folder: &Path, part: &Path, detector: &Detector) -> PathBuf {
    let in_parts = detector.in_parts_of.as_ref().is_some_and(|name| table.is_or_made_of(name));
    match part.file_name() {
        Some(name) if in_parts => folder.join(name),
        _ => folder.to_owned(),
    }
}
