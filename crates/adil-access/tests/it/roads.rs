//! Costs along roads.

use adil_access::AccessError;
use adil_access::roads::{Edge, RoadGraph, Walk};
use adil_geography::{Position, great_circle};
use proptest::prelude::*;

const FORTY_STEPS: Walk = Walk { kilometres_per_hour: 3.6, longest: 500.0, smallest_network: 2 };

fn node(at: u32) -> (f64, f64) {
    // A hundred nodes, 0.002° apart: 222 m north, 162 m east.
    (43.2 + f64::from(at / 10) * 0.002, 76.8 + f64::from(at % 10) * 0.002)
}

fn place(at: (f64, f64)) -> Position {
    Position::new(at.0, at.1).unwrap()
}

fn edge(from: u32, to: u32, forward: Option<f64>, backward: Option<f64>) -> Edge {
    Edge { from, to, metres: 200.0, seconds_forward: forward, seconds_backward: backward }
}

/// The minutes of each pair.
fn minutes(
    graph: &RoadGraph,
    demand: &[Position],
    supply: &[Position],
    most: f64,
    walk: &Walk,
) -> Vec<Vec<Option<f64>>> {
    let mut minutes = vec![vec![None; supply.len()]; demand.len()];
    for (i, j, found) in graph.times(demand, supply, most, walk).unwrap().pairs {
        minutes[i as usize][j as usize] = Some(found);
    }
    minutes
}

#[test]
fn one_way_streets_are_one_way_towards_the_facility() {
    // 0 → 1 → 2 takes 60 s each; back there is only 2 → 0, in 300 s.
    let edges =
        vec![edge(0, 1, Some(60.0), None), edge(1, 2, Some(60.0), None), edge(0, 2, None, Some(300.0))];
    let graph = RoadGraph::build((0..3).map(node).collect(), edges).unwrap();
    let places: Vec<Position> = (0..3).map(|at| place(node(at))).collect();
    let found = minutes(&graph, &places, &places, 60.0, &FORTY_STEPS);
    let expected = [[0.0, 1.0, 2.0], [6.0, 0.0, 1.0], [5.0, 6.0, 0.0]];
    for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
        assert!((found.unwrap() - expected).abs() < 1e-8, "{found:?} and {expected}");
    }
    // The largest cost is included and cuts off.
    let found = minutes(&graph, &places, &places, 2.0, &FORTY_STEPS);
    assert!(found[0][2].is_some() && found[1][0].is_none() && found[2][1].is_none());
}

#[test]
fn the_stretch_to_the_road_is_walked() {
    let graph =
        RoadGraph::build((0..2).map(node).collect(), vec![edge(0, 1, Some(60.0), Some(60.0))]).unwrap();
    let home = place((43.2, 76.799));
    let metres = great_circle(home, place(node(0)));
    let snap = graph.snap(home, &FORTY_STEPS).unwrap();
    assert_eq!(snap.node, 0);
    assert!((snap.metres - metres).abs() < 1e-6);
    // 3.6 km/h are a metre a second.
    let found = minutes(&graph, &[home], &[place(node(1))], 60.0, &FORTY_STEPS)[0][0].unwrap();
    assert!((found - (metres + 60.0) / 60.0).abs() < 1e-4, "{found}");
}

#[test]
fn places_off_the_road_are_named() {
    let graph =
        RoadGraph::build((0..2).map(node).collect(), vec![edge(0, 1, Some(60.0), Some(60.0))]).unwrap();
    let places = [place(node(0)), place((43.3, 76.8)), place(node(1))];
    let found = graph.times(&places, &places[1..], 60.0, &FORTY_STEPS).unwrap();
    assert_eq!((found.demand_off_road, found.supply_off_road), (vec![1], vec![0]));
}

#[test]
fn a_courtyard_without_a_way_out_is_passed_over() {
    // Nodes 20 and 21 are a network of two; 0 to 9 a street.
    let street = (0..9).map(|at| edge(at, at + 1, Some(60.0), Some(60.0)));
    let edges = street.chain([edge(20, 21, Some(9.0), Some(9.0))]).collect();
    let graph = RoadGraph::build((0..22).map(node).collect(), edges).unwrap();
    let at = place((43.2035, 76.8));
    assert_eq!(graph.snap(at, &FORTY_STEPS).unwrap().node, 20);
    assert_eq!(graph.snap(at, &Walk { smallest_network: 3, ..FORTY_STEPS }).unwrap().node, 0);
    // Where the whole map is small, its largest piece is where people go.
    assert_eq!(graph.snap(at, &Walk { smallest_network: 11, ..FORTY_STEPS }).unwrap().node, 0);
}

