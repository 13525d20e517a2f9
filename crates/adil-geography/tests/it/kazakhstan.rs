//! The geography that comes with Kazakhstan.

use adil_domain::Problems;
use adil_geography::{Boundaries, Position, country, great_circle};

pub(crate) fn districts() -> Boundaries {
    let mut problems = Problems::new();
    let file = country::geography("kz").unwrap().districts;
    let boundaries = Boundaries::read("districts.geojson", file, &mut problems).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    boundaries
}

#[test]
fn every_district_has_a_sound_boundary() {
    assert_eq!(districts().areas().len(), 224);
}

#[test]
fn settlements_lie_in_the_district_that_their_source_names() {
    let boundaries = districts();
    let table = std::str::from_utf8(country::geography("kz").unwrap().settlements).unwrap();
    let (mut agree, mut differ) = (0, Vec::new());
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let position = Position::new(cells[3].parse().unwrap(), cells[4].parse().unwrap()).unwrap();
        let found = boundaries.locate(position).map_or("", |i| boundaries.areas()[i].code.as_str());
        if found == cells[6] {
            agree += 1;
        } else {
            differ.push(cells[1]);
        }
    }
    // The source's own districts were found on unsimplified boundaries, so a few on the border may differ.
    assert!(agree >= 345 && differ.len() <= 6, "{agree} agree; {differ:?} differ");
}

#[test]
fn distances_are_great_circles() {
    let astana = Position::new(51.1801, 71.44598).unwrap();
    let almaty = Position::new(43.25249, 76.9115).unwrap();
    let metres = great_circle(astana, almaty);
    assert!((metres - 974_000.0).abs() < 3_000.0, "{metres}");
}
