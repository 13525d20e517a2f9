//! The trainer: bags over blocks, Newton over losses that are not quadratic, folds that follow.

use rayon::prelude::*;

use crate::boost::{Boosted, Pace, Shape, boost};
use crate::data::Target;
use crate::fit::{Points, Settings};
use crate::gram::{Design, Fixed, Sums, grams, wants};
use crate::loss::Loss;
use crate::rows::{Blocks, mix};

/// Times that the curvature of a loss is taken anew.
const NEWTON: usize = 6;
/// Bags that look for where to expand a loss.
const SCOUTS: usize = 2;
/// A part of the deviance by which the mean of all bags may fit worse than that of the scouts.
const WORSE: f64 = 0.02;
/// A part of the deviance; less than this better is good enough.
const ENOUGH: f64 = 1e-4;

impl Design {
    /// The points of a row in all tables.
    pub(crate) fn sum(&self, tables: &[Vec<f64>], row: usize) -> f64 {
        self.codes.iter().zip(tables).map(|(codes, points)| points[usize::from(codes[row])]).sum()
    }
}

/// The target in the order of the blocks.
pub(crate) struct Arranged {
    values: Vec<f64>,
    pub(crate) weights: Vec<f64>,
    pub(crate) exposures: Vec<f64>,
}

impl Arranged {
    pub(crate) fn new(target: &Target, blocks: &Blocks) -> Self {
        let rows = || blocks.order.iter().map(|row| *row as usize);
        Self {
            values: rows().map(|row| target.values[row]).collect(),
            weights: rows().map(|row| target.weight(row)).collect(),
            exposures: rows().map(|row| target.exposure(row)).collect(),
        }
    }
}

/// Rows as a number; they are counted in 32 bits.
pub(crate) fn len(rows: usize) -> f64 {
    f64::from(u32::try_from(rows.max(1)).unwrap_or(u32::MAX))
}

#[derive(Clone, Copy)]
pub(crate) struct Trainer<'t> {
    pub(crate) settings: &'t Settings,
    pub(crate) shapes: &'t [Shape],
    pub(crate) blocks: &'t Blocks,
    pub(crate) design: &'t Design,
    pub(crate) rows: &'t Arranged,
}

