//! From weights to amounts, with numbers that a person can check on paper.

use super::{Decided, Record, Round};

const ONE_CHECK: &str = r#"
[[gate]]
id = "open"
title = "Open"
when = "application.open == 'yes'"
reference = "a test"
"#;

fn pot(rules: &str) -> String {
    format!(
        "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nreference = \"a test\"\n\
         weight = \"application.w\"\nweight_because = \"a test\"\n{rules}\n"
    )
}

#[test]
fn an_empty_amount_is_held_and_the_round_goes_on() {
    let decided = Round::new("application_id,amount_sought\nA,600\nB,\nC,1400\n").decide();
    assert_eq!(decided.awards(), ["A 300 funded share", "B 0 held amount-unknown", "C 700 funded share"]);
    assert_eq!(decided.totals(), ["1000", "0", "0"]);
    let warning = decided.problem("missing-amount").unwrap();
    assert_eq!(warning.place.to_string(), "applications.csv:3:amount_sought");
    assert_eq!(decided.award("B")["amount_sought"], "");
    assert_eq!(decided.award("B")["weight"], "", "it took no part");
}

#[test]
fn when_nobody_may_be_paid_everything_is_left() {
    let decided =
        Round::new("application_id,amount_sought,open\nA,600,no\nB,10,no\n").rules(ONE_CHECK).decide();
    assert_eq!(decided.awards(), ["A 0 ineligible gate-failed:open", "B 0 ineligible gate-failed:open"]);
    assert_eq!(decided.totals(), ["0", "0", "1000"]);
}

#[test]
fn one_application_gets_its_ask_or_the_budget() {
    let decided = Round::new("application_id,amount_sought\nA,600.75\n").decide();
    assert_eq!(decided.amounts(), ["600"], "the ceiling is rounded down to the payable step");
    assert_eq!(decided.award("A")["status"], "funded");
    assert_eq!(decided.totals(), ["600", "0", "400"]);
    let decided = Round::new("application_id,amount_sought\nA,5000\n").decide();
    assert_eq!(decided.awards(), ["A 1000 funded share"]);
}

#[test]
fn ceilings_that_bind_everywhere_leave_the_rest() {
    let decided = Round::new("application_id,amount_sought\nA,100\nB,200.50\n").unit("0.01").decide();
    assert_eq!(decided.amounts(), ["100", "200.50"]);
    assert_eq!(decided.totals(), ["300.50", "0", "699.50"]);
}

#[test]
fn what_is_no_whole_step_is_left() {
    let decided =
        Round::new("application_id,amount_sought\nA,3000\nB,3000\n").budget("1050").unit("100").decide();
    assert_eq!(decided.totals(), ["1000", "0", "50"]);
    assert_eq!(decided.amounts(), ["500", "500"]);
}

#[test]
fn a_budget_smaller_than_the_payable_step_is_left() {
    let decided = Round::new("application_id,amount_sought\nA,3000\nB,3000\n").budget("0.50").decide();
    assert_eq!(decided.totals(), ["0", "0", "0.50"]);
    assert!(decided.table("awards.csv").iter().all(|r| r["status"] == "not-funded"));
}

#[test]
fn a_reserve_for_appeals_is_set_aside_first() {
    let round = Round::new("application_id,amount_sought\nA,600\nB,1200\n")
        .budget("999")
        .rules("\n[reserve]\nappeals = \"10%\"\nreference = \"a test\"\n");
    let decided = round.decide();
    // A tenth of 999 whole steps is 99.9: 99 are kept, 900 divided one to two.
    assert_eq!(decided.amounts(), ["300", "600"]);
    assert_eq!(decided.totals(), ["900", "99", "0"]);
    assert_eq!(decided.decision.totals.reserved_for_appeals.to_short_string(), "99");
}

