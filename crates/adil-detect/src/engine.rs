//! Where the questions are answered.

use std::collections::BTreeMap;
use std::path::{self, Path};
use std::sync::Arc;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::common::ScalarValue;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};

use crate::DetectError;
use crate::cluster::{self, Scheduler};
use crate::detector::SettingValue;
use crate::schema::Table;

/// What answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// This machine, with so many threads.
    Local {
        /// How many.
        threads: usize,
    },
    /// A cluster.
    Ballista(Scheduler),
}

impl Engine {
    /// A session in which tables can be registered and questions asked. The same for every engine.
    pub(crate) async fn session(&self) -> Result<Session, DetectError> {
        Ok(match self {
            Self::Local { threads } => {
                let config = SessionConfig::new().with_target_partitions((*threads).max(1));
                Session { context: SessionContext::new_with_config(config), scheduler: None }
            }
            Self::Ballista(scheduler) => {
                Session { context: scheduler.session().await?, scheduler: Some(scheduler.clone()) }
            }
        })
    }
}

/// An answer: names of columns, and rows of text; `None` is nothing known.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

/// Tables, and somebody who answers questions about them.
pub(crate) struct Session {
    context: SessionContext,
    scheduler: Option<Scheduler>,
}

impl Session {
    /// Makes a table known: the Parquet files of a folder.
    pub(crate) async fn register(&self, table: &Table, folder: &Path) -> Result<(), DetectError> {
        let schema = table.schema();
        let options = ParquetReadOptions::default().schema(&schema);
        // Other machines have another working directory.
        let folder = path::absolute(folder).map_err(|e| DetectError::file(folder, e))?;
        let path = format!("{}/", folder.display());
        let known = self.context.register_parquet(&table.name, &path, options).await;
        known.map_err(|e| DetectError::query(format!("table {}", table.name), e))
    }

    /// Asks one question.
    pub(crate) async fn ask(
        &self,
        what: &str,
        sql: &str,
        settings: &BTreeMap<String, SettingValue>,
    ) -> Result<Answer, DetectError> {
        let failed = |e| DetectError::query(what, e);
        if self.scheduler.is_some() {
            cluster::name(&self.context, what).map_err(failed)?;
        }
        let values: Vec<(String, ScalarValue)> = settings
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    SettingValue::Integer(n) => ScalarValue::Int64(Some(*n)),
                    SettingValue::Number(n) => ScalarValue::Float64(Some(*n)),
                    SettingValue::Text(t) => ScalarValue::Utf8(Some(t.clone())),
                };
                (name.clone(), value)
            })
            .collect();
        let question =
            self.context.sql(sql).await.and_then(|q| q.with_param_values(values)).map_err(failed)?;
        let columns = question.schema().fields().iter().map(|f| f.name().clone()).collect();
        let batches = match &self.scheduler {
            None => question.collect().await.map_err(failed)?,
            Some(scheduler) => scheduler.collect(what, question).await?,
        };
        let mut rows = Vec::new();
        for batch in batches {
            read(&batch, &mut rows).map_err(|e| DetectError::query(what, e))?;
        }
        Ok(Answer { columns, rows })
    }

    /// Holds a cluster to the rows that this machine counts. A machine that does not see the round's folder takes its tables
    /// for empty, and would find nothing, which nobody could tell from an honest round.
    pub(crate) async fn sees(&self, table: &Table, folder: &Path) -> Result<(), DetectError> {
        let Some(scheduler) = &self.scheduler else { return Ok(()) };
        let machine = Engine::Local { threads: 1 }.session().await?;
        machine.register(table, folder).await?;
        let (here, there) = (machine.rows(table).await?, self.rows(table).await?);
        if here == there {
            return Ok(());
        }
        Err(scheduler.failed(format!(
            "{} has {here} rows on this machine and {there} there. The folder {} must lie under this very path on the \
             scheduler's machine and on every executor's.",
            table.name,
            folder.display()
        )))
    }

    async fn rows(&self, table: &Table) -> Result<String, DetectError> {
        let (what, sql) =
            (format!("counting {}", table.name), format!("SELECT count(*) AS n FROM {}", table.name));
        let answer = self.ask(&what, &sql, &BTreeMap::new()).await?;
        Ok(answer.rows.concat().into_iter().flatten().collect())
    }
}

fn read(
    batch: &RecordBatch,
    rows: &mut Vec<Vec<Option<String>>>,
) -> Result<(), datafusion::arrow::error::ArrowError> {
    let options = FormatOptions::default();
    let shown: Vec<ArrayFormatter<'_>> = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column.as_ref(), &options))
        .collect::<Result<_, _>>()?;
    for row in 0..batch.num_rows() {
        let cell = |(column, shown): (&Arc<dyn Array>, &ArrayFormatter<'_>)| {
            column.is_valid(row).then(|| shown.value(row).to_string())
        };
        rows.push(batch.columns().iter().zip(&shown).map(cell).collect());
    }
    Ok(())
}
