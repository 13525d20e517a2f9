//! A forecast in a report: followed line by line, in three languages, whatever the sum stands for.

use std::fmt::Write as _;

use adil_domain::Language;
use adil_report::html::page;
use adil_report::text::explanation;
use adil_round::Decision;
use serde_json::{Value, json};

use super::markup::text_of;
use super::{decided, files};

/// A model small enough to be checked in one's head.
fn model(loss: &str) -> Value {
    json!({
        "format": "adil-model/1", "target": "visits", "loss": loss, "decimals": 2, "intercept": 150,
        "terms": [
            {
                "feature": "area", "title": {"en": "Floor area", "ru": "Площадь", "kk": "Ауданы"},
                "lines": {"cuts": ["100", "500"]}, "points": [-50, 0, 75], "other": 0,
                "errors": [1, 1, 2, 1], "rows": [10, 20, 30, 0],
            },
            {
                "feature": "kind", "lines": {"words": ["field", "hall"]}, "points": [-20, 20], "other": 0,
                "errors": [1, 1, 0], "rows": [30, 30, 0],
            },
        ],
        "pairs": [{
            "features": ["area", "kind"], "lines": [{"cuts": ["500"]}, {"words": ["hall"]}],
            "points": [[0, 5], [10, -5], [0, 0]], "errors": [[0, 0], [0, 0], [0, 0]], "rows": [[1, 1], [1, 1], [1, 1]],
        }],
        "folds": [
            {"rows": 30, "intercept": 150, "points": [[-50, 0, 75, 0], [-20, 20, 0]], "pairs": [[[0, 5], [10, -5], [0, 0]]], "misses": [10, 20, 30]},
            {"rows": 30, "intercept": 140, "points": [[-50, 0, 75, 0], [-20, 20, 0]], "pairs": [[[0, 5], [10, -5], [0, 0]]], "misses": [10, 20, 30]},
        ],
        "training": {
            "rows": 60, "as_of": "2025-12-31", "simulated": true, "sources": ["turnstiles", "timesheets"],
            "engine": "by hand", "seed": 1, "bags": 1,
        },
        "edits": [{"feature": "area", "line": 1, "from": 1, "to": 0, "by": "The policy unit", "because": "One hall was shut."}],
    })
}

fn forecasting(loss: &str) -> Decision {
    let mut files = files();
    let policy = String::from_utf8(files["policy.toml"].clone()).unwrap();
    let policy = policy.replace("facility.capacity\"\n  weight  = 50", "model.use\"\n  weight  = 50").replace(
        "[[criterion]]\nid    = \"need\"",
        "[[model]]\nid = \"use\"\ntitle = { kk = \"Аптасына келетіндер\", ru = \"Посещения в неделю\", en = \"Visits a week\" }\n\
         reference = \"§ 20\"\nfile = \"models/use.json\"\ncap = 50\n\
         features = { area = \"facility.floor_area_m2\", kind = \"facility.type\" }\n\n[[criterion]]\nid    = \"need\"",
    );
    let high = if loss == "logistic" { "high = 1 " } else { "high = 4 " };
    files.insert("policy.toml".to_owned(), policy.replacen("high = 400 ", high, 1).into_bytes());
    files.insert("models/use.json".to_owned(), model(loss).to_string().into_bytes());
    let package = r#"{"name": "kz-small", "simulated": true, "resources": [{"name": "facilities", "path": "facilities.csv", "as_of": "2026-01-01"}]}"#;
    files.insert("datapackage.json".to_owned(), package.as_bytes().to_vec());
    decided(&files)
}

#[test]
fn an_explanation_follows_the_tables() {
    let mut out = String::new();
    for loss in ["squared", "poisson", "logistic"] {
        let decision = forecasting(loss);
        for language in Language::PRODUCT {
            let application = decision.application("A1").unwrap_or(&decision.applications[0]);
            let text = explanation(&decision, application, language);
            let points = text.split("\n\n").find(|part| part.contains("models/use.json")).unwrap();
            let _ = writeln!(out, "== {loss} {language}\n{points}");
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_page_has_every_part_and_what_the_model_was_learned_from() {
    let decision = forecasting("poisson");
    for language in Language::PRODUCT {
        let text = text_of(&page(&decision, language).unwrap());
        let parts = decision.applications.iter().filter_map(|a| a.contributions[0].forecast.as_ref());
        assert!(parts.clone().count() > 2);
        for forecast in parts {
            let points = language.number(&forecast.parts[0].points.to_rational(), 2);
            assert!(text.contains(&points), "{language}: {points}");
        }
        let rules = match language.code() {
            "kk" => ["Ұпай беретін болжамдар", "turnstiles + timesheets", "Бұл деректер модельденген."],
            "ru" => [
                "Прогнозы, за которые начисляются баллы",
                "turnstiles + timesheets",
                "Эти данные смоделированы.",
            ],
            _ => ["Forecasts that earn points", "turnstiles + timesheets", "Those rows are simulated."],
        };
        for said in rules {
            assert!(text.contains(said), "{language}: {said}");
        }
    }
}
