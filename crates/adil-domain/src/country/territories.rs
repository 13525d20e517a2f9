//! How a country codes its places.

use serde::Deserialize;

use super::PackError;
use crate::kato::{Kato, KatoError};
use crate::language::LocalizedText;
use crate::problem::did_you_mean;
use crate::territory::{TerritoryRow, TerritoryTree};

/// The way places are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceScheme {
    /// The classifier of Kazakhstan: nine digits, the code says what lies in what.
    Kato,
    /// The names that the pack lists.
    Listed,
}

/// How a country codes its places, and the places that are the same for every round.
#[derive(Debug, Clone)]
pub struct Territories {
    scheme: PlaceScheme,
    version: Option<String>,
    name: LocalizedText,
    levels: Vec<PlaceLevel>,
    places: Vec<ListedPlace>,
    tree: TerritoryTree,
}

/// A level of places, such as `county`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLevel {
    /// The word in the column `level`.
    pub id: String,
    /// What people call it.
    pub name: LocalizedText,
}

/// A place that the pack lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPlace {
    /// Its code.
    pub code: String,
    /// The code of the place it lies in.
    pub parent: Option<String>,
    /// Its level.
    pub level: String,
    /// Its name.
    pub name: LocalizedText,
}

/// A code that is not made as the country makes them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCodeError {
    /// No KATO code.
    #[error(transparent)]
    Kato(#[from] KatoError),
    /// None of the listed names.
    #[error("`{found}` is none of the places that the country pack lists. {hint}")]
    NotListed {
        /// What was found.
        found: String,
        /// What may have been meant.
        hint: String,
    },
}

impl Territories {
    pub(super) fn new(
        scheme: PlaceScheme,
        version: Option<String>,
        name: LocalizedText,
        levels: Vec<PlaceLevel>,
        places: Vec<ListedPlace>,
    ) -> Result<Self, PackError> {
        for place in &places {
            if !levels.iter().any(|l| l.id == place.level) {
                return Err(PackError::Level { code: place.code.clone(), level: place.level.clone() });
            }
            if scheme == PlaceScheme::Kato {
                place.code.parse::<Kato>()?;
            }
        }
        let rows: Vec<TerritoryRow> = (1..)
            .zip(&places)
            .map(|(line, p)| TerritoryRow {
                code: p.code.clone(),
                parent: p.parent.clone(),
                level: p.level.clone(),
                line,
            })
            .collect();
        let (tree, problems) = TerritoryTree::build("places", &rows);
        let tree = tree.ok_or_else(|| {
            PackError::Places(problems.iter().map(|p| p.message.clone()).collect::<Vec<_>>().join(" "))
        })?;
        Ok(Self { scheme, version, name, levels, places, tree })
    }

    /// The way places are coded.
    pub const fn scheme(&self) -> PlaceScheme {
        self.scheme
    }

    /// The edition of the classifier the pack was written from.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The places that the pack lists as a tree.
    pub const fn tree(&self) -> &TerritoryTree {
        &self.tree
    }

    /// What people call the codes.
    pub const fn name(&self) -> &LocalizedText {
        &self.name
    }

    /// The levels, from the top down.
    pub fn levels(&self) -> &[PlaceLevel] {
        &self.levels
    }

    /// The places that the pack lists, in its order: all counties of Ireland, only the regions of Kazakhstan.
    pub fn places(&self) -> &[ListedPlace] {
        &self.places
    }

    /// A place that the pack lists.
    pub fn place(&self, code: &str) -> Option<&ListedPlace> {
        self.places.iter().find(|p| p.code == code)
    }

    /// Whether a code is made as the country makes them. That a KATO code is anybody's is not said by this: the
    /// classifier is a table of the round.
    ///
    /// # Errors
    /// What is wrong with it, and what may have been meant.
    pub fn check(&self, code: &str) -> Result<(), PlaceCodeError> {
        match self.scheme {
            PlaceScheme::Kato => Ok(code.parse::<Kato>().map(drop)?),
            PlaceScheme::Listed if self.place(code).is_some() => Ok(()),
            PlaceScheme::Listed => Err(PlaceCodeError::NotListed {
                found: crate::rational::shorten(code),
                hint: did_you_mean(code, self.places.iter().map(|p| p.code.as_str())),
            }),
        }
    }
}
