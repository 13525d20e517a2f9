//! Shared borders: once for both sides, simplified without gaps, merged into regions.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::LocalizedText;
use adil_geography::{Albers, Area, Boundaries, Coord, Topology};
use geo::{MultiPolygon, Polygon, Validation};
use proptest::prelude::*;

use crate::kazakhstan::districts;

/// The districts of Kazakhstan in the plane, in kilometres.
fn country() -> (Boundaries, Topology) {
    let boundaries = districts();
    let points = || boundaries.areas().iter().flat_map(|a| geo::CoordsIter::coords_iter(&a.shape));
    let albers = Albers::around(points()).unwrap();
    let topology = Topology::of(boundaries.areas()).moved(|p| {
        let p = albers.project(p);
        Coord { x: p.x / 1000.0, y: p.y / 1000.0 }
    });
    (boundaries, topology)
}

fn total(topology: &Topology) -> f64 {
    (0..topology.codes().len()).map(|at| topology.size(at)).sum()
}

/// What the arcs at the outer edge enclose: equal to the sum of the areas only without gaps and overlaps.
fn enclosed(topology: &Topology) -> f64 {
    let all = topology.grouped(|_| Some("all"));
    assert_eq!(all.codes(), ["all"]);
    all.size(0)
}

fn assert_valid(topology: &Topology) {
    for (at, code) in topology.codes().iter().enumerate() {
        let shape = topology.shape(at);
        assert!(topology.size(at) > 0.0, "{code}");
        assert!(shape.is_valid(), "{code}: {:?}", shape.check_validation());
    }
}

#[test]
fn every_border_within_the_country_has_two_districts() {
    let (boundaries, topology) = country();
    assert_eq!(topology.codes().len(), 224);
    let shared = topology.arcs().iter().filter(|a| a.left.is_some() && a.right.is_some()).count();
    // No two districts overlap and none is its own neighbour.
    assert!(topology.arcs().iter().all(|a| a.left != a.right));
    // Edges that occur in two districts are exactly those of shared arcs.
    let mut uses: BTreeMap<[u64; 4], usize> = BTreeMap::new();
    for line in boundaries
        .areas()
        .iter()
        .flat_map(|a| &a.shape.0)
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
    {
        for edge in line.lines() {
            let (a, b) = (
                [edge.start.x.to_bits(), edge.start.y.to_bits()],
                [edge.end.x.to_bits(), edge.end.y.to_bits()],
            );
            let (a, b) = (a.min(b), a.max(b));
            *uses.entry([a[0], a[1], b[0], b[1]]).or_default() += 1;
        }
    }
    assert!(uses.values().all(|n| (1..=2).contains(n)));
    let degrees = Topology::of(boundaries.areas());
    let edges = |both: bool| -> usize {
        let wanted = degrees.arcs().iter().filter(|a| (a.left.is_some() && a.right.is_some()) == both);
        wanted.map(|a| a.line.len() - 1).sum()
    };
    assert_eq!(edges(true), uses.values().filter(|n| **n == 2).count());
    assert_eq!(edges(false), uses.values().filter(|n| **n == 1).count());
    assert!(shared > 500, "{shared}");
    // Nothing is lost on the way: each district is what it was.
    for (at, area) in boundaries.areas().iter().enumerate() {
        let (was, is) = (geo::Area::unsigned_area(&area.shape), geo::Area::unsigned_area(&degrees.shape(at)));
        assert!((was - is).abs() < 1e-9 * was, "{}", area.code);
    }
}

#[test]
fn simplified_districts_leave_no_gap_and_no_overlap() {
    let (_, topology) = country();
    let before = total(&topology);
    // Kazakhstan has 2,724,902 km²; the generalised outline on a sphere comes near.
    assert!((before - 2_724_902.0).abs() < 10_000.0, "{before}");
    for least in [1.0, 10.0, 60.0, 400.0] {
        let simple = topology.simplified(least);
        let points = |t: &Topology| t.arcs().iter().map(|a| a.line.len()).sum::<usize>();
        assert!(points(&simple) < points(&topology));
        assert_valid(&simple);
        let (sum, around) = (total(&simple), enclosed(&simple));
        assert!((sum - around).abs() < 1e-6 * sum, "{least}: {sum} in {around}");
        assert!((sum - before).abs() < before * 0.002, "{least}: {sum} was {before}");
        for arc in simple.arcs() {
            assert!(arc.left.is_some() || arc.right.is_some());
        }
    }
}

