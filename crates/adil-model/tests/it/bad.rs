//! Tables that nothing can be learned from, and files that are no model.

use adil_model::model::{Lines, PairTerm};
use adil_model::{Feature, FitError, Loss, Model, Monotone, Target, Values, fit};

use super::{published, settings, table};

fn refused(features: &[Feature], target: &Target, loss: Loss) -> FitError {
    fit(features, target, &settings(loss)).unwrap_err()
}

#[test]
fn what_cannot_be_learned_from_is_said() {
    let table = table(100, 1);
    let target = |value: f64| Target::new(vec![value; 100]);
    let with = |at: usize, value: f64| {
        let mut values = table.truth.clone();
        values[at] = value;
        Target::new(values)
    };
    let said = |error: FitError| error.to_string();
    assert_eq!(
        said(refused(&table.features, &target(5.0), Loss::Squared)),
        "Every row of the target is 5: there is nothing to learn."
    );
    assert_eq!(said(refused(&[], &target(5.0), Loss::Squared)), "There is no feature to learn from.");
    assert!(
        said(refused(&table.features, &with(3, f64::INFINITY), Loss::Squared))
            .starts_with("Row 4 of the target is inf")
    );
    assert!(said(refused(&table.features, &with(0, 1e16), Loss::Squared)).contains("not beyond 10^15"));
    assert!(said(refused(&table.features, &with(0, -1.0), Loss::Poisson)).contains("a count from 0 up"));
    assert!(said(refused(&table.features, &with(0, 0.0), Loss::Gamma)).contains("above 0"));
    assert!(said(refused(&table.features, &with(0, 2.0), Loss::Logistic)).contains("1 for yes"));
    let one = Target::new(vec![1.0]);
    assert!(said(refused(&table.features, &one, Loss::Squared)).starts_with("1 rows are too few"));
    let short = Target::new(table.truth[..50].to_vec());
    assert!(matches!(refused(&table.features, &short, Loss::Squared), FitError::Length { .. }));
    let weighed = Target { weights: vec![0.0; 100], ..with(0, 1.0) };
    assert!(said(refused(&table.features, &weighed, Loss::Squared)).contains("weight of row 1 is 0"));
    let mut settings = settings(Loss::Squared);
    settings.monotone.insert("kind".to_owned(), Monotone::Rising);
    assert_eq!(
        fit(&table.features, &with(0, 1.0), &settings),
        Err(FitError::MonotoneWords("kind".to_owned()))
    );
    settings.monotone = [("colour".to_owned(), Monotone::Rising)].into();
    assert_eq!(
        fit(&table.features, &with(0, 1.0), &settings),
        Err(FitError::MonotoneUnknown("colour".to_owned()))
    );
}

#[test]
fn a_feature_that_says_nothing_moves_nothing() {
    let table = table(500, 2);
    let constant = Feature { name: "same".to_owned(), values: Values::numbers(vec![7.0; 500]) };
    let missing = Feature { name: "nothing".to_owned(), values: Values::numbers(vec![f64::NAN; 500]) };
    let empty = Feature { name: "silent".to_owned(), values: Values::words(vec![""; 500]) };
    let mut with = table.features.clone();
    with.extend([constant, missing, empty]);
    let target = Target::new(table.truth.clone());
    let fitted = fit(&with, &target, &settings(Loss::Squared)).unwrap();
    for term in 3..6 {
        assert!(fitted.points.terms[term].iter().all(|p| p.abs() < 1e-9), "{:?}", fitted.points.terms[term]);
    }
}

#[test]
fn a_feature_that_is_the_target_is_learned_as_such() {
    let table = table(2_000, 3);
    let copy = Feature { name: "copy".to_owned(), values: Values::numbers(table.truth.clone()) };
    let fitted = fit(&[copy], &Target::new(table.truth.clone()), &settings(Loss::Squared)).unwrap();
    let worst = fitted.out_of_fold.iter().zip(&table.truth).map(|(p, y)| (p - y).abs()).fold(0.0, f64::max);
    assert!(worst < 0.5, "{worst}");
}

/// A table of two columns, of which one has no table of its own.
fn nowhere() -> PairTerm {
    let lines = || Lines::Words(Vec::new());
    PairTerm {
        features: ["size", "nowhere"].map(str::to_owned),
        lines: [lines(), lines()],
        points: vec![vec![0]],
        errors: vec![vec![0]],
        rows: vec![vec![0]],
    }
}

#[test]
fn a_file_edited_into_nonsense_is_refused_with_the_place() {
    let table = table(300, 4);
    let target = Target::new(table.truth.clone());
    let mut settings = settings(Loss::Squared);
    settings.monotone.insert("size".to_owned(), Monotone::Rising);
    let good = published(&table, &target, &settings).0;
    let text = good.to_json();
    let broken = |change: &dyn Fn(&mut Model)| {
        let mut model = good.clone();
        change(&mut model);
        let errors = Model::from_json(&model.to_json()).unwrap_err();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    for (change, at) in [
        (&(|m: &mut Model| m.format = "adil-model/9".to_owned()) as &dyn Fn(&mut Model), "/format: "),
        (&|m| m.terms[0].points.swap(0, 5), "/terms/0/points: the points of lines"),
        (&|m| m.terms[1].points.truncate(2), "/terms/1/points: 2 points"),
        (&|m| m.terms[1].errors.clear(), "/terms/1/errors: 0 numbers"),
        (&|m| m.terms[1].rows.push(3), "/terms/1/rows: "),
        (&|m| m.terms[2].feature = "size".to_owned(), "/terms/2/feature: `size` has a table already"),
        (&|m| m.terms[1].other = i64::MAX, "/terms/1/points: points are beyond"),
        (&|m| m.intercept = i64::MIN, "/intercept: "),
        (&|m| m.folds[0].points.truncate(1), "/folds/0/points: 1 tables"),
        (&|m| m.folds[1].misses.insert(0, u64::MAX), "/folds/1/misses: they must rise"),
        (&|m| m.decimals = 40, "/decimals: 40"),
        (&|m| m.terms.clear(), "/terms: there must be"),
        (&|m| m.pairs.push(nowhere()), "/pairs/0/features/1: `nowhere` has no table"),
    ] {
        let said = broken(change);
        assert!(said.contains(at), "{at} in {said}");
    }
    let cuts = text.replacen("\"cuts\": [\"", "\"cuts\": [\"x", 1);
    assert!(Model::from_json(&cuts).unwrap_err()[0].to_string().contains("is no number"));
    let unknown = text.replacen("\"loss\": \"squared\"", "\"loss\": \"cubed\"", 1);
    assert!(Model::from_json(&unknown).unwrap_err()[0].to_string().contains("cubed"));
    for cut in (0..text.len()).step_by(997) {
        if let Some(part) = text.get(..cut) {
            assert!(Model::from_json(part).is_err());
        }
    }
}
