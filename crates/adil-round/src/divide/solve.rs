//! A prepared pot as an instance of the fair share, and its solution as awards.

use std::collections::BTreeMap;

use adil_allocate::{
    Bounds, ConflictSet, Instance, Leaf, LeafBinding, LeafIndex, NodeBinding, NodeIndex, Solution,
};
use adil_domain::{BigInt, Money, Points, Problem, Problems, Rational};
use adil_policy::Entity;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::terms::{PotRoom, Prepared, Terms, quantity};
use super::{Candidate, Conflict, ConflictBound, DivideError, Division, WEIGHT_DECIMALS};
use crate::decision::{Binding, NodeDecision, PotAward, PotDecision};
use crate::facts::Demand;
use crate::folder::POLICY;

impl PotRoom<'_, '_> {
    pub(super) fn divide(
        &self,
        prepared: &Prepared<'_>,
        held: &[bool],
        division: &mut Division,
    ) -> Result<(), DivideError> {
        let taking_part = &prepared.taking_part;
        let built = self.build(taking_part, &prepared.bounds);
        let solution = self.solution(&built, taking_part, &self.tie_keys(taking_part))?;
        self.collect(prepared, held, &built, &solution, division);
        Ok(())
    }

    /// The fair share of an instance, or why there is none.
    pub(super) fn solution(
        &self,
        built: &Built,
        taking_part: &[(&Candidate, Terms)],
        keys: &[[u8; 32]],
    ) -> Result<Solution, DivideError> {
        built.instance.solve(&|leaf: LeafIndex| keys[leaf.index()]).map_err(|error| match error {
            adil_allocate::SolveError::Conflict(sets) => {
                DivideError::Conflict(sets.iter().map(|set| self.conflict(set, built, taking_part)).collect())
            }
            other => {
                let mut problems = Problems::new();
                problems.push(Problem::error("not-solvable", self.pot.meta.place.clone(), other.to_string()));
                DivideError::Problems(problems)
            }
        })
    }

    /// The instance: the pot as root, a node for each place, a leaf for each participant.
    pub(super) fn build(
        &self,
        taking_part: &[(&Candidate, Terms)],
        bounds: &BTreeMap<usize, Bounds>,
    ) -> Built {
        let tree = &self.facts.inputs.tree;
        let mut instance = Instance::new(self.money);
        let mut nodes = vec![NodeIndex::ROOT];
        let mut territory_of = vec![None];
        let mut node_of = vec![0usize; tree.len()];
        for territory in 0..tree.len() {
            let parent = tree.parent(territory).map_or(0, |p| node_of[p]);
            let none = Bounds { floor: 0, ceiling: None };
            let node = instance.add_node(nodes[parent], bounds.get(&territory).copied().unwrap_or(none));
            node_of[territory] = nodes.len();
            nodes.push(node);
            territory_of.push(Some(territory));
        }
        for (candidate, terms) in taking_part {
            let territory = self.facts.subjects[candidate.subject].territory;
            instance.add_leaf(Leaf {
                node: nodes[territory.map_or(0, |t| node_of[t])],
                weight: terms.weight,
                bounds: Bounds { floor: terms.floor, ceiling: terms.ceiling },
                minimum: terms.minimum,
                merit: candidate.points.micro(),
            });
        }
        Built { instance, nodes, territory_of, node_of }
    }

    /// Ties are settled by a hash nobody can choose: of the policy's digest, its seed and, when given, a public random
    /// value named beforehand.
    pub(super) fn tie_keys(&self, taking_part: &[(&Candidate, Terms)]) -> Vec<[u8; 32]> {
        let round = &self.facts.inputs.policy.round;
        let digest = self.facts.inputs.digests.get(POLICY).cloned().unwrap_or_default();
        let mut seed = Sha256::new();
        for part in [
            &digest,
            round.seed.as_deref().unwrap_or(""),
            round.random.as_deref().unwrap_or(""),
            &self.pot.id,
        ] {
            seed.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            seed.update(part.as_bytes());
        }
        let seed = seed.finalize();
        let key =
            |(c, _): &(&Candidate, Terms)| adil_allocate::tie_key(&seed, self.facts.subjects[c.subject].id);
        taking_part.par_iter().map(key).collect()
    }

