//! Bounds that contradict each other, as small sets from which none can be left out.

use rayon::prelude::*;

use crate::instance::{Instance, LeafIndex, NodeIndex, widen};
use crate::layout::Layout;

/// Whose bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictSubject {
    /// A leaf's.
    Leaf(LeafIndex),
    /// A node's.
    Node(NodeIndex),
}

/// Which bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoundKind {
    /// The least.
    Floor,
    /// The most.
    Ceiling,
    /// The ceiling of a leaf without weight: its floor, since no price moves it.
    ZeroWeight,
    /// The leaf was dropped below its minimum, so it takes nothing.
    Minimum,
    /// The money there is.
    Budget,
}

impl BoundKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
            Self::ZeroWeight => "zero-weight",
            Self::Minimum => "minimum",
            Self::Budget => "budget",
        }
    }
}

/// One bound of a contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConflictBound {
    /// Whose.
    pub subject: ConflictSubject,
    /// Which.
    pub kind: BoundKind,
    /// Payable units. For a minimum: the minimum that was missed.
    pub amount: u64,
}

/// An irreducible contradiction: these bounds alone can't be met, and without any one of them the others can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictSet {
    /// The node at which floors and ceilings meet.
    pub node: NodeIndex,
    /// What the floors of the set demand.
    pub demanded: u64,
    /// What the ceilings of the set allow.
    pub available: u64,
    /// The bounds: those that demand first, then those that allow.
    pub bounds: Vec<ConflictBound>,
}

/// The least and the most that each node can have, by position; and the contradictions.
pub(crate) struct Reach {
    /// By position; sums may exceed any single amount.
    pub(crate) least: Vec<u128>,
    pub(crate) most: Vec<u128>,
    /// The most that the members can have, whatever the node's own ceiling.
    pub(crate) members_most: Vec<u128>,
    /// Whether no leaf's floor is above its ceiling.
    leaves_sound: bool,
}

/// Nodes that a thread takes at a time.
const STRETCH: usize = 256;

impl Reach {
    /// What bounds leave possible, from the leaves up.
    pub(crate) fn of(layout: &Layout) -> Self {
        let nodes = layout.nodes();
        let of_leaves: Vec<(u128, u128, bool)> = (0..nodes)
            .into_par_iter()
            .with_min_len(STRETCH)
            .map(|node| {
                let range = layout.leaves(node);
                let (mut least, mut most, mut sound) = (0u128, 0u128, true);
                for (low, high) in layout.low[range.clone()].iter().zip(&layout.high[range]) {
                    least += u128::from(*low);
                    most += u128::from(*high);
                    sound &= low <= high;
                }
                (least, most, sound)
            })
            .collect();
        let mut least: Vec<u128> = of_leaves.iter().map(|(least, ..)| *least).collect();
        let mut most: Vec<u128> = of_leaves.iter().map(|(_, most, _)| *most).collect();
        let mut members_most = vec![0u128; nodes];
        let leaves_sound = of_leaves.iter().all(|(.., sound)| *sound);
        for node in (0..nodes).rev() {
            members_most[node] = most[node];
            least[node] = least[node].max(u128::from(layout.node_floor[node]));
            most[node] = most[node].min(u128::from(layout.node_ceiling[node]));
            if node > 0 {
                let parent = widen(layout.parent[node]);
                least[parent] += least[node];
                most[parent] += most[node];
            }
        }
        Self { least, most, members_most, leaves_sound }
    }

    /// Whether every leaf and node can be served.
    pub(crate) fn is_feasible(&self) -> bool {
        self.leaves_sound && self.least.iter().zip(&self.most).all(|(least, most)| least <= most)
    }
}

/// All contradictions: at each leaf, and at each node below which there is none.
pub(crate) fn find(
    instance: &Instance,
    layout: &Layout,
    reach: &Reach,
    dropped: &[bool],
) -> Vec<ConflictSet> {
    let mut sets = Vec::new();
    // By position: whether a contradiction stands at or below the node.
    let mut broken = vec![false; layout.nodes()];
    let witness = Witness { instance, layout, reach, dropped, original: originals(layout) };
    for node in (0..layout.nodes()).rev() {
        for leaf in layout.leaves(node) {
            if layout.low[leaf] > layout.high[leaf] {
                broken[node] = true;
                sets.push(witness.leaf_set(node, leaf));
            }
        }
        if !broken[node] && reach.least[node] > reach.most[node] {
            broken[node] = true;
            sets.push(witness.node_set(node));
        }
        if broken[node] && node > 0 {
            broken[widen(layout.parent[node])] = true;
        }
    }
    sets.sort_by_key(|s| s.bounds.clone());
    sets
}

/// [`NodeIndex`] by position.
fn originals(layout: &Layout) -> Vec<NodeIndex> {
    let mut original = vec![NodeIndex::ROOT; layout.nodes()];
    for (node, position) in layout.position.iter().enumerate() {
        original[widen(*position)] = NodeIndex::new(node);
    }
    original
}

struct Witness<'w> {
    instance: &'w Instance,
    layout: &'w Layout,
    reach: &'w Reach,
    dropped: &'w [bool],
    original: Vec<NodeIndex>,
}

