//! The policy in words, in three languages.

use std::collections::BTreeMap;

use adil_domain::Language;
use adil_policy::explain::{CATALOGUES, catalog};
use adil_policy::{plain_text, quantities::QUANTITIES};

use super::{SAMPLE, Tables, read};

fn words(text: &str, language: Language) -> String {
    plain_text(&read(text).explain(language, &Tables), language)
}

#[test]
fn the_sample_in_english() {
    insta::assert_snapshot!(words(SAMPLE, Language::EN));
}

#[test]
fn the_sample_in_russian() {
    insta::assert_snapshot!(words(SAMPLE, Language::RU));
}

#[test]
fn the_sample_in_kazakh() {
    insta::assert_snapshot!(words(SAMPLE, Language::KK));
}

/// Whatever the sample does not use.
const OTHER: &str = r#"
[round]
id = "other"
currency = "KZT"
budget = "1000"
unit = "1"
country = "kz"
as_of = "2026-01-01"

[[source]]
name = "KOMPRA"
required = true
max_age = "1 day"
until = "2026-12-31"

[access]
title = { en = "On foot", ru = "Пешком", kk = "Жаяу" }
demand = "point.age_4_17 * 0.5 + point.population * 0.1"
supply = "facility.capacity * 20"
method = "e2sfca"
max_minutes = 30
decay = { kind = "steps", steps = [[10, 1], [20, 0.68], [30, 0.22]] }
speed_kmh = 4.5
detour = 1.3
reference = "Norm of reach"

[[gate]]
id = "any"
when = "!has(facility.capacity) || facility.name.startsWith('A') && facility.name.endsWith('Z') && facility.name.contains('-')"
unknown = "pass"
[observations]
title = { en = "By residents", ru = "Со слов жителей", kk = "Тұрғындардың айтуынша" }
reference = "Terms of observation, 2"
min_observers = 5
max_age = "180 days"
burst_minutes = 90

[privacy]
title = { en = "People", ru = "Люди", kk = "Адамдар" }
reference = "Rules of publication, 3"
smallest = 10

[[gate]]
id = "reached"
when = "journey.minutes <= 20000 && observed.welcome * 100 >= 50"

[[gate]]
id = "checks"
when = "check.tax_debt != 'pass' || check.bankruptcy != 'fail' || facility.accessible == true"

[score]
aggregation = "geometric"

[[criterion]]
id = "one"
  [[criterion.indicator]]
  id = "deviation"
  value = "mean(history.amount) - (latest(history.amount) - sum(history.amount)) / (count(history.amount) * 2)"
  weight = 99
  scale = { kind = "zscore", clamp = 3, reverse = true }
  missing = "group-median"
  error = 12.5
  [[criterion.indicator]]
  id = "one-point"
  value = "facility.floor_area_m2"
  weight = 1
  scale = { kind = "goalposts", low = 0, high = 1500 }
  missing = { value = 10 }
  error = "5%"
  from = "2025-01-01"
  until = "2026-12-31"

[[pot]]
id = "part"
share = "99.5%"
rule = "fair-share"
when = "score >= 10"
weight = "territory.rural ? -score * -2 : max(score, min(history.amount) + 1, max(history.amount))"
floor = "0.1 * (score - (1 - 2) - 3)"
  [[pot.bound]]
  level = "county"
  title = "No county is left out"
  floor = "0.1 * pot * territory.need_share"
  [[pot.bound]]
  level = "country"
  ceiling = "pot / (2 / 1)"

[uncertainty]
title = { en = "How firm it is", ru = "Насколько решение устойчиво", kk = "Шешім қаншалықты орнықты" }
reference = "OECD and JRC, 2008"
replicas = 2000
weights = "20%"
scale = true
imputation = true
"#;

#[test]
fn the_rest_of_the_language_in_words() {
    for language in [Language::EN, Language::RU, Language::KK] {
        insta::assert_snapshot!(format!("other-{language}"), words(OTHER, language));
    }
}

#[test]
fn a_table_of_travel_times_is_said() {
    let table = OTHER.replace("speed_kmh = 4.5\ndetour = 1.3", "travel = \"table\"");
    for (language, said) in [
        (Language::EN, "by the table of travel times that is part of the round"),
        (Language::RU, "по таблице времени в пути"),
        (Language::KK, "қоса берілген кестеден алынады"),
    ] {
        let words = words(&table, language);
        assert!(words.contains(said), "{words}");
    }
}

#[test]
fn numbers_agree_with_their_nouns() {
    for (weights, expected) in [
        (("1", "99"), "до 1 балла"),
        (("21", "79"), "до 21 балла"),
        (("2", "98"), "до 2 баллов"),
        (("0.5", "99.5"), "до 0,5 балла"),
    ] {
        let text = OTHER
            .replace("weight = 1\n", &format!("weight = {}\n", weights.0))
            .replace("weight = 99\n", &format!("weight = {}\n", weights.1));
        let russian = words(&text, Language::RU);
        assert!(russian.to_lowercase().contains(expected), "{expected}\n{russian}");
    }
}

/// Message ids and the placeholders of each.
fn messages(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut messages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines() {
        if let Some((id, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            id.clone_into(&mut current);
            messages.entry(current.clone()).or_default();
        }
        for part in line.split('$').skip(1) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
            messages.entry(current.clone()).or_default().push(part[..end].to_owned());
        }
    }
    for placeholders in messages.values_mut() {
        placeholders.sort();
        placeholders.dedup();
    }
    messages
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_placeholders() {
    assert!(catalog().is_some(), "the texts are Fluent");
    let english = messages(CATALOGUES[2].1);
    assert!(english.len() > 100);
    for (language, text) in CATALOGUES {
        assert_eq!(messages(text), english, "{language}");
    }
}

#[test]
fn every_quantity_has_words() {
    let english = messages(CATALOGUES[2].1);
    for quantity in QUANTITIES {
        assert!(english.contains_key(&quantity.message()), "{}", quantity.message());
    }
    let known = english.keys().filter(|id| id.starts_with("quantity-")).count();
    assert_eq!(known, QUANTITIES.len(), "no words without a quantity");
}
