//! Agreement with published values, and with the definition on a case of thousands of places.

use adil_access::{Catchment, Costs, Decay, Method, reach};

use super::{World, assert_close};

const LOCATIONS: &str = include_str!("data/locations.csv");
const COSTS: &str = include_str!("data/costs.csv");
const EXPECTED: &str = include_str!("data/expected.csv");

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.splitn(4, ',').collect())
}

#[test]
fn the_package_access_finds_the_same() {
    let column = |at: usize| rows(LOCATIONS).map(|row| row[at].parse().unwrap()).collect::<Vec<f64>>();
    let (population, doctors) = (column(1), column(2));
    let place = |name: &str| name.parse::<u32>().unwrap() - 1;
    let pairs = rows(COSTS).map(|row| (place(row[0]), place(row[1]), row[2].parse().unwrap())).collect();
    let costs = Costs::listed(population.len(), doctors.len(), pairs).unwrap();
    let inverse = Decay::Gravity { exponent: -1.0, minimum: 0.0 };
    let steps = Decay::Steps(vec![(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)]);
    for (name, method, decay) in [
        ("2sfca", Method::TwoStep, inverse.clone()),
        ("e2sfca", Method::TwoStep, steps),
        ("3sfca", Method::ThreeStep, inverse),
    ] {
        let expected: Vec<f64> =
            rows(EXPECTED).filter(|row| row[0] == name).map(|row| row[2].parse().unwrap()).collect();
        assert_eq!(expected.len(), 3);
        let catchment = Catchment { method, max_cost: 61.0, decay };
        let found = reach(&costs, &population, &doctors, &catchment).unwrap();
        for (found, expected) in found.access.iter().zip(&expected) {
            assert!((found - expected).abs() <= 1e-12, "{name}: {found} and {expected}");
        }
    }
}

/// Points that look random, and are the same on every machine.
pub(crate) fn points(n: u32, salt: u32) -> Vec<[f64; 2]> {
    let at =
        |n: u32| f64::from(n.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(2_246_822_519)) / 4e7;
    (0..n).map(|i| [at(2 * i + salt), at(2 * i + 1 + salt)]).collect()
}

#[test]
fn thousands_of_places_are_summed_as_defined() {
    let (demand, supply) = (points(4_000, 1), points(300, 77));
    let population: Vec<f64> = (0..4_000u32).map(|i| f64::from(i * 7 % 1_000 + 1)).collect();
    let capacity: Vec<f64> = (0..300u32).map(|j| f64::from(j * 3 % 49 + 1)).collect();
    let worlds = {
        let degrees = |points: &[[f64; 2]]| -> Vec<(f64, f64)> {
            points
                .iter()
                .map(|p| (42.0 + p[0] / 50.0, 178.5 + p[1] / 50.0))
                .map(|(a, o)| (a, if o > 180.0 { o - 360.0 } else { o }))
                .collect()
        };
        [World::planar(&demand, &supply), World::degrees(&degrees(&demand), &degrees(&supply), 0.0005)]
    };
    for world in worlds {
        for (method, decay) in [
            (Method::TwoStep, Decay::None),
            (Method::TwoStep, Decay::Steps(vec![(3.0, 1.0), (6.0, 0.68), (9.0, 0.22)])),
            (Method::ThreeStep, Decay::Gaussian { scale: 4.0 }),
        ] {
            let catchment = Catchment { method, max_cost: 9.0, decay };
            let w = world.weights(&catchment);
            let load: Vec<f64> =
                (0..300).map(|j| population.iter().zip(&w).map(|(p, row)| p * row[j]).sum()).collect();
            let access: Vec<f64> = w
                .iter()
                .map(|row| (0..300).filter(|j| load[*j] > 0.0).map(|j| row[j] * capacity[j] / load[j]).sum())
                .collect();
            let found = reach(&world.costs, &population, &capacity, &catchment).unwrap();
            assert_close(&found.load, &load);
            assert_close(&found.access, &access);
        }
    }
}