impl Trainer<'_> {
    /// The model of all rows, and those without each fold.
    pub(crate) fn mains(&self) -> (Points, Vec<Points>) {
        let folds = self.blocks.fold_count();
        let folds = if folds > 1 { 0..folds } else { 0..0 };
        let base = vec![0.0; self.rows.values.len()];
        let bags = self.settings.bags;
        if self.settings.loss == Loss::Squared {
            // The curvature is the same everywhere, so one look at the rows serves all models.
            let curvature = self.curvature(self.start(&base, None), None);
            let around = self.around(&curvature, &curvature.at, &base, None);
            let points = self.bagged(&around, None, bags);
            return (points, folds.map(|fold| self.bagged(&around, Some(fold), bags)).collect());
        }
        let (points, curvature) = self.newton(&base);
        (points, folds.map(|fold| self.follow(&curvature, fold, &base)).collect())
    }

    /// The sums of points of all rows.
    pub(crate) fn sums(&self, points: &Points) -> Vec<f64> {
        (0..self.rows.values.len())
            .into_par_iter()
            .with_min_len(4_096)
            .map(|row| points.intercept + self.design.sum(&points.terms, row))
            .collect()
    }

    /// Whether a block is learned from when a fold is left out.
    fn learns(&self, block: usize, without: Option<usize>) -> bool {
        without != Some(self.blocks.folds[block])
    }

    /// Rows that are learned from.
    pub(crate) fn learned(&self, without: Option<usize>) -> impl Iterator<Item = usize> {
        (0..self.blocks.len())
            .filter(move |block| self.learns(*block, without))
            .flat_map(|b| self.blocks.range(b))
    }

    /// The sum of points that fits all rows best.
    fn constant(&self, without: Option<usize>) -> f64 {
        let (mut sum, mut whole) = (0.0, 0.0);
        for row in self.learned(without) {
            sum += self.rows.weights[row] * self.rows.values[row];
            whole +=
                self.rows.weights[row] * if self.has_exposure() { self.rows.exposures[row] } else { 1.0 };
        }
        self.settings.loss.sum(if whole > 0.0 { sum / whole } else { 0.0 })
    }

    fn has_exposure(&self) -> bool {
        matches!(self.settings.loss, Loss::Poisson | Loss::Gamma)
    }

    /// What each row wants beyond its sum of points, and how fast that changes.
    pub(crate) fn slopes(&self, sums: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let loss = self.settings.loss;
        (0..sums.len())
            .into_par_iter()
            .with_min_len(4_096)
            .map(|row| {
                let weight = self.rows.weights[row];
                let (slope, curvature) =
                    loss.slope(self.rows.values[row], sums[row], self.rows.exposures[row]);
                (weight * slope, weight * curvature)
            })
            .unzip()
    }

    /// The curvature of the loss at sums of points, block by block.
    fn curvature(&self, at: Vec<f64>, without: Option<usize>) -> Curvature {
        let weights = Fixed::new(self.slopes(&at).1);
        let grams = grams(self.design, self.blocks, &weights, |block| self.learns(block, without));
        Curvature { grams, weights, at }
    }

    /// The loss around sums of points, by a curvature that may have been taken nearby.
    fn around<'c>(
        &self,
        curvature: &'c Curvature,
        at: &[f64],
        base: &[f64],
        without: Option<usize>,
    ) -> Around<'c> {
        let mut slopes = self.slopes(at).0;
        // Points are counted from the base and not from where the loss was expanded.
        slopes.par_iter_mut().enumerate().with_min_len(4_096).for_each(|(row, slope)| {
            *slope += curvature.weights.values[row] * curvature.weights.unit * (at[row] - base[row]);
        });
        let slopes = Fixed::new(slopes);
        let wants = wants(self.design, self.blocks, &slopes, |block| self.learns(block, without));
        Around { curvature, wants, want_unit: slopes.unit }
    }

    /// Models of bags, each without some blocks that say when to stop, and their mean.
    fn bagged(&self, around: &Around<'_>, without: Option<usize>, bags: usize) -> Points {
        let bins = self.design.bins();
        let blocks: Vec<usize> = (0..self.blocks.len()).filter(|b| self.learns(*b, without)).collect();
        let mut all = Sums::zero(bins);
        for block in &blocks {
            around.add_to(&mut all, *block);
        }
        let rows = self.learned(without).count();
        let weight = all.gram[0] * around.curvature.weights.unit;
        let pace = Pace {
            rate: self.settings.rate,
            rounds: self.settings.rounds,
            patience: self.settings.patience,
            least: self.settings.least_rows * weight / len(rows),
        };
        let bags: Vec<_> = (0..bags.max(1))
            .into_par_iter()
            .map(|bag| {
                let mut held_back = Sums::zero(bins);
                for block in self.held_back(&blocks, bag) {
                    around.add_to(&mut held_back, block);
                }
                let mut learn = all.clone();
                learn.subtract(&held_back);
                let has_check = held_back.gram[0] > 0.0 && learn.gram[0] > 0.0;
                let learn = if has_check { learn } else { all.clone() };
                let held_back = has_check.then(|| around.real(held_back));
                boost(around.real(learn), held_back, self.design, self.shapes, &pace)
            })
            .collect();
        self.mean(&bags, &all)
    }

    /// A sixth of the blocks, at least one, other ones for each bag.
    fn held_back(&self, blocks: &[usize], bag: usize) -> Vec<usize> {
        let mut keyed: Vec<(u64, usize)> = blocks
            .iter()
            .map(|block| (mix(*block as u64, mix(bag as u64, self.settings.seed)), *block))
            .collect();
        keyed.sort_unstable();
        keyed.truncate(blocks.len().div_ceil(6).min(blocks.len().saturating_sub(1)));
        keyed.into_iter().map(|(_, block)| block).collect()
    }

    /// The mean of the bags, each term around zero.
    fn mean(&self, bags: &[Boosted], all: &Sums) -> Points {
        let count = f64::from(u32::try_from(bags.len().max(1)).unwrap_or(u32::MAX));
        let bins = self.design.bins();
        let mut intercepts: Vec<f64> = bags.iter().map(|bag| bag.points[0]).collect();
        let (mut terms, mut errors) = (Vec::new(), Vec::new());
        for term in 0..self.shapes.len() {
            let range = self.design.term(term);
            let weights: Vec<f64> = range.clone().map(|bin| all.gram[bin * bins + bin]).collect();
            let whole: f64 = weights.iter().sum();
            let mut centred: Vec<Vec<f64>> = Vec::with_capacity(bags.len());
            for (bag, intercept) in bags.iter().zip(&mut intercepts) {
                let points = &bag.points[range.clone()];
                let mean = if whole > 0.0 {
                    points.iter().zip(&weights).map(|(p, w)| p * w).sum::<f64>() / whole
                } else {
                    0.0
                };
                *intercept += mean;
                let mut points: Vec<f64> = points.iter().map(|p| p - mean).collect();
                forget_empty(&mut points, &weights, self.shapes[term]);
                centred.push(points);
            }
            let mean: Vec<f64> = (0..weights.len())
                .map(|bin| centred.iter().map(|points| points[bin]).sum::<f64>() / count)
                .collect();
            let error = (0..weights.len())
                .map(|bin| {
                    let squares: f64 = centred
                        .iter()
                        .map(|points| (points[bin] - mean[bin]) * (points[bin] - mean[bin]))
                        .sum();
                    libm::sqrt(squares / (count - 1.0).max(1.0))
                })
                .collect();
            terms.push(mean);
            errors.push(error);
        }
        let rounds = bags.iter().map(|b| f64::from(u32::try_from(b.rounds).unwrap_or(u32::MAX))).sum::<f64>();
        Points {
            intercept: intercepts.iter().sum::<f64>() / count,
            terms,
            errors,
            pairs: Vec::new(),
            pair_errors: Vec::new(),
            rounds: rounds / count,
        }
    }

    /// A model of all rows: expands the loss around the last model again and again, until it fits no better. Points are
    /// added to the base. Also gives the last curvature.
    pub(crate) fn newton(&self, base: &[f64]) -> (Points, Curvature) {
        let mut curvature = self.curvature(self.start(base, None), None);
        let mut deviance = self.deviance(&curvature.at, None);
        let mut is_halved = false;
        for _ in 0..NEWTON {
            if self.settings.loss == Loss::Squared {
                break;
            }
            // A few bags are enough to find where to expand; the model itself has them all.
            let around = self.around(&curvature, &curvature.at, base, None);
            let mut next = self.beyond(base, &self.bagged(&around, None, SCOUTS));
            let mut now = self.deviance(&next, None);
            if (now.is_nan() || now >= deviance) && !is_halved {
                // Half the way may be better.
                is_halved = true;
                next.iter_mut().zip(&curvature.at).for_each(|(sum, old)| *sum = 0.5 * (*sum + old));
                now = self.deviance(&next, None);
            }
            if now.is_nan() || now >= deviance {
                break;
            }
            let gained = (deviance - now) / deviance.max(f64::MIN_POSITIVE);
            deviance = now;
            curvature = self.curvature(next, None);
            if gained < ENOUGH {
                break;
            }
        }
        let around = self.around(&curvature, &curvature.at, base, None);
        let points = self.sane(self.bagged(&around, None, self.settings.bags), deviance, base, None);
        (points, curvature)
    }

    /// A model without a fold: by the curvature of the model of all rows, but by what its own rows want, asked again until
    /// it fits no better. Where they want nothing more, the curvature no longer matters.
    pub(crate) fn follow(&self, curvature: &Curvature, fold: usize, base: &[f64]) -> Points {
        let without = Some(fold);
        let mut at = self.start(base, without);
        let mut deviance = self.deviance(&at, without);
        // The first look is from where all rows led: from far away another curvature would mislead.
        let mut from = curvature.at.clone();
        for _ in 0..NEWTON {
            let points = self.bagged(&self.around(curvature, &from, base, without), without, SCOUTS);
            let found = self.beyond(base, &points);
            let now = self.deviance(&found, without);
            if now.is_nan() || now >= deviance {
                break;
            }
            let gained = (deviance - now) / deviance.max(f64::MIN_POSITIVE);
            (deviance, at) = (now, found);
            from.clone_from(&at);
            if gained < ENOUGH {
                break;
            }
        }
        let around = self.around(curvature, &at, base, without);
        self.sane(self.bagged(&around, without, self.settings.bags), deviance, base, without)
    }

    /// Where a model starts: at the base, or without one where every row gets the same.
    fn start(&self, base: &[f64], without: Option<usize>) -> Vec<f64> {
        let is_first = base.iter().all(|sum| *sum == 0.0);
        if is_first { vec![self.constant(without); base.len()] } else { base.to_vec() }
    }

    /// A model that fits about as well as what led to it, or else one that says nothing.
    fn sane(&self, points: Points, deviance: f64, base: &[f64], without: Option<usize>) -> Points {
        let now = self.deviance(&self.beyond(base, &points), without);
        let fits = now.is_finite() && now <= deviance * (1.0 + WORSE);
        if fits { points } else { self.nothing(without, base) }
    }

    /// The sums of points of all rows with more points on top of a base.
    fn beyond(&self, base: &[f64], points: &Points) -> Vec<f64> {
        let mut sums = self.sums(points);
        sums.par_iter_mut().zip(base).with_min_len(4_096).for_each(|(sum, base)| *sum += base);
        sums
    }

    /// A model that says the same of every row, or nothing beyond a base.
    fn nothing(&self, without: Option<usize>, base: &[f64]) -> Points {
        let zero: Vec<Vec<f64>> =
            (0..self.shapes.len()).map(|term| vec![0.0; self.design.term(term).len()]).collect();
        let is_first = base.iter().all(|sum| *sum == 0.0);
        Points {
            intercept: if is_first { self.constant(without) } else { 0.0 },
            terms: zero.clone(),
            errors: zero,
            pairs: Vec::new(),
            pair_errors: Vec::new(),
            rounds: 0.0,
        }
    }

    /// The deviance of the rows that are learned from; summed block by block, so that threads change nothing.
    fn deviance(&self, sums_of_points: &[f64], without: Option<usize>) -> f64 {
        let of_block = |block: usize| -> f64 {
            let rows = self.blocks.range(block);
            rows.map(|row| {
                let mean = self.settings.loss.mean(sums_of_points[row], self.rows.exposures[row]);
                self.rows.weights[row] * self.settings.loss.deviance(self.rows.values[row], mean)
            })
            .sum()
        };
        let blocks: Vec<f64> = (0..self.blocks.len())
            .into_par_iter()
            .map(|block| if self.learns(block, without) { of_block(block) } else { 0.0 })
            .collect();
        blocks.iter().sum()
    }
}

