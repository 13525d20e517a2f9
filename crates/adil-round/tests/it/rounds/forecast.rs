//! Models in a round: recomputed from the files alone, parted exactly, and refused where they knew or move too much.

use std::collections::BTreeMap;

use adil_domain::Rational;
use adil_model::{About, Feature, Loss, Monotone, Purpose, Settings, Target, Values, fit, publish};
use adil_round::folder::{Files, digest};
use adil_round::verify::verify;
use serde_json::Value;

use super::{Decided, Record, Round, errors, rational};

/// Visits of two hundred facilities: more in larger ones, fewer where people are far, and more in pools.
fn model(loss: Loss) -> adil_model::Model {
    let rows = 0..200u32;
    let area: Vec<f64> = rows.clone().map(|n| f64::from(100 + n * 37 % 900)).collect();
    let far: Vec<f64> = rows.clone().map(|n| f64::from(n * 13 % 40) / 2.0).collect();
    let kind: Vec<&str> = rows.clone().map(|n| ["hall", "pool", "pitch"][n as usize % 3]).collect();
    let days: Vec<f64> = rows.clone().map(|n| f64::from(1 + n % 5)).collect();
    let visits = rows.clone().map(|n| {
        let n = n as usize;
        let pool = if kind[n] == "pool" { 30.0 } else { 0.0 };
        let a_day = 5.0 + area[n] / 40.0 - far[n] / 4.0 + pool * (1.0 - far[n] / 40.0);
        (a_day * if loss == Loss::Poisson { days[n] } else { 1.0 }).max(0.0).round()
    });
    let features = [
        Feature { name: "area".to_owned(), values: Values::numbers(area.iter().copied()) },
        Feature { name: "far".to_owned(), values: Values::numbers(far.iter().copied()) },
        Feature { name: "kind".to_owned(), values: Values::words(kind.iter().copied()) },
    ];
    let target = Target {
        values: visits.collect(),
        weights: Vec::new(),
        exposures: if loss == Loss::Poisson { days.clone() } else { Vec::new() },
    };
    let settings = Settings {
        monotone: BTreeMap::from([("area".to_owned(), Monotone::Rising)]),
        pairs: 1,
        bags: 2,
        folds: 3,
        ..Settings::new(loss)
    };
    let about = About {
        target: "visits".to_owned(),
        exposure: (loss == Loss::Poisson).then(|| "days".to_owned()),
        titles: BTreeMap::from([(
            "area".to_owned(),
            BTreeMap::from([
                ("en".to_owned(), "Floor area".to_owned()),
                ("kk".to_owned(), "Ауданы".to_owned()),
            ]),
        )]),
        as_of: Some("2022-12-31".to_owned()),
        sources: vec!["doors".to_owned(), "timesheets".to_owned()],
        purpose: Purpose::Score,
        ..About::default()
    };
    publish(&fit(&features, &target, &settings).unwrap(), &features, &target, &settings, &about)
}

const FACILITIES: &str = "facility_id,type,floor_area_m2,km,days\n\
    F1,hall,250,3.5,5\nF2,pool,900.5,0.25,2\nF3,pitch,,12,1\nF4,,480,19.5,3\nF5,track,120,0,4\nF6,,,,5\nF7,pool,99999,1,7\n";

const PACKAGE: &str = r#"{"name": "test", "resources": [
    {"name": "facilities", "path": "facilities.csv", "as_of": "2023-11-01", "licenses": [{"name": "CC0-1.0"}]}]}"#;

fn rules(exposure: &str) -> String {
    format!(
        r#"
[[model]]
id = "use"
title = {{ en = "Visits a day", kk = "Күніне келетіндер" }}
reference = "a test"
file = "models/use.json"
cap = 40
{exposure}
[model.features]
area = "facility.floor_area_m2"
far = "facility.km"
kind = "facility.type"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "use"
title = "Use"
value = "model.use"
weight = 40
scale = {{ kind = "goalposts", low = 5, high = 60 }}
missing = "worst"
[[criterion.indicator]]
id = "area"
title = "Area"
value = "facility.floor_area_m2"
weight = 60
scale = {{ kind = "goalposts", low = 0, high = 1000 }}
missing = "worst"
"#
    )
}

fn round(model: &str, exposure: &str) -> Round {
    let applications: Vec<String> = (1..=7).map(|n| format!("A{n},F{n},{}\n", 100 * n)).collect();
    let applications = applications.concat();
    Round::new(&format!("application_id,facility_id,amount_sought\n{applications}"))
        .table("facilities.csv", FACILITIES)
        .table("datapackage.json", PACKAGE)
        .table("models/use.json", model)
        .rules(&rules(exposure))
        .rules(
            "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"score\"\n\
             ceiling = \"application.amount_sought\"\nreference = \"a test\"\n",
        )
}

