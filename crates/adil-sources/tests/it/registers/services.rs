//! What each service says.

use adil_domain::Outcome;
use adil_sources::registers::Provider;
use serde_json::{Value, json};

use super::{
    BIN, KEY, adata, after_order, body, case, cases, one_operator, operators, options, order, run, run_with,
};
use crate::stub::{Stub, ok, status};

#[test]
fn kompra_speaks_of_court_cases() {
    let court = |value: Value| run(Provider::Kompra, vec![body(value)]);
    assert_eq!(court(cases(vec![])).outcome("court_cases"), Outcome::Pass);
    let sued = court(cases(vec![case(2020, "ТОО Сункар, Иванов")]));
    assert_eq!(sued.outcome("court_cases"), Outcome::Fail);
    assert!(!sued.everything().contains("Иванов"), "names stay with the court");
    // A namesake, a case whose side can't be told, and one of another number.
    assert_eq!(
        court(cases(vec![case(2012, "ТОО Сункар")])).row("court_cases").evidence,
        "defendant=0; other_side=0; side_unsaid=0; name only=1"
    );
    assert_eq!(court(cases(vec![case(2020, "ТОО Лашын")])).outcome("court_cases"), Outcome::Unknown);
    let mut other = case(2020, "ТОО Сункар");
    other["identifier"] = json!("491241000004");
    assert_eq!(court(cases(vec![other])).outcome("court_cases"), Outcome::Unknown);
    // No data is not no cases.
    let empty = court(json!({"status": false}));
    assert_eq!((empty.outcome("court_cases"), empty.problems.len()), (Outcome::Unknown, 0));
    assert!(empty.row("court_cases").evidence.starts_with("empty: "));
    // A part of the list is no clean list.
    let mut part = cases(vec![]);
    part["totalCases"] = json!(3);
    assert_eq!(court(part).row("court_cases").evidence, "not answered: 0 of 3 cases came");
    // Somebody else's answer, and one from the future.
    let mut wrong = cases(vec![]);
    wrong["identifier"] = json!("491241000004");
    assert!(court(wrong).codes().contains("register-other-subject"));
    let mut late = case(2020, "ТОО Сункар");
    late["lastUpdated"] = json!("2026-02-04");
    let late = court(cases(vec![late]));
    assert!(late.codes().contains("register-contradictory-days"));
    assert_eq!(late.outcome("court_cases"), Outcome::Unknown);
    // Not ready, then ready; and never ready.
    let waiting = json!({"status": null, "caseList": null});
    let ended = run(Provider::Kompra, vec![body(waiting.clone()), body(cases(vec![]))]);
    assert_eq!((ended.outcome("court_cases"), ended.pauses.len()), (Outcome::Pass, 1));
    let ended = run(Provider::Kompra, vec![body(waiting); 3]);
    assert_eq!(ended.row("court_cases").evidence, "not answered: not ready at 3 attempts");
    assert!(ended.codes().contains("register-not-ready"));
}

#[test]
fn adata_is_ordered_and_waited_for() {
    let wait = || body(json!({"success": true, "message": "wait"}));
    let operators = one_operator();
    let stub = Stub::new(order(Provider::Adata).into_iter().chain([wait(), body(adata())]).collect());
    let ended = run_with(Provider::Adata, &stub, &operators, &options(&operators));
    assert!(ended.problems.is_empty(), "{:?}", ended.problems);
    assert!(ended.answers.rows.iter().all(|r| r.outcome == Outcome::Pass), "{:?}", ended.answers.rows);
    assert_eq!(ended.answers.rows.len(), 8);
    let asked = stub.asked();
    assert_eq!(asked[0], format!("/api/company/info/{KEY}?iinBin={BIN}"));
    assert_eq!(asked[1], format!("/api/company/info/check/{KEY}?token=t0ken"));
    assert!(!ended.everything().contains("Somebody"));

    let ended = after_order(Provider::Adata, [wait(), wait(), wait()]);
    assert_eq!(ended.row("bankruptcy").evidence, "not answered: not ready at 3 attempts");
    let refused = after_order(Provider::Adata, [body(json!({"success": false, "message": "limit"}))]);
    assert!(refused.codes().contains("register-answer"));
}

