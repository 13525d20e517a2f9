//! From JSON to a [`DataPackage`]: every value that is not what it should be is reported with its path.

mod scalars;

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::problem::did_you_mean;
use adil_domain::{Language, Place, Problem, Problems};
use serde_json::{Map, Value};

use super::draft::is_placeholder;
use super::{Constraints, DataPackage, FILE, Field, FieldType, ForeignKey, Licence, Resource, Source};

/// Types of the standard that are read as text and not checked.
const UNCHECKED: [&str; 7] = ["object", "array", "list", "time", "duration", "geopoint", "geojson"];
const CHECKED: [(&str, FieldType); 9] = [
    ("string", FieldType::String),
    ("number", FieldType::Number),
    ("integer", FieldType::Integer),
    ("boolean", FieldType::Boolean),
    ("date", FieldType::Date),
    ("datetime", FieldType::DateTime),
    ("year", FieldType::Year),
    ("yearmonth", FieldType::YearMonth),
    ("any", FieldType::Any),
];

type Object = Map<String, Value>;

/// Reads a package; see [`DataPackage::read`].
pub(super) fn read(bytes: &[u8], problems: &mut Problems) -> Option<DataPackage> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let raw: Value = match serde_json::from_slice(bytes) {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(not_json(bytes, &error));
            return None;
        }
    };
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader { text: &text, problems };
    let package = reader.package(&raw)?;
    Some(DataPackage { raw, ..package })
}

fn not_json(bytes: &[u8], error: &serde_json::Error) -> Problem {
    if bytes.trim_ascii().is_empty() {
        return Problem::error(
            "empty-file",
            Place::file(FILE),
            "The file is empty; a JSON object was expected.",
        )
        .hint("Remove it, or let `adil check --write-package` write a draft.");
    }
    let mut place = Place::file(FILE);
    if error.line() > 0 {
        place.line = u64::try_from(error.line()).ok();
        place.column = Some(error.column().max(1).to_string());
    }
    // The place stands beside the message already.
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or(&reason);
    Problem::error("not-json", place, format!("The file is not JSON: {reason}."))
        .hint("Correct it here or just before; a comma too much or a missing quote is the usual cause.")
}

/// Reads values and keeps what is wrong with them. `at` is the path of the object, such as
/// `resources[0].schema.`.
struct Reader<'r> {
    text: &'r str,
    problems: &'r mut Problems,
}

