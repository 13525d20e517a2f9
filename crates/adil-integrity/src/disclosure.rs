//! Small cells of published counts: which are shown and which are hidden, so that nobody is found in a table.
//!
//! A count of one to `smallest − 1` people is hidden (the frequency rule; *primary*). Since totals are published, a lone hidden
//! count could be had by subtraction, so others are hidden with it (*secondary*; Hundepool et al., *Statistical Disclosure
//! Control*, 2012, chapter 4) until whoever knows all that is shown can't tell that a primary count is below `smallest`.
//!
//! Zero is shown: it counts nobody, and most zeros are known beforehand, such as a facility without sections. The reader
//! therefore knows that whatever is hidden is one at least, and protection is judged against a reader who uses that.
//!
//! Counts with their totals are a network in which every count flows from one sum into another, and what is hidden can only
//! change along its cycles. What the reader can work out about a hidden count is thus a maximum flow, and it is exact.
//! Other counts to hide are chosen greedily: for each primary count, the smallest first, the cycle with the least shown on
//! it; the total of everything is hidden only where nothing else helps.

mod flow;
#[cfg(test)]
mod tests;

use flow::{Network, Price};

/// Counts and their totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    values: Vec<u64>,
    /// Which of them is the total of everything.
    whole: Vec<bool>,
    network: Network,
}

/// What becomes of a count.
///
/// Public files must not tell the two kinds of hidden counts apart: it would say which are small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// It is published.
    Shown,
    /// It is small itself.
    Primary,
    /// It would give a small one away.
    Secondary,
}

impl Cell {
    /// Whether it is published.
    pub fn is_shown(self) -> bool {
        self == Self::Shown
    }
}

impl Counts {
    /// Counts under totals under totals: `parents` says of each count under which total it stands, a total before what is
    /// under it; `own` is counted where nothing stands below. What is nobody's part is a total of its own.
    pub fn tree(parents: &[Option<usize>], own: &[u64]) -> Self {
        let mut values = own.to_vec();
        let mut has_parts = vec![false; parents.len()];
        for (at, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent.filter(|p| *p < at) {
                has_parts[parent] = true;
            }
        }
        for (value, total) in values.iter_mut().zip(&has_parts) {
            if *total {
                *value = 0;
            }
        }
        for at in (0..parents.len()).rev() {
            if let Some(parent) = parents[at].filter(|p| *p < at) {
                values[parent] = values[parent].saturating_add(values[at]);
            }
        }
        // Sum 0 stands for all that no total is published of; sum n + 1 for the one that makes the total n.
        let ends = parents
            .iter()
            .enumerate()
            .map(|(at, parent)| {
                let from = parent.filter(|p| *p < at).map_or(0, |p| p + 1);
                (from, if has_parts[at] { at + 1 } else { 0 })
            })
            .collect();
        let whole = parents.iter().enumerate().map(|(at, p)| p.is_none_or(|p| p >= at) && has_parts[at]);
        Self { values, whole: whole.collect(), network: Network::new(parents.len() + 1, ends) }
    }

    /// A table of two ways with the totals of its rows and columns: `inner` row by row, each of so many `columns`. In the
    /// result each row has one cell more, its total, and there is one row more, the totals of the columns.
    pub fn grid(columns: usize, inner: &[u64]) -> Self {
        let rows: Vec<&[u64]> = if columns == 0 { Vec::new() } else { inner.chunks_exact(columns).collect() };
        let sum = |cells: &mut dyn Iterator<Item = u64>| cells.fold(0, u64::saturating_add);
        let mut values = Vec::with_capacity((rows.len() + 1) * (columns + 1));
        for row in &rows {
            values.extend_from_slice(row);
            values.push(sum(&mut row.iter().copied()));
        }
        for column in 0..=columns {
            values.push(sum(&mut values.iter().skip(column).step_by(columns + 1).copied()));
        }
        // Sums of rows come first. A total runs against its parts; the total of the totals with them again.
        let ends = (0..=rows.len())
            .flat_map(|row| (0..=columns).map(move |column| (row, column)))
            .map(|(row, column)| {
                let (row_sum, column_sum) = (row, rows.len() + 1 + column);
                let against = (row == rows.len()) != (column == columns);
                if against { (column_sum, row_sum) } else { (row_sum, column_sum) }
            })
            .collect();
        let whole = (1..=values.len()).map(|nth| nth == values.len()).collect();
        Self { values, whole, network: Network::new(rows.len() + columns + 2, ends) }
    }

    /// The counts, totals among them, in the order of their making.
    pub fn values(&self) -> &[u64] {
        &self.values
    }

    /// Which counts are shown where fewer than `smallest` are not.
    pub fn suppress(&self, smallest: u64) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self
            .values
            .iter()
            .map(|value| if (1..smallest).contains(value) { Cell::Primary } else { Cell::Shown })
            .collect();
        let mut small: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].is_shown()).collect();
        small.sort_by_key(|at| (self.values[*at], *at));
        for at in small {
            let room = smallest - self.values[at];
            let price = |other: usize| match cells[other] {
                Cell::Shown => (u64::from(self.whole[other]), self.values[other]),
                _ => Price::default(),
            };
            for other in self.network.cheapest(&self.values, at, room, price) {
                if cells[other].is_shown() {
                    cells[other] = Cell::Secondary;
                }
            }
        }
        cells
    }

    /// The least and the most that a hidden count can be for a reader who knows whatever is shown, that nothing hidden is
    /// zero, and how totals are made; no most where nothing bounds it.
    pub fn interval(&self, cells: &[Cell], at: usize) -> (u64, Option<u64>) {
        let value = self.values[at];
        if cells[at].is_shown() {
            return (value, Some(value));
        }
        let hidden = |other: usize| !cells[other].is_shown();
        let more = self.network.most(&self.values, at, true, hidden);
        let less = self.network.most(&self.values, at, false, hidden).unwrap_or(u64::MAX);
        (value.saturating_sub(less).max(1), more.and_then(|more| value.checked_add(more)))
    }
}
