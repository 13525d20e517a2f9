//! What could be won by asking for more, and whose word the money rests on.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Money, Rational};
use adil_policy::{Entity, Policy};
use adil_round::what_if::Prepared;
use adil_round::{ApplicationDecision, Decision, Status};
use adil_score::Imputed;
use sha2::{Digest, Sha256};

use crate::fixed::Fixed;

/// What asking for a tenth more would earn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// How many applications were asked about.
    pub asked: usize,
    /// How many could have been.
    pub of: usize,
    /// How many of them would gain.
    pub gain: usize,
    /// How many would lose by it.
    pub lose: usize,
    /// What the tenth more comes to, in all.
    pub more_asked: Money,
    /// What it would bring, in all.
    pub more_given: Money,
    /// The mean gain, to the minor unit.
    pub mean: Money,
    /// Of every unit more that is asked for, so much would be given.
    pub of_each: Option<Fixed>,
    /// Who would gain most.
    pub most: Option<Most>,
}

/// The application that would gain most by asking for more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Most {
    /// Its identifier.
    pub application: String,
    /// The name people know it by.
    pub name: String,
    /// What it would gain.
    pub gain: Money,
    /// What it gets now.
    pub amount: Money,
    /// What it would ask for in addition.
    pub more_asked: Money,
}

/// How many applications times applications are looked at: each question divides the whole round anew.
const WORK: usize = 300_000;
/// At least so many, where there are so many.
const LEAST: usize = 40;

/// Asks about every application, or about a sample that a hash of their identifiers draws.
pub(crate) fn asking(prepared: &mut Prepared<'_>, decision: &Decision) -> Option<Asking> {
    let currency = decision.currency();
    let applications = decision.applications.iter().enumerate();
    let mut able: Vec<(usize, Money, Money)> = applications
        .filter(|(_, a)| matches!(a.status, Status::Funded | Status::NotFunded))
        .filter_map(|(at, a)| Some((at, a.amount, a.sought.filter(|s| s.minor() > 0)?)))
        .collect();
    if able.is_empty() {
        return None;
    }
    let of = able.len();
    let round = &decision.policy.round.id;
    able.sort_by_cached_key(|(at, _, _)| {
        Sha256::digest(format!("adil-audit/asking\0{round}\0{}", decision.applications[*at].id))
    });
    able.truncate((WORK / decision.applications.len().max(1)).max(LEAST));
    let mut found = Asking {
        asked: 0,
        of,
        gain: 0,
        lose: 0,
        more_asked: Money::zero(currency),
        more_given: Money::zero(currency),
        mean: Money::zero(currency),
        of_each: None,
        most: None,
    };
    let plus = |a: Money, b: Money| a.checked_add(b).unwrap_or(a);
    for (at, amount, sought) in able {
        let more = Money::from_minor(sought.minor() / 10, currency);
        // Where the changed ask contradicts the bounds there is no answer.
        let Ok(Some(would)) = prepared.asking(at, plus(sought, more)) else { continue };
        found.asked += 1;
        let gain = Money::from_minor(would.minor() - amount.minor(), currency);
        found.gain += usize::from(gain.minor() > 0);
        found.lose += usize::from(gain.minor() < 0);
        found.more_asked = plus(found.more_asked, more);
        found.more_given = plus(found.more_given, gain);
        let application = &decision.applications[at];
        let better = found.most.as_ref().is_none_or(|m| (gain, &m.application) > (m.gain, &application.id));
        if gain.minor() > 0 && better {
            let name = if application.name.is_empty() { &application.id } else { &application.name };
            found.most = Some(Most {
                application: application.id.clone(),
                name: name.clone(),
                gain,
                amount,
                more_asked: more,
            });
        }
    }
    let exact = Rational::ratio(found.more_given.minor(), found.asked).unwrap_or_else(Rational::zero);
    found.mean = Money::from_minor(exact.fixed(0).to_i64().unwrap_or(0), currency);
    found.of_each = Fixed::ratio(found.more_given.minor().into(), found.more_asked.minor().into());
    Some(found)
}

/// What some money rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Backing {
    /// Points from at least two named sources.
    Several,
    /// Points from one named source.
    One,
    /// Points from what the applicant says, with or without others.
    OwnWord,
    /// Points from a column of which nobody says whose it is.
    Nobody,
    /// Points for a missing value, as the rules put it.
    Missing,
    /// Money without points: a floor.
    Floor,
}

impl Backing {
    /// All, in the order of a page.
    pub const ALL: [Self; 6] =
        [Self::Several, Self::One, Self::OwnWord, Self::Nobody, Self::Missing, Self::Floor];

