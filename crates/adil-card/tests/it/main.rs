//! Cards of a small model whose numbers a person can work out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as a test does")]

mod catalogues;
mod numbers;
mod pages;
#[path = "../../../adil-domain/tests/shared/catalogues.rs"]
mod shared;
mod statements;

use adil_card::Table;
use adil_model::{Feature, Model, Values};

/// Two facts and their pair, three promises, two folds by year, one line by hand.
const MODEL: &str = r#"{
  "format": "adil-model/1",
  "target": "visits",
  "target_title": { "en": "visits <a day>", "ru": "посещений" },
  "loss": "squared",
  "decimals": 1,
  "intercept": 1000,
  "terms": [
    { "feature": "area", "title": { "en": "Area, m²" }, "lines": { "cuts": ["100", "200"] }, "monotone": "+",
      "points": [-200, 0, 300], "other": -50, "errors": [10, 20, 30, 5], "rows": [20, 20, 10, 2] },
    { "feature": "<b>", "lines": { "words": ["hall", "pool<i>"] },
      "points": [-100, 100], "other": 7, "errors": [4, 4, 0], "rows": [26, 26, 0] }
  ],
  "pairs": [
    { "features": ["area", "<b>"], "lines": [{ "cuts": ["200"] }, { "words": ["hall", "pool<i>"] }],
      "points": [[1, -1, 0], [-10, 10, 0], [0, 0, 0]], "errors": [[1, 1, 0], [2, 2, 0], [0, 0, 0]],
      "rows": [[20, 20, 0], [5, 5, 0], [1, 1, 0]] }
  ],
  "folds": [
    { "rows": 26, "intercept": 990, "points": [[-190, 0, 310, -50], [-90, 90, 0]],
      "pairs": [[[0, 0, 0], [0, 0, 0], [0, 0, 0]]], "misses": [10, 20, 30, 40] },
    { "rows": 26, "intercept": 1010, "points": [[-210, 0, 290, -40], [-110, 110, 0]],
      "pairs": [[[0, 0, 0], [5, 5, 5], [0, 0, 0]]], "misses": [100, 200, 300, 400] }
  ],
  "training": { "rows": 52, "as_of": "2026-01-31", "digest": "d0", "engine": "adil 0.1.0", "seed": 7, "bags": 2,
    "split": { "by": "values", "column": "year", "values": ["2024", "2025"] } },
  "edits": [{ "feature": "<b>", "line": 1, "from": 90, "to": 100, "by": "A <unit>", "because": "It was <shut>." }]
}"#;

fn model() -> Model {
    Model::from_json(MODEL).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The areas, kinds, years and truths of rows.
type Row = (f64, &'static str, &'static str, f64);

/// Fifty-two rows: of each year 26; two areas are not known.
fn raw() -> Vec<Row> {
    (0..52u32)
        .map(|at| {
            let area = if at >= 50 { f64::NAN } else { f64::from(50 + at % 25 * 9) };
            let kind = if at % 2 == 0 { "hall" } else { "pool<i>" };
            let year = if at % 4 < 2 { "2024" } else { "2025" };
            let size = if area.is_nan() { 0.0 } else { f64::from(50 + at % 25 * 9) / 10.0 };
            (area, kind, year, 80.0 + size + f64::from(at * 7 % 11) + if at % 2 == 0 { 0.0 } else { 20.0 })
        })
        .collect()
}

fn table(rows: &[Row], digest: &str) -> Table {
    let feature = |name: &str, values| Feature { name: name.to_owned(), values };
    Table {
        digest: digest.to_owned(),
        rows: rows.len(),
        features: vec![
            feature("<b>", Values::words(rows.iter().map(|r| r.1))),
            feature("area", Values::numbers(rows.iter().map(|r| r.0))),
        ],
        truth: rows.iter().map(|r| r.3).collect(),
        parted: rows.iter().map(|r| r.2.to_owned()).collect(),
        by: vec![("<b>".to_owned(), rows.iter().map(|r| r.1.to_owned()).collect())],
        ..Table::default()
    }
}
