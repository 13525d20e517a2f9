//! From a place to the road: the nearest node that leads somewhere.

use adil_geography::Position;

use super::graph::milliseconds;
use crate::error::AccessError;
use crate::pairs::{Index, Sphere};

/// How people get from a place to the road and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// The speed on foot, in km/h.
    pub kilometres_per_hour: f64,
    /// The longest stretch to the road, in metres; a place farther away is off the road.
    pub longest: f64,
    /// Pieces of the map with fewer connected nodes than this lead nowhere and are passed over: a courtyard, a footpath
    /// cut off at the edge of the map. The largest piece never is.
    pub smallest_network: usize,
}

impl Default for Walk {
    /// 4.5 km/h, at most 1 km, networks from 16 nodes.
    fn default() -> Self {
        Self { kilometres_per_hour: 4.5, longest: 1_000.0, smallest_network: 16 }
    }
}

impl Walk {
    pub(super) fn check(&self) -> Result<(), AccessError> {
        if !(self.kilometres_per_hour.is_finite() && self.kilometres_per_hour > 0.0) {
            return Err(AccessError::Speed(self.kilometres_per_hour));
        }
        if !(self.longest.is_finite() && self.longest >= 0.0) {
            return Err(AccessError::Stretch(self.longest));
        }
        Ok(())
    }
}

/// Where a place meets the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// The node.
    pub node: u32,
    /// The straight way there in metres.
    pub metres: f64,
    /// The time there on foot.
    pub milliseconds: u32,
}

/// The nodes one can snap to, largest networks first.
pub(super) struct Network {
    index: Index<Sphere>,
    /// The node of each place in the index.
    nodes: Vec<u32>,
    /// Nodes in the network of each node.
    sizes: Vec<u32>,
    /// Nodes in the largest network.
    largest: u32,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("nodes", &self.nodes.len()).finish_non_exhaustive()
    }
}

/// The radius that the index is arranged for: most places are this near to a road.
const USUAL: f64 = 100.0;

impl Network {
    pub(super) fn new(positions: &[Position], arcs: &[(u32, u32, u32)]) -> Self {
        let sizes = sizes(positions.len(), arcs);
        let nodes: Vec<u32> =
            (0u32..).zip(&sizes).filter(|(_, size)| **size > 1).map(|(node, _)| node).collect();
        let places: Vec<Position> = nodes.iter().map(|node| positions[*node as usize]).collect();
        let largest = sizes.iter().copied().max().unwrap_or(0);
        Self { index: Index::sphere(&places, 1.0, USUAL), nodes, sizes, largest }
    }

    /// The nearest node within the walk; of equally near ones the first.
    pub(super) fn snap(&self, place: Position, walk: &Walk) -> Option<Snap> {
        let smallest = walk.smallest_network.min(self.largest as usize);
        let leads = |at: u32| self.sizes[self.nodes[at as usize] as usize] as usize >= smallest;
        let usual = USUAL.min(walk.longest);
        let (at, metres) = self.index.nearest(place, usual, leads).or_else(|| {
            (walk.longest > usual).then(|| self.index.nearest(place, walk.longest, leads)).flatten()
        })?;
        let seconds = metres * 3.6 / walk.kilometres_per_hour;
        Some(Snap { node: self.nodes[at as usize], metres, milliseconds: milliseconds(seconds)? })
    }
}

/// For each node: how many nodes it is connected with, itself included, whatever the direction.
fn sizes(nodes: usize, arcs: &[(u32, u32, u32)]) -> Vec<u32> {
    let mut parents: Vec<u32> = (0u32..).take(nodes).collect();
    let mut sizes = vec![1u32; nodes];
    for &(from, to, _) in arcs {
        let (a, b) = (root(&mut parents, from), root(&mut parents, to));
        if a != b {
            let (large, small) = if sizes[a as usize] >= sizes[b as usize] { (a, b) } else { (b, a) };
            parents[small as usize] = large;
            sizes[large as usize] += sizes[small as usize];
        }
    }
    (0u32..).take(nodes).map(|node| sizes[root(&mut parents, node) as usize]).collect()
}

/// The node that stands for a node's network; shortens the way there for the next time.
fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while parents[node as usize] != node {
        let above = parents[parents[node as usize] as usize];
        parents[node as usize] = above;
        node = above;
    }
    node
}