impl Reader<'_> {
    fn package(&mut self, raw: &Value) -> Option<DataPackage> {
        let Some(object) = raw.as_object() else {
            self.wrong("", raw, "an object with `resources`");
            return None;
        };
        let language =
            self.text_of(object, "language", "").and_then(|l| l.parse().ok()).unwrap_or(Language::EN);
        let licences = self.licences(object, "");
        let sources = self.sources(object, "");
        let as_of = self.day(object, "as_of", "");
        let mut resources = Vec::new();
        match object.get("resources") {
            None => self.problems.push(
                Problem::error("no-resources", Place::file(FILE), "The package has no `resources`.")
                    .hint("List the tables, or let `adil check --write-package` add them."),
            ),
            Some(Value::Array(list)) => {
                for (i, value) in list.iter().enumerate() {
                    let at = format!("resources[{i}]");
                    if let Some(mut resource) = self.resource(value, &at, language) {
                        if resource.licences.is_empty() {
                            resource.licences.clone_from(&licences);
                        }
                        if resource.sources.is_empty() {
                            resource.sources.clone_from(&sources);
                        }
                        resource.as_of = resource.as_of.or(as_of);
                        resources.push(resource);
                    }
                }
            }
            Some(other) => self.wrong("resources", other, "a list"),
        }
        self.same_twice(&resources);
        Some(DataPackage {
            name: self.text_of(object, "name", "").unwrap_or_default(),
            title: self.localized(object, "title", "", language),
            simulated: self.truth(object, "simulated", ""),
            resources,
            raw: Value::Null,
        })
    }

    fn same_twice(&mut self, resources: &[Resource]) {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let mut paths: BTreeMap<&str, &str> = BTreeMap::new();
        for resource in resources {
            if !names.insert(&resource.name) {
                let message = format!("Two resources are named `{}`.", short(&resource.name));
                self.problems.push(
                    Problem::error("duplicate-resource", place(resource), message)
                        .hint("Give each its own name."),
                );
            }
            for path in &resource.paths {
                if let Some(first) = paths.insert(path, &resource.name) {
                    let message = format!(
                        "The file {} is described by `{}` and again by `{}`.",
                        short(path),
                        short(first),
                        short(&resource.name)
                    );
                    self.problems.push(
                        Problem::error("duplicate-resource", place(resource), message)
                            .hint("Keep one of the two descriptions; the first is the one that is used."),
                    );
                }
            }
        }
    }

    fn resource(&mut self, value: &Value, at: &str, language: Language) -> Option<Resource> {
        let Some(object) = value.as_object() else {
            self.wrong(at, value, "an object");
            return None;
        };
        let at = format!("{at}.");
        let at = at.as_str();
        let paths = self.paths(object, at);
        let first = paths.first().map_or("", String::as_str);
        let name = self.text_of(object, "name", at).unwrap_or_else(|| {
            self.problems.push(
                Problem::warning("package-value", Place::file(FILE), format!("`{at}name` is missing."))
                    .hint("Every resource has a short name of small letters, digits and hyphens."),
            );
            first.strip_suffix(".csv").unwrap_or(first).to_owned()
        });
        let mut resource = Resource {
            title: self.localized(object, "title", at, language),
            description: self.localized(object, "description", at, language),
            encoding: self.text_of(object, "encoding", at),
            delimiter: self.delimiter(object, at),
            licences: self.licences(object, at),
            sources: self.sources(object, at),
            as_of: self.day(object, "as_of", at),
            hash: self.text_of(object, "hash", at),
            bytes: self.whole(object, "bytes", at),
            simulated: self.truth(object, "simulated", at),
            line: self.line_of(first),
            name,
            paths,
            ..Resource::default()
        };
        match object.get("schema") {
            None => {}
            Some(Value::Object(schema)) => {
                self.schema(schema, &format!("{at}schema."), language, &mut resource);
            }
            Some(Value::String(_)) => self.problems.push(
                Problem::warning(
                    "schema-elsewhere",
                    place(&resource),
                    format!("`{at}schema` points to another file, which is not read."),
                )
                .hint("Put the schema into datapackage.json."),
            ),
            Some(other) => self.wrong(&format!("{at}schema"), other, "an object"),
        }
        Some(resource)
    }

    fn paths(&mut self, object: &Object, at: &str) -> Vec<String> {
        let Some(value) = object.get("path") else {
            let message = format!("`{at}path` is missing, so nobody knows which file is meant.");
            self.problems.push(
                Problem::error("no-path", Place::file(FILE), message)
                    .hint("Write the file's name; inline `data` is not read."),
            );
            return Vec::new();
        };
        let mut paths = Vec::new();
        for value in one_or_many(value) {
            let Some(path) = value.as_str() else {
                self.wrong(&format!("{at}path"), value, "text");
                continue;
            };
            let clean = path.strip_prefix("./").unwrap_or(path);
            match outside(clean) {
                None => paths.push(clean.to_owned()),
                Some(why) => {
                    let mut place = Place::file(FILE);
                    place.line = self.line_of(path);
                    let message = format!(
                        "The path `{}` {why}; only files within the round folder are read.",
                        short(path)
                    );
                    self.problems.push(
                        Problem::error("path-outside", place, message)
                            .hint("Copy the file into the folder and write its name with forward slashes."),
                    );
                }
            }
        }
        paths
    }

    fn schema(&mut self, schema: &Object, at: &str, language: Language, resource: &mut Resource) {
        if let Some(values) = schema.get("missingValues").and_then(Value::as_array)
            && values.iter().any(|v| v.as_str() != Some(""))
        {
            self.problems.push(
                Problem::warning(
                    "missing-values",
                    place(resource),
                    format!(
                        "`{at}missingValues` has more than the empty text; such cells are read as they stand."
                    ),
                )
                .hint("Leave cells empty when the value is not known."),
            );
        }
        let mut fields: Vec<Field> = Vec::new();
        match schema.get("fields") {
            None => {}
            Some(Value::Array(list)) => {
                for (i, value) in list.iter().enumerate() {
                    let Some(field) = self.field(value, &format!("{at}fields[{i}]"), language, resource)
                    else {
                        continue;
                    };
                    if fields.iter().any(|f| f.name == field.name) {
                        let message = format!("The column `{}` is described twice.", field.name);
                        self.problems.push(
                            Problem::error("duplicate-field", place(resource), message)
                                .hint("Keep one of the two descriptions; the first was read."),
                        );
                    } else {
                        fields.push(field);
                    }
                }
            }
            Some(other) => self.wrong(&format!("{at}fields"), other, "a list"),
        }
        let known = |name: &str| fields.iter().any(|f| f.name == name);
        let names = || fields.iter().map(|f| f.name.as_str());
        let mut unknown: Vec<(String, String)> = Vec::new();
        let primary_key = self.names(schema.get("primaryKey"), &format!("{at}primaryKey"));
        unknown
            .extend(primary_key.iter().filter(|n| !known(n)).map(|n| ("primaryKey".to_owned(), n.clone())));
        let mut foreign_keys = Vec::new();
        for (i, value) in schema.get("foreignKeys").map(one_or_many).unwrap_or_default().iter().enumerate() {
            let at = format!("{at}foreignKeys[{i}]");
            let Some(key) = self.foreign_key(value, &at) else { continue };
            let from = key.fields.iter().filter(|n| !known(n));
            unknown.extend(from.map(|n| (format!("foreignKeys[{i}].fields"), n.clone())));
            foreign_keys.push(key);
        }
        for (property, name) in unknown {
            let message = format!(
                "`{at}{property}` names the column `{}`, which is not among the fields.",
                short(&name)
            );
            let hint = did_you_mean(&name, names());
            self.problems.push(Problem::error("unknown-field", place(resource), message).hint(hint));
        }
        resource.fields = Some(fields);
        resource.primary_key = primary_key;
        resource.foreign_keys = foreign_keys;
    }

    fn field(&mut self, value: &Value, at: &str, language: Language, resource: &Resource) -> Option<Field> {
        // The first version allowed a bare name in old drafts; version 2 does not, but its meaning is plain.
        let Some(object) = value.as_object() else {
            self.wrong(at, value, "an object with a `name`");
            return None;
        };
        let at = format!("{at}.");
        let Some(name) = self.text_of(object, "name", &at) else {
            if !object.contains_key("name") {
                self.problems.push(
                    Problem::error("package-value", place(resource), format!("`{at}name` is missing."))
                        .hint("Write the column's name as in the table's header."),
                );
            }
            return None;
        };
        let word = self.text_of(object, "type", &at);
        let kind = word.map_or(FieldType::Any, |word| self.field_type(&word, &at, resource));
        let constraints = match object.get("constraints") {
            None => Constraints::default(),
            Some(Value::Object(c)) => self.constraints(c, &format!("{at}constraints.")),
            Some(other) => {
                self.wrong(&format!("{at}constraints"), other, "an object");
                Constraints::default()
            }
        };
        Some(Field {
            kind,
            title: self.localized(object, "title", &at, language),
            description: self.localized(object, "description", &at, language),
            unit: self.text_of(object, "unit", &at),
            source: self.text_of(object, "source", &at),
            as_of: self.day(object, "as_of", &at),
            constraints,
            name,
        })
    }

    fn field_type(&mut self, word: &str, at: &str, resource: &Resource) -> FieldType {
        if let Some((_, known)) = CHECKED.iter().find(|(w, _)| *w == word) {
            return *known;
        }
        if !UNCHECKED.contains(&word) {
            let message = format!(
                "`{at}type` is `{}`, which is no type of the standard; the column is read as text.",
                short(word)
            );
            let hint = did_you_mean(word, CHECKED.iter().map(|(w, _)| *w));
            self.problems.push(Problem::warning("unknown-type", place(resource), message).hint(hint));
        }
        FieldType::Unchecked
    }

    fn constraints(&mut self, object: &Object, at: &str) -> Constraints {
        let allowed = match object.get("enum") {
            None => None,
            Some(Value::Array(values)) => Some(values.iter().filter_map(scalar).collect()),
            Some(other) => {
                self.wrong(&format!("{at}enum"), other, "a list");
                None
            }
        };
        let mut bound = |key: &str| {
            let value = object.get(key)?;
            let text = scalar(value);
            if text.is_none() {
                self.wrong(&format!("{at}{key}"), value, "a number or a date");
            }
            text
        };
        let (minimum, maximum) = (bound("minimum"), bound("maximum"));
        Constraints {
            required: self.truth(object, "required", at),
            unique: self.truth(object, "unique", at),
            allowed,
            minimum,
            maximum,
            min_length: self.whole(object, "minLength", at),
            max_length: self.whole(object, "maxLength", at),
            pattern: self.text_of(object, "pattern", at),
        }
    }

    fn foreign_key(&mut self, value: &Value, at: &str) -> Option<ForeignKey> {
        let Some(object) = value.as_object() else {
            self.wrong(at, value, "an object");
            return None;
        };
        let Some(reference) = object.get("reference").and_then(Value::as_object) else {
            self.wrong(
                &format!("{at}.reference"),
                object.get("reference").unwrap_or(&Value::Null),
                "an object",
            );
            return None;
        };
        let fields = self.names(object.get("fields"), &format!("{at}.fields"));
        let reference_fields = self.names(reference.get("fields"), &format!("{at}.reference.fields"));
        if fields.is_empty() || fields.len() != reference_fields.len() {
            let message = format!(
                "`{at}` joins {} columns with {} of the other table.",
                fields.len(),
                reference_fields.len()
            );
            self.problems.push(
                Problem::error("package-value", Place::file(FILE), message)
                    .hint("Name as many columns on both sides, at least one."),
            );
            return None;
        }
        let resource = self
            .text_of(reference, "resource", &format!("{at}.reference."))
            .filter(|r| !matches!(r.as_str(), "" | "self"));
        Some(ForeignKey { fields, resource, reference_fields })
    }

    fn licences(&mut self, object: &Object, at: &str) -> Vec<Licence> {
        let mut found = Vec::new();
        for (at, entry) in self.objects(object, "licenses", at) {
            let mut part = |key| self.text_of(entry, key, &at).filter(|t| !t.is_empty());
            let licence = Licence { name: part("name"), title: part("title"), path: part("path") };
            let placeholder =
                [&licence.name, &licence.title].into_iter().flatten().any(|t| is_placeholder(t));
            if licence != Licence::default() && !placeholder {
                found.push(licence);
            }
        }
        found
    }

    fn sources(&mut self, object: &Object, at: &str) -> Vec<Source> {
        let mut found = Vec::new();
        for (at, entry) in self.objects(object, "sources", at) {
            let mut part = |key| self.text_of(entry, key, &at).filter(|t| !t.is_empty());
            let source = Source { name: part("name"), title: part("title"), path: part("path") };
            let placeholder = [&source.name, &source.title].into_iter().flatten().any(|t| is_placeholder(t));
            if source != Source::default() && !placeholder {
                found.push(source);
            }
        }
        found
    }
}

/// Where a resource is described.
pub(super) fn place(resource: &Resource) -> Place {
    let mut place = Place::file(FILE);
    place.line = resource.line;
    place
}

fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// A bound or an allowed value as it would be written in a cell.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Why a path does not lie within the round folder.
fn outside(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        Some("is empty")
    } else if path.contains("://") {
        Some("is an address of the web")
    } else if path.starts_with(['/', '~']) || path.as_bytes().get(1) == Some(&b':') {
        Some("is absolute")
    } else if path.contains('\\') {
        Some("has backslashes")
    } else if path.split('/').any(|part| matches!(part, ".." | "." | "")) {
        Some("leads out of its folder")
    } else if path.contains('\0') {
        Some("has a zero byte")
    } else {
        None
    }
}

pub(super) fn short(text: &str) -> String {
    crate::table::shorten(text)
}
