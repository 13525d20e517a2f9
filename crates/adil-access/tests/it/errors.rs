//! What is wrong is said, and nothing panics.

use adil_access::{
    AccessError, Catchment, Costs, Decay, Method, Side, balance, reach, relative_share, within,
};
use proptest::prelude::*;

fn catchment(max_cost: f64, decay: Decay) -> Catchment {
    Catchment { method: Method::TwoStep, max_cost, decay }
}

fn said(result: Result<impl Sized, AccessError>) -> String {
    result.err().expect("an error").to_string()
}

#[test]
fn a_catchment_is_checked() {
    for (decay, message) in [
        (Decay::Steps(vec![]), "needs a step"),
        (Decay::Steps(vec![(1.0, 1.0), (1.0, 0.5)]), "step 2 has the limit 1;"),
        (Decay::Steps(vec![(-1.0, 1.0)]), "step 1 has the limit -1;"),
        (Decay::Steps(vec![(1.0, -0.5)]), "step 1 has the weight -0.5;"),
        (Decay::Steps(vec![(1.0, f64::NAN)]), "step 1 has the weight NaN;"),
        (Decay::Gaussian { scale: 0.0 }, "scale of the Gaussian decay is 0;"),
        (Decay::Gravity { exponent: f64::INFINITY, minimum: 1.0 }, "exponent of the gravity decay is inf;"),
        (Decay::Gravity { exponent: -1.0, minimum: -1.0 }, "smallest cost of the gravity decay is -1;"),
    ] {
        let text = said(catchment(1.0, decay).check());
        assert!(text.contains(message), "{text}");
    }
    assert!(said(catchment(-1.0, Decay::None).check()).contains("largest cost is -1;"));
    assert!(said(catchment(f64::NAN, Decay::None).check()).contains("largest cost is NaN;"));
}

#[test]
fn costs_and_values_are_checked() {
    assert!(said(Costs::planar(vec![[0.0, f64::NAN]], vec![])).contains("demand point 0 lies at 0, NaN"));
    assert!(said(Costs::planar(vec![], vec![[0.0, 1e200]])).contains("facility 0 lies at"));
    assert!(said(Costs::degrees(vec![], vec![], 0.0)).contains("a metre costs 0"));
    assert!(
        said(Costs::listed(1, 1, vec![(0, 1, 1.0)])).contains("pair 0 names facility 1, and there are 1")
    );
    assert!(said(Costs::listed(1, 1, vec![(0, 0, -1.0)])).contains("pair 0 has the cost -1"));
    let twice = Costs::listed(2, 2, vec![(1, 0, 1.0), (0, 1, 1.0), (1, 0, 2.0)]);
    assert_eq!(twice.err(), Some(AccessError::PairTwice { demand: 1, supply: 0 }));

    let costs = Costs::planar(vec![[0.0, 0.0]], vec![[1.0, 0.0]]).unwrap();
    let near = catchment(2.0, Decay::None);
    assert!(
        said(reach(&costs, &[], &[1.0], &near)).contains("0 values are given for 1 places (demand point)")
    );
    assert!(said(reach(&costs, &[1.0], &[-1.0], &near)).contains("facility 0 has the value -1"));
    assert!(said(within(&costs, &[&[f64::NAN]], &near)).contains("demand point 0 has the value NaN"));
    assert!(
        said(balance(&costs, &[1.0], &[f64::INFINITY], &near, 1)).contains("facility 0 has the value inf")
    );
}

#[test]
fn a_weight_beyond_numbers_is_an_error_with_its_place() {
    let costs = Costs::planar(vec![[3.0, 0.0]], vec![[9.0, 9.0], [3.0, 0.0]]).unwrap();
    let gravity = catchment(20.0, Decay::Gravity { exponent: -1.0, minimum: 0.0 });
    let found = reach(&costs, &[1.0], &[1.0, 1.0], &gravity);
    assert_eq!(found.err(), Some(AccessError::Range { side: Side::Supply, at: 1 }));
}

#[test]
fn nothing_is_no_trouble() {
    for (demand, supply) in [(0, 0), (0, 2), (2, 0), (2, 2)] {
        let costs = Costs::listed(demand, supply, vec![]).unwrap();
        let found =
            reach(&costs, &vec![1.0; demand], &vec![1.0; supply], &catchment(1.0, Decay::None)).unwrap();
        assert_eq!((found.access, found.ratio), (vec![0.0; demand], vec![0.0; supply]));
    }
}

#[test]
fn a_share_is_beside_the_whole_population() {
    // The population's mean is (1·1 + 3·3) / 4 = 2.5.
    assert_eq!(relative_share(&[1.0, 3.0], &[1.0, 3.0]), Some(vec![0.4, 1.2]));
    assert_eq!(relative_share(&[0.0, 0.0], &[1.0, 3.0]), None);
    assert_eq!(relative_share(&[], &[]), None);
}

proptest! {
    /// Any bits whatever: an answer or an error.
    #[test]
    fn no_numbers_panic(
        demand in proptest::collection::vec(any::<[f64; 2]>(), 0..8), supply in proptest::collection::vec(any::<[f64; 2]>(), 0..8),
        max_cost in any::<f64>(), scale in any::<f64>(), values in any::<[f64; 8]>(), per_metre in any::<f64>(), kind in 0u8..4,
    ) {
        let decay = match kind {
            0 => Decay::None,
            1 => Decay::Steps(vec![(scale, per_metre), (max_cost, 0.5)]),
            2 => Decay::Gaussian { scale },
            _ => Decay::Gravity { exponent: scale, minimum: per_metre },
        };
        let place = |p: &[f64; 2]| adil_geography::Position::new(p[0] % 90.0, p[1] % 180.0).ok();
        let places = |points: &[[f64; 2]]| points.iter().filter_map(place).collect::<Vec<_>>();
        for method in [Method::TwoStep, Method::ThreeStep] {
            let catchment = Catchment { method, max_cost, decay: decay.clone() };
            let costs = [
                Costs::planar(demand.clone(), supply.clone()),
                Costs::planar(demand.clone().map_all(|v| v % 1e9), supply.clone().map_all(|v| v % 1e9)),
                Costs::degrees(places(&demand), places(&supply), per_metre),
            ];
            for costs in costs.into_iter().flatten() {
                let values = values.map(f64::abs);
                let (population, capacity) = (&values[..costs.demand_len()], &values[..costs.supply_len()]);
                let _ = reach(&costs, population, capacity, &catchment);
                let _ = balance(&costs, population, capacity, &catchment, 3);
            }
        }
    }
}

trait MapAll {
    fn map_all(self, f: impl Fn(f64) -> f64) -> Self;
}

impl MapAll for Vec<[f64; 2]> {
    fn map_all(mut self, f: impl Fn(f64) -> f64) -> Self {
        self.iter_mut().flatten().for_each(|v| *v = f(*v));
        self
    }
}
