//! Checks a division from its certificate, solving nothing.
//!
//! For each node the certificate states the exact price `t` and the exact total `X`, in payable units. With
//! `x* = clamp(w·t, low, high)` for each leaf, the amounts are the rounded optimum when
//!
//! - the `x*` of a node's leaves and the `X` of its children sum to its `X`, and `X` keeps its bounds;
//! - a node's price is its parent's, unless `X` is its ceiling (then it may be lower) or its floor (then higher);
//! - the root's `X` is the money there is, or nothing can take more;
//! - each amount is less than one unit from `x*`, each sum of amounts less than one unit from `X`, and all of them keep
//!   their bounds.
//!
//! These are the conditions of Karush, Kuhn and Tucker for the largest `Σ w·ln x` under the bounds, which is concave: what
//! meets them is the optimum. Without the exact totals an inflated price could hide a unit taken from each of a thousand
//! members. Nothing here is shared with the solver: other types, other arithmetic.

use std::cmp::Ordering;
use std::fmt;

use adil_domain::Rational;

/// A leaf as the published tables have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLeaf {
    /// Its name in messages.
    pub name: String,
    /// Position of its node.
    pub node: usize,
    /// Its weight, as published.
    pub weight: Rational,
    /// The least, in payable units.
    pub floor: Rational,
    /// The most; `None` without a ceiling.
    pub ceiling: Option<Rational>,
    /// Whether it was dropped below its minimum, and so takes nothing.
    pub dropped: bool,
    /// What it gets, in payable units.
    pub amount: Rational,
}

/// A node as the certificate has it. A node comes after its parent; the first is the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedNode {
    /// Its name in messages.
    pub name: String,
    /// Position of its parent; `None` for the root alone.
    pub parent: Option<usize>,
    /// The least, in payable units.
    pub floor: Rational,
    /// The most; for the root the money there is.
    pub ceiling: Option<Rational>,
    /// Payable units per unit of weight.
    pub price: Rational,
    /// The exact optimum of the total.
    pub total: Rational,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// The tree is none: a parent that does not come before its child, or no root.
    Tree(String),
    /// An amount is not a whole number of payable units, or below zero.
    NotWhole(String, Rational),
    /// An amount or total is outside its bounds.
    OutOfBounds(String, Rational),
    /// An amount is a unit or more from the exact optimum at the stated price.
    AmountOff {
        /// Whose.
        name: String,
        /// What it gets.
        amount: Rational,
        /// The exact optimum.
        optimum: Rational,
    },
    /// The exact optima of the members do not sum to the stated total.
    TotalOff {
        /// The node.
        name: String,
        /// What is stated.
        stated: Rational,
        /// What the members sum to.
        members: Rational,
    },
    /// The amounts of a node sum to a unit or more from its exact total.
    SumOff {
        /// The node.
        name: String,
        /// What they sum to.
        sum: Rational,
        /// The exact total.
        total: Rational,
    },
    /// A price differs from the parent's without a bound that explains it.
    PriceOff(String),
    /// A price is below zero.
    NegativePrice(String),
    /// Money is left that a member could take.
    LeftOver {
        /// What is left.
        left: Rational,
        /// A member that could take some of it.
        taker: String,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tree(name) => write!(f, "{name}: the parent is missing or does not come first"),
            Self::NotWhole(name, amount) => {
                write!(f, "{name}: {amount} is not a whole number of payable units")
            }
            Self::OutOfBounds(name, amount) => {
                write!(f, "{name}: {amount} payable units are outside its bounds")
            }
            Self::AmountOff { name, amount, optimum } => {
                write!(
                    f,
                    "{name}: {amount} payable units, but its share at the stated price is {}",
                    short(optimum)
                )
            }
            Self::TotalOff { name, stated, members } => {
                write!(
                    f,
                    "{name}: the stated total is {}, but its members sum to {}",
                    short(stated),
                    short(members)
                )
            }
            Self::SumOff { name, sum, total } => {
                write!(
                    f,
                    "{name}: the amounts sum to {sum} payable units, but its exact total is {}",
                    short(total)
                )
            }
            Self::PriceOff(name) => {
                write!(f, "{name}: its price is not its parent's, and no bound explains it")
            }
            Self::NegativePrice(name) => write!(f, "{name}: its price is below zero"),
            Self::LeftOver { left, taker } => {
                write!(f, "{} payable units are left, but {taker} could take more", short(left))
            }
        }
    }
}

/// Four decimals of an exact number; enough to see what is off.
fn short(value: &Rational) -> String {
    value.to_short_decimal(4)
}

