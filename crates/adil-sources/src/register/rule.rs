//! The published rule that says whether two records are one place: points for what agrees, against for what does not.

use std::fmt::Write as _;

use adil_geography::great_circle;

use super::record::{Address, Record};
use crate::taxonomy::{self, Fit};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// How far the two points are from each other.
    Distance,
    /// How alike the names are.
    Name,
    /// Numbers within the names, such as that of a school.
    Numbers,
    /// Kinds of facilities.
    Type,
    /// Who runs it: the identifier, not a name.
    Operator,
    /// Street and house.
    Address,
    /// Whether either list has another one nearby that it could be.
    Alone,
}

impl Feature {
    /// The word in `review.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Name => "name",
            Self::Numbers => "numbers",
            Self::Type => "type",
            Self::Operator => "operator",
            Self::Address => "address",
            Self::Alone => "alone",
        }
    }
}

/// One reason for or against, with its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchReason {
    /// What was compared.
    pub feature: Feature,
    /// What the one record says.
    pub left: String,
    /// What the other says.
    pub right: String,
    /// Its points; below zero against.
    pub points: i32,
}

/// What the points of a pair say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// One place.
    Same,
    /// A person must look.
    Unsure,
    /// Two places.
    Different,
}

/// From so many points on two records are the same.
pub const SAME: i32 = 70;
/// Below so many points they are not.
pub const UNSURE: i32 = 50;
/// A second-best partner with fewer points less than this makes the best one unsure.
pub const MARGIN: i32 = 10;
/// Farther apart than this, in metres, two records are not compared.
pub const REACH_M: f64 = 500.0;
/// Within this, in metres, another one that it could be makes a pair less sure.
pub const ALONE_M: f64 = 250.0;

/// Up to so many metres, so many points.
const DISTANCE: [(f64, i32); 4] = [(30.0, 35), (100.0, 28), (250.0, 15), (REACH_M, 0)];
/// Names at least so alike, so many points; below the last, [`OTHER_NAME`].
const NAME: [(f64, i32); 4] = [(0.95, 40), (0.8, 30), (0.6, 15), (0.4, 0)];
const OTHER_NAME: i32 = -30;
const OTHER_NUMBERS: i32 = -50;
const SAME_TYPE: i32 = 20;
const NEAR_TYPE: i32 = -10;
const OPEN_TYPE: i32 = -10;
const OTHER_TYPE: i32 = -60;
const SAME_OPERATOR: i32 = 20;
const OTHER_OPERATOR: i32 = -10;
const SAME_ADDRESS: i32 = 15;
const OTHER_HOUSE: i32 = -15;
const ALONE: i32 = 15;

/// The points for what `outcome` needs.
pub const fn outcome(points: i32) -> Outcome {
    if points >= SAME {
        Outcome::Same
    } else if points >= UNSURE {
        Outcome::Unsure
    } else {
        Outcome::Different
    }
}

/// The rule as a table in Markdown.
pub fn table() -> String {
    let mut table = "| what | when | points |\n| --- | --- | ---: |\n".to_owned();
    let mut line = |what: Feature, when: &str, points: i32| {
        let _ = writeln!(table, "| {} | {when} | {points:+} |", what.as_str());
    };
    for (metres, points) in DISTANCE {
        line(Feature::Distance, &format!("up to {metres} m"), points);
    }
    for (least, points) in NAME {
        line(Feature::Name, &format!("alike to {least} or more"), points);
    }
    line(Feature::Name, "less alike", OTHER_NAME);
    line(Feature::Numbers, "both names hold numbers, and different ones", OTHER_NUMBERS);
    line(Feature::Type, "the same kind", SAME_TYPE);
    line(Feature::Type, "kinds that two lists may give one place", NEAR_TYPE);
    line(Feature::Type, "at least one kind not known", OPEN_TYPE);
    line(Feature::Type, "kinds of two places", OTHER_TYPE);
    line(Feature::Operator, "the same identifier", SAME_OPERATOR);
    line(Feature::Operator, "another", OTHER_OPERATOR);
    line(Feature::Address, "the same street and house", SAME_ADDRESS);
    line(Feature::Address, "the same street, another house", OTHER_HOUSE);
    line(
        Feature::Alone,
        &format!("within {ALONE_M} m, and neither list has another there that it could be"),
        ALONE,
    );
    table
}

