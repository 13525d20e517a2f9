//! `[uncertainty]`: what is varied to see how firm the decision is; and the stated error of a value.

use adil_domain::Rational;

use super::reader::{Reader, Section};
use crate::expr::Expr;
use crate::policy::{Criterion, Scale, StatedError, Uncertainty};

const KEYS: &[&str] = &["replicas", "weights", "scale", "imputation", "title", "reference", "from", "until"];

/// So many variations are tried unless the policy says otherwise.
const REPLICAS: u32 = 1000;

/// Fewer say nothing of the ends of a band.
const FEWEST: u32 = 100;

/// More move no end that a reader could see.
const MOST: u32 = 10_000;

/// Weights that vary by more than half of themselves are no longer the published ones.
const WIDEST_PERCENT: u32 = 50;

/// Reads the rule; `None` when the policy has none, or not all of it can be used.
pub(super) fn read(reader: &mut Reader, root: &Section<'_>, criteria: &[Criterion]) -> Option<Uncertainty> {
    let section = root.section(reader, "uncertainty", "[uncertainty]", KEYS)?;
    let meta = section.meta(reader);
    let replicas = section.whole(reader, "replicas", (REPLICAS, FEWEST..=MOST), "bad-replicas");
    let weights = weights(reader, &section);
    let scale = section.truth(reader, "scale");
    let imputation = section.truth(reader, "imputation");
    let stated =
        criteria.iter().flat_map(|c| &c.indicators).any(|i| i.error.is_some() || reader.forecast(&i.value));
    let varied = section.has("weights") || scale == Some(true) || imputation == Some(true) || stated;
    if !varied {
        let message = "Nothing is varied, so every band would be a single number.";
        let hint = "Add weights = \"20%\", scale = true, imputation = true, or the `error` of an indicator.";
        reader.error_hint("nothing-varied", section.span(), message, hint);
    }
    Some(Uncertainty {
        replicas: replicas?,
        weights,
        scale: scale.unwrap_or(false),
        imputation: imputation.unwrap_or(false),
        meta,
    })
}

/// The spread; `None` when weights are left alone, or it was refused.
fn weights(reader: &mut Reader, section: &Section<'_>) -> Option<Rational> {
    if !section.has("weights") {
        return None;
    }
    let (spread, at) = section.required_share(reader, "weights")?;
    let widest = Rational::from_scaled(WIDEST_PERCENT, 2);
    if spread.is_zero() || spread > widest {
        let message = format!("The spread of the weights must lie above 0% and up to {WIDEST_PERCENT}%.");
        reader.error_hint("bad-spread", at, message, "Write a part of a weight of average size: \"20%\".");
        return None;
    }
    Some(spread)
}

const HINT: &str = "Write a part of the value, \"5%\", or an amount in its unit, \"3\".";

/// `error` of an indicator.
pub(super) fn error(
    reader: &mut Reader,
    section: &Section<'_>,
    scale: Option<&Scale>,
    value: Option<&Expr>,
) -> Option<StatedError> {
    let ((amount, relative), at) = section.portion(reader, "error")?;
    if amount.is_zero() || amount.is_negative() {
        let message = format!("An error must be above zero, but this is {amount}.");
        reader.error_hint("bad-error", at, message, HINT);
        return None;
    }
    if relative && amount > Rational::one() {
        let message = "A value can't be wrong by more than all of it: an error is at most 100%.";
        reader.error_hint("bad-error", at, message, HINT);
        return None;
    }
    if value.is_some_and(|value| reader.forecast(value)) {
        let message = "A forecast says itself how far it may be from the truth.";
        reader.error_hint("bad-error", at, message, "Take `error` out.");
        return None;
    }
    if matches!(scale, Some(Scale::Categories { .. })) {
        reader.error_hint(
            "bad-error",
            at,
            "Words have no error that could be stated in numbers.",
            "Take `error` out, or measure a number.",
        );
        return None;
    }
    Some(if relative { StatedError::Relative(amount) } else { StatedError::Absolute(amount) })
}
