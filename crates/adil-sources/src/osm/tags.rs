//! Which tags make a facility, and what they say of it. The list stands in the documentation of the module `osm`.

use std::collections::BTreeMap;

use super::block::{Block, Tags};
use super::file::Weight;
use super::wire::Broken;

/// Values of `leisure` that are places of sport.
pub(super) const LEISURE: [&str; 18] = [
    "bowling_alley",
    "dance",
    "disc_golf_course",
    "fitness_centre",
    "fitness_station",
    "golf_course",
    "horse_riding",
    "ice_rink",
    "miniature_golf",
    "pitch",
    "sports_centre",
    "sports_hall",
    "stadium",
    "swimming_area",
    "swimming_pool",
    "track",
    "water_park",
    "practice_pitch",
];

/// Values of `building` that are places of sport by themselves.
const BUILDING: [&str; 4] = ["riding_hall", "sports_centre", "sports_hall", "stadium"];

/// Values of `building` in which nobody does sport: what stands there belongs to another element.
const NO_BUILDING: [&str; 4] = ["no", "bleachers", "grandstand", "roof"];

/// Values of `amenity` that are places of sport by themselves; the last three are older ways to tag them.
const AMENITY: [&str; 5] = ["dive_centre", "dojo", "gym", "sports_centre", "swimming_pool"];

/// Values of `amenity` that are places of sport when they have a `sport`.
const AMENITY_WITH_SPORT: [&str; 3] = ["community_centre", "events_venue", "social_centre"];

/// Keys that say that a place is no longer, or not yet, in use.
const OUT_OF_USE: [&str; 5] = ["abandoned", "demolished", "disused", "razed", "ruins"];

/// Keys that stay as fields of their own, with `osm:` before them.
const KEPT: [&str; 18] = [
    "access",
    "amenity",
    "building",
    "building:levels",
    "capacity",
    "club",
    "covered",
    "fee",
    "indoor",
    "leisure",
    "lit",
    "location",
    "opening_hours",
    "operator:type",
    "sport",
    "start_date",
    "surface",
    "wheelchair",
];

/// Why something that has to do with sport is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// A swimming pool with `access=private` or `access=no`: a garden's.
    PrivatePool,
    /// It is tagged as disused, abandoned, demolished, razed or a ruin.
    OutOfUse,
    /// `sport=*` without a word on the place where it is done.
    SportAlone,
}

/// What tags say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Facility,
    LeftOut(LeftOut),
    /// It has nothing to do with sport.
    Other,
}

/// What the tags of an element say of it.
pub(super) fn verdict(tags: &BTreeMap<String, String>, private_pools: bool) -> Verdict {
    let is =
        |key: &str, values: &[&str]| tags.get(key).is_some_and(|v| parts(v).any(|v| values.contains(&v)));
    let sport = tags.contains_key("sport");
    let building = tags.get("building").is_some_and(|b| !NO_BUILDING.contains(&b.as_str()));
    let place = is("leisure", &LEISURE)
        || is("building", &BUILDING)
        || is("amenity", &AMENITY)
        || is("club", &["sport"])
        || (sport && (building || is("amenity", &AMENITY_WITH_SPORT) || tags.contains_key("club")));
    let pool = is("leisure", &["swimming_pool"]) || is("amenity", &["swimming_pool"]);
    if !place {
        const PLACES: [&str; 12] = [
            "aerialway",
            "aeroway",
            "amenity",
            "building",
            "highway",
            "landuse",
            "leisure",
            "natural",
            "office",
            "shop",
            "tourism",
            "type",
        ];
        let alone = sport && !PLACES.iter().any(|key| tags.contains_key(*key));
        return if alone { Verdict::LeftOut(LeftOut::SportAlone) } else { Verdict::Other };
    }
    if OUT_OF_USE.iter().any(|key| tags.get(*key).is_some_and(|v| v != "no")) {
        return Verdict::LeftOut(LeftOut::OutOfUse);
    }
    if pool && !private_pools && is("access", &["private", "no"]) {
        return Verdict::LeftOut(LeftOut::PrivatePool);
    }
    Verdict::Facility
}

/// The values of a tag: `soccer;basketball` has two.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim)
}

/// A block's texts, marked, so that the tags of most elements are passed over without being read.
pub(super) struct Marks(Vec<u8>);

const LEISURE_KEY: u8 = 1;
const AMENITY_KEY: u8 = 2;
const BUILDING_KEY: u8 = 4;
const ANY_VALUE_KEY: u8 = 8;
const LEISURE_VALUE: u8 = 16;
const AMENITY_VALUE: u8 = 32;
const BUILDING_VALUE: u8 = 64;

