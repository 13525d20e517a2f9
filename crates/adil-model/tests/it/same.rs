//! Same rows, same model: whatever the threads, and in whatever order.

use adil_model::{Feature, Loss, Settings, Target, Values};

use super::{Table, published, settings, table};

fn target(table: &Table, loss: Loss) -> Target {
    let value =
        |(t, n): (&f64, &f64)| if loss == Loss::Poisson { (t.exp() + n).max(0.0).round() } else { t + n };
    Target::new(table.truth.iter().zip(&table.noise).map(value).collect())
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let table = table(2_000, 11);
    for loss in [Loss::Squared, Loss::Poisson] {
        let texts: Vec<String> = [1, 2, 3]
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| published(&table, &target(&table, loss), &settings(loss)).0.to_json())
            })
            .to_vec();
        assert_eq!(texts[0], texts[1]);
        assert_eq!(texts[0], texts[2]);
    }
}

#[test]
fn shuffled_rows_give_the_same_tables() {
    let plain = table(2_000, 12);
    // 777 and 2000 have no common divisor.
    let order: Vec<usize> = (0..2_000).map(|at| at * 777 % 2_000).collect();
    let pick = |values: &[f64]| order.iter().map(|at| values[*at]).collect::<Vec<f64>>();
    let features = plain.features.iter().map(|feature| {
        let values = match &feature.values {
            Values::Numbers(values) => Values::Numbers(pick(values)),
            Values::Words { codes, words } => {
                Values::Words { codes: order.iter().map(|at| codes[*at]).collect(), words: words.clone() }
            }
        };
        Feature { name: feature.name.clone(), values }
    });
    let shuffled =
        Table { features: features.collect(), truth: pick(&plain.truth), noise: pick(&plain.noise) };
    for loss in [Loss::Squared, Loss::Poisson] {
        let [one, other] = [&plain, &shuffled]
            .map(|table| published(table, &target(table, loss), &Settings { pairs: 2, ..settings(loss) }).0);
        let far = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).max().unwrap_or(0);
        for (a, b) in one.terms.iter().zip(&other.terms) {
            assert!(far(&a.points, &b.points) <= 1, "{} moves by {}", a.feature, far(&a.points, &b.points));
            assert_eq!((&a.lines, &a.rows), (&b.lines, &b.rows));
        }
        assert!((one.intercept - other.intercept).abs() <= 1);
        for (a, b) in one.pairs.iter().zip(&other.pairs) {
            assert_eq!((&a.features, &a.lines, &a.rows), (&b.features, &b.lines, &b.rows));
            assert!(a.points.iter().zip(&b.points).all(|(a, b)| far(a, b) <= 1));
        }
        for (a, b) in one.folds.iter().zip(&other.folds) {
            assert!(a.points.iter().zip(&b.points).all(|(a, b)| far(a, b) <= 1));
        }
    }
}
