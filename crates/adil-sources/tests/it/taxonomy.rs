//! Kinds of facilities: every word of the lists in hand leads somewhere, and the page is no older than the list.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use adil_domain::Language;
use adil_sources::taxonomy::{self, Fit, Vocabulary, by_size, fit, from_osm, from_source_type, tags};

fn kind(vocabulary: Vocabulary, text: &str) -> &'static str {
    from_source_type(vocabulary, text).map_or("unknown", |t| t.id.as_str())
}

#[test]
fn the_list_is_read_and_whole() {
    let types = taxonomy::types();
    assert_eq!(types.len(), 30);
    let ids: BTreeSet<&str> = types.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids.len(), types.len(), "every word stands once");
    for kind in types {
        for language in [Language::KK, Language::RU, Language::EN] {
            assert!(kind.name.has(language), "{} has no name in {language:?}", kind.id);
        }
    }
    for id in [taxonomy::UNKNOWN, "other", "sports-hall"] {
        assert!(taxonomy::get(id).is_some(), "{id}");
    }
}

#[test]
fn tags_by_precedence() {
    for (text, expected) in [
        ("leisure=sports_centre;sport=swimming", "swimming-pool"),
        ("leisure=sports_centre", "sports-complex"),
        ("leisure=sports_hall", "sports-hall"),
        ("building=sports_hall;amenity=school", "sports-hall"),
        ("leisure=pitch;sport=soccer", "pitch"),
        ("leisure=pitch;sport=basketball;volleyball", "small-pitch"),
        ("leisure=pitch;sport=basketball;tennis", "tennis-court"),
        ("leisure=pitch", "small-pitch"),
        ("leisure=pitch;sport=table_tennis", "small-pitch"),
        ("sport=table_tennis", "table-tennis"),
        ("leisure=track;sport=running", "athletics-track"),
        ("leisure=track;sport=cycling", "cycling-track"),
        ("leisure=ice_rink;sport=ice_hockey", "ice-rink"),
        ("leisure=stadium;sport=athletics;soccer", "athletics-track"),
        ("leisure=stadium;sport=soccer", "stadium"),
        ("amenity=gym", "gym"),
        ("leisure=fitness_station", "outdoor-gym"),
        ("sport=falconry", "other"),
        ("shop=bakery", "unknown"),
        ("", "unknown"),
        (";;=;=x;y", "unknown"),
    ] {
        assert_eq!(kind(Vocabulary::Osm, text), expected, "{text}");
    }
    let pairs = [("sport", "soccer"), ("leisure", "pitch")];
    assert_eq!(from_osm(&pairs).map(|t| t.id.as_str()), Some("pitch"), "order of tags does not count");
    assert_eq!(tags("leisure=pitch;sport=soccer;basketball").len(), 3);
}

#[test]
fn words_as_lists_write_them() {
    for (text, expected) in [
        ("Спортзал", "sports-hall"),
        ("спортивный зал", "sports-hall"),
        ("Спорт залы", "sports-hall"),
        ("ФОК", "sports-complex"),
        ("Физкультурно-оздоровительный комплекс", "sports-complex"),
        ("дене шынықтыру-сауықтыру кешені", "sports-complex"),
        ("ДЮСШ зал", "sports-hall"),
        ("ДЮСШ", "sports-complex"),
        ("Плавательный бассейн (25 м)", "swimming-pool"),
        ("жүзу бассейні", "swimming-pool"),
        ("каток", "ice-rink"),
        ("Хоккейный корт", "ice-rink"),
        ("мұз айдыны", "ice-rink"),
        ("Хоккей на траве", "pitch"),
        ("Стадион «Динамо»", "stadium"),
        ("мини-футбольное поле", "small-pitch"),
        ("Шағын футбол алаңы", "small-pitch"),
        ("футбольное поле", "pitch"),
        ("Тренажёрный зал", "gym"),
        ("уличные тренажеры", "outdoor-gym"),
        ("борцовский зал", "martial-arts"),
        ("күрес залы", "martial-arts"),
        ("Боксёрский зал", "boxing"),
        ("бокс залы", "boxing"),
        ("зал кикбоксинга", "martial-arts"),
        ("Гимнастический зал", "gymnastics"),
        ("зал тяжёлой атлетики", "gym"),
        ("настольный теннис", "table-tennis"),
        ("Теннисный корт", "tennis-court"),
        ("тир", "shooting"),
        ("Лыжная база", "ski"),
        ("ипподром", "equestrian"),
        ("тоғызқұмалақ бөлмесі", "mind-sports"),
        ("спортивная площадка", "small-pitch"),
        ("Библиотека", "unknown"),
    ] {
        assert_eq!(kind(Vocabulary::Words, text), expected, "{text}");
    }
}

