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
    files: Option<String>,
    #[serde(default)]
    parts: bool,
    made_of: Option<String>,
    question: Option<String>,
    month_of_file: Option<String>,
    line: Option<String>,
    #[serde(default)]
    numbers: BTreeMap<String, Vec<String>>,
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
    /// Kept in parts, each a range of the first column of its order.
    pub(crate) parts: bool,
    /// Of a table that is no file: the one that it is made of, and the question whose answer it is.
    pub(crate) made_of: Option<(String, String)>,
    pub(crate) month_of_file: Option<String>,
    pub(crate) line: Option<String>,
    /// Columns that are numbers for what stands in others.
    pub(crate) numbers: BTreeMap<String, Vec<String>>,
    pub(crate) columns: Vec<Column>,
    pub(crate) unique: Vec<String>,
    pub(crate) order: Vec<String>,
    /// Columns of a beginning and an end, which can't be exchanged.
    pub(crate) span: Option<(String, String)>,
}

impl Table {
    /// Where a row stands, as long as the table is being made: the number of its file and the line there.
    pub(crate) const TOLD: [&str; 2] = ["file of row", "line of row"];

    /// The columns that files tell, then where the row stands.
    pub(crate) fn told_schema(&self) -> SchemaRef {
        let own = self.file_schema();
        let place = Self::TOLD.iter().zip([DataType::Int32, DataType::Int64]);
        let place = place.map(|(name, kind)| Arc::new(Field::new(*name, kind, false)));
        Arc::new(Schema::new(own.fields().iter().cloned().chain(place).collect::<Vec<_>>()))
    }

    /// Whether it is the table of this name, or is made of it.
    pub(crate) fn is_or_made_of(&self, name: &str) -> bool {
        self.name == name || self.made_of.as_ref().is_some_and(|(source, _)| source == name)
    }

    /// The columns as detectors see them: those of the files, then numbers.
    pub(crate) fn schema(&self) -> SchemaRef {
        let own = self.file_schema();
        let numbers = self.numbers.keys().map(|name| Arc::new(Field::new(name, DataType::Int64, true)));
        Arc::new(Schema::new(own.fields().iter().cloned().chain(numbers).collect::<Vec<_>>()))
    }

    /// The columns of the file, then those of its name and order.
    pub(crate) fn file_schema(&self) -> SchemaRef {
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
    let column = |column: &WrittenColumn| match column {
        WrittenColumn::Plain((name, kind)) => Column { name: name.clone(), kind: *kind, needed: false },
        WrittenColumn::Needed((name, kind, word)) => {
            Column { name: name.clone(), kind: *kind, needed: word == "needed" }
        }
    };
    let files_of = |table: &WrittenTable| {
        let source = table.made_of.as_ref().and_then(|source| written.get(source));
        source.unwrap_or(table).files.clone().unwrap_or_default()
    };
    let table = |(name, table): (&String, &WrittenTable)| {
        let made = Table {
            name: name.clone(),
            files: files_of(table),
            parts: table.parts,
            made_of: table.made_of.clone().zip(table.question.clone()),
            month_of_file: table.month_of_file.clone(),
            line: table.line.clone(),
            numbers: table.numbers.clone(),
            columns: table.columns.iter().map(column).collect(),
            unique: table.unique.clone(),
            order: table.order.clone(),
            span: table.begins.clone().zip(table.ends.clone()),
        };
        (name.clone(), made)
    };
    Ok(written.iter().map(table).collect())
}
