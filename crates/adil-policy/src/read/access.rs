//! `[access]`: who can reach what, and what they would find there.

use std::ops::Range;

use adil_domain::Rational;
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, Section};
use crate::policy::{Access, ReachDecay, ReachMethod, Travel};

const KEYS: &[&str] = &[
    "demand",
    "supply",
    "method",
    "max_minutes",
    "decay",
    "travel",
    "speed_kmh",
    "detour",
    "rounds",
    "title",
    "reference",
    "from",
    "until",
];

/// What is left over is offered again so often unless the policy says otherwise.
const ROUNDS: u32 = 4;

/// More rounds than this move nothing that a reader could see.
const MOST_ROUNDS: u32 = 50;

/// Reads the rule of reach; `None` when the policy has none, or not all of it can be used.
pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Option<Access> {
    let section = root.section(reader, "access", "[access]", KEYS)?;
    let meta = section.meta(reader);
    let demand = section.required_expression(reader, "demand");
    let supply = section.required_expression(reader, "supply");
    let methods = [ReachMethod::TwoStep, ReachMethod::Enhanced, ReachMethod::ThreeStep];
    section.required(reader, "method");
    let method = section.choice(reader, "method", &methods.map(|m| (m.as_str(), m)), &[]);
    let max_minutes = section.required_number(reader, "max_minutes");
    let max_minutes = positive(reader, "max_minutes", max_minutes);
    let travel = travel(reader, &section);
    let decay = decay(reader, &section, max_minutes.as_ref());
    let rounds = rounds(reader, &section);
    let (method, decay) = (method?, decay?);
    if method == ReachMethod::Enhanced && decay == ReachDecay::None {
        let message = "The method `e2sfca` counts what is near for more, but no `decay` says how much.";
        let hint =
            "Add decay = { kind = \"steps\", steps = [[10, 1], [20, 0.68], [30, 0.22]] }, or take `2sfca`.";
        reader.error_hint("missing-decay", section.span(), message, hint);
        return None;
    }
    Some(Access {
        demand: demand?,
        supply: supply?,
        method,
        max_minutes: max_minutes?,
        decay,
        travel: travel?,
        rounds: rounds?,
        meta,
    })
}

fn travel(reader: &mut Reader, section: &Section<'_>) -> Option<Travel> {
    let by_table = section.has("travel")
        && section.choice(reader, "travel", &[("straight", false), ("table", true)], &[])?;
    if by_table {
        for key in ["speed_kmh", "detour"] {
            if let Some(value) = section.get(key) {
                let message = format!("`{key}` says nothing where travel times come from a table.");
                reader.error_hint("unused-key", value.span(), message, "Take it out, or take out `travel`.");
            }
        }
        return Some(Travel::Table);
    }
    let speed_kmh = section.required_number(reader, "speed_kmh");
    let speed_kmh = positive(reader, "speed_kmh", speed_kmh);
    let detour = match section.number(reader, "detour") {
        Some((detour, at)) if detour < Rational::one() => {
            let message = format!("No way is shorter than the straight line, but `detour` is {detour}.");
            reader.error_hint("detour-below-one", at, message, "Ways are about 1.2 to 1.4 times as long.");
            None
        }
        Some((detour, _)) => Some(detour),
        None => (!section.has("detour")).then(Rational::one),
    };
    Some(Travel::Straight { speed_kmh: speed_kmh?, detour: detour? })
}

fn positive(reader: &mut Reader, key: &str, number: Option<(Rational, Range<usize>)>) -> Option<Rational> {
    let (number, at) = number?;
    if number.is_zero() || number.is_negative() {
        reader.error("not-positive", at, format!("`{key}` must be above zero, but it is {number}."));
        return None;
    }
    Some(number)
}

fn rounds(reader: &mut Reader, section: &Section<'_>) -> Option<u32> {
    let Some((number, at)) = section.number(reader, "rounds") else {
        return (!section.has("rounds")).then_some(ROUNDS);
    };
    let found = (1..=MOST_ROUNDS).find(|n| Rational::from(*n) == number);
    if found.is_none() {
        let message = format!("`rounds` must be a whole number from 1 to {MOST_ROUNDS}, but it is {number}.");
        reader.error("bad-rounds", at, message);
    }
    found
}

