//! Minutes along the roads of a map: in `adil access`, and as a table of a round.

use super::adil;
use super::import::{Place, village};

/// At the west end of the village's street, and half a degree from any road.
const HOMES: &str = "id,lat,lon,population\nwest,49.999,70,100\nfar,50.5,70,50\n";
/// Beyond the roundabout: on foot 143 + 143 + 53 m at 4.5 km/h.
const HALL: &str = "id,lat,lon,capacity\nhall,49.999,70.0044,10\n";

fn reached(place: &Place, more: &[&str]) -> (bool, String) {
    let (demand, supply) = (place.write("demand.csv", HOMES), place.write("supply.csv", HALL));
    let (map, out) = (village(), place.path("out.csv"));
    let fixed = ["access", "--demand", &demand, "--supply", &supply, "--roads", &map, "--method", "2sfca"];
    let ended = adil(&[&fixed, &["--out", &*out][..], more].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let table = place.read("out.csv");
    assert!(table.ends_with("far,0.0\n"), "{table}");
    (table.contains("west,0.1\n"), ended.err)
}

#[test]
fn minutes_are_counted_along_roads() {
    let place = Place::new();
    // 339 m in a straight line are 4.2 minutes; along the road they are 4.5, and by car 38 seconds.
    assert!(reached(&place, &["--max-cost", "4.6"]).0);
    let (near, said) = reached(&place, &["--max-cost", "4.4"]);
    assert!(!near);
    assert!(said.contains("1 of 2 places are more than 1000 m from any road"), "{said}");
    assert!(reached(&place, &["--max-cost", "0.7", "--mode", "car"]).0);
    assert!(!reached(&place, &["--max-cost", "0.5", "--mode", "car"]).0);
}

#[test]
fn a_map_that_cannot_be_used_is_said() {
    let place = Place::new();
    let (demand, supply) = (place.write("demand.csv", HOMES), place.write("supply.csv", HALL));
    let out = place.path("out.csv");
    let cut = place.write("cut.osm.pbf", "no map");
    for (map, code) in [(&*cut, "osm-"), ("absent.osm.pbf", "unreadable-file")] {
        let ended = adil(&[
            "access",
            "--demand",
            &demand,
            "--supply",
            &supply,
            "--roads",
            map,
            "--method",
            "2sfca",
            "--max-cost",
            "5",
            "--out",
            &out,
        ]);
        assert_eq!(ended.code, 1, "{}", ended.err);
        assert!(ended.err.contains(code) && ended.err.contains(map), "{}", ended.err);
    }
    let ended = adil(&[
        "access",
        "--demand",
        &demand,
        "--supply",
        &supply,
        "--roads",
        &cut,
        "--method",
        "2sfca",
        "--max-cost",
        "5",
        "--speed",
        "4",
        "--out",
        &out,
    ]);
    assert_eq!(ended.code, 2, "{}", ended.err);
}

const POLICY: &str = r#"
[round]
id = "village"
title = "Village"
currency = "KZT"
budget = "1000"
unit = "1"
country = "kz"
as_of = "2026-01-01"

[access]
title = "Within five minutes"
reference = "a test"
demand = "point.population"
supply = "facility.capacity"
method = "2sfca"
max_minutes = 5
travel = "table"

[[pot]]
id = "all"
title = "Everything"
share = "100%"
rule = "fair-share"
weight = "1 + access.unmet_share"
reference = "a test"
"#;

#[test]
fn a_round_takes_its_minutes_from_a_map() {
    let place = Place::new();
    std::fs::create_dir(place.path("round")).unwrap();
    place.write("round/policy.toml", POLICY);
    place.write(
        "round/facilities.csv",
        "facility_id,name,lat,lon,capacity\nhall,Hall,49.999,70.0044,10\nlost,No position,,,10\n",
    );
    place.write("round/population.csv", "point_id,lat,lon,population\nwest,49.999,70,100\nfar,50.5,70,50\n");
    let round = place.round();
    let ended = adil(&["run", &round]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("travel_times.csv") && ended.err.contains("adil import roads"),
        "{}",
        ended.err
    );

    let ended = adil(&["import", "roads", &village(), "--max-minutes", "4", "--out", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("0  pairs within 4 minutes"), "{}", ended.out);
    assert!(ended.err.contains("limit-below-policy"), "{}", ended.err);
    let ended = adil(&["import", "roads", &village(), "--out", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("1  pairs within 5 minutes"), "{}", ended.out);
    assert!(!ended.err.contains("limit-below-policy"), "{}", ended.err);
    let times = place.read("round/travel_times.csv");
    assert!(times.starts_with("point_id,facility_id,minutes\nwest,hall,4.5"), "{times}");
    let package = place.read("round/datapackage.json");
    assert!(package.contains("ODbL-1.0") && package.contains("travel_times.csv"), "{package}");

    let ended = adil(&["run", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(
        place.read("round/decision/reach_points.csv"),
        "point_id,access,visits_wanted,satisfied,out_of_reach,no_room,unmet_share\n\
         far,0,50,0,50,0,1\n\
         west,0.1,100,10,0,90,0.9\n"
    );
    assert_eq!(adil(&["verify", &round]).code, 0);
    place.write("round/travel_times.csv", &times.replace("4.5", "4.4"));
    assert_eq!(adil(&["verify", &round]).code, 1, "another way is another round");
}
