//! Which tables detectors may ask for, from `data/tables.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use serde::Deserialize;

use crate::DetectError;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Text,
    Integer,
    Decimal,
    Date,
    Month,
    Datetime,
    Boolean,
}

/// Digits of a decimal and those after its point.
pub(crate) const DECIMAL: (u8, i8) = (18, 2);

impl Kind {
    pub(crate) const fn arrow(self) -> DataType {
        match self {
            Self::Text | Self::Month => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Decimal => DataType::Decimal128(DECIMAL.0, DECIMAL.1),
            Self::Date => DataType::Date32,
            Self::Datetime => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Boolean => DataType::Boolean,
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Decimal => "a number",
            Self::Date => "a date such as 2023-04-30",
            Self::Month => "a month such as 2023-04",
            Self::Datetime => "a time such as 2023-04-30T18:30:00",
            Self::Boolean => "true or false",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) needed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WrittenColumn {
    Plain((String, Kind)),
    Needed((String, Kind, String)),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    files: String,
    month_of_file: Option<String>,
    line: Option<String>,
    columns: Vec<WrittenColumn>,
    #[serde(default)]
    unique: Vec<String>,
    order: Vec<String>,
    begins: Option<String>,
    ends: Option<String>,
}

/// A table of a round.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// A file of the round folder, or with a slash at its end a folder of files.
    pub(crate) files: String,
    pub(crate) month_of_file: Option<String>,
    pub(crate) line: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) unique: Vec<String>,
    pub(crate) order: Vec<String>,
    /// Columns of a beginning and an end, which can't be exchanged.
    pub(crate) span: Option<(String, String)>,
}

impl Table {
    /// The columns as detectors see them: those of the file, then those of its name and order.
    pub(crate) fn schema(&self) -> SchemaRef {
        let mut fields: Vec<Field> =
            self.columns.iter().map(|c| Field::new(&c.name, c.kind.arrow(), true)).collect();
        fields.extend(self.month_of_file.iter().map(|name| Field::new(name, DataType::Utf8, true)));
        fields.extend(self.line.iter().map(|name| Field::new(name, DataType::Int64, true)));
        Arc::new(Schema::new(fields))
    }
}

/// All tables by name.
pub(crate) fn tables() -> Result<BTreeMap<String, Table>, DetectError> {
    let written: BTreeMap<String, WrittenTable> = toml::from_str(include_str!("../data/tables.toml"))
        .map_err(|error| DetectError::detector("data/tables.toml", error.to_string()))?;
    let column = |column| match column {
        WrittenColumn::Plain((name, kind)) => Column { name, kind, needed: false },
        WrittenColumn::Needed((name, kind, word)) => Column { name, kind, needed: word == "needed" },
    };
    let table = |(name, written): (String, WrittenTable)| {
        let table = Table {
            name: name.clone(),
            files: written.files,
            month_of_file: written.month_of_file,
            line: written.line,
            columns: written.columns.into_iter().map(column).collect(),
            unique: written.unique,
            order: written.order,
            span: written.begins.zip(written.ends),
        };
        (name, table)
    };
    Ok(written.into_iter().map(table).collect())
}