#[test]
fn our_own_words_and_codes_mean_themselves() {
    for own in taxonomy::types() {
        for vocabulary in [Vocabulary::Osm, Vocabulary::Sportscotland, Vocabulary::Lipas, Vocabulary::Words] {
            assert_eq!(kind(vocabulary, &own.id), own.id);
        }
    }
    assert_eq!(kind(Vocabulary::Lipas, "1120"), "small-pitch");
    assert_eq!(kind(Vocabulary::Lipas, "3110"), "swimming-pool");
    assert_eq!(kind(Vocabulary::Lipas, "2210"), "sports-complex");
    assert_eq!(kind(Vocabulary::Lipas, "9999"), "unknown");
}

#[test]
fn a_pitch_too_small_for_the_laws_of_the_game_is_a_small_one() {
    let pitch = taxonomy::get("pitch").unwrap();
    assert_eq!(by_size(pitch, Some(800.0)).id, "small-pitch");
    assert_eq!(by_size(pitch, Some(4_050.0)).id, "pitch");
    assert_eq!(by_size(pitch, None).id, "pitch");
    let pool = taxonomy::get("swimming-pool").unwrap();
    assert_eq!(by_size(pool, Some(1.0)).id, "swimming-pool");
}

#[test]
fn kinds_that_may_be_one_place() {
    assert_eq!(fit("pitch", "pitch"), Fit::Same);
    assert_eq!(fit("pitch", "small-pitch"), Fit::Near);
    assert_eq!(fit("small-pitch", "pitch"), Fit::Near);
    assert_eq!(fit("swimming-pool", "sports-complex"), Fit::Near);
    assert_eq!(fit("swimming-pool", "golf"), Fit::Different);
    assert_eq!(fit("unknown", "golf"), Fit::Open);
    assert_eq!(fit("no such kind", "golf"), Fit::Open);
}

/// The pairs that occur in the Scottish list, written down so that the test needs no other file.
const SCOTLAND: &str = include_str!("data/scotland-kinds.csv");

#[test]
fn every_scottish_pair_leads_somewhere() {
    let mut pairs = 0;
    for line in SCOTLAND.lines().skip(1) {
        let (text, expected) = line.rsplit_once(',').unwrap();
        assert_eq!(kind(Vocabulary::Sportscotland, text), expected, "{text}");
        pairs += 1;
    }
    assert_eq!(pairs, 57);
    assert_eq!(kind(Vocabulary::Sportscotland, "Pitches"), "pitch", "without the kind within it");
    assert_eq!(kind(Vocabulary::Sportscotland, "Bandstands / Bandstand"), "unknown");
}

#[test]
fn every_pair_of_the_whole_scottish_list_leads_somewhere() {
    let Some(text) = super::scotland() else { return };
    let known: BTreeSet<&str> = SCOTLAND.lines().skip(1).map(|l| l.rsplit_once(',').unwrap().0).collect();
    let mut found = BTreeSet::new();
    for row in csv::Reader::from_reader(text.as_slice()).records() {
        let row = row.unwrap();
        let pair = format!("{} / {}", &row[1], &row[2]);
        assert_ne!(kind(Vocabulary::Sportscotland, &pair), "unknown", "{pair}");
        found.insert(pair);
    }
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn the_facility_types_page_is_as_the_list_makes_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/facility-types.md");
    let page = taxonomy::page();
    if std::env::var_os("ADIL_WRITE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/facility-types.md is stale: ADIL_WRITE_DOCS=1 cargo test -p adil-sources facility_types_page"
    );
}
