//! Dijkstra's search, ended at a budget.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::Adjacency;

/// A search that can be run again without being cleared: what an earlier run left is told by its mark.
pub(super) struct Search {
    run: u32,
    /// The run that last saw a node, and the time then.
    seen: Vec<(u32, u64)>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Search {
    pub(super) fn new(nodes: usize) -> Self {
        Self { run: 0, seen: vec![(0, 0); nodes], queue: BinaryHeap::new() }
    }

    /// Calls `settle` with each node within the budget and its time, in rising order of (time, node).
    pub(super) fn run(
        &mut self,
        graph: &Adjacency,
        start: u32,
        time: u64,
        budget: u64,
        mut settle: impl FnMut(u32, u64),
    ) {
        self.run = self.run.wrapping_add(1);
        if self.run == 0 {
            self.seen.fill((0, 0));
            self.run = 1;
        }
        self.queue.clear();
        if time > budget {
            return;
        }
        self.seen[start as usize] = (self.run, time);
        self.queue.push(Reverse((time, start)));
        while let Some(Reverse((time, node))) = self.queue.pop() {
            if self.seen[node as usize].1 < time {
                continue;
            }
            settle(node, time);
            for &(next, longer) in graph.of(node) {
                let then = time + u64::from(longer);
                let seen = &mut self.seen[next as usize];
                if then <= budget && (seen.0 != self.run || then < seen.1) {
                    *seen = (self.run, then);
                    self.queue.push(Reverse((then, next)));
                }
            }
        }
    }
}
