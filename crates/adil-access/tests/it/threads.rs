//! The number of threads changes no bit.

use adil_access::{Balance, Catchment, Costs, Decay, Method, Reach, balance, reach};

use super::World;
use super::agreement::points;

fn with_threads(threads: usize, costs: &Costs, catchment: &Catchment) -> (Reach, Balance) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let population: Vec<f64> =
        (0..costs.demand_len()).map(|i| 1.0 / (1.0 + f64::from(u32::try_from(i).unwrap()))).collect();
    let capacity = vec![0.3; costs.supply_len()];
    pool.install(|| {
        let found = reach(costs, &population, &capacity, catchment).unwrap();
        (found, balance(costs, &population, &capacity, catchment, 6).unwrap())
    })
}

#[test]
fn one_thread_and_many_give_the_same_bits() {
    let (demand, supply) = (points(1_500, 5), points(300, 9));
    let planar = World::planar(&demand, &supply);
    let listed = World::listed(planar.matrix.clone(), supply.len());
    let degrees =
        |points: &[[f64; 2]]| points.iter().map(|p| (p[0] / 3.0 + 1.0, p[1] / 3.0)).collect::<Vec<_>>();
    let earth = World::degrees(&degrees(&demand), &degrees(&supply), 0.000_05);
    for world in [planar, listed, earth] {
        for (method, decay) in [
            (Method::TwoStep, Decay::Steps(vec![(4.0, 1.0), (8.0, 0.5)])),
            (Method::ThreeStep, Decay::Gaussian { scale: 3.0 }),
        ] {
            let catchment = Catchment { method, max_cost: 8.0, decay };
            let bits = |(reach, balance): (Reach, Balance)| -> Vec<u64> {
                let points = balance.points.iter().flat_map(|p| [p.satisfied, p.no_room, p.out_of_reach]);
                let facilities = balance.facilities.iter().map(|f| f.served);
                reach
                    .access
                    .into_iter()
                    .chain(reach.load)
                    .chain(points)
                    .chain(facilities)
                    .map(f64::to_bits)
                    .collect()
            };
            let one = bits(with_threads(1, &world.costs, &catchment));
            assert!(one.iter().any(|bits| *bits != 0));
            for threads in [2, 5] {
                assert!(one == bits(with_threads(threads, &world.costs, &catchment)), "{threads} threads");
            }
        }
    }
}
