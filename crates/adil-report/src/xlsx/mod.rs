//! `decision.xlsx`: the decision with live formulas from value to points to amount, for an auditor with a spreadsheet.
//!
//! Every formula carries the decision's own number as its stored result, so that a viewer that computes nothing shows
//! the decision, and one that computes shows whether it agrees.

mod applications;
mod firm;
mod formula;
mod guide;
mod layout;
mod rules;
mod sheet;
mod territories;
mod totals;

use adil_domain::Language;
use adil_round::Decision;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::error::ReportError;
use crate::sentences::Teller;
use layout::Layout;
use sheet::Styles;

/// Speed counts more than the last tenth of size here.
const COMPRESSION: u8 = 1;

/// The whole decision as a workbook.
///
/// # Errors
/// A round with more rows than a sheet holds.
pub fn workbook(decision: &Decision, language: Language) -> Result<Vec<u8>, ReportError> {
    let teller = Teller::new(decision, language);
    let words = teller.words;
    let layout = Layout::of(&teller);
    let styles = Styles::new(words.currency.decimals());
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let as_of = decision.policy.round.as_of;
    // The round's own day: a file made twice is the same file.
    let year = u16::try_from(as_of.year()).unwrap_or(1900).max(1900);
    let month = u8::try_from(as_of.month()).unwrap_or(1);
    let day = u8::try_from(as_of.day()).unwrap_or(1);
    let properties = DocProperties::new()
        .set_title(teller.title(&decision.policy.round.title, &decision.policy.round.id))
        .set_author("adil")
        .set_comment(format!("adil {}; {}", env!("CARGO_PKG_VERSION"), decision.policy_digest))
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    workbook.set_properties(&properties);
    for name in layout.sheets() {
        workbook.add_worksheet().set_name(name)?;
    }
    let [guide, rules, applications, territories, totals, firm @ ..] =
        workbook.worksheets_mut().as_mut_slice()
    else {
        return Ok(Vec::new());
    };
    // On paper one page wide; a row of applications is too long for that.
    for sheet in [&mut *guide, &mut *rules, &mut *territories, &mut *totals] {
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_landscape();
    }
    guide::write(guide, &teller, &layout, &styles)?;
    rules::write(rules, &teller, &layout, &styles)?;
    applications::write(applications, &teller, &layout, &styles)?;
    territories::write(territories, &teller, &layout, &styles)?;
    totals::write(totals, &teller, &layout, &styles)?;
    if let (Some(found), [bands, moves]) = (&decision.uncertainty, firm) {
        firm::bands(bands, &teller, found, &layout, &styles)?;
        firm::moves(moves, &teller, found, &styles)?;
    }
    Ok(workbook.save_to_buffer()?)
}