#[test]
fn two_pots_divide_the_budget_by_their_shares() {
    let pots = r#"
[[pot]]
id = "everyone"
title = "Everyone"
share = "70%"
rule = "fair-share"
weight = "application.w"
weight_because = "a test"
reference = "a test"
[[pot]]
id = "youth"
title = "Youth"
share = "30%"
when = "application.kind == 'youth'"
rule = "fair-share"
weight = "1"
ceiling = "application.amount_sought"
reference = "a test"
"#;
    let decided = Round::new(
        "application_id,amount_sought,w,kind\nA,900,3,youth\nB,900,4,adult\nC,100,0,youth\nD,900,0,\n",
    )
    .rules(pots)
    .decide();
    let row = |r: &Record| format!("{} {} {} {}", r["application_id"], r["pot"], r["weight"], r["amount"]);
    let pot_awards: Vec<String> = decided.table("pot_awards.csv").iter().map(row).collect();
    // 700 by three to four; of 300 for the two youth clubs C can take 100 only.
    assert_eq!(
        pot_awards,
        [
            "A everyone 3 300",
            "A youth 1 200",
            "B everyone 4 400",
            "C everyone 0 0",
            "C youth 1 100",
            "D everyone 0 0",
        ]
    );
    assert_eq!(
        decided.awards(),
        [
            "A 500 funded share",
            "B 400 funded share",
            "C 100 funded zero-weight; ceiling",
            "D 0 not-funded zero-weight",
        ]
    );
    assert_eq!(decided.award("A")["weight"], "4");
    assert_eq!(decided.award("A")["ceiling"], "", "one pot has none, so the sum has none");
    let unclear = decided.problem("pot-unknown").unwrap();
    assert_eq!(unclear.place.line, Some(5));
    assert_eq!(decided.totals(), ["1000", "0", "0"]);
}

#[test]
fn shares_are_split_in_whole_steps_and_the_rest_is_nobodys() {
    let two = |second: &str| {
        let one =
            |id: &str, share: &str| pot("").replace("\"all\"", &format!("\"{id}\"")).replace("100%", share);
        let rules = one("first", "70%") + &one("second", second);
        Round::new("application_id,amount_sought,w\nA,900,1\n").budget("101").rules(&rules).decide()
    };
    let money = |d: &Decided| d.decision.pots.iter().map(|p| p.money.to_short_string()).collect::<Vec<_>>();
    // 70.7 and 30.3: the larger remainder takes the last step.
    let decided = two("30%");
    assert_eq!(money(&decided), ["71", "30"]);
    assert_eq!(decided.totals(), ["101", "0", "0"]);
    // 70.7 and 10.1 are 80.8: eighty whole steps, the rest of the budget stays.
    let decided = two("10%");
    assert_eq!(money(&decided), ["70", "10"]);
    assert_eq!(decided.totals(), ["80", "0", "21"]);
}

#[test]
fn a_pot_that_nobody_belongs_to_is_left() {
    let rules = pot("when = \"application.w > 100\"");
    let decided = Round::new("application_id,amount_sought,w\nA,900,1\n").rules(&rules).decide();
    assert_eq!(decided.awards(), ["A 0 not-funded no-pot"]);
    assert_eq!(decided.totals(), ["0", "0", "1000"]);
}

#[test]
fn below_its_minimum_an_application_gets_nothing_and_the_others_gain() {
    let rules = pot("minimum = \"application.amount_minimum\"");
    let table = "application_id,amount_sought,amount_minimum,w\nA,500,60,1\nB,500,,2\nC,500,150,3\n";
    let decided = Round::new(table).budget("300").rules(&rules).decide();
    // Shares are 50, 100, 150; A needs 60. Then 300 by two to three.
    assert_eq!(
        decided.awards(),
        ["A 0 not-funded below-minimum", "B 120 funded share", "C 180 funded share"]
    );
    let dropped = &decided.decision.application("A").unwrap().pots[0];
    assert_eq!(dropped.before_drop.map(adil_domain::Money::to_short_string), Some("50".into()));
    let drops: Vec<&str> = decided.decision.pots[0]
        .drops
        .iter()
        .map(|i| decided.decision.applications[*i].id.as_str())
        .collect();
    assert_eq!(drops, ["A"]);
}

const OWN_POINTS: &str = r#"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "own"
title = "Own"
value = "application.p"
weight = 100
scale = { kind = "goalposts", low = 0, high = 100 }
missing = "worst"
because = "a test"
"#;

