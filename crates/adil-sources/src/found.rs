//! What a source says of one facility, before sources are compared.

use std::collections::BTreeMap;

use adil_domain::Place;

/// One thing that a source lists as a facility: text by field, and where it stands.
///
/// Fields have the names of the columns of `facilities.csv` (`name`, `name_kk`, `name_ru`, `type`, `lat`, `lon`,
/// `territory`, `floor_area_m2`, `capacity`, `operator_id`, `address` …); a field that the source does not have is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The source's name, such as `osm` or `sportscotland`.
    pub source: String,
    /// Its identifier within the source, such as `way/123`; unique there.
    pub key: String,
    /// The day as of which the source says so, `YYYY-MM-DD`, where it does.
    pub as_of: Option<String>,
    /// Where it stands in the source's file.
    pub place: Place,
    /// What the source says, by field.
    pub fields: BTreeMap<String, String>,
}

impl Found {
    /// What the source says of a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }
}
