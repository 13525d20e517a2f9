//! Observers who are right, careless or bought, on facilities of which the truth is known.

use adil_domain::{Date, Rational};
use proptest::prelude::*;

use super::random::Stream;
use super::truth::{self, Item, Report};
use super::{Answer, Estimate, Kind, Moment, Observation, Settings, observe, scheme};

const YES: Answer = Answer::Choice(0);
const NO: Answer = Answer::Choice(1);

fn settings() -> Settings {
    Settings {
        min_observers: 3,
        burst_minutes: 60,
        as_of: Date::constant(2026, 6, 30),
        max_age_days: Some(90),
    }
}

/// An answer with its own texts, so that a test can lend them out.
#[derive(Debug, Clone)]
struct Said {
    facility: String,
    observer: String,
    device: String,
    text: String,
    kind: Kind,
    question: &'static str,
    answer: Answer,
    at: String,
}

/// Whoever says it is on a device of their own, on the given day at the given hour.
fn said(facility: &str, observer: &str, answer: Answer, day: usize, hour: usize) -> Said {
    Said {
        facility: facility.into(),
        observer: observer.into(),
        device: format!("device of {observer}"),
        text: String::new(),
        kind: Kind::Citizen,
        question: "open_as_stated",
        answer,
        at: format!("2026-06-{:02}T{hour:02}:15", day % 28 + 1),
    }
}

fn estimates(said: &[Said], settings: &Settings) -> Vec<Estimate> {
    let observations: Vec<Observation<'_>> = said
        .iter()
        .map(|s| Observation {
            facility: &s.facility,
            observer: &s.observer,
            device: &s.device,
            text: &s.text,
            kind: s.kind,
            question: scheme::question(s.question).unwrap(),
            answer: s.answer.clone(),
            at: Moment::parse(&s.at).unwrap(),
        })
        .collect();
    observe(&observations, settings)
}

fn of<'e>(estimates: &'e [Estimate], facility: &str) -> &'e super::Known {
    estimates.iter().find(|e| e.facility == facility).unwrap().known.as_ref().unwrap()
}

/// Ten honest people on ten days.
fn honest() -> Vec<Said> {
    (0..10).map(|n| said("F", &format!("honest {n}"), NO, n, 18)).collect()
}

#[derive(Debug, Clone, Copy)]
enum Together {
    Device,
    Hour,
    Text,
    Mixed,
}

/// Thirty who say the opposite, and have one thing or another in common.
fn bought(how: Together, seed: &str) -> Vec<Said> {
    let mut stream = Stream::of(&["bought", seed]);
    let mut draw = |many: f64| (0..60).find(|n| truth::count(n + 1) > stream.unit() * many).unwrap_or(0);
    (0..30)
        .map(|n| {
            let mut said = said("F", &format!("bought {n}"), YES, draw(28.0), 6 + draw(14.0));
            let how = match how {
                Together::Mixed => [Together::Device, Together::Hour, Together::Text][n % 3],
                how => how,
            };
            match how {
                Together::Device => said.device = "one device".into(),
                Together::Text => said.text = "Great place, always open!".into(),
                _ => said.at = format!("2026-06-20T12:{:02}", draw(59.0)),
            }
            said
        })
        .collect()
}

#[test]
fn thirty_who_speak_with_one_voice_do_not_outvote_ten() {
    for how in [Together::Device, Together::Hour, Together::Text, Together::Mixed] {
        for seed in 0..20 {
            let mut all = honest();
            let alone = of(&estimates(&all, &settings()), "F").value.to_f64();
            all.extend(bought(how, &seed.to_string()));
            let found = estimates(&all, &settings());
            let known = of(&found, "F");
            assert!(known.value.to_f64() < 0.05 && alone < 0.05, "{how:?} {seed}: {known:?}");
            assert!(known.high < Rational::from_scaled(5, 1), "{how:?} {seed}: {known:?}");
            assert!(known.bursts >= 27 && known.observers <= 13, "{how:?} {seed}: {known:?}");
        }
    }
}

/// What is not claimed: thirty with nothing in common are thirty.
#[test]
fn thirty_strangers_are_believed() {
    let mut all = honest();
    all.extend((0..30).map(|n| said("F", &format!("stranger {n}"), YES, n, 6 + n / 28 * 3)));
    assert!(of(&estimates(&all, &settings()), "F").value.to_f64() > 0.95);
}

