//! The sheet of places: sums of the applications, bounds, and the price that everyone in the place has.

use adil_round::Status;
use adil_round::decision::NodeDecision;
use rust_xlsxwriter::utility::{row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::layout::{Layout, column};
use super::sheet::{Styles, formula, major, number, result, text};
use crate::groups;
use crate::sentences::Teller;

const NODE: u16 = 0;
const POT: u16 = 1;
const CODE: u16 = 2;
const NAME: u16 = 3;
const LEVEL: u16 = 4;
const PARENT: u16 = 5;
const SOUGHT: u16 = 6;
const FLOOR: u16 = 7;
const CEILING: u16 = 8;
const AMOUNT: u16 = 9;
const RESERVED: u16 = 10;
const PRICE: u16 = 11;
const BOUND: u16 = 12;
const CHECK: u16 = 13;

/// The price of a node, for formulas of the applications.
pub(super) fn price(layout: &Layout, pot: usize, node: usize) -> String {
    format!("{}!{}", layout.places(), row_col_to_cell_absolute(layout.node_row(pot, node), PRICE))
}

pub(super) fn write(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let heads = [
        (NODE, "column-node", 8.0),
        (POT, "column-pot", 24.0),
        (CODE, "column-place-code", 14.0),
        (NAME, "column-place", 28.0),
        (LEVEL, "column-level", 16.0),
        (PARENT, "column-parent", 24.0),
        (SOUGHT, "column-sought", 18.0),
        (FLOOR, "column-floor", 18.0),
        (CEILING, "column-ceiling", 18.0),
        (AMOUNT, "column-amount", 18.0),
        (RESERVED, "column-reserved", 18.0),
        (PRICE, "column-price", 18.0),
        (BOUND, "column-bound", 48.0),
        (CHECK, "column-check", 10.0),
    ];
    text(
        sheet,
        0,
        0,
        &words.message("amounts-in").text("currency", words.currency_name()).say(),
        &styles.group,
    )?;
    for (column, id, width) in heads {
        sheet.set_column_width(column, width)?;
        text(sheet, 1, column, &words.say(id), &styles.head)?;
    }
    for (pot, order) in layout.node_order.iter().enumerate() {
        for node in order {
            let Some(decided) = groups::node(teller.decision, pot, *node) else { continue };
            row(sheet, teller, layout, styles, (pot, *node), decided)?;
        }
    }
    sheet.set_freeze_panes(2, 4)?;
    Ok(())
}

fn row(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
    (pot, node): (usize, usize),
    decided: &NodeDecision,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let at = layout.node_row(pot, node);
    let territory = decided.territory.and_then(|t| teller.decision.territories.get(t));
    number(sheet, at, NODE, u32::try_from(node).map_or(0.0, f64::from), &styles.whole)?;
    text(sheet, at, POT, teller.pot(pot), &styles.text)?;
    text(sheet, at, CODE, territory.map_or("", |t| &t.code), &styles.text)?;
    text(sheet, at, NAME, &teller.node_name(pot, node), &styles.text)?;
    text(sheet, at, LEVEL, &territory.map(|t| words.level(&t.level)).unwrap_or_default(), &styles.text)?;
    let parent = decided.parent.map(|p| teller.node_name(pot, p)).unwrap_or_default();
    text(sheet, at, PARENT, &parent, &styles.text)?;
    let own = row_col_to_cell(at, NODE);
    for (column, source, status, value) in [
        (SOUGHT, Some(column::SOUGHT), None, decided.sought),
        (AMOUNT, None, Some(Status::Held), decided.amount),
        (RESERVED, None, Some(Status::Held), decided.reserved),
    ] {
        let Some(c) = layout.pots.get(pot) else { continue };
        let summed = layout.applications(source.unwrap_or(c.amount));
        let nodes = layout.applications(c.node);
        let mut written = match status {
            None => format!("SUMIFS({summed},{nodes},{own})"),
            Some(status) => {
                let sign = if column == AMOUNT { "<>" } else { "" };
                let word = words.status(status).replace('"', "\"\"");
                let statuses = layout.applications(column::STATUS);
                format!("SUMIFS({summed},{nodes},{own},{statuses},\"{sign}{word}\")")
            }
        };
        for child in children(teller, pot, node) {
            written.push('+');
            written.push_str(&row_col_to_cell(layout.node_row(pot, child), column));
        }
        formula(sheet, at, column, &written, result(&value.to_rational()), &styles.money)?;
    }
    number(sheet, at, FLOOR, major(decided.floor), &styles.money)?;
    if let Some(ceiling) = decided.ceiling {
        number(sheet, at, CEILING, major(ceiling), &styles.money)?;
    }
    number(sheet, at, PRICE, decided.price.to_f64(), &styles.price)?;
    text(sheet, at, BOUND, &teller.place_bound(pot, node), &styles.text)?;
    // Awards and kept money together lie between the bounds.
    let total = format!("{}+{}", row_col_to_cell(at, AMOUNT), row_col_to_cell(at, RESERVED));
    let mut within = format!("{total}>={}", row_col_to_cell(at, FLOOR));
    if decided.ceiling.is_some() {
        within = format!("AND({within},{total}<={})", row_col_to_cell(at, CEILING));
    }
    let sum = decided.amount.checked_add(decided.reserved).unwrap_or(decided.amount);
    let holds = sum >= decided.floor && decided.ceiling.is_none_or(|c| sum <= c);
    let written = format!("IF({within},\"✓\",\"✕\")");
    formula(sheet, at, CHECK, &written, if holds { "✓" } else { "✕" }.to_owned(), &styles.text)
}

fn children(teller: &Teller<'_>, pot: usize, node: usize) -> Vec<usize> {
    let nodes = teller.decision.pots.get(pot).map_or(&[][..], |p| p.nodes.as_slice());
    (0..nodes.len()).filter(|n| nodes[*n].parent == Some(node) && *n != node).collect()
}
