//! What people see and how they got there, by facility: from the tables to estimates that an expression may name.

use adil_domain::{Date, Rational};
use adil_integrity::observations::journeys::{self, Step, Summary, Ways};
use adil_integrity::observations::{
    Answer, Estimate, Kind, Known, Moment, Observation, Settings, observe, scheme,
};
use adil_policy::ObservationRule;

use crate::folder::{JOURNEYS, OBSERVATIONS};
use crate::inputs::{Inputs, number};
use crate::table::Table;

/// What is known of facilities. Of a table that the round does not have there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observed {
    /// By facility and question.
    pub estimates: Option<Vec<Estimate>>,
    /// By facility.
    pub journeys: Option<Vec<Summary>>,
}

/// A number about ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JourneyQuantity {
    Minutes,
    Steps,
    Obstacles,
}

impl JourneyQuantity {
    /// The quantity of that name.
    pub(crate) fn from_column(column: &str) -> Option<Self> {
        match column {
            "minutes" => Some(Self::Minutes),
            "steps" => Some(Self::Steps),
            "obstacles" => Some(Self::Obstacles),
            _ => None,
        }
    }
}

impl Observed {
    /// What is known of a facility by a question.
    pub fn by_question(&self, facility: &str, question: usize) -> Option<&Known> {
        let estimates = self.estimates.as_ref()?;
        let at = estimates.binary_search_by(|e| (e.facility.as_str(), e.question).cmp(&(facility, question)));
        estimates.get(at.ok()?)?.known.as_ref()
    }

    /// What is known of the ways to a facility.
    pub fn ways(&self, facility: &str) -> Option<&Ways> {
        let journeys = self.journeys.as_ref()?;
        let at = journeys.binary_search_by(|summary| summary.facility.as_str().cmp(facility));
        journeys.get(at.ok()?)?.known.as_ref()
    }

    pub(crate) fn journey(&self, facility: &str, quantity: JourneyQuantity) -> Option<&Rational> {
        let ways = self.ways(facility)?;
        match quantity {
            JourneyQuantity::Minutes => ways.minutes.as_ref().map(|[middle, _, _]| middle),
            JourneyQuantity::Steps => Some(&ways.steps),
            JourneyQuantity::Obstacles => Some(&ways.obstacles),
        }
    }

    /// How many people stand behind a value of that file, and the newest day that counts.
    pub(crate) fn behind(&self, file: &str, column: &str, facility: &str) -> Option<(usize, Date)> {
        match file {
            OBSERVATIONS => {
                let known = self.by_question(facility, scheme::question(column)?)?;
                Some((known.observers, known.as_of))
            }
            JOURNEYS => self.ways(facility).map(|ways| (ways.journeys, ways.as_of)),
            _ => None,
        }
    }
}

/// Estimates by the rule, from the tables of a checked round.
pub(crate) fn compute(inputs: &Inputs, rule: &ObservationRule) -> Observed {
    let settings = Settings {
        min_observers: usize::try_from(rule.min_observers).unwrap_or(usize::MAX),
        burst_minutes: i64::from(rule.burst_minutes),
        as_of: inputs.policy.round.as_of,
        max_age_days: rule.max_age_days,
    };
    Observed {
        estimates: inputs.table(OBSERVATIONS).map(|table| {
            let rows: Vec<Observation<'_>> = observations(table).flatten().collect();
            observe(&rows, &settings)
        }),
        journeys: inputs.table(JOURNEYS).map(|table| {
            let rows: Vec<Step<'_>> = steps(table).flatten().collect();
            journeys::summarize(&rows, &settings)
        }),
    }
}

/// A cell of a table that may lack the column.
fn cells<'t>(table: &'t Table, name: &str) -> impl Fn(usize) -> &'t str {
    let column = table.column(name);
    move |row| column.map_or("", |column| table.cell(row, column))
}

/// Rows of `observations.csv`; `None` where something in a row is not what it should be.
pub(crate) fn observations(table: &Table) -> impl Iterator<Item = Option<Observation<'_>>> {
    let [facility, observer, device, text] =
        ["facility_id", "observer", "device", "text_hash"].map(|name| cells(table, name));
    let [kind, question, answer, at] =
        ["kind", "question", "answer", "observed_at"].map(|name| cells(table, name));
    (0..table.len()).map(move |row| {
        let question = scheme::question(question(row))?;
        Some(Observation {
            facility: facility(row),
            observer: observer(row),
            device: device(row),
            text: text(row),
            kind: Kind::from_word(kind(row))?,
            question,
            answer: self::answer(question, answer(row))?,
            at: Moment::parse(at(row))?,
        })
    })
}

/// An answer to a question: one of its words, or a count.
pub(crate) fn answer(question: usize, word: &str) -> Option<Answer> {
    let rule = scheme::questions().get(question)?;
    if rule.is_count() {
        return number(word).filter(|n| !n.is_negative()).map(Answer::Count);
    }
    rule.answer(word).map(Answer::Choice)
}

/// Rows of `journeys.csv`; `None` where something in a row is not what it should be.
pub(crate) fn steps(table: &Table) -> impl Iterator<Item = Option<Step<'_>>> {
    let [facility, journey, teller, coder] =
        ["facility_id", "journey_id", "teller", "coder"].map(|name| cells(table, name));
    let [step, minutes, obstacle, told_at] =
        ["step", "minutes", "obstacle", "told_at"].map(|name| cells(table, name));
    (0..table.len()).map(move |row| {
        let obstacle = match obstacle(row) {
            "" => None,
            word => Some(scheme::code(scheme::obstacles(), word)?),
        };
        let minutes = match minutes(row) {
            "" => None,
            text => Some(number(text).filter(|n| !n.is_negative())?),
        };
        Some(Step {
            facility: facility(row),
            journey: journey(row),
            teller: teller(row),
            coder: coder(row),
            step: scheme::code(scheme::steps(), step(row))?,
            minutes,
            obstacle,
            told_at: Moment::parse(told_at(row))?.day,
        })
    })
}
