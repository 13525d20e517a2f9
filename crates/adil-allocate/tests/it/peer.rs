//! The shared instance of 40,000 facilities, whose optimum others have found; and a solver of others on a generated one.

use std::path::Path;

use adil_allocate::{Bounds, Instance, Leaf, LeafIndex, NodeIndex, tie_key};
use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, SolverStatus, SupportedConeT};

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn the_shared_instance_has_the_optimum_that_others_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/allocation");
    if !folder.exists() {
        println!("{} is absent: nothing was compared", folder.display());
        return;
    }
    // Millionths of a currency unit, so that rounding the bounds inward moves next to nothing.
    let units = |text: &str| text.parse::<f64>().unwrap() * 1e6;
    let bounds = |low: &str, high: &str| Bounds {
        floor: units(low).ceil() as u64,
        ceiling: Some(units(high).floor() as u64),
    };
    let mut instance = Instance::new(1_000_000_000_000_000);
    let regions: Vec<NodeIndex> = rows(&folder.join("regions.csv"))
        .iter()
        .map(|r| instance.add_node(NodeIndex::ROOT, bounds(&r[1], &r[2])))
        .collect();
    let districts: Vec<NodeIndex> = rows(&folder.join("districts.csv"))
        .iter()
        .map(|r| instance.add_node(regions[r[1].parse::<usize>().unwrap()], bounds(&r[2], &r[3])))
        .collect();
    let facilities = rows(&folder.join("facilities.csv"));
    for row in &facilities {
        let weight = (row[2].parse::<f64>().unwrap() * 1e15).round() as u128;
        let node = districts[row[1].parse::<usize>().unwrap()];
        instance.add_leaf(Leaf { node, weight, bounds: bounds(&row[4], &row[5]), minimum: 0, merit: 0 });
    }
    let solution = instance.solve(&|l: LeafIndex| tie_key(b"", &l.index().to_string())).unwrap();
    let worst = facilities
        .iter()
        .zip(solution.amounts())
        .map(|(row, amount)| (*amount as f64 / 1e6 - row[6].parse::<f64>().unwrap()).abs())
        .fold(0.0, f64::max);
    assert!(worst < 1e-4, "the largest difference is {worst}");
    assert_eq!(solution.amounts().iter().sum::<u64>(), 1_000_000_000_000_000);
}

/// Maximises Σ w·ln x under the same bounds with Clarabel's exponential cones.
#[test]
fn a_conic_solver_finds_the_same_optimum() {
    const LEAVES: usize = 120;
    const NODES: usize = 8;
    let mut state = 7u64;
    let mut random = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let budget = 120_000u64;
    let mut instance = Instance::new(budget);
    let mut node_bounds = Vec::new();
    let nodes: Vec<NodeIndex> = (0..NODES)
        .map(|at| {
            let bounds = Bounds { floor: 13_000, ceiling: Some(if at % 2 == 0 { 15_500 } else { 30_000 }) };
            node_bounds.push(bounds);
            instance.add_node(NodeIndex::ROOT, bounds)
        })
        .collect();
    let mut leaves = Vec::new();
    for at in 0..LEAVES {
        let floor = random(400);
        let leaf = Leaf {
            node: nodes[at % NODES],
            weight: u128::from(1 + random(1000)),
            bounds: Bounds { floor, ceiling: Some(floor + 300 + random(3000)) },
            minimum: 0,
            merit: 0,
        };
        leaves.push(leaf);
        instance.add_leaf(leaf);
    }
    let ours = instance.solve(&|l: LeafIndex| tie_key(b"", &l.index().to_string())).unwrap();
    let theirs = conic(&leaves, &node_bounds, budget);
    for (at, amount) in ours.amounts().iter().enumerate() {
        let off = (*amount as f64 - theirs[at]).abs();
        // One unit of rounding, and what an interior-point method leaves.
        assert!(off < 1.1, "leaf {at}: {amount} against {}", theirs[at]);
    }
}

/// Variables x, then y with y ≤ ln x: (y, 1, x) in the exponential cone.
fn conic(leaves: &[Leaf], nodes: &[Bounds], budget: u64) -> Vec<f64> {
    let n = leaves.len();
    let scale = budget as f64 / n as f64;
    let mut entries: Vec<(usize, usize, f64)> = Vec::new();
    let mut right = Vec::new();
    let mut row = 0;
    for at in 0..n {
        entries.push((row, at, 1.0));
        row += 1;
    }
    right.push(budget as f64 / scale);
    let first_inequality = 1;
    entries.clear();
    row = 0;
    for at in 0..n {
        entries.push((row, at, 1.0));
    }
    row += 1;
    let mut at_most = |columns: Vec<usize>, sign: f64, bound: u64, row: &mut usize, right: &mut Vec<f64>| {
        for column in columns {
            entries.push((*row, column, sign));
        }
        right.push(sign * bound as f64 / scale);
        *row += 1;
    };
    for (at, leaf) in leaves.iter().enumerate() {
        at_most(vec![at], 1.0, leaf.bounds.ceiling.unwrap(), &mut row, &mut right);
        at_most(vec![at], -1.0, leaf.bounds.floor, &mut row, &mut right);
    }
    for (at, bounds) in nodes.iter().enumerate() {
        let members: Vec<usize> = (0..n).filter(|l| leaves[*l].node.index() == at + 1).collect();
        at_most(members.clone(), 1.0, bounds.ceiling.unwrap(), &mut row, &mut right);
        at_most(members, -1.0, bounds.floor, &mut row, &mut right);
    }
    let inequalities = row - first_inequality;
    for at in 0..n {
        entries.push((row, n + at, -1.0));
        entries.push((row + 2, at, -1.0));
        right.extend([0.0, 1.0, 0.0]);
        row += 3;
    }
    entries.sort_by_key(|(r, c, _)| (*c, *r));
    let (rows, columns, values): (Vec<usize>, Vec<usize>, Vec<f64>) =
        entries.into_iter().fold(Default::default(), |mut acc: (Vec<_>, Vec<_>, Vec<_>), (r, c, v)| {
            acc.0.push(r);
            acc.1.push(c);
            acc.2.push(v);
            acc
        });
    let a = CscMatrix::new_from_triplets(row, 2 * n, rows, columns, values);
    let mean = leaves.iter().map(|l| l.weight as f64).sum::<f64>() / n as f64;
    let mut q = vec![0.0; n];
    q.extend(leaves.iter().map(|l| -(l.weight as f64) / mean));
    let mut cones = vec![SupportedConeT::ZeroConeT(1), SupportedConeT::NonnegativeConeT(inequalities)];
    cones.extend((0..n).map(|_| SupportedConeT::ExponentialConeT()));
    let settings = DefaultSettingsBuilder::default().verbose(false).build().unwrap();
    let mut solver =
        DefaultSolver::new(&CscMatrix::zeros((2 * n, 2 * n)), &q, &a, &right, &cones, settings).unwrap();
    solver.solve();
    assert!(matches!(solver.solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved));
    solver.solution.x[..n].iter().map(|x| x * scale).collect()
}
