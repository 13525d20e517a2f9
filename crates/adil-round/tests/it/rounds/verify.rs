//! A decision that was touched is found out, and the finding says where.

use std::path::Path;

use adil_domain::Language;
use adil_round::Decision;
use adil_round::folder::{Files, SUMS, digest, sums};
use adil_round::verify::{Verification, certificate, verify};

use super::{Round, rational};

/// A round whose decision has every file there is.
fn round() -> Round {
    Round::new(
        "application_id,operator_id,territory,amount_sought,v\nA,1,X,900,9\nB,2,Y,800,7\nC,3,X,700,5\nD,4,Y,,3\nE,5,Y,600,\n",
    )
    .table("territories.csv", "territory,parent,level,population\nX,,county,60\nY,,county,40\n")
    .table("checks.csv", "operator_id,check,outcome,as_of,source\n1,sound,pass,2023-12-01,register\n2,sound,pass,2023-12-01,register\n")
    .rules(
        r#"
[[gate]]
id = "sound"
title = "Sound"
when = "check.sound == 'pass'"
reference = "a test"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "v"
title = "V"
value = "application.v"
weight = 100
scale = { kind = "goalposts", low = 0, high = 10 }
missing = "worst"
because = "a test"
[[pot]]
id = "main"
title = "Main"
share = "80%"
rule = "fair-share"
weight = "score"
ceiling = "application.amount_sought"
reference = "a test"
[[pot.bound]]
level = "county"
title = "County"
ceiling = "pot * (0.1 + territory.population_share)"
reference = "a test"
[[pot]]
id = "rest"
title = "Rest"
share = "20%"
rule = "fair-share"
weight = "1"
ceiling = "application.amount_sought"
reference = "a test"
"#,
    )
}

const PAGE: &str = "<html lang=\"kk\">Amount 123</html>";

/// A stand-in for the page and the spreadsheet, which others make.
#[allow(clippy::unnecessary_wraps, reason = "the verification takes renderers that may fail")]
fn render(decision: &Decision, language: Option<Language>) -> Result<Files, String> {
    assert_eq!(language, Some(Language::KK), "the page is made again in its own language");
    assert_eq!(decision.applications.len(), 5);
    Ok(Files::from([
        ("decision.xlsx".to_owned(), vec![0x50, 0x4b, 0xff, 0xfe, 1, 2, 3, b'4']),
        ("report.html".to_owned(), PAGE.as_bytes().to_vec()),
    ]))
}

fn sealed(mut files: Files) -> Files {
    files.remove(SUMS);
    let text = sums(&files);
    files.insert(SUMS.to_owned(), text.into_bytes());
    files
}

fn decided() -> Files {
    let decided = round().decide();
    let mut files = decided.files.clone();
    files.extend(render(&decided.decision, Some(Language::KK)).unwrap());
    sealed(files)
}

fn run(round: &Round, decided: &Files) -> Verification {
    verify(&round.files(), decided, render)
}

fn findings(verification: &Verification) -> Vec<String> {
    verification.checks.iter().flat_map(|c| c.findings.iter().cloned()).collect()
}

fn of(verification: &Verification, name: &str) -> Vec<String> {
    verification.checks.iter().find(|c| c.name.contains(name)).unwrap().findings.clone()
}

#[test]
fn a_decision_as_it_was_written_holds() {
    let verification = run(&round(), &decided());
    assert_eq!(findings(&verification), Vec::<String>::new());
    assert_eq!(verification.checks.len(), 5, "all five checks were made");
    let names: Vec<String> = decided().into_keys().collect();
    assert_eq!(
        names,
        [
            "SHA256SUMS",
            "awards.csv",
            "certificate.json",
            "contributions.csv",
            "decision.json",
            "decision.xlsx",
            "gates.csv",
            "pot_awards.csv",
            "problems.csv",
            "report.html",
            "territories.csv",
        ]
    );
}

/// Another digit in the place of the last one.
fn touched(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = bytes.iter().rposition(u8::is_ascii_digit).expect("every file has a digit");
    bytes[at] = if bytes[at] == b'9' { b'8' } else { bytes[at] + 1 };
    bytes
}

