//! `datapackage.json` and the headers of the tables: both from `data/datapackage.json`, so they can't differ.

use serde_json::Value;

use crate::piece::Wants;
use crate::{Options, SimulateError};

/// The description of what this run writes.
pub(crate) fn package(options: &Options<'_>) -> Result<Value, SimulateError> {
    let broken = |e: serde_json::Error| SimulateError::Geography(e.to_string());
    let mut package: Value =
        serde_json::from_slice(include_bytes!("../data/datapackage.json")).map_err(broken)?;
    let wants = Wants { timesheets: options.timesheets, attendance: options.attendance };
    if let Some(resources) = package.get_mut("resources").and_then(Value::as_array_mut) {
        resources.retain(|resource| match resource.get("name").and_then(Value::as_str) {
            Some("timesheets" | "payments") => wants.timesheets,
            Some("attendance") => wants.attendance,
            _ => true,
        });
    }
    if let Some(object) = package.as_object_mut() {
        object.insert("seed".to_owned(), options.seed.into());
        object.insert("scale".to_owned(), options.scale.into());
        if let Some(region) = &options.region {
            object.insert("region".to_owned(), region.as_str().into());
        }
    }
    Ok(package)
}

/// Every table with its header line.
pub(crate) fn headers(package: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut headers = Vec::new();
    for resource in package.get("resources").map(list).unwrap_or_default() {
        let fields = resource.pointer("/schema/fields").map(list).unwrap_or_default();
        let names: Vec<&str> = fields.iter().filter_map(|f| f.get("name")?.as_str()).collect();
        if names.is_empty() {
            continue;
        }
        let header = names.join(",") + "\n";
        let paths = match resource.get("path") {
            Some(Value::Array(paths)) => paths.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Some(Value::String(path)) => vec![path.clone()],
            _ => Vec::new(),
        };
        headers.extend(paths.into_iter().map(|path| (path, header.clone())));
    }
    headers
}
