//! From observations to estimates: who counts, what counts once, and how sure it is.

use std::collections::BTreeMap;

use adil_domain::{Date, Rational};

use super::bursts;
use super::counts::{self, Median};
use super::random::Stream;
use super::scheme::{self, Question};
use super::truth::{self, Fit, Item, Report};
use super::{Answer, DECIMALS, Observation, Settings};

/// So many times the witnesses of an estimate are weighed anew for its interval.
const DRAWS: usize = 200;

/// What is known of one facility by one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The facility.
    pub facility: String,
    /// The question, by position in [`scheme::questions`].
    pub question: usize,
    /// The estimate; `None` where fewer than the least number of independent observers saw it.
    pub known: Option<Known>,
}

/// An estimate, fixed to [`DECIMALS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The probability of the question's favourable answer, or the median of a count.
    pub value: Rational,
    /// The lower end of its interval, nine times of ten.
    pub low: Rational,
    /// The upper end.
    pub high: Rational,
    /// Independent observers: people, those of a burst counted as one.
    pub observers: usize,
    /// Answers that were counted together with another one.
    pub bursts: usize,
    /// The newest day that counts.
    pub as_of: Date,
}

/// The answers about one facility by one question that count, in an order of their own.
struct Cell<'o> {
    facility: &'o str,
    question: usize,
    /// One answer for each person, with the person, the earliest first.
    answers: Vec<(&'o Observation<'o>, usize)>,
    /// Positions in `answers` that count once.
    groups: Vec<Vec<usize>>,
    bursts: usize,
}

impl Cell<'_> {
    /// What is known, if enough people saw it.
    fn estimate(&self, settings: &Settings, value: impl FnOnce() -> Option<[Rational; 3]>) -> Estimate {
        let observers = self.groups.len();
        let newest = self.answers.iter().map(|(o, _)| o.at.day).max();
        let known = newest.filter(|_| observers >= settings.min_observers.max(1)).and_then(|as_of| {
            let [value, low, high] = value()?.map(|number| number.fixed(DECIMALS));
            Some(Known { value, low, high, observers, bursts: self.bursts, as_of })
        });
        Estimate { facility: self.facility.to_owned(), question: self.question, known }
    }
}

