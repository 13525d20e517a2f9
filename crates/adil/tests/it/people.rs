//! `adil import observations` and `adil import journeys`: from a form to points.

use std::fs;
use std::path::Path;

use super::{Ended, command};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn call(folder: &Path, arguments: &[&str], key: Option<&str>) -> Ended {
    let mut command = command(arguments);
    command.current_dir(folder).env_remove("ADIL_HASH_KEY");
    if let Some(key) = key {
        command.env("ADIL_HASH_KEY", key);
    }
    let output = command.output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const POLICY: &str = r#"
[round]
id = "seen"
title = "Seen"
currency = "KZT"
budget = "1000"
unit = "1"
country = "kz"
as_of = "2026-06-01"
reference = "a test"
[observations]
title = "By residents"
reference = "a test"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "open"
title = "Open"
value = "observed.open_as_stated"
weight = 100
scale = { kind = "goalposts", low = 0, high = 1 }
missing = "worst"
[[pot]]
id = "all"
title = "All"
reference = "a test"
share = "100%"
rule = "fair-share"
weight = "score"
"#;

#[test]
fn from_a_form_to_points() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    assert_eq!(call(folder, &["import", "observations", "--template", "forms"], None).code, 0);
    assert!(folder.join("forms/questions.kk.csv").exists() && folder.join("forms/mapping.toml").exists());
    let round = folder.join("round");
    fs::create_dir(&round).unwrap();
    fs::write(round.join("policy.toml"), POLICY).unwrap();
    fs::write(
        round.join("applications.csv"),
        "application_id,facility_id,amount_sought\nA,F-1,500\nB,F-2,500\n",
    )
    .unwrap();
    let mut form = fs::read_to_string(folder.join("forms/blank-observations.csv")).unwrap();
    for (facility, answer) in [("F-1", "иә"), ("F-2", "нет")] {
        for person in 0..4 {
            form += &format!(
                "{facility},+7 701 000 00 0{person},open_as_stated,{answer},1{person}.05.2026 18:0{person},,,\n"
            );
        }
    }
    fs::write(folder.join("answers.csv"), form).unwrap();
    let arguments = [
        "import",
        "observations",
        "answers.csv",
        "--mapping",
        "forms/mapping.toml",
        "--out",
        "round",
        "--as-of",
        "2026-05-20",
    ];
    let ended = call(folder, &arguments, None);
    assert!(ended.code == 1 && ended.err.contains("ADIL_HASH_KEY"), "{ended:?}");
    let ended = call(folder, &arguments, Some(KEY));
    assert_eq!(ended.code, 0, "{ended:?}");
    let table = fs::read_to_string(round.join("observations.csv")).unwrap();
    assert!(table.lines().count() == 9 && !table.contains("701"), "{table}");
    let again = call(folder, &arguments, Some(KEY));
    assert!(again.code == 1 && again.err.contains("--replace"), "{again:?}");
    let ended = call(folder, &["run", "round"], None);
    assert_eq!(ended.code, 0, "{ended:?}");
    let seen = fs::read_to_string(round.join("decision/observed.csv")).unwrap();
    assert!(
        seen.contains("F-1,open_as_stated,yes,0.99") && seen.contains("F-2,open_as_stated,yes,0.0"),
        "{seen}"
    );
    let awards = fs::read_to_string(round.join("decision/contributions.csv")).unwrap();
    assert!(awards.contains("\"observations.csv: open_as_stated (residents), n = 4\""), "{awards}");
    let page = fs::read_to_string(round.join("decision/report.html")).unwrap();
    assert!(page.contains("observations.csv: open_as_stated (residents), n = 4"));
    assert_eq!(call(folder, &["verify", "round"], None).code, 0);
}

#[test]
fn journeys_have_forms_too_and_other_kinds_do_not() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(call(place.path(), &["import", "journeys", "--template", "forms"], None).code, 0);
    let codes = fs::read_to_string(place.path().join("forms/obstacles.ru.csv")).unwrap();
    assert!(codes.contains("biometrics"), "{codes}");
    assert_eq!(call(place.path(), &["import", "table", "--template", "forms"], None).code, 2);
}
