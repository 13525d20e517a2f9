//! The real country as far as it is published: regions, districts, names of places, settlements.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::kato::parent_of;
use adil_domain::{Language, Problems, country as packs};
use adil_geography::{Boundaries, Position, country};

use crate::SimulateError;

/// The country's code.
pub(crate) const KAZAKHSTAN: &str = "kz";

/// A region with its published figures and the parameters of its simulation (`data/regions.csv`).
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) kato: String,
    pub(crate) names: Names,
    pub(crate) population: u64,
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Region {
    /// A parameter as a number; `None` where its cell is empty.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.parameters.get(name)?.parse().ok()
    }

    /// The group of ages (`data/ages.csv`).
    pub(crate) fn ages(&self) -> &str {
        self.parameters.get("ages").map_or("", String::as_str)
    }
}

/// Names in the three languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) kk: String,
    pub(crate) ru: String,
    pub(crate) en: String,
}

/// A district or town with a published boundary.
#[derive(Debug, Clone)]
pub(crate) struct District {
    pub(crate) kato: String,
    pub(crate) region: usize,
    pub(crate) names: Names,
}

/// A settlement of the classifier that has no published position.
#[derive(Debug, Clone)]
pub(crate) struct Village {
    pub(crate) kato: String,
    pub(crate) names: Names,
    pub(crate) district: usize,
    /// The rural district it belongs to.
    pub(crate) parent: String,
    pub(crate) town: bool,
    /// A winter camp, a farm, a railway siding: a few people.
    pub(crate) hamlet: bool,
}

/// A settlement with a published position, and mostly with a published population.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) kato: Option<String>,
    pub(crate) names: Names,
    pub(crate) district: usize,
    pub(crate) at: Position,
    pub(crate) population: u64,
    pub(crate) town: bool,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Country {
    pub(crate) regions: Vec<Region>,
    pub(crate) districts: Vec<District>,
    /// In the order of `districts`.
    pub(crate) boundaries: Boundaries,
    pub(crate) villages: Vec<Village>,
    pub(crate) known: Vec<Known>,
    /// Published figures: fact, place, figure.
    facts: Vec<(String, String, Fact)>,
}

/// A published figure.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) year: String,
    pub(crate) source: String,
}

type Row = BTreeMap<String, String>;

/// The rows of a table that comes with the product.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<Row>, SimulateError> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|e| SimulateError::Geography(e.to_string()))
}

fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", String::as_str)
}

impl Country {
    /// Reads what comes with the product.
    pub(crate) fn read() -> Result<Self, SimulateError> {
        let missing = || SimulateError::Geography("it does not come with this build".to_owned());
        let files = country::geography(KAZAKHSTAN).ok_or_else(missing)?;
        let pack = packs::pack(KAZAKHSTAN).ok_or_else(missing)?;
        let mut problems = Problems::new();
        let boundaries =
            Boundaries::read("districts.geojson", files.districts, &mut problems).ok_or_else(missing)?;
        let parameters: BTreeMap<String, Row> = rows(include_bytes!("../data/regions.csv"))?
            .into_iter()
            .map(|row| (cell(&row, "kato").to_owned(), row))
            .collect();
        let regions: Vec<Region> = rows(files.regions)?
            .iter()
            .map(|row| {
                let kato = cell(row, "kato").to_owned();
                let place = pack.territories().place(&kato).map(|p| &p.name);
                let name = |l: Language| place.map_or_else(String::new, |n| n.text(l).to_owned());
                Region {
                    names: Names { kk: name(Language::KK), ru: name(Language::RU), en: name(Language::EN) },
                    population: cell(row, "population").parse().unwrap_or(0),
                    parameters: parameters.get(&kato).cloned().unwrap_or_default(),
                    kato,
                }
            })
            .collect();
        let districts: Vec<District> = boundaries
            .areas()
            .iter()
            .filter_map(|area| {
                let parent = area.parent.as_deref()?;
                let name = |l: Language| area.name.text(l).to_owned();
                Some(District {
                    kato: area.code.clone(),
                    region: regions.iter().position(|r| r.kato == parent)?,
                    names: Names { kk: name(Language::KK), ru: name(Language::RU), en: name(Language::EN) },
                })
            })
            .collect();
        if districts.len() != boundaries.areas().len() {
            return Err(SimulateError::Geography("a boundary belongs to no region".to_owned()));
        }
        let places = rows(files.places)?;
        let codes: BTreeMap<&str, &Row> = places.iter().map(|row| (cell(row, "kato"), row)).collect();
        let settlements = rows(files.settlements)?;
        let mut this = Self {
            regions,
            districts,
            boundaries,
            villages: Vec::new(),
            known: Vec::new(),
            facts: facts(files.facts)?,
        };
        this.official_names(&codes);
        this.add_villages(&places, &codes);
        this.add_known(&settlements, &places);
        Ok(this)
    }

