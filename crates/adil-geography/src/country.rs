//! Geography that comes with a country: codes, boundaries, settlements, statistics, each with its source in
//! `countries/<code>/geography/SOURCE.md`.

/// The files of a country's geography.
#[derive(Debug, Clone, Copy)]
pub struct Geography {
    /// The classifier of places: `kato,kato_version,level,type_code,name_ru,name_kk` for Kazakhstan.
    pub places: &'static [u8],
    /// Figures by region, with the population.
    pub regions: &'static [u8],
    /// Settlements with coordinates and population.
    pub settlements: &'static [u8],
    /// Boundaries of the districts, as GeoJSON with the properties `kato`, `name_kk`, `name_ru`, `name_en`, `parent`.
    pub districts: &'static [u8],
    /// Published figures: `fact,value,unit,year,place,source`.
    pub facts: &'static [u8],
}

const KAZAKHSTAN: Geography = Geography {
    places: include_bytes!("../../../countries/kz/geography/kato.csv"),
    regions: include_bytes!("../../../countries/kz/geography/regions.csv"),
    settlements: include_bytes!("../../../countries/kz/geography/settlements.csv"),
    districts: include_bytes!("../../../countries/kz/geography/districts.geojson"),
    facts: include_bytes!("../../../countries/kz/geography/facts.csv"),
};

/// The geography of a country by its ISO 3166-1 code in small letters; `None` where none comes with the product.
pub fn geography(code: &str) -> Option<&'static Geography> {
    match code {
        "kz" => Some(&KAZAKHSTAN),
        _ => None,
    }
}
