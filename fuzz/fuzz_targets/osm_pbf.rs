//! No bytes of a map make its readers panic, and a broken map gives nothing.
//!
//! The bytes are read as a file, and as the block of a file whose frame is right.
#![no_main]

use std::io::Cursor;

use adil_domain::Problems;
use adil_sources::osm::{Options, Profile, RoadOptions, facilities, roads};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    if bytes.len() < 1 << 20 {
        read(&[frame(b"OSMHeader", &[]), frame(b"OSMData", bytes)].concat());
    }
});

fn read(bytes: &[u8]) {
    let mut problems = Problems::new();
    let facilities =
        facilities("map.osm.pbf", &mut Cursor::new(bytes), &Options::default(), &mut problems, &|_| {});
    assert!(!problems.has_errors() || facilities.found.is_empty());
    for profile in [Profile::Foot, Profile::Car] {
        let mut problems = Problems::new();
        let options = RoadOptions::new(profile);
        let roads = roads("map.osm.pbf", &mut Cursor::new(bytes), &options, &mut problems, &|_| {});
        assert!(!problems.has_errors() || roads.edges.is_empty());
        assert!(roads.edges.iter().all(|e| (e.from.max(e.to) as usize) < roads.nodes.len()));
    }
}

/// A blob with its header, not compressed.
fn frame(kind: &[u8], block: &[u8]) -> Vec<u8> {
    let blob = [field(0x0a, block.len()), block.to_vec()].concat();
    let header = [field(0x0a, kind.len()), kind.to_vec(), field(0x18, blob.len())].concat();
    [&u32::try_from(header.len()).unwrap_or(0).to_be_bytes(), header.as_slice(), &blob].concat()
}

/// A field's tag, and a number of variable length after it.
fn field(tag: u8, mut number: usize) -> Vec<u8> {
    let mut bytes = vec![tag];
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
