//! Answers in files.

use adil_domain::identifier::HashKey;
use adil_domain::{Outcome, Problems};
use adil_sources::mapping::{Context, Mapping};
use adil_sources::registers::{
    Row, arrears_of_file, checks_of_file, contradictions, entities_of_file, write,
};
use adil_sources::sheet::Sheet;
use serde_json::{Value, json};

use super::{BIN, IIN, one_operator, operators};

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
