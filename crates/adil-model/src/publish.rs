//! From what was trained to what is published: whole points, cuts as decimals, and how wrong the folds were.

use std::collections::BTreeMap;

use crate::bins::Bins;
use crate::data::{Feature, Target};
use crate::fit::{Fitted, Points, Settings};
use crate::loss::Loss;
use crate::model::{FORMAT, Fold, Lines, Model, PairTerm, Purpose, Term, Training};
use crate::pairs::Pair;
use crate::partition::Partition;
use crate::rows::Split;

/// What only whoever trains a model knows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The column that is foretold.
    pub target: String,
    /// The column of the exposure.
    pub exposure: Option<String>,
    /// What people call the features and the target, by language.
    pub titles: BTreeMap<String, BTreeMap<String, String>>,
    /// The day up to which the rows were known, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// SHA-256 of the table, in hexadecimal.
    pub digest: Option<String>,
    /// Whether the rows were made up.
    pub simulated: bool,
    /// Who answers for the target, each independent of the others.
    pub sources: Vec<String>,
    /// What its forecasts are for.
    pub purpose: Purpose,
    /// The column that says how much each row counts.
    pub weight: Option<String>,
    /// The column by which rows were parted into folds, where they were.
    pub split_column: Option<String>,
    /// Its values in the order of the folds, where each is one.
    pub split_values: Vec<String>,
}

/// How finely the misses of a fold are kept.
const MISSES: usize = 200;
/// Digits that the spread of a target keeps.
const DIGITS: i32 = 6;

/// The published model.
pub fn publish(
    fitted: &Fitted,
    features: &[Feature],
    target: &Target,
    settings: &Settings,
    about: &About,
) -> Model {
    let decimals = decimals(target, settings.loss);
    let scale = libm::pow(10.0, f64::from(decimals));
    let terms = features.iter().enumerate().map(|(at, feature)| {
        let (points, errors) = (&fitted.points.terms[at], &fitted.points.errors[at]);
        let (lines, points, other) = laid_out(&fitted.bins[at], points, scale);
        Term {
            feature: feature.name.clone(),
            title: about.titles.get(&feature.name).cloned().unwrap_or_default(),
            lines,
            monotone: settings.monotone.get(&feature.name).map(|m| (*m).into()),
            points,
            other,
            errors: errors.iter().map(|e| whole(*e, scale)).collect(),
            rows: fitted.counts[at].clone(),
        }
    });
    let mut model = Model {
        format: FORMAT.to_owned(),
        target: about.target.clone(),
        target_title: about.titles.get(&about.target).cloned().unwrap_or_default(),
        loss: settings.loss,
        exposure: about.exposure.clone(),
        decimals,
        intercept: whole(fitted.points.intercept, scale),
        terms: terms.collect(),
        pairs: pairs(fitted, features, scale),
        dispersion: dispersion(fitted, target, settings.loss),
        folds: Vec::new(),
        training: Training {
            rows: target.values.len() as u64,
            as_of: about.as_of.clone(),
            digest: about.digest.clone(),
            simulated: about.simulated,
            sources: about.sources.clone(),
            purpose: about.purpose,
            engine: format!("adil {}", env!("CARGO_PKG_VERSION")),
            seed: settings.seed,
            bags: u32::try_from(settings.bags).unwrap_or(u32::MAX),
            weight: about.weight.clone(),
            split: partition(settings, about),
        },
        edits: Vec::new(),
    };
    let mut misses: Vec<Vec<f64>> = vec![Vec::new(); fitted.folds.len()];
    for (row, fold) in fitted.fold_of.iter().enumerate() {
        if let Some(misses) = misses.get_mut(*fold as usize) {
            let mean = fitted.out_of_fold[row];
            misses.push((target.values[row] - mean).abs() / spread(settings.loss, mean, model.dispersion));
        }
    }
    let sides: Vec<[usize; 2]> = model.pairs.iter().map(|p| [0, 1].map(|at| p.lines[at].len())).collect();
    let fold = |(points, misses)| fold(points, &fitted.pairs, &sides, misses, scale);
    let folds = fitted.folds.iter().zip(misses).map(fold);
    model.folds = folds.collect();
    model
}

/// How rows were parted, as far as whoever trains the model says by what.
fn partition(settings: &Settings, about: &About) -> Option<Partition> {
    let folds = u32::try_from(settings.folds.max(1)).unwrap_or(u32::MAX);
    match (&settings.split, &about.split_column) {
        (Split::Rows, _) => Some(Partition::Rows { folds }),
        (Split::Groups(_), Some(column)) => Some(Partition::Groups { column: column.clone(), folds }),
        (Split::Given(given), Some(column)) => {
            let folds = given.iter().max().map_or(1, |most| *most as usize + 1);
            let values = about.split_values.clone();
            (values.len() == folds).then(|| Partition::Values { column: column.clone(), values })
        }
        (_, None) => None,
    }
}