#[test]
fn an_office_device_ties_nobody_together() {
    let all: Vec<Said> = (0..5)
        .map(|n| {
            let said = said("F", &format!("asked {n}"), YES, 3, 12);
            Said { kind: Kind::Interview, device: "the office's".into(), ..said }
        })
        .collect();
    let found = estimates(&all, &settings());
    assert_eq!((of(&found, "F").observers, of(&found, "F").bursts), (5, 0));
    let citizens: Vec<Said> = all.into_iter().map(|s| Said { kind: Kind::Citizen, ..s }).collect();
    assert_eq!(estimates(&citizens, &settings())[0].known, None, "one device is one person");
}

#[test]
fn few_observers_are_no_estimate_and_one_is_never_believed_in_full() {
    let two: Vec<Said> = (0..2).map(|n| said("F", &format!("o{n}"), YES, n, 12)).collect();
    assert_eq!(estimates(&two, &settings())[0].known, None);
    let one = Settings { min_observers: 1, ..settings() };
    let known = estimates(&two[..1], &one)[0].known.clone().unwrap();
    assert!((0.7..0.95).contains(&known.value.to_f64()), "{known:?}");
    assert!(known.low < known.value && known.value < known.high, "{known:?}");
    let wide = known.high.to_f64() - known.low.to_f64();
    let ten: Vec<Said> = (0..10).map(|n| said("F", &format!("o{n}"), YES, n, 12)).collect();
    let known = estimates(&ten, &one)[0].known.clone().unwrap();
    assert!(known.high.to_f64() - known.low.to_f64() < wide / 4.0, "{known:?}");
}

#[test]
fn only_the_days_of_the_rules_count_and_of_each_person_the_last_answer() {
    let mut all = honest();
    // The same people, later and otherwise.
    all.extend((0..10).map(|n| said("F", &format!("honest {n}"), YES, n + 12, 18)));
    let now = estimates(&all, &settings());
    assert!(of(&now, "F").value.to_f64() > 0.95);
    assert_eq!((of(&now, "F").observers, of(&now, "F").as_of), (10, Date::constant(2026, 6, 22)));
    let then = Settings { as_of: Date::constant(2026, 6, 12), ..settings() };
    assert!(of(&estimates(&all, &then), "F").value.to_f64() < 0.05, "what comes later is not known yet");
    let young = Settings { as_of: Date::constant(2026, 12, 31), max_age_days: Some(30), ..settings() };
    assert!(estimates(&all, &young).is_empty(), "what is too old is not known any more");
}

#[test]
fn children_are_counted_by_a_median_and_an_hour_is_one_count() {
    let count = |observer: &str, number: i64, day: usize| Said {
        question: "children_counted",
        ..said("F", observer, Answer::Count(Rational::from(number)), day, 17)
    };
    let mut all =
        vec![count("a", 11, 1), count("b", 12, 2), count("c", 14, 3), count("d", 12, 4), count("e", 13, 5)];
    all.extend((0..30).map(|n| count(&format!("bought {n}"), 40, 9)));
    let found = estimates(&all, &settings());
    let known = of(&found, "F");
    assert_eq!(known.value.to_short_decimal(6), "12.5");
    assert_eq!((known.low.to_short_decimal(6), known.high.to_short_decimal(6)), ("11".into(), "40".into()));
    assert_eq!((known.observers, known.bursts), (6, 29));
}

/// Facilities of which the truth is known, careful and careless observers.
struct World {
    truth: Vec<usize>,
    reports: Vec<Report>,
    items: Vec<Item>,
    observers: usize,
}

fn world(seed: u64) -> World {
    const ITEMS: usize = 120;
    const OBSERVERS: usize = 24;
    let mut stream = Stream::of(&["world", &seed.to_string()]);
    let truth: Vec<usize> = (0..ITEMS).map(|_| usize::from(stream.unit() < 0.4)).collect();
    let mut reports = Vec::new();
    for (item, right) in truth.iter().enumerate() {
        for observer in (0..OBSERVERS).filter(|o| (o + item) % 4 == 0 || (o * 7 + item) % 11 == 0) {
            // Two thirds answer without looking; the others are wrong once in ten times.
            let chance = if observer % 3 == 0 { 0.9 } else { 0.55 };
            let answer = if stream.unit() < chance { *right } else { 1 - right };
            reports.push(Report { item, observer, answer, weight: 1.0 });
        }
    }
    World { truth, reports, items: vec![Item { question: 0, answers: 2 }; ITEMS], observers: OBSERVERS }
}

