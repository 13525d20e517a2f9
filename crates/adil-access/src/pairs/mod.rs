//! Pairs in reach, found again whenever they are summed over: a pair costs a few nanoseconds to find and would cost
//! a dozen bytes to keep.
//!
//! Everything here is one operation, [`Pairs::gather`]: for each place of one side, Σ weight · value over the places of
//! the other side in reach. Places are worked on in parallel, each sum in an order that depends on the places alone.

mod index;
mod kernel;
mod listing;
mod plane;
mod sphere;
mod weighing;

use rayon::prelude::*;

pub(crate) use index::Index;
pub(crate) use listing::Listing;
pub(crate) use sphere::Sphere;
pub(crate) use weighing::Weighing;

use crate::costs::{Costs, Kind};
use crate::error::Side;
use plane::Plane;

/// Both sides, arranged so that the places in reach of one are found quickly.
#[expect(clippy::large_enum_variant, reason = "there is one of it at a time")]
pub(crate) enum Pairs<'c> {
    Plane(Sides<Plane>),
    Sphere(Sides<Sphere>),
    Listed(&'c Listing),
}

pub(crate) struct Sides<S> {
    demand: Index<S>,
    supply: Index<S>,
}

/// How often the weight of a pair multiplies the value: the third step of 3SFCA squares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Power {
    Once,
    Twice,
}

impl<'c> Pairs<'c> {
    /// Arranges the places for costs up to `max_cost`.
    pub(crate) fn new(costs: &'c Costs, max_cost: f64) -> Self {
        match &costs.0 {
            Kind::Planar { demand, supply } => Self::Plane(Sides {
                demand: Index::plane(demand, max_cost),
                supply: Index::plane(supply, max_cost),
            }),
            Kind::Degrees { demand, supply, cost_per_metre } => Self::Sphere(Sides {
                demand: Index::sphere(demand, *cost_per_metre, max_cost),
                supply: Index::sphere(supply, *cost_per_metre, max_cost),
            }),
            Kind::Listed(listing) => Self::Listed(listing),
        }
    }

    /// For each place of side `to`: Σ weight · value over the places of the other side in reach, whose values these are.
    pub(crate) fn gather(&self, to: Side, values: &[f64], weighing: &Weighing, power: Power) -> Vec<f64> {
        match (self, power) {
            (Self::Plane(sides), Power::Once) => sides.gather::<false>(to, values, weighing),
            (Self::Plane(sides), Power::Twice) => sides.gather::<true>(to, values, weighing),
            (Self::Sphere(sides), Power::Once) => sides.gather::<false>(to, values, weighing),
            (Self::Sphere(sides), Power::Twice) => sides.gather::<true>(to, values, weighing),
            (Self::Listed(listing), _) => listing.gather(to, values, weighing, power),
        }
    }
}

/// Places summed for by one thread in a row: neighbours share what is in reach, and so the processor's cache.
const OTHERS: usize = 64;
const IN_ROWS: usize = 2_048;

impl<S: kernel::Space> Sides<S> {
    fn gather<const SQUARED: bool>(&self, to: Side, values: &[f64], weighing: &Weighing) -> Vec<f64> {
        let (targets, sources) = match to {
            Side::Demand => (&self.demand, &self.supply),
            Side::Supply => (&self.supply, &self.demand),
        };
        let values = &sources.arrange(values);
        let mut sums = vec![0.0; targets.len()];
        // The longer list lies in rows: long windows have little about them that is no pair.
        if targets.len() < sources.len() {
            sums.par_chunks_mut(OTHERS).enumerate().for_each(|(chunk, sums)| {
                let (rows, others, first) = (sources, &targets.space, chunk * OTHERS);
                let task = kernel::ToOthers::<S, SQUARED> { rows, others, first, values, sums };
                kernel::with_weights(&rows.space, weighing, task);
            });
        } else {
            sums.par_chunks_mut(IN_ROWS).enumerate().for_each(|(chunk, sums)| {
                let (rows, others, first) = (targets, sources, chunk * IN_ROWS);
                let task = kernel::ToRows::<S, SQUARED> { rows, others, first, values, sums };
                kernel::with_weights(&rows.space, weighing, task);
            });
        }
        targets.restore(&sums)
    }
}
