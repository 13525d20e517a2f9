//! The territories of a country from its classifier, as `territories.csv` of a round: regions and districts, and the
//! country above them where it is wanted.
//!
//! A district is what lies directly in a region: of 20 regions of Kazakhstan three are cities, whose districts the
//! classifier lists one level lower. English names are those of the country pack (regions) and of the boundaries
//! (districts); where neither has one the Kazakh name is written in Latin letters, which is said.

use std::collections::BTreeMap;

use adil_domain::kato::Rank;
use adil_domain::{CountryPack, Kato, Language, Place, Problem, Problems};
use adil_geography::Boundaries;

use crate::kato::{Classifier, KatoPlace};

/// A row of `territories.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Its code.
    pub territory: String,
    /// The code of what it lies in; none for the top.
    pub parent: Option<String>,
    /// Its names.
    pub name_en: String,
    /// In Kazakh.
    pub name_kk: String,
    /// In Russian.
    pub name_ru: String,
    /// `country`, `region` or `district`.
    pub level: &'static str,
    /// Residents, where they are known.
    pub population: Option<String>,
}

/// What the rows are made from.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'p> {
    /// The classifier of places.
    pub classifier: &'p Classifier,
    /// The country, for its name and those of its regions.
    pub country: &'p CountryPack,
    /// Boundaries of the districts, for their English names.
    pub boundaries: Option<&'p Boundaries>,
    /// Residents by code; those of the country are the sum of its regions', when all are known.
    pub population: &'p BTreeMap<String, String>,
    /// Whether the country itself is the top row; its code is that of the pack in capitals.
    pub with_country: bool,
}

/// Makes the rows, each right before what lies in it.
///
/// Problems: `name-transliterated`; `no-boundary` for a district that the boundaries do not have (they may be older than
/// the classifier), `unknown-territory` for a population of a code that is none of the rows.
pub fn rows(parts: &Parts<'_>, problems: &mut Problems) -> Vec<Territory> {
    let file = parts.classifier.version();
    let mut rows = Vec::new();
    let root = parts.with_country.then(|| parts.country.code().to_uppercase());
    for place in parts.classifier.iter() {
        let level = match place.code.rank() {
            Rank::Region => "region",
            _ if parts.classifier.district(place.code) == Some(place.code) => "district",
            _ => continue,
        };
        let parent = parts.classifier.parent(place.code).map(|p| p.to_string()).or_else(|| root.clone());
        let area = parts.boundaries.and_then(|b| b.areas().get(b.index_of(place.code.as_str())?));
        if level == "district" && parts.boundaries.is_some() && area.is_none() {
            let message = format!("The boundaries have no polygon for {} ({}).", place.code, place.name_ru);
            problems.push(
                Problem::warning("no-boundary", Place::file(file), message).hint(
                    "It may be younger than they are; its points count to the district it was part of.",
                ),
            );
        }
        let english = parts
            .country
            .territories()
            .place(place.code.as_str())
            .map(|p| &p.name)
            .or(area.map(|a| &a.name))
            .and_then(|name| name.get(Language::EN))
            .filter(|(_, language)| *language == Language::EN)
            .map(|(text, _)| text.to_owned());
        let name_en = english.unwrap_or_else(|| transliterated(place, file, problems));
        rows.push(Territory {
            territory: place.code.to_string(),
            parent,
            name_en,
            name_kk: place.name_kk.clone(),
            name_ru: place.name_ru.clone(),
            level,
            population: parts.population.get(place.code.as_str()).cloned(),
        });
    }
    for code in parts.population.keys() {
        let known = code.parse::<Kato>().ok().is_some_and(|k| parts.classifier.get(k).is_some());
        if !known && root.as_ref() != Some(code) {
            let message = format!(
                "A population is given for `{}`, which the classifier does not have.",
                crate::words::shorten(code)
            );
            problems.push(
                Problem::warning("unknown-territory", Place::file(file), message).hint("It was not used."),
            );
        }
    }
    if let Some(code) = root {
        rows.insert(0, country_row(code, parts, &rows));
    }
    rows
}

fn transliterated(place: &KatoPlace, file: &str, problems: &mut Problems) -> String {
    // The Kazakh name without the word for district, in Latin letters.
    let bare = place.name_kk.trim_end_matches(" ауданы").trim_end_matches(" облысы").trim_end_matches(" қ.");
    let name = any_ascii::any_ascii(bare);
    let message = format!(
        "{} ({}) has no English name here; `{name}` was made from the Kazakh one.",
        place.code, place.name_kk
    );
    problems.push(
        Problem::warning("name-transliterated", Place::file(file), message)
            .hint("Write the usual English name, if there is one."),
    );
    name
}

fn country_row(code: String, parts: &Parts<'_>, rows: &[Territory]) -> Territory {
    let name = |language| parts.country.name(language).to_owned();
    let sum = rows
        .iter()
        .filter(|r| r.level == "region")
        .try_fold(0u64, |sum, region| sum.checked_add(region.population.as_ref()?.parse().ok()?));
    let population = parts.population.get(&code).cloned().or_else(|| sum.map(|s| s.to_string()));
    Territory {
        territory: code,
        parent: None,
        name_en: name(Language::EN),
        name_kk: name(Language::KK),
        name_ru: name(Language::RU),
        level: "country",
        population,
    }
}

/// The rows as `territories.csv`: `territory,parent,name_en,name_kk,name_ru,level,population`.
///
/// # Errors
/// None that writing to memory has; the writer's type asks for it.
pub fn to_csv(rows: &[Territory]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["territory", "parent", "name_en", "name_kk", "name_ru", "level", "population"])?;
    for row in rows {
        let (parent, population) =
            (row.parent.as_deref().unwrap_or(""), row.population.as_deref().unwrap_or(""));
        writer.write_record([
            &row.territory,
            parent,
            &row.name_en,
            &row.name_kk,
            &row.name_ru,
            row.level,
            population,
        ])?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}