#[test]
fn districts_merge_into_the_twenty_regions() {
    let (boundaries, topology) = country();
    let parent: BTreeMap<&str, &str> =
        boundaries.areas().iter().map(|a| (a.code.as_str(), a.parent.as_deref().unwrap())).collect();
    for topology in [topology.clone(), topology.simplified(60.0)] {
        let regions = topology.grouped(|code| parent.get(code).copied());
        assert_eq!(regions.codes().len(), 20);
        assert_valid(&regions);
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for (at, code) in topology.codes().iter().enumerate() {
            *sums.entry(parent[code.as_str()]).or_default() += topology.size(at);
        }
        for (at, code) in regions.codes().iter().enumerate() {
            let (is, sum) = (regions.size(at), sums[code.as_str()]);
            assert!((is - sum).abs() < 1e-6 * sum, "{code}: {is} of {sum}");
        }
        // A point of a region's border is one of a district's.
        let points = |t: &Topology| -> BTreeSet<[u64; 2]> {
            t.arcs().iter().flat_map(|a| &a.line).map(|p| [p.x.to_bits(), p.y.to_bits()]).collect()
        };
        assert!(points(&regions).is_subset(&points(&topology)));
        assert!(regions.arcs().len() < topology.arcs().len() / 4);
        assert!((total(&regions) - total(&topology)).abs() < 1.0);
    }
}

fn area(code: &str, rings: &[&[(f64, f64)]]) -> Area {
    let mut rings = rings.iter().map(|ring| geo::LineString::from(ring.to_vec()));
    let outer = rings.next().unwrap();
    let shape = MultiPolygon::new(vec![Polygon::new(outer, rings.collect())]);
    Area { code: code.into(), parent: None, name: LocalizedText::default(), shape }
}

#[test]
fn an_area_within_another_shares_the_rim_of_the_hole() {
    // Clockwise outside and anticlockwise within, against RFC 7946: the direction of the file does not matter.
    let around = area(
        "around",
        &[
            &[(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0), (0.0, 0.0)],
            &[(3.0, 3.0), (6.0, 3.0), (6.0, 6.0), (4.5, 6.1), (3.0, 6.0), (3.0, 3.0)],
        ],
    );
    let within = area("within", &[&[(6.0, 6.0), (4.5, 6.1), (3.0, 6.0), (3.0, 3.0), (6.0, 3.0), (6.0, 6.0)]]);
    let topology = Topology::of([&around, &within]);
    assert_eq!(topology.arcs().len(), 2);
    assert_eq!(topology.arcs().iter().filter(|a| a.left.is_some() && a.right.is_some()).count(), 1);
    let simple = topology.simplified(1.0);
    assert_valid(&simple);
    assert!((total(&simple) - 81.0).abs() < 1e-9);
    // However much is taken out, both stay areas.
    assert_valid(&topology.simplified(1e9));
    assert!((enclosed(&topology) - 81.0).abs() < 1e-9);
}

#[test]
fn borders_that_do_not_match_are_kept_apart() {
    let west = area("west", &[&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]]);
    // A point of its own in the middle of the common border.
    let east = area("east", &[&[(4.0, 0.0), (8.0, 0.0), (8.0, 4.0), (4.0, 4.0), (4.0, 2.0), (4.0, 0.0)]]);
    let topology = Topology::of([&west, &east]);
    assert!(topology.arcs().iter().all(|a| a.left.is_none() || a.right.is_none()));
    assert!((total(&topology) - 32.0).abs() < 1e-12);
    // The same area twice: the second keeps its own border.
    let twice = Topology::of([&west, &west]);
    assert!((total(&twice) - 32.0).abs() < 1e-12);
    assert!(twice.arcs().iter().all(|a| a.left.is_some() && a.right.is_none()));
}

#[test]
fn areas_that_touch_in_a_point_stay_two_parts() {
    let low = area("low", &[&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]]);
    let high = area("high", &[&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]]);
    let merged = Topology::of([&low, &high]).grouped(|_| Some("both"));
    let shape = merged.shape(0);
    assert_eq!(shape.0.len(), 2);
    assert!(shape.is_valid() && (merged.size(0) - 2.0).abs() < 1e-12);
    // A chequerboard whose white fields lie within: four holes that touch in corners.
    let mut fields = Vec::new();
    for (x, y) in (0..5i32).flat_map(|x| (0..5i32).map(move |y| (x, y))) {
        let (x, y) = (f64::from(x), f64::from(y));
        fields.push(area(
            &format!("{x}{y}"),
            &[&[(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0), (x, y)]],
        ));
    }
    let board = Topology::of(&fields);
    let black = board.grouped(|code| (!["11", "22", "13", "33"].contains(&code)).then_some("black"));
    assert!((black.size(0) - 21.0).abs() < 1e-12, "{}", black.size(0));
}

