//! A round that nobody applied to speaks of facilities, and of what they would receive.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::Language;
use adil_report::html::page;
use adil_report::text::{RunSummary, explanation, summary};
use adil_round::Decision;

use super::decided;
use super::markup::text_of;

const POLICY: &str = r#"
[round]
id = "shadow"
title = { en = "A fund", ru = "Фонд", kk = "Қор" }
currency = "KZT"
budget = "1000000"
unit = "1"
country = "kz"
as_of = "2026-01-01"

[[criterion]]
id = "size"
title = { en = "Size", ru = "Размер", kk = "Көлем" }
  [[criterion.indicator]]
  id = "area"
  title = { en = "Area", ru = "Площадь", kk = "Аудан" }
  value = "facility.area"
  weight = 100
  scale = { kind = "goalposts", low = 0, high = 1000 }
  missing = "worst"

[[pot]]
id = "all"
title = { en = "Everything", ru = "Всё", kk = "Бәрі" }
share = "100%"
rule = "fair-share"
weight = "score"
  [[pot.bound]]
  level = "region"
  ceiling = "0.6 * pot"
"#;

fn shadow(facilities: usize) -> Decision {
    let mut table = String::from("facility_id,name,territory,area\n");
    for at in 0..facilities {
        let _ =
            writeln!(table, "F{at:05},Hall {at},{},{}", if at % 2 == 0 { "A" } else { "B" }, 100 + at % 700);
    }
    let territories = "territory,level,name_en,name_ru,name_kk\nA,region,Aa,Аа,Аа\nB,region,Bb,Бб,Бб\n";
    decided(&BTreeMap::from([
        ("policy.toml".to_owned(), POLICY.as_bytes().to_vec()),
        ("facilities.csv".to_owned(), table.into_bytes()),
        ("territories.csv".to_owned(), territories.as_bytes().to_vec()),
    ]))
}

#[test]
fn facilities_stand_where_applications_stood() {
    // As rows in words, and as a ledger.
    for facilities in [30, 5_000] {
        let decision = shadow(facilities);
        assert!(decision.shadow);
        for (language, absent, present) in [
            (Language::EN, ["pplication", "sked for"], ["Nobody applied", "Every facility"]),
            (Language::RU, ["аявк", "апрошен"], ["Никто не подавал", "Каждый объект"]),
            (Language::KK, ["тінім", "ұралған"], ["Ешкім", "Әр нысан"]),
        ] {
            let html = page(&decision, language).unwrap();
            // The rules are those of any round.
            let (before, rules) = html.split_once("<section id=\"rules\">").unwrap();
            let text = text_of(&format!("{before}{}", rules.split_once("</section>").unwrap().1));
            let intro = text.find(present[0]).expect(present[0]);
            assert!(text.contains(present[1]), "{text}");
            // The sentence that says so may name what is not there.
            let (before, after) = text.split_at(intro);
            let rest = format!("{before}{}", after.split_once('.').unwrap().1);
            for word in absent {
                let at = rest.find(word);
                assert!(at.is_none(), "{word} in {}", around(&rest, at.unwrap_or(0)));
            }
        }
    }
}

fn around(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    text[start..].chars().take(160).collect()
}

#[test]
fn the_terminal_says_it_too() {
    let decision = shadow(30);
    let run = RunSummary { round: "shadow", out: "shadow/decision", holds: Some(true) };
    let said = summary(&decision, run, Language::EN);
    assert!(said.contains("shadow round · 30 facilities"), "{said}");
    assert!(!said.contains("pplication") && !said.contains("sked for"), "{said}");
    let why = explanation(&decision, &decision.applications[0], Language::EN);
    assert!(!why.contains("pplication") && !why.contains("sked for") && !why.contains("not stated"), "{why}");
}