/// How much more counts vary than chance alone, by the moments of rows that the model never saw, in millionths.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between nothing and a million millionths"
)]
fn dispersion(fitted: &Fitted, target: &Target, loss: Loss) -> u64 {
    const MOST: f64 = 1e6;
    if loss != Loss::Poisson {
        return 0;
    }
    let (mut beyond, mut squares) = (0.0, 0.0);
    for (mean, value) in fitted.out_of_fold.iter().zip(&target.values) {
        beyond += (value - mean) * (value - mean) - mean;
        squares += mean * mean;
    }
    // Not a number, where nothing is foretold at all, is as good as nothing.
    (beyond / squares * 1e6).clamp(0.0, 1e6 * MOST).round() as u64
}

/// What a miss is measured in at a prediction: it keeps one size whether much or little is foretold.
#[expect(clippy::cast_precision_loss, reason = "millionths stay below 2^53")]
pub(crate) fn spread(loss: Loss, mean: f64, dispersion: u64) -> f64 {
    const LEAST: f64 = 1e-9;
    let mean = mean.max(LEAST);
    match loss {
        Loss::Squared | Loss::Logistic => 1.0,
        Loss::Poisson => libm::sqrt(mean + dispersion as f64 * 1e-6 * mean * mean),
        Loss::Gamma => mean,
    }
}

/// Tables of two columns.
fn pairs(fitted: &Fitted, features: &[Feature], scale: f64) -> Vec<PairTerm> {
    let pair = |(at, pair): (usize, &Pair)| {
        let lines = [0, 1].map(|along| lines_of(&fitted.bins[pair.features[along]], &pair.lines[along]));
        let sides = [lines[0].len(), lines[1].len()];
        let table = |values: &[f64]| square(values, pair, sides, |v| whole(*v, scale));
        PairTerm {
            features: pair.features.map(|feature| features[feature].name.clone()),
            points: table(&fitted.points.pairs[at]),
            errors: table(&fitted.points.pair_errors[at]),
            rows: square(&fitted.pair_counts[at], pair, sides, |n| *n),
            lines,
        }
    };
    fitted.pairs.iter().enumerate().map(pair).collect()
}

/// The lines of a square on one side, which are lines of the feature's own table put together.
fn lines_of(bins: &Bins, lines: &[u16]) -> Lines {
    let last = lines.last().copied().unwrap_or(0);
    match bins {
        Bins::Numbers { cuts } => {
            let between = cuts.iter().enumerate().filter(|(at, _)| lines[*at] != lines[*at + 1]);
            Lines::Cuts(between.map(|(_, cut)| cut.to_string()).collect())
        }
        // Words that go with what is not known are not listed.
        Bins::Words { words } => {
            let own = words.iter().zip(lines).filter(|(_, line)| **line != last);
            Lines::Words(own.map(|(word, _)| word.clone()).collect())
        }
    }
}

/// The cells that there are, list by list.
fn square<T, U>(cells: &[T], pair: &Pair, sides: [usize; 2], write: impl Fn(&T) -> U) -> Vec<Vec<U>> {
    (0..=sides[0])
        .map(|row| (0..=sides[1]).map(|column| write(&cells[row * pair.side + column])).collect())
        .collect()
}

fn fold(points: &Points, pairs: &[Pair], sides: &[[usize; 2]], mut misses: Vec<f64>, scale: f64) -> Fold {
    misses.sort_unstable_by(f64::total_cmp);
    let rows = misses.len();
    let kept = rows.min(MISSES);
    Fold {
        rows: rows as u64,
        intercept: whole(points.intercept, scale),
        points: points.terms.iter().map(|term| term.iter().map(|p| whole(*p, scale)).collect()).collect(),
        pairs: (points.pairs.iter().zip(pairs).zip(sides))
            .map(|((points, pair), sides)| square(points, pair, *sides, |p| whole(*p, scale)))
            .collect(),
        // The middle of each part of equally many rows.
        misses: (0..kept)
            .map(|at| u64::try_from(whole(misses[(2 * at + 1) * rows / (2 * kept)], scale)).unwrap_or(0))
            .collect(),
    }
}

/// Lines of a table, their points, and those of everything else.
fn laid_out(bins: &Bins, points: &[f64], scale: f64) -> (Lines, Vec<i64>, i64) {
    let mut points: Vec<i64> = points.iter().map(|p| whole(*p, scale)).collect();
    let other = points.pop().unwrap_or(0);
    let lines = match bins {
        Bins::Numbers { cuts } => Lines::Cuts(cuts.iter().map(f64::to_string).collect()),
        Bins::Words { words } => Lines::Words(words.clone()),
    };
    (lines, points, other)
}

/// Half to even; what is beyond whole numbers is nothing.
#[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
fn whole(value: f64, scale: f64) -> i64 {
    let scaled = libm::rint(value * scale);
    if scaled.abs() < 9e15 { scaled as i64 } else { 0 }
}

/// Decimals with which a spread of the target keeps six digits; of logarithms six.
fn decimals(target: &Target, loss: Loss) -> u32 {
    if loss != Loss::Squared {
        return DIGITS.unsigned_abs();
    }
    let most = target.values.iter().fold(0.0f64, |most, v| most.max(v.abs()));
    #[expect(clippy::cast_possible_truncation, reason = "the logarithm of a double is below 400")]
    let size = if most > 0.0 { libm::floor(libm::log10(most)) as i32 } else { 0 };
    u32::try_from((DIGITS - size).clamp(0, 12)).unwrap_or(0)
}
