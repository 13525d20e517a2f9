//! Applications, each with the rows of other tables that belong to it.

use std::collections::HashMap;

use adil_domain::Money;

use crate::folder::{FACILITIES, HISTORY, OPERATORS};
use crate::inputs::Inputs;
use crate::table::Table;

/// One application and the rows of other tables that belong to it.
#[derive(Debug, Clone)]
pub(crate) struct Subject<'a> {
    pub(crate) id: &'a str,
    /// Row of `applications.csv`.
    pub(crate) row: usize,
    pub(crate) facility_id: &'a str,
    pub(crate) facility: Option<usize>,
    pub(crate) operator_id: &'a str,
    pub(crate) operator: Option<usize>,
    /// Node of the territory tree.
    pub(crate) territory: Option<usize>,
    pub(crate) territory_code: &'a str,
    /// Rows of `history.csv`, oldest first.
    pub(crate) history: Vec<usize>,
    pub(crate) sought: Option<Money>,
}

/// All of them, in byte order of their identifiers, whatever the order of the file.
pub(super) fn subjects(inputs: &Inputs) -> Vec<Subject<'_>> {
    let Some(applications) = inputs.applications() else { return Vec::new() };
    let facilities = inputs.table(FACILITIES);
    let facility_rows = index_rows(facilities, "facility_id");
    let operator_rows = index_rows(inputs.table(OPERATORS), "operator_id");
    let history = history_rows(inputs);
    let currency = inputs.policy.round.currency;
    let own = |row: usize, name: &str| applications.column(name).map_or("", |c| applications.cell(row, c));
    let mut subjects: Vec<Subject<'_>> = (0..applications.len())
        .map(|row| {
            let facility_id = own(row, "facility_id");
            let facility = facility_rows.get(facility_id).copied();
            let of_facility = |name: &str| {
                let (table, row) = (facilities?, facility?);
                Some(table.cell(row, table.column(name)?))
            };
            let own_or_facility = |name: &str| match own(row, name) {
                "" => of_facility(name).unwrap_or(""),
                filled => filled,
            };
            let operator_id = own_or_facility("operator_id");
            let territory_code = own_or_facility("territory");
            Subject {
                id: own(row, "application_id"),
                row,
                facility_id,
                facility,
                operator_id,
                operator: operator_rows.get(operator_id).copied(),
                territory: inputs.tree.index_of(territory_code),
                territory_code,
                history: history.of(facility_id, operator_id),
                sought: Money::parse(own(row, "amount_sought"), currency).ok(),
            }
        })
        .collect();
    subjects.sort_by(|a, b| a.id.cmp(b.id));
    subjects
}

fn index_rows<'t>(table: Option<&'t Table>, key: &str) -> HashMap<&'t str, usize> {
    let Some((table, key)) = table.and_then(|t| Some((t, t.column(key)?))) else { return HashMap::new() };
    (0..table.len()).map(|row| (table.cell(row, key), row)).filter(|(id, _)| !id.is_empty()).collect()
}

/// Rows of `history.csv` by whom they belong to: the facility where a row names one, else the operator.
#[derive(Default)]
struct HistoryRows<'a> {
    facility: HashMap<&'a str, Vec<usize>>,
    operator: HashMap<&'a str, Vec<usize>>,
    period: Vec<&'a str>,
}

impl HistoryRows<'_> {
    fn of(&self, facility: &str, operator: &str) -> Vec<usize> {
        let none = Vec::new();
        let by = |map: &HashMap<&str, Vec<usize>>, id: &str| {
            if id.is_empty() { none.clone() } else { map.get(id).cloned().unwrap_or_default() }
        };
        let mut rows = by(&self.facility, facility);
        rows.extend(by(&self.operator, operator));
        rows.sort_by_key(|row| (self.period[*row], *row));
        rows
    }
}

fn history_rows(inputs: &Inputs) -> HistoryRows<'_> {
    let Some(table) = inputs.table(HISTORY) else { return HistoryRows::default() };
    let cell = |row: usize, name: &str| table.column(name).map_or("", |c| table.cell(row, c));
    let mut rows = HistoryRows::default();
    for row in 0..table.len() {
        rows.period.push(cell(row, "period"));
        let (facility, operator) = (cell(row, "facility_id"), cell(row, "operator_id"));
        if !facility.is_empty() {
            rows.facility.entry(facility).or_default().push(row);
        } else if !operator.is_empty() {
            rows.operator.entry(operator).or_default().push(row);
        }
    }
    rows
}
