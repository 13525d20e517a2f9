//! Whatever comes instead of an answer is unknown.

use std::time::Duration;

use adil_domain::Outcome;
use adil_sources::registers::Provider;
use serde_json::{Value, json};

use super::{
    BIN, KEY, adata, after_order, body, case, cases, one_operator, options, run, run_with, run_within,
};
use crate::stub::{Answer, Stub, ok, status};

#[test]
fn no_provider_makes_a_pass_of_anything_but_an_answer() {
    let busy = || Answer { headers: "Retry-After: 7\r\n", ..status("429 Too Many Requests") };
    let html = || Answer { headers: "Content-Type: text/html\r\n", ..ok("<html>Кіру</html>") };
    let cut = || Answer { claimed: Some(1_000), ..ok("{\"status\":true,") };
    let echo = || Answer { body: format!("no such key {KEY}, {BIN}"), ..status("404 Not Found") };
    let cases: Vec<(&str, &str, Vec<Answer>, usize)> = vec![
        ("401", "-refused", vec![status("401 Unauthorized")], 0),
        ("403", "-refused", vec![status("403 Forbidden")], 0),
        ("404", "-failed", vec![echo()], 0),
        ("429", "-busy", vec![busy(), busy(), busy()], 2),
        ("500", "-failed", vec![status("500 Oops"); 3], 2),
        ("cut off", "-failed", vec![cut(), cut(), cut()], 2),
        ("half a JSON", "-answer", vec![ok("{\"status\":tr"); 3], 2),
        ("garbage", "-answer", vec![ok("{'status': True}"); 3], 2),
        ("HTML", "-answer", vec![html()], 0),
        ("nothing", "-answer", vec![ok("")], 0),
        ("null", "-answer", vec![ok("null")], 0),
        ("another shape", "-answer", vec![ok("{\"took\":3}")], 0),
        ("a number", "-answer", vec![ok("3")], 0),
        ("words", "-answer", vec![body(json!({"error": format!("bad {KEY}")}))], 0),
        ("too long", "-too-large", vec![ok(format!("[\"{}\"]", "a".repeat(200_000)))], 0),
        ("a null list", "-answer", vec![ok("{\"items\":null,\"data\":null,\"caseList\":null}")], 0),
    ];
    for provider in Provider::ALL {
        for (what, ending, answers, pauses) in &cases {
            for ended in [run(provider, answers.clone()), after_order(provider, answers.clone())] {
                let about = format!("{} and {what}: {}", provider.name(), ended.everything());
                assert_eq!(ended.answers.rows.len(), provider.checks().len(), "{about}");
                assert!(ended.answers.rows.iter().all(|r| r.outcome == Outcome::Unknown), "{about}");
                assert!(
                    ended.answers.rows.iter().all(|r| r.evidence.starts_with("not answered: ")),
                    "{about}"
                );
                assert!(ended.codes().iter().any(|code| code.ends_with(ending)), "{about}");
                assert!(ended.problems.iter().all(|p| p.hint.is_some()), "{about}");
                assert_eq!(ended.answers.unanswered, 1, "{about}");
                assert_eq!(ended.pauses.len(), *pauses, "{about}");
                let secrets = [KEY, "s3cret", "t0ken"];
                assert!(!secrets.iter().any(|secret| ended.everything().contains(secret)), "{about}");
            }
        }
    }
    let ended = run(Provider::Kompra, vec![busy(), busy(), busy()]);
    assert_eq!(ended.pauses, [Duration::from_secs(7), Duration::from_secs(7)], "the service's own wish");
    assert_eq!(ended.row("court_cases").evidence, "not answered: asked too often at 3 attempts");
}

#[test]
fn a_service_that_never_answers_is_given_up() {
    let operators = one_operator();
    let never = || Answer { never: true, ..ok("") };
    for provider in Provider::ALL {
        let stub = Stub::new(vec![never(), never(), never()]);
        let short = Duration::from_millis(20);
        let ended = run_within(short, provider, &stub, &operators, &options(&operators));
        assert!(ended.answers.rows.iter().all(|r| r.outcome == Outcome::Unknown));
        assert!(ended.codes().iter().any(|c| c.ends_with("-failed")), "{}", ended.everything());
        assert_eq!(ended.pauses.len(), 2);
        assert!(!ended.everything().contains("s3cret"), "{}", ended.everything());
    }
}

#[test]
fn nobody_listens() {
    let operators = one_operator();
    for provider in Provider::ALL {
        let mut stub = Stub::new(Vec::new());
        let real = std::mem::replace(&mut stub.base, "http://127.0.0.1:9".to_owned());
        let ended = run_with(provider, &stub, &operators, &options(&operators));
        stub.base = real;
        assert!(ended.answers.rows.iter().all(|r| r.outcome == Outcome::Unknown));
        assert!(ended.codes().iter().any(|c| c.ends_with("-failed")), "{}", ended.everything());
        assert!(!ended.everything().contains("s3cret"), "{}", ended.everything());
    }
}

/// Every pointer into a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                pointers(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn an_answer_with_any_part_of_another_make_is_borne() {
    let entry = json!({"id": 1, "supplierBiin": BIN, "startDate": "2010-01-01", "endDate": "2012-01-01"});
    let graphql =
        json!({"data": {"Rnu": [entry]}, "extensions": {"pageInfo": {"hasNextPage": false, "lastId": 1}}});
    let rest = json!({"items": [{"supplier_biin": BIN, "index_date": "2024-01-01"}], "next_page": ""});
    let strange = [json!(null), json!(-1), json!("?"), json!([]), json!({}), json!(true), json!(1e300)];
    for (provider, answer) in [
        (Provider::Kompra, cases(vec![case(2020, "ТОО Лашын")])),
        (Provider::Adata, adata()),
        (Provider::Goszakup, rest),
        (Provider::GoszakupGraphql, graphql),
        (Provider::Egov, json!([{"bin": BIN, "statusru": "Зарегистрирован", "datereg": "2010-01-01"}])),
    ] {
        let mut found = Vec::new();
        pointers(&answer, "", &mut found);
        for pointer in found {
            for value in &strange {
                let mut changed = answer.clone();
                *changed.pointer_mut(&pointer).unwrap() = value.clone();
                let last = if provider == Provider::Egov { vec![ok("[]")] } else { Vec::new() };
                let ended = after_order(provider, std::iter::repeat_n(body(changed), 3).chain(last));
                assert_eq!(ended.answers.rows.len(), provider.checks().len(), "{pointer} {value}");
                assert!(ended.problems.iter().all(|p| p.hint.is_some()), "{pointer} {value}");
            }
        }
    }
}
