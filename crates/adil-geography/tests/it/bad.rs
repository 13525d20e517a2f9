//! Boundary files with mistakes: each a problem with its place, and never a panic.

use adil_domain::Problems;
use adil_geography::Boundaries;

fn said(geometry: &str, properties: &str) -> String {
    let file = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
    );
    let mut problems = Problems::new();
    let found = Boundaries::read("b.geojson", file.as_bytes(), &mut problems);
    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
    format!("{} {}", if found.is_some() { "read" } else { "nothing" }, codes.join(" "))
}

#[test]
fn every_mistake_is_told_apart() {
    let ok = r#"{"territory":"A"}"#;
    let square = r#"{"type":"Polygon","coordinates":[[[0,1],[1,1],[1,2],[0,2],[0,1]]]}"#;
    for (geometry, properties, expected) in [
        (square, ok, "read "),
        (square, "{}", "nothing no-code"),
        (r#"{"type":"Point","coordinates":[1,2]}"#, ok, "nothing not-a-polygon"),
        ("null", ok, "nothing not-a-polygon"),
        (r#"{"type":"Polygon","coordinates":[]}"#, ok, "nothing outside-degrees"),
        // A position of one number, of which the library would make no point.
        (r#"{"type":"Polygon","coordinates":[[[0,1],[1],[1,2],[0,1]]]}"#, ok, "nothing not-a-polygon"),
        (r#"{"type":"MultiPolygon","coordinates":[[[[]]]]}"#, ok, "nothing not-geojson"),
        (
            r#"{"type":"Polygon","coordinates":[[[500000,1],[1,1],[1,2],[500000,1]]]}"#,
            ok,
            "nothing outside-degrees",
        ),
        (r#"{"type":"Polygon","coordinates":[[[0,1],[1,2],[1,1],[0,2],[0,1]]]}"#, ok, "read crossing-itself"),
    ] {
        assert_eq!(said(geometry, properties), expected, "{geometry} {properties}");
    }
    for bytes in [&b""[..], b"{", b"[]", b"\xff\xfe", br#"{"type":"Feature"}"#] {
        let mut problems = Problems::new();
        assert!(Boundaries::read("b.geojson", bytes, &mut problems).is_none());
        assert!(problems.has_errors(), "{bytes:?}");
    }
}
