//! KOMPRA: `GET /api/v2/cases?identifier=<BIN|IIN>&api-token=<key>`.
//!
//! `{status, totalCases, identifier, caseList: [{identifier, year, company, plaintiff, defendant, lastUpdated, …}]}`. `status`
//! null: not ready; false: no data; true: an answer. Acts have been matched by identifier since 2016; earlier ones by name.
//! Of its other methods the answers' shapes are not published, or say what was paid rather than what is owed: they are
//! not asked.

use adil_domain::Outcome;
use adil_integrity::checks::{Case, Check, Reply, Side, court_cases, not_answered};
use serde_json::Value;

use super::asking::{Fault, one, other_shape, question};
use super::{Access, Context, Provider, Said, values};
use crate::http::{Client, Pauses};
use crate::words::plain;
use adil_domain::Problem;

/// The first year whose acts were matched by identifier.
const BY_IDENTIFIER_SINCE: u64 = 2016;

pub(super) fn ask(
    access: &Access,
    context: &Context<'_>,
    client: &mut Client,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let mut asked = question(Provider::Kompra, access, context, format!("{}/api/v2/cases", access.base()));
    asked.query.push(("identifier", context.subject.number.clone()));
    if let Some(key) = &access.key {
        asked.query.push(("api-token", key.clone()));
    }
    one(client, &asked, pauses, |value| read(value, context))
}

fn read(value: &Value, context: &Context<'_>) -> Result<Said, Fault> {
    let object = value.as_object().ok_or_else(|| other_shape(value))?;
    let number = context.subject.number.as_str();
    let judged = match (object.get("status"), object.get("caseList")) {
        (Some(Value::Null), None | Some(Value::Null)) => return Err(Fault::NotReady),
        (Some(Value::Bool(false)), _) => court_cases(&Reply::Empty),
        (Some(Value::Bool(true)), Some(Value::Array(list))) => {
            if values::names_another(value, "identifier", number) {
                return Err(Fault::OtherSubject);
            }
            if let Some(late) =
                list.iter().filter_map(|c| values::day(c.get("lastUpdated")?)).find(|day| *day > context.day)
            {
                let day = context.day;
                return Err(Fault::Days(format!(
                    "A case was changed on {late}, after the day of asking ({day})."
                )));
            }
            let cases: Vec<Case> = list.iter().map(|c| case(c, number)).collect();
            let judged = court_cases(&Reply::Record(cases));
            let total = object.get("totalCases").and_then(Value::as_u64);
            let came = u64::try_from(list.len()).unwrap_or(u64::MAX);
            match total {
                // A part of the list proves a fail and no pass.
                Some(total) if total == came || judged.outcome == Outcome::Fail => judged,
                Some(total) => not_answered(Check::CourtCases, &format!("{came} of {total} cases came")),
                None => return Err(other_shape(value)),
            }
        }
        _ => return Err(other_shape(value)),
    };
    Ok(Said { as_of: None, judged: vec![judged] })
}

fn case(case: &Value, number: &str) -> Case {
    let year = case.get("year").and_then(|y| y.as_u64().or_else(|| y.as_str()?.trim().parse().ok()));
    let is_own =
        values::text(case, "identifier").is_some_and(|said| format!("{:0>12}", said.trim()) == number);
    let by_identifier = is_own && year.is_some_and(|y| y >= BY_IDENTIFIER_SINCE);
    let name = values::text(case, "company").map(|name| plain(&name)).filter(|name| !name.is_empty());
    let among = |side: &str| {
        name.as_ref().is_some_and(|name| values::text(case, side).is_some_and(|s| plain(&s).contains(name)))
    };
    let side = match (among("defendant"), among("plaintiff")) {
        (true, false) => Side::Defendant,
        (false, true) => Side::Other,
        _ => Side::Unsaid,
    };
    Case { by_identifier, side }
}
