//! What is the case, when observers differ in how far they can be believed: Dawid and Skene (1979), with two chances for each
//! observer instead of a table for each question.
//!
//! Answers are few: most people answer a question about three facilities, not thirty. So an observer has one chance to tell the
//! favourable answer where it is the case, and one to tell what is the case where it is not, over all questions together. Both
//! lean on how often all observers are right, which is learned too. What is the case and how far observers are believed take
//! turns; an answer never vouches for itself: what it counts rests on the other answers of its observer, as in belief
//! propagation (Liu, Peng and Ihler 2012, "Variational inference for crowdsourcing"). Otherwise three people of whom nothing
//! else is known could agree, be outvoted by what is usual, and be taken for careless because they were.

/// How many answers of its own an observer must have given before they weigh as much as what all observers are like.
pub const STRANGER: f64 = 5.0;
/// How many of so many answers are supposed right before anything was seen.
pub const BELIEVED: f64 = 4.0;
/// So many facilities of each answer are supposed before anything was seen (Laplace).
const SUPPOSED: f64 = 1.0;
/// So many turns at the most.
const TURNS: usize = 300;
/// Turns end when no probability moves by more than this.
const TOLERANCE: f64 = 1e-8;
/// Each turn goes so much of the way, so that two answers that hang on each other do not swing.
const STEP: f64 = 0.5;

/// One facility by one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The question, counted from 0.
    pub question: usize,
    /// How many answers it has; the first is the favourable one.
    pub answers: usize,
}

/// An answer as it enters the estimate; one observer has at most one about an item.
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

/// How many answers were right, and how many there were; where the favourable answer is the case, and where it is not.
type Tally = [[f64; 2]; 2];

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    items: Vec<Item>,
    /// By item and answer, the probability that it is the case.
    posterior: Vec<Vec<f64>>,
    /// By question and answer, the logarithm of the share of items of which it is the case.
    log_shares: Vec<Vec<f64>>,
    /// How often all observers are right, in each case.
    usual: [f64; 2],
    /// By observer. Never published.
    tallies: Vec<Tally>,
}

/// Which of the two chances an answer is about.
fn case(answer: usize) -> usize {
    usize::from(answer > 0)
}

/// What a report adds to the tally of its observer, when so much is the case.
fn counted(report: &Report, probabilities: &[f64]) -> Tally {
    let mut tally = Tally::default();
    for (answer, p) in probabilities.iter().enumerate() {
        let part = report.weight * p;
        let [right, all] = &mut tally[case(answer)];
        *all += part;
        if answer == report.answer {
            *right += part;
        }
    }
    tally
}

impl Fit {
    /// The probabilities of an item's answers.
    pub fn of(&self, item: usize) -> &[f64] {
        &self.posterior[item]
    }

    /// The probabilities of an item of which these are all the reports, each with another weight than its own.
    pub(crate) fn again<'r>(
        &self,
        item: usize,
        reports: impl Iterator<Item = (&'r Report, f64)>,
    ) -> Vec<f64> {
        let mut logs = self.log_shares[self.items[item].question].clone();
        for (report, weight) in reports {
            self.add(&mut logs, report, weight);
        }
        normalize(&mut logs);
        logs
    }

    /// Adds what a report says of its item, by what its observer answered elsewhere.
    fn add(&self, logs: &mut [f64], report: &Report, weight: f64) {
        let own = counted(report, &self.posterior[report.item]);
        let all = &self.tallies[report.observer];
        let chance = |case: usize| {
            let other = |n: usize| (all[case][n] - own[case][n]).max(0.0);
            (STRANGER * self.usual[case] + other(0)) / (STRANGER + other(1))
        };
        let chances = [chance(0), chance(1)];
        let others = count(logs.len().saturating_sub(1).max(1));
        for (truth, log) in logs.iter_mut().enumerate() {
            let right = chances[case(truth)];
            let said = if truth == report.answer { right } else { (1.0 - right) / others };
            *log += weight * libm::log(said);
        }
    }

    /// How far observers are believed and how common answers are, from what is the case.
    fn believe(&mut self, reports: &[Report]) {
        let questions = self.items.iter().map(|item| item.question + 1).max().unwrap_or(0);
        let mut shares = vec![Vec::new(); questions];
        for (item, probabilities) in self.items.iter().zip(&self.posterior) {
            let share = &mut shares[item.question];
            share.resize(item.answers, SUPPOSED);
            share.iter_mut().zip(probabilities).for_each(|(share, p)| *share += p);
        }
        for share in &mut shares {
            to_one(share);
            for part in share {
                *part = libm::log(*part);
            }
        }
        self.log_shares = shares;
        let mut all = [[BELIEVED, STRANGER]; 2];
        self.tallies.fill(Tally::default());
        for report in reports {
            let more = counted(report, &self.posterior[report.item]);
            for tally in [&mut all, &mut self.tallies[report.observer]] {
                let cells = tally.as_flattened_mut().iter_mut().zip(more.as_flattened());
                cells.for_each(|(sum, part)| *sum += part);
            }
        }
        self.usual = all.map(|[right, all]| right / all);
    }

    /// What is the case, from how far observers are believed; the largest move of a probability.
    fn conclude(&mut self, reports: &[Report]) -> f64 {
        let mut all: Vec<Vec<f64>> =
            self.items.iter().map(|item| self.log_shares[item.question].clone()).collect();
        for report in reports {
            self.add(&mut all[report.item], report, report.weight);
        }
        let mut moved = 0.0f64;
        for (now, mut next) in self.posterior.iter_mut().zip(all) {
            normalize(&mut next);
            for (p, next) in now.iter_mut().zip(next) {
                let step = STEP * (next - *p);
                *p += step;
                moved = moved.max(step.abs());
            }
        }
        moved
    }
}

/// Estimates what is the case. Reports come in an order that does not depend on their table's, since sums in floating point do.
/// Every number of a report is below how many there are.
pub fn fit(items: &[Item], observers: usize, reports: &[Report]) -> Fit {
    let mut fit = Fit {
        items: items.to_vec(),
        posterior: items.iter().map(|item| vec![1.0; item.answers]).collect(),
        log_shares: Vec::new(),
        usual: [BELIEVED / STRANGER; 2],
        tallies: vec![Tally::default(); observers],
    };
    // The first guess is how many said so, with one supposed answer of each kind.
    for report in reports {
        fit.posterior[report.item][report.answer] += report.weight;
    }
    fit.posterior.iter_mut().for_each(|item| to_one(item));
    fit.believe(reports);
    for _ in 0..TURNS {
        let moved = fit.conclude(reports);
        fit.believe(reports);
        if moved < TOLERANCE {
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
