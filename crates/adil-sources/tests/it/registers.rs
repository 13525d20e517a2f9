//! Registers and verifiers, as a stub on the loopback plays them, and as files.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use adil_domain::identifier::HashKey;
use adil_domain::{Outcome, Problems};
use adil_sources::mapping::{Context, Mapping};
use adil_sources::registers::{
    Access, Answers, Operators, Options, Provider, Row, arrears_of_file, ask, checks_of_file, contradictions,
    entities_of_file, subjects, write,
};
use adil_sources::sheet::Sheet;
use serde_json::{Value, json};

use super::stub::{Answer, Noted, Stub, ok, status};

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

fn cases(list: Vec<Value>) -> Value {
    json!({"status": true, "totalCases": list.len(), "identifier": BIN, "caseList": list})
}

fn case(year: u32, defendant: &str) -> Value {
    json!({"id": 1, "identifier": BIN, "year": year, "company": "ТОО «Сункар»", "plaintiff": "ТОО Бүркіт",
           "defendant": defendant, "lastUpdated": "2026-01-20T10:00:00", "documentList": []})
}

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

fn adata() -> Value {
    json!({"success": true, "message": "ready", "data": {
        "basic": {"biin": BIN, "unreliable_zakup": false, "fullname_director": "Somebody"},
        "status": {"company_status": "Действующее", "pseudo_company": false, "inactive": false, "registration_invalid": false,
                   "bankcrupt": false, "tax_debt": 0},
        "riskFactor": {"company": {"seized_bank_account": false, "enforcement_debt": 0, "tax_risk_degree": "Низкая"}},
        "connectedDiagram": {"affiliation_by_head": {"companies": [{"name": "X", "type": "ТОО", "bin": "491241000004"}]}}}})
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

fn read_all(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.push_str(&path.display().to_string());
        all.push_str(&if path.is_dir() { read_all(&path) } else { std::fs::read_to_string(path).unwrap() });
    }
    all
}

#[test]
fn a_second_run_asks_what_is_missing_or_old() {
    let folder = tempfile::tempdir().unwrap();
    let (three, _) = operators(&format!("operator_id\n{BIN}\n491241000004\n{IIN}\n"));
    assert_eq!(three.subjects.len(), 3);
    let on = |day: &str, max_age_days| Options {
        day: day.parse().unwrap(),
        cache: Some(folder.path().join("answers")),
        max_age_days,
        ..options(&three)
    };
    let clean = || body(json!({"items": [], "next_page": ""}));
    let stub = Stub::new(vec![clean(), status("404 No"), clean()]);
    let first = run_with(Provider::Goszakup, &stub, &three, &on("2026-02-03", 30));
    assert_eq!((first.answers.asked, first.answers.kept, first.answers.unanswered), (3, 0, 1));

    // The one that failed is asked again, and the others keep the day on which they answered.
    let stub = Stub::new(vec![clean()]);
    let second = run_with(Provider::Goszakup, &stub, &three, &on("2026-03-05", 30));
    assert_eq!((second.answers.asked, second.answers.kept, second.answers.unanswered), (1, 2, 0));
    assert_eq!(second.answers.oldest.unwrap().to_string(), "2026-02-03");
    assert!(second.codes().contains("register-cached"));
    let days: BTreeSet<String> = second.answers.rows.iter().map(|r| r.as_of.to_string()).collect();
    assert_eq!(days, ["2026-02-03", "2026-03-05"].map(str::to_owned).into());

    // A day later two are too old; on an earlier day nothing kept may be used.
    let stub = Stub::new(vec![clean(), clean()]);
    assert_eq!(run_with(Provider::Goszakup, &stub, &three, &on("2026-03-06", 30)).answers.asked, 2);
    let stub = Stub::new(vec![clean(), clean(), clean()]);
    assert_eq!(run_with(Provider::Goszakup, &stub, &three, &on("2026-01-01", 30)).answers.asked, 3);

    // A damaged file is asked for again, and neither key nor a person's number is kept.
    let all = read_all(folder.path());
    assert!(!all.contains(IIN) && !all.contains("s3cret"), "{all}");
    std::fs::write(folder.path().join(format!("answers/goszakup/{BIN}.json")), "{\"day\":").unwrap();
    let stub = Stub::new(vec![clean()]);
    let ended = run_with(Provider::Goszakup, &stub, &three, &on("2026-01-02", 30));
    assert!(ended.codes().contains("register-cache"));
    assert_eq!(ended.answers.asked, 1);
}

