//! A draft of `datapackage.json`: what can be seen in the tables, and plainly marked gaps for what only
//! people know.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{ContractTable, DataPackage, contract_column, contract_table};
use crate::table::{ColumnType, Table, infer_type, is_date_time};

/// Marks what a person must fill in; reading takes a text with it as not stated.
const MARK: &str = "not yet stated";

/// Whether a text is a gap of a draft that nobody has filled in yet.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.replace('-', " ").to_lowercase().contains(MARK)
}

/// Writes a package of the tables, or adds to `existing` what it lacks: tables, columns, types, keys.
///
/// Nothing that an existing package says is changed or reordered. Licence, source and as-of date are written as
/// *not yet stated* and go on being reported until somebody fills them in. The same tables give the same text.
pub fn draft<K: Borrow<str> + Ord>(
    name: &str,
    tables: &BTreeMap<K, Table>,
    existing: Option<&DataPackage>,
) -> String {
    let mut root = existing.and_then(|e| e.raw.as_object()).cloned().unwrap_or_else(|| new_package(name));
    let mut resources = match root.get("resources") {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    let general: BTreeSet<String> = root.keys().cloned().collect();
    // Names first: foreign keys refer to resources by name, also to those that are only now added.
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for file in tables.keys() {
        let file: &str = file.borrow();
        let described = existing.and_then(|e| e.resource_for(file)).map(|r| r.name().to_owned());
        let taken = |n: &str| {
            names.values().any(|v| v == n)
                || existing.is_some_and(|e| e.resources().iter().any(|r| r.name() == n))
        };
        let name = described.unwrap_or_else(|| free_name(&slug(file), taken));
        names.insert(file.to_owned(), name);
    }
    for (file, table) in tables {
        let file: &str = file.borrow();
        let at = resources.iter().position(|r| describes(r, file));
        if let Some(Value::Object(resource)) = at.and_then(|i| resources.get_mut(i)) {
            complete(resource, file, table, tables, &names, &general);
        } else {
            let mut resource = new_resource(names.get(file).map_or("", String::as_str), file, table);
            complete(&mut resource, file, table, tables, &names, &general);
            resources.push(Value::Object(resource));
        }
    }
    root.insert("resources".to_owned(), Value::Array(resources));
    pretty(&Value::Object(root))
}

/// Where a table that a program wrote comes from; what is empty is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Names of its sources, the most trusted first.
    pub sources: Vec<String>,
    /// Its licence: name, title, address.
    pub licence: Option<[String; 3]>,
    /// The latest day on which any of its sources held.
    pub as_of: Option<String>,
}

impl Statement {
    /// Writes the statement into a package. The table was written anew, so what the package said of its source and day
    /// before no longer holds; a licence that a person stated stays while none is known.
    pub fn write(&self, package: &str, file: &str) -> String {
        let Ok(mut root) = serde_json::from_str::<Value>(package) else { return package.to_owned() };
        let resources = root.get_mut("resources").and_then(Value::as_array_mut);
        let resource = resources.and_then(|all| all.iter_mut().find(|r| describes(r, file)));
        let Some(resource) = resource.and_then(Value::as_object_mut) else { return package.to_owned() };
        if !self.sources.is_empty() {
            let sources: Vec<Value> = self.sources.iter().map(|title| json!({ "title": title })).collect();
            resource.insert("sources".to_owned(), Value::Array(sources));
        }
        if let Some([name, title, path]) = &self.licence {
            let licence = json!([{ "name": name, "title": title, "path": path }]);
            resource.insert("licenses".to_owned(), licence);
        }
        if let Some(as_of) = &self.as_of {
            resource.insert("as_of".to_owned(), json!(as_of));
        }
        pretty(&root)
    }
}

fn pretty(root: &Value) -> String {
    let mut text = serde_json::to_string_pretty(root).unwrap_or_else(|_| root.to_string());
    text.push('\n');
    text
}

fn new_package(name: &str) -> Map<String, Value> {
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    root.insert("name".to_owned(), json!(slug(name)));
    root
}

fn new_resource(name: &str, file: &str, table: &Table) -> Map<String, Value> {
    let mut resource = Map::new();
    resource.insert("name".to_owned(), json!(name));
    resource.insert("type".to_owned(), json!("table"));
    resource.insert("path".to_owned(), json!(file));
    if let Some(contract) = contract_table(file) {
        resource.insert("description".to_owned(), json!(contract.description));
    }
    resource.insert("format".to_owned(), json!("csv"));
    resource.insert("mediatype".to_owned(), json!("text/csv"));
    resource.insert("encoding".to_owned(), json!(table.encoding().to_lowercase()));
    if table.delimiter() != ',' {
        resource.insert("dialect".to_owned(), json!({ "delimiter": table.delimiter() }));
    }
    resource
}

