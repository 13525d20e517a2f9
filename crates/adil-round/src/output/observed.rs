//! What people see and how they got there, as tables. Of fewer people than the rules ask for only that they are too few is said.

use adil_integrity::observations::journeys::{Summary, Ways};
use adil_integrity::observations::{DECIMALS, Estimate, Known, scheme};

use super::{csv, day};

/// In place of numbers that too few people stand behind.
const TOO_FEW: &str = "too-few";

pub(super) fn estimates(estimates: &[Estimate]) -> Vec<u8> {
    let rows = estimates.iter().map(|estimate| {
        let question = &scheme::questions()[estimate.question];
        let favourable = question.answers.first().map_or("median", String::as_str);
        let known = estimate.known.as_ref();
        let of = |text: &dyn Fn(&Known) -> String| known.map(text).unwrap_or_default();
        [
            estimate.facility.clone(),
            question.id.clone(),
            known.map_or(TOO_FEW, |_| favourable).to_owned(),
            of(&|k| k.value.to_short_decimal(DECIMALS)),
            of(&|k| k.low.to_short_decimal(DECIMALS)),
            of(&|k| k.high.to_short_decimal(DECIMALS)),
            of(&|k| k.observers.to_string()),
            of(&|k| k.bursts.to_string()),
            day(known.map(|k| k.as_of)),
        ]
    });
    csv(
        ["facility_id", "question", "answer", "estimate", "low", "high", "observers", "bursts", "as_of"],
        rows,
    )
}

pub(super) fn journeys(summaries: &[Summary]) -> Vec<u8> {
    let rows = summaries.iter().map(|summary| {
        let ways = summary.known.as_ref();
        let of = |text: &dyn Fn(&Ways) -> String| ways.map(text).unwrap_or_default();
        let minutes = |at: usize| {
            let known = ways.and_then(|w| w.minutes.as_ref()?.get(at));
            known.map(|minutes| minutes.to_short_decimal(DECIMALS)).unwrap_or_default()
        };
        [
            summary.facility.clone(),
            ways.map_or(TOO_FEW, |_| "known").to_owned(),
            of(&|w| w.journeys.to_string()),
            minutes(0),
            minutes(1),
            minutes(2),
            of(&|w| w.steps.to_short_decimal(DECIMALS)),
            of(&|w| w.obstacles.to_short_decimal(DECIMALS)),
            of(&|w| w.commonest.map(|at| scheme::obstacles()[at].id.clone()).unwrap_or_default()),
            day(ways.map(|w| w.as_of)),
        ]
    });
    csv(
        [
            "facility_id",
            "status",
            "journeys",
            "minutes",
            "low",
            "high",
            "steps",
            "obstacles",
            "commonest",
            "as_of",
        ],
        rows,
    )
}
