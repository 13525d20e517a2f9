//! Where everything stands, so that formulas of one sheet can point into another.

use adil_domain::Money;
use adil_policy::{Indicator, Scale};
use rust_xlsxwriter::utility::{column_number_to_name, quote_sheet_name, row_col_to_cell};

use super::formula::Quantity;
use crate::groups;
use crate::sentences::Teller;

/// The first row of applications (counted from zero): two rows of headings stand above.
pub(super) const FIRST: u32 = 2;

/// Columns of one indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndicatorColumns {
    pub(super) value: u16,
    pub(super) scaled: u16,
    pub(super) points: u16,
}

/// Columns of one pot.
#[derive(Debug, Clone, Copy)]
pub(super) struct PotColumns {
    pub(super) weight: u16,
    pub(super) node: u16,
    pub(super) price: u16,
    pub(super) share: u16,
    pub(super) floor: u16,
    pub(super) ceiling: u16,
    pub(super) minimum: u16,
    pub(super) before: u16,
    pub(super) amount: u16,
    pub(super) check: u16,
}

impl PotColumns {
    pub(super) const WIDTH: u16 = 10;
}

/// Fixed columns of the applications.
pub(super) mod column {
    pub(in crate::xlsx) const ID: u16 = 0;
    pub(in crate::xlsx) const NAME: u16 = 1;
    pub(in crate::xlsx) const OPERATOR: u16 = 2;
    pub(in crate::xlsx) const PLACE_CODE: u16 = 3;
    pub(in crate::xlsx) const PLACE: u16 = 4;
    pub(in crate::xlsx) const STATUS: u16 = 5;
    pub(in crate::xlsx) const REASON: u16 = 6;
    pub(in crate::xlsx) const SOUGHT: u16 = 7;
    pub(in crate::xlsx) const FIRST_INDICATOR: u16 = 8;
}

/// Positions of everything that a formula names.
pub(super) struct Layout {
    names: Vec<String>,
    pub(super) indicators: Vec<IndicatorColumns>,
    pub(super) score: u16,
    pub(super) rank: u16,
    pub(super) pots: Vec<PotColumns>,
    pub(super) amount: u16,
    pub(super) kept: u16,
    /// The last row of applications.
    pub(super) last: u32,
    /// Row of each indicator in the rules.
    pub(super) rule_rows: Vec<u32>,
    /// First and last row of an indicator's marks in the rules.
    pub(super) mark_rows: Vec<Option<(u32, u32)>>,
    /// Row of each node of each pot in the sheet of places.
    pub(super) node_rows: Vec<Vec<u32>>,
    /// Nodes of each pot in the order of the rows.
    pub(super) node_order: Vec<Vec<usize>>,
    /// The weight of each pot as a formula, where it can be one.
    pub(super) weights: Vec<Option<Vec<Quantity>>>,
}

impl Layout {
    pub(super) fn of(teller: &Teller<'_>) -> Self {
        let decision = teller.decision;
        let indicators: Vec<&Indicator> =
            decision.policy.criteria.iter().flat_map(|c| &c.indicators).collect();
        let mut next = column::FIRST_INDICATOR;
        let mut take = |width: u16| {
            let at = next;
            next += width;
            at
        };
        let indicator_columns = indicators
            .iter()
            .map(|_| {
                let at = take(3);
                IndicatorColumns { value: at, scaled: at + 1, points: at + 2 }
            })
            .collect();
        let (score, rank) = (take(1), take(1));
        let pots = decision
            .pots
            .iter()
            .map(|_| {
                let at = take(PotColumns::WIDTH);
                PotColumns {
                    weight: at,
                    node: at + 1,
                    price: at + 2,
                    share: at + 3,
                    floor: at + 4,
                    ceiling: at + 5,
                    minimum: at + 6,
                    before: at + 7,
                    amount: at + 8,
                    check: at + 9,
                }
            })
            .collect();
        let (amount, kept) = (take(1), take(1));
        // Indicators first, three rows down; their marks below, one table after the other.
        let rule_rows: Vec<u32> = (3u32..).take(indicators.len()).collect();
        let mut free = rule_rows.last().map_or(3, |r| r + 1) + 3;
        let mark_rows = indicators
            .iter()
            .map(|i| {
                let marks = match &i.scale {
                    Scale::Bands { bands, .. } => bands.len(),
                    Scale::Categories { marks, .. } => marks.len(),
                    _ => 0,
                };
                let marks = u32::try_from(marks).ok().filter(|n| *n > 0)?;
                let first = free;
                free += marks;
                Some((first, free - 1))
            })
            .collect();
        let node_order: Vec<Vec<usize>> = (0..decision.pots.len())
            .map(|pot| groups::reading_order(decision, pot, |at| teller.node_name(pot, at)))
            .collect();
        let mut row = 2u32;
        let node_rows = node_order
            .iter()
            .map(|order| {
                let mut rows = vec![0; order.len()];
                for at in order {
                    if let Some(place) = rows.get_mut(*at) {
                        *place = row;
                    }
                    row += 1;
                }
                rows
            })
            .collect();
        let count = u32::try_from(decision.applications.len()).unwrap_or(u32::MAX - FIRST);
        let mut names =
            vec!["sheet-guide", "sheet-rules", "sheet-applications", "sheet-places", "sheet-totals"];
        if decision.uncertainty.is_some() {
            names.extend(["sheet-firm", "sheet-moves"]);
        }
        let values: Vec<&str> = indicators.iter().map(|i| i.value.source()).collect();
        Self {
            names: names.into_iter().map(|id| teller.words.say(id)).collect(),
            indicators: indicator_columns,
            score,
            rank,
            pots,
            amount,
            kept,
            last: FIRST + count.max(1) - 1,
            rule_rows,
            mark_rows,
            node_rows,
            node_order,
            weights: decision
                .policy
                .pots
                .iter()
                .zip(&decision.pots)
                .map(|(rule, pot)| {
                    super::formula::translate(rule.weight.source(), &values, &money_text(pot.money))
                })
                .collect(),
        }
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.names
    }

    /// A sheet's name as formulas write it.
    pub(super) fn rules(&self) -> String {
        quote_sheet_name(&self.names[1])
    }

    /// A sheet's name as formulas write it.
    pub(super) fn places(&self) -> String {
        quote_sheet_name(&self.names[3])
    }

    /// A column of the applications, first to last row, as formulas of other sheets write it.
    pub(super) fn applications(&self, column: u16) -> String {
        let name = column_number_to_name(column);
        let sheet = quote_sheet_name(&self.names[2]);
        format!("{sheet}!${name}${}:${name}${}", FIRST + 1, self.last + 1)
    }

    /// A cell of the applications, as formulas of other sheets write it.
    pub(super) fn application(&self, row: u32, column: u16) -> String {
        format!("{}!{}", quote_sheet_name(&self.names[2]), row_col_to_cell(row, column))
    }

    /// The row of a node in the sheet of places.
    pub(super) fn node_row(&self, pot: usize, node: usize) -> u32 {
        self.node_rows.get(pot).and_then(|rows| rows.get(node)).copied().unwrap_or(0)
    }
}

/// A number as a formula writes it.
fn money_text(money: Money) -> String {
    money.to_short_string()
}
