//! Adata: an order, its token, and questions until `message` is `ready`.
//!
//! `GET /api/company/info/<key>?iinBin=<BIN|IIN>` gives `{success, token}`; `GET /api/company/info/check/<key>?token=<token>`
//! gives `{message, data: {basic, status, riskFactor: {company}, connectedDiagram}}`. The key is part of the address, so no
//! address is ever shown. A flag that is missing is unknown and not a no.

use adil_domain::Problem;
use adil_integrity::checks::{
    Affiliate, Check, Debt, Judged, Listing, Reply, Standing, affiliated, enforcement, flag, registered,
    tax_debt, tax_risk, unreliable_supplier,
};
use serde_json::Value;

use super::asking::{Fault, one, other_shape, question};
use super::{Access, Context, Provider, Said, values, words};
use crate::http::{AnswerError, Client, Pauses};

/// The checks that it speaks of.
pub(super) const CHECKS: [Check; 8] = [
    Check::Registered,
    Check::Bankruptcy,
    Check::TaxDebt,
    Check::UnreliableSupplier,
    Check::Enforcement,
    Check::SeizedAccounts,
    Check::TaxRisk,
    Check::Affiliated,
];

pub(super) fn ask(
    access: &Access,
    context: &Context<'_>,
    client: &mut Client,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let key = access.key.as_deref().unwrap_or("");
    let base = access.base();
    let mut order = question(Provider::Adata, access, context, format!("{base}/api/company/info/{key}"));
    order.query.push(("iinBin", context.subject.number.clone()));
    let token =
        one(client, &order, pauses, |value| values::text(value, "token").ok_or_else(|| other_shape(value)))?;
    let mut poll = question(Provider::Adata, access, context, format!("{base}/api/company/info/check/{key}"));
    poll.query.push(("token", token.clone()));
    poll.secrets.push(&token);
    one(client, &poll, pauses, |value| read(value, context))
}

fn read(value: &Value, context: &Context<'_>) -> Result<Said, Fault> {
    let message = value.get("message").and_then(Value::as_str);
    let refused = value.get("success").and_then(Value::as_bool) == Some(false);
    match message {
        Some("ready") => {}
        Some("wait") if !refused => return Err(Fault::NotReady),
        Some(message) => return Err(Fault::Answer(AnswerError::Said(crate::words::shorten(message)))),
        None => return Err(other_shape(value)),
    }
    let data = value.get("data").filter(|d| d.is_object()).ok_or_else(|| other_shape(value))?;
    let part = |path: &str| data.pointer(path).unwrap_or(&Value::Null);
    let (basic, status, risk) = (part("/basic"), part("/status"), part("/riskFactor/company"));
    if values::names_another(basic, "biin", &context.subject.number) {
        return Err(Fault::OtherSubject);
    }
    if basic.is_null() && status.is_null() && risk.is_null() {
        return Err(other_shape(value));
    }
    let judged = vec![
        registered(&registration(status)),
        flag(Check::Bankruptcy, &truth(status, "bankcrupt")),
        tax_debt(&debt(status)),
        unreliable_supplier(&listed(basic), context.day),
        enforced(risk),
        flag(Check::SeizedAccounts, &truth(risk, "seized_bank_account")),
        tax_risk(&degree(risk)),
        affiliated(
            &companies(part("/connectedDiagram/affiliation_by_head/companies")),
            &context.subject.operator_id,
            context.operators,
        ),
    ];
    Ok(Said { as_of: None, judged })
}

/// What a field says, when `read` understands it.
fn field<T>(object: &Value, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Reply<T> {
    match object.get(name) {
        None | Some(Value::Null) => Reply::Unknown(format!("`{name}` is not said")),
        Some(value) => {
            read(value).map_or_else(|| Reply::Unknown(format!("`{name}` is not understood")), Reply::Record)
        }
    }
}

fn truth(object: &Value, name: &str) -> Reply<bool> {
    field(object, name, values::truth)
}

fn registration(status: &Value) -> Reply<adil_integrity::checks::Registration> {
    let found = field(status, "company_status", |v| v.as_str().map(words::registration));
    let Reply::Record(mut found) = found else { return found };
    let says = |name: &str| status.get(name).and_then(values::truth) == Some(true);
    if says("registration_invalid") {
        found.standing = Standing::Ceased;
        found.words.push_str(", registration invalid");
    } else if found.standing == Standing::Existing && (says("inactive") || says("pseudo_company")) {
        found.standing = Standing::Unclear;
        found.words.push_str(", said to be inactive or a pseudo company");
    }
    Reply::Record(found)
}

/// The total alone: what of it is appealed or rescheduled is not said.
fn debt(status: &Value) -> Reply<Debt> {
    field(status, "tax_debt", |v| {
        let total = values::amount(v)?;
        Some(Debt { total, appealed: None, rescheduled: None, rehabilitation: None, parts: Vec::new() })
    })
}

/// A yes without days can't be judged on a day; a no is an empty list.
fn listed(basic: &Value) -> Reply<Vec<Listing>> {
    field(basic, "unreliable_zakup", |v| {
        let undated = Listing { from: None, until: None };
        values::truth(v).map(|listed| if listed { vec![undated] } else { Vec::new() })
    })
}

/// A sum, or a yes or no.
fn enforced(risk: &Value) -> Judged {
    match risk.get("enforcement_debt") {
        Some(Value::Bool(adverse)) => flag(Check::Enforcement, &Reply::Record(*adverse)),
        _ => enforcement(&field(risk, "enforcement_debt", values::amount)),
    }
}

fn degree(risk: &Value) -> Reply<adil_integrity::checks::TaxRisk> {
    field(risk, "tax_risk_degree", |v| v.as_str().and_then(words::tax_risk))
}

fn companies(list: &Value) -> Reply<Vec<Affiliate>> {
    match list {
        Value::Array(list) => {
            let one = |company: &Value| {
                let number = values::text(company, "bin")?;
                Some(Affiliate { operator_id: format!("{:0>12}", number.trim()) })
            };
            list.iter()
                .map(one)
                .collect::<Option<Vec<Affiliate>>>()
                .map_or_else(|| Reply::Unknown("a company of the list has no BIN".to_owned()), Reply::Record)
        }
        Value::Null => Reply::Unknown("`affiliation_by_head` is not said".to_owned()),
        _ => Reply::Unknown("`affiliation_by_head` is not understood".to_owned()),
    }
}
