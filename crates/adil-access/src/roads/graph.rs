//! The graph and the costs between many places on it.

use adil_geography::Position;
use rayon::prelude::*;

use super::dijkstra::Search;
use super::snap::{Network, Snap, Walk};
use super::ways::Ways;
use crate::error::AccessError;

/// A stretch of way between two nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The node it starts at, by position in the list of nodes.
    pub from: u32,
    /// The node it ends at.
    pub to: u32,
    /// Its length in metres.
    pub metres: f64,
    /// The time from start to end in seconds; `None` where that direction is closed.
    pub seconds_forward: Option<f64>,
    /// The time from end to start in seconds; `None` where that direction is closed.
    pub seconds_backward: Option<f64>,
}

/// A graph of ways. Times are kept in whole milliseconds, so that sums are exact and every way of adding them agrees.
#[derive(Debug)]
pub struct RoadGraph {
    nodes: Vec<Position>,
    /// Where one can go from each node.
    out: Adjacency,
    /// Where one can come from.
    back: Adjacency,
    network: Network,
}

/// What [`RoadGraph::times`] finds.
#[derive(Debug)]
pub struct RoadTimes {
    /// Demand point, facility and minutes of the pairs within the limit, in order of the facilities; as
    /// [`Costs::listed`](crate::Costs::listed) takes them.
    pub pairs: Vec<(u32, u32, f64)>,
    /// Demand points too far from any road; nothing is in their reach.
    pub demand_off_road: Vec<u32>,
    /// Facilities too far from any road; they are in nobody's reach.
    pub supply_off_road: Vec<u32>,
}

/// The edges at each node.
#[derive(Debug)]
pub(super) struct Adjacency {
    starts: Vec<u32>,
    edges: Vec<(u32, u32)>,
}

impl RoadGraph {
    /// A graph of `nodes` (latitude, longitude in WGS84 degrees) and `edges`.
    ///
    /// # Errors
    /// A node without a position, an edge without its nodes, or with a length or time that is no number from 0 up.
    pub fn build(nodes: Vec<(f64, f64)>, edges: Vec<Edge>) -> Result<Self, AccessError> {
        // Two arcs an edge, counted in 32 bits.
        if nodes.len() >= u32::MAX as usize || edges.len() >= (u32::MAX / 2) as usize {
            return Err(AccessError::TooMany(nodes.len().max(edges.len())));
        }
        let position = |(at, &(lat, lon)): (usize, &(f64, f64))| {
            Position::new(lat, lon).map_err(|source| AccessError::Node { at, source })
        };
        let nodes: Vec<Position> = nodes.iter().enumerate().map(position).collect::<Result<_, _>>()?;
        let mut arcs = Vec::with_capacity(edges.len() * 2);
        for (at, edge) in edges.iter().enumerate() {
            if edge.from as usize >= nodes.len() || edge.to as usize >= nodes.len() {
                return Err(AccessError::Edge { at, what: "it names a node that is not there" });
            }
            if !(edge.metres.is_finite() && edge.metres >= 0.0) {
                return Err(AccessError::Edge { at, what: "its length must be a finite number from 0 up" });
            }
            for (from, to, seconds) in
                [(edge.from, edge.to, edge.seconds_forward), (edge.to, edge.from, edge.seconds_backward)]
            {
                let Some(seconds) = seconds else { continue };
                let time = milliseconds(seconds).ok_or(AccessError::Edge {
                    at,
                    what: "its time must be a number of seconds from 0 up, and less than 24 days",
                })?;
                // No way is free: an edge shorter than half a millisecond takes one.
                arcs.push((from, to, time.max(1)));
            }
        }
        let network = Network::new(&nodes, &arcs);
        let back = Adjacency::new(nodes.len(), arcs.iter().map(|&(from, to, time)| (to, from, time)));
        let out = Adjacency::new(nodes.len(), arcs.iter().copied());
        Ok(Self { nodes, out, back, network })
    }

    /// Positions of the nodes.
    pub fn nodes(&self) -> &[Position] {
        &self.nodes
    }

    /// Directed arcs; an edge open both ways has two.
    pub fn arcs(&self) -> usize {
        self.out.edges.len()
    }

