#![doc = include_str!("../README.md")]

mod boundaries;
pub mod country;
mod groups;
mod position;
mod project;
mod simplify;
mod topology;

pub use boundaries::{Area, Boundaries};
pub use geo::{Coord, MultiPolygon, Polygon};
pub use position::{EARTH_RADIUS_M, Position, PositionError, great_circle};
pub use project::Albers;
pub use topology::{Arc, Topology};