#[test]
fn what_adata_does_not_say_is_unknown() {
    let changed = |path: &str, value: Value| {
        let mut answer = adata();
        *answer.pointer_mut(&format!("/data/{path}")).unwrap() = value;
        after_order(Provider::Adata, [body(answer)])
    };
    for (path, value, check, outcome) in [
        ("status/bankcrupt", json!(true), "bankruptcy", Outcome::Fail),
        ("status/bankcrupt", json!(null), "bankruptcy", Outcome::Unknown),
        ("status/bankcrupt", json!("maybe"), "bankruptcy", Outcome::Unknown),
        ("status/company_status", json!("Ликвидировано"), "registered", Outcome::Fail),
        ("status/registration_invalid", json!(true), "registered", Outcome::Fail),
        ("status/inactive", json!(1), "registered", Outcome::Unknown),
        ("status/tax_debt", json!(0.004), "tax_debt", Outcome::Pass),
        ("status/tax_debt", json!(15000), "tax_debt", Outcome::Unknown),
        ("basic/unreliable_zakup", json!(true), "unreliable_supplier", Outcome::Unknown),
        ("riskFactor/company/seized_bank_account", json!(true), "seized_accounts", Outcome::Fail),
        ("riskFactor/company/enforcement_debt", json!("1 200,50"), "enforcement", Outcome::Fail),
        ("riskFactor/company/enforcement_debt", json!(true), "enforcement", Outcome::Fail),
        ("riskFactor/company/tax_risk_degree", json!("Высокая"), "tax_risk", Outcome::Fail),
        ("riskFactor/company/tax_risk_degree", json!("?"), "tax_risk", Outcome::Unknown),
        ("riskFactor", json!(null), "seized_accounts", Outcome::Unknown),
        ("connectedDiagram", json!(null), "affiliated", Outcome::Unknown),
        ("connectedDiagram/affiliation_by_head/companies", json!([]), "affiliated", Outcome::Pass),
        (
            "connectedDiagram/affiliation_by_head/companies",
            json!([{"name": "X"}]),
            "affiliated",
            Outcome::Unknown,
        ),
        ("basic/biin", json!("491241000004"), "bankruptcy", Outcome::Unknown),
    ] {
        let ended = changed(path, value.clone());
        assert_eq!(ended.outcome(check), outcome, "{path} {value}: {}", ended.everything());
    }
    // Two operators of one round under one head.
    let (two, _) = operators(&format!("operator_id\n{BIN}\n491241000004\n"));
    let mut second = adata();
    second["data"]["basic"]["biin"] = json!("491241000004");
    let ordered = || order(Provider::Adata).remove(0);
    let stub = Stub::new(vec![ordered(), body(adata()), ordered(), body(second)]);
    let ended = run_with(Provider::Adata, &stub, &two, &options(&two));
    assert_eq!(ended.row("affiliated").evidence, "listed=1; in_this_round=491241000004");
    assert_eq!(ended.outcome("affiliated"), Outcome::Fail);
}

#[test]
fn goszakup_by_rest_clears_and_only_suspects() {
    let operators = one_operator();
    let stub = Stub::new(vec![body(json!({"items": [], "next_page": ""}))]);
    let ended = run_with(Provider::Goszakup, &stub, &operators, &options(&operators));
    assert_eq!(ended.outcome("unreliable_supplier"), Outcome::Pass);
    assert_eq!(stub.asked(), [format!("/v3/rnu/{BIN} [Bearer {KEY}]")]);

    let item =
        |biin: &str, day: &str| json!({"pid": 1, "supplier_biin": biin, "index_date": day, "system_id": 3});
    let page = |items: Vec<Value>, next: &str| body(json!({"items": items, "next_page": next}));
    let next = "/v3/rnu/491240000009?page=next&search_after=1";
    let stub = Stub::new(vec![page(vec![item(BIN, "2024-01-01 00:00:00")], next), page(vec![], "")]);
    let ended = run_with(Provider::Goszakup, &stub, &operators, &options(&operators));
    assert_eq!(
        ended.row("unreliable_supplier").evidence,
        "valid=0; expired=0; later=0; undated=1; judged on 2026-02-03"
    );
    assert_eq!(ended.outcome("unreliable_supplier"), Outcome::Unknown);
    assert!(stub.asked()[1].starts_with(next), "{:?}", stub.asked());

    for (answers, code) in [
        (vec![page(vec![item("491241000004", "2024-01-01")], "")], "register-other-subject"),
        (vec![page(vec![json!({"pid": 1})], "")], "register-answer"),
        (vec![page(vec![item(BIN, "2026-02-04")], "")], "register-contradictory-days"),
        (vec![page(vec![], "https://elsewhere.example/v3/rnu")], "register-answer"),
        (vec![page(vec![], "//elsewhere.example/v3/rnu")], "register-answer"),
        (vec![page(vec![], next), page(vec![], next)], "register-answer"),
        (vec![page(vec![], next), status("403 Forbidden")], "register-refused"),
        (vec![body(json!({"items": []}))], "register-answer"),
    ] {
        let ended = run(Provider::Goszakup, answers);
        assert!(ended.codes().contains(code), "{code}: {}", ended.everything());
        assert_eq!(ended.outcome("unreliable_supplier"), Outcome::Unknown, "{code}");
    }
}

