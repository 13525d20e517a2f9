//! Whoever has the tables has the prediction: a few lines over the JSON, and none of the engine.

use adil_model::{Feature, Loss, Model, Predictor, Settings, Target, Values};
use serde_json::Value;

use super::{published, settings, table};

/// The line of a cell; none for what is not known or not listed.
fn line(lines: &Value, cell: &str) -> Option<usize> {
    let Some(cuts) = lines["cuts"].as_array() else {
        return lines["words"].as_array().unwrap().iter().position(|word| word == cell);
    };
    let number = |text: &str| text.parse::<f64>().unwrap();
    (!cell.is_empty())
        .then(|| cuts.iter().filter(|cut| number(cut.as_str().unwrap()) <= number(cell)).count())
}

/// The sum of points by the published file alone.
fn by_hand(model: &Value, row: &[(&str, &str)]) -> i64 {
    let cell = |feature: &Value| row.iter().find(|(name, _)| name == feature).map_or("", |(_, cell)| *cell);
    let mut sum = model["intercept"].as_i64().unwrap();
    for term in model["terms"].as_array().unwrap() {
        let line = line(&term["lines"], cell(&term["feature"]));
        sum += line.map_or(&term["other"], |line| &term["points"][line]).as_i64().unwrap();
    }
    for pair in model["pairs"].as_array().unwrap() {
        let [first, second] = [0, 1].map(|at| line(&pair["lines"][at], cell(&pair["features"][at])));
        let lists = pair["points"].as_array().unwrap();
        let list = first.map_or(lists.last().unwrap(), |line| &lists[line]).as_array().unwrap();
        sum += second.map_or(list.last().unwrap(), |line| &list[line]).as_i64().unwrap();
    }
    sum
}

#[test]
fn every_prediction_is_recomputed_from_the_file_alone() {
    let table = table(1_000, 5);
    for loss in [Loss::Squared, Loss::Poisson, Loss::Gamma, Loss::Logistic] {
        let value = |at: usize| match loss {
            Loss::Squared => table.truth[at] + table.noise[at],
            Loss::Poisson => (table.truth[at].exp() + table.noise[at]).max(0.0).round(),
            Loss::Gamma => table.truth[at].exp() * (1.0 + 0.3 * table.noise[at]),
            Loss::Logistic => f64::from(u8::from(table.truth[at] + table.noise[at] > 1.0)),
        };
        let target = Target::new((0..1_000).map(value).collect());
        let (model, _) =
            published(&table, &target, &Settings { pairs: 2, bags: 2, rounds: 100, ..settings(loss) });
        assert_eq!(model.pairs.len(), 2);
        let text = model.to_json();
        let json: Value = serde_json::from_str(&text).unwrap();
        let read = Model::from_json(&text).unwrap();
        assert_eq!(read, model);
        // Words that were never seen and values that are not known are among them.
        let cells: Vec<[String; 3]> = (0..200)
            .map(|at| {
                let near = if at % 7 == 0 { String::new() } else { format!("{}", f64::from(at) / 150.0) };
                [
                    format!("{}", at * 3 - 20),
                    near,
                    ["hall", "pool", "field", "ice rink", ""][at as usize % 5].to_owned(),
                ]
            })
            .collect();
        let column = |at: usize| cells.iter().map(move |row| row[at].as_str());
        let numbers = |at: usize| Values::numbers(column(at).map(|cell| cell.parse().unwrap_or(f64::NAN)));
        let features = [
            Feature { name: "size".to_owned(), values: numbers(0) },
            Feature { name: "near".to_owned(), values: numbers(1) },
            Feature { name: "kind".to_owned(), values: Values::words(column(2)) },
        ];
        let predictor = Predictor::new(&read);
        let points = predictor.points(&features, cells.len());
        let rows = predictor.rows(&features, cells.len(), &[], 0.9);
        for ((row, points), prediction) in cells.iter().zip(points).zip(rows) {
            let hand = by_hand(&json, &[("size", &row[0]), ("near", &row[1]), ("kind", &row[2])]);
            assert_eq!(points, hand, "{row:?}");
            assert_eq!(prediction.points, hand);
            let sum = hand as f64 / 10f64.powi(i32::try_from(model.decimals).unwrap());
            let mean = match loss {
                Loss::Squared => sum,
                Loss::Poisson | Loss::Gamma => sum.exp(),
                Loss::Logistic => 1.0 / (1.0 + (-sum).exp()),
            };
            assert!((prediction.mean - mean).abs() <= 1e-12 * mean.abs().max(1.0), "{prediction:?} {mean}");
            assert!(prediction.low <= prediction.mean && prediction.mean <= prediction.high);
        }
    }
}
