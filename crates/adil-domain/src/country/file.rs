//! The shape of `pack.toml`, and the way from it to a checked pack.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::legal_forms::{LegalForms, Side, Words};
use super::territories::{ListedPlace, PlaceLevel, PlaceScheme, Territories};
use super::{CountryPack, IdentifierKind, Mark, PackError};
use crate::identifier::Scheme;
use crate::language::{Language, LocalizedText};
use crate::money::Currency;

type Texts = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    code: String,
    name: Texts,
    languages: Vec<String>,
    currency: String,
    legal_form_place: BTreeMap<String, Side>,
    #[serde(default)]
    legal_form_either_side: Vec<String>,
    identifier: Vec<IdentifierFile>,
    territory: TerritoryFile,
    legal_form: Vec<LegalFormFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentifierFile {
    id: String,
    check: String,
    name: Texts,
    mark: Mark,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TerritoryFile {
    scheme: PlaceScheme,
    version: Option<String>,
    name: Texts,
    #[serde(default)]
    level: Vec<LevelFile>,
    #[serde(default)]
    place: Vec<PlaceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    id: String,
    name: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceFile {
    code: String,
    parent: Option<String>,
    level: String,
    name: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LegalFormFile {
    pub(super) code: String,
    pub(super) mark: Mark,
    #[serde(default)]
    pub(super) old: bool,
    pub(super) words: BTreeMap<String, Words>,
}

pub(super) fn read(text: &str) -> Result<CountryPack, PackError> {
    let file: PackFile = toml::from_str(text).map_err(|e| PackError::Shape(e.to_string()))?;
    let languages =
        file.languages.iter().map(|l| Ok(l.parse()?)).collect::<Result<Vec<Language>, PackError>>()?;
    if languages.is_empty() {
        return Err(PackError::NoLanguage);
    }
    once("identifier", file.identifier.iter().map(|i| i.id.as_str()))?;
    let identifiers = file
        .identifier
        .into_iter()
        .map(|i| {
            let scheme: Scheme = i.check.parse()?;
            Ok(IdentifierKind { id: i.id, scheme, name: localized(i.name)?, mark: i.mark })
        })
        .collect::<Result<_, PackError>>()?;
    let sides = file
        .legal_form_place
        .into_iter()
        .map(|(language, side)| Ok((language.parse()?, side)))
        .collect::<Result<BTreeMap<Language, Side>, PackError>>()?;
    let either_side = file
        .legal_form_either_side
        .iter()
        .map(|l| Ok(l.parse()?))
        .collect::<Result<Vec<Language>, PackError>>()?;
    once("legal form", file.legal_form.iter().map(|f| f.code.as_str()))?;
    Ok(CountryPack {
        code: file.code,
        name: localized(file.name)?,
        languages,
        currency: file.currency.parse::<Currency>()?,
        identifiers,
        territories: territories(file.territory)?,
        legal_forms: LegalForms::new(file.legal_form, &sides, &either_side)?,
    })
}

fn territories(file: TerritoryFile) -> Result<Territories, PackError> {
    once("level", file.level.iter().map(|l| l.id.as_str()))?;
    let levels = file
        .level
        .into_iter()
        .map(|l| Ok(PlaceLevel { id: l.id, name: localized(l.name)? }))
        .collect::<Result<_, PackError>>()?;
    let places = file
        .place
        .into_iter()
        .map(|p| Ok(ListedPlace { code: p.code, parent: p.parent, level: p.level, name: localized(p.name)? }))
        .collect::<Result<_, PackError>>()?;
    Territories::new(file.scheme, file.version, localized(file.name)?, levels, places)
}

fn localized(texts: Texts) -> Result<LocalizedText, PackError> {
    let mut localized = LocalizedText::default();
    for (language, text) in texts {
        localized.insert(language.parse()?, text);
    }
    Ok(localized)
}

fn once<'a>(what: &'static str, names: impl Iterator<Item = &'a str>) -> Result<(), PackError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(PackError::Twice { what, name: name.to_owned() });
        }
    }
    Ok(())
}
