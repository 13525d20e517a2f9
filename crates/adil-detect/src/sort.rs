//! Rows of a file in their order, those told twice once.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, UInt32Array};
use datafusion::arrow::compute::take_record_batch;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::row::{RowConverter, Rows, SortField};

use crate::schema::Table;
use crate::trouble::{Fault, Faults};

/// Sorts the rows of a file and leaves out those that repeat another word for word. Any order of the same rows gives the
/// same bytes, but for a column of places in the file.
pub(crate) fn sorted(
    table: &Table,
    batch: &RecordBatch,
    faults: &mut Faults,
) -> Result<RecordBatch, ArrowError> {
    let count = u32::try_from(batch.num_rows()).map_err(|_| {
        ArrowError::InvalidArgumentError("more than four thousand million rows in a file".to_owned())
    })?;
    let key = rows(batch, |name| table.order.iter().any(|o| o == name), &table.order)?;
    let whole = rows(batch, |name| table.line.as_deref() != Some(name), &[])?;
    let (Some(key), Some(whole)) = (key, whole) else { return Ok(batch.clone()) };
    let at = |i: u32| i as usize;
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_unstable_by(|a, b| {
        let by_key = key.row(at(*a)).cmp(&key.row(at(*b)));
        by_key.then_with(|| whole.row(at(*a)).cmp(&whole.row(at(*b)))).then(a.cmp(b))
    });
    let unique = rows(batch, |name| table.unique.iter().any(|u| u == name), &table.unique)?;
    if let Some(unique) = unique {
        let mut previous: Option<u32> = None;
        order.retain(|i| {
            let same = previous.filter(|p| unique.row(at(*p)) == unique.row(at(*i)));
            let repeated = same.is_some_and(|p| whole.row(at(p)) == whole.row(at(*i)));
            if same.is_some() {
                let fault = if repeated { Fault::Repeated } else { Fault::Contradicting };
                // The header is line 1.
                faults.note(fault, "", Some(u64::from(*i) + 2), "", "");
            }
            if !repeated {
                previous = Some(*i);
            }
            !repeated
        });
    }
    take_record_batch(batch, &UInt32Array::from(order))
}

/// The chosen columns as comparable rows: in the order of `first`, else of the batch; none where no column is chosen.
fn rows(
    batch: &RecordBatch,
    chosen: impl Fn(&str) -> bool,
    first: &[String],
) -> Result<Option<Rows>, ArrowError> {
    let schema = batch.schema();
    let mut columns: Vec<(usize, ArrayRef)> = Vec::new();
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        if chosen(field.name()) {
            let place = first.iter().position(|f| f == field.name()).unwrap_or(usize::MAX);
            columns.push((place, Arc::clone(column)));
        }
    }
    if columns.is_empty() {
        return Ok(None);
    }
    columns.sort_by_key(|(place, _)| *place);
    let arrays: Vec<ArrayRef> = columns.into_iter().map(|(_, array)| array).collect();
    let fields = arrays.iter().map(|a| SortField::new(a.data_type().clone())).collect();
    Ok(Some(RowConverter::new(fields)?.convert_columns(&arrays)?))
}
