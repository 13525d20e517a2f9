#![doc = include_str!("../README.md")]

mod beside;
mod drift;
mod example;
mod fixed;
mod json;
mod measure;
mod page;
mod record;
mod shape;
mod statement;
mod table;
mod trial;

use adil_model::Model;

pub use beside::{Beside, Moves, alike};
pub use drift::{Band, Drift, FeatureDrift, Verdict};
pub use example::{Entry, Example};
pub use json::json;
pub use measure::{LEAST, Measure};
pub use page::{CATALOGUES, Page, catalog, page};
pub use record::{FIELDS, Field, Part, VERSION};
pub use shape::{Label, Shape, label, shapes};
pub use statement::Statement;
pub use table::Table;
pub use trial::{Basis, Group, LEVEL, Name, Tenth, Trial, Untried};

/// Everything that a card says of a model.
#[derive(Debug)]
pub struct Card<'m> {
    /// The model as it is published.
    pub model: &'m Model,
    /// SHA-256 of the model's file, in hexadecimal.
    pub digest: &'m str,
    /// What its owner states.
    pub statement: &'m Statement,
    /// One prediction, line by line.
    pub example: Example,
    /// How wrong it is on rows that it never saw, or why nobody can say.
    pub trial: Result<Trial, Untried>,
    /// The part of the training data where each column is not known, in the order of the terms.
    pub unknown: Vec<f64>,
    /// New rows beside those of the training data.
    pub drift: Option<Drift>,
    /// The same rows foretold by a model that learned from others.
    pub beside: Option<Beside>,
}

/// Another model of the same columns, with the digest of its file.
#[derive(Debug, Clone, Copy)]
pub struct Other<'m> {
    /// The model.
    pub model: &'m Model,
    /// SHA-256 of its file, in hexadecimal.
    pub digest: &'m str,
}

/// Looks at a model that was read and checked. `data` are rows with their truth, `new` rows that it is to foretell, `other` a
/// model of the same columns that learned from other rows: it foretells `data`, else `new`.
pub fn card<'m>(
    model: &'m Model,
    digest: &'m str,
    statement: &'m Statement,
    data: Option<&Table>,
    new: Option<&Table>,
    other: Option<Other<'_>>,
) -> Card<'m> {
    let data = data.map(|table| table.in_order_of(model));
    let new = new.map(|table| table.in_order_of(model));
    let unknown = model.terms.iter().map(|term| {
        let all: u64 = term.rows.iter().sum();
        fixed::part(term.rows.last().copied().unwrap_or(0), all)
    });
    Card {
        model,
        digest,
        statement,
        example: example::example(model, data.as_ref()),
        trial: trial::trial(model, data.as_ref()),
        unknown: unknown.collect(),
        beside: other
            .zip(data.as_ref().or(new.as_ref()))
            .map(|(other, table)| beside::beside(model, other.model, other.digest, table)),
        drift: new.map(|new| drift::drift(model, data.as_ref(), &new)),
    }
}
