//! The numbers of a card, beside the same computed by a few lines of their own.

use adil_card::{Basis, Name, Statement, Untried, Verdict, card, json};
use adil_model::{Model, Predictor};

use super::{Row, model, raw, table};

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} {b}");
}

/// What the fold that never saw a row says of it, from the tables in [`super::MODEL`] as a person reads them.
fn by_hand(row: &Row) -> f64 {
    let (area, kind, year, _) = *row;
    let line = if area.is_nan() { 3 } else { usize::from(area >= 100.0) + usize::from(area >= 200.0) };
    let is_hall = kind == "hall";
    let tenths = if year == "2024" {
        990 + [-190, 0, 310, -50][line] + if is_hall { -90 } else { 90 }
    } else {
        1010 + [-210, 0, 290, -40][line] + if is_hall { -110 } else { 110 } + if line == 2 { 5 } else { 0 }
    };
    f64::from(tenths) / 10.0
}

#[test]
fn errors_are_those_of_models_that_never_saw_the_rows() {
    let (model, rows) = (model(), raw());
    let statement = Statement::default();
    let found = card(&model, "m0", &statement, Some(&table(&rows, "d0")), None, None);
    let trial = found.trial.as_ref().unwrap();
    assert_eq!(trial.basis, Basis::Folds);
    let n = |rows: &[Row]| f64::from(u32::try_from(rows.len()).unwrap());
    let mean = rows.iter().map(|r| r.3).sum::<f64>() / n(&rows);
    let check = |rows: &[Row], m: &adil_card::Measure| {
        let sum = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).sum::<f64>();
        assert_eq!(m.rows, rows.len());
        close(m.truth, sum(&|r| r.3) / n(rows));
        close(m.predicted, sum(&by_hand) / n(rows));
        close(m.bias(), sum(&|r| by_hand(r) - r.3) / n(rows));
        close(m.absolute, sum(&|r| (by_hand(r) - r.3).abs()) / n(rows));
        let squares = sum(&|r| (by_hand(r) - r.3).powi(2));
        let of_mean = sum(&|r| (mean - r.3).powi(2));
        close(m.squared, (squares / n(rows)).sqrt());
        close(m.squared_of_mean, (of_mean / n(rows)).sqrt());
        close(m.absolute_of_mean, sum(&|r| (mean - r.3).abs()) / n(rows));
        close(m.explained.unwrap(), 1.0 - squares / of_mean);
        // Nine of ten misses of the other fold lie below its largest one: 40.0 for 2024, 4.0 for 2025.
        let within = |r: &Row| {
            let width = if r.2 == "2024" { 40.0 } else { 4.0 };
            f64::from(u8::from((by_hand(r) - r.3).abs() <= width))
        };
        close(m.covered.unwrap(), sum(&within) / n(rows));
    };
    check(&rows, &trial.all);
    let of = |wanted: &dyn Fn(&Row) -> bool| rows.iter().copied().filter(wanted).collect::<Vec<_>>();
    assert_eq!(trial.folds.len(), 2);
    for (group, year) in trial.folds.iter().zip(["2024", "2025"]) {
        assert_eq!(group.name, Name::Value(year.to_owned()));
        check(&of(&|r| r.2 == year), &group.measure);
    }
    let (column, groups) = &trial.by[0];
    assert_eq!((column.as_str(), groups.len()), ("<b>", 2));
    check(&of(&|r| r.1 == "hall"), &groups[0].measure);
    check(&of(&|r| r.1 == "pool<i>"), &groups[1].measure);
    // Ten groups hold all rows, and their predictions rise.
    assert_eq!(trial.tenths.iter().map(|t| t.rows).sum::<usize>(), 52);
    assert!(trial.tenths.windows(2).all(|w| w[0].predicted < w[1].predicted));
    let truth: f64 = trial.tenths.iter().map(|t| f64::from(u32::try_from(t.rows).unwrap()) * t.truth).sum();
    close(truth / 52.0, mean);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let model = model();
    let statement = Statement::default();
    let mut rows = raw();
    let first =
        json(&card(&model, "m0", &statement, Some(&table(&rows, "d0")), Some(&table(&rows, "d0")), None));
    rows.reverse();
    rows.swap(3, 40);
    let second =
        json(&card(&model, "m0", &statement, Some(&table(&rows, "d0")), Some(&table(&rows, "d0")), None));
    assert_eq!(first, second);
    let mut first = first;
    first["engine"] = "0.0.0".into();
    insta::assert_snapshot!("card", format!("{first:#}"));
}

