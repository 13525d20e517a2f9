//! Costs along roads: a graph of ways, and the minutes between places on it.
//!
//! Whoever reads a map makes a [`RoadGraph`] of it; [`RoadGraph::costs`] gives the costs between demand and supply that a
//! [`Catchment`](crate::Catchment) then works on.

mod dijkstra;
mod graph;
mod snap;
mod ways;

pub use graph::{Edge, RoadCosts, RoadGraph};
pub use snap::{Snap, Walk};
pub use ways::{Way, Ways};
