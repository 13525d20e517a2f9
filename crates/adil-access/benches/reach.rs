//! How long reach takes: the sums alone, without reading and writing.

use adil_access::roads::{Edge, RoadGraph, Walk};
use adil_access::{Catchment, Costs, Decay, Method, balance, cost_per_metre, reach};
use adil_geography::Position;
use criterion::{Criterion, criterion_group, criterion_main};

/// Numbers from 0 to 1 that look random and are the same on every machine (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // 32 bits are enough for a benchmark.
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }
}

const DEMAND: usize = 100_000;
const SUPPLY: usize = 5_000;

fn catchment(method: Method, decay: Decay, max_cost: f64) -> Catchment {
    Catchment { method, max_cost, decay }
}

fn thirds(max_cost: f64) -> Decay {
    Decay::Steps(vec![(max_cost / 3.0, 1.0), (max_cost * 2.0 / 3.0, 0.68), (max_cost, 0.22)])
}

/// 3.8 million pairs on a plane.
fn plane(c: &mut Criterion) {
    let mut numbers = Numbers(7);
    let mut points = |n: usize| -> Vec<[f64; 2]> {
        (0..n).map(|_| [numbers.next() * 100.0, numbers.next() * 100.0]).collect()
    };
    let Ok(costs) = Costs::planar(points(DEMAND), points(SUPPLY)) else { return };
    let (population, capacity) = (vec![300.0; DEMAND], vec![25.0; SUPPLY]);
    let mut group = c.benchmark_group("plane");
    group.sample_size(20);
    for (name, method, decay) in [
        ("2sfca", Method::TwoStep, Decay::None),
        ("e2sfca steps", Method::TwoStep, thirds(5.0)),
        ("e2sfca gaussian", Method::TwoStep, Decay::Gaussian { scale: 2.0 }),
        ("3sfca steps", Method::ThreeStep, thirds(5.0)),
    ] {
        let catchment = catchment(method, decay, 5.0);
        group.bench_function(name, |b| b.iter(|| reach(&costs, &population, &capacity, &catchment)));
    }
    let visits = vec![0.1; DEMAND];
    let steps = catchment(Method::TwoStep, thirds(5.0), 5.0);
    group.bench_function("balance, 5 rounds", |b| b.iter(|| balance(&costs, &visits, &capacity, &steps, 5)));
    group.finish();
}

/// The same number of places on the Earth, 3.7 million pairs.
fn sphere(c: &mut Criterion) {
    let mut numbers = Numbers(7);
    let mut places = |n: usize| -> Vec<Position> {
        (0..n)
            .filter_map(|_| Position::new(43.0 + numbers.next(), 76.0 + numbers.next() * 1.37).ok())
            .collect()
    };
    let (demand, supply) = (places(DEMAND), places(SUPPLY));
    let Ok(costs) = Costs::degrees(demand.clone(), supply.clone(), cost_per_metre(4.8, 1.3)) else { return };
    let (population, capacity) = (vec![300.0; DEMAND], vec![25.0; SUPPLY]);
    let mut group = c.benchmark_group("sphere");
    group.sample_size(20);
    for (name, decay) in
        [("e2sfca steps", thirds(90.0)), ("e2sfca gaussian", Decay::Gaussian { scale: 35.0 })]
    {
        let catchment = catchment(Method::TwoStep, decay, 90.0);
        group.bench_function(name, |b| b.iter(|| reach(&costs, &population, &capacity, &catchment)));
    }
    group.finish();
}

/// A city of `side` × `side` crossings, 100 m apart, at walking speed.
fn city(side: u32, numbers: &mut Numbers) -> Option<RoadGraph> {
    let at = |node: u32| (43.2 + f64::from(node / side) * 9e-4, 76.8 + f64::from(node % side) * 1.233e-3);
    let mut edges = Vec::new();
    for node in 0..side * side {
        let (right, down) = (node % side + 1 < side, node / side + 1 < side);
        for to in [right.then_some(node + 1), down.then_some(node + side)].into_iter().flatten() {
            let seconds = Some(60.0 + 40.0 * numbers.next());
            edges.push(Edge {
                from: node,
                to,
                metres: 100.0,
                seconds_forward: seconds,
                seconds_backward: seconds,
            });
        }
    }
    RoadGraph::build((0..side * side).map(at).collect(), edges).ok()
}

/// Searches within a limit from each facility, beside contraction hierarchies asked pair by pair.
fn roads(c: &mut Criterion) {
    let mut numbers = Numbers(3);
    let mut group = c.benchmark_group("roads");
    group.sample_size(10);
    let Some(graph) = city(300, &mut numbers) else { return };
    let mut places = |n: usize| -> Vec<Position> {
        let place = |_| Position::new(43.2 + numbers.next() * 0.26, 76.8 + numbers.next() * 0.36).ok();
        (0..n).filter_map(place).collect()
    };
    let (demand, supply) = (places(5_000), places(200));
    for minutes in [15.0, 60.0] {
        group.bench_function(format!("5,000 × 200 within {minutes} minutes"), |b| {
            b.iter(|| graph.times(&demand, &supply, minutes, &Walk::default()));
        });
    }
    // Preparing the city of 90,000 crossings takes a minute; this one has 10,000.
    let Some(graph) = city(100, &mut numbers) else { return };
    group.bench_function("prepare 10,000 crossings for pairs", |b| b.iter(|| graph.ways()));
    let mut ways = graph.ways();
    group.bench_function("1,000 pairs on 10,000 crossings", |b| {
        b.iter(|| {
            (0..1_000).filter_map(|at| ways.way(at, 9_999 - 7 * at)).map(|way| way.minutes).sum::<f64>()
        });
    });
    group.finish();
}

criterion_group!(benches, plane, sphere, roads);
criterion_main!(benches);
