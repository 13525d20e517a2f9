//! `facility-types.toml` read and checked.

use std::collections::BTreeSet;

use adil_domain::{Language, LocalizedText};
use serde::Deserialize;

use super::{FacilityType, HallNorm, Setting, SizeUnit};

/// Why the list of kinds can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    /// Not the file that was expected.
    #[error("{0}")]
    Toml(String),
    /// A rule leads to a kind that is not in the list.
    #[error("no kind is called `{0}`")]
    NoKind(String),
    /// A condition that is no `key=value`.
    #[error("`{0}` is no key=value")]
    NoCondition(String),
    /// Nothing would have to hold.
    #[error("a rule for `{0}` has no condition")]
    Empty(String),
}

/// Kinds and rules.
#[derive(Debug, Default)]
pub(super) struct Taxonomy {
    pub(super) types: Vec<FacilityType>,
    /// By kind: whether it may be the same place as any other.
    pub(super) anything: Vec<bool>,
    /// Pairs of kinds that may be one place, the smaller position first.
    pub(super) near: BTreeSet<(usize, usize)>,
    pub(super) osm: Vec<(Vec<(String, String)>, usize)>,
    pub(super) sportscotland: Vec<([String; 2], usize)>,
    pub(super) lipas: Vec<(String, usize)>,
    pub(super) words: Vec<(Vec<String>, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    types: Vec<TypeRow>,
    osm: Pairs,
    sportscotland: Triples,
    lipas: Codes,
    words: Pairs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    id: String,
    name: Names,
    setting: Setting,
    unit: SizeUnit,
    hall_norm: HallNorm,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    anything: bool,
    smaller_than_m2: Option<u32>,
    smaller_is: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    kk: String,
    ru: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    rules: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Triples {
    rules: Vec<[String; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: Vec<[String; 2]>,
}

impl Taxonomy {
    pub(super) fn parse(text: &str) -> Result<Self, TaxonomyError> {
        let file: File = toml::from_str(text).map_err(|e| TaxonomyError::Toml(e.to_string()))?;
        let mut taxonomy = Self::default();
        let (mut near, mut smaller) = (Vec::new(), Vec::new());
        for row in file.types {
            let mut name = LocalizedText::default();
            name.insert(Language::KK, row.name.kk);
            name.insert(Language::RU, row.name.ru);
            name.insert(Language::EN, row.name.en);
            near.push(row.near);
            smaller.extend(row.smaller_is.clone());
            taxonomy.anything.push(row.anything);
            taxonomy.types.push(FacilityType {
                id: row.id,
                name,
                setting: row.setting,
                unit: row.unit,
                hall_norm: row.hall_norm,
                smaller: row.smaller_than_m2.zip(row.smaller_is),
            });
        }
        for (at, others) in near.into_iter().enumerate() {
            for other in others {
                let other = taxonomy.must(&other)?;
                taxonomy.near.insert((at.min(other), at.max(other)));
            }
        }
        for id in smaller {
            taxonomy.must(&id)?;
        }
        for [conditions, id] in file.osm.rules {
            let at = taxonomy.must(&id)?;
            let conditions: Result<Vec<(String, String)>, TaxonomyError> =
                conditions.split_whitespace().map(condition).collect();
            taxonomy.osm.push((filled(conditions?, &id)?, at));
        }
        for [kind, within, id] in file.sportscotland.rules {
            let at = taxonomy.must(&id)?;
            taxonomy.sportscotland.push(([kind, within], at));
        }
        for [code, id] in file.lipas.codes {
            let at = taxonomy.must(&id)?;
            taxonomy.lipas.push((code, at));
        }
        for [pattern, id] in file.words.rules {
            let at = taxonomy.must(&id)?;
            let pattern = pattern.split_whitespace().map(str::to_owned).collect();
            taxonomy.words.push((filled(pattern, &id)?, at));
        }
        Ok(taxonomy)
    }

    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.types.iter().position(|t| t.id == id)
    }

    fn must(&self, id: &str) -> Result<usize, TaxonomyError> {
        self.index(id).ok_or_else(|| TaxonomyError::NoKind(id.to_owned()))
    }
}

fn condition(text: &str) -> Result<(String, String), TaxonomyError> {
    let (key, value) = text.split_once('=').ok_or_else(|| TaxonomyError::NoCondition(text.to_owned()))?;
    Ok((key.to_owned(), value.to_owned()))
}

fn filled<T>(conditions: Vec<T>, id: &str) -> Result<Vec<T>, TaxonomyError> {
    if conditions.is_empty() { Err(TaxonomyError::Empty(id.to_owned())) } else { Ok(conditions) }
}
