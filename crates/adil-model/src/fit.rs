//! Training: bins, bags, folds, and the published tables.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::bins::Bins;
use crate::boost::Shape;
use crate::data::{Feature, Monotone, Target, Values};
use crate::error::FitError;
use crate::gram::Design;
use crate::loss::Loss;
use crate::pairs::Pair;
use crate::rows::{Blocks, Split};
use crate::trainer::{Arranged, Curvature, Trainer};

/// How a model is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is minimised.
    pub loss: Loss,
    /// Features whose effect may only rise, or only fall.
    pub monotone: BTreeMap<String, Monotone>,
    /// The most bins of a feature; fewer where there are very many features.
    pub bins: usize,
    /// Pairs of features to look for.
    pub pairs: usize,
    /// Models trained on other parts of the rows and averaged; how they differ gives the error bars.
    pub bags: usize,
    /// Parts of the rows that are foretold by models which never saw them.
    pub folds: usize,
    /// Which rows stay together.
    pub split: Split,
    /// The part of a full step that boosting takes.
    pub rate: f64,
    /// The most rounds of boosting.
    pub rounds: usize,
    /// Rounds without improvement after which a bag ends.
    pub patience: usize,
    /// The least rows on each side of a split.
    pub least_rows: f64,
    /// Chooses blocks and bags.
    pub seed: u64,
}

impl Settings {
    /// Settings that fit most tables.
    pub fn new(loss: Loss) -> Self {
        Self {
            loss,
            monotone: BTreeMap::new(),
            bins: 64,
            pairs: 0,
            bags: 8,
            folds: 5,
            split: Split::Rows,
            rate: 0.08,
            rounds: 2_000,
            patience: 40,
            least_rows: 5.0,
            seed: 1,
        }
    }
}

/// Bins of all features together that a Gram matrix is made for.
pub(crate) const MOST_BINS: usize = 2_000;

/// The points of all bins, not yet published.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Of every prediction.
    pub intercept: f64,
    /// By feature, the points of each bin.
    pub terms: Vec<Vec<f64>>,
    /// By feature, how much the bags differ in each bin: the standard error of their mean would be smaller.
    pub errors: Vec<Vec<f64>>,
    /// By pair, the points of each cell, row by row.
    pub pairs: Vec<Vec<f64>>,
    /// By pair, how much the bags differ in each cell.
    pub pair_errors: Vec<Vec<f64>>,
    /// Rounds of boosting, the mean over the bags.
    pub rounds: f64,
}

/// A model and the models of its folds.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// How each feature falls into bins.
    pub bins: Vec<Bins>,
    /// Rows in each bin.
    pub counts: Vec<Vec<u64>>,
    /// Features that say more together than alone, the strongest pair first.
    pub pairs: Vec<Pair>,
    /// Rows in each cell of each pair.
    pub pair_counts: Vec<Vec<u64>>,
    /// Trained on all rows.
    pub points: Points,
    /// Trained without each fold.
    pub folds: Vec<Points>,
    /// The fold of each row.
    pub fold_of: Vec<u32>,
    /// For each row the prediction of the model that never saw its fold.
    pub out_of_fold: Vec<f64>,
}

/// Trains a model.
///
/// # Errors
/// A table that nothing can be learned from.
pub fn fit(features: &[Feature], target: &Target, settings: &Settings) -> Result<Fitted, FitError> {
    crate::error::check(features, target, settings)?;
    let most = settings.bins.min(MOST_BINS / features.len().max(1)).max(2);
    let bins: Vec<Bins> = features.par_iter().map(|f| Bins::fit(&f.values, most)).collect();
    let columns: Vec<(Vec<u16>, usize)> =
        features.par_iter().zip(&bins).map(|(f, bins)| (bins.codes(&f.values), bins.len())).collect();
    let shapes: Vec<Shape> = features
        .iter()
        .map(|f| match f.values {
            Values::Words { .. } => Shape::Words,
            Values::Numbers(_) => Shape::Ordered(settings.monotone.get(&f.name).copied()),
        })
        .collect();
    let counts: Vec<Vec<u64>> = columns
        .iter()
        .map(|(codes, bins)| {
            let mut counts = vec![0u64; *bins];
            for code in codes {
                counts[usize::from(*code)] += 1;
            }
            counts
        })
        .collect();
    let blocks = Blocks::new(features, target, settings.folds, &settings.split, settings.seed);
    let design = Design::new(&columns, &blocks);
    drop(columns);
    let rows = Arranged::new(target, &blocks);
    let trainer = Trainer { settings, shapes: &shapes, blocks: &blocks, design: &design, rows: &rows };
    let (mut points, mut folds) = trainer.mains();
    let eligible: Vec<usize> =
        (0..features.len()).filter(|at| !settings.monotone.contains_key(&features[*at].name)).collect();
    let pairs = trainer.find_pairs(&points, &eligible, &counts);
    let squares = trainer.squares(&pairs);
    if !pairs.is_empty() {
        let shapes: Vec<Shape> = pairs.iter().map(|pair| Shape::Square(pair.side)).collect();
        let second = Trainer { shapes: &shapes, design: &squares, ..trainer };
        let mut curvature: Option<Curvature> = None;
        let models = std::iter::once((None, &mut points)).chain((0..).map(Some).zip(&mut folds));
        for (without, model) in models {
            let base = trainer.sums(model);
            let found = if let (Some(fold), Some(curvature)) = (without, &curvature) {
                second.follow(curvature, fold, &base)
            } else {
                let (found, there) = second.newton(&base);
                curvature = Some(there);
                found
            };
            model.join(found, &pairs, &trainer.weights(&squares, without));
        }
    }
    let pair_counts = (0..pairs.len()).map(|at| {
        let mut counts = vec![0u64; squares.term(at).len()];
        for code in &squares.codes[at] {
            counts[usize::from(*code)] += 1;
        }
        counts
    });
    let pair_counts = pair_counts.collect();
    let mut fold_of = vec![0u32; target.values.len()];
    let mut out_of_fold = vec![f64::NAN; target.values.len()];
    for block in 0..blocks.len() {
        let fold = blocks.folds[block];
        let model = folds.get(fold).unwrap_or(&points);
        for at in blocks.range(block) {
            let row = blocks.order[at] as usize;
            let sum = model.intercept + design.sum(&model.terms, at) + squares.sum(&model.pairs, at);
            fold_of[row] = u32::try_from(fold).unwrap_or(u32::MAX);
            out_of_fold[row] = settings.loss.mean(sum, rows.exposures[at]);
        }
    }
    Ok(Fitted { bins, counts, pairs, pair_counts, points, folds, fold_of, out_of_fold })
}
