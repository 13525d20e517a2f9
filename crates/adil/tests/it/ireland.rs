//! The real round: 3,210 applications to the Irish programme of 2023.

use std::path::Path;

use super::Round;

#[test]
fn two_hundred_million_euro_are_divided_explained_and_verified() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ireland-2023");
    let round = Round::copy(&example, "ireland");
    let ended = round.adil(&["run"], &["--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!((json["budget"].as_str(), json["currency"].as_str()), (Some("200000000"), Some("EUR")));
    let cents = |key: &str| {
        let text = json[key].as_str().unwrap();
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap()
    };
    assert_eq!(cents("awarded") + cents("reserved") + cents("unspent"), cents("budget"));
    assert!(cents("awarded") > 19_000_000_000);
    let counts = json["counts"].as_object().unwrap();
    assert_eq!(counts.values().map(|c| c.as_u64().unwrap()).sum::<u64>(), 3210);
    assert_eq!(round.read("decision/awards.csv").lines().count(), 3211);

    let sums = round.read("decision/SHA256SUMS");
    assert_eq!(round.adil(&["run"], &["--threads", "1"]).code, 0);
    assert_eq!(round.read("decision/SHA256SUMS"), sums);
    assert_eq!(round.adil(&["verify"], &[]).code, 0);

    let explained = round.adil(&["explain"], &["IE-0042", "--json"]).json();
    let awards = round.read("decision/awards.csv");
    let row = awards.lines().find(|l| l.starts_with("IE-0042,")).unwrap().to_owned();
    let amount = explained["amount"].as_str().unwrap().trim_end_matches(".00").to_owned();
    assert!(row.contains(&format!(",{amount},")), "{row} {amount}");

    // One euro more for one club of three thousand.
    let more = (amount.parse::<u64>().unwrap() + 1).to_string();
    let forged = row.replace(&format!(",{amount},"), &format!(",{more},"));
    assert_ne!(forged, row);
    round.edit("decision/awards.csv", &row, &forged);
    let ended = round.adil(&["verify"], &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("(IE-0042), column amount"), "{}", ended.out);
}