#[test]
fn other_rows_are_all_new_and_rows_that_do_not_fit_are_refused() {
    let (mut model, rows) = (model(), raw());
    let statement = Statement::default();
    let found = card(&model, "m0", &statement, Some(&table(&rows, "other")), None, None);
    let trial = found.trial.as_ref().unwrap();
    assert_eq!((trial.basis, trial.folds.len()), (Basis::OtherData, 0));
    // The first row by hand, from the tables of the model itself: a hall of 50 m².
    let one = card(&model, "m0", &statement, Some(&table(&rows[..1], "other")), None, None);
    close(one.trial.unwrap().all.predicted, 100.0 - 20.0 - 10.0 + 0.1);
    assert_eq!(card(&model, "m0", &statement, None, None, None).trial, Err(Untried::NoData));
    // A row less than the file says, or no word on how rows were parted.
    let less = card(&model, "m0", &statement, Some(&table(&rows[1..], "d0")), None, None);
    assert_eq!(less.trial, Err(Untried::NoSplit));
    model.training.split = None;
    let older = card(&model, "m0", &statement, Some(&table(&rows, "d0")), None, None);
    assert_eq!(older.trial, Err(Untried::NoSplit));
}

#[test]
fn small_groups_are_put_together() {
    let (model, rows) = (model(), raw());
    let mut table = table(&rows, "d0");
    let cell = |at: usize| ["large", "large", "large", "large", "tiny", "small", ""][at % 7].to_owned();
    table.by = vec![("place".to_owned(), (0..52).map(cell).collect())];
    let statement = Statement::default();
    let found = card(&model, "m0", &statement, Some(&table), None, None);
    let groups = &found.trial.as_ref().unwrap().by[0].1;
    let names: Vec<_> =
        groups.iter().map(|g| (g.name.clone(), g.measure.rows, g.measure.is_small())).collect();
    assert_eq!(
        names,
        [
            (Name::Value("large".to_owned()), 31, false),
            (Name::Smaller(2), 14, true),
            (Name::Unknown, 7, true)
        ]
    );
}

#[test]
fn the_receipt_adds_up() {
    let (model, rows) = (model(), raw());
    let statement = Statement::default();
    for data in [None, Some(table(&rows, "d0"))] {
        let example = card(&model, "m0", &statement, data.as_ref(), None, None).example;
        assert_eq!(example.is_made, data.is_none());
        let sum = model.intercept + example.entries.iter().map(|e| e.points).sum::<i64>();
        assert_eq!(sum, example.prediction.points);
        assert_eq!(example.entries.len(), 3);
    }
    // Half of all predictions lie at or below the example's, and half at or above.
    let example = card(&model, "m0", &statement, Some(&table(&rows, "d0")), None, None).example;
    let all: Vec<f64> = rows
        .iter()
        .map(|row| {
            let one = card(&model, "m0", &statement, Some(&table(&[*row], "other")), None, None);
            one.trial.unwrap().all.predicted
        })
        .collect();
    let at = example.prediction.mean;
    assert!(2 * all.iter().filter(|p| **p <= at).count() >= 52);
    assert!(2 * all.iter().filter(|p| **p >= at).count() >= 52);
}

