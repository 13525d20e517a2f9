//! When operators count as one.

use super::RuleMeta;

/// `[clusters]`: operators that share enough count as one where a rule names `cluster.…`.
#[derive(Debug, Clone)]
pub struct ClusterRule {
    /// Columns of `operators.csv`, and what sharing a value of each counts, in the order of their names.
    pub shares: Vec<(String, u32)>,
    /// The sum from which on two operators are linked.
    pub threshold: u32,
    /// A value that more operators share counts nothing: a business centre, an accountant.
    pub most: u32,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}