#[test]
fn goszakup_by_graphql_is_judged_on_the_day() {
    let entry = |id: u32, from: Value, until: Value| json!({"id": id, "supplierBiin": BIN, "startDate": from, "endDate": until});
    let page = |items: Vec<Value>, more: bool, last: u32| {
        body(
            json!({"data": {"Rnu": items}, "extensions": {"pageInfo": {"hasNextPage": more, "lastId": last}}}),
        )
    };
    let judged = |from: Value, until: Value| {
        run(Provider::GoszakupGraphql, vec![page(vec![entry(1, from, until)], false, 1)])
    };
    for (from, until, outcome) in [
        (json!("2024-02-03"), json!("2026-02-03 00:00:00"), Outcome::Fail),
        (json!("2024-02-02"), json!("2026-02-02"), Outcome::Pass),
        (json!("2026-02-04"), json!("2028-02-04"), Outcome::Pass),
        (json!("2024-02-02"), json!(null), Outcome::Fail),
        (json!(null), json!(""), Outcome::Unknown),
    ] {
        let ended = judged(from, until);
        assert_eq!(ended.outcome("unreliable_supplier"), outcome, "{}", ended.everything());
    }
    assert!(judged(json!("2026-01-01"), json!("2025-01-01")).codes().contains("register-contradictory-days"));
    assert!(judged(json!("soon"), json!(null)).codes().contains("register-answer"));

    let operators = one_operator();
    let old = entry(7, json!("2010-01-01"), json!("2012-01-01"));
    let stub = Stub::new(vec![page(vec![old.clone()], true, 7), page(vec![], false, 0)]);
    let ended = run_with(Provider::GoszakupGraphql, &stub, &operators, &options(&operators));
    assert_eq!(ended.outcome("unreliable_supplier"), Outcome::Pass);
    let asked = stub.asked();
    assert!(
        asked[0].starts_with(&format!("/v3/graphql [Bearer {KEY}]{{")) && asked[0].contains(BIN),
        "{asked:?}"
    );
    assert!(asked[0].contains("\"after\": null") && asked[1].contains("\"after\": 7"), "{asked:?}");

    for answers in [
        vec![page(vec![old.clone()], true, 7), page(vec![old], true, 7)],
        vec![body(json!({"errors": [{"message": "Unauthenticated"}], "data": {"Rnu": []}}))],
        vec![body(json!({"data": {"Rnu": []}, "extensions": {"pageInfo": {"hasNextPage": true}}}))],
    ] {
        let ended = run(Provider::GoszakupGraphql, answers);
        assert!(ended.codes().contains("register-answer"), "{}", ended.everything());
        assert_eq!(ended.outcome("unreliable_supplier"), Outcome::Unknown);
    }
}

#[test]
fn the_register_of_legal_entities_says_who_exists() {
    let entity = |bin: &str, said: &str, since: &str| json!({"bin": bin, "statusru": said, "datereg": since});
    let judged = |records: Vec<Value>| {
        let last = if records.is_empty() { vec![] } else { vec![ok("[]")] };
        run(Provider::Egov, [vec![body(Value::Array(records))], last].concat())
    };
    for (records, outcome) in [
        (vec![entity(BIN, "Зарегистрирован", "2010-01-01")], Outcome::Pass),
        (vec![entity(BIN, "Ликвидирован", "2010-01-01")], Outcome::Fail),
        (vec![entity(BIN, "В процессе ликвидации", "2010-01-01")], Outcome::Unknown),
        (vec![json!({"bin": BIN})], Outcome::Unknown),
        (vec![], Outcome::Unknown),
        // A search may find somebody else.
        (vec![entity("491241000004", "Зарегистрирован", "2010-01-01")], Outcome::Unknown),
        (
            vec![entity(BIN, "Зарегистрирован", "2010-01-01"), entity(BIN, "Ликвидирован", "2010-01-01")],
            Outcome::Unknown,
        ),
    ] {
        let ended = judged(records);
        assert_eq!(ended.outcome("registered"), outcome, "{}", ended.everything());
        assert!(ended.problems.is_empty(), "{:?}", ended.problems);
    }
    for records in [
        vec![entity(BIN, "Зарегистрирован", "2026-02-04")],
        vec![entity(BIN, "Зарегистрирован", "2010-01-01"), entity(BIN, "Зарегистрирован", "2011-01-01")],
    ] {
        let ended = judged(records);
        assert!(ended.codes().contains("register-contradictory-days"));
        assert_eq!(ended.outcome("registered"), Outcome::Unknown);
    }
}
