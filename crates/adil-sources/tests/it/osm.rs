//! OpenStreetMap: a village that never was, and files that are no good.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek};

use adil_access::roads::RoadGraph;
use adil_domain::{Problem, Problems, Severity};
use adil_sources::Found;
use adil_sources::osm::{self, BoundingBox, Facilities, LeftOut, Options, Profile, RoadOptions, Roads};
use geo::{Centroid, GeodesicArea};

const VILLAGE: &[u8] = include_bytes!("osm_data/village.osm.pbf");
/// The same with a message for every node and without compression.
const PLAIN: &[u8] = include_bytes!("osm_data/village-plain.osm.pbf");
/// The same, shuffled.
const UNSORTED: &[u8] = include_bytes!("osm_data/village-unsorted.osm.pbf");
/// What `osmium export` makes of its areas.
const AREAS: &str = include_str!("osm_data/areas.geojson");

fn facilities(bytes: &[u8], options: &Options) -> (Facilities, Problems) {
    let mut problems = Problems::new();
    let facilities =
        osm::facilities("village.osm.pbf", &mut Cursor::new(bytes), options, &mut problems, &|_| {});
    (facilities, problems)
}

fn village() -> (Facilities, Problems) {
    facilities(VILLAGE, &Options::default())
}

fn by_key(facilities: &Facilities) -> BTreeMap<&str, &Found> {
    facilities.found.iter().map(|f| (f.key.as_str(), f)).collect()
}

fn roads(bytes: &[u8], options: &RoadOptions) -> (Roads, Problems) {
    let mut problems = Problems::new();
    let roads = osm::roads("village.osm.pbf", &mut Cursor::new(bytes), options, &mut problems, &|_| {});
    (roads, problems)
}

/// Element and code of every problem.
fn said(problems: &Problems) -> Vec<String> {
    let of = |p: &Problem| format!("{} {}", p.place.column.as_deref().unwrap_or("file"), p.code);
    problems.iter().map(of).collect()
}

