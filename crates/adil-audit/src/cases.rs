//! Applications beside the rows of the tables that belong to them.

use std::collections::BTreeMap;

use adil_domain::Rational;
use adil_round::folder::{APPLICATIONS, FACILITIES, OPERATORS, TERRITORIES};
use adil_round::inputs::Inputs;
use adil_round::table::{Table, parse_number};
use adil_round::{ApplicationDecision, Decision, Status};

/// A decided round, with the rows behind each application.
pub(crate) struct Cases<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) decision: &'a Decision,
    /// By application: rows of the four tables in the order of [`TABLES`].
    rows: Vec<[Option<usize>; 4]>,
    /// By application: its node in the tree of places.
    nodes: Vec<Option<usize>>,
}

/// The tables whose rows belong to an application, the nearest first.
pub(crate) const TABLES: [&str; 4] = [APPLICATIONS, FACILITIES, OPERATORS, TERRITORIES];

impl<'a> Cases<'a> {
    pub(crate) fn new(inputs: &'a Inputs, decision: &'a Decision) -> Self {
        let keys = ["application_id", "facility_id", "operator_id", "territory"];
        let index: Vec<BTreeMap<&str, usize>> =
            TABLES.iter().zip(keys).map(|(file, key)| rows_by(inputs.table(file), key)).collect();
        let row = |a: &ApplicationDecision| {
            let ids = [&a.id, &a.facility_id, &a.operator_id, &a.territory];
            let mut rows = [None; 4];
            for (at, id) in ids.into_iter().enumerate() {
                rows[at] = index[at].get(id.as_str()).copied();
            }
            rows
        };
        Self {
            inputs,
            decision,
            rows: decision.applications.iter().map(row).collect(),
            nodes: decision.applications.iter().map(|a| inputs.tree.index_of(&a.territory)).collect(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.decision.applications.len()
    }

    pub(crate) fn applications(&self) -> &'a [ApplicationDecision] {
        &self.decision.applications
    }

    /// The cell of an application in one of [`TABLES`]; empty where there is none.
    pub(crate) fn cell(&self, application: usize, table: usize, column: usize) -> &'a str {
        let row = self.rows.get(application).and_then(|rows| rows[table]);
        row.and_then(|row| Some(self.inputs.table(TABLES[table])?.cell(row, column))).unwrap_or("")
    }

    /// The place of an application at a level of the tree: its own, or the one above it that has the level.
    pub(crate) fn place_at(&self, application: usize, level: &str) -> Option<usize> {
        self.node_at(*self.nodes.get(application)?, level)
    }

    /// The place at a level above a node, or the node itself.
    pub(crate) fn node_at(&self, node: Option<usize>, level: &str) -> Option<usize> {
        let tree = &self.inputs.tree;
        std::iter::successors(node, |n| tree.parent(*n)).find(|n| tree.level(*n) == level)
    }

    /// Positions of the applications that were not refused: those that have a rank.
    pub(crate) fn admitted(&self) -> Vec<usize> {
        (0..self.len()).filter(|i| self.decision.applications[*i].status != Status::Ineligible).collect()
    }
}

/// Rows by key; an empty key is nobody's.
pub(crate) fn rows_by<'t>(table: Option<&'t Table>, key: &str) -> BTreeMap<&'t str, usize> {
    let Some((table, key)) = table.and_then(|t| Some((t, t.column(key)?))) else { return BTreeMap::new() };
    (0..table.len()).map(|row| (table.cell(row, key), row)).filter(|(id, _)| !id.is_empty()).collect()
}

/// A number of a cell.
pub(crate) fn number(text: &str) -> Option<Rational> {
    parse_number(text).ok().filter(|_| !text.is_empty())
}

/// A number of people: whole, not below zero.
pub(crate) fn people(value: &Rational) -> i128 {
    use num_traits::ToPrimitive;
    value.to_scaled_half_even(0).to_i128().unwrap_or(0).max(0)
}
