//! Operators that count as one, as far as the policy asks.

use std::collections::{BTreeMap, HashMap};

use adil_integrity::links::{self, Links, Rules, Share, Tie};
use adil_policy::ClusterRule;

use super::Subject;
use crate::folder::OPERATORS;
use crate::inputs::Inputs;

/// To which cluster each application belongs. An operator that nobody is linked to is a cluster by itself, and so is an
/// application that names none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clusters {
    /// By subject.
    pub(crate) of: Vec<usize>,
    /// By cluster, how many operators it has.
    pub(crate) operators: Vec<usize>,
    /// Who is linked to whom, and by what.
    pub(crate) links: Option<Links>,
}

impl Clusters {
    pub(super) fn build(inputs: &Inputs, rule: &ClusterRule, subjects: &[Subject<'_>]) -> Self {
        let links = links::links(&ties(inputs, rule), &rules(rule));
        let mut clusters =
            Self { of: Vec::with_capacity(subjects.len()), operators: Vec::new(), links: None };
        let mut by_operator: HashMap<&str, usize> = HashMap::new();
        for cluster in &links.clusters {
            let at = clusters.operators.len();
            clusters.operators.push(cluster.members.len());
            by_operator.extend(cluster.members.iter().map(|id| (id.as_str(), at)));
        }
        for subject in subjects {
            let next = clusters.operators.len();
            let at = match subject.operator_id {
                "" => next,
                id => *by_operator.entry(id).or_insert(next),
            };
            if at == next {
                clusters.operators.push(1);
            }
            clusters.of.push(at);
        }
        clusters.links = Some(links);
        clusters
    }
}

fn ties<'a>(inputs: &'a Inputs, rule: &'a ClusterRule) -> Vec<Tie<'a>> {
    let Some(table) = inputs.table(OPERATORS) else { return Vec::new() };
    let Some(id) = table.column("operator_id") else { return Vec::new() };
    let columns: BTreeMap<&str, usize> =
        rule.shares.iter().filter_map(|(name, _)| Some((name.as_str(), table.column(name)?))).collect();
    let tie = |row: usize, (column, at): (&&'a str, &usize)| {
        let (operator, value) = (table.cell(row, id), table.cell(row, *at));
        (!operator.is_empty() && !value.is_empty()).then_some(Tie { operator, column, value })
    };
    (0..table.len())
        .flat_map(|row| columns.iter().filter_map(move |c| tie(row, c)).collect::<Vec<_>>())
        .collect()
}

fn rules(rule: &ClusterRule) -> Rules {
    let shares = rule.shares.iter().map(|(column, weight)| Share::of(column, *weight));
    let most = usize::try_from(rule.most).unwrap_or(usize::MAX);
    Rules { shares: shares.collect(), threshold: rule.threshold, most }
}