#[test]
fn a_graph_that_cannot_be_is_refused() {
    let build = |edge| RoadGraph::build(vec![node(0), node(1)], vec![edge]).err().unwrap();
    assert!(matches!(build(edge(0, 2, None, None)), AccessError::Edge { at: 0, .. }));
    assert!(matches!(build(edge(0, 1, Some(-1.0), None)), AccessError::Edge { .. }));
    assert!(matches!(build(edge(0, 1, None, Some(f64::NAN))), AccessError::Edge { .. }));
    assert!(matches!(
        build(Edge { metres: f64::INFINITY, ..edge(0, 1, None, None) }),
        AccessError::Edge { .. }
    ));
    assert!(matches!(
        RoadGraph::build(vec![(100.0, 0.0)], vec![]).err(),
        Some(AccessError::Node { at: 0, .. })
    ));
    let graph = RoadGraph::build(vec![], vec![]).unwrap();
    assert_eq!(graph.snap(place(node(0)), &Walk::default()), None);
    assert_eq!(graph.ways().way(0, 1), None);
    let still = Walk { kilometres_per_hour: 0.0, ..FORTY_STEPS };
    assert!(graph.times(&[], &[], 1.0, &still).is_err());
    assert!(graph.times(&[], &[], f64::NAN, &FORTY_STEPS).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Searches within a limit, contraction hierarchies and Floyd–Warshall agree on any graph.
    #[test]
    fn three_ways_of_looking_for_a_way_agree(
        arcs in proptest::collection::vec((0u32..30, 0u32..30, 0u32..200_000), 1..120), most in 0.0..12.0,
    ) {
        let edges: Vec<Edge> =
            arcs.iter().map(|&(from, to, ms)| edge(from, to, Some(f64::from(ms) / 1_000.0), None)).collect();
        let graph = RoadGraph::build((0..30).map(node).collect(), edges).unwrap();
        let mut shortest = vec![vec![u64::MAX; 30]; 30];
        for (at, row) in shortest.iter_mut().enumerate() {
            row[at] = 0;
        }
        for &(from, to, ms) in &arcs {
            let known = &mut shortest[from as usize][to as usize];
            *known = (*known).min(u64::from(ms.max(1)));
        }
        for via in 0..30 {
            for from in 0..30 {
                for to in 0..30 {
                    let through = shortest[from][via].saturating_add(shortest[via][to]);
                    shortest[from][to] = shortest[from][to].min(through);
                }
            }
        }
        let places: Vec<Position> = (0..30).map(|at| place(node(at))).collect();
        let snapped: Vec<Option<u32>> =
            places.iter().map(|p| graph.snap(*p, &Walk { longest: 1.0, ..FORTY_STEPS }).map(|s| s.node)).collect();
        let found = minutes(&graph, &places, &places, most, &Walk { longest: 1.0, ..FORTY_STEPS });
        let mut ways = graph.ways();
        for (from, row) in shortest.iter().enumerate() {
            for (to, &ms) in row.iter().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "small")]
                let expected = (ms < u64::MAX).then(|| ms as f64 / 60_000.0);
                let (start, end) = (u32::try_from(from).unwrap(), u32::try_from(to).unwrap());
                let way = ways.way(start, end);
                prop_assert_eq!(way.as_ref().map(|w| w.minutes), expected);
                if let Some(way) = way {
                    prop_assert_eq!((way.nodes.first(), way.nodes.last()), (Some(&start), Some(&end)));
                }
                if snapped[from].is_some() && snapped[to].is_some() {
                    let within = expected.filter(|minutes| *minutes <= most);
                    let near = |a: f64, b: f64| (a - b).abs() < 1e-7;
                    prop_assert!(match (found[from][to], within) {
                        (Some(found), Some(within)) => near(found, within),
                        (None, None) => true,
                        _ => false,
                    }, "{from} to {to}: {:?} and {within:?}", found[from][to]);
                }
            }
        }
    }
}
