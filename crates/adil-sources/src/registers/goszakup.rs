//! goszakup.gov.kz, REST v3: `GET /v3/rnu/<BIN|IIN>` with a bearer token.
//!
//! `{items: [{supplier_biin, index_date, …}], next_page}`; `next_page` is `""` at the end. An empty list is the register's
//! answer that the operator is not in it. An entry has the day it was indexed on and not the days it holds from and to, so
//! it is a reason to ask the GraphQL interface, and neither a pass nor a fail.

use std::collections::BTreeSet;

use adil_domain::Problem;
use adil_integrity::checks::{Listing, Reply, unreliable_supplier};
use serde_json::Value;

use super::asking::{Fault, days, one, other_shape, place, question};
use super::{Access, Context, Provider, Said, values};
use crate::http::{AnswerError, Client, Pauses};

/// No operator has more pages of entries.
pub(super) const PAGES: usize = 50;

pub(super) fn ask(
    access: &Access,
    context: &Context<'_>,
    client: &mut Client,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let base = access.base();
    let mut next = format!("{base}/v3/rnu/{}", context.subject.number);
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    while !next.is_empty() {
        if seen.len() >= PAGES || !seen.insert(next.clone()) {
            return Err(Box::new(endless(Provider::Goszakup, context)));
        }
        let mut asked = question(Provider::Goszakup, access, context, next);
        asked.bearer = access.key.as_deref();
        let (page, after) = one(client, &asked, pauses, |value| read(value, context, base))?;
        entries.extend(page);
        next = after;
    }
    Ok(Said { as_of: None, judged: vec![unreliable_supplier(&Reply::Record(entries), context.day)] })
}

fn read(value: &Value, context: &Context<'_>, base: &str) -> Result<(Vec<Listing>, String), Fault> {
    let (Some(Value::Array(items)), Some(Value::String(next))) = (value.get("items"), value.get("next_page"))
    else {
        return Err(other_shape(value));
    };
    for item in items {
        own(item, "supplier_biin", context)?;
        if let Some(day) = item.get("index_date").and_then(values::day).filter(|day| *day > context.day) {
            let today = context.day;
            return Err(Fault::Days(format!("An entry is dated {day}, after the day of asking ({today}).")));
        }
    }
    // The key goes with the next question, so it may go to the same place only.
    let next = match next.as_str() {
        "" => String::new(),
        path if path.starts_with('/') && !path.starts_with("//") => format!("{base}{path}"),
        url if url.strip_prefix(base).is_some_and(|rest| rest.starts_with('/')) => url.to_owned(),
        _ => return Err(Fault::Answer(AnswerError::OtherShape("next_page leads elsewhere".to_owned()))),
    };
    Ok((vec![Listing { from: None, until: None }; items.len()], next))
}

/// An entry must be the operator's own.
pub(super) fn own(item: &Value, field: &str, context: &Context<'_>) -> Result<(), Fault> {
    if values::text(item, field).is_none() {
        return Err(other_shape(item));
    }
    if values::names_another(item, field, &context.subject.number) {
        return Err(Fault::OtherSubject);
    }
    Ok(())
}

/// Pages that lead in a circle.
pub(super) fn endless(provider: Provider, context: &Context<'_>) -> Problem {
    let mut problem = days(place(provider, context), String::new());
    problem.code = "register-answer";
    "The pages of the answer have no end, so it is not whole.".clone_into(&mut problem.message);
    problem.hint("Nothing of it is used; run it again later, and tell the service if it stays so.")
}
