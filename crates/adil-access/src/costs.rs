//! Where demand and supply are, and what it costs to get from one to the other.

use adil_geography::Position;

use crate::error::{AccessError, Side};
use crate::pairs::Listing;

/// Where demand and supply are, and what it costs to get from one to the other.
#[derive(Debug, Clone)]
pub struct Costs(pub(crate) Kind);

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Planar { demand: Vec<[f64; 2]>, supply: Vec<[f64; 2]> },
    Degrees { demand: Vec<Position>, supply: Vec<Position>, cost_per_metre: f64 },
    Listed(Listing),
}

/// Squares of coordinate differences must stay finite.
const FARTHEST: f64 = 1e150;

impl Costs {
    /// Points in a plane; the cost is the straight distance √(dx² + dy²), in the unit of the coordinates.
    pub fn planar(demand: Vec<[f64; 2]>, supply: Vec<[f64; 2]>) -> Result<Self, AccessError> {
        for (side, points) in [(Side::Demand, &demand), (Side::Supply, &supply)] {
            countable(points.len())?;
            let bad = |p: &[f64; 2]| !p.iter().all(|v| v.abs() <= FARTHEST);
            if let Some(at) = points.iter().position(bad) {
                return Err(AccessError::Coordinate { side, at, x: points[at][0], y: points[at][1] });
            }
        }
        Ok(Self(Kind::Planar { demand, supply }))
    }

    /// Points on the Earth; the cost is the [great-circle distance](adil_geography::great_circle) in metres times
    /// `cost_per_metre`, which [`cost_per_metre`] makes of a speed and a detour factor.
    pub fn degrees(
        demand: Vec<Position>,
        supply: Vec<Position>,
        cost_per_metre: f64,
    ) -> Result<Self, AccessError> {
        if !(cost_per_metre.is_finite() && cost_per_metre > 0.0) {
            return Err(AccessError::CostPerMetre(cost_per_metre));
        }
        countable(demand.len())?;
        countable(supply.len())?;
        Ok(Self(Kind::Degrees { demand, supply, cost_per_metre }))
    }

    /// Costs given one by one as (demand point, facility, cost), in any order; a pair not given is out of reach.
    pub fn listed(demand: usize, supply: usize, pairs: Vec<(u32, u32, f64)>) -> Result<Self, AccessError> {
        countable(demand)?;
        countable(supply)?;
        Listing::new(demand, supply, &pairs).map(|listing| Self(Kind::Listed(listing)))
    }

    /// Demand points.
    pub fn demand_len(&self) -> usize {
        match &self.0 {
            Kind::Planar { demand, .. } => demand.len(),
            Kind::Degrees { demand, .. } => demand.len(),
            Kind::Listed(listing) => listing.demand_len(),
        }
    }

    /// Facilities.
    pub fn supply_len(&self) -> usize {
        match &self.0 {
            Kind::Planar { supply, .. } => supply.len(),
            Kind::Degrees { supply, .. } => supply.len(),
            Kind::Listed(listing) => listing.supply_len(),
        }
    }
}

fn countable(places: usize) -> Result<(), AccessError> {
    // One less than the type holds, so that an end can be counted too.
    if places < u32::MAX as usize { Ok(()) } else { Err(AccessError::TooMany(places)) }
}

/// Minutes for a metre of great circle, at a speed in km/h on ways `detour` times as long as the straight line.
pub fn cost_per_metre(kilometres_per_hour: f64, detour: f64) -> f64 {
    detour * 60.0 / (kilometres_per_hour * 1_000.0)
}