#[test]
fn the_fewest_points_are_dropped_first_and_that_may_save_the_next() {
    let rules = OWN_POINTS.to_owned() + &pot("minimum = \"application.amount_minimum\"");
    let table = "application_id,amount_sought,amount_minimum,w,p\nA,500,60,1,90\nB,500,60,1,20\n";
    let decided = Round::new(table).budget("100").rules(&rules).decide();
    assert_eq!(decided.awards(), ["A 100 funded share", "B 0 not-funded below-minimum"]);
}

#[test]
fn a_floor_lifts_and_no_weight_leaves_the_floor_alone() {
    let rules = pot("floor = \"100\"");
    let decided =
        Round::new("application_id,amount_sought,w\nA,900,1\nB,900,19\nC,900,0\n").rules(&rules).decide();
    // Nine hundred for A and B at one to nineteen would be 45 for A.
    assert_eq!(decided.awards(), ["A 100 funded floor", "B 800 funded share", "C 100 funded zero-weight"]);
}

const COUNTIES: &str = "territory,parent,level,population\nW,,country,100\nX,W,county,60\nY,W,county,40\n";

fn county(rules: &str) -> String {
    pot("") + "[[pot.bound]]\nlevel = \"county\"\ntitle = \"County\"\nreference = \"a test\"\n" + rules
}

fn placed() -> Round {
    Round::new("application_id,territory,amount_sought,w\nA,X,900,9\nB,Y,900,1\n")
        .table("territories.csv", COUNTIES)
}

#[test]
fn a_county_floor_and_a_county_ceiling_each_move_money() {
    let free = placed().rules(&pot("")).decide();
    assert_eq!(free.amounts(), ["900", "100"]);

    let floor = placed().rules(&county("floor = \"0.75 * pot * territory.population_share\"")).decide();
    assert_eq!(floor.amounts(), ["700", "300"]);
    let row = |d: &Decided, place: &str| {
        let rows = d.table("territories.csv");
        let r = rows.iter().find(|r| r["territory"] == place).unwrap();
        ["parent", "floor", "ceiling", "amount", "bound", "sought"].map(|c| r[c].clone()).join("|")
    };
    assert_eq!(row(&floor, "X"), "W|450||700||900");
    assert_eq!(row(&floor, "Y"), "W|300||300|floor|900");
    assert_eq!(row(&floor, "W"), "|0||1000||1800");

    let ceiling = placed().rules(&county("ceiling = \"1.2 * pot * territory.population_share\"")).decide();
    assert_eq!(ceiling.amounts(), ["720", "280"]);
    assert_eq!(row(&ceiling, "X"), "W|0|720|720|ceiling|900");
    assert_eq!(row(&ceiling, "Y"), "W|0|480|280||900");

    let demand = placed().rules(&county("ceiling = \"0.9 * pot * territory.demand_share\"")).decide();
    assert_eq!(demand.amounts(), ["450", "450"]);
    assert_eq!(demand.totals(), ["900", "0", "100"]);
}

#[test]
fn the_place_of_a_facility_is_the_place_of_its_application() {
    let decided = Round::new("application_id,facility_id,amount_sought,w\nA,f1,900,9\nB,f2,900,1\n")
        .table("territories.csv", COUNTIES)
        .table("operators.csv", "operator_id,name\n007,Seven\n")
        .table("facilities.csv", "facility_id,operator_id,name,territory\nf1,007,Hall,X\nf2,007,,Y\n")
        .rules(&county("ceiling = \"pot * territory.population_share\""))
        .decide();
    assert_eq!(decided.amounts(), ["600", "400"]);
    let award = decided.award("A");
    assert_eq!((award["territory"].as_str(), award["operator_id"].as_str()), ("X", "007"));
    let names: Vec<&str> = decided.decision.applications.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Hall", "Seven"]);
}

/// Bounds as `county X floor 700`, in the order of the report.
fn bounds(round: &Round) -> Vec<(String, String, Vec<String>)> {
    let sets = round.conflicts();
    let money = adil_domain::Money::to_short_string;
    sets.iter()
        .map(|set| {
            let mut bounds: Vec<String> = set
                .bounds
                .iter()
                .map(|b| format!("{} {} {} {}", b.level, b.subject, b.kind, money(b.amount)))
                .collect();
            bounds.sort();
            (money(set.demanded), money(set.available), bounds)
        })
        .collect()
}

