//! Registers and verifiers, as a stub on the loopback plays them, and as files.

mod batch;
mod faults;
mod files;
mod services;

use std::collections::BTreeSet;
use std::time::Duration;

use adil_domain::identifier::HashKey;
use adil_domain::{Outcome, Problems};
use adil_sources::registers::{Access, Answers, Operators, Options, Provider, Row, ask, subjects};
use adil_sources::sheet::Sheet;
use serde_json::{Value, json};

use super::stub::{Answer, Noted, Stub, ok};

const KEY: &str = "s3cret/key";
/// A made-up legal entity, and a made-up person born in 1818.
const BIN: &str = "491240000009";
const IIN: &str = "180101100001";

fn operators(table: &str) -> (Operators, Problems) {
    let mut problems = Problems::new();
    let sheet = Sheet::read("operators.csv", table.as_bytes(), None, &mut problems).unwrap();
    let country = adil_domain::country::pack("kz").unwrap();
    let key = HashKey::new(&[7; 32]).unwrap();
    (subjects(&sheet, country, Some(&key), &mut problems), problems)
}

fn one_operator() -> Operators {
    let (operators, problems) = operators(&format!("operator_id,name\n{BIN},A\n"));
    assert!(problems.is_empty(), "{problems:?}");
    operators
}

fn options(operators: &Operators) -> Options {
    Options {
        day: "2026-02-03".parse().unwrap(),
        source: "the-source".to_owned(),
        cache: None,
        max_age_days: 30,
        operators: operators.ids.clone(),
    }
}

struct Ended {
    answers: Answers,
    problems: Problems,
    pauses: Vec<Duration>,
}

impl Ended {
    fn codes(&self) -> BTreeSet<&str> {
        self.problems.iter().map(|p| p.code).collect()
    }

    fn outcome(&self, check: &str) -> Outcome {
        self.row(check).outcome
    }

    fn row(&self, check: &str) -> &Row {
        self.answers.rows.iter().find(|r| r.check == check).unwrap_or_else(|| panic!("no row of {check}"))
    }

    fn everything(&self) -> String {
        format!("{:?}{:?}", self.answers, self.problems)
    }
}

fn run_with(provider: Provider, stub: &Stub, operators: &Operators, options: &Options) -> Ended {
    run_within(Duration::from_secs(20), provider, stub, operators, options)
}

fn run_within(
    timeout: Duration,
    provider: Provider,
    stub: &Stub,
    operators: &Operators,
    options: &Options,
) -> Ended {
    let mut access = Access::new(provider);
    access.base.clone_from(&stub.base);
    access.key = Some(KEY.to_owned());
    access.limits.attempts = 3;
    access.limits.gap = Duration::ZERO;
    access.limits.timeout = timeout;
    access.limits.answer = 100_000;
    let (mut noted, mut problems) = (Noted::default(), Problems::new());
    let answers = ask(provider, &access, &operators.subjects, options, &mut noted, &mut problems);
    assert!(!format!("{access:?}").contains(KEY));
    Ended { answers, problems, pauses: noted.0 }
}

fn run(provider: Provider, answers: Vec<Answer>) -> Ended {
    let operators = one_operator();
    run_with(provider, &Stub::new(answers), &operators, &options(&operators))
}

fn body(value: Value) -> Answer {
    ok(value.to_string())
}

/// What comes before the answer about an operator.
fn order(provider: Provider) -> Vec<Answer> {
    let order = || body(json!({"success": true, "token": "t0ken"}));
    if provider == Provider::Adata { vec![order()] } else { Vec::new() }
}

fn after_order(provider: Provider, answers: impl IntoIterator<Item = Answer>) -> Ended {
    run(provider, order(provider).into_iter().chain(answers).collect())
}

fn cases(list: Vec<Value>) -> Value {
    json!({"status": true, "totalCases": list.len(), "identifier": BIN, "caseList": list})
}

fn case(year: u32, defendant: &str) -> Value {
    json!({"id": 1, "identifier": BIN, "year": year, "company": "ТОО «Сункар»", "plaintiff": "ТОО Бүркіт",
           "defendant": defendant, "lastUpdated": "2026-01-20T10:00:00", "documentList": []})
}

fn adata() -> Value {
    json!({"success": true, "message": "ready", "data": {
        "basic": {"biin": BIN, "unreliable_zakup": false, "fullname_director": "Somebody"},
        "status": {"company_status": "Действующее", "pseudo_company": false, "inactive": false, "registration_invalid": false,
                   "bankcrupt": false, "tax_debt": 0},
        "riskFactor": {"company": {"seized_bank_account": false, "enforcement_debt": 0, "tax_risk_degree": "Низкая"}},
        "connectedDiagram": {"affiliation_by_head": {"companies": [{"name": "X", "type": "ТОО", "bin": "491241000004"}]}}}})
}
