//! From values to points, with hand-computed numbers.

use std::fmt::Write as _;

use super::{Decided, Record, Round};

/// One indicator of all the weight.
fn one(value: &str, scale: &str, missing: &str) -> String {
    criterion("c", value, 100, scale, missing)
}

fn criterion(id: &str, value: &str, weight: u32, scale: &str, missing: &str) -> String {
    format!(
        "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nreference = \"a test\"\n[[criterion.indicator]]\nid = \"i\"\n\
         title = \"i\"\nvalue = \"{value}\"\nweight = {weight}\nscale = {scale}\nmissing = {missing}\nbecause = \"a test\"\n"
    )
}

const BY_SCORE: &str = r#"
[[pot]]
id = "all"
title = "All"
share = "100%"
rule = "fair-share"
weight = "score"
reference = "a test"
"#;

fn points(decided: &Decided) -> Vec<String> {
    decided.table("awards.csv").into_iter().map(|r| r["points"].clone()).collect()
}

/// Values of one column `v`, of the clubs A, B, C, …, scaled.
fn scaled(values: &[&str], scale: &str, missing: &str) -> Decided {
    let mut table = "application_id,amount_sought,v\n".to_owned();
    for (id, value) in ('A'..).zip(values) {
        let _ = writeln!(table, "{id},100000,{value}");
    }
    Round::new(&table).rules(&one("application.v", scale, missing)).rules(BY_SCORE).decide()
}

#[test]
fn every_scale_through_a_whole_round() {
    let goalposts = scaled(&["10", "40", "99"], "{ kind = \"goalposts\", low = 50, high = 0 }", "\"worst\"");
    assert_eq!(points(&goalposts), ["80.000000", "20.000000", "0.000000"]);
    // The weight is the score: 1,000 by eighty to twenty to nothing.
    assert_eq!(goalposts.amounts(), ["800", "200", "0"]);

    let bands = "{ kind = \"bands\", top = 3, bands = [[0, 3], [10, 2], [20, 0]] }";
    let bands = scaled(&["9.99", "10", "25", "-1"], bands, "\"worst\"");
    assert_eq!(points(&bands), ["100.000000", "66.666700", "0.000000", "0.000000"]);

    let categories = "{ kind = \"categories\", top = 4, marks = { rural = 4, town = 1 }, other = 2 }";
    let categories = scaled(&["rural", "town", "sea"], categories, "\"worst\"");
    assert_eq!(points(&categories), ["100.000000", "25.000000", "50.000000"]);

    let log =
        scaled(&["1", "10", "100", "1000", "5000"], "{ kind = \"log\", low = 1, high = 1000 }", "\"worst\"");
    assert_eq!(points(&log), ["0.000000", "33.333300", "66.666700", "100.000000", "100.000000"]);

    let percentile = scaled(&["5", "7", "7", "9"], "{ kind = \"percentile\" }", "\"worst\"");
    assert_eq!(points(&percentile), ["12.500000", "50.000000", "50.000000", "87.500000"]);
    let reverse = scaled(&["5", "7", "7", "9"], "{ kind = \"percentile\", reverse = true }", "\"worst\"");
    assert_eq!(points(&reverse), ["87.500000", "50.000000", "50.000000", "12.500000"]);

    // Mean 4, standard deviation 2: z is −1, −1, 1, 1 of at most 2 on either side.
    let zscore = scaled(&["2", "2", "6", "6"], "{ kind = \"zscore\", clamp = 2 }", "\"worst\"");
    assert_eq!(points(&zscore), ["25.000000", "25.000000", "75.000000", "75.000000"]);
}

#[test]
fn a_percentile_within_groups_compares_like_with_like() {
    let scale = "{ kind = \"percentile\", within = \"application.kind\" }";
    let decided = Round::new(
        "application_id,amount_sought,v,kind\nA,9000,1,hall\nB,9000,2,hall\nC,9000,50,pool\nD,9000,60,pool\n",
    )
    .rules(&one("application.v", scale, "\"worst\""))
    .rules(BY_SCORE)
    .decide();
    assert_eq!(points(&decided), ["25.000000", "75.000000", "25.000000", "75.000000"]);
}

#[test]
fn every_aggregation_through_a_whole_round() {
    let goalposts = "{ kind = \"goalposts\", low = 0, high = 100 }";
    let decide = |aggregation: &str| {
        Round::new("application_id,amount_sought,a,b\nA,9000,25,100\nB,9000,64,64\nC,9000,0,100\n")
            .rules(&format!("[score]\naggregation = \"{aggregation}\"\n"))
            .rules(&criterion("first", "application.a", 50, goalposts, "\"worst\""))
            .rules(&criterion("second", "application.b", 50, goalposts, "\"worst\""))
            .rules(BY_SCORE)
            .decide()
    };
    assert_eq!(points(&decide("weighted-sum")), ["62.500000", "64.000000", "50.000000"]);
    // The root of a quarter of one is a half.
    assert_eq!(points(&decide("geometric")), ["50.000000", "64.000000", "0.000000"]);
    assert_eq!(points(&decide("weakest-criterion")), ["25.000000", "64.000000", "0.000000"]);
    for aggregation in ["weighted-sum", "geometric", "weakest-criterion"] {
        sums(&decide(aggregation));
    }
}

