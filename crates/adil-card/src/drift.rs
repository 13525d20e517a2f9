//! New rows beside those that the model learned from: whether they are still like them.

use adil_model::data::NO_WORD;
use adil_model::model::{Lines, Term};
use adil_model::{Feature, Model, Predictor, Values};

use crate::fixed::{count, part, points};
use crate::table::Table;
use crate::trial::LEVEL;

/// The most bands that lines are put together into, beside that of what is not known.
const BANDS: usize = 10;
/// A stability index from which the rows of a column have moved somewhat, and much: the custom of credit scoring.
const SOME: f64 = 0.1;
const MUCH: f64 = 0.25;

/// How much the rows of a column have moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No more than so few rows move by chance.
    Chance,
    /// Little: an index below 0.1.
    Little,
    /// Somewhat: below 0.25.
    Some,
    /// Much.
    Much,
}

impl Verdict {
    /// The word in the card's file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chance => "chance",
            Self::Little => "little",
            Self::Some => "some",
            Self::Much => "much",
        }
    }
}

/// Lines put together, and the rows on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its lines, as positions in the table; the one after the last is that of what is not known.
    pub lines: Vec<usize>,
    /// Training rows.
    pub before: u64,
    /// New rows.
    pub after: u64,
}

/// One column of the new rows beside the training data.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureDrift {
    /// New rows by line, and last those that are not known; training rows stand in the model.
    pub after: Vec<u64>,
    /// Lines put together.
    pub bands: Vec<Band>,
    /// The population stability index over the bands.
    pub index: f64,
    /// What it says.
    pub verdict: Verdict,
    /// The band whose share changed most.
    pub most: usize,
    /// New rows with an empty cell.
    pub unknown: u64,
    /// New rows with a word that the model has no line for.
    pub unseen: u64,
    /// New rows with a number outside those of the training data; `None` where that is not known.
    pub outside: Option<u64>,
    /// By how many points the column moves the mean of the sums.
    pub shift: f64,
}

/// New rows beside the training data.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// SHA-256 of the new rows.
    pub digest: String,
    /// New rows.
    pub rows: usize,
    /// The mean prediction of the training rows; `None` where they are not at hand.
    pub before: Option<f64>,
    /// The mean prediction of the new rows.
    pub after: f64,
    /// In the order of the terms.
    pub features: Vec<FeatureDrift>,
}

pub(crate) fn drift(model: &Model, data: Option<&Table>, new: &Table) -> Drift {
    let training = data.filter(|d| model.training.digest.as_ref() == Some(&d.digest));
    let features = model.terms.iter().enumerate().map(|(at, term)| {
        feature(term, &new.features[at], training.map(|table| &table.features[at]), model.unit())
    });
    Drift {
        digest: new.digest.clone(),
        rows: new.rows,
        before: training.map(|table| mean(model, table)),
        after: mean(model, new),
        features: features.collect(),
    }
}

/// The mean prediction, summed from the lowest up so that the order of rows changes nothing.
fn mean(model: &Model, table: &Table) -> f64 {
    let found = Predictor::new(model).rows(&table.features, table.rows, &table.exposures, LEVEL);
    let mut means: Vec<f64> = found.iter().map(|p| p.mean).collect();
    means.sort_unstable_by(f64::total_cmp);
    if means.is_empty() { 0.0 } else { means.iter().sum::<f64>() / count(means.len() as u64) }
}

