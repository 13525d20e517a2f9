//! The classifier of places, what became of old codes, and territories made from it.

use std::collections::BTreeMap;

use adil_domain::{Date, Kato, Problems, country};
use adil_geography::Boundaries;
use adil_sources::kato::{Classifier, Repaired, Resolved, RuleKind};
use adil_sources::sheet::Sheet;
use adil_sources::territories::{self, Parts};
use adil_sources::{population, settlements};
use std::sync::LazyLock;

pub(crate) static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::kazakhstan().unwrap());

pub(crate) static BOUNDARIES: LazyLock<Boundaries> = LazyLock::new(|| {
    let mut problems = Problems::new();
    let bytes = adil_geography::country::geography("kz").unwrap().districts;
    Boundaries::read("districts.geojson", bytes, &mut problems).unwrap()
});

fn kato(code: &str) -> Kato {
    code.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// After every reform that is known.
const NOW: &str = "2026-01-01";
/// Before all of them.
const BEFORE: &str = "2017-01-01";

#[test]
fn the_classifier_is_whole_and_walks_up_and_down() {
    let c = &*CLASSIFIER;
    assert_eq!((c.len(), c.version()), (15_594, "NK RK 11-2025"));
    let village = c.get(kato("103230100")).unwrap();
    assert_eq!((village.name_ru.as_str(), village.name_kk.as_str()), ("с.Карааул", "Қараауыл а."));
    assert_eq!(c.parent(kato("103230100")), Some(kato("103230000")));
    assert_eq!(c.parent(kato("711110000")), Some(kato("710000000")), "no code between");
    assert_eq!(c.district(kato("103230100")), Some(kato("103200000")));
    assert_eq!(c.district(kato("711110000")), Some(kato("711110000")));
    assert_eq!(c.district(kato("710000000")), None);
    let regions = c.iter().filter(|p| c.parent(p.code).is_none()).count();
    assert_eq!(regions, 20);
    let below: usize =
        c.iter().filter(|p| c.parent(p.code).is_none()).map(|p| c.within(p.code).count()).sum();
    assert_eq!(below + regions, c.len(), "every place lies in one region");
    assert_eq!(c.children(kato("790000000")).count(), 5);
    assert_eq!(c.named("Карааул", Some(kato("103200000"))), [kato("103230100")]);
    assert!(c.named("Қараауыл а.", None).contains(&kato("103230100")));
}

#[test]
fn a_reform_is_followed_by_day_number_list_and_name() {
    let c = &*CLASSIFIER;
    let to = |code: &str, on: &str| match c.resolve(code, date(on)) {
        Resolved::Successor { code, rule } => Some((code.to_string(), rule.kind, rule.from.to_string())),
        _ => None,
    };
    let some = |code: &str, kind, from: &str| Some((code.to_owned(), kind, from.to_owned()));
    // A village and its district of Karaganda that are Ulytau's now: neither was listed.
    assert_eq!(to("354400000", NOW), some("623600000", RuleKind::District, "2022-06-08"));
    assert_eq!(to("633430000", NOW), None, "a number that no place of the new district has");
    let ayagoz = c.iter().find(|p| p.code.as_str().starts_with("10363")).unwrap().code.to_string();
    assert_eq!(to(&format!("6334{}", &ayagoz[4..]), NOW), some(&ayagoz, RuleKind::Number, "2022-06-08"));
    // Listed, also where the number changed.
    assert_eq!(to("636473100", NOW), some("104530100", RuleKind::Listed, "2022-06-08"));
    assert_eq!(to("511010000", NOW), some("790000000", RuleKind::Listed, "2018-06-19"));
    // One code, two places: the day decides.
    assert_eq!(to("191010000", "2022-06-07"), some("331010000", RuleKind::Listed, "2022-06-08"));
    assert_eq!(c.resolve("191010000", date("2022-06-08")), Resolved::Current(kato("191010000")));
    assert_eq!(c.get(kato("191010000")).unwrap().name_ru, "г.Қонаев");
    assert_eq!(c.get(kato("331010000")).unwrap().name_ru, "г.Талдыкорган");
    // A code that no reform touched is what it was.
    assert_eq!(c.resolve("711110000", date(BEFORE)), Resolved::Current(kato("711110000")));
}

#[test]
fn what_cannot_be_proved_is_left_to_a_person() {
    let c = &*CLASSIFIER;
    let split = |code: &str, on: &str| match c.resolve(code, date(on)) {
        Resolved::Split { candidates } => candidates.iter().map(ToString::to_string).collect::<Vec<_>>(),
        other => panic!("{code}: {other:?}"),
    };
    // A region that gave half of itself away, while the code stood for all of it.
    assert_eq!(split("630000000", BEFORE), ["100000000", "630000000"]);
    assert_eq!(c.resolve("630000000", date(NOW)), Resolved::Current(kato("630000000")));
    assert_eq!(split("510000000", NOW), ["610000000", "790000000"]);
    // A district that was divided, and the number of a seat in it.
    assert_eq!(split("632800000", NOW), ["101000000", "104100000"]);
    assert_eq!(split("514430100", NOW)[0], "614430100");
    // The old code of Abai district is known from nowhere, so its successor is only proposed.
    assert_eq!(split("633230100", NOW), ["103230100"]);
    // The name decides where it stands beside the code.
    let named = |code: &str, name| c.resolve_named(code, date(NOW), Some(name));
    let Resolved::Successor { code, rule } = named("633230100", "Карааул") else { panic!() };
    assert_eq!((code, rule.kind), (kato("103230100"), RuleKind::Name));
    assert!(matches!(named("633230100", "Ничего"), Resolved::Split { .. }));
    // Nobody's code: what is near it.
    let Resolved::Unknown { nearest } = c.resolve("711110001", date(NOW)) else { panic!() };
    assert_eq!(nearest, [kato("711110000")]);
    assert_eq!(c.resolve("999999999", date(NOW)), Resolved::Unknown { nearest: vec![] });
    assert_eq!(c.resolve("not a code", date(NOW)), Resolved::Unknown { nearest: vec![] });
}

/// The file of successors is right about every place that it lists: it exists, and lies where its district went.
#[test]
fn every_listed_successor_exists() {
    let c = &*CLASSIFIER;
    let text = include_str!("../../../../countries/kz/geography/successors.toml");
    let file: toml::Table = text.parse().unwrap();
    let (mut listed, mut same) = (0, 0);
    for reform in file["reform"].as_array().unwrap() {
        for district in reform["district"].as_array().unwrap() {
            let codes = |key: &str| {
                let value = district.get(key).cloned().unwrap_or_else(|| Vec::<String>::new().into());
                let list = value.as_array().cloned().unwrap_or_else(|| vec![value]);
                list.iter().map(|v| kato(v.as_str().unwrap())).collect::<Vec<_>>()
            };
            let (now, divided) = (codes("now"), codes("divided"));
            assert!(now.iter().chain(&divided).all(|k| c.get(*k).is_some()), "{district}", district = now[0]);
            for place in district.get("places").and_then(|p| p.as_array()).into_iter().flatten() {
                let [old, new] = [0, 1].map(|i| place[i].as_str().unwrap());
                let found = c.get(kato(new)).unwrap();
                let district = c.district(found.code).unwrap_or(found.code);
                assert!(now.contains(&district) || divided.contains(&district), "{new}");
                listed += 1;
                same += usize::from(old[4..] == new[4..]);
            }
        }
    }
    assert_eq!((same, listed), (51, 57), "the figures in the file's head");
}

#[test]
fn spoiled_codes_are_made_whole_only_where_that_is_certain() {
    let c = &*CLASSIFIER;
    let whole = |text: &str| match c.repair(text) {
        Repaired::Whole(k) | Repaired::Mended(k, _) => Some(k.to_string()),
        Repaired::Lost(..) => None,
    };
    assert_eq!(whole("103230100").as_deref(), Some("103230100"));
    assert_eq!(whole("103230100.0").as_deref(), Some("103230100"));
    assert_eq!(whole("1032").as_deref(), Some("103200000"));
    assert_eq!(whole("10323").as_deref(), None);
    // No code begins with 0, so eight digits never lost a zero in front.
    assert!(c.iter().all(|p| !p.code.as_str().starts_with('0')));
    let Repaired::Lost(why, nearest) = c.repair("10323010") else { panic!() };
    insta::assert_snapshot!(why, @"it has 8 digits of 9; codes do not begin with 0, so the digit that is missing cannot be told");
    assert!(nearest.contains(&kato("103230100")), "{nearest:?}");
}

#[test]
fn territories_are_regions_and_districts_with_names_in_three_languages() {
    let mut problems = Problems::new();
    let geography = adil_geography::country::geography("kz").unwrap();
    let regions = Sheet::read("regions.csv", geography.regions, None, &mut problems).unwrap();
    let population = population::by_territory(&regions, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let parts = Parts {
        classifier: &CLASSIFIER,
        country: country::pack("kz").unwrap(),
        boundaries: Some(&BOUNDARIES),
        population: &population,
        with_country: true,
    };
    let rows = territories::rows(&parts, &mut problems);
    let count = |level: &str| rows.iter().filter(|r| r.level == level).count();
    // 209 districts and 19 districts of the three cities; six are younger than the boundaries.
    assert_eq!((count("country"), count("region"), count("district")), (1, 20, 228));
    assert_eq!(problems.iter().filter(|p| p.code == "no-boundary").count(), 6);
    assert_eq!(rows[0].population.as_deref(), Some("19765004"));
    let row = |code: &str| rows.iter().find(|r| r.territory == code).unwrap();
    assert_eq!((row("100000000").name_en.as_str(), row("100000000").parent.as_deref()), ("Abai", Some("KZ")));
    assert_eq!(row("711110000").parent.as_deref(), Some("710000000"));
    let csv = String::from_utf8(territories::to_csv(&rows).unwrap()).unwrap();
    insta::assert_snapshot!(csv.lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
    territory,parent,name_en,name_kk,name_ru,level,population
    KZ,,Kazakhstan,Қазақстан,Казахстан,country,19765004
    100000000,KZ,Abai,Абай облысы,область Абай,region,610189
    101000000,100000000,Semey,Семей Қ.Ә.,Семей Г.А.,district,
    "#);
    // The table is what a round takes.
    let mut found = Problems::new();
    let table = adil_round::table::Table::read("territories.csv", csv.as_bytes(), &mut found).unwrap();
    assert_eq!((table.len(), found.is_empty()), (249, true));
}

#[test]
fn settlements_become_population_points() {
    let mut problems = Problems::new();
    let geography = adil_geography::country::geography("kz").unwrap();
    let sheet = Sheet::read("settlements.csv", geography.settlements, None, &mut problems).unwrap();
    let context = adil_sources::mapping::Context {
        boundaries: Some(&BOUNDARIES),
        classifier: Some(&CLASSIFIER),
        ..Default::default()
    };
    let points = settlements::read(&sheet, &context, &mut problems);
    assert_eq!(points.len(), 351);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &problems {
        *counts.entry(problem.code).or_default() += 1;
    }
    assert_eq!(counts, BTreeMap::from([("population-unknown", 50)]));
    let almaty = points.iter().find(|p| p.point_id == "1526384").unwrap();
    assert_eq!(almaty.population.as_deref(), Some("1977011"));
    assert!(almaty.territory.as_deref().unwrap().starts_with("75"));
    let csv = String::from_utf8(settlements::to_csv(&points).unwrap()).unwrap();
    assert_eq!(csv.lines().next(), Some("point_id,lat,lon,territory,population"));

    // Populations that nobody has.
    let table = "id,lat,lon,population\na,43.24,76.92,-5\nb,43.24,76.92,\nc,43.24,76.92,many\nc,43.24,76.92,1 200\nd,,,7\n";
    let mut problems = Problems::new();
    let sheet = Sheet::read("p.csv", table.as_bytes(), None, &mut problems).unwrap();
    let points = settlements::read(&sheet, &context, &mut problems);
    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
    assert_eq!(
        codes,
        [
            "negative-value",
            "population-unknown",
            "not-a-number",
            "number-repaired",
            "duplicate-id",
            "not-a-coordinate"
        ]
    );
    assert_eq!(points[3].population.as_deref(), Some("1200"));
    assert_eq!(points[4].position, None);
}
