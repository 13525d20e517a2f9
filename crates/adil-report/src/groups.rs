//! Applications and places as a reader meets them: by status, by place, by level. Sums of what the decision holds.

use adil_domain::Money;
use adil_round::decision::NodeDecision;
use adil_round::{ApplicationDecision, Decision, Status};

/// The applications of one status together.
#[derive(Debug, Clone)]
pub(crate) struct StatusSum {
    pub(crate) status: Status,
    pub(crate) applications: usize,
    pub(crate) sought: Money,
    pub(crate) amount: Money,
    pub(crate) reserved: Money,
}

impl StatusSum {
    /// One for each status, in the order of a summary.
    pub(crate) fn all(decision: &Decision) -> Vec<Self> {
        let zero = Money::zero(decision.currency());
        let add = |a: Money, b: Option<Money>| b.and_then(|b| a.checked_add(b)).unwrap_or(a);
        Status::ALL
            .into_iter()
            .map(|status| {
                let empty = Self { status, applications: 0, sought: zero, amount: zero, reserved: zero };
                decision.applications.iter().filter(|a| a.status == status).fold(empty, |sum, a| Self {
                    applications: sum.applications + 1,
                    sought: add(sum.sought, a.sought),
                    amount: add(sum.amount, Some(a.amount)),
                    reserved: add(sum.reserved, a.amount_if_cleared),
                    ..sum
                })
            })
            .collect()
    }
}

/// What an application is worth in the decision: its award, or what is kept for it.
pub(crate) fn worth(application: &ApplicationDecision) -> Money {
    application.amount_if_cleared.unwrap_or(application.amount)
}

/// A node of a pot.
pub(crate) fn node(decision: &Decision, pot: usize, at: usize) -> Option<&NodeDecision> {
    decision.pots.get(pot)?.nodes.get(at)
}

/// How far below the pot a node stands.
pub(crate) fn depth(decision: &Decision, pot: usize, at: usize) -> usize {
    let nodes = decision.pots.get(pot).map_or(&[][..], |p| p.nodes.as_slice());
    std::iter::successors(nodes.get(at), |n| n.parent.and_then(|p| nodes.get(p))).count().saturating_sub(1)
}

/// Nodes of the finest depth that has at most `most` of them, else of the coarsest depth below the pot.
pub(crate) fn level_within(decision: &Decision, pot: usize, most: usize) -> Vec<usize> {
    let count = decision.pots.get(pot).map_or(0, |p| p.nodes.len());
    let depths: Vec<usize> = (0..count).map(|n| depth(decision, pot, n)).collect();
    let of = |d: usize| (0..count).filter(|n| depths[*n] == d).collect::<Vec<_>>();
    let deepest = depths.iter().copied().max().unwrap_or(0);
    let fitting = (1..=deepest).rev().map(of).find(|nodes| (2..=most).contains(&nodes.len()));
    fitting.unwrap_or_else(|| if deepest == 0 { Vec::new() } else { of(1) })
}

/// Nodes in reading order: each place directly followed by those within it, names in order.
pub(crate) fn reading_order(decision: &Decision, pot: usize, name: impl Fn(usize) -> String) -> Vec<usize> {
    let Some(nodes) = decision.pots.get(pot).map(|p| &p.nodes) else { return Vec::new() };
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut roots = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node.parent {
            Some(parent) if parent < nodes.len() => children[parent].push(at),
            _ => roots.push(at),
        }
    }
    for list in &mut children {
        list.sort_by_cached_key(|n| std::cmp::Reverse(sort_key(&name(*n))));
    }
    let mut order = Vec::with_capacity(nodes.len());
    let mut open: Vec<usize> = roots.into_iter().rev().collect();
    while let Some(at) = open.pop() {
        order.push(at);
        open.append(&mut children[at]);
    }
    order
}

/// Letters by which names are put in order: case plays no part, and the Kazakh and Russian letters that Unicode puts
/// elsewhere stand where the alphabets have them.
pub(crate) fn sort_key(name: &str) -> Vec<u32> {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| {
            let (base, after) = match c {
                'ә' => ('а', 1),
                'ғ' => ('г', 1),
                'ё' => ('е', 1),
                'қ' => ('к', 1),
                'ң' => ('н', 1),
                'ө' => ('о', 1),
                'ұ' => ('у', 1),
                'ү' => ('у', 2),
                'һ' => ('х', 1),
                'і' => ('ы', 1),
                'á' | 'à' | 'â' | 'ä' => ('a', 1),
                'é' | 'è' | 'ê' | 'ë' => ('e', 1),
                'í' | 'ì' | 'î' | 'ï' => ('i', 1),
                'ó' | 'ò' | 'ô' | 'ö' => ('o', 1),
                'ú' | 'ù' | 'û' | 'ü' => ('u', 1),
                other => (other, 0),
            };
            u32::from(base) * 4 + after
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_letters_stand_where_the_alphabet_has_them() {
        let mut names = ["Қостанай", "Өскемен", "Көкшетау", "Ордабасы", "Әйтеке", "Алматы", "Лисаков"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["Алматы", "Әйтеке", "Көкшетау", "Қостанай", "Лисаков", "Ордабасы", "Өскемен"]);
    }
}