#[test]
fn floors_above_the_budget_are_named_and_no_others() {
    let four = "territory,parent,level,least\nX,,county,700\nY,,county,400\nZ,,county,50\n";
    let round = Round::new("application_id,territory,amount_sought,w\nA,X,900,9\nB,Y,900,1\nC,Z,900,1\n")
        .table("territories.csv", four)
        .rules(&county("floor = \"territory.least\""));
    let sets = bounds(&round);
    assert_eq!(sets.len(), 1);
    let (demanded, available, named) = &sets[0];
    assert_eq!((demanded.as_str(), available.as_str()), ("1100", "1000"));
    assert_eq!(named, &["county X floor 700", "county Y floor 400", "pot  budget 1000"]);
    // Irreducible: with any one of them loosened, the rest can be met.
    for loosened in [four.replace("700", "550"), four.replace("400", "250")] {
        round.clone().table("territories.csv", &loosened).decide();
    }
    round.budget("1150").decide();
}

#[test]
fn a_county_ceiling_below_its_own_floor_is_a_contradiction() {
    let rules = county("floor = \"territory.least\"\nceiling = \"400\"");
    let places = "territory,parent,level,least\nX,,county,500\nY,,county,100\n";
    let sets = bounds(&placed().table("territories.csv", places).rules(&rules));
    assert_eq!(sets.len(), 1);
    assert_eq!(sets[0].2, ["county X ceiling 400", "county X floor 500"]);
}

#[test]
fn an_application_floor_above_its_county_is_a_contradiction() {
    let rules = pot("floor = \"application.amount_sought\"\nfloor_because = \"a test\"")
        + "[[pot.bound]]\nlevel = \"county\"\ntitle = \"County\"\nceiling = \"300\"\nreference = \"a test\"\n";
    let table = "application_id,territory,amount_sought,w\nA,X,200,9\nA2,X,150,1\nB,Y,100,1\n";
    let sets = bounds(&Round::new(table).table("territories.csv", COUNTIES).rules(&rules));
    assert_eq!(sets.len(), 1);
    assert_eq!(sets[0].2, ["application A floor 200", "application A2 floor 150", "county X ceiling 300"]);
    assert_eq!((sets[0].0.as_str(), sets[0].1.as_str()), ("350", "300"));
}

#[test]
fn a_floor_above_the_own_ceiling_is_a_contradiction_of_that_application() {
    let sets = bounds(
        &Round::new("application_id,amount_sought,w\nA,600,1\nB,60,1\n")
            .rules(&pot("floor = \"100\"\nceiling = \"application.amount_sought\"")),
    );
    assert_eq!(sets.len(), 1);
    assert_eq!(sets[0].2, ["application B ceiling 60", "application B floor 100"]);
}

#[test]
fn a_minimum_that_leaves_its_county_below_the_floor_is_named() {
    let rules = pot("minimum = \"application.amount_minimum\"")
        + "[[pot.bound]]\nlevel = \"county\"\ntitle = \"County\"\nfloor = \"100\"\nceiling = \"500\"\nreference = \"a test\"\n";
    let table = "application_id,territory,amount_sought,amount_minimum,w\nA,X,600,550,1\nB,Y,600,,1\n";
    let sets = bounds(&Round::new(table).table("territories.csv", COUNTIES).rules(&rules));
    assert_eq!(sets.len(), 1);
    assert_eq!(sets[0].2, ["application A minimum 550", "county X floor 100"]);
}

#[test]
fn identifiers_may_be_any_text() {
    let table = "application_id,amount_sought\n\"A,\"\"x\",500\n\"B\nC\",300\n=1+1,200\n007,0\n";
    let decided = Round::new(table).decide();
    let ids: Vec<String> =
        decided.table("awards.csv").into_iter().map(|r| r["application_id"].clone()).collect();
    assert_eq!(ids, ["007", "=1+1", "A,\"x", "B\nC"]);
    assert_eq!(decided.amounts(), ["0", "200", "500", "300"]);
    assert_eq!(adil_round::verify::certificate(&decided.files), Vec::<String>::new());
}

