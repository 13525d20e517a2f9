//! The same round under other rules: a base policy and a patch, never a decision.

mod frontier;
mod goal;
mod prepared;

use adil_domain::{Money, Rational};
use adil_policy::Policy;

pub use frontier::{Frontier, Search, Tried, frontier};
pub use goal::{GOAL_DECIMALS, Goal, GoalError, Kind, Per};
pub(crate) use prepared::once;
pub use prepared::{Answer, Outcome, Prepared};

/// One change to the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch {
    /// The weight of one indicator; the others rescale in proportion so that all still sum to 100.
    Weight {
        /// The criterion's id.
        criterion: String,
        /// The indicator's id.
        indicator: String,
        /// Its new weight, 0 to 100.
        weight: Rational,
    },
    /// Another budget.
    Budget(String),
}

/// Why a change can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// It is not `name=value`.
    #[error("`{0}` is not a change. Write weight.CRITERION.INDICATOR=NUMBER or budget=AMOUNT.")]
    Form(String),
    /// No such indicator.
    #[error("The policy has no indicator `{name}`. {hint}")]
    NoIndicator {
        /// What was asked for.
        name: String,
        /// The nearest one, or all.
        hint: String,
    },
    /// A weight that is no number from 0 to 100.
    #[error("The weight `{0}` is not a number from 0 to 100.")]
    Weight(String),
    /// All other indicators weigh nothing, so there is nothing to rescale.
    #[error("`{0}` has all of the weight, so the other indicators can't make room or fill up.")]
    NothingToRescale(String),
    /// One indicator named twice; the second would undo the first.
    #[error("`{0}` is set twice. Set each name once.")]
    Twice(String),
    /// Weights set together that already exceed 100.
    #[error("The weights that were set sum to {0}, more than 100.")]
    Above(String),
    /// A forecast that would earn more than its cap.
    #[error(
        "Indicators that rest on the model `{model}` could then earn {weight} points, more than its cap of {cap}."
    )]
    AboveCap {
        /// The model.
        model: String,
        /// What they could earn.
        weight: String,
        /// Its cap.
        cap: String,
    },
    /// No amount of money.
    #[error("The budget `{0}` is not an amount of money above zero in the round's currency.")]
    Budget(String),
}

impl std::str::FromStr for Patch {
    type Err = PatchError;

    fn from_str(text: &str) -> Result<Self, PatchError> {
        let form = || PatchError::Form(text.to_owned());
        let (name, value) = text.split_once('=').ok_or_else(form)?;
        let parts: Vec<&str> = name.trim().split('.').collect();
        match parts.as_slice() {
            ["budget"] => Ok(Self::Budget(value.trim().to_owned())),
            ["weight", criterion, indicator] => {
                let weight: Rational =
                    value.trim().parse().map_err(|_| PatchError::Weight(value.to_owned()))?;
                if weight.is_negative() || weight > Rational::from(100u8) {
                    return Err(PatchError::Weight(value.to_owned()));
                }
                Ok(Self::Weight {
                    criterion: (*criterion).to_owned(),
                    indicator: (*indicator).to_owned(),
                    weight,
                })
            }
            _ => Err(form()),
        }
    }
}

/// Applies all changes. Weights that were set stay as set; all others rescale in proportion.
///
/// # Errors
/// A change that the policy has no place for.
pub fn apply(policy: &Policy, patches: &[Patch]) -> Result<Policy, PatchError> {
    let mut changed = policy.clone();
    let mut set: Vec<(usize, usize)> = Vec::new();
    let mut budget_set = false;
    for patch in patches {
        match patch {
            Patch::Budget(text) => {
                if std::mem::replace(&mut budget_set, true) {
                    return Err(PatchError::Twice("budget".to_owned()));
                }
                let budget = Money::parse(text, policy.round.currency).ok().filter(|m| m.minor() > 0);
                changed.round.budget = budget.ok_or_else(|| PatchError::Budget(text.clone()))?;
            }
            Patch::Weight { criterion, indicator, weight } => {
                let at = find(policy, criterion, indicator)?;
                if set.contains(&at) {
                    return Err(PatchError::Twice(format!("{criterion}.{indicator}")));
                }
                set.push(at);
                changed.criteria[at.0].indicators[at.1].weight = weight.clone();
            }
        }
    }
    if !set.is_empty() {
        rescale(&mut changed, &set)?;
        within_caps(&changed)?;
    }
    Ok(changed)
}

/// Other weights may not give a forecast more than the policy allows it.
fn within_caps(policy: &Policy) -> Result<(), PatchError> {
    for (at, model) in policy.models.iter().enumerate() {
        let weight = policy.moved_by(at);
        if weight > model.cap {
            let (weight, cap) = (weight.to_short_decimal(6), model.cap.to_short_decimal(6));
            return Err(PatchError::AboveCap { model: model.id.clone(), weight, cap });
        }
    }
    Ok(())
}

fn find(policy: &Policy, criterion: &str, indicator: &str) -> Result<(usize, usize), PatchError> {
    let all = || {
        policy.criteria.iter().enumerate().flat_map(|(c, cr)| {
            cr.indicators.iter().enumerate().map(move |(i, ind)| ((c, i), &cr.id, &ind.id))
        })
    };
    all().find(|(_, c, i)| *c == criterion && *i == indicator).map(|(at, _, _)| at).ok_or_else(|| {
        let name = format!("{criterion}.{indicator}");
        let known: Vec<String> = all().map(|(_, c, i)| format!("{c}.{i}")).collect();
        let hint = adil_domain::problem::did_you_mean(&name, known.iter().map(String::as_str));
        PatchError::NoIndicator { name, hint }
    })
}

fn rescale(policy: &mut Policy, set: &[(usize, usize)]) -> Result<(), PatchError> {
    let full = Rational::from(100u8);
    let (mut fixed, mut free) = (Rational::zero(), Rational::zero());
    for (c, criterion) in policy.criteria.iter().enumerate() {
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let sum = if set.contains(&(c, i)) { &mut fixed } else { &mut free };
            *sum = &*sum + &indicator.weight;
        }
    }
    if fixed > full {
        return Err(PatchError::Above(fixed.to_string()));
    }
    let room = &full - &fixed;
    let factor = match room.checked_div(&free) {
        Some(factor) => factor,
        None if room.is_zero() => return Ok(()),
        None => {
            let (c, i) = set[0];
            let criterion = &policy.criteria[c];
            return Err(PatchError::NothingToRescale(format!(
                "{}.{}",
                criterion.id, criterion.indicators[i].id
            )));
        }
    };
    for (c, criterion) in policy.criteria.iter_mut().enumerate() {
        for (i, indicator) in criterion.indicators.iter_mut().enumerate() {
            if !set.contains(&(c, i)) {
                indicator.weight = &indicator.weight * &factor;
            }
        }
    }
    Ok(())
}
