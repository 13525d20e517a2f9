//! The projection against published values and against the sphere.

use adil_geography::{Albers, Coord, EARTH_RADIUS_M};

fn at(x: f64, y: f64) -> Coord<f64> {
    Coord { x, y }
}

#[test]
fn the_worked_example_of_snyder() {
    // Appendix A, numerical example for the sphere: standard parallels 29.5° and 45.5°, origin 23° N 96° W, unit
    // radius; 35° N 75° W lies at x = 0.2952720, y = 0.2416774. Parallels at 1/6 and 5/6 mean 25.5° to 49.5°.
    let albers = Albers::new(-96.0, 25.5, 49.5);
    let (origin, point) = (albers.project(at(-96.0, 23.0)), albers.project(at(-75.0, 35.0)));
    assert!(((point.x - origin.x) / EARTH_RADIUS_M - 0.295_272_0).abs() < 1e-7);
    assert!(((point.y - origin.y) / EARTH_RADIUS_M - 0.241_677_4).abs() < 1e-7);
}

/// The area of one square degree near a point, against that on the sphere.
fn areal_scale(albers: Albers, x: f64, y: f64) -> f64 {
    let d = 0.05;
    let ring =
        [at(x - d, y - d), at(x + d, y - d), at(x + d, y + d), at(x - d, y + d)].map(|p| albers.project(p));
    let mut doubled = 0.0;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        doubled += a.x * b.y - b.x * a.y;
    }
    let sphere = EARTH_RADIUS_M
        * EARTH_RADIUS_M
        * (2.0 * d).to_radians()
        * (libm::sin((y + d).to_radians()) - libm::sin((y - d).to_radians()));
    doubled / 2.0 / sphere
}

#[test]
fn areas_are_kept_on_cone_and_cylinder_north_and_south() {
    for (central, south, north) in
        [(67.0, 40.5, 55.5), (150.0, -44.0, -10.0), (20.0, -5.0, 5.0), (0.0, -30.0, 50.0)]
    {
        let albers = Albers::new(central, south, north);
        for (x, y) in [
            (central - 20.0, south + 1.0),
            (central, f64::midpoint(south, north)),
            (central + 9.0, north - 1.0),
        ] {
            let scale = areal_scale(albers, x, y);
            assert!((scale - 1.0).abs() < 1e-4, "{central} {south} {north} at {x} {y}: {scale}");
        }
    }
}

#[test]
fn north_is_up_and_east_is_right() {
    for (south, north) in [(40.0, 55.0), (-40.0, -10.0), (-4.0, 4.0)] {
        let albers = Albers::new(67.0, south, north);
        let middle = f64::midpoint(south, north);
        let (a, b, c) = (
            albers.project(at(67.0, middle)),
            albers.project(at(68.0, middle)),
            albers.project(at(67.0, middle + 1.0)),
        );
        assert!(b.x > a.x && c.y > a.y, "{south} {north}");
    }
}

#[test]
fn a_country_across_the_180th_meridian_stays_whole() {
    let points = [at(177.0, -18.0), at(-179.5, -17.0), at(179.9, -16.5)];
    let albers = Albers::around(points).unwrap();
    let x = points.map(|p| albers.project(p).x);
    assert!(x[0] < x[2] && x[2] < x[1], "{x:?}");
    assert!(x[1] - x[0] < 500_000.0, "{x:?}");
}

#[test]
fn one_point_or_none() {
    assert_eq!(Albers::around([]), None);
    let albers = Albers::around([at(71.4, 51.2)]).unwrap();
    let p = albers.project(at(71.4, 51.2));
    assert!(p.x.abs() < 1e-6 && p.y.abs() < 1e-6, "{p:?}");
    assert!(Albers::around([at(f64::NAN, 1.0)]).is_none());
}
