//! Training: bins, bags, folds, and the published tables.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::bins::Bins;
use crate::boost::{Pace, Shape, boost, gain_of_square};
use crate::data::{Feature, Monotone, Target, Values};
use crate::error::FitError;
use crate::gram::{Design, Fixed, Sums, grams, wants};
use crate::loss::Loss;
use crate::pairs::{LONGEST, Pair, lines, purify};
use crate::rows::{Blocks, Split, mix};

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
const MOST_BINS: usize = 2_000;
/// The most pairs.
const MOST_PAIRS: usize = 50;
/// Times that the curvature of a loss is taken anew.
const NEWTON: usize = 6;
/// Bags that look for where to expand a loss.
const SCOUTS: usize = 2;
/// A part of the deviance by which the mean of all bags may fit worse than that of the scouts.
const WORSE: f64 = 0.02;
/// A part of the deviance; less than this better is good enough.
const ENOUGH: f64 = 1e-4;

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

impl Design {
    /// The points of a row in all tables.
    fn sum(&self, tables: &[Vec<f64>], row: usize) -> f64 {
        self.codes.iter().zip(tables).map(|(codes, points)| points[usize::from(codes[row])]).sum()
    }
}

impl Points {
    /// Takes in what pairs say; what they say of one feature alone moves into that feature's table.
    fn join(&mut self, found: Self, pairs: &[Pair], weights: &[Vec<f64>]) {
        self.intercept += found.intercept;
        for ((pair, mut points), weights) in pairs.iter().zip(found.terms).zip(weights) {
            let (intercept, moved) = purify(&mut points, weights, pair.side);
            self.intercept += intercept;
            for ((feature, lines), moved) in pair.features.iter().zip(&pair.lines).zip(&moved) {
                for (point, line) in self.terms[*feature].iter_mut().zip(lines) {
                    *point += moved[usize::from(*line)];
                }
            }
            self.pairs.push(points);
        }
        self.pair_errors = found.errors;
    }
}

/// The target in the order of the blocks.
struct Arranged {
    values: Vec<f64>,
    weights: Vec<f64>,
    exposures: Vec<f64>,
}

impl Arranged {
    fn new(target: &Target, blocks: &Blocks) -> Self {
        let rows = || blocks.order.iter().map(|row| *row as usize);
        Self {
            values: rows().map(|row| target.values[row]).collect(),
            weights: rows().map(|row| target.weight(row)).collect(),
            exposures: rows().map(|row| target.exposure(row)).collect(),
        }
    }
}

/// Rows as a number; they are counted in 32 bits.
fn len(rows: usize) -> f64 {
    f64::from(u32::try_from(rows.max(1)).unwrap_or(u32::MAX))
}

#[derive(Clone, Copy)]
struct Trainer<'t> {
    settings: &'t Settings,
    shapes: &'t [Shape],
    blocks: &'t Blocks,
    design: &'t Design,
    rows: &'t Arranged,
}

impl Trainer<'_> {
    /// The model of all rows, and those without each fold.
    fn mains(&self) -> (Points, Vec<Points>) {
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
    fn sums(&self, points: &Points) -> Vec<f64> {
        (0..self.rows.values.len())
            .into_par_iter()
            .with_min_len(4_096)
            .map(|row| points.intercept + self.design.sum(&points.terms, row))
            .collect()
    }

    /// The pairs that a model of single features leaves the most to.
    fn find_pairs(&self, points: &Points, eligible: &[usize], counts: &[Vec<u64>]) -> Vec<Pair> {
        let wanted = self.settings.pairs.min(MOST_PAIRS);
        if wanted == 0 || eligible.len() < 2 {
            return Vec::new();
        }
        let cells = MOST_BINS / wanted;
        let side = (2..=LONGEST).rev().find(|side| side * side <= cells).unwrap_or(2);
        let lines = |at: &usize| (*at, lines(&counts[*at], side, self.shapes[*at] == Shape::Words));
        let lines: Vec<(usize, Vec<u16>)> = eligible.iter().map(lines).collect();
        let (wants, weights) = self.slopes(&self.sums(points));
        let (wants, weights) = (Fixed::new(wants), Fixed::new(weights));
        let least = self.settings.least_rows * weights.values.iter().sum::<f64>() / len(weights.values.len());
        let candidates: Vec<(usize, usize)> =
            (0..lines.len()).flat_map(|a| (a + 1..lines.len()).map(move |b| (a, b))).collect();
        let mut found: Vec<(f64, Pair)> = candidates
            .into_par_iter()
            .map(|(a, b)| {
                let pair = Pair {
                    features: [lines[a].0, lines[b].0],
                    lines: [lines[a].1.clone(), lines[b].1.clone()],
                    side,
                };
                let (mut weight, mut want) = (vec![0.0; side * side], vec![0.0; side * side]);
                let codes = pair.features.map(|feature| &self.design.codes[feature]);
                let rows = codes[0].iter().zip(codes[1]).zip(weights.values.iter().zip(&wants.values));
                for ((first, second), (row_weight, row_want)) in rows {
                    let cell = usize::from(pair.cell(*first, *second));
                    weight[cell] += row_weight;
                    want[cell] += row_want;
                }
                (gain_of_square(&weight, &want, side, least), pair)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.features.cmp(&b.1.features)));
        found.retain(|(gain, _)| *gain > 0.0);
        found.truncate(wanted);
        found.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The cells of all rows in the squares of pairs.
    fn squares(&self, pairs: &[Pair]) -> Design {
        let mut offsets = vec![1];
        offsets.extend(pairs.iter().scan(1, |end, pair| {
            *end += pair.side * pair.side;
            Some(*end)
        }));
        let codes = pairs.par_iter().map(|pair| {
            let [first, second] = pair.features.map(|feature| &self.design.codes[feature]);
            first.iter().zip(second).map(|(a, b)| pair.cell(*a, *b)).collect()
        });
        Design { offsets, codes: codes.collect() }
    }

    /// The weight of the rows that are learned from, in each bin of other terms of theirs.
    fn weights(&self, design: &Design, without: Option<usize>) -> Vec<Vec<f64>> {
        let rows: Vec<usize> = self.learned(without).collect();
        design
            .codes
            .par_iter()
            .enumerate()
            .map(|(term, codes)| {
                let mut weights = vec![0.0; design.term(term).len()];
                for row in &rows {
                    weights[usize::from(codes[*row])] += self.rows.weights[*row];
                }
                weights
            })
            .collect()
    }

    /// Whether a block is learned from when a fold is left out.
    fn learns(&self, block: usize, without: Option<usize>) -> bool {
        without != Some(self.blocks.folds[block])
    }

    /// Rows that are learned from.
    fn learned(&self, without: Option<usize>) -> impl Iterator<Item = usize> {
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
    fn slopes(&self, sums: &[f64]) -> (Vec<f64>, Vec<f64>) {
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
    fn mean(&self, bags: &[crate::boost::Boosted], all: &Sums) -> Points {
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
    fn newton(&self, base: &[f64]) -> (Points, Curvature) {
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
    fn follow(&self, curvature: &Curvature, fold: usize, base: &[f64]) -> Points {
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
struct Curvature {
    /// By block, in units.
    grams: Vec<Option<Vec<f64>>>,
    /// By row.
    weights: Fixed,
    /// The sums of points.
    at: Vec<f64>,
}

/// A loss expanded around sums of points.
struct Around<'c> {
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
