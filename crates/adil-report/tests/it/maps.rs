//! Maps: drawn from the decision, the same totals as its tables, whole without colour and without a script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::{Language, Problems, Rational};
use adil_geography::{Boundaries, country};
use adil_report::html;
use adil_round::Decision;

use crate::markup::text_of;
use crate::{DECISION, decided, files};

/// Three places side by side, and where the facilities are.
fn with_places() -> BTreeMap<String, Vec<u8>> {
    let mut files = files();
    let feature = |code: &str, parent: &str, west: f64| {
        let east = west + 2.0;
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"territory\":\"{code}\",\"parent\":\"{parent}\"}},\"geometry\":\
             {{\"type\":\"Polygon\",\"coordinates\":[[[{west},45],[{east},45],[{east},47],[{west},47],[{west},45]]]}}}}"
        )
    };
    let features =
        [feature("1011", "10", 70.0), feature("1012", "10", 72.0), feature("6111", "61", 74.0)].join(",");
    let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}");
    files.insert("territories.geojson".into(), collection.into_bytes());
    let facilities = String::from_utf8(files["facilities.csv"].clone()).unwrap();
    let mut placed = String::new();
    for (n, line) in facilities.lines().enumerate() {
        let west = if line.contains(",1011,") {
            70
        } else if line.contains(",1012,") {
            72
        } else {
            74
        };
        match n {
            0 => writeln!(placed, "{line},lat,lon").unwrap(),
            _ => writeln!(placed, "{line},46.{n},{west}.{n}").unwrap(),
        }
    }
    files.insert("facilities.csv".into(), placed.into_bytes());
    let applications = String::from_utf8(files["applications.csv"].clone()).unwrap();
    let mut previous = String::new();
    for (n, line) in applications.lines().enumerate() {
        let (id, rest) = line.split_once(',').unwrap();
        let last = if n == 0 { "previous_amount" } else { ["9000000", "1000000", ""][n % 3] };
        writeln!(previous, "{id},{last},{rest}").unwrap();
    }
    files.insert("applications.csv".into(), previous.into_bytes());
    files
}

fn section(page: &str) -> &str {
    let start = page.find("<section id=\"maps\"").expect("maps");
    &page[start..start + page[start..].find("</section>").unwrap()]
}

#[test]
fn a_round_without_places_has_no_maps() {
    assert!(!html::page(&DECISION, Language::EN).unwrap().contains("id=\"maps\""));
}

#[test]
fn maps_agree_with_the_tables() {
    let decision = decided(&with_places());
    assert!(decision.boundaries.is_some() && decision.applications.iter().all(|a| a.position.is_some()));
    for language in Language::PRODUCT {
        let page = html::page(&decision, language).unwrap();
        let text = text_of(&page);
        let maps = section(&page);
        // Money by larger place and by place, change, and facilities.
        assert_eq!(maps.matches("<figure>").count(), 4, "{language}");
        assert_eq!(maps.matches("role=\"img\"").count(), 4);
        assert_eq!(maps.matches("class=\"z\"").count(), 4, "made up, in every picture");
        for part in maps.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{id}\"")), "#{id}");
        }
        let number = |value: &Rational| language.number(value, 0);
        for (at, place) in decision.territories.iter().enumerate() {
            let nodes = decision.pots.iter().flat_map(|p| &p.nodes).filter(|n| n.territory == Some(at));
            let awarded: Rational = nodes.map(|n| n.amount.to_rational()).sum();
            let people = place.population.clone().unwrap();
            let row = format!(
                "<th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>",
                place.name.text(language),
                number(&awarded),
                number(&people),
                language.number(&awarded.checked_div(&people).unwrap(), if awarded > people { 0 } else { 2 }),
            );
            let start = row.rfind("<td>").unwrap();
            assert!(maps.contains(&row[..start]), "{language} {}: {row}", place.code);
        }
        let total = number(&decision.totals.awarded.to_rational());
        assert!(maps.matches(&format!("<td>{total}</td>")).count() >= 3, "{language}: {total}");
        assert!(text.contains(decision.territories[0].name.text(language)));
    }
}

#[test]
fn facilities_alone_are_drawn_on_a_graticule() {
    let mut files = with_places();
    files.remove("territories.geojson");
    let page = html::page(&decided(&files), Language::EN).unwrap();
    let maps = section(&page);
    assert_eq!(maps.matches("<figure>").count(), 1);
    assert!(maps.contains("class=\"net\"") && maps.contains("class=\"at\"") && maps.contains("Kentau"));
    text_of(&page);
}

/// The small decision on the boundaries of a whole country, with an amount for each district.
fn whole_country() -> Decision {
    let mut decision = DECISION.clone();
    let bytes = country::geography("kz").unwrap().districts;
    let boundaries = Boundaries::read("districts.geojson", bytes, &mut Problems::new()).unwrap();
    let template = decision.territories[1].clone();
    decision.territories.clear();
    decision.applications.clear();
    let mut regions: Vec<&str> = boundaries.areas().iter().filter_map(|a| a.parent.as_deref()).collect();
    regions.sort_unstable();
    regions.dedup();
    for region in regions {
        let mut place = template.clone();
        (place.code, place.parent) = (region.to_owned(), String::new());
        decision.territories.push(place);
    }
    for (n, area) in boundaries.areas().iter().enumerate() {
        let mut place = template.clone();
        (place.code, place.parent) = (area.code.clone(), area.parent.clone().unwrap());
        place.name = area.name.clone();
        place.population = Some(Rational::from(20_000 + n * 37 % 900 * 100));
        decision.territories.push(place);
        let mut application = DECISION.applications[n % DECISION.applications.len()].clone();
        application.id = format!("A-{n:03}");
        application.territory.clone_from(&area.code);
        application.pots.clear();
        decision.applications.push(application);
    }
    decision.pots[0].nodes.truncate(1);
    decision.boundaries = Some(boundaries.into());
    decision
}

#[test]
fn a_country_of_224_districts_is_light_enough_for_a_phone() {
    let decision = whole_country();
    for language in Language::PRODUCT {
        let page = html::page(&decision, language).unwrap();
        let maps = section(&page);
        let start = maps.find("<figure>").unwrap();
        let map =
            maps.split("<figure>").find(|m| m.matches("href=\"#p").count() == 224).expect("all districts");
        assert!(start + map.len() < 140_000, "{language}: shapes {start}, map {}", map.len());
        let svg = &map[..map.find("</svg>").unwrap()];
        assert!(start + svg.len() < 120_000, "{language}: shapes {start}, drawing {}", svg.len());
        assert_eq!(map.matches("<title>").count(), 224);
    }
}
