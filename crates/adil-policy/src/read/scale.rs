//! `scale`: how a raw value becomes a part of the weight.

use std::collections::BTreeMap;

use adil_domain::Rational;
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, Section, short};
use crate::policy::{Band, Scale};

const KINDS: [&str; 6] = ["goalposts", "bands", "categories", "log", "percentile", "zscore"];

pub(super) fn read(reader: &mut Reader, indicator: &Section<'_>) -> Option<Scale> {
    let value = indicator.required(reader, "scale")?;
    let DeValue::Table(table) = value.get_ref() else {
        indicator.wrong_type(
            reader,
            "scale",
            value,
            "a table such as { kind = \"goalposts\", low = 0, high = 10 }",
        );
        return None;
    };
    // Which keys are allowed hangs on the kind, so that is read first.
    let kind =
        table.iter().find(|(key, _)| key.get_ref() == "kind").and_then(|(_, kind)| kind.get_ref().as_str());
    let keys: &[&str] = match kind {
        Some("goalposts" | "log") => &["kind", "low", "high"],
        Some("bands") => &["kind", "bands", "top"],
        Some("categories") => &["kind", "marks", "top", "other"],
        Some("percentile") => &["kind", "within", "reverse"],
        Some("zscore") => &["kind", "within", "reverse", "clamp"],
        _ => {
            let all = [
                "kind", "low", "high", "bands", "top", "marks", "other", "within", "reverse", "clamp",
                "model",
            ];
            let section = Section::new(reader, table, value.span(), "`scale`".to_owned(), &all);
            let (word, at) = section.required_text(reader, "kind")?;
            section.no_choice(reader, "kind", &word, at, KINDS.into_iter(), &["model"]);
            return None;
        }
    };
    let kind = kind.unwrap_or_default();
    let section = Section::new(reader, table, value.span(), format!("a scale of kind `{kind}`"), keys);
    match kind {
        "goalposts" | "log" => ends(reader, &section, kind == "log"),
        "bands" => bands(reader, &section),
        "categories" => categories(reader, &section),
        _ => ranks(reader, &section, kind),
    }
}

fn ends(reader: &mut Reader, section: &Section<'_>, log: bool) -> Option<Scale> {
    let low = section.required_number(reader, "low");
    let high = section.required_number(reader, "high");
    if log {
        for (end, at) in [&low, &high].into_iter().flatten() {
            if end.is_negative() || end.is_zero() {
                let message = format!("A logarithm needs numbers above zero, but this is {end}.");
                reader.error("log-not-positive", at.clone(), message);
            }
        }
    }
    let ((low, _), (high, at)) = (low?, high?);
    if low == high {
        let message = format!("The scale begins and ends at {low}, so it can't tell values apart.");
        reader.error("scale-ends-equal", at, message);
        return None;
    }
    Some(if log { Scale::Log { low, high } } else { Scale::Goalposts { low, high } })
}

/// The mark that earns everything: as written, or else the highest of all.
fn top(
    reader: &mut Reader,
    section: &Section<'_>,
    marks: &[(Rational, std::ops::Range<usize>)],
) -> Option<Rational> {
    let written = section.number(reader, "top");
    if section.has("top") && written.is_none() {
        return None;
    }
    let highest = marks.iter().map(|(mark, _)| mark).max().cloned().unwrap_or_else(Rational::zero);
    let (top, at) = written.unwrap_or((highest, section.span()));
    if top.is_zero() || top.is_negative() {
        let message = "The highest mark must be above zero, or nothing could be earned.";
        reader.error("mark-out-of-range", at, message);
        return None;
    }
    for (mark, at) in marks {
        if mark.is_negative() || *mark > top {
            let message = format!("The mark {mark} lies outside 0 to {top}.");
            reader.error("mark-out-of-range", at.clone(), message);
        }
    }
    Some(top)
}

