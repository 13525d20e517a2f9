//! Declared interests of those who decide, held against the graph.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Links;
use super::reading::Reading;

/// A row of `interests.csv`: what somebody who decides has declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interest<'t> {
    /// The keyed hash of who decides.
    pub person: &'t str,
    /// In which role, such as `commission`.
    pub role: &'t str,
    /// The operator the interest is in; empty where a value says it.
    pub operator: &'t str,
    /// A value of a column of operators, such as the hash of a head who is a relative; empty where there is none.
    pub value: &'t str,
    /// What binds them, such as `brother`.
    pub relation: &'t str,
    /// When it was declared, as an ISO 8601 day.
    pub declared_on: &'t str,
}

/// Why one thing leads to the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The person declared it.
    Declared {
        /// What binds them.
        relation: String,
    },
    /// The operator has the value that the person declared, or the person's own hash.
    Has {
        /// The column it stands in.
        column: String,
        /// What binds them; `self` for the person's own hash.
        relation: String,
    },
    /// The operators are linked.
    Linked {
        /// The place in [`Links::links`].
        link: usize,
    },
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The operator it leads to.
    pub operator: String,
    /// Why.
    pub because: Because,
}

/// An operator near somebody who decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The keyed hash of who decides.
    pub person: String,
    /// In which role.
    pub role: String,
    /// The operator.
    pub operator: String,
    /// One or two steps.
    pub path: Vec<Step>,
}

/// All declared interests, held against the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interests {
    /// By person, role and operator; of several ways the shortest, then the first in the order of [`Because`].
    pub found: Vec<Found>,
    /// The places of rows that lead to no operator of the tables.
    pub nowhere: Vec<usize>,
}

/// Which operators are within two steps of somebody who decides: those that the person declared or that have a declared
/// value, and those linked to them. A value that very many share counts here: somebody declared it.
pub fn interests(rows: &[Interest<'_>], links: &Links) -> Interests {
    let mut shortest: BTreeMap<(String, String, String), Vec<Step>> = BTreeMap::new();
    let mut nowhere = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let first = first_steps(row, links);
        if first.is_empty() {
            nowhere.push(at);
        }
        for step in first {
            for (operator, link) in links.neighbours(&step.operator) {
                let second = Step { operator: operator.to_owned(), because: Because::Linked { link } };
                keep(&mut shortest, row, vec![step.clone(), second]);
            }
            keep(&mut shortest, row, vec![step]);
        }
    }
    let found = shortest
        .into_iter()
        .map(|((person, role, operator), path)| Found { person, role, operator, path })
        .collect();
    Interests { found, nowhere }
}

fn first_steps(row: &Interest<'_>, links: &Links) -> BTreeSet<Step> {
    let mut steps = BTreeSet::new();
    let operator = row.operator.trim();
    if links.knows(operator) {
        let because = Because::Declared { relation: row.relation.trim().to_owned() };
        steps.insert(Step { operator: operator.to_owned(), because });
    }
    for (value, relation) in [(row.value, row.relation.trim()), (row.person, "self")] {
        // A value may stand in a column of any reading.
        let read: BTreeSet<String> =
            [Reading::Exact, Reading::Text, Reading::Phone].iter().filter_map(|r| r.of(value)).collect();
        for (column, operator) in read.iter().filter_map(|value| links.holders.get(value)).flatten() {
            let because = Because::Has { column: column.clone(), relation: relation.to_owned() };
            steps.insert(Step { operator: operator.clone(), because });
        }
    }
    steps
}

fn keep(shortest: &mut BTreeMap<(String, String, String), Vec<Step>>, row: &Interest<'_>, path: Vec<Step>) {
    let Some(last) = path.last() else { return };
    let key = (row.person.trim().to_owned(), row.role.trim().to_owned(), last.operator.clone());
    let better = shortest.get(&key).is_none_or(|kept| (path.len(), &path) < (kept.len(), kept));
    if better {
        shortest.insert(key, path);
    }
}