    /// The node nearest to a place and the walk there; `None` where it is farther than the walk allows.
    pub fn snap(&self, place: Position, walk: &Walk) -> Option<Snap> {
        self.network.snap(place, walk)
    }

    /// The graph prepared for questions about single pairs.
    pub fn ways(&self) -> Ways {
        Ways::prepare((0..).zip(self.out.starts.windows(2)).flat_map(|(from, ends)| {
            self.out.edges[ends[0] as usize..ends[1] as usize].iter().map(move |&(to, time)| (from, to, time))
        }))
    }

    /// Minutes from each demand point to each facility within `max_minutes`: the walk to the nearest node, the way, and
    /// the walk from the node nearest to the facility.
    ///
    /// One search runs from each facility against the direction of travel, and ends at the largest cost.
    pub fn times(
        &self,
        demand: &[Position],
        supply: &[Position],
        max_minutes: f64,
        walk: &Walk,
    ) -> Result<RoadTimes, AccessError> {
        walk.check()?;
        if !(max_minutes.is_finite() && max_minutes >= 0.0) {
            return Err(AccessError::MaxCost(max_minutes));
        }
        let snapped = |places: &[Position]| -> Vec<Option<Snap>> {
            places.par_iter().with_min_len(16).map(|place| self.snap(*place, walk)).collect()
        };
        let (from, to) = (snapped(demand), snapped(supply));
        let at_node = Adjacency::new(
            self.nodes.len(),
            (0u32..).zip(&from).filter_map(|(i, snap)| snap.as_ref().map(|s| (s.node, i, s.milliseconds))),
        );
        let budget = budget(max_minutes);
        let found: Vec<Vec<(u32, f64)>> = to
            .par_iter()
            .map_init(
                || Search::new(self.nodes.len()),
                |search, snap| {
                    let mut costs = Vec::new();
                    let Some(snap) = snap else { return costs };
                    search.run(&self.back, snap.node, u64::from(snap.milliseconds), budget, |node, time| {
                        for &(i, walk) in at_node.of(node) {
                            let minutes = minutes(time + u64::from(walk));
                            if minutes <= max_minutes {
                                costs.push((i, minutes));
                            }
                        }
                    });
                    costs
                },
            )
            .collect();
        let pairs =
            (0u32..).zip(&found).flat_map(|(j, costs)| costs.iter().map(move |&(i, cost)| (i, j, cost)));
        let off_road = |snaps: &[Option<Snap>]| {
            (0u32..).zip(snaps).filter(|(_, s)| s.is_none()).map(|(at, _)| at).collect()
        };
        Ok(RoadTimes {
            pairs: pairs.collect(),
            demand_off_road: off_road(&from),
            supply_off_road: off_road(&to),
        })
    }
}

impl Adjacency {
    /// Groups (from, to, time) by `from`, in the order in which they come.
    pub(super) fn new(nodes: usize, arcs: impl Iterator<Item = (u32, u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for (from, _, _) in arcs.clone() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut edges = vec![(0, 0); starts[nodes] as usize];
        let mut next = starts.clone();
        for (from, to, time) in arcs {
            let at = &mut next[from as usize];
            edges[*at as usize] = (to, time);
            *at += 1;
        }
        Self { starts, edges }
    }

    /// (other end, milliseconds) at a node.
    pub(super) fn of(&self, node: u32) -> &[(u32, u32)] {
        &self.edges[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// Seconds in whole milliseconds, when they fit.
pub(super) fn milliseconds(seconds: f64) -> Option<u32> {
    let whole = libm::round(seconds * 1_000.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
    (whole >= 0.0 && whole < f64::from(i32::MAX)).then_some(whole as u32)
}

/// The most milliseconds that can be within a number of minutes.
fn budget(minutes: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as it should")]
    let whole = (minutes * 60_000.0) as u64;
    whole.saturating_add(1)
}

/// Milliseconds as minutes.
pub(super) fn minutes(milliseconds: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "exact below 285,000 years")]
    let whole = milliseconds as f64;
    whole / 60_000.0
}
