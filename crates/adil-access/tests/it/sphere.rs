//! Places that a map on paper tears apart: the antimeridian and the poles.

use adil_access::{Catchment, Costs, Decay, Method, cost_per_metre, offered};
use adil_geography::Position;

use super::close;

fn reached(from: (f64, f64), to: &[(f64, f64)], kilometres: f64) -> Vec<bool> {
    let place = |p: &(f64, f64)| Position::new(p.0, p.1).unwrap();
    let to: Vec<Position> = to.iter().map(place).collect();
    let costs = Costs::degrees(vec![place(&from)], to.clone(), 0.001).unwrap();
    let catchment = Catchment { method: Method::TwoStep, max_cost: kilometres, decay: Decay::None };
    (0..to.len())
        .map(|at| {
            let mut one = vec![0.0; to.len()];
            one[at] = 1.0;
            offered(&costs, &[&one], &catchment).unwrap()[0][0] > 0.5
        })
        .collect()
}

#[test]
fn the_antimeridian_is_no_border() {
    // 0.1° of longitude at 65° north are 4.7 km.
    let to = [(65.0, 180.0), (65.0, -180.0), (65.0, -179.95), (65.0, 179.8), (65.0, 0.0)];
    assert_eq!(reached((65.0, 179.95), &to, 5.0), [true, true, true, false, false]);
    assert_eq!(reached((65.0, -179.95), &to, 5.0), [true, true, true, false, false]);
}

#[test]
fn around_a_pole_every_longitude_is_near() {
    let to = [(89.99, 0.0), (89.99, 90.0), (89.99, -179.0), (89.99, 179.0), (89.0, 10.0)];
    assert_eq!(reached((89.98, 45.0), &to, 10.0), [true, true, true, true, false]);
    assert_eq!(reached((90.0, 0.0), &to, 10.0), [true, true, true, true, false]);
    let south = [(-90.0, 77.0), (-89.95, -135.0), (-89.0, 45.0)];
    assert_eq!(reached((-89.95, 45.0), &south, 12.0), [true, true, false]);
}

#[test]
fn half_the_earth_is_the_farthest() {
    let to = [(-43.0, -104.0), (43.0, 76.0), (-90.0, 0.0)];
    assert_eq!(reached((43.0, 76.0), &to, 20_016.0), [true, true, true]);
    assert_eq!(reached((43.0, 76.0), &to, 20_000.0), [false, true, true]);
}

#[test]
fn minutes_come_of_speed_and_detour() {
    // 4.8 km/h are 80 m a minute; on ways 1.25 times as long, 64 m of straight line.
    assert!(close(cost_per_metre(4.8, 1.25), 1.0 / 64.0));
}
