use std::collections::BTreeMap;

use adil_domain::{Place, country};

use super::*;

fn found(name: &str) -> Found {
    Found {
        source: "list".to_owned(),
        key: name.to_owned(),
        as_of: None,
        place: Place::file("list"),
        fields: BTreeMap::from([("name".to_owned(), name.to_owned())]),
    }
}

fn similarity(a: &str, b: &str) -> f64 {
    let lists = vec![vec![found(a), found("Стадион «Динамо»"), found("Спорт залы")], vec![found(b)]];
    let names = Names::new(&lists, country::pack("kz"));
    let (left, right) = (names.of(&lists[0][0]), names.of(&lists[1][0]));
    left[0].similarity(&right[0])
}

#[test]
fn one_name_in_several_languages() {
    for (a, b) in [
        ("Жетісу спорт кешені", "Спортивный комплекс «Жетысу»"),
        ("Жетісу спорт кешені", "Zhetisu Sports Complex"),
        ("Қазақстан", "Казахстан"),
        ("ТОО «Достык-Спорт»", "Достық-Спорт ЖШС"),
        ("«Шанырак» бассейні", "Бассейн Шаңырақ"),
        ("Aberdeen Sports Village", "Aberdeen Sport Village"),
        ("Mini football", "Minifootball"),
    ] {
        assert!(similarity(a, b) > 0.8, "{a} / {b}: {}", similarity(a, b));
    }
}

#[test]
fn other_names_are_other_names() {
    for (a, b) in [
        ("Спортивный комплекс «Жетысу»", "Спортивный комплекс «Достык»"),
        ("Bridge of Don Academy", "Aberdeen Grammar School"),
        ("Школа № 5", "Школа № 7"),
    ] {
        assert!(similarity(a, b) < 0.6, "{a} / {b}: {}", similarity(a, b));
    }
}

#[test]
fn numbers_are_seen() {
    let lists = vec![vec![found("Школа-гимназия №5 им. Абая")]];
    let names = Names::new(&lists, None).of(&lists[0][0]);
    assert_eq!(names[0].numbers().iter().map(String::as_str).collect::<Vec<_>>(), ["5"]);
}

#[test]
fn nothing_is_a_name() {
    let lists = vec![vec![found("  «» — ")]];
    assert!(Names::new(&lists, country::pack("kz")).of(&lists[0][0]).is_empty());
}