#[test]
fn one_digit_changed_anywhere_is_found_and_named() {
    for name in decided().into_keys() {
        let mut files = decided();
        let bytes = touched(&files[&name]);
        files.insert(name.clone(), bytes);
        let found = run(&round(), &files);
        if name == SUMS {
            assert!(!of(&found, "SHA256SUMS states").is_empty());
            continue;
        }
        let digests = of(&found, "SHA256SUMS states");
        assert_eq!(digests.len(), 1, "{digests:?}");
        assert!(digests[0].starts_with(&format!("{name} has been changed")), "{digests:?}");
        // With the digests mended, recomputation alone still finds it, and says where.
        let found = run(&round(), &sealed(files));
        assert_eq!(of(&found, "SHA256SUMS states"), Vec::<String>::new());
        let again = if name.starts_with("report") || name.starts_with("decision.x") {
            "rendering"
        } else {
            "recomputing"
        };
        let named = of(&found, again);
        assert_eq!(named.len(), 1, "{named:?}");
        let is_table = Path::new(&name).extension().is_some_and(|e| e == "csv");
        let place = if is_table { format!("{name} line ") } else { name.clone() };
        assert!(named[0].starts_with(&place), "{named:?}");
        assert!(!is_table || named[0].contains("column "), "{named:?}");
    }
}

#[test]
fn the_finding_names_line_key_column_and_both_values() {
    let mut files = decided();
    let text = String::from_utf8(files["awards.csv"].clone()).unwrap();
    let row = text.lines().nth(2).unwrap();
    let amount = run_amount(row);
    let forged = row.replacen(&format!(",{amount},"), ",1,", 1);
    files.insert("awards.csv".into(), text.replace(row, &forged).into_bytes());
    let found = of(&run(&round(), &files), "recomputing");
    assert_eq!(found, [format!("awards.csv line 3 (B), column amount: recomputed `{amount}`, found `1`.")]);
}

fn run_amount(row: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
    reader.records().next().unwrap().unwrap()[11].to_owned()
}

#[test]
fn a_file_taken_away_or_put_in_is_found() {
    for name in decided().into_keys() {
        let mut files = decided();
        files.remove(&name);
        // Without the page nobody can tell in which language to make it again.
        let found = verify(&round().files(), &files, |d, _| render(d, Some(Language::KK)));
        let findings = findings(&found);
        assert!(findings.iter().any(|f| f.contains(&name) && f.contains("missing")), "{name}: {findings:?}");
    }
    let mut files = decided();
    files.insert("notes.txt".into(), b"hello".to_vec());
    assert_eq!(findings(&run(&round(), &files)), ["notes.txt is not listed in SHA256SUMS."]);
}

#[test]
fn the_list_of_digests_is_read_strictly() {
    let text = String::from_utf8(decided()[SUMS].clone()).unwrap();
    let swapped = {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(0, 1);
        lines.join("\n") + "\n"
    };
    let first = text.lines().next().unwrap();
    for (edited, expected) in [
        (text.replacen("  ", " ", 1), "line 1"),
        (text.replacen("  ", " *", 1), "line 1"),
        (text.to_uppercase(), "line 1"),
        (text.replacen("awards.csv", "../awards.csv", 1), "line 1"),
        (format!("{first}\n{text}"), "listed twice or out of order"),
        (swapped, "listed twice or out of order"),
        (text.trim_end().to_owned(), "does not end with a line feed"),
        (format!("{text}\n"), "line 11"),
        (text.lines().skip(1).fold(String::new(), |t, l| t + l + "\n"), "awards.csv is not listed"),
    ] {
        let mut files = decided();
        files.insert(SUMS.into(), edited.clone().into_bytes());
        let found = of(&run(&round(), &files), "SHA256SUMS states");
        assert!(found.iter().any(|f| f.contains(expected)), "{edited}\n{found:?}");
    }
}

