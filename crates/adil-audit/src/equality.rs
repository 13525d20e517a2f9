//! Money per head from place to place: the curve of Lorenz and the number of Gini, this year and last.

use std::collections::BTreeMap;

use adil_domain::Money;
use adil_round::equality::{Step, lorenz};
use adil_round::folder::{FACILITIES, HISTORY, OPERATORS};

use crate::cases::{Cases, rows_by};
use crate::fixed::Fixed;
use crate::groups::population;

/// Money per head of the places of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equality {
    /// The level, such as `district`.
    pub level: String,
    /// How many places have people and stand in the curve.
    pub places: usize,
    /// This year.
    pub now: Curve,
    /// The last time money was paid, where the tables say so, and which time that was.
    pub before: Option<(Before, Curve)>,
}

/// Where the money of an earlier time stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// In the column `previous_amount` of the applications.
    PreviousAmount,
    /// In `history.csv`, the period named.
    History(String),
}

/// How equal it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// 0 where every head has the same, 1 where one place has everything.
    pub gini: Fixed,
    /// Shares of people and of money, places with least per head first; from nothing to all.
    pub points: Vec<(Fixed, Fixed)>,
    /// The tenth of people with the least per head has this share of the money.
    pub poorest_tenth: Fixed,
}

/// The lowest level of places of which several have people.
pub(crate) fn equality(cases: &Cases<'_>) -> Option<Equality> {
    let tree = &cases.inputs.tree;
    let settled = |level: &str| -> Vec<usize> {
        let of_level = (0..tree.len()).filter(|n| tree.level(*n) == level);
        of_level.filter(|n| population(cases, *n).is_some_and(|p| p > 0)).collect()
    };
    let level = tree.levels().into_iter().rev().find(|level| settled(level).len() > 1)?;
    let places = settled(level);
    let mut now = BTreeMap::new();
    for (at, application) in cases.applications().iter().enumerate() {
        add(&mut now, cases.place_at(at, level), application.amount.minor());
    }
    Some(Equality {
        level: level.to_owned(),
        places: places.len(),
        now: curve(cases, &places, &now)?,
        before: before(cases, level).and_then(|(what, money)| Some((what, curve(cases, &places, &money)?))),
    })
}

fn add(sums: &mut BTreeMap<usize, i128>, place: Option<usize>, minor: i64) {
    if let Some(place) = place {
        *sums.entry(place).or_insert(0) += i128::from(minor);
    }
}

fn curve(cases: &Cases<'_>, places: &[usize], money: &BTreeMap<usize, i128>) -> Option<Curve> {
    let step = |node: &usize| Step {
        people: population(cases, *node).unwrap_or(0),
        money: money.get(node).copied().unwrap_or(0),
    };
    let (steps, gini) = lorenz(places.iter().map(step).collect())?;
    let whole = *steps.last()?;
    let share = |s: &Step| Some((Fixed::ratio(s.people, whole.people)?, Fixed::ratio(s.money, whole.money)?));
    Some(Curve {
        gini: Fixed::nearest(&gini)?,
        points: steps.iter().filter_map(share).collect(),
        poorest_tenth: poorest(&steps, whole)?,
    })
}

/// The money of the first tenth of people, in a straight line within the place that the tenth ends in.
fn poorest(steps: &[Step], whole: Step) -> Option<Fixed> {
    let at = steps.iter().position(|s| s.people * 10 >= whole.people)?;
    let (before, after) = (steps[at.checked_sub(1)?], steps[at]);
    let width = after.people - before.people;
    // (tenth − before) / width of this place's money, all times ten so that it stays whole.
    let part = (whole.people - before.people * 10) * (after.money - before.money);
    Fixed::ratio(before.money * 10 * width + part, whole.money * 10 * width)
}

/// Money of an earlier time by place: what the applications say they had, else the last period of the history.
fn before(cases: &Cases<'_>, level: &str) -> Option<(Before, BTreeMap<usize, i128>)> {
    let mut sums = BTreeMap::new();
    for (at, application) in cases.applications().iter().enumerate() {
        if let Some(previous) = application.previous {
            add(&mut sums, cases.place_at(at, level), previous.minor());
        }
    }
    if sums.values().any(|m| *m > 0) {
        return Some((Before::PreviousAmount, sums));
    }
    let table = cases.inputs.table(HISTORY)?;
    let (period, amount) = (table.column("period")?, table.column("amount")?);
    let last = (0..table.len()).map(|row| table.cell(row, period)).max()?.to_owned();
    let own = |row: usize, name: &str| table.column(name).map_or("", |c| table.cell(row, c));
    let whereabouts = Whereabouts::new(cases);
    let currency = cases.decision.currency();
    let mut sums = BTreeMap::new();
    for row in (0..table.len()).filter(|row| table.cell(*row, period) == last) {
        let Ok(paid) = Money::parse(table.cell(row, amount), currency) else { continue };
        // The row's own place, under the name of the column or of the level; else that of whom it was paid to.
        let stated = [own(row, "territory"), own(row, level)].into_iter().find(|code| !code.is_empty());
        let code = stated.or_else(|| whereabouts.of(own(row, "facility_id"), own(row, "operator_id")));
        let node = code.and_then(|code| cases.inputs.tree.index_of(code));
        add(&mut sums, cases.node_at(node, level), paid.minor());
    }
    sums.values().any(|m| *m > 0).then_some((Before::History(last), sums))
}

/// Where facilities and operators are, by their tables and by the applications of this round.
struct Whereabouts<'a> {
    cases: &'a Cases<'a>,
    facilities: BTreeMap<&'a str, usize>,
    operators: BTreeMap<&'a str, usize>,
    applied: BTreeMap<&'a str, &'a str>,
}

impl<'a> Whereabouts<'a> {
    fn new(cases: &'a Cases<'_>) -> Self {
        let applications = cases.applications().iter().rev();
        Self {
            cases,
            facilities: rows_by(cases.inputs.table(FACILITIES), "facility_id"),
            operators: rows_by(cases.inputs.table(OPERATORS), "operator_id"),
            applied: applications.map(|a| (a.operator_id.as_str(), a.territory.as_str())).collect(),
        }
    }

    fn of(&self, facility: &str, operator: &str) -> Option<&'a str> {
        let place = |file: &str, row: Option<&usize>| {
            let table = self.cases.inputs.table(file)?;
            Some(table.cell(*row?, table.column("territory")?)).filter(|code| !code.is_empty())
        };
        place(FACILITIES, self.facilities.get(facility))
            .or_else(|| place(OPERATORS, self.operators.get(operator)))
            .or_else(|| self.applied.get(operator).copied().filter(|_| !operator.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_poorest_tenth_by_hand() {
        // 20 people have 30, 80 have 170: the tenth is half of the first place, 15 of 200.
        let steps =
            [Step { people: 0, money: 0 }, Step { people: 20, money: 30 }, Step { people: 100, money: 200 }];
        assert_eq!(poorest(&steps, steps[2]), Fixed::ratio(15, 200));
    }
}