#[test]
fn a_service_that_is_not_there_is_left_alone() {
    let many = (0..12).map(bin).collect::<Vec<_>>().join("\n");
    let (many, _) = operators(&format!("operator_id\n{many}"));
    assert_eq!(many.subjects.len(), 12);
    let stub = Stub::new(vec![status("403 Forbidden")]);
    let ended = run_with(Provider::Goszakup, &stub, &many, &options(&many));
    assert_eq!((stub.asked().len(), ended.answers.unanswered), (1, 12));
    assert!(ended.codes().contains("register-stopped"));
    let stub = Stub::new(vec![status("404 No"); 12]);
    let ended = run_with(Provider::Goszakup, &stub, &many, &options(&many));
    assert_eq!((stub.asked().len(), ended.answers.rows.len()), (5, 12));
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

/// Made-up BINs with a right check digit.
fn bin(serial: u32) -> String {
    let mut found = (0..=9).map(move |digit| format!("49124001{serial:03}{digit}"));
    let scheme = adil_domain::identifier::Scheme::KzBin;
    found.find(|text| scheme.parse(text).is_ok()).unwrap_or_else(|| bin(serial + 100))
}

#[test]
fn who_cannot_be_asked_about_is_said() {
    let hash = "ab".repeat(32);
    let table = format!("operator_id\n{BIN}\n{BIN}\n491240000008\nDE123\n{hash}\n51040005150\n{IIN}\n");
    let (found, problems) = operators(&table);
    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
    assert_eq!(
        codes,
        ["doubtful-identifier", "not-asked", "not-asked", "identifier-repadded"],
        "{problems:?}"
    );
    assert_eq!(found.subjects.len(), 3);
    assert_eq!(found.ids.len(), 6);
    assert!(!format!("{found:?}{problems:?}").contains(IIN));

    // Asked in plain, written as a hash.
    let (person, _) = operators(&format!("operator_id\n{IIN}\n"));
    let stub = Stub::new(vec![body(json!({"items": [], "next_page": ""}))]);
    let ended = run_with(Provider::Goszakup, &stub, &person, &options(&person));
    assert!(stub.asked()[0].contains(IIN));
    assert_eq!(ended.answers.rows[0].operator_id.len(), 64);
    assert!(!ended.everything().contains(IIN));
    // An answer about somebody else, and an echo, do not show the number either.
    let echo = Answer { body: format!("not found: {IIN}"), ..status("404 Not Found") };
    let ended = run_with(Provider::Goszakup, &Stub::new(vec![echo]), &person, &options(&person));
    assert!(!ended.everything().contains(IIN), "{}", ended.everything());
    // The register of legal entities is not asked about people.
    let stub = Stub::new(Vec::new());
    let ended = run_with(Provider::Egov, &stub, &person, &options(&person));
    assert!(stub.asked().is_empty() && ended.codes().contains("not-asked"));
    assert_eq!(ended.outcome("registered"), Outcome::Unknown);

    let mut problems = Problems::new();
    let sheet = Sheet::read("operators.csv", table.as_bytes(), None, &mut problems).unwrap();
    let kz = adil_domain::country::pack("kz").unwrap();
    let without_key = subjects(&sheet, kz, None, &mut problems);
    assert!(problems.iter().any(|p| p.code == "personal-identifier"));
    assert_eq!((without_key.subjects.len(), without_key.ids.len()), (2, 5));
}

fn arrears(value: &Value) -> (Vec<Row>, Problems) {
    let mut problems = Problems::new();
    let files = [("kgd.json".to_owned(), value.to_string().into_bytes())];
    let rows = arrears_of_file(&files, &one_operator(), "2026-02-03".parse().unwrap(), "kgd", &mut problems);
    (rows, problems)
}

#[test]
fn arrears_are_read_from_files() {
    let answer = json!({"iinBin": BIN, "totalArrear": 1500.5, "totalTaxArrear": 1000, "pensionContributionArrear": 500.5,
        "socialContributionArrear": 0, "socialHealthInsuranceArrear": 0, "appealledAmount": 1000, "modifiedTermsAmount": 500,
        "rehabilitaionProcedureAmount": 0.5, "sendTime": 1_769_972_400_000_i64,
        "taxOrgInfo": [{"nameRu": "УГД", "reportAcrualDate": 1_769_799_600_000_i64}]});
    let (rows, problems) = arrears(&answer);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(
        (rows.len(), rows[0].outcome, rows[0].as_of.to_string().as_str()),
        (1, Outcome::Pass, "2026-01-31")
    );
    assert_eq!(
        rows[0].evidence,
        "net=0.00; total=1500.5; appealed=1000; rescheduled=500; rehabilitation=0.5; parts=tax 1000, pension 500.5, social 0, health 0"
    );
    let with = |name: &str, value: Value| {
        let mut changed = answer.clone();
        changed[name] = value;
        arrears(&json!([changed]))
    };
    assert_eq!(with("appealledAmount", json!(0)).0[0].outcome, Outcome::Fail);
    assert_eq!(with("appealledAmount", json!("?")).0[0].outcome, Outcome::Unknown);
    assert_eq!(with("totalArrear", json!(null)).0[0].outcome, Outcome::Unknown);
    for (name, value) in [
        ("taxOrgInfo", json!([{"reportAcrualDate": "2026-01-31"}, {"reportAcrualDate": "2026-01-30"}])),
        ("taxOrgInfo", json!([{"reportAcrualDate": "2026-02-04"}])),
        ("sendTime", json!("2026-02-04")),
        ("sendTime", json!("2026-01-30")),
    ] {
        let (rows, problems) = with(name, value.clone());
        assert_eq!(problems.as_slice()[0].code, "register-contradictory-days", "{name} {value}");
        assert_eq!(rows[0].outcome, Outcome::Unknown);
    }
    // Nothing about the operator; an answer about nobody; a web page.
    let (rows, _) = with("iinBin", json!("491241000004"));
    assert!(rows[0].evidence.starts_with("empty: "));
    assert_eq!(with("iinBin", json!(null)).1.as_slice()[0].code, "register-answer");

    let table = format!(
        "iinBin,totalArrear,appealledAmount,modifiedTermsAmount,rehabilitaionProcedureAmount,sendTime\n{BIN},0.004,0,0,0,1769799600000\n"
    );
    let mut problems = Problems::new();
    let files = [("kgd.csv".to_owned(), table.into_bytes())];
    let rows = arrears_of_file(&files, &one_operator(), "2026-02-03".parse().unwrap(), "kgd", &mut problems);
    assert_eq!(
        (rows[0].outcome, rows[0].as_of.to_string().as_str()),
        (Outcome::Pass, "2026-01-31"),
        "{problems:?}"
    );
}

#[test]
fn workbooks_of_legal_entities_say_who_is_in_them() {
    let (found, _) = operators(&format!("operator_id\n{BIN}\n491241000004\n"));
    let read = |table: String| {
        let mut problems = Problems::new();
        let files = [("region.csv".to_owned(), table.into_bytes())];
        let rows = entities_of_file(&files, &found, "2026-02-03".parse().unwrap(), "stat", &mut problems);
        (rows.iter().map(|r| r.outcome).collect::<Vec<_>>(), problems)
    };
    assert_eq!(read(format!("БИН,Наименование\n{BIN},A\n")).0, [Outcome::Pass, Outcome::Unknown]);
    assert_eq!(
        read(format!("БСН,Статус\n{BIN},Ликвидирован\n491241000004,Действующий\n")).0,
        [Outcome::Fail, Outcome::Pass]
    );
    let (outcomes, problems) = read("Номер\n1\n".to_owned());
    assert_eq!(outcomes, [Outcome::Unknown, Outcome::Unknown]);
    assert_eq!(problems.as_slice()[0].code, "unknown-column");
}

fn written(table: &str, mapping: Option<&str>) -> (Vec<Row>, Vec<&'static str>) {
    let mut problems = Problems::new();
    let sheet = Sheet::read("answers.csv", table.as_bytes(), None, &mut problems).unwrap();
    let mapping = mapping.map(|text| Mapping::parse("m.toml", text, &mut problems).unwrap());
    let key = HashKey::new(&[7; 32]).unwrap();
    let context =
        Context { country: adil_domain::country::pack("kz"), key: Some(&key), ..Context::default() };
    let (known, _) = operators(&format!("operator_id\n{BIN}\n{IIN}\n"));
    let day = "2026-02-03".parse().unwrap();
    let rows = checks_of_file(&sheet, mapping.as_ref(), &context, &known, day, "akimat", &mut problems);
    (rows, problems.iter().map(|p| p.code).collect())
}

#[test]
fn answers_that_somebody_wrote_down_are_read() {
    let (rows, codes) = written(
        &format!(
            "operator_id,check,outcome,as_of,evidence\n{BIN},licence,pass,2026-01-01,no. 5\n{IIN},licence,fail,01.02.2026,\n"
        ),
        None,
    );
    assert_eq!(codes, ["personal-hashed"]);
    assert_eq!(rows.len(), 2);
    let table = String::from_utf8(write(&rows)).unwrap();
    assert!(table.starts_with("operator_id,check,outcome,as_of,source,evidence\n"), "{table}");
    assert!(table.contains(&format!("{BIN},licence,pass,2026-01-01,akimat,no. 5\n")), "{table}");
    assert!(!table.contains(IIN));

    let mapping = "[columns]\noperator_id = \"БИН\"\noutcome = \"Ответ\"\n[constants]\ncheck = \"premises_lawful\"\nas_of = \"2026-01-01\"\n[values.outcome]\n\"да\" = \"pass\"\n\"нет\" = \"fail\"\n";
    let (rows, codes) = written(&format!("БИН,Ответ\n{BIN},нет\n"), Some(mapping));
    assert_eq!((rows[0].outcome, rows[0].check.as_str(), codes.len()), (Outcome::Fail, "premises_lawful", 0));

    for (row, code) in [
        (format!("{BIN},licence,maybe,2026-01-01"), "unknown-outcome"),
        (format!("{BIN},licence,pass,2026-02-04"), "register-contradictory-days"),
        (format!("{BIN},licence,pass,yesterday"), "not-a-date"),
        (format!("{BIN},licence,pass,"), "missing-value"),
        (format!("{BIN},,pass,2026-01-01"), "missing-value"),
        ("491241000004,licence,pass,2026-01-01".to_owned(), "unknown-operator"),
    ] {
        let (rows, codes) = written(&format!("operator_id,check,outcome,as_of\n{row}\n"), None);
        assert!(rows.is_empty() && codes == [code], "{row}: {codes:?}");
    }
    assert!(written("operator_id,check\n1,2\n", None).1.contains(&"unknown-column"));
}

#[test]
fn one_source_does_not_say_two_things() {
    let row = |outcome, day: &str| Row {
        operator_id: BIN.to_owned(),
        check: "licence".to_owned(),
        outcome,
        as_of: day.parse().unwrap(),
        source: "akimat".to_owned(),
        evidence: String::new(),
    };
    let mut problems = Problems::new();
    let pass = row(Outcome::Pass, "2026-01-01");
    contradictions("c.csv", &[pass.clone(), pass.clone(), row(Outcome::Fail, "2026-01-02")], &mut problems);
    assert!(problems.is_empty());
    contradictions("c.csv", &[pass, row(Outcome::Fail, "2026-01-01")], &mut problems);
    assert_eq!(problems.as_slice()[0].code, "contradictory-answers");
}