/// Adds to a resource what it lacks.
fn complete<K: Borrow<str> + Ord>(
    resource: &mut Map<String, Value>,
    file: &str,
    table: &Table,
    tables: &BTreeMap<K, Table>,
    names: &BTreeMap<String, String>,
    general: &BTreeSet<String>,
) {
    let mut gap = |key: &str, value: Value| {
        if !resource.contains_key(key) && !general.contains(key) {
            resource.insert(key.to_owned(), value);
        }
    };
    gap("licenses", json!([{ "name": "not-yet-stated", "title": format!("licence {MARK}") }]));
    gap("sources", json!([{ "title": format!("source {MARK}") }]));
    gap("as_of", json!(format!("date {MARK}")));
    let contract = contract_table(file);
    let schema = resource.entry("schema").or_insert_with(|| json!({}));
    // A schema in another file is somebody else's to complete.
    let Value::Object(schema) = schema else { return };
    let fields = schema.entry("fields").or_insert_with(|| json!([]));
    let Value::Array(fields) = fields else { return };
    for (column, name) in table.header().iter().enumerate().filter(|(_, n)| !n.is_empty()) {
        let known = fields.iter_mut().find(|f| f.get("name").and_then(Value::as_str) == Some(name));
        match known {
            Some(Value::Object(field)) => {
                if !field.contains_key("type") {
                    field.insert("type".to_owned(), json!(type_word(file, table, column)));
                }
            }
            Some(_) => {}
            None => fields.push(new_field(file, table, column, contract)),
        }
    }
    let Some(contract) = contract else { return };
    let has = |name: &str| table.column(name).is_some();
    if !schema.contains_key("primaryKey") && !contract.key.is_empty() && contract.key.iter().all(|k| has(k)) {
        schema.insert("primaryKey".to_owned(), json!(contract.key));
    }
    if !schema.contains_key("foreignKeys") {
        let mut keys: Vec<Value> = Vec::new();
        for (column, other, other_column) in contract.references {
            let there = tables.get(*other).is_some_and(|t| t.column(other_column).is_some());
            if has(column) && there {
                // The empty name is the table itself.
                let target = if *other == file { "" } else { names.get(*other).map_or("", String::as_str) };
                keys.push(json!({
                    "fields": [column],
                    "reference": { "resource": target, "fields": [other_column] }
                }));
            }
        }
        if !keys.is_empty() {
            schema.insert("foreignKeys".to_owned(), Value::Array(keys));
        }
    }
}

fn new_field(file: &str, table: &Table, column: usize, contract: Option<&ContractTable>) -> Value {
    let name = table.name(column);
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(name));
    field.insert("type".to_owned(), json!(type_word(file, table, column)));
    if let Some(known) = contract_column(file, name) {
        field.insert("description".to_owned(), json!(known.description));
        if let Some(unit) = known.unit {
            field.insert("unit".to_owned(), json!(unit));
        }
    }
    let is_key = contract.is_some_and(|c| c.key.contains(&name));
    if is_key {
        field.insert("constraints".to_owned(), json!({ "required": true }));
    } else if (file, name) == ("checks.csv", "outcome") {
        field.insert("constraints".to_owned(), json!({ "enum": ["pass", "fail", "unknown"] }));
    }
    Value::Object(field)
}

/// The type of the standard: the contract's, else by the name for what are plainly codes, else by the cells.
fn type_word(file: &str, table: &Table, column: usize) -> &'static str {
    let name = table.name(column);
    let by_contract = contract_column(file, name).map(|c| c.column_type);
    let is_moment = name.ends_with("_at");
    let is_code = ["id", "code"]
        .iter()
        .any(|end| name == *end || name.strip_suffix(end).is_some_and(|n| n.ends_with('_')));
    let column_type = match by_contract {
        Some(known) if !(is_moment && known == ColumnType::Text) => known,
        _ if is_code => ColumnType::Text,
        _ => infer_type(table, column),
    };
    match column_type {
        ColumnType::Number if by_contract.is_none() || !is_moment => "number",
        ColumnType::Truth => "boolean",
        ColumnType::Date => "date",
        ColumnType::Text if is_moment && table.cells(column).filter(|c| !c.is_empty()).all(is_date_time) => {
            "datetime"
        }
        ColumnType::Number | ColumnType::Text | ColumnType::Empty => "string",
    }
}

fn describes(resource: &Value, file: &str) -> bool {
    let is_it = |v: &Value| v.as_str().is_some_and(|p| p.strip_prefix("./").unwrap_or(p) == file);
    match resource.get("path") {
        Some(Value::Array(paths)) => paths.iter().any(is_it),
        Some(path) => is_it(path),
        None => false,
    }
}

/// A name as the standard wants it: small letters, digits, hyphens.
fn slug(text: &str) -> String {
    let text = text.strip_suffix(".csv").unwrap_or(text).to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
    let name: String = text.chars().map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "round".to_owned() } else { name.to_owned() }
}

fn free_name(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wanted) {
        return wanted.to_owned();
    }
    // There are fewer names than that many files.
    (2..=u16::MAX).map(|n| format!("{wanted}-{n}")).find(|n| !taken(n)).unwrap_or_else(|| wanted.to_owned())
}