fn exposure(loss: Loss) -> &'static str {
    if loss == Loss::Poisson { "exposure = \"facility.days\"" } else { "" }
}

/// The line of a value in a table as the file has it.
fn line(lines: &Value, value: &str) -> Option<usize> {
    if let Some(cuts) = lines["cuts"].as_array() {
        let value: Rational = value.parse().ok()?;
        return Some(cuts.iter().filter(|cut| rational(cut.as_str().unwrap()) <= value).count());
    }
    lines["words"].as_array()?.iter().position(|word| word == value)
}

/// Pencil and paper: every table's part of the sum, from the file and a row alone.
fn by_hand(model: &Value, row: &Record) -> Vec<i64> {
    let column = |name: &str| {
        row[BTreeMap::from([("area", "floor_area_m2"), ("far", "km"), ("kind", "type")])[name]].as_str()
    };
    let of = |lines: &Value, name: &Value| line(lines, column(name.as_str().unwrap()));
    let single = model["terms"].as_array().unwrap().iter().map(|term| {
        let at = of(&term["lines"], &term["feature"]);
        at.map_or(&term["other"], |at| &term["points"][at]).as_i64().unwrap()
    });
    let double = model["pairs"].as_array().into_iter().flatten().map(|pair| {
        let table = pair["points"].as_array().unwrap();
        let at = |side: usize, last: usize| of(&pair["lines"][side], &pair["features"][side]).unwrap_or(last);
        let list = table[at(0, table.len() - 1)].as_array().unwrap();
        list[at(1, list.len() - 1)].as_i64().unwrap()
    });
    single.chain(double).collect()
}

fn of_application<'r>(
    rows: &'r [Record],
    id: &'r str,
    indicator: &'r str,
) -> impl Iterator<Item = &'r Record> {
    rows.iter().filter(move |r| r["application_id"] == id && r["indicator"] == indicator)
}

#[test]
fn every_forecast_is_looked_up_and_added() {
    for (loss, per) in [(Loss::Squared, false), (Loss::Poisson, false), (Loss::Poisson, true)] {
        let text = model(loss).to_json();
        let json: Value = serde_json::from_str(&text).unwrap();
        let scale = exposure(loss).to_owned() + if per { "\nper = \"facility.days / 2\"" } else { "" };
        let decided = round(&text, &scale).decide();
        let rows = decided.table("contributions.csv");
        for facility in super::records(FACILITIES) {
            let id = facility["facility_id"].replace('F', "A");
            let found: Vec<&Record> = of_application(&rows, &id, "use").collect();
            if id == "A6" {
                // Nothing at all is known of it, so there is nothing to foretell from.
                assert_eq!((found.len(), &*found[0]["value"], &*found[0]["imputed"]), (1, "", "worst"));
                continue;
            }
            let adds = by_hand(&json, &facility);
            assert_eq!(found.len(), 1 + adds.len(), "{id}");
            let sum: i64 = json["intercept"].as_i64().unwrap() + adds.iter().sum::<i64>();
            let unit = 10f64.powi(-i32::try_from(json["decimals"].as_i64().unwrap()).unwrap());
            #[expect(clippy::cast_precision_loss, reason = "sums of points are small")]
            let value = match loss {
                Loss::Squared => sum as f64 * unit,
                _ => libm::exp(sum as f64 * unit) * facility["days"].parse::<f64>().unwrap(),
            };
            let value = if per { value / (facility["days"].parse::<f64>().unwrap() / 2.0) } else { value };
            let said: f64 = found[0]["value"].parse().unwrap();
            assert!((said - value).abs() < 1e-6 * value.abs().max(1.0), "{id}: {said} {value}");
            // What is scaled is the published value, and the parts make up its points.
            let scaled = (said - 5.0) / 55.0;
            let points = (scaled.clamp(0.0, 1.0) * 40.0 * 1e6).round() / 1e6;
            let all: Rational = found.iter().map(|r| rational(&r["points"])).sum();
            assert!((all.to_f64() - points).abs() < 3e-5, "{id}: {all} {points}");
            let forecast =
                decided.decision.application(&id).unwrap().contributions[0].forecast.as_ref().unwrap();
            assert_eq!(forecast.parts.iter().map(|p| p.adds).collect::<Vec<_>>(), adds, "{id}");
            assert!(
                forecast.low <= rational(&found[0]["value"]) && rational(&found[0]["value"]) <= forecast.high
            );
        }
        for award in decided.table("awards.csv") {
            let of = rows.iter().filter(|r| r["application_id"] == award["application_id"]);
            assert_eq!(of.map(|r| rational(&r["points"])).sum::<Rational>(), rational(&award["points"]));
        }
    }
}

