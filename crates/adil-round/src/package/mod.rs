//! `datapackage.json`: what the tables of a round are, where they come from, under which licence and as of
//! when.
//!
//! The format is Frictionless Data Package (versions 1 and 2). Three properties are ours, as the standard
//! allows: `as_of` (a day, of a resource, of the whole package or of one field), `unit` and `source` (of a field), `simulated`
//! (`true` when the data is made up). A `title` or `description` may be an object of texts by language.

mod check;
mod contract;
mod draft;
mod read;

use std::collections::BTreeMap;

use adil_domain::{Date, LocalizedText, Problems};
use serde_json::Value;

use crate::table::ColumnType;

pub use contract::{CONTRACT, ContractColumn, ContractTable, contract_column, contract_table, contract_type};
pub use draft::{Statement, draft};

/// The file's name in a round folder.
pub const FILE: &str = "datapackage.json";

/// The description of a round's tables.
#[derive(Debug, Clone, PartialEq)]
pub struct DataPackage {
    name: String,
    title: LocalizedText,
    simulated: bool,
    resources: Vec<Resource>,
    /// What was read, for a draft that keeps all of it.
    raw: Value,
}

/// One table of a round, or several of the same shape.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resource {
    name: String,
    paths: Vec<String>,
    title: LocalizedText,
    description: LocalizedText,
    encoding: Option<String>,
    delimiter: Option<char>,
    licences: Vec<Licence>,
    sources: Vec<Source>,
    as_of: Option<Date>,
    hash: Option<String>,
    bytes: Option<u64>,
    simulated: bool,
    /// `None` when the columns are not described.
    fields: Option<Vec<Field>>,
    primary_key: Vec<String>,
    foreign_keys: Vec<ForeignKey>,
    line: Option<u64>,
}

/// A column as described.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    name: String,
    kind: FieldType,
    title: LocalizedText,
    description: LocalizedText,
    unit: Option<String>,
    source: Option<String>,
    as_of: Option<Date>,
    constraints: Constraints,
}

/// The types of the standard, as far as tables of a round use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldType {
    /// `string`.
    String,
    /// `number`: a decimal.
    Number,
    /// `integer`: a decimal without a fraction.
    Integer,
    /// `boolean`: `true` or `false`.
    Boolean,
    /// `date`: `2023-12-31`.
    Date,
    /// `datetime`: `2023-12-31T18:30:00Z`.
    DateTime,
    /// `year`: four digits.
    Year,
    /// `yearmonth`: `2023-12`.
    YearMonth,
    /// `any`, or no type given: nothing is said about the cells.
    Any,
    /// A type of the standard that is read as text and not checked.
    Unchecked,
}

impl FieldType {
    /// What the cells are to a policy; `None` when the description does not say.
    pub const fn column_type(self) -> Option<ColumnType> {
        match self {
            Self::Number | Self::Integer | Self::Year => Some(ColumnType::Number),
            Self::Boolean => Some(ColumnType::Truth),
            Self::Date => Some(ColumnType::Date),
            Self::String | Self::DateTime | Self::YearMonth | Self::Unchecked => Some(ColumnType::Text),
            Self::Any => None,
        }
    }
}

/// What the cells of a field must keep to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    required: bool,
    unique: bool,
    allowed: Option<Vec<String>>,
    minimum: Option<String>,
    maximum: Option<String>,
    min_length: Option<u64>,
    max_length: Option<u64>,
    pattern: Option<String>,
}

/// Columns whose values must be found in another table, or in the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ForeignKey {
    fields: Vec<String>,
    /// `None` for the table itself.
    resource: Option<String>,
    reference_fields: Vec<String>,
}

/// The terms under which a table may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Licence {
    /// Short name, such as `CC-BY-4.0`.
    pub name: Option<String>,
    /// Name in words.
    pub title: Option<String>,
    /// Where its text can be read.
    pub path: Option<String>,
}

/// Where a table comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Short name, by which a policy may ask for it (ours; the standard has only a title).
    pub name: Option<String>,
    /// Name in words.
    pub title: Option<String>,
    /// Where it was published.
    pub path: Option<String>,
}

impl DataPackage {
    /// Reads `datapackage.json`. `None` when it is no JSON object; everything else that is wrong is reported
    /// and left out.
    pub fn read(bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        read::read(bytes, problems)
    }

    /// The package's name, empty when it has none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The package's title.
    pub fn title(&self) -> &LocalizedText {
        &self.title
    }

    /// Whether the package or any table of it says that its data is simulated.
    pub fn simulated(&self) -> bool {
        self.simulated || self.resources.iter().any(|r| r.simulated)
    }

    /// The tables described, in the order of the file.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The description of a file, by its path in the round folder.
    pub fn resource_for(&self, file: &str) -> Option<&Resource> {
        self.resources.iter().find(|r| r.paths.iter().any(|p| p == file))
    }

    /// Checks the description against the tables and files of the round: every column, type, constraint and
    /// key.
    ///
    /// `files` are the files that a decision reads, by path; of others, only [`DataPackage::missing`] can tell.
    pub fn check<K: std::borrow::Borrow<str> + Ord>(
        &self,
        tables: &BTreeMap<K, crate::table::Table>,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Problems {
        check::check(self, tables, files)
    }

    /// Reports every described file that is not there: `missing-file`.
    pub fn missing(&self, exists: impl Fn(&str) -> bool) -> Problems {
        check::missing(self, exists)
    }
}

impl Resource {
    /// Its name in the package.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its files, relative to the round folder.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Its title.
    pub fn title(&self) -> &LocalizedText {
        &self.title
    }

    /// Its description.
    pub fn description(&self) -> &LocalizedText {
        &self.description
    }

    /// The day on which the data was true, its own or the package's.
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// Where it comes from, its own sources or the package's; placeholders of a draft are left out.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The first source's short name, or its title.
    pub fn source_name(&self) -> Option<&str> {
        self.sources.iter().find_map(|s| s.name.as_deref().or(s.title.as_deref()))
    }

    /// Licences, its own or the package's; placeholders of a draft are left out.
    pub fn licences(&self) -> &[Licence] {
        &self.licences
    }

    /// The first licence's short name, or its title, or where it can be read.
    pub fn licence(&self) -> Option<&str> {
        self.licences.iter().find_map(|l| l.name.as_deref().or(l.title.as_deref()).or(l.path.as_deref()))
    }

    /// Whether the table says of itself that it is simulated.
    pub fn simulated(&self) -> bool {
        self.simulated
    }

    /// The columns described, in the order of the file.
    pub fn fields(&self) -> &[Field] {
        self.fields.as_deref().unwrap_or(&[])
    }

    /// The description of a column.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().iter().find(|f| f.name == name)
    }

    /// The columns that are together unique.
    pub fn primary_key(&self) -> &[String] {
        &self.primary_key
    }
}

impl Field {
    /// The column's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type as described.
    pub fn field_type(&self) -> FieldType {
        self.kind
    }

    /// What the cells are to a policy; `None` when the description does not say.
    pub fn column_type(&self) -> Option<ColumnType> {
        self.kind.column_type()
    }

    /// The column in words.
    pub fn title(&self) -> &LocalizedText {
        &self.title
    }

    /// More about it.
    pub fn description(&self) -> &LocalizedText {
        &self.description
    }

    /// The name of the source of this column alone, where it is not the resource's.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The day on which this column was true, where it is not the resource's.
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }
}
