//! Why a report could not be made. Bad data never is a reason: every decision can be shown.

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A page could not be put together.
    #[error("the page can't be put together: {0}")]
    Page(#[from] askama::Error),
    /// A workbook could not be put together: more rows than a sheet holds, or a text longer than a cell holds.
    #[error("the workbook can't be put together: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
