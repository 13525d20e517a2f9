//! Costs along roads: a graph of ways, and the minutes between places on it.
//!
//! Whoever reads a map makes a [`RoadGraph`] of it; [`RoadGraph::times`] gives the minutes between demand and supply that a
//! [`Catchment`](crate::Catchment) then works on.

mod dijkstra;
mod graph;
mod snap;
mod ways;

pub use graph::{Edge, RoadGraph, RoadTimes};
pub use snap::{Snap, Walk};
pub use ways::{Way, Ways};