    /// A published figure, of whatever year.
    pub(crate) fn fact(&self, fact: &str, place: &str) -> Option<&Fact> {
        self.facts.iter().find(|(f, p, _)| f == fact && p == place).map(|(_, _, fact)| fact)
    }

    /// A published figure of a year.
    pub(crate) fn fact_of(&self, fact: &str, place: &str, year: &str) -> Option<&Fact> {
        self.facts
            .iter()
            .find(|(f, p, found)| f == fact && p == place && found.year == year)
            .map(|(_, _, fact)| fact)
    }

    /// The value of a published figure; an unknown one is a mistake of this crate, and the tests see its zero.
    pub(crate) fn published(&self, fact: &str, place: &str) -> f64 {
        self.fact(fact, place).map_or(0.0, |f| f.value)
    }

    /// The district whose boundary holds a place of the classifier. Where the classifier is younger than the boundaries,
    /// the district of the same name in the region, else the nearest by code.
    fn district_of(&self, kato: &str, codes: &BTreeMap<&str, &Row>) -> Option<usize> {
        let mut code = kato.to_owned();
        let mut top = String::new();
        loop {
            if let Some(found) = self.boundaries.index_of(&code) {
                return Some(found);
            }
            let above = parent_of(&code, |c| codes.contains_key(c))?;
            if self.regions.iter().any(|r| r.kato == above) {
                top.clone_from(&code);
                code = above;
                break;
            }
            code = above;
        }
        let bare = |name: &str| name.replace(" ауданы", "").replace(" қ.", "").trim().to_lowercase();
        let name = codes.get(top.as_str()).map(|row| bare(cell(row, "name_kk")))?;
        let of_region = || {
            self.districts
                .iter()
                .enumerate()
                .filter(|(_, d)| self.regions[d.region].kato == code)
                .map(|(i, _)| i)
        };
        let number = |code: &str| code.parse::<i64>().unwrap_or(0);
        of_region()
            .find(|i| bare(&self.districts[*i].names.kk) == name)
            .or_else(|| of_region().min_by_key(|i| (number(&self.districts[*i].kato) - number(&top)).abs()))
    }

    /// The names of districts as the classifier has them, which carry the word for what they are. Where the boundary has
    /// another name under the code, the boundary's stays.
    fn official_names(&mut self, codes: &BTreeMap<&str, &Row>) {
        for district in &mut self.districts {
            let Some(row) = codes.get(district.kato.as_str()) else { continue };
            let official = cell(row, "name_kk");
            if official.to_lowercase().starts_with(&district.names.kk.to_lowercase()) {
                official.clone_into(&mut district.names.kk);
                cell(row, "name_ru").clone_into(&mut district.names.ru);
            }
        }
    }

    fn add_villages(&mut self, places: &[Row], codes: &BTreeMap<&str, &Row>) {
        let mut villages = Vec::new();
        // A town may stand above the level of settlements, with none below it.
        let parents: BTreeSet<String> = places
            .iter()
            .filter(|row| cell(row, "level") == "settlement")
            .filter_map(|row| parent_of(cell(row, "kato"), |c| codes.contains_key(c)))
            .collect();
        let is_place = |row: &Row| match cell(row, "level") {
            "settlement" => true,
            "sub_district" => cell(row, "type_code") == "1" && !parents.contains(cell(row, "kato")),
            _ => false,
        };
        for row in places.iter().filter(|row| is_place(row)) {
            let kato = cell(row, "kato").to_owned();
            let Some(district) = self.district_of(&kato, codes) else { continue };
            let ru = cell(row, "name_ru");
            let town = cell(row, "type_code") == "1";
            // Everything but towns, villages and settlements is a camp, a farm or a stop of the railway.
            let hamlet = !town && !["с.", "п.", "г.", "кр.", "а."].iter().any(|p| ru.starts_with(p));
            villages.push(Village {
                parent: parent_of(&kato, |c| codes.contains_key(c)).unwrap_or_default(),
                names: Names { kk: bare_kk(cell(row, "name_kk")), ru: bare_ru(ru), en: String::new() },
                kato,
                district,
                town,
                hamlet,
            });
        }
        self.villages = villages;
    }

