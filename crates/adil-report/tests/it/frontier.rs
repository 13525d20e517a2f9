//! A trade-off on the terminal and as a page, in three languages.

use std::collections::BTreeMap;

use adil_domain::Language;
use adil_report::{html, text};
use adil_round::what_if::{Frontier, Prepared, Search, frontier};
use adil_round::{Decision, inputs};

use super::files;
use super::markup::text_of;

fn found(files: &BTreeMap<String, Vec<u8>>, goals: &str, within: Option<u8>) -> (Frontier, Decision) {
    let inputs = inputs::read(files, false).inputs.expect("a good round");
    let prepared = Prepared::new(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
    let goals = prepared.goal_pair(goals).unwrap();
    let search = Search { tries: 60, seed: 1, within };
    let found = frontier(&prepared, goals, search).unwrap_or_else(|e| panic!("{e:?}")).expect("money");
    (found, prepared.decision().unwrap_or_else(|e| panic!("{e:?}")))
}

#[test]
fn the_terminal_says_what_there_is_to_choose() {
    let (below, decision) = found(&files(), "need.area:kind", None);
    let (near, _) = found(&files(), "need:equality.region", Some(10));
    for language in Language::PRODUCT {
        let said = [&below, &near].map(|found| text::frontier(found, &decision, language)).join("────\n");
        insta::assert_snapshot!(format!("frontier-{language}"), said);
    }
}

#[test]
fn the_page_has_the_sentences_the_picture_and_the_tables() {
    let (found, decision) = found(&files(), "need.area:kind", None);
    assert!(found.curve.len() > 2);
    for language in Language::PRODUCT {
        let page = html::frontier(&found, &decision, language).unwrap();
        let text = text_of(&page);
        let number = |points: adil_domain::Points| language.number(&points.to_rational(), 2);
        for tried in found.curve.iter().take(1).chain([&found.chosen]) {
            assert!(tried.reached.iter().all(|r| text.contains(&number(*r))), "{language}");
        }
        // Every dot of the curve, the ring, and what can't be told apart once.
        assert_eq!(page.matches("class=\"k\"").count(), found.curve.len());
        assert_eq!(page.matches("class=\"ring\"").count(), 1);
        assert!(page.matches("class=\"pale\"").count() <= found.others.len());
        assert!(!page.contains("<script") && !page.contains("NaN") && !page.contains("http"), "{language}");
        assert!(text.contains("need.rooms") && !text.contains("frontier-") && !text.contains("goal-"));
    }
}

#[test]
fn a_title_can_not_become_markup() {
    let mut files = files();
    let policy = String::from_utf8(files["policy.toml"].clone()).unwrap();
    let at = policy.find("id      = \"area\"").unwrap();
    let title = at + policy[at..].find("title").unwrap();
    let end = title + policy[title..].find('\n').unwrap();
    let evil = format!("{}title = \"<b onclick=\\\"x\\\">\\u001b[2J\"{}", &policy[..title], &policy[end..]);
    files.insert("policy.toml".into(), evil.into_bytes());
    let (found, decision) = found(&files, "need.area:kind", None);
    let page = html::frontier(&found, &decision, Language::EN).unwrap();
    text_of(&page);
    assert!(!page.contains("<b onclick"));
    assert!(!text::frontier(&found, &decision, Language::EN).contains('\u{1b}'));
}

#[test]
fn one_indicator_leaves_no_picture() {
    let mut files = files();
    let policy = String::from_utf8(files["policy.toml"].clone()).unwrap();
    // The first indicator alone, with all of the weight.
    let second = policy.find("  [[criterion.indicator]]\n  id      = \"area\"").unwrap();
    let pot = policy.find("[[pot]]").unwrap();
    let alone = format!("{}{}", policy[..second].replace("weight  = 50", "weight  = 100"), &policy[pot..]);
    files.insert("policy.toml".into(), alone.into_bytes());
    let (found, decision) = found(&files, "need:funded", None);
    for language in Language::PRODUCT {
        let page = html::frontier(&found, &decision, language).unwrap();
        text_of(&page);
        assert!(!page.contains("<svg"));
    }
    let said = text::frontier(&found, &decision, Language::EN);
    assert!(said.contains("The rules have no two indicators"), "{said}");
}