/// Estimates every facility by every question about which anything counts, by facility and question. The order of the observations
/// does not matter.
pub fn observe(observations: &[Observation<'_>], settings: &Settings) -> Vec<Estimate> {
    let people = bursts::people(observations);
    let mut by_cell: BTreeMap<(usize, &str), Vec<(&Observation<'_>, usize)>> = BTreeMap::new();
    for (observation, person) in observations.iter().zip(people) {
        let Some(person) = person.filter(|_| settings.counts(observation.at.day)) else { continue };
        by_cell.entry((observation.question, observation.facility)).or_default().push((observation, person));
    }
    let mut estimates: Vec<Estimate> = Vec::new();
    let mut chosen: Vec<(&Question, Cell<'_>)> = Vec::new();
    for ((question, facility), answers) in by_cell {
        let Some(rule) = scheme::questions().get(question) else { continue };
        let cell = cell(rule, question, facility, answers, settings);
        if rule.is_count() {
            estimates.push(cell.estimate(settings, || count(&cell)));
        } else {
            chosen.push((rule, cell));
        }
    }
    estimates.extend(choices(&chosen, settings));
    estimates.sort_by(|a, b| (&a.facility, a.question).cmp(&(&b.facility, b.question)));
    estimates
}

/// Of each person the last answer, and which of them count once.
fn cell<'o>(
    rule: &Question,
    question: usize,
    facility: &'o str,
    mut answers: Vec<(&'o Observation<'o>, usize)>,
    settings: &Settings,
) -> Cell<'o> {
    let order = |o: &Observation<'_>| (o.at, o.answer.clone(), o.observer.to_owned(), o.text.to_owned());
    answers.sort_by_cached_key(|(o, person)| (order(o), *person));
    let names: std::collections::BTreeSet<(&str, &str)> = answers
        .iter()
        .map(|(o, _)| (o.observer, if o.observer.is_empty() { o.device } else { "" }))
        .collect();
    let last: BTreeMap<usize, usize> =
        answers.iter().enumerate().map(|(at, (_, person))| (*person, at)).collect();
    let mut last: Vec<usize> = last.into_values().collect();
    last.sort_unstable();
    let answers: Vec<(&Observation<'_>, usize)> = last.into_iter().map(|at| answers[at]).collect();
    let seen: Vec<&Observation<'_>> = answers.iter().map(|(o, _)| *o).collect();
    // Who counts in one hour counts the same children; who says the opposite in one hour is no part of a burst.
    let together = |a: &Observation<'_>, b: &Observation<'_>| rule.is_count() || a.answer == b.answer;
    let groups = bursts::groups(&seen, settings.burst_minutes, together);
    let bursts = names.len().saturating_sub(groups.len());
    Cell { facility, question, answers, groups, bursts }
}

/// The median over what was counted independently; a burst is the median within it.
fn count(cell: &Cell<'_>) -> Option<[Rational; 3]> {
    let number = |at: &usize| match &cell.answers[*at].0.answer {
        Answer::Count(number) => Some(number.clone()),
        Answer::Choice(_) => None,
    };
    let groups = cell.groups.iter();
    let middles = groups.filter_map(|group| counts::median(group.iter().filter_map(number).collect()));
    let Median { middle, low, high } = counts::median(middles.map(|m| m.middle).collect())?;
    Some([middle, low, high])
}

/// All questions and facilities at once, since observers are learned from all that they answered.
fn choices(cells: &[(&Question, Cell<'_>)], settings: &Settings) -> Vec<Estimate> {
    let people = cells.iter().flat_map(|(_, cell)| &cell.answers);
    let mut numbers: BTreeMap<usize, usize> = people.map(|(_, person)| (*person, 0)).collect();
    numbers.values_mut().enumerate().for_each(|(at, number)| *number = at);
    let items: Vec<Item> = cells
        .iter()
        .map(|(rule, cell)| Item { question: cell.question, answers: rule.answers.len() })
        .collect();
    // By cell, group by group.
    let mut reports: Vec<Report> = Vec::new();
    let mut bounds: Vec<Vec<std::ops::Range<usize>>> = Vec::with_capacity(cells.len());
    for (item, (rule, cell)) in cells.iter().enumerate() {
        let mut groups = Vec::with_capacity(cell.groups.len());
        for group in &cell.groups {
            let from = reports.len();
            let weight = 1.0 / truth::count(group.len());
            for (observation, person) in group.iter().map(|at| cell.answers[*at]) {
                if let Answer::Choice(answer) = observation.answer
                    && answer < rule.answers.len()
                {
                    reports.push(Report { item, observer: numbers[&person], answer, weight });
                }
            }
            groups.push(from..reports.len());
        }
        bounds.push(groups);
    }
    let fit = truth::fit(&items, numbers.len(), &reports);
    let estimate = |(item, (rule, cell)): (usize, &(&Question, Cell<'_>))| {
        cell.estimate(settings, || {
            // The first answer is the favourable one.
            let value = *fit.of(item).first()?;
            let stream = Stream::of(&["observed", &rule.id, cell.facility]);
            let (low, high) = interval(stream, item, &fit, &reports, &bounds[item]);
            [value, low.min(value), high.max(value)]
                .map(published)
                .into_iter()
                .collect::<Option<Vec<_>>>()?
                .try_into()
                .ok()
        })
    };
    cells.iter().enumerate().map(estimate).collect()
}

/// The 5th and the 95th percentile of the probability when each independent witness is weighed anew by an exponential draw: the
/// weighted likelihood bootstrap of Newton and Raftery (1994), its weights not scaled to their sum, so that it also varies how
/// many witnesses there are. The stream is that of the question and the facility, so that nobody can choose it.
fn interval(
    mut stream: Stream,
    item: usize,
    fit: &Fit,
    reports: &[Report],
    groups: &[std::ops::Range<usize>],
) -> (f64, f64) {
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let weighed = groups.iter().flat_map(|group| {
                let draw = stream.exponential();
                reports[group.clone()].iter().map(move |report| (report, report.weight * draw))
            });
            fit.again(item, weighed).first().copied().unwrap_or(0.0)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    (draws[DRAWS / 20], draws[DRAWS - 1 - DRAWS / 20])
}

/// A probability as it is published.
fn published(p: f64) -> Option<Rational> {
    Rational::from_f64(p)
}
