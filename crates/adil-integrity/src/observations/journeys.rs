//! The way from "I want to join" to the first training, as people tell it.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Date, Rational};

use super::agreement;
use super::counts::{self, Median};
use super::scheme;
use super::{DECIMALS, Settings};

/// One step of a journey, as one coder wrote it down.
#[derive(Debug, Clone)]
pub struct Step<'s> {
    /// The facility.
    pub facility: &'s str,
    /// The journey.
    pub journey: &'s str,
    /// Keyed hash of who told it.
    pub teller: &'s str,
    /// Who coded it, where several did.
    pub coder: &'s str,
    /// The step, by position in [`scheme::steps`].
    pub step: usize,
    /// How long it took.
    pub minutes: Option<Rational>,
    /// What stood in the way, by position in [`scheme::obstacles`].
    pub obstacle: Option<usize>,
    /// When it was told.
    pub told_at: Date,
}

/// What is known of the ways to one facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The facility.
    pub facility: String,
    /// What is known; `None` where fewer than the least number of people told of it.
    pub known: Option<Ways>,
}

/// Numbers fixed to [`DECIMALS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// People who told of their way, one journey each.
    pub journeys: usize,
    /// Minutes from wanting to the first training, their median and its interval; `None` where too few arrived, or said how long
    /// it took.
    pub minutes: Option<[Rational; 3]>,
    /// Steps of a journey, their median.
    pub steps: Rational,
    /// Obstacles of a journey, their mean.
    pub obstacles: Rational,
    /// The obstacle that most people met, where enough met one and the same.
    pub commonest: Option<usize>,
    /// The newest day on which one was told.
    pub as_of: Date,
}

/// One journey, the coders' versions of it averaged.
struct Journey {
    told_at: Date,
    /// From first to last, when it arrived and every step says how long it took.
    minutes: Option<Rational>,
    steps: Rational,
    obstacles: Rational,
    met: BTreeSet<usize>,
}

