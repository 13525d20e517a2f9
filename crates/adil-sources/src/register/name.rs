//! Names of facilities made comparable across Kazakh, Russian and English: which fields hold them, and each name once.

use adil_domain::CountryPack;
use adil_integrity::names::{WeightedName, WordWeights};

use crate::Found;

/// The fields that may hold a name.
const FIELDS: [&str; 4] = ["name", "name_kk", "name_ru", "name_en"];

/// How much words weigh, by how many records have them.
pub(super) struct Names(WordWeights);

impl Names {
    pub(super) fn new(lists: &[Vec<Found>], country: Option<&'static CountryPack>) -> Self {
        Self(WordWeights::count(lists.iter().flatten().map(texts), country))
    }

    /// The different names of a record.
    pub(super) fn of(&self, found: &Found) -> Vec<WeightedName> {
        let mut names: Vec<WeightedName> = Vec::new();
        for name in texts(found).filter_map(|text| self.0.name(text)) {
            if names.iter().all(|n| n.text() != name.text()) {
                names.push(name);
            }
        }
        names
    }
}

fn texts(found: &Found) -> impl Iterator<Item = &str> {
    FIELDS.into_iter().filter_map(|f| found.get(f)).map(str::trim).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests;
