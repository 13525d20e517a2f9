//! The policy language from outside: whole policies in, problems, values, and sentences out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly, in its helpers too")]

mod bad;
mod eval;
mod explain;
mod sample;
mod wild;

use adil_domain::{Language, Problem, Problems};
use adil_policy::{Entity, Policy, Schema, Type};

/// The contract's sample, completed to a weight of 100.
const SAMPLE: &str = include_str!("sample.toml");

/// Tables like those of a real round.
struct Tables;

const COLUMNS: &[(Entity, &str, Type)] = &[
    (Entity::Application, "application_id", Type::Text),
    (Entity::Application, "facility_id", Type::Text),
    (Entity::Application, "amount_sought", Type::Number),
    (Entity::Application, "amount_minimum", Type::Number),
    (Entity::Application, "users", Type::Number),
    (Entity::Application, "girls_share", Type::Number),
    (Entity::Facility, "type", Type::Text),
    (Entity::Facility, "name", Type::Text),
    (Entity::Facility, "capacity", Type::Number),
    (Entity::Facility, "floor_area_m2", Type::Number),
    (Entity::Facility, "opened", Type::Date),
    (Entity::Facility, "accessible", Type::Truth),
    (Entity::Operator, "legal_form", Type::Text),
    (Entity::Territory, "territory", Type::Text),
    (Entity::Territory, "population", Type::Number),
    (Entity::Territory, "rural", Type::Truth),
    (Entity::Check, "bankruptcy", Type::Outcome),
    (Entity::Check, "tax_debt", Type::Outcome),
    (Entity::Observed, "open_as_stated", Type::Number),
    (Entity::Observed, "welcome", Type::Number),
    (Entity::Journey, "minutes", Type::Number),
    (Entity::History, "paid_per_head", Type::Number),
    (Entity::History, "amount", Type::Number),
    (Entity::History, "period", Type::Text),
];

impl Schema for Tables {
    fn table(&self, entity: Entity) -> Option<Vec<String>> {
        let columns: Vec<String> =
            COLUMNS.iter().filter(|(e, ..)| *e == entity).map(|(_, c, _)| (*c).to_owned()).collect();
        (!columns.is_empty()).then_some(columns)
    }

    fn column(&self, entity: Entity, column: &str) -> Option<Type> {
        COLUMNS.iter().find(|(e, c, _)| *e == entity && *c == column).map(|(.., ty)| *ty)
    }

    fn levels(&self) -> Option<Vec<String>> {
        Some(vec!["country".into(), "county".into()])
    }

    fn words(&self, entity: Entity, column: &str, language: Language) -> Option<String> {
        let words = match (entity, column, language.code()) {
            (Entity::History, "paid_per_head", "en") => "money per head over five years",
            (Entity::History, "paid_per_head", "ru") => "деньги на человека за пять лет",
            (Entity::History, "paid_per_head", "kk") => "бес жылда жан басына берілген ақша",
            _ => return None,
        };
        Some(words.to_owned())
    }

    fn unit(&self, entity: Entity, column: &str) -> Option<String> {
        (entity == Entity::History && column == "paid_per_head").then(|| "EUR".to_owned())
    }
}

/// The policy of a text that has no errors of reading.
fn read(text: &str) -> Policy {
    let (policy, problems) = Policy::parse("policy.toml", text);
    assert!(!problems.has_errors(), "{}", shown(&problems, text));
    policy.unwrap()
}

/// Problems one below the other, each with the very bytes its caret would point at.
fn shown(problems: &Problems, text: &str) -> String {
    problems.iter().map(|p| one(p, text)).collect::<Vec<_>>().join("\n")
}

fn one(problem: &Problem, text: &str) -> String {
    let at = problem.place.span.map_or("", |(from, to)| &text[from..to]);
    let at = at.lines().next().unwrap_or("");
    format!("{problem}\n    at: {at}")
}
