//! Small rounds whose numbers a person can work out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as a test does")]

mod catalogues;
mod numbers;
mod pages;
#[path = "../../../adil-domain/tests/shared/catalogues.rs"]
mod shared;

use std::collections::BTreeMap;

use adil_audit::{Audit, BESIDE, audit};
use adil_round::inputs;

type Files = BTreeMap<String, Vec<u8>>;

/// A round of two places, in which money follows points times ask; `criteria` and `pot` as a policy writes them.
fn files(budget: &str, criteria: &str, tables: &[(&str, &str)]) -> Files {
    let policy = format!(
        r#"
[round]
id       = "small"
title    = {{ en = "Small round", ru = "Малый раунд", kk = "Шағын кезең" }}
currency = "EUR"
budget   = "{budget}"
unit     = "0.01"
country  = "ie"
as_of    = "2023-12-31"
seed     = "small"
reference = "a test"

{criteria}

[[pot]]
id      = "all"
title   = {{ en = "All of it", ru = "Всё", kk = "Бәрі" }}
share   = "100%"
rule    = "fair-share"
weight  = "score * application.amount_sought"
weight_because = "nobody else says how large it is"
reference = "a test"
"#
    );
    let mut files = Files::from([("policy.toml".to_owned(), policy.into_bytes())]);
    files.extend(tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    files
}

/// One indicator over a column of `facilities.csv`: its value in hundredths of its weight.
fn indicator(id: &str, weight: u32, missing: &str) -> String {
    format!(
        r#"
[[criterion]]
id    = "about-{id}"
title = {{ en = "About {id}" }}
reference = "a test"
  [[criterion.indicator]]
  id      = "{id}"
  title   = {{ en = "The {id}" }}
  value   = "facility.{id}"
  weight  = {weight}
  scale   = {{ kind = "goalposts", low = 0, high = 100 }}
  missing = "{missing}"
"#
    )
}

fn read(files: &Files) -> Audit {
    let mut files = files.clone();
    let beside = BESIDE.iter().filter_map(|name| files.remove_entry(*name)).collect();
    let reading = inputs::read(&files, false);
    let said: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    let inputs = reading.inputs.unwrap_or_else(|| panic!("{}", said.join("\n")));
    audit(&inputs, &beside).unwrap_or_else(|e| panic!("{e:?}"))
}

const PLACES: &str = "territory,level,name_en,population\nX,county,Exford,6000\nY,county,Whyford,4000\n";

/// Twenty-four applications in two places, half of them rural, some values missing, with a history.
fn whole() -> Files {
    let mut applications = String::from("application_id,facility_id,operator_id,territory,amount_sought\n");
    let mut facilities =
        String::from("facility_id,name,rural,need,use,participants_children,participants_adults\n");
    let mut operators = String::from("operator_id,name,legal_form\n");
    let mut history = String::from("facility_id,period,amount\n");
    for i in 0..48u32 {
        let place = if i % 3 == 0 { "X" } else { "Y" };
        let ask = 1000 + 137 * (i * 7 % 13);
        applications.push_str(&format!("A{i:02},F{i:02},O{i:02},{place},{ask}\n"));
        let usage = if i % 5 == 0 { String::new() } else { (i * 29 % 100).to_string() };
        let rural = i % 2 == 0;
        facilities.push_str(&format!(
            "F{i:02},Hall <{i}>,{rural},{},{usage},{},{}\n",
            i * 37 % 101,
            i % 7,
            i % 4 + 1
        ));
        operators
            .push_str(&format!("O{i:02},Club {i},{}\n", ["club", "company", "school"][(i % 3) as usize]));
        history.push_str(&format!("F{i:02},2022,{}\n", 100 + i * 11 % 17));
    }
    let population = "point_id,lat,lon,territory,rural,population,age_4_17,age_18_59\n\
        P1,53.1,-6.1,X,false,6000,900,3000\nP2,53.2,-6.2,Y,true,4000,1000,1500\n";
    files(
        "20000",
        &(indicator("need", 60, "worst") + &indicator("use", 40, "worst")),
        &[
            ("applications.csv", &applications),
            ("facilities.csv", &facilities),
            ("operators.csv", &operators),
            ("territories.csv", PLACES),
            ("population.csv", population),
            ("history.csv", &history),
        ],
    )
}
