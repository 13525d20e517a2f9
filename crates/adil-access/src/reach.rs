//! Floating catchments: what people can reach, and what facilities have to serve.

use crate::balance::{self, Balance};
use crate::catchment::{Catchment, Method};
use crate::costs::{Costs, Kind};
use crate::error::{AccessError, Side};
use crate::pairs::{Pairs, Power, Weighing};

/// What [`reach`] finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// For each demand point: capacity in reach for each person, after everyone has had their share (A).
    pub access: Vec<f64>,
    /// For each facility: people in reach, weighted (Σ P·w).
    pub load: Vec<f64>,
    /// For each facility: capacity for each person in reach (R); 0 where nobody is.
    pub ratio: Vec<f64>,
}

/// The floating catchment: `R_j = S_j / Σ_i P_i·w_ij` and `A_i = Σ_j R_j·w_ij`.
///
/// `population` is P by demand point, `capacity` is S by facility. Then Σ P·A = Σ S over the facilities with anybody in
/// reach. The result is the same to the bit with any number of threads.
pub fn reach(
    costs: &Costs,
    population: &[f64],
    capacity: &[f64],
    catchment: &Catchment,
) -> Result<Reach, AccessError> {
    Field::new(costs, catchment)?.reach(population, capacity)
}

/// For each column of `values` (by demand point): `Σ_i w_ij·v_i` for each facility, such as the children in its reach.
pub fn within(costs: &Costs, values: &[&[f64]], catchment: &Catchment) -> Result<Vec<Vec<f64>>, AccessError> {
    let field = Field::new(costs, catchment)?;
    values.iter().map(|column| field.within(column)).collect()
}

/// For each column of `values` (by facility): `Σ_j w_ij·v_j` for each demand point, such as the places in its reach.
pub fn offered(
    costs: &Costs,
    values: &[&[f64]],
    catchment: &Catchment,
) -> Result<Vec<Vec<f64>>, AccessError> {
    let field = Field::new(costs, catchment)?;
    values.iter().map(|column| field.offered(column)).collect()
}

/// Each point's reach over that of the whole population: Σ P·A / Σ P. `None` when nobody reaches anything.
pub fn relative_share(access: &[f64], population: &[f64]) -> Option<Vec<f64>> {
    let people: f64 = population.iter().sum();
    let reached: f64 = access.iter().zip(population).map(|(a, p)| a * p).sum();
    let overall = reached / people;
    (overall.is_finite() && overall > 0.0).then(|| access.iter().map(|a| a / overall).collect())
}

/// A catchment laid over places, to be asked more than once: what takes time to arrange is arranged once.
pub struct Field<'c> {
    pairs: Pairs<'c>,
    weighing: Weighing,
    /// 3SFCA: `1 / Σ_j w_ij` by demand point, or 0 where that is 0.
    spread: Option<Vec<f64>>,
    demand: usize,
    supply: usize,
}

impl<'c> Field<'c> {
    /// Arranges the places for the largest cost of the catchment.
    pub fn new(costs: &'c Costs, catchment: &Catchment) -> Result<Self, AccessError> {
        catchment.check()?;
        let pairs = Pairs::new(costs, catchment.max_cost);
        let weighing = Weighing::of(catchment);
        let (demand, supply) = (costs.demand_len(), costs.supply_len());
        let spread = match catchment.method {
            Method::TwoStep => None,
            Method::ThreeStep => {
                // The sum runs over all costs that are given, those past the largest too.
                let given = match &costs.0 {
                    Kind::Listed(_) => Weighing::up_to(&catchment.decay, f64::INFINITY),
                    Kind::Planar { .. } | Kind::Degrees { .. } => weighing.clone(),
                };
                let totals = pairs.gather(Side::Demand, &vec![1.0; supply], &given, Power::Once);
                let totals = in_range(Side::Demand, totals)?;
                let inverse = totals.iter().map(|t| if *t > 0.0 { 1.0 / t } else { 0.0 });
                Some(in_range(Side::Demand, inverse.collect())?)
            }
        };
        Ok(Self { pairs, weighing, spread, demand, supply })
    }

    /// As [`reach`].
    pub fn reach(&self, population: &[f64], capacity: &[f64]) -> Result<Reach, AccessError> {
        checked(Side::Supply, self.supply, capacity)?;
        let load = self.within(population)?;
        let share = |(s, load): (&f64, &f64)| if *load > 0.0 { s / load } else { 0.0 };
        let ratio = in_range(Side::Supply, capacity.iter().zip(&load).map(share).collect())?;
        let access = self.offered(&ratio)?;
        Ok(Reach { access, load, ratio })
    }

    /// As [`balance()`](crate::balance()).
    pub fn balance(&self, demand: &[f64], capacity: &[f64], rounds: u32) -> Result<Balance, AccessError> {
        checked(Side::Demand, self.demand, demand)?;
        balance::served(self, demand, capacity, rounds)
    }

    /// `Σ_i w_ij·v_i` for each facility.
    pub fn within(&self, values: &[f64]) -> Result<Vec<f64>, AccessError> {
        checked(Side::Demand, self.demand, values)?;
        let sums = match &self.spread {
            None => self.pairs.gather(Side::Supply, values, &self.weighing, Power::Once),
            Some(spread) => {
                let values: Vec<f64> = values.iter().zip(spread).map(|(v, s)| v * s).collect();
                self.pairs.gather(Side::Supply, &values, &self.weighing, Power::Twice)
            }
        };
        in_range(Side::Supply, sums)
    }

    /// `Σ_j w_ij·v_j` for each demand point.
    pub fn offered(&self, values: &[f64]) -> Result<Vec<f64>, AccessError> {
        checked(Side::Supply, self.supply, values)?;
        let sums = match &self.spread {
            None => self.pairs.gather(Side::Demand, values, &self.weighing, Power::Once),
            Some(spread) => {
                let mut sums = self.pairs.gather(Side::Demand, values, &self.weighing, Power::Twice);
                sums.iter_mut().zip(spread).for_each(|(sum, s)| *sum *= s);
                sums
            }
        };
        in_range(Side::Demand, sums)
    }

    /// How many pairs are in reach: those whose cost is within the largest and whose weight is not 0.
    pub fn pairs(&self) -> u64 {
        let ones = vec![1.0; self.demand];
        let counts = self.pairs.gather(Side::Supply, &ones, &self.weighing.counting(), Power::Once);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sums of ones")]
        let whole = counts.into_iter().map(|count| count as u64).sum();
        whole
    }
}

/// Values from 0 up, one for each place.
fn checked(side: Side, places: usize, values: &[f64]) -> Result<(), AccessError> {
    if values.len() != places {
        return Err(AccessError::Length { side, expected: places, found: values.len() });
    }
    match values.iter().position(|v| !(v.is_finite() && *v >= 0.0)) {
        Some(at) => Err(AccessError::Value { side, at, value: values[at] }),
        None => Ok(()),
    }
}

/// Sums, when they stayed within the range of numbers.
fn in_range(side: Side, sums: Vec<f64>) -> Result<Vec<f64>, AccessError> {
    match sums.iter().position(|v| !v.is_finite()) {
        Some(at) => Err(AccessError::Range { side, at }),
        None => Ok(sums),
    }
}
