//! Who can reach what, as indicators, as bounds of places, and as tables; rounds that nobody applied for.

use super::{Round, list};

const RULES: &str = r#"
[access]
title = "On foot"
reference = "a test"
demand = "point.population"
supply = "facility.capacity"
method = "2sfca"
max_minutes = 30
speed_kmh = 5

[[criterion]]
id = "need"
title = "Need"
reference = "a test"
  [[criterion.indicator]]
  id = "unmet"
  title = "Unmet demand"
  value = "access.unmet_share"
  weight = 100
  scale = { kind = "goalposts", low = 0, high = 1 }
  missing = "worst"
"#;

const POT: &str = r#"
[[pot]]
id = "all"
title = "Everything"
share = "100%"
rule = "fair-share"
weight = "facility.capacity"
reference = "a test"
  [[pot.bound]]
  level = "province"
  ceiling = "pot * (0.5 * territory.need_share + 0.5 * territory.unmet_share + 0.25)"
"#;

/// In the north 100 people around a hall for 60, and 20 people far from anything; in the south 50 people around a hall for
/// 100; a hall where nobody lives.
fn shadow() -> Round {
    shadow_by(RULES)
}

fn shadow_by(rules: &str) -> Round {
    let mut round = Round::new("")
        .rules(rules)
        .rules(POT)
        .table("facilities.csv", "facility_id,name,territory,lat,lon,capacity\nF1,North hall,N,53,-8,60\nF2,South hall,S,52,-8,100\nF3,Lonely hall,S,54.5,-8,10\n")
        .table("territories.csv", "territory,level\nN,province\nS,province\n")
        .table("population.csv", "point_id,lat,lon,territory,population\nP1,53,-8,N,100\nP2,52,-8,S,50\nP3,53.5,-8,N,20\n");
    round.files.remove("applications.csv");
    round
}

#[test]
fn reach_is_what_pencil_and_paper_say() {
    let decided = shadow().decide();
    assert_eq!(
        decided.text("reach_territories.csv"),
        "territory,parent,level,visits_wanted,satisfied,out_of_reach,no_room,unmet_share,relative_reach\n\
         N,,province,120,60,20,40,0.5,0.53125\n\
         S,,province,50,50,0,0,0,2.125\n"
    );
    assert_eq!(
        decided.text("reach_points.csv"),
        "point_id,access,visits_wanted,satisfied,out_of_reach,no_room,unmet_share\n\
         P1,0.6,100,60,0,40,0.4\n\
         P2,2,50,50,0,0,0\n\
         P3,0,20,0,20,0,1\n"
    );
    assert_eq!(
        decided.text("reach_facilities.csv"),
        "facility_id,people,visits_wanted,visits_unmet,unmet_share,supply,visits_expected,used_share,relative_reach\n\
         F1,100,100,40,0.4,60,60,1,0.6375\n\
         F2,50,50,0,0,100,50,0.5,2.125\n\
         F3,0,0,0,,10,0,0,\n"
    );
}

#[test]
fn nobody_applied_and_everybody_is_a_candidate() {
    let decided = shadow().decide();
    assert!(decided.decision.shadow);
    let rows: Vec<String> = decided
        .table("contributions.csv")
        .iter()
        .map(|r| format!("{} {} {} {}", r["application_id"], r["value"], r["points"], r["source"]))
        .collect();
    let source = "population.csv: population; facilities.csv: capacity";
    assert_eq!(
        rows,
        [
            format!("F1 0.4 40.000000 {source}"),
            format!("F2 0 0.000000 {source}"),
            format!("F3  0.000000 {source}")
        ]
    );
    // The south may have at most a quarter of the money: (0.5 · 0 + 0.5 · 0 + 0.25), shared by the size of its halls.
    assert_eq!(decided.awards(), ["F1 750 funded share", "F2 227 funded share", "F3 23 funded share"]);
    assert_eq!(decided.award("F1")["amount_sought"], "");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let plain = shadow().decide();
    let turned = shadow()
        .table("facilities.csv", "facility_id,name,territory,lat,lon,capacity\nF3,Lonely hall,S,54.5,-8,10\nF2,South hall,S,52,-8,100\nF1,North hall,N,53,-8,60\n")
        .table("population.csv", "point_id,lat,lon,territory,population\nP3,53.5,-8,N,20\nP2,52,-8,S,50\nP1,53,-8,N,100\n")
        .decide();
    for file in [
        "awards.csv",
        "contributions.csv",
        "reach_points.csv",
        "reach_facilities.csv",
        "reach_territories.csv",
    ] {
        assert_eq!(plain.text(file), turned.text(file), "{file}");
    }
}

