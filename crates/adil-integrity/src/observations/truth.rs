//! What is the case, when observers differ in how far they can be believed: Dawid and Skene (1979).
//!
//! Each observer j has an unknown chance π(k, l) to answer l where k is the case; each answer k is the case at an unknown share
//! ρ(k) of the facilities. Expectation and maximization take turns: what is the case from how far observers are believed, and
//! how far they are believed from what is the case. Dirichlet priors stand behind both, so that a stranger is believed for
//! [`BELIEVED`] of [`STRANGER`] answers and one observer alone is never believed in full.

/// How many answers of its own an observer must have given before they weigh as much as what is supposed of a stranger.
pub const STRANGER: f64 = 5.0;
/// How many of these a stranger is supposed to answer as it is.
pub const BELIEVED: f64 = 4.0;
/// So many facilities of each answer are supposed before anything was seen (Laplace).
const SUPPOSED: f64 = 1.0;
/// So many turns at the most.
const TURNS: usize = 200;
/// Turns end when no probability moves by more than this.
const TOLERANCE: f64 = 1e-9;

/// An answer as it enters the estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    /// What it is about, counted from 0.
    pub item: usize,
    /// Whose it is, counted from 0.
    pub observer: usize,
    /// The answer, counted from 0.
    pub answer: usize,
    /// The part of a witness that it is: all of one, or an equal part of a burst that counts once.
    pub weight: f64,
}

/// How many items, observers and answers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Items.
    pub items: usize,
    /// Observers.
    pub observers: usize,
    /// Answers of the question.
    pub answers: usize,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    answers: usize,
    /// By item and answer, the probability that it is the case.
    posterior: Vec<f64>,
    /// By answer, the logarithm of the share of items of which it is the case.
    log_share: Vec<f64>,
    /// By observer, what is the case, and what was answered: the logarithm of the chance. Never published.
    log_chance: Vec<f64>,
}

impl Fit {
    /// The probabilities of an item's answers.
    pub fn of(&self, item: usize) -> &[f64] {
        &self.posterior[item * self.answers..(item + 1) * self.answers]
    }

    /// The probabilities of an item of which these are all the reports, each with another weight.
    pub(crate) fn again<'r>(&self, reports: impl Iterator<Item = (&'r Report, f64)>) -> Vec<f64> {
        let mut logs = self.log_share.clone();
        for (report, weight) in reports {
            self.add(&mut logs, report, weight);
        }
        normalize(&mut logs);
        logs
    }

    fn add(&self, logs: &mut [f64], report: &Report, weight: f64) {
        for (truth, log) in logs.iter_mut().enumerate() {
            *log += weight * self.log_chance[self.at(report.observer, truth) + report.answer];
        }
    }

    fn at(&self, observer: usize, truth: usize) -> usize {
        (observer * self.answers + truth) * self.answers
    }

    /// How far observers are believed and how common answers are, from what is the case.
    fn maximize(&mut self, reports: &[Report], size: Size) {
        let answers = self.answers;
        let mut shares = vec![SUPPOSED; answers];
        for item in self.posterior.chunks_exact(answers) {
            shares.iter_mut().zip(item).for_each(|(share, p)| *share += p);
        }
        let total: f64 = shares.iter().sum();
        self.log_share = shares.iter().map(|share| libm::log(share / total)).collect();
        let other = (STRANGER - BELIEVED) / count(answers.saturating_sub(1).max(1));
        let mut chances = vec![other; size.observers * answers * answers];
        for observer in 0..size.observers {
            for truth in 0..answers {
                chances[self.at(observer, truth) + truth] = BELIEVED;
            }
        }
        for report in reports {
            for truth in 0..answers {
                let p = self.posterior[report.item * answers + truth];
                chances[self.at(report.observer, truth) + report.answer] += report.weight * p;
            }
        }
        for row in chances.chunks_exact_mut(answers) {
            to_one(row);
            for chance in row {
                *chance = libm::log(*chance);
            }
        }
        self.log_chance = chances;
    }

    /// What is the case, from how far observers are believed; the largest move of a probability.
    fn expect(&mut self, reports: &[Report], size: Size) -> f64 {
        let mut logs: Vec<f64> = Vec::with_capacity(size.items * self.answers);
        (0..size.items).for_each(|_| logs.extend(&self.log_share));
        for report in reports {
            let from = report.item * self.answers;
            let to = from + self.answers;
            self.add(&mut logs[from..to], report, report.weight);
        }
        logs.chunks_exact_mut(self.answers).for_each(normalize);
        let moved = self.posterior.iter().zip(&logs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        self.posterior = logs;
        moved
    }
}

/// Estimates what is the case. Reports come in an order that does not depend on their table's, since sums in floating point do.
/// Every number of a report is below its size.
pub fn fit(reports: &[Report], size: Size) -> Fit {
    let mut fit = Fit {
        answers: size.answers,
        posterior: vec![1.0; size.items * size.answers],
        log_share: Vec::new(),
        log_chance: Vec::new(),
    };
    // The first guess is how many said so, with one supposed answer of each kind.
    for report in reports {
        fit.posterior[report.item * size.answers + report.answer] += report.weight;
    }
    fit.posterior.chunks_exact_mut(size.answers.max(1)).for_each(to_one);
    for _ in 0..TURNS {
        fit.maximize(reports, size);
        if fit.expect(reports, size) < TOLERANCE {
            break;
        }
    }
    fit
}

/// Logarithms to probabilities that sum to one.
fn normalize(logs: &mut [f64]) {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for log in logs.iter_mut() {
        *log = libm::exp(*log - most);
    }
    to_one(logs);
}

/// Numbers to their parts of the whole.
fn to_one(row: &mut [f64]) {
    let total: f64 = row.iter().sum();
    for part in row {
        *part /= total;
    }
}

/// A small number of things as a float.
pub(crate) fn count(many: usize) -> f64 {
    f64::from(u32::try_from(many).unwrap_or(u32::MAX))
}
