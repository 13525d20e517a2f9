//! A mapping as TOML.

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};
use toml::{Table, Value};

use super::{FIELDS, Mapping, Order, Unit};

/// Names that other programs have for ours.
const ALIASES: [(&str, &str); 3] = [("latitude", "lat"), ("longitude", "lon"), ("lng", "lon")];

const SECTIONS: [&str; 5] = ["columns", "constants", "values", "coordinates", "units"];
const COORDINATES: [&str; 3] = ["order", "system", "note"];

impl Mapping {
    /// Reads a mapping file. All problems are collected; `None` when the mapping cannot be used.
    ///
    /// Problems: `not-toml`, `unknown-key`, `not-text`, `unknown-field`, `unknown-unit`, `unknown-order`, `no-columns`.
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let error: toml::de::Error = error;
                let place = error.span().map_or_else(|| Place::file(file), |s| Place::span(file, text, s));
                problems.push(
                    Problem::error("not-toml", place, format!("This is no TOML: {}.", error.message())).hint(
                        "Names with spaces or Cyrillic letters stand in quotes: name = \"Наименование\".",
                    ),
                );
                return None;
            }
        };
        let before = problems.iter().filter(|p| p.severity == adil_domain::Severity::Error).count();
        let mut reader = Reader { file, problems };
        let mut mapping = Self::default();
        for (section, value) in &table {
            let Some(value) = reader.table(section, value) else { continue };
            match section.as_str() {
                "columns" => {
                    mapping.columns = reader.texts(section, value);
                    for field in mapping.columns.keys() {
                        reader.field(field);
                    }
                }
                "constants" => {
                    mapping.constants = reader.texts(section, value);
                    for field in mapping.constants.keys().filter(|f| f.as_str() != "source") {
                        reader.field(field);
                    }
                }
                "values" => {
                    for (field, words) in value {
                        if let Some(words) = reader.table(field, words) {
                            let words = reader.texts(field, words);
                            mapping.values.insert(field.clone(), words);
                        }
                    }
                }
                "coordinates" => {
                    let texts = reader.texts(section, value);
                    for key in texts.keys().filter(|k| !COORDINATES.contains(&k.as_str())) {
                        reader.unknown(key, &COORDINATES);
                    }
                    mapping.order = reader.order(&texts);
                    reader.system(&texts);
                }
                "units" => {
                    for (field, unit) in reader.texts(section, value) {
                        if let Some(unit) = reader.unit(&field, &unit) {
                            mapping.units.insert(field, unit);
                        }
                    }
                }
                other => reader.unknown(other, &SECTIONS),
            }
        }
        if mapping.columns.is_empty() {
            reader.error(
                "no-columns",
                "The mapping names no column.",
                "Add [columns] with lines such as name = \"…\".",
            );
        }
        let after = problems.iter().filter(|p| p.severity == adil_domain::Severity::Error).count();
        (after == before).then_some(mapping)
    }
}

struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::error(code, Place::file(self.file), message).hint(hint));
    }

    fn unknown(&mut self, key: &str, known: &[&str]) {
        let hint = did_you_mean(key, known.iter().copied());
        self.error("unknown-key", format!("A mapping has no `{key}`."), hint);
    }

    /// A field of another name than ours is a column of its own, unless it looks like a slip of the pen.
    fn field(&mut self, field: &str) {
        if FIELDS.contains(&field) {
            return;
        }
        let slip = |other: &&str| {
            let allowed = if other.len() < 7 { 1 } else { 2 };
            strsim::damerau_levenshtein(field, other) <= allowed
        };
        let alias = ALIASES.iter().find(|(alias, _)| *alias == field).map(|(_, ours)| *ours);
        if let Some(near) = alias.or_else(|| FIELDS.into_iter().find(slip)) {
            let message = format!("The field `{field}` is not ours; `{near}` is.");
            self.error("unknown-field", message, format!("Write `{near}`, or a name that differs more."));
        }
    }

    fn table<'v>(&mut self, key: &str, value: &'v Value) -> Option<&'v Table> {
        let table = value.as_table();
        if table.is_none() {
            let message = format!("`{key}` is a section of the mapping, not a value.");
            self.error("not-text", message, format!("Write [{key}] on a line of its own."));
        }
        table
    }

    fn texts(&mut self, section: &str, table: &Table) -> std::collections::BTreeMap<String, String> {
        let mut texts = std::collections::BTreeMap::new();
        for (key, value) in table {
            if let Some(text) = value.as_str() {
                texts.insert(key.clone(), text.to_owned());
            } else {
                let message = format!("`{key}` in [{section}] must be text.");
                self.error("not-text", message, format!("Write it in quotes: {key} = \"…\"."));
            }
        }
        texts
    }

    fn order(&mut self, texts: &std::collections::BTreeMap<String, String>) -> Order {
        match texts.get("order").map(String::as_str) {
            None | Some("lat-lon") => Order::LatLon,
            Some("lon-lat") => Order::LonLat,
            Some(other) => {
                let message = format!("`{other}` is no order of coordinates.");
                self.error("unknown-order", message, did_you_mean(other, ["lat-lon", "lon-lat"]));
                Order::LatLon
            }
        }
    }

    fn system(&mut self, texts: &std::collections::BTreeMap<String, String>) {
        const SAME: [&str; 4] = ["wgs84", "wgs 84", "epsg:4326", "crs84"];
        let Some(system) = texts.get("system") else { return };
        if !SAME.contains(&system.to_lowercase().as_str()) {
            let message = format!("Coordinates in `{system}` are not read; only WGS84 degrees are.");
            let hint = "Convert them before (for example with QGIS or cs2cs), and write \"WGS84\" here.";
            self.error("unknown-order", message, hint);
        }
    }

    fn unit(&mut self, field: &str, unit: &str) -> Option<Unit> {
        let found = Unit::ALL.iter().find(|(name, _)| *name == unit).map(|(_, unit)| *unit);
        if field != "floor_area_m2" {
            self.error(
                "unknown-unit",
                format!("The field `{field}` has no unit to choose."),
                "Only floor_area_m2 has.",
            );
            return None;
        }
        if found.is_none() {
            let hint = did_you_mean(unit, Unit::ALL.iter().map(|(name, _)| *name));
            self.error("unknown-unit", format!("`{unit}` is no unit of area known here."), hint);
        }
        found
    }
}
