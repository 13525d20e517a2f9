//! The sheet of rules: weights and scales in cells that the formulas of the applications point to.

use adil_policy::{Indicator, Missing, Scale};
use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::layout::Layout;
use super::sheet::{Styles, cell, number, text};
use crate::sentences::Teller;

/// Columns of the sheet.
const WEIGHT: u16 = 4;
const LOW: u16 = 5;
const HIGH: u16 = 6;
const TOP: u16 = 7;
const MARK_KEY: u16 = 1;
const MARK: u16 = 2;

/// An absolute reference into the sheet of rules.
fn at(layout: &Layout, row: u32, column: u16) -> String {
    format!("{}!{}", layout.rules(), row_col_to_cell_absolute(row, column))
}

/// The cell that holds the weight of an indicator.
pub(super) fn weight(layout: &Layout, indicator: usize) -> String {
    at(layout, layout.rule_rows.get(indicator).copied().unwrap_or(0), WEIGHT)
}

/// A scale as a formula, split where the value's cell stands: the parts are joined by it. `None` for scales that
/// look at other applications, and for words that a spreadsheet would not tell apart.
pub(super) fn scale(layout: &Layout, index: usize, indicator: &Indicator) -> Option<Vec<String>> {
    let row = layout.rule_rows.get(index).copied()?;
    let (low, high, top) = (at(layout, row, LOW), at(layout, row, HIGH), at(layout, row, TOP));
    let range = |column: u16| {
        let (first, last) = layout.mark_rows.get(index).copied().flatten()?;
        let (first, last) = (row_col_to_cell_absolute(first, column), row_col_to_cell_absolute(last, column));
        Some(format!("{}!{first}:{last}", layout.rules()))
    };
    match &indicator.scale {
        Scale::Goalposts { .. } => {
            Some(vec!["ROUND(MAX(0,MIN(1,(".into(), format!("-{low})/({high}-{low}))),6)")])
        }
        Scale::Log { .. } => Some(vec![
            "ROUND(IF(".into(),
            format!("<=MIN({low},{high}),IF({low}<{high},0,1),MAX(0,MIN(1,LN("),
            format!("/{low})/LN({high}/{low})))),6)"),
        ]),
        Scale::Bands { .. } => Some(vec![
            "ROUND(IFERROR(LOOKUP(".into(),
            format!(",{},{}),0)/{top},6)", range(MARK_KEY)?, range(MARK)?),
        ]),
        Scale::Categories { marks, other, .. } => {
            let folded: std::collections::BTreeSet<String> = marks.keys().map(|k| k.to_lowercase()).collect();
            if folded.len() < marks.len() || marks.keys().any(|k| k.contains(['*', '?', '~'])) {
                return None;
            }
            let other = if other.is_some() { low } else { "NA()".into() };
            Some(vec![
                "ROUND(IFERROR(INDEX(".into(),
                format!("{},MATCH(", range(MARK)?),
                format!(",{},0)),{other})/{top},6)", range(MARK_KEY)?),
            ])
        }
        Scale::Percentile { .. } | Scale::ZScore { .. } => None,
    }
}

/// Joins the parts of a scale with the value's cell. A word's lookup has its cell only once.
pub(super) fn scaled_formula(parts: &[String], kind: &str, value: &str) -> String {
    match (kind, parts) {
        ("log", [start, middle, end]) => format!("{start}{value}{middle}{value}{end}"),
        ("categories", [start, middle, end]) => format!("{start}{middle}{value}{end}"),
        _ => parts.join(value),
    }
}

pub(super) fn write(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let policy = &teller.decision.policy;
    text(sheet, 0, 0, &words.say("rules-sheet-title"), &styles.title)?;
    let heads = [
        "column-criterion",
        "column-indicator",
        "column-expression",
        "column-scale",
        "column-weight-points",
        "column-low",
        "column-high",
        "column-top",
        "column-missing",
        "column-reference",
    ];
    for (column, id) in (0u16..).zip(heads) {
        text(sheet, 2, column, &words.say(id), &styles.head)?;
    }
    let indicators = policy.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    for ((criterion, indicator), row) in indicators.clone().zip(&layout.rule_rows) {
        let row = *row;
        text(sheet, row, 0, teller.title(&criterion.meta.title, &criterion.id), &styles.wrap)?;
        text(sheet, row, 1, teller.title(&indicator.meta.title, &indicator.id), &styles.wrap)?;
        text(sheet, row, 2, indicator.value.source(), &styles.wrap)?;
        text(sheet, row, 3, &words.say(&format!("scale-{}", indicator.scale.kind())), &styles.wrap)?;
        number(sheet, row, WEIGHT, cell(&indicator.weight), &styles.number)?;
        let (low, high, top) = match &indicator.scale {
            Scale::Goalposts { low, high } | Scale::Log { low, high } => (Some(low), Some(high), None),
            Scale::Bands { top, .. } => (None, None, Some(top)),
            Scale::Categories { top, other, .. } => (other.as_ref(), None, Some(top)),
            Scale::ZScore { clamp, .. } => (None, Some(clamp), None),
            Scale::Percentile { .. } => (None, None, None),
        };
        for (column, value) in [(LOW, low), (HIGH, high), (TOP, top)] {
            if let Some(value) = value {
                number(sheet, row, column, cell(value), &styles.number)?;
            }
        }
        let missing = match &indicator.missing {
            Missing::Worst => words.say("missing-worst"),
            Missing::Value(value) => words.message("missing-value").text("value", words.short(value)).say(),
            Missing::GroupMedian { .. } => words.say("missing-median"),
            Missing::Hold => words.say("missing-hold"),
        };
        text(sheet, row, 8, &missing, &styles.wrap)?;
        text(sheet, row, 9, indicator.meta.reference.as_deref().unwrap_or_default(), &styles.wrap)?;
    }
    marks(sheet, teller, layout, styles)?;
    for (column, width) in [(0u16, 24.0), (1, 40.0), (2, 32.0), (3, 24.0), (8, 28.0), (9, 48.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(3, 2)?;
    Ok(())
}

/// Marks by threshold or by word, below the indicators.
fn marks(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let Some((first, _)) = layout.mark_rows.iter().flatten().next() else { return Ok(()) };
    for (column, id) in (0u16..).zip(["column-indicator", "column-threshold", "column-mark"]) {
        text(sheet, first - 1, column, &words.say(id), &styles.head)?;
    }
    let indicators = teller.decision.policy.criteria.iter().flat_map(|c| &c.indicators);
    for (indicator, rows) in indicators.zip(&layout.mark_rows) {
        let Some((first, _)) = rows else { continue };
        let title = teller.title(&indicator.meta.title, &indicator.id);
        match &indicator.scale {
            Scale::Bands { bands, .. } => {
                for (row, band) in (*first..).zip(bands) {
                    text(sheet, row, 0, title, &styles.text)?;
                    number(sheet, row, MARK_KEY, cell(&band.from), &styles.number)?;
                    number(sheet, row, MARK, cell(&band.mark), &styles.number)?;
                }
            }
            Scale::Categories { marks, .. } => {
                for (row, (word, mark)) in (*first..).zip(marks) {
                    text(sheet, row, 0, title, &styles.text)?;
                    text(sheet, row, MARK_KEY, word, &styles.text)?;
                    number(sheet, row, MARK, cell(mark), &styles.number)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
