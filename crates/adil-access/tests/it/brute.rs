//! The index, the parallel sums and the squares of distances change nothing: equality with the definition.

use adil_access::{Field, offered, reach, within};
use proptest::prelude::*;

use super::{assert_close, case, close};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(768))]

    #[test]
    fn reach_is_its_definition((world, catchment, population, capacity) in case()) {
        let w = world.weights(&catchment);
        let load: Vec<f64> = (0..capacity.len())
            .map(|j| population.iter().zip(&w).map(|(p, row)| p * row[j]).sum())
            .collect();
        let ratio: Vec<f64> =
            capacity.iter().zip(&load).map(|(s, load)| if *load > 0.0 { s / load } else { 0.0 }).collect();
        let access: Vec<f64> =
            w.iter().map(|row| row.iter().zip(&ratio).map(|(w, r)| w * r).sum()).collect();
        let found = reach(&world.costs, &population, &capacity, &catchment).unwrap();
        assert_close(&found.load, &load);
        assert_close(&found.ratio, &ratio);
        assert_close(&found.access, &access);
    }

    #[test]
    fn what_is_given_out_is_what_there_is((world, catchment, population, capacity) in case()) {
        let found = reach(&world.costs, &population, &capacity, &catchment).unwrap();
        let used: f64 = population.iter().zip(&found.access).map(|(p, a)| p * a).sum();
        let there: f64 = capacity.iter().zip(&found.load).filter(|(_, load)| **load > 0.0).map(|(s, _)| s).sum();
        prop_assert!(close(used, there), "{used} and {there}");
    }

    #[test]
    fn sums_of_columns_are_their_definition((world, catchment, population, capacity) in case()) {
        let w = world.weights(&catchment);
        let ones = vec![1.0; population.len()];
        let found = within(&world.costs, &[&population, &ones], &catchment).unwrap();
        for j in 0..capacity.len() {
            let people: f64 = population.iter().zip(&w).map(|(p, row)| p * row[j]).sum();
            let points: f64 = w.iter().map(|row| row[j]).sum();
            prop_assert!(close(found[0][j], people) && close(found[1][j], points));
        }
        let found = offered(&world.costs, &[&capacity], &catchment).unwrap();
        for (row, found) in w.iter().zip(&found[0]) {
            let places: f64 = row.iter().zip(&capacity).map(|(w, s)| w * s).sum();
            prop_assert!(close(*found, places), "{found} and {places}");
        }
    }

    #[test]
    fn pairs_in_reach_are_counted((world, catchment, ..) in case()) {
        let near = |cost: &&f64| catchment.weight(**cost) > 0.0;
        let expected = world.matrix.iter().flatten().flatten().filter(near).count();
        prop_assert_eq!(Field::new(&world.costs, &catchment).unwrap().pairs(), expected as u64);
    }
}
