//! Whoever has the published file and the rows finds which fold never saw which row, and what it said.

use adil_model::{About, Loss, Model, Partition, Settings, Split, Target, fit, publish, rows};

use super::{Table, settings, table};

/// The rows as they were, and cells of a column of groups: operators, or years.
fn cells(split: &str) -> Vec<String> {
    (0..1_000).map(|row| format!("{split} {}", row * 7 % if split == "year" { 3 } else { 40 })).collect()
}

fn target(table: &Table, loss: Loss) -> Target {
    let exposure = |at: usize| f64::from(1 + u32::try_from(at % 4).unwrap());
    let value = |at: usize| match loss {
        Loss::Squared => table.truth[at] + table.noise[at],
        Loss::Poisson => (table.truth[at].exp() * exposure(at) + table.noise[at]).max(0.0).round(),
        Loss::Gamma => table.truth[at].exp() * (1.0 + 0.3 * table.noise[at]),
        Loss::Logistic => f64::from(u8::from(table.truth[at] + table.noise[at] > 1.0)),
    };
    let exposures = match loss {
        Loss::Poisson => (0..1_000).map(exposure).collect(),
        _ => Vec::new(),
    };
    let weights = (0..1_000).map(|at| f64::from(1 + at % 2)).collect();
    Target { values: (0..1_000).map(value).collect(), weights, exposures }
}

#[test]
fn predictions_of_rows_never_seen_are_recomputed_from_the_file() {
    let table = table(1_000, 5);
    for loss in [Loss::Squared, Loss::Poisson, Loss::Gamma, Loss::Logistic] {
        for by in ["", "operator", "year"] {
            let target = target(&table, loss);
            let cells = cells(by);
            let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
            let values = ["year 0", "year 1", "year 2"].map(str::to_owned).to_vec();
            let split = match by {
                "" => Split::Rows,
                "operator" => Split::Groups(refs.iter().map(|cell| rows::hash(cell)).collect()),
                _ => Split::Given(refs.iter().map(|c| c[5..].parse().unwrap()).collect()),
            };
            let settings = Settings { split, pairs: 1, bags: 2, rounds: 60, seed: 9, ..settings(loss) };
            let fitted = fit(&table.features, &target, &settings).unwrap();
            let about = About {
                target: "visits".to_owned(),
                split_column: (!by.is_empty()).then(|| by.to_owned()),
                split_values: if by == "year" { values } else { Vec::new() },
                ..About::default()
            };
            let published = publish(&fitted, &table.features, &target, &settings, &about);
            let model = Model::from_json(&published.to_json()).unwrap();
            assert_eq!(model.training.split.as_ref().unwrap().column(), about.split_column.as_deref());
            let folds = model.fold_of(&table.features, &target, &refs).unwrap();
            assert_eq!(folds, fitted.fold_of, "{loss:?} {by}");
            let found = model.out_of_fold(&table.features, &target.exposures, &folds, 0.9);
            let (mut within, scale) = (0, 1e-4);
            for (row, found) in found.iter().enumerate() {
                let (expected, truth) = (fitted.out_of_fold[row], target.values[row]);
                assert!(
                    (found.mean - expected).abs() <= scale * (1.0 + expected.abs()),
                    "{loss:?} {by} {row}: {} {expected}",
                    found.mean
                );
                assert!(found.low <= found.mean && found.mean <= found.high);
                within += u32::from(found.low <= truth && truth <= found.high);
            }
            // Whether the truth of yes or no lies in an interval of probabilities says little.
            if loss != Loss::Logistic {
                assert!((850..=950).contains(&within), "{loss:?} {by}: {within} of 1000 within");
            }
        }
    }
}

#[test]
fn other_rows_have_no_folds() {
    let table = table(1_000, 5);
    let target = target(&table, Loss::Squared);
    let settings = Settings { bags: 2, rounds: 20, ..settings(Loss::Squared) };
    let fitted = fit(&table.features, &target, &settings).unwrap();
    let model = publish(&fitted, &table.features, &target, &settings, &About::default());
    assert!(model.fold_of(&table.features, &target, &[]).is_some());
    assert!(model.fold_of(&table.features[..2], &target, &[]).is_none(), "a column less");
    let mut other = target.clone();
    other.values.iter_mut().for_each(|value| *value += 1.0);
    assert!(model.fold_of(&table.features, &other, &[]).is_none(), "other values fall into folds otherwise");
    let mut older = model.clone();
    older.training.split = None;
    assert!(older.fold_of(&table.features, &target, &[]).is_none(), "nobody says how they were parted");
    // A file that says so is still read, and one that contradicts itself is not.
    assert_eq!(Model::from_json(&older.to_json()).unwrap(), older);
    let mut wrong = model;
    wrong.training.split = Some(Partition::Rows { folds: 4 });
    let errors = Model::from_json(&wrong.to_json()).unwrap_err();
    assert_eq!(errors[0].to_string(), "/training/split: 4 folds, but the model has 5");
}
