//! No numbers make reach or balance panic, and what one serves is never above its capacity.
#![no_main]

use adil_access::{Catchment, Costs, Decay, Field, Method};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<[f64; 2]>, Vec<[f64; 2]>, Vec<(u8, u8, f64)>, [f64; 4], u8)| {
    let (demand, supply, pairs, [max_cost, a, b, value], kind) = input;
    let decay = match kind % 4 {
        0 => Decay::None,
        1 => Decay::Steps(vec![(a, 1.0), (b, value)]),
        2 => Decay::Gaussian { scale: a },
        _ => Decay::Gravity { exponent: a, minimum: b },
    };
    let method = if kind & 4 == 0 { Method::TwoStep } else { Method::ThreeStep };
    let catchment = Catchment { method, max_cost, decay };
    let place = |p: &[f64; 2]| adil_geography::Position::new(p[0], p[1]).ok();
    let places = |points: &[[f64; 2]]| points.iter().filter_map(place).collect::<Vec<_>>();
    let listed = pairs.iter().map(|&(i, j, cost)| (i.into(), j.into(), cost)).collect();
    for costs in [
        Costs::degrees(places(&demand), places(&supply), value),
        Costs::planar(demand, supply),
        Costs::listed(256, 256, listed),
    ]
    .into_iter()
    .flatten()
    {
        let Ok(field) = Field::new(&costs, &catchment) else { continue };
        let amounts = |n: usize| vec![value.abs(); n];
        let (population, capacity) = (amounts(costs.demand_len()), amounts(costs.supply_len()));
        let _ = field.reach(&population, &capacity);
        if let Ok(balance) = field.balance(&population, &capacity, 3) {
            assert!(balance.facilities.iter().all(|f| f.served <= f.capacity));
        }
    }
});
