//! Features of a map as rows of a sheet.

use adil_domain::Problems;
use adil_sources::geojson;
use adil_sources::mapping::{Context, suggest};
use adil_sources::sheet::Sheet;

fn read(text: &str) -> (Option<Sheet>, Vec<String>) {
    let mut problems = Problems::new();
    let sheet = geojson::read("f.geojson", text.as_bytes(), &mut problems);
    (sheet, problems.iter().map(|p| format!("{} {}", p.place, p.code)).collect())
}

fn collection(features: &str) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
}

fn cell<'s>(sheet: &'s Sheet, row: usize, name: &str) -> &'s str {
    sheet.cell(row, sheet.column(name).unwrap())
}

#[test]
fn points_and_outlines_become_rows() {
    let point = r#"{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[76.9286,43.2567,800]},
        "properties":{"name":"Зал","area":12.50,"tags":["a"],"none":null,"big":940140000385}}"#;
    // A degree square at the equator, with a quarter of a degree square cut out: 6,371,008.8² · Δλ · Δ(sin φ).
    let square = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.25,0.25],[0.25,0.75],[0.75,0.75],[0.75,0.25],[0.25,0.25]]]}"#;
    let (sheet, problems) = read(&collection(&format!("{point},{}", feature(square, r#"{"name":"Поле"}"#))));
    let sheet = sheet.unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let columns: Vec<&str> = sheet.columns().collect();
    assert_eq!(columns, ["@id", "@lat", "@lon", "name", "area", "tags", "big", "@area_m2"]);
    assert_eq!(
        ["@id", "@lat", "@lon", "area", "tags", "big"].map(|c| cell(&sheet, 0, c)),
        ["7", "43.2567", "76.9286", "12.5", "[\"a\"]", "940140000385"]
    );
    let area: f64 = cell(&sheet, 1, "@area_m2").parse().unwrap();
    let sine = |d: f64| d.to_radians().sin();
    let expected = 6_371_008.8_f64.powi(2)
        * (1f64.to_radians() * sine(1.0) - 0.5f64.to_radians() * (sine(0.75) - sine(0.25)));
    assert!((area / expected - 1.0).abs() < 1e-4, "{area} {expected}");
    // The point is on the surface, not in the hole.
    let at = |c: &str| cell(&sheet, 1, c).parse::<f64>().unwrap();
    let (lat, lon) = (at("@lat"), at("@lon"));
    assert!(
        (0.0..1.0).contains(&lat) && !((0.25..0.75).contains(&lat) && (0.25..0.75).contains(&lon)),
        "{lat} {lon}"
    );
    assert_eq!(sheet.place(1, 3).to_string(), "f.geojson, feature:2:name");
}

#[test]
fn outlines_and_places_that_make_no_sense_are_said_and_the_rest_is_kept() {
    let bow = r#"{"type":"Polygon","coordinates":[[[70,50],[71,51],[71,50],[70,51],[70,50]]]}"#;
    let metres = r#"{"type":"Point","coordinates":[450123.7,5671234.5]}"#;
    let turned = r#"{"type":"Point","coordinates":[43.25,176.9]}"#;
    let zero = r#"{"type":"Point","coordinates":[0,0]}"#;
    let empty = r#"{"type":"MultiPolygon","coordinates":[]}"#;
    let odd = r#"{"type":"Polygon","coordinates":[[[1e400,0],[1,0],[1,1],[1e400,0]]]}"#;
    // At which the conversion of the geometry library panics.
    let short = r#"{"type":"Polygon","coordinates":[[[72,50],[72,51],[51]]]}"#;
    let features: Vec<String> = [bow, metres, turned, zero, empty, "null", short]
        .iter()
        .map(|g| feature(g, r#"{"name":"x"}"#))
        .collect();
    let (sheet, problems) = read(&collection(&features.join(",")));
    let sheet = sheet.unwrap();
    assert_eq!(sheet.len(), 7);
    assert!((0..7).all(|row| cell(&sheet, row, "name") == "x"));
    assert_eq!(
        problems,
        [
            "f.geojson, feature:1 crossing-itself",
            "f.geojson, feature:2 projected-coordinates",
            "f.geojson, feature:3 not-a-coordinate",
            "f.geojson, feature:4 null-island",
            "f.geojson, feature:5 no-geometry",
            "f.geojson, feature:6 no-geometry",
            "f.geojson, feature:7 no-geometry",
        ]
    );
    assert!(sheet.column("@area_m2").is_none(), "what a crossed outline encloses is not certain");
    assert_ne!(cell(&sheet, 0, "@lat"), "");
    let (sheet, problems) = read(&collection(&feature(odd, "{}")));
    assert!(sheet.is_none_or(|s| s.is_empty() || !problems.is_empty()));
}

#[test]
fn fields_that_come_later_or_in_another_order_are_all_kept() {
    let point = r#"{"type":"Point","coordinates":[70,50]}"#;
    let outline = r#"{"type":"Polygon","coordinates":[[[70,50],[70.001,50],[70.001,50.001],[70,50]]]}"#;
    let features = [
        feature(point, r#"{"name":"first","kind":"hall"}"#),
        // The area is a column that the first feature does not have, and stands before the properties.
        feature(outline, r#"{"kind":"court","name":"second","lit":true}"#),
        feature(point, r#"{"lit":false,"kind":"pool","name":"third"}"#),
    ];
    let sheet = read(&collection(&features.join(","))).0.unwrap();
    let rows: Vec<[&str; 3]> =
        (0..3).map(|row| ["name", "kind", "lit"].map(|column| cell(&sheet, row, column))).collect();
    assert_eq!(rows, [["first", "hall", ""], ["second", "court", "true"], ["third", "pool", "false"]]);
    assert_ne!(cell(&sheet, 1, "@area_m2"), "");
}

#[test]
fn another_system_and_no_geojson_are_said() {
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32642"}},"#;
    let text = collection("").replacen('{', &format!("{{{crs}"), 1);
    assert_eq!(read(&text).1, ["f.geojson other-system"]);
    for text in ["", "{", "[1]", r#"{"type":"Topology"}"#, "<html>"] {
        let (sheet, problems) = read(text);
        assert!(sheet.is_none());
        assert_eq!(problems, ["f.geojson not-geojson"], "{text}");
    }
    let mut problems = Problems::new();
    assert!(geojson::read("f.geojson", b"\xff\xfe", &mut problems).is_none());
}

#[test]
fn features_go_through_the_same_mapping() {
    let point = r#"{"type":"Point","coordinates":[76.9286,43.2567]}"#;
    let text = collection(&feature(point, r#"{"Наименование":"Зал"}"#));
    let sheet = read(&text).0.unwrap();
    let suggestion = suggest(&sheet, &Context::default());
    let columns = &suggestion.mapping.columns;
    assert_eq!(columns.get("lat").map(String::as_str), Some("@lat"));
    let mut problems = Problems::new();
    let found = suggestion.mapping.apply(&sheet, &Context::default(), &mut problems);
    assert_eq!(
        (found[0].get("name"), found[0].get("lat"), found[0].get("lon")),
        (Some("Зал"), Some("43.2567"), Some("76.9286"))
    );
}
