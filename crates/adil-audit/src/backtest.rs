//! How this year's points would have ranked what is known of earlier years.

use std::collections::BTreeMap;

use adil_domain::Rational;
use adil_policy::Entity;
use adil_round::folder::HISTORY;
use adil_score::correlation::spearman;

use crate::cases::{Cases, number};
use crate::fixed::{Fixed, Interval};
use crate::statistics::spearman_interval;

/// The fewest applications from which an order can be told.
const FEW: usize = 10;

/// One column of the history beside this year's points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backtest {
    /// The column, such as `amount`.
    pub column: String,
    /// The last period that the history has.
    pub period: String,
    /// Applications with a row in that period.
    pub applications: usize,
    /// Spearman's rank correlation of points and outcome.
    pub correlation: Fixed,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Whether the points themselves rest on the history, so that the two can't be apart.
    pub built_in: bool,
}

pub(crate) fn backtest(cases: &Cases<'_>) -> Vec<Backtest> {
    let Some(table) = cases.inputs.table(HISTORY) else { return Vec::new() };
    let Some(period) = table.column("period") else { return Vec::new() };
    let Some(last) = (0..table.len()).map(|row| table.cell(row, period)).max() else { return Vec::new() };
    let keys = ["facility_id", "operator_id"].map(|k| table.column(k));
    let names = cases.decision.policy.names();
    let built_in = cases
        .decision
        .policy
        .criteria
        .iter()
        .flat_map(|c| &c.indicators)
        .flat_map(|i| i.value.names())
        .any(|id| names.get(id.0).is_some_and(|n| n.entity == Entity::History));
    let outcome = |column: usize| -> Option<Backtest> {
        // A row belongs to the facility it names, else to the operator.
        let mut sums = BTreeMap::<(usize, &str), Rational>::new();
        for row in (0..table.len()).filter(|row| table.cell(*row, period) == last) {
            let named = keys.iter().enumerate().find_map(|(at, column)| {
                Some((at, table.cell(row, (*column)?))).filter(|(_, id)| !id.is_empty())
            });
            let Some(key) = named else { continue };
            if let Some(value) = number(table.cell(row, column)) {
                let sum = sums.entry(key).or_insert_with(Rational::zero);
                *sum = &*sum + &value;
            }
        }
        let (mut points, mut values) = (Vec::new(), Vec::new());
        for application in cases.applications().iter().filter(|a| a.rank.is_some()) {
            // What the facility had and what its operator had, as the policy's own sums over the history.
            let own = [(0, application.facility_id.as_str()), (1, application.operator_id.as_str())];
            let found: Vec<&Rational> = own.into_iter().filter_map(|key| sums.get(&key)).collect();
            if !found.is_empty() {
                points.push(application.points.micro());
                values.push(found.into_iter().cloned().sum::<Rational>());
            }
        }
        if points.len() < FEW {
            return None;
        }
        let mut order = values.clone();
        order.sort();
        let places: Vec<i64> =
            values.iter().map(|v| i64::try_from(order.partition_point(|o| o < v)).unwrap_or(0)).collect();
        let rho = spearman(&points, &places)?;
        Some(Backtest {
            column: table.name(column).to_owned(),
            period: last.to_owned(),
            applications: points.len(),
            correlation: Fixed::of(rho)?,
            interval: spearman_interval(rho, points.len()),
            built_in,
        })
    };
    let is_number = |column: &usize| {
        let mut filled = table.cells(*column).filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| number(cell).is_some())
    };
    let named = ["period", "facility_id", "operator_id", "territory"];
    (0..table.header().len())
        .filter(|c| !named.contains(&table.name(*c)))
        .filter(is_number)
        .filter_map(outcome)
        .collect()
}
