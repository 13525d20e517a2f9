//! Where the questions are answered.

use std::collections::BTreeMap;
use std::path::{self, Path};
use std::sync::Arc;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::compute::{cast, concat_batches};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::common::{ParamValues, ScalarValue, TableReference};
use datafusion::datasource::MemTable;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};

use crate::DetectError;
use crate::cluster::{self, Scheduler};
use crate::detector::SettingValue;
use crate::schema::Table;
use crate::shared;

/// Rows that pass from one step of a question to the next.
const BATCH: usize = 1 << 14;
/// Bytes of a file that one thread reads alone.
const SMALLEST: usize = 1 << 16;

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
                Session { context: SessionContext::new_with_config(config(*threads)), scheduler: None }
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

/// An answer as it comes.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

impl Rows {
    /// As text.
    pub(crate) fn told(&self, what: &str) -> Result<Answer, DetectError> {
        let columns = self.schema.fields().iter().map(|f| f.name().clone()).collect();
        let mut rows = Vec::new();
        for batch in &self.batches {
            read(batch, &mut rows).map_err(|e| DetectError::query(what, e))?;
        }
        Ok(Answer { columns, rows })
    }
}

/// Tables, and somebody who answers questions about them.
pub(crate) struct Session {
    context: SessionContext,
    scheduler: Option<Scheduler>,
}

/// Files are small beside what is made of them: all threads read from the first on.
fn config(threads: usize) -> SessionConfig {
    SessionConfig::new()
        .with_target_partitions(threads.max(1))
        .with_batch_size(BATCH)
        .with_repartition_file_min_size(SMALLEST)
}

impl Session {
    /// Another session on this machine, without tables yet; both know the same files.
    pub(crate) fn beside(&self, threads: usize) -> Self {
        let context = SessionContext::new_with_config_rt(config(threads), self.context.runtime_env());
        Self { context, scheduler: None }
    }

    /// Whether this machine answers.
    pub(crate) const fn is_here(&self) -> bool {
        self.scheduler.is_none()
    }

    /// Makes a table known: the Parquet files of a folder, or one of them.
    pub(crate) async fn register(&self, table: &Table, files: &Path) -> Result<(), DetectError> {
        let schema = table.schema();
        let options = ParquetReadOptions::default().schema(&schema);
        // Other machines have another working directory.
        let absolute = path::absolute(files).map_err(|e| DetectError::file(files, e))?;
        let path = format!("{}{}", absolute.display(), if files.is_dir() { "/" } else { "" });
        let known = self.context.register_parquet(&table.name, &path, options).await;
        known.map_err(|e| DetectError::query(format!("table {}", table.name), e))
    }

    /// Makes rows known under a name.
    pub(crate) fn keep(&self, name: &str, rows: Rows) -> Result<(), DetectError> {
        let failed = |e| DetectError::query(format!("table {name}"), e);
        let table = MemTable::try_new(rows.schema, vec![rows.batches]).map_err(failed)?;
        let known = TableReference::bare(name);
        self.context.deregister_table(known.clone()).map_err(failed)?;
        self.context.register_table(known, Arc::new(table)).map_err(failed)?;
        Ok(())
    }

    /// Asks one question.
    pub(crate) async fn ask(
        &self,
        what: &str,
        sql: &str,
        settings: &BTreeMap<String, SettingValue>,
    ) -> Result<Rows, DetectError> {
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
        let values = ParamValues::from(values);
        let question = match &self.scheduler {
            None => shared::answer(&self.context, sql, &values).await,
            Some(_) => self.context.sql(sql).await.and_then(|q| q.with_param_values(values)),
        };
        let question = question.map_err(failed)?;
        let schema = Arc::clone(question.schema().inner());
        let batches = match &self.scheduler {
            None => question.collect().await.map_err(failed)?,
            Some(scheduler) => scheduler.collect(what, question).await?,
        };
        Ok(Rows { schema, batches })
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
        let answer = self.ask(&what, &sql, &BTreeMap::new()).await?.told(&what)?;
        Ok(answer.rows.concat().into_iter().flatten().collect())
    }
}

/// The rows of a table that is made of another's, of those of one of its parts.
pub(crate) fn made(table: &Table, rows: &RecordBatch) -> Result<RecordBatch, DetectError> {
    let Some((source, question)) = &table.made_of else { return Ok(rows.clone()) };
    let failed = |e| DetectError::query(format!("table {}", table.name), e);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|e| DetectError::file(Path::new("threads"), e))?;
    let config = SessionConfig::new().with_target_partitions(1);
    let context = SessionContext::new_with_config(config);
    let answer = runtime.block_on(async {
        let rows = MemTable::try_new(rows.schema(), vec![vec![rows.clone()]])?;
        context.register_table(source.as_str(), Arc::new(rows))?;
        context.sql(question).await?.collect().await
    });
    let schema = table.schema();
    let typed = |batch: &RecordBatch| {
        let columns = batch.columns().iter().zip(schema.fields());
        let columns = columns.map(|(column, field)| cast(column, field.data_type()));
        RecordBatch::try_new(Arc::clone(&schema), columns.collect::<Result<_, _>>()?)
    };
    let batches = answer.map_err(failed)?.iter().map(typed).collect::<Result<Vec<_>, _>>();
    batches.and_then(|batches| concat_batches(&schema, &batches)).map_err(|e| failed(e.into()))
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