impl Witness<'_> {
    fn leaf_set(&self, node: usize, leaf: usize) -> ConflictSet {
        let floor = self.leaf_bound(leaf, BoundKind::Floor, self.layout.low[leaf]);
        let ceiling = self.leaf_ceiling(leaf).unwrap_or_else(|| self.budget());
        ConflictSet {
            node: self.original[node],
            demanded: floor.amount,
            available: ceiling.amount,
            bounds: vec![floor, ceiling],
        }
    }

    fn budget(&self) -> ConflictBound {
        self.node_bound(0, BoundKind::Budget, self.instance.budget)
    }

    fn leaf_bound(&self, leaf: usize, kind: BoundKind, amount: u64) -> ConflictBound {
        ConflictBound {
            subject: ConflictSubject::Leaf(LeafIndex::new(widen(self.layout.leaf[leaf]))),
            kind,
            amount,
        }
    }

    /// The bound that keeps a leaf down; `None` when only the budget does.
    fn leaf_ceiling(&self, leaf: usize) -> Option<ConflictBound> {
        let index = widen(self.layout.leaf[leaf]);
        if self.dropped[index] {
            return Some(self.leaf_bound(leaf, BoundKind::Minimum, self.instance.minimum[index]));
        }
        if self.layout.weight[leaf] == 0 {
            return Some(self.leaf_bound(leaf, BoundKind::ZeroWeight, self.layout.high[leaf]));
        }
        let ceiling = self.instance.ceiling[index];
        (ceiling <= self.instance.budget).then(|| self.leaf_bound(leaf, BoundKind::Ceiling, ceiling))
    }

    fn node_bound(&self, node: usize, kind: BoundKind, amount: u64) -> ConflictBound {
        ConflictBound { subject: ConflictSubject::Node(self.original[node]), kind, amount }
    }

    /// Which bounds demand more than which others allow at this node, none of them in vain.
    fn node_set(&self, node: usize) -> ConflictSet {
        let mut allowing = Vec::new();
        self.allow(node, &mut allowing);
        let available = match allowing.as_slice() {
            [ConflictBound { kind: BoundKind::Budget, amount, .. }] => u128::from(*amount),
            _ => self.reach.most[node],
        };
        let mut demanding = Vec::new();
        self.demand(node, &mut demanding);
        // The smallest are left out as long as the rest still demands too much: what stays, none can be left out.
        demanding.sort_by_key(|b| (b.amount, b.subject));
        let mut demanded: u128 = demanding.iter().map(|b| u128::from(b.amount)).sum();
        let mut spare = 0;
        for bound in &demanding {
            let without = demanded - u128::from(bound.amount);
            if without <= available {
                break;
            }
            demanded = without;
            spare += 1;
        }
        demanding.drain(..spare);
        demanding.sort();
        allowing.sort();
        demanding.extend(allowing);
        ConflictSet {
            node: self.original[node],
            demanded: u64::try_from(demanded).unwrap_or(u64::MAX),
            available: u64::try_from(available).unwrap_or(u64::MAX),
            bounds: demanding,
        }
    }

    /// The ceilings whose sum is the most that the node can have. Where a ceiling is only the budget, the budget stands
    /// for the whole node.
    fn allow(&self, node: usize, out: &mut Vec<ConflictBound>) {
        let before = out.len();
        if self.reach.most[node] > u128::from(self.instance.budget) {
            out.push(self.budget());
            return;
        }
        let mut waiting = vec![node];
        while let Some(at) = waiting.pop() {
            let ceiling = self.instance.node_bounds[self.original[at].index()].ceiling;
            if at == 0 && self.reach.most[at] == u128::from(self.instance.budget) {
                out.push(self.budget());
                continue;
            }
            // A node without leaves can have nothing, whatever its ceiling.
            let empty = self.layout.subtree_leaves(at).is_empty();
            if let Some(own) = ceiling.filter(|c| !empty && u128::from(*c) == self.reach.most[at]) {
                out.push(self.node_bound(at, BoundKind::Ceiling, own));
                continue;
            }
            for leaf in self.layout.leaves(at) {
                let Some(bound) = self.leaf_ceiling(leaf) else {
                    // Unlimited but for the budget, and so is the node.
                    out.truncate(before);
                    out.push(self.budget());
                    return;
                };
                out.push(bound);
            }
            waiting.extend(self.layout.children(at));
        }
    }

    /// Floors that demand the least that the node must have, no two of them one inside the other.
    fn demand(&self, node: usize, out: &mut Vec<ConflictBound>) {
        let mut waiting = vec![node];
        while let Some(at) = waiting.pop() {
            let own = self.layout.node_floor[at];
            if own > 0 && u128::from(own) == self.reach.least[at] {
                out.push(self.node_bound(at, BoundKind::Floor, own));
                continue;
            }
            for leaf in self.layout.leaves(at).filter(|l| self.layout.low[*l] > 0) {
                // A leaf without weight has its floor for a ceiling; it demands it all the same.
                out.push(self.leaf_bound(leaf, BoundKind::Floor, self.layout.low[leaf]));
            }
            waiting.extend(self.layout.children(at));
        }
    }
}