#[test]
fn a_mirrored_map_has_the_same_groups() {
    let (boundaries, topology) = country();
    let mirrored = topology.clone().moved(|p| Coord { x: p.x, y: -p.y });
    let region = |code: &str| boundaries.areas()[boundaries.index_of(code).unwrap()].parent.as_deref();
    let (a, b) = (topology.grouped(region), mirrored.simplified(0.0).grouped(region));
    assert_eq!(b.codes().len(), 20);
    assert_valid(&b);
    for at in 0..20 {
        assert!((a.size(at) - b.size(at)).abs() < 1e-6 * a.size(at), "{}", a.codes()[at]);
    }
}

#[test]
fn islets_go_unless_they_are_all_there_is() {
    let square = |x: f64, side: f64| {
        let ring = vec![(x, 0.0), (x + side, 0.0), (x + side, side), (x, side), (x, 0.0)];
        Polygon::new(geo::LineString::from(ring), Vec::new())
    };
    let named = |code: &str, parts: Vec<Polygon<f64>>| Area {
        code: code.into(),
        parent: None,
        name: LocalizedText::default(),
        shape: MultiPolygon::new(parts),
    };
    let mainland = named("mainland", vec![square(0.0, 0.1), square(1.0, 10.0), square(20.0, 0.1)]);
    let rock = named("rock", vec![square(30.0, 0.1), square(31.0, 0.05)]);
    let simple = Topology::of([&mainland, &rock]).simplified(1.0);
    assert_eq!(simple.shape(0).0.len(), 1);
    assert_eq!(simple.shape(1).0.len(), 1);
    // The larger rock, now the triangle that a ring is at least.
    assert!((simple.size(1) - 0.005).abs() < 1e-9);
    assert_eq!(simple.arcs().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Squares with wildly jagged common borders: the areas always fill the same ground.
    #[test]
    fn simplification_never_opens_a_gap(
        jags in prop::collection::vec(prop::collection::vec(-0.45f64..0.45, 1..12), 24),
        least in 0.0f64..4.0,
    ) {
        let side = 3usize;
        let mut taken = jags.iter();
        let mut edge = |from: (f64, f64), to: (f64, f64)| -> Vec<(f64, f64)> {
            let jag = taken.next().cloned().unwrap_or_default();
            let n = jag.len() + 1;
            let along = |i: usize| f64::from(u32::try_from(i).unwrap()) / f64::from(u32::try_from(n).unwrap());
            let mut out = vec![from];
            for (i, j) in (1..n).zip(jag) {
                // Within a diamond around the edge, so that no two edges cross.
                let (t, d) = (along(i), j * along(i).min(1.0 - along(i)));
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                out.push((from.0 + dx * t - dy * d, from.1 + dy * t + dx * d));
            }
            out.push(to);
            out
        };
        let at = |x: usize, y: usize| (f64::from(u32::try_from(x).unwrap()), f64::from(u32::try_from(y).unwrap()));
        let mut east = BTreeMap::new();
        let mut north = BTreeMap::new();
        for (x, y) in (0..=side).flat_map(|x| (0..=side).map(move |y| (x, y))) {
            if x < side { east.insert((x, y), edge(at(x, y), at(x + 1, y))); }
            if y < side { north.insert((x, y), edge(at(x, y), at(x, y + 1))); }
        }
        let mut areas = Vec::new();
        for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
            let back = |line: &Vec<(f64, f64)>| line.iter().rev().copied().collect::<Vec<_>>();
            let ring: Vec<(f64, f64)> = [
                east[&(x, y)].clone(), north[&(x + 1, y)].clone(), back(&east[&(x, y + 1)]), back(&north[&(x, y)]),
            ].concat();
            areas.push(area(&format!("{x}{y}"), &[&ring]));
        }
        let topology = Topology::of(&areas);
        let simple = topology.simplified(least);
        assert_valid(&simple);
        prop_assert!((total(&simple) - enclosed(&simple)).abs() < 1e-9);
        let shared = |t: &Topology| t.arcs().iter().filter(|a| a.left.is_some() && a.right.is_some()).count();
        prop_assert_eq!(shared(&topology), 12);
        prop_assert_eq!(shared(&simple), 12);
    }
}
