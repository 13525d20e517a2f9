//! The quickest way between two nodes.

use fast_paths::{FastGraph, InputGraph, PathCalculator};

use super::graph::minutes;

/// A graph prepared for questions about single pairs: contraction hierarchies (Geisberger et al. 2008).
///
/// Preparing takes as long as many searches; after that an answer takes microseconds where a search of the whole graph
/// takes milliseconds. For costs between *many* places within a limit a search from each facility is quicker still
/// ([`RoadGraph::times`](super::RoadGraph::times)): it finds thousands of pairs at once and never looks past the limit.
pub struct Ways {
    graph: FastGraph,
    calculator: PathCalculator,
}

/// A way between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Minutes.
    pub minutes: f64,
    /// The nodes along it, both ends included.
    pub nodes: Vec<u32>,
}

impl Ways {
    /// Prepares the arcs (from, to, milliseconds, at least 1).
    pub(super) fn prepare(arcs: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let mut input = InputGraph::new();
        for (from, to, time) in arcs {
            if from != to {
                input.add_edge(from as usize, to as usize, time as usize);
            }
        }
        input.freeze();
        let graph = fast_paths::prepare(&input);
        Self { calculator: fast_paths::create_calculator(&graph), graph }
    }

    /// The quickest way, or `None` when there is none.
    pub fn way(&mut self, from: u32, to: u32) -> Option<Way> {
        if from == to {
            return Some(Way { minutes: 0.0, nodes: vec![from] });
        }
        let known = |node: u32| (node as usize) < self.graph.get_num_nodes();
        if !known(from) || !known(to) {
            return None;
        }
        let path = self.calculator.calc_path(&self.graph, from as usize, to as usize)?;
        let nodes = path.get_nodes().iter().filter_map(|node| u32::try_from(*node).ok()).collect();
        Some(Way { minutes: minutes(u64::try_from(path.get_weight()).unwrap_or(u64::MAX)), nodes })
    }
}
