//! goszakup.gov.kz, GraphQL: `POST /v3/graphql` with a bearer token.
//!
//! The same register as by REST, with `startDate` and `endDate` of each entry, judged on the day: an entry that ended does not
//! bar, and one that begins later does not reach back. `{data: {Rnu: […]}, extensions: {pageInfo: {hasNextPage, lastId}}}`.

use std::collections::BTreeSet;

use adil_domain::{Date, Problem};
use adil_integrity::checks::{Listing, Reply, unreliable_supplier};
use serde_json::{Value, json};

use super::asking::{Fault, one, other_shape, question};
use super::goszakup::{PAGES, endless, own};
use super::{Access, Context, Provider, Said, values};
use crate::http::{Client, Pauses};

/// The service's own cap.
const PAGE: usize = 50;

const QUERY: &str = "query($filter: RnuFiltersInput, $limit: Int, $after: Int) { \
                     Rnu(filter: $filter, limit: $limit, after: $after) { id supplierBiin startDate endDate } }";

pub(super) fn ask(
    access: &Access,
    context: &Context<'_>,
    client: &mut Client,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let mut after: Option<i64> = None;
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    loop {
        let mut asked =
            question(Provider::GoszakupGraphql, access, context, format!("{}/v3/graphql", access.base()));
        asked.bearer = access.key.as_deref();
        let filter = json!({ "supplierBiin": context.subject.number });
        asked.body =
            Some(json!({ "query": QUERY, "variables": { "filter": filter, "limit": PAGE, "after": after } }));
        let (page, last) = one(client, &asked, pauses, |value| read(value, context))?;
        entries.extend(page);
        let Some(last) = last else { break };
        if seen.len() >= PAGES || !seen.insert(last) {
            return Err(Box::new(endless(Provider::GoszakupGraphql, context)));
        }
        after = Some(last);
    }
    Ok(Said { as_of: None, judged: vec![unreliable_supplier(&Reply::Record(entries), context.day)] })
}

fn read(value: &Value, context: &Context<'_>) -> Result<(Vec<Listing>, Option<i64>), Fault> {
    let has_errors = value.get("errors").is_some_and(|e| !e.is_null());
    let Some(Value::Array(items)) = value.pointer("/data/Rnu").filter(|_| !has_errors) else {
        return Err(other_shape(value));
    };
    let mut entries = Vec::with_capacity(items.len());
    for item in items {
        own(item, "supplierBiin", context)?;
        let entry = Listing { from: date(item, "startDate")?, until: date(item, "endDate")? };
        if let (Some(from), Some(until)) = (entry.from, entry.until)
            && until < from
        {
            return Err(Fault::Days(format!("An entry ends on {until}, before it begins on {from}.")));
        }
        entries.push(entry);
    }
    let info = value.pointer("/extensions/pageInfo");
    let more = info.and_then(|i| i.get("hasNextPage")).and_then(Value::as_bool);
    let last =
        info.and_then(|i| i.get("lastId")).and_then(|v| v.as_i64().or_else(|| v.as_str()?.parse().ok()));
    match (more, last) {
        (Some(false), _) => Ok((entries, None)),
        (Some(true), Some(last)) => Ok((entries, Some(last))),
        // Without a word about pages, fewer entries than a page holds are all of them.
        (None, _) if items.len() < PAGE => Ok((entries, None)),
        _ => Err(other_shape(value)),
    }
}

/// A day of an entry; one that can't be read makes the answer one that is not understood.
fn date(item: &Value, field: &str) -> Result<Option<Date>, Fault> {
    match item.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(value) => values::day(value).map(Some).ok_or_else(|| other_shape(item)),
    }
}
