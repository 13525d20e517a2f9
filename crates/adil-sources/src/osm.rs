//! OpenStreetMap: facilities and roads from a `.osm.pbf`.
//!
//! # Which elements are facilities
//!
//! A node, a way or a relation of the type `multipolygon` with one of
//!
//! | tag | values |
//! | --- | --- |
//! | `leisure` | `bowling_alley`, `dance`, `disc_golf_course`, `fitness_centre`, `fitness_station`, `golf_course`, `horse_riding`, `ice_rink`, `miniature_golf`, `pitch`, `practice_pitch`, `sports_centre`, `sports_hall`, `stadium`, `swimming_area`, `swimming_pool`, `track`, `water_park` |
//! | `building` | `riding_hall`, `sports_centre`, `sports_hall`, `stadium` |
//! | `amenity` | `dive_centre`, `dojo`, `gym`, `sports_centre`, `swimming_pool` |
//! | `club` | `sport` |
//! | `sport` | any, on a `building` (but `no`, `bleachers`, `grandstand`, `roof`), on a `club`, or on `amenity` `community_centre`, `events_venue`, `social_centre` |
//!
//! A value may be one of several separated by `;`. Left out and counted ([`Facilities::left_out`]): swimming pools with
//! `access=private` or `access=no`, unless asked for; what has `abandoned`, `demolished`, `disused`, `razed` or `ruins`
//! (other than `no`); `sport=*` alone, without a word on the place. Playgrounds, parks and marinas are no places of sport
//! here. Relations of another type with such tags (`site`, mostly) are warned of by their number.
//!
//! # Place and size
//!
//! A closed way is an area, unless it has `area=no` or is a `leisure=track` without `area=yes` (then it is the line in
//! the middle of the lanes). Roles of members are compared with how the ways lie, which alone decides what is a hole.
//! `lat` and `lon` are the centre of gravity, or a point inside where that is outside; of a line, its middle.
//! `floor_area_m2` is what the outline covers on the WGS 84 ellipsoid, holes taken out: the field of a pitch, the footprint
//! of a building (not times its storeys). What crosses itself, is not closed or lacks parts has no area, with a warning
//! that says why, and stands in the middle of the box around what is known of it. `osm:shape` is `node`, `line`, `area` or
//! `incomplete`. Areas across the 180th meridian are not known here.
//!
//! A way that is an outer ring of a relation with the same tags is the same place twice: the relation stays, with a
//! warning.
//!
//! # Passes
//!
//! No table of all nodes is kept, so that memory grows with the number of facilities (or roads) and not with the file:
//!
//! 1. every block: facilities among nodes, ways and relations; which identifiers a block holds;
//! 2. blocks with members of the relations: their nodes;
//! 3. blocks with nodes of the ways: their places.
//!
//! Elements may stand in any order. Blocks are decoded in parallel and taken in the order of the file. The decoder is our
//! own: the format has to be read from strangers without a panic and in bounded memory, and from a broken block with the
//! byte where it begins. A test compares it with the crate `osmpbf`, element by element.

mod block;
mod facilities;
mod file;
mod measure;
mod nodes;
#[cfg(test)]
mod peer;
mod rings;
mod roads;
mod shape;
mod tags;
mod wire;

/// The licence of OpenStreetMap's data: name, title, address. Whoever publishes the data names the contributors.
pub fn licence() -> [String; 3] {
    [
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0; © OpenStreetMap contributors",
        "https://www.openstreetmap.org/copyright",
    ]
    .map(str::to_owned)
}

pub use facilities::{Facilities, Options, facilities};
pub use roads::{BoundingBox, Profile, RoadOptions, Roads, roads};
pub use tags::LeftOut;

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Which pass over the file, from 1.
    pub pass: u8,
    /// How many passes there are.
    pub passes: u8,
    /// Bytes read in this pass.
    pub done: u64,
    /// Bytes that this pass reads.
    pub total: u64,
}
