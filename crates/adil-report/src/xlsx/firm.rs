//! Two sheets on how firm the decision is, in a round whose policy asks: where nine of ten variations of each application
//! lie, and what moves the decision.

use adil_domain::Rational;
use adil_round::uncertainty::{Bands, Index, Uncertainty};
use adil_round::{ApplicationDecision, Status};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::layout::{FIRST, Layout};
use super::sheet::{Styles, cell, formula, major, number, result, text};
use crate::firm::output;
use crate::sentences::{Teller, who};

/// The last column of what moves the decision.
const LAST: u16 = 7;

mod column {
    pub(super) const ID: u16 = 0;
    pub(super) const NAME: u16 = 1;
    pub(super) const STATUS: u16 = 2;
    pub(super) const POINTS: u16 = 3;
    pub(super) const RANK: u16 = 6;
    pub(super) const AMOUNT: u16 = 9;
    pub(super) const FUNDED: u16 = 12;
    pub(super) const NOTE: u16 = 13;
}

/// A row for each application: what was decided, and from where to where it goes.
pub(super) fn bands(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    found: &Uncertainty,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let title = words.message("firm-sheet-title").text("replicas", words.number(&found.replicas.into(), 0));
    text(sheet, 0, 0, &title.say(), &styles.group)?;
    let currency = words.message("amounts-in").text("currency", words.currency_name()).say();
    text(sheet, 0, column::AMOUNT, &currency, &styles.group)?;
    let heads = [
        (column::ID, "column-id", 14.0, &styles.text),
        (column::NAME, "column-application", 36.0, &styles.text),
        (column::STATUS, "column-status", 18.0, &styles.text),
        (column::POINTS, "column-points", 12.0, &styles.unit),
        (column::POINTS + 1, "column-points-low", 12.0, &styles.unit),
        (column::POINTS + 2, "column-points-high", 12.0, &styles.unit),
        (column::RANK, "column-rank", 8.0, &styles.whole),
        (column::RANK + 1, "column-rank-low", 10.0, &styles.whole),
        (column::RANK + 2, "column-rank-high", 10.0, &styles.whole),
        (column::AMOUNT, "column-amount-or-kept", 18.0, &styles.strong_money),
        (column::AMOUNT + 1, "column-amount-low", 18.0, &styles.money),
        (column::AMOUNT + 2, "column-amount-high", 18.0, &styles.money),
        (column::FUNDED, "column-funded-part", 18.0, &styles.percent),
        (column::NOTE, "column-note", 48.0, &styles.text),
    ];
    for (column, id, width, format) in heads {
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, format)?;
        text(sheet, FIRST - 1, column, &words.say(id), &styles.head)?;
    }
    let rows = teller.decision.applications.iter().zip(&found.applications);
    for (row, (application, bands)) in (FIRST..).zip(rows) {
        row_of(sheet, teller, layout, row, (application, bands))?;
    }
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.autofilter(FIRST - 1, 0, layout.last, column::NOTE)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_landscape();
    sheet.set_repeat_rows(0, FIRST - 1)?;
    Ok(())
}

fn row_of(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    row: u32,
    (application, bands): (&ApplicationDecision, &Bands),
) -> Result<(), XlsxError> {
    let words = teller.words;
    text(sheet, row, column::ID, &application.id, None)?;
    text(sheet, row, column::NAME, who(application), None)?;
    text(sheet, row, column::STATUS, &words.status(application.status), None)?;
    let points = application.points.to_rational();
    formula(sheet, row, column::POINTS, &layout.application(row, layout.score), result(&points), None)?;
    number(sheet, row, column::POINTS + 1, cell(&bands.points.0.to_rational()), None)?;
    number(sheet, row, column::POINTS + 2, cell(&bands.points.1.to_rational()), None)?;
    if let (Some(rank), Some((first, last))) = (application.rank, bands.rank) {
        let rank = Rational::from(rank);
        formula(sheet, row, column::RANK, &layout.application(row, layout.rank), result(&rank), None)?;
        number(sheet, row, column::RANK + 1, f64::from(first), None)?;
        number(sheet, row, column::RANK + 2, f64::from(last), None)?;
    }
    if let Some((low, high)) = bands.amount {
        // One of the two is nothing: who is held gets nothing yet.
        let sum =
            format!("{}+{}", layout.application(row, layout.amount), layout.application(row, layout.kept));
        let worth = application.amount_if_cleared.unwrap_or(application.amount);
        formula(sheet, row, column::AMOUNT, &sum, result(&worth.to_rational()), None)?;
        number(sheet, row, column::AMOUNT + 1, major(low), None)?;
        number(sheet, row, column::AMOUNT + 2, major(high), None)?;
    }
    if let Some(funded) = &bands.funded {
        number(sheet, row, column::FUNDED, cell(funded), None)?;
    }
    let note = match application.status {
        Status::Ineligible => "band-refused",
        Status::Held => "firm-note-held",
        _ => return Ok(()),
    };
    text(sheet, row, column::NOTE, &words.say(note), None)
}

