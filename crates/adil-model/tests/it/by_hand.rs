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

/// Tables of one line, of two hundred, of as many as a byte can name and of more; some known only to pairs of tables.
#[test]
fn sums_do_not_depend_on_how_tables_are_laid_out() {
    let lines = [1usize, 200, 254, 255, 256, 400, 3];
    let terms: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, lines)| {
            let cuts: Vec<String> = (1..*lines).map(|cut| format!("\"{cut}\"")).collect();
            let points: Vec<String> = (0..*lines).map(|line| ((line * 7919 + at) % 1000).to_string()).collect();
            let none = vec!["0"; lines + 1].join(",");
            format!(
                "{{\"feature\":\"f{at}\",\"lines\":{{\"cuts\":[{}]}},\"points\":[{}],\"other\":{},\"errors\":[{none}],\"rows\":[{none}]}}",
                cuts.join(","),
                points.join(","),
                5_000 + at
            )
        })
        .collect();
    let text = format!(
        "{{\"format\":\"adil-model/1\",\"target\":\"t\",\"loss\":\"squared\",\"decimals\":0,\"intercept\":11,\"terms\":[{}],\"folds\":[],\
         \"training\":{{\"rows\":1,\"engine\":\"by hand\",\"seed\":1,\"bags\":1}}}}",
        terms.join(",")
    );
    let model = Model::from_json(&text).unwrap();
    let rows = 3_000;
    let value = |row: usize, at: usize| (row * 31 + at * 17) % 500;
    let features: Vec<Feature> = (0..lines.len())
        .map(|at| Feature {
            name: format!("f{at}"),
            values: Values::numbers((0..rows).map(|row| match value(row, at) {
                high if high > 450 => f64::NAN,
                number => f64::from(u32::try_from(number).unwrap()),
            })),
        })
        .collect();
    let found = Predictor::new(&model).points(&features, rows);
    for (row, found) in found.iter().enumerate() {
        let expected: usize = (0..lines.len())
            .map(|at| match value(row, at) {
                high if high > 450 => 5_000 + at,
                number => (number.min(lines[at] - 1) * 7919 + at) % 1000,
            })
            .sum();
        assert_eq!(*found, i64::try_from(11 + expected).unwrap(), "row {row}");
    }
}
