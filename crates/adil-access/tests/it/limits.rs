//! Limits are included, and decided by the published cost, whatever is compared to save time.

use adil_access::{Catchment, Costs, Decay, Field, Method, offered};
use adil_geography::{Position, great_circle};
use proptest::prelude::*;

use super::World;

fn counted(costs: &Costs, max_cost: f64) -> u64 {
    let catchment = Catchment { method: Method::TwoStep, max_cost, decay: Decay::None };
    Field::new(costs, &catchment).unwrap().pairs()
}

#[test]
fn steps_hold_up_to_their_limit() {
    let supply: Vec<[f64; 2]> = (0..=5).map(|x| [f64::from(x), 0.0]).collect();
    let world = World::planar(&[[0.0, 0.0]], &supply);
    let decay = Decay::Steps(vec![(1.0, 1.0), (2.0, 0.68), (3.0, 0.22)]);
    // Past the last step nothing is in reach, whatever the largest cost.
    for (max_cost, weights) in
        [(9.0, [1.0, 1.0, 0.68, 0.22, 0.0, 0.0]), (2.0, [1.0, 1.0, 0.68, 0.0, 0.0, 0.0])]
    {
        let catchment = Catchment { method: Method::TwoStep, max_cost, decay: decay.clone() };
        for (at, weight) in weights.iter().enumerate() {
            let mut one = [0.0; 6];
            one[at] = 1.0;
            let found = offered(&world.costs, &[&one], &catchment).unwrap()[0][0];
            assert!((found - weight).abs() < f64::EPSILON, "facility {at}: {found}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn on_a_plane_the_last_bit_decides(a in [-1e3..1e3f64, -1e3..1e3], b in [-1e3..1e3f64, -1e3..1e3], small in -12i32..3) {
        let scale = 10f64.powi(small);
        let (a, b) = (a.map(|v| v * scale), b.map(|v| v * scale));
        let (dx, dy): (f64, f64) = (b[0] - a[0], b[1] - a[1]);
        let cost = (dx * dx + dy * dy).sqrt();
        let costs = Costs::planar(vec![a], vec![b]).unwrap();
        prop_assert_eq!(counted(&costs, cost), 1);
        prop_assert_eq!(counted(&costs, cost.next_up()), 1);
        if cost > 0.0 {
            prop_assert_eq!(counted(&costs, cost.next_down()), 0);
        }
    }

    #[test]
    fn on_the_earth_the_last_bit_decides(
        lat in -90.0..=90.0f64, lon in -180.0..=180.0f64, to_lat in -90.0..=90.0f64, to_lon in -180.0..=180.0f64,
        near in 0i32..14, opposite in any::<bool>(), per_metre in prop_oneof![Just(1.0), 1e-4..1.0],
    ) {
        let scale = 10f64.powi(-near);
        // Near the first place, or near the other side of the Earth.
        let base = if opposite { (-lat, if lon > 0.0 { lon - 180.0 } else { lon + 180.0 }) } else { (lat, lon) };
        let wrap = |lon: f64| (lon + 540.0).rem_euclid(360.0) - 180.0;
        let to = ((base.0 + to_lat * scale).clamp(-90.0, 90.0), wrap(base.1 + to_lon * scale));
        let (Ok(a), Ok(b)) = (Position::new(lat, lon), Position::new(to.0, to.1)) else { return Ok(()) };
        let cost = great_circle(a, b) * per_metre;
        let costs = Costs::degrees(vec![a], vec![b], per_metre).unwrap();
        prop_assert_eq!(counted(&costs, cost), 1);
        prop_assert_eq!(counted(&costs, cost.next_up()), 1);
        if cost > 0.0 {
            prop_assert_eq!(counted(&costs, cost.next_down()), 0);
        }
    }

    /// Steps, a largest cost and a formula all judge the same number.
    #[test]
    fn whatever_decides_decides_the_same(lat in -89.0..89.0, lon in -179.0..179.0, north in -0.1..0.1, east in -0.1..0.1) {
        let (a, b) = (Position::new(lat, lon).unwrap(), Position::new(lat + north, lon + east).unwrap());
        let costs = Costs::degrees(vec![a], vec![b], 0.001).unwrap();
        let cost = great_circle(a, b) * 0.001;
        let weight = |decay: Decay, max_cost: f64| {
            offered(&costs, &[&[1.0]], &Catchment { method: Method::TwoStep, max_cost, decay }).unwrap()[0][0]
        };
        for (limit, inside) in [(cost, true), (cost.next_down(), false)] {
            let step = weight(Decay::Steps(vec![(limit, 1.0), (1e4, 0.25)]), 1e4);
            prop_assert_eq!(step > 0.5, inside);
            prop_assert_eq!(weight(Decay::None, limit) > 0.5, inside);
            prop_assert_eq!(weight(Decay::Gravity { exponent: 0.0, minimum: 0.0 }, limit) > 0.5, inside);
        }
        let gaussian = weight(Decay::Gaussian { scale: 7.0 }, 1e4);
        prop_assert_eq!(gaussian.to_bits(), Decay::Gaussian { scale: 7.0 }.weight(cost).to_bits());
    }
}
