//! How cells are written: a format for each kind, texts always as texts, formulas always with their result.

use std::borrow::Cow;

use adil_domain::{Money, Rational};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

/// The longest text a cell may hold.
const CELL: usize = 32_767;

/// Formats by what a cell holds.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) group: Format,
    pub(super) text: Format,
    pub(super) wrap: Format,
    pub(super) money: Format,
    pub(super) strong_money: Format,
    pub(super) number: Format,
    pub(super) unit: Format,
    pub(super) price: Format,
    pub(super) whole: Format,
    pub(super) percent: Format,
    /// A value that was put in place of a missing one.
    pub(super) imputed: Format,
}

impl Styles {
    pub(super) fn new(decimals: u32) -> Self {
        let blue = Color::RGB(0x03_5F_92);
        let fraction =
            if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) };
        let money = Format::new().set_num_format(format!("#,##0{fraction}"));
        Self {
            title: Format::new().set_bold().set_font_size(16),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Bottom)
                .set_border_bottom(FormatBorder::Thin),
            group: Format::new().set_font_color(blue).set_bold(),
            text: Format::new(),
            wrap: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            strong_money: money.clone().set_bold(),
            money,
            number: Format::new().set_num_format("#,##0.######"),
            unit: Format::new().set_num_format("0.000000"),
            price: Format::new().set_num_format("#,##0.############"),
            whole: Format::new().set_num_format("#,##0"),
            percent: Format::new().set_num_format("0.00%"),
            imputed: Format::new()
                .set_num_format("#,##0.######")
                .set_italic()
                .set_background_color(Color::RGB(0xFF_E9_C7)),
        }
    }
}

/// A number as a cell holds it. Spreadsheets know no other numbers; the exact ones stand in the decision's tables.
pub(super) fn cell(value: &Rational) -> f64 {
    value.to_f64()
}

pub(super) fn major(money: Money) -> f64 {
    cell(&money.to_rational())
}

/// The stored result of a formula.
pub(super) fn result(value: &Rational) -> String {
    value.to_f64().to_string()
}

/// Writes a text as a text, whatever it begins with: `=cmd` stays four letters.
///
/// Without a format a cell has that of its column, here and below. A format costs a look-up for each cell, which is
/// felt in a sheet of a hundred thousand.
pub(super) fn text<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: impl Into<Option<&'f Format>>,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    // Control characters have no place in XML, nor marks of our own in a cell.
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
    let clean: Cow<'_, str> = if text.len() < CELL && !text.chars().any(odd) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| !odd(*c)).take(CELL - 1).collect())
    };
    match format.into() {
        Some(format) => sheet.write_string_with_format(row, column, clean, format)?,
        None => sheet.write_string(row, column, clean)?,
    };
    Ok(())
}

pub(super) fn number<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: f64,
    format: impl Into<Option<&'f Format>>,
) -> Result<(), XlsxError> {
    match format.into() {
        Some(format) => sheet.write_number_with_format(row, column, value, format)?,
        None => sheet.write_number(row, column, value)?,
    };
    Ok(())
}

/// Writes a formula with the number that the decision has for it.
pub(super) fn formula<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    formula: &str,
    result: String,
    format: impl Into<Option<&'f Format>>,
) -> Result<(), XlsxError> {
    let formula = Formula::new(formula).set_result(result);
    match format.into() {
        Some(format) => sheet.write_formula_with_format(row, column, formula, format)?,
        None => sheet.write_formula(row, column, formula)?,
    };
    Ok(())
}