fn right(world: &World, answer: impl Fn(usize) -> usize) -> usize {
    world.truth.iter().enumerate().filter(|(item, truth)| answer(*item) == **truth).count()
}

#[test]
fn the_careless_weigh_less_than_in_a_vote() {
    let (mut ours, mut votes, mut better) = (0, 0, 0);
    for seed in 0..20 {
        let world = world(seed);
        let fit = truth::fit(&world.items, world.observers, &world.reports);
        let believed = right(&world, |item| usize::from(fit.of(item)[1] > 0.5));
        let voted = right(&world, |item| {
            let sign = |r: &Report| if r.answer == 1 { 1 } else { -1 };
            let sum: i32 = world.reports.iter().filter(|r| r.item == item).map(sign).sum();
            usize::from(sum > 0)
        });
        ours += believed;
        votes += voted;
        better += usize::from(believed >= voted);
    }
    assert!(better >= 18, "no worse than a vote in {better} of 20 worlds");
    assert!(ours > votes + 100, "right of 2400: {ours}, by a vote {votes}");
}

fn to_one(row: &mut [f64]) {
    let sum: f64 = row.iter().sum();
    for part in row {
        *part /= sum;
    }
}

/// The equations one by one: products instead of logarithms, nested loops, nothing shared.
fn naive(items: &[Item], reports: &[Report], turns: usize) -> Vec<Vec<f64>> {
    let mut t: Vec<Vec<f64>> = items.iter().map(|item| vec![1.0; item.answers]).collect();
    for r in reports {
        t[r.item][r.answer] += r.weight;
    }
    for row in &mut t {
        to_one(row);
    }
    for _ in 0..turns {
        let favourable = |k: usize| k == 0;
        // Answers of those reports that are right, or all, where the favourable answer is the case, or is not.
        let sum = |chosen: &dyn Fn(&Report) -> bool, right: bool, case: bool| {
            let mut sum = 0.0;
            for r in reports.iter().filter(|r| chosen(r)) {
                for k in (0..items[r.item].answers).filter(|k| favourable(*k) == case) {
                    sum += if !right || r.answer == k { r.weight * t[r.item][k] } else { 0.0 };
                }
            }
            sum
        };
        let mut next: Vec<Vec<f64>> = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let alike: Vec<usize> =
                (0..items.len()).filter(|o| items[*o].question == item.question).collect();
            let mut row: Vec<f64> = (0..item.answers)
                .map(|k| {
                    let so: f64 = alike.iter().map(|o| t[*o][k]).sum();
                    (so + 1.0) / truth::count(alike.len() + item.answers)
                })
                .collect();
            for r in reports.iter().filter(|r| r.item == i) {
                for (k, p) in row.iter_mut().enumerate() {
                    let everybody = |right| sum(&|_| true, right, favourable(k));
                    let elsewhere = |right| {
                        sum(&|o: &Report| o.observer == r.observer && o.item != i, right, favourable(k))
                    };
                    let usual = (everybody(true) + 4.0) / (everybody(false) + 5.0);
                    let chance = (5.0 * usual + elsewhere(true)) / (5.0 + elsewhere(false));
                    let wrong = (1.0 - chance) / truth::count(item.answers - 1);
                    *p *= f64::powf(if r.answer == k { chance } else { wrong }, r.weight);
                }
            }
            to_one(&mut row);
            next.push(row.iter().zip(&t[i]).map(|(new, old)| (new + old) / 2.0).collect());
        }
        t = next;
    }
    t
}

#[test]
fn the_estimate_is_that_of_the_equations_one_by_one() {
    let mut world = world(3);
    let kept = 12;
    world.reports.retain(|report| report.item < kept);
    world.items.truncate(kept);
    // Two questions, one of them with three answers.
    for (at, item) in world.items.iter_mut().enumerate().filter(|(at, _)| at % 3 == 0) {
        *item = Item { question: 1, answers: 3 };
        for (n, report) in world.reports.iter_mut().filter(|r| r.item == at).enumerate() {
            report.answer = (report.answer + usize::from(n % 3 == 0)) % 3;
        }
    }
    for (n, report) in world.reports.iter_mut().enumerate() {
        report.weight = if n % 5 == 0 { 0.5 } else { 1.0 };
    }
    let fit = truth::fit(&world.items, world.observers, &world.reports);
    for (item, row) in naive(&world.items, &world.reports, 300).iter().enumerate() {
        for (ours, theirs) in fit.of(item).iter().zip(row) {
            assert!((ours - theirs).abs() < 1e-6, "{item}: {ours} {theirs}");
        }
    }
}

