//! `adil access`: tables in, reach out, and what is wrong with the tables.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Ended, adil};

/// A folder with two tables and a place for the answer.
struct Tables {
    place: TempDir,
}

impl Tables {
    fn new(demand: &str, supply: &str) -> Self {
        let tables = Self { place: tempfile::tempdir().unwrap() };
        tables.write("demand.csv", demand);
        tables.write("supply.csv", supply);
        tables
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn access(&self, more: &[&str]) -> Ended {
        let [demand, supply, out] =
            ["demand.csv", "supply.csv", "out.csv"].map(|name| self.path(name).to_str().unwrap().to_owned());
        let files = ["access", "--demand", &demand, "--supply", &supply, "--out", &out];
        let mut ended = adil(&[&files[..], more].concat());
        for text in [&mut ended.out, &mut ended.err] {
            *text =
                text.replace(&format!("{}{}", self.place.path().display(), std::path::MAIN_SEPARATOR), "");
        }
        ended
    }

    fn out(&self) -> String {
        fs::read_to_string(self.path("out.csv")).unwrap()
    }
}

const PLANAR: [&str; 5] = ["--planar", "--method", "2sfca", "--max-cost", "5"];

fn small() -> Tables {
    Tables::new(
        "id,x,y,population\n007,0,0,100\n\"b,c\",3,4,50\nfar,1e3,0,7\n",
        "id,x,y,capacity\nhall,0,0,30\npool,3,0,3\n",
    )
}

#[test]
fn the_answer_stands_in_the_order_of_the_demand() {
    let tables = small();
    let ended = tables.access(&PLANAR);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    // The hall is 5 away from the second point: included. Everyone shares both.
    let access = 30.0 / 150.0 + 3.0 / 150.0;
    assert_eq!(tables.out(), format!("id,access\n007,{access}\n\"b,c\",{access}\nfar,0.0\n"));
    assert!(ended.out.contains("3 demand points, 2 facilities\n"), "{}", ended.out);
    assert!(ended.out.contains("Out of reach: 1 points with 7 people"), "{}", ended.out);

    let summary = tables.access(&[&PLANAR[..], &["--json"]].concat()).json();
    for (key, value) in [
        ("points", 3.0),
        ("facilities", 2.0),
        ("pairs", 4.0),
        ("population_out_of_reach", 7.0),
        ("capacity_reached", 33.0),
    ] {
        assert!((summary[key].as_f64().unwrap() - value).abs() < 1e-9, "{key}: {summary}");
    }
    assert!(summary["conservation_difference"].as_f64().unwrap() < 1e-12);
}

#[test]
fn the_methods_of_the_literature() {
    let tables = Tables::new("id,population\n1,100\n2,50\n3,10\n", "id,capacity\n1,15\n2,20\n3,100\n");
    tables.write(
        "costs.csv",
        "demand_id,supply_id,cost\n1,1,1\n2,2,1\n3,3,1\n1,3,40\n2,3,40\n3,1,40\n3,2,40\n1,2,80\n2,1,80\n",
    );
    let costs = tables.path("costs.csv");
    let steps = ["--steps", "10:1,20:.68,30:.22"];
    for (method, decay, expected) in [
        (
            "2sfca",
            &["--gravity", "-1:0"][..],
            [0.331_444_116_980_276_6, 0.579_828_132_066_938_1, 7.286_418_169_862_544],
        ),
        ("e2sfca", &steps, [0.15, 0.4, 10.0]),
        (
            "3sfca",
            &["--gravity", "-1:0.5"],
            [0.156_256_588_290_619_84, 0.406_216_452_450_860_5, 9.906_351_854_839_498],
        ),
    ] {
        let arguments = ["--method", method, "--max-cost", "61", "--costs", costs.to_str().unwrap()];
        let ended = tables.access(&[&arguments[..], decay].concat());
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{method}");
        let out = tables.out();
        let found: Vec<f64> =
            out.lines().skip(1).map(|l| l.split(',').nth(1).unwrap().parse().unwrap()).collect();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-12, "{method}: {found} and {expected}");
        }
    }
}

#[test]
fn on_the_earth_costs_are_minutes() {
    // 0.009° north are 1,000.76 m: on foot 16.26 minutes, by car 2.1.
    let tables =
        Tables::new("id,lat,lon,population\na,43.2,76.9,10\n", "id,lat,lon,capacity\nh,43.209,76.9,5\n");
    let reached = |more: &[&str]| {
        let ended = tables.access(&[&["--method", "2sfca"], more].concat());
        assert_eq!((ended.code, ended.err.as_str()), (0, ""));
        tables.out().ends_with("a,0.5\n")
    };
    assert!(reached(&["--max-cost", "16.3"]));
    assert!(!reached(&["--max-cost", "16.2"]));
    assert!(reached(&["--max-cost", "2.2", "--mode", "car"]));
    assert!(!reached(&["--max-cost", "2", "--mode", "car"]));
    assert!(reached(&["--max-cost", "10.1", "--speed", "6", "--detour", "1"]));
    assert!(!reached(&["--max-cost", "10", "--speed", "6", "--detour", "1"]));
}

