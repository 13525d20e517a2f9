//! A round without some of its sources, as if they had never answered.

use std::collections::{BTreeMap, BTreeSet};

use adil_policy::Entity;

use super::Inputs;
use crate::folder::CHECKS;

/// Columns that say who is who and where: an applicant states them, whoever else lists them too.
const IDENTITY: [&str; 12] = [
    "application_id",
    "facility_id",
    "operator_id",
    "point_id",
    "territory",
    "parent",
    "level",
    "period",
    "name",
    "name_kk",
    "name_ru",
    "name_en",
];

impl Inputs {
    /// The same round as if these sources had been withdrawn: none of their answers counts, the columns they answer for
    /// are empty, and forecasts learned from them say nothing. Identifiers, names and places stay. Sources that the
    /// policy itself withdraws stay withdrawn. Tables share their cells with this round.
    #[must_use]
    pub fn without(&self, sources: &BTreeSet<String>) -> Self {
        let mut columns: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for source in sources {
            for origin in self.schema.columns_of_source(source) {
                columns.entry(origin.file).or_default().push(origin.column);
            }
            let named = self.policy.sources.iter().filter(|s| s.name == *source).flat_map(|s| &s.columns);
            for (entity, column) in named.filter_map(|name| name.split_once('.')) {
                if let Some(origin) =
                    Entity::from_word(entity).and_then(|entity| self.schema.origin(entity, column))
                {
                    columns.entry(origin.file).or_default().push(origin.column);
                }
            }
        }
        // Each answer names its own source.
        columns.remove(CHECKS);
        let mut inputs = self.clone();
        for (file, mut positions) in columns {
            let Some(table) = inputs.tables.get_mut(file) else { continue };
            positions.retain(|column| !IDENTITY.contains(&table.name(*column)));
            positions.sort_unstable();
            positions.dedup();
            *table = table.emptied(positions);
        }
        // An answer of nobody is none.
        for file in sources.iter().flat_map(|source| self.schema.told_by(source)) {
            inputs.tables.remove(file);
        }
        // Without minutes nothing is known of reach, which is not the same as nothing being within reach.
        if self.schema.travel_times().is_some_and(|times| sources.contains(&times.source)) {
            inputs.policy.access = None;
        }
        inputs.withdrawn.extend(sources.iter().cloned());
        inputs
    }

    /// The round without the sources that the policy withdraws on the round's day.
    pub(super) fn without_withdrawn(self) -> Self {
        let today = self.policy.round.as_of;
        let withdrawn: BTreeSet<String> = self
            .policy
            .sources
            .iter()
            .filter(|s| s.withdrawn.is_some_and(|day| day <= today))
            .map(|s| s.name.clone())
            .collect();
        if withdrawn.is_empty() { self } else { self.without(&withdrawn) }
    }

    /// Whether a forecast of that model rests on a source that was withdrawn.
    pub(crate) fn model_is_withdrawn(&self, model: usize) -> bool {
        let sources = self.models.get(model).map(|model| &model.training.sources);
        sources.is_some_and(|sources| sources.iter().any(|source| self.withdrawn.contains(source)))
    }
}
