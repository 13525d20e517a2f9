//! Tests of the crate as others use it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where something is wrong"
)]

mod agreement;
mod balance;
mod brute;
mod errors;
mod limits;
mod roads;
mod sphere;
mod threads;

use adil_access::{Catchment, Costs, Decay, Method};
use proptest::prelude::*;

/// The costs, pair by pair: what the library finds through its index, said naively.
pub(crate) type Matrix = Vec<Vec<Option<f64>>>;

/// Costs in any of the three forms, with the same as a matrix.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) costs: Costs,
    pub(crate) matrix: Matrix,
    /// Costs of pairs past the largest are given too.
    pub(crate) listed: bool,
}

impl World {
    pub(crate) fn planar(demand: &[[f64; 2]], supply: &[[f64; 2]]) -> Self {
        let cost = |a: &[f64; 2], b: &[f64; 2]| {
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            Some((dx * dx + dy * dy).sqrt())
        };
        let matrix = demand.iter().map(|a| supply.iter().map(|b| cost(a, b)).collect()).collect();
        Self { costs: Costs::planar(demand.to_vec(), supply.to_vec()).unwrap(), matrix, listed: false }
    }

    pub(crate) fn degrees(demand: &[(f64, f64)], supply: &[(f64, f64)], cost_per_metre: f64) -> Self {
        let place = |p: &(f64, f64)| adil_geography::Position::new(p.0, p.1).unwrap();
        let (demand, supply): (Vec<_>, Vec<_>) =
            (demand.iter().map(place).collect(), supply.iter().map(place).collect());
        let cost = |a, b| Some(adil_geography::great_circle(a, b) * cost_per_metre);
        let matrix = demand.iter().map(|a| supply.iter().map(|b| cost(*a, *b)).collect()).collect();
        Self { costs: Costs::degrees(demand, supply, cost_per_metre).unwrap(), matrix, listed: false }
    }

    pub(crate) fn listed(matrix: Matrix, supply: usize) -> Self {
        let pairs = (0u32..)
            .zip(&matrix)
            .flat_map(|(i, row)| (0u32..).zip(row).filter_map(move |(j, cost)| cost.map(|c| (i, j, c))));
        let costs = Costs::listed(matrix.len(), supply, pairs.collect()).unwrap();
        Self { costs, matrix, listed: true }
    }

    /// The weight of each pair under a catchment: the definition, with nothing clever.
    pub(crate) fn weights(&self, catchment: &Catchment) -> Vec<Vec<f64>> {
        let given = |cost: f64| {
            if self.listed { catchment.decay.weight(cost) } else { catchment.weight(cost) }
        };
        self.matrix
            .iter()
            .map(|row| {
                let total: f64 = row.iter().flatten().map(|cost| given(*cost)).sum();
                row.iter()
                    .map(|cost| {
                        let w = cost.map_or(0.0, |cost| catchment.weight(cost));
                        match catchment.method {
                            Method::TwoStep => w,
                            Method::ThreeStep if total > 0.0 => w * (w / total),
                            Method::ThreeStep => 0.0,
                        }
                    })
                    .collect()
            })
            .collect()
    }
}

pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(f64::MIN_POSITIVE)
}

#[track_caller]
pub(crate) fn assert_close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    for (at, (a, b)) in a.iter().zip(b).enumerate() {
        assert!(close(*a, *b), "at {at}: {a} and {b}");
    }
}

/// Coordinates: anywhere, or on a lattice where many distances are equal and limits are met exactly.
fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..20.0, (0u8..20).prop_map(f64::from), Just(5e4)]
}