fn decay(reader: &mut Reader, section: &Section<'_>, max: Option<&Rational>) -> Option<ReachDecay> {
    let Some(value) = section.get("decay") else { return Some(ReachDecay::None) };
    let DeValue::Table(table) = value.get_ref() else {
        let expected = "a table such as { kind = \"gaussian\", minutes = 15 }";
        section.wrong_type(reader, "decay", value, expected);
        return None;
    };
    let keys = ["kind", "steps", "minutes", "exponent", "least"];
    let decay = Section::new(reader, table, value.span(), "`decay`".to_owned(), &keys);
    decay.required(reader, "kind")?;
    let kinds = [("steps", 0), ("gaussian", 1), ("gravity", 2)];
    match decay.choice(reader, "kind", &kinds, &[])? {
        0 => steps(reader, &decay, max),
        1 => {
            let minutes = decay.required_number(reader, "minutes");
            Some(ReachDecay::Gaussian { minutes: positive(reader, "minutes", minutes)? })
        }
        _ => {
            let exponent = decay.required_number(reader, "exponent");
            let least = decay.required_number(reader, "least");
            let least = positive(reader, "least", least);
            let (exponent, at) = exponent?;
            if !exponent.is_negative() {
                let message = format!("What is far must not count for more, but `exponent` is {exponent}.");
                reader.error_hint("decay-rises", at, message, "Write a number below zero, such as -1.");
                return None;
            }
            Some(ReachDecay::Gravity { exponent, least: least? })
        }
    }
}

fn steps(reader: &mut Reader, section: &Section<'_>, max: Option<&Rational>) -> Option<ReachDecay> {
    const EXPECTED: &str = "a list of steps such as [[10, 1], [20, 0.68], [30, 0.22]]: minutes and weight";
    let value = section.required(reader, "steps")?;
    let DeValue::Array(items) = value.get_ref() else {
        section.wrong_type(reader, "steps", value, EXPECTED);
        return None;
    };
    if items.is_empty() {
        reader.error("empty-scale", value.span(), "A decay of steps needs at least one.");
        return None;
    }
    let mut steps: Vec<(Rational, Rational)> = Vec::new();
    let mut complete = true;
    for item in items {
        let Some((limit, weight)) = step(reader, section, item, EXPECTED) else {
            complete = false;
            continue;
        };
        let mut wrong = |message: String| {
            reader.error("steps-order", item.span(), message);
            complete = false;
        };
        if limit.is_negative() || steps.last().is_some_and(|(last, _)| *last >= limit) {
            wrong(format!("Steps must rise, but {limit} minutes do not lie above the step before."));
        }
        if weight.is_negative() || weight > Rational::one() {
            wrong(format!("The weight {weight} lies outside 0 to 1."));
        }
        if steps.last().is_some_and(|(_, last)| *last < weight) {
            wrong(format!("What is far must not count for more, but the weight rises to {weight}."));
        }
        steps.push((limit, weight));
    }
    if let (Some((last, _)), Some(max)) = (steps.last(), max)
        && last < max
    {
        let message =
            format!("Beyond the last step of {last} minutes nothing counts, though `max_minutes` is {max}.");
        reader.warning("steps-end-early", value.span(), message, "Let the last step be `max_minutes`.");
    }
    complete.then_some(ReachDecay::Steps(steps))
}

fn step<'t>(
    reader: &mut Reader,
    section: &Section<'t>,
    item: &'t Spanned<DeValue<'t>>,
    expected: &str,
) -> Option<(Rational, Rational)> {
    if let DeValue::Array(pair) = item.get_ref()
        && pair.len() == 2
    {
        let limit = section.number_of(reader, "steps", &pair[0]);
        let weight = section.number_of(reader, "steps", &pair[1]);
        return Some((limit?, weight?));
    }
    section.wrong_type(reader, "steps", item, expected);
    None
}