fn bands(reader: &mut Reader, section: &Section<'_>) -> Option<Scale> {
    const EXPECTED: &str =
        "a list of bands such as [{ from = 0, mark = 3 }, { from = 10, mark = 2 }] or [[0, 3], [10, 2]]";
    let value = section.required(reader, "bands")?;
    let DeValue::Array(items) = value.get_ref() else {
        section.wrong_type(reader, "bands", value, EXPECTED);
        return None;
    };
    if items.is_empty() {
        reader.error("empty-scale", value.span(), "A scale of bands needs at least one.");
        return None;
    }
    let mut bands: Vec<Band> = Vec::new();
    let mut marks = Vec::new();
    let mut complete = true;
    for item in items {
        let Some((from, mark)) = band(reader, section, item, EXPECTED) else {
            complete = false;
            continue;
        };
        if bands.last().is_some_and(|last| last.from >= from) {
            let message = format!("Bands must rise, but {from} does not lie above the one before.");
            reader.error("bands-order", item.span(), message);
        }
        marks.push((mark.clone(), item.span()));
        bands.push(Band { from, mark });
    }
    let top = top(reader, section, &marks)?;
    complete.then_some(Scale::Bands { bands, top })
}

fn band<'t>(
    reader: &mut Reader,
    section: &Section<'t>,
    item: &'t Spanned<DeValue<'t>>,
    expected: &str,
) -> Option<(Rational, Rational)> {
    match item.get_ref() {
        DeValue::Table(table) => {
            let band = Section::new(reader, table, item.span(), "a band".to_owned(), &["from", "mark"]);
            let from = band.required_number(reader, "from");
            let mark = band.required_number(reader, "mark");
            Some((from?.0, mark?.0))
        }
        DeValue::Array(pair) => {
            let pair: Vec<_> = pair.iter().collect();
            let [from, mark] = pair.as_slice() else {
                section.wrong_type(reader, "bands", item, expected);
                return None;
            };
            let from = section.number_of(reader, "bands", from);
            let mark = section.number_of(reader, "bands", mark);
            from.zip(mark)
        }
        _ => {
            section.wrong_type(reader, "bands", item, expected);
            None
        }
    }
}

fn categories(reader: &mut Reader, section: &Section<'_>) -> Option<Scale> {
    let value = section.required(reader, "marks")?;
    let DeValue::Table(table) = value.get_ref() else {
        section.wrong_type(
            reader,
            "marks",
            value,
            "a table of words and marks such as { rural = 3, urban = 1 }",
        );
        return None;
    };
    if table.is_empty() {
        reader.error("empty-scale", value.span(), "A scale of categories needs at least one word.");
        return None;
    }
    let mut marks = BTreeMap::new();
    let mut with_places = Vec::new();
    let mut complete = true;
    for (word, mark) in table {
        match section.number_of(reader, &short(word.get_ref()), mark) {
            Some(number) => {
                with_places.push((number.clone(), mark.span()));
                marks.insert(word.get_ref().to_string(), number);
            }
            None => complete = false,
        }
    }
    let other = section.number(reader, "other");
    complete &= section.has("other") == other.is_some();
    with_places.extend(other.clone());
    let top = top(reader, section, &with_places)?;
    complete.then_some(Scale::Categories { marks, top, other: other.map(|(mark, _)| mark) })
}

fn ranks(reader: &mut Reader, section: &Section<'_>, kind: &str) -> Option<Scale> {
    reader.warning(
        "rank-reversal",
        section.span(),
        format!("With `{kind}`, the points of one facility change when an unrelated one joins."),
        "Fixed bounds (`goalposts`, `bands`) do not have this effect.",
    );
    let within = section.expression(reader, "within");
    let within_wrong = section.has("within") && within.is_none();
    let reverse = section.truth(reader, "reverse").unwrap_or(false);
    let scale = if kind == "percentile" {
        Some(Scale::Percentile { within, reverse })
    } else {
        section.required_number(reader, "clamp").and_then(|(clamp, at)| {
            if clamp.is_negative() || clamp.is_zero() {
                reader.error(
                    "scale-ends-equal",
                    at,
                    format!("The clamp must be above zero, but this is {clamp}."),
                );
                return None;
            }
            Some(Scale::ZScore { within, clamp, reverse })
        })
    };
    scale.filter(|_| !within_wrong)
}
