//! Where the questions are answered.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::common::ScalarValue;
use datafusion::datasource::MemTable;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};

use crate::DetectError;
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
    /// A scheduler of Ballista under this address.
    Ballista(String),
}

impl Engine {
    /// A session in which tables can be registered and questions asked. The same for every engine.
    pub(crate) fn session(&self) -> Result<SessionContext, DetectError> {
        match self {
            Self::Local { threads } => {
                let config = SessionConfig::new().with_target_partitions((*threads).max(1));
                Ok(SessionContext::new_with_config(config))
            }
            Self::Ballista(address) => Err(DetectError::Engine(address.clone())),
        }
    }
}

/// Makes a table known: its Parquet files, or nothing where the round has none.
pub(crate) async fn register(
    session: &SessionContext,
    table: &Table,
    folder: Option<&Path>,
) -> Result<(), DetectError> {
    let failed = |e| DetectError::query(format!("table {}", table.name), e);
    if let Some(folder) = folder {
        let schema = table.schema();
        let options = ParquetReadOptions::default().schema(&schema);
        let path = format!("{}/", folder.display());
        session.register_parquet(&table.name, &path, options).await.map_err(failed)
    } else {
        let nothing = RecordBatch::new_empty(table.schema());
        let held = MemTable::try_new(table.schema(), vec![vec![nothing]]).map_err(failed)?;
        session.register_table(&table.name, Arc::new(held)).map(drop).map_err(failed)
    }
}

/// An answer: names of columns, and rows of text; `None` is nothing known.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

/// Asks one question.
pub(crate) async fn ask(
    session: &SessionContext,
    id: &str,
    sql: &str,
    settings: &BTreeMap<String, SettingValue>,
) -> Result<Answer, DetectError> {
    let failed = |e| DetectError::query(format!("detector {id}"), e);
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
    let frame = session.sql(sql).await.and_then(|frame| frame.with_param_values(values)).map_err(failed)?;
    let columns = frame.schema().fields().iter().map(|f| f.name().clone()).collect();
    let mut rows = Vec::new();
    for batch in frame.collect().await.map_err(failed)? {
        read(&batch, &mut rows).map_err(|e| DetectError::query(format!("detector {id}"), e))?;
    }
    Ok(Answer { columns, rows })
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
