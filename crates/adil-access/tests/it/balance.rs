//! Supply and demand: nothing is lost, nobody is served twice, no facility above its capacity.

use adil_access::{Catchment, Costs, Decay, Method, balance};
use proptest::prelude::*;

use super::{assert_close, case, close};

fn anywhere() -> Catchment {
    Catchment { method: Method::TwoStep, max_cost: 10.0, decay: Decay::None }
}

#[test]
fn worked_by_hand() {
    // Two facilities; the first point reaches both, the second only the large one, the third none.
    let pairs = vec![(0, 0, 1.0), (0, 1, 1.0), (1, 1, 1.0), (2, 0, 11.0)];
    let costs = Costs::listed(3, 2, pairs).unwrap();
    // The first point offers its 40 as 10 and 30, the second all its 60. The small one takes the 10; the large one has room
    // for a third of 90. Then both are full.
    let found = balance(&costs, &[40.0, 60.0, 5.0], &[10.0, 30.0], &anywhere(), 2).unwrap();
    assert_close(&found.facilities.iter().map(|f| f.served).collect::<Vec<_>>(), &[10.0, 30.0]);
    assert_close(&found.points.iter().map(|p| p.satisfied).collect::<Vec<_>>(), &[20.0, 20.0, 0.0]);
    assert_close(&found.points.iter().map(|p| p.no_room).collect::<Vec<_>>(), &[20.0, 40.0, 0.0]);
    assert_close(&found.points.iter().map(|p| p.out_of_reach).collect::<Vec<_>>(), &[0.0, 0.0, 5.0]);
}

#[test]
fn what_one_facility_has_no_room_for_goes_to_another() {
    let costs = Costs::listed(2, 2, vec![(0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0)]).unwrap();
    let satisfied = |rounds| {
        let found = balance(&costs, &[20.0, 30.0], &[20.0, 20.0], &anywhere(), rounds).unwrap();
        found.points.iter().map(|p| p.satisfied).collect::<Vec<_>>()
    };
    // First 10 + 30 for a room of 20: half is served. Then the 5 that the first point lacks find room in the other.
    assert_close(&satisfied(1), &[15.0, 15.0]);
    assert_close(&satisfied(2), &[20.0, 15.0]);
    assert_close(&satisfied(9), &[20.0, 15.0]);
    assert_close(&satisfied(0), &[0.0, 0.0]);
}

#[test]
fn with_room_for_all_everyone_is_served_to_the_last_bit() {
    let costs =
        Costs::planar(vec![[0.1, 0.7], [0.3, 0.2], [5.0, 5.0]], vec![[0.0, 0.0], [1.0, 1.0], [0.5, 0.1]])
            .unwrap();
    let catchment =
        Catchment { method: Method::TwoStep, max_cost: 2.0, decay: Decay::Gaussian { scale: 0.7 } };
    let found = balance(&costs, &[0.1, 0.3, 0.7], &[1e6, 2e6, 3e6], &catchment, 1).unwrap();
    for (point, left) in found.points.iter().zip([0.0, 0.0, 0.7]) {
        assert_eq!(point.no_room.to_bits(), 0);
        assert_eq!(point.out_of_reach.to_bits(), f64::to_bits(left));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_is_lost((world, catchment, demand, capacity) in case(), rounds in 0u32..8) {
        let found = balance(&world.costs, &demand, &capacity, &catchment, rounds).unwrap();
        for (point, demand) in found.points.iter().zip(&demand) {
            prop_assert_eq!(point.demand.to_bits(), demand.to_bits());
            let sum = point.satisfied + point.out_of_reach + point.no_room;
            prop_assert_eq!(sum.to_bits(), demand.to_bits(), "{:?}", point);
            prop_assert!(point.satisfied >= 0.0 && point.out_of_reach >= 0.0 && point.no_room >= 0.0);
        }
        for (facility, capacity) in found.facilities.iter().zip(&capacity) {
            prop_assert!(facility.served >= 0.0 && facility.served <= *capacity);
            prop_assert!((0.0..=1.0).contains(&facility.used));
        }
        let satisfied: f64 = found.points.iter().map(|p| p.satisfied).sum();
        let served: f64 = found.facilities.iter().map(|f| f.served).sum();
        prop_assert!((satisfied - served).abs() <= 1e-12 * demand.iter().sum::<f64>(), "{satisfied} and {served}");
    }

    #[test]
    fn another_round_takes_nothing_away((world, catchment, demand, capacity) in case(), rounds in 0u32..5) {
        let before = balance(&world.costs, &demand, &capacity, &catchment, rounds).unwrap();
        let after = balance(&world.costs, &demand, &capacity, &catchment, rounds + 1).unwrap();
        for (before, after) in before.facilities.iter().zip(&after.facilities) {
            prop_assert!(after.served >= before.served);
        }
        for (before, after) in before.points.iter().zip(&after.points) {
            prop_assert!(after.satisfied >= before.satisfied || close(after.satisfied, before.satisfied));
        }
    }

    /// Unmet for want of room means that every facility in reach is full, once there were rounds enough.
    #[test]
    fn room_is_not_left_beside_want((world, catchment, demand, capacity) in case()) {
        let rounds = u32::try_from(capacity.len()).unwrap() + 1;
        let found = balance(&world.costs, &demand, &capacity, &catchment, rounds).unwrap();
        let w = world.weights(&catchment);
        for (point, row) in found.points.iter().zip(&w) {
            if point.no_room > 1e-9 * point.demand {
                for (facility, w) in found.facilities.iter().zip(row) {
                    prop_assert!(*w <= 0.0 || facility.used >= 1.0 || facility.capacity <= 0.0);
                }
            }
        }
    }
}