/// One observer, one facility, one turn by hand: with one supposed answer each a yes is believed for ⅔; then ρ = (⅔ + 1) ÷ 3 = 5/9,
/// observers are right of (4 + ⅔) ÷ (5 + ⅔) = 14/17 where it is so and of 4 ÷ (5 + ⅓) = 3/4 where it is not, and of this one nothing
/// else is known; so 5/9 × 14/17 against 4/9 × 1/4, which is 70/87, and half the way there from ⅔.
#[test]
fn one_turn_by_hand() {
    let item = [Item { question: 0, answers: 2 }];
    let report = [Report { item: 0, observer: 0, answer: 0, weight: 1.0 }];
    assert!((naive(&item, &report, 1)[0][0] - f64::midpoint(2.0 / 3.0, 70.0 / 87.0)).abs() < 1e-12);
}

/// Most facilities are open. Three people of whom nothing else is known found this one closed, each on a day of their own.
#[test]
fn three_strangers_who_agree_are_not_outvoted_by_what_is_usual() {
    let mut all: Vec<Said> = (0..3).map(|n| said("closed", &format!("stranger {n}"), NO, n, 12)).collect();
    for facility in 0..30 {
        let who = |n: usize| format!("other {}", (facility * 3 + n) % 40);
        all.extend((0..3).map(|n| said(&format!("open {facility}"), &who(n), YES, n, 12)));
    }
    let found = estimates(&all, &settings());
    assert!(of(&found, "closed").value < Rational::from_scaled(2, 1), "{:?}", of(&found, "closed"));
    assert!(of(&found, "open 7").value > Rational::from_scaled(9, 1));
}

/// Who says yes wherever they are tells nothing, however often they are right because most places are open.
#[test]
fn who_always_says_yes_does_not_outweigh_who_looks() {
    let mut all = Vec::new();
    for facility in 0..40 {
        let so = if facility % 4 == 0 { NO } else { YES };
        let place = format!("F{facility:02}");
        for n in 0..3 {
            all.push(said(&place, &format!("looks {}", (facility + n) % 8), so.clone(), n, 9));
            all.push(said(&place, &format!("nods {}", (facility * 5 + n) % 9), YES, n + 4, 15));
        }
        all.push(said(&place, &format!("nods {}", 10 + facility % 3), YES, 9, 20));
    }
    let found = estimates(&all, &settings());
    for facility in 0..40 {
        let known = of(&found, &format!("F{facility:02}"));
        let half = Rational::from_scaled(5, 1);
        assert_eq!(known.value < half, facility % 4 == 0, "{facility}: {known:?}");
    }
}

proptest! {
    /// The order of rows and the names of people are nobody's business.
    #[test]
    fn the_order_of_rows_does_not_matter(seed in 0u64..1000, from in 0usize..40) {
        let mut all = honest();
        all.extend(bought(Together::Mixed, &seed.to_string()));
        let found = estimates(&all, &settings());
        all.rotate_left(from);
        all.reverse();
        prop_assert_eq!(estimates(&all, &settings()), found);
    }

    /// An interval holds its estimate, and both are probabilities.
    #[test]
    fn an_interval_holds_its_estimate(answers in prop::collection::vec((0usize..4, 0usize..12, 0usize..2, 0usize..28), 1..60)) {
        let all: Vec<Said> = answers
            .iter()
            .map(|(f, o, a, d)| said(&format!("F{f}"), &format!("o{o}"), Answer::Choice(*a), *d, 12))
            .collect();
        for estimate in estimates(&all, &settings()) {
            let Some(known) = estimate.known else { continue };
            prop_assert!(!known.low.is_negative() && known.low <= known.value && known.value <= known.high);
            prop_assert!(known.high <= Rational::one());
            prop_assert!(known.observers >= 3);
        }
    }
}