#[test]
fn amounts_near_the_end_of_the_numbers_are_still_exact() {
    let decided = Round::new("application_id,amount_sought\nA,90000000000000000\nB,45000000000000000.01\n")
        .budget("90000000000000000.03")
        .unit("0.01")
        .decide();
    assert_eq!(decided.amounts(), ["60000000000000000.02", "30000000000000000.01"]);
    assert_eq!(decided.totals(), ["90000000000000000.03", "0", "0"]);
}

#[test]
fn a_quantity_out_of_range_is_an_error_and_not_a_number() {
    let negative = Round::new("application_id,amount_sought,w\nA,900,1\nB,900,-1\n").rules(&pot(""));
    let problems = negative.problems();
    let errors = super::errors(&problems);
    assert_eq!(
        errors,
        "applications.csv:3: error [bad-quantity] The weight of pot `all`: `application.w` gives -1, below zero. \
         Correct the row, or keep the quantity within its range in the policy."
    );
}

#[test]
fn a_place_that_no_table_describes_bounds_nothing_and_is_kept() {
    let decided = Round::new("application_id,amount_sought,territory\nA,600,Dublin\nB,600,Cork\n").decide();
    assert_eq!(decided.amounts(), ["500", "500"]);
    assert_eq!(decided.award("A")["territory"], "Dublin");
    assert!(adil_round::verify::certificate(&decided.files).is_empty());
}

#[test]
fn who_lacks_a_quantity_in_one_pot_waits_in_all_of_them() {
    let first = pot("").replace("\"100%\"", "\"60%\"").replace("id = \"all\"", "id = \"first\"");
    let second = pot("")
        .replace("\"100%\"", "\"40%\"")
        .replace("id = \"all\"", "id = \"second\"")
        .replace("application.w\"", "application.v\"");
    let round =
        Round::new("application_id,amount_sought,w,v\nA,900,1,1\nB,900,,1\n").rules(&first).rules(&second);
    let decided = round.decide();
    assert_eq!(decided.awards(), ["A 800 funded share", "B 0 (200) held quantity-unknown:first.weight"]);
    assert_eq!(decided.award("B")["amount_if_cleared"], "200");
    assert_eq!(decided.totals(), ["800", "200", "0"]);
}

#[test]
fn who_gets_all_that_the_ceiling_allows_is_at_the_ceiling() {
    // The price just meets the asks: nothing is left, and nobody could get more.
    let decided = Round::new("application_id,amount_sought\nA,400\nB,600\n").decide();
    assert_eq!(decided.awards(), ["A 400 funded ceiling", "B 600 funded ceiling"]);
}

#[test]
fn a_reserve_past_its_day_is_divided_by_the_same_rules() {
    let round = |until: &str| {
        let rules = format!("[reserve]\nappeals = \"10%\"\nuntil = \"{until}\"\nreference = \"a test\"\n");
        Round::new("application_id,amount_sought\nA,3000\nB,3000\n").rules(&rules).decide()
    };
    assert_eq!(round("2023-12-31").totals(), ["900", "100", "0"], "its last day is the round's own");
    assert_eq!(round("2023-12-30").totals(), ["1000", "0", "0"]);
}

#[test]
fn every_rule_is_kept_to_the_output_with_its_reference_and_dates() {
    let rules = BY_ASK_UNTIL;
    let decided = Round::new("application_id,amount_sought\nA,3000\n").rules(rules).decide();
    let json: serde_json::Value = serde_json::from_slice(&decided.files["decision.json"]).unwrap();
    assert_eq!(
        json["rules"],
        serde_json::json!([
            { "kind": "pot", "id": "all", "reference": "Act 7, section 2", "from": null, "until": "2024-12-31" }
        ])
    );
}

const BY_ASK_UNTIL: &str = r#"
[[pot]]
id = "all"
title = "Everything"
share = "100%"
rule = "fair-share"
weight = "application.amount_sought"
weight_because = "nothing else is known"
reference = "Act 7, section 2"
until = "2024-12-31"
"#;
