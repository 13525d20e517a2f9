//! `[round]`: money, dates, seed.

use adil_domain::Currency;

use super::reader::{Reader, Section};
use crate::policy::RoundRules;

const KEYS: &[&str] = &[
    "id",
    "title",
    "reference",
    "currency",
    "budget",
    "unit",
    "country",
    "as_of",
    "seed",
    "random",
    "language",
];

/// Reads the frame of the round; `None` when something of it is missing or wrong.
pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Option<RoundRules> {
    root.required(reader, "round")?;
    let section = root.section(reader, "round", "[round]", KEYS)?;
    let id =
        section.required_text(reader, "id").and_then(|(id, at)| reader.well_written(&id, at).map(|()| id));
    let title = section.localized(reader, "title").unwrap_or_default();
    let reference = section.text(reader, "reference").map(|(text, _)| text.trim().to_owned());
    let currency =
        section.required_text(reader, "currency").and_then(|(code, at)| match code.parse::<Currency>() {
            Ok(currency) => Some(currency),
            Err(error) => {
                reader.error("bad-currency", at, format!("{error}."));
                None
            }
        });
    let budget = section.required_money(reader, "budget", currency);
    let unit = section.required_money(reader, "unit", currency);
    let country = section
        .required_text(reader, "country")
        .and_then(|(code, at)| reader.well_written(&code, at).map(|()| code));
    section.required(reader, "as_of");
    let as_of = section.date(reader, "as_of");
    let seed = section.text(reader, "seed").map(|(text, _)| text);
    let random = section.text(reader, "random").map(|(text, _)| text);
    let language = section.text(reader, "language").and_then(|(code, at)| match code.parse() {
        Ok(language) => Some(language),
        Err(error) => {
            reader.error("bad-language", at, format!("{error}."));
            None
        }
    });

    let (budget, budget_at) = budget?;
    let (unit, unit_at) = unit?;
    if unit.minor() <= 0 {
        let message = format!("The smallest payable step must be above zero, but `unit` is {unit}.");
        reader.error("unit-not-positive", unit_at, message);
    } else if budget.minor() % unit.minor() != 0 {
        let message = format!("The budget of {budget} is no multiple of the unit {unit}.");
        reader.warning("budget-not-in-units", budget_at.clone(), message, "What is over stays undivided.");
    }
    if budget.is_negative() {
        reader.error(
            "budget-negative",
            budget_at,
            format!("A budget can't be below zero, but this is {budget}."),
        );
    } else if budget.minor() == 0 {
        reader.error_hint(
            "budget-zero",
            budget_at,
            "There is nothing to divide: the budget is zero.",
            "Write the money of the round in major units, such as \"26575350\".",
        );
    }
    Some(RoundRules {
        id: id?,
        title,
        reference,
        currency: currency?,
        budget,
        unit,
        country: country?,
        as_of: as_of?,
        seed,
        random,
        language,
        place: section.place(reader),
    })
}
