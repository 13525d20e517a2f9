//! What is learned is what is there.

use std::collections::BTreeMap;

use adil_model::{Loss, Monotone, Predictor, Settings, Target, Values};
use proptest::prelude::*;

use super::{published, settings, table};

fn mean_square(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, rows) = pairs.fold((0.0, 0.0), |(sum, rows), (a, b)| (sum + (a - b) * (a - b), rows + 1.0));
    sum / rows
}

#[test]
fn the_truth_is_found_and_nothing_that_is_not_there() {
    let table = table(20_000, 1);
    let target = Target::new(table.truth.iter().zip(&table.noise).map(|(t, n)| t + n).collect());
    let (model, fitted) = published(&table, &target, &Settings::new(Loss::Squared));
    let missed = mean_square(fitted.out_of_fold.iter().copied().zip(table.truth.iter().copied()));
    // The noise has a variance of a quarter; the truth is found to within a hundredth of it.
    assert!(missed < 0.0025, "{missed}");
    // The field is a whole point worse than the pool, and the hall between them.
    let kind = &model.terms[2];
    let unit = 10f64.powi(i32::try_from(model.decimals).unwrap());
    let points: Vec<f64> = kind.points.iter().map(|p| *p as f64 / unit).collect();
    assert!(
        (points[2] - points[0] - 1.0).abs() < 0.05 && (points[1] - points[0] - 0.4).abs() < 0.05,
        "{points:?}"
    );
    // Points of a term are around zero: what all rows get stands in the intercept.
    let rows = kind.rows.iter().zip(kind.points.iter().chain([&kind.other]));
    let mean: f64 = rows.map(|(rows, points)| *rows as f64 * *points as f64 / unit).sum::<f64>() / 20_000.0;
    assert!(mean.abs() < 1e-4, "{mean}");
}

#[test]
fn rates_follow_their_exposure() {
    let table = table(20_000, 3);
    let exposures: Vec<f64> = (0..20_000u32).map(|at| f64::from(1 + at % 9)).collect();
    // Poisson by its waiting times.
    let mut noise = super::Noise(9);
    let count = |mean: f64, noise: &mut super::Noise| {
        let (mut sum, mut count) = (0.0, -1.0);
        while sum < mean {
            sum -= noise.next().max(1e-12).ln();
            count += 1.0;
        }
        count
    };
    let values = table.truth.iter().zip(&exposures).map(|(t, e)| count(e * t.exp(), &mut noise)).collect();
    let target = Target { exposures: exposures.clone(), ..Target::new(values) };
    let (_, fitted) = published(&table, &target, &Settings::new(Loss::Poisson));
    let logs = fitted.out_of_fold.iter().zip(&exposures).map(|(mean, e)| (mean / e).ln());
    let missed = mean_square(logs.zip(table.truth.iter().copied()));
    assert!(missed < 0.0025, "{missed}");
}

#[test]
fn weights_are_copies_of_rows() {
    let table = table(2_000, 4);
    let values: Vec<f64> = table.truth.iter().zip(&table.noise).map(|(t, n)| t + n).collect();
    // A row that counts three times pulls the mean as three rows do.
    let weights: Vec<f64> = values.iter().map(|v| if *v > 1.0 { 3.0 } else { 1.0 }).collect();
    let weighted = values.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / weights.iter().sum::<f64>();
    let target = Target { weights, ..Target::new(values.clone()) };
    let (model, _) = published(&table, &target, &settings(Loss::Squared));
    let unit = 10f64.powi(i32::try_from(model.decimals).unwrap());
    assert!((model.intercept as f64 / unit - weighted).abs() < 0.02, "{} {weighted}", model.intercept);
}

#[test]
fn most_truths_lie_in_their_intervals() {
    let learned = table(6_000, 6);
    let value = |t: &super::Table| t.truth.iter().zip(&t.noise).map(|(t, n)| t + n).collect::<Vec<f64>>();
    let (model, _) = published(&learned, &Target::new(value(&learned)), &settings(Loss::Squared));
    let fresh = table(4_000, 7);
    let rows = Predictor::new(&model).rows(&fresh.features, 4_000, &[], 0.9);
    let inside = rows.iter().zip(value(&fresh)).filter(|(p, y)| (p.low..=p.high).contains(y)).count();
    assert!((3_500..=3_750).contains(&inside), "{inside} of 4000");
}

#[test]
fn what_takes_two_is_found_and_each_alone_says_nothing() {
    let mut table = table(12_000, 8);
    // Large and near, or small and far: neither alone tells anything.
    let side = |values: &Values| match values {
        Values::Numbers(values) => values.clone(),
        Values::Words { .. } => Vec::new(),
    };
    let (size, near) = (side(&table.features[0].values), side(&table.features[1].values));
    table.truth = (0..12_000)
        .map(|at| match (size[at] > 50.0, near[at] > 0.5) {
            _ if near[at].is_nan() => 0.0,
            (true, true) | (false, false) => 1.0,
            _ => -1.0,
        })
        .collect();
    let target = Target::new(table.truth.iter().zip(&table.noise).map(|(t, n)| t + n).collect());
    let missed = |fitted: &adil_model::Fitted| {
        mean_square(fitted.out_of_fold.iter().copied().zip(table.truth.iter().copied()))
    };
    let alone = published(&table, &target, &settings(Loss::Squared)).1;
    let (model, together) = published(&table, &target, &Settings { pairs: 1, ..settings(Loss::Squared) });
    assert!(missed(&alone) > 0.8, "{}", missed(&alone));
    // Cells on the border hold both kinds.
    assert!(missed(&together) < 0.1, "{}", missed(&together));
    assert_eq!(model.pairs[0].features, ["size", "near"]);
    let unit = 10i64.pow(model.decimals);
    assert!(model.terms[0].points.iter().all(|p| p.abs() < unit / 5), "{:?}", model.terms[0].points);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However wildly the target swings, a table with a direction never goes against it, in any fold.
    #[test]
    fn directions_hold_on_every_line(seed in 0u64..1_000, swing in 0.0..20.0f64, loss in 0usize..2) {
        let table = table(400, seed);
        let loss = [Loss::Squared, Loss::Poisson][loss];
        let values = table.noise.iter().enumerate().map(|(at, noise)| {
            let wild = table.truth[at] + swing * noise * f64::from(u8::try_from(at % 5).unwrap());
            if loss == Loss::Poisson { wild.abs().round() } else { wild }
        });
        let mut settings = settings(loss);
        settings.monotone = BTreeMap::from([("size".to_owned(), Monotone::Rising), ("near".to_owned(), Monotone::Falling)]);
        let (model, _) = published(&table, &Target::new(values.collect()), &settings);
        prop_assert_eq!(model.errors(), vec![]);
        for tables in model.folds.iter().map(|fold| &fold.points) {
            let lines = |term: usize| &tables[term][..tables[term].len() - 1];
            prop_assert!(lines(0).is_sorted());
            prop_assert!(lines(1).iter().rev().is_sorted());
        }
    }
}
