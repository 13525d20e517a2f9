//! What is known of the world when lists are read: the country, its places and their boundaries.

use std::collections::BTreeMap;

use adil_domain::identifier::HashKey;
use adil_domain::{CountryPack, Date, Place, Problem, Problems};
use adil_geography::Boundaries;
use adil_geography::country::geography;
use adil_round::folder::{BOUNDARIES, Files, TERRITORIES};
use adil_sources::kato::Classifier;
use adil_sources::mapping::Context;
use adil_sources::round_folder::{Places, Territory};
use adil_sources::sheet::Sheet;
use adil_sources::{population, territories};

use super::plan::Plan;
use super::sources::{bytes, name};

/// The secret with which people's numbers are hashed before they stand in any table.
const HASH_KEY: &str = "ADIL_HASH_KEY";

/// The country and its places.
pub(super) struct World {
    country: &'static CountryPack,
    classifier: Option<Classifier>,
    key: Option<HashKey>,
    on: Option<Date>,
    /// Territories of the round.
    pub(super) places: Places,
    /// The file of their boundaries, to go with the round.
    pub(super) boundaries: Option<Vec<u8>>,
}

impl World {
    /// Everything that the plan names; else what the folder has already; else what comes with the product.
    pub(super) fn new(
        plan: &Plan,
        country: &'static CountryPack,
        before: &Files,
        problems: &mut Problems,
    ) -> Self {
        let own = geography(country.code()).filter(|_| plan.own_geography && plan.territories.is_none());
        let mut classifier = own.and_then(|_| Classifier::kazakhstan());
        if let Some(path) = &plan.kato
            && let Some(bytes) = bytes(path, problems)
        {
            classifier = Classifier::read(&name(path), &bytes, problems);
        }
        let given = plan.boundaries.as_ref().and_then(|path| Some((name(path), bytes(path, problems)?)));
        let kept = || before.get(BOUNDARIES).map(|bytes| (BOUNDARIES.to_owned(), bytes.clone()));
        let bundled = || own.map(|g| ("districts.geojson".to_owned(), g.districts.to_vec()));
        let file = given.or_else(kept).or_else(bundled);
        let mut places = Places::default();
        if let Some((file, bytes)) = &file {
            places.boundaries = Boundaries::read(file, bytes, problems);
        }
        if let Some(path) = &plan.territories {
            if let Some(bytes) = bytes(path, problems) {
                places.rows = Places::of_table(&name(path), &bytes, problems).rows;
            }
        } else if let Some(bytes) = before.get(TERRITORIES).filter(|_| plan.kato.is_none()) {
            let mut kept = Places::of_table(TERRITORIES, bytes, problems);
            kept.forget_named();
            places.rows = kept.rows;
        }
        if places.rows.is_empty()
            && let Some(classifier) = &classifier
        {
            // What is wrong with the product's own files is no news to whoever imports a list.
            let mut unsaid = Problems::new();
            let said = if plan.kato.is_some() { problems } else { &mut unsaid };
            places.rows = of_classifier(classifier, country, places.boundaries.as_ref(), said);
        }
        Self {
            country,
            classifier,
            key: None,
            on: plan.as_of.as_deref().and_then(|day| day.parse().ok()),
            places,
            boundaries: file.map(|(_, bytes)| bytes),
        }
    }

    /// Takes the key for hashing people's numbers from the environment.
    pub(super) fn take_key(&mut self, problems: &mut Problems) {
        self.key = hash_key(problems);
    }

    /// The same for the importers.
    pub(super) fn context(&self) -> Context<'_> {
        Context {
            country: Some(self.country),
            boundaries: self.places.boundaries.as_ref(),
            classifier: self.classifier.as_ref(),
            key: self.key.as_ref(),
            on: self.on,
        }
    }
}

/// The key for hashing people's numbers, when the environment holds one.
pub(super) fn hash_key(problems: &mut Problems) -> Option<HashKey> {
    let secret = std::env::var(HASH_KEY).ok()?;
    match HashKey::new(secret.as_bytes()) {
        Ok(key) => Some(key),
        Err(error) => {
            let message = format!("{HASH_KEY} can't be used: {error}.");
            problems.push(Problem::error("short-key", Place::file(HASH_KEY), message));
            None
        }
    }
}

/// Regions and districts, with the population of the regions where it comes with the product.
fn of_classifier(
    classifier: &Classifier,
    country: &'static CountryPack,
    boundaries: Option<&Boundaries>,
    problems: &mut Problems,
) -> Vec<Territory> {
    let people = geography(country.code())
        .and_then(|g| Sheet::read("regions.csv", g.regions, None, problems))
        .map_or_else(BTreeMap::new, |sheet| population::by_territory(&sheet, problems));
    let parts =
        territories::Parts { classifier, country, boundaries, population: &people, with_country: false };
    territories::rows(&parts, problems).into_iter().map(Territory::from).collect()
}
