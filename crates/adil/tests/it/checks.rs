//! `adil import checks` and `adil sign`.

use std::fs;
use std::path::Path;

use super::egov::Service;
use super::{Ended, command};

const BIN: &str = "491240000009";
const IIN: &str = "180101100001";
const ARREARS: &str = r#"[
  {"iinBin": "491240000009", "totalArrear": 900.50, "appealledAmount": 900.50, "modifiedTermsAmount": 0,
   "rehabilitaionProcedureAmount": 0, "sendTime": 1769799600000},
  {"iinBin": "180101100001", "totalArrear": 12.00, "appealledAmount": 0, "modifiedTermsAmount": 0,
   "rehabilitaionProcedureAmount": 0, "sendTime": 1769799600000}
]"#;

fn call(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = command(arguments);
    command.current_dir(folder).env_remove("HTTPS_PROXY").env_remove("ADIL_HASH_KEY");
    for (name, value) in variables {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn place(operators: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("operators.csv"), operators).unwrap();
    place
}

#[test]
fn arrears_of_a_file_become_a_table_of_checks() {
    let place = place(&format!("operator_id,name\n{BIN},A\n{IIN},B\n491240000008,C\n"));
    fs::write(place.path().join("kgd.json"), ARREARS).unwrap();
    let arguments = [
        "import",
        "checks",
        "--provider",
        "kgd",
        "kgd.json",
        "--operators",
        "operators.csv",
        "--out",
        "checks/kgd.csv",
        "--as-of",
        "2026-02-03",
        "--json",
    ];
    // A person's number without a key is refused, and nothing is written.
    let ended = call(place.path(), &arguments, &[]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.out.contains("personal-identifier") && !place.path().join("checks").exists(), "{ended:?}");

    let secret = "0123456789abcdef0123456789abcdef";
    let ended = call(place.path(), &arguments, &[("ADIL_HASH_KEY", secret)]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let said = ended.json();
    assert_eq!((&said["pass"], &said["fail"], &said["unknown"]), (&1.into(), &1.into(), &0.into()), "{said}");
    assert_eq!(said["checks"]["tax_debt"]["fail"], 1);
    assert_eq!(said["problems"][0]["code"], "doubtful-identifier", "{said}");
    let table = fs::read_to_string(place.path().join("checks/kgd.csv")).unwrap();
    assert!(
        table.contains(&format!("{BIN},tax_debt,pass,2026-01-31,kgd,net=0.00; total=900.5; appealed=900.5")),
        "{table}"
    );
    assert!(!table.contains(IIN) && !format!("{ended:?}").contains(IIN));
    // The same again replaces it; a table of another make is left alone.
    assert_eq!(call(place.path(), &arguments, &[("ADIL_HASH_KEY", secret)]).code, 0);
    fs::write(place.path().join("checks/kgd.csv"), "my own notes\n").unwrap();
    let ended = call(place.path(), &arguments, &[("ADIL_HASH_KEY", secret)]);
    assert!(ended.code == 1 && ended.out.contains("not-imported"), "{ended:?}");
}

#[test]
fn a_service_is_asked_and_its_refusal_is_unknown() {
    let place = place(&format!("operator_id\n{BIN}\n"));
    let arguments = [
        "import",
        "checks",
        "--provider",
        "egov",
        "--operators",
        "operators.csv",
        "--out",
        "checks/egov.csv",
        "--as-of",
        "2026-02-03",
        "--cache",
        "kept",
        "--json",
    ];
    let ask = |status: &'static str, body: &'static str| {
        let service = Service::new(status, body);
        let base = format!("http://{}", service.address());
        let variables = [("ADIL_EGOV_BASE", base.as_str()), ("ADIL_EGOV_KEY", "a-secret-key")];
        let ended = call(place.path(), &arguments, &variables);
        (ended, service.end().len())
    };
    let table = || fs::read_to_string(place.path().join("checks/egov.csv")).unwrap();

    let (refused, _) = ask("403 Forbidden", "no");
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.out.contains("egov-refused") && !format!("{refused:?}").contains("a-secret-key"));
    assert!(
        table().contains(&format!("{BIN},registered,unknown,2026-02-03,egov,not answered: refused")),
        "{}",
        table()
    );

    let entity = r#"[{"bin": "491240000009", "statusru": "Зарегистрирован", "datereg": "2049-12-01"}]"#;
    let (late, _) = ask("200 OK", entity);
    assert!(late.code == 1 && late.out.contains("register-contradictory-days"), "{late:?}");
    let entity = r#"[{"bin": "491240000009", "statusru": "Зарегистрирован", "datereg": "2009-12-01"}]"#;
    let (ended, asked) = ask("200 OK", entity);
    assert_eq!((ended.code, asked), (0, 2), "{ended:?}");
    assert!(table().contains(",registered,pass,2026-02-03,"), "{}", table());
    // What is kept is not asked for again.
    let (ended, asked) = ask("500 Oops", "no");
    assert_eq!((ended.code, asked, &ended.json()["kept"]), (0, 0, &1.into()), "{ended:?}");
    assert!(table().contains(",registered,pass,2026-02-03,"));
}

#[test]
fn a_wrong_command_says_what_is_missing() {
    let place = place(&format!("operator_id\n{BIN}\n"));
    for (arguments, words) in [
        (vec!["--provider", "egov", "--operators", "operators.csv", "--out", "c.csv"], "--as-of"),
        (
            vec![
                "--provider",
                "kgd",
                "--operators",
                "operators.csv",
                "--out",
                "c.csv",
                "--as-of",
                "2026-01-01",
            ],
            "name them",
        ),
        (
            vec![
                "a.csv",
                "--provider",
                "egov",
                "--operators",
                "operators.csv",
                "--out",
                "c.csv",
                "--as-of",
                "2026-01-01",
            ],
            "reads no files",
        ),
        (vec!["--provider", "egov", "--out", "c.csv"], "--operators"),
        (vec!["a.csv", "--out", "c.csv"], "--provider"),
        (vec!["--provider", "egov", "--out", "c.csv", "--max-age", "soon"], "30 days"),
    ] {
        let ended = call(place.path(), &[vec!["import", "checks"], arguments].concat(), &[]);
        assert!(ended.code == 2 && ended.err.contains(words), "{words}: {ended:?}");
    }
}

#[test]
fn a_source_signs_its_file() {
    let place = place("operator_id\n");
    let table = "operator_id,check,outcome,as_of,source,evidence\n";
    fs::write(place.path().join("s.csv"), table).unwrap();
    let sign = |arguments: &[&str]| call(place.path(), &[&["sign"], arguments].concat(), &[]);
    let made = sign(&["--new-key", "s.key", "s.csv"]);
    assert_eq!(made.code, 0, "{made:?}");
    let public = made.out.lines().find_map(|line| line.strip_prefix("public key: ")).unwrap().to_owned();
    let secret = fs::read_to_string(place.path().join("s.key")).unwrap();
    assert!(!format!("{made:?}").contains(secret.trim()), "the secret is shown to nobody");
    assert_eq!(sign(&["--check", &public, "s.csv"]).code, 0);
    // A key is never replaced, and with it the signature is the same.
    assert_eq!(sign(&["--new-key", "s.key", "s.csv"]).code, 1);
    let first = fs::read_to_string(place.path().join("s.csv.sig")).unwrap();
    assert_eq!(sign(&["--key", "s.key", "s.csv"]).code, 0);
    assert_eq!(fs::read_to_string(place.path().join("s.csv.sig")).unwrap(), first);
    fs::write(place.path().join("s.csv"), format!("{table}x,licence,pass,2026-01-01,s,\n")).unwrap();
    let changed = sign(&["--check", &public, "s.csv"]);
    assert!(changed.code == 1 && changed.err.contains("does not fit"), "{changed:?}");
}
