//! `[[pot]]`: the parts of the budget and their bounds.

use adil_domain::{Problem, Rational};

use super::reader::{Reader, Section, Seen};
use crate::expr::Expr;
use crate::policy::{Pot, PotRule, TerritoryBound};

const POT: &[&str] = &[
    "id",
    "title",
    "reference",
    "from",
    "until",
    "share",
    "rule",
    "when",
    "weight",
    "weight_because",
    "floor",
    "floor_because",
    "minimum",
    "ceiling",
    "bound",
];
const BOUND: &[&str] = &["level", "floor", "ceiling", "title", "reference", "from", "until"];
const LATER: &[&str] = &["points-table", "per-child", "all-or-nothing", "equal-shares"];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<Pot> {
    if root.required(reader, "pot").is_none() {
        return Vec::new();
    }
    let sections = root.sections(reader, "pot", "[[pot]]", POT);
    if sections.is_empty()
        && root.get("pot").is_some_and(|v| v.get_ref().as_array().is_some_and(|a| a.is_empty()))
    {
        reader.error(
            "missing-key",
            root.get("pot").map_or(0..0, toml::Spanned::span),
            "Without a pot nothing is divided.",
        );
    }
    let ids = reader.ids(&sections, "pot");
    let mut pots = Vec::new();
    let mut sum = Some(Rational::zero());
    for (section, id) in sections.iter().zip(ids) {
        let share = section.required_share(reader, "share").map(|(share, _)| share);
        sum = sum.zip(share.clone()).map(|(sum, share)| sum + share);
        pots.extend(pot(reader, section, id, share));
    }
    if let (Some(sum), Some(first)) = (sum, sections.first()) {
        let percent = &sum * &Rational::from(100);
        if sum > Rational::one() {
            let message = format!("The shares of all pots must not exceed 100%, but they sum to {percent}%.");
            reader.error("shares-over", first.span(), message);
        } else if sum < Rational::one() {
            let message = format!("The shares of all pots sum to {percent}%.");
            reader.warning("shares-under", first.span(), message, "The rest of the budget is not divided.");
        }
    }
    pots
}

fn pot(
    reader: &mut Reader,
    section: &Section<'_>,
    id: Option<String>,
    share: Option<Rational>,
) -> Option<Pot> {
    let meta = section.meta(reader);
    section.required(reader, "rule");
    let rule = section.choice(reader, "rule", &[("fair-share", PotRule::FairShare)], LATER);
    let when = section.expression(reader, "when");
    let weight = section.required_expression(reader, "weight");
    let weight_because = section.localized(reader, "weight_because");
    let floor = section.expression(reader, "floor");
    let floor_because = section.localized(reader, "floor_because");
    let minimum = section.expression(reader, "minimum");
    let ceiling = section.expression(reader, "ceiling");
    ordered(reader, floor.as_ref(), ceiling.as_ref());
    ordered(reader, minimum.as_ref(), ceiling.as_ref());
    let inner = section.sections(reader, "bound", "[[pot.bound]]", BOUND);
    let mut bounds = Vec::new();
    let mut seen = Seen::new();
    for section in &inner {
        bounds.extend(bound(reader, section, &mut seen));
    }
    // A condition that could not be read must not let everybody in.
    if section.has("when") && when.is_none() {
        return None;
    }
    Some(Pot {
        id: id?,
        meta,
        share: share?,
        rule: rule?,
        when,
        weight: weight?,
        weight_because,
        floor,
        floor_because,
        minimum,
        ceiling,
        bounds,
    })
}

fn bound(reader: &mut Reader, section: &Section<'_>, seen: &mut Seen) -> Option<TerritoryBound> {
    let meta = section.meta(reader);
    let level = section.required_text(reader, "level").and_then(|(level, at)| {
        if level.trim().is_empty() {
            reader.error("bad-id", at, "The name of a level can't be empty.");
            return None;
        }
        reader.unlike(&level, at, "bound for the level", seen)?;
        Some(level)
    });
    let floor = section.expression(reader, "floor");
    let ceiling = section.expression(reader, "ceiling");
    if !section.has("floor") && !section.has("ceiling") {
        reader.error("missing-key", section.span(), "A bound needs a `floor`, a `ceiling`, or both.");
    }
    ordered(reader, floor.as_ref(), ceiling.as_ref());
    Some(TerritoryBound { level: level?, floor, ceiling, meta })
}

/// Refuses a lower bound above the upper one where both are known without any data.
fn ordered(reader: &mut Reader, lower: Option<&Expr>, upper: Option<&Expr>) {
    let (Some(lower), Some(upper)) = (lower, upper) else { return };
    if let (Some(low), Some(high)) = (lower.constant(), upper.constant())
        && low > high
    {
        let message = format!("The lower bound {low} lies above the upper bound {high}.");
        reader.push(Problem::error("floor-above-ceiling", lower.place().clone(), message));
    }
}