impl Marks {
    pub(super) fn new(block: &Block<'_>) -> Self {
        let mark = |text: &&[u8]| -> u8 {
            let Ok(text) = std::str::from_utf8(text) else { return 0 };
            let of = |list: &[&str], mark: u8| if parts(text).any(|t| list.contains(&t)) { mark } else { 0 };
            let key = match text {
                "leisure" => LEISURE_KEY,
                "amenity" => AMENITY_KEY,
                "building" => BUILDING_KEY,
                "sport" | "club" => ANY_VALUE_KEY,
                _ => 0,
            };
            key | of(&LEISURE, LEISURE_VALUE) | of(&AMENITY, AMENITY_VALUE) | of(&BUILDING, BUILDING_VALUE)
        };
        Self(block.strings().iter().map(mark).collect())
    }

    /// Whether any element of the block may be a facility.
    pub(super) fn any(&self) -> bool {
        self.0.iter().any(|m| m & (LEISURE_KEY | AMENITY_KEY | BUILDING_KEY | ANY_VALUE_KEY) != 0)
    }

    /// Whether tags may be a facility's.
    #[inline]
    pub(super) fn hit(&self, mut tags: Tags<'_>) -> Result<bool, Broken> {
        let of =
            |i: usize| self.0.get(i).copied().ok_or(Broken("a tag names a text beyond the block's table"));
        while let Some((key, value)) = tags.next()? {
            // A key's mark and its values' are four bits apart.
            let (key, value) = (of(key)?, of(value)?);
            if key & ANY_VALUE_KEY != 0 || (key & (value >> 4) & 7) != 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The tags of an element as text, and whether all of them were UTF-8.
pub(super) fn read(
    block: &Block<'_>,
    mut tags: Tags<'_>,
    weight: &mut Weight,
) -> Result<(BTreeMap<String, String>, bool), Broken> {
    let mut all = BTreeMap::new();
    let mut clean = true;
    while let Some((key, value)) = tags.next()? {
        let [key, value] = [block.string(key)?, block.string(value)?];
        weight.add(key.len() + value.len() + 2 * size_of::<String>())?;
        let [key, value] = [key, value].map(String::from_utf8_lossy);
        clean &= !matches!(key, std::borrow::Cow::Owned(_)) && !matches!(value, std::borrow::Cow::Owned(_));
        all.insert(key.into_owned(), value.into_owned());
    }
    Ok((all, clean))
}

/// The tags that say what kind of place it is, as one text: `leisure=sports_centre;sport=swimming`.
pub(super) fn source_type(tags: &BTreeMap<String, String>) -> String {
    let of = |key: &&str| tags.get(*key).map(|value| format!("{key}={value}"));
    ["leisure", "amenity", "building", "club", "sport"].iter().filter_map(of).collect::<Vec<_>>().join(";")
}

/// What the tags say, by field.
pub(super) fn fields(tags: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let named = [
        ("name", "name"),
        ("name:kk", "name_kk"),
        ("name:ru", "name_ru"),
        ("name:en", "name_en"),
        ("operator", "operator_name"),
    ];
    for (key, field) in named {
        if let Some(value) = tags.get(key) {
            fields.insert(field.to_owned(), value.clone());
        }
    }
    for key in KEPT {
        if let Some(value) = tags.get(key) {
            fields.insert(format!("osm:{key}"), value.clone());
        }
    }
    if let Some(address) = address(tags) {
        fields.insert("address".to_owned(), address);
    }
    fields.insert("source_type".to_owned(), source_type(tags));
    fields.insert("osm_tags".to_owned(), serde_json::json!(tags).to_string());
    fields
}

/// The address in full, or put together of its parts: street and house, place, postcode.
fn address(tags: &BTreeMap<String, String>) -> Option<String> {
    let of = |key: &str| tags.get(key).map(String::as_str);
    if let Some(full) = of("addr:full") {
        return Some(full.to_owned());
    }
    let street = of("addr:street").or(of("addr:place"));
    let street = [street, of("addr:housenumber")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [Some(street.as_str()).filter(|s| !s.is_empty()), of("addr:city"), of("addr:postcode")];
    let address = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(address).filter(|a| !a.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Verdict {
        let tags = crate::taxonomy::tags(text);
        verdict(&tags.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(), false)
    }

    #[test]
    fn tags_make_a_facility_or_not() {
        for text in
            ["leisure=pitch", "building=yes;sport=judo", "club=sport", "amenity=community_centre;sport=chess"]
        {
            assert_eq!(of(text), Verdict::Facility, "{text}");
        }
        for text in
            ["leisure=park", "building=yes", "building=grandstand;sport=soccer", "shop=sports;sport=skiing"]
        {
            assert_eq!(of(text), Verdict::Other, "{text}");
        }
        assert_eq!(of("leisure=swimming_pool;access=private"), Verdict::LeftOut(LeftOut::PrivatePool));
        assert_eq!(of("leisure=pitch;access=private"), Verdict::Facility);
        assert_eq!(of("leisure=pitch;disused=yes"), Verdict::LeftOut(LeftOut::OutOfUse));
        assert_eq!(of("sport=running"), Verdict::LeftOut(LeftOut::SportAlone));
    }

    #[test]
    fn every_value_of_the_list_has_a_kind() {
        for value in LEISURE {
            assert!(crate::taxonomy::from_osm(&[("leisure", value)]).is_some(), "leisure={value}");
        }
    }
}
