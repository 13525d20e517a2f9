use adil_policy::{Missing, Policy};
use rayon::prelude::*;

use super::*;

/// Three criteria of one indicator each; what stands for `error` and `score` is given.
fn policy(error: &str, score: &str) -> Policy {
    let indicator = |id: &str, weight: u32, scale: &str, missing: &str, error: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\n[[criterion.indicator]]\nid = \"{id}\"\nvalue = \"facility.{id}\"\n\
             weight = {weight}\nscale = {scale}\nmissing = {missing}\n{error}\n"
        )
    };
    let goalposts = "{ kind = \"goalposts\", low = 1, high = 40 }";
    let text = format!(
        "[round]\nid = \"r\"\ncurrency = \"EUR\"\nbudget = \"1000\"\nunit = \"1\"\ncountry = \"ie\"\n\
         as_of = \"2023-12-01\"\n{score}\n{}{}{}[[pot]]\nid = \"p\"\nshare = \"100%\"\nrule = \"fair-share\"\n\
         weight = \"score\"\n",
        indicator("one", 50, goalposts, "\"group-median\"", error),
        indicator("two", 30, "{ kind = \"percentile\" }", "\"worst\"", ""),
        indicator("three", 20, "{ kind = \"bands\", bands = [[0, 1], [10, 3]] }", "\"hold\"", ""),
    );
    let (policy, problems) = Policy::parse("policy.toml", &text);
    assert!(!problems.has_errors(), "{problems:?}");
    policy.unwrap()
}

/// Twelve applications; every fifth value is missing.
fn values() -> Vec<IndicatorValues> {
    let number = |n: u32| if n % 5 == 4 { Raw::Missing } else { Raw::number(&Rational::from(n * 7 % 41)) };
    (0..3)
        .map(|indicator| IndicatorValues {
            values: (0..12).map(|a| number(a + indicator)).collect(),
            scale_groups: vec![Arc::from(""); 12],
            median_groups: vec![Arc::from(""); 12],
            intervals: Vec::new(),
        })
        .collect()
}

fn rule(weights: Option<&str>, scale: bool, imputation: bool) -> Uncertainty {
    let weights = weights.map(|w| w.parse().unwrap());
    Uncertainty { replicas: 100, weights, scale, imputation, meta: adil_policy::RuleMeta::default() }
}

fn model(policy: &Policy, rule: &Uncertainty) -> Model {
    Model::new(&policy.criteria, policy.aggregation, &values(), rule, 42)
}

/// The points as they are, from where values stand.
fn published(model: &Model) -> Vec<u32> {
    let weights: Vec<f64> = model.columns.iter().map(|c| c.weight).collect();
    let columns: Vec<&[f64]> = model.columns.iter().map(|c| c.scaled.as_slice()).collect();
    model.add_up(&weights, &columns)
}

fn all(model: &Model) -> Vec<Vec<u32>> {
    (0..64).map(|row| model.scores(Variation { row, side: Side::B, but: None })).collect()
}

#[test]
fn without_a_perturbation_the_scores_are_the_published_ones() {
    for score in ["", "[score]\naggregation = \"geometric\"", "[score]\naggregation = \"weakest-criterion\""]
    {
        let policy = policy("", score);
        let model = model(&policy, &rule(None, false, false));
        let exact = crate::score(&policy.criteria, policy.aggregation, &values());
        for (float, score) in published(&model).iter().zip(&exact) {
            assert!((i64::from(*float) - score.points().micro()).abs() <= 3, "{float} {:?}", score.points());
        }
        assert_eq!(model.sources(), []);
        assert!(all(&model).iter().all(|scores| *scores == published(&model)));
    }
}

#[test]
fn weights_spread_as_stated_around_the_published_ones() {
    let policy = policy("", "");
    let model = model(&policy, &rule(Some("0.2"), false, false));
    assert_eq!(model.sources(), [Source::Weights]);
    let drawn: Vec<Vec<f64>> =
        (0..4096).map(|row| model.weights(Variation { row, side: Side::A, but: None })).collect();
    assert!(drawn.iter().all(|w| (w.iter().sum::<f64>() - 100.0).abs() < 1e-9));
    for (index, published) in [50.0, 30.0, 20.0].into_iter().enumerate() {
        let mean = drawn.iter().map(|w| w[index]).sum::<f64>() / 4096.0;
        let variance = drawn.iter().map(|w| (w[index] - mean) * (w[index] - mean)).sum::<f64>() / 4096.0;
        assert!((mean - published).abs() < 0.05, "{mean}");
        // m(1 − m)/(κ + 1), where κ + 1 = (3 − 1)/0.2² = 50.
        let known = published * (100.0 - published) / 50.0;
        assert!((variance / known - 1.0).abs() < 0.05, "{variance} {known}");
    }
}

