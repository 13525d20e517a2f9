//! The tree of places a round knows: regions, districts, settlements, or counties and provinces.

use std::collections::{BTreeMap, HashMap};

use crate::problem::{Place, Problem, Problems, did_you_mean};
use crate::rational::shorten;

pub use crate::kato::{Kato, KatoError, Rank};

/// One row of a territory table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryRow {
    /// The place's own code, such as a KATO.
    pub code: String,
    /// The code of the place it lies in; none (or blank) for a root.
    pub parent: Option<String>,
    /// The kind of place, such as `region`; blank where the table does not say.
    pub level: String,
    /// The line of the table, counted from 1.
    pub line: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    code: String,
    level: String,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Places numbered parents before children: depth-first, siblings by code, whatever the order of the rows.
///
/// So a node's descendants are the numbers right after its own, and one pass from the last number to the first sums
/// children into parents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TerritoryTree {
    nodes: Vec<Node>,
    by_code: HashMap<String, usize>,
}

/// Comparing an unknown parent with every code costs time; a table of nothing but orphans must not make it quadratic.
const COMPARISONS: usize = 500_000;

/// No code is longer, in bytes; comparing longer texts would only cost time.
const COMPARABLE: usize = 64;

/// A cycle longer than this is cut in its message: nobody reads on, and the message would grow with the table.
const NAMED_IN_CYCLE: usize = 100;

impl TerritoryTree {
    /// Builds the tree from the rows of `file`. All problems are collected; with any of them there is no tree.
    ///
    /// The problems are `empty-id`, `duplicate-territory`, `territory-orphan` and `territory-cycle`.
    pub fn build(file: &str, rows: &[TerritoryRow]) -> (Option<Self>, Problems) {
        let mut problems = Problems::new();

        // The first row of a code counts. Sorted by code, so that everything below follows codes and not rows.
        let mut first: BTreeMap<&str, &TerritoryRow> = BTreeMap::new();
        for row in rows {
            if row.code.trim().is_empty() {
                problems.push(
                    Problem::error(
                        "empty-id",
                        Place::cell(file, row.line, "territory"),
                        "This territory has no code.",
                    )
                    .hint("Give it a code that no other row has, or remove the row."),
                );
                continue;
            }
            if let Some(earlier) = first.get(row.code.as_str()) {
                let message = format!(
                    "The territory `{}` stands on line {} again; it stood on line {} already.",
                    shorten(&row.code),
                    row.line,
                    earlier.line
                );
                problems.push(
                    Problem::error("duplicate-territory", Place::cell(file, row.line, "territory"), message)
                        .hint("Remove one of the two rows, or give this place a code of its own."),
                );
            } else {
                first.insert(&row.code, row);
            }
        }

        // The places by number of their code's rank, with the rank of the parent.
        let places: Vec<&TerritoryRow> = first.values().copied().collect();
        let rank: HashMap<&str, usize> =
            places.iter().enumerate().map(|(i, p)| (p.code.as_str(), i)).collect();
        let parents: Vec<Option<usize>> =
            places.iter().map(|p| parent_code(p).and_then(|code| rank.get(code).copied())).collect();

        let mut budget = COMPARISONS;
        for row in rows {
            let Some(parent) = parent_code(row).filter(|code| !rank.contains_key(code)) else { continue };
            let mut hint = String::new();
            if budget >= places.len() && parent.len() <= COMPARABLE {
                budget -= places.len();
                let others = places.iter().map(|p| p.code.as_str());
                hint = did_you_mean(parent, others.filter(|c| c.len() <= COMPARABLE && *c != row.code)) + " ";
            }
            hint += "Add a row for it, or leave the cell empty when the territory lies in no other.";
            problems.push(
                Problem::error(
                    "territory-orphan",
                    Place::cell(file, row.line, "parent"),
                    format!(
                        "The territory `{}` lies in `{}`, which has no row of its own in this table.",
                        shorten(&row.code),
                        shorten(parent)
                    ),
                )
                .hint(hint),
            );
        }

        for cycle in cycles(&parents) {
            problems.push(cycle_problem(file, &places, &cycle));
        }

        if problems.has_errors() {
            problems.sort();
            return (None, problems);
        }
        (Some(Self::number(&places, &parents)), problems)
    }