#[test]
fn another_input_is_not_the_one_that_was_decided_on() {
    let found = run(
        &round().table(
            "checks.csv",
            "operator_id,check,outcome,as_of,source\n1,sound,pass,2023-12-01,register\n",
        ),
        &decided(),
    );
    let inputs = of(&found, "inputs are");
    assert!(inputs.len() == 1 && inputs[0].starts_with("checks.csv is not the file"), "{inputs:?}");
    assert!(of(&found, "recomputing").iter().any(|f| f.contains("awards.csv line 3 (B)")));

    let mut fewer = round().files();
    fewer.remove("territories.csv");
    let found = verify(&fewer, &decided(), render);
    assert_eq!(of(&found, "inputs are"), ["territories.csv was decided on but is missing now."]);
    assert!(of(&found, "recomputing")[0].starts_with("The round can't be decided from its files."));

    let found = run(&round().table("datapackage.json", "{\"name\": \"x\", \"resources\": []}"), &decided());
    assert_eq!(of(&found, "inputs are"), ["datapackage.json was not there when the round was decided."]);
}

/// The amounts of the table moved, and everything that follows from it mended as a forger would.
fn forged(table: &str, from: usize, to: usize, column: usize, by: i64) -> Files {
    let mut files = decided();
    let text = String::from_utf8(files[table].clone()).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    for (row, by) in [(from, -by), (to, by)] {
        let amount = rational(&rows[row][column]).to_i64().unwrap();
        rows[row][column] = (amount + by).to_string();
    }
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for row in rows {
        writer.write_record(&row).unwrap();
    }
    let old = digest(&files[table]);
    files.insert(table.into(), writer.into_inner().unwrap());
    let new = digest(&files[table]);
    let json = String::from_utf8(files["decision.json"].clone()).unwrap();
    assert!(json.contains(&old));
    files.insert("decision.json".into(), json.replace(&old, &new).into_bytes());
    sealed(files)
}

#[test]
fn money_moved_between_two_clubs_with_all_digests_mended_is_still_caught() {
    // `pot_awards.csv`: the first row is A in `main`, the third B in `main`; column 5 is the amount.
    let files = forged("pot_awards.csv", 0, 2, 5, 5);
    let found = run(&round(), &files);
    assert_eq!(of(&found, "SHA256SUMS states"), Vec::<String>::new(), "the digests are in order");
    let proof = of(&found, "certificate");
    assert!(proof.iter().any(|f| f.contains('A')) && proof.iter().any(|f| f.contains('B')), "{proof:?}");
    let again = of(&found, "recomputing");
    assert!(again.iter().any(|f| f.starts_with("pot_awards.csv line 2 (A), column amount")), "{again:?}");
    assert!(again.iter().any(|f| f.starts_with("decision.json line")), "{again:?}");
}

#[test]
fn the_certificate_alone_catches_a_moved_amount() {
    let round = Round::new("application_id,amount_sought\nA,600\nB,900\nC,1500\n");
    let files = round.decide().folder();
    assert_eq!(certificate(&files), Vec::<String>::new());
    let text = String::from_utf8(files["awards.csv"].clone()).unwrap();
    for (from, to) in [(",200,", ",201,"), (",200,", ",199,"), (",300,", ",0,"), (",500,", ",5000,")] {
        let mut files = files.clone();
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text);
        files.insert("awards.csv".into(), edited.into_bytes());
        assert!(!certificate(&files).is_empty(), "{from} to {to}");
    }
    // An inflated price does not hide it either.
    let proof = String::from_utf8(files["certificate.json"].clone()).unwrap();
    let mut files = files.clone();
    assert!(proof.contains("\"price\": \"1/3\""), "{proof}");
    files.insert("certificate.json".into(), proof.replace("1/3", "333/1000").into_bytes());
    assert!(!certificate(&files).is_empty());
}

#[test]
fn nonsense_in_the_decision_folder_is_a_finding_and_no_panic() {
    for name in ["certificate.json", "decision.json", "awards.csv", "pot_awards.csv", "report.html", SUMS] {
        for nonsense in [&b""[..], b"{}", b"[1]", b"\xff\xfe\x00", b"a,b\n1\n", b"{\"pots\": [{}]}"] {
            let mut files = decided();
            files.insert(name.into(), nonsense.to_vec());
            let found = verify(&round().files(), &files, |d, _| render(d, Some(Language::KK)));
            assert!(!findings(&found).is_empty(), "{name} {nonsense:?}");
        }
    }
}
