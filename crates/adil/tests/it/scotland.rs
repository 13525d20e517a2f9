//! A shadow round over a real register: 13,830 facilities of Scotland, and who can reach them.

use std::collections::BTreeMap;
use std::path::Path;

use super::Round;

/// The cells of a table without quotes, by column name.
fn rows(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| header.iter().copied().zip(line.split(',')).collect()).collect()
}

/// Millionths, exactly.
fn micro(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<i64>().unwrap() * 1_000_000 + format!("{part:0<6}").parse::<i64>().unwrap()
}

#[test]
fn scotlands_facilities_are_candidates_and_what_people_reach_adds_up() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scotland");
    let round = Round::copy(&example, "scotland");
    let ended = round.adil(&["run"], &["--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!((json["budget"].as_str(), json["currency"].as_str()), (Some("10000000"), Some("GBP")));
    let counts = json["counts"].as_object().unwrap();
    assert_eq!(counts.values().map(|c| c.as_u64().unwrap()).sum::<u64>(), 13_830);

    // Every pound, by facility and by council.
    let awards = round.read("decision/awards.csv");
    let paid: i64 = rows(&awards).iter().map(|r| r["amount"].parse::<i64>().unwrap()).sum();
    assert_eq!(paid, 10_000_000);
    let divided = round.read("decision/territories.csv");
    let councils: Vec<_> = rows(&divided).into_iter().filter(|r| r["level"] == "council").collect();
    assert_eq!(councils.len(), 32);
    assert_eq!(councils.iter().map(|r| r["amount"].parse::<i64>().unwrap()).sum::<i64>(), paid);

    // A council's people are its points' people, and what they want, find and miss is what its points do.
    let points = round.read("population.csv");
    let territory: BTreeMap<&str, &str> =
        rows(&points).iter().map(|r| (r["point_id"], r["territory"])).collect();
    let mut people: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows(&points) {
        *people.entry(row["territory"]).or_default() += row["population"].parse::<u64>().unwrap();
    }
    let published = round.read("territories.csv");
    for row in rows(&published) {
        assert_eq!(people[row["territory"]].to_string(), row["population"], "{}", row["territory"]);
    }
    let columns = ["visits_wanted", "satisfied", "out_of_reach", "no_room"];
    let mut sums: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
    let reached = round.read("decision/reach_points.csv");
    assert_eq!(rows(&reached).len(), rows(&points).len());
    for row in rows(&reached) {
        let sum = sums.entry(territory[row["point_id"]]).or_default();
        let visits = columns.map(|c| micro(row[c]));
        assert_eq!(visits[0], visits[1..].iter().sum::<i64>(), "{}", row["point_id"]);
        sum.iter_mut().zip(visits).for_each(|(s, v)| *s += v);
    }
    let reach = round.read("decision/reach_territories.csv");
    assert_eq!(rows(&reach).len(), 32);
    for row in rows(&reach) {
        assert_eq!(columns.map(|c| micro(row[c])), sums[row["territory"]], "{}", row["territory"]);
    }

    // The two facilities whose position is not known are told, and judged like their council's middle.
    let problems = round.read("decision/problems.csv");
    assert_eq!(problems.lines().count(), 2, "{problems}");
    assert!(problems.contains("no-position"), "{problems}");
    assert_eq!(rows(&round.read("decision/reach_facilities.csv")).len(), 13_828);

    let digests = round.read("decision/SHA256SUMS");
    assert_eq!(round.adil(&["run"], &["--threads", "1"]).code, 0);
    assert_eq!(round.read("decision/SHA256SUMS"), digests);
    let ended = round.adil(&["verify"], &[]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
}
