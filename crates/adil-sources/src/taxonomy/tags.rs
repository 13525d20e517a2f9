//! Tags of OpenStreetMap.

use super::{FacilityType, TAXONOMY};

/// The kind that tags mean, by the first rule that holds; `None` when none does.
///
/// A key may stand several times, and a value may hold several, separated by `;`.
pub fn from_osm(tags: &[(&str, &str)]) -> Option<&'static FacilityType> {
    let holds = |key: &str, value: &str| {
        let of_key = tags.iter().filter(|(k, _)| *k == key);
        of_key.flat_map(|(_, values)| values.split(';')).any(|v| value == "*" || v.trim() == value)
    };
    let rule = TAXONOMY.osm.iter().find(|(conditions, _)| conditions.iter().all(|(k, v)| holds(k, v)));
    rule.map(|(_, at)| &TAXONOMY.types[*at])
}

/// Tags from one text, `leisure=pitch;sport=soccer;basketball`: a part without `=` is one more value of the key before it.
pub fn tags(text: &str) -> Vec<(&str, &str)> {
    let mut tags = Vec::new();
    let mut key = "";
    for part in text.split(';') {
        let value = match part.split_once('=') {
            Some((k, value)) => {
                key = k.trim();
                value
            }
            None => part,
        };
        if !key.is_empty() && !value.trim().is_empty() {
            tags.push((key, value.trim()));
        }
    }
    tags
}
