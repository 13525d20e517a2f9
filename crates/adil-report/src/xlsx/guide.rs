//! The first sheet: what the workbook is, what each sheet and column holds, and where a spreadsheet may differ.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::layout::Layout;
use super::sheet::{Styles, text};
use crate::sentences::Teller;

/// Columns that need a sentence, with the message that says it.
const COLUMNS: [(&str, &str); 12] = [
    ("column-value", "guide-value"),
    ("column-scaled", "guide-scaled"),
    ("column-points", "guide-points"),
    ("column-weight", "guide-weight"),
    ("column-node", "guide-node"),
    ("column-price", "guide-price"),
    ("column-share", "guide-share"),
    ("column-floor", "guide-bounds"),
    ("column-before-rounding", "guide-before-rounding"),
    ("column-pot-amount", "guide-amount"),
    ("column-check", "guide-check"),
    ("column-kept", "guide-kept"),
];

pub(super) fn write(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let words = teller.words;
    let round = &teller.decision.policy.round;
    let mut row = 0;
    let mut line = |left: &str, right: &str, head: bool| -> Result<(), XlsxError> {
        text(sheet, row, 0, left, if head { &styles.head } else { &styles.wrap })?;
        text(sheet, row, 1, right, if head { &styles.head } else { &styles.wrap })?;
        row += 1;
        Ok(())
    };
    line(&words.say("guide-round"), teller.title(&round.title, &round.id), true)?;
    if teller.decision.simulated {
        line(&words.say("simulated"), &words.say("simulated-note"), true)?;
    }
    line("", &words.say("guide-what"), false)?;
    line(&words.say("column-as-of"), &words.date(round.as_of), false)?;
    line(&words.say("guide-engine"), &format!("adil {}", env!("CARGO_PKG_VERSION")), false)?;
    line(&words.say("guide-digest"), &teller.decision.policy_digest, false)?;
    line("", "", false)?;
    line(&words.say("guide-sheets"), "", true)?;
    for (name, id) in layout.sheets().iter().skip(1).zip([
        "guide-sheet-rules",
        "guide-sheet-applications",
        "guide-sheet-places",
        "guide-sheet-totals",
        "guide-sheet-firm",
        "guide-sheet-moves",
    ]) {
        line(name, &words.say(id), false)?;
    }
    line("", "", false)?;
    line(&words.say("guide-columns"), "", true)?;
    for (name, id) in COLUMNS {
        line(&words.say(name), &words.say(id), false)?;
    }
    line("", "", false)?;
    line(&words.say("guide-notes"), "", true)?;
    for id in ["guide-imputed", "guide-given", "guide-rounding", "guide-exact"] {
        line("", &words.say(id), false)?;
    }
    sheet.set_column_width(0, 30.0)?;
    sheet.set_column_width(1, 100.0)?;
    Ok(())
}