    fn conflict(&self, set: &ConflictSet, built: &Built, taking_part: &[(&Candidate, Terms)]) -> Conflict {
        let tree = &self.facts.inputs.tree;
        let bound = |b: &adil_allocate::ConflictBound| {
            let (subject, level) = match b.subject {
                adil_allocate::ConflictSubject::Leaf(leaf) => (
                    self.facts.subjects[taking_part[leaf.index()].0.subject].id.to_owned(),
                    "application".to_owned(),
                ),
                adil_allocate::ConflictSubject::Node(node) => match built.territory_of[node.index()] {
                    Some(t) => (tree.code(t).to_owned(), tree.level(t).to_owned()),
                    None => (String::new(), "pot".to_owned()),
                },
            };
            ConflictBound { subject, level, kind: b.kind.as_str(), amount: self.steps.money(b.amount) }
        };
        Conflict {
            pot: self.pot.id.clone(),
            demanded: self.steps.money(set.demanded),
            available: self.steps.money(set.available),
            bounds: set.bounds.iter().map(bound).collect(),
        }
    }

    fn collect(
        &self,
        prepared: &Prepared<'_>,
        held: &[bool],
        built: &Built,
        solution: &Solution,
        division: &mut Division,
    ) {
        let Prepared { taking_part, demand, money: pot_money, .. } = prepared;
        let currency = self.steps.currency;
        let weight_unit = Rational::from_scaled(BigInt::from(10u8).pow(WEIGHT_DECIMALS), 0);
        let mut nodes: Vec<NodeDecision> = built
            .nodes
            .iter()
            .enumerate()
            .map(|(index, node)| {
                let territory = built.territory_of[index];
                let solved = &solution.nodes()[node.index()];
                let bounds = built.instance.bounds(*node);
                let per_numerator = &solved.price;
                NodeDecision {
                    territory,
                    parent: territory
                        .map(|t| self.facts.inputs.tree.parent(t).map_or(0, |p| built.node_of[p])),
                    sought: Money::from_minor(
                        territory.map_or_else(|| demand.total_minor(), |t| demand.minor(t)),
                        currency,
                    ),
                    floor: self.steps.money(bounds.floor),
                    ceiling: if index == 0 {
                        Some(self.steps.money(self.money))
                    } else {
                        bounds.ceiling.map(|c| self.steps.money(c))
                    },
                    amount: Money::zero(currency),
                    reserved: Money::zero(currency),
                    price: self.steps.major(&(per_numerator * &weight_unit)),
                    price_exact: per_numerator * &weight_unit,
                    total_exact: solved.exact_total.clone(),
                    binding: match solved.binding {
                        NodeBinding::Free => Binding::Free,
                        NodeBinding::AtFloor => Binding::Floor,
                        NodeBinding::AtCeiling => Binding::Ceiling,
                    },
                }
            })
            .collect();
        let mut divided = 0u64;
        for (leaf, (candidate, terms)) in taking_part.iter().enumerate() {
            let solved = solution.leaf(LeafIndex::new(leaf));
            let territory = self.facts.subjects[candidate.subject].territory;
            let node = territory.map_or(0, |t| built.node_of[t]);
            let amount = self.steps.money(solved.amount);
            divided += solved.amount;
            for at in std::iter::successors(Some(node), |n| nodes[*n].parent).collect::<Vec<_>>() {
                let sum =
                    if held[candidate.subject] { &mut nodes[at].reserved } else { &mut nodes[at].amount };
                *sum = sum.checked_add(amount).unwrap_or(*sum);
            }
            let weight = Rational::from_scaled(terms.weight, WEIGHT_DECIMALS);
            let price = nodes[node].price.clone();
            let award = PotAward {
                pot: self.index,
                floor: self.steps.money(terms.floor),
                ceiling: terms.ceiling.map(|c| self.steps.money(c)),
                minimum: (terms.minimum > 0).then(|| self.steps.money(terms.minimum)),
                amount,
                exact: self.steps.major(&exact_share(terms, &nodes[node].price_exact, solved.binding)),
                binding: match solved.binding {
                    // The bound changed nothing, but one point more would find it in the way.
                    LeafBinding::Free if reaches_ceiling(terms, &nodes[node].price_exact) => Binding::Ceiling,
                    LeafBinding::Free => Binding::Free,
                    LeafBinding::AtFloor => Binding::Floor,
                    LeafBinding::AtCeiling => Binding::Ceiling,
                    LeafBinding::ZeroWeight => Binding::ZeroWeight,
                    LeafBinding::Dropped => Binding::Dropped,
                },
                before_drop: None,
                next_point: self.next_point(candidate, &weight, &price, terms, pot_money, demand),
                weight,
                node,
            };
            division.awards[candidate.subject].push(award);
        }
        let mut drops = Vec::new();
        for drop in solution.drops() {
            let subject = taking_part[drop.leaf.index()].0.subject;
            drops.push(subject);
            let own = division.awards[subject].iter_mut().find(|a| a.pot == self.index);
            if let Some(award) = own {
                award.before_drop = Some(self.steps.cut(&drop.share));
            }
        }
        division.pots.push(PotDecision {
            id: self.pot.id.clone(),
            money: self.steps.money(self.money),
            divided: self.steps.money(divided),
            nodes,
            drops,
        });
    }

