//! The steps of an explanation as data: a contract with whoever reads the JSON.

use insta::assert_snapshot;

use super::{Decided, Round};

fn decided() -> Decided {
    Round::new(
        "application_id,operator_id,facility_id,territory,amount_sought,amount_minimum,purpose\n\
         paid,1,f1,X,900,,New floor\nkept,2,,X,500,,\nrefused,3,,Y,800,,\nsmall,1,,Y,400,390,Balls\n\
         other,1,,Y,500,,\n",
    )
    .table("facilities.csv", "facility_id,operator_id,name,area\nf1,1,Sports hall,40\n")
    .table(
        "territories.csv",
        "territory,parent,level,name_en,population\nX,,county,Exford,60\nY,,county,Whyford,40\n",
    )
    .table(
        "checks.csv",
        "operator_id,check,outcome,as_of,source,evidence\n1,sound,pass,2023-12-15,register,no. 17\n\
         2,sound,pass,2023-01-15,register,\n3,sound,fail,2023-12-15,register,no. 18\n",
    )
    .rules(
        r#"
[[source]]
name = "register"
max_age = "30 days"
[[gate]]
id = "sound"
title = { en = "Not bankrupt", ru = "Не банкрот" }
when = "check.sound == 'pass'"
reference = "Law 1"
[[criterion]]
id = "need"
title = "Need"
reference = "Rule 2"
[[criterion.indicator]]
id = "area"
title = "Floor area"
value = "facility.area"
weight = 60
scale = { kind = "goalposts", low = 100, high = 0 }
missing = { value = 50 }
[[criterion.indicator]]
id = "people"
title = "People"
value = "territory.population"
weight = 40
scale = { kind = "goalposts", low = 0, high = 100 }
missing = "worst"
[[pot]]
id = "all"
title = "All"
share = "100%"
rule = "fair-share"
weight = "score * application.amount_sought"
weight_because = { en = "size is what was asked for" }
floor = "10"
minimum = "application.amount_minimum"
ceiling = "application.amount_sought"
reference = "Rule 3"
[[pot.bound]]
level = "county"
title = "County"
floor = "pot * 0.1"
ceiling = "pot * territory.population_share"
reference = "Rule 4"
"#,
    )
    .decide()
}

fn explained(id: &str) -> String {
    let decided = decided();
    let application = decided.decision.application(id).unwrap();
    let explanation = adil_round::explain(&decided.decision, application);
    format!("{:#}", serde_json::to_value(explanation).unwrap())
}

#[test]
fn the_amounts_that_are_explained() {
    assert_snapshot!(decided().awards().join("\n"));
}

#[test]
fn one_that_is_funded() {
    assert_snapshot!(explained("paid"));
}

#[test]
fn one_that_is_held() {
    assert_snapshot!(explained("kept"));
}

#[test]
fn one_that_is_ineligible() {
    assert_snapshot!(explained("refused"));
}

#[test]
fn one_that_fell_below_its_minimum() {
    assert_snapshot!(explained("small"));
}