fn feature(term: &Term, new: &Feature, training: Option<&Feature>, unit: f64) -> FeatureDrift {
    let bins = term.lines.bins();
    let mut after = vec![0u64; bins.len()];
    for code in bins.codes(&new.values) {
        after[usize::from(code)] += 1;
    }
    let (unknown, outside) = match &new.values {
        Values::Words { codes, .. } => (codes.iter().filter(|c| **c == NO_WORD).count() as u64, None),
        Values::Numbers(values) => {
            let unknown = values.iter().filter(|v| !v.is_finite()).count() as u64;
            (
                unknown,
                training.and_then(range).map(|(low, high)| {
                    values.iter().filter(|v| v.is_finite() && !(low..=high).contains(*v)).count() as u64
                }),
            )
        }
    };
    let bands = bands(term, &after);
    let (index, is_chance) = stability(&bands);
    let (all_before, all_after) = (term.rows.iter().sum::<u64>(), after.iter().sum::<u64>());
    let moved = |band: &Band| (part(band.after, all_after) - part(band.before, all_before)).abs();
    let most = (0..bands.len()).rev().max_by(|a, b| moved(&bands[*a]).total_cmp(&moved(&bands[*b])));
    let of_line = term.points.iter().chain([&term.other]);
    let shift = of_line
        .zip(&term.rows)
        .zip(&after)
        .map(|((p, before), after)| points(*p, unit) * (part(*after, all_after) - part(*before, all_before)));
    FeatureDrift {
        verdict: match index {
            _ if is_chance => Verdict::Chance,
            index if index < SOME => Verdict::Little,
            index if index < MUCH => Verdict::Some,
            _ => Verdict::Much,
        },
        most: most.unwrap_or(0),
        unseen: after.last().copied().unwrap_or(0).saturating_sub(unknown),
        shift: shift.sum(),
        after,
        bands,
        index,
        unknown,
        outside,
    }
}

/// The lowest and the highest number.
fn range(feature: &Feature) -> Option<(f64, f64)> {
    let Values::Numbers(values) = &feature.values else { return None };
    let known = || values.iter().copied().filter(|v| v.is_finite());
    Some((known().min_by(f64::total_cmp)?, known().max_by(f64::total_cmp)?))
}

/// Lines put together: many lines of few rows each would seem to move by chance alone.
fn bands(term: &Term, after: &[u64]) -> Vec<Band> {
    let last = term.lines.len();
    let band = |lines: Vec<usize>| Band {
        before: lines.iter().map(|at| term.rows[*at]).sum(),
        after: lines.iter().map(|at| after[*at]).sum(),
        lines,
    };
    let mut bands = match &term.lines {
        // Neighbours, so that each band has about a tenth of the training rows.
        Lines::Cuts(_) => {
            let all: u64 = term.rows[..last].iter().sum();
            let (mut bands, mut lines, mut upto) = (Vec::new(), Vec::new(), 0u64);
            for at in 0..last {
                lines.push(at);
                upto += term.rows[at];
                if upto * BANDS as u64 >= all * (bands.len() as u64 + 1) || at + 1 == last {
                    bands.push(band(std::mem::take(&mut lines)));
                }
            }
            bands
        }
        // The commonest words each for themselves, the others together.
        Lines::Words(_) if last <= BANDS => (0..last).map(|at| band(vec![at])).collect(),
        Lines::Words(_) => {
            let mut order: Vec<usize> = (0..last).collect();
            order.sort_by(|a, b| term.rows[*b].cmp(&term.rows[*a]).then(a.cmp(b)));
            let mut rest = order.split_off(BANDS - 1);
            order.sort_unstable();
            rest.sort_unstable();
            order.into_iter().map(|at| vec![at]).chain([rest]).map(band).collect()
        }
    };
    bands.push(band(vec![last]));
    bands.retain(|band| band.before > 0 || band.after > 0);
    bands
}

/// `Σ (q − p) ln(q / p)`, half a row added to each band so that an empty one is no infinity; and whether rows drawn from the
/// training data itself would often lie as far apart.
fn stability(bands: &[Band]) -> (f64, bool) {
    let kinds = count(bands.len() as u64);
    let all = |of: fn(&Band) -> u64| bands.iter().map(of).sum::<u64>();
    let (before, after) = (all(|b| b.before), all(|b| b.after));
    let share = |rows: u64, all: u64| (count(rows) + 0.5) / (count(all) + 0.5 * kinds);
    let index: f64 = bands
        .iter()
        .map(|band| {
            let (p, q) = (share(band.before, before), share(band.after, after));
            (q - p) * libm::log(q / p)
        })
        .sum();
    // Times this, the index of rows of the same kind is about chi-squared: so far that one in a few hundred lies beyond.
    let rows = count(before) * count(after) / (count(before) + count(after)).max(1.0);
    let free = kinds - 1.0;
    (index, index * rows <= free + 3.0 * libm::sqrt(2.0 * free))
}
