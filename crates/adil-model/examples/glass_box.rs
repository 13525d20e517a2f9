//! Trains on a CSV with the folds of `peers/glass_box.py` and prints a line of JSON like it.
//!
//! Usage: `glass_box FILE TARGET LOSS [--rising A,B] [--falling A,B] [--drop A,B] [--folds N] [--bags N] [--pairs N]
//! [--predict TIMES]`: with the last, how long it takes to bin all rows and to add up their points so many times

#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use adil_model::{About, Feature, Loss, Monotone, Predictor, Settings, Split, Target, Values, fit, publish};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, target, loss, options @ ..] = arguments.as_slice() else {
        return Err("usage: glass_box FILE TARGET LOSS [options]".into());
    };
    let option = |name: &str| options.iter().position(|o| o == name).and_then(|at| options.get(at + 1));
    let list = |name: &str| -> Vec<String> {
        let names = option(name).map_or("", String::as_str).split(',');
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let loss = match loss.as_str() {
        "squared" => Loss::Squared,
        "poisson" => Loss::Poisson,
        "gamma" => Loss::Gamma,
        "logistic" => Loss::Logistic,
        other => return Err(format!("no loss `{other}`").into()),
    };
    let started = Instant::now();
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.headers()?.clone();
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); header.len()];
    for row in reader.records() {
        for (column, cell) in columns.iter_mut().zip(row?.iter()) {
            column.push(cell.to_owned());
        }
    }
    let at = header.iter().position(|name| name == target).ok_or("no such target")?;
    let keep: Vec<usize> = (0..columns[at].len()).filter(|row| !columns[at][*row].is_empty()).collect();
    let numbers = |column: &[String]| -> Option<Vec<f64>> {
        keep.iter()
            .map(|row| if column[*row].is_empty() { Some(f64::NAN) } else { column[*row].parse().ok() })
            .collect()
    };
    let dropped = list("--drop");
    let mut features = Vec::new();
    for (column, name) in columns
        .iter()
        .zip(&header)
        .filter(|(_, n)| *n != target.as_str() && !dropped.contains(&(*n).to_owned()))
    {
        let values = match numbers(column) {
            Some(values) => Values::numbers(values),
            None => Values::words(keep.iter().map(|row| column[*row].as_str())),
        };
        features.push(Feature { name: name.to_owned(), values });
    }
    let target = Target::new(numbers(&columns[at]).ok_or("the target holds words")?);
    let mut settings = Settings::new(loss);
    let folds: u32 = option("--folds").map_or(Ok(5), |o| o.parse())?;
    settings.split =
        Split::Given((0..target.values.len()).map(|row| u32::try_from(row).unwrap_or(0) % folds).collect());
    if let Some(bags) = option("--bags") {
        settings.bags = bags.parse()?;
    }
    if let Some(pairs) = option("--pairs") {
        settings.pairs = pairs.parse()?;
    }
    if let Some(rate) = option("--rate") {
        settings.rate = rate.parse()?;
    }
    if let Some(bins) = option("--bins") {
        settings.bins = bins.parse()?;
    }
    if let Some(patience) = option("--patience") {
        settings.patience = patience.parse()?;
    }
    let directions = [("--rising", Monotone::Rising), ("--falling", Monotone::Falling)];
    settings.monotone = directions
        .into_iter()
        .flat_map(|(name, direction)| list(name).into_iter().map(move |feature| (feature, direction)))
        .collect::<BTreeMap<_, _>>();
    let read = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let fitted = fit(&features, &target, &settings)?;
    let seconds = started.elapsed().as_secs_f64();
    let rows = f64::from(u32::try_from(target.values.len())?);
    let (mut binning, mut adding, mut sum) = (f64::NAN, f64::NAN, 0i64);
    if let Some(times) = option("--predict") {
        let times: u32 = times.parse()?;
        let model = publish(&fitted, &features, &target, &settings, &About::default());
        let predictor = Predictor::new(&model);
        let started = Instant::now();
        let binned = predictor.bin(&features, target.values.len());
        binning = rows / started.elapsed().as_secs_f64();
        let started = Instant::now();
        for _ in 0..times {
            // The sum is printed, so that nothing of it can be left undone.
            sum = sum.wrapping_add(predictor.sums(&binned).iter().sum());
        }
        adding = rows * f64::from(times) / started.elapsed().as_secs_f64();
    }
    let pairs = || target.values.iter().zip(&fitted.out_of_fold);
    let rmse = (pairs().map(|(y, p)| (y - p) * (y - p)).sum::<f64>() / rows).sqrt();
    let deviance = pairs().map(|(y, p)| loss.deviance(*y, *p)).sum::<f64>() / rows;
    println!(
        "{}",
        serde_json::json!({
            "peer": "adil", "rows": target.values.len(), "features": features.len(), "pairs": fitted.pairs.len(),
            "read_seconds": read, "seconds": seconds, "rmse": rmse, "deviance": deviance,
            "rounds": fitted.points.rounds, "binned_per_second": binning, "predicted_per_second": adding, "sum": sum,
        })
    );
    Ok(())
}