/// What moves the decision, and below it what each weight comes to.
pub(super) fn moves(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    found: &Uncertainty,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    text(sheet, 0, 0, &words.say("sheet-moves"), &styles.title)?;
    let note = words.message("moves-sheet-note").text("replicas", words.number(&found.replicas.into(), 0));
    sentence(sheet, 1, &note.say(), styles)?;
    let heads = [
        "column-output",
        "column-varied",
        "column-total-index",
        "column-index-low",
        "column-index-high",
        "column-first-index",
        "column-index-low",
        "column-index-high",
    ];
    let mut row = 2;
    head(sheet, teller, row, &heads, &styles.head)?;
    for known in &found.sensitivity {
        row += 1;
        text(sheet, row, 0, &output(words, known.output), &styles.text)?;
        text(sheet, row, 1, &words.say(&format!("varied-{}", known.source.as_str())), &styles.text)?;
        if let Some((first, total)) = &known.indices {
            index(sheet, row, 2, total, styles)?;
            index(sheet, row, 5, first, styles)?;
        }
    }
    row += 2;
    sentence(sheet, row, &words.say("weights-sheet-note"), styles)?;
    row += 1;
    head(
        sheet,
        teller,
        row,
        &["column-criterion", "column-indicator", "column-weight-points", "column-effective"],
        &styles.head,
    )?;
    for known in &found.effective {
        row += 1;
        let criterion = teller.decision.policy.criteria.iter().find(|c| c.id == known.criterion);
        let title = criterion.map_or(known.criterion.as_str(), |c| teller.title(&c.meta.title, &c.id));
        text(sheet, row, 0, title, &styles.wrap)?;
        let indicator = teller.indicator(&format!("{}.{}", known.criterion, known.indicator));
        let title = indicator.map_or(known.indicator.as_str(), |i| teller.title(&i.meta.title, &i.id));
        text(sheet, row, 1, title, &styles.wrap)?;
        number(sheet, row, 2, cell(&known.weight), &styles.number)?;
        if let Some(effective) = &known.effective {
            number(sheet, row, 3, cell(&effective.fixed(4)), &styles.number)?;
        }
    }
    sheet.set_column_width(0, 32.0)?;
    sheet.set_column_width(1, 48.0)?;
    sheet.set_column_range_width(2, LAST, 18.0)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_landscape();
    Ok(())
}

/// A long sentence of our own over all columns of the sheet.
fn sentence(sheet: &mut Worksheet, row: u32, said: &str, styles: &Styles) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, LAST, said, &styles.wrap)?;
    sheet.set_row_height(row, 48)?;
    Ok(())
}

fn head(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    row: u32,
    ids: &[&str],
    format: &Format,
) -> Result<(), XlsxError> {
    for (column, id) in (0u16..).zip(ids) {
        text(sheet, row, column, &teller.words.say(id), format)?;
    }
    Ok(())
}

/// An index and its interval, side by side.
fn index(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    index: &Index,
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (at, value) in (column..).zip([&index.value, &index.low, &index.high]) {
        number(sheet, row, at, cell(value), &styles.percent)?;
    }
    Ok(())
}
