//! Costs given pair by pair, grouped by demand point and by facility.

use rayon::prelude::*;

use super::{Power, Weighing};
use crate::error::{AccessError, Side};

/// Costs given pair by pair.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    demand: Rows,
    supply: Rows,
}

/// The pairs of each place, by the place at the other end in rising order.
#[derive(Debug, Clone)]
struct Rows {
    starts: Vec<usize>,
    others: Vec<u32>,
    costs: Vec<f64>,
}

impl Listing {
    pub(crate) fn new(demand: usize, supply: usize, pairs: &[(u32, u32, f64)]) -> Result<Self, AccessError> {
        for (at, &(i, j, cost)) in pairs.iter().enumerate() {
            for (side, index, places) in [(Side::Demand, i, demand), (Side::Supply, j, supply)] {
                if index as usize >= places {
                    return Err(AccessError::PairIndex { at, side, index, places });
                }
            }
            if !(cost.is_finite() && cost >= 0.0) {
                return Err(AccessError::PairCost { at, cost });
            }
        }
        let by_supply = Rows::new(supply, pairs.iter().map(|&(i, j, cost)| (j, i, cost)));
        let by_demand = Rows::new(demand, by_supply.entries().map(|(j, i, cost)| (i, j, cost)));
        if let Some((demand, supply)) = by_demand.twice() {
            return Err(AccessError::PairTwice { demand, supply });
        }
        // Grouped once more from the other grouping, each row comes out in rising order.
        let by_supply = Rows::new(supply, by_demand.entries().map(|(i, j, cost)| (j, i, cost)));
        Ok(Self { demand: by_demand, supply: by_supply })
    }

    pub(crate) fn demand_len(&self) -> usize {
        self.demand.len()
    }

    pub(crate) fn supply_len(&self) -> usize {
        self.supply.len()
    }

    pub(super) fn gather(&self, to: Side, values: &[f64], weighing: &Weighing, power: Power) -> Vec<f64> {
        let rows = match to {
            Side::Demand => &self.demand,
            Side::Supply => &self.supply,
        };
        (0..rows.len())
            .into_par_iter()
            .with_min_len(64)
            .map(|at| {
                let mut sum = 0.0;
                for (other, cost) in rows.row(at) {
                    let w = weighing.weight(cost);
                    let part = values.get(other as usize).copied().unwrap_or(0.0) * w;
                    sum += if power == Power::Twice { part * w } else { part };
                }
                sum
            })
            .collect()
    }
}

impl Rows {
    /// Groups pairs by their first place, in the order in which they come.
    fn new(places: usize, pairs: impl Iterator<Item = (u32, u32, f64)> + Clone) -> Self {
        let mut starts = vec![0usize; places + 1];
        for (at, _, _) in pairs.clone() {
            starts[at as usize + 1] += 1;
        }
        for at in 0..places {
            starts[at + 1] += starts[at];
        }
        let total = starts[places];
        let (mut others, mut costs, mut next) = (vec![0u32; total], vec![0.0; total], starts.clone());
        for (at, other, cost) in pairs {
            let to = &mut next[at as usize];
            others[*to] = other;
            costs[*to] = cost;
            *to += 1;
        }
        Self { starts, others, costs }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn row(&self, at: usize) -> impl Iterator<Item = (u32, f64)> {
        let range = self.starts[at]..self.starts[at + 1];
        self.others[range.clone()].iter().copied().zip(self.costs[range].iter().copied())
    }

    fn entries(&self) -> impl Iterator<Item = (u32, u32, f64)> + Clone {
        (0u32..).zip(self.starts.windows(2)).flat_map(|(at, ends)| {
            let range = ends[0]..ends[1];
            self.others[range.clone()]
                .iter()
                .zip(&self.costs[range])
                .map(move |(other, cost)| (at, *other, *cost))
        })
    }

    /// The first pair that stands twice; rows must be in rising order.
    fn twice(&self) -> Option<(u32, u32)> {
        let mut entries = self.entries();
        let mut before = entries.next()?;
        entries.find_map(|entry| {
            let same = (entry.0, entry.1) == (before.0, before.1);
            before = entry;
            same.then_some((entry.0, entry.1))
        })
    }
}