#[test]
fn rows_that_can_take_no_part_are_told() {
    let decided = shadow()
        .table(
            "facilities.csv",
            "facility_id,name,territory,lat,lon,capacity\nF1,North hall,N,,,60\nF2,South hall,S,52,-8,\n",
        )
        .table("population.csv", "point_id,lat,lon,territory,population\nP1,53,-8,N,\nP2,52,-8,S,50\n")
        .table(
            "policy.toml",
            &shadow()
                .policy()
                .replace("weight = \"facility.capacity\"", "weight = \"score\"")
                .replace("ceiling =", "floor = \"0\"\n#"),
        )
        .decide();
    insta::assert_snapshot!(list(&decided.decision.problems));
}

const BOUNDARIES: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"territory":"N"},"geometry":{"type":"Polygon","coordinates":[[[-9,52.5],[-7,52.5],[-7,54],[-9,54],[-9,52.5]]]}},
        {"type":"Feature","properties":{"territory":"S"},"geometry":{"type":"Polygon","coordinates":[[[-9,51],[-7,51],[-7,52.5],[-9,52.5],[-9,51]]]}}]}"#;

#[test]
fn positions_that_are_none_stop_the_round() {
    let problems = shadow()
        .table(
            "facilities.csv",
            "facility_id,name,territory,lat,lon,capacity\nF1,Swapped,N,-150,53,60\nF2,Metres,S,383080,801072,100\nF3,Null,S,0,0,10\nF4,Far,S,53,500,10\nF5,Turned,S,-8,53,10\n",
        )
        .table("territories.geojson", BOUNDARIES)
        .table("population.csv", "point_id,lat,lon,territory,population\nP1,53,-8,N,-5\n")
        .problems();
    insta::assert_snapshot!(list(&problems));
}

#[test]
fn positions_are_held_against_boundaries() {
    let decided = shadow()
        .table("territories.geojson", BOUNDARIES)
        .table(
            "population.csv",
            "point_id,lat,lon,territory,population\nP1,53,-8,S,100\nP2,52,-8,S,50\nP3,53.5,-8,N,20\n",
        )
        .decide();
    insta::assert_snapshot!(list(&decided.decision.problems));
    assert_eq!(decided.decision.boundaries.as_ref().map(|b| b.areas().len()), Some(2));
}

fn by_table() -> Round {
    shadow_by(&RULES.replace("speed_kmh = 5", "travel = \"table\""))
}

fn minutes(round: Round, times: &str) -> Round {
    round.table("travel_times.csv", &format!("point_id,facility_id,minutes\n{times}"))
}

#[test]
fn minutes_of_a_table_count_and_positions_do_not() {
    // The third point reaches the north hall after all, and the first no longer does; half an hour is included.
    let decided = minutes(by_table(), "P3,F1,30\nP2,F2,5\nP1,F1,30.001\n").decide();
    assert_eq!(
        decided.text("reach_points.csv"),
        "point_id,access,visits_wanted,satisfied,out_of_reach,no_room,unmet_share\n\
         P1,0,100,0,100,0,1\n\
         P2,2,50,50,0,0,0\n\
         P3,3,20,20,0,0,0\n"
    );
    let source = &decided.table("contributions.csv")[0]["source"];
    assert!(source.ends_with("; travel_times.csv: minutes"), "{source}");
    let same = minutes(by_table(), "P2,F2,5\nP1,F1,30.001\nP3,F1,30\n")
        .table("facilities.csv", "facility_id,name,territory,capacity\nF3,Lonely hall,S,10\nF2,South hall,S,100\nF1,North hall,N,60\n")
        .decide();
    for file in ["awards.csv", "reach_points.csv", "reach_facilities.csv"] {
        assert_eq!(decided.text(file), same.text(file), "{file}");
    }
}

#[test]
fn a_table_of_minutes_is_checked_against_both_others() {
    let rows = "P1,F9,5\nP1,F1,5\nP1,F1,6\nP9,F1,5\nP2,F1,-1\nP2,F2,\nP3,F1,soon\n";
    insta::assert_snapshot!(list(&minutes(by_table(), rows).problems()));
    assert!(list(&by_table().problems()).contains("[missing-file]"));
}