    /// What one more point would add at this price, under the ceiling; `None` where the weight does not name the score.
    fn next_point(
        &self,
        candidate: &Candidate,
        weight: &Rational,
        price: &Rational,
        terms: &Terms,
        pot_money: &Rational,
        demand: &Demand,
    ) -> Option<Rational> {
        let policy = &self.facts.inputs.policy;
        let names_score =
            |id: &adil_policy::NameId| policy.name(*id).is_some_and(|n| n.entity == Entity::Score);
        if !self.pot.weight.names().iter().any(names_score) {
            return None;
        }
        let one_more = candidate.points + Points::from_micro(1_000_000);
        let row = self.facts.pot_row(candidate.subject, one_more, pot_money, demand);
        let more = quantity("weight", &self.pot.weight, &row, &mut Vec::new()).ok()?;
        let bounded = |share: Rational| {
            let floor = self.steps.money(terms.floor).to_rational();
            let share = share.max(floor);
            match terms.ceiling {
                Some(ceiling) => share.min(self.steps.money(ceiling).to_rational()),
                None => share,
            }
        };
        Some(&bounded(&more * price) - &bounded(weight * price))
    }
}

/// The instance and the way back from its nodes.
pub(super) struct Built {
    pub(super) instance: Instance,
    /// Pot first, then places parents first.
    nodes: Vec<NodeIndex>,
    territory_of: Vec<Option<usize>>,
    node_of: Vec<usize>,
}

/// Whether a leaf's share is all that its ceiling allows.
fn reaches_ceiling(terms: &Terms, price: &Rational) -> bool {
    let share = &Rational::from_scaled(terms.weight, WEIGHT_DECIMALS) * price;
    terms.ceiling.is_some_and(|ceiling| share >= Rational::from(ceiling))
}

/// The exact optimum of one leaf in payable steps, from the price of its node.
fn exact_share(terms: &Terms, price: &Rational, binding: LeafBinding) -> Rational {
    if binding == LeafBinding::Dropped {
        return Rational::zero();
    }
    let share = &Rational::from_scaled(terms.weight, WEIGHT_DECIMALS) * price;
    let raised = share.max(Rational::from(terms.floor));
    match terms.ceiling {
        Some(ceiling) => raised.min(Rational::from(ceiling)),
        None => raised,
    }
}
