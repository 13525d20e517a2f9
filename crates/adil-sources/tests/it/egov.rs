//! data.egov.kz, as a stub on the loopback plays it.

use std::time::Duration;

use adil_domain::Problems;
use adil_sources::egov::{Dataset, Records, fetch, parse};

use super::stub::{Answer, Noted, Stub, ok, status};

fn dataset(stub: &Stub) -> Dataset {
    Dataset {
        base: stub.base.clone(),
        key: Some("s3cret/key".to_owned()),
        size: 2,
        ..Dataset::new("sport_objects", "v1", "2026-02-03".parse().unwrap())
    }
}

fn run(dataset: &Dataset) -> (Records, Problems, Vec<Duration>) {
    let (mut noted, mut problems) = (Noted::default(), Problems::new());
    let records = fetch(dataset, &mut noted, &mut problems);
    (records, problems, noted.0)
}

fn codes(problems: &Problems) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

#[test]
fn pages_of_both_shapes_are_read_until_an_empty_one() {
    let stub = Stub::new(vec![
        ok(r#"[{"id":1,"nameru":"Зал","bin":"491240000009"},{"id":2,"area":12.50,"x":null}]"#),
        ok(r#"{"hits":{"total":3,"hits":[{"_id":"a","_source":{"id":3}}]}}"#),
        ok("[]"),
    ]);
    let (records, problems, pauses) = run(&dataset(&stub));
    assert!(records.complete && problems.is_empty() && pauses.is_empty(), "{problems:?}");
    assert_eq!(records.as_of.unwrap().to_string(), "2026-02-03");
    let sheet = records.sheet();
    assert_eq!(sheet.columns().collect::<Vec<_>>(), ["id", "nameru", "bin", "area"]);
    assert_eq!((sheet.len(), sheet.cell(1, 3), sheet.cell(2, 0)), (3, "12.5", "3"));
    assert_eq!(sheet.place(1, 3).to_string(), "sport_objects/v1, record:2:area");
    let asked = stub.asked();
    assert!(asked[0].starts_with("/api/v4/sport_objects/v1?apiKey=s3cret"), "{}", asked[0]);
    let plain =
        |i: usize| asked[i].replace("%22", "\"").replace("%3A", ":").replace("%2C", ",").replace("%7D", "}");
    let from = |i: usize| plain(i).split("\"from\":").nth(1).unwrap().trim_end_matches('}').to_owned();
    assert_eq!([from(0), from(1), from(2)], ["0", "2", "3"], "{asked:?}");
}

#[test]
fn a_refusal_is_unknown_and_not_empty() {
    let stub = Stub::new(vec![status("403 Forbidden"), status("403 Forbidden"), ok("")]);
    let without = Dataset { key: None, ..dataset(&stub) };
    let (records, problems, pauses) = run(&without);
    assert!(!records.complete && records.rows.is_empty() && pauses.is_empty());
    insta::assert_snapshot!(problems.as_slice()[0].to_string(), @"sport_objects/v1, record:1: error [egov-refused] The service refuses (403): it wants a key, and none was given. What it would answer is unknown. Get a key in the cabinet of data.egov.kz and give it in the environment; or download the dataset as a file.");
    let (_, problems, _) = run(&dataset(&stub));
    assert!(problems.as_slice()[0].message.contains("the key that was given"));
    // Nothing at all with status 200 is what came without a key in 2026.
    let (records, problems, _) = run(&without);
    assert!(!records.complete);
    assert_eq!(codes(&problems), ["egov-answer"]);
    assert!(problems.as_slice()[0].hint.as_ref().unwrap().contains("unknown"));
}

#[test]
fn a_busy_or_failing_service_is_asked_again_with_growing_pauses() {
    let busy = Answer { headers: "Retry-After: 7\r\n", ..status("429 Too Many Requests") };
    let stub = Stub::new(vec![status("500 Oops"), busy, status("503 Later"), ok("[{\"id\":1}]"), ok("[]")]);
    let (records, problems, pauses) = run(&dataset(&stub));
    assert!(records.complete && problems.is_empty());
    assert_eq!(records.rows.len(), 1);
    // 1, 2 and 4 seconds, each a quarter longer by jitter; the service's own wish where it is longer.
    assert_eq!(pauses, [1_250, 7_000, 5_000].map(Duration::from_millis));

    let stub = Stub::new(vec![status("500 Oops"); 5]);
    let (records, problems, pauses) = run(&dataset(&stub));
    assert!(!records.complete);
    assert_eq!((codes(&problems).as_slice(), pauses.len()), (["egov-failed"].as_slice(), 4));
    assert!(problems.as_slice()[0].message.ends_with("So it was at 5 attempts."), "{problems:?}");
    assert_eq!(stub.asked().len(), 5);
}

#[test]
fn what_came_instead_of_records_is_shown() {
    let html = Answer { headers: "Content-Type: text/html\r\n", ..ok("<html><body>Кіру</body></html>") };
    let cut = Answer { claimed: Some(1_000), ..ok(r#"[{"id":1},{"id""#) };
    for (answers, code, words) in [
        (vec![html], "egov-answer", "web page"),
        (vec![ok(r#"{"error":"no such dataset"}"#)], "egov-answer", "no such dataset"),
        (vec![ok(r#"{"took":3}"#)], "egov-answer", "neither a list"),
        (vec![ok("3")], "egov-answer", "neither a list"),
        (vec![ok(r#"[{"id":1},{"id""#); 5], "egov-answer", "ends in the middle"),
        (vec![ok("[{'id':1}]"); 5], "egov-answer", "no JSON (line 1, character 3)"),
        (vec![cut; 5], "egov-failed", "did not answer"),
        (vec![status("404 Not Found")], "egov-failed", "status 404"),
    ] {
        let stub = Stub::new(answers);
        let (records, problems, _) = run(&dataset(&stub));
        assert!(!records.complete);
        assert_eq!(codes(&problems), [code], "{words}");
        let text = problems.as_slice()[0].to_string();
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
    }
    // Nobody listens.
    let gone = Dataset { base: "http://127.0.0.1:9".to_owned(), ..dataset(&Stub::new(vec![])) };
    let (_, problems, _) = run(&gone);
    assert_eq!(codes(&problems), ["egov-failed"]);
    assert!(!format!("{problems:?}{gone:?}").contains("s3cret"));
}

#[test]
fn pages_without_end_and_answers_without_measure_are_stopped() {
    let page = r#"[{"id":1},{"id":2}]"#;
    let stub = Stub::new(vec![ok(page), ok(page)]);
    let (records, problems, _) = run(&dataset(&stub));
    assert_eq!((records.rows.len(), records.complete), (2, false));
    assert_eq!(codes(&problems), ["egov-repeated-page"]);

    let stub = Stub::new(vec![ok(format!("[{{\"x\":\"{}\"}}]", "a".repeat(5_000)))]);
    let mut small = dataset(&stub);
    small.limits.answer = 1_000;
    assert_eq!(codes(&run(&small).1), ["egov-too-large"]);

    let stub = Stub::new((0..9).map(|i| ok(format!("[{{\"id\":{i}}}]"))).collect());
    let mut few = dataset(&stub);
    few.limits.records = 3;
    assert_eq!(codes(&run(&few).1), ["egov-too-large"]);

    // Elements that are no records are counted.
    let stub = Stub::new(vec![ok("[{\"id\":1},5,null]"), ok("[]")]);
    let (records, problems, _) = run(&dataset(&stub));
    assert_eq!((records.rows.len(), codes(&problems)), (1, vec!["egov-not-a-record"]));
}

#[test]
fn a_run_that_broke_off_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let cached = |stub: &Stub, day: &str| Dataset {
        cache: Some(folder.path().join("pages")),
        day: day.parse().unwrap(),
        ..dataset(stub)
    };
    let stub = Stub::new(vec![ok(r#"[{"id":1},{"id":2}]"#), status("403 Forbidden")]);
    let (records, problems, _) = run(&cached(&stub, "2026-02-03"));
    assert_eq!((records.rows.len(), records.complete, codes(&problems)), (2, false, vec!["egov-refused"]));

    let stub = Stub::new(vec![ok(r#"[{"id":3}]"#), ok("[]")]);
    let (records, problems, _) = run(&cached(&stub, "2026-02-09"));
    assert_eq!((records.rows.len(), records.complete, codes(&problems)), (3, true, vec!["egov-cached"]));
    assert_eq!(records.as_of.unwrap().to_string(), "2026-02-03", "the oldest page says how old the whole is");
    assert_eq!(stub.asked().len(), 2, "the first page was not asked for again");

    // Another request does not mix with these pages, and a damaged page is asked for again.
    let stub = Stub::new(vec![ok(r#"[{"id":1},{"id":2}]"#), ok("[]")]);
    let other = Dataset { size: 50, ..cached(&stub, "2026-02-10") };
    assert_eq!(codes(&run(&other).1), ["egov-cache"]);
    std::fs::write(folder.path().join("pages/000000000.json"), "{\"day\":").unwrap();
    let (records, problems, _) = run(&cached(&stub, "2026-02-10"));
    assert_eq!((records.rows.len(), codes(&problems)), (3, vec!["egov-cache", "egov-cached"]));
}

#[test]
fn answers_of_any_make_are_judged_without_a_service() {
    assert_eq!(parse(b"\xef\xbb\xbf []").unwrap().0.len(), 0);
    for body in [b"".as_slice(), b"[", b"{\"hits\":{\"hits\":5}}", b"null", &[0xFF, 0xFE]] {
        assert!(parse(body).is_err());
    }
    let deep = "[".repeat(100_000);
    assert!(parse(deep.as_bytes()).is_err());
}