#[test]
fn the_village_has_its_facilities() {
    let (facilities, _) = village();
    let lines: Vec<String> = facilities
        .found
        .iter()
        .map(|f| {
            let of = |field: &str| f.get(field).unwrap_or("-").to_owned();
            let fields = ["osm:shape", "floor_area_m2", "lat", "lon", "source_type"].map(of);
            format!("{} {}", f.key, fields.join(" "))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    node/1 node - 50.0001000 69.9995000 leisure=fitness_station
    node/2 node - 50.0002000 69.9994800 club=sport;sport=judo;sambo
    way/101 area 6698.67 50.0003000 70.0007000 leisure=pitch;sport=soccer
    way/102 area 1196.19 50.0001500 70.0022500 building=yes;sport=boxing
    way/103 line - 50.0002000 70.0035000 leisure=track;sport=running
    way/104 area 1275.94 50.0003500 70.0050500 leisure=track;sport=bmx
    way/106 area 558.22 50.0001000 70.0065750 leisure=swimming_pool;sport=swimming
    way/107 incomplete - 50.0003000 70.0073000 leisure=pitch;sport=tennis
    way/108 line - 50.0002000 70.0086000 leisure=pitch;sport=basketball
    way/109 incomplete - 50.0002000 70.0093000 leisure=pitch;sport=volleyball
    way/110 line - 50.0000000 70.0108889 leisure=track;sport=cycling
    way/111 line - 50.0002000 70.0122000 leisure=pitch
    way/112 area 956.95 50.0001500 70.0132000 leisure=pitch;sport=skateboard
    way/113 area 1913.91 50.0002000 70.0143000 leisure=pitch;sport=handball
    relation/201 area 15948.45 50.0025500 70.0016500 leisure=stadium
    relation/202 area 12718.88 50.0026524 70.0037302 leisure=sports_centre;sport=multi
    relation/203 incomplete - 50.0023000 70.0053000 leisure=golf_course
    relation/204 area 3508.68 50.0023000 70.0064091 leisure=ice_rink
    relation/205 area 6140.17 50.0024591 70.0075994 leisure=sports_centre
    relation/206 area 2352.41 50.0023395 70.0092701 leisure=pitch;sport=multi
    relation/207 area 3588.42 50.0022500 70.0108500 leisure=dance
    relation/209 area 1913.83 50.0022542 70.0122542 leisure=fitness_centre
    relation/210 incomplete - 50.0022500 70.0132500 leisure=stadium
    relation/211 area 1913.83 50.0022000 70.0143000 leisure=sports_hall
    relation/212 incomplete - 50.0043000 70.0004000 leisure=water_park
    relation/213 area 3827.49 50.0041500 70.0012000 leisure=miniature_golf
    relation/215 area 1913.75 50.0042000 70.0033000 leisure=bowling_alley
    ");
    assert_eq!(facilities.as_of.as_deref(), Some("2026-11-01"));
    let left_out = [(LeftOut::PrivatePool, 1), (LeftOut::OutOfUse, 1), (LeftOut::SportAlone, 1)];
    assert_eq!(facilities.left_out, BTreeMap::from(left_out));
}

#[test]
fn every_flaw_is_said_with_its_element() {
    let (_, problems) = village();
    assert!(!problems.has_errors());
    insta::assert_snapshot!(said(&problems).join("\n"), @r"
    relation/208 osm-relation-type
    relation/211 osm-member-twice
    relation/215 osm-nested-relation
    way/139 osm-same-place
    way/107 osm-crossing-ring
    way/108 osm-open-ring
    way/109 osm-missing-node
    relation/203 osm-missing-way
    relation/204 osm-wrong-role
    relation/210 osm-open-ring
    relation/212 osm-crossing-ring
    relation/214 osm-missing-way
    relation/214 osm-no-place
    ");
    let text: Vec<String> = problems.iter().map(Problem::full_message).collect();
    insta::assert_snapshot!(text[4], @"way/107 crosses or touches itself near 50.0003000, 70.0073000, so it has no area; it stands in the middle of the box around it. Mend it in OpenStreetMap, or give the area by hand.");
}

/// The area of a shape of `osmium export` by geodesics (Karney 2013), and its centre of gravity in the plane of degrees:
/// neither shares anything with ours.
fn expected() -> BTreeMap<String, (f64, geo::Point<f64>)> {
    let collection: geojson::FeatureCollection =
        AREAS.parse::<geojson::GeoJson>().unwrap().try_into().unwrap();
    let of = |feature: geojson::Feature| {
        let Some(geojson::feature::Id::String(id)) = &feature.id else { panic!("no identifier") };
        // `osmium` gives an area of way n the number 2n, and one of relation n the number 2n + 1.
        let id: i64 = id.strip_prefix('a').unwrap().parse().unwrap();
        let key = format!("{}/{}", if id % 2 == 0 { "way" } else { "relation" }, id / 2);
        let shape: geo::MultiPolygon<f64> = feature.geometry.unwrap().try_into().unwrap();
        (key, (shape.geodesic_area_unsigned(), shape.centroid().unwrap()))
    };
    collection.features.into_iter().map(of).collect()
}

#[test]
fn areas_and_centres_are_those_of_osmium() {
    let (facilities, _) = village();
    let ours = by_key(&facilities);
    let theirs = expected();
    // The pool is private, the roundabout no facility, way 139 the same place as relation 209, way 103 a track's line.
    let others = BTreeSet::from(["way/103", "way/105", "way/139", "way/303"]);
    let areas: BTreeSet<&str> =
        ours.iter().filter(|(_, f)| f.get("floor_area_m2").is_some()).map(|(k, _)| *k).collect();
    assert_eq!(areas, theirs.keys().map(String::as_str).filter(|k| !others.contains(k)).collect());
    // Their centres of gravity are outside, so a point inside stands for them.
    let moved = ["relation/201", "relation/207", "relation/213", "way/104", "way/112"];
    for key in areas {
        let of = |field: &str| ours[key].get(field).unwrap().parse::<f64>().unwrap();
        let (area, centre) = theirs[key];
        assert!((of("floor_area_m2") / area - 1.0).abs() < 1e-4, "{key}: {} and {area}", of("floor_area_m2"));
        let apart = (of("lat") - centre.y()).abs().max((of("lon") - centre.x()).abs());
        assert_eq!(apart > 1.01e-7, moved.contains(&key), "{key}: {apart}");
    }
}

#[test]
fn a_large_area_agrees_with_geodesics_too() {
    // A golf course of two by three kilometres at several latitudes.
    for lat in [0.0, 40.5, 55.4, -70.0] {
        let (w, h) = (0.04, 0.018);
        let ring = [(0.0, 0.0), (w, 0.002), (w * 0.9, h), (0.3 * w, 0.8 * h), (-0.2 * w, h), (0.0, 0.0)];
        let corners: Vec<(f64, f64)> = ring.iter().map(|(x, y)| (63.5 + x, lat + y)).collect();
        let polygon = geo::Polygon::new(corners.clone().into(), Vec::new());
        let (facilities, problems) = facilities(&pbf(&[way_block(&corners)]), &Options::default());
        assert!(problems.is_empty(), "{problems:?}");
        let ours: f64 = facilities.found[0].get("floor_area_m2").unwrap().parse().unwrap();
        let theirs = polygon.geodesic_area_unsigned();
        assert!((ours / theirs - 1.0).abs() < 1e-4, "{lat}: {ours} and {theirs}");
    }
}

#[test]
fn the_way_of_writing_a_file_does_not_matter() {
    let (sorted, problems) = village();
    assert_eq!(facilities(PLAIN, &Options::default()), (sorted.clone(), problems.clone()));
    let (unsorted, other_problems) = facilities(UNSORTED, &Options::default());
    assert_eq!(by_key(&unsorted), by_key(&sorted));
    let set = |p: &Problems| p.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(set(&other_problems), set(&problems));
    for profile in [Profile::Foot, Profile::Car] {
        let options = RoadOptions::new(profile);
        let ours = roads(VILLAGE, &options).0;
        assert_eq!(roads(PLAIN, &options).0, ours);
        assert_eq!(roads(UNSORTED, &options).0.nodes, ours.nodes);
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (village(), roads(VILLAGE, &RoadOptions::new(Profile::Foot))))
    };
    let one = with(1);
    assert_eq!(with(2), one);
    assert_eq!(with(7), one);
}

#[test]
fn what_tags_say_stands_in_fields() {
    let (facilities, _) = village();
    let found = by_key(&facilities);
    let node = found["node/1"];
    let of = |f: &Found, field: &str| f.get(field).unwrap_or("-").to_owned();
    assert_eq!(
        ["name_kk", "name_ru", "name_en"].map(|n| of(node, n)),
        ["Көктем алаңы", "Площадка Коктем", "Koktem outdoor gym",]
    );
    assert_eq!(of(node, "operator_name"), "Ауыл әкімдігі");
    assert_eq!(of(node, "type"), "outdoor-gym");
    assert_eq!(of(node, "osm:leisure"), "fitness_station");
    assert_eq!((of(node, "lat"), of(node, "lon")), ("50.0001000".to_owned(), "69.9995000".to_owned()));
    assert_eq!(node.as_of.as_deref(), Some("2026-11-01"));
    assert_eq!(node.place.to_string(), "village.osm.pbf:node/1");
    assert_eq!(of(found["node/2"], "name"), "«Жастар», \"A; B\" & C");
    let tags: BTreeMap<String, String> = serde_json::from_str(&of(found["node/2"], "osm_tags")).unwrap();
    assert_eq!(tags["sport"], "judo;sambo");
    assert_eq!(of(found["way/102"], "address"), "Абай көшесі 5, Алыс ауыл");
    assert_eq!(of(found["way/101"], "osm:surface"), "grass");
}

#[test]
fn private_pools_come_when_asked_for() {
    let options = Options { private_pools: true, source: "map".to_owned() };
    let (facilities, _) = facilities(VILLAGE, &options);
    let pool = by_key(&facilities)["way/105"];
    assert_eq!((pool.source.as_str(), pool.get("osm:access")), ("map", Some("private")));
    assert!(!facilities.left_out.contains_key(&LeftOut::PrivatePool));
}

#[test]
fn progress_ends_at_the_end_of_each_pass() {
    let seen = std::cell::RefCell::new(Vec::new());
    let mut problems = Problems::new();
    let _ = osm::facilities("v", &mut Cursor::new(VILLAGE), &Options::default(), &mut problems, &|p| {
        seen.borrow_mut().push(p);
    });
    let seen = seen.into_inner();
    for pass in 1..=3 {
        let last = seen.iter().rfind(|p| p.pass == pass).unwrap();
        assert_eq!((last.passes, last.done), (3, last.total));
    }
}

// ---- Roads ----------------------------------------------------------------------------------------------------------

/// Edges with whole metres and seconds, nodes as hundred thousandths of a degree from 50° N 70° E, east first.
fn drawn(roads: &Roads) -> String {
    let at = |node: u32| {
        let (lat, lon) = roads.nodes[node as usize];
        format!("({:.0}, {:.0})", (lon - 70.0) * 1e5, (lat - 50.0) * 1e5)
    };
    let seconds = |s: Option<f64>| s.map_or("closed".to_owned(), |s| format!("{s:.0} s"));
    let line = |e: &adil_access::roads::Edge| {
        let (forward, backward) = (seconds(e.seconds_forward), seconds(e.seconds_backward));
        format!("{} to {}: {:.0} m, {forward}, back {backward}", at(e.from), at(e.to), e.metres)
    };
    roads.edges.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_car_finds_its_roads() {
    let (roads, problems) =
        roads(VILLAGE, &RoadOptions { longest_edge: 400.0, ..RoadOptions::new(Profile::Car) });
    insta::assert_snapshot!(drawn(&roads), @r"
    (0, -100) to (200, -100): 143 m, 17 s, back 17 s
    (200, -100) to (400, -100): 143 m, 17 s, back 17 s
    (200, -100) to (250, -250): 177 m, 21 s, back closed
    (400, -100) to (440, -100): 53 m, 4 s, back closed
    (440, -100) to (400, -100): 53 m, 4 s, back closed
    (440, -100) to (700, -100): 186 m, 12 s, back 12 s
    (700, -100) to (1100, -100): 286 m, 26 s, back 26 s
    (1100, -100) to (1500, -100): 286 m, 26 s, back 26 s
    (1500, -100) to (1900, -100): 286 m, 26 s, back 26 s
    (1900, -100) to (2300, -100): 286 m, 26 s, back 26 s
    (-200, -100) to (-300, -100): 71 m, 17 s, back 17 s
    ");
    assert_eq!((roads.ways, &roads.pieces), (6, &vec![10, 2]));
    assert_eq!(said(&problems), ["file osm-missing-node"]);
    assert!(RoadGraph::build(roads.nodes, roads.edges).is_ok());
}

#[test]
fn feet_find_theirs() {
    let (roads, _) =
        roads(VILLAGE, &RoadOptions { longest_edge: f64::INFINITY, ..RoadOptions::new(Profile::Foot) });
    insta::assert_snapshot!(drawn(&roads), @r"
    (0, -100) to (200, -100): 143 m, 114 s, back 114 s
    (200, -100) to (400, -100): 143 m, 114 s, back 114 s
    (200, -100) to (250, -250): 177 m, 142 s, back 142 s
    (400, -100) to (440, -100): 53 m, 42 s, back 42 s
    (440, -100) to (420, -80): 26 m, 21 s, back 21 s
    (420, -80) to (400, -100): 26 m, 21 s, back 21 s
    (440, -100) to (700, -100): 186 m, 149 s, back 149 s
    (420, -80) to (420, 0): 89 m, 71 s, back 71 s
    (1000, -300) to (1050, -300): 36 m, 29 s, back 29 s
    (700, -100) to (2300, -100): 1144 m, 915 s, back 915 s
    (-200, -100) to (-300, -100): 71 m, 57 s, back 57 s
    (250, -250) to (260, -260): 13 m, 24 s, back 24 s
    ");
    // The path that leads nowhere and what is left of the road with a hole are islands.
    assert_eq!((roads.ways, &roads.pieces), (9, &vec![10, 2, 2]));
}

#[test]
fn a_box_cuts_the_roads() {
    let within = Some(BoundingBox { south: 49.0, north: 51.0, west: 70.0, east: 70.0041 });
    let (roads, _) = roads(VILLAGE, &RoadOptions { within, ..RoadOptions::new(Profile::Car) });
    insta::assert_snapshot!(drawn(&roads), @r"
    (0, -100) to (200, -100): 143 m, 17 s, back 17 s
    (200, -100) to (400, -100): 143 m, 17 s, back 17 s
    (200, -100) to (250, -250): 177 m, 21 s, back closed
    ");
}

// ---- Files that are no good -----------------------------------------------------------------------------------------

/// A number of variable length.
fn number(mut n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while n >= 0x80 {
        bytes.push(n.to_le_bytes()[0] | 0x80);
        n >>= 7;
    }
    bytes.push(n.to_le_bytes()[0]);
    bytes
}

fn folded(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)).cast_unsigned()
}

/// A field with bytes.
fn field(key: u64, bytes: &[u8]) -> Vec<u8> {
    [number(key << 3 | 2), number(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A field with a number.
fn value(key: u64, n: u64) -> Vec<u8> {
    [number(key << 3), number(n)].concat()
}

/// Packed numbers as differences.
fn deltas(numbers: &[i64]) -> Vec<u8> {
    let mut before = 0;
    let mut bytes = Vec::new();
    for n in numbers {
        bytes.extend(number(folded(n.wrapping_sub(before))));
        before = *n;
    }
    bytes
}

/// A blob with its frame.
fn blob(kind: &str, blob: &[u8]) -> Vec<u8> {
    let header = [field(1, kind.as_bytes()), value(3, blob.len() as u64)].concat();
    [&u32::try_from(header.len()).unwrap().to_be_bytes(), header.as_slice(), blob].concat()
}

fn header(features: &[&str]) -> Vec<u8> {
    let block: Vec<u8> = features.iter().flat_map(|f| field(4, f.as_bytes())).collect();
    blob("OSMHeader", &field(1, &block))
}

/// A file of uncompressed blocks.
fn pbf(blocks: &[Vec<u8>]) -> Vec<u8> {
    let data = blocks.iter().flat_map(|block| blob("OSMData", &field(1, block)));
    header(&["OsmSchema-V0.6", "DenseNodes"]).into_iter().chain(data).collect()
}

fn table(strings: &[&str]) -> Vec<u8> {
    field(1, &strings.iter().flat_map(|s| field(1, s.as_bytes())).collect::<Vec<_>>())
}

/// A block with one golf course.
fn way_block(corners: &[(f64, f64)]) -> Vec<u8> {
    let count = i64::try_from(corners.len()).unwrap();
    let ids: Vec<i64> = (1..=count).collect();
    let units = |degrees: f64| format!("{:.0}", degrees * 1e7).parse::<i64>().unwrap();
    let lats: Vec<i64> = corners.iter().map(|c| units(c.1)).collect();
    let lons: Vec<i64> = corners.iter().map(|c| units(c.0)).collect();
    let dense = [field(1, &deltas(&ids)), field(8, &deltas(&lats)), field(9, &deltas(&lons))].concat();
    let refs: Vec<i64> = (1..count).chain([1]).collect();
    let way = [value(1, 1), field(2, &[1]), field(3, &[2]), field(8, &deltas(&refs))].concat();
    [table(&["", "leisure", "golf_course"]), field(2, &field(2, &dense)), field(2, &field(3, &way))].concat()
}

/// The first error of a file, as code and place; both readers must find the same.
fn error(bytes: &[u8]) -> (&'static str, Option<String>) {
    let (found, problems) = facilities(bytes, &Options::default());
    assert!(found.found.is_empty(), "a broken file gives no facilities");
    let (_, of_roads) = roads(bytes, &RoadOptions::new(Profile::Car));
    let first = problems.iter().find(|p| p.severity == Severity::Error).expect("an error").clone();
    assert!(first.hint.is_some());
    assert!(of_roads.iter().any(|p| p.code == first.code), "{of_roads:?}");
    (first.code, first.place.column)
}

#[test]
fn what_is_no_pbf_is_said_to_be_none() {
    assert_eq!(error(b"").0, "osm-empty");
    for bytes in [
        &b"x"[..],
        b"name,lat,lon\n",
        b"<?xml version=\"1.0\"?><osm/>",
        b"\x1f\x8b\x08\x00",
        b"PK\x03\x04",
        &[0; 99],
    ] {
        assert_eq!(error(bytes).0, "osm-not-pbf", "{bytes:?}");
    }
    assert_eq!(error(&blob("OSMData", &field(1, &[]))).0, "osm-not-pbf");
}

#[test]
fn a_cut_file_is_said_to_be_cut() {
    let head = header(&["OsmSchema-V0.6", "DenseNodes"]).len();
    let block = way_block(&[(70.0, 50.0), (70.001, 50.0), (70.001, 50.001), (70.0, 50.0)]);
    let whole = pbf(&[block.clone(), block]);
    let second = head + (whole.len() - head) / 2;
    for end in 1..whole.len() {
        if end == head || end == second {
            // Cut between blocks it is a shorter file and nothing else.
            continue;
        }
        let place = if end < head {
            0
        } else if end < second {
            head
        } else {
            second
        };
        let (code, at) = error(&whole[..end]);
        assert!(code == "osm-truncated" || (end < head && code == "osm-not-pbf"), "{end}: {code}");
        assert_eq!(at, Some(format!("byte {place}")), "{end}");
    }
    let (_, problems) = facilities(&whole[..head], &Options::default());
    assert_eq!(said(&problems), ["file osm-no-data"]);
}

#[test]
fn no_byte_makes_it_panic() {
    // One thread, since handing over a block of this size takes longer than reading it. Compressed, most flips are found
    // by the checksum, so few of those are tried; the fuzz target tries more of all.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| {
        for (file, step) in [(VILLAGE, 97), (PLAIN, 11)] {
            for i in (0..file.len()).step_by(step) {
                let mut bytes = file.to_vec();
                bytes[i] ^= [0x01, 0x80, 0xff, 0x03][i % 4];
                let _ = facilities(&bytes, &Options::default());
                let _ = roads(&bytes, &RoadOptions::new(Profile::Foot));
            }
        }
    });
}

/// A compressed blob that says it has `declared` bytes.
fn compressed(declared: u64, content: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::read::ZlibEncoder::new(content, flate2::Compression::best());
    let mut bytes = Vec::new();
    zlib.read_to_end(&mut bytes).unwrap();
    [header(&[]), blob("OSMData", &[value(2, declared), field(3, &bytes)].concat())].concat()
}

#[test]
fn a_bomb_does_not_go_off() {
    let zeros = vec![0; 64 << 20];
    assert_eq!(error(&compressed(64 << 20, &zeros)).0, "osm-oversized-block");
    // One that says less than it has, or more.
    assert_eq!(error(&compressed(1_000, &zeros)).0, "osm-broken-block");
    assert_eq!(error(&compressed(1_000, &zeros[..10])).0, "osm-broken-block");
    assert_eq!(error(&compressed(u64::MAX, &zeros[..10])).0, "osm-oversized-block");
    // A frame that is larger than the format allows, and one with a size below zero.
    for size in [40 << 20, u64::MAX] {
        let frame = [field(1, b"OSMData"), value(3, size)].concat();
        let bytes = [header(&[]), u32::try_from(frame.len()).unwrap().to_be_bytes().to_vec(), frame].concat();
        assert_eq!(error(&bytes).0, "osm-oversized-block");
    }
    // Few bytes that stand for much: facilities by the million, one long text in each; texts by the million.
    let node =
        field(1, &[value(1, 2), value(8, 2), value(9, 2), field(2, &[1, 3]), field(3, &[2, 4])].concat());
    let long = "x".repeat(1 << 20);
    let strings = table(&["", "leisure", "pitch", "name", &long]);
    let block = [strings, field(2, &node.repeat(100))].concat();
    let (_, problems) = facilities(&compressed(block.len() as u64, &block), &Options::default());
    assert_eq!(problems.as_slice()[0].code, "osm-broken-block");
    let block = field(1, &field(1, b"").repeat(2 << 20));
    assert_eq!(error(&compressed(block.len() as u64, &block)).0, "osm-broken-block");
}

#[test]
fn what_is_not_read_here_is_said() {
    let lz4 = [header(&[]), blob("OSMData", &[value(2, 9), field(6, b"123456789")].concat())].concat();
    assert_eq!(error(&lz4).0, "osm-compression");
    assert_eq!(error(&header(&["HistoricalInformation"])).0, "osm-history");
    assert_eq!(error(&header(&["Holograms"])).0, "osm-feature");
}

#[test]
fn every_broken_block_is_named() {
    let good = way_block(&[(70.0, 50.0), (70.001, 50.0), (70.001, 50.001), (70.0, 50.0)]);
    let tag_beyond = {
        let node = [value(1, 2), value(8, 2), value(9, 2), field(2, &[9]), field(3, &[1])].concat();
        [table(&["", "leisure"]), field(2, &field(1, &node))].concat()
    };
    let unequal = {
        let dense =
            [field(1, &deltas(&[1, 2])), field(8, &deltas(&[1])), field(9, &deltas(&[1, 2]))].concat();
        [table(&[""]), field(2, &field(2, &dense))].concat()
    };
    let overflow = {
        let ids = [number(folded(i64::MAX)), number(folded(i64::MAX))].concat();
        let dense = [field(1, &ids), field(8, &[0, 0]), field(9, &[0, 0])].concat();
        [table(&[""]), field(2, &field(2, &dense))].concat()
    };
    let (_, problems) = facilities(
        &pbf(&[good.clone(), tag_beyond, b"rubbish".to_vec(), unequal, good, overflow]),
        &Options::default(),
    );
    assert_eq!(problems.len(), 4);
    assert!(problems.iter().all(|p| p.code == "osm-broken-block"), "{problems:?}");
    let places: BTreeSet<_> = problems.iter().map(|p| p.place.column.clone()).collect();
    assert_eq!(places.len(), 4);
}

#[test]
fn the_greatest_identifiers_are_kept_apart() {
    let node = |id: i64| {
        let parts = [value(1, folded(id)), value(8, folded(500_000_000)), value(9, folded(700_000_000))];
        field(1, &[parts.concat(), field(2, &[1]), field(3, &[2])].concat())
    };
    let nodes = [node(i64::MAX), node(i64::MIN), node(-1), node(i64::MAX)].concat();
    let block = [table(&["", "leisure", "pitch"]), field(2, &nodes)].concat();
    let (facilities, problems) = facilities(&pbf(&[block]), &Options::default());
    let keys: Vec<&str> = facilities.found.iter().map(|f| f.key.as_str()).collect();
    assert_eq!(keys, ["node/9223372036854775807", "node/-9223372036854775808", "node/-1"]);
    assert_eq!(said(&problems), ["node/9223372036854775807 osm-twice"]);
}

#[test]
fn a_node_off_the_globe_and_a_text_that_is_none_are_said() {
    let node = |id: u64, lat: i64, value_index: u8| {
        let parts =
            [value(1, folded(id.cast_signed())), value(8, folded(lat)), value(9, folded(700_000_000))];
        field(1, &[parts.concat(), field(2, &[1, 3]), field(3, &[2, value_index])].concat())
    };
    let strings = [&b""[..], b"leisure", b"pitch", b"name", b"\xd0\x90\xff"];
    let strings = field(1, &strings.iter().flat_map(|s| field(1, s)).collect::<Vec<_>>());
    let nodes = [node(1, 910_000_000, 2), node(2, i64::MAX, 2), node(3, 500_000_000, 4)].concat();
    let (facilities, problems) =
        facilities(&pbf(&[[strings, field(2, &nodes)].concat()]), &Options::default());
    assert_eq!(said(&problems), ["node/1 osm-off-globe", "node/2 osm-off-globe", "node/3 osm-not-utf8"]);
    assert_eq!(facilities.found[0].get("name"), Some("А\u{fffd}"));
}

/// A file that fails in the midst of it, as a disk does.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0.position() > 500 {
            Err(std::io::Error::other("the disk is gone"))
        } else {
            self.0.read(buffer)
        }
    }
}

impl Seek for Failing {
    fn seek(&mut self, at: std::io::SeekFrom) -> std::io::Result<u64> {
        self.0.seek(at)
    }
}

#[test]
fn a_file_that_can_not_be_read_is_said() {
    let mut problems = Problems::new();
    let mut source = Failing(Cursor::new(VILLAGE.to_vec()));
    let found = osm::facilities("v", &mut source, &Options::default(), &mut problems, &|_| {});
    assert!(found.found.is_empty());
    assert_eq!(problems.as_slice()[0].code, "osm-unreadable");
}