/// Sums up the journeys to each facility, in byte order of the facilities.
pub fn summarize(steps: &[Step<'_>], settings: &Settings) -> Vec<Summary> {
    let mut told: BTreeMap<&str, BTreeMap<(&str, &str), Vec<&Step<'_>>>> = BTreeMap::new();
    for step in steps.iter().filter(|step| settings.counts(step.told_at)) {
        // A teller without a journey tells of one; a journey without a teller is somebody's own.
        let (teller, journey) = (step.teller, step.journey);
        let key = match (teller, journey) {
            ("", "") => continue,
            ("", journey) => (journey, journey),
            (teller, journey) => (teller, journey),
        };
        told.entry(step.facility).or_default().entry(key).or_default().push(step);
    }
    told.into_iter()
        .map(|(facility, journeys)| Summary {
            facility: facility.to_owned(),
            known: ways(journeys, settings.min_observers.max(1)),
        })
        .collect()
}

fn ways(journeys: BTreeMap<(&str, &str), Vec<&Step<'_>>>, least: usize) -> Option<Ways> {
    // Whoever tells of many ways counts once, by the last.
    let mut last: BTreeMap<&str, Journey> = BTreeMap::new();
    for ((teller, _), steps) in journeys {
        let Some(journey) = journey(&steps) else { continue };
        if last.get(teller).is_none_or(|before| before.told_at <= journey.told_at) {
            last.insert(teller, journey);
        }
    }
    if last.len() < least {
        return None;
    }
    let middle = |numbers: Vec<Rational>| counts::median(numbers).map(|m| m.middle.fixed(DECIMALS));
    let minutes: Vec<Rational> = last.values().filter_map(|j| j.minutes.clone()).collect();
    let minutes = Some(minutes).filter(|m| m.len() >= least).and_then(counts::median);
    let obstacles: Rational = last.values().map(|j| j.obstacles.clone()).sum();
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    last.values().flat_map(|j| &j.met).for_each(|obstacle| *met.entry(*obstacle).or_default() += 1);
    let commonest = met.into_iter().max_by_key(|(obstacle, times)| (*times, std::cmp::Reverse(*obstacle)));
    Some(Ways {
        journeys: last.len(),
        minutes: minutes.map(|Median { middle, low, high }| [middle, low, high].map(|m| m.fixed(DECIMALS))),
        steps: middle(last.values().map(|j| j.steps.clone()).collect())?,
        obstacles: obstacles.checked_div(&Rational::from(last.len() as u64))?.fixed(DECIMALS),
        commonest: commonest.filter(|(_, times)| *times >= least).map(|(obstacle, _)| obstacle),
        as_of: last.values().map(|j| j.told_at).max()?,
    })
}

fn journey(steps: &[&Step<'_>]) -> Option<Journey> {
    let coders: BTreeSet<&str> = steps.iter().map(|s| s.coder).collect();
    let share = |whole: Rational| whole.checked_div(&Rational::from(coders.len() as u64));
    let many = |n: usize| share(Rational::from(n as u64));
    let arrived = steps.iter().any(|s| s.step == scheme::arrival());
    let minutes: Option<Vec<Rational>> = steps.iter().map(|s| s.minutes.clone()).collect();
    Some(Journey {
        told_at: steps.iter().map(|s| s.told_at).max()?,
        minutes: minutes.filter(|_| arrived).and_then(|m| share(m.into_iter().sum())),
        steps: many(steps.len())?,
        obstacles: many(steps.iter().filter(|s| s.obstacle.is_some()).count())?,
        met: steps.iter().filter_map(|s| s.obstacle).collect(),
    })
}

/// How far those who coded the same journeys agree on what stood in the way ([`agreement::alpha`]); `None` where nothing was
/// coded twice. A unit is a step of a journey; of several steps of one kind the first of one coder is that of the other.
pub fn coders_agree(steps: &[Step<'_>]) -> Option<Rational> {
    let coded = steps.iter().filter(|s| !s.coder.is_empty());
    let mut by_coder: BTreeMap<_, Vec<Option<usize>>> = BTreeMap::new();
    for step in coded.filter(|s| !s.journey.is_empty() || !s.teller.is_empty()) {
        let of = (step.facility, step.teller, step.journey, step.step);
        by_coder.entry((of, step.coder)).or_default().push(step.obstacle);
    }
    let mut units: BTreeMap<_, Vec<Option<usize>>> = BTreeMap::new();
    for ((of, _), obstacles) in by_coder {
        for (nth, obstacle) in obstacles.into_iter().enumerate() {
            units.entry((of, nth)).or_default().push(obstacle);
        }
    }
    agreement::alpha(&units.into_values().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            min_observers: 3,
            burst_minutes: 60,
            as_of: Date::constant(2026, 6, 30),
            max_age_days: None,
        }
    }

    fn step<'s>(
        teller: &'s str,
        journey: &'s str,
        step: &str,
        minutes: Option<i64>,
        obstacle: &str,
    ) -> Step<'s> {
        Step {
            facility: "F",
            journey,
            teller,
            coder: "",
            step: scheme::code(scheme::steps(), step).unwrap(),
            minutes: minutes.map(Rational::from),
            obstacle: scheme::code(scheme::obstacles(), obstacle),
            told_at: Date::constant(2026, 5, 1),
        }
    }

    fn way<'s>(teller: &'s str, minutes: [i64; 2], obstacle: &str) -> [Step<'s>; 2] {
        [
            step(teller, "", "queue", Some(minutes[0]), obstacle),
            step(teller, "", "first_training", Some(minutes[1]), ""),
        ]
    }

    #[test]
    fn a_way_is_as_long_as_its_steps_and_everybody_counts_once() {
        let mut steps: Vec<Step<'_>> =
            [way("a", [100, 10], "queue"), way("b", [300, 10], "queue"), way("c", [500, 90], "queue")]
                .concat();
        // Told, but not arrived: its steps and obstacles count, its minutes do not.
        steps.push(step("d", "", "queue", Some(9_000), "refused"));
        // The same teller again, earlier; and nobody at all.
        steps.push(Step { told_at: Date::constant(2026, 4, 1), ..step("a", "x", "queue", Some(1), "cost") });
        steps.push(step("", "", "queue", Some(1), "cost"));
        let found = summarize(&steps, &settings());
        let ways = found[0].known.as_ref().unwrap();
        let minutes = ways.minutes.as_ref().unwrap().each_ref().map(|m| m.to_short_decimal(6));
        assert_eq!((ways.journeys, minutes), (4, ["310".into(), "110".into(), "590".into()]));
        assert_eq!(
            (ways.steps.to_short_decimal(6), ways.obstacles.to_short_decimal(6)),
            ("2".into(), "1".into())
        );
        assert_eq!(ways.commonest.map(|o| scheme::obstacles()[o].id.as_str()), Some("queue"));
    }

    #[test]
    fn a_few_people_are_no_numbers() {
        let two = [way("a", [100, 10], "queue"), way("b", [300, 10], "queue")].concat();
        assert_eq!(summarize(&two, &settings())[0].known, None);
        // Three told, one of them without saying how long: no minutes, and no obstacle that only two met.
        let mut three = two;
        three.extend([step("c", "", "queue", None, "cost"), step("c", "", "first_training", Some(5), "")]);
        let found = summarize(&three, &settings());
        let ways = found[0].known.as_ref().unwrap();
        assert_eq!((ways.journeys, &ways.minutes, ways.commonest), (3, &None, None));
        assert_eq!(ways.obstacles, Rational::one());
    }

    #[test]
    fn two_coders_of_one_way_are_one_way() {
        let coded = |coder, obstacle| Step { coder, ..step("a", "", "queue", Some(60), obstacle) };
        let arrived = |coder| Step { coder, ..step("a", "", "first_training", Some(30), "") };
        let steps = [coded("x", "queue"), arrived("x"), coded("y", ""), arrived("y")];
        let one = Settings { min_observers: 1, ..settings() };
        let found = summarize(&steps, &one);
        let ways = found[0].known.as_ref().unwrap();
        assert_eq!(ways.minutes.as_ref().map(|m| m[0].to_short_decimal(1)), Some("90".into()));
        assert_eq!(
            (ways.steps.to_short_decimal(1), ways.obstacles.to_short_decimal(1)),
            ("2".into(), "0.5".into())
        );
        // Four codes, three of them nothing: observed (2 + 0) ÷ 4, expected 6 ÷ 12.
        assert_eq!(coders_agree(&steps), Some(Rational::zero()));
        assert_eq!(coders_agree(&steps[..2]), None);
    }
}