#[test]
fn every_problem_is_said_and_nothing_written() {
    let tables = Tables::new(
        "id,lat,lon,population\na,76.9,43.2,-5\na,43.2,nan,1\n,43.2,76.9,1\nd,100.5,76.9,x\ne,0,0,1\nf,4787000,350000,2\n",
        "id,lat,lon,capacity\nh,43.2,76.9,\n",
    );
    let ended = tables.access(&["--method", "2sfca", "--max-cost", "5"]);
    assert_eq!(ended.code, 1);
    for said in [
        "demand.csv:2:population: error [negative-value]",
        "demand.csv:3:id: error [duplicate-id]",
        "demand.csv:3:lon: error [not-a-number]",
        "demand.csv:4:id: error [empty-id]",
        "demand.csv:5:population: error [not-a-number]",
        "demand.csv:5:lat: error [swapped-position]",
        "demand.csv:6:lat: error [null-position]",
        "demand.csv:7:lat: error [projected-position]",
        "supply.csv:2:capacity: error [missing-value]",
        "Nothing was written: 9 errors, 0 warnings.",
    ] {
        assert!(ended.err.contains(said), "no {said} in\n{}", ended.err);
    }
    assert!(!tables.path("out.csv").exists());
    let ended = tables.access(&["--method", "2sfca", "--max-cost", "5", "--json"]);
    assert_eq!(ended.json()["problems"].as_array().unwrap().len(), 9);
}

#[test]
fn costs_are_checked_against_both_tables() {
    let tables = Tables::new("id,population\n01,1\n02,2\n", "id,capacity\nh,1\n");
    tables.write("costs.csv", "demand_id,supply_id,cost\n01,h,1\n1,h,1\n02,k,-1\n01,h,2\n02,h,1e400\n");
    let costs = tables.path("costs.csv");
    let ended = tables.access(&["--method", "2sfca", "--max-cost", "5", "--costs", costs.to_str().unwrap()]);
    assert_eq!(ended.code, 1);
    for said in [
        "costs.csv:3:demand_id: error [unknown-id] `1` is no id of demand.csv.",
        "costs.csv:4:supply_id: error [unknown-id]",
        "costs.csv:4:cost: error [negative-value]",
        "costs.csv:5: error [duplicate-pair] The cost of this pair is given on line 2 and again on line 5.",
        "costs.csv:6:cost: error [not-a-number]",
    ] {
        assert!(ended.err.contains(said), "no {said} in\n{}", ended.err);
    }
}

#[test]
fn a_table_of_another_kind_is_told_how_to_be_read() {
    let tables = small();
    let ended = tables.access(&["--method", "2sfca", "--max-cost", "5"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("With --planar they are taken as places in a plane."), "{}", ended.err);
    let ended = tables.access(&["--method", "2sfca", "--max-cost", "5", "--costs", "nowhere.csv"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("nowhere.csv: error [unreadable-file]"), "{}", ended.err);
}

#[test]
fn a_cost_of_nothing_has_no_weight_under_gravity() {
    let tables = small();
    let ended = tables.access(&[&PLANAR[..], &["--gravity", "-2:0"]].concat());
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("supply.csv:2: error [out-of-range]"), "{}", ended.err);
    assert!(!tables.path("out.csv").exists());
}

#[test]
fn a_command_that_cannot_be_meant_is_refused() {
    let tables = small();
    let wrong = |more: &[&str]| {
        let ended = tables.access(&[&["--planar", "--max-cost", "5"], more].concat());
        assert_eq!(ended.code, 2, "{more:?}: {}", ended.err);
        assert!(!tables.path("out.csv").exists());
        ended.err
    };
    let said = wrong(&["--method", "e2sfca"]);
    assert!(said.contains("add --steps 10:1,20:.68,30:.22"), "{said}");
    assert!(wrong(&["--method", "2sfca", "--steps", "10:1,5:.5"]).contains("each above the one before it"));
    assert!(wrong(&["--method", "2sfca", "--steps", "10"]).contains("write LIMIT:WEIGHT"));
    assert!(wrong(&["--method", "2sfca", "--gaussian", "-1"]).contains("above 0"));
    assert!(wrong(&["--method", "2sfca", "--gravity", "-1"]).contains("write A:MIN"));
    assert!(
        wrong(&["--method", "2sfca", "--gravity", "-1:1", "--gaussian", "2"]).contains("cannot be used with")
    );
    assert!(wrong(&["--method", "2sfca", "--mode", "car"]).contains("cannot be used with"));
    assert!(wrong(&["--method", "4sfca"]).contains("3sfca"));
}

#[test]
fn a_plain_table_and_one_from_a_spreadsheet_give_the_same() {
    let written = |demand: &str, supply: &str| {
        let tables = Tables::new(demand, supply);
        let ended = tables.access(&PLANAR);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{demand}");
        tables.out()
    };
    let (demand, supply) =
        ("id,x,y,population\nб,0,0,1e2\na,3,4,50\n", "id,note,x,y,capacity\n1,-,0,0,30\n2,,3,0,3");
    let plain = written(demand, supply);
    assert_eq!(plain.lines().count(), 3);
    let quoted = |text: &str| text.replace('\n', "\r\n").replace("id", "\"id\"");
    assert_eq!(plain, written(&quoted(demand), &quoted(supply)));
    assert_eq!(plain, written(demand, &quoted(supply)));
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let at = |n: u32| f64::from(n.wrapping_mul(2_654_435_761) >> 8) / 167_772.16;
    let table = |n: u32, salt: u32, amount: &str| {
        let rows =
            (0..n).map(|i| format!("{i},{},{},{}\n", at(2 * i + salt), at(2 * i + 1 + salt), 1 + i % 90));
        format!("id,x,y,{amount}\n{}", rows.collect::<String>())
    };
    let tables = Tables::new(&table(5_000, 3, "population"), &table(400, 8, "capacity"));
    let written = |threads: &str| {
        let arguments =
            ["--planar", "--method", "3sfca", "--max-cost", "9", "--gaussian", "4", "--threads", threads];
        assert_eq!(tables.access(&arguments).code, 0);
        tables.out()
    };
    let one = written("1");
    assert!(one.lines().count() == 5_001 && one == written("2") && one == written("7"));
}