/// A pair of records with its points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// Positions in the list of all records; the first is of the earlier list.
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) metres: Option<f64>,
    pub(super) fit: Fit,
    pub(super) reasons: Vec<MatchReason>,
}

impl Pair {
    pub(super) fn points(&self) -> i32 {
        self.reasons.iter().map(|r| r.points).sum()
    }
}

/// Compares two records in everything but [`Feature::Alone`], which needs their surroundings.
pub(super) fn compare(records: &[Record<'_>], left: usize, right: usize) -> Pair {
    let (a, b) = (&records[left], &records[right]);
    let mut reasons = Vec::new();
    let mut say = |feature, left: &str, right: &str, points| {
        reasons.push(MatchReason { feature, left: left.to_owned(), right: right.to_owned(), points });
    };
    let metres = a.position.zip(b.position).map(|(p, q)| great_circle(p, q));
    if let Some(metres) = metres {
        let points = DISTANCE.iter().find(|(to, _)| metres <= *to).map_or(0, |(_, points)| *points);
        say(Feature::Distance, "", &format!("{metres:.0} m"), points);
    }
    if let Some((similarity, x, y)) = nearest_names(a, b) {
        let points =
            NAME.iter().find(|(least, _)| similarity >= *least).map_or(OTHER_NAME, |(_, points)| *points);
        say(Feature::Name, a.names[x].text(), &format!("{} ({similarity:.2})", b.names[y].text()), points);
        let (m, n) = (a.names[x].numbers(), b.names[y].numbers());
        if !m.is_empty() && !n.is_empty() && m != n {
            let join =
                |s: &std::collections::BTreeSet<String>| s.iter().cloned().collect::<Vec<_>>().join(" ");
            say(Feature::Numbers, &join(m), &join(n), OTHER_NUMBERS);
        }
    }
    let fit = taxonomy::fit(a.kind, b.kind);
    let points = match fit {
        Fit::Same => SAME_TYPE,
        Fit::Near => NEAR_TYPE,
        Fit::Open => OPEN_TYPE,
        Fit::Different => OTHER_TYPE,
    };
    say(Feature::Type, a.kind, b.kind, points);
    if let (Some(x), Some(y)) = (a.get("operator_id"), b.get("operator_id")) {
        say(Feature::Operator, x, y, if x == y { SAME_OPERATOR } else { OTHER_OPERATOR });
    }
    if let (Some(x), Some(y)) = (&a.address, &b.address)
        && let Some(points) = addresses(x, y)
    {
        let text = |r: &Record<'_>| r.get("address").unwrap_or("").to_owned();
        say(Feature::Address, &text(a), &text(b), points);
    }
    Pair { left, right, metres, fit, reasons }
}

/// The points of being alone, once it is known that both are.
pub(super) fn alone() -> MatchReason {
    MatchReason { feature: Feature::Alone, left: String::new(), right: String::new(), points: ALONE }
}

/// The two names that are most alike, of the first where several are.
fn nearest_names(a: &Record<'_>, b: &Record<'_>) -> Option<(f64, usize, usize)> {
    let mut best: Option<(f64, usize, usize)> = None;
    for (x, left) in a.names.iter().enumerate() {
        for (y, right) in b.names.iter().enumerate() {
            let similarity = left.similarity(right);
            if best.is_none_or(|(s, _, _)| similarity > s) {
                best = Some((similarity, x, y));
            }
        }
    }
    best
}

/// Streets that are not the same say nothing: a corner has two.
fn addresses(a: &Address, b: &Address) -> Option<i32> {
    let shared = a.words.iter().any(|w| b.words.contains(w));
    if !shared || a.numbers.is_empty() || b.numbers.is_empty() {
        return None;
    }
    Some(if a.numbers == b.numbers { SAME_ADDRESS } else { OTHER_HOUSE })
}
