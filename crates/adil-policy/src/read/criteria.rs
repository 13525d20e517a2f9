//! `[[criterion]]` and its indicators: what earns points.

use adil_domain::Rational;
use toml::de::DeValue;

use super::reader::{Reader, Section};
use super::{scale, uncertainty};
use crate::policy::{Criterion, Indicator, Missing, Scale};

const CRITERION: &[&str] = &["id", "title", "reference", "from", "until", "indicator"];
const INDICATOR: &[&str] =
    &["id", "title", "reference", "from", "until", "value", "weight", "scale", "missing", "because", "error"];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<Criterion> {
    let sections = root.sections(reader, "criterion", "[[criterion]]", CRITERION);
    let ids = reader.ids(&sections, "criterion");
    let mut criteria = Vec::new();
    let mut sum = Some(Rational::zero());
    for (section, id) in sections.iter().zip(ids) {
        let meta = section.meta(reader);
        let inner = section.sections(reader, "indicator", "[[criterion.indicator]]", INDICATOR);
        if inner.is_empty() {
            let message = "This criterion has no indicator, so it can't earn points.";
            reader.error("missing-key", section.span(), message);
        }
        let ids = reader.ids(&inner, "indicator in this criterion");
        let mut indicators = Vec::new();
        for (section, id) in inner.iter().zip(ids) {
            let (indicator, weight) = indicator(reader, section, id);
            sum = sum.zip(weight).map(|(sum, weight)| sum + weight);
            indicators.extend(indicator);
        }
        if let Some(id) = id {
            criteria.push(Criterion { id, meta, indicators });
        }
    }
    // Unless a weight could not be read, when the sum would only repeat that.
    if let Some(sum) = sum
        && sum != Rational::from(100)
        && let (Some(first), false) = (sections.first(), sections.iter().all(|s| !s.has("indicator")))
    {
        let over = &sum - &Rational::from(100);
        let hint = if over.is_negative() {
            format!("{} points are still to be given.", -&over)
        } else {
            format!("Take {over} points away.")
        };
        let message = format!("The weights of all indicators must sum to 100, but they sum to {sum}.");
        reader.error_hint("weights-sum", first.span(), message, hint);
    }
    criteria
}

/// The indicator, and its weight even where the rest of it is wrong.
fn indicator(
    reader: &mut Reader,
    section: &Section<'_>,
    id: Option<String>,
) -> (Option<Indicator>, Option<Rational>) {
    let meta = section.meta(reader);
    let value = section.required_expression(reader, "value");
    let weight = section.required_number(reader, "weight");
    if let Some((weight, at)) = &weight
        && (weight.is_negative() || weight.is_zero())
    {
        let message = format!("A weight must be above zero, but this is {weight}.");
        reader.error_hint(
            "weight-not-positive",
            at.clone(),
            message,
            "Leave the indicator out if it earns nothing.",
        );
    }
    let weight = weight.map(|(weight, _)| weight);
    let scale = scale::read(reader, section);
    let missing = missing(reader, section, scale.as_ref());
    let because = section.localized(reader, "because");
    let error = uncertainty::error(reader, section, scale.as_ref(), value.as_ref());
    let indicator = || {
        Some(Indicator {
            id: id?,
            meta,
            value: value?,
            weight: weight.clone()?,
            scale: scale?,
            missing: missing?,
            because,
            error,
        })
    };
    (indicator(), weight.clone())
}

const WORDS: [&str; 3] = ["worst", "hold", "group-median"];
const WRITE: &str = "Write \"worst\", \"hold\", \"group-median\", { value = 3 }, or { kind = \"group-median\", within = \"facility.type\" }.";

/// `missing`: what stands in for a value that is not known.
fn missing(reader: &mut Reader, section: &Section<'_>, scale: Option<&Scale>) -> Option<Missing> {
    let value = section.required(reader, "missing")?;
    let missing = match value.get_ref() {
        DeValue::String(word) => match &**word {
            "worst" => Missing::Worst,
            "hold" => Missing::Hold,
            "group-median" => Missing::GroupMedian { within: None },
            word => {
                section.no_choice(reader, "missing", word, value.span(), WORDS.into_iter(), &[]);
                return None;
            }
        },
        DeValue::Table(table) => {
            let label = "`missing`".to_owned();
            let inner = Section::new(reader, table, value.span(), label, &["kind", "value", "within"]);
            let kinds = [("worst", 0), ("hold", 1), ("group-median", 2), ("value", 3)];
            let kind = if inner.has("kind") { inner.choice(reader, "kind", &kinds, &[])? } else { 3 };
            if inner.has("within") && kind != 2 {
                reader.error_hint("unknown-key", inner.span(), "Only a group median has `within`.", WRITE);
            }
            if inner.has("value") && kind != 3 {
                reader.error_hint("unknown-key", inner.span(), "Only the kind `value` has a `value`.", WRITE);
            }
            match kind {
                0 => Missing::Worst,
                1 => Missing::Hold,
                2 => {
                    let within = inner.expression(reader, "within");
                    if inner.has("within") && within.is_none() {
                        return None;
                    }
                    Missing::GroupMedian { within }
                }
                _ => Missing::Value(inner.required_number(reader, "value")?.0),
            }
        }
        _ => {
            section.wrong_type(reader, "missing", value, "a word or a table");
            return None;
        }
    };
    if let (Some(Scale::Categories { .. }), Missing::Value(_) | Missing::GroupMedian { .. }) =
        (scale, &missing)
    {
        let message = "Words have no median and no number that could stand in for a missing one.";
        reader.error_hint(
            "missing-rule",
            value.span(),
            message,
            "With categories, write \"worst\" or \"hold\".",
        );
        return None;
    }
    Some(missing)
}