#[test]
fn the_file_and_the_explanation_say_it() {
    let text = model(Loss::Poisson).to_json();
    let decided = round(&text, exposure(Loss::Poisson)).decide();
    insta::assert_snapshot!("contributions", decided.text("contributions.csv"));
    let application = decided.decision.application("A2").unwrap();
    let explained = serde_json::to_value(adil_round::explain(&decided.decision, application)).unwrap();
    insta::assert_snapshot!("explained", format!("{:#}", explained["points"]));
    let json: Value = serde_json::from_str(decided.text("decision.json")).unwrap();
    let models = format!("{:#}", json["models"]);
    insta::assert_snapshot!("models", models.replace(&digest(text.as_bytes()), "DIGEST"));
    assert_eq!(json["inputs"]["models/use.json"], digest(text.as_bytes()));
    // Nobody can take another model for this decision.
    let round = round(&text, exposure(Loss::Poisson));
    let found = verify(&round.files(), &decided.folder(), |_, _| Ok(Files::new()));
    assert!(found.checks.iter().all(|c| c.findings.is_empty()), "{found:?}");
    let mut other = model(Loss::Poisson);
    other.terms[0].other += 1;
    let other = round.table("models/use.json", &other.to_json());
    let found = verify(&other.files(), &decided.folder(), |_, _| Ok(Files::new()));
    let findings: Vec<&String> = found.checks.iter().flat_map(|c| &c.findings).collect();
    assert!(findings.iter().any(|f| f.contains("models/use.json")), "{findings:?}");
}

fn decided(change: impl FnOnce(&mut adil_model::Model)) -> Round {
    let mut model = model(Loss::Squared);
    change(&mut model);
    round(&model.to_json(), "")
}

