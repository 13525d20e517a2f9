//! The sheet of totals: awarded + reserved + not divided = budget.

use adil_round::Status;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::layout::{Layout, column};
use super::sheet::{Styles, formula, major, number, result, text};
use crate::groups::StatusSum;
use crate::sentences::Teller;

pub(super) fn write(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let totals = &teller.decision.totals;
    let heading = words.message("amounts-in").text("currency", words.currency_name()).say();
    text(sheet, 0, 0, &words.say("heading-totals"), &styles.title)?;
    text(sheet, 1, 0, &heading, &styles.group)?;
    let labels = [
        "total-awarded",
        "total-for-held",
        "total-for-appeals",
        "total-unspent",
        "total-sum",
        "total-budget",
    ];
    for (row, id) in (2u32..).zip(labels) {
        text(sheet, row, 0, &words.say(id), &styles.text)?;
    }
    let held = totals.reserved.checked_sub(totals.reserved_for_appeals).unwrap_or(totals.reserved);
    let sum = |column: u16| format!("SUM({})", layout.applications(column));
    formula(sheet, 2, 1, &sum(layout.amount), result(&totals.awarded.to_rational()), &styles.money)?;
    formula(sheet, 3, 1, &sum(layout.kept), result(&held.to_rational()), &styles.money)?;
    number(sheet, 4, 1, major(totals.reserved_for_appeals), &styles.money)?;
    number(sheet, 5, 1, major(totals.unspent), &styles.money)?;
    formula(sheet, 6, 1, "B3+B4+B5+B6", result(&totals.budget.to_rational()), &styles.strong_money)?;
    number(sheet, 7, 1, major(totals.budget), &styles.strong_money)?;
    text(sheet, 8, 0, &words.say("column-check"), &styles.text)?;
    // Cents are not exact in binary, so the comparison is of whole cents.
    formula(sheet, 8, 1, "IF(ROUND(B7-B8,4)=0,\"✓\",\"✕\")", "✓".to_owned(), &styles.text)?;
    for (column, id) in (0u16..).zip([
        "column-status",
        "column-applications",
        "column-sought",
        "column-amount",
        "column-kept",
    ]) {
        text(sheet, 10, column, &words.say(id), &styles.head)?;
    }
    for (row, of) in (11u32..).zip(StatusSum::all(teller.decision)) {
        status_row(sheet, teller, layout, styles, row, &of)?;
    }
    sheet.set_column_width(0, 44.0)?;
    for column in 1..=4 {
        sheet.set_column_width(column, 20.0)?;
    }
    Ok(())
}

fn status_row(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
    row: u32,
    sum: &StatusSum,
) -> Result<(), XlsxError> {
    let word = teller.words.status(sum.status);
    text(sheet, row, 0, &word, &styles.text)?;
    let statuses = layout.applications(column::STATUS);
    let own = format!("A{}", row + 1);
    let count = u32::try_from(sum.applications).unwrap_or(u32::MAX);
    formula(sheet, row, 1, &format!("COUNTIF({statuses},{own})"), count.to_string(), &styles.whole)?;
    for (at, column, value) in
        [(2, column::SOUGHT, sum.sought), (3, layout.amount, sum.amount), (4, layout.kept, sum.reserved)]
    {
        let written = format!("SUMIFS({},{statuses},{own})", layout.applications(column));
        formula(sheet, row, at, &written, result(&value.to_rational()), &styles.money)?;
    }
    debug_assert!(Status::ALL.contains(&sum.status));
    Ok(())
}