fn position() -> impl Strategy<Value = (f64, f64)> {
    let anywhere = || (-90.0..=90.0, -180.0..=180.0);
    let lattice =
        || ((-9i8..=9).prop_map(|v| f64::from(v) * 10.0), (-18i16..=18).prop_map(|v| f64::from(v) * 10.0));
    let near = |lat: f64, lon: f64| (lat - 0.2..lat + 0.2, lon - 0.2..lon + 0.2);
    let wrap = |(lat, lon): (f64, f64)| (lat.clamp(-90.0, 90.0), (lon + 540.0).rem_euclid(360.0) - 180.0);
    let near = prop_oneof![near(43.2, 76.9), near(51.0, 180.0), near(90.0, 10.0), near(-89.9, -179.9)]
        .prop_map(wrap);
    prop_oneof![anywhere(), near, lattice()].prop_filter("0, 0 is no place", |p| p.0.abs() + p.1.abs() > 1e-3)
}

/// A world and the size of a usual cost in it.
pub(crate) fn world() -> impl Strategy<Value = (World, f64)> {
    let points = || proptest::collection::vec([coordinate(), coordinate()], 0..60);
    let places = || proptest::collection::vec(position(), 0..40);
    let matrix = (0usize..30).prop_flat_map(|supply| {
        let cost = proptest::option::of(prop_oneof![0.0..20.0, (0u8..20).prop_map(f64::from)]);
        let row = proptest::collection::vec(cost, supply);
        (proptest::collection::vec(row, 0..40), Just(supply))
    });
    prop_oneof![
        (points(), points()).prop_map(|(d, s)| (World::planar(&d, &s), 5.0)),
        // Kilometres, from a neighbourhood to half the Earth.
        (places(), places(), prop_oneof![Just(10.0), Just(1_000.0), Just(19_000.0)])
            .prop_map(|(d, s, far)| (World::degrees(&d, &s, 0.001), far)),
        matrix.prop_map(|(matrix, supply)| (World::listed(matrix, supply), 5.0)),
    ]
}

/// Catchments for costs of a usual size.
pub(crate) fn catchment() -> impl Strategy<Value = Catchment> {
    let step = (0.01..1.0, prop_oneof![0.0..2.0, Just(0.68)]);
    let steps = proptest::collection::vec(step, 1..6).prop_map(|steps| {
        let mut limit = 0.0;
        let rising = steps.into_iter().map(|(more, weight)| {
            limit += more;
            (limit, weight)
        });
        Decay::Steps(rising.collect())
    });
    let decay = prop_oneof![
        Just(Decay::None),
        steps,
        (0.2..3.0).prop_map(|scale| Decay::Gaussian { scale }),
        (-3.0..0.5, 0.01..1.0).prop_map(|(exponent, minimum)| Decay::Gravity { exponent, minimum }),
    ];
    let max_cost = prop_oneof![0.0..2.5, Just(1.0)];
    let method = prop_oneof![Just(Method::TwoStep), Just(Method::ThreeStep)];
    (method, max_cost, decay).prop_map(|(method, max_cost, decay)| Catchment { method, max_cost, decay })
}

/// A catchment for costs of size 1, for costs of another size.
pub(crate) fn scaled(catchment: &Catchment, size: f64) -> Catchment {
    let decay = match &catchment.decay {
        Decay::None => Decay::None,
        Decay::Steps(steps) => Decay::Steps(steps.iter().map(|(limit, w)| (limit * size, *w)).collect()),
        Decay::Gaussian { scale } => Decay::Gaussian { scale: scale * size },
        Decay::Gravity { exponent, minimum } => {
            Decay::Gravity { exponent: *exponent, minimum: minimum * size }
        }
    };
    Catchment { method: catchment.method, max_cost: catchment.max_cost * size, decay }
}

/// A case: a world, a catchment for it, and numbers for its places.
pub(crate) fn case() -> impl Strategy<Value = (World, Catchment, Vec<f64>, Vec<f64>)> {
    (world(), catchment()).prop_flat_map(|((world, size), catchment)| {
        let amount = || prop_oneof![Just(0.0), (1u16..1000).prop_map(f64::from), 0.1..50.0];
        let (demand, supply) = (world.costs.demand_len(), world.costs.supply_len());
        (
            Just(world),
            Just(scaled(&catchment, size)),
            proptest::collection::vec(amount(), demand),
            proptest::collection::vec(amount(), supply),
        )
    })
}