#[test]
fn drift_finds_what_moved() {
    let (model, rows) = (model(), raw());
    let statement = Statement::default();
    let data = table(&rows, "d0");
    let verdicts = |new: &[Row]| -> Vec<Verdict> {
        let found = card(&model, "m0", &statement, Some(&data), Some(&table(new, "n0")), None);
        found.drift.unwrap().features.iter().map(|f| f.verdict).collect()
    };
    // The rows of the model in the shares that its file states.
    let same: Vec<Row> = (0..104)
        .map(|at| {
            let area = [50.0, 150.0, 250.0, f64::NAN][match at % 52 {
                0..20 => 0,
                20..40 => 1,
                40..50 => 2,
                _ => 3,
            }];
            (area, if at % 2 == 0 { "hall" } else { "pool<i>" }, "2026", 0.0)
        })
        .collect();
    assert_eq!(verdicts(&same), [Verdict::Chance, Verdict::Chance]);
    let moved: Vec<Row> = same.iter().map(|r| (900.0, "rink", r.2, r.3)).collect();
    let found = card(&model, "m0", &statement, Some(&data), Some(&table(&moved, "n0")), None);
    let drift = found.drift.unwrap();
    let [area, kind] = &drift.features[..] else { panic!("{drift:?}") };
    assert_eq!((area.verdict, kind.verdict), (Verdict::Much, Verdict::Much));
    assert_eq!((area.outside, kind.outside), (Some(104), None), "all areas lie beyond what was seen");
    assert_eq!((kind.unseen, kind.unknown), (104, 0));
    assert_eq!(area.bands[area.most].lines, [2]);
    // By hand: shares with half a row more in each of the four bands.
    let share = |rows: f64, all: f64| (rows + 0.5) / (all + 2.0);
    let pairs = [(20.0, 0.0), (20.0, 0.0), (10.0, 104.0), (2.0, 0.0)];
    let index: f64 = pairs
        .iter()
        .map(|(before, after)| {
            let (p, q) = (share(*before, 52.0), share(*after, 104.0));
            (q - p) * (q / p).ln()
        })
        .sum();
    close(area.index, index);
    // All are on the line of 30.0 now; before the mean was (20 × −20 + 10 × 30 + 2 × −5) / 52.
    close(area.shift, 30.0 - (-400.0 + 300.0 - 10.0) / 52.0);
}

#[test]
fn another_model_moves_forecasts_as_its_tables_do() {
    let (model, rows, statement) = (model(), raw(), Statement::default());
    let mut other = model.clone();
    // Halls are foretold ten less, and what is not known twenty more.
    other.terms[1].points[0] -= 100;
    other.terms[0].other += 200;
    let table = table(&rows, "d0");
    let with = |other: &Model| {
        let other = adil_card::Other { model: other, digest: "m1" };
        card(&model, "m0", &statement, Some(&table), None, Some(other)).beside.unwrap()
    };
    let found = with(&other);
    let halls = rows.iter().filter(|row| row.1 == "hall").count();
    assert_eq!((found.all.rows, found.digest.as_str(), found.learned), (52, "m1", 52));
    let (column, groups) = &found.by[0];
    assert_eq!((column.as_str(), groups.len()), ("<b>", 2));
    let of_halls = &groups[0].1;
    assert_eq!(of_halls.rows, halls);
    // One hall in twenty-six has no area: it moves by ten more, and not by ten less.
    assert!((of_halls.moves[1] + 10.0).abs() < 1e-9, "{of_halls:?}");
    let shift = of_halls.other - of_halls.mean;
    assert!(
        (shift
            - (20.0 - 10.0 * f64::from(u32::try_from(halls).unwrap()))
                / f64::from(u32::try_from(halls).unwrap()))
        .abs()
            < 1e-9
    );
    // A hall is foretold about a hundred, so ten is about a tenth: of the moved ones each is checked.
    let is_moved = |before: f64, after: f64| (after - before).abs() > 0.1 * before.abs();
    let means = |model: &Model| -> Vec<f64> {
        let found = Predictor::new(model).rows(&table.features, 52, &[], 0.9);
        found.iter().map(|p| p.mean).collect()
    };
    let moved = means(&model).into_iter().zip(means(&other)).filter(|(a, b)| is_moved(*a, *b)).count();
    assert!((found.all.moved - f64::from(u32::try_from(moved).unwrap()) / 52.0).abs() < 1e-12 && moved > 0);
    let same = with(&model);
    assert_eq!((same.all.moved, same.all.moves), (0.0, [0.0; 3]));
    // Other columns are no rows of this model.
    let mut less = model.clone();
    less.terms.pop();
    assert!(!adil_card::alike(&model, &less) && adil_card::alike(&model, &other));
}
