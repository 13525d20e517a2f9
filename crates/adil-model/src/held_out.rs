//! What was foretold of rows by models that never saw them, recomputed from the published file and the rows alone.

use crate::data::{Feature, Target};
use crate::model::Model;
use crate::partition::Partition;
use crate::predict::{Prediction, Predictor};
use crate::publish::spread;
use crate::rows::{Split, fold_of, hash};

impl Model {
    /// The model of a fold as a model of its own, without folds.
    pub fn fold(&self, at: usize) -> Option<Self> {
        let fold = self.folds.get(at)?;
        let mut model = Self { folds: Vec::new(), intercept: fold.intercept, ..self.clone() };
        for (term, points) in model.terms.iter_mut().zip(&fold.points) {
            let (other, lines) = points.split_last()?;
            term.points = lines.to_vec();
            term.other = *other;
        }
        for (pair, points) in model.pairs.iter_mut().zip(&fold.pairs) {
            pair.points.clone_from(points);
        }
        Some(model)
    }

    /// The fold that never saw each row of the training data: features in the order of the terms, and `cells` of the column
    /// that [`Partition::column`] names, if it names one.
    ///
    /// `None` where the file doesn't say how rows were parted, or where these can't be the rows: other columns, a value that
    /// is no fold, or other numbers of rows than the folds have.
    pub fn fold_of(&self, features: &[Feature], target: &Target, cells: &[&str]) -> Option<Vec<u32>> {
        let partition = self.training.split.as_ref()?;
        let rows = target.values.len();
        let same = features.len() == self.terms.len()
            && features.iter().zip(&self.terms).all(|(f, t)| f.name == t.feature && f.values.len() == rows)
            && (partition.column().is_none() || cells.len() == rows);
        if !same {
            return None;
        }
        let split = match partition {
            Partition::Rows { .. } => Split::Rows,
            Partition::Groups { .. } => Split::Groups(cells.iter().map(|cell| hash(cell)).collect()),
            Partition::Values { values, .. } => {
                let fold = |cell: &&str| values.iter().position(|v| v == cell);
                let folds: Option<Vec<usize>> = cells.iter().map(fold).collect();
                Split::Given(folds?.into_iter().map(|f| u32::try_from(f).unwrap_or(u32::MAX)).collect())
            }
        };
        let found = fold_of(features, target, partition.folds(), &split, self.training.seed);
        let mut counts = vec![0u64; self.folds.len()];
        for fold in &found {
            *counts.get_mut(*fold as usize)? += 1;
        }
        counts.iter().zip(&self.folds).all(|(count, fold)| *count == fold.rows).then_some(found)
    }

    /// For each row the prediction of the fold that never saw it. The interval is that prediction less and plus the misses
    /// of the *other* folds, so that nothing of the row itself is in it. `exposures` is empty where all are 1.
    pub fn out_of_fold(
        &self,
        features: &[Feature],
        exposures: &[f64],
        fold_of: &[u32],
        level: f64,
    ) -> Vec<Prediction> {
        let rows = fold_of.len();
        let nothing = Prediction { points: 0, mean: f64::NAN, low: f64::NAN, high: f64::NAN };
        let mut found = vec![nothing; rows];
        for at in 0..self.folds.len() {
            let Some(model) = self.fold(at) else { continue };
            let width = self.width_beside(at, level);
            let predictions = Predictor::new(&model).rows(features, rows, exposures, level);
            for ((row, prediction), fold) in found.iter_mut().zip(predictions).zip(fold_of) {
                if *fold as usize == at {
                    let half = width * spread(self.loss, prediction.mean, self.dispersion);
                    let (low, high) = self.loss.within(prediction.mean - half, prediction.mean + half);
                    *row = Prediction { low, high, ..prediction };
                }
            }
        }
        found
    }

    /// The miss that a part of the rows of all folds but one stays below.
    #[expect(clippy::cast_precision_loss, reason = "misses are kept as whole units below 2^53")]
    fn width_beside(&self, fold: usize, level: f64) -> f64 {
        let mut misses: Vec<(u64, f64)> = Vec::new();
        for (_, other) in self.folds.iter().enumerate().filter(|(at, _)| *at != fold) {
            let weight = other.rows as f64 / other.misses.len().max(1) as f64;
            misses.extend(other.misses.iter().map(|miss| (*miss, weight)));
        }
        misses.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let whole: f64 = misses.iter().map(|(_, weight)| weight).sum();
        let mut upto = 0.0;
        let reached = misses.iter().find(|(_, weight)| {
            upto += weight;
            upto >= level * whole
        });
        reached.or(misses.last()).map_or(0.0, |(miss, _)| *miss as f64 * self.unit())
    }
}
