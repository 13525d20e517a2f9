//! Supply and demand in balance: who is served where, and who is not, and why.

use crate::catchment::Catchment;
use crate::costs::Costs;
use crate::error::AccessError;
use crate::reach::Field;

/// What [`balance`] finds. Everything is in the unit of the demand, such as visits a week in the peak period.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// By demand point.
    pub points: Vec<PointBalance>,
    /// By facility.
    pub facilities: Vec<FacilityBalance>,
}

/// One demand point's part. `satisfied + out_of_reach + no_room` is `demand`, exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointBalance {
    /// What is wanted.
    pub demand: f64,
    /// What is served.
    pub satisfied: f64,
    /// Not served because no facility with any capacity is in reach.
    pub out_of_reach: f64,
    /// Not served because the facilities in reach are full.
    pub no_room: f64,
}

/// One facility's part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FacilityBalance {
    /// What it can serve.
    pub capacity: f64,
    /// What it serves; never above its capacity.
    pub served: f64,
    /// `served / capacity`, from 0 to 1; 0 without capacity.
    pub used: f64,
}

/// Serves demand by capacity, in the structure of Sport England's Facilities Planning Model.
///
/// Each demand point spreads what it wants over the facilities in reach in proportion to w·S (Huff 1963). A facility that
/// is offered more than it has room for serves the same part of everyone's offer, up to its capacity S. What is left is offered again in
/// the next of `rounds` rounds, to the facilities that still have room, in proportion to w·S as before.
///
/// `demand` is by demand point and `capacity` by facility, both in visits in the same period.
pub fn balance(
    costs: &Costs,
    demand: &[f64],
    capacity: &[f64],
    catchment: &Catchment,
    rounds: u32,
) -> Result<Balance, AccessError> {
    Field::new(costs, catchment)?.balance(demand, capacity, rounds)
}

/// The rounds, on a field that has checked the demand.
pub(crate) fn served(
    field: &Field<'_>,
    demand: &[f64],
    capacity: &[f64],
    rounds: u32,
) -> Result<Balance, AccessError> {
    let reached = field.offered(capacity)?;
    let mut left = demand.to_vec();
    let mut served = vec![0.0; capacity.len()];
    let mut open = capacity.to_vec();
    let mut pull = reached.clone();
    for round in 0..rounds {
        if round > 0 {
            pull = field.offered(&open)?;
        }
        let mut offering = false;
        let offers: Vec<f64> = left
            .iter()
            .zip(&pull)
            .map(|(left, pull)| {
                let offer = if *pull > 0.0 { left / pull } else { 0.0 };
                offering |= offer > 0.0;
                offer
            })
            .collect();
        if !offering {
            break;
        }
        let load = field.within(&offers)?;
        let mut taken = open.clone();
        for (j, taken) in taken.iter_mut().enumerate() {
            let (offered, room) = (load[j] * open[j], capacity[j] - served[j]);
            if offered >= room {
                // Of what is open the part that finds room; a full facility is closed from now on.
                *taken *= if offered > 0.0 { room / offered } else { 0.0 };
                served[j] = capacity[j];
                open[j] = 0.0;
            } else {
                served[j] = (served[j] + offered).min(capacity[j]);
            }
        }
        let accepted = field.offered(&taken)?;
        for (i, left) in left.iter_mut().enumerate() {
            if pull[i] > 0.0 {
                // Term by term the accepted sum is at most the pull, and so is the rounded sum; equal where all is taken.
                *left -= *left * (accepted[i] / pull[i]);
            }
        }
    }
    let points = demand.iter().zip(&reached).zip(&left).map(|((demand, reached), left)| {
        if *reached > 0.0 {
            let (satisfied, no_room) = split(*demand, *left);
            PointBalance { demand: *demand, satisfied, out_of_reach: 0.0, no_room }
        } else {
            PointBalance { demand: *demand, satisfied: 0.0, out_of_reach: *demand, no_room: 0.0 }
        }
    });
    let facilities = capacity.iter().zip(&served).map(|(capacity, served)| FacilityBalance {
        capacity: *capacity,
        served: *served,
        used: if *capacity > 0.0 { served / capacity } else { 0.0 },
    });
    Ok(Balance { points: points.collect(), facilities: facilities.collect() })
}

/// Splits a total so that the parts add up to it without rounding: of the two differences one is exact (Sterbenz).
fn split(total: f64, left: f64) -> (f64, f64) {
    let satisfied = total - left;
    let left = total - satisfied;
    (total - left, left)
}
