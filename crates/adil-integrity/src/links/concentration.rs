//! How concentrated money is, before and after those who are linked count as one.

use std::collections::BTreeMap;

use adil_domain::{BigInt, Money, Rational};

use super::graph::Links;

/// Money by cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// All of it, in minor units.
    pub total: i128,
    /// The index of Herfindahl and Hirschman over operators: the sum of squared shares in per cent, 0 to 10,000.
    pub before: Rational,
    /// The same where each cluster counts as one.
    pub after: Rational,
    /// The clusters that have any money, the most first.
    pub clusters: Vec<ClusterMoney>,
}

/// The money of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterMoney {
    /// Its place in [`Links::clusters`].
    pub cluster: usize,
    /// What its members get, in minor units.
    pub amount: i128,
    /// The part of all money, 0 to 1.
    pub share: Rational,
}

/// Amounts that have no concentration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConcentrationError {
    /// The sum is nothing.
    #[error("there is no money to divide among operators")]
    Nothing,
    /// An amount is below zero.
    #[error("`{0}` has an amount below zero")]
    Negative(String),
    /// Two currencies.
    #[error("the amounts are in more than one currency")]
    Currencies,
}

/// Concentration of the amounts of operators, of which each stands once; one without money need not stand there.
pub fn concentration(
    links: &Links,
    amounts: &BTreeMap<String, Money>,
) -> Result<Concentration, ConcentrationError> {
    if let Some((id, _)) = amounts.iter().find(|(_, money)| money.is_negative()) {
        return Err(ConcentrationError::Negative(id.clone()));
    }
    let mut currencies = amounts.values().map(|money| money.currency());
    let first = currencies.next();
    if currencies.any(|c| Some(c) != first) {
        return Err(ConcentrationError::Currencies);
    }
    let total: i128 = amounts.values().map(|money| i128::from(money.minor())).sum();
    let of: BTreeMap<&str, usize> = links
        .clusters
        .iter()
        .enumerate()
        .flat_map(|(at, cluster)| cluster.members.iter().map(move |id| (id.as_str(), at)))
        .collect();
    let mut joined: BTreeMap<usize, i128> = BTreeMap::new();
    let mut alone: Vec<i128> = Vec::new();
    for (id, money) in amounts {
        let minor = i128::from(money.minor());
        match of.get(id.as_str()) {
            Some(at) => *joined.entry(*at).or_default() += minor,
            None => alone.push(minor),
        }
    }
    let before = index(amounts.values().map(|money| i128::from(money.minor())), total)?;
    let after = index(alone.into_iter().chain(joined.values().copied()), total)?;
    let mut clusters: Vec<ClusterMoney> = joined
        .into_iter()
        .filter(|(_, amount)| *amount > 0)
        .filter_map(|(cluster, amount)| {
            Some(ClusterMoney { cluster, amount, share: Rational::ratio(amount, total)? })
        })
        .collect();
    clusters.sort_by_key(|c| (std::cmp::Reverse(c.amount), c.cluster));
    Ok(Concentration { total, before, after, clusters })
}

fn index(amounts: impl Iterator<Item = i128>, total: i128) -> Result<Rational, ConcentrationError> {
    let squares: BigInt = amounts.map(|amount| BigInt::from(amount) * amount).sum();
    Rational::ratio(squares * 10_000, BigInt::from(total) * total).ok_or(ConcentrationError::Nothing)
}