    /// Numbers the places depth-first. There is neither orphan nor cycle here, so every place is reached.
    fn number(places: &[&TerritoryRow], parents: &[Option<usize>]) -> Self {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
        let mut waiting: Vec<(usize, Option<usize>)> = Vec::new();
        // Backwards, so that the smallest code lies on top of the stack and each list of children is descending too.
        for (place, parent) in parents.iter().enumerate().rev() {
            match parent.and_then(|p| children.get_mut(p)) {
                Some(siblings) => siblings.push(place),
                None => waiting.push((place, None)),
            }
        }
        let mut tree = Self::default();
        while let Some((place, parent)) = waiting.pop() {
            let Some(row) = places.get(place) else { continue };
            let node = tree.nodes.len();
            if let Some(above) = parent.and_then(|p| tree.nodes.get_mut(p)) {
                above.children.push(node);
            }
            waiting.extend(children.get(place).into_iter().flatten().map(|child| (*child, Some(node))));
            tree.by_code.insert(row.code.clone(), node);
            tree.nodes.push(Node {
                code: row.code.clone(),
                level: row.level.clone(),
                parent,
                children: Vec::new(),
            });
        }
        tree
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The number of the place with that code.
    pub fn index_of(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The code of a place; empty when there is no such number.
    pub fn code(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |n| n.code.as_str())
    }

    /// The level of a place; empty when there is no such number.
    pub fn level(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |n| n.level.as_str())
    }

    /// The number of the place it lies in.
    pub fn parent(&self, node: usize) -> Option<usize> {
        self.nodes.get(node).and_then(|n| n.parent)
    }

    /// The places that lie directly in it, by code.
    pub fn children(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |n| n.children.as_slice())
    }

    /// The places it lies in, nearest first, without itself.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(node), |above| self.parent(*above))
    }

    /// The places that lie in no other, by code.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|node| self.parent(*node).is_none())
    }

    /// The levels there are, from the top down: by the least depth at which a level occurs, then by name. Blank is none.
    pub fn levels(&self) -> Vec<&str> {
        let mut depths: Vec<usize> = Vec::with_capacity(self.nodes.len());
        let mut least: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &self.nodes {
            // Parents come first, so the depth above is known.
            let depth = node.parent.and_then(|p| depths.get(p)).map_or(0, |above| above + 1);
            depths.push(depth);
            if !node.level.trim().is_empty() {
                least.entry(&node.level).and_modify(|d| *d = depth.min(*d)).or_insert(depth);
            }
        }
        let mut levels: Vec<(usize, &str)> = least.into_iter().map(|(level, depth)| (depth, level)).collect();
        levels.sort_unstable();
        levels.into_iter().map(|(_, level)| level).collect()
    }
}

fn parent_code(row: &TerritoryRow) -> Option<&str> {
    row.parent.as_deref().filter(|code| !code.trim().is_empty())
}

/// Every cycle of the parent links once, starting at its smallest member. Each place is walked over once.
fn cycles(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    const NOT_YET: usize = usize::MAX;
    // The walk that came by first.
    let mut walk_of = vec![NOT_YET; parents.len()];
    let mut found = Vec::new();
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(place) = at {
            let Some(walk) = walk_of.get_mut(place) else { break };
            if *walk == start {
                // Met its own trail: what comes before `place` only leads into the cycle.
                let mut cycle: Vec<usize> = path.into_iter().skip_while(|p| *p != place).collect();
                if let Some(smallest) = cycle.iter().enumerate().min_by_key(|(_, p)| **p).map(|(i, _)| i) {
                    cycle.rotate_left(smallest);
                }
                found.push(cycle);
                break;
            }
            if *walk != NOT_YET {
                break;
            }
            *walk = start;
            path.push(place);
            at = parents.get(place).copied().flatten();
        }
    }
    found
}

fn cycle_problem(file: &str, places: &[&TerritoryRow], cycle: &[usize]) -> Problem {
    let members: Vec<&TerritoryRow> = cycle.iter().filter_map(|p| places.get(*p).copied()).collect();
    let line = members.first().map_or(0, |row| row.line);
    let place = Place::cell(file, line, "parent");
    let message = if let [own] = members.as_slice() {
        format!("The territory `{}` says that it lies in itself.", shorten(&own.code))
    } else {
        let mut names: Vec<String> = members
            .iter()
            .take(NAMED_IN_CYCLE)
            .map(|row| format!("`{}` (line {})", shorten(&row.code), row.line))
            .collect();
        if members.len() > NAMED_IN_CYCLE {
            names.push(format!("… {} more …", members.len() - NAMED_IN_CYCLE));
        }
        names.extend(members.first().map(|row| format!("`{}`", shorten(&row.code))));
        format!("These territories lie in each other in a circle: {}.", names.join(" → "))
    };
    Problem::error("territory-cycle", place, message)
        .hint("Correct the parent of one of them, or leave it empty.")
}

#[cfg(test)]
mod tests;
