//! What missing values cost: the points of each group as they are, and as they would be if the group's own median stood in
//! for every value that it lacks.

use std::collections::BTreeMap;

use adil_domain::Points;
use adil_score::{Imputed, Scaled};

use crate::cases::Cases;
use crate::composite::mean;
use crate::fixed::Fixed;
use crate::groups::{Dimension, Kind};

/// One group and its gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingLine {
    /// Applications that were not refused.
    pub applications: usize,
    /// The share of their values that is missing.
    pub missing: Fixed,
    /// The mean of their points.
    pub points: Points,
    /// The same with the group's own medians.
    pub with_medians: Points,
    /// How many points that adds, on average; below zero, takes away.
    pub lost: Points,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingBy {
    /// What is compared.
    pub dimension: Dimension,
    /// One for each group; `None` of a group without admitted applications.
    pub lines: Vec<Option<MissingLine>>,
}

/// What the audit says of missing data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingData {
    /// The share of all values that is missing.
    pub share: Fixed,
    /// By town and village, by the highest places, by legal form: as far as the tables say so.
    pub by: Vec<MissingBy>,
}

pub(crate) fn missing(cases: &Cases<'_>, dimensions: &[Dimension]) -> MissingData {
    let admitted = cases.admitted();
    let mut by = Vec::new();
    for kind in [Kind::Settlement, Kind::Place, Kind::LegalForm] {
        if let Some(dimension) = dimensions.iter().find(|d| d.kind == kind) {
            let lines =
                (0..dimension.groups.len()).map(|group| line(cases, dimension, &admitted, group)).collect();
            by.push(MissingBy { dimension: dimension.clone(), lines });
        }
    }
    MissingData { share: share(cases, &admitted), by }
}

/// The share of the values of these applications that is missing.
fn share(cases: &Cases<'_>, applications: &[usize]) -> Fixed {
    let values = applications.iter().flat_map(|a| &cases.applications()[*a].contributions);
    let (all, lacking) =
        values.fold((0i128, 0i128), |(n, m), c| (n + 1, m + i128::from(c.imputed != Imputed::No)));
    Fixed::ratio(lacking, all).unwrap_or_default()
}

fn line(cases: &Cases<'_>, dimension: &Dimension, admitted: &[usize], group: usize) -> Option<MissingLine> {
    let members: Vec<usize> = admitted.iter().copied().filter(|a| dimension.of[*a] == group).collect();
    if members.is_empty() {
        return None;
    }
    let rows: Vec<Vec<(Scaled, bool)>> = members
        .iter()
        .map(|a| {
            let own = &cases.applications()[*a].contributions;
            own.iter().map(|c| (c.scaled, c.imputed == Imputed::No)).collect()
        })
        .collect();
    let policy = &cases.decision.policy;
    let filled = adil_score::points(&policy.criteria, policy.aggregation, &with_medians(&rows));
    let before: Vec<i64> = members.iter().map(|a| cases.applications()[*a].points.micro()).collect();
    let after: Vec<i64> = filled.into_iter().map(Points::micro).collect();
    let lost: Vec<i64> = after.iter().zip(&before).map(|(a, b)| a - b).collect();
    Some(MissingLine {
        applications: members.len(),
        missing: share(cases, &members),
        points: mean(&before),
        with_medians: mean(&after),
        lost: mean(&lost),
    })
}

/// Scaled values in which each missing one is the median of the known ones of its indicator. Where nobody's is known, what
/// the rules put there stays.
fn with_medians(rows: &[Vec<(Scaled, bool)>]) -> Vec<Vec<Scaled>> {
    let mut known: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (indicator, (scaled, is_known)) in rows.iter().flat_map(|row| row.iter().enumerate()) {
        if *is_known {
            known.entry(indicator).or_default().push(scaled.micro());
        }
    }
    let medians: BTreeMap<usize, Scaled> = known
        .into_iter()
        .map(|(indicator, mut values)| {
            values.sort_unstable();
            let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
            (indicator, Scaled::from_micro(u32::midpoint(low, high)))
        })
        .collect();
    let fill = |(indicator, (scaled, is_known)): (usize, &(Scaled, bool))| {
        if *is_known { *scaled } else { medians.get(&indicator).copied().unwrap_or(*scaled) }
    };
    rows.iter().map(|row| row.iter().enumerate().map(fill).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_becomes_the_median_of_the_known_ones() {
        let known = |micro| (Scaled::from_micro(micro), true);
        let lacking = (Scaled::ZERO, false);
        let rows = [vec![known(200_000), lacking], vec![known(400_000), lacking], vec![lacking, lacking]];
        let filled = with_medians(&rows);
        assert_eq!(filled[2][0], Scaled::from_micro(300_000));
        assert_eq!(filled[0], [Scaled::from_micro(200_000), Scaled::ZERO], "nobody knows the second");
    }
}
