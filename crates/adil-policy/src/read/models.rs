//! `[[model]]`: forecasts by published tables.

use toml::de::DeValue;

use super::reader::{Reader, Section, short};
use crate::policy::{Feature, ForecastRule};

const KEYS: &[&str] =
    &["id", "file", "cap", "features", "exposure", "per", "title", "reference", "from", "until"];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<ForecastRule> {
    let sections = root.sections(reader, "model", "[[model]]", KEYS);
    let ids = reader.ids(&sections, "model");
    let mut models = Vec::new();
    for (section, id) in sections.iter().zip(ids) {
        let meta = section.meta(reader);
        let id = id.filter(|id| nameable(reader, section, id));
        let file = file(reader, section);
        let cap = cap(reader, section);
        let features = features(reader, section);
        let exposure = section.expression(reader, "exposure");
        let per = section.expression(reader, "per");
        let whole = exposure.is_some() == section.has("exposure") && per.is_some() == section.has("per");
        if let (Some(id), Some(file), Some(cap), Some(features), true) = (id, file, cap, features, whole) {
            models.push(ForecastRule { id, file, cap, features, exposure, per, meta });
        }
    }
    models
}

/// In an expression a hyphen is a minus.
fn nameable(reader: &mut Reader, section: &Section<'_>, id: &str) -> bool {
    if !id.contains('-') {
        return true;
    }
    let at = section.get("id").map_or_else(|| section.span(), toml::Spanned::span);
    let message = format!("`model.{}` would be a subtraction.", short(id));
    reader.error_hint("bad-id", at, message, "Name a model with letters and digits alone: `use`.");
    false
}

fn file(reader: &mut Reader, section: &Section<'_>) -> Option<String> {
    let (file, at) = section.required_text(reader, "file")?;
    let name = file.strip_prefix("models/").and_then(|name| name.strip_suffix(".json"));
    let plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if name.is_some_and(plain) {
        return Some(file);
    }
    let message = format!("`{}` is no model of a round.", short(&file));
    reader.error_hint(
        "bad-file",
        at,
        message,
        "Models stand in the folder `models` of the round: `models/use.json`.",
    );
    None
}

fn cap(reader: &mut Reader, section: &Section<'_>) -> Option<adil_domain::Rational> {
    let (cap, at) = section.required_number(reader, "cap")?;
    if cap.is_negative() || cap > adil_domain::Rational::from(100u8) {
        let message = format!("`cap` is a number of points from 0 to 100, but it is {cap}.");
        reader.error("bad-cap", at, message);
        return None;
    }
    Some(cap)
}

fn features(reader: &mut Reader, section: &Section<'_>) -> Option<Vec<Feature>> {
    const EXPECTED: &str = "a table of the model's columns such as { area = \"facility.floor_area_m2\" }";
    let value = section.required(reader, "features")?;
    let DeValue::Table(table) = value.get_ref() else {
        section.wrong_type(reader, "features", value, EXPECTED);
        return None;
    };
    if table.is_empty() {
        reader.error_hint(
            "no-features",
            value.span(),
            "A forecast rests on at least one column.",
            "Say of each column of the model what it is in this round: area = \"facility.floor_area_m2\".",
        );
        return None;
    }
    let mut features = Vec::new();
    let mut complete = true;
    for (column, value) in table {
        let DeValue::String(source) = value.get_ref() else {
            section.wrong_type(
                reader,
                column.get_ref(),
                value,
                "a text in quotes: what the column is in this round",
            );
            complete = false;
            continue;
        };
        match reader.expression(source, value.span()) {
            Some(value) => features.push(Feature { column: column.get_ref().to_string(), value }),
            None => complete = false,
        }
    }
    features.sort_by(|a: &Feature, b| a.column.cmp(&b.column));
    complete.then_some(features)
}
