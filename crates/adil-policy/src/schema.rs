//! What the policy needs to know about the tables, before anything runs.

use adil_domain::Language;

use crate::names::Entity;
use crate::value::Type;

/// The tables of a round, as far as names and types go.
///
/// Quantities that the product derives itself (`score`, `pot`, the shares of a territory: see
/// [`quantities`](crate::quantities)) are no columns and need not be answered for.
pub trait Schema {
    /// The columns of the entity's table, of `check` the checks that there are; `None` when the table is absent.
    fn table(&self, entity: Entity) -> Option<Vec<String>>;

    /// The type of a column; `None` when there is no such column.
    fn column(&self, entity: Entity, column: &str) -> Option<Type>;

    /// The levels that territories have, such as `county`; `None` when there is no table of territories.
    fn levels(&self) -> Option<Vec<String>>;

    /// What the data package calls the column in that language. It takes the place of our own words for it.
    fn words(&self, _entity: Entity, _column: &str, _language: Language) -> Option<String> {
        None
    }

    /// The unit of the column by the data package, such as `m²`.
    fn unit(&self, _entity: Entity, _column: &str) -> Option<String> {
        None
    }

    /// Whether a column of another entity was read out of `applications.csv`, as a small round may do: then it is the
    /// applicant's own word like the rest of that table.
    fn in_application(&self, _entity: Entity, _column: &str) -> bool {
        false
    }
}
