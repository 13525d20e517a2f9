//! A problem to solve: leaves with weights and bounds, in a tree of nodes with bounds, and a budget.

/// The most that a bound, an amount or the budget may be, in payable units.
pub const MAX_AMOUNT: u64 = i64::MAX.unsigned_abs();

/// A node of the tree, by the order in which it was added. The root is node 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIndex(u32);

/// A leaf, by the order in which it was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafIndex(u32);

impl NodeIndex {
    /// The node that holds everything.
    pub const ROOT: Self = Self(0);

    /// The position in the order of adding.
    pub fn index(self) -> usize {
        widen(self.0)
    }

    pub(crate) fn new(index: usize) -> Self {
        Self(narrow(index))
    }
}

impl LeafIndex {
    /// The position in the order of adding.
    pub fn index(self) -> usize {
        widen(self.0)
    }

    /// The leaf that was added as number `index`, counted from 0.
    pub fn new(index: usize) -> Self {
        Self(narrow(index))
    }
}

/// An index of 32 bits as one of the machine's size.
pub(crate) fn widen(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// Instances of more than four billion members are refused before any index is made; see [`Instance::add_leaf`].
pub(crate) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The least and the most, in payable units, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    /// The least.
    pub floor: u64,
    /// The most; `None` is as much as there is.
    pub ceiling: Option<u64>,
}

/// One member of the division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The node it hangs under.
    pub node: NodeIndex,
    /// What its share follows: a numerator over a denominator common to all leaves.
    pub weight: u128,
    /// Its own bounds.
    pub bounds: Bounds,
    /// Nothing, or at least this; zero is no minimum.
    pub minimum: u64,
    /// Where minimums can't all be met, the lowest merit is dropped first.
    pub merit: i64,
}

/// A division to be made. Columns, not rows, so that ten million leaves fit in half a gigabyte.
#[derive(Debug, Clone)]
pub struct Instance {
    pub(crate) budget: u64,
    pub(crate) parents: Vec<u32>,
    pub(crate) node_bounds: Vec<Bounds>,
    pub(crate) leaf_node: Vec<u32>,
    pub(crate) weight: Vec<u128>,
    pub(crate) floor: Vec<u64>,
    /// `u64::MAX` where there is no ceiling.
    pub(crate) ceiling: Vec<u64>,
    pub(crate) minimum: Vec<u64>,
    pub(crate) merit: Vec<i64>,
}

/// What stands in a column of ceilings where there is none.
pub(crate) const NO_CEILING: u64 = u64::MAX;

impl Instance {
    /// A budget and the root, nothing else yet.
    pub fn new(budget: u64) -> Self {
        Self {
            budget,
            parents: vec![0],
            node_bounds: vec![Bounds::default()],
            leaf_node: Vec::new(),
            weight: Vec::new(),
            floor: Vec::new(),
            ceiling: Vec::new(),
            minimum: Vec::new(),
            merit: Vec::new(),
        }
    }

    /// Adds a node under one that was added before.
    pub fn add_node(&mut self, parent: NodeIndex, bounds: Bounds) -> NodeIndex {
        let index = NodeIndex::new(self.parents.len());
        self.parents.push(parent.0);
        self.node_bounds.push(bounds);
        index
    }

    /// Adds a leaf under a node.
    pub fn add_leaf(&mut self, leaf: Leaf) -> LeafIndex {
        let index = LeafIndex::new(self.leaf_node.len());
        self.leaf_node.push(leaf.node.0);
        self.weight.push(leaf.weight);
        self.floor.push(leaf.bounds.floor);
        self.ceiling.push(leaf.bounds.ceiling.unwrap_or(NO_CEILING));
        self.minimum.push(leaf.minimum);
        self.merit.push(leaf.merit);
        index
    }

    /// Makes room for so many leaves.
    pub fn reserve_leaves(&mut self, leaves: usize) {
        self.leaf_node.reserve(leaves);
        self.weight.reserve(leaves);
        self.floor.reserve(leaves);
        self.ceiling.reserve(leaves);
        self.minimum.reserve(leaves);
        self.merit.reserve(leaves);
    }

    /// The money to divide.
    pub fn budget(&self) -> u64 {
        self.budget
    }

    /// How many leaves there are.
    pub fn leaves(&self) -> usize {
        self.leaf_node.len()
    }

    /// How many nodes there are, the root included.
    pub fn nodes(&self) -> usize {
        self.parents.len()
    }

    /// The bounds of a node as they were given.
    pub fn bounds(&self, node: NodeIndex) -> Bounds {
        self.node_bounds.get(node.index()).copied().unwrap_or_default()
    }

    /// The parent of a node; `None` for the root.
    pub fn parent(&self, node: NodeIndex) -> Option<NodeIndex> {
        (node != NodeIndex::ROOT).then(|| self.parents.get(node.index()).map(|p| NodeIndex(*p))).flatten()
    }
}
