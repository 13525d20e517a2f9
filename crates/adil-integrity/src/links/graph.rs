//! The graph: operators, links between them, clusters.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::reading::{Rules, Tie};

/// Something that two operators share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shared {
    /// The column.
    pub column: String,
    /// The value, as it is compared.
    pub value: String,
    /// What it counts: a column's weight once for each pair, however many values of it they share.
    pub weight: u32,
}

/// Two operators that share enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The first by identifier.
    pub a: String,
    /// The second.
    pub b: String,
    /// The sum of what they share.
    pub weight: u32,
    /// What they share.
    pub shared: Vec<Shared>,
}

/// Operators joined by links, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Their identifiers, in order; at least two.
    pub members: Vec<String>,
    /// The places of their links in [`Links::links`].
    pub links: Vec<usize>,
}

/// A value that so many operators share that it says nothing about any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowded {
    /// The column.
    pub column: String,
    /// The value, as it is compared.
    pub value: String,
    /// How many share it.
    pub operators: usize,
}

/// Who is linked to whom.
#[derive(Debug, Clone)]
pub struct Links {
    /// All links, by the identifiers of their ends.
    pub links: Vec<Link>,
    /// Clusters, the largest first, then by their first member.
    pub clusters: Vec<Cluster>,
    /// What counted nothing because too many share it, by column and value.
    pub crowded: Vec<Crowded>,
    /// Operators in the order of their identifiers; edges are places in `links`.
    graph: UnGraph<String, usize>,
    /// Who has a value: by value, with the column.
    pub(super) holders: BTreeMap<String, BTreeSet<(String, String)>>,
}

/// Links operators by what they share. The order of the rows does not matter; an operator may have several values of a
/// column, in several rows.
pub fn links(ties: &[Tie<'_>], rules: &Rules) -> Links {
    let operators: BTreeSet<&str> = ties.iter().map(|t| t.operator).collect();
    let mut graph = UnGraph::<String, usize>::default();
    let node: BTreeMap<&str, NodeIndex> =
        operators.into_iter().map(|id| (id, graph.add_node(id.to_owned()))).collect();
    let values = values(ties, rules);
    let mut holders: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    let mut crowded = Vec::new();
    let mut pairs: BTreeMap<(&str, &str), Vec<Shared>> = BTreeMap::new();
    for ((column, value), (weight, having)) in &values {
        let held = holders.entry(value.clone()).or_default();
        held.extend(having.iter().map(|id| ((*column).to_owned(), (*id).to_owned())));
        if having.len() > rules.most {
            crowded.push(Crowded {
                column: (*column).to_owned(),
                value: value.clone(),
                operators: having.len(),
            });
            continue;
        }
        let having: Vec<&str> = having.iter().copied().collect();
        for (at, a) in having.iter().enumerate() {
            for b in &having[at + 1..] {
                let shared = pairs.entry((a, b)).or_default();
                let counted = shared.iter().any(|s| s.column == *column);
                shared.push(Shared {
                    column: (*column).to_owned(),
                    value: value.clone(),
                    weight: if counted { 0 } else { *weight },
                });
            }
        }
    }
    let mut links = Vec::new();
    for ((a, b), shared) in pairs {
        let weight = shared.iter().fold(0u32, |sum, s| sum.saturating_add(s.weight));
        if weight >= rules.threshold {
            if let (Some(x), Some(y)) = (node.get(a), node.get(b)) {
                graph.add_edge(*x, *y, links.len());
            }
            links.push(Link { a: a.to_owned(), b: b.to_owned(), weight, shared });
        }
    }
    let clusters = clusters(&graph);
    Links { links, clusters, crowded, graph, holders }
}

/// By column and value as it is compared: the weight, and who has it.
type Values<'t> = BTreeMap<(&'t str, String), (u32, BTreeSet<&'t str>)>;

fn values<'t>(ties: &[Tie<'t>], rules: &Rules) -> Values<'t> {
    let mut values = Values::new();
    for tie in ties {
        let Some(share) = rules.shares.iter().find(|s| s.column == tie.column) else { continue };
        if let Some(value) = share.reading.of(tie.value) {
            let (_, having) =
                values.entry((tie.column, value)).or_insert_with(|| (share.weight, BTreeSet::new()));
            having.insert(tie.operator);
        }
    }
    values
}

fn clusters(graph: &UnGraph<String, usize>) -> Vec<Cluster> {
    let mut union = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        union.union(edge.source().index(), edge.target().index());
    }
    let mut by_root: BTreeMap<usize, Cluster> = BTreeMap::new();
    for edge in graph.edge_references() {
        let cluster = by_root
            .entry(union.find(edge.source().index()))
            .or_insert_with(|| Cluster { members: Vec::new(), links: Vec::new() });
        cluster.links.push(*edge.weight());
        cluster.members.extend([&graph[edge.source()], &graph[edge.target()]].map(Clone::clone));
    }
    let mut clusters: Vec<Cluster> = by_root.into_values().collect();
    for cluster in &mut clusters {
        cluster.members.sort();
        cluster.members.dedup();
        cluster.links.sort_unstable();
    }
    clusters.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.members.cmp(&b.members)));
    clusters
}

impl Links {
    /// The place in [`Links::clusters`] of the cluster that an operator belongs to; `None` for one that stands alone.
    pub fn cluster_of(&self, operator: &str) -> Option<usize> {
        self.clusters.iter().position(|c| c.members.binary_search_by(|m| m.as_str().cmp(operator)).is_ok())
    }

    /// Those that an operator is linked to, with the place of the link in [`Links::links`], by identifier.
    pub fn neighbours(&self, operator: &str) -> Vec<(&str, usize)> {
        let Some(node) = self.node(operator) else { return Vec::new() };
        let mut found: Vec<(&str, usize)> = self
            .graph
            .edges(node)
            .map(|edge| {
                let other = if edge.source() == node { edge.target() } else { edge.source() };
                (self.graph[other].as_str(), *edge.weight())
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// Whether the operator is in the tables that the links were made of.
    pub fn knows(&self, operator: &str) -> bool {
        self.node(operator).is_some()
    }

    /// Nodes stand in the order of identifiers.
    fn node(&self, operator: &str) -> Option<NodeIndex> {
        let weights: Vec<NodeIndex> = self.graph.node_indices().collect();
        weights.binary_search_by(|node| self.graph[*node].as_str().cmp(operator)).ok().map(NodeIndex::new)
    }
}
