//! data.egov.kz, `gbd_ul/v1`: the register of legal entities, asked for one BIN at a time.
//!
//! Records `{bin, nameru, addressru, director, statusru, okedru, datereg}`. No record is no proof that there is no such entity:
//! the data set is a copy.

use adil_domain::{Problem, Problems, Severity};
use adil_integrity::checks::{Registration, Reply, Standing, registered};
use serde_json::json;

use super::asking::{days, place};
use super::{Access, Context, Provider, Said, values, words};
use crate::egov::{self, Dataset};
use crate::http::Pauses;

pub(super) fn ask(
    access: &Access,
    context: &Context<'_>,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let mut dataset = Dataset::new("gbd_ul", "v1", context.day);
    access.base().clone_into(&mut dataset.base);
    dataset.key.clone_from(&access.key);
    dataset.proxy.clone_from(&access.proxy);
    dataset.size = 10;
    dataset.query = Some(json!({ "bool": { "must": [{ "match": { "bin": context.subject.number } }] } }));
    dataset.limits.answer = access.limits.answer;
    dataset.limits.attempts = access.limits.attempts;
    dataset.limits.timeout = access.limits.timeout;
    dataset.limits.records = 100;
    let mut problems = Problems::new();
    let records = egov::fetch(&dataset, pauses, &mut problems);
    let here = place(Provider::Egov, context);
    if !records.complete {
        let found = problems.into_iter().find(|p| p.severity == Severity::Error);
        let problem = found.unwrap_or_else(|| {
            Problem::error("egov-failed", here.clone(), "The service gave no whole answer.")
                .hint("Run it again later.")
        });
        return Err(Box::new(Problem { place: here, ..problem }));
    }
    let field = |row: &[(String, String)], name: &str| {
        row.iter().find(|(n, _)| n == name).map(|(_, text)| text.trim().to_owned()).filter(|t| !t.is_empty())
    };
    // A search may find more than was asked for; whatever is not the operator's own is no answer.
    let is_own = |row: &&Vec<(String, String)>| {
        field(row, "bin").is_some_and(|bin| format!("{bin:0>12}") == context.subject.number)
    };
    let own: Vec<_> = records.rows.iter().filter(is_own).collect();
    let since: Vec<_> = own
        .iter()
        .filter_map(|row| field(row, "datereg").and_then(|text| values::day_of_text(&text)))
        .collect();
    if let Some(late) = since.iter().find(|day| **day > context.day) {
        let message =
            format!("The entity is registered on {late}, after the day of asking ({}).", context.day);
        return Err(Box::new(days(here, message)));
    }
    if since.windows(2).any(|pair| pair[0] != pair[1]) {
        let message = "The register has the entity twice, registered on different days.".to_owned();
        return Err(Box::new(days(here, message)));
    }
    let found: Vec<Registration> =
        own.iter().filter_map(|row| field(row, "statusru")).map(|said| words::registration(&said)).collect();
    let reply = match (own.is_empty(), found.as_slice()) {
        (true, _) => Reply::Empty,
        (false, []) => Reply::Unknown("`statusru` is not said".to_owned()),
        (false, [first, rest @ ..]) => {
            let mut first = first.clone();
            if rest.iter().any(|r| r.standing != first.standing) || found.len() < own.len() {
                first.standing = Standing::Unclear;
            }
            Reply::Record(first)
        }
    };
    Ok(Said { as_of: None, judged: vec![registered(&reply)] })
}