/// What no row says anything about moves nothing. Lines between others keep what their neighbours say.
fn forget_empty(points: &mut [f64], weights: &[f64], shape: Shape) {
    let empty = |bin: usize| weights[bin] <= 0.0;
    let last = points.len().saturating_sub(1);
    let all = matches!(shape, Shape::Ordered(_)) && (0..last).all(empty);
    for (bin, point) in points.iter_mut().enumerate() {
        let alone = bin == last || !matches!(shape, Shape::Ordered(_));
        if empty(bin) && (alone || all) {
            *point = 0.0;
        }
    }
}

/// The curvature of a loss at sums of points.
pub(crate) struct Curvature {
    /// By block, in units.
    grams: Vec<Option<Vec<f64>>>,
    /// By row.
    weights: Fixed,
    /// The sums of points.
    at: Vec<f64>,
}

/// A loss expanded around sums of points.
pub(crate) struct Around<'c> {
    curvature: &'c Curvature,
    /// By block, in units.
    wants: Vec<Option<Vec<f64>>>,
    want_unit: f64,
}

impl Around<'_> {
    fn add_to(&self, sums: &mut Sums, block: usize) {
        if let (Some(gram), Some(wants)) = (&self.curvature.grams[block], &self.wants[block]) {
            sums.add(gram, wants);
        }
    }

    fn real(&self, mut sums: Sums) -> Sums {
        sums.gram.iter_mut().for_each(|v| *v *= self.curvature.weights.unit);
        sums.wants.iter_mut().for_each(|v| *v *= self.want_unit);
        sums
    }
}