#[test]
fn what_is_wrong_with_a_model_is_said() {
    let text = model(Loss::Squared).to_json();
    let with = |package: &str| round(&text, "").table("datapackage.json", package);
    let renamed = |from: &str, to: &str| {
        let policy = round(&text, "").policy().replace(from, to);
        round(&text, "").table("policy.toml", &policy)
    };
    let poisson = model(Loss::Poisson).to_json();
    let cases: [(&str, Round); 15] = [
        ("no file", renamed("models/use.json", "models/other.json")),
        ("no model", round("{", "")),
        ("nonsense", decided(|m| m.terms[0].points.reverse())),
        (
            "more nonsense",
            decided(|m| {
                m.terms[0].points.pop();
                m.terms[1].errors.clear();
                m.intercept = i64::MAX;
            }),
        ),
        ("trained later", decided(|m| m.training.as_of = Some("2024-01-01".to_owned()))),
        ("trained who knows when", decided(|m| m.training.as_of = None)),
        ("one source", decided(|m| m.training.sources.truncate(1))),
        ("no source", decided(|m| m.training.sources.clear())),
        ("for help", decided(|m| m.training.purpose = Purpose::Help)),
        (
            "columns",
            renamed("area = \"facility.floor_area_m2\"\nfar", "aria = \"facility.floor_area_m2\"\nfar"),
        ),
        (
            "types",
            renamed(
                "far = \"facility.km\"\nkind = \"facility.type\"",
                "far = \"facility.type\"\nkind = \"facility.km\"",
            ),
        ),
        ("exposure wanted", round(&poisson, "")),
        ("exposure not wanted", round(&text, "exposure = \"facility.days\"")),
        ("known later", with(&PACKAGE.replace("2023-11-01", "2024-02-01"))),
        ("known who knows when", with(&PACKAGE.replace("\"as_of\": \"2023-11-01\", ", ""))),
    ];
    let said = cases.map(|(case, round)| format!("{case}:\n{}", errors(&round.problems())));
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_model_of_made_up_rows_marks_the_decision() {
    let made_up = decided(|m| m.training.simulated = true).decide();
    assert!(made_up.decision.simulated);
    assert!(made_up.problem("simulated-model").is_some());
    assert!(!decided(|_| ()).decide().decision.simulated);
}

#[test]
fn how_wrong_it_may_be_enters_the_bands() {
    let firm = "[uncertainty]\ntitle = \"Firm\"\nreference = \"a test\"\nreplicas = 400\n";
    let spread = |round: Round| {
        let decided: Decided = round.rules(firm).decide();
        let width = |r: &Record| rational(&r["points_high"]) - rational(&r["points_low"]);
        decided.table("bands.csv").iter().map(width).collect::<Vec<Rational>>()
    };
    let wide = spread(decided(|_| ()));
    // A model that was never wrong leaves nothing to vary but what the folds disagree on.
    let narrow = spread(decided(|m| m.folds.iter_mut().for_each(|fold| fold.misses.fill(0))));
    assert!(wide[0] > narrow[0] && !wide[0].is_zero(), "{} {}", wide[0], narrow[0]);
    // Nothing is foretold where nothing is known, so nothing varies.
    assert!(wide[5].is_zero());
}

#[test]
fn other_weights_keep_to_the_cap() {
    use adil_round::what_if::{Patch, PatchError, apply};
    let decided = decided(|_| ()).decide();
    let ask = |text: &str| apply(&decided.decision.policy, &[text.parse::<Patch>().unwrap()]);
    assert!(ask("weight.c.use=30").is_ok());
    let refused = ask("weight.c.use=41").unwrap_err();
    assert!(matches!(refused, PatchError::AboveCap { .. }));
    assert_eq!(
        refused.to_string(),
        "Indicators that rest on the model `use` could then earn 41 points, more than its cap of 40."
    );
    // The other way round too: what one gives up the other takes.
    assert!(matches!(ask("weight.c.area=10"), Err(PatchError::AboveCap { .. })));
}

#[test]
fn the_trade_off_keeps_to_the_cap_too() {
    use adil_round::what_if::{Prepared, Search, frontier};
    let files = decided(|_| ()).files();
    let inputs = adil_round::inputs::read(&files, false).inputs.unwrap();
    let prepared = Prepared::new(&inputs).unwrap();
    let goals = prepared.goal_pair("c.use:c.area").unwrap();
    let search = Search { tries: 60, seed: 1, within: None };
    let found = frontier(&prepared, goals, search).unwrap().unwrap();
    assert!(found.tried > 20);
    assert!(found.curve.iter().all(|tried| tried.weights[0] <= Rational::from(40)), "{:?}", found.curve);
}

#[test]
fn what_stands_between_a_forecast_and_its_columns_hides_no_day() {
    let rules = rules("").replace("far = \"facility.km\"", "far = \"territory.population_share\"");
    let territories = "territory,parent,level,population\nC,,county,70\nN,C,district,30\nS,C,district,40\n";
    let round = |day: &str| {
        let package = PACKAGE.replace(
            "]}]}",
            &format!(
                "]}}, {{\"name\": \"territories\", \"path\": \"territories.csv\", \"as_of\": \"{day}\"}}]}}"
            ),
        );
        Round { rules: String::new(), ..round(&model(Loss::Squared).to_json(), "") }
            .rules(&rules)
            .table("territories.csv", territories)
            .table("datapackage.json", &package)
    };
    let found = errors(&round("2024-06-01").problems());
    assert!(
        found.contains("known-later") && found.contains("territories.csv: population as of 2024-06-01"),
        "{found}"
    );
    round("2023-06-01").decide();
}

#[test]
fn what_people_see_is_a_column_with_a_day_too() {
    let rules = rules("").replace("far = \"facility.km\"", "far = \"observed.open_as_stated\"")
        + "[observations]\ntitle = \"By residents\"\nreference = \"a test\"\n";
    let seen = "facility_id,observer,question,answer,observed_at\nF1,o,open_as_stated,yes,2023-10-01\n";
    let round = |as_of: &str| {
        let package = PACKAGE.replace(
            "]}]}",
            &format!("]}}, {{\"name\": \"observations\", \"path\": \"observations.csv\"{as_of}}}]}}"),
        );
        Round { rules: String::new(), ..round(&model(Loss::Squared).to_json(), "") }
            .rules(&rules)
            .table("observations.csv", seen)
            .table("datapackage.json", &package)
    };
    let found = errors(&round("").problems());
    assert!(
        found.contains("feature-without-day") && found.contains("observations.csv: open_as_stated"),
        "{found}"
    );
    let found = errors(&round(", \"as_of\": \"2024-06-01\"").problems());
    assert!(found.contains("known-later"), "{found}");
    round(", \"as_of\": \"2023-10-01\"").decide();
}
