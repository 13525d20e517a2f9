//! Column mappings: which column of somebody's table is which field of ours.
//!
//! A mapping is a TOML file that a person has read and said yes to. [`Mapping::parse`] reads one, [`suggest()`] proposes one
//! with a reason for each column, [`Mapping::apply`] turns a sheet into facilities and says of every value that it could
//! not take as it stood what was done with it.
//!
//! ```toml
//! [columns]                                   # our field = the column of the sheet
//! key         = "№"
//! name        = "Наименование объекта"
//! type        = "Вид сооружения"
//! operator_id = "БИН"
//! territory   = "КАТО"
//! coordinates = "Координаты"                  # both in one column; or lat and lon
//!
//! [constants]                                 # the same for every row
//! source = "akimat-list"
//! as_of  = "2026-01-01"
//!
//! [values.type]                               # the list's word = ours
//! "Бассейн" = "swimming-pool"
//!
//! [coordinates]
//! order  = "lat-lon"                          # of a column that holds both; or "lon-lat"
//! system = "WGS84"                            # nothing else is read; a note for people
//!
//! [units]
//! floor_area_m2 = "ha"                        # what the column counts in: m2, ha, km2 or ft2
//! ```
//!
//! # What is put right, and what is only said
//!
//! | found | done | code |
//! | --- | --- | --- |
//! | 9 to 11 digits whose check digit is right with zeros in front | zeros put back | `identifier-repadded` |
//! | a person's number, with a key for the keyed hash | hashed | `personal-hashed` |
//! | a person's number, without one | left out, an error | `personal-identifier` |
//! | a badly made identifier | kept | `doubtful-identifier` |
//! | `1032`, `103200000.0` for a KATO code | made whole | `kato-repaired` |
//! | a KATO code that cannot be made whole, or is nobody's | kept | `kato-unknown` |
//! | a code of before a reform | the code of now; kept where several come into question | `kato-successor`, `kato-split` |
//! | latitude and longitude the wrong way round, proved by the boundaries or the letters of the compass | exchanged | `coordinates-swapped` |
//! | `51,18`, `51°10′48″` | read | `decimal-comma`, `degrees-minutes` |
//! | metres of a projected system, 0 0, half a pair, no number | left out | `projected-coordinates`, `null-island`, `half-coordinate`, `not-a-coordinate` |
//! | outside the country, or in none of its districts | kept, with the nearest district and how far it is | `outside-country`, `in-no-district` |
//! | a place in another district than its code | kept | `territory-elsewhere` |
//! | no code, but a place on the map | the code of the district that holds it | `territory-from-position` |
//! | `1 234,5` for a number | read | `number-repaired` |
//! | no number, or one below zero | left out | `not-a-number`, `negative-value` |
//! | an identifier of the list twice | the row's number added | `duplicate-id` |
//! | a word without a rule in `[values]` | kept | `unmapped-value` |
//!
//! Rows are never left out: whatever is wrong with one, it comes out with the fields that could be read.

mod apply;
pub(crate) mod coordinates;
mod file;
mod identifiers;
pub(crate) mod nearest;
mod suggest;
pub(crate) mod territory;

use std::collections::BTreeMap;

use adil_domain::identifier::HashKey;
use adil_domain::{CountryPack, Date};
use adil_geography::Boundaries;

use crate::kato::Classifier;

pub use suggest::{Confidence, Guess, Suggestion, suggest};

/// Which column is which field, as a person confirmed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Our field and the sheet's column.
    pub columns: BTreeMap<String, String>,
    /// Fields with one value for all rows; `source` among them names the source.
    pub constants: BTreeMap<String, String>,
    /// By field, the list's words and ours.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// How a column with both coordinates is written.
    pub order: Order,
    /// By field, what the column counts in.
    pub units: BTreeMap<String, Unit>,
}

/// Which of two coordinates in one cell comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Latitude, as people write it.
    #[default]
    LatLon,
    /// Longitude, as programs do.
    LonLat,
}

/// What areas are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Square metres.
    SquareMetre,
    /// Hectares.
    Hectare,
    /// Square kilometres.
    SquareKilometre,
    /// Square feet (0.09290304 m² exactly, by the international foot of 1959).
    SquareFoot,
}

impl Unit {
    const ALL: [(&'static str, Self); 4] = [
        ("m2", Self::SquareMetre),
        ("ha", Self::Hectare),
        ("km2", Self::SquareKilometre),
        ("ft2", Self::SquareFoot),
    ];

    /// How many square metres one is, as a decimal.
    const fn square_metres(self) -> &'static str {
        match self {
            Self::SquareMetre => "1",
            Self::Hectare => "10000",
            Self::SquareKilometre => "1000000",
            Self::SquareFoot => "0.09290304",
        }
    }
}

/// What is known of the world when a mapping is applied. Everything may be absent; then it is not checked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'c> {
    /// The country, for its identifiers.
    pub country: Option<&'c CountryPack>,
    /// Boundaries of its districts.
    pub boundaries: Option<&'c Boundaries>,
    /// Its classifier of places.
    pub classifier: Option<&'c Classifier>,
    /// The key for hashing people's numbers. Without it one in the table is an error.
    pub key: Option<&'c HashKey>,
    /// The day as of which codes of places are read when the mapping and the row name none.
    pub on: Option<Date>,
}

/// Fields with a meaning here; any other name becomes a column of its own.
const FIELDS: [&str; 25] = [
    "key",
    "name",
    "name_kk",
    "name_ru",
    "name_en",
    "type",
    "sport",
    "operator_id",
    "operator_name",
    "legal_form",
    "territory",
    "lat",
    "lon",
    "coordinates",
    "floor_area_m2",
    "capacity",
    "population",
    "address",
    "district",
    "region",
    "settlement",
    "year_built",
    "condition",
    "ownership",
    "as_of",
];

/// Fields whose cells are numbers, none below zero.
const NUMBERS: [&str; 3] = ["floor_area_m2", "capacity", "population"];
