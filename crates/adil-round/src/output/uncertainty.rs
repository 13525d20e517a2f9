//! How firm the decision is, as tables.

use adil_domain::Rational;

use super::{csv, money};
use crate::decision::Decision;
use crate::divide::WEIGHT_DECIMALS;
use crate::uncertainty::{INDEX_DECIMALS, Index, PROBABILITY_DECIMALS, Uncertainty};

pub(super) fn bands(decision: &Decision, found: &Uncertainty) -> Vec<u8> {
    let rows = decision.applications.iter().zip(&found.applications).map(|(application, bands)| {
        let rank = |end: Option<u32>| end.map(|r| r.to_string()).unwrap_or_default();
        [
            application.id.clone(),
            bands.points.0.to_string(),
            bands.points.1.to_string(),
            rank(bands.rank.map(|r| r.0)),
            rank(bands.rank.map(|r| r.1)),
            money(bands.amount.map(|a| a.0)),
            money(bands.amount.map(|a| a.1)),
            bands.funded.as_ref().map(|p| p.to_short_decimal(PROBABILITY_DECIMALS)).unwrap_or_default(),
        ]
    });
    csv(
        [
            "application_id",
            "points_low",
            "points_high",
            "rank_low",
            "rank_high",
            "amount_low",
            "amount_high",
            "p_funded",
        ],
        rows,
    )
}

pub(super) fn sensitivity(found: &Uncertainty) -> Vec<u8> {
    let number = |value: &Rational| value.to_decimal(INDEX_DECIMALS);
    let cells = |index: Option<&Index>| {
        index.map_or_else(<[String; 3]>::default, |i| [number(&i.value), number(&i.low), number(&i.high)])
    };
    let rows = found.sensitivity.iter().map(|row| {
        let both = row.indices.as_ref();
        let [first, first_low, first_high] = cells(both.map(|b| &b.0));
        let [total, total_low, total_high] = cells(both.map(|b| &b.1));
        let (output, source) = (row.output.as_str().to_owned(), row.source.as_str().to_owned());
        [output, source, first, first_low, first_high, total, total_low, total_high]
    });
    csv(
        ["output", "source", "first_order", "first_low", "first_high", "total", "total_low", "total_high"],
        rows,
    )
}

pub(super) fn effective(found: &Uncertainty) -> Vec<u8> {
    let rows = found.effective.iter().map(|row| {
        [
            row.criterion.clone(),
            row.indicator.clone(),
            row.weight.to_short_decimal(WEIGHT_DECIMALS),
            row.effective.as_ref().map(|e| e.to_decimal(INDEX_DECIMALS)).unwrap_or_default(),
        ]
    });
    csv(["criterion", "indicator", "weight", "effective"], rows)
}