    /// Joins the settlements with a position to the classifier by their names within the district; what is joined is no
    /// longer a village without a position.
    fn add_known(&mut self, settlements: &[Row], places: &[Row]) {
        // Cities stand in the classifier above the level of settlements.
        let cities: Vec<(&str, String, String)> = places
            .iter()
            .filter(|row| cell(row, "type_code") == "1" && cell(row, "level") != "settlement")
            .map(|row| (cell(row, "kato"), bare_ru(cell(row, "name_ru")), bare_kk(cell(row, "name_kk"))))
            .collect();
        for row in settlements {
            let (lat, lon) = (cell(row, "lat").parse(), cell(row, "lon").parse());
            let (Ok(lat), Ok(lon)) = (lat, lon) else { continue };
            let Ok(at) = Position::new(lat, lon) else { continue };
            let Some(district) = self.boundaries.locate(at) else { continue };
            let spellings: Vec<String> = cell(row, "names_cyrillic")
                .split(';')
                .map(|n| n.trim().to_lowercase())
                .filter(|n| !n.is_empty())
                .collect();
            let same = |names: &Names| {
                spellings.iter().any(|s| *s == names.ru.to_lowercase() || *s == names.kk.to_lowercase())
            };
            let matched = self
                .villages
                .iter()
                .enumerate()
                .filter(|(_, v)| v.district == district && !v.hamlet && same(&v.names))
                .min_by_key(|(i, v)| (!v.town, *i))
                .map(|(i, _)| i)
                .map(|i| self.villages.remove(i));
            let region = &self.regions[self.districts[district].region].kato;
            let population = cell(row, "population").parse().unwrap_or(0);
            let city = || {
                let found = cities.iter().find(|(kato, ru, kk)| {
                    kato.starts_with(&region[..2])
                        && same(&Names { kk: kk.clone(), ru: ru.clone(), en: String::new() })
                });
                found.map(|(kato, ru, kk)| {
                    ((*kato).to_owned(), Names { kk: kk.clone(), ru: ru.clone(), en: String::new() })
                })
            };
            let (kato, names, town) = if let Some(v) = matched {
                (Some(v.kato), v.names, v.town)
            } else if let Some((kato, names)) = city() {
                self.villages.retain(|v| v.kato != kato);
                (Some(kato), names, true)
            } else {
                let latin = cell(row, "name_latin").to_owned();
                (None, Names { kk: latin.clone(), ru: latin, en: String::new() }, false)
            };
            self.known.push(Known {
                kato,
                names,
                district,
                at,
                population,
                town: town || population >= TOWN,
            });
        }
    }
}

/// A settlement of so many people is urban whatever the classifier says.
const TOWN: u64 = 20_000;

fn facts(bytes: &[u8]) -> Result<Vec<(String, String, Fact)>, SimulateError> {
    let mut facts = Vec::new();
    for row in rows(bytes)? {
        let Ok(value) = cell(&row, "value").parse() else { continue };
        let fact = Fact {
            value,
            unit: cell(&row, "unit").to_owned(),
            year: cell(&row, "year").to_owned(),
            source: cell(&row, "source").to_owned(),
        };
        facts.push((cell(&row, "fact").to_owned(), cell(&row, "place").to_owned(), fact));
    }
    Ok(facts)
}

/// The Russian name without the word of its kind, which stands before it.
fn bare_ru(name: &str) -> String {
    let end = name.find('.').filter(|at| name[..*at].chars().count() <= 4 && !name.ends_with('.'));
    let name = end.map_or(name, |at| &name[at + 1..]);
    ["зимовка ", "точка ", "ферма "]
        .iter()
        .fold(name, |n, p| n.strip_prefix(p).unwrap_or(n))
        .trim()
        .to_owned()
}

/// The Kazakh name without the abbreviation of its kind, which stands after it.
fn bare_kk(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((bare, kind)) if kind.ends_with('.') => bare.trim().to_owned(),
        _ => name.to_owned(),
    }
}