/// Checks a certificate; an empty list means that it holds.
pub fn check(nodes: &[CheckedNode], leaves: &[CheckedLeaf]) -> Vec<Violation> {
    let mut violations = check_tree(nodes, leaves);
    if !violations.is_empty() {
        return violations;
    }
    let mut members = vec![Rational::zero(); nodes.len()];
    let mut sums = vec![Rational::zero(); nodes.len()];
    for leaf in leaves {
        let optimum = check_leaf(leaf, &nodes[leaf.node], &mut violations);
        members[leaf.node] = &members[leaf.node] + &optimum;
        sums[leaf.node] = &sums[leaf.node] + &leaf.amount;
    }
    for at in (0..nodes.len()).rev() {
        check_node(&nodes[at], &members[at], &sums[at], &mut violations);
        if let Some(parent) = nodes[at].parent {
            members[parent] = &members[parent] + &nodes[at].total;
            sums[parent] = &sums[parent] + &sums[at];
            check_price(&nodes[at], &nodes[parent], &mut violations);
        }
    }
    check_left_over(nodes, leaves, &mut violations);
    violations
}

fn check_tree(nodes: &[CheckedNode], leaves: &[CheckedLeaf]) -> Vec<Violation> {
    let mut violations = Vec::new();
    if nodes.is_empty() {
        violations.push(Violation::Tree("the pot".to_owned()));
    }
    for (at, node) in nodes.iter().enumerate() {
        let sound = if at == 0 { node.parent.is_none() } else { node.parent.is_some_and(|p| p < at) };
        if !sound {
            violations.push(Violation::Tree(node.name.clone()));
        }
        if node.price.is_negative() {
            violations.push(Violation::NegativePrice(node.name.clone()));
        }
    }
    violations
        .extend(leaves.iter().filter(|l| l.node >= nodes.len()).map(|l| Violation::Tree(l.name.clone())));
    violations
}

fn check_leaf(leaf: &CheckedLeaf, node: &CheckedNode, violations: &mut Vec<Violation>) -> Rational {
    let whole = leaf.amount == Rational::from(leaf.amount.floor()) && !leaf.amount.is_negative();
    if !whole {
        violations.push(Violation::NotWhole(leaf.name.clone(), leaf.amount.clone()));
    }
    if leaf.dropped {
        if !leaf.amount.is_zero() {
            violations.push(Violation::OutOfBounds(leaf.name.clone(), leaf.amount.clone()));
        }
        return Rational::zero();
    }
    let above = leaf.ceiling.as_ref().is_some_and(|c| leaf.amount > *c);
    if above || leaf.amount < leaf.floor {
        violations.push(Violation::OutOfBounds(leaf.name.clone(), leaf.amount.clone()));
    }
    let share = (&leaf.weight * &node.price).max(leaf.floor.clone());
    let optimum = match &leaf.ceiling {
        Some(ceiling) => share.min(ceiling.clone()),
        None => share,
    };
    if (&leaf.amount - &optimum).abs() >= Rational::one() {
        let (name, amount) = (leaf.name.clone(), leaf.amount.clone());
        violations.push(Violation::AmountOff { name, amount, optimum: optimum.clone() });
    }
    optimum
}

fn check_node(node: &CheckedNode, members: &Rational, sum: &Rational, violations: &mut Vec<Violation>) {
    if *members != node.total {
        let (name, stated) = (node.name.clone(), node.total.clone());
        violations.push(Violation::TotalOff { name, stated, members: members.clone() });
    }
    if (sum - &node.total).abs() >= Rational::one() {
        let (name, total) = (node.name.clone(), node.total.clone());
        violations.push(Violation::SumOff { name, sum: sum.clone(), total });
    }
    for value in [&node.total, sum] {
        if *value < node.floor || node.ceiling.as_ref().is_some_and(|c| value > c) {
            violations.push(Violation::OutOfBounds(node.name.clone(), value.clone()));
        }
    }
}

fn check_price(node: &CheckedNode, parent: &CheckedNode, violations: &mut Vec<Violation>) {
    let explained = match node.price.cmp(&parent.price) {
        Ordering::Less => node.ceiling.as_ref() == Some(&node.total),
        Ordering::Greater => node.floor == node.total,
        Ordering::Equal => true,
    };
    if !explained {
        violations.push(Violation::PriceOff(node.name.clone()));
    }
}

/// Where money is left, every leaf with a weight is at its ceiling or stands under a node that is at its own.
fn check_left_over(nodes: &[CheckedNode], leaves: &[CheckedLeaf], violations: &mut Vec<Violation>) {
    let Some(root) = nodes.first() else { return };
    let Some(left) = root.ceiling.as_ref().map(|money| money - &root.total).filter(|l| *l > Rational::zero())
    else {
        return;
    };
    let mut full = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate().skip(1) {
        full[at] = node.ceiling.as_ref() == Some(&node.total) || node.parent.is_some_and(|p| full[p]);
    }
    let taker = leaves.iter().find(|leaf| {
        let optimum = (&leaf.weight * &nodes[leaf.node].price).max(leaf.floor.clone());
        let room = leaf.ceiling.as_ref().is_none_or(|c| optimum < *c);
        !leaf.dropped && !leaf.weight.is_zero() && room && !full[leaf.node]
    });
    if let Some(taker) = taker {
        violations.push(Violation::LeftOver { left, taker: taker.name.clone() });
    }
}