fn sums(decided: &Decided) {
    for award in decided.table("awards.csv") {
        let own = |r: &&Record| r["application_id"] == award["application_id"];
        let rows = decided.table("contributions.csv");
        let sum: adil_domain::Rational = rows.iter().filter(own).map(|r| super::rational(&r["points"])).sum();
        assert_eq!(sum, super::rational(&award["points"]), "{}", award["application_id"]);
    }
}

fn imputed(decided: &Decided) -> Vec<String> {
    let row = |r: Record| format!("{}={}", r["application_id"], r["imputed"]);
    decided.table("contributions.csv").into_iter().map(row).collect()
}

#[test]
fn every_rule_for_a_missing_value() {
    let scale = "{ kind = \"goalposts\", low = 0, high = 100 }";
    let values = ["20", "", "40", "90"];

    let worst = scaled(&values, scale, "\"worst\"");
    assert_eq!(points(&worst), ["20.000000", "0.000000", "40.000000", "90.000000"]);
    assert_eq!(imputed(&worst), ["A=", "B=worst", "C=", "D="]);

    let stated = scaled(&values, scale, "{ value = 3 }");
    assert_eq!(points(&stated)[1], "3.000000");

    let median = scaled(&values, scale, "\"group-median\"");
    assert_eq!(points(&median)[1], "40.000000", "the middle of 20, 40, 90");
    assert_eq!(median.award("B")["status"], "funded");

    let hold = scaled(&values, scale, "\"hold\"");
    let row = hold.award("B");
    assert_eq!((row["status"].as_str(), row["reason"].as_str()), ("held", "indicator-missing:c.i"));
    // Kept with full points: 100 of 250, so that no later value can lower somebody else's award.
    assert_eq!((row["amount"].as_str(), row["amount_if_cleared"].as_str()), ("0", "400"));
    assert_eq!(hold.totals(), ["600", "400", "0"]);
}

#[test]
fn the_median_of_a_group_stands_for_its_own() {
    let missing = "{ kind = \"group-median\", within = \"application.kind\" }";
    let scale = "{ kind = \"goalposts\", low = 0, high = 100 }";
    let table = "application_id,amount_sought,v,kind\nA,9000,10,hall\nB,9000,,hall\nC,9000,30,hall\nD,9000,80,pool\n\
                 E,9000,,pool\nF,9000,,ring\n";
    let decided = Round::new(table).rules(&one("application.v", scale, missing)).rules(BY_SCORE).decide();
    // Halls 10 and 30; pools 80; of rings nothing is known, so all: 10, 30, 80.
    assert_eq!(points(&decided)[1], "20.000000");
    assert_eq!(points(&decided)[4], "80.000000");
    assert_eq!(points(&decided)[5], "30.000000");
}

#[test]
fn many_rows_of_history_come_down_to_one_value() {
    let history = "operator_id,facility_id,period,amount\n\
                   op-a,,2021,100\nop-a,,2023,400\nop-a,,2022,250.50\n,f-b,2022,70\nop-x,f-b,2020,30\nop-c,,2020,\n";
    let value = |expression: &str| -> Vec<String> {
        let scale = "{ kind = \"goalposts\", low = 0, high = 1000 }";
        let decided = Round::new(
            "application_id,operator_id,facility_id,amount_sought\nA,op-a,,900\nB,op-b,f-b,900\nC,op-c,,900\nD,op-d,,900\n",
        )
        .table("history.csv", history)
        .rules(&one(expression, scale, "\"worst\""))
        .rules(BY_SCORE)
        .decide();
        decided.table("contributions.csv").into_iter().map(|r| r["value"].clone()).collect()
    };
    assert_eq!(
        value("sum(history.amount)"),
        ["750.5", "100", "", "0"],
        "an amount not known makes a sum unknown"
    );
    assert_eq!(value("latest(history.amount)")[..2], ["400", "70"]);
    assert_eq!(value("latest(history.amount)")[3], "");
    assert_eq!(value("mean(history.amount)")[..2], ["250.166667", "50"]);
    assert_eq!(value("min(history.amount)")[..2], ["100", "30"]);
    assert_eq!(value("max(history.amount)")[..2], ["400", "70"]);
    assert_eq!(value("count(history.amount)")[..2], ["3", "2"]);
    assert_eq!(value("count(history.amount)")[3], "0");
}

#[test]
fn a_sum_that_cannot_be_done_is_missing_and_on_record() {
    let scale = "{ kind = \"goalposts\", low = 0, high = 100 }";
    let decided = Round::new("application_id,amount_sought,v\nA,900,0\nB,900,0\nC,900,2\n")
        .rules(&one("100 / application.v", scale, "\"worst\""))
        .rules(BY_SCORE)
        .decide();
    assert_eq!(points(&decided), ["0.000000", "0.000000", "50.000000"]);
    let note = decided.problem("not-computable").unwrap();
    assert!(note.message.ends_with("So it is for 1 more rows."), "{note}");
    assert_eq!(note.place.line, Some(2));
}

#[test]
fn equal_points_share_the_better_place() {
    let scale = "{ kind = \"goalposts\", low = 0, high = 100 }";
    let decided = scaled(&["50", "90", "50", "10"], scale, "\"worst\"");
    let ranks: Vec<String> = decided.table("awards.csv").into_iter().map(|r| r["rank"].clone()).collect();
    assert_eq!(ranks, ["2", "1", "2", "4"]);
}