    /// The word in `audit.json`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Several => "several-sources",
            Self::One => "one-source",
            Self::OwnWord => "own-word",
            Self::Nobody => "no-source-stated",
            Self::Missing => "missing-value",
            Self::Floor => "floor",
        }
    }
}

/// The awarded money by what it rests on, each award split in proportion to the points behind it. The parts sum to what
/// is awarded, exactly.
pub(crate) fn backing(decision: &Decision) -> Vec<(Backing, Money)> {
    let own_word = own_words(&decision.policy);
    let mut sums: BTreeMap<Backing, i64> = Backing::ALL.into_iter().map(|b| (b, 0)).collect();
    for application in decision.applications.iter().filter(|a| a.amount.minor() > 0) {
        for (backing, minor) in split(application, &own_word) {
            *sums.entry(backing).or_insert(0) += minor;
        }
    }
    sums.into_iter().map(|(b, minor)| (b, Money::from_minor(minor, decision.currency()))).collect()
}

/// By indicator: whether its value rests on a column that only the applicant answers for.
fn own_words(policy: &Policy) -> Vec<bool> {
    let rests = |i: &adil_policy::Indicator| {
        i.value.names().iter().filter_map(|id| policy.name(*id)).any(|name| policy.is_own_word(name))
    };
    policy.criteria.iter().flat_map(|c| &c.indicators).map(rests).collect()
}

fn split(application: &ApplicationDecision, own_word: &[bool]) -> Vec<(Backing, i64)> {
    let parts: Vec<(Backing, i64)> = application
        .contributions
        .iter()
        .zip(own_word)
        .map(|(c, own)| {
            let backing = match c.imputed {
                Imputed::No => said_by(&c.source, *own),
                _ => Backing::Missing,
            };
            (backing, c.points.micro().max(0))
        })
        .collect();
    let amount = application.amount.minor();
    let points: i128 = parts.iter().map(|p| i128::from(p.1)).sum();
    if points == 0 {
        return vec![(Backing::Floor, amount)];
    }
    // Cutting the award at the running sums of points gives parts that sum to it.
    let mut so_far = 0i128;
    let mut given = 0i64;
    parts
        .into_iter()
        .map(|(backing, own)| {
            so_far += i128::from(own);
            let until = i64::try_from(i128::from(amount) * so_far / points).unwrap_or(amount);
            let part = until - given;
            given = until;
            (backing, part)
        })
        .collect()
}

/// Names under which a data package states that a column is what the applicant or operator says.
const SELF_SAID: [&str; 6] =
    ["applicant", "operator", "operator-report", "self-report", "self-reported", "own-word"];

/// What a value's sources make of it. A source is written `file: column (name)`, or by its name alone.
fn said_by(source: &str, own_word: bool) -> Backing {
    let mut named = BTreeSet::new();
    let mut unnamed = false;
    for part in source.split("; ").filter(|p| !p.is_empty()) {
        match (part.strip_suffix(')').and_then(|p| p.rsplit_once(" (")), part.contains(": ")) {
            (Some((_, name)), _) => {
                named.insert(name);
            }
            (None, true) => unnamed = true,
            (None, false) => {
                named.insert(part);
            }
        }
    }
    if own_word || named.iter().any(|n| SELF_SAID.contains(n)) {
        return Backing::OwnWord;
    }
    match named.len() {
        _ if unnamed => Backing::Nobody,
        0 => Backing::Nobody,
        1 => Backing::One,
        _ => Backing::Several,
    }
}

/// Pots whose size, what points are multiplied by, rests on the applicant's word.
pub(crate) fn own_sizes(policy: &Policy) -> Vec<usize> {
    let rests = |pot: &adil_policy::Pot| {
        let names = pot.weight.names().iter().filter_map(|id| policy.name(*id));
        names.filter(|n| n.entity != Entity::Score).any(|name| policy.is_own_word(name))
    };
    policy.pots.iter().enumerate().filter(|(_, p)| rests(p)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_counted_by_name() {
        assert_eq!(said_by("territories.csv: population (census)", false), Backing::One);
        assert_eq!(said_by("a.csv: x (census); a.csv: y (census)", false), Backing::One);
        assert_eq!(said_by("a.csv: x (census); register", false), Backing::Several);
        assert_eq!(said_by("a.csv: x", false), Backing::Nobody);
        assert_eq!(
            said_by("facilities.csv: visits (operator-report); b.csv: z (tickets)", false),
            Backing::OwnWord
        );
        assert_eq!(said_by("applications.csv: members (applications-2023)", true), Backing::OwnWord);
    }
}
