//! What applications ask for, summed by place and by those who count as one.

use adil_domain::{Money, Rational};

use super::Facts;

/// What applications ask for, by node of the territory tree; a parent's sum holds its children's.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(super) by_node: Vec<i128>,
    /// By cluster: what its applications ask for, and how many they are.
    pub(super) by_cluster: Vec<(i128, usize)>,
    total: i128,
    pub(super) decimals: u32,
}

impl Demand {
    /// Sums what these subjects ask for.
    pub(crate) fn of(facts: &Facts<'_>, taking_part: impl Iterator<Item = usize>) -> Self {
        let tree = &facts.inputs.tree;
        let mut by_node = vec![0i128; tree.len()];
        let clusters = facts.clusters.as_ref();
        let mut by_cluster = vec![(0i128, 0usize); clusters.map_or(0, |c| c.operators.len())];
        let mut total = 0i128;
        for index in taking_part {
            let subject = &facts.subjects[index];
            let sought = i128::from(subject.sought.map_or(0, Money::minor));
            total += sought;
            if let Some(cluster) = clusters.and_then(|c| by_cluster.get_mut(c.of[index])) {
                cluster.0 += sought;
                cluster.1 += 1;
            }
            for node in std::iter::successors(subject.territory, |n| tree.parent(*n)) {
                by_node[node] += sought;
            }
        }
        Self { by_node, by_cluster, total, decimals: facts.inputs.policy.round.currency.decimals() }
    }

    pub(super) fn sought(&self, node: usize) -> Rational {
        Rational::from_scaled(self.by_node[node], self.decimals)
    }

    pub(super) fn share(&self, node: usize) -> Option<Rational> {
        Rational::ratio(self.by_node[node], self.total)
    }

    /// Minor units asked for in all.
    pub(crate) fn total_minor(&self) -> i64 {
        i64::try_from(self.total).unwrap_or(i64::MAX)
    }

    /// Minor units asked for in a node; saturates beyond what money can be.
    pub(crate) fn minor(&self, node: usize) -> i64 {
        i64::try_from(self.by_node[node]).unwrap_or(i64::MAX)
    }
}