#[test]
fn values_stay_within_their_error_and_stand_ins_among_the_known() {
    let policy = policy("error = 2", "");
    let stated = model(&policy, &rule(None, false, false));
    assert_eq!(stated.sources(), [Source::Data]);
    let published = published(&stated);
    // Two of 39 units of the scale, of 50 points.
    let most = 2.0 / 39.0 * 50.0 * ONE + 1.0;
    let mut moved = 0;
    for scores in all(&stated) {
        for (application, (now, then)) in scores.iter().zip(&published).enumerate() {
            assert!((f64::from(*now) - f64::from(*then)).abs() <= most, "{now} {then}");
            moved += i32::from(now != then);
            assert!(application % 5 != 4 || now == then, "a stand-in has no error of its own");
        }
    }
    assert!(moved > 300, "{moved}");

    let drawn = model(&self::policy("", ""), &rule(None, false, true));
    assert_eq!(drawn.sources(), [Source::Imputation]);
    let known: Vec<f64> = drawn.columns[0].known.iter().map(|k| drawn.columns[0].scaled[*k]).collect();
    for row in 0..64 {
        let column = drawn.column(0, &drawn.columns[0], Variation { row, side: Side::A, but: None }).unwrap();
        for application in &drawn.columns[0].imputed {
            assert!(known.iter().any(|k| (k - column[*application]).abs() < 0.5));
        }
    }
    let held = policy.criteria[2].indicators[0].missing == Missing::Hold;
    assert!(held && drawn.columns[2].imputed.is_empty(), "what waits keeps its full points");
}

#[test]
fn one_source_from_the_other_sample_moves_that_source_alone() {
    let policy = policy("error = \"10%\"", "");
    let model = model(&policy, &rule(Some("0.3"), true, true));
    assert_eq!(model.sources(), Source::ALL);
    let weights = |side, but| model.weights(Variation { row: 3, side, but });
    let differ = |a: &[f64], b: &[f64]| a.iter().zip(b).any(|(a, b)| (a - b).abs() > 1e-9);
    let (a, b) = (weights(Side::A, None), weights(Side::B, None));
    assert!(differ(&a, &b));
    assert!(!differ(&weights(Side::A, Some(Source::Weights)), &b));
    assert!(!differ(&weights(Side::A, Some(Source::Data)), &a));
    let column = |but| model.column(0, &model.columns[0], Variation { row: 3, side: Side::A, but }).unwrap();
    assert!(differ(&column(Some(Source::Data)), &column(None)));
    assert!(!differ(&column(Some(Source::Weights)), &column(None)));
}

#[test]
fn any_number_of_threads_gives_the_same_scores() {
    let policy = policy("error = \"10%\"", "");
    let model = model(&policy, &rule(Some("0.3"), true, true));
    let one = all(&model);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    let many: Vec<Vec<u32>> = pool.install(|| {
        (0..64u32)
            .into_par_iter()
            .map(|row| model.scores(Variation { row, side: Side::B, but: None }))
            .collect()
    });
    assert_eq!(one, many);
}

#[test]
fn a_forecast_leaves_its_interval_one_time_of_ten() {
    let mut policy = policy("", "");
    policy.criteria.truncate(1);
    let mut values = values();
    values[0].values = vec![Raw::number(&Rational::from(20)); 12];
    values[0].intervals = vec![Interval { low: 10.0, high: 38.0 }; 12];
    let model = Model::new(&policy.criteria, policy.aggregation, &values[..1], &rule(None, false, false), 7);
    assert_eq!(model.sources(), [Source::Data]);
    let rows = 2_000;
    let (mut below, mut above, mut all) = (0u32, 0u32, 0u32);
    let weight = policy.criteria[0].indicators[0].weight.to_f64();
    for row in 0..rows {
        for micro in model.scores(Variation { row, side: Side::A, but: None }) {
            let value = f64::from(micro) / 1e6 / weight * 39.0 + 1.0;
            all += 1;
            below += u32::from(value < 10.0);
            above += u32::from(value > 38.0);
        }
    }
    let part = |n: u32| f64::from(n) / f64::from(all);
    assert!((part(below) - 0.05).abs() < 0.005, "{}", part(below));
    assert!((part(above) - 0.05).abs() < 0.005, "{}", part(above));
}
